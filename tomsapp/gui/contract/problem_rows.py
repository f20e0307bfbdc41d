"""Problems as rows of the grid: what each says, how loud, and what can be done about it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum

from tomsapp.domain.checks.answering import SAME_OR_NOT
from tomsapp.domain.checks.clashes import CLASH_CODE
from tomsapp.domain.checks.given import given_for
from tomsapp.domain.checks.repeats import REPEATS
from tomsapp.domain.contract_dates import ContractYear
from tomsapp.domain.problems import Answer, Problem, Severity
from tomsapp.domain.wording import format_date
from tomsapp.gui.widgets.problems import LEVELS, Level
from tomsapp.services.typed_quantities import HeldText

STATEMENT_MISSING = "statement-missing"
QUANTITY_MISSING = "quantity-missing"
_UNFINISHED = (QUANTITY_MISSING, STATEMENT_MISSING)
_ENTERED = frozenset({STATEMENT_MISSING, "spend-missing", "no-commitments"})
"""Warnings that end when something is entered; of every other, somebody may say why it is right as it stands."""
_ANSWER = "Answer"
"""The link that opens the form for an answer."""
_DETAILS = {"statement": "Write the statement", "place": "Choose a place", "contract_share": "Change the share"}
_FACTS = frozenset({"spend", "value", "end_on", "start_on", "edition"})


class Verb(Enum):
    """What an action of a problem row does."""

    ANSWER = "answer"
    """Answer with a choice and its reason."""
    REOPEN = "reopen"
    USE = "use"
    """Take a reading of what was typed."""
    CLEAR = "clear"
    GO_TO_CELL = "go_to_cell"
    GO_TO_DETAILS = "go_to_details"
    GO_TO_FACTS = "go_to_facts"
    REMOVE = "remove"


@dataclass(frozen=True, slots=True)
class ProblemAction:
    """A link in a problem row: its words, what it does, in which years (0 is the first), to which field, with what."""

    words: str
    verb: Verb
    years: tuple[int, ...] = ()
    field: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class ProblemRow:
    """One sentence under the line that causes it (or at the top, for the whole contract)."""

    key: str
    level: Level
    sentence: str
    actions: tuple[ProblemAction, ...]
    commitment: str = ""
    problem: Problem | None = None
    is_answered: bool = False
    years: tuple[int, ...] = ()
    """Contract years whose cells it marks."""


def held_row(commitment: str, year: ContractYear, held: HeldText) -> ProblemRow:
    """The row for text that cannot be a quantity; what it can mean is a click away."""
    actions = (
        # Enter does the first, and never chooses what somebody meant.
        ProblemAction("Go to field", Verb.GO_TO_CELL, (year.index,)),
        *(ProblemAction(f"Use {text}", Verb.USE, (year.index,), text=text) for text in held.readings),
        ProblemAction(f"Clear {year.label}", Verb.CLEAR, (year.index,)),
    )
    sentence = f"{year.label}: {_sentence(held.message)} {_sentence(held.fix)}"
    return ProblemRow(f"held:{commitment}:{year.index}", "error", sentence, actions, commitment, years=(year.index,))


def statement_row(commitment: str, statement: str, *, is_locked: bool) -> ProblemRow:
    """The row in which a line's statement is read, with the way to change it."""
    change = (ProblemAction("Change the statement", Verb.GO_TO_DETAILS, field="statement"),)
    words = " ".join(statement.split())
    return ProblemRow(f"statement:{commitment}", "info", words, () if is_locked else change, commitment)


def problem_rows(
    problems: Sequence[Problem], years: Sequence[ContractYear], filled: Sequence[int], *, is_locked: bool
) -> list[ProblemRow]:
    """The rows of one line's problems (or the contract's own); what is merely unfinished is said in the line itself."""
    rows = [_row(problem, years, filled) for problem in problems if not is_unfinished(problem)]
    # Signing fixes answers too.
    return [replace(row, actions=()) for row in rows] if is_locked else rows


def is_unfinished(problem: Problem) -> bool:
    """Whether it only says that something is still to be entered, which needs no row of its own."""
    return problem.code in _UNFINISHED and problem.is_open


@dataclass(frozen=True, slots=True)
class OpenCount:
    """What is left to do in a contract: errors to put right, warnings to answer, and what is still to be entered."""

    errors: int = 0
    warnings: int = 0
    to_enter: int = 0


def count_open(problems: Iterable[Problem], held: Collection[tuple[str, int]]) -> OpenCount:
    """Count what is open; `held` are the cells whose text is no quantity, each an error by itself.

    A line in which such a text stands is not asked for a quantity beside it.
    """
    lines_held = {key for key, _year in held}
    left = [
        problem
        for problem in problems
        if problem.code != "no-commitments"
        and not (problem.code == QUANTITY_MISSING and problem.where.commitment in lines_held)
    ]
    to_enter = sum(is_unfinished(problem) for problem in left)
    others = [problem.severity for problem in left if not is_unfinished(problem)]
    return OpenCount(others.count(Severity.ERROR) + len(held), others.count(Severity.WARNING), to_enter)


