"""A tendering portal's export of what it received: when it had each file, read from any table by its headings."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo

from tomsapp.domain.day_order import DayOrder, order_of, read_day_in
from tomsapp.domain.errors import TomsError
from tomsapp.exchange.grid import Grid, GridCell, GridRow, text_or_nothing
from tomsapp.exchange.tenders.sheet_head import LOT_HEADING, SheetHead, SheetUse, heads_in, lot_number


class PortalUse(SheetUse):
    """What a column of the export holds."""

    FILE = "file", "Name of the file"
    BIDDER = "bidder", "Bidder"
    WHEN = "when", "Day, with its time"
    TIME = "time", "Time of day"
    LOT = "lot", "Number of the lot"


_CAME = r"(?:submission|submitted|upload|uploaded|receipt|received|response|return|returned|delivery|delivered|sent)"
_HEADINGS: Mapping[PortalUse, re.Pattern[str]] = {
    PortalUse.LOT: LOT_HEADING,
    PortalUse.TIME: re.compile(rf"time( of day|( of)? {_CAME})?|(.* )?{_CAME} time"),
    PortalUse.WHEN: re.compile(
        r"(.* )?(date|day)( .*)?|(.* )?(received|submitted|uploaded|timestamp|received at|submitted at|submitted on)"
    ),
    PortalUse.FILE: re.compile(r"(.* )?(file|files|file ?name|document|document name|attachment)( .*)?"),
    PortalUse.BIDDER: re.compile(r"(.* )?(supplier|bidder|tenderer|organisation|company|vendor|from)( name)?"),
}
"""Headings as they are compared; the first that fits says what a column holds."""


_OF_FILES = frozenset({PortalUse.FILE, PortalUse.BIDDER})
"""What says whose time it is."""


@dataclass(frozen=True, slots=True)
class ExportRow:
    """A row of an export.

    Attributes:
        number: as the sheet shows it.
        file, bidder: as they are written; empty where there is no such column.
        on, time: when the portal had it, by the clock of the tender's zone, to the second; None and empty where that
            cannot be read.
        lot: its number, where it says one.
        trouble, fix: why it cannot be read, and what to put right; empty where it can.
    """

    number: int
    file: str
    bidder: str
    on: date | None
    time: str
    trouble: str = ""
    fix: str = ""
    lot: int | None = None


def find_head(grid: Grid) -> SheetHead[PortalUse] | None:
    """The head of a sheet: the first that names a day and a file or bidder, else its first row with two texts."""
    heads = list(heads_in(grid, _HEADINGS))
    told = (each for each in heads if PortalUse.WHEN in each.guessed and _OF_FILES & set(each.guessed))
    return next(told, heads[0] if heads else None)


def read_export(
    grid: Grid, head: int, columns: Mapping[PortalUse, int], place: tzinfo
) -> tuple[tuple[ExportRow, ...], DayOrder]:
    """The rows under the head, and whether the day or the month stands first in its days.

    Args:
        grid: the sheet.
        head: the number of the head's row.
        columns: what is where, by the column (0 is A).
        place: the zone of the tender: a time that names its own zone is told by this clock.
    """
    below = [row for row in grid.rows if row.number > head and _is_filled(row, columns.values())]
    days = [_day_text(text_or_nothing(row.cell(columns.get(PortalUse.WHEN)))) for row in below]
    order = order_of(days)
    return tuple(_row(row, columns, order, place) for row in below), order


def _is_filled(row: GridRow, columns: Collection[int]) -> bool:
    return any(text_or_nothing(row.cell(column)) for column in columns)


def _row(row: GridRow, columns: Mapping[PortalUse, int], order: DayOrder, place: tzinfo) -> ExportRow:
    def text(use: PortalUse) -> str:
        return text_or_nothing(row.cell(columns.get(use)))

    file, bidder, lot = text(PortalUse.FILE), text(PortalUse.BIDDER), lot_number(text(PortalUse.LOT))
    try:
        moment = _moment(row.cell(columns.get(PortalUse.WHEN)), row.cell(columns.get(PortalUse.TIME)), order, place)
    except TomsError as error:
        return ExportRow(row.number, file, bidder, None, "", error.message, error.fix, lot)
    return ExportRow(row.number, file, bidder, moment.date(), f"{moment:%H:%M:%S}", lot=lot)


_CLOCK = re.compile(
    r"(?P<hour>\d{1,2})[:.](?P<minute>\d{2})(?:[:.](?P<second>\d{2})(?:[.,]\d+)?)?\s*(?P<half>[ap]\.?m\.?)?"
    r"\s*(?P<zone>\S*)",
    re.IGNORECASE | re.ASCII,
)
_DAY_AND_CLOCK = re.compile(
    rf"(?P<day>.*?\d)(?:,|\s+at\b|T)?\s*(?<=[\sTt,])(?P<clock>{_CLOCK.pattern})", re.IGNORECASE | re.ASCII
)
_OFFSET = re.compile(r"(?P<sign>[+-])(?P<hours>\d{2}):?(?P<minutes>\d{2})")
_NAMED_ZONES = {"z": 0, "utc": 0, "gmt": 0, "bst": 60}
"""Zones that portals in the United Kingdom name, in minutes."""
_HALF_DAY = 12
_MOST_READ = 100
"""Characters of a cell in which a day and a time are looked for."""


def _day_text(text: str) -> str:
    """The day in a text that may have a time of day."""
    found = _DAY_AND_CLOCK.fullmatch(text[:_MOST_READ])
    return found["day"].strip() if found else text


def _moment(when: GridCell, clock: GridCell, order: DayOrder, place: tzinfo) -> datetime:
    """When the portal had it, by the clock of a place.

    Raises:
        TomsError: it says no day, no time of day, or a zone that is not known.
    """
    if isinstance(when.value, datetime) and text_or_nothing(clock) == "":
        return when.value.replace(tzinfo=None)
    text = text_or_nothing(when)
    found = None if isinstance(when.value, date) else _DAY_AND_CLOCK.fullmatch(text[:_MOST_READ])
    day = _day_of(when, found["day"].strip() if found else text, order)
    if found is not None:
        return _in_zone(day, found, place)
    if isinstance(clock.value, time):
        return datetime.combine(day, clock.value.replace(tzinfo=None, microsecond=0))
    if isinstance(clock.value, timedelta):
        return datetime.combine(day, time()) + clock.value
    told = _CLOCK.fullmatch(text_or_nothing(clock))
    if told is None:
        raise TomsError("It has no time of day that can be read", "Choose the column of the time")
    return _in_zone(day, told, place)


def _day_of(when: GridCell, text: str, order: DayOrder) -> date:
    if isinstance(when.value, datetime):
        return when.value.date()
    if isinstance(when.value, date):
        return when.value
    try:
        return read_day_in(text, order)
    except TomsError as error:
        raise TomsError("It has no day that can be read", "Choose the column of the day") from error


def _in_zone(day: date, found: re.Match[str], place: tzinfo) -> datetime:
    hour, half = int(found["hour"]), (found["half"] or "").lower()[:1]
    if half and not 1 <= hour <= _HALF_DAY:
        raise TomsError(f"“{found['hour']}” is no hour before or after noon", "Correct it in the export")
    if half:
        hour = hour % _HALF_DAY + (_HALF_DAY if half == "p" else 0)
    try:
        local = datetime.combine(day, time(hour, int(found["minute"]), int(found["second"] or 0)))
    except ValueError as error:
        raise TomsError("It has a time of day that does not exist", "Correct it in the export") from error
    minutes = _offset(found["zone"])
    if minutes is None:
        return local
    there = local.replace(tzinfo=timezone(timedelta(minutes=minutes))).astimezone(UTC)
    return there.astimezone(place).replace(tzinfo=None)


def _offset(zone: str) -> int | None:
    """How many minutes a zone is ahead of UTC; None where none is named.

    Raises:
        TomsError: it is not known.
    """
    name = zone.strip("()").lower()
    if not name:
        return None
    if name in _NAMED_ZONES:
        return _NAMED_ZONES[name]
    found = _OFFSET.fullmatch(name)
    if found is None:
        raise TomsError(f"It names the time zone “{zone}”, which is not known", "Type its time instead")
    minutes = int(found["hours"]) * 60 + int(found["minutes"])
    return -minutes if found["sign"] == "-" else minutes
