"""Prices and quality points of bids in a table that officers keep: read from any sheet by its headings.

What a column holds is guessed by its heading, and a person says otherwise.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

from tomsapp.domain.alike import alike
from tomsapp.domain.errors import TomsError
from tomsapp.domain.tender.bid import BID
from tomsapp.exchange.grid import CellUnreadable, Grid, GridRow, text_of, text_or_nothing
from tomsapp.exchange.labelled.heads import LAST_HEAD_ROW, texts_of


class ScoreUse(Enum):
    """What a column of the table holds."""

    BIDDER = "bidder"
    LOT = "lot"
    PRICE = "price"
    QUALITY = "quality"

    @property
    def words(self) -> str:
        """The use as people choose it."""
        return {
            ScoreUse.BIDDER: "Bidder",
            ScoreUse.LOT: "Number of the lot",
            ScoreUse.PRICE: "Price, without VAT",
            ScoreUse.QUALITY: "Quality points",
        }[self]


_HEADINGS: Mapping[ScoreUse, re.Pattern[str]] = {
    ScoreUse.LOT: re.compile(r"lot( number| no\.?)?"),
    ScoreUse.PRICE: re.compile(r"(.* )?(price|bid value|tender sum|total cost)( .*)?"),
    ScoreUse.QUALITY: re.compile(r"(.* )?quality( .*)?"),
    ScoreUse.BIDDER: re.compile(r"(.* )?(supplier|bidder|tenderer|organisation|company)( name)?"),
}
"""Headings as they are compared; the first that fits says what a column holds."""
_LOT = re.compile(r"(?:lot )?0*([1-9][0-9]{0,3})(?:\.0+)?(?:[ :,–-].*)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class ScoresHead:
    """The head of a table: its row, its headings by column (0 is A), and what each column seems to hold."""

    row: int
    headings: Mapping[int, str]
    guessed: Mapping[ScoreUse, int]


@dataclass(frozen=True, slots=True)
class ScoresRow:
    """A row of a table.

    Attributes:
        number: as the sheet shows it.
        lot: None where there is no such column, or nothing in it.
        price, quality: None where nothing is said of it.
        trouble: why it cannot be read; empty where it can.
    """

    number: int
    bidder: str
    lot: int | None = None
    price: Decimal | None = None
    quality: Decimal | None = None
    trouble: str = ""


def find_scores(grids: Iterable[Grid]) -> tuple[Grid, ScoresHead] | None:
    """The sheet that is read, with its head: the first row of any that names a bidder and a price or quality."""
    for grid in grids:
        for row in (row for row in grid.rows if row.number <= LAST_HEAD_ROW):
            head = _head(row)
            if ScoreUse.BIDDER in head.guessed and {ScoreUse.PRICE, ScoreUse.QUALITY} & set(head.guessed):
                return grid, head
    return None


def _head(row: GridRow) -> ScoresHead:
    headings = texts_of(row)
    guessed: dict[ScoreUse, int] = {}
    for column, heading in headings.items():
        use = next((use for use, fits in _HEADINGS.items() if fits.fullmatch(alike(heading))), None)
        if use is not None:
            guessed.setdefault(use, column)
    return ScoresHead(row.number, headings, guessed)


def read_scores(grid: Grid, head: int, columns: Mapping[ScoreUse, int]) -> tuple[ScoresRow, ...]:
    """The rows under the head that name a bidder, with what a person says of the columns (0 is A)."""
    below = (row for row in grid.rows if row.number > head)
    bidder = columns.get(ScoreUse.BIDDER)
    return tuple(_row(row, columns) for row in below if text_or_nothing(row.cell(bidder)))


def _row(row: GridRow, columns: Mapping[ScoreUse, int]) -> ScoresRow:
    bidder = text_or_nothing(row.cell(columns.get(ScoreUse.BIDDER)))
    try:
        lot = _lot(text_of(row.cell(columns.get(ScoreUse.LOT))))
        price, quality = (
            BID.fact(use.value).read(text_of(row.cell(columns.get(use)))) for use in (ScoreUse.PRICE, ScoreUse.QUALITY)
        )
    except (TomsError, CellUnreadable) as error:
        return ScoresRow(row.number, bidder, trouble=error.message if isinstance(error, TomsError) else str(error))
    return ScoresRow(row.number, bidder, lot, price, quality)


class NoLot(TomsError):
    """A text that names no lot."""


def _lot(text: str) -> int | None:
    if not text:
        return None
    found = _LOT.fullmatch(alike(text))
    if found is None:
        raise NoLot(f"“{text}” is no number of a lot")
    return int(found[1])