def _row(problem: Problem, years: Sequence[ContractYear], filled: Sequence[int]) -> ProblemRow:
    key, where = f"problem:{problem.key}:{problem.where.commitment}", problem.where.commitment
    reopen = ProblemAction("Answer again", Verb.REOPEN)
    if problem.answer is not None and not problem.is_open:
        return ProblemRow(key, "info", answered_text(problem), (reopen,), where, problem, is_answered=True)
    said = _sentence(problem.message)
    if problem.code not in SAME_OR_NOT:
        said = f"{said} {_sentence(problem.fix)}".strip()
    said = " ".join(filter(None, (said, answered_text(problem), before_text(problem))))
    if problem.answer is not None:
        out = (ProblemAction("Take this line out", Verb.REMOVE),) if where else ()
        return ProblemRow(key, "error", said, (reopen, *out), where, problem)
    level = "warning" if problem.code in _UNFINISHED else LEVELS[problem.severity]
    return ProblemRow(
        key, level, said, _actions(problem, years, filled), where, problem, years=_marked(problem, filled)
    )


def answered_text(problem: Problem) -> str:
    """Who, when and what: "Answered by A. Okafor, 14:32: They are different, because: ..."; nothing without one."""
    answer = problem.answer
    if answer is None:
        return ""
    note = "" if answer.choice else f". It was given {given_for([answer])}"
    return f"{_given(answer)}: {answer.words.rstrip('.')}{note}."


def before_text(problem: Problem) -> str:
    """What was answered to other figures, with those; nothing where nothing was."""
    answer = problem.before
    if answer is None:
        return ""
    return f"{' '.join(filter(None, (_given(answer), given_for([answer]))))}: {answer.words.rstrip('.')}."


def _given(answer: Answer) -> str:
    when = ""
    if answer.answered_at is not None:
        local = answer.answered_at.astimezone()
        is_today = local.date() == datetime.now().astimezone().date()
        when = f", {local:%H:%M}" if is_today else f", {format_date(local.date())}, {local:%H:%M}"
    who = f" by {answer.answered_by}" if answer.answered_by else ""
    return f"Answered{who}{when}"


def _actions(problem: Problem, years: Sequence[ContractYear], filled: Sequence[int]) -> tuple[ProblemAction, ...]:
    if problem.severity is Severity.WARNING and problem.code not in _ENTERED:
        return ProblemAction(_ANSWER, Verb.ANSWER), *_ways_out(problem, years, filled)
    return tuple(_ways_out(problem, years, filled))


def _ways_out(problem: Problem, years: Sequence[ContractYear], filled: Sequence[int]) -> Iterable[ProblemAction]:
    """What ends a problem without an answer."""
    if problem.code in REPEATS:
        return _clear_later(filled, years)
    if problem.code in {CLASH_CODE, "never-add-together", "unknown-measure"}:
        return (ProblemAction("Take this line out", Verb.REMOVE),)
    if problem.code == "quantity-not-counted":
        return (ProblemAction("Clear the quantities", Verb.CLEAR, tuple(range(len(years)))),)
    return _ways_by_field(problem, years)


def _ways_by_field(problem: Problem, years: Sequence[ContractYear]) -> tuple[ProblemAction, ...]:
    where = problem.where
    if where.field in _FACTS and problem.severity is not Severity.NOTE:
        return (ProblemAction("Go to contract facts", Verb.GO_TO_FACTS, field=where.field),)
    if where.field in _DETAILS:
        return (ProblemAction(_DETAILS[where.field], Verb.GO_TO_DETAILS, field=where.field),)
    if where.field == "rate":
        return (ProblemAction("Change the promise", Verb.GO_TO_DETAILS, field="rate"),)
    if where.field == "quantity" and where.year is not None:
        return _clear_year(problem, years)
    if problem.severity is Severity.WARNING and where.commitment:
        return (ProblemAction("Go to field", Verb.GO_TO_CELL),)
    return ()


def _clear_year(problem: Problem, years: Sequence[ContractYear]) -> tuple[ProblemAction, ...]:
    """The action that empties the year of a line that a problem names; none where it names no year or no line."""
    year = problem.where.year
    if year is None or not problem.where.commitment:
        return ()
    label = years[year].label if year < len(years) else f"year {year + 1}"
    return (ProblemAction(f"Clear {label}", Verb.CLEAR, (year,)),)


def _clear_later(filled: Sequence[int], years: Sequence[ContractYear]) -> Iterable[ProblemAction]:
    later = tuple(filled[1:])
    if later:
        words = f"Clear {years[later[0]].label}" if len(later) == 1 else "Clear the later years"
        yield ProblemAction(words, Verb.CLEAR, later)


def _marked(problem: Problem, filled: Sequence[int]) -> tuple[int, ...]:
    if problem.code in REPEATS:
        return tuple(filled)
    return (problem.where.year,) if problem.where.field == "quantity" and problem.where.year is not None else ()


def _sentence(text: str) -> str:
    return f"{text.rstrip('.')}." if text else ""
