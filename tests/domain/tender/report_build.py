"""The drawn evaluation with all that its report tells: marks, decisions, receipts, acts and versions."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from tests.domain.tender.build import lot as lot_record
from tests.domain.tender.build import question, tender
from tests.domain.tender.scoring_build import MENU, picture, pictured
from tomsapp.domain.offer import Surroundings
from tomsapp.domain.papers.evaluation_told import BidTold, EvaluationTold
from tomsapp.domain.tender.acts import TenderAct, TenderActKind
from tomsapp.domain.tender.admission import NotAdmitted
from tomsapp.domain.tender.bid import BidDecision, DecisionKind
from tomsapp.domain.tender.choices import MinimumRule
from tomsapp.domain.tender.evaluating import ToEvaluate, evaluate
from tomsapp.domain.tender.issued import IssuedVersion
from tomsapp.domain.tender.marking import Evaluator, Mark, ModeratedMark
from tomsapp.domain.tender.receipt import Admission, ReceivedFile, judge_receipts
from tomsapp.domain.tender.sensitivity import sensitivity_of

D = Decimal
DEADLINE = datetime(2027, 1, 22, 12, tzinfo=UTC)
QUESTIONS = (question(1, "30"), question(2, "40", title="Training"), question(3, "30", title=""))
EVALUATORS = {
    1: Evaluator("A. Okafor", "Head of Libraries", True, date(2027, 1, 25), date(2027, 1, 28)),
    2: Evaluator("J. Patel", "", True, date(2027, 1, 25), date(2027, 1, 29)),
}
EXCLUDED = NotAdmitted("excluded", "Excluded", "By decision")
LATE_REASON = "The portal was down from 11:30 to 13:00 that day"


def act(number: int, kind: TenderActKind, day: int, **others: Any) -> TenderAct:
    """An act of January 2027 by A. Okafor."""
    facts: dict[str, Any] = {
        "done_on": date(2027, 1, day),
        "role": "Procurement lead",
        "tender_id": 1,
        "by": "A. Okafor",
        "recorded_at": datetime(2027, 1, day, 9, 30, 5, tzinfo=UTC),
    }
    return TenderAct(id=number, kind=kind, **(facts | others))


ACTS = (
    act(1, TenderActKind.ISSUE, 4, version=1),
    act(2, TenderActKind.AMEND, 11, version=2),
    act(3, TenderActKind.OPEN, 22),
    act(4, TenderActKind.ADMIT_LATE, 25, receipt=4, reason=LATE_REASON),
)
VERSIONS = tuple(
    IssuedVersion(number, f"{number}a" * 32, 40_000, number, date(2027, 1, day), "A. Okafor", DEADLINE)
    for number, day in ((1, 4), (2, 11))
)


def received(number: int, supplier: str, late: timedelta = timedelta(0), **others: Any) -> ReceivedFile:
    """A file that came a minute before the deadline, or later."""
    came = DEADLINE - timedelta(minutes=1) + late
    facts: dict[str, Any] = {
        "portal_at": came,
        "received_at": DEADLINE + timedelta(hours=21),
        "supplier": supplier,
        "lot": 1,
        "pack_version": 2,
    }
    return ReceivedFile(number, f"{supplier} offer.xlsx", f"{number:02x}" * 32, 31_416, **(facts | others))


FILES = (
    received(1, "Calder", portal_at=None, received_at=DEADLINE - timedelta(hours=2)),
    received(2, "Meridian", pack_version=1),
    received(3, "Ashdown"),
    received(4, "Rowan", timedelta(hours=1, minutes=2, seconds=9)),
    received(5, "", refused="the workbook has macros", ask_for="a workbook without macros"),
)
RECEIPTS = judge_receipts(DEADLINE, 2, FILES, {4: Admission("A. Okafor", LATE_REASON)})

DECISIONS = {
    "Ashdown": (
        BidDecision(
            3, "declare-different", "03" * 32, DecisionKind.LEAVE_OUT, "The same person twice", "J01", by="J. Patel"
        ),
    ),
    "Calder": (
        BidDecision(
            *(1, "plausible", "01" * 32, DecisionKind.ACCEPT, "They showed their payroll", ""),
            *(date(2027, 1, 25), date(2027, 1, 29), "Eight", date(2027, 1, 28), "A. Okafor", "How many are they?"),
        ),
        BidDecision(
            *(1, "first-year", "01" * 32, DecisionKind.ASK, "", ""),
            *(date(2027, 1, 25), date(2027, 1, 29), "In May", date(2027, 1, 28), "A. Okafor", "When do they start?"),
        ),
    ),
}
PROBLEMS = {"declare-different": "J01 and J11 may be the same person", "plausible": "8 jobs are many for the contract"}


def bids() -> tuple[BidTold, ...]:
    """The four bids as they came."""
    found = []
    for number, (entered, receipt) in enumerate(zip(pictured(), RECEIPTS, strict=False), start=1):
        whole = replace(entered, left_out=frozenset()).checked(MENU, Surroundings(picture().policy)).checked
        found.append(BidTold(entered.key, number, whole, PROBLEMS, DECISIONS.get(entered.key, ()), receipt))
    return tuple(found)


def moderated() -> tuple[ModeratedMark, ...]:
    """The marks that count, as the drawn bids have them."""
    return tuple(
        ModeratedMark(number, asked, int(mark), f"It names groups and dates ({asked})", "A. Okafor")
        for number, entered in enumerate(pictured(), start=1)
        for asked, mark in entered.marks.items()
    )


def marks() -> tuple[Mark, ...]:
    """What both evaluators gave to the first question."""
    return tuple(Mark(who, bid, 1, 4, f"Named groups, says {who}") for who in (1, 2) for bid in (1, 2, 3, 4))


def told(given: ToEvaluate | None = None, **others: Any) -> EvaluationTold:
    """The drawn lot, unless another one is given, with all that is told of it."""
    evaluated = evaluate(given or picture())
    facts: dict[str, Any] = {
        "tender": tender(minimum=MinimumRule.NOT_ADMITTED),
        "lot": lot_record(),
        "lots": 1,
        "questions": QUESTIONS,
        "bids": bids(),
        "sensitivity": sensitivity_of(evaluated),
        "evaluators": EVALUATORS,
        "marks": marks(),
        "moderated": moderated(),
        "receipts": RECEIPTS,
        "acts": ACTS,
        "versions": VERSIONS,
        "made_with": "tomsapp 9.9",
    }
    return EvaluationTold(evaluated=evaluated, **(facts | others))
