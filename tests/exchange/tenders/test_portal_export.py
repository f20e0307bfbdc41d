"""A portal's export: which column is what, and when it had each file, however it is written."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from tomsapp.domain.day_order import DayOrder
from tomsapp.exchange.grid import Grid, GridCell, GridRow
from tomsapp.exchange.sheets.text_table import read_text_table
from tomsapp.exchange.tenders.portal_export import ExportRow, read_export
from tomsapp.exchange.tenders.portal_head import PortalUse, find_head
from tomsapp.exchange.tenders.sheet_head import named_columns

LONDON = ZoneInfo("Europe/London")
FILE, BIDDER, WHEN, TIME, LOT, ZONE = PortalUse


def grid_of(*rows: tuple[object, ...]) -> Grid:
    """A sheet with these values."""
    return Grid(
        "",
        tuple(
            GridRow(number, {column: GridCell(value) for column, value in enumerate(row) if value is not None})
            for number, row in enumerate(rows, 1)
        ),
    )


def rows_of(grid: Grid, **others) -> tuple[ExportRow, ...]:
    head = find_head(grid)
    return read_export(grid, head, others.get("columns", head.guessed), LONDON).rows


def when(*cells: object) -> tuple[date | None, str, str]:
    """What a day, and a time beside it, are read as."""
    (row,) = rows_of(grid_of(("File", "Date", "Time"), ("a.xlsx", *cells)))
    return row.on, row.time, row.trouble


@pytest.mark.parametrize(
    ("headings", "uses"),
    [
        (("Supplier", "File name", "Date received", "Time"), {BIDDER: 0, FILE: 1, WHEN: 2, TIME: 3}),
        (("Organisation name", "Submitted"), {BIDDER: 0, WHEN: 1}),
        (("ID", "Document", "Submission date and time", "Status"), {FILE: 1, WHEN: 2}),
        (("Bidder", "Received at", "Upload time"), {BIDDER: 0, WHEN: 1, TIME: 2}),
        (("Supplier", "Lot", "Submitted date", "Submitted time"), {BIDDER: 0, LOT: 1, WHEN: 2, TIME: 3}),
        (("Bidder", "Date of receipt", "Time of receipt"), {BIDDER: 0, WHEN: 1, TIME: 2}),
        (("Bidder", "Response date", "Response received time"), {BIDDER: 0, WHEN: 1, TIME: 2}),
        (("Bidder", "Submitted date and time"), {BIDDER: 0, WHEN: 1}),
        (("Response from", "Timestamp"), {BIDDER: 0, WHEN: 1}),
    ],
)
def test_columns_are_known_by_their_headings(headings, uses):
    assert find_head(grid_of(headings)).guessed == uses
    assert all(use.words for use in PortalUse)


def test_a_head_stands_under_a_title_and_else_is_the_first_row_with_two_texts():
    titled = grid_of(("Responses to T-2026-003",), ("Reference", "T-2026-003"), ("File", "Received"), ("a", "b"))
    assert find_head(titled).row == 3
    other = grid_of(("Only",), ("Wer", "Wann"), ("a", "b"))
    assert (find_head(other).row, find_head(other).guessed) == (2, {})
    assert find_head(grid_of(("alone",))) is None


@pytest.mark.parametrize(
    ("text", "time_"),
    [
        ("20/01/2027 11:05:47", "11:05:47"),
        ("20/01/2027 11:05", "11:05:00"),
        ("20 January 2027, 11:05", "11:05:00"),
        ("20 Jan 2027 at 1:05 pm", "13:05:00"),
        ("20 Jan 2027 12:05 a.m.", "00:05:00"),
        ("20 Jan 2027 12.05 PM", "12:05:00"),
        ("2027-01-20T11:05:47Z", "11:05:47"),
        ("2027-01-20T11:05:47.123", "11:05:47"),
        ("2027-01-20 11:05:47+02:00", "09:05:47"),
        ("2027-01-20 11:05:47 -0100", "12:05:47"),
        ("20/01/2027 11:05 (GMT)", "11:05:00"),
    ],
)
def test_a_day_with_its_time_is_read_as_it_is_written(text, time_):
    assert when(text) == (date(2027, 1, 20), time_, "")


def test_a_zone_that_is_named_is_told_by_the_clock_of_the_tender():
    assert when("1 July 2027 23:30 UTC") == (date(2027, 7, 2), "00:30:00", "")
    assert when("1 July 2027 11:30 BST") == (date(2027, 7, 1), "11:30:00", "")
    assert when("1 July 2027 11:30 CEST")[2] == "It names the time zone “CEST”, which is not known"


@pytest.mark.parametrize(
    ("day", "clock"),
    [
        (date(2027, 1, 20), time(11, 5, 47)),
        (date(2027, 1, 20), timedelta(hours=11, minutes=5, seconds=47)),
        ("20/01/2027", "11:05:47"),
        (datetime(2027, 1, 20, tzinfo=UTC), "11:05:47"),
        (datetime(2027, 1, 20, 11, 5, 47, tzinfo=UTC), None),
    ],
)
def test_day_and_time_stand_in_cells_of_their_own(day, clock):
    assert when(day, clock) == (date(2027, 1, 20), "11:05:47", "")


@pytest.mark.parametrize(
    ("cells", "trouble"),
    [
        (("20/01/2027",), "It has no time of day that can be read"),
        (("20/01/2027", "soon"), "It has no time of day that can be read"),
        (("20/01/2027 25:00",), "It has a time of day that does not exist"),
        (("20/01/2027 13:00 pm",), "“13” is no hour before or after noon"),
        (("soon", "11:00"), "It has no day that can be read"),
        ((None, "11:00"), "It has no day that can be read"),
    ],
)
def test_what_cannot_be_read_is_said(cells, trouble):
    on, time_, said = when(*cells)
    assert (on, time_) == (None, "")
    assert said == trouble


def test_the_month_stands_first_where_its_own_days_say_so():
    grid = grid_of(("File", "Date"), ("a", "01/20/2027 11:00"), ("b", "01/02/2027 12:00"))
    read = read_export(grid, find_head(grid), {FILE: 0, WHEN: 1}, LONDON)
    assert read.order is DayOrder.MONTH
    assert [row.on for row in read.rows] == [date(2027, 1, 20), date(2027, 1, 2)]


def test_rows_without_anything_are_passed_over_and_columns_are_chosen_by_a_person():
    grid = read_text_table(
        b"Wer;Datei;Wann\nLamp Ltd;a.xlsx;20/01/2027 11:00\n;;\nMoor;b.xlsx;21/01/2027 09:00\n", "portal.csv"
    ).sheets[0]
    assert rows_of(grid, columns={BIDDER: 0, FILE: 1, WHEN: 2}) == (
        ExportRow(2, "a.xlsx", "Lamp Ltd", date(2027, 1, 20), "11:00:00"),
        ExportRow(4, "b.xlsx", "Moor", date(2027, 1, 21), "09:00:00"),
    )
    assert rows_of(grid, columns={WHEN: 2})[0] == ExportRow(2, "", "", date(2027, 1, 20), "11:00:00")


def test_what_was_remembered_is_taken_where_it_still_fits():
    head = find_head(grid_of(("Wer", "Wann")))
    assert named_columns(head, {0: "bidder", 1: "when", 2: "file", 7: "time", 5: "odd"}, PortalUse) == {
        BIDDER: 0,
        WHEN: 1,
    }


def summer(*headings, **others):
    """What 12:30 of 1 July 2027 is in London, under these headings of a day and a time."""
    cells = others.get("cells", ("01/07/2027", "12:30"))
    (row,) = [row for row in rows_of(grid_of(*others.get("above", ()), ("File", *headings), ("a", *cells))) if row.file]
    return row.time or row.trouble


@pytest.mark.parametrize(
    ("headings", "time_"),
    [
        (("Date", "Time"), "12:30:00"),
        (("Date", "Time (UTC)"), "13:30:00"),
        (("Date (UTC)", "Time"), "13:30:00"),
        (("Received date UTC", "Received time UTC+0"), "13:30:00"),
        (("Date", "Time (BST)"), "12:30:00"),
        (("Date", "Time (Europe/Paris)"), "11:30:00"),
        (("Date (UTC)", "Time (BST)"), "It has the time zones “UTC” and “BST”, which differ then"),
    ],
)
def test_a_zone_in_a_heading_holds_for_its_column(headings, time_):
    assert summer(*headings) == time_


def test_a_zone_over_the_head_beside_a_row_or_under_the_table_holds_too():
    assert summer("Date", "Time", above=[("All times are in UTC",)]) == "13:30:00"
    assert summer("Date", "Time", above=[("Time zone", "UTC")]) == "13:30:00"
    assert summer("Date", "Time", above=[("Tender closes at these times: 12:00 UTC",)]) == "12:30:00"
    assert summer("Date", "Time (BST)", above=[("All times are in UTC",)]) == "12:30:00", "the heading is nearer"
    assert summer("Date", "Time", "Time zone", cells=("01/07/2027", "12:30", "UTC")) == "13:30:00"
    assert summer("Date", "Time", "Time zone", cells=("01/07/2027", "12:30", "here")).startswith("It names the time")
    under = grid_of(("File", "Date"), ("a", "01/07/2027 12:30"), ("Times are UTC",))
    assert rows_of(under)[0].time == "13:30:00"
    merged = replace(
        grid_of((None, "UTC", None), ("File", "Date", "Time"), ("a", "01/07/2027", "12:30")),
        merged=((1, 1, 1, 2),),
    )
    assert rows_of(merged)[0].time == "13:30:00"


def test_a_heading_with_a_zone_that_is_not_known_refuses_all_its_rows():
    grid = grid_of(("File", "Wann (MESZ)"), ("a", "01/07/2027 12:30"), ("b", "01/07/2027 12:31Z"))
    read = read_export(grid, find_head(grid), {FILE: 0, WHEN: 1}, LONDON)
    assert [row.trouble for row in read.rows] == ["It names the time zone “MESZ”, which is not known"] * 2
    assert read.rows[0].fix
    assert read.zone == ""


def test_the_zone_that_holds_for_all_is_told():
    grid = grid_of(("File", "Date (UTC)", "Time (UTC)"), ("a", "01/07/2027", "12:30"))
    head = find_head(grid)
    assert read_export(grid, head, head.guessed, LONDON).zone == "UTC"


@pytest.mark.parametrize(
    ("text", "time_"),
    [
        ("01/07/2027 12:30 UTC", "13:30:00"),
        ("01/07/2027 12:30", "12:30:00"),
        ("2027-07-01T12:30:00Z", "13:30:00"),
        ("UTC 12:30, 1 July", "13:30:00"),
        ("01/07/2027 12:30 CET", "It names the time zone “CET”, which is not known"),
    ],
)
def test_a_zone_that_the_format_of_a_cell_writes_is_honoured(text, time_):
    moment = GridCell(datetime(2027, 7, 1, 12, 30), text=text)  # noqa: DTZ001
    grid = Grid("", (grid_of(("File", "Date")).rows[0], GridRow(2, {0: GridCell("a"), 1: moment})))
    (row,) = rows_of(grid)
    assert (row.time or row.trouble) == time_
    aware = moment._replace(value=datetime(2027, 7, 1, 12, 30, tzinfo=UTC), text="")
    (row,) = rows_of(replace(grid, rows=(grid.rows[0], GridRow(2, {0: GridCell("a"), 1: aware}))))
    assert row.time == "13:30:00"


NO_TIME = "It has no time of day that can be read"
TWO_TIMES = "It has a time beside its day, and “11:06” in the column of the time"


@pytest.mark.parametrize(
    ("cells", "time_"),
    [
        ((datetime(2027, 1, 20),), NO_TIME),  # noqa: DTZ001
        ((date(2027, 1, 20),), NO_TIME),
        ((date(2027, 1, 20), datetime(1899, 12, 30, 11, 5)), "11:05:00"),  # noqa: DTZ001
        (("20/01/2027 00:00", "11:05:47"), "11:05:47"),
        (("20/01/2027 11:05", "11:05:47"), "11:05:47"),
        (("20/01/2027 11:05:47", "11:05"), "11:05:47"),
        (("20/01/2027 11:05", "11:06"), TWO_TIMES),
        (("20/01/2027 11:05", "on time"), TWO_TIMES.replace("11:06", "on time")),
        ((date(2027, 1, 20), timedelta(hours=25)), "It has a time of day that does not exist"),
    ],
)
def test_a_day_alone_is_no_midnight_and_two_times_are_refused(cells, time_):
    _, at, trouble = when(*cells)
    assert (at or trouble) == time_


def test_midnight_that_a_workbook_shows_is_a_time():
    shown = GridCell(datetime(2027, 1, 20), text="20/01/2027 00:00")  # noqa: DTZ001
    grid = Grid("", (grid_of(("File", "Date")).rows[0], GridRow(2, {0: GridCell("a"), 1: shown})))
    assert rows_of(grid)[0].time == "00:00:00"
