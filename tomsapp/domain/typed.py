"""Reads what a person typed: pounds, quantities and shares, each with the sentence that puts a mistake right."""

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import assert_never

from tomsapp.domain.alike import plain_signs
from tomsapp.domain.errors import TomsError
from tomsapp.domain.money import PENNY_PLACES, NumberError, decimal_places
from tomsapp.domain.typed_numbers import Ambiguous, Convention, as_written, read_number
from tomsapp.domain.units import Unit, UnitForm

SHARE_DECIMALS = 4
"""Decimals of a per cent that a share may have: a millionth of one."""

_QUANTITY_PLACES = 4
_PERCENT_SIGN = re.compile(r"(.*?) ?(?:%|per ?cent)(?: of [a-z' ]+)?", re.IGNORECASE)
"""A per cent may say of what: "80% of staff"."""
_NOTHING = re.compile(r"£? ?-*|nil|none|n/?\.?a\.?|not applicable", re.IGNORECASE)
"""Nothing as people write it: a dash alone, as an accounting sheet shows nought, "nil" or "n/a"."""
_BEGINS_NOTHING = frozenset("£-nN")

_WITH_UNIT = re.compile(r"([^a-z]*[0-9])\s*([a-z][a-z0-9 .£-]*)", re.IGNORECASE)


def is_blank(text: str) -> bool:
    """Whether a text says nothing: it is empty, a dash, "nil" or "n/a"."""
    plain = plain_signs(text)
    return not plain or (plain[0] in _BEGINS_NOTHING and _NOTHING.fullmatch(plain) is not None)


def read_pounds(text: str, convention: Convention = Convention.POINT) -> Decimal:
    """Pounds, as 4200000.00, 4,200,000, £250, 250k or £2.5 million.

    Raises:
        Ambiguous: it can be read in two ways.
        NumberError: it is no number, is below zero, or has parts of a penny.
    """
    amount = read_number(text, convention, is_pounds=True)
    if amount < 0:
        raise NumberError("The amount is less than zero", "Enter 0 or more")
    if decimal_places(amount) > PENNY_PLACES:
        raise NumberError("The amount has parts of a penny", "Use two decimals, for example 4200.00")
    return amount


def read_quantity(text: str, convention: Convention = Convention.POINT) -> Decimal:
    """A number of something, as 1250 or 12.5, to four decimals.

    Raises:
        Ambiguous: it can be read in two ways.
        NumberError: it is no number, is below zero, or has more decimals.
    """
    number = read_number(text, convention)
    if number < 0:
        raise NumberError("The number is less than zero", "Enter 0 or more")
    if decimal_places(number) > _QUANTITY_PLACES:
        raise NumberError(f"It has more than {_QUANTITY_PLACES} decimals", f"Round it to {_QUANTITY_PLACES} decimals")
    return number


def read_whole(text: str, convention: Convention = Convention.POINT) -> int:
    """A whole number of something, as 3 or 1,250.

    Raises:
        Ambiguous: it can be read in two ways.
        NumberError: it is no number, is below zero, or has decimals.
    """
    number = read_quantity(text, convention)
    if decimal_places(number):
        raise NumberError("It is not a whole number", "Enter a whole number, for example 2")
    return int(number)


def read_share(text: str, convention: Convention = Convention.POINT) -> Decimal:
    """A share of 1 from a percentage: 50% or 50 is 0.5.

    Raises:
        Ambiguous: it can be read in two ways: 0.25 is a quarter, or a quarter of one per cent.
        NumberError: it is not between 0% and 100%, or has more than 4 decimals of a per cent.
    """
    number = read_percent(text, convention)
    if not 0 <= number <= 100:
        raise NumberError("The share is not between 0% and 100%", "Enter for example 50%")
    if decimal_places(number) > SHARE_DECIMALS:
        raise NumberError("The share has more than 4 decimals of a per cent", "Round it, for example to 33.3333%")
    return number.scaleb(-2)


def read_percent(text: str, convention: Convention = Convention.POINT) -> Decimal:
    """A number of per cent, as 80, 80% or 12.5 per cent.

    Raises:
        Ambiguous: it can be read in two ways; a number up to 1 without a sign may be a part of 1.
        NumberError: it is no number.
    """
    number, is_signed = percent_written(text, convention)
    if not is_signed and 0 < number <= 1:
        raise Ambiguous(text, percent_readings(number, convention))
    return number


