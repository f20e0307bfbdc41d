"""A table model over frozen rows that sorts, filters and searches 100,000 of them while the window stays free."""

from __future__ import annotations

import time
from collections.abc import Callable, Generator, Iterable, Sequence
from typing import Any, Generic, cast

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    QTimer,
    Signal,
)

from tomsapp.domain.alike import alike
from tomsapp.gui.models.column import Column, Row
from tomsapp.gui.models.sort_orders import SLICE, SortOrders

ROW_ROLE = int(Qt.ItemDataRole.UserRole) + 1
"""Role that gives the row object itself."""
SECOND_LINE_ROLE = ROW_ROLE + 1
LINK_ROLE = ROW_ROLE + 2
TONE_ROLE = ROW_ROLE + 3
ICON_ROLE = ROW_ROLE + 4
STRONG_ROLE = ROW_ROLE + 5
BAR_ROLE = ROW_ROLE + 6

_Index = QModelIndex | QPersistentModelIndex
_ALIGN = {
    "left": Qt.AlignmentFlag.AlignLeft,
    "right": Qt.AlignmentFlag.AlignRight,
}
_AT_ONCE = 20_000
"""Rows up to which everything is done at once: it takes less time than anybody sees."""
_TURN = 0.01
"""Seconds of work on more rows between two turns of the event loop."""


class RowModel(QAbstractTableModel, Generic[Row]):
    """Rows shown through declared columns; `shown_changed` tells that other rows are shown.

    More than 20,000 rows are sorted, filtered and searched in slices: what is shown changes when all are done, and
    `settle` does the rest at once.
    """

    shown_changed = Signal()

    def __init__(self, columns: Sequence[Column[Row]], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self._rows: list[Row] = []
        self._shown: list[int] = []
        self._sort: tuple[int, Qt.SortOrder] | None = None
        self._orders: SortOrders[Row] = SortOrders(self.columns, ())
        self._query = ""
        self._accepts: Callable[[Row], bool] | None = None
        self._haystack: list[str] = []
        self._idle = QTimer(self)
        self._idle.setInterval(0)
        self._idle.timeout.connect(self._index_some)
        self._work: Generator[None, None, None] | None = None
        self._only_order = True
        self._turns = QTimer(self)
        self._turns.setInterval(0)
        self._turns.timeout.connect(self._on_turn)

    # Rows

    def set_rows(self, rows: Iterable[Row]) -> None:
        """Show other rows; sort order, search and filter stay."""
        self.beginResetModel()
        self._rows = list(rows)
        self._orders = SortOrders(self.columns, self._rows)
        self._haystack.clear()
        self._shown = [] if self.is_filtered else list(range(len(self._rows)))
        self.endResetModel()
        self._idle.start()
        self._choose(only_order=False)

    def search(self, query: str) -> None:
        """Show only rows that hold every word of `query`, whatever case, accents and marks."""
        if alike(query) != self._query:
            self._query = alike(query)
            self._choose(only_order=False)

    def set_filter(self, accepts: Callable[[Row], bool] | None) -> None:
        """Show only rows that `accepts` takes, or all for None."""
        if accepts is not None or self._accepts is not None:
            self._accepts = accepts
            self._choose(only_order=False)

    def settle(self) -> None:
        """Do at once what is left of sorting, filtering and searching."""
        if self._work is not None:
            for _ in self._work:
                pass

    @property
    def total(self) -> int:
        """Number of rows, those that are filtered out included."""
        return len(self._rows)

    @property
    def is_settled(self) -> bool:
        """Whether what was asked for last is shown."""
        return self._work is None

    @property
    def is_filtered(self) -> bool:
        """Whether a search or a filter is on."""
        return bool(self._query.strip()) or self._accepts is not None

    def row_object(self, row: int) -> Row:
        """The row shown at place `row`."""
        return self._rows[self._shown[row]]

    def shown_rows(self) -> list[Row]:
        """The rows in the order shown."""
        self.settle()
        return [self._rows[i] for i in self._shown]

    def place_of(self, wanted: Callable[[Row], bool]) -> int | None:
        """Place of the first shown row that `wanted` takes, or None."""
        self.settle()
        return next((place for place, i in enumerate(self._shown) if wanted(self._rows[i])), None)

    # Qt's side

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        """Number of rows shown."""
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        """Number of columns."""
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: _Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        """What one cell shows or says."""
        if not index.isValid():
            return None
        column = self.columns[index.column()]
        row = self._rows[self._shown[index.row()]]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.text(row)
        if role == ROW_ROLE:
            return row
        getter = _GETTERS.get(role)
        return getter(column, row) if getter else None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = int(Qt.ItemDataRole.DisplayRole)
    ) -> Any:
        """Title and alignment of one column."""
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        column = self.columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _ALIGN[column.align] | Qt.AlignmentFlag.AlignVCenter
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column's key; rows without one stand last in both orders, equal rows keep their order."""
        wanted = (column, order) if 0 <= column < len(self.columns) else None
        if wanted == self._sort:
            return
        self._sort = wanted
        self._choose(only_order=True)

    # What is shown

    def _choose(self, *, only_order: bool) -> None:
        """Work out anew what is shown; `only_order` if the same rows will be."""
        self._only_order = only_order and (self._work is None or self._only_order)
        self._work = self._choosing()
        if len(self._rows) <= _AT_ONCE:
            self.settle()
        else:
            self._turns.start()

    def _on_turn(self) -> None:
        until = time.perf_counter() + _TURN
        while self._work is not None and time.perf_counter() < until:
            next(self._work, None)

    def _choosing(self) -> Generator[None, None, None]:
        order: Sequence[int] = range(len(self._rows))
        if self._sort is not None:
            column, direction = self._sort
            order = yield from self._orders.order(column, falling=direction == Qt.SortOrder.DescendingOrder)
        if self.is_filtered:
            chosen: list[int] = []
            words = self._query.split()
            while words and len(self._haystack) < len(self._rows):
                self._index_some()
                yield
            for start in range(0, len(order), SLICE):
                chosen += self._passing(order[start : start + SLICE], words)
                yield
            order = chosen
        self._work = None
        self._turns.stop()
        self._show(list(order))

    def _passing(self, places: Sequence[int], words: Sequence[str]) -> Sequence[int]:
        """Those of `places` whose rows pass the filter and hold every word."""
        if self._accepts is not None:
            rows, accepts = self._rows, self._accepts
            places = [i for i in places if accepts(rows[i])]
        for word in words:
            places = [i for i in places if word in self._haystack[i]]
        return places

    def _show(self, shown: list[int]) -> None:
        if not self._only_order:
            self.beginResetModel()
            self._shown = shown
            self.endResetModel()
            self.shown_changed.emit()
            return
        self.layoutAboutToBeChanged.emit()
        kept = [(index, self._shown[index.row()]) for index in self.persistentIndexList()]
        self._shown = shown
        if kept:
            place = {i: n for n, i in enumerate(self._shown)}
            self.changePersistentIndexList(
                [index for index, _ in kept], [self.index(place[i], index.column()) for index, i in kept]
            )
        self.layoutChanged.emit()

    # Search text, made in idle moments so that the first search is as quick as the rest

    def _index_some(self) -> None:
        texts = [column.text for column in self.columns if column.is_searched]
        seconds = [column.second_line for column in self.columns if column.second_line]
        getters = [*texts, *seconds]
        done = len(self._haystack)
        for row in self._rows[done : done + SLICE]:
            self._haystack.append(alike("\n".join([getter(row) for getter in getters])))
        if len(self._haystack) == len(self._rows):
            self._idle.stop()


