"""The delivery plan: the split that goes without saying, what a plan must add up to, and which one is in force."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.build import commit, contract, edition, framework, measure, rate
from tests.domain.delivery.build import planned, q
from tomsapp.domain.contract import YearSpend
from tomsapp.domain.contract_dates import end_after
from tomsapp.domain.delivery.plan import (
    PLAN_ENTRY,
    PlanEntry,
    default_plan,
    line_plan,
    plan_in_force,
    plan_problems,
)
from tomsapp.domain.delivery.quarters import contract_quarters, quarters_of
from tomsapp.domain.menu import Counts
from tomsapp.domain.money import decimal_places
from tomsapp.domain.problems import Severity
from tomsapp.domain.units import Unit

D = Decimal
EACH, ONCE, FIRST = Counts.EACH_YEAR, Counts.ONCE, Counts.FIRST_12_MONTHS


@pytest.mark.parametrize(
    ("unit", "counts", "quantity", "expected"),
    [
        (Unit.HOURS, EACH, "120", "30 30 30 30"),
        (Unit.HOURS, EACH, "10", "2.5 2.5 2.5 2.5"),
        (Unit.HOURS, EACH, "10.01", "2.5 2.5 2.5 2.51"),
        (Unit.FTE_YEARS, EACH, "12.5", "3.12 3.12 3.13 3.13"),
        (Unit.PEOPLE, EACH, "6", "1 1 2 2"),
        (Unit.TREES, EACH, "3", "0 1 1 1"),
        (Unit.FTE_JOBS, FIRST, "2", "0 0 1 1"),
        (Unit.FTE_JOBS, FIRST, "2.5", "0 0 1 1.5"),
        (Unit.FTE_JOBS, FIRST, "0.5", "0 0 0 0.5"),
        (Unit.COMPLETIONS, ONCE, "4", "0 0 0 4"),
        (Unit.PERCENT, EACH, "30", "0 0 0 30"),
        (Unit.YES_NO, EACH, "1", "0 0 0 1"),
        (Unit.PEOPLE, EACH, "0", "0 0 0 0"),
        (Unit.PEOPLE, EACH, "-4", "0 0 0 -4"),
        (Unit.PEOPLE, EACH, "6.5", "1 1 2 2.5"),
    ],
)
def test_a_year_is_split_over_its_quarters(unit, counts, quantity, expected):
    quarters = quarters_of(contract())
    split = default_plan(measure(unit=unit, counts=counts), [D(quantity)], quarters)
    assert list(split.values()) == [D(part) for part in expected.split()]
    assert list(split) == [each.quarter for each in quarters]


def test_a_short_last_year_has_as_many_quarters_as_it_begins():
    quarters = contract_quarters(date(2026, 4, 1), date(2027, 8, 31))
    split = default_plan(measure(), [D(120), D(50)], quarters)
    assert {str(quarter.words): quantity for quarter, quantity in split.items() if quarter.year == 1} == {
        "Q1 of year 2": 25,
        "Q2 of year 2": 25,
    }
    assert default_plan(measure(), [D(120)], quarters)[q("2.1")] == 0


@given(
    st.sampled_from(list(Unit)),
    st.sampled_from(list(Counts)),
    st.lists(st.decimals(0, 10**6, places=4), max_size=4),
    st.integers(1, 1500),
)
def test_a_plan_always_adds_up_to_the_promise(unit, counts, promised, days):
    start = date(2024, 2, 29)
    quarters = contract_quarters(start, date.fromordinal(start.toordinal() + days))
    what = measure(unit=unit, counts=counts)
    split = line_plan(promised, what, quarters)
    for year in {quarter.year for quarter in split.quantities}:
        quantity = promised[year] if year < len(promised) else D(0)
        assert split.of_year(year) == quantity
        own = [part for quarter, part in split.quantities.items() if quarter.year == year]
        assert all(decimal_places(part) <= what.decimals for part in own[:-1])
        assert own == sorted(own)


MENU = edition(measure("M1"), measure("M2", unit=Unit.PEOPLE))
TWO_YEARS = contract(years=2)
LINES = (commit("M1", "120", "80"), commit("M2", "4", "4"), commit("M9", "1"))


def test_what_was_accepted_is_in_force_where_it_fits():
    own = [*planned("M1", q1_1="20", q1_4="100", q2_1="79"), *planned("M2", q1_2="4")]
    plan = plan_in_force(TWO_YEARS, MENU, LINES, own)
    assert list(plan) == ["M1", "M2"]
    assert plan["M1"].by_default == {1}
    assert [plan["M1"].quantities[q(each)] for each in ("1.1", "1.2", "1.4", "2.1")] == [20, 0, 100, 20]
    assert plan["M2"].by_default == {1}
    assert plan_in_force(TWO_YEARS, MENU, LINES)["M1"].by_default == {0, 1}


def test_a_plan_for_a_quarter_that_is_gone_fits_no_more():
    shorter = replace(TWO_YEARS, end_on=date(2027, 9, 30))
    plan = plan_in_force(shorter, MENU, LINES, planned("M1", q1_1="120", q2_4="80"))
    assert plan["M1"].by_default == {1}
    assert plan["M1"].quantities == {q("1.1"): 120, q("1.2"): 0, q("1.3"): 0, q("1.4"): 0, q("2.1"): 40, q("2.2"): 40}


def test_a_longer_contract_keeps_its_plan_and_plans_what_is_new():
    own = planned("M1", q1_1="120", q2_4="80")
    longer = replace(TWO_YEARS, end_on=end_after(TWO_YEARS.start_on, 3))
    [line] = plan_in_force(longer, MENU, (commit("M1", "120", "80", "40"),), own).values()
    assert line.by_default == {2}
    assert [line.of_year(year) for year in range(3)] == [120, 80, 40]


def test_a_promise_per_pound_is_planned_by_what_is_spent():
    called_off = framework(YearSpend(0, D(2_000_000)), years=2)
    line = commit("M1", rate=rate("20", "1000000"))
    plan = plan_in_force(called_off, MENU, [line])
    assert list(plan["M1"].quantities.values()) == [10, 10, 10, 10, 0, 0, 0, 0]


@pytest.mark.parametrize(
    ("entries", "codes"),
    [
        (planned("M1", q1_1="60", q1_3="60"), []),
        (planned("M1", q1_1="60", q1_3="59"), ["plan-sum"]),
        (planned("M1", q1_1="119.999", q1_2="0.001"), ["plan-too-precise", "plan-too-precise"]),
        (planned("M1", q3_1="10"), ["plan-quarter"]),
        (planned("M2", q1_1="1", q2_1="4"), ["plan-sum"]),
        (planned("M9", q1_1="1"), []),
        (planned("M7", q1_1="1"), ["plan-unknown"]),
        ([], []),
    ],
)
def test_what_a_plan_must_add_up_to(entries, codes):
    found = plan_problems(TWO_YEARS, MENU, LINES, entries)
    assert [problem.code for problem in found] == codes
    assert all(problem.message and problem.fix and problem.where.commitment for problem in found)


@pytest.mark.parametrize(
    ("entries", "today", "quarters"),
    [
        (planned("M1", q1_1="20", q1_4="100"), date(2026, 7, 1), ["Q1"]),
        (planned("M1", q1_1="20", q1_4="100"), date(2026, 10, 1), ["Q1", "Q2"]),
        (planned("M1", q1_1="20", q1_4="100"), date(2026, 6, 29), []),
        (planned("M1", q1_1="30", q1_2="30", q1_4="60"), date(2026, 10, 1), []),
        (planned("M1", q2_1="80"), date(2026, 10, 1), []),
        (planned("M2", q1_1="1", q1_2="1", q1_3="2"), date(2026, 10, 1), []),
        ([], date(2026, 10, 1), []),
    ],
)
def test_a_plan_that_changes_what_is_past_is_asked_about(entries, today, quarters):
    before = plan_in_force(TWO_YEARS, MENU, LINES)
    found = plan_problems(TWO_YEARS, MENU, LINES, entries, before, today)
    assert [(each.code, each.severity, each.where.field) for each in found] == [
        ("plan-past", Severity.WARNING, quarter) for quarter in quarters
    ]


def test_a_change_of_what_is_past_says_what_was_due():
    before = plan_in_force(TWO_YEARS, MENU, LINES)
    [found] = plan_problems(TWO_YEARS, MENU, LINES, planned("M1", q1_4="120"), before, date(2026, 7, 1))
    assert found.message == "Q1 (Apr to Jun 2026) has ended with 30 due, and the plan makes it 0"
    assert plan_problems(TWO_YEARS, MENU, [commit("M2", "4")], planned("M2", q1_4="4"), {}, date(2026, 7, 1)) == []


def test_a_plan_says_by_how_much_it_is_wrong():
    [found] = plan_problems(TWO_YEARS, MENU, LINES, planned("M1", q1_1="119"))
    assert found.message == "119 is planned for 2026/27, and 120 is promised"


def test_an_entry_is_called_by_what_is_planned():
    assert PLAN_ENTRY.name_of(PlanEntry("M1", q("1.1"), D(30))) == "30 planned"
    assert [each.code for each in PLAN_ENTRY.problems(PlanEntry("M1", q("1.1"), D(-1)))] == ["quantity-negative"]
