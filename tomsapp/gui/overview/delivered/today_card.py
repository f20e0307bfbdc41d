"""What is committed as signed beside today's values, the measures that differ most first, with the reason for each."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from PySide6.QtCore import Signal

from tomsapp.domain.delivered_portfolio import SignedBesideToday
from tomsapp.domain.money import difference, total
from tomsapp.domain.wording import format_change, format_pounds
from tomsapp.gui.models.row_model import RowModel
from tomsapp.gui.overview.delivered.rows import today_columns
from tomsapp.gui.theme import current_theme
from tomsapp.gui.widgets.cards import Card
from tomsapp.gui.widgets.data_table import DataTable
from tomsapp.gui.widgets.feedback import EmptyState
from tomsapp.gui.widgets.layouts import in_column, in_row
from tomsapp.gui.widgets.text import Text, hairline

TITLE = "As signed beside today’s values"
_LEAST_TABLE = 180


class TodayCard(Card):
    """Signed totals never move; what today's edition makes of them stands beside them."""

    measure_wanted = Signal(str)
    """The key of a measure whose lines are wanted."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(TITLE)
        self.editions = Text("", "note", "text_muted")
        self.model = RowModel[SignedBesideToday](today_columns())
        self.table = DataTable(self.model, TITLE)
        self.table.set_empty_state(EmptyState("file-text", "Nothing is signed here"))
        self.table.row_opened.connect(lambda row: self.measure_wanted.emit(row.key))
        self.table.setMinimumHeight(current_theme().px(_LEAST_TABLE))
        self.total = Text("", "strong", wrap=True, selectable=True)
        self._column.setContentsMargins(1, 10, 1, 1)
        self.body.setSpacing(6)
        head = in_row((Text(TITLE, "h3"), 1), self.editions, margins=(15, 0, 15, 0), gap=12)
        self.body.addLayout(head)
        self.body.addWidget(self.table, 1)
        self.body.addWidget(hairline())
        self.body.addLayout(in_column(self.total, margins=(15, 4, 15, 8)))

    def show_rows(self, rows: Sequence[SignedBesideToday]) -> None:
        """Show other rows, the largest difference first; those of which nothing differs stand last."""
        ordered = sorted(rows, key=lambda row: (-abs(row.difference), -row.signed))
        self.model.set_rows(ordered)
        signed = total(row.signed for row in rows) if rows else Decimal(0)
        today = total(row.today for row in rows) if rows else Decimal(0)
        change = difference(today, signed)
        told = format_change(change) if change else format_pounds(change)
        self.total.setText(
            f"Total: {format_pounds(signed)} as signed, {format_pounds(today)} at today’s values, {told}. "
            "Signed totals do not move."
        )
        names = sorted({name for row in rows for name in row.editions})
        self.editions.setText(", ".join(names))
