"""Totals by any key, and counts in plain words."""

import pytest

from tests.domain.build import D, commit, contract, edition, measure, valued
from tomsapp.domain.menu import Counts, Measure
from tomsapp.domain.rollup import Totals, count_in_words, plain_counts, themes_without_lines, totals_by, totals_of
from tomsapp.domain.units import Unit

WEEKS = measure("W", "500", Unit.WEEKS, plain_one="week of work", plain_many="weeks of work")
CASH = measure("V", "10", Unit.POUNDS, real_pounds=True, plain_many="of cash given")
LOCAL = measure("R", None, Unit.PERCENT, plain_many="of spend with local firms")
WAGE = measure("L", None, Unit.YES_NO, plain_one="Pays the London Living Wage")
MENU = edition(WEEKS, CASH, LOCAL, WAGE)


def test_totals_by_place_keep_the_two_kinds_of_pounds_apart() -> None:
    lines = valued(
        contract(), MENU, commit("W", "1"), commit("V", "2", place="a"), commit("W", "3", place="a", key="2")
    ).lines
    assert totals_by(lines, lambda line: line.commitment.place) == {
        "": Totals(D("500.00"), D("0.00"), 1),
        "a": Totals(D("1520.00"), D("2.00"), 2),
    }
    assert totals_of(lines) == Totals(D("2020.00"), D("2.00"), 3)
    assert totals_of([]) == Totals(D("0.00"), D("0.00"), 0)


@pytest.mark.parametrize(
    ("what", "quantity", "text"),
    [
        (WEEKS, "1", "1 week of work"),
        (WEEKS, "1200.5", "1,200.5 weeks of work"),
        (CASH, "5000", "£5,000.00 of cash given"),
        (measure(unit=Unit.POUNDS), "5", "£5.00"),
        (measure(unit=Unit.POUNDS, many="pounds of stock"), "5", "£5.00 of stock"),
        (measure(unit=Unit.POUNDS, plain_many="pounds given in cash"), "5", "£5.00 given in cash"),
        (measure(unit=Unit.POUNDS, plain_many="pounds’ worth of goods"), "5", "£5.00 worth of goods"),
        (LOCAL, "30", "30% of spend with local firms"),
        (WAGE, "3", "Pays the London Living Wage"),
        (measure(unit=Unit.TONNES), "2", "2 tonnes"),
    ],
)
def test_counts_in_words(what: Measure, quantity: str, text: str) -> None:
    assert count_in_words(what, D(quantity)) == text


def test_plain_counts_of_a_contract() -> None:
    lines = (
        commit("R", "30", "40"),
        commit("W", "4", "4", contract_share="0.25", key="2"),
        commit("W", "1", "1"),
        commit("W", "1", "0", key="3"),
        commit("L", "1", "1"),
        commit("V", "0", "0"),
    )
    counts = plain_counts(valued(contract(years=2), MENU, *lines))
    assert [(count.measure, count.text) for count in counts] == [
        ("W", "3 weeks of work"),
        ("W", "8 weeks of work (25% counted here)"),
        ("R", "30% to 40% of spend with local firms"),
        ("L", "Pays the London Living Wage"),
    ]


def test_percentages_of_several_years_are_not_added() -> None:
    (count,) = plain_counts(valued(contract(years=3), MENU, commit("R", "30", None, "30")))
    assert count.text == "30% of spend with local firms"


def test_themes_without_lines() -> None:
    assert [theme.number for theme in themes_without_lines(valued(contract(), MENU))] == [1, 2]
    assert [theme.number for theme in themes_without_lines(valued(contract(), MENU, commit("W", "1")))] == [2]


@pytest.mark.parametrize(
    ("unit", "named", "text"),
    [
        (Unit.POUNDS, "pounds given in cash", "£5,000.00 given in cash"),
        (Unit.POUNDS, "pounds’ worth of goods", "£5,000.00 worth of goods"),
        (Unit.POUNDS, "of cash given", "£5,000.00 of cash given"),
        (Unit.PERCENT, "per cent of staff", "5,000% of staff"),
    ],
)
def test_a_unit_that_the_sign_says_is_not_said_again(unit, named, text):
    counted = Measure("X01", "Title", unit, Counts.EACH_YEAR, plain_one=named, plain_many=named)
    assert count_in_words(counted, D("5000")) == text
