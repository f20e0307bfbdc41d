"""A card whose chart turns into a table of the same figures and back."""

from __future__ import annotations

from PySide6.QtCore import Signal

from tomsapp.domain.portfolio import Grouping, PortfolioFigures
from tomsapp.gui.models.row_model import RowModel
from tomsapp.gui.overview.rows import ShownRow, columns_of, shown_rows
from tomsapp.gui.widgets.cards import Card
from tomsapp.gui.widgets.charts import Chart
from tomsapp.gui.widgets.data_table import DataTable
from tomsapp.gui.widgets.layouts import stack_of

_LEAST_HEIGHT = 106
_AS_TABLE, _AS_CHART = "Show as table", "Show as chart"


class ChartCard(Card):
    """Shows one grouping as a chart, or as a table in its place."""

    row_wanted = Signal(object, str, str)
    """Grouping, key and column of a figure in the table whose lines are wanted."""

    def __init__(self, title: str, grouping: Grouping, chart: Chart) -> None:
        super().__init__(title, _AS_TABLE)
        self.chart = chart
        # A low window shrinks the chart before the page has to be scrolled.
        chart.setMinimumHeight(_LEAST_HEIGHT)
        self._grouping = grouping
        self.model = RowModel[ShownRow](columns_of(grouping, is_small=True))
        self.table = DataTable(self.model, title)
        self.table.figure_chosen.connect(lambda shown, column: self.ask_for_row(shown.row.key, column))
        self.table.row_opened.connect(lambda shown: self.ask_for_row(shown.row.key))
        self._stack = stack_of(chart, self.table)
        self.body.addWidget(self._stack, 1)
        self.link_chosen.connect(self.turn)

    @property
    def is_table(self) -> bool:
        """Whether the table is shown."""
        return self._stack.currentIndex() == 1

    def show_rows(self, figures: PortfolioFigures) -> None:
        """Show other figures in the table; the chart gets its bars by itself."""
        self.model.set_rows(shown_rows(figures, self._grouping))

    def turn(self) -> None:
        """Show the table in place of the chart, or the chart again."""
        self._stack.setCurrentIndex(0 if self.is_table else 1)
        words = _AS_CHART if self.is_table else _AS_TABLE
        if self.link is not None:
            self.link.setText(words)
            self.link.setAccessibleName(f"{words}: {self.title.text()}")

    def ask_for_row(self, key: str, column: str = "social_value") -> None:
        """Ask for the lines behind a figure of a row."""
        self.row_wanted.emit(self._grouping, key, column)
