"""Marks: who evaluates, what each gives to each answer with a reason, and the one mark that they agree on.

Evaluators confirm first that they have no conflict of interest. Until all have sent their marks none sees another's,
and nobody who marks sees prices or social value.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import partial

from tomsapp.domain.facts import Fact, FactKind, Fault, Listed
from tomsapp.domain.person import PERSON
from tomsapp.domain.problems import Problem
from tomsapp.domain.record_type import RecordType, fact_problem
from tomsapp.domain.tender.bands import BEST_MARK
from tomsapp.domain.wording import format_date

WIDE_SPREAD = 1
"""Marks that differ by more than this are asked about."""


@dataclass(frozen=True, slots=True)
class Evaluator:
    """Somebody who marks.

    Attributes:
        has_no_conflict: whether they confirmed that they have no conflict of interest, on `confirmed_on`.
        sent_on: the day on which they sent their marks, which they then change no more; None before.
    """

    name: str
    role: str = ""
    has_no_conflict: bool = False
    confirmed_on: date | None = None
    sent_on: date | None = None

    @property
    def may_mark(self) -> bool:
        """Whether they may give marks: they have no conflict, and have not sent yet."""
        return self.has_no_conflict and self.confirmed_on is not None and self.sent_on is None


@dataclass(frozen=True, slots=True)
class Mark:
    """What one evaluator gives to one answer.

    Attributes:
        evaluator, bid: their numbers in the database.
        question: the number of the question in its tender.
        mark: 0 to 5.
    """

    evaluator: int
    bid: int
    question: int
    mark: int
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ModeratedMark:
    """The mark that counts, with its reason; needed also where all agree. `by` says who moderated."""

    bid: int
    question: int
    mark: int
    reason: str = ""
    by: str = ""


def have_all_sent(evaluators: Sequence[Evaluator]) -> bool:
    """Whether there are evaluators and all have sent; before, none sees another's marks, prices or social value."""
    return bool(evaluators) and all(evaluator.sent_on is not None for evaluator in evaluators)


def not_marked(
    evaluator: int, marks: Iterable[Mark], bids: Iterable[int], questions: Sequence[int]
) -> tuple[tuple[int, int], ...]:
    """The answers, by bid and question, that an evaluator has not marked yet."""
    done = {(mark.bid, mark.question) for mark in marks if mark.evaluator == evaluator}
    return tuple((bid, question) for bid in bids for question in questions if (bid, question) not in done)


def spread(marks: Collection[int]) -> int:
    """How far the marks of one answer are apart; 0 of none or one."""
    return max(marks) - min(marks) if marks else 0


def spread_words(marks: Collection[int]) -> str:
    """What is asked where marks are far apart: "2 to 4: say why"; empty where they are not."""
    return f"{min(marks)} to {max(marks)}: say why" if spread(marks) > WIDE_SPREAD else ""


def outside_words(agreed: int, marks: Collection[int]) -> str:
    """What is asked where an agreed mark is none that lies between those that were given; empty where it is one.

    For example "4 is agreed, which is above every mark that was given: 0 to 1".
    """
    if not marks or min(marks) <= agreed <= max(marks):
        return ""
    side = "above" if agreed > max(marks) else "below"
    given = f"{min(marks)} to {max(marks)}" if spread(marks) else f"{min(marks)}"
    return f"{agreed} is agreed, which is {side} every mark that was given: {given}"


def not_moderated(
    moderated: Iterable[ModeratedMark], bids: Iterable[int], questions: Sequence[int]
) -> tuple[tuple[int, int], ...]:
    """The answers, by bid and question, that have no moderated mark yet."""
    done = {(mark.bid, mark.question) for mark in moderated}
    return tuple((bid, question) for bid in bids for question in questions if (bid, question) not in done)


def marks_of(moderated: Iterable[ModeratedMark], bid: int) -> Mapping[int, Fraction]:
    """The marks that count for one bid, by question."""
    return {mark.question: Fraction(mark.mark) for mark in moderated if mark.bid == bid}


