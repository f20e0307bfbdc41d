"""Deadlines: a day, a time and a zone are one moment, whatever clocks do."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tomsapp.domain.tender.deadline import (
    LONDON,
    clock_fault,
    deadline_of,
    duration_words,
    lateness,
    time_fault,
    when_words,
    zone_fault,
)


@pytest.mark.parametrize("text", ["00:00", "09:05", "12:00", "19:59", "23:59"])
def test_a_time_of_day_is_known(text):
    assert time_fault(text) is None


@pytest.mark.parametrize("text", ["", "24:00", "9:00", "12.00", "12:60", "noon", "12:00 ", "١٢:٠٠"])
def test_what_is_no_time_of_day_is_none(text):
    assert time_fault(text).fix == "Enter it as 12:00 or 17:30"


@pytest.mark.parametrize("name", ["", "Europe", "Europe/Nowhere", "../etc", "Ä", "\0"])
def test_what_is_no_zone_is_none(name):
    assert zone_fault(name).fix == "Enter it as Europe/London"


def test_zones_are_known():
    assert zone_fault(LONDON) is zone_fault("Asia/Kolkata") is None


@pytest.mark.parametrize(("at", "zone"), [("25:00", LONDON), ("12:00", "Nowhere")])
def test_there_is_no_moment_without_time_and_zone(at, zone):
    with pytest.raises(ValueError, match=at):
        deadline_of(date(2027, 1, 22), at, zone)


@pytest.mark.parametrize(
    ("day", "at", "code"),
    [
        ("2026-03-29", "00:59", None),
        ("2026-03-29", "01:00", "no-such-time"),
        ("2026-03-29", "01:59", "no-such-time"),
        ("2026-03-29", "02:00", None),
        ("2026-10-25", "00:59", None),
        ("2026-10-25", "01:00", "twice"),
        ("2026-10-25", "01:59", "twice"),
        ("2026-10-25", "02:00", None),
    ],
)
def test_a_time_that_does_not_exist_or_comes_twice_is_found(day, at, code):
    fault = clock_fault(deadline_of(date.fromisoformat(day), at, LONDON))
    assert (fault.code if fault else None) == code


def test_lateness_goes_by_true_time_and_not_by_the_clock_on_the_wall():
    deadline = deadline_of(date(2026, 10, 24), "12:00", LONDON)
    next_noon = deadline_of(date(2026, 10, 25), "12:00", LONDON)
    assert next_noon - deadline == timedelta(days=1), "the clock on the wall"
    assert lateness(next_noon, deadline) == timedelta(hours=25)
    assert lateness(deadline, deadline) == lateness(deadline - timedelta(days=3), deadline) == timedelta(0)


def test_summer_time_counts_for_a_moment_that_is_known_in_utc():
    deadline = deadline_of(date(2026, 7, 1), "12:00", LONDON)
    assert lateness(datetime(2026, 7, 1, 11, 0, tzinfo=UTC), deadline) == timedelta(0)
    assert lateness(datetime(2026, 7, 1, 11, 0, 1, tzinfo=UTC), deadline) == timedelta(seconds=1)


@pytest.mark.parametrize(
    ("at", "zone", "words"),
    [
        ("12:00", LONDON, "12 noon, Friday 22 January 2027, UK time"),
        ("17:30", "Europe/Paris", "17:30, Friday 22 January 2027, time of Europe/Paris"),
        ("00:00", LONDON, "00:00 (as the day begins), Friday 22 January 2027, UK time"),
    ],
)
def test_a_deadline_is_told_so_that_nobody_takes_it_for_another(at, zone, words):
    assert when_words(date(2027, 1, 22), at, zone) == words


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "under 1 s"),
        (9, "9 s"),
        (3_669, "1 h 1 min 9 s"),
        (3_600, "1 h"),
        (86_400, "1 day"),
        (2 * 86_400 + 3 * 3_600, "2 days 3 h"),
        (1_000 * 86_400, "1,000 days"),
    ],
)
def test_a_length_of_time_in_words(seconds, words):
    assert duration_words(timedelta(seconds=seconds)) == words
    assert duration_words(timedelta(seconds=seconds, microseconds=999_999)) == words


@given(st.integers(0, 10**9), st.integers(0, 10**7))
def test_lateness_is_the_same_in_every_zone(begin, seconds):
    deadline = datetime.fromtimestamp(begin, tz=UTC)
    moment = deadline + timedelta(seconds=seconds)
    late = timedelta(seconds=seconds)
    zone = deadline_of(date(2026, 1, 1), "12:00", LONDON).tzinfo
    assert lateness(moment.astimezone(zone), deadline.astimezone(zone)) == lateness(moment, deadline) == late
