"""The column in which the fields of a settings tab stand, narrow enough to be read and scrolled when it is long."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from tomsapp.gui.theme import current_theme
from tomsapp.gui.widgets.layouts import STRETCH, Part, holding, in_column, in_row
from tomsapp.gui.widgets.scroll_area import ScrollArea

_WIDTH = 720


class FormColumn(ScrollArea):
    """Holds what `fill` is given, at most 720 px wide at 100 % text size."""

    def __init__(self, name: str, width: int = _WIDTH) -> None:
        super().__init__(name)
        self._width = width
        self._content = QWidget()
        self.setWidget(holding(in_row((self._content, 1000), STRETCH), "clear"))
        current_theme().follow(self._fit)

    def fill(self, *parts: Part) -> None:
        """Put the parts of the tab below each other."""
        in_column(*parts, STRETCH, inside=self._content, margins=(0, 4, 8, 12), gap=16)

    def _fit(self) -> None:
        self._content.setMaximumWidth(current_theme().px(self._width))
