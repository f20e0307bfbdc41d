"""Adds a supplier without leaving the form that needs it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QWidget

from tomsapp.domain.history import Stored
from tomsapp.domain.problems import Problem
from tomsapp.domain.supplier import SUPPLIER, Supplier
from tomsapp.gui.records.record_form import RecordForm
from tomsapp.gui.session import Session
from tomsapp.gui.theme import current_theme
from tomsapp.gui.widgets.buttons import Button
from tomsapp.gui.widgets.layouts import DIALOG_MARGINS, in_column
from tomsapp.gui.widgets.text import Text
from tomsapp.services.suppliers import SUPPLIERS


class AddSupplierDialog(QDialog):
    """Asks for a supplier's facts and records it."""

    added = Signal(int, str)
    """Number and name of the supplier that was recorded."""

    def __init__(self, session: Session, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._proposal = Supplier(name)
        self.setWindowTitle("Add a supplier")
        self.form = RecordForm(SUPPLIER)
        self.form.show_record(self._proposal)
        self.add_button = Button("Add supplier", "primary")
        self.add_button.setDefault(True)
        self.add_button.clicked.connect(self._on_add)
        box = QDialogButtonBox()
        box.addButton(self.add_button, QDialogButtonBox.ButtonRole.AcceptRole)
        box.addButton(Button("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        box.rejected.connect(self.reject)
        in_column(Text("Add a supplier", "h2"), self.form, box, inside=self, margins=DIALOG_MARGINS, gap=12)
        self.setMinimumWidth(current_theme().px(480))
        self.form.focus_field("name")

    def _on_add(self) -> None:
        supplier = self.form.read(self._proposal)
        if supplier is None:
            self.form.focus_first_problem()
            return
        job = self._session.read(lambda workspace: (supplier, SUPPLIERS.check(workspace, supplier)))
        job.success(self._on_checked).start()

    def _on_checked(self, checked: tuple[Supplier, list[Problem]]) -> None:
        supplier, problems = checked
        self.form.show_problems(problems)
        if problems:
            self.form.focus_first_problem()
            return
        self._session.act(lambda workspace, _progress: SUPPLIERS.add(workspace, supplier), self._on_added).start()

    def _on_added(self, stored: Stored[Supplier]) -> None:
        self.added.emit(stored.id, stored.record.name)
        self.accept()
