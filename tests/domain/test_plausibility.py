"""Plausibility: what looks too good is asked about, with the sum; what is just possible is not."""

import pytest

from tests.domain.build import D, barnet, commit, contract, edition, measure, valued
from tomsapp.domain.commitment import Commitment
from tomsapp.domain.menu import Measure
from tomsapp.domain.plausibility import plausibility_problems
from tomsapp.domain.policy import LivingWage, Policy
from tomsapp.domain.problems import Problem, Severity
from tomsapp.domain.units import Unit

JOB = measure("J", None, Unit.FTE_YEARS)
ONE = measure("A", "1", Unit.POUNDS)
OTHER = measure("B", "1", Unit.POUNDS)


def found(
    *commitments: Commitment,
    measures: tuple[Measure, ...] = (ONE, OTHER, JOB),
    value: str = "1000000.00",
    policy: Policy | None = None,
    medians: dict[str, str] | None = None,
) -> list[Problem]:
    valuation = valued(contract(value), edition(*measures), *commitments)
    numbers = {code: D(median) for code, median in (medians or {}).items()}
    problems = list(plausibility_problems(valuation, policy, numbers))
    assert all(problem.severity is Severity.WARNING and problem.fix for problem in problems)
    return problems


# 1,950 hours × £12.71 = £24,784.50 a year
@pytest.mark.parametrize(
    ("value", "quantity", "share", "warned"),
    [
        ("247845.00", "10", "1", False),
        ("247845.00", "10.01", "1", True),
        ("247844.99", "10", "1", True),
        ("247845.00", "40", "0.25", False),
        ("247845.00", "40.04", "0.25", True),
        ("0.00", "0.01", "1", True),
        ("0.00", "0", "1", False),
    ],
)
def test_more_people_than_the_money_could_pay(value: str, quantity: str, share: str, warned: bool) -> None:
    codes = [p.code for p in found(commit("J", quantity, contract_share=share), value=value, policy=barnet())]
    assert codes == ["more-people-than-money"] * warned


def test_the_sum_of_the_people_is_shown() -> None:
    (problem,) = found(commit("J", "40", contract_share="0.5"), value="247844.99", policy=barnet())
    assert problem.message == (
        "40 full-time years, of which 50% is this contract’s, would cost more than the contract is worth: "
        "£247,844.99 ÷ £24,784.50 (1,950 hours at the National Living Wage of £12.71) pays for 9.9"
    )
    assert (problem.key, problem.where.measure) == ("more-people-than-money:J", "J")


def test_jobs_are_counted_as_years_and_hours_are_not() -> None:
    menu = (measure("F", None, Unit.FTE_JOBS), measure("H", None, Unit.HOURS))
    lines = (commit("F", "9999"), commit("H", "9999"))
    assert [p.where.measure for p in found(*lines, measures=menu, policy=barnet())] == ["F"]


@pytest.mark.parametrize(
    "policy",
    [None, Policy("p", "P", ()), Policy("p", "P", (), (LivingWage(barnet().living_wages[0].in_force_from, D(0)),))],
)
def test_without_a_wage_people_are_not_checked(policy: Policy | None) -> None:
    assert found(commit("J", "9999"), policy=policy) == []


@pytest.mark.parametrize(
    ("value", "quantity", "warned"), [("100.00", "100.01", True), ("100.00", "100", False), ("0.00", "5", False)]
)
def test_worth_more_than_the_contract(value: str, quantity: str, warned: bool) -> None:
    assert [p.code for p in found(commit("A", quantity), value=value)] == ["value-above-contract"] * warned


@pytest.mark.parametrize(
    ("one", "other", "over"),
    [
        ("50", "50", []),
        ("50.01", "50", ["A"]),
        ("1", "99", ["B"]),
        ("99", "0", []),
        ("100", "-100", []),
        ("1", "-5", []),
    ],
)
def test_a_line_over_half_of_the_total(one: str, other: str, over: list[str]) -> None:
    assert [p.where.measure for p in found(commit("A", one), commit("B", other))] == over


def test_the_share_of_a_large_line_is_shown() -> None:
    (problem,) = found(commit("A", "2"), commit("B", "1"))
    assert problem.message == "This line is over half of the total (66.6%)"


@pytest.mark.parametrize(
    ("median", "warned"), [("10", False), ("9.99", True), ("0", False), (None, False)], ids=["10", "less", "0", "none"]
)
def test_ten_times_the_median_of_the_other_bids(median: str | None, warned: bool) -> None:
    medians = {"A": median} if median else {}
    assert [p.code for p in found(commit("A", "100"), medians=medians)] == ["above-other-bids"] * warned


@pytest.mark.parametrize(
    ("unit_value", "real", "cost", "warned"),
    [
        ("12", True, None, False),
        ("12.01", True, None, True),
        ("12.01", False, None, False),
        ("13", True, "200", False),
        ("13", False, "100", True),
        ("12", False, "100", False),
    ],
)
def test_twelve_times_the_real_cost(unit_value: str, real: bool, cost: str | None, warned: bool) -> None:
    what = measure("A", unit_value, Unit.POUNDS, real_pounds=real)
    promise = commit("A", "100", cost=None if cost is None else D(cost))
    assert [p.code for p in found(promise, measures=(what,))] == ["above-real-cost"] * warned


def test_a_total_of_nothing_has_no_half() -> None:
    """Quantities below zero are errors of their own, and must not end in a division by zero."""
    assert found(commit("A", "50"), commit("B", "50"), commit("A", "-100", key="3")) == []
