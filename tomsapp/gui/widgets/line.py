"""A line of text that hears a change in whatever way a person makes it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget


class Line(QLineEdit):
    """Tells what a person changes, and not what the program puts in with `set_text`.

    Qt's own `textEdited` is told for keys and the mouse alone, not for a text that assistive technology puts in.
    """

    edited = Signal()
    """A person changed the text."""
    given = Signal()
    """A whole text was put in at once; no key and no leaving of the line will say that it is finished."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_own = self._is_typed = False
        self._told = ""
        self.textEdited.connect(self._on_typed)
        self.textChanged.connect(self._on_changed)

    def set_text(self, text: str) -> None:
        """Put text into the line; it tells nothing. Text that stands there already keeps cursor and marking."""
        if text == self.text():
            return
        self._is_own = True
        self.setText(text)
        self._is_own = False

    def _on_typed(self, text: str) -> None:
        # Qt tells of typing just before the change; of its clear button afterwards, when the change has been told.
        self._is_typed = text != self._told

    def _on_changed(self, text: str) -> None:
        is_typed, self._is_typed, self._told = self._is_typed, False, text
        if self._is_own:
            return
        self.edited.emit()
        if not is_typed:
            self.given.emit()
