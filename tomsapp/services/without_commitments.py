"""Contracts that a rule of the council asks social value of, and that have no commitment: often those of a register."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from tomsapp.domain.contract import ContractStatus
from tomsapp.domain.policy import PolicyResult, RulesOfDay
from tomsapp.domain.rules.rule import Promise, RuleKind, RuleUnit, pence_of, threshold_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date
    from decimal import Decimal

    from tomsapp.domain.contract import Contract
    from tomsapp.domain.policy import Policy, RuleStanding
    from tomsapp.domain.rules.rule import PolicyRule
    from tomsapp.services.workspace import Workspace
    from tomsapp.store.readmodels import ContractListRow

_ASKED_OF = frozenset({ContractStatus.DRAFT, ContractStatus.SIGNED})


@dataclass(frozen=True, slots=True)
class AskedOf:
    """A rule that asks something of a contract.

    Attributes:
        threshold: in pounds; the rule holds for contracts over it.
        needed: what it asks for, in the rule's unit; 0 of a rule that only says what is in scope.
        words: the rule in brief: "5% in social value, over £214,904.00".
        needed_words: "£53,726.00"; empty where nothing is counted.
    """

    rule: PolicyRule
    threshold: Decimal
    needed: Fraction
    words: str
    needed_words: str


@dataclass(frozen=True, slots=True)
class WithoutCommitments:
    """A contract over the threshold without any commitment.

    Attributes:
        contract: as lists show it.
        value: in pounds without VAT, for the whole length.
        rules: those that ask something of it, in the council's order.
    """

    contract: ContractListRow
    value: Decimal
    rules: tuple[AskedOf, ...]

    @property
    def words(self) -> str:
        """Which threshold it is over, as a phrase: "over £214,904.00"."""
        return f"over {threshold_words(self.rules[0].rule)}" if self.rules[0].threshold else "a rule for all contracts"


def contracts_without_commitments(workspace: Workspace, on: date) -> list[WithoutCommitments]:
    """The contracts that have not ended before a day, that a rule asks something of, and that promise nothing.

    The rules are those of the day on which each begins; without rules there is no threshold, and the list is empty. The
    greatest value stands first. Closed and withdrawn contracts are not told.
    """
    with workspace.look() as uow:
        rows = [
            row for row in uow.lists.contracts() if not row.commitments and row.status in _ASKED_OF and row.end_on >= on
        ]
        policy = workspace.surroundings(uow).policy
    found = _found(rows, policy) if policy is not None else ()
    return sorted(found, key=lambda one: (-one.value, one.contract.reference))


def _found(rows: Iterable[ContractListRow], policy: Policy) -> Iterator[WithoutCommitments]:
    days: dict[date, RulesOfDay] = {}
    for row in rows:
        rules = days.get(row.start_on)
        if rules is None:
            rules = days[row.start_on] = RulesOfDay(policy, row.start_on)
        asked = tuple(_asked(rules.standings(_nothing_promised(row))))
        if asked:
            yield WithoutCommitments(row, row.value, asked)


def _nothing_promised(contract: Contract) -> Promise:
    with_vat = None if contract.value_with_vat is None else pence_of(contract.value_with_vat)
    return Promise(pence_of(contract.value), 0, 0, Fraction(0), value_with_vat=with_vat)


def _asked(standings: tuple[RuleStanding, ...]) -> Iterator[AskedOf]:
    """What the rules ask for; where none asks for an amount, those that say that it is in scope."""
    short = [one for one in standings if one.result is PolicyResult.SHORT]
    is_asked = any(one.result is PolicyResult.NOTHING_ASKED for one in standings)
    in_scope = [] if is_asked else [one for one in standings if one.result is PolicyResult.YES]
    for one in short or in_scope:
        kind: RuleKind = one.rule.kind
        unit: RuleUnit = kind.unit
        needed = unit.words(one.needed) if one.needed else ""
        yield AskedOf(one.rule, one.rule.threshold, one.needed, kind.in_brief(one.rule), needed)
