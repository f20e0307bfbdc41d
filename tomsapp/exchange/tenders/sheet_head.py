"""A table that officers were sent or keep: where its head stands, and what each column seems to hold by its heading.

Such tables have no common form. What a column holds is guessed, and a person says otherwise.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum
from functools import lru_cache
from typing import Generic, Self, TypeAlias, TypeVar

from tomsapp.domain.alike import alike
from tomsapp.exchange.grid import Grid
from tomsapp.exchange.labelled.heads import LAST_HEAD_ROW, MOST_HEAD_ROWS, headings_of, texts_of

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
_LONGEST = 120
"""Characters of a heading, with those of its groups; a longer text is a sentence."""
UseOf: TypeAlias = Callable[[str, str], U | None]
"""What a heading says that its column holds, with all that stands over the column, that heading too; else None."""


@dataclass(frozen=True, slots=True)
class HeadingWords:
    """The headings of a use, by their words: one of `core` stands in each, and no other than `beside`.

    A heading with a word that is not known, "Lowest price", says that its column holds something else.
    """

    core: frozenset[str]
    beside: frozenset[str] = frozenset()

    def fit(self, heading: str) -> bool:
        """Whether a heading says this use, and nothing beyond it."""
        words = words_of(heading)
        return bool(words & self.core) and words <= self.core | self.beside


_WORD = re.compile(r"[^\W_]+|[%€$]")


@lru_cache(maxsize=4_096)
def words_of(heading: str) -> frozenset[str]:
    """The words of a heading, as they are compared, and signs that say what its numbers are."""
    return frozenset(_WORD.findall(alike(heading)))


LOT_HEADING = HeadingWords(words_of("lot"), words_of("number no of the"))
"""Headings over numbers of lots."""


@dataclass(frozen=True, slots=True)
class SheetHead(Generic[U]):
    """The head of a table.

    Attributes:
        row: the number of its lowest row.
        headings: by column (0 is A).
        guessed: the only column whose heading says a use.
        unsure: the columns of a use that several headings say: none of them is taken before somebody chooses.
        over: all that stands over a column, the groups of headings above the head too.
    """

    row: int
    headings: Mapping[int, str]
    guessed: Mapping[U, int]
    unsure: Mapping[U, tuple[int, ...]] = field(default_factory=dict)
    over: Mapping[int, str] = field(default_factory=dict)

    @property
    def said(self) -> frozenset[U]:
        """The uses that its headings say, surely or not."""
        return frozenset((*self.guessed, *self.unsure))

    def speaks_of(self, *patterns: re.Pattern[str]) -> bool:
        """Whether each pattern stands in the heading of a column of its own, whatever else stands there."""
        found = [{column for column, text in self.headings.items() if each.search(alike(text))} for each in patterns]
        return all(found) and len(set().union(*found)) >= len(patterns)


def heads_in(grid: Grid, use_of: UseOf[U]) -> Iterator[SheetHead[U]]:
    """What may be the head of a sheet, from the top: each row with two texts, with none to two rows above it.

    A head of several rows comes after the row alone, and is told column by column: “Scores” merged over “Price” and
    “Quality”.
    """
    rows = [row.number for row in grid.rows if row.number <= LAST_HEAD_ROW and len(texts_of(row)) > 1]
    filled = {row.number for row in grid.rows if texts_of(row)}
    for lowest in rows:
        over = _stacks(grid, lowest, filled)
        for height in range(1, MOST_HEAD_ROWS + 1):
            numbers = range(lowest - height + 1, lowest + 1)
            if not set(numbers) <= filled:
                break
            yield _head(lowest, headings_of(grid, numbers), over, use_of)


def _stacks(grid: Grid, lowest: int, filled: set[int]) -> dict[int, str]:
    """All that stands over each column, from the groups above a head down to its lowest row; titles are no groups."""
    by_number = {row.number: row for row in grid.rows}
    first = min(texts_of(by_number[lowest]))
    numbers = [lowest]
    while len(numbers) < MOST_HEAD_ROWS and (above := numbers[0] - 1) in filled:
        texts = texts_of(by_number[above])
        if len(texts) == 1 and (min(texts) <= first or not _is_spread(grid, above)):
            break
        numbers.insert(0, above)
    return {column: " ".join(texts) for column, texts in headings_of(grid, numbers).items()}


def _is_spread(grid: Grid, row: int) -> bool:
    return any(top == row and right > left for top, left, _bottom, right in grid.merged)


def _head(row: int, parts: Mapping[int, tuple[str, ...]], over: Mapping[int, str], use_of: UseOf[U]) -> SheetHead[U]:
    found: dict[U, list[int]] = {}
    for column, texts in parts.items():
        stack = over.get(column, "")
        headings = dict.fromkeys((*reversed(texts), " ".join(texts)))
        uses = (use_of(heading, stack) for heading in headings if len(heading) <= _LONGEST)
        use = next((use for use in uses if use is not None), None)
        if use is not None:
            found.setdefault(use, []).append(column)
    return SheetHead(
        row,
        {column: " ".join(texts) for column, texts in parts.items()},
        {use: columns[0] for use, columns in found.items() if len(columns) == 1},
        {use: tuple(columns) for use, columns in found.items() if len(columns) > 1},
        over,
    )


def named_columns(head: SheetHead[U], columns: Mapping[int, str], uses: Iterable[U]) -> dict[U, int]:
    """What was remembered of the columns of a head, by what each holds; what is no use, or no column, is left out."""
    known = {use.value: use for use in uses}
    return {known[use]: column for column, use in columns.items() if use in known and column in head.headings}
