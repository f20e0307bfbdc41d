"""Problems: what is wrong with an offer or a file, where, and how to put it right."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum
from typing import NamedTuple, assert_never

from tomsapp.domain.later import Later, may_come_later


class Severity(Enum):
    """How much a Problem matters."""

    ERROR = "error"
    """The offer cannot be submitted, or the file not be used."""
    WARNING = "warning"
    """It must be answered."""
    NOTE = "note"
    """For information."""


class Where(NamedTuple):
    """The place of a Problem: in a file (sheet, row, column), or in an offer (commitment, year, field).

    A named tuple, for thousands are made where many contracts are checked.
    """

    file: str = ""
    sheet: str = ""
    row: int | None = None
    column: str = ""
    commitment: str = ""
    measure: str = ""
    year: int | None = None
    field: str = ""

    def __str__(self) -> str:
        parts = [
            self.file,
            self.sheet and f"sheet {self.sheet}",
            "" if self.row is None else f"row {self.row}",
            self.column and f"column {self.column}",
            self.measure,
            "" if self.year is None else f"year {self.year + 1}",
            self.field,
        ]
        return ", ".join(part for part in parts if part)


LEAST_REASON = 20
"""An answer is kept with a reason of at least so many characters: a sentence."""


class AnswerChoice(Enum):
    """What is answered to a warning."""

    DIFFERENT = "different"
    """The people or things are others: each of them counts."""
    SAME = "same"
    """They are the same: they count once."""
    RIGHT = "right"
    """It is right as it stands."""

    @property
    def words(self) -> str:
        """The choice as people read it."""
        match self:
            case AnswerChoice.DIFFERENT:
                return "They are different"
            case AnswerChoice.SAME:
                return "They are the same"
            case AnswerChoice.RIGHT:
                return "It is right as it stands"
            case _:
                assert_never(self)


@dataclass(frozen=True, slots=True)
class Answer:
    """What somebody answered to a warning, which then counts as answered.

    Attributes:
        text: the reason.
        choice: what was chosen; None in answers that were given before there was a choice.
        asked: the figures that were asked about, so that the answer lapses when they change.
    """

    text: str
    answered_by: str = ""
    answered_at: datetime | None = None
    choice: AnswerChoice | None = None
    asked: str = ""

    @property
    def words(self) -> str:
        """Choice and reason in one sentence: "They are different, because each has a contract of their own"."""
        return f"{self.choice.words}, because: {self.text.strip()}" if self.choice else self.text.strip()

    @property
    def answered_on(self) -> date | None:
        """The day on which it was given, on the calendar of whoever reads it; None where that is not known."""
        return self.answered_at.astimezone().date() if self.answered_at is not None else None


@may_come_later("message", "fix", "key", "asked")
@dataclass(frozen=True, slots=True)
class Problem(Later):
    """One thing that is wrong, with its place and its remedy.

    `key` stays the same as long as the same thing is wrong, so that an answer finds its Problem again.

    Attributes:
        answer: what was answered to these very figures.
        asked: the figures that it asks about.
        before: what was answered to other figures, or before answers were kept with figures.
    """

    code: str
    severity: Severity
    message: str
    fix: str
    where: Where = field(default_factory=Where)
    key: str = ""
    answer: Answer | None = None
    asked: str = ""
    before: Answer | None = None

    @property
    def is_open(self) -> bool:
        """Whether it still asks for something: notes never do, answered warnings no more."""
        if self.severity is Severity.WARNING:
            return self.answer is None
        return self.severity is Severity.ERROR

    def __str__(self) -> str:
        place = str(self.where)
        return f"{place + ': ' if place else ''}{self.message}. {self.fix}".strip()


def has_errors(problems: Iterable[Problem]) -> bool:
    """Whether one of the Problems is an error."""
    return any(problem.severity is Severity.ERROR for problem in problems)


def problem_at(code: str, message: str, fix: str, where: Where, severity: Severity = Severity.ERROR) -> Problem:
    """A Problem of a file, with a key that stays the same while the same thing is wrong at the same place."""
    return Problem(code, severity, message, fix, where, key=f"{code}:{where}")
