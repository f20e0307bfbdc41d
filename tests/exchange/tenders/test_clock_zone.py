"""By which clock times are told: what is stated is honoured or refused, and never dropped."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tomsapp.domain.errors import TomsError
from tomsapp.exchange.tenders.clock_zone import (
    by_clock_of,
    without_zones,
    written_zones,
    zones_in_heading,
    zones_of_all,
)

LONDON = ZoneInfo("Europe/London")
SUMMER, WINTER = datetime(2026, 7, 1, 12, 30), datetime(2026, 1, 15, 12, 30)  # noqa: DTZ001
WRITTEN = {
    "": "12:30 12:30",
    "(hrs)": "12:30 12:30",
    "local time": "12:30 12:30",
    "UK time": "12:30 12:30",
    "GMT/BST": "12:30 12:30",
    "Europe/London": "12:30 12:30",
    "UTC": "13:30 12:30",
    "Z": "13:30 12:30",
    "(GMT)": "refused 12:30",
    "Greenwich Mean Time": "refused 12:30",
    "Coordinated Universal Time": "13:30 12:30",
    "UTC+0": "13:30 12:30",
    "UTC ±00:00": "13:30 12:30",
    "+00:00": "13:30 12:30",
    "BST": "12:30 refused",
    "British Summer Time": "12:30 refused",
    "UTC+1": "12:30 11:30",
    "+0100": "12:30 11:30",
    "GMT−05:00": "18:30 17:30",
    "Europe/Paris": "11:30 11:30",
    "+01:00[Europe/Paris]": "refused 11:30",
    "(GMT+01:00) British Summer Time (Europe/London)": "12:30 refused",
    "CET": "refused refused",
    "soon": "refused refused",
    "+15:00": "refused refused",
    "UTC±1": "refused refused",
    "+01:60": "refused refused",
    "Europe/Nowhere": "refused refused",
}
"""What stands behind 12:30, and what that is in London in summer and in winter."""
IN_HEADINGS = {
    "Received (UTC)": ["UTC"],
    "Submitted GMT": ["GMT"],
    "Time (BST)": ["BST"],
    "Received time UTC+0": ["UTC+0"],
    "Received (UTC+01:00)": ["UTC+01:00"],
    "Received +01:00": ["+01:00"],
    "Received (Europe/London)": ["Europe/London"],
    "Received, UK time": ["UK time"],
    "Received 01-07-2026": [],
    "Date/Time": [],
    "Received": [],
    "Zone Z": [],
}
STRANGE = (
    "Received (CET)",
    "Time AEST",
    "Received (Eastern Time)",
    "Time (ET)",
    "Eingang MEZ",
    "Received UTC (EST)",
    "Received (Europe/Nowhere)",
    "Received (UTC+25)",
)


def told(zones, local, place=LONDON):
    return f"{by_clock_of(place, local, zones):%H:%M}"


@pytest.mark.parametrize("text", WRITTEN)
def test_a_zone_is_read_as_it_is_written(text):
    def read(local):
        try:
            return told(written_zones(text), local)
        except TomsError as error:
            return "refused" if error.message and error.fix else "without a word"

    assert f"{read(SUMMER)} {read(WINTER)}" == WRITTEN[text]


@pytest.mark.parametrize("heading", IN_HEADINGS)
def test_the_zone_of_a_heading_is_found_and_can_be_left_out(heading):
    assert [zone.words for zone in zones_in_heading(heading)] == IN_HEADINGS[heading]
    assert zones_in_heading(without_zones(heading)) == ()


@pytest.mark.parametrize("heading", STRANGE)
def test_a_zone_in_a_heading_that_is_not_known_is_refused_and_stays_in_it(heading):
    with pytest.raises(TomsError, match=r"It names the time zone “.*”, which is not known"):
        zones_in_heading(heading)


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("All times are shown in UTC", ["UTC"]),
        ("Time zone: GMT", ["GMT"]),
        ("Times are in UK time.", ["UK time"]),
        ("Exported by London Borough of Barnet at 12:30", []),
        ("Responses to T-2026-003", []),
    ],
)
def test_a_sentence_tells_the_zone_of_all_times(sentence, words):
    assert [zone.words for zone in zones_of_all(["x", sentence])] == words


def test_a_strange_zone_of_all_times_is_refused():
    with pytest.raises(TomsError, match="“CET”"):
        zones_of_all(["All times are in CET"])


def test_a_time_that_the_stated_clock_leaves_out_is_refused():
    left_out = datetime(2027, 3, 28, 1, 30)  # noqa: DTZ001
    with pytest.raises(TomsError, match="It does not exist"):
        told(written_zones("Europe/London"), left_out, ZoneInfo("Europe/Paris"))
    assert told(written_zones("Europe/London"), left_out) == "01:30", "it is left to who reads it"


@given(
    st.datetimes(datetime(2020, 1, 2), datetime(2040, 1, 1)),  # noqa: DTZ001
    st.integers(-14 * 60, 14 * 60),
    st.sampled_from(["{}", "UTC{}", "GMT {}", "(UTC{})"]),
)
@example(SUMMER, 0, "UTC{}")
def test_any_offset_gives_the_same_moment(local, ahead, form):
    sign, (hours, minutes) = "-" if ahead < 0 else "+", divmod(abs(ahead), 60)
    zones = written_zones(form.format(f"{sign}{hours:02}:{minutes:02}"))
    there = by_clock_of(LONDON, local, zones)
    moment = local.replace(tzinfo=UTC) - timedelta(minutes=ahead)
    assert there == moment.astimezone(LONDON).replace(tzinfo=None)
