"""The Overview at a glance: headline figures, charts and what needs attention."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from tomsapp.domain.portfolio import Grouping
from tomsapp.gui.overview.attention_card import AttentionCard
from tomsapp.gui.overview.bars import supplier_bars, year_bars
from tomsapp.gui.overview.chart_card import ChartCard
from tomsapp.gui.overview.headlines import Headlines
from tomsapp.gui.overview.theme_card import ThemeCard
from tomsapp.gui.theme import current_theme
from tomsapp.gui.widgets.charts import BarRows, YearColumns
from tomsapp.gui.widgets.layouts import holding, in_column, in_grid
from tomsapp.gui.widgets.scroll_area import ScrollArea

if TYPE_CHECKING:
    from tomsapp.services.overview_types import OverviewFigures

_TWO_COLUMNS_FROM = 980


class SummaryView(ScrollArea):
    """Cards in two columns, or in one where the text is large."""

    row_wanted = Signal(object, str, str)
    """Grouping, key and column of a figure whose lines are wanted."""
    year_theme_wanted = Signal(str, str)
    """Year and theme of a segment whose lines are wanted."""

    def __init__(self) -> None:
        super().__init__("Summary")
        self.column = in_column(gap=8)
        self.headlines = Headlines()
        self.themes = ThemeCard()
        committed = "Committed by contract year"
        self.years = ChartCard(committed, Grouping.YEAR, YearColumns(committed))
        title = "Top suppliers by social value"
        self.suppliers = ChartCard(title, Grouping.SUPPLIER, BarRows(title))
        self.attention = AttentionCard()
        self._build()
        for card in (self.themes, self.years, self.suppliers):
            card.row_wanted.connect(self.row_wanted)
        self.years.chart.segment_chosen.connect(lambda key: self.year_theme_wanted.emit(*key))
        self.suppliers.chart.segment_chosen.connect(self.suppliers.ask_for_row)

    def _build(self) -> None:
        self._grid = in_grid(gaps=(12, 8))
        self._columns = 0
        self.column.addWidget(self.headlines)
        self.column.addLayout(self._grid, 1)
        self.setWidget(holding(self.column, "clear"))
        self._arrange(2)

    def resizeEvent(self, event: object) -> None:
        """Put the cards side by side where there is room."""
        super().resizeEvent(event)  # type: ignore[arg-type]
        wide = self.viewport().width() >= current_theme().px(_TWO_COLUMNS_FROM)
        self._arrange(2 if wide else 1)

    def _arrange(self, columns: int) -> None:
        if columns == self._columns:
            return
        self._columns = columns
        cards = (self.themes, self.years, self.suppliers, self.attention)
        for place, card in enumerate(cards):
            self._grid.addWidget(card, place // columns, place % columns)
        self._grid.setColumnStretch(0, 642)
        self._grid.setColumnStretch(1, 576 if columns == 2 else 0)
        for place in range(len(cards)):
            self._grid.setRowStretch(place, (27, 19)[place] if columns == 2 and place < 2 else 0)

    def show_figures(self, figures: OverviewFigures) -> None:
        """Show other figures in every card."""
        portfolio = figures.portfolio
        self.headlines.show_figures(figures)
        self.themes.show_figures(portfolio)
        self.years.chart.set_bars(*year_bars(figures))
        self.suppliers.chart.set_bars(*supplier_bars(portfolio))
        for card in (self.years, self.suppliers):
            card.show_rows(portfolio)
