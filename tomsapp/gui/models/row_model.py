"""A table model over frozen rows that sorts, filters and searches 100,000 of them at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
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

from tomsapp.gui.models.column import Column, Row

ROW_ROLE = int(Qt.ItemDataRole.UserRole) + 1
"""Role that gives the row object itself."""
SECOND_LINE_ROLE = ROW_ROLE + 1
LINK_ROLE = ROW_ROLE + 2
TONE_ROLE = ROW_ROLE + 3
ICON_ROLE = ROW_ROLE + 4
STRONG_ROLE = ROW_ROLE + 5

_Index = QModelIndex | QPersistentModelIndex
_ALIGN = {
    "left": Qt.AlignmentFlag.AlignLeft,
    "right": Qt.AlignmentFlag.AlignRight,
    "centre": Qt.AlignmentFlag.AlignHCenter,
}
_CHUNK = 4_000


class RowModel(QAbstractTableModel, Generic[Row]):
    """Rows shown through declared columns; `shown_changed` tells that other rows are shown."""

    shown_changed = Signal()

    def __init__(self, columns: Sequence[Column[Row]], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self._rows: list[Row] = []
        self._shown: list[int] = []
        self._sort: tuple[int, Qt.SortOrder] | None = None
        self._keys: dict[int, list[Any]] = {}
        self._query = ""
        self._accepts: Callable[[Row], bool] | None = None
        self._haystack: list[str] = []
        self._idle = QTimer(self)
        self._idle.setInterval(0)
        self._idle.timeout.connect(self._index_some)

    # Rows

    def set_rows(self, rows: Iterable[Row]) -> None:
        """Show other rows; sort order, search and filter stay."""
        self.beginResetModel()
        self._rows = list(rows)
        self._keys.clear()
        self._haystack.clear()
        self._choose()
        self.endResetModel()
        self._idle.start()
        self.shown_changed.emit()

    def search(self, query: str) -> None:
        """Show only rows that hold every word of `query`, whatever the case."""
        if query.casefold() != self._query:
            self._query = query.casefold()
            self._choose_again()

    def set_filter(self, accepts: Callable[[Row], bool] | None) -> None:
        """Show only rows that `accepts` takes, or all for None."""
        self._accepts = accepts
        self._choose_again()

    @property
    def total(self) -> int:
        """Number of rows, those that are filtered out included."""
        return len(self._rows)

    @property
    def is_filtered(self) -> bool:
        """Whether a search or a filter is on."""
        return bool(self._query.strip()) or self._accepts is not None

    def row_object(self, row: int) -> Row:
        """The row shown at place `row`."""
        return self._rows[self._shown[row]]

    def shown_rows(self) -> list[Row]:
        """The rows in the order shown."""
        return [self._rows[i] for i in self._shown]

    def place_of(self, wanted: Callable[[Row], bool]) -> int | None:
        """Place of the first shown row that `wanted` takes, or None."""
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
        self.layoutAboutToBeChanged.emit()
        kept = [(index, self._shown[index.row()]) for index in self.persistentIndexList()]
        self._shown = self._in_order(self._shown)
        if kept:
            place = {i: n for n, i in enumerate(self._shown)}
            self.changePersistentIndexList(
                [index for index, _ in kept], [self.index(place[i], index.column()) for index, i in kept]
            )
        self.layoutChanged.emit()

    # What is shown

    def _choose_again(self) -> None:
        self.beginResetModel()
        self._choose()
        self.endResetModel()
        self.shown_changed.emit()

    def _choose(self) -> None:
        chosen: Iterable[int] = range(len(self._rows))
        if self._accepts is not None:
            rows, accepts = self._rows, self._accepts
            chosen = [i for i in chosen if accepts(rows[i])]
        words = self._query.split()
        if words:
            self._index_all()
            for word in words:
                chosen = [i for i in chosen if word in self._haystack[i]]
        self._shown = self._in_order(list(chosen))

    def _in_order(self, chosen: list[int]) -> list[int]:
        if self._sort is None:
            return sorted(chosen)
        column, order = self._sort
        keys = self._keys_of(column)
        falling = order == Qt.SortOrder.DescendingOrder
        keyed = sorted((i for i in chosen if keys[i] is not None), key=keys.__getitem__, reverse=falling)
        return keyed + sorted(i for i in chosen if keys[i] is None)

    def _keys_of(self, column: int) -> list[Any]:
        """Sort keys of all rows in a column, kept until the rows change."""
        if column not in self._keys:
            declared = self.columns[column]
            key = declared.sort_key or (lambda row: declared.text(row).casefold())
            self._keys[column] = [key(row) for row in self._rows]
        return self._keys[column]

    # Search text, made in idle moments so that the first search is as quick as the rest

    def _index_all(self) -> None:
        self._index_up_to(len(self._rows))

    def _index_some(self) -> None:
        self._index_up_to(len(self._haystack) + _CHUNK)
        if len(self._haystack) == len(self._rows):
            self._idle.stop()

    def _index_up_to(self, end: int) -> None:
        texts = [column.text for column in self.columns if column.is_searched]
        seconds = [column.second_line for column in self.columns if column.second_line]
        getters = [*texts, *seconds]
        for row in self._rows[len(self._haystack) : end]:
            self._haystack.append("\n".join([getter(row) for getter in getters]).casefold())


def _accessible(column: Column[Any], row: Any) -> str:
    said = column.accessible or column.text
    return f"{column.title}, {said(row)}"


def _describe(column: Column[Any], _row: Any) -> str | None:
    return "Press Ctrl+Enter for how this came about" if column.is_link else None


def _alignment(column: Column[Any], _row: Any) -> Qt.AlignmentFlag:
    return _ALIGN[column.align] | Qt.AlignmentFlag.AlignVCenter


def _tooltip(column: Column[Any], row: Any) -> str | None:
    return f"{column.text(row)}\n{column.second_line(row)}" if column.second_line else None


_GETTERS: dict[int, Callable[[Column[Any], Any], Any]] = {
    int(Qt.ItemDataRole.TextAlignmentRole): _alignment,
    int(Qt.ItemDataRole.AccessibleTextRole): _accessible,
    int(Qt.ItemDataRole.AccessibleDescriptionRole): _describe,
    int(Qt.ItemDataRole.ToolTipRole): _tooltip,
    SECOND_LINE_ROLE: lambda column, row: column.second_line(row) if column.second_line else None,
    LINK_ROLE: lambda column, _row: column.is_link,
    TONE_ROLE: lambda column, row: column.tone(row) if column.tone else "text",
    ICON_ROLE: lambda column, row: column.icon(row) if column.icon else None,
    STRONG_ROLE: lambda column, _row: column.is_strong,
}


def row_of(index: _Index) -> object:
    """The row object behind an index of a `RowModel`."""
    return cast("object", index.data(ROW_ROLE))
