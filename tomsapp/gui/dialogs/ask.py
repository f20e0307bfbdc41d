"""A small question: do it, or keep what there is."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QWidget

from tomsapp.gui.dialogs.message import MessageDialog


def ask_first(
    parent: QWidget, question: str, sentences: Sequence[str], go: str, keep: str, *, deletes: bool = True
) -> bool:
    """Ask before something is deleted or changed for good; keeping it is the answer of Enter and Esc."""
    kind = "danger" if deletes else "secondary"
    dialog = MessageDialog(question, sentences, parent, tone="warning")
    dialog.add_button(go, QDialogButtonBox.ButtonRole.AcceptRole, kind).clicked.connect(dialog.accept)
    dialog.add_button(keep, QDialogButtonBox.ButtonRole.RejectRole, is_default=True).setFocus()
    return dialog.exec() == QDialog.DialogCode.Accepted
