"""Publishing a delivered valuation: its days, its number, and what must be put right before."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from tests.domain.build import contract
from tests.domain.delivery.build import act, q
from tomsapp.domain.contract import ContractStatus
from tomsapp.domain.delivery.act_checks import DeliveryActGround, delivery_act_problems
from tomsapp.domain.delivery.acts import DeliveryActFacts, DeliveryActKind
from tomsapp.domain.delivery.published import DeliveredPaperKept, PaperFacts
from tomsapp.domain.delivery.publishing import (
    newest_paper,
    next_paper,
    quarter_ending,
    quarters_to_publish,
    span_words,
)
from tomsapp.domain.delivery.quarters import quarters_of
from tomsapp.domain.delivery.rules import DeliveryRules

WHAT = contract(years=2, status=ContractStatus.SIGNED)
Q1, Q2, *_ = quarters_of(WHAT)
TODAY = date(2026, 10, 20)
WHY = "A claim was taken back after it"


def kept(number: int, until: date, which: int = 1) -> DeliveredPaperKept:
    return DeliveredPaperKept(
        until,
        which,
        id=number,
        contract_id=1,
        act=number,
        published_on=TODAY,
        by="Ann",
        recorded_at=datetime(2026, 10, 20, tzinfo=UTC),
        sha256="",
        size=1,
    )


def codes(quarter=Q2, today: date = TODAY, *, replaces: bool = False, **said) -> list[str]:
    facts = DeliveryActFacts(
        DeliveryActKind.PUBLISH, **({"done_on": TODAY, "role": "Contract manager", "quarter": q("1.2")} | said)
    )
    ground = DeliveryActGround(WHAT, DeliveryRules(), "Ann", quarter=quarter, replaces=replaces)
    return [problem.code for problem in delivery_act_problems(facts, ground, today)]


def test_a_paper_can_be_to_the_end_of_each_quarter_that_ended():
    assert [each.quarter for each in quarters_to_publish(WHAT, TODAY)] == [q("1.2"), q("1.1")]
    assert quarters_to_publish(WHAT, date(2026, 6, 29)) == ()
    assert quarter_ending(WHAT, date(2026, 9, 30)) == Q2
    assert quarter_ending(WHAT, date(2026, 9, 29)) is None


@pytest.mark.parametrize(
    ("quarter", "words"),
    [
        (1, "30 September 2026, end of Q2 of 2026/27"),
        (3, "31 March 2027, end of year 2026/27"),
        (7, "31 March 2028, end of year 2027/28"),
    ],
)
def test_its_day_says_which_quarter_or_year_ends(quarter, words):
    assert span_words(WHAT, quarters_of(WHAT)[quarter]) == words


def test_a_short_last_year_ends_with_its_last_quarter():
    short = replace(WHAT, end_on=date(2027, 5, 3))
    assert span_words(short, quarters_of(short)[-1]) == "3 May 2027, end of year 2027/28"


def test_the_next_paper_to_a_day_replaces_the_one_before():
    papers = [kept(1, Q1.ends_on), kept(2, Q2.ends_on), kept(3, Q2.ends_on, 2)]
    assert next_paper((), Q1.ends_on, WHY) == PaperFacts(Q1.ends_on, 1)
    assert next_paper(papers, Q1.ends_on, WHY) == PaperFacts(Q1.ends_on, 2, 1, WHY)
    assert next_paper(papers, Q2.ends_on, WHY) == PaperFacts(Q2.ends_on, 3, 3, WHY)
    assert newest_paper(papers, date(2026, 12, 31)) is None


def test_what_must_be_put_right():
    assert codes() == []
    assert codes(None) == ["until-missing"]
    assert codes(today=date(2026, 9, 29), done_on=date(2026, 9, 29)) == ["until-future"]
    assert codes(done_on=date(2026, 9, 29)) == ["done-on-early"]
    assert codes(done_on=date(2026, 10, 21)) == ["done-on-future"]
    assert codes(role="") == ["role-missing"]


def test_a_replacement_says_why_and_a_first_paper_need_not():
    assert codes(reason="No") == []
    assert codes(replaces=True, reason="No") == ["reason-short"]
    assert codes(replaces=True, reason=WHY) == []


def test_what_was_published_is_replaced_and_never_taken_back():
    back = DeliveryActFacts(DeliveryActKind.TAKE_BACK, TODAY, "Contract manager", WHY)
    ground = DeliveryActGround(WHAT, DeliveryRules(), "Ann", reverses=act(DeliveryActKind.PUBLISH))
    assert [each.code for each in delivery_act_problems(back, ground, TODAY)] == ["act-published"]
