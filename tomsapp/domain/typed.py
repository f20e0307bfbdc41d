"""Reads what a person typed: pounds, quantities, shares and days, each with the sentence that puts a mistake right."""

import re
from datetime import date
from decimal import Decimal

from tomsapp.domain.errors import TomsError
from tomsapp.domain.money import PENNY_PLACES, NumberError, decimal_places, read_number
from tomsapp.domain.wording import MONTHS

SHARE_DECIMALS = 4
"""Decimals of a per cent that a share may have: a millionth of one."""

_QUANTITY_PLACES = 4
_DAY_MONTH_YEAR = re.compile(r"(\d{1,2})[\s./-]+(\d{1,2}|[A-Za-z]{3,9})[\s./-]+(\d{4})", re.ASCII)
_YEAR_FIRST = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})", re.ASCII)


def read_pounds(text: str) -> Decimal:
    """Pounds, as 4200000.00, 4,200,000 or £250.

    Raises:
        NumberError: it is no number, is below zero, or has parts of a penny.
    """
    try:
        amount = read_number(text)
    except NumberError as error:
        raise NumberError(error.message.replace("1250 or 12.5", "4200000.00"), error.fix) from error
    if amount < 0:
        raise NumberError("The amount is less than zero", "Enter 0 or more")
    if decimal_places(amount) > PENNY_PLACES:
        raise NumberError("The amount has parts of a penny", "Use two decimals, for example 4200.00")
    return amount


def find_pounds(text: str) -> Decimal | None:
    """The pounds that a text is, as `read_pounds` reads them, or None where it is none."""
    try:
        return read_pounds(text)
    except NumberError:
        return None


def read_quantity(text: str) -> Decimal:
    """A number of something, as 1250 or 12.5, to four decimals.

    Raises:
        NumberError: it is no number, is below zero, or has more decimals.
    """
    number = read_number(text)
    if number < 0:
        raise NumberError("The number is less than zero", "Enter 0 or more")
    if decimal_places(number) > _QUANTITY_PLACES:
        raise NumberError(f"It has more than {_QUANTITY_PLACES} decimals", f"Round it to {_QUANTITY_PLACES} decimals")
    return number


def read_share(text: str) -> Decimal:
    """A share of 1 from a percentage: 50% or 50 is 0.5.

    Raises:
        NumberError: it is not between 0% and 100%, or has more than 4 decimals of a per cent.
    """
    number = read_number(text.strip().removesuffix("%").strip())
    if not 0 <= number <= 100:
        raise NumberError("The share is not between 0% and 100%", "Enter for example 50%")
    if decimal_places(number) > SHARE_DECIMALS:
        raise NumberError("The share has more than 4 decimals of a per cent", "Round it, for example to 33.3333%")
    return number / 100


def read_day(text: str) -> date:
    """A date, as 1 April 2026, 1/4/2026 or 2026-04-01.

    Raises:
        TomsError: there is none, or it does not exist.
    """
    year_first = _YEAR_FIRST.fullmatch(text.strip())
    if year_first:
        return _day(int(year_first[1]), int(year_first[2]), int(year_first[3]))
    found = _DAY_MONTH_YEAR.fullmatch(text.strip())
    if found is None:
        raise _no_day(exists=False)
    month = int(found[2]) if found[2].isdigit() else _month(found[2])
    return _day(int(found[3]), month, int(found[1]))


def find_day(text: str) -> date | None:
    """The date that a text is, as `read_day` reads it, or None where it is none."""
    try:
        return read_day(text)
    except TomsError:
        return None


def _month(name: str) -> int:
    starts = [number for number, month in enumerate(MONTHS, 1) if month.lower().startswith(name.lower())]
    return starts[0] if len(starts) == 1 else 0


def _day(year: int, month: int, day_of_month: int) -> date:
    try:
        return date(year, month, day_of_month)
    except ValueError as error:
        raise _no_day(exists=True) from error


def _no_day(*, exists: bool) -> TomsError:
    return TomsError(f"Enter a date{' that exists' if exists else ''}, for example 1 April 2026")


def read_yes_no(text: str) -> bool:
    """Yes or no, in words or as a spreadsheet writes it.

    Raises:
        TomsError: it is neither.
    """
    word = text.strip().casefold()
    if word in {"yes", "y", "true", "1"}:
        return True
    if word in {"no", "n", "false", "0"}:
        return False
    raise TomsError(f"“{text.strip()}” is neither yes nor no", "Enter Yes or No")
