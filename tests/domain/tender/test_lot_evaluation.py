"""From the records of a tender to the evaluation of one of its lots."""

from decimal import Decimal
from fractions import Fraction

import pytest

from tests.domain.build import edition, measure
from tests.domain.tender.build import lot, offer, pack, question, tender
from tests.domain.tender.build import measure as tender_measure
from tomsapp.domain.commitment import Commitment
from tomsapp.domain.supplier import Supplier
from tomsapp.domain.tender.admission import NotAdmitted, excluded_by_decision
from tomsapp.domain.tender.bands import BandsError, read_bands
from tomsapp.domain.tender.bid import Bid
from tomsapp.domain.tender.choices import MinimumRule, Placing, QuantityMethod, ShareBase
from tomsapp.domain.tender.evaluating import evaluate
from tomsapp.domain.tender.lot_evaluation import EnteredBid, check_bid, lot_to_evaluate, scoring_rules
from tomsapp.domain.tender.scoring_rules import Weights
from tomsapp.domain.tender.tender_measure import MeasureUse
from tomsapp.domain.tender.tender_offer import TenderOffer
from tomsapp.domain.units import Unit

D, F = Decimal, Fraction
MENU = edition(
    measure("J01", "4000.00", Unit.FTE_JOBS, employment_outcome=D(1)),
    measure("S08", "500.00", Unit.WEEKS),
    measure("C01", "100.00"),
)


def _offer(supplier: str, weeks: str = "24", **others: object) -> TenderOffer:
    commitments = (Commitment("1", "J01", (D(1), D(0))), Commitment("2", "S08", (D(weeks), D(0))))
    return offer(bidder=Supplier(supplier), **({"commitments": commitments} | others))


def _bid(supplier: str, weeks: str = "24", price: str | None = "1000000.00", **others: object) -> EnteredBid:
    facts: dict[str, object] = {"offer": _offer(supplier, weeks), "marks": {1: F(4)}} | others
    held = Bid(1, supplier, None if price is None else D(price), D("30.5"))
    return EnteredBid(supplier, held, **facts)  # type: ignore[arg-type]


def test_the_points_of_a_tender_beside_quality_and_within_it():
    told = scoring_rules(tender(), (question(1, "60"), question(2, "40")))
    assert told.weights == Weights(F(40), F(40), F(10), F(10))
    assert (told.quality_of, told.questions, told.bands) == (40, {1: F(60), 2: F(40)}, ())
    within = tender(placing=Placing.WITHIN_QUALITY, quality_weight=D(60), social_weight=D(20))
    told = scoring_rules(within, ())
    assert told.weights == Weights(F(40), F(48), F(6), F(6))
    assert told.quality_of == 48


def test_a_tender_in_bands():
    banded = tender(method=QuantityMethod.BANDS, bands="0% 0; 5% 5")
    assert scoring_rules(banded, ()).bands == read_bands("0% 0; 5% 5")
    with pytest.raises(BandsError):
        scoring_rules(tender(method=QuantityMethod.BANDS, bands="5%"), ())
    assert scoring_rules(tender(bands="5%"), ()).bands == ()


def test_a_lot_is_evaluated_from_its_records():
    bids = [
        _bid("Calder", price="1000000.00"),
        _bid("Meridian", "12", "900000.00", left_out=frozenset({"1"})),
        _bid("Rowan", offer=None),
    ]
    given = lot_to_evaluate(pack(), MENU, 1, bids)
    assert [bid.value for bid in given.bids] == [D("16000.00"), D("6000.00"), D("0.00")]
    assert [bid.share_base for bid in given.bids] == [D("1200000.00")] * 3
    assert (given.minimum, given.policy, given.limits.most_measures) == (MinimumRule.REPORTED, None, None)
    evaluation = evaluate(given).evaluation
    assert [(row.supplier, row.rank_words, row.shown_total) for row in evaluation.rows] == [
        ("Calder", "1", "84.50"),
        ("Meridian", "2", "82.25"),
        ("Rowan", "–", "–"),
    ]


def test_what_is_not_asked_does_not_count_and_a_condition_is_accepted_by_all():
    asked = (tender_measure("S08"), tender_measure("C01", use=MeasureUse.CONDITION))
    told = pack(measures=asked)
    bids = [_bid("A", offer=_offer("A", accepted=frozenset({"C01"}))), _bid("B"), _bid("C", offer=None)]
    given = lot_to_evaluate(told, MENU, 1, bids)
    assert [bid.value for bid in given.bids] == [D("12000.00"), D("12000.00"), D(0)]
    reasons = evaluate(given).reasons
    assert {key: [each.code for each in own] for key, own in reasons.items()} == {
        "A": [],
        "B": ["condition-not-accepted"],
        "C": ["no-offer"],
    }


def test_the_price_may_be_what_a_share_is_a_share_of():
    told = pack(tender=tender(base=ShareBase.PRICE), lots=(lot(),))
    given = lot_to_evaluate(told, MENU, 1, [_bid("A", price="800000.00"), _bid("B", price=None)])
    assert [bid.share_base for bid in given.bids] == [D("800000.00"), D("1200000.00")]
    checked = given.bids[0].checked
    assert checked is not None
    assert checked.offer.contract.value == D("800000.00")


def test_an_exclusion_and_a_lot_that_is_not_there_keep_a_bid_out():
    excluded = NotAdmitted("excluded", "Excluded: a director was convicted of fraud", "Section 26 of the Act")
    given = lot_to_evaluate(pack(), MENU, 1, [_bid("A", fails=(excluded,))])
    assert evaluate(given).reasons["A"] == (excluded,)
    nowhere = lot_to_evaluate(pack(), MENU, 2, [_bid("A", offer=_offer("A", lot=2))])
    assert (nowhere.bids[0].checked, nowhere.bids[0].share_base) == (None, None)


def test_without_a_quality_score_nobody_is_ranked():
    held = EnteredBid("A", Bid(1, "A", D(100)), _offer("A"), marks={1: F(5)})
    row = evaluate(lot_to_evaluate(pack(), MENU, 1, [held])).evaluation.rows[0]
    assert row.missing == ("no quality score is entered",)


def test_a_bid_is_held_against_the_other_bids_where_they_are_known():
    told = check_bid(pack(), MENU, _bid("A", "24"), medians={"S08": D(1)}).checked
    assert "above-other-bids" in {problem.code for problem in told.problems}
    told = check_bid(pack(), MENU, _bid("A", "24")).checked
    assert "above-other-bids" not in {problem.code for problem in told.problems}
    assert check_bid(pack(), MENU, _bid("A", offer=None)).checked is None


def test_an_excluded_bid_is_told_with_its_reason():
    told = excluded_by_decision(" It gave false accounts. ")
    assert (told.code, told.why) == ("excluded", "Excluded: It gave false accounts")
    evaluated = evaluate(lot_to_evaluate(pack(), MENU, 1, [_bid("A"), _bid("B", fails=(told,))]))
    assert evaluated.reasons["B"] == (told,)
    assert [row.rank for row in evaluated.evaluation.rows] == [1, None]
