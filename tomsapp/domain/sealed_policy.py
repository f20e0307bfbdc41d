"""What a signed contract is held against: what was sealed with it, and what binds it by its own words; and why."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from tomsapp.domain.policy import Policy
from tomsapp.domain.rules.rule import PolicyRule
from tomsapp.domain.wording import format_date, small_first


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


# Why it is held against something else than the rules of today


def became_of(sealed: PolicyRule, held: PolicyRule, now: Sequence[PolicyRule]) -> str:
    """What became of a sealed rule since, in a sentence; "" where nothing did.

    `held` is what the contract is held against in its place, and `now` are the rules of today.
    """
    if held != sealed and held.binds_signed_from is not None:
        return f"A later version, which binds signed contracts from {format_date(held.binds_signed_from)}"
    if any(rule.code == sealed.code and rule != sealed for rule in now):
        return "The rule has been changed since, and the change does not bind what was signed"
    if all(rule.code != sealed.code for rule in now):
        return "The rule has been deleted since, and holds for what was signed"
    return ""


def later_rules(sealed: Sequence[PolicyRule], now: Sequence[PolicyRule], on: date) -> Iterator[tuple[PolicyRule, str]]:
    """The rules in force on a day that came after the signing, each with whether it binds, in a sentence."""
    codes = {rule.code for rule in sealed}
    binding = {rule.code: rule.binds_signed_from for rule in now if _binds(rule, on)}
    for rule in {rule.code: rule for rule in now}.values():
        if rule.code in codes or rule.in_force_from > on:
            continue
        day = binding.get(rule.code)
        binds = f"binds signed contracts from {format_date(day)}" if day else "never changes what was sealed"
        yield rule, f"A later rule, which {binds}"


def rules_since(policy: Policy | None, sealed: Sequence[PolicyRule], on: date) -> tuple[str, ...]:
    """Each rule that is another one today than when a contract was signed: its title, and what became of it."""
    now = policy.rules if policy else ()
    held = {rule.code: rule for rule in for_signed(policy, sealed, on).rules}
    found = [(rule, became_of(rule, held[rule.code], now)) for rule in sealed]
    return tuple(
        f"{rule.title}: {small_first(words)}" for rule, words in (*found, *later_rules(sealed, now, on)) if words
    )
