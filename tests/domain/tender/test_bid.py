"""Bids, what is decided of their problems, and their quality points."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from tomsapp.domain.problems import Answer, Problem, Severity
from tomsapp.domain.tender.bid import (
    BID,
    BID_DECISION,
    Bid,
    BidDecision,
    DecisionKind,
    decisions_in_force,
    left_out,
    quality_fault,
    quality_problems,
    undecided,
)

D = Decimal
DAY = date(2027, 1, 25)
ENOUGH = "The people are others, as the letter of 28 January says"
BID_1 = Bid(1, "Calder Clean Cooperative", D("1164000.00"), D("38.5"))
ASK = BidDecision(
    1,
    "clash:J01",
    "ab",
    question="Are these the same two people?",
    asked_on=DAY,
    due_on=date(2027, 1, 29),
    by="A. Okafor",
)
ACCEPT = replace(ASK, kind=DecisionKind.ACCEPT, reason=ENOUGH, answer="No", answered_on=date(2027, 1, 28))
LEAVE_OUT = BidDecision(1, "clash:S08", "ab", DecisionKind.LEAVE_OUT, ENOUGH, line="2")


@pytest.mark.parametrize("record", [ASK, ACCEPT, LEAVE_OUT, replace(ASK, answer="No", answered_on=DAY)])
def test_what_is_right_can_be_saved(record):
    assert BID_DECISION.problems(record) == []


@pytest.mark.parametrize(
    ("record", "codes"),
    [
        (replace(ASK, question="Why?"), "question-short"),
        (replace(ACCEPT, reason="It is fine"), "reason-short"),
        (replace(ACCEPT, reason=ASK.question), "reason-asked"),
        (replace(ACCEPT, reason=f" {ASK.question.upper()}\n"), "reason-asked"),
        (replace(LEAVE_OUT, reason=ASK.question, question=ASK.question), "reason-asked"),
        (replace(LEAVE_OUT, line=""), "line-missing"),
        (replace(ASK, asked_on=None), "asked-on-missing"),
        (replace(ASK, due_on=None), "due-on-missing"),
        (replace(ASK, due_on=date(2027, 1, 24)), "due-on-before"),
        (replace(ASK, answer="No"), "answered-on-missing"),
        (replace(ASK, answered_on=DAY), "answer-missing"),
        (replace(ASK, answer="No", answered_on=date(2027, 1, 24)), "answered-on-before"),
        (replace(LEAVE_OUT, answer="No", answered_on=DAY), "answered-on-before"),
    ],
)
def test_what_is_wrong_with_a_decision_is_said(record, codes):
    found = BID_DECISION.problems(record)
    assert " ".join(problem.code for problem in found) == codes
    assert all(problem.message and problem.fix for problem in found)


OLD = replace(ASK, question="", reason=ASK.question)
"""A question as earlier versions kept it: as the reason."""


def test_a_question_that_was_kept_as_the_reason_is_the_question():
    assert (OLD.parted, OLD.asked, OLD.parted.asked) == (ASK, ASK.question, ASK.question)
    assert replace(OLD, question=" ").parted == ASK
    assert replace(OLD, question="Which?").asked == "Which?"
    assert BID_DECISION.problems(OLD.parted) == []


@pytest.mark.parametrize("record", [ASK, ACCEPT, LEAVE_OUT, replace(ASK, question="")])
def test_any_other_decision_keeps_question_and_reason(record):
    assert record.parted == record
    assert record.asked == record.question


def test_what_is_wrong_with_a_question_is_said_of_the_question():
    [problem] = BID_DECISION.problems(replace(ASK, question="Why?"))
    assert problem.message == "The question says too little"


def test_a_bid_has_a_price_above_zero():
    assert BID.problems(BID_1) == BID.problems(Bid(1, "A")) == BID.problems(replace(BID_1, quality=D(0))) == []
    assert [problem.code for problem in BID.problems(replace(BID_1, price=D(0)))] == ["price-missing"]
    assert BID.name_of(BID_1) == "Calder Clean Cooperative, lot 1"


def test_decisions_are_told_in_short():
    assert [kind.words for kind in DecisionKind] == ["Ask the bidder", "Accept it", "Leave the line out"]
    assert BID_DECISION.name_of(ASK) == "Asked, due 29 January 2027"
    assert replace(ASK, due_on=None).words == "Asked"
    assert replace(ASK, answered_on=DAY).words == "Answered on 25 January 2027"
    assert ACCEPT.words == f"Accepted: {ENOUGH}"
    assert LEAVE_OUT.words == f"Left out: {ENOUGH}"


@pytest.mark.parametrize(
    ("decision", "day", "late"),
    [
        (ASK, date(2027, 1, 29), False),
        (ASK, date(2027, 1, 30), True),
        (replace(ASK, answered_on=DAY), date(2027, 1, 30), False),
        (replace(ASK, due_on=None), date(2027, 1, 30), False),
        (ACCEPT, date(2027, 1, 30), False),
    ],
)
def test_an_answer_is_overdue_after_its_day(decision, day, late):
    assert decision.is_overdue(day) is late


def test_a_decision_holds_for_the_file_that_it_was_made_about():
    other = replace(ASK, sha256="cd")
    assert decisions_in_force([other, ASK, LEAVE_OUT], "ab") == {"clash:J01": ASK, "clash:S08": LEAVE_OUT}
    assert left_out([ASK, ACCEPT, LEAVE_OUT, replace(LEAVE_OUT, line="")]) == {"2"}


def test_what_was_only_asked_about_is_undecided():
    error = Problem("clash", Severity.ERROR, "They clash", "Choose one", key="clash:J01")
    warning = Problem("clash", Severity.WARNING, "They clash", "Say so", key="clash:S08")
    answered = replace(warning, key="other", answer=Answer("They are others"))
    note = Problem("note", Severity.NOTE, "It is high", "", key="note")
    problems = (error, warning, answered, note)
    assert undecided(problems, []) == (error, warning)
    assert undecided(problems, [ASK, LEAVE_OUT]) == (error,)
    assert undecided(problems, [ACCEPT, LEAVE_OUT]) == ()


def test_quality_points_are_at_most_those_of_the_tender():
    assert quality_fault(BID_1, Fraction("38.5")) is quality_fault(Bid(1, "A"), Fraction(0)) is None
    assert quality_fault(BID_1, Fraction("38.4")).message == "It is over 38.4, the tender’s quality points"
    (problem,) = quality_problems(BID_1, Fraction("38.4"))
    assert (problem.where.field, problem.message) == (
        "quality",
        "The quality is over 38.4, the tender’s quality points",
    )
    assert quality_problems(BID_1, Fraction(40)) == []
