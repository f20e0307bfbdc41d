"""A bidder's own plan: the figures of its offer, what it says of each promise, and whether it is finished."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from tests.exchange.tenders.examples import ANSWERED, BIDDER, OFFER, PACK, QUESTIONS, TENDER, TENDER_EDITION
from tomsapp.domain.commitment import Rate
from tomsapp.domain.contract import ContractKind, YearSpend
from tomsapp.domain.papers.council_paper import PaperTable, PaperText, TextKind
from tomsapp.domain.papers.supplier_plan import supplier_plan
from tomsapp.domain.problems import AnswerChoice
from tomsapp.domain.supplier import Supplier
from tomsapp.domain.tender.offer_checks import check_tender_offer
from tomsapp.domain.wording import format_pounds

DAY = date(2027, 1, 20)


def plan(offer=OFFER, pack=PACK):
    return supplier_plan(pack, TENDER_EDITION, check_tender_offer(pack, TENDER_EDITION, offer), DAY)


def said(offer=OFFER, pack=PACK) -> str:
    return "\n".join(plan(offer, pack).words)


def test_the_plan_says_all_that_is_promised():
    text = said()
    for words in (
        "Social Value Plan of Calder Clean Cooperative: Cleaning of libraries & hubs",
        "Voluntary, community, faith or social enterprise",
        "Jo Bell, jo@calder.example",
        "2 years from 1 April 2027",
        "With the job centre.",
        "Where: the whole area.",
        "Delivered by: Our own staff.",
        "The people in these jobs are new.",
        "The people in these jobs are transferred (TUPE).",
        "50% of it is this contract’s.",
        "Community project: Youth hub.",
        "Worked out: 12 sessions × 2 hours × 1.5 people = 36.",
        "Conditions that we accept",
        "Question 1: Local jobs",
        "And schools.",
        PACK.name,
    ):
        assert words in text, words


def test_its_total_is_that_of_the_offer():
    checked = check_tender_offer(PACK, TENDER_EDITION, OFFER)
    table = next(one for one in plan().blocks if isinstance(one, PaperTable) and one.caption == "What we promise")
    assert table.total[-1] == format_pounds(checked.checked.valuation.social_value)
    assert len(table.rows) == len(OFFER.commitments)


def test_it_is_the_organisations_own_paper():
    paper = plan()
    assert (paper.council, paper.made_by, paper.made_on) == (BIDDER.name, BIDDER.contact_name, DAY)
    nameless = plan(replace(OFFER, bidder=Supplier("")))
    assert nameless.council == "Our organisation"
    assert "Registration number" not in "\n".join(nameless.words)


def test_an_offer_that_is_not_finished_says_so():
    paper = plan(replace(OFFER, statements={}))
    marked = [block.text for block in paper.blocks if isinstance(block, PaperText) and block.kind is TextKind.MARKED]
    assert marked[0].startswith("This plan is not finished: 2 questions have no answer")
    assert "Our answers" not in "\n".join(paper.words)


def test_answers_to_warnings_stand_in_it():
    text = said(ANSWERED)
    assert "What we were asked, and our answer" not in text
    checked = check_tender_offer(PACK, TENDER_EDITION, OFFER)
    asked = next(problem for problem in checked.problems if problem.is_open and problem.asked)
    given = next(iter(ANSWERED.answers.values()))
    for moment, told in (
        (None, "It is right as it stands, because: Each has a contract."),
        (datetime(2027, 1, 19, tzinfo=UTC), "(19 January 2027)"),
    ):
        answer = replace(given, asked=asked.asked, answered_at=moment, choice=AnswerChoice.RIGHT)
        assert told in said(replace(OFFER, answers={asked.key: answer}))


def test_promises_per_pound_and_other_places_are_told():
    lines = (
        replace(OFFER.commitments[4], rate=Rate(Decimal(2), Decimal("10000.00")), quantities=(), place="E05000002"),
        replace(OFFER.commitments[3], place="outside"),
        replace(OFFER.commitments[1], place="E99", statement=""),
        replace(OFFER.commitments[0], measure="gone"),
    )
    lot = replace(PACK.lots[0], spend=(YearSpend(0, Decimal("1000000.00")),))
    framework = replace(PACK, tender=replace(TENDER, kind=ContractKind.FRAMEWORK), lots=(lot, replace(lot, number=2)))
    text = said(replace(OFFER, commitments=lines), framework)
    for words in ("2 for every £10,000.00 that is spent.", "Where: outside the area.", "Where: E99.", "lot 1"):
        assert words in text, words
    assert "Where: E05000002." in said(replace(OFFER, commitments=lines), replace(framework, area=None))


def test_an_empty_offer_and_questions_without_a_title():
    empty = replace(OFFER, commitments=(), details={}, accepted=frozenset(), statements={2: "Nothing."})
    text = said(empty, replace(PACK, tender=replace(TENDER, title="")))
    assert "What we promise" not in text
    assert "Conditions that we accept" not in text
    assert "Question 2\n" in text
    assert QUESTIONS[1].text in text


def test_an_offer_for_no_lot_is_refused():
    with pytest.raises(ValueError, match="7"):
        plan(replace(OFFER, lot=7))
