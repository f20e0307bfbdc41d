"""Reads the days that people write, day before month as in the United Kingdom."""

import re
from datetime import date

from tomsapp.domain.alike import plain_signs
from tomsapp.domain.errors import TomsError
from tomsapp.domain.wording import MONTHS

_DAY_MONTH_YEAR = re.compile(
    r"(\d{1,2})(?:st|nd|rd|th)?[\s./-]+(\d{1,2}|[a-z]{3,9})[\s./-]+(\d{4}|\d{2})", re.ASCII | re.IGNORECASE
)
_YEAR_FIRST = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})", re.ASCII)
_MONTH_YEAR = re.compile(
    r"(?P<name>[a-z]{3,9})(?:,?[\s./-]+(?P<year>\d{4})|(?:-| ?['’])(?P<short>\d{2}))"
    r"|(?P<digits>\d{1,2})[./-](?P<after>\d{4})|(?P<before>\d{4})-(?P<second>\d{1,2})",
    re.ASCII | re.IGNORECASE,
)
_FIRST_OF_LAST_CENTURY = 90
"""A year of two digits from here on is 19.., before it 20..; no contract begins before 1990."""


def read_day(text: str) -> date:
    """A date, as 1 April 2026, 1/4/26 or 2026-04-01.

    Raises:
        TomsError: there is none, or it does not exist.
    """
    plain = plain_signs(text)
    year_first = _YEAR_FIRST.fullmatch(plain)
    if year_first:
        return _day(int(year_first[1]), int(year_first[2]), int(year_first[3]))
    found = _DAY_MONTH_YEAR.fullmatch(plain)
    if found is None:
        raise _no_day(exists=False)
    month = int(found[2]) if found[2].isdigit() else _month(found[2])
    return _day(_year(found[3]), month, int(found[1]))


def find_day(text: str) -> date | None:
    """The date that a text is, as `read_day` reads it, or None where it is none."""
    try:
        return read_day(text)
    except TomsError:
        return None


def find_month(text: str) -> date | None:
    """The first day of the month that a text names, as April 2026, Apr-26, 04/2026 or 2026-04; None where it is none.

    April 26 is none, since it may be a day of April.
    """
    found = _MONTH_YEAR.fullmatch(plain_signs(text))
    if found is None:
        return None
    digits = found["digits"] or found["second"]
    month = int(digits) if digits else _month(found["name"])
    year = _year(found["year"] or found["short"] or found["after"] or found["before"])
    return date(year, month, 1) if year and 1 <= month <= len(MONTHS) else None


def _year(digits: str) -> int:
    year = int(digits)
    if len(digits) > 2:
        return year
    return year + (1900 if year >= _FIRST_OF_LAST_CENTURY else 2000)


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
