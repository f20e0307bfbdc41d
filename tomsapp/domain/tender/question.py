"""A question of a tender, which bidders answer in words, with the guide by which answers are marked."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import partial

from tomsapp.domain.facts import Fact, FactKind, Fault, Listed
from tomsapp.domain.record_type import RecordType
from tomsapp.domain.tender.bands import BEST_MARK

MARKS = tuple(range(BEST_MARK, -1, -1))
"""The marks that an answer can get, the best first."""

ALL_QUESTIONS = 100
"""The weights of a tender's questions add up to so much."""

MOST_QUESTIONS = 50
_MOST_GUIDE = 1_000


@dataclass(frozen=True, slots=True)
class Question:
    """One question.

    Attributes:
        number: 1 is the first.
        title: what it is called in lists: "Local jobs".
        text: the question itself.
        weight: of 100 over all questions of the tender.
        most_words: how many words an answer may have; None for any number.
        guide_5 … guide_0: what an answer is like that gets this mark.
    """

    number: int
    title: str = ""
    text: str = ""
    weight: Decimal = Decimal(0)
    most_words: int | None = None
    guide_5: str = ""
    guide_4: str = ""
    guide_3: str = ""
    guide_2: str = ""
    guide_1: str = ""
    guide_0: str = ""

    @property
    def guide(self) -> Mapping[int, str]:
        """What each mark means, the best first."""
        return {mark: str(getattr(self, f"guide_{mark}")) for mark in MARKS}

    @property
    def marks_without_guide(self) -> tuple[int, ...]:
        """The marks of which nothing is said."""
        return tuple(mark for mark, text in self.guide.items() if not text.strip())

    @property
    def name(self) -> str:
        """What it is called: "question 2", "question 2, Local jobs"."""
        return f"question {self.number}, {self.title}" if self.title else f"question {self.number}"


def count_words(text: str) -> int:
    """How many words a text has: what stands between white space, as word processors count them."""
    return len(text.split())


def _weight_fault(weight: Decimal) -> Fault | None:
    if weight <= ALL_QUESTIONS:
        return None
    return Fault(f"It is over {ALL_QUESTIONS}", f"Enter at most {ALL_QUESTIONS}", "too-large")


def _number_fault(number: int) -> Fault | None:
    if 0 < number <= MOST_QUESTIONS:
        return None
    return Fault(f"It is not between 1 and {MOST_QUESTIONS}", f"Enter a whole number from 1 to {MOST_QUESTIONS}")


def _words_fault(most: int) -> Fault | None:
    return None if most else Fault("It is 0", "Enter at least 1, or leave it empty for any number", "none")


_fact = partial(Fact, revision="0016")


def _guide(mark: int) -> Fact:
    return _fact(
        f"guide_{mark}",
        f"What gets {mark}",
        FactKind.LONG,
        most=_MOST_GUIDE,
        listed=Listed.NO,
        is_searched=False,
    )


QUESTION = RecordType(
    "question",
    "question",
    "questions",
    Question,
    (
        _fact(
            "number",
            "Number",
            FactKind.WHOLE,
            "The first is 1",
            needed="Enter a number, for example 1",
            check=_number_fault,
            listed=Listed.SHOWN,
        ),
        _fact("title", "Title", hint="In a few words, for example Local jobs", most=120, listed=Listed.SHOWN),
        _fact("text", "Question", FactKind.LONG, "As bidders read it", listed=Listed.SHOWN),
        _fact(
            "weight",
            "Weight",
            FactKind.QUANTITY,
            "Of 100 over all questions",
            most=20,
            check=_weight_fault,
            listed=Listed.SHOWN,
        ),
        _fact(
            "most_words",
            "Most words",
            FactKind.WHOLE,
            "Of an answer; empty for any number",
            check=_words_fault,
            keeps_null=True,
        ),
        *(_guide(mark) for mark in MARKS),
    ),
    name_of=lambda question: question.name,
    heading="Questions of tenders",
)
"""What the council records of a question."""
