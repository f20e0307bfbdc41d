"""The records of a tender: each fact is an attribute of its record, and what is wrong with one is said."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from tests.domain.tender.build import lot, measure, question, tender
from tomsapp.domain.contract import YearSpend
from tomsapp.domain.facts import FactKind
from tomsapp.domain.tender.acts import TENDER_ACT
from tomsapp.domain.tender.asked import BIDDER_QUESTION, BidderQuestion
from tomsapp.domain.tender.award import AWARD
from tomsapp.domain.tender.bid import BID, BID_DECISION
from tomsapp.domain.tender.choices import MinimumRule, Placing, QuantityMethod, Route, ShareBase, TenderStatus
from tomsapp.domain.tender.frozen import FROZEN_EVALUATION
from tomsapp.domain.tender.issued import PACK_VERSION
from tomsapp.domain.tender.lot import LOT, Lot
from tomsapp.domain.tender.marking import EVALUATOR, MARK, MODERATED_MARK
from tomsapp.domain.tender.question import QUESTION, Question, count_words
from tomsapp.domain.tender.receipt import RECEIPT, RECEIVED_FILE
from tomsapp.domain.tender.tender import TENDER, Tender
from tomsapp.domain.tender.tender_measure import TENDER_MEASURE, MeasureUse, TenderMeasure

D = Decimal
KINDS = (TENDER, LOT, TENDER_MEASURE, QUESTION, BIDDER_QUESTION)
OTHERS = (
    *(BID, BID_DECISION, RECEIVED_FILE, RECEIPT, EVALUATOR, MARK, MODERATED_MARK, TENDER_ACT, PACK_VERSION),
    FROZEN_EVALUATION,
    AWARD,
)
ASKED = BidderQuestion(date(2027, 1, 5), "Is there parking?")


@pytest.mark.parametrize("kind", KINDS, ids=lambda one: one.key)
def test_all_that_is_said_of_a_tender_is_a_fact(kind):
    assert [fact.name for fact in kind.facts] == list(kind.make.__dataclass_fields__)


@pytest.mark.parametrize("kind", [*KINDS, *OTHERS], ids=lambda one: one.key)
def test_the_facts_of_a_record_are_attributes_of_it_and_each_has_a_name_of_its_own(kind):
    assert {fact.name for fact in kind.facts} <= set(kind.make.__dataclass_fields__)
    labels = [fact.label for fact in kind.facts]
    assert len(set(labels)) == len(labels)
    assert all(each.words for fact in kind.facts if fact.kind is FactKind.CHOICE for each in fact.offered)


@pytest.mark.parametrize(
    ("kind", "record"),
    [
        (TENDER, tender()),
        (TENDER, Tender("T-1", "A draft")),
        (LOT, lot()),
        (LOT, Lot(1)),
        (TENDER_MEASURE, measure("J01", "2")),
        (TENDER_MEASURE, TenderMeasure("J01")),
        (QUESTION, question()),
        (QUESTION, Question(1)),
        (BIDDER_QUESTION, ASKED),
        (BIDDER_QUESTION, replace(ASKED, answer="Yes", answered_on=date(2027, 1, 5))),
    ],
)
def test_what_is_right_can_be_saved_and_a_draft_may_be_incomplete(kind, record):
    assert kind.problems(record) == []
    assert kind.name_of(record)


WRONG = [
    (TENDER, tender(reference=""), "reference-missing"),
    (TENDER, tender(title=" "), "title-missing"),
    (TENDER, tender(deadline_at="25:00"), "deadline-at-wrong"),
    (TENDER, tender(deadline_zone="Europe"), "deadline-zone-wrong"),
    (TENDER, tender(price_weight=D(101)), "price-weight-too-large"),
    (TENDER, tender(social_weight=D(-1)), "social-weight-negative"),
    (TENDER, tender(fixed_base=D(0)), "fixed-base-missing"),
    (TENDER, tender(bands="5% 1"), "bands-wrong"),
    (TENDER, tender(most_measures=0), "most-measures-none"),
    (TENDER, tender(mandatory_themes=frozenset({"other-menu 1"})), "mandatory-themes-other-menu"),
    (TENDER, tender(ocid="T-1"), "ocid-wrong"),
    (LOT, lot(0), "number-wrong"),
    (LOT, lot(101), "number-wrong"),
    (LOT, lot(end_on=date(2027, 3, 31)), "dates-out-of-order"),
    (LOT, lot(value_with_vat=D(1)), "value-with-vat-low"),
    (LOT, lot(spend=(YearSpend(0, D(-1)),)), "spend-negative"),
    (LOT, lot(spend=(YearSpend(0, D(1), is_recorded=True),)), "spend-wrong"),
    (TENDER_MEASURE, measure("J01", exception_reason="It is short"), "exception-name-missing exception-role-missing"),
    (TENDER_MEASURE, measure("J01", "0"), "target-missing"),
    (QUESTION, question(0), "number-wrong"),
    (QUESTION, question(weight="101"), "weight-too-large"),
    (QUESTION, question(most_words=0), "most-words-none"),
    (BIDDER_QUESTION, replace(ASKED, answer="Yes"), "answered-on-missing"),
    (BIDDER_QUESTION, replace(ASKED, answered_on=date(2027, 1, 6)), "answer-missing"),
    (BIDDER_QUESTION, replace(ASKED, answer="Yes", answered_on=date(2027, 1, 4)), "answered-on-before"),
]


@pytest.mark.parametrize(("kind", "record", "codes"), WRONG)
def test_what_is_wrong_with_a_record_is_said(kind, record, codes):
    found = kind.problems(record)
    assert " ".join(problem.code for problem in found) == codes
    assert all(problem.message and problem.fix for problem in found)


def test_right_bounds_are_allowed():
    right = tender(price_weight=D(100), most_measures=1, mandatory_themes=frozenset({"barnet-open 2"}))
    assert TENDER.problems(replace(right, ocid="ocds-h6vhtk-04a1b2", bands="0% 0; 5% 5")) == []
    assert LOT.problems(lot(100, value_with_vat=D("1440000.00"), spend=(YearSpend(0, D(1)),))) == []
    assert QUESTION.problems(question(50, "100", most_words=1)) == []


def test_choices_have_their_words_and_meanings():
    assert [each.words for each in TenderStatus] == ["Draft", "Issued", "Opened", "Frozen", "Awarded", "Withdrawn"]
    assert [(each.words, each.meaning) for each in Route] == [
        ("Tender", "with marked questions"),
        ("Quote", "few measures, no marking"),
    ]
    assert [each.words for each in ShareBase] == ["The council’s estimate", "The bidder’s price", "A fixed sum"]
    assert [each.words for each in Placing] == ["Beside price and quality", "Within quality"]
    assert len({each.words for each in QuantityMethod}) == 3
    assert [each.words for each in MinimumRule] == ["Reported only", "Asked about", "Not admitted"]
    assert MinimumRule.NOT_ADMITTED.meaning == "An offer below the minimum is not admitted."
    assert MeasureUse.CONDITION.meaning == "Every bidder accepts it, and it is not scored."


def test_points_of_100_beside_price_and_quality_and_within_quality():
    beside = tender()
    assert (beside.price_points, beside.quality_points, beside.social_points) == (40, 40, 20)
    assert (beside.quantity_points, beside.statement_points, beside.all_points) == (10, 10, 100)
    within = tender(quality_weight=D(60), placing=Placing.WITHIN_QUALITY, quantity_part=D("0.25"))
    assert (within.price_points, within.quality_points, within.social_points) == (40, 48, 12)
    assert (within.quantity_points, within.statement_points, within.all_points) == (3, 9, 100)


def test_a_tender_tells_its_limits_bands_and_deadline():
    made = tender(mandatory_themes=frozenset({"barnet-open 3", "barnet-open 1", "other 2"}), most_measures=8)
    assert (made.limits.most_measures, made.limits.mandatory_themes) == (8, (1, 3))
    assert [band.mark for band in tender(bands="0% 0; 5% 2").scoring_bands] == [0, 2]
    assert made.deadline_words == "12 noon, Friday 22 January 2027, UK time"
    assert made.deadline.isoformat() == "2027-01-22T12:00:00+00:00"
    assert (Tender("T").deadline, Tender("T").deadline_words) == (None, "")


def test_a_lot_tells_its_name_years_and_length():
    assert (lot(2).name, lot(2, title="Libraries").name) == ("lot 2", "lot 2, Libraries")
    assert [year.label for year in lot().years] == ["2027/28", "2028/29"]
    assert lot().length_words == "2 years from 1 April 2027"
    for without in (Lot(1), lot(end_on=None), lot(end_on=date(2020, 1, 1))):
        assert (without.has_dates, without.years, without.length_words) == (False, (), "")


def test_parts_of_a_lot_are_called_by_their_year():
    [spend] = LOT.parts
    assert spend.caption({}, "2027/28") == "Forecast spend 2027/28"


def test_an_exception_is_printed_with_who_allowed_it():
    made = measure("J01", exception_reason="Nobody is hired. ", exception_name="M. Reid", exception_role="Head of Law")
    assert TENDER_MEASURE.problems(made) == []
    assert made.exception_words == "Nobody is hired. Allowed by M. Reid, Head of Law"
    assert (measure("J01").exception_words, measure("J01").is_condition) == ("", False)
    assert measure("J01", use=MeasureUse.CONDITION).is_condition


def test_a_question_tells_its_guide_and_what_it_lacks():
    made = question(guide_5="All named", guide_2=" ")
    assert list(made.guide) == [5, 4, 3, 2, 1, 0]
    assert (made.guide[5], made.marks_without_guide) == ("All named", (2,))
    assert (made.name, Question(2).name) == ("question 1, Local jobs", "question 2")
    assert Question(1).marks_without_guide == (5, 4, 3, 2, 1, 0)


@pytest.mark.parametrize(("text", "words"), [("", 0), (" \n", 0), ("one", 1), ("two-fold  and\nmore", 3)])
def test_words_are_what_stands_between_white_space(text, words):
    assert count_words(text) == words


def test_a_question_is_answered_with_its_text_and_its_day():
    assert not ASKED.is_answered
    assert not replace(ASKED, answered_on=date(2027, 1, 6), answer=" ").is_answered
    assert replace(ASKED, answered_on=date(2027, 1, 6), answer="Yes").is_answered
