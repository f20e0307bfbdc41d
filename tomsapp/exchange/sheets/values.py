"""The values that the cells of a file hold, from what the file writes for them."""

import re
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from math import floor

from tomsapp.exchange.grid import CellError, CellValue

_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d{1,4})?", re.ASCII)
_LENGTH = re.compile(r"-?P(?:(\d{1,9})D)?T?(?:(\d{1,9})H)?(?:(\d{1,9})M)?(?:(\d{1,9})(?:[.,]\d*)?S)?", re.ASCII)
RAISED = {ord("0") + digit: raised for digit, raised in enumerate("⁰¹²³⁴⁵⁶⁷⁸⁹")}
"""Digits that are set above the line, so that 12 with a footnote is never 121."""
_MOST_DIGITS = 400
_PLAIN_DIGITS = 15
"""Most numbers are whole and no longer, and need no further look."""
FROM_1900, FROM_1904 = datetime(1899, 12, 30), datetime(1904, 1, 1)  # noqa: DTZ001
"""A workbook knows no time zones."""
_WRONG_LEAP_DAY = 60
_THOUSANDTHS = 86_400_000
_OUT_OF_TIME = CellError("#VALUE!")


def number_in(text: str) -> int | Decimal:
    """A number as files write it.

    Raises:
        ValueError: it is none.
    """
    text = text.strip()
    if len(text) <= _PLAIN_DIGITS and text.isdecimal() and text.isascii():
        return int(text)
    if len(text) > _MOST_DIGITS or not _NUMBER.fullmatch(text):
        raise ValueError(text)
    if not set(text) & set(".eE"):
        return int(text)
    number = Decimal(text)
    if abs(number.adjusted()) > _MOST_DIGITS:
        raise ValueError(text)
    return number


def moment(number: int | Decimal, *, is_length: bool, is_from_1904: bool) -> CellValue:
    """The date or time that a number of days stands for."""
    try:
        if is_length:
            return timedelta(milliseconds=round(number * _THOUSANDTHS))
        days = floor(number)
        rest = timedelta(milliseconds=round((number - days) * _THOUSANDTHS))
        if 0 <= number < 1 and not rest.days:
            return (FROM_1900 + rest).time()
        # The days of Excel have a 29 February 1900.
        days += not is_from_1904 and 0 < number < _WRONG_LEAP_DAY
        return (FROM_1904 if is_from_1904 else FROM_1900) + timedelta(days=days) + rest
    except (OverflowError, ValueError):
        return _OUT_OF_TIME


def written_moment(text: str) -> CellValue:
    """A date or time as ISO writes it, "2026-04-01", "2026-04-01T09:30:00"; the text where it is none.

    A zone that it states stays with it: by another clock it is another time.
    """
    text = text.strip()
    try:
        return time.fromisoformat(text) if ":" in text[:3] else _day(text)
    except ValueError:
        return text


def _day(text: str) -> datetime:
    if "T" not in text:
        day = date.fromisoformat(text.removesuffix("Z"))
        return datetime(day.year, day.month, day.day)  # noqa: DTZ001
    return datetime.fromisoformat(text)


def written_length(text: str) -> CellValue:
    """A time as OpenDocument writes it, "PT09H30M00S"; a length of time where it is more than a day."""
    match = _LENGTH.fullmatch(text.strip())
    if match is None:
        return text
    days, hours, minutes, seconds = (int(part or 0) for part in match.groups())
    try:
        length = timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds)
    except OverflowError:
        return _OUT_OF_TIME
    if text.startswith("-") or length >= timedelta(days=1):
        return -length if text.startswith("-") else length
    return (FROM_1900 + length).time()
