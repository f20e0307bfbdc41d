"""The Overview at a glance: headline figures, charts and what needs attention."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from tomsapp.domain.portfolio import Grouping
from tomsapp.gui.overview.attention_card import AttentionCard
from tomsapp.gui.overview.bars import supplier_bars, year_bars
from tomsapp.gui.overview.card_columns import CardColumns
from tomsapp.gui.overview.chart_card import ChartCard
from tomsapp.gui.overview.headlines import Headlines
from tomsapp.gui.overview.theme_card import ThemeCard
from tomsapp.gui.widgets.charts import BarRows, YearColumns

if TYPE_CHECKING:
    from tomsapp.services.overview_types import OverviewFigures


class SummaryView(CardColumns):
    """Cards in two columns, or in one where the text is large."""

    row_wanted = Signal(object, str, str)
    """Grouping, key and column of a figure whose lines are wanted."""
    year_theme_wanted = Signal(str, str)
    """Year and theme of a segment whose lines are wanted."""

    def __init__(self) -> None:
        super().__init__("Summary")
        self.headlines = Headlines()
        self.themes = ThemeCard()
        committed = "Committed by contract year"
        self.years = ChartCard(committed, Grouping.YEAR, YearColumns(committed))
        title = "Top suppliers by social value"
        self.suppliers = ChartCard(title, Grouping.SUPPLIER, BarRows(title))
        self.attention = AttentionCard()
        cards = (self.themes, self.years, self.suppliers, self.attention)
        self.lay_out((self.headlines,), cards, (642, 576), (27, 19))
        for card in (self.themes, self.years, self.suppliers):
            card.row_wanted.connect(self.row_wanted)
        self.years.chart.segment_chosen.connect(lambda key: self.year_theme_wanted.emit(*key))
        self.suppliers.chart.segment_chosen.connect(self.suppliers.ask_for_row)

    def show_figures(self, figures: OverviewFigures) -> None:
        """Show other figures in every card."""
        portfolio = figures.portfolio
        self.headlines.show_figures(figures)
        self.themes.show_figures(portfolio)
        self.years.chart.set_bars(*year_bars(figures))
        self.suppliers.chart.set_bars(*supplier_bars(portfolio))
        for card in (self.years, self.suppliers):
            card.show_rows(portfolio)