def _evaluator_problems(evaluator: Evaluator) -> Iterable[Problem]:
    """First no conflict, then the marks."""

    def wrong(name: str, message: str, fix: str, code: str) -> Problem:
        return fact_problem(EVALUATOR, EVALUATOR.fact(name), Fault(message, fix, code))

    confirmed, sent = evaluator.confirmed_on, evaluator.sent_on
    if evaluator.has_no_conflict and confirmed is None:
        yield wrong("confirmed_on", "", "Enter the day on which it was confirmed", "missing")
    if confirmed is not None and not evaluator.has_no_conflict:
        yield wrong("confirmed_on", "", "Confirm that there is no conflict of interest, or take the day out", "alone")
    if sent is not None and confirmed is None:
        yield wrong("sent_on", "It comes before a confirmation that there is no conflict", "Confirm it first", "before")
    elif sent is not None and confirmed is not None and sent < confirmed:
        when = format_date(confirmed)
        yield wrong("sent_on", f"It is before {when}, when no conflict was confirmed", "Enter a later day", "before")


def mark_fault(mark: int) -> Fault | None:
    """What is wrong with a mark, or None."""
    if 0 <= mark <= BEST_MARK:
        return None
    return Fault(f"It is not between 0 and {BEST_MARK}", f"Enter a whole number from 0 to {BEST_MARK}", "out-of-range")


_fact = partial(Fact, revision="0018")
_question = partial(_fact, "question", "Question", FactKind.WHOLE, is_typed=False, listed=Listed.SHOWN)
_mark = partial(
    _fact,
    "mark",
    "Mark",
    FactKind.WHOLE,
    f"0 to {BEST_MARK}",
    needed=f"Enter a mark from 0 to {BEST_MARK}",
    check=mark_fault,
    listed=Listed.SHOWN,
)

EVALUATOR = RecordType(
    "evaluator",
    "evaluator",
    "evaluators",
    Evaluator,
    (
        _fact(
            "name",
            "Name",
            most=PERSON.most,
            needed="Enter the evaluator’s name",
            is_name=True,
            listed=Listed.SHOWN,
        ),
        _fact("role", "Role", hint="For example Head of Libraries", most=120, listed=Listed.SHOWN),
        _fact(
            "has_no_conflict",
            "No conflict of interest",
            FactKind.YES_NO,
            tick="Has no conflict of interest with any bidder",
            listed=Listed.SHOWN,
        ),
        _fact("confirmed_on", "Confirmed on", FactKind.DAY, keeps_null=True),
        _fact("sent_on", "Sent on", FactKind.DAY, is_typed=False, keeps_null=True, listed=Listed.SHOWN),
    ),
    name_of=lambda evaluator: evaluator.name,
    checks=(_evaluator_problems,),
)
"""What the council records of an evaluator."""

MARK = RecordType(
    "mark",
    "mark",
    "marks",
    Mark,
    (
        _question(),
        _mark(),
        _fact("reason", "Reason", FactKind.LONG, needed="Say what in the answer gets this mark", listed=Listed.SHOWN),
    ),
    name_of=lambda mark: f"mark of question {mark.question}",
)
"""What the council records of a mark."""

MODERATED_MARK = RecordType(
    "moderated_mark",
    "moderated mark",
    "moderated marks",
    ModeratedMark,
    (
        _question(),
        _mark(),
        _fact(
            "reason",
            "Reason",
            FactKind.LONG,
            "Needed also where all agree; proposed to the bidder as the explanation",
            needed="Say what in the answer gets this mark",
            listed=Listed.SHOWN,
        ),
        _fact("by", "Moderated by", most=PERSON.most, column="moderated_by", is_typed=False, is_name=True),
    ),
    name_of=lambda mark: f"moderated mark of question {mark.question}",
)
"""What the council records of a moderated mark."""
