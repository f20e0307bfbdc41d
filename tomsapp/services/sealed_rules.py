"""What a contract is held against: the council's rules, or those that were sealed with it when it was signed."""

from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache
from typing import TYPE_CHECKING

from tomsapp.domain.seal import newest_seal, seal_in_force
from tomsapp.domain.sealed_policy import for_signed, rules_since

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from tomsapp.domain.contract import ContractStatus
    from tomsapp.domain.policy import Policy
    from tomsapp.store.acts import KeptAct


def policy_of(
    policy: Policy | None, status: ContractStatus, acts: Sequence[KeptAct], on: date | None = None
) -> Policy | None:
    """The policy that a contract of this status, with these acts, is held against on a day; today if none is named.

    Raises:
        OfferUnreadable: the rules that were sealed with it cannot be read.
    """
    text = _sealed_text(status, acts)
    return policy if text is None else _held(policy, text, on or today())


def sealed_value(status: ContractStatus, acts: Sequence[KeptAct]) -> Decimal | None:
    """The social value in pounds that was sealed last, with the signing or a variation of it; None where none is."""
    seal = newest_seal(status, [kept.act for kept in acts])
    return None if seal is None else seal.value


def signed_on(status: ContractStatus, acts: Sequence[KeptAct]) -> date | None:
    """The day of the signing in force; None where none is."""
    seal = seal_in_force(status, [kept.act for kept in acts])
    return None if seal is None else seal.done_on


def rules_changed(policy: Policy | None, status: ContractStatus, acts: Sequence[KeptAct], on: date) -> tuple[str, ...]:
    """Which rules are others on a day than those that were sealed with a contract, a phrase each; none for a draft.

    Raises:
        OfferUnreadable: the rules that were sealed with it cannot be read.
    """
    text = _sealed_text(status, acts)
    return () if text is None else _changed(policy, text, on)


def _sealed_text(status: ContractStatus, acts: Sequence[KeptAct]) -> str | None:
    """The rules that were sealed with the signing in force, as JSON; None where none is in force."""
    seal = seal_in_force(status, [kept.act for kept in acts])
    return None if seal is None else next(kept.rules for kept in acts if kept.act.id == seal.id)


@lru_cache(maxsize=256)
def _held(policy: Policy | None, text: str, on: date) -> Policy:
    """One policy for all contracts that were sealed with the same rules."""
    from tomsapp.exchange.rules_json import rules_in

    return for_signed(policy, rules_in(text), on)


@lru_cache(maxsize=256)
def _changed(policy: Policy | None, text: str, on: date) -> tuple[str, ...]:
    from tomsapp.exchange.rules_json import rules_in

    return rules_since(policy, rules_in(text), on)


def today() -> date:
    """The day on the calendar of whoever works here."""
    return datetime.now().astimezone().date()
