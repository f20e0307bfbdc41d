"""Makes a sheet of the cells that a reader takes out of a file, whatever the file is."""

from collections.abc import Iterator
from dataclasses import replace

from tomsapp.exchange.grid import Grid, GridCell, GridRow, MergedRange
from tomsapp.exchange.sheets.bounds import MOST_COLUMNS, Bounds

_NOTHING = GridCell(None)
_BLANK = (None, "")


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
        self._unstruck: set[int] = set()
        self._hidden_columns: set[int] = set()
        self._merged: list[MergedRange] = []

    def put(self, row: int, column: int, cell: GridCell, *, is_struck: bool = False) -> None:
        """A cell that holds something."""
        cells = self._rows.get(row)
        if cells is None:
            cells = self._rows[row] = {}
            self.bounds.check_rows(self._name, len(self._rows))
        cells[column] = replace(cell, is_struck=True) if is_struck and cell.value not in _BLANK else cell
        if not is_struck and cell.value not in _BLANK:
            self._unstruck.add(row)

    def end_row(self, row: int) -> None:
        """No more cells of a row come: its last one is known."""
        if row in self._rows:
            self.bounds.check_last(self._name, row, max(self._rows[row]) + 1)

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
        cells = self._rows.setdefault(row, {})
        cell = cells.get(column, _NOTHING)
        cells[column] = replace(cell, note=f"{cell.note}\n{text}" if cell.note else text)

    def grid(self) -> Grid:
        """The sheet."""
        for top, left, bottom, right in self._merged:
            self._mark_merged(top, left, bottom, right)
        for row, cells in self._rows.items():
            self.bounds.check_last(self._name, row, max(cells) + 1)
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
        for row in range(top, bottom + 1):
            cells = self._rows.setdefault(row, {})
            for column in range(left, min(right, MOST_COLUMNS - 1) + 1):
                is_first = (row, column) == (top, left)
                found = cells.get(column, _NOTHING) if is_first else _NOTHING
                cells[column] = replace(found, is_merged=True)

    def _made_rows(self) -> Iterator[GridRow]:
        for number in sorted(self._rows):
            cells = dict(sorted(self._rows[number].items()))
            is_filled = any(cell.value not in _BLANK for cell in cells.values())
            is_struck = is_filled and number not in self._unstruck
            yield GridRow(number, cells, number in self.hidden_rows, is_struck=is_struck)
