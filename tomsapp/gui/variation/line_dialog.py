"""The details of a line as a variation makes it: place, share, statement, cost and promise per pound."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from tomsapp.domain.commitment import Commitment
from tomsapp.domain.contract import ContractKind
from tomsapp.gui.contract.details_form import DetailsFields, places_of
from tomsapp.gui.widgets.dialog_parts import do_or_cancel
from tomsapp.gui.widgets.form_dialog import FormDialog
from tomsapp.services.variations import OpenVariation


class LineDialog(FormDialog):
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
        self.build(f"Details of {name}", "Details", (self.fields,), box)

    def begin(self) -> None:
        """Begin in the field that was asked for."""
        self.fields.focus_field(self._first or "place")

    def save(self) -> None:
        """Hand on the line, or show what must be put right."""
        line = self.fields.read(self._line)
        if line is None:
            self.fields.focus_first_problem()
            return
        self.saved.emit(line)
        self.accept()
