"""Makes a sheet of the cells that a reader takes out of a file, whatever the file is."""

from collections.abc import Iterable, Iterator

from tomsapp.exchange.grid import Grid, GridCell, GridRow, MergedRange
from tomsapp.exchange.sheets.bounds import MOST_COLUMNS, Bounds

_NOTHING = GridCell(None)
BLANK = (None, "")
"""What a cell holds that only looks like one that is filled."""


class SheetNames:
    """The names of the sheets of a file, by which they are told apart."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def own(self, name: str) -> str:
        """The name of a sheet; a second one of that name, in any capitals, has a number."""
        own, number = name, 1
        while own.lower() in self._taken:
            number += 1
            own = f"{name} ({number})"
        self._taken.add(own.lower())
        return own


class GridMaker:
    """Gathers the cells of one sheet.

    Attributes:
        bounds: of the file.
        hidden_rows: by their numbers.
        filtered: a filter hides some of the rows.
    """

    def __init__(self, name: str, bounds: Bounds, *, is_hidden: bool = False) -> None:
        self.bounds = bounds
        self.hidden_rows: set[int] = set()
        self.filtered = False
        self._name = name
        self._is_hidden = is_hidden
        self._rows: dict[int, dict[int, GridCell]] = {}
        self._added_to: set[int] = set()
        """The rows that have notes or merged cells."""
        self._hidden_columns: set[int] = set()
        self._merged: list[MergedRange] = []

    def put_row(self, row: int, cells: dict[int, GridCell]) -> None:
        """The cells of a row that hold something; a row may come in several pieces."""
        there = self._rows.get(row)
        if there is None:
            self._rows[row] = cells
            self.bounds.check_rows(self._name, len(self._rows))
        else:
            there.update(cells)
        self._check(row, cells)

    def _check(self, row: int, cells: Iterable[int]) -> None:
        self.bounds.check_last(self._name, row, max(cells) + 1)

    def hide_columns(self, first: int, last: int) -> None:
        """Columns that are not seen."""
        self._hidden_columns.update(range(first, min(last, MOST_COLUMNS - 1) + 1))

    def merge(self, top: int, left: int, bottom: int, right: int) -> None:
        """A range of cells that are merged."""
        if (top, left) != (bottom, right):
            self.bounds.count_merged(top, left, bottom, right)
            self._merged.append((top, left, bottom, right))

    def note(self, row: int, column: int, text: str) -> None:
        """What somebody wrote beside a cell."""
        cells = self._added(row)
        cell = cells.get(column, _NOTHING)
        cells[column] = cell._replace(note=f"{cell.note}\n{text}" if cell.note else text)

    def _added(self, row: int) -> dict[int, GridCell]:
        self._added_to.add(row)
        return self._rows.setdefault(row, {})

    def grid(self) -> Grid:
        """The sheet."""
        for top, left, bottom, right in self._merged:
            self._mark_merged(top, left, bottom, right)
        for row in self._added_to:
            self._check(row, self._rows[row])
        return Grid(
            self._name,
            tuple(self._made_rows()),
            frozenset(self._hidden_columns),
            is_hidden=self._is_hidden,
            filtered=self.filtered,
            merged=tuple(self._merged),
        )

    def _mark_merged(self, top: int, left: int, bottom: int, right: int) -> None:
        """The first cell shows the value of all; the others are empty, whatever they hold."""
        columns = range(left, min(right, MOST_COLUMNS - 1) + 1)
        for row in range(top, bottom + 1) if columns else ():
            cells = self._added(row)
            for column in columns:
                is_first = (row, column) == (top, left)
                found = cells.get(column, _NOTHING) if is_first else _NOTHING
                cells[column] = found._replace(is_merged=True)

    def _made_rows(self) -> Iterator[GridRow]:
        for number in sorted(self._rows):
            cells = self._rows[number]
            columns = sorted(cells)
            if columns != list(cells):
                cells = {column: cells[column] for column in columns}
            yield GridRow(number, cells, number in self.hidden_rows, is_struck=_is_struck(cells.values()))


def _is_struck(cells: Iterable[GridCell]) -> bool:
    """Whether there is something in the cells of a row, and all of it is struck out."""
    is_struck = False
    for cell in cells:
        if cell.value not in BLANK:
            if not cell.is_struck:
                return False
            is_struck = True
    return is_struck
