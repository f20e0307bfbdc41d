"""A text below a table that says all of the chosen row: as high as its words, and no higher than leaves the table."""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from tomsapp.gui.theme import current_theme
from tomsapp.gui.widgets.layouts import BESIDE_BAR, STRETCH, holding, in_column
from tomsapp.gui.widgets.scroll_area import ScrollArea
from tomsapp.gui.widgets.text import Text

_MOST = 140
"""Px, about seven lines: a longer text scrolls."""


class FittedArea(ScrollArea):
    """Holds a widget whose height depends on its width; it is as high as that, and scrolls beyond `most` px."""

    def __init__(self, name: str, inside: QWidget, most: int) -> None:
        self._inside, self._most = inside, most
        super().__init__(
            name, holding(in_column(inside, STRETCH, margins=(0, 0, BESIDE_BAR, 0)), "clear"), only_down=True
        )
        current_theme().theme_changed.connect(self.fit)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Take the height of the words at the new width."""
        super().resizeEvent(event)
        self.fit()

    def fit(self) -> None:
        """Take the height of what is in it."""
        needed = self._inside.heightForWidth(max(self.width() - BESIDE_BAR, 1))
        self.setFixedHeight(max(0, min(needed, current_theme().px(self._most))))


class ToldArea(FittedArea):
    """Holds a text that wraps; its words are changed with `say`."""

    def __init__(self, name: str, text: Text) -> None:
        self._text = text
        super().__init__(name, text, _MOST)

    def say(self, words: str) -> None:
        """Show other words from their beginning."""
        self._text.setText(words)
        self.fit()
        self.verticalScrollBar().setValue(0)
