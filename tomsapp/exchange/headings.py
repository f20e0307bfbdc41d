"""Finds the table of commitments in a sheet by its headings, whoever made it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from tomsapp.domain.contract import MOST_YEARS, ContractYear
from tomsapp.exchange.grid import CellError, Grid, GridRow
from tomsapp.exchange.workbook_layout import Role

_NAMES = {
    Role.CODE: ("code", "measure code", "measure", "measure reference", "reference", "ref"),
    Role.SHARE: ("contract share", "share", "share of contract"),
    Role.WARD: ("ward", "place", "area"),
    Role.COST: ("cost to you", "cost"),
    Role.STATEMENT: ("how it will be done", "statement", "method"),
}
_QUANTITY = ("quantity", "quantities", "number of units")
_IGNORED = re.compile(
    r"(unit value|value|social value|real pounds|employment outcomes?)\b.*"
    r"|title|measure|measure title|description|unit|units|for each|other factors|theme|outcome|notes?|commitment|sum"
)
_YEAR = re.compile(r"(?:quantity )?(?:contract )?(?:year|yr|y) ?(\d{1,2})(?: quantity)?")
_LABEL = re.compile(r"(?:quantity )?(\d{4})(?: (\d{2}|\d{4}))?(?: quantity)?")
_LAST_HEAD_ROW = 60

KNOWN_HEADINGS = ("Code", "Year 1", "Contract share", "Ward", "Cost", "Statement")


@dataclass(frozen=True, slots=True)
class Headings:
    """Where the columns of a table stand: `quantities` by contract year (0 is the first), others by role."""

    row: int
    columns: dict[Role, int]
    quantities: dict[int, int]
    unknown: dict[int, str] = field(default_factory=dict)
    repeated: dict[int, str] = field(default_factory=dict)
    outside: dict[int, str] = field(default_factory=dict)
    """Years that are not the contract's."""


def find_headings(grid: Grid, years: Sequence[ContractYear]) -> Headings | None:
    """The headings of the table of commitments in a sheet, or None: a code and a quantity must be among them."""
    for row in grid.rows:
        if row.number > _LAST_HEAD_ROW:
            return None
        headings = _headings_in(row, years)
        if Role.CODE in headings.columns and headings.quantities:
            return headings
    return None


def _headings_in(row: GridRow, years: Sequence[ContractYear]) -> Headings:
    texts = {column: str(cell.value) for column, cell in row.cells.items() if _is_text(cell.value)}
    tidy = {column: _tidy(text) for column, text in texts.items()}
    found = Headings(row.number, {}, {})
    for role, names in _NAMES.items():
        for name in names:
            spots = [column for column, text in tidy.items() if text == name and column not in found.columns.values()]
            if spots and role not in found.columns:
                found.columns[role] = spots[0]
                found.repeated.update({column: texts[column] for column in spots[1:]})
    for column, text in tidy.items():
        if column in found.columns.values() or column in found.repeated:
            continue
        year = _year_of(text, years)
        if year is None:
            if _YEAR.fullmatch(text) or _LABEL.fullmatch(text):
                found.outside[column] = texts[column]
            elif text and not _IGNORED.fullmatch(text):
                found.unknown[column] = texts[column]
        elif year in found.quantities:
            found.repeated[column] = texts[column]
        else:
            found.quantities[year] = column
    return found


def _is_text(value: object) -> bool:
    return isinstance(value, str | int) and not isinstance(value, bool | CellError)


def _tidy(text: str) -> str:
    """A heading in small letters, with single spaces, without signs and without “Fill in”."""
    words = re.sub(r"[\W_]+", " ", text.casefold()).strip()
    return words.removeprefix("fill in ")


def _year_of(text: str, years: Sequence[ContractYear]) -> int | None:
    """The contract year (0 is the first) that a heading names; None when it names none."""
    if text in _QUANTITY:
        return 0
    if match := _YEAR.fullmatch(text):
        year = int(match[1]) - 1
        return year if 0 <= year < MOST_YEARS else None
    if match := _LABEL.fullmatch(text):
        year = int(match[1]) - years[0].starts_on.year
        return year if 0 <= year < MOST_YEARS else None
    return None
