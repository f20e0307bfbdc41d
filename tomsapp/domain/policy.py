"""The council's policy rules, dated, and whether a valuation meets them, each with its sum.

Source of the shipped rules: menus/policies/, after the London Borough of Barnet's policy of October 2023.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from typing import assert_never

from tomsapp.domain.forecast import rests_on_forecast, without_forecast
from tomsapp.domain.money import PENNY_PLACES, to_scaled
from tomsapp.domain.policy_records import LivingWage
from tomsapp.domain.proxy import WageKind
from tomsapp.domain.rules.named_limits import lower_limit_named
from tomsapp.domain.rules.rule import Amounts, Demand, PolicyRule, Promise, RuleSource, WithVat, pence_of, pence_or_none
from tomsapp.domain.rules.vat import compared, compared_words, other_reading
from tomsapp.domain.valuation import Valuation
from tomsapp.domain.wording import format_date, format_pounds


@dataclass(frozen=True, slots=True)
class DatedWage:
    """Another wage that values of a menu are made from, from a date, in pounds an hour."""

    kind: WageKind
    in_force_from: date
    hourly: Decimal
    source: RuleSource | None = None


@dataclass(frozen=True, slots=True)
class Policy:
    """The dated rules of a council, the wages of its plausibility checks, and the wages that menus are made from."""

    code: str
    title: str
    rules: tuple[PolicyRule, ...]
    living_wages: tuple[LivingWage, ...] = ()
    wages: tuple[DatedWage, ...] = ()
    bound: frozenset[str] = frozenset()
    """The codes of the rules that bind a signed contract whatever the day on which it begins."""

    def living_wage_on(self, day: date) -> LivingWage | None:
        """The latest National Living Wage in force on `day`, or None before the first."""
        begun = [wage for wage in self.living_wages if wage.in_force_from <= day]
        return max(begun, key=lambda wage: wage.in_force_from, default=None)

    def wage_on(self, kind: WageKind, day: date) -> Decimal | None:
        """The latest wage of a kind in force on `day`, in pounds an hour, or None before the first."""
        if kind is WageKind.NATIONAL_LIVING_WAGE:
            living = self.living_wage_on(day)
            return living.hourly if living else None
        begun = [wage for wage in self.wages if wage.kind is kind and wage.in_force_from <= day]
        latest = max(begun, key=lambda wage: wage.in_force_from, default=None)
        return latest.hourly if latest else None


class RulesFrom(Enum):
    """Where the rules that a valuation is held against come from."""

    UNKNOWN = ""
    """Nothing is recorded of it, as in papers of earlier versions."""
    MENU = "menu"
    """They came with the council's menu, and it left them as they are."""
    COUNCIL = "council"
    """The council has set them, or some of them, itself."""
    OFFER = "offer"
    """They come with the menu of an offer that is in no council's records."""


class PolicyResult(Enum):
    """How a policy check came out. A promise is enough or not: whether a rule is met is known at delivery."""

    YES = "yes"
    NO = "no"
    MET = "met"
    """The promise is enough."""
    SHORT = "short"
    NOTHING_ASKED = "nothing_asked"
    """The rule asks nothing of this contract."""
    ERRORS = "errors"
    """It would be enough, but the offer has errors, so nothing of it is admitted yet."""
    NOT_CHECKED = "not_checked"


@dataclass(frozen=True, slots=True)
class PolicyCheck:
    """A rule held against a valuation.

    Attributes:
        word: the result as people read it: "Enough", "Not enough: short by £9,550.61", "Nothing asked", "Yes", "No".
        sums: the working, one sentence or sum each.
        note: the other reading of a minimum (real pounds beside social value), or why it was not checked.
        shortfall: pounds or outcomes that are missing; 0 when met.
        brief: the one of the sums that stands where there is room for one.
        certain: how it stands without what rests on a forecast of spend, where a part of what is committed does.
    """

    rule: PolicyRule
    result: PolicyResult
    word: str
    sums: tuple[str, ...] = ()
    note: str = ""
    needed: Fraction = Fraction(0)
    committed: Fraction = Fraction(0)
    shortfall: Fraction = Fraction(0)
    brief: str = ""
    certain: "RuleStanding | None" = None

    @property
    def without_forecast(self) -> "RuleStanding | None":
        """How it stands without what rests on a forecast of spend, where it is enough only with that."""
        certain = self.certain
        is_turned = self.result is PolicyResult.MET and certain is not None and certain.result is PolicyResult.SHORT
        return certain if is_turned else None


