"""A table that officers were sent or keep: where its head stands, and what each column seems to hold by its heading.

Such tables have no common form. What a column holds is guessed, and a person says otherwise.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Generic, Self, TypeVar

from tomsapp.domain.alike import alike
from tomsapp.exchange.grid import Grid
from tomsapp.exchange.labelled.heads import LAST_HEAD_ROW, MOST_HEAD_ROWS, headings_of, texts_of

LOT_HEADING = re.compile(r"lot( number| no\.?)?")
"""How a heading over numbers of lots is compared."""
LOT = re.compile(
    r"(?P<word>lot )?0*(?P<number>[1-9][0-9]{0,3})(?:\.0+)?(?! ?(?:[,&/+-]|and|or|to) ?(?:lot )?[0-9])(?:[ :,-].*)?",
    re.ASCII,
)
"""A lot as it is compared: "2", "Lot 2: Libraries"; no text that names several."""


def lot_number(text: str) -> int | None:
    """The number of the lot that a text names; None where it names none, or several."""
    found = LOT.fullmatch(alike(text))
    return None if found is None else int(found["number"])


class SheetUse(Enum):
    """What a column of a table may hold: each kind of table has its own members.

    A member is the key under which it is remembered, and the use as people choose it.
    """

    _value_: str
    words: str

    def __new__(cls, key: str, words: str) -> Self:
        """A member."""
        made = object.__new__(cls)
        made._value_, made.words = key, words
        return made


U = TypeVar("U", bound=SheetUse)


@dataclass(frozen=True, slots=True)
class SheetHead(Generic[U]):
    """The head of a table: its lowest row, its headings by column (0 is A), and what each column seems to hold."""

    row: int
    headings: Mapping[int, str]
    guessed: Mapping[U, int]


def heads_in(grid: Grid, fitting: Mapping[U, re.Pattern[str]]) -> Iterator[SheetHead[U]]:
    """What may be the head of a sheet, from the top: each row with two texts, with none to two rows above it.

    `fitting` has the headings of each use as they are compared; the first that fits says what a column holds. A head of
    several rows comes after the row alone, and is told column by column: “Scores” merged over “Price” and “Quality”.
    """
    rows = [row.number for row in grid.rows if row.number <= LAST_HEAD_ROW and len(texts_of(row)) > 1]
    filled = {row.number for row in grid.rows if texts_of(row)}
    for lowest in rows:
        for height in range(1, MOST_HEAD_ROWS + 1):
            numbers = range(lowest - height + 1, lowest + 1)
            if not set(numbers) <= filled:
                break
            yield _head(lowest, headings_of(grid, numbers), fitting)


def _head(row: int, parts: Mapping[int, tuple[str, ...]], fitting: Mapping[U, re.Pattern[str]]) -> SheetHead[U]:
    guessed: dict[U, int] = {}
    for column, texts in parts.items():
        for heading in (*reversed(texts), " ".join(texts)):
            use = next((use for use, fits in fitting.items() if fits.fullmatch(alike(heading))), None)
            if use is not None:
                guessed.setdefault(use, column)
                break
    return SheetHead(row, {column: " ".join(texts) for column, texts in parts.items()}, guessed)


def named_columns(head: SheetHead[U], columns: Mapping[int, str], uses: Iterable[U]) -> dict[U, int]:
    """What was remembered of the columns of a head, by what each holds; what is no use, or no column, is left out."""
    known = {use.value: use for use in uses}
    return {known[use]: column for column, use in columns.items() if use in known and column in head.headings}
