"""Versions of a plan beside each other, and a year of a plan beside its promise."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from tests.domain.build import commit, contract, measure
from tests.domain.delivery.build import planned, q
from tomsapp.domain.delivery.plan import PlanEntry
from tomsapp.domain.delivery.plan_versions import PlannedYear, plan_differences, planned_years

D = Decimal


def test_each_fact_that_differs_is_told_by_commitment_and_quarter():
    then = [
        PlanEntry("2", q("1.1"), D(3), "Ask a school"),
        PlanEntry("1", q("1.2"), D(5)),
        PlanEntry("1", q("1.1"), D(1)),
    ]
    now = [
        replace(then[0], quantity=D(4), due_on=date(2026, 5, 1)),
        replace(then[1], risk="Nobody comes"),
        then[2],
        PlanEntry("3", q("1.1"), D(2)),
    ]
    told = [
        (each.commitment, each.quarter, each.fact.name, each.before, each.after) for each in plan_differences(then, now)
    ]
    assert told == [
        ("2", q("1.1"), "quantity", D(3), D(4)),
        ("2", q("1.1"), "due_on", None, date(2026, 5, 1)),
        ("1", q("1.2"), "risk", "", "Nobody comes"),
        ("3", q("1.1"), "quantity", D(0), D(2)),
    ]  # fmt: skip
    assert plan_differences(now, now) == []


def test_a_quarter_that_a_version_leaves_out_has_nothing_planned():
    entry = PlanEntry("1", q("1.1"), D(2))
    assert [(each.before, each.after) for each in plan_differences([entry], [])] == [(D(2), D(0))]
    assert plan_differences([replace(entry, quantity=D(0))], []) == []


@pytest.mark.parametrize(
    ("quantities", "missing", "adds_up"),
    [("1 2 3 4", "0", True), ("1 2 3 1", "3", False), ("1 2 3 6", "-2", False), ("", "10", False)],
)
def test_a_year_adds_up_to_its_promise_or_says_what_is_missing(quantities, missing, adds_up):
    line = commit("M1", "10", "10", key="1")
    entries = planned("1", **{f"q1_{number}": text for number, text in enumerate(quantities.split(), start=1)})
    years = planned_years(line, measure(), contract(years=2), [*entries, PlanEntry("2", q("1.1"), D(9))])
    assert (years[0].missing, years[0].adds_up) == (D(missing), adds_up)
    assert years[1] == PlannedYear(D(10), D(0))
