"""Days in a list of which nobody says whether the day or the month stands first: its own days say it."""

import re
from collections.abc import Iterable
from datetime import date
from enum import Enum

from tomsapp.domain.alike import plain_signs
from tomsapp.domain.typed_days import read_day

_NUMBERS = re.compile(r"(\d{1,2})([./-])(\d{1,2})[./-](\d{4}|\d{2})")
_LAST_MONTH = 12


class DayOrder(Enum):
    """What stands first in the days of a list."""

    DAY = "day"
    MONTH = "month"
    UNKNOWN = "unknown"
    """Some of its days can only be read in the one way and some only in the other."""

    @property
    def words(self) -> str:
        """The order as people read it."""
        return {DayOrder.DAY: "Day first", DayOrder.MONTH: "Month first", DayOrder.UNKNOWN: "Not known"}[self]


def order_of(texts: Iterable[str]) -> DayOrder:
    """What the days of a list say; the day stands first, as in the United Kingdom, where none says another thing."""
    found = [match for text in texts if (match := _NUMBERS.fullmatch(plain_signs(text)))]
    is_day_first = any(int(match[1]) > _LAST_MONTH for match in found)
    is_month_first = any(int(match[3]) > _LAST_MONTH for match in found)
    if is_day_first and is_month_first:
        return DayOrder.UNKNOWN
    return DayOrder.MONTH if is_month_first else DayOrder.DAY


def is_unclear(text: str) -> bool:
    """Whether a day could be read in both ways."""
    found = _NUMBERS.fullmatch(plain_signs(text))
    return found is not None and _is_either(found)


def _is_either(found: re.Match[str]) -> bool:
    return found[1] != found[3] and max(int(found[1]), int(found[3])) <= _LAST_MONTH


def read_day_in(text: str, order: DayOrder) -> date:
    """A day as it is written in a list of this order; one with only one reading is read in that.

    Raises:
        TomsError: there is none, or it does not exist.
    """
    found = _NUMBERS.fullmatch(plain_signs(text))
    if found is None:
        return read_day(text)
    first, mark, second, year = found.groups()
    is_turned = order is DayOrder.MONTH if _is_either(found) else int(second) > _LAST_MONTH
    return read_day(f"{second}{mark}{first}{mark}{year}" if is_turned else text)
