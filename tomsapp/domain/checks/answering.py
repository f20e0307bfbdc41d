"""The answers put to their warnings: an answer holds for the figures that it was given to, and for those alone."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import cache

from tomsapp.domain.checks.asked import Claims, asked_of, claims_of
from tomsapp.domain.checks.clashes import (
    CLASH_CODE,
    answers_of_pairs,
    are_claimed_twice,
    clash_of,
    clashing_codes,
    clashing_group,
    clashing_pairs,
)
from tomsapp.domain.checks.findings import FINDINGS
from tomsapp.domain.checks.repeats import REPEATS
from tomsapp.domain.later import is_later
from tomsapp.domain.menu import ExclusionGroup, Pair
from tomsapp.domain.money import total
from tomsapp.domain.problems import Answer, AnswerChoice, Problem, Severity
from tomsapp.domain.valuation import LineValue, Valuation

SAME_OR_NOT = frozenset({CLASH_CODE, *REPEATS})
"""Questions whether people or things are the same; every other asks whether it is right as it stands."""

CLAIMED_TWICE = "claimed-twice"
"""What two claims are, once it is answered that their people or things are the same."""


def choices_of(code: str) -> tuple[AnswerChoice, ...]:
    """What can be answered to a Problem."""
    return (AnswerChoice.DIFFERENT, AnswerChoice.SAME) if code in SAME_OR_NOT else (AnswerChoice.RIGHT,)


def answered(problems: Iterable[Problem], valuation: Valuation, answers: Mapping[str, Answer]) -> tuple[Problem, ...]:
    """The Problems with the answers that hold, and beside a question that is open again what was answered before.

    A clash of which just some pairs are answered is parted: those with their answer, and the others, asked again.
    """
    asked = _with_figures(problems, valuation)
    if not answers:
        return tuple(asked)
    claims = claims_of(valuation)
    given = answers_of_pairs(valuation.edition, claims, answers)
    return tuple(
        part
        for problem in asked
        for part in (
            _answered(problem, claims, answers, given, valuation) if problem.severity is Severity.WARNING else [problem]
        )
    )


def _with_figures(problems: Iterable[Problem], valuation: Valuation) -> list[Problem]:
    """The Problems; a question about a line that names no figures asks about all that the line promises."""
    lines = cache(lambda: _lines_by_key(valuation))
    return [
        replace(problem, asked=asked_of(valuation, lines().get(problem.where.commitment, ())))
        if _lacks_figures(problem)
        else problem
        for problem in problems
    ]


def _lines_by_key(valuation: Valuation) -> Mapping[str, Sequence[LineValue]]:
    lines: dict[str, list[LineValue]] = {}
    for line in valuation.lines:
        lines.setdefault(line.commitment.key, []).append(line)
    return lines


def _lacks_figures(problem: Problem) -> bool:
    """Whether it is a question about a line without figures; what is put into words later brings its own with them."""
    if problem.severity is not Severity.WARNING or is_later(problem):
        return False
    return not problem.asked and bool(problem.where.commitment)


def _answered(
    problem: Problem,
    claims: Claims,
    answers: Mapping[str, Answer],
    given: Mapping[tuple[Pair, str], str],
    valuation: Valuation,
) -> Iterable[Problem]:
    group = clashing_group(valuation.edition, problem)
    if group is not None and given:
        return _parted(problem, group, answers, given, valuation)
    own = answers.get(problem.key)
    if group is None and own is not None and claims.holds(own, problem.asked):
        return [_put(problem, own, valuation)]
    before = own or _last_of_subject(problem, answers)
    return [problem if before is None else replace(problem, before=before)]


def _parted(
    problem: Problem,
    group: ExclusionGroup,
    answers: Mapping[str, Answer],
    given: Mapping[tuple[Pair, str], str],
    valuation: Valuation,
) -> Iterable[Problem]:
    """A clash by the answers to its pairs, in the order in which the answers are kept, what is open last."""
    by_answer: dict[str, set[Pair]] = {}
    pairs = clashing_pairs(valuation.edition, problem)
    for pair in pairs:
        by_answer.setdefault(given.get((pair, group.same), ""), set()).add(pair)
    rest = frozenset(by_answer.pop("", ()))
    for key in (key for key in answers if key in by_answer):
        yield _put(_part(problem, group, frozenset(by_answer[key]), pairs, valuation), answers[key], valuation)
    if rest:
        left = _part(problem, group, rest, pairs, valuation)
        yield replace(left, before=answers.get(left.key) or _last_of_subject(left, answers))


def _part(
    problem: Problem, group: ExclusionGroup, part: frozenset[Pair], pairs: frozenset[Pair], valuation: Valuation
) -> Problem:
    return problem if part == pairs else clash_of(group, part, valuation)


def _last_of_subject(problem: Problem, answers: Mapping[str, Answer]) -> Answer | None:
    """What was answered last when the same was asked of other measures, lines or years."""
    if problem.code not in SAME_OR_NOT:
        return None
    subject = ":".join(problem.key.split(":")[:2])
    given = [answer for key, answer in answers.items() if key.startswith(f"{subject}:")]
    return given[-1] if given else None


def _put(problem: Problem, answer: Answer, valuation: Valuation) -> Problem:
    """A question with its answer; where that is "the same" and both are claimed, one claim is to be put right."""
    if answer.choice is not AnswerChoice.SAME or not _is_claimed_twice(problem, valuation):
        return replace(problem, answer=answer)
    return replace(
        problem,
        code=CLAIMED_TWICE,
        severity=FINDINGS[CLAIMED_TWICE].severity,
        message=f"{problem.message}. It is answered that they are the same, so they count once",
        fix="Take what is in both out of one of the quantities, or take a line out",
        where=problem.where._replace(commitment=_to_put_right(problem, valuation)),
        answer=answer,
    )


def _is_claimed_twice(problem: Problem, valuation: Valuation) -> bool:
    """Whether the same is claimed more than once; of two measures with jobs, one without a value adds no claim."""
    return not clashing_codes(problem) or are_claimed_twice(clashing_pairs(valuation.edition, problem), valuation)


def _to_put_right(problem: Problem, valuation: Valuation) -> str:
    """The commitment that does not count meanwhile: the lesser of two lines; of more the program cannot tell."""
    codes = clashing_codes(problem)
    if not codes:
        return problem.where.commitment
    worth = _worth(problem, valuation)
    lesser = min(codes, key=lambda code: worth[code])
    lines = _lines_of(lesser, valuation)
    return lines[0].commitment.key if len(codes) == len(lines) + 1 == 2 else ""


def _worth(problem: Problem, valuation: Valuation) -> dict[str, Decimal]:
    return {code: total(line.social_value for line in _lines_of(code, valuation)) for code in clashing_codes(problem)}


def _lines_of(code: str, valuation: Valuation) -> list[LineValue]:
    return [line for line in valuation.lines if line.measure.code == code and line.quantity > 0]
