"""Days of a register of contracts that are kept as no whole day: as the number of a spreadsheet, or as a month."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from tomsapp.domain.contract_dates import months_later
from tomsapp.domain.day_order import DayOrder, read_day_in
from tomsapp.domain.typed_days import find_month
from tomsapp.domain.wording import format_date
from tomsapp.exchange.sheets.values import moment, number_in

_COUNTED = re.compile(r"\d{5}(?:\.\d+)?", re.ASCII)
_FIRST_YEAR, _LAST_YEAR = 1990, 2099
"""A number outside of them is hardly the day of a contract."""


@dataclass(frozen=True, slots=True)
class ReadDay:
    """A day from a cell, with what was guessed to read it, if anything."""

    day: date
    note: str = ""


def day_in(text: str, order: DayOrder, *, is_last: bool) -> ReadDay:
    """The day that a text says; of a month the first, or the last where it is an end.

    Raises:
        TomsError: there is none, or it does not exist.
    """
    counted = counted_day(text)
    if counted is not None:
        return counted
    month = find_month(text)
    if month is not None:
        day = months_later(month, 1) - timedelta(days=1) if is_last else month
        which = "last" if is_last else "first"
        return ReadDay(day, f"“{text}” is read as {format_date(day)}, the {which} day of the month")
    day = read_day_in(text, order)
    is_month_first = order is DayOrder.MONTH
    words = f"“{text}” is read as {format_date(day)}: the month stands first in this column"
    return ReadDay(day, words if is_month_first else "")


def counted_day(text: str) -> ReadDay | None:
    """The day that a spreadsheet counts so, 46113 for 1 April 2026; None where it is none of a contract."""
    if not _COUNTED.fullmatch(text):
        return None
    found = moment(number_in(text), is_length=False, is_from_1904=False)
    if not isinstance(found, datetime) or not _FIRST_YEAR <= found.year <= _LAST_YEAR:
        return None
    day = found.date()
    return ReadDay(day, f"“{text}” is read as {format_date(day)}, as a spreadsheet counts days")
