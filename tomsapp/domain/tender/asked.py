"""What a bidder asked before the deadline, and the council's answer. Who asked is not kept: all bidders read it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import partial

from tomsapp.domain.facts import Fact, FactKind, Fault, Listed
from tomsapp.domain.problems import Problem
from tomsapp.domain.record_type import RecordType, fact_problem
from tomsapp.domain.wording import format_date


@dataclass(frozen=True, slots=True)
class BidderQuestion:
    """One question of a bidder, with its answer as soon as there is one; both belong to the next version of the pack.

    Attributes:
        answered_on: the day of the answer; None while there is none.
    """

    asked_on: date
    question: str
    answer: str = ""
    answered_on: date | None = None

    @property
    def is_answered(self) -> bool:
        """Whether it has an answer, which then belongs to the pack."""
        return self.answered_on is not None and bool(self.answer.strip())


def _answer_problems(asked: BidderQuestion) -> Iterable[Problem]:
    """An answer and its day go together, and the day is not before the question's."""
    day, has_text = asked.answered_on, bool(asked.answer.strip())
    if has_text and day is None:
        fault = Fault("", "Enter the day of the answer", "missing")
        yield fact_problem(BIDDER_QUESTION, BIDDER_QUESTION.fact("answered_on"), fault)
    if day is not None and not has_text:
        fault = Fault("", "Enter the answer, or take its day out", "missing")
        yield fact_problem(BIDDER_QUESTION, BIDDER_QUESTION.fact("answer"), fault)
    if day is not None and day < asked.asked_on:
        fault = Fault(f"It is before {format_date(asked.asked_on)}, when it was asked", "Enter a later day", "before")
        yield fact_problem(BIDDER_QUESTION, BIDDER_QUESTION.fact("answered_on"), fault)


_fact = partial(Fact, revision="0016")

BIDDER_QUESTION = RecordType(
    "bidder_question",
    "question of a bidder",
    "questions of bidders",
    BidderQuestion,
    (
        _fact(
            "asked_on",
            "Asked on",
            FactKind.DAY,
            needed="Enter the day on which it was asked",
            listed=Listed.SHOWN,
        ),
        _fact(
            "question",
            "Question",
            FactKind.LONG,
            "Without anything that shows who asks",
            needed="Enter what was asked",
            listed=Listed.SHOWN,
        ),
        _fact("answer", "Answer", FactKind.LONG, "As all bidders read it", listed=Listed.SHOWN),
        _fact("answered_on", "Answered on", FactKind.DAY, keeps_null=True, listed=Listed.SHOWN),
    ),
    name_of=lambda asked: f"question of {format_date(asked.asked_on)}",
    checks=(_answer_problems,),
)
"""What the council records of a question of a bidder."""
