"""The column in which the fields of a settings tab stand, narrow enough to be read and scrolled when it is long."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from tomsapp.gui.theme import current_theme
from tomsapp.gui.widgets.scroll_area import ScrollArea

_WIDTH = 720


class FormColumn(ScrollArea):
    """Holds what is added to `column`, at most 720 px wide at 100 % text size."""

    def __init__(self, name: str, width: int = _WIDTH) -> None:
        super().__init__(name)
        self._width = width
        inner = QWidget()
        inner.setProperty("k", "clear")
        self._content = QWidget()
        self.column = QVBoxLayout(self._content)
        self.column.setContentsMargins(0, 4, 8, 12)
        self.column.setSpacing(16)
        row = QHBoxLayout(inner)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._content, 1000)
        row.addStretch(1)
        self.setWidget(inner)
        current_theme().theme_changed.connect(self._fit)
        self._fit()

    def _fit(self) -> None:
        self._content.setMaximumWidth(current_theme().px(self._width))
