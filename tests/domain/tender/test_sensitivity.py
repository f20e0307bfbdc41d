"""What would change the winner: the drawn evaluation in words, each kind of trial, and what cannot be tried."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from tests.domain.build import edition, measure
from tests.domain.tender.scoring_build import JOBS, MENU, Entered, entry, lot, marks, picture, pounds, rules, weights
from tomsapp.domain.limits import TenderLimits
from tomsapp.domain.proxy import UnitValue
from tomsapp.domain.tender.bands import read_bands
from tomsapp.domain.tender.choices import MinimumRule, QuantityMethod
from tomsapp.domain.tender.evaluating import ToEvaluate, evaluate
from tomsapp.domain.tender.sensitivity import Sensitivity, price_of_weight, sensitivity_of
from tomsapp.domain.tender.sensitivity_words import Told, changed_words, told_sensitivity
from tomsapp.domain.tender.trials import Trial, TrialKind, with_weight
from tomsapp.domain.units import Unit

D, F = Decimal, Fraction
REPORTED = MinimumRule.REPORTED


def _found(given: ToEvaluate) -> Sensitivity:
    return sensitivity_of(evaluate(given))


def _trials(found: Sensitivity, kind: TrialKind) -> list[Trial]:
    return [trial for trial in found.trials if trial.kind is kind]


def test_the_drawn_evaluation_in_words():
    found = _found(picture())
    told = told_sensitivity(found)
    assert told.changes == (
        Told(
            "The winner changes if the line J11 Measure J11 of Calder, £40,404.00, is left out.",
            "Calder is then not admitted (short by £14,506.06 of the 5% minimum) and Ashdown wins with 87.80.",
        ),
        Told(
            "The winner changes if the unit value of S01 Measure S01 goes down from £1.00 to £0.37; down to £0.38 it "
            "does not.",
            "Calder is then not admitted (short by £79.44 of the 5% minimum) and Ashdown wins with 87.80.",
        ),
        Told(
            "The winner changes if the unit value of J11 Measure J11 goes down from £5,050.50 to £1,813.25; down to "
            "£1,813.26 it does not.",
            "Calder is then not admitted (short by £0.06 of the 5% minimum) and no bid is left.",
        ),
        Told("And 3 more of 41 trials."),
    )
    assert told.stays == (
        Told(
            "Calder still wins if any other line is left out.",
            "22 trials, one line at a time. Admission is checked again in each.",
        ),
        Told(
            "Calder still wins if any weight moves by 5 points.",
            "6 trials. The other weights share the points in proportion.",
        ),
        Told("Calder still wins if 5 points move between quantity and statement.", "2 trials. No weight goes below 0."),
        Told("No measure in these bids has a low or a high value in its source."),
    )
    assert told.price == Told(
        "The weight of social value did not change who wins.",
        "Without it (price 50, quality 50) Calder would lead Ashdown by 1.02 points. Its price is £46,000.00 above the "
        "lowest.",
    )


def _two(*, value: str = "500", **others: object) -> tuple[Entered, Entered]:
    """A dear bid that is worth much, and a cheap one that is worth less."""
    dear = entry("Dear", "110", "40", pounds("S01", "1000"), *JOBS, key="dear")
    return dear, entry("Cheap", "100", "40", pounds("S02", value), *JOBS, key="cheap")


def test_the_price_of_the_weight():
    found = _found(lot(*_two(value="10"), minimum=REPORTED))
    price = found.price
    assert price is not None
    assert (price.winners, price.without, price.difference) == (("Dear",), ("Cheap",), D(10))
    assert price.weights == weights(50, 50, 0, 0)
    told = told_sensitivity(found)
    assert told.price == Told(
        "The winner costs £10.00 more than the bid that would win without social value.",
        "Without it (price 50, quality 50) Cheap would lead Dear by 4.55 points.",
    )


@pytest.mark.parametrize(
    ("prices", "qualities", "head", "beneath"),
    [
        (
            ("100", "110"),
            ("20", "30"),
            "The winner costs £10.00 less than the bid that would win without social value.",
            "Without it (price 50, quality 50) B would lead A by 7.95 points.",
        ),
        (
            ("100", "100"),
            ("38", "40"),
            "Without social value B would win, at the same price.",
            "Without it (price 50, quality 50) B would lead A by 2.50 points.",
        ),
        (
            ("100", "100"),
            ("40", "40"),
            "Without social value A and B would win, at the same price.",
            "Without it (price 50, quality 50) A and B would have exactly the same total.",
        ),
        (
            ("100", "100"),
            ("40", "30"),
            "The weight of social value did not change who wins.",
            "Without it (price 50, quality 50) A would lead B by 12.50 points. Its price is the lowest.",
        ),
    ],
)
def test_the_price_of_the_weight_in_words(prices, qualities, head, beneath):
    bids = (
        entry("A", prices[0], qualities[0], pounds("S01", "1000")),
        entry("B", prices[1], qualities[1], pounds("S01", "1"), marks=marks(0, 0, 0)),
    )
    assert told_sensitivity(_found(lot(*bids, minimum=REPORTED))).price == Told(head, beneath)


def test_the_price_of_the_weight_where_there_is_no_price_and_where_there_is_one_bid():
    bids = (entry("A", None, "38", pounds("S01", "1000")), entry("B", None, "40", marks=marks(0, 0, 0)))
    unpriced = lot(*bids, minimum=REPORTED, rules=rules(0, 80))
    told = told_sensitivity(_found(replace(unpriced, rules=replace(unpriced.rules, quality_of=F(40)))))
    assert told.price is not None
    assert told.price.head == ("Without social value B would win; what the weight costs cannot be said as one sum.")
    alone = lot(entry("A", None, "38", pounds("S01", "1000")), minimum=REPORTED, rules=rules(0, 80))
    told = told_sensitivity(_found(alone))
    assert told.price == Told(
        "The weight of social value did not change who wins.",
        "Without it (price 0, quality 100) A would be the only bid that is admitted.",
    )
    same = lot(entry("A", None, "38"), entry("B", None, "30"), minimum=REPORTED, rules=rules(0, 80))
    told = told_sensitivity(_found(same))
    assert told.price is not None
    assert told.price.beneath.endswith("A would lead B by 10.00 points.")


def test_the_weight_has_no_price_where_nothing_else_is_scored():
    for points in ((0, 0, 50, 50), (60, 40, 0, 0)):
        given = lot(*_two(), minimum=REPORTED, rules=rules(*points))
        assert price_of_weight(evaluate(given).evaluation) is None
        assert told_sensitivity(_found(given)).price is None


# Weights


def _weights_tried(*points: object) -> list[str]:
    given = lot(*_two(), minimum=REPORTED, rules=rules(*points, quality_of=F(40)))
    found = _found(given)
    return [trial.what for trial in (*_trials(found, TrialKind.WEIGHT), *_trials(found, TrialKind.SPLIT))]


def test_each_weight_moves_and_the_others_take_it_in_proportion():
    assert _weights_tried(40, 40, 10, 10) == [
        "price gives 35 points instead of 40, quality 43.33 and social value 21.67",
        "price gives 45 points instead of 40, quality 36.67 and social value 18.33",
        "quality gives 35 points instead of 40, price 43.33 and social value 21.67",
        "quality gives 45 points instead of 40, price 36.67 and social value 18.33",
        "social value gives 15 points instead of 20, price 42.5 and quality 42.5",
        "social value gives 25 points instead of 20, price 37.5 and quality 37.5",
        "quantity and statement give 5 and 15 points instead of 10 and 10",
        "quantity and statement give 15 and 5 points instead of 10 and 10",
    ]


def test_no_weight_goes_below_nothing_or_over_all():
    assert _weights_tried(97, 0, 1, 2) == [
        "price gives 92 points instead of 97 and social value 8",
        "price gives 100 points instead of 97 and social value 0",
        "social value gives 0 points instead of 3 and price 100",
        "social value gives 8 points instead of 3 and price 92",
        "quantity and statement give 0 and 3 points instead of 1 and 2",
        "quantity and statement give 3 and 0 points instead of 1 and 2",
    ]


@pytest.mark.parametrize("points", [(100, 0, 0, 0), (0, 100, 0, 0), (0, 0, 100, 0), (0, 0, 0, 100)])
def test_a_weight_of_all_points_has_nothing_to_share_with(points):
    assert _weights_tried(*points) == []


def test_moved_weights_add_up_to_the_same():
    told = weights(35, 45, 12, 8)
    for name in ("price", "quality", "social value"):
        for points in (0, 17, 100):
            moved = with_weight(told, name, F(points))
            assert moved.all == 100
            assert moved.quantity * 8 == moved.statement * 12


def test_a_weight_can_change_the_winner():
    dear = entry("Dear", "125", "40", pounds("S01", "1000"), marks=marks(5, 5, 5))
    cheap = entry("Cheap", "100", "40", pounds("S01", "100"), marks=marks(5, 5, 5))
    found = _found(lot(dear, cheap, minimum=REPORTED, rules=rules(48, 41, 11, 0)))
    assert found.winners == ("Dear",)
    changed = [trial for trial in found.trials if trial.is_changed]
    assert [trial.kind for trial in changed] == [TrialKind.LINE_OUT, TrialKind.WEIGHT, TrialKind.WEIGHT]
    told = told_sensitivity(found)
    assert Told(
        "The winner changes if price gives 53 points instead of 48, quality 37.06 and social value 9.94.",
        "Cheap then wins with 90.15 and leads Dear by 1.65 points.",
    ) in (told.changes)
    assert "Dear still wins if the other weights move." in [each.head for each in told.stays]


# Low and high values

RANGES = edition(
    measure("R1", "10.00", unit_values=(UnitValue(D("10.00"), D("10"), "2024", low=D("4.00"), high=D("30.00")),)),
    measure(
        "R2",
        "5.00",
        Unit.TONNES,
        unit_values=(
            UnitValue(D("5.00"), D("5"), "2024", 2026, low=D("2.50"), high=D("7.50")),
            UnitValue(D("6.00"), D("6"), "2024", 2027, low=D("3.00")),
        ),
    ),
    measure("R3", "2.00", unit_values=(UnitValue(D("2.00"), D("2"), "2024", low=D("2.00")),)),
    measure("R4", "1.00"),
)


def test_each_measure_is_tried_at_its_own_low_and_high_and_all_at_once():
    bids = (
        entry("A", "100", "40", pounds("R1", "100"), pounds("R2", "100"), pounds("R4", "300")),
        entry("B", "100", "39", pounds("R1", "150"), pounds("R3", "200"), pounds("R4", "1")),
    )
    found = _found(lot(*bids, menu=RANGES, minimum=REPORTED))
    assert [(trial.what, trial.size, trial.winners, trial.measure) for trial in _trials(found, TrialKind.RANGE)] == [
        ("R1 Measure R1 counts its low value, £4.00 instead of £10.00", F(3, 5), ("A",), "R1"),
        ("R2 Measure R2 counts its low values", F(1, 2), ("B",), "R2"),
        ("all 2 measures that have a low value count it", F(3, 5), ("A",), ""),
        ("R1 Measure R1 counts its high value, £30.00 instead of £10.00", F(2), ("B",), "R1"),
        ("R2 Measure R2 counts its high values", F(1, 2), ("A",), "R2"),
        ("all 2 measures that have a high value count it", F(2), ("B",), ""),
    ]
    told = told_sensitivity(found)
    assert (
        Told(
            "A still wins at any other low or high value.",
            "3 trials: each measure that has them by itself, and all at once. No other measure has any.",
        )
        in told.stays
    )
    ranges = [each for each in found.switching if each.measure == "R2" and each.is_changed]
    assert [(each.now, each.is_up) for each in ranges] == [("100% of its values by year", False)]


# What changes the winner, told


def test_the_smallest_changes_are_told_first_and_the_rest_counted():
    found = _found(lot(*_two(), minimum=REPORTED))
    assert [each.size for each in found.changes] == sorted(each.size for each in found.changes)


def test_a_tie_is_another_outcome():
    bids = (
        entry("A", "100", "40", pounds("S01", "100"), pounds("S02", "10")),
        entry("B", "100", "40", pounds("S01", "100")),
    )
    found = _found(lot(*bids, minimum=REPORTED))
    (out,) = [trial for trial in _trials(found, TrialKind.LINE_OUT) if trial.is_changed]
    assert (out.what, out.winners) == ("the line S02 Measure S02 of A, £156.00, is left out", ("A", "B"))
    assert out.then == "A and B then have exactly the same total, 100.00."
    nothing = [each for each in found.switching if each.is_changed]
    assert [(each.measure, each.first_other, each.last_same) for each in nothing] == [("S02", "£0.00", "£0.01")]


def test_bids_that_tie_stay_tied_or_part():
    bids = (
        entry("A", "100", "40", pounds("S01", "100"), pounds("S02", "10")),
        entry("B", "100", "40", pounds("S01", "100"), pounds("S02", "10")),
    )
    found = _found(lot(*bids, minimum=REPORTED))
    assert found.winners == ("A", "B")
    assert not any(each.is_changed for each in found.switching)
    told = told_sensitivity(found)
    assert "A and B still tie at any unit value of each measure by itself, from nothing to 100 times its own." in [
        each.head for each in told.stays
    ]
    assert not any("line is left out" in each.head for each in told.stays)
    (first, *_) = _trials(found, TrialKind.LINE_OUT)
    assert first.then == "B then wins with 100.00 and leads A by 3.91 points."


def test_nobody_may_be_left():
    bids = (entry("A", "100", "40", pounds("S01", "60000"), *JOBS), entry("B", "100", "40", offer=None))
    found = _found(lot(*bids))
    (first, *_) = _trials(found, TrialKind.LINE_OUT)
    assert first.winners == ()
    assert first.then == "A is then not admitted (short by £60,000.00 of the 5% minimum) and no bid is left."
    told = told_sensitivity(found)
    assert told.stays[-1] == Told("B stays out of every trial.")
    assert "A would be the only bid that is admitted. Its price" not in str(told.price)


def test_a_line_left_out_may_break_the_limits_of_the_tender_or_keep_to_them():
    bids = (
        entry("A", "100", "40", pounds("S01", "60000"), *JOBS),
        entry("B", "100", "40", pounds("S01", "90000"), pounds("S02", "100"), *JOBS),
        entry("C", "100", "30", pounds("S01", "60000"), *JOBS),
    )
    found = _found(lot(*bids, limits=TenderLimits(3, (1,))))
    assert found.winners == ("A",)
    assert [(trial.what, trial.then) for trial in found.trials if trial.bid == "B" and trial.is_changed] == [
        (
            "the line S02 Measure S02 of B, £1,560.00, is left out",
            "B then wins with 100.00 and leads A by 3.33 points.",
        ),
        ("the line K01 Measure K01 of B, £0.00, is left out", "B then wins with 100.00 and leads A by 3.45 points."),
        ("the line K02 Measure K02 of B, £0.00, is left out", "B then wins with 100.00 and leads A by 3.45 points."),
    ]


def test_two_may_tie_when_the_winner_is_not_admitted():
    jobs = JOBS
    bids = (
        entry("A", "100", "40", pounds("S01", "60000"), pounds("S02", "1"), *jobs),
        entry("B", "100", "40", pounds("S04", "250"), *jobs),
        entry("C", "100", "40", pounds("S04", "250"), *jobs, key="C"),
    )
    found = _found(lot(*bids))
    (first, *_) = _trials(found, TrialKind.LINE_OUT)
    assert first.then == (
        "A is then not admitted (short by £59,984.40 of the 5% minimum) "
        "and B and C have exactly the same total, 100.00."
    )


def test_nothing_changes_the_winner():
    bids = (
        entry("A", "100", "40", pounds("S01", "100"), marks=marks(5, 5, 5)),
        entry("B", "200", "0", marks=marks(0, 0, 0)),
    )
    found = _found(lot(*bids, minimum=REPORTED))
    told = told_sensitivity(found)
    assert told.changes == ()
    assert told.stays[0] == Told("No trial changes the winner.", "11 trials in all.")
    assert [each.head for each in told.stays[1:]] == [
        "A still wins if any line is left out.",
        "A still wins if any weight moves by 5 points.",
        "A still wins if 5 points move between quantity and statement.",
        "No measure in these bids has a low or a high value in its source.",
        "A still wins at any unit value of each measure by itself, from nothing to 100 times its own.",
    ]


def test_the_other_way_between_quantity_and_statement():
    bids = (
        entry("A", "100", "40", pounds("S01", "100"), marks=marks(4, 4, 4)),
        entry("B", "100", "40", pounds("S01", "83"), marks=marks(5, 5, 5)),
    )
    found = _found(lot(*bids, minimum=REPORTED, rules=rules(40, 40, 12, 8)))
    assert [trial.is_changed for trial in _trials(found, TrialKind.SPLIT)] == [True, False]
    assert Told(
        "A still wins if 5 points move the other way between quantity and statement.",
        "1 trial. No weight goes below 0.",
    ) in (told_sensitivity(found).stays)


def test_many_measures_that_change_nothing_are_counted_and_few_are_named():
    for count, told in ((8, "8 measures: M0 Measure M0, "), (9, "9 measures.")):
        codes = [f"M{number}" for number in range(count)]
        menu = edition(*(measure(code, "1.00") for code in codes))
        bids = (entry("eBay", "100", "40", *(pounds(code, "1") for code in codes)), entry("B", "300", "0"))
        said = told_sensitivity(_found(lot(*bids, menu=menu, minimum=REPORTED)))
        assert said.stays[-1].beneath.startswith(told)
        assert said.stays[-1].head.startswith("eBay still wins at any unit value")


# What cannot be tried


def test_nothing_is_tried_before_bids_are_ranked():
    found = _found(lot(entry("A", "100", None, pounds("S01", "5")), minimum=REPORTED))
    assert (found.trials, found.switching, found.count) == ((), (), 0)
    assert told_sensitivity(found).stays == (Told("What would change the winner cannot be said yet.", found.because),)
    assert found.because.startswith("Nobody can be ranked yet")


def test_a_bid_that_could_not_be_ranked_stays_out():
    bids = (
        entry("A", "100", "40", pounds("S01", "60000"), *JOBS),
        entry("B", None, "40", pounds("S01", "100"), *JOBS),
        entry("C", None, "40", pounds("S01", "100"), *JOBS),
    )
    found = _found(lot(*bids))
    assert found.out == ("B", "C")
    assert told_sensitivity(found).stays[-1].head == "B and C stay out of every trial."


class _StopError(Exception):
    pass


def test_progress_is_told_and_can_stop_it():
    evaluated = evaluate(picture())
    told: list[tuple[int, int]] = []
    sensitivity_of(evaluated, lambda done, all_: told.append((done, all_)))
    assert told[0] == (0, 28)
    assert told[-1] == (28, 28)
    assert told == sorted(told)

    def stop(done: int, _all: int) -> None:
        if done > 5:
            raise _StopError

    with pytest.raises(_StopError):
        sensitivity_of(evaluated, stop)


def test_a_bid_in_bands_switches_at_the_bound():
    given = lot(
        entry("A", "100", "40", pounds("S02", "2000"), marks=marks(4, 4, 4), share_base=D("600000.00")),
        entry("B", "100", "39", pounds("S04", "130"), share_base=D("600000.00")),
        minimum=REPORTED,
        rules=rules(method=QuantityMethod.BANDS, bands=read_bands("0% 0; 5% 2; 10% 5")),
    )
    found = _found(given)
    assert found.winners == ("B",)
    switching = {(each.measure, each.is_up): each for each in found.switching}
    up = switching["S02", True]
    assert (up.now, up.last_same, up.first_other, up.winners) == ("£15.60", "£29.99", "£30.00", ("A",))
    down = switching["S04", False]
    assert (down.last_same, down.first_other) == ("£230.77", "£230.76")


def test_the_menu_of_the_tests_has_what_they_say():
    assert {"J01", "J11", "K01"} < set(MENU.places)


def test_every_trial_says_what_it_changes():
    found = _found(picture())
    told = [changed_words(each) for each in (*found.trials, *found.switching)]
    assert told[0] == "the line J11 Measure J11 of Calder, £40,404.00, is left out"
    assert (
        "the unit value of J11 Measure J11 goes down from £5,050.50 to £1,813.25; down to £1,813.26 it does not" in told
    )
    assert "the unit value of J11 Measure J11 goes up from £5,050.50 to £505,050.00" in told