@dataclass(frozen=True, slots=True)
class RuleStanding:
    """A rule held against a valuation in figures alone: what `PolicyCheck` says in words."""

    rule: PolicyRule
    result: PolicyResult
    needed: Fraction = Fraction(0)
    committed: Fraction = Fraction(0)
    shortfall: Fraction = Fraction(0)


class RulesOfDay:
    """The rules of a policy for contracts that begin on one day, chosen once for thousands of them."""

    def __init__(self, policy: Policy, day: date) -> None:
        self._day = day
        self._held = tuple(
            _HeldRule(rule, day, is_bound=rule.code in policy.bound) for rule in _one_of_each(policy.rules, day)
        )
        # A contract is in scope that is over every limit.
        self._limits = tuple(held for held in self._held if held.limits_scope)

    def standings(self, promise: Promise, *, has_errors: bool = False) -> tuple[RuleStanding, ...]:
        """Every rule against what is promised; with errors nothing is enough."""
        in_scope = self._is_in_scope(promise)
        found = tuple(held.standing(promise, in_scope=in_scope) for held in self._held)
        return tuple(map(_with_errors, found)) if has_errors else found

    def checks(self, promise: Promise, *, has_errors: bool = False) -> tuple[PolicyCheck, ...]:
        """The same in words."""
        in_scope = self._is_in_scope(promise)
        standings = self.standings(promise, has_errors=has_errors)
        return tuple(
            _check(standing, held, self._day, promise, in_scope=in_scope)
            for held, standing in zip(self._held, standings, strict=True)
        )

    def _is_in_scope(self, promise: Promise) -> bool:
        return all(held.is_over(promise) for held in self._limits)


class _HeldRule:
    """A rule on the day on which contracts begin, with what it decides for all of them."""

    def __init__(self, rule: PolicyRule, day: date, *, is_bound: bool) -> None:
        self._rule = rule
        self._threshold = pence_of(rule.threshold)
        self.is_in_force = is_bound or rule.is_in_force(day)
        self._amounts = rule.kind.amounts(rule) if self.is_in_force and isinstance(rule.kind, Demand) else None
        self._without_sum = {result: RuleStanding(rule, result) for result in PolicyResult}
        self.limits_scope = self.is_in_force and self._amounts is None

    def is_over(self, promise: Promise) -> bool:
        """Whether the contract's value is over the rule's threshold."""
        return compared(self._rule, promise) > self._threshold

    def standing(self, promise: Promise, *, in_scope: bool) -> RuleStanding:
        """How a contract stands that is in the scope of the rules, or is not."""
        if not self.is_in_force:
            return self._without_sum[PolicyResult.NOT_CHECKED]
        over = self.is_over(promise)
        if self._amounts is None:
            return self._without_sum[PolicyResult.YES if over else PolicyResult.NO]
        if not over or not in_scope:
            return self._without_sum[PolicyResult.NOTHING_ASKED]
        amounts = self._amounts(promise)
        short = amounts.shortfall
        return RuleStanding(self._rule, _result(amounts.needed, short), amounts.needed, amounts.committed, short)


def _result(needed: Fraction, short: Fraction) -> PolicyResult:
    """Where nothing is needed, nothing is said to be enough."""
    if not needed:
        return PolicyResult.NOTHING_ASKED
    return PolicyResult.SHORT if short else PolicyResult.MET


def _with_errors(standing: RuleStanding) -> RuleStanding:
    """An offer with errors is never enough."""
    if standing.result is PolicyResult.MET:
        return replace(standing, result=PolicyResult.ERRORS)
    return standing


def check_policy(valuation: Valuation, policy: Policy, *, has_errors: bool = False) -> tuple[PolicyCheck, ...]:
    """Every rule against what can be counted, in the policy's order; the rules in force when the contract starts.

    With `has_errors` nothing is enough: the offer cannot be admitted until they are put right.
    """
    rules = RulesOfDay(policy, valuation.contract.start_on)
    checks = rules.checks(promise_of(valuation), has_errors=has_errors)
    if not rests_on_forecast(valuation):
        return checks
    certain = rules.standings(promise_of(without_forecast(valuation)))
    return tuple(
        replace(check, certain=standing)
        if check.result in {PolicyResult.MET, PolicyResult.SHORT} and standing.committed != check.committed
        else check
        for check, standing in zip(checks, certain, strict=True)
    )


