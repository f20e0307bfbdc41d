"""A sheet as rows of cells, whether it comes from a workbook or from CSV, and numbers read from its cells."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import TypeAlias

from tomsapp.domain.money import NumberError, round_half_away, to_decimal
from tomsapp.domain.typed_numbers import read_number
from tomsapp.exchange.numbers import printable

CELL_DIGITS = 15
"""The digits that a workbook keeps of a number; what stands behind them comes from binary arithmetic."""


@dataclass(frozen=True, slots=True)
class CellError:
    """An error that stands in a cell, "#REF!"."""

    text: str


CellValue: TypeAlias = "str | int | float | bool | date | datetime | time | timedelta | CellError | None"


@dataclass(frozen=True, slots=True)
class GridCell:
    """One cell: its value, and what is odd about it."""

    value: CellValue
    lacks_result: bool = False
    """It holds a formula that was never worked out."""
    is_merged: bool = False
    has_formula: bool = False


@dataclass(frozen=True, slots=True)
class GridRow:
    """One row: its number as the sheet shows it, and its cells by column (0 is A)."""

    number: int
    cells: Mapping[int, GridCell]
    is_hidden: bool = False
    width: int | None = None
    """How many cells a row of a CSV file has, empty ones too; None in a workbook, whose rows have no end."""

    def cell(self, column: int | None) -> GridCell:
        """The cell in `column`; an empty one where there is none."""
        return _EMPTY if column is None else self.cells.get(column, _EMPTY)


_EMPTY = GridCell(None)


@dataclass(frozen=True, slots=True)
class Grid:
    """One sheet."""

    name: str
    rows: tuple[GridRow, ...]
    hidden_columns: frozenset[int] = frozenset()


class CellUnreadable(Exception):
    """A cell that holds no usable value; carries the Problem's code, message and fix."""

    def __init__(self, code: str, message: str, fix: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.fix = fix


_PLAIN = re.compile(r"\s*[0-9]+(\.[0-9]+)?\s*")


@dataclass(frozen=True, slots=True)
class ReadNumber:
    """A number from a cell; `note` says what was done to read it, if anything."""

    value: Decimal | None
    note: str = field(default="")


def text_of(cell: GridCell) -> str:
    """The text of a cell; a number or date as it would be typed.

    Raises:
        CellUnreadable: an error stands in it, or its formula has no result.
    """
    _check(cell)
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return printable(str(value)).strip()


def text_or_nothing(cell: GridCell) -> str:
    """The text of a cell; empty where none can be read."""
    try:
        return text_of(cell)
    except CellUnreadable:
        return ""


def number_of(cell: GridCell, *, percent: bool = False) -> ReadNumber:
    """The exact number in a cell. Text is read as a person typed it; with `percent`, "25%" is 0.25.

    Raises:
        CellUnreadable: there is no number in it, or a date, an error, a formula without a result, or a merged cell.
    """
    _check(cell)
    value = cell.value
    if cell.is_merged:
        raise CellUnreadable("cell-merged", "The cell is merged with others", "Split the merged cells, fill in each")
    if value is None or (isinstance(value, str) and not value.strip()):
        return ReadNumber(None)
    if isinstance(value, bool | date | time | timedelta):
        what = "True or false" if isinstance(value, bool) else "A date or time"
        raise CellUnreadable("cell-not-a-number", f"{what} stands where a number should be", "Enter a number")
    try:
        return _number_in_text(str(value), percent=percent) if isinstance(value, str) else _number_in_cell(value)
    except NumberError as error:
        raise CellUnreadable("number-unreadable", error.message, error.fix or "Enter a number") from error


def _check(cell: GridCell) -> None:
    if isinstance(cell.value, CellError):
        fix = "Correct the formula, or enter the value"
        raise CellUnreadable("cell-error", f"The cell shows {cell.value.text}", fix)
    if cell.lacks_result:
        raise CellUnreadable(
            "formula-without-result",
            "The cell holds a formula that was never worked out",
            "Open the workbook in a spreadsheet program and save it, or enter the value",
        )


def _number_in_cell(value: object) -> ReadNumber:
    """A number as the workbook keeps it, to 15 digits: 0.1 + 0.2 is 0.3 and not 0.30000000000000004."""
    number = Decimal(repr(value))
    if number.is_finite() and number.adjusted() < CELL_DIGITS < len(number.as_tuple().digits):
        number = round_half_away(number, CELL_DIGITS - 1 - number.adjusted()).normalize()
    return ReadNumber(to_decimal(number))


def _number_in_text(text: str, *, percent: bool) -> ReadNumber:
    match = re.fullmatch(r"\s*([^%]*?)\s*%\s*", text) if percent else None
    number = read_number(match[1] if match else text)
    if _PLAIN.fullmatch(text):
        return ReadNumber(number)  # only one reading: every cell of a CSV file is such a text
    return ReadNumber(number.scaleb(-2) if match else number, f"“{text}” is text; it is read as a number")
