"""Small questions: delete or keep, and one field that an action needs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from tomsapp.gui.dialogs.message import MessageDialog
from tomsapp.gui.theme import current_theme
from tomsapp.gui.widgets.buttons import Button
from tomsapp.gui.widgets.fields import Field
from tomsapp.gui.widgets.text import Text

FieldT = TypeVar("FieldT", bound=Field)


def ask_to_delete(parent: QWidget, question: str, consequence: str, delete: str, keep: str) -> bool:
    """Ask before something is deleted; keeping it is the answer of Enter and Esc."""
    dialog = MessageDialog(question, [consequence], parent, tone="warning")
    dialog.add_button(delete, QDialogButtonBox.ButtonRole.AcceptRole, "danger").clicked.connect(dialog.accept)
    dialog.add_button(keep, QDialogButtonBox.ButtonRole.RejectRole, is_default=True).setFocus()
    return dialog.exec() == QDialog.DialogCode.Accepted


class FieldDialog(QDialog, Generic[FieldT]):
    """Asks for one thing before an action; `check` gives the message when the field is not filled in well."""

    def __init__(
        self,
        title: str,
        sentence: str,
        field: FieldT,
        verb: str,
        check: Callable[[FieldT], str | None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.field = field
        self._check = check
        self.setWindowTitle(title)
        self.go_button = Button(verb, "primary")
        self.go_button.setDefault(True)
        self.go_button.clicked.connect(self._on_go)
        box = QDialogButtonBox()
        box.addButton(self.go_button, QDialogButtonBox.ButtonRole.AcceptRole)
        box.addButton(Button("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        box.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(12)
        for widget in (Text(title, "h2", wrap=True), Text(sentence, "body", "text_muted", wrap=True), field, box):
            column.addWidget(widget)
        self.setMinimumWidth(current_theme().px(460))
        field.control.setFocus()

    def _on_go(self) -> None:
        message = self._check(self.field)
        self.field.set_error(message)
        if message is None:
            self.accept()
        else:
            self.field.control.setFocus()
