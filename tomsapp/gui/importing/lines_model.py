"""The comparison as a table of Qt: its rows, their words, and what a screen reader says of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from heapq import nlargest

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from tomsapp.domain.wording import format_pounds
from tomsapp.gui.importing.lines_rows import GroupRow, LineRow, NoteRow, Row, was_words
from tomsapp.services.table_types import MatchedLine

ROW_ROLE = int(Qt.ItemDataRole.UserRole)
"""The row of the comparison that a cell stands in."""
_Index = QModelIndex | QPersistentModelIndex
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_MEASURED = 40
_AMOUNTS: Mapping[int, Callable[[MatchedLine], Decimal | None]] = {
    1: lambda line: line.was_value,
    2: lambda line: line.offered_value,
    3: lambda line: line.after_value,
}
"""The amounts of a line by how many columns behind the share they stand."""


class LinesModel(QAbstractTableModel):
    """Commitment, a column for each year or usual fact, share, was, offered, after and the choice."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[Row] = []
        self._labels: tuple[str, ...] = ()
        self.has_values = True
        self.has_shares = True

    def show(self, rows: Sequence[Row], labels: tuple[str, ...], lines: Sequence[MatchedLine]) -> bool:
        """Show other rows; where only choices changed, the place stays, and it gives that it does."""
        is_same = labels == self._labels and list(map(_identity, rows)) == list(map(_identity, self._rows))
        if not is_same:
            self.beginResetModel()
        self._rows, self._labels = list(rows), labels
        self.has_values = any(line.was_value is not None or line.offered_value is not None for line in lines)
        self.has_shares = any(line.share for line in lines)
        if not is_same:
            self.endResetModel()
        elif self._rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._rows) - 1, self.columnCount() - 1))
        return is_same

    @property
    def heads(self) -> tuple[str, ...]:
        """The words over the columns."""
        return ("Line", *self._labels, "Share", "Was", "Offered", "After", "Your choice")

    @property
    def choice_column(self) -> int:
        """Where the choice stands."""
        return len(self.heads) - 1

    @property
    def share_column(self) -> int:
        """Where the contract's share stands; the three amounts follow it."""
        return len(self._labels) + 1

    def longest_in(self, column: int) -> tuple[list[str], list[str]]:
        """The longest texts of a column of facts, of what was and of what is offered: the widest is among them."""
        place = column - 1
        told = [
            (row, cell) for row in self._rows if isinstance(row, LineRow) and (cell := row.cells[place]) is not None
        ]
        was, offered = {was_words(row, place) for row, _ in told}, {cell.offered for _, cell in told}
        return nlargest(_MEASURED, was, key=len), nlargest(_MEASURED, offered, key=len)

    def amounts_in(self, column: int) -> set[str]:
        """The share, or the widest of a column of amounts: the largest, the smallest, and that there is none."""
        lines = [row.line for row in self._rows if isinstance(row, LineRow)]
        if column == self.share_column:
            return {line.share for line in lines}
        values = [_AMOUNTS[column - self.share_column](line) for line in lines]
        told = [value for value in values if value is not None]
        edges = (min(told), max(told), None) if told else (None,)
        return {_amount(value) for value in edges}

    def row_at(self, place: int) -> Row:
        """The row at a place."""
        return self._rows[place]

    def place_of(self, line: str) -> int | None:
        """Where a line stands; None where its group is folded."""
        return next((place for place, row in enumerate(self._rows) if _is_line(row, line)), None)

    def rowCount(self, parent: _Index | None = None) -> int:
        """Groups, lines and notes."""
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def columnCount(self, parent: _Index | None = None) -> int:
        """The columns."""
        return 0 if parent is not None and parent.isValid() else len(self.heads)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The words over a column."""
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.heads[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _LEFT if section in (0, self.choice_column) else _RIGHT
        return None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The words of a cell."""
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == ROW_ROLE:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return self._words(row, index.column())
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._spoken(row, index.column())
        if role == Qt.ItemDataRole.ToolTipRole and isinstance(row, LineRow) and index.column() == 0:
            return f"{row.line.title}\n{row.about}".strip()
        return None

    def _words(self, row: Row, column: int) -> str:
        if isinstance(row, GroupRow):
            return f"{row.group.words}, {row.words}" if column == 0 else ""
        if isinstance(row, NoteRow):
            return row.problem.message if column == 0 else ""
        line = row.line
        if column == 0:
            return f"{line.code} {line.title}".strip()
        if column < self.share_column:
            cell = row.cells[column - 1]
            return cell.offered if cell else ""
        if column == self.share_column:
            return line.share
        amount = _AMOUNTS.get(column - self.share_column)
        return _chosen_words(row) if amount is None else _amount(amount(line))

    def _spoken(self, row: Row, column: int) -> str:
        if isinstance(row, GroupRow):
            return f"{row.group.words}, {row.words}, {'folded' if row.is_folded else 'open'}"
        if isinstance(row, NoteRow):
            answered = "" if row.answer is None else f". Answered: {row.answer}" if row.answer else ". To answer"
            return f"{row.problem}{answered}"
        line = row.line
        if column == 0:
            return f"{line.code} {line.title}, {line.row}, {line.group.words.lower()}, {row.others}".rstrip(", ")
        if 0 < column < self.share_column:
            cell = row.cells[column - 1]
            if cell is None:
                return "none"
            before = row.before[column - 1]
            was = f", was {cell.was or 'none'}" if cell.is_other or before is not None else ""
            changed = "" if before is None else f", changed in the program meanwhile, {before or 'none'} before"
            return f"{cell.label}: {cell.offered or 'none'}{was}{changed}"
        head = self.heads[column]
        return f"{head}: {self._words(row, column) or 'none'}"


def _chosen_words(row: LineRow) -> str:
    return next((option.label for option in row.line.options if option.key == row.chosen), "Not decided")


def _amount(value: Decimal | None) -> str:
    return "–" if value is None else format_pounds(value)


def _identity(row: Row) -> tuple[object, ...]:
    if isinstance(row, GroupRow):
        return (row.group, row.is_folded)
    if isinstance(row, NoteRow):
        return (row.line.key, row.problem.key, row.problem.message, row.answer)
    return (row.line.key, row.cells, row.before)


def _is_line(row: Row, key: str) -> bool:
    return isinstance(row, LineRow) and row.line.key == key
