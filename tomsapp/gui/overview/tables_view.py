"""Every figure of the Overview as a table, one grouping at a time."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtGui import QShowEvent

from tomsapp.domain.portfolio import COMMITTED_GROUPINGS, OVERLAPPING, Grouping, PortfolioFigures
from tomsapp.domain.portfolio_overlaps import overlap_note
from tomsapp.gui.models.row_model import RowModel
from tomsapp.gui.overview.rows import ShownRow, columns_of, shown_rows
from tomsapp.gui.theme import current_theme
from tomsapp.gui.widgets.buttons import Button, SegmentedButton
from tomsapp.gui.widgets.cards import Card
from tomsapp.gui.widgets.data_table import DataTable
from tomsapp.gui.widgets.flow import ChipFlow
from tomsapp.gui.widgets.layouts import holding, in_column
from tomsapp.gui.widgets.scroll_area import ScrollArea
from tomsapp.gui.widgets.stack import Stack
from tomsapp.gui.widgets.text import Text
from tomsapp.services.overview_tables import HEADS, TITLES

_LEAST_TABLE = 240
"""Px of a table in a low window, in which all of the view scrolls."""


class TablesView(ScrollArea):
    """One table at a time; Enter or a click on a figure opens its lines."""

    row_wanted = Signal(object, str, str)
    """Grouping, key and column of the figure whose lines are wanted."""

    def __init__(self) -> None:
        super().__init__("Tables")
        self.switch = SegmentedButton("Table", [(grouping.value, HEADS[grouping]) for grouping in COMMITTED_GROUPINGS])
        self.copy = Button("Copy table", icon_name="copy", does=lambda: self.table(self.grouping).copy_all())
        self.note = Text("", "note", "text_muted", wrap=True)
        self._notes: dict[Grouping, str] = {}
        self.models: dict[Grouping, RowModel[ShownRow]] = {}
        self._tables: dict[Grouping, DataTable] = {}
        self._stack = Stack()
        for grouping in COMMITTED_GROUPINGS:
            self.models[grouping] = RowModel[ShownRow](columns_of(grouping))
        card = Card()
        card.fill(self._stack)
        card.setMinimumHeight(current_theme().px(_LEAST_TABLE))
        self.column = in_column(ChipFlow((self.switch,), self.copy), self.note, (card, 1), gap=12)
        self.setWidget(holding(self.column))
        self.switch.chosen.connect(lambda key: self.show_grouping(Grouping(key)))

    def table(self, grouping: Grouping) -> DataTable:
        """The table of a grouping; it is made when it is first asked for."""
        if grouping not in self._tables:
            table = DataTable(self.models[grouping], TITLES[grouping])
            table.setProperty("grouping", grouping.value)
            table.figure_chosen.connect(self._ask_for_row)
            table.row_opened.connect(self._ask_for_row)
            self._tables[grouping] = table
            self._stack.addWidget(table)
        return self._tables[grouping]

    def showEvent(self, event: QShowEvent) -> None:
        """Make the first table when it is first shown."""
        self._stack.setCurrentWidget(self.table(self.grouping))
        super().showEvent(event)

    @property
    def grouping(self) -> Grouping:
        """The grouping that is shown."""
        return Grouping(self.switch.current or Grouping.THEME.value)

    def show_grouping(self, grouping: Grouping) -> None:
        """Show the table of a grouping."""
        self.switch.set_current(grouping.value)
        self._stack.setCurrentWidget(self.table(grouping))
        self._show_note()

    def _show_note(self) -> None:
        """Beside its table: which contract years are financial years, and whether rows overlap."""
        self.note.setText(self._notes.get(self.grouping, ""))
        self.note.setVisible(bool(self.note.text()))

    def show_figures(self, figures: PortfolioFigures) -> None:
        """Show other figures in every table; sort order and cursor stay."""
        self._notes = {grouping: overlap_note(figures, grouping) for grouping in OVERLAPPING}
        self._notes[Grouping.YEAR] = figures.year_note
        for grouping in OVERLAPPING:
            self.switch.offer(grouping.value, is_offered=figures.has_table(grouping))
        if not figures.has_table(self.grouping):
            self.show_grouping(Grouping.THEME)
        self._show_note()
        for grouping, model in self.models.items():
            table = self._tables.get(grouping)
            index = table.currentIndex() if table is not None else QModelIndex()
            kept = model.row_object(index.row()).row.key if index.isValid() else None
            model.set_rows(shown_rows(figures, grouping))
            keys = [shown.row.key for shown in model.shown_rows()]
            if table is not None and kept in keys:
                table.setCurrentIndex(model.index(keys.index(kept), index.column()))

    def _ask_for_row(self, shown: ShownRow, column: str = "social_value") -> None:
        self.row_wanted.emit(self.grouping, shown.row.key, column)
