"""The walk to the nearest unit value at which others win: straight lines, steps of unit values, and where it ends."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.domain.build import commit, edition, measure
from tests.domain.tender.random_lots import random_lot
from tests.domain.tender.scoring_build import JOBS, entry, lot, pounds, rules
from tomsapp.domain.proxy import UnitValue
from tomsapp.domain.tender import switching
from tomsapp.domain.tender.choices import MinimumRule, QuantityMethod
from tomsapp.domain.tender.evaluating import evaluate
from tomsapp.domain.tender.sensitivity import sensitivity_of
from tomsapp.domain.tender.sensitivity_words import told_sensitivity
from tomsapp.domain.tender.straight import Straight
from tomsapp.domain.tender.switching import Search, switching_of
from tomsapp.domain.tender.trial_field import TrialField
from tomsapp.domain.tender.unit_path import UnitPath

D = Decimal


@given(st.integers(-60, 60), st.integers(-9, 9), st.integers(0, 20))
def test_a_straight_line_says_how_far_it_is_certain_or_open(value, slope, slack):
    line = Straight(value, slope, slack)
    values = [value + slope * steps for steps in range(200)]
    if not slope and not slack and not value:
        assert not line.is_open
        assert line.steps_certain is None
    elif line.is_open:
        inside = [abs(each) <= slack for each in values]
        assert line.steps_open == (inside.index(False) - 1 if False in inside else None)
    else:
        outside = [abs(each) > slack and (each > 0) == (value > 0) for each in values]
        assert line.steps_certain == (outside.index(False) - 1 if False in outside else None)


def _path(*values: str, years: tuple[int | None, ...] = (None,)) -> UnitPath:
    told = tuple(UnitValue(D(value), D(value), "2024", year) for value, year in zip(values, years, strict=True))
    return UnitPath(measure("M1", values[0], unit_values=told))


@pytest.mark.parametrize(
    ("value", "now", "last", "next_one"),
    [
        ("15.60", 1560, 156_000, "£15.61"),
        ("0.5", 5000, 500_000, "£0.5001"),
        ("1.0001", 10_001, 1_000_100, "£1.0002"),
        ("0", 0, 1_000_000, "£0.0001"),
        ("-2.00", -20_000, -20_000, "−£1.9999"),
    ],
)
def test_a_unit_value_moves_by_its_last_decimal(value, now, last, next_one):
    path = _path(value)
    assert (path.now, path.last, path.words(path.now + 1)) == (now, last, next_one)


def test_values_by_year_move_together():
    path = _path("250.00", "0.5", years=(2026, 2027))
    assert (path.now, path.last) == (10_000, 1_000_000)
    assert path.unit_values(10_000) == {2026: 2_500_000, 2027: 5_000}
    assert path.unit_values(3_333) == {2026: 833_300, 2027: 1_667}
    assert path.words(14_850) == "148.5% of its values by year"


def test_a_value_below_nothing_is_not_moved():
    menu = edition(measure("M1", "-2.00"), measure("M2", "3.00"))
    bids = (entry("A", "100", "40", commit("M1", "1", "1"), commit("M2", "9", "9")), entry("B", "100", "30"))
    field = TrialField(evaluate(lot(*bids, menu=menu, minimum=MinimumRule.REPORTED)))
    told = list(switching_of(field, "M1"))
    assert [(each.now, each.last_same, each.is_changed, each.is_whole) for each in told] == [
        ("−£2.00", "−£2.00", False, True),
        ("−£2.00", "−£2.00", False, True),
    ]


def test_a_value_of_nothing_is_moved_up():
    menu = edition(measure("M1", "0"), measure("M2", "3.00"))
    bids = (
        entry("A", "100", "40", commit("M2", "10", "0")),
        entry("B", "100", "39", commit("M1", "10", "0"), commit("M2", "9", "0")),
    )
    field = TrialField(evaluate(lot(*bids, menu=menu, minimum=MinimumRule.REPORTED)))
    down, up = switching_of(field, "M1")
    assert (down.is_changed, down.last_same) == (False, "£0.00")
    # B wins where £30 ÷ (£27 + 10 u) is under 0.9, over £33.33: at £0.6334 it is worth £33.334, rounded £33.33.
    assert (up.last_same, up.first_other, up.winners) == ("£0.6334", "£0.6335", ("B",))


def test_a_bid_that_comes_to_be_worth_the_most_can_decide_between_two_others():
    """Kay is £50 ahead of Wye, who has 4 points more for quality: 10 × £50 ÷ highest is 4 at a highest of £125."""
    menu = edition(measure("M1", "1.00"), measure("S01", "1.00"))
    bids = (
        entry("Kay", "100", "36", commit("S01", "100", "0")),
        entry("Wye", "100", "40", commit("S01", "50", "0")),
        entry("Aitch", "100", "0", commit("M1", "10", "0")),
    )
    field = TrialField(evaluate(lot(*bids, menu=menu, minimum=MinimumRule.REPORTED)))
    _, up = switching_of(field, "M1")
    assert (up.now, up.last_same, up.first_other, up.winners) == ("£1.00", "£12.49", "£12.50", ("Kay", "Wye"))
    assert up.then == "Kay and Wye then have exactly the same total, 94.00."


def test_a_target_that_one_bid_has_reached():
    """A has all 10 points for quantity; B has 1 more for quality, and passes A with over 9 points: £45 of £50."""
    menu = edition(measure("M1", "1.00"), measure("S01", "1.00"))
    bids = (
        entry("A", "100", "39", commit("S01", "60", "0")),
        entry("B", "100", "40", commit("M1", "10", "0")),
    )
    targeted = rules(method=QuantityMethod.TARGET, target=D(50))
    field = TrialField(evaluate(lot(*bids, menu=menu, minimum=MinimumRule.REPORTED, rules=targeted)))
    _, up = switching_of(field, "M1")
    assert (up.last_same, up.first_other, up.winners) == ("£4.49", "£4.50", ("A", "B"))
    none = rules(method=QuantityMethod.TARGET)
    field = TrialField(evaluate(lot(*bids, menu=menu, minimum=MinimumRule.REPORTED, rules=none)))
    assert field.names(field.winners) == ("B",)
    assert not any(each.is_changed for each in switching_of(field, "M1"))


def test_a_minimum_that_nobody_has_reached():
    bids = (entry("A", "100", "40", pounds("S01", "30000"), *JOBS),)
    field = TrialField(evaluate(lot(*bids)))
    assert field.winners == ()
    _, up = switching_of(field, "S01")
    assert (up.last_same, up.first_other, up.winners) == ("£1.99", "£2.00", ("A",))
    assert up.then == "A then wins with 100.00."


def _near() -> TrialField:
    """Two bids of which only the rounding of half a penny differs: 1.5 units in each of two years, and 3 in one."""
    menu = edition(measure("M1", "1.00"))
    bids = (entry("A", "100", "40", commit("M1", "1.5", "1.5")), entry("B", "100", "40", commit("M1", "3", "0")))
    return TrialField(evaluate(lot(*bids, menu=menu, minimum=MinimumRule.REPORTED)))


def test_the_rounding_of_half_a_penny_can_decide():
    field = _near()
    assert field.names(field.winners) == ("A", "B")
    down, up = switching_of(field, "M1")
    assert (up.last_same, up.first_other, up.winners, up.is_whole) == ("£1.00", "£1.01", ("A",), True)
    assert (down.last_same, down.first_other, down.winners) == ("£1.00", "£0.99", ("A",))


def test_it_is_said_where_not_each_value_was_tried(monkeypatch):
    monkeypatch.setattr(switching, "MOST_TRIED", 0)
    menu = edition(measure("M1", "1.00"), measure("M2", "1.00"))
    bids = (
        entry("A", "100", "40", commit("M1", "1.5", "1.5"), commit("M2", "1", "0")),
        entry("B", "100", "40", commit("M1", "3", "0"), commit("M2", "1", "0")),
    )
    found = sensitivity_of(evaluate(lot(*bids, menu=menu, minimum=MinimumRule.REPORTED)))
    assert [(each.measure, each.is_changed, each.is_whole, each.last_same) for each in found.switching[:2]] == [
        ("M1", False, False, "£1.00"),
        ("M1", False, False, "£1.00"),
    ]
    heads = [each.head for each in told_sensitivity(found).stays]
    assert "A and B still tie with M1 Measure M1 from £1.00 to £1.00; beyond it not each value was tried." in heads
    assert "A and B still tie at any unit value of each measure by itself, from nothing to 100 times its own." in heads


@settings(max_examples=40)
@given(st.integers(0, 10**12), st.booleans(), st.integers(0, 2))
def test_what_is_said_is_true_however_few_values_are_tried(seed, is_up, most):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(switching, "MOST_TRIED", most)
        made = random_lot(seed)
        field = TrialField(evaluate(replace(made.given, minimum=MinimumRule.REPORTED)))
        for code in field.measures:
            path = UnitPath(field.measure(code))
            path.last = path.now * 2
            found = Search(field, path, is_up=is_up).run()
            tried = [found.last, (found.last + path.now) // 2, *([] if found.first is None else [found.first])]
            won = []
            for step in tried:
                pence = field.with_unit_values({code: path.unit_values(step)})
                won.append(field.winners_of(pence, field.reasons(pence)) == field.winners)
            assert won == [True, True, False][: len(tried)]
