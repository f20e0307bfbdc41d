"""How figures and dates are written on screen; nothing here rounds what was worked out."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from decimal import Decimal

_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_DAY_MONTH_YEAR = re.compile(r"(\d{1,2})[\s./-]+(\d{1,2}|[A-Za-z]{3,9})[\s./-]+(\d{4})")
_YEAR_FIRST = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_POUNDS = re.compile(r"[0-9]{1,13}(?:\.[0-9]{1,2})?")
_MILLION, _THOUSAND = Decimal(1_000_000), Decimal(1_000)
MINUS = "−"


def _grouped(value: Decimal, least_places: int) -> str:
    """Digits with thousands commas, no fewer than `least_places` decimals and none cut off."""
    places = max(least_places, _places(value))
    return f"{abs(value):,.{places}f}"


def pounds(value: Decimal) -> str:
    """Pounds and pence, as £1,234.50; unit values with more decimals keep them, as £0.0812."""
    sign = MINUS if value < 0 else ""
    return f"{sign}£{_grouped(value, 2)}"


def pounds_change(value: Decimal) -> str:
    """A difference in pounds with its sign, as +£351.00."""
    return f"+{pounds(value)}" if value > 0 else pounds(value)


def short_pounds(value: Decimal, places: int = 2) -> str:
    """Pounds for the marks of a chart, as £1.60m or £250k; the exact figure stands elsewhere."""
    if abs(value) >= _MILLION / 10:
        return f"£{value / _MILLION:,.{places}f}m"
    if abs(value) >= _THOUSAND:
        return f"£{value / _THOUSAND:,.0f}k"
    return f"£{value:,.0f}"


def mark_pounds(marks: Sequence[Decimal]) -> list[str]:
    """The marks of an axis, all in the unit of the last and none rounded, as £0, £0.5m, £1.0m."""
    top = max(marks, default=Decimal(0))
    unit, letter = (
        (_MILLION, "m") if top >= _MILLION else (_THOUSAND, "k") if top >= 10 * _THOUSAND else (Decimal(1), "")
    )
    scaled = [mark / unit for mark in marks]
    places = max((_places(mark) for mark in scaled), default=0)
    return [f"£{mark:,.{places}f}{letter}" if mark else "£0" for mark in scaled]


def _places(value: Decimal) -> int:
    exponent = value.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def quantity(value: Decimal) -> str:
    """A quantity without needless zeros, as 1,250 or 0.5."""
    sign = MINUS if value < 0 else ""
    return f"{sign}{_grouped(value, 0)}"


def percentage(share: Decimal, places: int = 2) -> str:
    """A share of 1 as a percentage, as 4.77% or 50%; `places` is the most decimals shown."""
    shown = f"{share * 100:,.{places}f}"
    trimmed = shown.rstrip("0").rstrip(".") if "." in shown else shown
    return f"{trimmed.replace('-', MINUS)}%"


def count(number: int, one: str, many: str | None = None) -> str:
    """A number with its noun, as 1 contract or 12 contracts."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def day(date: dt.date) -> str:
    """A date in words, as 1 April 2026."""
    return f"{date.day} {_MONTHS[date.month - 1]} {date.year}"


def clock(moment: dt.datetime) -> str:
    """A time of day, as 14:32."""
    return f"{moment:%H:%M}"


def contract_year(starts: int) -> str:
    """A year that runs over two calendar years, as 2026/27."""
    return f"{starts}/{(starts + 1) % 100:02d}"


def read_day(text: str) -> dt.date | None:
    """Date that a person typed, as 1 April 2026, 1/4/2026 or 2026-04-01; None if it is none."""
    year_first = _YEAR_FIRST.fullmatch(text.strip())
    if year_first:
        return _date(int(year_first[1]), int(year_first[2]), int(year_first[3]))
    found = _DAY_MONTH_YEAR.fullmatch(text.strip())
    if not found:
        return None
    month = int(found[2]) if found[2].isdigit() else _month(found[2])
    return _date(int(found[3]), month, int(found[1]))


def read_pounds(text: str) -> Decimal | None:
    """Pounds that a person typed, as 4200000.00, 4,200,000 or £250; None if they are none or have parts of a penny."""
    digits = text.strip().removeprefix("£").strip().replace(",", "")
    return Decimal(digits) if _POUNDS.fullmatch(digits) else None


def _month(name: str) -> int:
    starts = [number for number, month in enumerate(_MONTHS, 1) if month.lower().startswith(name.lower())]
    return starts[0] if len(starts) == 1 else 0


def _date(year: int, month: int, day_of_month: int) -> dt.date | None:
    try:
        return dt.date(year, month, day_of_month)
    except ValueError:
        return None
