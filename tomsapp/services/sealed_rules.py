"""What a contract is held against: the council's rules, or those that were sealed with it when it was signed."""

from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache
from typing import TYPE_CHECKING

from tomsapp.domain.seal import seal_in_force
from tomsapp.domain.sealed_policy import for_signed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tomsapp.domain.contract import ContractStatus
    from tomsapp.domain.policy import Policy
    from tomsapp.domain.rules.rule import PolicyRule
    from tomsapp.store.acts import KeptAct


def policy_of(
    policy: Policy | None, status: ContractStatus, acts: Sequence[KeptAct], on: date | None = None
) -> Policy | None:
    """The policy that a contract of this status, with these acts, is held against on a day; today if none is named."""
    rules = sealed_rules(status, acts)
    return policy if rules is None else for_signed(policy, rules, on or today())


def sealed_rules(status: ContractStatus, acts: Sequence[KeptAct]) -> tuple[PolicyRule, ...] | None:
    """The rules that were sealed with the signing in force; None where none is in force.

    Raises:
        OfferUnreadable: they cannot be read.
    """
    seal = seal_in_force(status, [kept.act for kept in acts])
    return None if seal is None else _read(next(kept.rules for kept in acts if kept.act.id == seal.id))


@lru_cache(maxsize=256)
def _read(text: str) -> tuple[PolicyRule, ...]:
    from tomsapp.exchange.rules_json import rules_in

    return rules_in(text)


def today() -> date:
    """The day on the calendar of whoever works here."""
    return datetime.now().astimezone().date()
