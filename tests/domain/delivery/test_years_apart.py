"""Units of several years: added up where that means something, else each year is told apart."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from tests.domain.build import commit, contract, edition, measure
from tests.domain.delivery.build import accepted, act, returned
from tomsapp.domain.delivery.acts import DeliveryActKind
from tomsapp.domain.delivery.delivered import value_delivered
from tomsapp.domain.delivery.figures import Agreed, DeliveredLine
from tomsapp.domain.delivery.plan import plan_in_force
from tomsapp.domain.delivery.years_apart import (
    YearUnits,
    of_year,
    rating_sum,
    rating_sum_words,
    returned_by_year,
    units_in_words,
    years_apart,
)
from tomsapp.domain.units import Unit

D = Decimal
WHAT = contract(years=3)
LABELS = tuple(year.label for year in WHAT.years)


def line_of(unit: Unit, promised: str, *rows, until=date(2028, 3, 31)) -> DeliveredLine:
    menu = edition(measure("M1", None, unit))
    lines = [commit("M1", *promised.split())]
    return value_delivered(WHAT, menu, lines, plan_in_force(WHAT, menu, lines, ()), rows, [], until).lines[0]


def test_per_cents_of_two_years_stand_apart_and_hours_together():
    rows = accepted("M1", "1.4", "30"), accepted("M1", "2.4", "20")
    shares, hours = line_of(Unit.PERCENT, "30 30 30", *rows), line_of(Unit.HOURS, "30 30 30", *rows)
    assert [years_apart(each) for each in (shares, hours)] == [
        (
            YearUnits(D(30), D(30), D(30), D(30), D(30), D(0)),
            YearUnits(D(30), D(30), D(20), D(20), D(20), D(0)),
            YearUnits(D(30), D(0), D(0), D(0), D(0), D(0)),
        )
    ] * 2
    assert rating_sum(shares) == "(30% + 20%) ÷ (30% + 30%) = 83.3%"
    assert rating_sum_words(shares) == "accepted ÷ due: (30% + 20%) ÷ (30% + 30%) = 83.3%"
    assert (rating_sum(hours), rating_sum_words(hours)) == ("50 ÷ 60 = 83.3%", "accepted 50 ÷ due 60 = 83.3%")
    # The sum that is told is the one that was divided.
    assert (shares.rated.accepted, shares.rated.due) == (50, 60)


def test_a_year_alone_needs_no_brackets_and_nothing_due_no_sum():
    line = line_of(Unit.PERCENT, "30 30 30", accepted("M1", "1.4", "20"), until=date(2027, 3, 31))
    assert rating_sum(line) == "20% ÷ 30% = 66.6%"
    line = line_of(Unit.PERCENT, "30 30 30", until=date(2026, 12, 31))
    assert (rating_sum(line), rating_sum_words(line)) == ("nothing due yet",) * 2


def test_what_was_refused_counts_in_its_own_year_and_what_comes_later_does_not():
    rows = (
        returned("M1", "1.1", "20", rejected="20"),
        returned("M1", "1.2", "10", rejected="10"),
        returned("M1", "3.1", "5"),
    )
    assert returned_by_year(line_of(Unit.PERCENT, "30 30 30", *rows), "rejected") == (D(20), D(0), D(0))
    assert returned_by_year(line_of(Unit.HOURS, "30 30 30", *rows), "rejected") == (D(30), D(0), D(0))


@pytest.mark.parametrize(
    ("unit", "quantities", "words"),
    [
        (Unit.HOURS, "30 15 0", "45 hours"),
        (Unit.PERCENT, "30 20 0", "30% in 2026/27 and 20% in 2027/28"),
        (Unit.PERCENT, "30 30 20", "30% in each year from 2026/27 to 2027/28 and 20% in 2028/29"),
        (Unit.PERCENT, "30 0 30", "30% in 2026/27 and 30% in 2028/29"),
        (Unit.PERCENT, "0 30 0", "30% in 2027/28"),
        (Unit.PERCENT, "0 0 0", "none"),
        (Unit.YES_NO, "1 1 1", "yes in each year from 2026/27 to 2028/29"),
        (Unit.YES_NO, "0 1 0", "yes in 2027/28"),
    ],
)
def test_units_in_words(unit, quantities, words):
    found = units_in_words(measure("M1", None, unit), enumerate(map(D, quantities.split())), LABELS)
    assert found == words


def test_the_quarters_of_a_year_are_added_up_or_the_most_of_them_counts():
    assert of_year(measure("M1", None, Unit.HOURS), [D(2), D(3)]) == D(5)
    assert of_year(measure("M1", None, Unit.PERCENT), [D(2), D(3)]) == D(3)
    assert of_year(measure("M1", None, Unit.PERCENT), []) == D(0)


def test_what_is_settled_is_of_the_earliest_years():
    line = line_of(Unit.PERCENT, "30 30 30", accepted("M1", "1.4", "20"))
    short = line.shortfall
    assert short.by_year == short.open_by_year == ((0, D(10)), (1, D(30)))
    carried = Agreed(act(DeliveryActKind.CARRY), quantity=D(15))
    left = replace(short, agreed=(carried,))
    assert left.open_by_year == ((0, D(0)), (1, D(25)))
    assert units_in_words(line.measure, left.open_by_year, LABELS) == "25% in 2027/28"
