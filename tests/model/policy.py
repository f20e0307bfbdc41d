"""The policy's dated rules held against an offer: what is asked, what is promised, what is short."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from math import ceil, floor

from tests.model.arithmetic import rounded
from tests.model.model import NOTHING, OfferFigures
from tomsapp.domain.policy import Policy
from tomsapp.domain.rules.minimum_share import MINIMUM_SHARE
from tomsapp.domain.rules.rule import CountedIn, PolicyRule, Rounding, WithVat
from tomsapp.domain.rules.scope import SCOPE


class Standing(Enum):
    """How a rule stands."""

    IN_SCOPE = "in scope"
    OUT_OF_SCOPE = "out of scope"
    NOT_IN_FORCE = "not in force"
    NOTHING_ASKED = "nothing asked"
    ERRORS = "errors to put right before it is enough"
    ENOUGH = "enough"
    NOT_ENOUGH = "not enough"


@dataclass(frozen=True)
class RuleFigures:
    """One rule with its sum; the shortfall is what is needed less what is promised, never below nothing."""

    rule: PolicyRule
    standing: Standing
    needed: Fraction = NOTHING
    committed: Fraction = NOTHING

    @property
    def shortfall(self) -> Fraction:
        return max(NOTHING, self.needed - self.committed)


def in_force(rule: PolicyRule, day: date) -> bool:
    return rule.in_force_from <= day and (rule.in_force_until is None or day <= rule.in_force_until)


def whole_outcomes(exact: Fraction, rounding: Rounding) -> Fraction:
    """How a part of an employment outcome is asked for, as the rule sets it."""
    if rounding is Rounding.EXACT:
        return exact
    if rounding is Rounding.DOWN:
        return Fraction(floor(exact))
    if rounding is Rounding.UP:
        return Fraction(ceil(exact))
    return rounded(exact, 0)


def rules_at(policy: Policy, day: date) -> list[PolicyRule]:
    """Of the versions of each rule, the latest in force on `day`; rules not in force ask nothing."""
    found: dict[str, PolicyRule] = {}
    for rule in policy.rules:
        if in_force(rule, day):
            known = found.get(rule.code)
            if known is None or rule.in_force_from > known.in_force_from:
                found[rule.code] = rule
    return list(found.values())


def living_wage(policy: Policy, day: date) -> Decimal:
    """The National Living Wage on a day, in pounds an hour; 0 before the first that the policy knows."""
    begun = [wage for wage in policy.living_wages if wage.in_force_from <= day]
    return max(begun, key=lambda wage: wage.in_force_from).hourly if begun else Decimal(0)


def hold_against(
    admissible: OfferFigures,
    policy: Policy,
    start_on: date,
    *,
    has_errors: bool,
    value_with_vat: Decimal | None = None,
) -> dict[str, RuleFigures]:
    """Each rule in force on the contract's first day, by its code; only admissible lines count."""
    rules = rules_at(policy, start_on)
    gross = admissible.contract_value * Fraction(120, 100) if value_with_vat is None else Fraction(value_with_vat)

    def over(rule: PolicyRule) -> bool:
        return (gross if rule.with_vat is WithVat.YES else admissible.contract_value) > rule.threshold

    in_scope = all(over(rule) for rule in rules if rule.kind is SCOPE)
    return {rule.code: _figures(rule, admissible, over(rule), in_scope, has_errors) for rule in rules}


def _figures(rule: PolicyRule, admissible: OfferFigures, over: bool, in_scope: bool, has_errors: bool) -> RuleFigures:
    value = admissible.contract_value
    if rule.kind is SCOPE:
        return RuleFigures(rule, Standing.IN_SCOPE if over else Standing.OUT_OF_SCOPE)
    if rule.kind is MINIMUM_SHARE:
        needed = rounded(value * Fraction(rule.share))
        real = rule.counted_in is CountedIn.REAL_POUNDS
        committed = admissible.real_pounds if real else admissible.social_value
    else:
        needed = whole_outcomes(value / Fraction(rule.per) * Fraction(rule.outcomes), rule.rounding)
        committed = admissible.employment_outcomes
    if not in_scope or not over or needed <= 0:
        return RuleFigures(rule, Standing.NOTHING_ASKED, NOTHING, committed)
    enough = Standing.ERRORS if has_errors else Standing.ENOUGH
    return RuleFigures(rule, enough if committed >= needed else Standing.NOT_ENOUGH, needed, committed)


def is_enough(figures: Sequence[RuleFigures]) -> bool:
    """Whether everything that is asked is promised, and something is asked."""
    asked = [each for each in figures if each.standing in {Standing.ERRORS, Standing.ENOUGH, Standing.NOT_ENOUGH}]
    return bool(asked) and all(each.standing is Standing.ENOUGH for each in asked)
