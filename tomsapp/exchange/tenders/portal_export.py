"""A tendering portal's export of what it received: when it had each file, read from any table by its headings."""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from typing import NamedTuple

from tomsapp.domain.alike import alike
from tomsapp.domain.day_order import DayOrder, order_of, read_day_in
from tomsapp.domain.errors import TomsError
from tomsapp.exchange.grid import Grid, GridCell, GridRow, text_or_nothing
from tomsapp.exchange.labelled.heads import texts_of
from tomsapp.exchange.tenders.clock_zone import (
    StatedZone,
    by_clock_of,
    written_zones,
    zones_in_heading,
    zones_of_all,
)
from tomsapp.exchange.tenders.portal_head import OTHER_DAYS, PortalUse
from tomsapp.exchange.tenders.sheet_head import SheetHead, lot_number


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


@dataclass(frozen=True, slots=True)
class Export:
    """What was read of an export.

    Attributes:
        order: whether the day or the month stands first in its days.
        zone: the zone by whose clock its times are told, in its own words; empty where it states none.
    """

    rows: tuple[ExportRow, ...]
    order: DayOrder
    zone: str = ""


def read_export(grid: Grid, head: SheetHead[PortalUse], columns: Mapping[PortalUse, int], place: tzinfo) -> Export:
    """The rows under the head.

    Args:
        grid: the sheet.
        head: its head.
        columns: what is where, by the column (0 is A).
        place: the zone of the tender: a time for which another zone is stated is told by this clock.
    """
    below = [row for row in grid.rows if row.number > head.row and _is_filled(row, columns.values())]
    order = order_of(_day_text(text_or_nothing(row.cell(columns.get(PortalUse.WHEN)))) for row in below)
    try:
        zones = _stated(grid, head, columns)
    except TomsError as error:
        return Export(tuple(_refused(row, columns, error) for row in below), order)
    rows = tuple(_row(row, columns, lambda row: _moment(row, columns, order, zones, place)) for row in below)
    return Export(rows, order, " and ".join(dict.fromkeys(zone.words for zone in zones)))


def _stated(grid: Grid, head: SheetHead[PortalUse], columns: Mapping[PortalUse, int]) -> tuple[StatedZone, ...]:
    """The zones that the headings of the day and of the time state, else those of all times of the list."""
    used = [columns[use] for use in (PortalUse.WHEN, PortalUse.TIME) if use in columns]
    headings = dict.fromkeys(head.over.get(column) or head.headings.get(column, "") for column in used)
    zones = tuple(zone for heading in headings for zone in zones_in_heading(heading))
    return zones or zones_of_all(_sentences(grid, head.row))


def _sentences(grid: Grid, head: int) -> Iterator[str]:
    """What stands over the table or in a row of its own, but what is said of another day, as of the deadline."""
    for row in grid.rows:
        texts = texts_of(row)
        said = " ".join(texts.values())
        if row.number != head and (row.number < head or len(texts) == 1) and not OTHER_DAYS.search(alike(said)):
            yield said


def _is_filled(row: GridRow, columns: Collection[int]) -> bool:
    return any(text_or_nothing(row.cell(column)) for column in columns)


def _refused(row: GridRow, columns: Mapping[PortalUse, int], error: TomsError) -> ExportRow:
    def fail(_row: GridRow) -> datetime:
        raise error

    return _row(row, columns, fail)


def _row(row: GridRow, columns: Mapping[PortalUse, int], moment_of: Callable[[GridRow], datetime]) -> ExportRow:
    def text(use: PortalUse) -> str:
        return text_or_nothing(row.cell(columns.get(use)))

    file, bidder, lot = text(PortalUse.FILE), text(PortalUse.BIDDER), lot_number(text(PortalUse.LOT))
    try:
        moment = moment_of(row)
    except TomsError as error:
        return ExportRow(row.number, file, bidder, None, "", error.message, error.fix, lot)
    return ExportRow(row.number, file, bidder, moment.date(), f"{moment:%H:%M:%S}", lot=lot)


_CLOCK = re.compile(
    r"(?P<hour>\d{1,2})[:.](?P<minute>\d{2})(?:[:.](?P<second>\d{2})(?:[.,]\d+)?)?\s*(?P<half>[ap]\.?m\.?)?"
    r"\s*(?P<zone>(?:[^\d\s.:,].*)?)",
    re.IGNORECASE | re.ASCII | re.DOTALL,
)
_DAY_AND_CLOCK = re.compile(
    rf"(?P<day>.*?\d)(?:,|\s+at\b|T)?\s*(?<=[\sTt,])(?P<clock>{_CLOCK.pattern})",
    re.IGNORECASE | re.ASCII | re.DOTALL,
)
_HALF_DAY = 12
_MOST_READ = 100
"""Characters of a cell in which a day and a time are looked for."""
_DAY_BEGINS = time()
_ANY_DAY = date(2000, 1, 1)


