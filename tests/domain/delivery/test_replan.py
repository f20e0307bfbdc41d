"""The plan after a variation: what was due stays due, and the rest falls on the quarters to come."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.build import commit, contract, edition, measure
from tests.domain.delivery.build import planned, q
from tomsapp.domain.delivery.plan import LinePlan, PlanEntry, default_plan, line_plan, plan_in_force
from tomsapp.domain.delivery.quarters import quarters_of
from tomsapp.domain.delivery.replan import PlanStage, plan_through, replanned, replanned_entries
from tomsapp.domain.menu import Counts
from tomsapp.domain.units import Unit

D = Decimal
HOURS, PEOPLE = measure(), measure(unit=Unit.PEOPLE)
ONCE = measure(unit=Unit.COMPLETIONS, counts=Counts.ONCE)
QUARTERS = quarters_of(contract(years=2))
MIDDLE = date(2026, 10, 1)


def after(promised: str, effective_on: date = MIDDLE, what=HOURS, before: str = "40 40", quarters=QUARTERS) -> list:
    was = line_plan([D(each) for each in before.split()], what, QUARTERS)
    made = replanned(was, what, [D(each) for each in promised.split()], quarters, effective_on)
    assert list(made) == [each.quarter for each in quarters]
    return list(made.values())


@pytest.mark.parametrize(
    ("promised", "effective_on", "expected"),
    [
        ("40 40", MIDDLE, "10 10 10 10 10 10 10 10"),
        ("60 40", MIDDLE, "10 10 20 20 10 10 10 10"),
        ("30 40", MIDDLE, "10 10 5 5 10 10 10 10"),
        ("20 40", MIDDLE, "10 10 0 0 10 10 10 10"),
        ("15 40", MIDDLE, "10 5 0 0 10 10 10 10"),
        ("0 40", MIDDLE, "0 0 0 0 10 10 10 10"),
        ("60 40", date(2026, 9, 30), "10 16.66 16.67 16.67 10 10 10 10"),
        ("60 40", date(2027, 4, 1), "10 10 10 30 10 10 10 10"),
        ("40 80", MIDDLE, "10 10 10 10 20 20 20 20"),
    ],
)
def test_what_was_due_stays_due(promised, effective_on, expected):
    assert after(promised, effective_on) == [D(each) for each in expected.split()]


def test_a_longer_contract_is_planned_where_it_is_new():
    longer = quarters_of(contract(years=3))
    assert after("40 40 20", quarters=longer) == [D(10)] * 8 + [D(5)] * 4


def test_an_earlier_end_leaves_what_was_due():
    shorter = quarters_of(contract(end_on=date(2027, 9, 30)))
    assert after("40 25", date(2027, 7, 1), quarters=shorter) == [10, 10, 10, 10, 10, 15]


def test_what_counts_once_is_due_at_the_end_of_its_year():
    assert after("6 0", what=ONCE, before="4 0") == [0, 0, 0, 6, 0, 0, 0, 0]
    assert after("7 0", what=PEOPLE, before="4 0") == [1, 1, 2, 3, 0, 0, 0, 0]


def test_a_plan_by_hand_keeps_its_years_and_its_words():
    own = LinePlan({q("1.1"): D(40)} | dict.fromkeys([each.quarter for each in QUARTERS[1:]], D(0)))
    made = replanned(own, HOURS, [D(40), D(8)], QUARTERS, MIDDLE)
    assert [made[q("1.1")], made[q("1.2")], made[q("2.4")]] == [40, 0, 2]
    asked = PlanEntry("M1", q("1.1"), D(40), "Ask three schools", MIDDLE, "Lead", "A school", "Summer")
    entries = replanned_entries("M1", made, [asked, *planned("M2", q1_2="9")])
    assert entries[0] == asked
    assert entries[1] == PlanEntry("M1", q("1.2"), D(0))
    assert len(entries) == len(QUARTERS)


MENU = edition(HOURS, measure("M2", unit=Unit.TREES))
SIGNED = contract(years=2)


def stage(what, effective_on: date, *lines) -> PlanStage:
    return PlanStage(what, lines, effective_on)


def test_a_contract_as_signed_has_the_plan_in_force():
    lines = (commit("M1", "40", "40"), commit("M9", "1"))
    own = planned("M1", q1_4="40")
    through = plan_through([stage(SIGNED, SIGNED.start_on, *lines)], MENU, own)
    assert through == plan_in_force(SIGNED, MENU, lines, own)
    assert plan_through([], MENU) == {}


def test_a_variation_leaves_what_was_due_and_adds_lines_from_then_on():
    signed = stage(SIGNED, SIGNED.start_on, commit("M1", "40", "40"))
    longer = contract(years=3)
    varied = stage(longer, MIDDLE, commit("M1", "60", "40", "20"), commit("M2", "8", "0", "4"), commit("M9", "1"))
    hours, trees = plan_through([signed, varied], MENU).values()
    assert list(hours.quantities.values()) == [10, 10, 20, 20, 10, 10, 10, 10, 5, 5, 5, 5]
    assert list(trees.quantities.values()) == [0, 0, 4, 4, 0, 0, 0, 0, 1, 1, 1, 1]
    assert hours.by_default == {0, 1, 2}


def test_a_plan_that_was_accepted_holds_before_and_after_where_it_adds_up():
    signed = stage(SIGNED, SIGNED.start_on, commit("M1", "40", "40"))
    varied = stage(SIGNED, MIDDLE, commit("M1", "60", "40"))
    before = plan_through([signed, varied], MENU, planned("M1", q1_1="30", q1_4="10", q2_4="40"))["M1"]
    assert list(before.quantities.values()) == [30, 0, 15, 15, 0, 0, 0, 40]
    assert before.by_default == {0}
    after = plan_through([signed, varied], MENU, planned("M1", q1_2="20", q1_4="40"))["M1"]
    assert list(after.quantities.values()) == [0, 20, 0, 40, 10, 10, 10, 10]
    assert after.by_default == {1}


def test_each_variation_stands_on_the_one_before():
    signed = stage(SIGNED, SIGNED.start_on, commit("M1", "40", "40"))
    first = stage(SIGNED, date(2026, 7, 1), commit("M1", "70", "40"))
    second = stage(SIGNED, date(2027, 1, 1), commit("M1", "60", "40"))
    [line] = plan_through([signed, first, second], MENU).values()
    assert list(line.quantities.values())[:4] == [10, 20, 20, 10]


@given(
    st.sampled_from([HOURS, PEOPLE, ONCE, measure(unit=Unit.FTE_JOBS, counts=Counts.FIRST_12_MONTHS)]),
    st.lists(st.integers(0, 90), min_size=2, max_size=2),
    st.lists(st.integers(0, 90), min_size=3, max_size=3),
    st.dates(date(2026, 3, 1), date(2029, 5, 1)),
)
def test_it_adds_up_and_keeps_what_was_due_where_it_can(what, before, promised, effective_on):
    was = LinePlan(default_plan(what, [D(each) for each in before], QUARTERS))
    longer = quarters_of(contract(years=3))
    made = replanned(was, what, [D(each) for each in promised], longer, effective_on)
    for year, quantity in enumerate(promised):
        own = {quarter: part for quarter, part in made.items() if quarter.year == year}
        assert sum(own.values()) == quantity
        assert min(own.values()) >= 0
        ended = [each.quarter for each in longer if each.quarter.year == year and each.ends_on < effective_on]
        due = {quarter: was.quantities.get(quarter, D(0)) for quarter in ended}
        if sum(due.values()) <= quantity and len(ended) < 4:
            assert {quarter: own[quarter] for quarter in ended} == due
