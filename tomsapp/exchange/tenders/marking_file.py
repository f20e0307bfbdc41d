"""The marking file: what it is made for, where everything stands in it, and what is read of one that comes back.

An evaluator without the database marks in it. It holds the answers and the marking guide, and neither prices nor what
is offered nor the marks of others.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum

from tomsapp.domain.alike import visible
from tomsapp.domain.problems import Problem
from tomsapp.domain.tender.question import Question
from tomsapp.exchange.numbers import printable

FORMAT = "tomsapp-marking-1"
"""What the hidden sheet of a marking file says that it is."""
MARKS, GUIDE, CONFIRM = "Marks", "Marking guide", "Confirm"
NOT_READ = frozenset({"Read me", GUIDE})
"""The sheets that are there for people alone, whose cells are never read back."""
HEAD_ROW = 5
"""The row of the heads on the sheet Marks, counted from 0; the first answer stands under it."""
CONFIRMED_ON = "Fill in: the day on which you confirm it"
NO_CONFLICT = "I have no conflict of interest with any bidder."
SENDING = "These are my marks, and I send them."
YES = "Yes"
CONFIRM_ROW = 4
"""The row of the first thing to confirm, counted from 0: no conflict, its day, and the sending."""
SEAL = "seal"
"""The name of what holds the hidden sheet together."""
STAMP_HEADS = ("Answer", "Bidder", "Lot", "Offer", "Text")
STAMP_COLUMN = 3
"""Where the list of answers begins on the hidden sheet."""


class Head(Enum):
    """What stands in a column of the sheet Marks; the value is its head."""

    LOT = "Lot"
    BIDDER = "Bidder"
    QUESTION = "Question"
    ANSWER = "Answer"
    MARK = "Fill in: mark, 0 to 5"
    MEANS = "What it means"
    REASON = "Fill in: why this mark"
    TO_DO = "To do"
    KEY = "Number of the answer"
    """Hidden: which answer the row is of."""


WIDTHS: Mapping[Head, int] = {
    Head.LOT: 6,
    Head.BIDDER: 22,
    Head.QUESTION: 24,
    Head.ANSWER: 86,
    Head.MARK: 11,
    Head.MEANS: 30,
    Head.REASON: 46,
    Head.TO_DO: 14,
    Head.KEY: 12,
}
INPUTS = frozenset({Head.MARK, Head.REASON})
READ = tuple(head for head in Head if head not in {Head.MEANS, Head.TO_DO})
"""The columns that are read back."""


@dataclass(frozen=True, slots=True)
class AnswerToMark:
    """One answer of one bid as it is marked.

    Attributes:
        bid: the number of the bid in the database.
        sha256: of the offer file that it stands in.
        question: the number of the question.
    """

    bid: int
    supplier: str
    lot: int
    sha256: str
    question: int
    text: str

    @property
    def key(self) -> str:
        """What names the row: "12.2"."""
        return f"{self.bid}.{self.question}"

    def stamped(self, named: str, text: str) -> tuple[str, ...]:
        """Its row on the hidden sheet, under `STAMP_HEADS`, as the sheet Marks names the question and has the text."""
        lot = str(self.lot)
        return (self.key, _plain(self.supplier), lot, self.sha256, row_digest(lot, self.supplier, named, text))


@dataclass(frozen=True, slots=True)
class MarkingStamp:
    """What a marking file was made for.

    Attributes:
        database: names the database for good, so that a file of another one is told.
        tender: the reference; `tender_id` its number in that database.
        evaluator: the name; `evaluator_id` the number in that database.
        pack: the SHA-256 of the pack whose questions are marked.
    """

    database: str
    tender: str
    tender_id: int
    evaluator: str
    evaluator_id: int
    pack: str
    made_on: date


@dataclass(frozen=True, slots=True)
class StatedMark:
    """A mark as it stands in a marking file; None and "" where nothing is filled in."""

    bid: int
    question: int
    mark: int | None = None
    reason: str = ""

    @property
    def is_blank(self) -> bool:
        """Whether nothing is filled in."""
        return self.mark is None and not self.reason


@dataclass(frozen=True)
class MarkingForm:
    """What a marking file is made for.

    Attributes:
        title: of the tender.
        answers: each with its row, in the order in which they are marked.
        given: the marks that were given already, by bid and question.
        confirmed_on: when it was confirmed that there is no conflict of interest; None where it is still to be.
    """

    stamp: MarkingStamp
    title: str
    questions: tuple[Question, ...]
    answers: tuple[AnswerToMark, ...]
    given: Mapping[tuple[int, int], StatedMark] = field(default_factory=dict)
    confirmed_on: date | None = None

    @property
    def footer(self) -> str:
        """What stands at the foot of each page."""
        return f"{self.stamp.tender} marks of {self.stamp.evaluator}"

    def question(self, number: int) -> Question:
        """The question of this number."""
        return next(each for each in self.questions if each.number == number)

    def named(self, number: int) -> str:
        """A question as its rows say it: "2 How you will work with local groups"."""
        question = self.question(number)
        return f"{number} {question.title or question.text}".strip()


@dataclass(frozen=True, slots=True)
class MarkingFile:
    """A marking file as it was read.

    Attributes:
        answers: by bid and question the SHA-256 of the offer file that the answer stands in.
        rows: by bid and question the number of the row on the sheet Marks.
        has_no_conflict: whether it is confirmed, on `confirmed_on`.
        is_sent: whether the evaluator says that these are their marks.
        problems: what is wrong with the file, each with its sheet, row and column.
    """

    file: str
    stamp: MarkingStamp
    answers: Mapping[tuple[int, int], str]
    marks: tuple[StatedMark, ...] = ()
    rows: Mapping[tuple[int, int], int] = field(default_factory=dict)
    has_no_conflict: bool = False
    confirmed_on: date | None = None
    is_sent: bool = False
    problems: tuple[Problem, ...] = ()


def stamp_pairs(stamp: MarkingStamp) -> dict[str, str]:
    """What the hidden sheet says of the file, by name."""
    pairs = {
        "format": FORMAT,
        "database": stamp.database,
        "tender": stamp.tender,
        "tender_id": str(stamp.tender_id),
        "evaluator": stamp.evaluator,
        "evaluator_id": str(stamp.evaluator_id),
        "pack": stamp.pack,
        "made": stamp.made_on.isoformat(),
    }
    return {name: _plain(text) for name, text in pairs.items()}


def seal_of(pairs: Mapping[str, str], rows: Iterable[Iterable[str]]) -> str:
    """What holds the hidden sheet together, so that a change in it is found."""
    return _digest(*pairs.values(), *(text for row in rows for text in row))


def row_digest(*texts: str) -> str:
    """What tells the row of an answer from others, whatever spaces a spreadsheet program makes of those in it."""
    return _digest(*(_plain(text) for text in texts))


def _plain(text: str) -> str:
    return visible(printable(text))


def _digest(*texts: str) -> str:
    joined = "\n".join(" ".join(text.split()) for text in texts)
    return hashlib.sha256(joined.encode("utf-8", "surrogatepass")).hexdigest()
