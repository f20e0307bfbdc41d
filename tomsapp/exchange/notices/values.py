"""Plain values of a notice, whatever stands in their place: what is of another type is taken for nothing."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from tomsapp.reading.text_formats import Values

_MARCH, _OCTOBER, _SUNDAY = 3, 10, 6


def text_at(values: Values, *path: str) -> str:
    """The text that stands at the end of a path, a whole number as text; empty where there is none."""
    found: object = values
    for name in path:
        found = found.get(name) if isinstance(found, dict) else None
    if isinstance(found, int) and not isinstance(found, bool):
        return str(found)
    return " ".join(found.split()) if isinstance(found, str) else ""


def amount_at(values: Values, name: str) -> Decimal | None:
    """The amount of that name, which may be written as text; None where there is none."""
    found = values.get(name)
    if isinstance(found, Decimal | int) and not isinstance(found, bool):
        return Decimal(found)
    return Decimal(found) if isinstance(found, str) and found.replace(".", "", 1).isdecimal() else None


def part_at(values: Values, *path: str) -> Values:
    """The part at the end of a path; an empty one where there is none."""
    found: object = values
    for name in path:
        found = found.get(name) if isinstance(found, dict) else None
    return found if isinstance(found, dict) else {}


def parts_at(values: Values, name: str) -> Iterator[Values]:
    """The parts of a list."""
    found = values.get(name)
    for one in found if isinstance(found, list) else ():
        if isinstance(one, dict):
            yield one


def texts_at(values: Values, name: str) -> list[str]:
    """The texts of a list."""
    found = values.get(name)
    return [one for one in found if isinstance(one, str)] if isinstance(found, list) else []


def british_day(moment: str) -> date | None:
    """The day on which a moment is in the United Kingdom; of one without a zone the day that it says; None of another.

    31 March 2026 at 23:00 in UTC is 1 April in British Summer Time, see `british_clock`.
    """
    found = british_clock(moment)
    return None if found is None else found.date()


def british_clock(moment: str) -> datetime | None:
    """What day and time a clock in the United Kingdom shows at a moment; of one without a zone what it says.

    British Summer Time lasts from the last Sunday of March to that of October, each at 1:00 in UTC (Summer Time Act
    1972, as amended by the Summer Time Order 2002).
    """
    try:
        found = datetime.fromisoformat(moment)
    except ValueError:
        return None
    if found.tzinfo is None:
        return found
    try:
        at = found.astimezone(UTC)
        shown = at + timedelta(hours=1) if _is_summer(at) else at
    except OverflowError:
        shown = found
    return shown.replace(tzinfo=None)


def _is_summer(at: datetime) -> bool:
    return _change(at.year, _MARCH) <= at < _change(at.year, _OCTOBER)


def _change(year: int, month: int) -> datetime:
    """The last Sunday of a month of 31 days, at 1:00 in UTC."""
    last = datetime(year, month, 31, 1, tzinfo=UTC)
    return last - timedelta(days=(last.weekday() - _SUNDAY) % 7)
