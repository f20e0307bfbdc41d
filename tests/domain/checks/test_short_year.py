"""A last year that is short is said with its days, and a whole year's promise in it is asked about."""

from datetime import date
from decimal import Decimal

import pytest

from tests.domain.build import commit, contract, edition, measure, rate, valued
from tomsapp.domain.checks.check import OfferToCheck
from tomsapp.domain.checks.short_year import end_problems, ends_on_anniversary, last_year_days, promise_problems
from tomsapp.domain.contract import ContractKind, ContractStatus, YearSpend
from tomsapp.domain.menu import Counts


def found(*commitments, menu=None, **facts):
    offer = OfferToCheck(valued(contract(**facts), menu or edition(measure("M1")), *commitments), commitments)
    return [*end_problems(offer), *promise_problems(offer.valuation)]


def codes(*commitments, **facts):
    return [problem.code for problem in found(*commitments, **facts)]


@pytest.mark.parametrize(
    ("end", "status", "asked"),
    [
        (date(2028, 3, 31), ContractStatus.DRAFT, False),
        (date(2028, 4, 1), ContractStatus.DRAFT, True),
        (date(2028, 4, 1), ContractStatus.SIGNED, False),
        (date(2028, 4, 2), ContractStatus.DRAFT, False),
        (date(2026, 4, 1), ContractStatus.DRAFT, False),
    ],
)
def test_an_end_on_the_anniversary_is_asked_about(end, status, asked) -> None:
    problems = found(end_on=end, status=status)
    assert [problem.code for problem in problems] == ["end-on-anniversary"] * asked
    if asked:
        assert problems[0].message == "The last year, 2028/29, is 1 day: 1 April 2028"
        assert problems[0].fix.startswith("Did you mean 31 March 2028?")


@pytest.mark.parametrize(
    ("end", "quantities", "asked"),
    [
        (date(2028, 5, 31), ("2", "2", "2"), True),
        (date(2028, 5, 31), ("2", "2", "3"), True),
        (date(2028, 5, 31), ("2", "2", "1"), False),
        (date(2028, 5, 31), ("2", "0", "0"), False),
        (date(2028, 9, 29), ("2", "2", "2"), True),
        (date(2028, 9, 30), ("2", "2", "2"), False),
        (date(2029, 3, 31), ("2", "2", "2"), False),
    ],
)
def test_a_promise_of_a_whole_year_in_a_much_shorter_one_is_asked_about(end, quantities, asked) -> None:
    assert codes(commit("M1", *quantities), end_on=end) == ["year-promise-in-short-year"] * asked


def test_it_says_the_days_and_the_answer_lapses_with_them() -> None:
    (problem,) = found(commit("M1", "2", "2", "2"), end_on=date(2028, 5, 31))
    assert problem.message == "2028/29 has 61 days, and 2 is promised for it, as much as for the year before"
    assert problem.asked == "2 in 61 days"
    (problem,) = found(commit("M1", "2", "2", "3"), end_on=date(2028, 5, 31))
    assert problem.message == "2028/29 has 61 days, and 3 is promised for it, more than for the year before"


def test_what_counts_once_or_by_spend_and_a_single_year_are_not_asked_about() -> None:
    once = edition(measure("M1", counts=Counts.ONCE))
    assert codes(commit("M1", "0", "0", "2"), menu=once, end_on=date(2028, 5, 31)) == []
    assert codes(commit("M1", "2"), end_on=date(2026, 5, 31)) == []
    spend = tuple(YearSpend(year, Decimal(1000)) for year in range(3))
    by_spend = commit("M1", rate=rate("1", "1000"))
    assert codes(by_spend, end_on=date(2028, 5, 31), kind=ContractKind.FRAMEWORK, spend=spend) == []


@pytest.mark.parametrize(
    ("end", "days"),
    [
        (date(2028, 3, 31), None),
        (date(2028, 4, 1), 1),
        (date(2027, 9, 30), 183),
        (date(2026, 6, 30), None),
        (date(2028, 3, 30), 365),
    ],
)
def test_a_last_year_that_is_short_has_its_days(end, days):
    assert last_year_days(date(2026, 4, 1), end) == days


def test_a_contract_may_end_on_the_day_on_which_it_began():
    start = date(2026, 4, 1)
    assert ends_on_anniversary(start, date(2028, 4, 1))
    assert not ends_on_anniversary(start, date(2028, 3, 31))
    assert not ends_on_anniversary(start, start)
