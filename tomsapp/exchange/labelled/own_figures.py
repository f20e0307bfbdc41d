"""The total that a file shows itself, taken apart: named parts that lead from it to what was read."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from tomsapp.domain.money import exact_difference, exact_sum, round_pounds
from tomsapp.domain.valuation import LineValue
from tomsapp.domain.wording import format_pounds, listed, plural
from tomsapp.exchange.causes import causes_of, unit_value_differences
from tomsapp.exchange.labelled.chosen import OfferedLine
from tomsapp.exchange.labelled.left_out import own_total
from tomsapp.exchange.labelled.read import ReadSheet
from tomsapp.exchange.labelled.uses import VALUE
from tomsapp.exchange.workbook_columns import column_letter

NOT_EXPLAINED = "Not explained"
_ROUNDED = "Each year rounded once"
_MOST_PARTS = 12
_PENNY = Decimal("0.01")

ValueLine = Callable[[OfferedLine], LineValue | None]
"""A line as it comes in, valued; None where it does not come in."""


@dataclass(frozen=True, slots=True)
class OwnPart:
    """A part of the difference, with its name."""

    label: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class OwnFigures:
    """The file's own total beside what was read.

    Attributes:
        where: the cells that show it: "cell H16", "cells H16 of Offer and H9 of Community".
        parts: what the difference is made of; they add up to it.
    """

    where: str
    shown: Decimal
    read: Decimal
    parts: tuple[OwnPart, ...]


def own_figures(sheets: Sequence[ReadSheet], lines: Sequence[OfferedLine], value: ValueLine) -> OwnFigures | None:
    """The file's own total of social value; None where one of the sheets that are read shows none."""
    shown = {sheet.name: own_total(sheet) for sheet in sheets}
    amounts = [amount for amount in shown.values() if amount is not None]
    if not amounts or len(amounts) < len(shown):
        return None
    valued = {line.raw.key: value(line) for line in lines if line.is_read}
    read = exact_sum(line.social_value for line in valued.values() if line is not None)
    stated = exact_sum(amounts)
    parts = list(_together(_parts(lines, valued)))
    rest = exact_difference(exact_difference(read, stated), exact_sum(part.amount for part in parts))
    if round_pounds(rest):
        parts.append(OwnPart(NOT_EXPLAINED, rest))
    return OwnFigures(_where(sheets), stated, read, tuple(parts))


def _where(sheets: Sequence[ReadSheet]) -> str:
    cells = [
        (f"{column_letter(sheet.labels.column_of(VALUE.key) or 0)}{sheet.last_total}", sheet.name) for sheet in sheets
    ]
    return cells_named(cells)


def cells_named(cells: Sequence[tuple[str, str]]) -> str:
    """Cells with the names of their sheets, in words: "cell H16", "cells H16 of Offer and H9 of Community"."""
    if len(cells) == 1:
        return f"cell {cells[0][0]}"
    return f"cells {listed([f'{cell} of {name}' for cell, name in cells])}"


@dataclass(frozen=True, slots=True)
class _Part:
    label: str
    amount: Decimal
    is_rounding: bool = False


def _parts(lines: Iterable[OfferedLine], valued: Mapping[str, LineValue | None]) -> Iterator[_Part]:
    """What each line adds to the difference."""
    for line in lines:
        line_value = valued.get(line.raw.key)
        ours = line_value.social_value if line_value is not None else Decimal(0)
        theirs = round_pounds(line.stated or Decimal(0))
        amount = exact_difference(ours, theirs)
        if not amount:
            continue
        where = f"Row {line.raw.row.number}"
        if not line.is_read:
            yield _Part(f"{where}, {line.how}", amount)
        elif line_value is None:
            yield _Part(f"{where}, which cannot come in", amount)
        elif line.raw.is_below:
            yield _Part(f"{where}, below the total", amount)
        else:
            yield _reason(line, line_value, amount)


def _reason(line: OfferedLine, valued: LineValue, amount: Decimal) -> _Part:
    """A part with why the file shows another value for a line."""
    if line.left_columns:
        return _Part(f"Column {listed(line.left_columns)}, left out", amount)
    if abs(amount) < _PENNY * len(valued.years):
        return _Part(_ROUNDED, amount, is_rounding=True)
    return _Part(f"{valued.measure.code}: {_why(line, valued)}", amount)


def _why(line: OfferedLine, valued: LineValue) -> str:
    """What the row itself says of a value that is not the program's."""
    sheet, cells, stated = line.raw.sheet.sheet, line.raw.row, line.stated
    their_unit = next(iter(unit_value_differences(cells, sheet, valued)), "")
    other_year = "" if their_unit else _of_one_year(valued, line)
    if other_year:
        return f"they use the {other_year} value"
    cause = their_unit or next(iter(causes_of(cells, sheet, valued, is_own=False)), "")
    if cause and not line.others:
        return cause
    if stated is None:
        return "they show no value for it"
    return f"they show {format_pounds(round_pounds(stated))}, for no reason that the row gives"


def _of_one_year(valued: LineValue, line: OfferedLine) -> str:
    """The first year whose unit value gives what the file shows for all years; empty where none does."""
    stated = line.stated
    for one in valued.years:
        if one.unit_value is None or not one.social_value or not one.quantity or stated is None:
            continue
        whole = Fraction(one.social_value) * Fraction(valued.quantity) / Fraction(one.quantity)
        if abs(whole - Fraction(stated)) <= _PENNY * len(valued.years):
            return one.year.label
    return ""


def _together(parts: Iterable[_Part]) -> Iterator[OwnPart]:
    """The parts by their names, those of rounding last, and the rest of many as one."""
    sums: dict[str, Decimal] = {}
    rounding = Decimal(0)
    for part in parts:
        if part.is_rounding:
            rounding = exact_sum((rounding, part.amount))
        else:
            sums[part.label] = exact_sum((sums.get(part.label, Decimal(0)), part.amount))
    named = [OwnPart(label, amount) for label, amount in sums.items()]
    yield from named[:_MOST_PARTS]
    if len(named) > _MOST_PARTS:
        rest = exact_sum(part.amount for part in named[_MOST_PARTS:])
        yield OwnPart(plural(len(named) - _MOST_PARTS, "more row"), rest)
    if rounding:
        yield OwnPart(_ROUNDED, rounding)