def promise_of(valuation: Valuation) -> Promise:
    """What a valuation promises, as the rules look at it."""
    return Promise(
        pence_of(valuation.contract.value),
        to_scaled(valuation.social_value, PENNY_PLACES),
        to_scaled(valuation.real_pounds, PENNY_PLACES),
        valuation.employment_outcomes,
        valuation.outcomes_left_out,
        bool(valuation.same_people),
        pence_or_none(valuation.contract.value_with_vat),
    )


def _one_of_each(rules: Sequence[PolicyRule], start: date) -> list[PolicyRule]:
    """For each code the latest rule in force at the start of the contract, else the next to come, else the last."""
    by_code: dict[str, list[PolicyRule]] = {}
    for rule in rules:
        by_code.setdefault(rule.code, []).append(rule)
    return [_rule_for(versions, start) for versions in by_code.values()]


def _rule_for(versions: Sequence[PolicyRule], start: date) -> PolicyRule:
    held = [rule for rule in versions if rule.is_in_force(start)]
    coming = [rule for rule in versions if rule.in_force_from > start]
    if coming and not held:
        return min(coming, key=lambda rule: rule.in_force_from)
    return max(held or versions, key=lambda rule: rule.in_force_from)


def _check(standing: RuleStanding, held: _HeldRule, day: date, promise: Promise, *, in_scope: bool) -> PolicyCheck:
    """A standing in words."""
    rule, kind, over = standing.rule, standing.rule.kind, held.is_over(promise)
    short = f"Not enough: short by {kind.unit.words(standing.shortfall)}"
    word = result_word(standing.result, short)
    if not held.is_in_force:
        return PolicyCheck(rule, standing.result, word, note=_not_in_force(rule, day))
    relation = f"{compared_words(rule, promise)} is {'over' if over else 'not over'} {format_pounds(rule.threshold)}"
    other = other_reading(rule, promise)
    if not isinstance(kind, Demand):
        return PolicyCheck(rule, standing.result, word, (relation,), other, brief=relation)
    if not in_scope:
        return PolicyCheck(rule, standing.result, word, note="This contract is not in scope")
    if not over:
        note = kind.nothing_asked + lower_limit_named(rule, kind, promise)
        note = f"{note}. {other}" if other else note
        return PolicyCheck(rule, standing.result, word, (relation,), note, brief=relation)
    working = kind.working(rule, promise, Amounts(standing.needed, standing.committed))
    # With VAT it is another value than the one that the sum of the rule begins with.
    reached = (relation,) if rule.with_vat is WithVat.YES and rule.threshold else ()
    return PolicyCheck(
        rule,
        standing.result,
        word,
        (*reached, *working.sums),
        working.note,
        standing.needed,
        standing.committed,
        standing.shortfall,
        working.brief,
    )


def _not_in_force(rule: PolicyRule, day: date) -> str:
    if rule.in_force_until is not None and rule.in_force_until < day:
        return f"This rule ended on {format_date(rule.in_force_until)}"
    return f"This rule starts on {format_date(rule.in_force_from)}"


def result_word(result: PolicyResult, short: str) -> str:
    """A result as people read it; `short` is what is said where the promise is not enough."""
    match result:
        case PolicyResult.YES:
            word = "Yes"
        case PolicyResult.NO:
            word = "No"
        case PolicyResult.MET:
            word = "Enough"
        case PolicyResult.SHORT:
            word = short
        case PolicyResult.NOTHING_ASKED:
            word = "Nothing asked"
        case PolicyResult.ERRORS:
            word = "Not yet: errors to put right"
        case PolicyResult.NOT_CHECKED:
            word = "Not checked"
        case _:
            assert_never(result)
    return word


def not_enough(results: Sequence[PolicyResult]) -> int:
    """How many of the results say that the promise is not enough, or not yet."""
    return sum(result in {PolicyResult.SHORT, PolicyResult.ERRORS} for result in results)


def together_word(results: Sequence[PolicyResult]) -> str:
    """How checks came out together, those that ask something: "Enough", "1 of 2 not enough", "Nothing asked"."""
    short = not_enough(results)
    asked = short + results.count(PolicyResult.MET)
    if not asked:
        return "Nothing asked"
    return f"{short} of {asked} not enough" if short else "Enough"
