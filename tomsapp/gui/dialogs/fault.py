"""The dialog that shows a fault that nobody foresaw."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPlainTextEdit, QVBoxLayout, QWidget

from tomsapp.gui.widgets.text import Text

_WHAT_TO_DO = "What you saved before is safe. Copy the details and send them to whoever looks after this program."


class ErrorDialog(QDialog):
    """Says that something went wrong, what was kept, and gives the details to copy."""

    def __init__(self, summary: str, details: str, log_file: Path | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Something went wrong")
        self.setMinimumWidth(620)
        self._details = details
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        column.addWidget(Text("Something went wrong", "h2"))
        column.addWidget(Text(summary, wrap=True, selectable=True))
        column.addWidget(Text(_WHAT_TO_DO, "note", "text_muted", wrap=True))
        box = QPlainTextEdit(details)
        box.setReadOnly(True)
        box.setTabChangesFocus(True)
        box.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        box.setAccessibleName("Details of the fault")
        column.addWidget(box, 1)
        if log_file is not None:
            column.addWidget(Text(f"The details are also in {log_file}", "note", "text_muted", wrap=True))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        copy = buttons.addButton("Copy details", QDialogButtonBox.ButtonRole.ActionRole)
        copy.clicked.connect(self.copy_details)
        buttons.rejected.connect(self.reject)
        column.addWidget(buttons)

    def copy_details(self) -> None:
        """Put the details on the clipboard."""
        QGuiApplication.clipboard().setText(self._details)
