"""Days as the moments that the standard asks for: their first and last second, by the clock in the United Kingdom.

Clocks there are an hour ahead of UTC from the last Sunday of March to the last Sunday of October, one in the morning
GMT (Summer Time Act 1972, as amended by the Summer Time Order 2002). It is worked out here, for not every system
has a table of the world's time zones.
"""

from datetime import UTC, date, datetime, time, timedelta

_LAST_SECOND = time(23, 59, 59)


def day_begins(day: date) -> str:
    """The first second of a day: "2026-04-01T00:00:00+01:00"."""
    return _moment(day, time())


def day_ends(day: date) -> str:
    """The last second of a day: "2027-03-31T23:59:59+01:00"."""
    return _moment(day, _LAST_SECOND)


def moment_text(moment: datetime) -> str:
    """A moment with its time zone, in UTC and to the second."""
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%S}Z"


def _moment(day: date, at: time) -> str:
    # Clocks are changed at one in the morning: the first second of such a day still has the offset of the day before.
    forward, back = _last_sunday(day.year, 3), _last_sunday(day.year, 10)
    is_summer = forward < day <= back if at == time() else forward <= day < back
    return f"{day.isoformat()}T{at.isoformat()}{'+01:00' if is_summer else 'Z'}"


def _last_sunday(year: int, month: int) -> date:
    """Of March or October, which both have 31 days."""
    last = date(year, month, 31)
    return last - timedelta(days=(last.weekday() + 1) % 7)
