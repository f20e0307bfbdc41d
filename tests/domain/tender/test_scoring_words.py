"""What is said under the table of an evaluation."""

from decimal import Decimal
from fractions import Fraction

import pytest

from tests.domain.tender.scoring_build import bid, picture, rules
from tomsapp.domain.tender.bands import read_bands
from tomsapp.domain.tender.choices import QuantityMethod
from tomsapp.domain.tender.evaluating import evaluate
from tomsapp.domain.tender.scoring import score_bids
from tomsapp.domain.tender.scoring_words import EXACT_SCORES, lead_words, sentences_of, shown_apart

D, F = Decimal, Fraction
TARGET = QuantityMethod.TARGET


def test_the_drawn_evaluation():
    assert sentences_of(evaluate(picture()).evaluation) == (
        "Calder leads Meridian by 3.69 points.",
        "No two totals are equal.",
        "Calder and Meridian tie on the statement.",
        "Ranked on exact scores, shown to 2 decimals.",
    )


SAID = (
    ((), ("There is no bid.",)),
    ((bid("A", fails=("Late",)),), ("No bid is admitted, so nobody is ranked.",)),
    (
        (bid("A", None, quality=None), bid("B")),
        (
            "Nobody can be ranked yet, as what is missing could change the rank of every bid.",
            "A: no price is entered; no quality score is entered.",
            "No admitted bid is worth anything in social value: each has 0 of 10 points for quantity.",
        ),
    ),
    (
        (bid("A", value="5.00"),),
        (
            "A is the only bid that is admitted.",
            EXACT_SCORES,
            "As the only admitted bid it has all 10 points for quantity by the formula, whatever it offers.",
        ),
    ),
    (
        (bid("A", value="5.00"), bid("B", value="5.00"), bid("C", "200", "4.00"), bid("D", "200", "4.00")),
        (
            "A and B have exactly the same total, 60.00: the scores do not say who wins.",
            "A and B share rank 1 and C and D share rank 3.",
            "A and B tie on the price.",
            "C and D tie on the price.",
            "A, B, C and D tie on the quality.",
            "A and B tie on the quantity.",
            "C and D tie on the quantity.",
            "A, B, C and D tie on the statement.",
            EXACT_SCORES,
        ),
    ),
)


@pytest.mark.parametrize(("bids", "said"), SAID)
def test_it_is_said(bids, said):
    assert sentences_of(score_bids(rules(), bids)) == said


@pytest.mark.parametrize(
    ("told", "said"),
    [
        (
            rules(method=TARGET),
            ("The tender has no target over zero to divide by: each bid has 0 of 10 points for quantity.",),
        ),
        (rules(method=TARGET, target=D(5)), ()),
        (
            rules(0, 90, method=QuantityMethod.BANDS),
            ("The tender has no bands: each bid has 0 of 10 points for quantity.",),
        ),
        (rules(method=QuantityMethod.BANDS, bands=read_bands("0% 0; 5% 5")), ()),
        (rules(50, 50, 0, 0), ()),
    ],
)
def test_it_is_said_why_nobody_has_points_for_quantity(told, said):
    evaluation = score_bids(told, [bid("A", value="5.00", share_base=D(1)), bid("B", "200", "4.00", share_base=D(1))])
    assert sentences_of(evaluation)[len(sentences_of(evaluation)) - len(said) :] == said
    assert (EXACT_SCORES in sentences_of(evaluation)) is True


def test_totals_that_are_shown_alike_are_told_apart():
    evaluation = score_bids(rules(), [bid("A", quality="20.0012"), bid("B", quality="19.9987"), bid("C")])
    assert sentences_of(evaluation)[:2] == (
        "A leads B by under 0.01 points (exact scores 70.0012 and 69.9987).",
        "No two totals are equal.",
    )
    assert "70.00 and 70.00: exact scores 70.0012 and 69.9987." in sentences_of(evaluation)


def _lead(one: str, other: str) -> str:
    evaluation = score_bids(rules(0, 100, 0, 0), [bid("A", quality=one), bid("B", quality=other)])
    return lead_words(*evaluation.rows)


def test_a_lead_is_told_so_that_the_shown_totals_do_not_contradict_it():
    assert _lead("60.004", "50") == "10.00 points"
    assert _lead("60.004", "49.996") == "10.01 points (exact scores 60.0040 and 49.9960)"
    assert _lead("60.0051", "60.0049") == "under 0.01 points (exact scores 60.0051 and 60.0049)"
    assert _lead("60.0049", "59.9996") == "0.01 points (exact scores 60.0049 and 59.9996)"
    assert shown_apart(F(1, 3), F(1, 3) + F(1, 10**9)) == ("0.333333333", "0.333333334")
