"""Every check on an offer, in order: each line by itself, lines against each other, and what is plausible."""

from collections import Counter
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
from tomsapp.domain.repeat_checks import REPEATS, repeat_problems
from tomsapp.domain.timing_checks import timing_problems
from tomsapp.domain.valuation import Valuation
from tomsapp.domain.wording import format_pounds


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
    """All Problems of an offer: errors, warnings, notes, each as they stand in the lines.

    An answer that says something is put to its warning, which then counts as answered.
    """
    found: list[Problem] = list(_value_problems(valuation))
    if not commitments:
        found.append(_no_commitments())
    for commitment in commitments:
        found.extend(line_problems(commitment, valuation, area))
    found.extend(clash_problems(valuation))
    found.extend(repeat_problems(valuation))
    found.extend(timing_problems(valuation))
    found.extend(limit_problems(valuation, limits or TenderLimits()))
    found.extend(plausibility_problems(valuation, policy, medians or {}))
    named = _named_apart(found, commitments)
    return _answered(sorted(named, key=lambda problem: _ORDER[problem.severity]), answers or {})


OF_SEVERAL = frozenset({"declare-different", "never-add-together", *REPEATS})
"""Problems whose key names all the lines that they speak of."""

_ORDER = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.NOTE: 2}


def _value_problems(valuation: Valuation) -> Iterable[Problem]:
    if valuation.contract.value < 0:
        yield Problem(
            "contract-value-negative",
            Severity.ERROR,
            f"The contract value, {format_pounds(valuation.contract.value)}, is less than zero",
            "Enter the value of the whole contract without VAT",
            Where(field="value"),
            key="contract-value-negative",
        )


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
            f"Take out {len(chosen) - limits.most_measures} of them",
            key="too-many-measures",
        )
    covered = {line.place.theme.number for line in valuation.lines if line.quantity > 0 or line.commitment.rate}
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


def _named_apart(problems: Iterable[Problem], commitments: Sequence[Commitment]) -> Iterable[Problem]:
    """Give the second and later lines of a measure keys of their own, so that no answer serves for two lines.

    Lines are counted in their order and not named by their own keys, which change from a file to a database.
    """
    numbers: dict[str, int] = {}
    seen: Counter[str] = Counter()
    for commitment in commitments:
        seen[commitment.measure] += 1
        numbers[commitment.key] = seen[commitment.measure]
    for problem in problems:
        number = numbers.get(problem.where.commitment, 1)
        own = f"{problem.code}:{problem.where.measure}"
        is_of_line = problem.key == own or (problem.key.startswith(f"{own}:") and problem.code not in OF_SEVERAL)
        yield replace(problem, key=f"{problem.key}:{number}") if is_of_line and number > 1 else problem


def _answered(problems: Iterable[Problem], answers: Mapping[str, Answer]) -> tuple[Problem, ...]:
    return tuple(
        replace(problem, answer=answers[problem.key])
        if problem.severity is Severity.WARNING and problem.key in answers and answers[problem.key].text.strip()
        else problem
        for problem in problems
    )
