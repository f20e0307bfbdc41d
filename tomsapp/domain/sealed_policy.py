"""What a signed contract is held against: what was sealed with it, and what binds it by its own words."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from tomsapp.domain.policy import Policy
from tomsapp.domain.rules.rule import PolicyRule


def for_signed(policy: Policy | None, sealed: Sequence[PolicyRule], on: date) -> Policy:
    """What a signed contract is held against on a day: the rules that were sealed with it.

    A later rule, and a later version of a sealed one, binds it only where the rule itself says so, from its day on.
    """
    now = policy or Policy("", "", ())
    later = {rule.code: rule for rule in now.rules if _binds(rule, on)}
    rules = [later.pop(rule.code, rule) for rule in sealed]
    return with_bound(replace(now, rules=(*rules, *later.values())), on)


def with_bound(policy: Policy, on: date) -> Policy:
    """The policy for a signed contract, with the rules that say that they bind it by a day."""
    return replace(policy, bound=frozenset(rule.code for rule in policy.rules if _binds(rule, on)))


def _binds(rule: PolicyRule, on: date) -> bool:
    return rule.binds_signed_from is not None and rule.binds_signed_from <= on
