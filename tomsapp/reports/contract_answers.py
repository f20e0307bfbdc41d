"""Answers to Problems as a valuation prints them: in whose words, on which day, and for which figures."""

from collections.abc import Iterable, Sequence
from datetime import date

from tomsapp.domain.checks.given import figures_of, given_for
from tomsapp.domain.problems import Answer, Problem
from tomsapp.domain.wording import format_date
from tomsapp.reports.phrases import capital, sentence
from tomsapp.reports.styles import SUM, SUM_MUTED
from tomsapp.reports.tables import Cell, Part

MOST_FIGURES = 24
"""An answer to more figures than these is told to be for those of its lines, which stand with their sums."""

MOST_APART = 6
"""Of more answers than these it is said once who gave all of them."""

AS_PRINTED = "for the figures of these lines as they stood then"


def common_giver(problems: Sequence[Problem]) -> str:
    """By whom and on which day all of these were answered; empty where they are few or differ, and each says it."""
    answers = [problem.answer for problem in problems if problem.answer is not None]
    givers = {_giver(answer) for answer in answers}
    return givers.pop() if len(answers) > MOST_APART and len(givers) == 1 else ""


def giver_words(giver: str) -> str:
    """What all answers have in common, in a sentence; each counts for as long as its figures are those of its lines."""
    return f"{giver}, for the figures of the lines as they stand in this paper." if giver else ""


def answer_cell(problems: Sequence[Problem], giver: str) -> Cell:
    """The answer that Problems of one row have together, for the figures of each; or what to do, and any before it."""
    first = problems[0]
    answers = [problem.answer for problem in problems if problem.answer is not None]
    if not answers:
        before = [problem.before for problem in problems if problem.before is not None]
        told = [f"{_given(alike)}: {sentence(alike[0].words)}" for alike in _by_giver(before)]
        return Cell([Part(sentence(first.fix) if first.fix else "–", SUM), *(Part(text, SUM_MUTED) for text in told)])
    said = [Part(sentence(answers[0].words), SUM)]
    if giver:
        answers = [answer for problem in problems if (answer := problem.answer) and answer.asked != problem.asked]
    said += [
        Part(sentence(capital(_given(alike).removeprefix(giver).strip())), SUM_MUTED) for alike in _by_giver(answers)
    ]
    return Cell([Part(sentence(first.fix), SUM), *said] if first.is_open else said)


def _by_giver(answers: Iterable[Answer]) -> list[list[Answer]]:
    """Answers of the same words that one person gave on one day, together."""
    groups: dict[tuple[str, str, date | None, bool], list[Answer]] = {}
    for answer in answers:
        giver = (answer.words, answer.answered_by, answer.answered_on, answer.choice is None)
        groups.setdefault(giver, []).append(answer)
    return list(groups.values())


def _given(answers: Sequence[Answer]) -> str:
    """By whom answers were given, on which day, and for what figures."""
    figures = given_for(answers) if len(figures_of(answers)) <= MOST_FIGURES else AS_PRINTED
    return " ".join(filter(None, (_giver(answers[0]), figures)))


def _giver(answer: Answer) -> str:
    by = f" by {answer.answered_by}" if answer.answered_by else ""
    day = f" on {format_date(answer.answered_on)}" if answer.answered_on else ""
    return f"Answered{by}{day}"