def _day_text(text: str) -> str:
    """The day in a text that may have a time of day."""
    found = _DAY_AND_CLOCK.fullmatch(text[:_MOST_READ])
    return found["day"].strip() if found else text


class _Time(NamedTuple):
    """A day or a time of day as one cell tells it, and the zones that it states."""

    at: time | None
    zones: tuple[StatedZone, ...] = ()


def _moment(
    row: GridRow,
    columns: Mapping[PortalUse, int],
    order: DayOrder,
    zones: Iterable[StatedZone],
    place: tzinfo,
) -> datetime:
    """When the portal had it, by the clock of a place.

    Raises:
        TomsError: it says no day, no time of day or two of them, or a zone that is not known.
    """
    when, clock = row.cell(columns.get(PortalUse.WHEN)), row.cell(columns.get(PortalUse.TIME))
    day, within = _day_and_time(when, order)
    beside = _time_in(clock)
    at = _one_time(within, beside, text_or_nothing(clock))
    named = written_zones(text_or_nothing(row.cell(columns.get(PortalUse.ZONE))))
    return by_clock_of(place, datetime.combine(day, at), (*zones, *named, *within.zones, *beside.zones))


def _day_and_time(cell: GridCell, order: DayOrder) -> tuple[date, _Time]:
    """The day of a cell, with the time of day that it has."""
    value = cell.value
    if isinstance(value, datetime):
        # A day alone is midnight in a workbook, and nobody said that it came then.
        is_day = value.time() == _DAY_BEGINS and ":" not in cell.text
        return value.date(), _Time(None if is_day else _whole(value.time()), _zones_of(cell))
    if isinstance(value, date):
        return value, _Time(None)
    text = text_or_nothing(cell)
    found = _DAY_AND_CLOCK.fullmatch(text[:_MOST_READ])
    try:
        day = read_day_in(found["day"].strip() if found else text, order)
    except TomsError as error:
        raise TomsError("It has no day that can be read", "Choose the column of the day") from error
    return day, _Time(None) if found is None else _told(found)


def _time_in(cell: GridCell) -> _Time:
    """The time of day in a cell of its own; none where it is empty or says none."""
    value = cell.value
    if isinstance(value, datetime):
        value = value.time()
    if isinstance(value, timedelta):
        if not timedelta(0) <= value < timedelta(days=1):
            raise _no_such_time()
        value = (datetime.combine(_ANY_DAY, _DAY_BEGINS) + value).time()
    if isinstance(value, time):
        return _Time(_whole(value), _zones_of(cell))
    found = _CLOCK.fullmatch(text_or_nothing(cell)[:_MOST_READ])
    return _Time(None) if found is None else _told(found)


def _one_time(within: _Time, beside: _Time, shown: str) -> time:
    """The time that stands with the day or in a cell of its own; where both tell it they must not differ."""
    if beside.at is not None and within.at in {None, _DAY_BEGINS, beside.at, beside.at.replace(second=0)}:
        return beside.at
    if within.at is None:
        raise TomsError("It has no time of day that can be read", "Choose the column of the time")
    if shown and (beside.at is None or within.at.replace(second=0) != beside.at):
        message = f"It has a time beside its day, and “{shown}” in the column of the time"
        raise TomsError(message, "Choose no column of the time, or another one")
    return within.at


def _told(found: re.Match[str]) -> _Time:
    """A time of day as it is written."""
    hour, half = int(found["hour"]), (found["half"] or "").lower()[:1]
    if half and not 1 <= hour <= _HALF_DAY:
        raise TomsError(f"“{found['hour']}” is no hour before or after noon", "Correct it in the export")
    if half:
        hour = hour % _HALF_DAY + (_HALF_DAY if half == "p" else 0)
    try:
        at = time(hour, int(found["minute"]), int(found["second"] or 0))
    except ValueError as error:
        raise _no_such_time() from error
    return _Time(at, written_zones(found["zone"]))


def _zones_of(cell: GridCell) -> tuple[StatedZone, ...]:
    """The zones that a day or time of a workbook states: its own, and that which its format writes behind it."""
    place = getattr(cell.value, "tzinfo", None)
    own = () if place is None else (StatedZone(str(place), place),)
    found = _DAY_AND_CLOCK.fullmatch(cell.text) or _CLOCK.fullmatch(cell.text)
    return own + (written_zones(found["zone"]) if found else zones_in_heading(cell.text))


def _no_such_time() -> TomsError:
    return TomsError("It has a time of day that does not exist", "Correct it in the export")


def _whole(at: time) -> time:
    return at.replace(microsecond=0, tzinfo=None)
