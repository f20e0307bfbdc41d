"""A bid: what one bidder offers in one lot, with its price and its quality, and what is decided of its problems."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from functools import partial

from tomsapp.domain.alike import alike
from tomsapp.domain.facts import Fact, FactKind, Fault, Listed
from tomsapp.domain.problems import Problem
from tomsapp.domain.record_type import RecordType, fact_problem
from tomsapp.domain.seal import REASON_LETTERS, letters_missing
from tomsapp.domain.wording import format_date, format_exact


@dataclass(frozen=True, slots=True)
class Bid:
    """One bidder in one lot.

    Attributes:
        lot: the number of the lot.
        price: in pounds without VAT for the whole length; None until it is entered.
        quality: the points that it got of the tender's quality points (`Tender.quality_points`), without social value;
            None until they are entered.
    """

    lot: int
    supplier: str
    price: Decimal | None = None
    quality: Decimal | None = None
    notes: str = ""

    @property
    def name(self) -> str:
        """What it is called: "Calder Clean Cooperative, lot 2"."""
        return f"{self.supplier}, lot {self.lot}"


class DecisionKind(Enum):
    """What is done about a problem of a bid."""

    ASK = "ask"
    ACCEPT = "accept"
    LEAVE_OUT = "leave_out"

    @property
    def words(self) -> str:
        """What is chosen."""
        return {
            DecisionKind.ASK: "Ask the bidder",
            DecisionKind.ACCEPT: "Accept it",
            DecisionKind.LEAVE_OUT: "Leave the line out",
        }[self]

    @property
    def done(self) -> str:
        """What was done."""
        return {DecisionKind.ASK: "Asked", DecisionKind.ACCEPT: "Accepted", DecisionKind.LEAVE_OUT: "Left out"}[self]


@dataclass(frozen=True, slots=True)
class BidDecision:
    """What was decided of one problem of a bid.

    Attributes:
        bid: the number of the bid in the database.
        problem: the key of the Problem.
        sha256: of the offer file in which it was found; a decision does not hold for another file.
        reason: why it is accepted or left out, which the bidder reads.
        line: of leaving out, the key of the commitment that does not count.
        asked_on, due_on: when the bidder was asked, and by when an answer is due.
        answer, answered_on: what the bidder answered, and when.
        by: who decided.
        question: what the bidder was asked; it stays, whatever is decided then.
    """

    bid: int
    problem: str
    sha256: str
    kind: DecisionKind = DecisionKind.ASK
    reason: str = ""
    line: str = ""
    asked_on: date | None = None
    due_on: date | None = None
    answer: str = ""
    answered_on: date | None = None
    by: str = ""
    question: str = ""

    @property
    def parted(self) -> "BidDecision":
        """The decision with its question apart from its reason: what earlier versions kept has it as the reason.

        Of what was only asked nothing is decided yet, so that it has no reason.
        """
        if not self.is_open or not self.reason:
            return self
        return replace(self, question=self.question if self.question.strip() else self.reason, reason="")

    @property
    def asked(self) -> str:
        """What the bidder was asked, empty where nothing."""
        return self.parted.question.strip()

    @property
    def is_open(self) -> bool:
        """Whether something is still to be decided: it was asked about and no more."""
        return self.kind is DecisionKind.ASK

    @property
    def words(self) -> str:
        """The decision in short: "Asked, due 29 January 2027", "Answered on 28 January 2027", "Accepted: …"."""
        if self.kind is not DecisionKind.ASK:
            return f"{self.kind.done}: {self.reason.strip()}"
        if self.answered_on is not None:
            return f"Answered on {format_date(self.answered_on)}"
        return f"Asked, due {format_date(self.due_on)}" if self.due_on is not None else "Asked"

    def is_overdue(self, today: date) -> bool:
        """Whether an answer was due before today, and there is none."""
        return self.is_open and self.answered_on is None and self.due_on is not None and self.due_on < today


def decisions_in_force(decisions: Iterable[BidDecision], sha256: str) -> dict[str, BidDecision]:
    """The decisions about one offer file, by the key of the Problem."""
    return {decision.problem: decision for decision in decisions if decision.sha256 == sha256}


def left_out(decisions: Iterable[BidDecision]) -> frozenset[str]:
    """The keys of the commitments that decisions leave out of the value."""
    return frozenset(each.line for each in decisions if each.kind is DecisionKind.LEAVE_OUT and each.line)


def undecided(problems: Sequence[Problem], decisions: Iterable[BidDecision]) -> tuple[Problem, ...]:
    """The open Problems of a bid about which nothing is decided: those that were only asked about among them."""
    decided = {decision.problem for decision in decisions if not decision.is_open}
    return tuple(problem for problem in problems if problem.is_open and problem.key not in decided)


def _reason_problems(decision: BidDecision) -> Iterable[Problem]:
    noun = "question" if decision.kind is DecisionKind.ASK else "reason"
    if letters_missing(str(getattr(decision, noun))):
        fault = Fault(f"The {noun} says too little", f"Write at least {REASON_LETTERS} letters", "short")
        yield fact_problem(BID_DECISION, BID_DECISION.fact(noun), fault)
    elif noun == "reason" and alike(decision.reason) == alike(decision.question):
        fault = Fault("The reason is what the bidder was asked", "Say why it is decided so", "asked")
        yield fact_problem(BID_DECISION, BID_DECISION.fact(noun), fault)
    if decision.kind is DecisionKind.LEAVE_OUT and not decision.line:
        fault = Fault("", "Choose the line that does not count", "missing")
        yield fact_problem(BID_DECISION, BID_DECISION.fact("line"), fault)


def _asking_problems(decision: BidDecision) -> Iterable[Problem]:
    """A question has its days; an answer comes to a question, with its own day."""

    def wrong(name: str, message: str, fix: str, code: str = "missing") -> Problem:
        return fact_problem(BID_DECISION, BID_DECISION.fact(name), Fault(message, fix, code))

    asked, due, answered = decision.asked_on, decision.due_on, decision.answered_on
    has_answer = bool(decision.answer.strip())
    if decision.kind is DecisionKind.ASK:
        if asked is None:
            yield wrong("asked_on", "", "Enter the day on which the bidder is asked")
        if due is None:
            yield wrong("due_on", "", "Enter the day by which an answer is due")
    if due is not None and asked is not None and due < asked:
        yield wrong("due_on", f"It is before {format_date(asked)}, when it is asked", "Enter a later day", "before")
    if has_answer and answered is None:
        yield wrong("answered_on", "", "Enter the day of the answer")
    if answered is not None:
        if not has_answer:
            yield wrong("answer", "", "Enter the answer, or take its day out")
        if asked is None or answered < asked:
            yield wrong("answered_on", "It is before the question", "Enter a later day", "before")


_fact = partial(Fact, revision="0018")

BID = RecordType(
    "bid",
    "bid",
    "bids",
    Bid,
    (
        _fact("lot", "Lot", FactKind.WHOLE, is_typed=False, is_above_zero=True, listed=Listed.SHOWN),
        _fact(
            "supplier",
            "Bidder",
            FactKind.LINK,
            column="supplier_id",
            needed="Choose a supplier or add a new one",
            listed=Listed.SHOWN,
        ),
        _fact(
            "price",
            "Price",
            FactKind.POUNDS,
            "In pounds, without VAT, for the whole length",
            most=30,
            is_above_zero=True,
            keeps_null=True,
            listed=Listed.SHOWN,
        ),
        _fact(
            "quality",
            "Quality",
            FactKind.QUANTITY,
            "Points, without those for social value",
            most=20,
            keeps_null=True,
            listed=Listed.SHOWN,
        ),
        _fact("notes", "Notes", FactKind.LONG, listed=Listed.NO, is_searched=False),
    ),
    name_of=lambda bid: bid.name,
)
"""What the council records of a bid."""

BID_DECISION = RecordType(
    "bid_decision",
    "decision on a bid",
    "decisions on bids",
    BidDecision,
    (
        _fact("problem", "Problem", FactKind.LONG, is_typed=False),
        _fact("sha256", "Offer file", most=64, is_typed=False),
        _fact("kind", "Decision", FactKind.CHOICE, choices=DecisionKind, listed=Listed.SHOWN),
        _fact("reason", "Reason", FactKind.LONG, "The bidder reads it", listed=Listed.SHOWN),
        _fact("line", "Line left out", is_typed=False),
        _fact("asked_on", "Asked on", FactKind.DAY, keeps_null=True),
        _fact("due_on", "Answer due on", FactKind.DAY, keeps_null=True),
        _fact("answer", "Answer", FactKind.LONG, "As the bidder gave it"),
        _fact("answered_on", "Answered on", FactKind.DAY, keeps_null=True),
        _fact("by", "Decided by", most=120, column="decided_by", is_typed=False, is_name=True),
        Fact("question", "Question", FactKind.LONG, "As the bidder reads it", revision="0023", listed=Listed.SHOWN),
    ),
    name_of=lambda decision: decision.words,
    checks=(_reason_problems, _asking_problems),
)
"""What the council records of a decision."""


def quality_fault(bid: Bid, most: Fraction) -> Fault | None:
    """What is wrong with the quality points of a bid in a tender that gives `most`, or None."""
    if bid.quality is None or bid.quality <= most:
        return None
    told = format_exact(most)
    return Fault(f"It is over {told}, the tender’s quality points", f"Enter at most {told}", "too-large")


def quality_problems(bid: Bid, most: Fraction) -> list[Problem]:
    """The same as a Problem of the bid."""
    fault = quality_fault(bid, most)
    return [] if fault is None else [fact_problem(BID, BID.fact("quality"), fault)]
