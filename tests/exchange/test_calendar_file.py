"""Calendar files: read back by the library's reader, and line by line as the format wants them."""

from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from tomsapp.exchange.calendar_file import CalendarEntry, write_calendar

MADE_AT = datetime(2026, 11, 29, 9, 30, tzinfo=UTC)
RETURN = CalendarEntry(
    "C-2026-004|return-1q2",
    date(2026, 10, 30),
    "C-2026-004 Roads; east, north: Return for Q2 (Jul to Sep 2026)",
    "J01 2 people\nS01 4 hours \\ by the college",
    ("Social value", "Return"),
)


def read(data: bytes) -> list[object]:
    return list(Calendar.from_ical(data).walk("VEVENT"))


def test_an_entry_is_a_whole_day_in_every_time_zone_and_takes_no_time():
    data = write_calendar("Due under C-2026-004", [RETURN], MADE_AT)
    lines = data.decode().split("\r\n")
    assert "DTSTART;VALUE=DATE:20261030" in lines
    assert not any(line.startswith(("DTEND", "DURATION", "TZID", "BEGIN:VTIMEZONE")) for line in lines)
    assert "TRANSP:TRANSPARENT" in lines
    assert [line for line in lines if "T0" in line or line.endswith("Z")] == ["DTSTAMP:20261129T093000Z"]
    assert all(len(line.encode()) <= 75 for line in lines), "long lines are folded"


def test_text_is_data_and_comes_back_as_it_was():
    (event,) = read(write_calendar("Due, all; of it", [RETURN], MADE_AT))
    assert event["summary"] == RETURN.summary
    assert event["description"] == RETURN.description
    assert list(event["categories"].cats) == ["Social value", "Return"]
    assert Calendar.from_ical(write_calendar("Due, all; of it", [], MADE_AT))["x-wr-calname"] == "Due, all; of it"


@given(st.text(min_size=1))
def test_no_text_makes_a_line_of_its_own_or_another_entry(text):
    data = write_calendar(text, [CalendarEntry("k", date(2026, 4, 1), text, text, (text,))], MADE_AT)
    (event,) = read(data)
    shown = "".join(sign if sign == "\n" or sign.isprintable() else " " for sign in text)
    assert event["summary"] == " ".join(shown.split())
    assert event.get("description", "") == shown
    assert (data.count(b"\r\nBEGIN:VEVENT"), data.count(b"\r\nEND:VEVENT")) == (1, 1)


def test_an_entry_keeps_its_name_and_others_have_others():
    first, again, other = (
        read(write_calendar("x", [entry], moment))[0]["uid"]
        for entry, moment in (
            (RETURN, MADE_AT),
            (CalendarEntry(RETURN.key, date(2026, 11, 2), "Moved"), datetime(2027, 1, 1, tzinfo=UTC)),
            (CalendarEntry("C-2026-005|return-1q2", RETURN.on, RETURN.summary), MADE_AT),
        )
    )
    assert first == again != other
    assert first.endswith("@tomsapp")


def test_the_same_entries_give_the_same_bytes():
    assert write_calendar("x", [RETURN], MADE_AT) == write_calendar("x", [RETURN], MADE_AT)
    (bare,) = read(write_calendar("x", [CalendarEntry("k", date(2026, 4, 1), "End")], MADE_AT))
    assert "description" not in bare
    assert "categories" not in bare
