"""Adds a supplier without leaving the form that needs it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from tomsapp.domain.history import Stored
from tomsapp.domain.problems import Problem
from tomsapp.domain.supplier import Supplier
from tomsapp.gui.session import Session
from tomsapp.gui.supplier.supplier_fields import SupplierFields
from tomsapp.gui.theme import current_theme
from tomsapp.gui.widgets.buttons import Button
from tomsapp.gui.widgets.text import Text
from tomsapp.services.suppliers import add_supplier, check_supplier


class AddSupplierDialog(QDialog):
    """Asks for a supplier's facts and records it."""

    added = Signal(int, str)
    """Number and name of the supplier that was recorded."""

    def __init__(self, session: Session, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.setWindowTitle("Add a supplier")
        self.form = SupplierFields()
        self.form.set_supplier(Supplier(name))
        self.add_button = Button("Add supplier", "primary")
        self.add_button.setDefault(True)
        self.add_button.clicked.connect(self._on_add)
        box = QDialogButtonBox()
        box.addButton(self.add_button, QDialogButtonBox.ButtonRole.AcceptRole)
        box.addButton(Button("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        box.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(12)
        for widget in (Text("Add a supplier", "h2"), self.form, box):
            column.addWidget(widget)
        self.setMinimumWidth(current_theme().px(480))
        self.form.name_line.setFocus()

    def _on_add(self) -> None:
        supplier = self.form.supplier()
        self._session.read(lambda workspace: check_supplier(workspace, supplier)).success(self._on_checked).start()

    def _on_checked(self, problems: list[Problem]) -> None:
        self.form.show_problems(problems)
        if problems:
            self.form.focus_first_problem()
            return
        supplier = self.form.supplier()
        self._session.act(lambda workspace, _progress: add_supplier(workspace, supplier), self._on_added).start()

    def _on_added(self, stored: Stored[Supplier]) -> None:
        self.added.emit(stored.id, stored.record.name)
        self.accept()
