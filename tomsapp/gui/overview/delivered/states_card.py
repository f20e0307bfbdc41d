"""Due, claimed, evidenced and accepted, one grouping at a time, in proxy pounds or in real ones."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtWidgets import QWidget

from tomsapp.domain.delivered_portfolio import DELIVERED_GROUPINGS, DeliveredPortfolio
from tomsapp.domain.portfolio import OVERLAPPING, Grouping
from tomsapp.domain.wording import format_pounds
from tomsapp.gui.models.row_model import RowModel
from tomsapp.gui.overview.delivered.rows import STATES, ShownDelivered, columns_of, share_words, shown_rows
from tomsapp.gui.theme import current_theme
from tomsapp.gui.widgets.buttons import SegmentedButton
from tomsapp.gui.widgets.cards import Card
from tomsapp.gui.widgets.combo import ComboBox
from tomsapp.gui.widgets.data_table import DataTable
from tomsapp.gui.widgets.feedback import EmptyState
from tomsapp.gui.widgets.layouts import STRETCH, in_column, in_row
from tomsapp.gui.widgets.stack import Stack
from tomsapp.gui.widgets.state_bar import BarState, StateKey
from tomsapp.gui.widgets.text import Text, hairline
from tomsapp.services.overview_tables import TITLES

TITLE = "Due, claimed, evidenced, accepted"
_LEAST_TABLE = 236
_PROXY, _REAL = "proxy", "real"
_LEGEND = (
    (BarState.ACCEPTED, "accepted"),
    (BarState.EVIDENCED, "evidenced"),
    (BarState.CLAIMED, "claimed"),
    (BarState.DUE, "due, full length"),
)


class StatesCard(Card):
    """A table a grouping; Ctrl+Enter or a click on a figure opens its lines."""

    row_wanted = Signal(object, str, str)
    """Grouping, key and state of a figure whose lines are wanted."""
    narrow_wanted = Signal(object, str)
    """Grouping and key that alone are to be looked at."""
    grouping_changed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(TITLE)
        self.by = ComboBox(name="Show the figures by")
        for grouping in DELIVERED_GROUPINGS:
            self.by.addItem(TITLES[grouping], grouping)
        self.by.setCurrentIndex(0)
        self.pounds = SegmentedButton("Pounds", [(_PROXY, "Proxy pounds"), (_REAL, "Real pounds")])
        self._figures: DeliveredPortfolio | None = None
        self._tables: dict[Grouping, DataTable] = {}
        self._models: dict[Grouping, RowModel[ShownDelivered]] = {}
        self._stack = Stack()
        self.total = Text("", "strong", wrap=True, selectable=True)
        self.note = Text("", "note", "text_muted", wrap=True)
        self._build()
        self.by.currentIndexChanged.connect(self._on_by)
        self.pounds.chosen.connect(lambda _key: self._fill())

    def _build(self) -> None:
        self._column.setContentsMargins(1, 10, 1, 1)
        legend = in_row(gap=6)
        for state, words in _LEGEND:
            legend.addWidget(StateKey(state))
            legend.addWidget(Text(words, "small", "text_muted"))
            legend.addSpacing(8)
        head = in_row(Text(TITLE, "h3"), self.by, (QWidget(), 1), self.pounds, margins=(15, 0, 12, 0), gap=12)
        self._stack.setMinimumHeight(current_theme().px(_LEAST_TABLE))
        foot = in_column(self.total, self.note, in_row(legend, STRETCH), margins=(15, 6, 12, 8), gap=4)
        self.body.setSpacing(6)
        self.body.addLayout(head)
        self.body.addWidget(self._stack, 1)
        self.body.addWidget(hairline())
        self.body.addLayout(foot)

    @property
    def grouping(self) -> Grouping:
        """The grouping that is shown."""
        found: Grouping = self.by.currentData()
        return found

    @property
    def is_real(self) -> bool:
        """Whether real pounds are shown."""
        return self.pounds.current == _REAL

    def table(self, grouping: Grouping) -> DataTable:
        """The table of a grouping; it is made when it is first asked for."""
        if grouping not in self._tables:
            model = RowModel[ShownDelivered](columns_of(grouping))
            table = DataTable(model, TITLES[grouping], is_dense=True)
            table.set_empty_state(EmptyState("search", "Nothing here is due or promised"))
            table.figure_chosen.connect(self._on_figure)
            table.row_opened.connect(lambda shown: self.narrow_wanted.emit(self.grouping, shown.row.key))
            self._models[grouping], self._tables[grouping] = model, table
            self._stack.addWidget(table)
        return self._tables[grouping]

    def show_grouping(self, grouping: Grouping) -> None:
        """Show the table of a grouping."""
        self.by.setCurrentIndex(DELIVERED_GROUPINGS.index(grouping))

    def show_figures(self, figures: DeliveredPortfolio) -> None:
        """Show other figures; sort order and cursor stay."""
        self._figures = figures
        self._fill()

    def _fill(self) -> None:
        table, model = self.table(self.grouping), self._models[self.grouping]
        self._stack.setCurrentWidget(table)
        if self._figures is None:
            return
        index = table.currentIndex()
        kept = model.row_object(index.row()).row.key if index.isValid() else None
        model.set_rows(shown_rows(self._figures, self.grouping, is_real=self.is_real))
        keys = [shown.row.key for shown in model.shown_rows()]
        table.setCurrentIndex(model.index(keys.index(kept), index.column()) if kept in keys else QModelIndex())
        pounds = self._figures.real if self.is_real else self._figures.pounds
        parts = [f"{state.words.lower()} {format_pounds(pounds.of(state))}" for state in STATES]
        kind = "Real pounds" if self.is_real else "Total"
        self.total.setText(f"{kind}: {', '.join(parts)}. Accepted of due: {share_words(pounds)}")
        self._show_note()

    def _show_note(self) -> None:
        notes = []
        if self.grouping in OVERLAPPING:
            notes.append("A line can stand in several rows, so the rows do not add up to the total.")
        notes += self._figures.part_notes if self._figures else ()
        self.note.setText(" ".join(notes))
        self.note.setVisible(bool(notes))

    def _on_by(self) -> None:
        self._fill()
        self.grouping_changed.emit(self.grouping)

    def _on_figure(self, shown: ShownDelivered, column: str) -> None:
        self.row_wanted.emit(self.grouping, shown.row.key, column)
