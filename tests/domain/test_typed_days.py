"""Days are read as people write them, or they are told what to write."""

from datetime import date

import pytest

from tomsapp.domain.typed_days import find_day, find_month


@pytest.mark.parametrize(
    "text",
    [
        *["1 April 2026", "1 apr 2026", "01/04/2026", "1.4.2026", "2026-04-01", " 1 4 2026 "],
        *["1/4/26", "1 Apr 26", "1.4.26", "1st April 2026", "1\u00a0April\u00a02026", "1–4–2026", "1/4/2026\u200b"],
    ],
)
def test_days_are_read_as_people_write_them(text):
    assert find_day(text) == date(2026, 4, 1)


def test_a_year_of_two_digits_is_one_in_which_contracts_run():
    assert find_day("31/3/89") == date(2089, 3, 31)
    assert find_day("1/4/90") == date(1990, 4, 1)


@pytest.mark.parametrize("text", ["", "31 June 2026", "4.2m", "1 Ju 2026", "1/13/2026", "1 April 226", "1 April 026"])
def test_what_is_no_day_is_refused(text):
    assert find_day(text) is None


@pytest.mark.parametrize(
    "text",
    [*["April 2026", "apr 2026", "April, 2026", "Apr-26", "Apr ’26", "Apr'26"], *["04/2026", "4.2026", "2026-04"]],
)
def test_a_month_is_read_as_people_write_it(text):
    assert find_month(text) == date(2026, 4, 1)


@pytest.mark.parametrize(
    "text", ["", "April", "April 26", "Ju 2026", "Jun. 2O26", "13/2026", "04/0000", "1 April 2026"]
)
def test_what_is_no_month_is_none(text):
    assert find_month(text) is None
