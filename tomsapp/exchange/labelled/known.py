"""What a person said of the columns under a head, so that the next file with the same head is read the same way."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from tomsapp.domain.alike import alike
from tomsapp.domain.contract_dates import ContractYear
from tomsapp.exchange.grid import Grid, GridRow
from tomsapp.exchange.labelled.heads import LAST_HEAD_ROW, headings_of, texts_of
from tomsapp.exchange.labelled.labels import RowKind, TableLabels
from tomsapp.exchange.labelled.uses import EACH, WHOLE, year_of
from tomsapp.exchange.sheets.opened import OpenedBook
from tomsapp.exchange.year_words import tidy, year_in


@dataclass(frozen=True, slots=True)
class KnownHead:
    """How a head was read: of how many rows it is, and what its columns hold."""

    rows: int
    columns: Mapping[int, str]


KnownHeads = Mapping[str, KnownHead]
"""Heads by what all of their rows say: the years may stand above the rest."""


def head_words(rows: Iterable[GridRow]) -> str:
    """What the rows of a head say, whatever their case and signs."""
    return "\n".join(
        "|".join(f"{column}:{alike(text)}" for column, text in sorted(texts_of(row).items())) for row in rows
    )


def heads_of(book: OpenedBook, labels: TableLabels) -> dict[str, KnownHead]:
    """The heads of all sheets whose columns are named, with what they hold; none that two sheets hold differently.

    Of a file with a sheet for each year, the head alone does not say which year it is.
    """
    found, others = dict[str, KnownHead](), set[str]()
    for words, head in _heads_of(book, labels):
        others |= {words} if found.setdefault(words, head) != head else set()
    return {words: head for words, head in found.items() if words not in others}


def _heads_of(book: OpenedBook, labels: TableLabels) -> Iterator[tuple[str, KnownHead]]:
    grids = book.by_name
    for one in labels:
        head = one.rows_of(RowKind.HEAD)
        if len(one.columns) > 1 and head:
            words = head_words(row for row in grids[one.name].rows if row.number in head)
            yield words, KnownHead(len(head), dict(one.columns))


@dataclass(frozen=True, slots=True)
class FoundHead:
    """A head that is known, where it stands in a sheet: its words, its rows and what its columns hold."""

    words: str
    rows: tuple[int, ...]
    columns: Mapping[int, str]


def find_known(grid: Grid, known: KnownHeads) -> FoundHead | None:
    """The first head of a sheet that is known; None where it has none."""
    rows = {row.number: row for row in grid.rows if row.number <= LAST_HEAD_ROW}
    sizes = sorted({head.rows for head in known.values()}, reverse=True)
    for number, size in product(rows, sizes):
        places = range(number - size + 1, number + 1)
        words = head_words(rows[place] for place in places if place in rows)
        if words in known and known[words].rows == size:
            return FoundHead(words, tuple(places), known[words].columns)
    return None


def fits_years(grid: Grid, found: FoundHead, years: Sequence[ContractYear]) -> bool:
    """Whether the years that a head was read for are those of a contract: it may have been read for another one.

    A column that names its year by a date or label says itself which it is. One that somebody pointed at does not.
    """
    headings = headings_of(grid, found.rows)
    told = {column: year for column, use in found.columns.items() if (year := year_of(use)) is not None}
    if told and {EACH.key, WHOLE.key} & set(found.columns.values()):
        return False
    return all(_may_be(year, headings.get(column, ()), years) for column, year in told.items())


def _may_be(year: int, headings: Sequence[str], years: Sequence[ContractYear]) -> bool:
    """Whether a column with these headings can be of a year of the contract."""
    words = (year_in(tidy(text), years) for text in (" ".join(headings), *reversed(headings)))
    said = next((one for one in words if one is not None), None)
    if said is None or said.is_counted:
        return year < len(years)
    return year < len(years) and said.may_be(year)
