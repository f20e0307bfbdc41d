"""A sheet as rows of cells, whether it comes from a workbook or from CSV, and numbers read from its cells."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import NamedTuple, TypeAlias

from tomsapp.domain.alike import has_invisible, visible
from tomsapp.domain.money import MOST_DECIMALS, MOST_WHOLE_DIGITS, NumberError, round_half_away, shortened, to_decimal
from tomsapp.domain.typed import is_blank, percent_readings, percent_written, read_in_form
from tomsapp.domain.typed_numbers import Ambiguous, Convention
from tomsapp.domain.units import UnitForm
from tomsapp.domain.wording import format_date, format_percent, format_quantity
from tomsapp.exchange.numbers import printable

CELL_DIGITS = 15
"""The digits that a workbook keeps of a number; what stands behind them comes from binary arithmetic."""


@dataclass(frozen=True, slots=True)
class CellError:
    """An error that stands in a cell, "#REF!"."""

    text: str


_WHOLE = 10**MOST_WHOLE_DIGITS
"""Whole numbers below it are as exact as they stand."""
CellValue: TypeAlias = "str | int | Decimal | bool | date | datetime | time | timedelta | CellError | None"


class GridCell(NamedTuple):
    """One cell: its value, and what is odd about it.

    It is a tuple since a file has thousands, and one is made in a fifth of the time.
    """

    value: CellValue
    lacks_result: bool = False
    """It holds a formula that was never worked out."""
    is_merged: bool = False
    has_formula: bool = False
    is_percent: bool = False
    """Its number is shown as per cent: 0.8 as 80%."""
    convention: Convention = Convention.POINT
    """Which mark stands before the decimals of a number that is text."""
    text: str = ""
    """As the sheet shows it, "80%" or "01/04/2026": never tidied."""
    note: str = ""
    """What somebody wrote beside the cell."""
    is_struck: bool = False
    """All that it says is struck out."""
    is_part_struck: bool = False
    """Some of its words are struck out, and others hold."""


@dataclass(frozen=True, slots=True)
class GridRow:
    """One row: its number as the sheet shows it, and its cells by column (0 is A)."""

    number: int
    cells: Mapping[int, GridCell]
    is_hidden: bool = False
    width: int | None = None
    """How many cells a row of a CSV file has, empty ones too; None in a workbook, whose rows have no end."""
    is_struck: bool = False
    """Every cell of it that is filled is struck out."""

    def cell(self, column: int | None) -> GridCell:
        """The cell in `column`; an empty one where there is none."""
        return _EMPTY if column is None else self.cells.get(column, _EMPTY)


_EMPTY = GridCell(None)

MergedRange: TypeAlias = "tuple[int, int, int, int]"
"""Cells that are merged: top, left, bottom and right; rows by their numbers, columns from 0."""


@dataclass(frozen=True, slots=True)
class Grid:
    """One sheet."""

    name: str
    rows: tuple[GridRow, ...]
    hidden_columns: frozenset[int] = frozenset()
    usual: Convention = Convention.POINT
    """Which mark stands before decimals, where its numbers do not say."""
    is_hidden: bool = False
    filtered: bool = False
    """A filter hides some of its rows."""
    merged: tuple[MergedRange, ...] = ()
    part_of: str = ""
    """The sheet of the file of which it is one of several tables."""

    @property
    def sheet(self) -> str:
        """The sheet of the file that it is, or is a table of."""
        return self.part_of or self.name


class CellUnreadable(Exception):
    """A cell that holds no usable value; carries the Problem's code, message and fix."""

    def __init__(self, code: str, message: str, fix: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.fix = fix


_MOST_QUOTED = 24
"""Characters of a cell that are quoted in what is wrong with it."""
_PLAIN = re.compile(r"\s*[0-9]+(\.[0-9]+)?\s*")


@dataclass(frozen=True, slots=True)
class ReadNumber:
    """A number from a cell.

    Attributes:
        note: what was done to read it, if anything.
        code: the code of the Problem that says so.
        readings: what to write for each of two readings, where it is to be asked which is meant.
    """

    value: Decimal | None
    note: str = ""
    code: str = "number-in-text"
    readings: tuple[str, ...] = ()


def text_of(cell: GridCell, *, as_shown: bool = False) -> str:
    """The text of a cell; a number or date as it would be typed, or `as_shown` a date as the sheet shows it.

    Raises:
        CellUnreadable: an error stands in it, or its formula has no result.
    """
    value = cell.value
    if isinstance(value, str):
        # Most texts have no sign that is to be looked at by itself.
        return value.strip() if value.isprintable() else printable(visible(value))
    _check(cell)
    if value is None:
        return ""
    if as_shown and isinstance(value, date):
        return cell.text or format_date(value)
    if isinstance(value, Decimal):
        whole = value.to_integral_value()
        return str(int(value)) if value == whole else f"{value:f}"
    return str(value)


def text_or_nothing(cell: GridCell, *, as_shown: bool = False) -> str:
    """The text of a cell; empty where none can be read."""
    try:
        return text_of(cell, as_shown=as_shown)
    except CellUnreadable:
        return ""


def is_empty(cell: GridCell) -> bool:
    """Whether nothing stands in a cell: an error, or a formula that was never worked out, is something."""
    try:
        return not text_of(cell)
    except CellUnreadable:
        return False


def number_of(cell: GridCell) -> ReadNumber:
    """The exact number in a cell as it stands. Text is read as a person typed it.

    Raises:
        CellUnreadable: there is no number in it, or a date, an error, a formula without a result, or a merged cell.
    """
    return quantity_of(cell._replace(is_percent=False) if cell.is_percent else cell)


def quantity_of(cell: GridCell, form: UnitForm = UnitForm.NUMBER, places: int = MOST_DECIMALS) -> ReadNumber:
    """The exact quantity in a cell, as its unit is written; per cent are read as they are seen: 80% is 80.

    Raises:
        CellUnreadable: as `number_of`; or it is a per cent where the unit is another.
    """
    if form is UnitForm.PERCENT:
        return _percent_of(cell, is_share=False)
    if isinstance(cell.value, bool) and form is UnitForm.YES_NO:
        _check(cell)
        return ReadNumber(Decimal(int(cell.value)))
    if cell.is_percent and isinstance(cell.value, int | Decimal):
        message = "The cell shows a per cent, and a number is asked for"
        raise CellUnreadable("cell-per-cent", message, "Give the cell a number format, and enter the number itself")

    def in_text(text: str) -> ReadNumber:
        number = read_in_form(text, form, places, cell.convention)
        # "Yes" has only one reading where yes or no is asked for.
        return ReadNumber(number) if form is UnitForm.YES_NO else _in_text(cell, text, number)

    return _read(cell, in_text, ReadNumber)


def share_of(cell: GridCell) -> ReadNumber:
    """The share of 1 in a cell: 25% is 0.25, and 25 is too.

    Raises:
        CellUnreadable: as `number_of`.
    """
    return _percent_of(cell, is_share=True)


def _percent_of(cell: GridCell, *, is_share: bool) -> ReadNumber:
    def in_text(text: str) -> ReadNumber:
        number, is_signed = percent_written(text, cell.convention)
        read = _percent(number, text.strip(), cell.convention, is_signed=is_signed, is_share=is_share)
        return read if read.note else replace(read, note=_in_text(cell, text, number).note)

    def in_number(number: Decimal) -> ReadNumber:
        shown = to_decimal(f"{number.scaleb(2):f}") if cell.is_percent else number
        return _percent(shown, format_quantity(number), Convention.POINT, is_signed=cell.is_percent, is_share=is_share)

    return _read(cell, in_text, in_number)


def _percent(number: Decimal, shown: str, convention: Convention, *, is_signed: bool, is_share: bool) -> ReadNumber:
    """A number before a sign of per cent, or without one: up to 1 it may be a part of 1.

    A share without a sign is read as a part of 1, as every spreadsheet keeps it; a quantity is asked about.
    """
    is_part = not is_signed and 0 < number <= 1
    if not is_share:
        if not is_part:
            return ReadNumber(number)
        of_one, of_hundred = percent_readings(number, convention)
        note = f"“{shown}” has no % sign; it is read as {of_hundred}"
        return ReadNumber(number, note, "per-cent-unclear", (of_one, of_hundred))
    share = number if is_part else number.scaleb(-2)
    is_plain = is_signed or number in {0, 1} or not 0 <= share <= 1
    return ReadNumber(share) if is_plain else ReadNumber(share, _read_as(shown, share), "share-without-sign")


def _read_as(shown: str, share: Decimal) -> str:
    return f"“{shown}” has no % sign; it is read as {format_percent(share)}"


def _read(
    cell: GridCell, in_text: Callable[[str], ReadNumber], in_number: Callable[[Decimal], ReadNumber]
) -> ReadNumber:
    """What a cell holds, as text or as a number; nothing where it is blank or a dash stands in it."""
    _check(cell)
    value = cell.value
    if cell.is_part_struck:
        message = f"{_quoted(cell)}Some of it is struck out"
        raise CellUnreadable("cell-part-struck", message, "Enter the number alone that holds")
    if cell.is_merged:
        raise CellUnreadable("cell-merged", "The cell is merged with others", "Split the merged cells, fill in each")
    if value is None or (isinstance(value, str) and is_blank(value)):
        return ReadNumber(None)
    if isinstance(value, bool | date | time | timedelta):
        what = "True or false" if isinstance(value, bool) else "A date or time"
        message = f"{_quoted(cell)}{what} stands where a number should be"
        raise CellUnreadable("cell-not-a-number", message, "Enter a number")
    try:
        return in_text(value) if isinstance(value, str) else in_number(_number_in_cell(value))
    except Ambiguous as error:
        raise CellUnreadable("number-unclear", error.message, error.fix) from error
    except NumberError as error:
        message = f"{_quoted(cell)}{error.message}"
        raise CellUnreadable("number-unreadable", message, error.fix or "Enter a number") from error


def _quoted(cell: GridCell) -> str:
    """What stands in a cell, before what is wrong with it."""
    shown = cell.text or (cell.value if isinstance(cell.value, str) else "")
    return f"“{shortened(visible(shown), _MOST_QUOTED)}”: " if shown else ""


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


def _number_in_cell(value: object) -> Decimal:
    """A number as the workbook keeps it, to 15 digits: 0.1 + 0.2 is 0.3 and not 0.30000000000000004."""
    if type(value) is int and -_WHOLE < value < _WHOLE:
        return Decimal(value)
    number = value if isinstance(value, Decimal) else Decimal(str(value))
    if number.is_finite() and number.adjusted() < CELL_DIGITS < len(number.as_tuple().digits):
        number = round_half_away(number, CELL_DIGITS - 1 - number.adjusted()).normalize()
    return to_decimal(number)


def _in_text(cell: GridCell, text: str, number: Decimal | None) -> ReadNumber:
    """A number that was read from text, with a note unless it has only one reading, as in every CSV file."""
    if _PLAIN.fullmatch(text):
        return ReadNumber(number)
    what = "is text"
    if has_invisible(text):
        what = "has signs that cannot be seen; they were left out"
    elif cell.convention is Convention.COMMA and "," in text:
        what = "has a decimal comma, as the numbers of this file have"
    return ReadNumber(number, f"“{visible(text)}” {what}; it is read as a number")
