"""When a unit is earned: from each person's first day, else from the end of the quarter, and by the menu's months."""

from datetime import date
from decimal import Decimal

import pytest

from tests.domain.build import contract, measure
from tomsapp.domain.delivery.earning import earned_days, months_to_earn, most_earned
from tomsapp.domain.delivery.quarters import quarters_of
from tomsapp.domain.menu import Counts, Earned
from tomsapp.domain.units import Unit

D = Decimal
CONTRACT = contract(years=3)
Q2 = quarters_of(CONTRACT)[1]
LAST = quarters_of(CONTRACT)[-1]
JOB = measure(unit=Unit.FTE_JOBS, counts=Counts.FIRST_12_MONTHS, earned=Earned.AT_COMPLETION, evidence_months=12)


@pytest.mark.parametrize(
    ("facts", "months"),
    [
        ({"earned": Earned.AT_COMPLETION, "evidence_months": 12}, 12),
        ({"earned": Earned.AT_COMPLETION}, 0),
        ({"earned": Earned.AT_START, "evidence_months": 3, "counts": Counts.FIRST_12_MONTHS}, 0),
        ({"earned": Earned.OVER_TIME, "evidence_months": 3}, 0),
        ({"counts": Counts.FIRST_12_MONTHS}, 12),
        ({"counts": Counts.FIRST_12_MONTHS, "evidence_months": 6}, 6),
        ({"counts": Counts.ONCE, "evidence_months": 6}, 0),
    ],
)
def test_how_long_a_unit_is_waited_for(facts, months):
    assert months_to_earn(measure(**facts)) == months


@pytest.mark.parametrize(
    ("quantity", "began", "days"),
    [
        ("1", [], ["2027-09-30"]),
        ("1", ["2026-07-20"], ["2027-07-20"]),
        ("2", ["2026-08-31"], ["2027-08-31", "2027-09-30"]),
        ("1", ["2026-07-20", "2026-08-01"], ["2027-07-20", "2027-08-01"]),
    ],
)
def test_months_run_from_the_first_day_or_the_end_of_the_quarter(quantity, began, days):
    found = earned_days(JOB, D(quantity), Q2, [date.fromisoformat(day) for day in began], CONTRACT.end_on)
    assert [day.isoformat() for day in found] == days


def test_a_leap_day_is_a_year_old_on_the_first_of_march():
    assert earned_days(JOB, D(1), Q2, [date(2028, 2, 29)], date(2030, 3, 31)) == (date(2029, 3, 1),)


def test_what_the_menu_shows_instead_holds_from_the_last_day_of_the_contract():
    shown = measure(
        unit=Unit.FTE_JOBS, earned=Earned.AT_COMPLETION, evidence_months=12, evidence_if_later="The last payroll record"
    )
    assert earned_days(shown, D(1), LAST, [], CONTRACT.end_on) == (CONTRACT.end_on,)
    assert earned_days(JOB, D(1), LAST, [], CONTRACT.end_on) == (date(2030, 3, 31),)
    assert earned_days(shown, D(1), Q2, [], CONTRACT.end_on) == (date(2027, 9, 30),)


@pytest.mark.parametrize(
    ("quantity", "began", "day", "most"),
    [
        ("2", [], "2027-09-29", "0"),
        ("2", [], "2027-09-30", "2"),
        ("2", ["2026-07-20", "2026-08-01"], "2027-07-20", "1"),
        ("2", ["2026-07-20"], "2027-07-20", "1"),
        ("2", ["2026-07-20"], "2027-09-30", "2"),
        ("1.5", ["2026-07-20", "2026-07-20", "2026-07-20"], "2027-07-20", "1.5"),
    ],
)
def test_how_many_are_earned_on_a_day(quantity, began, day, most):
    days = [date.fromisoformat(each) for each in began]
    earned = most_earned(JOB, D(quantity), Q2, days, CONTRACT.end_on, date.fromisoformat(day))
    assert earned == D(most)


def test_what_is_earned_at_once_is_all_earned():
    hours = measure()
    assert most_earned(hours, D(30), Q2, [], CONTRACT.end_on, date(2026, 7, 1)) == 30
    assert earned_days(hours, D(30), Q2, [], CONTRACT.end_on) == ()
