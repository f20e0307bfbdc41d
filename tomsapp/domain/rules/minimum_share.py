"""Minimum share: a promise of at least so many per cent of the contract value."""

from collections.abc import Callable, Iterable
from fractions import Fraction
from typing import assert_never

from tomsapp.domain.facts import Fault
from tomsapp.domain.money import divide_half_away
from tomsapp.domain.rules.rule import (
    PENCE,
    Amounts,
    CountedIn,
    Demand,
    PolicyRule,
    Promise,
    RuleUnit,
    Working,
    example_promise,
    threshold_words,
)
from tomsapp.domain.wording import format_percent


class MinimumShare(Demand):
    """So much of the contract value in social value, or in real pounds."""

    value = "minimum_share"
    words = "Minimum share"
    own_facts = ("share", "counted_in")
    unit = RuleUnit.POUNDS
    nothing_asked = "This contract has no minimum"

    def faults(self, rule: PolicyRule) -> Iterable[tuple[str, Fault]]:
        """A share that cannot be one of the contract value."""
        if not 0 < rule.share <= 1:
            yield "share", Fault("It is not over 0% and up to 100%", "Enter a number, for example 5", "out-of-range")

    def amounts(self, rule: PolicyRule) -> Callable[[Promise], Amounts]:
        """The share of the value, rounded to the penny, against the pounds it is counted in."""
        numerator, denominator = rule.share.as_integer_ratio()

        def of(promise: Promise) -> Amounts:
            exact = promise.value * numerator
            needed = divide_half_away(exact.numerator, exact.denominator * denominator)
            return Amounts(Fraction(needed, PENCE), Fraction(promise.counted_in(rule.counted_in), PENCE))

        return of

    def working(self, rule: PolicyRule, promise: Promise, amounts: Amounts) -> Working:
        """The share as a product, what is missing as a difference, and the other pounds beside it."""
        needed, committed, short = (
            self.unit.words(each) for each in (amounts.needed, amounts.committed, amounts.shortfall)
        )
        product = self._product(rule, promise, amounts)
        other = Amounts(amounts.needed, Fraction(promise.counted_in(rule.counted_in.other), PENCE))
        missing = f"short by {self.unit.words(other.shortfall)}" if other.shortfall else "enough"
        return Working(
            (product, f"{needed} − {committed} = {short}" if amounts.shortfall else f"{committed} committed"),
            product,
            f"Counted in {rule.counted_in.other.words.lower()} instead: "
            f"{self.unit.words(other.committed)} committed, {missing}",
        )

    def _product(self, rule: PolicyRule, promise: Promise, amounts: Amounts) -> str:
        value, needed = self.unit.words(promise.pounds), self.unit.words(amounts.needed)
        return f"{value} × {format_percent(rule.share)} = {needed} of {_pounds_of(rule)}"

    def asked(self, rule: PolicyRule) -> str:
        """The share that they need."""
        return f"need at least {format_percent(rule.share)} of their value in {_pounds_of(rule)}"

    def example(self, rule: PolicyRule) -> str:
        """The product for a contract."""
        promise = example_promise(rule)
        return f"{self._product(rule, promise, self.amounts(rule)(promise))}."

    def in_brief(self, rule: PolicyRule) -> str:
        """The share and the contracts it is asked of."""
        over = f"over {threshold_words(rule)}" if rule.threshold else "all contracts"
        return f"{format_percent(rule.share)} in {_pounds_of(rule)}, {over}"

    def printed(self, rule: PolicyRule) -> str:
        """The share, of what, and of which contracts."""
        over = f"for contracts over {threshold_words(rule)}"
        return f"At least {format_percent(rule.share)} of the contract value in {_pounds_of(rule)}, without VAT, {over}"

    def missing(self, rule: PolicyRule, shortfall: Fraction) -> str:
        """The pounds, of which minimum."""
        return f"{self.unit.words(shortfall)} of the {format_percent(rule.share)} minimum"

    def not_enough(self, rule: PolicyRule) -> str:
        """The pounds that it is counted in."""
        match rule.counted_in:
            case CountedIn.SOCIAL_VALUE:
                return "Social value is"
            case CountedIn.REAL_POUNDS:
                return "Real pounds are"
            case _:
                assert_never(rule.counted_in)


def _pounds_of(rule: PolicyRule) -> str:
    return rule.counted_in.words.lower()


MINIMUM_SHARE = MinimumShare()
