"""The guide for bidders: whatever the tender asks stands in it, and its example is valued as every offer is."""

from dataclasses import replace
from decimal import Decimal

import pytest

from tests.exchange.tenders.examples import IDENTITY, LOT, MEASURES, PACK, QUESTIONS, TENDER, TENDER_EDITION
from tomsapp.domain.papers.council_paper import CouncilPaper, PaperHeading, PaperTable
from tomsapp.domain.papers.tender_guide import tender_guide, unit_value_words
from tomsapp.domain.tender.choices import QuantityMethod, ShareBase
from tomsapp.domain.tender.tender_measure import TenderMeasure


def guide(pack=PACK) -> CouncilPaper:
    return tender_guide(pack, IDENTITY, TENDER_EDITION)


def said(pack=PACK) -> str:
    return "\n".join(guide(pack).words)


def table(paper: CouncilPaper, caption: str) -> PaperTable:
    return next(one for one in paper.blocks if isinstance(one, PaperTable) and one.caption == caption)


def test_the_guide_says_what_is_asked_and_by_what_the_pack_is_known():
    text = said()
    for words in (
        "Guide for bidders: Cleaning of libraries & hubs",
        "12 noon, Friday 22 January 2027, UK time",
        "2 years from 1 April 2027, estimated at £1,200,000.00 without VAT",
        "You may offer up to 8 measures.",
        "An offer below the minimum counts, and the shortfall is reported.",
        "£1,200,000.00 × 5% = £60,000.00 of social value",
        "£1,200,000.00 ÷ £1,000,000.00 = 1.2; rounded down: 1 outcome needed",
        "J01 Resident into work",
        "Cleaning needs people. It counts each person once, in the year they start.",
        "A worker who changes jobs.",
        "S30 Policy in place: 1 yes. All do it.",
        "S31 Staff who are trained. All pay it.",
        "How will you find local people? Weight 60 of 100. At most 20 words.",
        "J01 and J20 for the same person: only where you declare that they are different.",
        "V01 and V02 for the same pound: never together.",
        "What happens outside the council’s area, for J01.",
        "What was changed in version 2",
        "Answered: 3 December 2026: No.",
        "cd" * 32,
        TENDER_EDITION.sha256,
    ):
        assert words in text, words
    assert "Not for bidders" not in text
    assert "program" not in text, "bidders are sent nowhere that does not stand yet"


def test_the_points_add_up_and_the_example_is_redone_by_hand():
    paper = guide()
    points = table(paper, "Points")
    assert [row[1] for row in points.rows] == ["40", "40", "10", "10"]
    assert points.total == ("All points", "100")
    example = table(paper, "The example")
    # 1 × 20,202.72 + 1 × 5,050.50 + 1 × 1,000.00 = 26,253.22, which is 2.1877…% of 1,200,000
    assert [row[1:] for row in example.rows] == [
        ("1", "1 × £20,202.72", "£20,202.72"),
        ("1", "1 × £5,050.50", "£5,050.50"),
        ("1", "1 × £1,000.00", "£1,000.00"),
    ]
    assert example.total[-1] == "£26,253.22"
    assert "That is 2.18% of £1,200,000.00, cut and never rounded up." in said()


def test_the_example_takes_few_hours_and_little_money():
    measures = tuple(TenderMeasure(code) for code in ("S40", "S41", "S08", "V01", "G01"))
    rows = table(guide(replace(PACK, measures=measures)), "The example").rows
    assert [row[2] for row in rows] == ["10 × £226.50", "100 × £10.00", "10 × £277.21"]
    nothing = guide(replace(PACK, measures=(TenderMeasure("S30"), TenderMeasure("S40"))))
    assert not [one for one in nothing.blocks if isinstance(one, PaperTable) and one.caption == "The example"]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"method": QuantityMethod.PROPORTIONAL}, "The highest social value gets 10 points"),
        (
            {"method": QuantityMethod.TARGET, "method_target": Decimal(100_000)},
            "A social value of £100,000.00 or more gets 10 points; less gets its value ÷ £100,000.00 of them.",
        ),
        (
            {"method": QuantityMethod.BANDS, "bands": "0% 0; 5% 2; 10% 5"},
            "The share of social value gives part of 10 points: from 0%: 0 of 5; from 5%: 2 of 5; from 10%: 5 of 5.",
        ),
        ({"base": ShareBase.FIXED, "fixed_base": Decimal(900_000)}, "A fixed sum: £900,000.00"),
        ({"base": ShareBase.PRICE}, "The bidder’s price"),
    ],
)
def test_each_way_of_scoring_is_said(changes, words):
    assert words in said(replace(PACK, tender=replace(TENDER, **changes)))


