"""A line to search in, with its magnifying glass."""

from __future__ import annotations

from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit

from tomsapp.gui.icons import draw_icon
from tomsapp.gui.theme import current_theme

_ICON, _LEFT, _GAP = 17, 11, 6


class SearchLine(QLineEdit):
    """A search field: `words` stand in it while it is empty, `name` is what a screen reader says."""

    def __init__(self, words: str = "", name: str = "") -> None:
        super().__init__()
        self.setPlaceholderText(words)
        self.setAccessibleName(name or words)
        self.setClearButtonEnabled(True)
        current_theme().follow(self._fit)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the field and the glass, which an action of the field would set too low."""
        super().paintEvent(event)
        theme = current_theme()
        size = theme.px(_ICON)
        tone = theme.colours.text_muted if self.isEnabled() else theme.colours.disabled_text
        painter = QPainter(self)
        draw_icon(painter, _LEFT, (self.height() - size) // 2, "search", tone, size)
        painter.end()

    def _fit(self) -> None:
        self.setTextMargins(current_theme().px(_ICON) + _GAP, 0, 0, 0)