def percent_written(text: str, convention: Convention = Convention.POINT) -> tuple[Decimal, bool]:
    """The number that stands before a sign of per cent, and whether the sign is there.

    Raises:
        Ambiguous: it can be read in two ways.
        NumberError: it is no number.
    """
    signed = _PERCENT_SIGN.fullmatch(plain_signs(text))
    try:
        return read_number(signed[1] if signed else text, convention), signed is not None
    except Ambiguous as question:
        raise Ambiguous(text, _with_signs(question.readings, convention, is_signed=signed is not None)) from None


def _with_signs(readings: Iterable[str], convention: Convention, *, is_signed: bool) -> Iterator[str]:
    """Readings of a number as per cent, each so that it is read in one way when it is taken."""
    for reading in readings:
        number = read_number(reading, convention)
        if not is_signed and 0 < number <= 1:
            yield from percent_readings(number, convention)
        else:
            yield f"{reading}%"


def percent_readings(number: Decimal, convention: Convention) -> tuple[str, str]:
    """What a number of up to 1 may mean: a part of 1, or a number of per cent; written as the others around it are."""
    return f"{as_written(number.scaleb(2), convention)}%", f"{as_written(number, convention)}%"


_SHORT = {
    "hour": ("hr", "hrs", "h"),
    "week": ("wk", "wks"),
    "full-time job": ("fte", "ftes", "jobs"),
    "full-time year": ("fte", "ftes"),
    "tonne": ("t", "te", "tco2e"),
    "person": ("persons",),
    "£1": ("gbp", "£"),
    "per cent": ("%", "percent", "percentage"),
}
"""What people write behind a number, by what one of the unit is called."""


def without_unit(text: str, unit: Unit) -> str:
    """A number without the unit that stands behind it: "40 weeks" of weeks is "40"; any other text as it is.

    Per cent keep theirs: without it, 0.5 may be a half.
    """
    found = _WITH_UNIT.fullmatch(plain_signs(text)) if unit.form is not UnitForm.PERCENT else None
    is_unit = found is not None and found[2].casefold().rstrip(". ") in _behind_numbers(unit)
    return found[1] if found is not None and is_unit else text


def units_called(text: str) -> frozenset[Unit]:
    """The units that a text may be the name of: "Hrs" of hours, "FTE" of full-time jobs and years; none of most."""
    name = plain_signs(text).casefold().strip(". ")
    return frozenset(unit for unit in Unit if name in _names_of(unit))


def _behind_numbers(unit: Unit) -> frozenset[str]:
    return _names_of(unit) | {"no", "nr"}


def _names_of(unit: Unit) -> frozenset[str]:
    return frozenset((unit.one, unit.many, *_SHORT.get(unit.one, ())))


def read_in_form(text: str, form: UnitForm, places: int, convention: Convention = Convention.POINT) -> Decimal | None:
    """The quantity that was written of a unit: pounds, per cent, yes or no, or a number of up to `places` decimals.

    Nothing, a dash alone, "nil" or "n/a" is None.

    Raises:
        Ambiguous: it can be read in two ways.
        TomsError: it is none.
    """
    if is_blank(text):
        return None
    match form:
        case UnitForm.PERCENT:
            return read_percent(text, convention)
        case UnitForm.YES_NO:
            return _yes_or_no(text)
        case UnitForm.POUNDS:
            return read_number(text, convention, is_pounds=True)
        case UnitForm.NUMBER:
            return read_number(text, convention, places=places)
        case _:
            assert_never(form)


def _yes_or_no(text: str) -> Decimal:
    try:
        return Decimal(int(read_yes_no(text)))
    except TomsError:
        raise NumberError("It is neither yes nor no", "Enter 1 for yes or 0 for no") from None


def read_yes_no(text: str) -> bool:
    """Yes or no, in words or as a spreadsheet writes it.

    Raises:
        TomsError: it is neither.
    """
    plain = plain_signs(text)
    word = plain.casefold()
    if word in {"yes", "y", "true", "1"}:
        return True
    if word in {"no", "n", "false", "0"}:
        return False
    raise TomsError(f"“{plain}” is neither yes nor no", "Enter Yes or No")
