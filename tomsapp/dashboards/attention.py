"""Which contracts need attention, and why."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from tomsapp.dashboards.cube import Cube
from tomsapp.domain.money import round_pounds
from tomsapp.domain.policy import PolicyResult, RuleKind, RuleStanding
from tomsapp.domain.portfolio import ContractAttention
from tomsapp.domain.problems import Problem, Severity
from tomsapp.domain.wording import format_exact, format_percent, format_pounds

_STATEMENT = "statement-missing"
_NOTHING = "no-commitments"


@dataclass(frozen=True, slots=True)
class Checked:
    """How many open Problems a contract has, of each kind that is told apart."""

    errors: int = 0
    warnings: int = 0
    without_statement: int = 0


def checked_of(problems: Iterable[Problem]) -> Checked:
    """Count the open Problems; that nothing is committed is told of by the contract itself."""
    found = Counter[str]()
    for problem in problems:
        if problem.is_open and problem.code != _NOTHING:
            is_statement = problem.code == _STATEMENT
            found["statement" if is_statement else problem.severity.value] += 1
    return Checked(found[Severity.ERROR.value], found[Severity.WARNING.value], found["statement"])


def attention_of(cube: Cube, places: Sequence[int], checked: Mapping[int, Checked]) -> tuple[ContractAttention, ...]:
    """The contracts at these places of the cube that need attention, the largest shortfall first."""
    found: list[tuple[tuple[Fraction, int, str], ContractAttention]] = []
    for place in places:
        contract = cube.contracts[place]
        checks = [check for check in cube.standings[place].checks if check.result is PolicyResult.SHORT]
        state = checked.get(contract.id, Checked())
        reasons = [*map(_short_words, checks), *_own_reasons(contract.commitments, contract.trouble), *_words(state)]
        if reasons:
            pounds = sum((c.shortfall for c in checks if c.rule.kind is RuleKind.MINIMUM_SHARE), Fraction(0))
            attention = ContractAttention(
                contract.id, contract.reference, contract.title, contract.supplier, tuple(reasons)
            )
            found.append(((-pounds, -len(checks), contract.reference), attention))
    return tuple(attention for _, attention in sorted(found, key=lambda each: each[0]))


def _short_words(check: RuleStanding) -> str:
    if check.rule.kind is RuleKind.MINIMUM_SHARE:
        return (
            f"Short by {format_pounds(round_pounds(check.shortfall))} of the {format_percent(check.rule.share)} minimum"
        )
    number = format_exact(check.shortfall, 2)
    return f"Short by {number} employment {'outcome' if check.shortfall == 1 else 'outcomes'}"


def _own_reasons(commitments: int, trouble: str) -> list[str]:
    if trouble:
        return [trouble]
    return [] if commitments else ["Nothing is committed"]


def _words(state: Checked) -> list[str]:
    words: list[str] = []
    if state.errors:
        words.append(f"{_number(state.errors, 'error')} to put right")
    if state.without_statement:
        has = "has" if state.without_statement == 1 else "have"
        words.append(f"{_number(state.without_statement, 'commitment')} {has} no statement")
    if state.warnings:
        words.append(f"{_number(state.warnings, 'warning')} to answer")
    return words


def _number(count: int, noun: str) -> str:
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"
