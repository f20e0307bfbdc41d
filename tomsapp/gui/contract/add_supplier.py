"""Adds a supplier without leaving the form that needs it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from tomsapp.domain.history import Stored
from tomsapp.domain.supplier import SUPPLIER, Supplier
from tomsapp.gui.records.record_editor import RecordEditor
from tomsapp.gui.records.record_form import RecordForm
from tomsapp.gui.session import Session
from tomsapp.gui.widgets.dialog_parts import do_or_cancel
from tomsapp.gui.widgets.form_dialog import FormDialog
from tomsapp.gui.widgets.problems import Notice
from tomsapp.services.suppliers import SUPPLIERS


class AddSupplierDialog(FormDialog):
    """Asks for a supplier's facts and records it."""

    added = Signal(int, str)
    """Number and name of the supplier that was recorded."""

    def __init__(self, session: Session, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Add a supplier")
        self.form = RecordForm(SUPPLIER)
        self.editor = RecordEditor(session, self.form, SUPPLIERS, "supplier in a dialog")
        note = Notice()
        self.editor.told.connect(note.say)
        self.editor.saved.connect(self._on_saved)
        self.rejected.connect(self.editor.discard)
        box = do_or_cancel(self, "Add supplier", self.editor.save)
        self.build("Add a supplier", "The new supplier", (note, self.form), box)
        self.editor.show_new(Supplier(name))

    def begin(self) -> None:
        """Begin in the name."""
        self.form.focus_field("name")

    def _on_saved(self, stored: Stored[Supplier]) -> None:
        self.added.emit(stored.id, stored.record.name)
        self.accept()
