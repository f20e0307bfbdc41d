"""Bids scored and ranked: worked cases redone by hand, what cannot be scored, and what holds for all bids."""

from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.tender.scoring_build import bid, marks, picture, rules, weights
from tomsapp.domain.money import round_half_away
from tomsapp.domain.tender.bands import read_bands
from tomsapp.domain.tender.choices import QuantityMethod
from tomsapp.domain.tender.evaluating import evaluate
from tomsapp.domain.tender.scoring import Evaluation, score_bids
from tomsapp.domain.tender.scoring_rules import BidToScore, Part, ScoringRules, show_points

D, F = Decimal, Fraction
BANDS = read_bands("0% 0; 5% 2; 10% 5")


@dataclass(frozen=True)
class Case:
    """Bids under rules, and what part of their points is, exact and shown, in the order of the bids."""

    name: str
    rules: ScoringRules
    bids: tuple[BidToScore, ...]
    part: Part
    exact: tuple[Fraction, ...]
    shown: tuple[str, ...]
    equation: str
    """The working of the last bid."""


def _banded(*values: str) -> tuple[BidToScore, ...]:
    return tuple(bid(value, value=value, share_base=D("1000000.00")) for value in values)


CASES = (
    Case(
        "two bids of £2,500,000 and £1,000,000 for 15 points",
        rules(40, 45, 15, 0),
        (bid("A", value="2500000.00"), bid("B", value="1000000.00")),
        Part.QUANTITY,
        (F(15), F(6)),
        ("15.00", "6.00"),
        "£1,000,000.00 ÷ £2,500,000.00 × 15 = 6",
    ),
    Case(
        "prices of £100, £105 and £108 for 40 points",
        rules(),
        (bid("A", "100"), bid("B", "105"), bid("C", "108")),
        Part.PRICE,
        (F(40), F(4000, 105), F(4000, 108)),
        ("40.00", "38.10", "37.04"),
        "£100.00 ÷ £108.00 × 40 = 37.037037…, shown as 37.04",
    ),
    Case(
        "Rotherham: 20% for social value and half of it for quantity",
        rules(50, 30, 10, 10),
        (bid("A", value="800.00", marks=marks(5, 5, 5)), bid("B", value="200.00", marks=marks(3, 2, 4))),
        Part.QUANTITY,
        (F(10), F(5, 2)),
        ("10.00", "2.50"),
        "£200.00 ÷ £800.00 × 10 = 2.5",
    ),
    Case(
        "Rotherham: the other half for statements",
        rules(50, 30, 10, 10),
        (bid("A", marks=marks(5, 5, 5)), bid("B", marks=marks(3, 2, 4))),
        Part.STATEMENT,
        (F(10), F(29, 5)),
        ("10.00", "5.80"),
        "290 ÷ 500 × 10 = 5.8",
    ),
    Case(
        "social value within quality: 20% of quality 60 are 12 of 100, and 48 are left",
        rules(40, 48, 12, 0, quality_of=F(60)),
        (bid("A", quality="60", value="9.00"), bid("B", quality="45", value="3.00")),
        Part.QUALITY,
        (F(48), F(36)),
        ("48.00", "36.00"),
        "45 ÷ 60 × 48 = 36",
    ),
    Case(
        "a target of £80,000: more gives no more",
        rules(method=QuantityMethod.TARGET, target=D("80000.00")),
        (
            bid("A", value="80000.00"),
            bid("B", value="79999.99"),
            bid("C", value="60000.00"),
            bid("D", value="-1.00"),
            bid("E", value="90000.00"),
        ),
        Part.QUANTITY,
        (F(10), F(7999999, 800000), F(15, 2), F(0), F(10)),
        ("10.00", "10.00", "7.50", "0.00", "10.00"),
        "1 × 10 = 10",
    ),
    Case(
        "bands at their exact bounds",
        rules(method=QuantityMethod.BANDS, bands=BANDS),
        _banded("49999.99", "50000.00", "50000.01", "99999.99", "100000.00", "2000000.00", "0", "-0.01"),
        Part.QUANTITY,
        (F(0), F(4), F(4), F(4), F(10), F(10), F(0), F(0)),
        ("0.00", "4.00", "4.00", "4.00", "10.00", "10.00", "0.00", "0.00"),
        "0 ÷ 5 × 10 = 0",
    ),
    Case(
        "one question, whatever its weight",
        rules(questions={1: F(7), 2: F(0)}),
        (bid("A", marks={1: F(4)}),),
        Part.STATEMENT,
        (F(8),),
        ("8.00",),
        "4 × 7 ÷ 35 × 10 = 8",
    ),
    Case(
        "a weight that does not end",
        rules(F(200, 3), 0, F(100, 3), 0),
        (bid("A", value="3.00"), bid("B", value="1.00")),
        Part.QUANTITY,
        (F(100, 3), F(100, 9)),
        ("33.33", "11.11"),
        "£1.00 ÷ £3.00 × 33.3333333333… = 11.111111…, shown as 11.11",
    ),
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_worked_case(case):
    evaluation = score_bids(case.rules, case.bids)
    rows = [evaluation.row(each.key) for each in case.bids]
    parts = [next(part for part in row.parts if part.part is case.part) for row in rows]
    assert tuple(row.points(case.part) for row in rows) == case.exact
    assert tuple(part.shown for part in parts) == case.shown
    assert parts[-1].equations[-1] == case.equation
    assert all(part.weight == case.rules.weights.of(case.part) for part in parts)


def test_the_drawn_evaluation_is_redone():
    """Every figure of the drawn table: points of price, quality, quantity, statement, and totals."""
    evaluation = evaluate(picture()).evaluation
    table = [
        (row.rank_words, row.supplier, row.bid.value, *(part.shown for part in row.parts), row.shown_total)
        for row in evaluation.rows
    ]
    assert table == [
        ("1", "Calder", D("85897.94"), "38.42", "33.60", "10.00", "8.60", "90.62"),
        ("2", "Meridian", D("61775.81"), "39.14", "32.00", "7.19", "8.60", "86.93"),
        ("3", "Ashdown", D("77396.92"), "40.00", "31.20", "9.01", "6.60", "86.81"),
        ("–", "Rowan", D("11666.40"), "–"),
    ]
    calder, meridian, ashdown, rowan = evaluation.rows
    assert calder.total == F(1118000, 1164000) * 40 + F(336, 10) + 10 + F(86, 10)
    assert meridian.total == F(1118000, 1142500) * 40 + 32 + F(6177581, 8589794) * 10 + F(86, 10)
    assert ashdown.total == 40 + F(312, 10) + F(7739692, 8589794) * 10 + F(66, 10)
    assert calder.ties == meridian.ties == {Part.STATEMENT}
    assert not ashdown.ties
    assert rowan.fails == ("Short by £48,333.60 of the 5% minimum", "Short by 1 employment outcome")
    assert (
        rowan.total is rowan.rank is rowan.part(Part.PRICE) is rowan.points(Part.PRICE) is rowan.social_points is None
    )
    assert calder.social_points == F(186, 10)
    assert calder.total_sum == "38.42 + 33.60 + 10.00 + 8.60 = 90.62"
    assert rowan.total_sum == ""
    assert (evaluation.lowest_price, evaluation.highest_value) == (D("1118000.00"), D("85897.94"))
    assert [row.supplier for row in evaluation.not_admitted] == ["Rowan"]
    part = calder.part(Part.QUANTITY)
    assert part is not None
    assert (part.equations, part.note) == (("£85,897.94 ÷ £85,897.94 × 10 = 10",), "")
    part = meridian.part(Part.STATEMENT)
    assert part is not None
    assert part.equations == (
        "4 × 30 = 120",
        "4 × 40 = 160",
        "5 × 30 = 150",
        "120 + 160 + 150 = 430",
        "430 ÷ 500 × 10 = 8.6",
    )


def test_ties_share_a_rank_and_the_next_rank_is_left_out():
    evaluation = score_bids(
        rules(), [bid("D", "200"), bid("b", key="2"), bid("B", key="1"), bid("A", quality="1"), bid("C", "400")]
    )
    assert [(row.supplier, row.key, row.rank_words) for row in evaluation.rows] == [
        ("A", "A", "1"),
        ("B", "1", "2="),
        ("b", "2", "2="),
        ("D", "D", "4"),
        ("C", "C", "5"),
    ]
    assert evaluation.row("1").ties == {Part.PRICE, Part.QUALITY, Part.QUANTITY, Part.STATEMENT}
    assert score_bids(rules(), [bid("A"), bid("B")]).row("A").shares_rank
    with pytest.raises(KeyError):
        evaluation.row("nobody")
    with pytest.raises(ValueError, match="twice"):
        score_bids(rules(), [bid("twice"), bid("twice")])


def test_the_rounding_of_shown_points_is_told():
    evaluation = score_bids(rules(30, 0, 70, 0), [bid("A", "300", "900.00"), bid("B", "299", "899.00")])
    row = evaluation.row("A")
    assert [part.shown for part in row.parts] == ["29.90", "0.00", "70.00", "0.00"]
    assert row.total_sum == "29.90 + 70.00 = 99.90"
    evaluation = score_bids(rules(60, 0, 40, 0), [bid("A", "3", "3.00"), bid("B", "3.01", "2.99")])
    assert evaluation.row("B").total_sum == "59.80 + 39.87 = 99.67"
    evaluation = score_bids(rules(50, 0, 50, 0), [bid("A", "420.08", "1000.00"), bid("B", "1000.00", "420.08")])
    assert evaluation.row("B").total_sum == (
        "21.00 + 21.00 = 42.00 as shown; 42.008 exactly, shown as 42.01: each figure is rounded only to be shown"
    )


MISSING = (
    ({"price": None}, "no price is entered"),
    ({"price": D(0)}, "the price, £0.00, is not over zero"),
    ({"price": D("-5")}, "the price, −£5.00, is not over zero"),
    ({"quality": None}, "no quality score is entered"),
    ({"quality": F(41)}, "the quality score, 41, is not between 0 and 40"),
    ({"quality": F(-1)}, "the quality score, −1, is not between 0 and 40"),
    ({"marks": {1: F(5), 3: F(5)}}, "question 2 has no moderated mark"),
    ({"marks": {1: F(5), 2: F(6), 3: F(5)}}, "the mark of question 2, 6, is not between 0 and 5"),
)


@pytest.mark.parametrize(("facts", "told"), MISSING)
def test_nobody_is_ranked_while_something_is_missing(facts, told):
    evaluation = score_bids(rules(), [bid("A"), replace(bid("B"), **facts)])
    assert evaluation.row("B").missing == (told,)
    assert not evaluation.is_ranked
    assert evaluation.winners == ()
    assert [row.rank_words for row in evaluation.rows] == ["–", "–"]
    assert [row.total for row in evaluation.rows] == [None, None]
    points = evaluation.row("A").points(Part.PRICE)
    assert points is None if "price" in facts else points == 40
    assert [part.shown for part in evaluation.row("B").parts if part.points is None] == ["–"] * (
        told not in {MISSING[4][1], MISSING[5][1], MISSING[7][1]}
    )


def test_what_is_missing_of_a_bid_that_is_not_admitted_holds_up_nobody():
    evaluation = score_bids(rules(), [bid("A", "300"), bid("B", None, fails=("Late",)), bid("C", "1", fails=("Late",))])
    assert evaluation.row("A").rank == 1
    assert evaluation.lowest_price == 300


def test_a_band_needs_pounds_to_be_a_share_of():
    banded = rules(method=QuantityMethod.BANDS, bands=BANDS)
    for base in (None, D(0), D(-1)):
        evaluation = score_bids(banded, [bid("A", value="5", share_base=base)])
        assert evaluation.row("A").missing == ("there are no pounds that its social value is a share of",)
        assert evaluation.row("A").points(Part.QUANTITY) is None
    part = score_bids(banded, _banded("71666.67")).rows[0].part(Part.QUANTITY)
    assert part is not None
    assert part.note == "£71,666.67 ÷ £1,000,000.00 = 7.166667%: the band from 5%: 2 of 5"
    part = score_bids(rules(method=QuantityMethod.BANDS, bands=BANDS[1:]), _banded("-1")).rows[0].part(Part.QUANTITY)
    assert part is not None
    assert part.note == "−£1.00 ÷ £1,000,000.00 = −0.0001%: below every band"


def test_a_part_without_points_asks_for_nothing():
    evaluation = score_bids(rules(0, 0, 100, 0), [bid("A", None, "5.00", None, marks={}), bid("B", "-3", "2.00")])
    assert [row.shown_total for row in evaluation.rows] == ["100.00", "40.00"]
    assert evaluation.row("B").ties == set()
    for part in (Part.PRICE, Part.QUALITY, Part.STATEMENT):
        score = evaluation.rows[0].part(part)
        assert score is not None
        assert score.note == "The tender gives no points for it"
        assert score.equations == ()
    evaluation = score_bids(rules(0, 100, 0, 0), [bid("A", None, quality="60")])
    assert evaluation.rows[0].shown_total == "60.00"
    evaluation = score_bids(rules(0, 50, 0, 50, questions={}), [bid("A", quality="50")])
    assert evaluation.rows[0].shown_total == "50.00"
    score = evaluation.rows[0].part(Part.STATEMENT)
    assert score is not None
    assert score.note == "The tender asks no question that has a weight"
    unmarked = score_bids(rules(50, 50, 0, 0, quality_of=F(0)), [bid("A")])
    assert unmarked.row("A").missing == ("the quality score, 0, is not between 0 and 0",)
    assert unmarked.row("A").points(Part.QUALITY) is None


@pytest.mark.parametrize("method", [QuantityMethod.PROPORTIONAL, QuantityMethod.TARGET])
@pytest.mark.parametrize("values", [("0", "0"), ("-5", "-7"), ("0", "-7")])
def test_nothing_and_less_gets_no_points_for_quantity(method, values):
    evaluation = score_bids(rules(method=method, target=D(0)), [bid(str(n), value=v) for n, v in enumerate(values)])
    for row in evaluation.rows:
        part = row.part(Part.QUANTITY)
        assert part is not None
        assert part.points == 0
        assert part.note.startswith("There is nothing to divide by: the ")
        assert row.rank == 1


def test_less_than_nothing_gets_no_points_beside_a_bid_that_is_worth_something():
    row = score_bids(rules(), [bid("A", value="5"), bid("B", value="-5"), bid("C", value="0")]).row("B")
    part = row.part(Part.QUANTITY)
    assert part is not None
    assert (part.points, part.note) == (0, "Its social value, −£5.00, is not over zero")


def test_points_are_shown_half_away_from_zero():
    assert [show_points(points) for points in (F(1, 200), F(1234), F(38419, 1000))] == [
        "0.01",
        "1,234.00",
        "38.42",
    ]


# What holds for all bids

POUNDS = st.decimals(1, 10**9, places=2)
WEIGHTS = st.tuples(*[st.integers(0, 100)] * 4).filter(any)


@st.composite
def some_bids(draw: st.DrawFn, least: int = 1) -> list[BidToScore]:
    count = draw(st.integers(least, 6))
    return [
        bid(
            f"Bidder {number}",
            str(draw(POUNDS)),
            str(draw(st.decimals(-100, 10**9, places=2))),
            str(draw(st.integers(0, 40))),
            share_base=draw(POUNDS),
            marks=marks(*(draw(st.integers(0, 5)) for _ in range(3))),
            fails=("Late",) if draw(st.integers(0, 4)) == 0 else (),
        )
        for number in range(count)
    ]


@st.composite
def some_rules(draw: st.DrawFn) -> ScoringRules:
    method = draw(st.sampled_from(QuantityMethod))
    return rules(
        *draw(WEIGHTS),
        method=method,
        quality_of=F(40),
        target=draw(POUNDS),
        bands=BANDS,
    )


@given(some_rules(), some_bids(), st.randoms())
def test_the_order_of_bids_changes_nothing(told, bids, dice):
    shuffled = list(bids)
    dice.shuffle(shuffled)
    assert score_bids(told, shuffled).rows == score_bids(told, bids).rows


@given(some_rules(), some_bids())
def test_a_bid_that_is_not_admitted_changes_nothing(told, bids):
    admitted = [each for each in bids if each.is_admitted]
    with_all, without = score_bids(told, bids), score_bids(told, admitted)
    assert with_all.admitted == without.rows
    assert (with_all.lowest_price, with_all.highest_value) == (without.lowest_price, without.highest_value)


@given(some_rules(), some_bids())
def test_points_are_between_nothing_and_the_weight(told, bids):
    evaluation = score_bids(told, bids)
    for row in evaluation.admitted:
        assert all(part.points is not None and 0 <= part.points <= part.weight for part in row.parts)
        assert row.total == sum(part.points or 0 for part in row.parts)
        assert row.total is not None
        assert 0 <= row.total <= told.weights.all
    best = max((row.total or 0 for row in evaluation.admitted), default=None)
    assert all(row.total == best for row in evaluation.winners)
    assert bool(evaluation.winners) is bool(evaluation.admitted)


@given(some_bids(), WEIGHTS, st.decimals("0.01", 1000, places=2))
def test_all_values_times_the_same_keep_proportional_points(bids, points, factor):
    told = rules(*points, quality_of=F(40))
    scaled = [replace(each, value=each.value * factor) for each in bids]
    before, after = score_bids(told, bids), score_bids(told, scaled)
    assert [(row.key, row.total, row.rank) for row in after.rows] == [
        (row.key, row.total, row.rank) for row in before.rows
    ]


@given(some_rules(), some_bids())
def test_shown_points_add_up_or_it_is_told(told, bids):
    for row in score_bids(told, bids).admitted:
        shown = sum((round_half_away(part.points or F(0), 2) for part in row.parts), D(0))
        assert row.total is not None
        adds_up = shown == round_half_away(row.total, 2)
        assert row.total_sum.endswith("rounded only to be shown") is not adds_up


@given(some_rules(), some_bids())
def test_each_working_comes_to_its_points(told, bids):
    for row in score_bids(told, bids).admitted:
        for part in row.parts:
            assert not part.steps or part.steps[-1].result == part.points


def test_weights_add_up():
    told = weights()
    assert (told.social, told.all) == (20, 100)
    assert [told.of(part) for part in Part] == [40, 40, 10, 10]
    assert [part.words for part in Part] == ["Price", "Quality", "Quantity", "Statement"]


def test_nothing_is_ranked_without_bids():
    evaluation = score_bids(rules(), [])
    assert isinstance(evaluation, Evaluation)
    assert (evaluation.rows, evaluation.winners, evaluation.lowest_price, evaluation.highest_value) == ((), (), None, 0)
