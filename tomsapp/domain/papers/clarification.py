"""The letter in which a bidder is asked about its offers: each question with what was found, and what was answered.

A letter goes to one bidder and tells nothing of any other, nor of scores. It asks what was meant: an answer explains an
offer and does not change it, since offers are judged as they were sent.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from tomsapp.domain.papers.council_paper import (
    CouncilPaper,
    PaperBlock,
    PaperColumn,
    PaperHeading,
    PaperTable,
    PaperText,
    TextKind,
)
from tomsapp.domain.papers.evaluation_told import sentences
from tomsapp.domain.papers.told import PaperMaker
from tomsapp.domain.tender.bid import BidDecision, DecisionKind
from tomsapp.domain.wording import format_date, plural

NAME = "Clarification letter"
_EXPLAINS = (
    "An answer explains what was offered. It does not change it: an offer is judged as it was sent, by the values of "
    "the tender’s pack."
)
_SPACE = "Your answer:"
_NOT_KEPT = "–"


@dataclass(frozen=True, slots=True)
class AskedOfBidder:
    """One question with what it is about.

    Attributes:
        lot: what the lot is called: "Lot 1, Offices"; empty where the tender has just one.
        file, sha256: the offer file in which it was found.
        found: what was found, without a full stop.
        about: the measures by their names; empty where it is about none.
        rule: the rule as the pack or the menu has it.
    """

    lot: str
    file: str
    sha256: str
    found: str
    about: tuple[str, ...]
    rule: str
    decision: BidDecision

    @property
    def is_answered(self) -> bool:
        """Whether the bidder has answered."""
        return self.decision.answered_on is not None


@dataclass(frozen=True, slots=True)
class LetterToBidder:
    """Everything that one bidder is asked in a tender.

    Attributes:
        officer: whom the bidder can reach; empty where nobody is named.
    """

    supplier: str
    reference: str
    title: str
    officer: str
    asked: tuple[AskedOfBidder, ...]

    @property
    def open(self) -> tuple[AskedOfBidder, ...]:
        """The questions without an answer: what the letter asks."""
        return tuple(each for each in self.asked if not each.is_answered and each.decision.kind is DecisionKind.ASK)

    @property
    def answered(self) -> tuple[AskedOfBidder, ...]:
        """The questions that were answered, whatever came of them."""
        return tuple(each for each in self.asked if each.is_answered)

    @property
    def due_on(self) -> date | None:
        """The first day by which an answer is due; None where nothing is asked."""
        return min((each.decision.due_on for each in self.open if each.decision.due_on is not None), default=None)


def clarification_letter(letter: LetterToBidder, maker: PaperMaker) -> CouncilPaper:
    """The letter to one bidder, of every question that it has not answered yet, with those that it has."""
    title = f"Questions to {letter.supplier}: {letter.reference}"
    blocks = [*_head(letter, maker), *_questions(letter.open), *_answered(letter.answered), *_files(letter.asked)]
    return maker.paper(NAME, title, blocks, (), ())


def _head(letter: LetterToBidder, maker: PaperMaker) -> Iterator[PaperBlock]:
    head = (f"To {letter.supplier}", f"{letter.title or letter.reference}, {letter.reference}")
    yield PaperText(sentences(head), TextKind.LEAD)
    due = letter.due_on
    if due is None:
        yield PaperText("Every question is answered.")
        return
    count = plural(len(letter.open), "question", "questions")
    yield PaperText(
        f"{maker.council} has read your offer and has {count} about it. Please answer by {format_date(due)}, where you "
        "found the tender."
    )
    yield PaperText(_EXPLAINS)
    if letter.officer:
        yield PaperText(f"Officer in charge: {letter.officer}.")


def _questions(asked: Iterable[AskedOfBidder]) -> Iterator[PaperBlock]:
    for number, each in enumerate(asked, start=1):
        yield PaperHeading(f"Question {number}{_about(each)}")
        yield PaperText(each.decision.asked)
        yield PaperText(f"What was found: {each.found}.", TextKind.NOTE)
        if each.rule:
            yield PaperText(f"The rule: {each.rule}", TextKind.NOTE)
        if each.decision.due_on is not None:
            yield PaperText(f"Answer due on {format_date(each.decision.due_on)}.", TextKind.NOTE)
        yield PaperText(_SPACE, TextKind.MARKED)


def _about(asked: AskedOfBidder) -> str:
    told = ", ".join(filter(None, (asked.lot, ", ".join(asked.about))))
    return f": {told}" if told else ""


def _answered(asked: tuple[AskedOfBidder, ...]) -> Iterator[PaperBlock]:
    if not asked:
        return
    yield PaperHeading("What you answered")
    columns = (
        PaperColumn("What was found", 130),
        PaperColumn("What we asked", 140),
        PaperColumn("Your answer", 140),
        PaperColumn("On", 80),
    )
    rows = tuple(
        (each.found, each.decision.asked or _NOT_KEPT, each.decision.answer, _day(each.decision.answered_on))
        for each in asked
    )
    yield PaperTable("Questions that you answered", columns, rows, is_named=True)


def _day(day: date | None) -> str:
    return "" if day is None else format_date(day)


def _files(asked: Iterable[AskedOfBidder]) -> Iterator[PaperBlock]:
    files = dict.fromkeys((each.lot, each.file, each.sha256) for each in asked)
    yield PaperHeading("The offers that were read")
    for lot, file, sha256 in files:
        yield PaperText(f"{f'{lot}: ' if lot else ''}{file}, SHA-256 {sha256}", TextKind.NOTE)
