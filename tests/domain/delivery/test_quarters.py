"""The quarters of a contract: their days, labels, and what a day is counted in."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.build import contract
from tomsapp.domain.contract_dates import ContractError, contract_years, end_after
from tomsapp.domain.delivery.quarters import (
    Quarter,
    contract_quarters,
    ended_by,
    financial_quarter,
    quarter_of,
    quarters_of,
)


def labels(start: date, end: date) -> list[str]:
    return [each.label for each in contract_quarters(start, end)]


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        (
            date(2026, 4, 1),
            date(2027, 3, 31),
            ["Q1 (Apr to Jun 2026)", "Q2 (Jul to Sep 2026)", "Q3 (Oct to Dec 2026)", "Q4 (Jan to Mar 2027)"],
        ),
        (
            date(2026, 9, 15),
            date(2027, 9, 14),
            [
                "Q1 (15 Sep to 14 Dec 2026)",
                "Q2 (15 Dec 2026 to 14 Mar 2027)",
                "Q3 (15 Mar to 14 Jun 2027)",
                "Q4 (15 Jun to 14 Sep 2027)",
            ],
        ),
        (date(2026, 4, 1), date(2026, 10, 31), ["Q1 (Apr to Jun 2026)", "Q2 (Jul to Sep 2026)", "Q3 (Oct 2026)"]),
        (date(2026, 12, 1), date(2027, 2, 28), ["Q1 (Dec 2026 to Feb 2027)"]),
        (date(2026, 4, 1), date(2026, 4, 1), ["Q1 (1 Apr 2026)"]),
        (date(2026, 4, 3), date(2026, 4, 9), ["Q1 (3 to 9 Apr 2026)"]),
        (
            date(2025, 8, 31),
            date(2026, 8, 30),
            [
                "Q1 (31 Aug to 30 Nov 2025)",
                "Q2 (Dec 2025 to Feb 2026)",
                "Q3 (1 Mar to 30 May 2026)",
                "Q4 (31 May to 30 Aug 2026)",
            ],
        ),
        (
            date(2024, 2, 29),
            date(2025, 2, 28),
            [
                "Q1 (29 Feb to 28 May 2024)",
                "Q2 (29 May to 28 Aug 2024)",
                "Q3 (29 Aug to 28 Nov 2024)",
                "Q4 (29 Nov 2024 to 28 Feb 2025)",
            ],
        ),
    ],
)
def test_quarters_are_called_by_their_months(start, end, expected):
    assert labels(start, end) == expected


def test_the_head_of_a_column_has_no_year():
    first, *_, last = contract_quarters(date(2026, 4, 1), date(2027, 3, 31))
    assert (first.short_label, last.short_label) == ("Q1 Apr to Jun", "Q4 Jan to Mar")
    assert contract_quarters(date(2026, 12, 15), date(2027, 3, 14))[0].short_label == "Q1 15 Dec to 14 Mar"


def test_a_quarter_is_named_and_ordered_by_its_year():
    assert Quarter(1, 2).words == "Q2 of year 2"
    assert sorted([Quarter(1, 1), Quarter(0, 4), Quarter(0, 1)]) == [Quarter(0, 1), Quarter(0, 4), Quarter(1, 1)]


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 4, 1), "Q1 of 2026/27"),
        (date(2026, 9, 30), "Q2 of 2026/27"),
        (date(2026, 12, 31), "Q3 of 2026/27"),
        (date(2027, 3, 31), "Q4 of 2026/27"),
        (date(2099, 5, 1), "Q1 of 2099/00"),
    ],
)
def test_a_day_lies_in_a_quarter_of_the_financial_year(day, expected):
    assert financial_quarter(day).words == expected


def test_a_quarter_counts_in_the_financial_quarter_of_its_last_day():
    [first, *_] = contract_quarters(date(2026, 9, 15), date(2027, 9, 14))
    assert first.financial_quarter == ("2026/27", 3)


def test_a_day_is_in_one_quarter_of_the_contract_or_in_none():
    made = contract(years=2)
    assert [quarter_of(made, day) and quarter_of(made, day).quarter for day in _days_around(made)] == [
        None,
        Quarter(0, 1),
        Quarter(1, 4),
        None,
    ]


def _days_around(made):
    day = timedelta(days=1)
    return (made.start_on - day, made.start_on, made.end_on, made.end_on + day)


def test_a_quarter_has_ended_on_its_last_day():
    quarters = quarters_of(contract())
    assert len(ended_by(quarters, date(2026, 9, 29))) == 1
    assert len(ended_by(quarters, date(2026, 9, 30))) == 2
    assert ended_by(quarters, date(2026, 4, 1)) == ()


def test_a_longer_contract_keeps_the_quarters_it_had():
    start = date(2024, 2, 29)
    short, long = contract_quarters(start, end_after(start, 2)), contract_quarters(start, end_after(start, 5))
    assert long[: len(short)] == short


def test_dates_out_of_order_have_no_quarters():
    with pytest.raises(ContractError):
        contract_quarters(date(2026, 4, 2), date(2026, 4, 1))


@given(st.dates(date(1990, 1, 1), date(2099, 12, 31)), st.integers(0, 366 * 50 - 20))
def test_quarters_follow_each_other_through_the_whole_contract(start, days):
    end = min(start + timedelta(days=days), end_after(start, 50))
    quarters, years = contract_quarters(start, end), contract_years(start, end)
    assert (quarters[0].starts_on, quarters[-1].ends_on) == (start, end)
    for before, after in pairwise(quarters):
        assert after.starts_on == before.ends_on + timedelta(days=1)
        assert before.quarter < after.quarter
    for year in years:
        own = [each for each in quarters if each.quarter.year == year.index]
        assert (own[0].starts_on, own[-1].ends_on) == (year.starts_on, year.ends_on)
        assert 1 <= len(own) <= 4
        assert year.is_short or len(own) == 4
    assert all(each.starts_on <= each.ends_on for each in quarters)
