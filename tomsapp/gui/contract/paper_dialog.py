"""Asks what a paper of a contract is called, and what is noted of it; its file stays."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from tomsapp.domain.delivery.evidence import ATTACHMENT, Attachment
from tomsapp.gui.records.record_form import RecordForm
from tomsapp.gui.widgets.buttons import Button
from tomsapp.gui.widgets.form_dialog import FormDialog
from tomsapp.gui.widgets.layouts import STRETCH, in_row

if TYPE_CHECKING:
    from tomsapp.domain.history import Stored


class PaperDialog(FormDialog):
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
        foot = in_row(STRETCH, self.go_button, Button("Cancel", does=self.reject))
        self.build(title, "What is said of the paper", (self.form,), foot)

    def begin(self) -> None:
        """Begin in the name."""
        self.form.first_control.setFocus()

    def _on_go(self) -> None:
        said = self.form.read(self._before.record)
        if said is None:
            self.form.focus_first_problem()
            return
        self.paper = said
        self.accept()
