"""The details of a line as a variation makes it: place, share, statement, cost and promise per pound."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QWidget

from tomsapp.domain.commitment import Commitment
from tomsapp.domain.contract import ContractKind
from tomsapp.gui.contract.details_form import DetailsFields, places_of
from tomsapp.gui.theme import current_theme
from tomsapp.gui.widgets.dialog_parts import do_or_cancel, fit_to_fields
from tomsapp.gui.widgets.layouts import BESIDE_BAR, DIALOG_MARGINS, STRETCH, holding, in_column
from tomsapp.gui.widgets.scroll_area import ScrollArea
from tomsapp.gui.widgets.text import Text
from tomsapp.services.variations import OpenVariation

_WIDTH = 480


class LineDialog(QDialog):
    """Edits the details of one line; they are part of the draft once they are saved."""

    saved = Signal(object)
    """The line as it should be."""

    def __init__(self, line: Commitment, one: OpenVariation, field: str, parent: QWidget | None) -> None:
        super().__init__(parent)
        self._line, self._first = line, field
        name = one.opened.edition.name_of(line.measure)
        self.setWindowTitle(f"Details of {name}")
        self.fields = DetailsFields()
        self.fields.place.set_options(places_of(line, one.opened.area))
        is_framework = one.opened.contract.kind is ContractKind.FRAMEWORK
        self.fields.ask_for_rate(is_asked=is_framework or line.rate is not None)
        self.fields.show_record(line)
        box = do_or_cancel(self, "Save details", self.save)
        self._holder = holding(in_column(self.fields, STRETCH, margins=(0, 0, BESIDE_BAR, 0), gap=12))
        self._area = ScrollArea("Details", self._holder, only_down=True)
        title = Text(f"Details of {name}", "h2", wrap=True)
        in_column(title, (self._area, 1), box, inside=self, margins=DIALOG_MARGINS, gap=12)

    def showEvent(self, event: QShowEvent) -> None:
        """Take the height that the fields need and begin in the one that was asked for."""
        super().showEvent(event)
        fit_to_fields(self, current_theme().px(_WIDTH), self._area, self._holder)
        self.fields.focus_field(self._first or "place")

    def save(self) -> None:
        """Hand on the line, or show what must be put right."""
        line = self.fields.read(self._line)
        if line is None:
            self.fields.focus_first_problem()
            return
        self.saved.emit(line)
        self.accept()
