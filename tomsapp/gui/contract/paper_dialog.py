"""Asks what a paper of a contract is called, and what is noted of it; its file stays."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QWidget

from tomsapp.domain.delivery.evidence import ATTACHMENT, Attachment
from tomsapp.gui.records.record_form import RecordForm
from tomsapp.gui.theme import current_theme
from tomsapp.gui.widgets.buttons import Button
from tomsapp.gui.widgets.dialog_parts import fit_to_fields
from tomsapp.gui.widgets.layouts import BESIDE_BAR, DIALOG_MARGINS, STRETCH, holding, in_column, in_row
from tomsapp.gui.widgets.scroll_area import ScrollArea
from tomsapp.gui.widgets.text import Text

if TYPE_CHECKING:
    from tomsapp.domain.history import Stored

_WIDTH = 480


class PaperDialog(QDialog):
    """Stays open until the paper has a name."""

    def __init__(self, before: Stored[Attachment], parent: QWidget | None) -> None:
        super().__init__(parent)
        self._before = before
        self.paper = before.record
        title = f"Change {before.record.name}"
        self.setWindowTitle(title)
        self.form = RecordForm(ATTACHMENT)
        self.form.show_record(before.record, before.version)
        self.form.save_wanted.connect(self._on_go)
        self.go_button = Button("Save paper", "primary", does=self._on_go)
        self.go_button.setDefault(True)
        self._fields = holding(in_column(self.form, STRETCH, margins=(0, 0, BESIDE_BAR, 0)))
        self._area = ScrollArea("What is said of the paper", self._fields, only_down=True)
        foot = in_row(STRETCH, self.go_button, Button("Cancel", does=self.reject))
        in_column(Text(title, "h2", wrap=True), (self._area, 1), foot, inside=self, margins=DIALOG_MARGINS, gap=12)

    def showEvent(self, event: QShowEvent) -> None:
        """Take the height that the fields need and begin in the name."""
        super().showEvent(event)
        self.form.first_control.setFocus()
        fit_to_fields(self, current_theme().px(_WIDTH), self._area, self._fields)

    def _on_go(self) -> None:
        said = self.form.read(self._before.record)
        if said is None:
            self.form.focus_first_problem()
            return
        self.paper = said
        self.accept()
