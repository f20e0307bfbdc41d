"""Employment outcomes: so many jobs and placements for each so many pounds of contract value."""

from collections.abc import Callable, Iterable
from fractions import Fraction

from tomsapp.domain.facts import Fault
from tomsapp.domain.people import both_numbers
from tomsapp.domain.rules.rule import (
    PENCE,
    Amounts,
    Demand,
    PolicyRule,
    Promise,
    RuleUnit,
    Working,
    example_promise,
    threshold_words,
)
from tomsapp.domain.wording import format_exact, format_pounds, format_quantity, plural


class EmploymentOutcomes(Demand):
    """So many employment outcomes, rounded as the rule says."""

    value = "employment_outcomes"
    words = "Employment outcomes"
    own_facts = ("outcomes", "per", "rounding")
    unit = RuleUnit.OUTCOMES
    nothing_asked = "No employment outcome is asked of this contract"

    def faults(self, rule: PolicyRule) -> Iterable[tuple[str, Fault]]:
        """Amounts by which nothing can be divided or multiplied."""
        if rule.per <= 0:
            yield "per", Fault("It is not over zero", "Enter pounds, for example 1000000.00", "not-over-zero")
        if rule.outcomes <= 0:
            yield "outcomes", Fault("It is not over zero", "Enter a number, for example 1", "not-over-zero")

    def amounts(self, rule: PolicyRule) -> Callable[[Promise], Amounts]:
        """The outcomes asked of the contract's value, rounded, against those that it brings."""
        of_a_penny = _of_a_pound(rule) / PENCE

        def of(promise: Promise) -> Amounts:
            return Amounts(rule.rounding.rounded(promise.value * of_a_penny), promise.employment_outcomes)

        return of

    def working(self, rule: PolicyRule, promise: Promise, amounts: Amounts) -> Working:
        """The division, then the rounding and what is committed."""
        exact = promise.pounds * _of_a_pound(rule)
        rounded = "" if amounts.needed == exact else f" {rule.rounding.done} = {format_exact(amounts.needed)}"
        noun = "outcome" if amounts.needed == 1 else "outcomes"
        committed = f"{self.unit.words(amounts.committed)} committed"
        if promise.outcomes_left_out:
            both = both_numbers(amounts.committed, promise.outcomes_left_out, some_same=promise.some_same)
            committed = f"committed: {both}"
        division = _division(rule, promise)
        second = f"{format_exact(exact)}{rounded} {noun} needed, {committed}"
        # In brief too it is said of what it is rounded: a number alone comes from nowhere.
        needs = f"; {rule.rounding.done}: {format_exact(amounts.needed)}" if rounded else ""
        return Working((division, second), f"{division}{needs} {noun} needed, {committed}")

    def asked(self, rule: PolicyRule) -> str:
        """The outcomes that they need."""
        number = format_quantity(rule.outcomes)
        outcomes = "1 employment outcome" if rule.outcomes == 1 else f"{number} employment outcomes"
        return f"need {outcomes} for each {format_pounds(rule.per)} of their value"

    def example(self, rule: PolicyRule) -> str:
        """The division and its rounding for a contract."""
        promise = example_promise(rule)
        needed = format_exact(self.amounts(rule)(promise).needed)
        return f"{_division(rule, promise)}, {rule.rounding.done} = {needed} needed."

    def in_brief(self, rule: PolicyRule) -> str:
        """How many for each so many pounds."""
        return f"{format_quantity(rule.outcomes)} for each {format_pounds(rule.per)}"

    def printed(self, rule: PolicyRule) -> str:
        """How many, for what, and of which contracts."""
        number = plural(rule.outcomes, "employment outcome", "employment outcomes")
        asked = f"{number} for each {format_pounds(rule.per)} of contract value"
        return f"{asked}, for contracts over {threshold_words(rule)}" if rule.threshold else asked

    def missing(self, _rule: PolicyRule, shortfall: Fraction) -> str:
        """The outcomes."""
        return f"{self.unit.words(shortfall)} employment {'outcome' if shortfall == 1 else 'outcomes'}"

    def not_enough(self, _rule: PolicyRule) -> str:
        """The outcomes."""
        return "Employment outcomes are"


def _of_a_pound(rule: PolicyRule) -> Fraction:
    return Fraction(rule.outcomes) / Fraction(rule.per)


def _division(rule: PolicyRule, promise: Promise) -> str:
    times = "" if rule.outcomes == 1 else f" × {format_quantity(rule.outcomes)}"
    exact = format_exact(promise.pounds * _of_a_pound(rule))
    return f"{RuleUnit.POUNDS.words(promise.pounds)} ÷ {format_pounds(rule.per)}{times} = {exact}"


EMPLOYMENT_OUTCOMES = EmploymentOutcomes()
