"""Which contracts need attention, and why."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from operator import itemgetter

from tomsapp.dashboards.cube import Cube
from tomsapp.domain.portfolio import ContractAttention
from tomsapp.domain.problems import Problem, Severity

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
        contract, standing = cube.contracts[place], cube.standings[place]
        state = checked.get(contract.id)
        if not (standing.reasons or state or contract.trouble or not contract.commitments):
            continue
        serious, rest = _serious(contract.trouble, state), _left_to_do(contract.commitments, state)
        reasons = (*serious, *standing.reasons, *rest)
        if reasons:
            order = (-standing.short_by, -len(standing.reasons), contract.reference)
            attention = ContractAttention(
                contract.id,
                contract.reference,
                contract.title,
                contract.supplier,
                reasons,
                _severity(serious, standing.reasons),
            )
            found.append((order, attention))
    return tuple(attention for _, attention in sorted(found, key=itemgetter(0)))


def _severity(serious: Sequence[str], short: Sequence[str]) -> Severity:
    if serious:
        return Severity.ERROR
    return Severity.WARNING if short else Severity.NOTE


def _serious(trouble: str, state: Checked | None) -> list[str]:
    errors = [f"{_number(state.errors, 'error')} to put right"] if state and state.errors else []
    return [trouble, *errors] if trouble else errors


def _left_to_do(commitments: int, state: Checked | None) -> list[str]:
    words: list[str] = [] if commitments else ["Nothing is committed"]
    if state and state.without_statement:
        has = "has" if state.without_statement == 1 else "have"
        words.append(f"{_number(state.without_statement, 'commitment')} {has} no statement")
    if state and state.warnings:
        words.append(f"{_number(state.warnings, 'warning')} to answer")
    return words


def _number(count: int, noun: str) -> str:
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"
