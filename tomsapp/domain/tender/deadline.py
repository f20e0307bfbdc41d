"""The deadline of a tender: a day, a time of day and a time zone, which together are one moment.

A day that has a clock change has a time of day that does not exist, and one that comes twice; neither is a deadline.
"""

import re
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from tomsapp.domain.facts import Fault
from tomsapp.domain.wording import format_date

LONDON = "Europe/London"
"""The time zone of councils in the United Kingdom."""

_TIME = re.compile(r"(?:[01][0-9]|2[0-3]):[0-5][0-9]", re.ASCII)
_NOON, _MIDNIGHT = "12:00", "00:00"
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def zone_of(name: str) -> ZoneInfo | None:
    """The time zone of this name, or None where there is none."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        # The name of a folder of zones, as Europe, is an OSError.
        return None


def time_fault(text: str) -> Fault | None:
    """What is wrong with a time of day, or None."""
    return None if _TIME.fullmatch(text) else Fault("It is no time of day", "Enter it as 12:00 or 17:30")


def zone_fault(name: str) -> Fault | None:
    """What is wrong with the name of a time zone, or None."""
    return None if zone_of(name) is not None else Fault("It is no time zone", f"Enter it as {LONDON}")


def deadline_of(day: date, at: str, zone: str) -> datetime:
    """The moment of a day, a time of day and a zone.

    Raises:
        ValueError: the time or the zone is none.
    """
    place = zone_of(zone)
    if place is None or time_fault(at) is not None:
        raise ValueError(at, zone)
    return datetime.combine(day, time.fromisoformat(at), tzinfo=place)


def clock_fault(moment: datetime) -> Fault | None:
    """What is wrong with a moment on the day of a clock change, or None: it does not exist, or comes twice."""
    there_and_back = moment.astimezone(UTC).astimezone(moment.tzinfo)
    if there_and_back.replace(tzinfo=None, fold=0) != moment.replace(tzinfo=None, fold=0):
        return Fault("It does not exist, as the clocks go forward then", "Enter another time", "no-such-time")
    if moment.replace(fold=1).utcoffset() != moment.replace(fold=0).utcoffset():
        return Fault("It comes twice, as the clocks go back then", "Enter another time", "twice")
    return None


def lateness(moment: datetime, deadline: datetime) -> timedelta:
    """How long after the deadline a moment is; nothing where it is in time. A clock change in between counts."""
    # Between two moments of one zone the subtraction would go by the clock on the wall.
    return max(moment.astimezone(UTC) - deadline.astimezone(UTC), timedelta(0))


def time_words(at: str) -> str:
    """A time of day so that nobody takes it for another: "12 noon", "00:00 (as the day begins)", "17:30"."""
    return {_NOON: "12 noon", _MIDNIGHT: "00:00 (as the day begins)"}.get(at, at)


def zone_words(zone: str) -> str:
    """A time zone as bidders read it: "UK time", "time of Europe/Paris"."""
    return "UK time" if zone == LONDON else f"time of {zone}"


def day_words(day: date) -> str:
    """A day with its name: "Friday 22 January 2027"."""
    return f"{_WEEKDAYS[day.weekday()]} {format_date(day)}"


def when_words(day: date, at: str, zone: str) -> str:
    """A deadline as bidders read it: "12 noon, Friday 22 January 2027, UK time"."""
    return f"{time_words(at)}, {day_words(day)}, {zone_words(zone)}"


def moment_words(moment: datetime, place: tzinfo | None) -> str:
    """A moment to the second by the clock of a place, wherever it is read: "22 January 2027, 13:01:09"."""
    there = moment.astimezone(place)
    return f"{format_date(there.date())}, {there:%H:%M:%S}"


def left_words(now: datetime, deadline: datetime) -> str:
    """How far a deadline is away, in whole minutes: "19 h 55 min left", "closed 2 h 5 min ago"."""
    length = deadline.astimezone(UTC) - now.astimezone(UTC)
    whole = timedelta(minutes=abs(length) // timedelta(minutes=1))
    words = duration_words(whole) if whole else "under 1 min"
    return f"closed {words} ago" if length < timedelta(0) else f"{words} left"


def duration_words(length: timedelta) -> str:
    """A length of time, in whole seconds: "1 h 1 min 9 s", "2 days 3 h"; "under 1 s" where it is less."""
    seconds = length.days * 86_400 + length.seconds
    if not seconds:
        return "under 1 s"
    days, rest = divmod(seconds, 86_400)
    hours, rest = divmod(rest, 3_600)
    minutes, rest = divmod(rest, 60)
    parts = (
        (days, "1 day" if days == 1 else f"{days:,} days"),
        (hours, f"{hours} h"),
        (minutes, f"{minutes} min"),
        (rest, f"{rest} s"),
    )
    return " ".join(words for count, words in parts if count)
