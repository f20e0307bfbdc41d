"""The columns of the sheet of commitments: what stands in each, and by which letter a sheet calls it."""

from dataclasses import dataclass
from enum import Enum


class Role(Enum):
    """What stands in a column of the commitments."""

    CODE = "code"
    TITLE = "title"
    UNIT = "unit"
    UNIT_VALUE = "unit_value"
    QUANTITY = "quantity"
    RATE = "rate"
    RATE_PER = "rate_per"
    SHARE = "share"
    WARD = "ward"
    COST = "cost"
    STATEMENT = "statement"
    FACTOR = "factor"
    COUNTED = "counted"
    VALUE = "value"
    LINE_VALUE = "line_value"
    REAL_POUNDS = "real_pounds"
    OUTCOMES = "outcomes"
    TARGET = "target"
    STAFF = "staff"
    DELIVERED_BY = "delivered_by"
    PROJECT = "project"
    TO_DO = "to_do"
    """In a tender: what is still to be done in the row, worked out."""
    LINE = "line"
    """Hidden: which line of the contract the row is."""


INPUTS = frozenset(
    {Role.QUANTITY, Role.RATE, Role.RATE_PER, Role.SHARE, Role.WARD, Role.COST, Role.STATEMENT, Role.STAFF,
     Role.DELIVERED_BY, Role.PROJECT}
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """One column of the commitments; `year` (0 is the first) where it is of one contract year."""

    role: Role
    title: str
    width: int
    year: int | None = None


def column_letter(index: int) -> str:
    """A for 0, AA for 26."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def column_index(letters: str) -> int:
    """0 for A, 26 for AA: what `column_letter` made."""
    index = 0
    for letter in letters:
        index = index * 26 + ord(letter) - ord("A") + 1
    return index - 1
