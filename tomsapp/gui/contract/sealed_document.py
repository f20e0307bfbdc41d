"""Shows the document of a sealed act as it is kept, to be read, copied or saved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QWidget

from tomsapp.gui.theme import current_theme
from tomsapp.gui.widgets.buttons import Button
from tomsapp.gui.widgets.dialog_parts import text_to_read
from tomsapp.gui.widgets.layouts import DIALOG_MARGINS, STRETCH, in_column, in_row
from tomsapp.gui.widgets.text import Text

if TYPE_CHECKING:
    from tomsapp.domain.seal import Act


class DocumentDialog(QDialog):
    """The text of a document below the act that it belongs to and its whole SHA-256."""

    save_wanted = Signal()

    def __init__(self, act: Act, data: bytes, parent: QWidget | None) -> None:
        super().__init__(parent)
        theme = current_theme()
        self.setWindowTitle("The sealed document")
        self.resize(theme.px(760), theme.px(600))
        self.text = text_to_read("The sealed document", data.decode("utf-8", errors="replace"))
        self.text.setFont(theme.font("body"))
        does = {"Copy": self._on_copy, "Save as a file…": self.save_wanted.emit, "Close": self.reject}
        buttons = {Button(words): slot for words, slot in does.items()}
        for button, slot in buttons.items():
            button.clicked.connect(slot)
        in_column(
            Text(act.words, "h2", wrap=True),
            Text(act.reason, wrap=True, selectable=True) if act.reason else None,
            Text(f"SHA-256 {act.sha256}", "small", "text_muted", selectable=True),
            (self.text, 1),
            in_row(STRETCH, *buttons),
            inside=self,
            margins=DIALOG_MARGINS,
            gap=10,
        )
        self.text.setFocus()

    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self.text.toPlainText())
