"""The check grid as Qt's table model: what is found by groups, a column for each bid."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from tomsapp.domain.tender.deciding import BidProblem
from tomsapp.domain.tender.problem_kinds import ProblemGroup
from tomsapp.domain.tender.problem_words import RowOfBids, in_short, rows_of_bids
from tomsapp.domain.wording import plural
from tomsapp.gui.tenders.check_words import NO_PROBLEM, said_cell
from tomsapp.services.tenders.deciding import BidUnderCheck, OpenCheck

TITLE, FIRST_BID = 0, 1
_Index = QModelIndex | QPersistentModelIndex
_SHOWN = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


class GroupRow(NamedTuple):
    """The heading of a group, with how much is found in it."""

    group: ProblemGroup
    problems: int

    @property
    def count_words(self) -> str:
        """How many problems all bids have in the group."""
        return plural(self.problems, "problem", "problems")


class CheckModel(QAbstractTableModel):
    """What is found in the bids of a tender; nothing is worked out here."""

    def __init__(self) -> None:
        super().__init__()
        self.check: OpenCheck | None = None
        self.bids: tuple[BidUnderCheck, ...] = ()
        self.rows: tuple[GroupRow | RowOfBids, ...] = ()
        self.has_lots = False

    def show_check(self, check: OpenCheck | None, lot: int | None = None, *, only_open: bool = False) -> None:
        """Show the bids of a lot (None: all), or the open ones of them; the cursor stays where its row and bid do."""
        every = check.bids if check is not None else ()
        bids = tuple(
            each
            for each in every
            if (lot is None or each.opened.stored.record.lot == lot) and (each.undecided or not only_open)
        )
        # Of one lot in view, its name would only take the room of the bidders'.
        self.has_lots = len({each.opened.stored.record.lot for each in bids}) > 1
        rows = tuple(_with_groups(rows_of_bids([bid.problems for bid in bids])))
        is_same = _places(rows) == _places(self.rows) and [each.id for each in bids] == [each.id for each in self.bids]
        if not is_same:
            self.beginResetModel()
        self.check, self.bids, self.rows = check, bids, rows
        if not is_same:
            self.endResetModel()
        elif rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, self.columnCount() - 1))

    # Places

    def row_at(self, row: int) -> RowOfBids | None:
        """What is found in a row; None of a heading."""
        found = self.rows[row] if 0 <= row < len(self.rows) else None
        return found if isinstance(found, RowOfBids) else None

    def found_at(self, row: int, column: int) -> BidProblem | None:
        """What is found of a bid in a cell, or None."""
        told, bid = self.row_at(row), self.bid_at(column)
        return told.cells[column - FIRST_BID] if told is not None and bid is not None else None

    def bid_at(self, column: int) -> BidUnderCheck | None:
        """The bid of a column; None beside the bids."""
        place = column - FIRST_BID
        return self.bids[place] if 0 <= place < len(self.bids) else None

    def place_of(self, bid: int, key: str) -> tuple[int, int] | None:
        """Row and column of what is found in a bid, by the key of its Problem."""
        for row, told in enumerate(self.rows):
            for place, found in enumerate(told.cells if isinstance(told, RowOfBids) else ()):
                if found is not None and found.key == key and self.bids[place].id == bid:
                    return row, FIRST_BID + place
        return None

    @property
    def open_places(self) -> set[tuple[int, ...]]:
        """Row and column of each cell that waits for a decision."""
        return {
            (row, FIRST_BID + place)
            for row, told in enumerate(self.rows)
            if isinstance(told, RowOfBids)
            for place, found in enumerate(told.cells)
            if found is not None and found.state.is_open
        }

    # Words

    def head(self, column: int) -> str:
        """What stands over a column: the bidder, with the lot where several are in view."""
        bid = self.bid_at(column)
        if bid is None:
            return "Problem"
        # The lot first: a narrow column cuts the end of a name.
        lot = f"Lot {bid.opened.stored.record.lot}: " if self.has_lots else ""
        return f"{lot}{bid.supplier}"

    def subject(self, row: RowOfBids) -> str:
        """What stands under the name of a problem."""
        return row.subject(self.check.read.newest.edition) if self.check is not None else ""

    def short(self, row: int, column: int) -> str:
        """The first line of a cell."""
        found, bid = self.found_at(row, column), self.bid_at(column)
        if found is None or bid is None or self.check is None:
            return NO_PROBLEM
        return in_short(found, bid.whole, self.check.read.newest.edition)

    def text(self, row: int, column: int) -> str:
        """What a cell shows, as it is copied."""
        told = self.row_at(row)
        if told is None:
            group = self.rows[row]
            is_first = isinstance(group, GroupRow) and column == TITLE
            return f"{group.group.words}: {group.count_words}" if isinstance(group, GroupRow) and is_first else ""
        if column == TITLE:
            return f"{told.kind.title}: {self.subject(told)}"
        found = self.found_at(row, column)
        return NO_PROBLEM if found is None else f"{self.short(row, column)}. {found.words}"

    def said(self, row: int, column: int) -> str:
        """The accessible name of a cell."""
        told, bid = self.row_at(row), self.bid_at(column)
        if told is None or bid is None:
            return self.text(row, column)
        return said_cell(bid, told.kind.title, self.short(row, column), self.found_at(row, column))

    def tooltip(self, row: int, column: int) -> str:
        """The whole of what may be cut."""
        told, found = self.row_at(row), self.found_at(row, column)
        if found is not None:
            return f"{found.problem.message}\n{found.words}"
        return f"{told.kind.title}\n{self.subject(told)}\n{told.kind.under}" if told and column == TITLE else ""

    # Qt's side

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        """A row for each group, and for each thing that is found in it."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        """What is found, and a column for each bid."""
        return 0 if parent.isValid() else FIRST_BID + len(self.bids)

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """Headings are read and never stopped at."""
        return _SHOWN if self.row_at(index.row()) is not None else Qt.ItemFlag.NoItemFlags

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = int(Qt.ItemDataRole.DisplayRole)
    ) -> Any:
        """Heads of the columns; rows are called by what is found, which is heard alone."""
        if orientation != Qt.Orientation.Horizontal:
            return self.text(section, TITLE) if role == Qt.ItemDataRole.AccessibleTextRole else None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return self.head(section) if role in _HEADS else None

    def data(self, index: _Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        """What a cell shows and says."""
        getter = _GETTERS.get(role)
        return getter(self, index.row(), index.column()) if getter and index.isValid() else None


def _with_groups(rows: tuple[RowOfBids, ...]) -> Iterator[GroupRow | RowOfBids]:
    """The rows with a heading before the first of each group."""
    before = None
    for row in rows:
        if row.group is not before:
            before = row.group
            of_group = (each.cells for each in rows if each.group is before)
            yield GroupRow(before, sum(found is not None for cells in of_group for found in cells))
        yield row


def _places(rows: tuple[GroupRow | RowOfBids, ...]) -> list[object]:
    """What stands in which row: as long as it is the same, the cursor stays."""
    return [row.group if isinstance(row, GroupRow) else (row.code, row.measures, row.topic) for row in rows]


_HEADS = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole)
_GETTERS: dict[int, Callable[[CheckModel, int, int], Any]] = {
    int(Qt.ItemDataRole.DisplayRole): CheckModel.text,
    int(Qt.ItemDataRole.AccessibleTextRole): CheckModel.said,
    int(Qt.ItemDataRole.ToolTipRole): CheckModel.tooltip,
}
