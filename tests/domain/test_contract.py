"""Contract years: they tile the contract without a gap, through leap days and to 50 years."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.build import contract
from tomsapp.domain.contract import Contract, YearSpend
from tomsapp.domain.contract_dates import (
    LATEST_END,
    ContractError,
    contract_years,
    dates_problem,
    end_after,
    end_of_length,
    length_text,
    year_label,
    years_later,
)


@pytest.mark.parametrize(
    ("start", "end", "starts", "labels"),
    [
        (date(2026, 4, 1), date(2028, 3, 31), [date(2026, 4, 1), date(2027, 4, 1)], ["2026/27", "2027/28"]),
        (date(2026, 1, 1), date(2026, 12, 31), [date(2026, 1, 1)], ["2026"]),
        (date(2026, 4, 1), date(2027, 9, 30), [date(2026, 4, 1), date(2027, 4, 1)], ["2026/27", "2027/28"]),
        (date(2026, 4, 1), date(2026, 4, 1), [date(2026, 4, 1)], ["2026/27"]),
        (date(2024, 2, 29), date(2025, 2, 28), [date(2024, 2, 29)], ["2024/25"]),
        (date(2024, 2, 29), date(2025, 3, 1), [date(2024, 2, 29), date(2025, 3, 1)], ["2024/25", "2025/26"]),
    ],
    ids=["two years", "calendar year", "18 months", "one day", "a year from a leap day", "a day more than that"],
)
def test_contract_years(start: date, end: date, starts: list[date], labels: list[str]) -> None:
    years = contract_years(start, end)
    assert [year.starts_on for year in years] == starts
    assert [year.label for year in years] == labels
    assert years[-1].ends_on == end


def test_a_contract_from_a_leap_day_comes_back_to_it() -> None:
    years = contract_years(date(2024, 2, 29), date(2029, 2, 28))
    assert [year.starts_on for year in years] == [
        date(2024, 2, 29),
        date(2025, 3, 1),
        date(2026, 3, 1),
        date(2027, 3, 1),
        date(2028, 2, 29),
    ]


@given(st.dates(date(1990, 1, 1), date(2099, 12, 31)), st.integers(0, 18_000))
def test_contract_years_tile_the_contract(start: date, days: int) -> None:
    end = start + timedelta(days=days)
    years = contract_years(start, end)
    assert years[0].starts_on == start
    assert years[-1].ends_on == end
    for place, year in enumerate(years):
        assert year.index == place
        assert year.starts_on <= year.ends_on
        assert (year.ends_on - year.starts_on).days < 366
    for before, after in pairwise(years):
        assert after.starts_on == before.ends_on + timedelta(days=1)
        assert (before.ends_on - before.starts_on).days >= 364


@given(st.dates(date(1990, 1, 1), date(2099, 12, 31)), st.integers(1, 50))
def test_so_many_whole_years_are_so_many_contract_years(start: date, count: int) -> None:
    end = end_after(start, count)
    assert len(contract_years(start, end)) == count
    assert length_text(start, end) == ("1 year" if count == 1 else f"{count} years")


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ("3 years", date(2029, 3, 31)),
        ("3", date(2029, 3, 31)),
        (" 1 Year ", date(2027, 3, 31)),
        ("2yrs", date(2028, 3, 31)),
        ("50 y", date(2076, 3, 31)),
        ("18 months", date(2027, 9, 30)),
        ("1 MONTH", date(2026, 4, 30)),
        ("600 m", date(2076, 3, 31)),
        ("0 years", None),
        ("51 years", None),
        ("601 months", None),
        ("1 April 2027", None),
        ("3 weeks", None),
        ("", None),
    ],
)
def test_an_end_is_written_as_a_length(text: str, end: date | None) -> None:
    assert end_of_length(date(2026, 4, 1), text) == end


def test_a_length_in_months_ends_the_day_before_the_day_that_the_month_lacks() -> None:
    assert end_of_length(date(2026, 1, 31), "1 month") == date(2026, 2, 28)


@given(st.dates(date(1990, 1, 1), date(2099, 12, 31)), st.integers(1, 50))
def test_years_and_their_months_end_on_the_same_day(start: date, count: int) -> None:
    assert end_of_length(start, f"{count} years") == end_of_length(start, f"{count * 12} months")


@pytest.mark.parametrize(
    ("end", "field"),
    [(date(2027, 3, 31), ""), (date(2026, 3, 31), "end_on"), (date(2090, 3, 31), "start_on")],
)
def test_two_days_are_looked_at_together(end: date, field: str) -> None:
    found = dates_problem(date(2026, 4, 1), end)
    assert (found.where.field if found else "") == field


def test_fifty_years_are_the_most() -> None:
    start = date(2026, 4, 1)
    end = end_after(start, 50)
    assert len(contract_years(start, end)) == 50
    with pytest.raises(ContractError, match="50 years at most") as caught:
        contract_years(start, end + timedelta(days=1))
    assert caught.value.fix == "Check the end date"


@pytest.mark.parametrize(
    ("start", "end", "message"),
    [
        (date(2026, 4, 1), date(2026, 3, 31), "The end date is before the start date"),
        (date(1989, 12, 31), date(1990, 12, 30), "from 1990 to 2150"),
        (date(2149, 1, 1), LATEST_END + timedelta(days=1), "from 1990 to 2150"),
    ],
)
def test_dates_that_cannot_be_say_what_to_do(start: date, end: date, message: str) -> None:
    with pytest.raises(ContractError, match=message) as caught:
        contract_years(start, end)
    assert caught.value.fix


def test_the_first_and_the_last_possible_days() -> None:
    assert len(contract_years(date(1990, 1, 1), date(1990, 1, 1))) == 1
    assert len(contract_years(LATEST_END, LATEST_END)) == 1


@pytest.mark.parametrize(
    ("start", "end", "text"),
    [
        (date(2026, 4, 1), date(2026, 4, 1), "1 day"),
        (date(2026, 4, 1), date(2026, 4, 30), "1 month"),
        (date(2026, 4, 1), date(2027, 9, 30), "18 months"),
        (date(2026, 4, 1), date(2026, 10, 17), "200 days"),
        (date(2026, 4, 1), date(2027, 3, 31), "1 year"),
        (date(2024, 2, 29), date(2025, 2, 28), "1 year"),
        (date(2026, 12, 15), date(2027, 1, 14), "1 month"),
        (date(2026, 12, 15), date(2027, 1, 15), "32 days"),
    ],
)
def test_length_text(start: date, end: date, text: str) -> None:
    assert length_text(start, end) == text


@pytest.mark.parametrize(
    ("day", "later"),
    [
        (date(2024, 2, 29), date(2025, 3, 1)),
        (date(2024, 2, 28), date(2025, 2, 28)),
        (date(2025, 3, 1), date(2026, 3, 1)),
    ],
)
def test_years_later(day: date, later: date) -> None:
    assert years_later(day, 1) == later
    assert years_later(date(2024, 2, 29), 4) == date(2028, 2, 29)


def test_year_labels() -> None:
    assert year_label(date(2099, 4, 1)) == "2099/00"
    assert year_label(date(2026, 1, 2)) == "2026/27"
    assert year_label(date(2026, 2, 1)) == "2026/27"


def test_recorded_spend_stands_before_forecast() -> None:
    forecast, recorded = YearSpend(0, Decimal(100)), YearSpend(0, Decimal(90), is_recorded=True)
    bought = contract(spend=(forecast, recorded, YearSpend(1, Decimal(50))))
    assert bought.spend_in(0) is recorded
    assert bought.spend_in(1) == YearSpend(1, Decimal(50))
    assert bought.spend_in(2) is None


@pytest.mark.parametrize(
    ("start", "end", "length"),
    [
        (date(2026, 4, 1), date(2029, 3, 31), Fraction(3)),
        (date(2026, 4, 1), date(2027, 9, 30), Fraction(3, 2)),
        (date(2026, 4, 1), date(2026, 4, 30), Fraction(1, 12)),
        (date(2026, 4, 1), date(2027, 4, 1), 1 + Fraction(1, 365)),
        (date(2026, 4, 1), date(2026, 4, 10), Fraction(10, 365)),
        (date(2026, 1, 31), date(2026, 2, 28), Fraction(1, 12)),
        (date(2026, 1, 31), date(2026, 1, 31), Fraction(1, 365)),
        (date(2024, 2, 29), date(2025, 2, 28), Fraction(1)),
        (date(2025, 12, 15), date(2026, 1, 14), Fraction(1, 12)),
        (date(2026, 4, 1), date(2026, 3, 31), Fraction(0)),
    ],
)
def test_the_true_length_in_years(start: date, end: date, length: Fraction) -> None:
    assert Contract("C", Decimal(0), start, end).length_in_years == length
