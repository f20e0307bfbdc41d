"""Cards of the Overview in two columns, or in one where the text is large; all of them scroll."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from tomsapp.gui.theme import current_theme
from tomsapp.gui.widgets.cards import Card
from tomsapp.gui.widgets.layouts import holding, in_column, in_grid
from tomsapp.gui.widgets.scroll_area import ScrollArea

_TWO_COLUMNS_FROM = 980


class CardColumns(ScrollArea):
    """What stands above, and below it the cards; `column` takes what a page adds on top."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.column = in_column(gap=8)
        self._grid = in_grid(gaps=(12, 8))
        self._columns = 0
        self._cards: Sequence[Card] = ()

    def lay_out(
        self, above: Sequence[QWidget], cards: Sequence[Card], widths: tuple[int, int], heights: tuple[int, int]
    ) -> None:
        """Place what stands above and four cards; widths and heights are parts of the room of the two columns."""
        self._cards, self._widths, self._heights = cards, widths, heights
        for widget in above:
            self.column.addWidget(widget)
        self.column.addLayout(self._grid, 1)
        self.setWidget(holding(self.column, "clear"))
        self._arrange(2)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the cards side by side where there is room."""
        super().resizeEvent(event)
        wide = self.viewport().width() >= current_theme().px(_TWO_COLUMNS_FROM)
        self._arrange(2 if wide else 1)

    def _arrange(self, columns: int) -> None:
        if columns == self._columns:
            return
        self._columns = columns
        for place, card in enumerate(self._cards):
            self._grid.addWidget(card, place // columns, place % columns)
        for column, width in enumerate(self._widths):
            self._grid.setColumnStretch(column, width if column < columns else 0)
        for place in range(len(self._cards)):
            self._grid.setRowStretch(place, self._heights[place] if columns == 2 and place < 2 else 0)
