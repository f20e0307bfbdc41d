"""Plausibility: what looks too good is asked about, with the sum; what is just possible is not."""

from dataclasses import replace

import pytest

from tests.domain.build import D, commit, contract, edition, measure, proxy, valued
from tomsapp.domain.checks.check import OfferToCheck
from tomsapp.domain.checks.payable import payable_problems
from tomsapp.domain.checks.plausibility import (
    above_contract_value,
    above_other_bids,
    above_real_cost,
    low_confidence,
    over_half,
)
from tomsapp.domain.commitment import Commitment
from tomsapp.domain.menu import Measure
from tomsapp.domain.policy import Policy
from tomsapp.domain.problems import Problem, Severity
from tomsapp.domain.units import Unit

JOB = measure("J", None, Unit.FTE_YEARS)
ONE = measure("A", "1", Unit.POUNDS)
OTHER = measure("B", "1", Unit.POUNDS)
OVER_HALF = "line-over-half"


def found(
    *commitments: Commitment,
    measures: tuple[Measure, ...] = (ONE, OTHER, JOB),
    value: str = "1000000.00",
    policy: Policy | None = None,
    medians: dict[str, str] | None = None,
) -> list[Problem]:
    valuation = valued(contract(value), edition(*measures), *commitments)
    numbers = {code: D(median) for code, median in (medians or {}).items()}
    offer = OfferToCheck(valuation, (), policy, medians=numbers)
    asked = (payable_problems, above_contract_value, over_half, low_confidence, above_other_bids, above_real_cost)
    problems = [problem for check in asked for problem in check(offer)]
    assert all(problem.severity is Severity.WARNING and problem.fix for problem in problems)
    return problems


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
    assert problem.message == "A is over half of what is claimed (66.6%)"


@pytest.mark.parametrize(
    ("median", "warned"), [("10", False), ("9.99", True), ("0", False), (None, False)], ids=["10", "less", "0", "none"]
)
def test_ten_times_the_median_of_the_other_bids(median: str | None, warned: bool) -> None:
    medians = {"A": median} if median else {}
    codes = [p.code for p in found(commit("A", "100"), medians=medians)]
    assert codes == ["above-other-bids"] * warned


def test_a_promise_cut_into_lines_is_one_promise() -> None:
    lines = [commit("A", "40", key=str(number), cost=D(1)) for number in range(3)]
    problems = found(*lines, commit("B", "60"), medians={"A": "11.9"})
    assert [(p.code, p.where.measure) for p in problems] == [
        (OVER_HALF, "A"),
        ("above-other-bids", "A"),
        ("above-real-cost", "A"),
    ]
    assert problems[2].message == "£120.00 of social value is more than 12 times its real cost, £3.00"


@pytest.mark.parametrize(("weak", "warned"), [("50", False), ("50.01", True)])
def test_most_of_the_total_on_low_confidence(weak: str, warned: bool) -> None:
    low = measure("L", "1", Unit.POUNDS, proxy=replace(proxy("1"), confidence="low"))
    problems = found(commit("L", weak), commit("A", "50"), measures=(low, ONE))
    codes = [p.code for p in problems if p.code != OVER_HALF]
    assert codes == ["low-confidence"] * warned
    if warned:
        asked = next(p for p in problems if p.code == "low-confidence")
        assert asked.message == "50% of what is claimed rests on values of low confidence: L".replace("50%", "50.0%")


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
    codes = [p.code for p in found(promise, measures=(what,))]
    assert codes == ["above-real-cost"] * warned


def test_a_total_of_nothing_has_no_half() -> None:
    """Quantities below zero are errors of their own, and must not end in a division by zero."""
    assert found(commit("A", "50"), commit("B", "50"), commit("A", "-100", key="3")) == []
