"""A small question: delete or keep."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QWidget

from tomsapp.gui.dialogs.message import MessageDialog


def ask_to_delete(parent: QWidget, question: str, consequence: str, delete: str, keep: str) -> bool:
    """Ask before something is deleted; keeping it is the answer of Enter and Esc."""
    dialog = MessageDialog(question, [consequence], parent, tone="warning")
    dialog.add_button(delete, QDialogButtonBox.ButtonRole.AcceptRole, "danger").clicked.connect(dialog.accept)
    dialog.add_button(keep, QDialogButtonBox.ButtonRole.RejectRole, is_default=True).setFocus()
    return dialog.exec() == QDialog.DialogCode.Accepted
