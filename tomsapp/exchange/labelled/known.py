"""What a person said of the columns under a head, so that the next file with the same head is read the same way."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from tomsapp.domain.alike import alike
from tomsapp.exchange.grid import Grid, GridRow
from tomsapp.exchange.labelled.heads import LAST_HEAD_ROW, texts_of
from tomsapp.exchange.labelled.labels import RowKind, TableLabels
from tomsapp.exchange.sheets.opened import OpenedBook


@dataclass(frozen=True, slots=True)
class KnownHead:
    """How a head was read: of how many rows it is, and what its columns hold."""

    rows: int
    columns: Mapping[int, str]


KnownHeads = Mapping[str, KnownHead]
"""Heads by what their lowest row says."""


def head_words(row: GridRow) -> str:
    """What the lowest row of a head says, whatever its case and signs."""
    return "|".join(f"{column}:{alike(text)}" for column, text in sorted(texts_of(row).items()))


def heads_of(book: OpenedBook, labels: TableLabels) -> dict[str, KnownHead]:
    """The heads of all sheets whose columns are named, with what they hold."""
    return dict(_heads_of(book, labels))


def _heads_of(book: OpenedBook, labels: TableLabels) -> Iterator[tuple[str, KnownHead]]:
    grids = book.by_name
    for one in labels:
        head = one.rows_of(RowKind.HEAD)
        lowest = next((row for row in grids[one.name].rows if row.number in head[-1:]), None)
        if len(one.columns) > 1 and lowest is not None:
            yield head_words(lowest), KnownHead(len(head), dict(one.columns))


@dataclass(frozen=True, slots=True)
class FoundHead:
    """A head that is known, where it stands in a sheet: its words, its rows and what its columns hold."""

    words: str
    rows: tuple[int, ...]
    columns: Mapping[int, str]


def find_known(grid: Grid, known: KnownHeads) -> FoundHead | None:
    """The first head of a sheet that is known; None where it has none."""
    for row in grid.rows if known else ():
        if row.number > LAST_HEAD_ROW:
            break
        words = head_words(row)
        if words in known:
            rows = tuple(range(row.number - known[words].rows + 1, row.number + 1))
            return FoundHead(words, rows, known[words].columns)
    return None
