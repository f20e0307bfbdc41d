"""The total of values that a register shows itself, taken apart: parts by row that lead from it to what comes in."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from decimal import Decimal

from tomsapp.domain.money import NumberError, exact_difference, exact_sum, round_pounds
from tomsapp.domain.number_words import number_in_words
from tomsapp.domain.typed import read_pounds
from tomsapp.exchange.grid import GridCell, GridRow, text_or_nothing
from tomsapp.exchange.labelled.contract_read import ContractSheet
from tomsapp.exchange.labelled.easily_missed import words_in
from tomsapp.exchange.labelled.labels import RowKind
from tomsapp.exchange.labelled.own_figures import NOT_EXPLAINED, OwnFigures, OwnPart, cells_named
from tomsapp.exchange.stated import names_subtotal
from tomsapp.exchange.workbook_columns import column_letter

_VALUE = "value"
_MOST_PARTS = 12
_POUNDS = re.compile(r"£ ?[0-9][0-9,. ]*(?: ?(?:thousand|million|billion|bn|mn|m|k)\b)?", re.IGNORECASE)
_IN_WORDS = re.compile(r"\b((?:[a-z]+[\s-]+){1,24}?)pounds?\b", re.IGNORECASE)


def register_total(sheets: Sequence[ContractSheet], values: Mapping[tuple[str, int], Decimal]) -> OwnFigures | None:
    """The total that each sheet shows, together; None where one of them shows none.

    `values` are those that come in, by sheet and row.
    """
    totals = [(sheet, total) for sheet in sheets for total in _last_total(sheet)]
    if not totals or len(totals) < len(sheets):
        return None
    shown, read = exact_sum(total.shown for _, total in totals), exact_sum(values.values())
    parts = [part for sheet, total in totals for part in _parts(sheet, total, values)]
    named, rest = parts[:_MOST_PARTS], exact_sum(part.amount for part in parts[_MOST_PARTS:])
    if rest:
        named.append(OwnPart("Further rows", rest))
    left = exact_difference(exact_difference(read, shown), exact_sum(part.amount for part in parts))
    if round_pounds(left):
        named.append(OwnPart(NOT_EXPLAINED, left))
    return OwnFigures(_where(totals), shown, read, tuple(named))


@dataclass(frozen=True, slots=True)
class _Total:
    """A total that a register shows, and the cell that shows it."""

    row: GridRow
    column: int
    shown: Decimal


def _last_total(sheet: ContractSheet) -> Iterator[_Total]:
    """The last total of a sheet, unless it is the total of a part of its contracts."""
    rows = [row for row in sheet.grid.rows if sheet.labels.kind_of(row.number) is RowKind.TOTAL]
    wholes = [row for row in rows if not names_subtotal(words_in(row))]
    total = _total_in(sheet, wholes[-1]) if wholes else None
    if total is not None and not _is_of_part(sheet, total.row.number, total.shown, [row.number for row in rows]):
        yield total


def _total_in(sheet: ContractSheet, row: GridRow) -> _Total | None:
    """The total that a row shows under the values, else in words: "Total value: £1.5 million"."""
    column = sheet.columns.get(_VALUE)
    stated = sheet.stated(row)
    if column is None or stated is not None:
        return None if column is None or stated is None else _Total(row, column, stated)
    said = [(place, amount) for place, cell in sorted(row.cells.items()) for amount in _amounts(cell)]
    return _Total(row, *said[0]) if len(said) == 1 else None


def _amounts(cell: GridCell) -> Iterator[Decimal]:
    """The amounts of pounds that a text names, in digits or in words."""
    text = cell.text or text_or_nothing(cell)
    for found in _POUNDS.findall(text):
        with suppress(NumberError):
            yield read_pounds(found.rstrip(".,"))
    in_words = _IN_WORDS.search(text)
    number = number_in_words(in_words[1]) if in_words is not None else None
    if number is not None:
        yield Decimal(number)


def _is_of_part(sheet: ContractSheet, total: int, shown: Decimal, totals: Sequence[int]) -> bool:
    """Whether a total adds up only the contracts since the one before it."""
    before = max((number for number in totals if number < total), default=0)
    stated = [(row.number, sheet.stated(row) or Decimal(0)) for row in sheet.rows if row.number < total]
    since = exact_sum(value for number, value in stated if number > before)
    return since == shown != exact_sum(value for _, value in stated)


def _parts(sheet: ContractSheet, total: _Total, values: Mapping[tuple[str, int], Decimal]) -> Iterator[OwnPart]:
    """What each row adds to the difference: what comes in of it, less what the total counts of it."""
    last = total.row.number
    numbers = {row.number: sheet.stated(row) or Decimal(0) for row in sheet.rows}
    texts = {row.number for row in sheet.rows if isinstance(row.cell(sheet.columns[_VALUE]).value, str)}
    above = {number: values.get((sheet.name, number), Decimal(0)) for number in texts if number < last}
    plain = exact_sum(amount for number, amount in numbers.items() if number < last and number not in texts)
    # A sum of cells takes text for nothing; a total that was typed in may count it.
    without = exact_difference(total.shown, plain)
    is_text_counted = abs(exact_difference(without, exact_sum(above.values()))) < abs(without)
    for row in sheet.rows:
        number, ours = row.number, values.get((sheet.name, row.number))
        counted = numbers[number]
        if number in texts:
            counted = above.get(number, Decimal(0)) if is_text_counted else Decimal(0)
        is_below = number > last
        if is_below:
            counted = Decimal(0)
        amount = exact_difference(ours or Decimal(0), counted)
        if amount:
            yield OwnPart(f"Row {number}, {_why(ours, is_below=is_below, is_text=number in texts)}", amount)


def _why(ours: Decimal | None, *, is_below: bool, is_text: bool) -> str:
    if ours is None:
        return "which does not come in"
    if is_below:
        return "which stands below the total"
    return "whose value is text, which a spreadsheet counts as 0" if is_text else "whose value is worked out here"


def _where(totals: Iterable[tuple[ContractSheet, _Total]]) -> str:
    cells = [(f"{column_letter(total.column)}{total.row.number}", sheet.name) for sheet, total in totals]
    return cells_named(cells)