def _accessible(column: Column[Any], row: Any) -> str:
    said = column.accessible or column.text
    return f"{column.title}, {said(row) or 'blank'}"


def _describe(column: Column[Any], _row: Any) -> str | None:
    return "Press Ctrl+Enter for how this came about" if column.is_link else None


def _tooltip(column: Column[Any], row: Any) -> str | None:
    return f"{column.text(row)}\n{column.second_line(row)}" if column.second_line else None


_GETTERS: dict[int, Callable[[Column[Any], Any], Any]] = {
    int(Qt.ItemDataRole.TextAlignmentRole): lambda column, _row: _ALIGN[column.align] | Qt.AlignmentFlag.AlignVCenter,
    int(Qt.ItemDataRole.AccessibleTextRole): _accessible,
    int(Qt.ItemDataRole.AccessibleDescriptionRole): _describe,
    int(Qt.ItemDataRole.ToolTipRole): _tooltip,
    SECOND_LINE_ROLE: lambda column, row: column.second_line(row) if column.second_line else None,
    LINK_ROLE: lambda column, _row: column.is_link,
    TONE_ROLE: lambda column, row: column.tone(row) if column.tone else "text",
    ICON_ROLE: lambda column, row: column.icon(row) if column.icon else None,
    STRONG_ROLE: lambda column, _row: column.is_strong,
    BAR_ROLE: lambda column, row: column.bar(row) if column.bar else None,
}


def row_of(index: _Index) -> object:
    """The row object behind an index of a `RowModel`."""
    return cast("object", index.data(ROW_ROLE))
