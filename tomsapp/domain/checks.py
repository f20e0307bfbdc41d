"""Every check on an offer, in order: each line by itself, lines against each other, and what is plausible."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from tomsapp.domain.area import Area
from tomsapp.domain.clash_checks import clash_problems
from tomsapp.domain.commitment import Commitment
from tomsapp.domain.limits import TenderLimits
from tomsapp.domain.line_checks import line_problems
from tomsapp.domain.plausibility import plausibility_problems
from tomsapp.domain.policy import Policy
from tomsapp.domain.problems import Answer, Problem, Severity, Where
from tomsapp.domain.valuation import Valuation


def check_offer(
    valuation: Valuation,
    commitments: Sequence[Commitment],
    *,
    answers: Mapping[str, Answer] | None = None,
    policy: Policy | None = None,
    area: Area | None = None,
    limits: TenderLimits | None = None,
    medians: Mapping[str, Decimal] | None = None,
) -> tuple[Problem, ...]:
    """All Problems of an offer, errors first as they stand in the lines; a given answer is put to its Problem."""
    found: list[Problem] = []
    if not commitments:
        found.append(_no_commitments())
    for commitment in commitments:
        found.extend(line_problems(commitment, valuation, area))
    found.extend(clash_problems(valuation))
    found.extend(limit_problems(valuation, limits or TenderLimits()))
    found.extend(plausibility_problems(valuation, policy, medians or {}))
    return _answered(found, answers or {})


def _no_commitments() -> Problem:
    return Problem(
        "no-commitments",
        Severity.WARNING,
        "Nothing is committed",
        "Add the measures that the supplier promises",
        key="no-commitments",
    )


def limit_problems(valuation: Valuation, limits: TenderLimits) -> Iterable[Problem]:
    """More measures than the tender allows, and mandatory themes without a commitment."""
    chosen = {line.measure.code for line in valuation.lines}
    if limits.most_measures is not None and len(chosen) > limits.most_measures:
        yield Problem(
            "too-many-measures",
            Severity.ERROR,
            f"{len(chosen)} measures are chosen and this tender allows {limits.most_measures}",
            f"Take out {len(chosen) - limits.most_measures}",
            key="too-many-measures",
        )
    covered = {line.place.theme.number for line in valuation.lines}
    for theme in valuation.edition.themes:
        if theme.number in limits.mandatory_themes and theme.number not in covered:
            yield Problem(
                "mandatory-theme-missing",
                Severity.ERROR,
                f"Theme {theme.number}, {theme.title}, has no commitment and this tender asks for one",
                "Add a measure of that theme",
                Where(field="theme"),
                key=f"mandatory-theme-missing:{theme.number}",
            )


def _answered(problems: Iterable[Problem], answers: Mapping[str, Answer]) -> tuple[Problem, ...]:
    return tuple(
        replace(problem, answer=answers[problem.key])
        if problem.severity is Severity.WARNING and problem.key in answers
        else problem
        for problem in problems
    )
