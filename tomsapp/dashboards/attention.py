"""Which contracts need attention, and why."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from operator import itemgetter

from tomsapp.dashboards.cube import Cube
from tomsapp.dashboards.facts import PortfolioContract
from tomsapp.dashboards.standing import Standing
from tomsapp.domain.offer import CheckedOffer, FoundProblems
from tomsapp.domain.portfolio import ContractAttention
from tomsapp.domain.problems import Severity
from tomsapp.domain.wording import small_first

_STATEMENT = "statement-missing"
_NOTHING = "no-commitments"


@dataclass(frozen=True, slots=True)
class Checked:
    """What the checks of a contract found.

    Attributes:
        errors, warnings: how many are open; a missing statement is told apart from other warnings.
        left_out: the numbers of the commitments that have errors, so that they count nowhere until put right.
    """

    errors: int = 0
    warnings: int = 0
    without_statement: int = 0
    left_out: frozenset[int] = frozenset()


def checked_of(checked: CheckedOffer | FoundProblems) -> Checked:
    """Count the open Problems; that nothing is committed is told of by the contract itself."""
    errors = warnings = without_statement = 0
    for problem in checked.problems:
        if not problem.is_open or problem.code == _NOTHING:
            continue
        if problem.code == _STATEMENT:
            without_statement += 1
        elif problem.severity is Severity.ERROR:
            errors += 1
        else:
            warnings += 1
    return Checked(errors, warnings, without_statement, frozenset(map(int, checked.inadmissible)))


def attention_of(
    cube: Cube, standings: Mapping[int, Standing], checked: Mapping[int, Checked], *, is_part: bool = False
) -> tuple[ContractAttention, ...]:
    """The contracts at these places of the cube that need attention, the largest shortfall first.

    Where only a part of contracts is looked at (`is_part`), it is said that a shortfall is the whole contract's.
    """
    found: list[tuple[tuple[Fraction, int, str], ContractAttention]] = []
    for place, standing in standings.items():
        contract = cube.contracts[place]
        state = checked.get(contract.id)
        if not (standing.reasons or state or contract.trouble or not contract.commitments):
            continue
        short = [f"Whole contract: {small_first(words)}" if is_part else words for words in standing.reasons]
        serious, rest = _serious(contract.trouble, state), _left_to_do(contract.commitments, state)
        reasons = (*serious, *short, *rest)
        if reasons:
            order = (-standing.short_by, -len(standing.reasons), contract.reference)
            found.append((order, told_of(contract, reasons, _severity(serious, standing.reasons))))
    return tuple(attention for _, attention in sorted(found, key=itemgetter(0)))


def told_of(
    contract: PortfolioContract, reasons: tuple[str, ...], severity: Severity = Severity.NOTE
) -> ContractAttention:
    """A contract in a list, and why it is in it."""
    return ContractAttention(contract.id, contract.reference, contract.title, contract.supplier, reasons, severity)


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
        noun = "other warning" if state.without_statement else "warning"
        words.append(f"{_number(state.warnings, noun)} to answer")
    return words


def _number(count: int, noun: str) -> str:
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"