def test_the_first_table_names_the_version_of_the_pack():
    assert ("Version of this pack", "2, issued on 4 January 2027") in table(guide(), "What is bought").rows


def test_the_least_that_is_asked_is_told_for_each_lot_with_its_sum():
    rows = table(guide(), "The council’s minimum").rows
    assert [row[0] for row in rows] == ["At least 5%", "Jobs"]
    lots = (LOT, replace(LOT, number=2, title="Hubs", value=Decimal(600_000)))
    rows = table(guide(replace(PACK, lots=lots)), "The council’s minimum").rows
    assert [row[0] for row in rows][-1] == "Lot 2, Hubs"
    assert rows[-1][2] == "£600,000.00 × 5% = £30,000.00 of social value"


def test_by_the_price_of_the_bidder_the_least_is_told_without_a_sum():
    text = said(replace(PACK, tender=replace(TENDER, base=ShareBase.PRICE)))
    assert "At least 5% of the contract value in social value" in text
    assert "The contract value here is your price" in text
    assert "£60,000.00" not in text


def test_without_rules_no_minimum_is_named():
    text = said(replace(PACK, policy=None))
    assert "minimum" not in text
    assert "The council’s minimum" not in text


def test_a_quote_says_no_more_than_it_asks():
    tender = replace(
        TENDER,
        title="",
        contract_manager="",
        most_measures=None,
        price_weight=Decimal(0),
        quality_weight=Decimal(80),
        quantity_part=Decimal(1),
    )
    asked = replace(PACK.answered[0], answered_on=None)
    lots = (LOT, replace(LOT, number=2, title="Hubs", value=None))
    excepted = TenderMeasure("S08", None, "", MEASURES[0].use, "Nobody is hired", "M. Reid", "Head of Procurement")
    pack = replace(PACK, tender=tender, lots=lots, measures=(excepted,), questions=(), answered=(asked,), changes=())
    paper = guide(pack)
    heads = [one.text for one in paper.blocks if isinstance(one, PaperHeading)]
    assert "Questions" not in heads
    assert "Conditions that every bidder accepts" not in heads
    assert not any(head.startswith("What was changed") for head in heads)
    text = said(pack)
    assert "Guide for bidders: T-2027-003" in text
    assert "Lot 2\nHubs, 2 years from 1 April 2027" in text
    assert "An exception from the council’s rules: Nobody is hired. Allowed by M. Reid, Head of Procurement." in text
    assert "lowest price" not in text
    assert "You may offer up to" not in text
    assert "Officer in charge" not in text
    assert "Answered: No." in text
    assert "outside the council’s area" not in text
    assert "Questions of bidders" not in said(replace(pack, answered=()))


def test_a_question_without_a_guide_and_without_most_words_is_asked_as_it_is():
    plain = replace(QUESTIONS[0], title="", most_words=None, **{f"guide_{mark}": "" for mark in range(6)})
    text = said(replace(PACK, questions=(plain,)))
    assert "Question 1\nHow will you find local people? Weight 60 of 100.\n" in text
    assert "Marks of question 1" not in text


def test_a_line_that_was_typed_without_a_full_stop_does_not_run_into_the_next():
    measure, question = replace(MEASURES[0], relevance="Cleaners are hired"), replace(QUESTIONS[0], text="Tell us")
    text = said(replace(PACK, measures=(measure, TenderMeasure("S08")), questions=(question,)))
    assert "Cleaners are hired. It counts" in text
    assert "Tell us. Weight 60 of 100." in text
    assert "\n. " not in text


def test_a_dated_measure_has_a_value_for_each_year():
    carbon = TENDER_EDITION.find_measure("G01")
    assert unit_value_words(carbon, {2027, 2028}) == "2027: £277.21, 2028: £281.40"
    assert unit_value_words(carbon, {2027}) == "£277.21"
    assert unit_value_words(TENDER_EDITION.find_measure("J11"), {2027, 2028}) == "£5,050.50"
    assert unit_value_words(TENDER_EDITION.find_measure("S30"), {2027}) == "Counted, not valued"
