"""Finds the table of commitments in a sheet by its headings, whoever made it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from tomsapp.domain.contract import ContractYear
from tomsapp.exchange.grid import CellError, Grid, GridRow
from tomsapp.exchange.workbook_layout import Role
from tomsapp.exchange.year_words import tidy, year_in

_NAMES = {
    Role.CODE: ("code", "measure code", "measure", "measure reference", "reference", "ref"),
    Role.RATE: ("promise per of spend", "promise per pound of spend", "promise per", "rate"),
    Role.RATE_PER: ("for every", "for every pounds", "per of spend"),
    Role.SHARE: ("contract share", "share", "share of contract"),
    Role.WARD: ("ward", "place", "area"),
    Role.COST: ("cost to you", "cost"),
    Role.STATEMENT: ("how it will be done", "statement", "method"),
}
_QUANTITY = ("quantity", "quantities", "number of units")
_STATED = {
    Role.LINE_VALUE: ("social value all years", "social value", "total social value", "total value", "value"),
    Role.REAL_POUNDS: ("real pounds",),
    Role.OUTCOMES: ("employment outcomes", "employment outcome"),
    Role.UNIT_VALUE: ("unit value",),
}
_STATED_YEAR = {Role.UNIT_VALUE: "unit value ", Role.VALUE: "value "}
_IGNORED = re.compile(
    r"(unit value|value|social value|real pounds|employment outcomes?|units counted)\b.*"
    r"|title|measure|measure title|description|unit|units|for each|other factors|theme|outcome|notes?|commitment|sum"
)
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
    stated: dict[tuple[Role, int | None], int] = field(default_factory=dict)
    """Where the table states figures of its own: unit values, values of a year and of a line, and so on."""

    width: int = 0
    """The columns up to the last heading."""


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
    plain = {column: tidy(text) for column, text in texts.items()}
    found = Headings(row.number, {}, {}, width=max(texts, default=-1) + 1)
    for role, names in _NAMES.items():
        for name in names:
            spots = [column for column, text in plain.items() if text == name and column not in found.columns.values()]
            if spots and role not in found.columns:
                found.columns[role] = spots[0]
                found.repeated.update({column: texts[column] for column in spots[1:]})
    for column, text in plain.items():
        if column in found.columns.values() or column in found.repeated:
            continue
        year = _year_of(text, years)
        if year is None:
            if year_in(text, years) is not None:
                found.outside[column] = texts[column]
            elif text and not _IGNORED.fullmatch(text):
                found.unknown[column] = texts[column]
        elif year in found.quantities:
            found.repeated[column] = texts[column]
        else:
            found.quantities[year] = column
    found.stated.update(_stated_in(plain, years))
    return found


def _stated_in(plain: Mapping[int, str], years: Sequence[ContractYear]) -> dict[tuple[Role, int | None], int]:
    """The columns of figures that the table states itself, the first of each."""
    stated: dict[tuple[Role, int | None], int] = {}
    for role, names in _STATED.items():
        for name in names:
            for column in (column for column, text in plain.items() if text == name):
                stated.setdefault((role, None), column)
    for role, start in _STATED_YEAR.items():
        for column, text in plain.items():
            year = _year_of(text.removeprefix(start), years) if text.startswith(start) else None
            if year is not None:
                stated.setdefault((role, year), column)
    return stated


def _is_text(value: object) -> bool:
    return isinstance(value, str | int) and not isinstance(value, bool | CellError)


def _year_of(text: str, years: Sequence[ContractYear]) -> int | None:
    """The contract year (0 is the first) that a heading names; None when it names none."""
    if text in _QUANTITY:
        return 0
    words = year_in(text, years)
    return words.year if words is not None else None
