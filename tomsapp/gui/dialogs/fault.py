"""The dialog that shows a fault that nobody foresaw."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QWidget

from tomsapp.gui.widgets.dialog_parts import be_as_wide, close_button, text_to_read
from tomsapp.gui.widgets.layouts import in_column
from tomsapp.gui.widgets.text import Text

_WHAT_TO_DO = "What you saved before is safe. Copy the details and send them to whoever looks after this program."


class ErrorDialog(QDialog):
    """Says that something went wrong, what was kept, and gives the details to copy."""

    def __init__(self, summary: str, details: str, log_file: Path | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Something went wrong")
        self._details = details
        said = Text(summary, wrap=True, selectable=True)
        advice = Text(_WHAT_TO_DO, "note", "text_muted", wrap=True)
        box = text_to_read("Details of the fault", details)
        box.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        said_where = f"Where in the program it happened is also in {log_file}, without anything that you entered."
        where = Text(said_where, "note", "text_muted", wrap=True) if log_file else None
        buttons = close_button(self)
        copy = buttons.addButton("Copy details", QDialogButtonBox.ButtonRole.ActionRole)
        copy.clicked.connect(self.copy_details)
        parts = Text("Something went wrong", "h2"), said, advice, (box, 1), where, buttons
        in_column(*parts, inside=self, margins=(24, 20, 24, 20), gap=12)
        be_as_wide(self, 620)

    def copy_details(self) -> None:
        """Put the details on the clipboard."""
        QGuiApplication.clipboard().setText(self._details)
