"""What is due as a calendar file (.ics, RFC 5545): days without hours, the same days in every time zone."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from icalendar import Calendar, Event

from tomsapp import __version__

_DOMAIN = "tomsapp"


@dataclass(frozen=True, slots=True)
class CalendarEntry:
    """Something on one day.

    Attributes:
        key: names it; the same key is the same entry, whenever the file is made, so that a calendar that takes the
            file in again changes the entry and adds none.
        summary: what it is, in a line.
        description: what it is about, in lines.
        categories: by which calendars group it.
    """

    key: str
    on: date
    summary: str
    description: str = ""
    categories: tuple[str, ...] = ()


def write_calendar(name: str, entries: Iterable[CalendarEntry], made_at: datetime) -> bytes:
    """A calendar of this name; the same entries and moment give the same bytes.

    `made_at` is when the entries were made, with its time zone: the one time of day in the file, which the format
    asks for and no calendar shows.
    """
    calendar = Calendar()
    calendar.add("prodid", f"-//tomsapp//tomsapp {__version__}//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", _line(name))
    for entry in entries:
        calendar.add_component(_event(entry, made_at))
    return bytes(calendar.to_ical())


def _event(entry: CalendarEntry, made_at: datetime) -> Event:
    event = Event()
    event.add("uid", f"{hashlib.sha256(entry.key.encode()).hexdigest()[:32]}@{_DOMAIN}")
    event.add("dtstamp", made_at)
    # A day without an end is that whole day.
    event.add("dtstart", entry.on)
    event.add("summary", _line(entry.summary))
    if entry.description:
        event.add("description", _printable(entry.description))
    if entry.categories:
        event.add("categories", [_line(each) for each in entry.categories])
    # What is due takes nobody's time of that day.
    event.add("transp", "TRANSPARENT")
    return event


def _line(text: str) -> str:
    """In one line."""
    return " ".join(_printable(text).split())


def _printable(text: str) -> str:
    """Without signs that no calendar shows; lines stay lines."""
    return "".join(sign if sign == "\n" or sign.isprintable() else " " for sign in text)
