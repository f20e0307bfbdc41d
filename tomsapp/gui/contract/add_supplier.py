"""Adds a supplier without leaving the form that needs it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QWidget

from tomsapp.domain.history import Stored
from tomsapp.domain.supplier import SUPPLIER, Supplier
from tomsapp.gui.records.record_editor import RecordEditor
from tomsapp.gui.records.record_form import RecordForm
from tomsapp.gui.session import Session
from tomsapp.gui.theme import current_theme
from tomsapp.gui.widgets.dialog_parts import do_or_cancel, fit_to_fields
from tomsapp.gui.widgets.layouts import BESIDE_BAR, DIALOG_MARGINS, STRETCH, holding, in_column
from tomsapp.gui.widgets.problems import Notice
from tomsapp.gui.widgets.scroll_area import ScrollArea
from tomsapp.gui.widgets.text import Text
from tomsapp.services.suppliers import SUPPLIERS

_WIDTH = 480


class AddSupplierDialog(QDialog):
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
        self._fields = holding(in_column(note, self.form, STRETCH, margins=(0, 0, BESIDE_BAR, 0), gap=12))
        self._area = ScrollArea("The new supplier", self._fields, only_down=True)
        in_column(Text("Add a supplier", "h2"), (self._area, 1), box, inside=self, margins=DIALOG_MARGINS, gap=12)
        self.editor.show_new(Supplier(name))

    def showEvent(self, event: QShowEvent) -> None:
        """Take the height that the fields need and begin in the first of them, now that the area holds them."""
        super().showEvent(event)
        fit_to_fields(self, current_theme().px(_WIDTH), self._area, self._fields)
        self.form.focus_field("name")

    def _on_saved(self, stored: Stored[Supplier]) -> None:
        self.added.emit(stored.id, stored.record.name)
        self.accept()
