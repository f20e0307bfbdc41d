"""Sheets that hold several tables, one below another or side by side, as a sheet for each with a head of its own.

Each keeps the numbers of its rows and the letters of its columns, so that every cell is called as in the file.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Protocol

from tomsapp.domain.alike import alike
from tomsapp.exchange.grid import Grid, GridRow, text_or_nothing
from tomsapp.exchange.labelled.heads import MOST_HEAD_ROWS, texts_of
from tomsapp.exchange.labelled.labels import RowKind, SheetLabels
from tomsapp.exchange.sheets.opened import OpenedBook
from tomsapp.exchange.workbook_columns import column_letter
from tomsapp.exchange.workbook_layout import STAMP

_MOST_PARTS = 12
"""Tables that are looked for in one sheet."""


class PartGuesser(Protocol):
    """What a target knows of the tables in one sheet."""

    def sheet(self, grid: Grid) -> SheetLabels:
        """What a sheet seems to hold."""

    def next_head(self, grid: Grid) -> int | None:
        """The first row below a table that is the head of another one; None where there is none."""


def parted(book: OpenedBook, guesser: PartGuesser) -> OpenedBook:
    """A file with a sheet for each of its tables; this program's own workbook as it is."""
    if book.find(STAMP) is not None:
        return book
    names = {grid.name for grid in book.all_sheets}
    seen, hidden = ([*_parts_of_all(grids, guesser, names)] for grids in (book.sheets, book.hidden))
    return replace(book, sheets=tuple(seen), hidden=tuple(hidden))


def _parts_of_all(grids: Iterable[Grid], guesser: PartGuesser, names: Collection[str]) -> Iterator[Grid]:
    for grid in grids:
        parts = [part for below in _below(grid, guesser) for part in _beside(below, guesser)]
        yield grid if len(parts) == 1 else replace(parts[0], name=grid.name)
        yield from (replace(_named(part, names), part_of=grid.name) for part in parts[1:])


def _named(part: Grid, names: Collection[str]) -> Grid:
    """A part by a name that no sheet of the file has."""
    name = part.name
    while name in names:
        name = f"{name} "
    return replace(part, name=name)


def _below(grid: Grid, guesser: PartGuesser) -> list[Grid]:
    """The tables that stand one below another; those that cannot be read stay with the one above them."""
    found: list[Grid] = []
    rest = grid
    while len(found) < _MOST_PARTS:
        head = guesser.next_head(rest)
        if head is None:
            break
        first = _first_of_head(rest, head)
        above = _rows_of(rest, [row for row in rest.rows if row.number < first])
        below = _rows_of(rest, [row for row in rest.rows if row.number >= first])
        if not (guesser.sheet(above).is_read and guesser.sheet(below).is_read):
            break
        found.append(above)
        rest = below
    first_part, *others = *found, rest
    return [first_part, *(replace(part, name=_joined(grid.name, _rows_named(part))) for part in others)]


def _rows_named(grid: Grid) -> str:
    return f"rows {grid.rows[0].number} to {grid.rows[-1].number}"


def _first_of_head(grid: Grid, lowest: int) -> int:
    """The first row of a head whose lowest is known: words that stand right above it may be a part of it."""
    rows = {row.number: row for row in grid.rows if texts_of(row)}
    first = lowest
    for number in range(lowest - 1, lowest - MOST_HEAD_ROWS, -1):
        row = rows.get(number)
        if row is None or any(not isinstance(cell.value, str) for cell in row.cells.values() if cell.value is not None):
            break
        first = number
    return first


def _rows_of(grid: Grid, rows: Sequence[GridRow]) -> Grid:
    first, last = rows[0].number, rows[-1].number
    merged = tuple(one for one in grid.merged if first <= one[0] and one[2] <= last)
    return replace(grid, rows=tuple(rows), merged=merged)


def _beside(grid: Grid, guesser: PartGuesser) -> list[Grid]:
    """The tables that stand side by side: each of them can be read, and what cannot stays with the one before it."""
    starts = _starts(grid, guesser.sheet(grid))
    if len(starts) < 2 or len(starts) > _MOST_PARTS:
        return [grid]
    read = [start for start, end in zip(starts, [*starts[1:], None], strict=True) if _reads(grid, guesser, start, end)]
    if len(read) < 2 or read[0] != starts[0]:
        return [grid]
    return [_columns_of(grid, 0 if start == read[0] else start, end) for start, end in _spans(read)]


def _spans(starts: Sequence[int]) -> Iterator[tuple[int, int | None]]:
    yield from zip(starts, [*starts[1:], None], strict=True)


def _reads(grid: Grid, guesser: PartGuesser, start: int, end: int | None) -> bool:
    return guesser.sheet(_columns_of(grid, start, end)).is_read


def _starts(grid: Grid, labels: SheetLabels) -> list[int]:
    """The columns in which a table may begin: where the first heading is repeated, else behind an empty column."""
    head = labels.rows_of(RowKind.HEAD)
    texts = next((texts_of(row) for row in grid.rows if head and row.number == head[-1]), {})
    if not texts:
        return []
    first = min(texts)
    again = [column for column, text in sorted(texts.items()) if alike(text) == alike(texts[first])]
    if len(again) > 1:
        return again
    under = [row for row in grid.rows if row.number >= head[0]]
    filled: set[int] = set()
    for row in under:
        # Most columns are filled in their first row already, and are looked at no more.
        filled.update(column for column in row.cells.keys() - filled if text_or_nothing(row.cells[column]))
    return [column for column in sorted(filled) if column == min(filled) or column - 1 not in filled]


def _columns_of(grid: Grid, start: int, end: int | None) -> Grid:
    """The cells from one column to before another."""

    def is_in(column: int) -> bool:
        return start <= column and (end is None or column < end)

    rows = (
        replace(row, cells={column: cell for column, cell in row.cells.items() if is_in(column)}, width=None)
        for row in grid.rows
    )
    kept = tuple(row for row in rows if row.cells)
    last = max((column for row in kept for column in row.cells), default=start)
    merged = tuple(one for one in grid.merged if is_in(one[1]) and is_in(one[3]))
    name = _joined(grid.name, f"columns {column_letter(start)} to {column_letter(last)}")
    return replace(grid, name=name, rows=kept, merged=merged)


def _joined(name: str, where: str) -> str:
    return f"{name}, {where}" if name else where
