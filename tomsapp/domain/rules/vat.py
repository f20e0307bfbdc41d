"""Which value of a contract a rule is held against, without VAT or with it, and what is said where no policy says it.

The rate at which a value with VAT is taken where none is recorded is the standard rate of the United Kingdom, 20% since
4 January 2011 (Value Added Tax Act 1994, section 2(1), as the Finance (No. 2) Act 2010 changed it).
"""

from fractions import Fraction

from tomsapp.domain.money import round_half_away, round_pounds
from tomsapp.domain.rules.rule import PENCE, Demand, PolicyRule, Promise, WithVat
from tomsapp.domain.wording import format_pounds

STANDARD_RATE = Fraction(1, 5)
"""Of the value without VAT."""


def with_vat(promise: Promise) -> int | Fraction:
    """The contract's value with VAT in pence: as it is recorded, else the value without it and the standard rate."""
    return promise.value * (1 + STANDARD_RATE) if promise.value_with_vat is None else promise.value_with_vat


def compared(rule: PolicyRule, promise: Promise) -> int | Fraction:
    """The value, in pence, that the rule is held against."""
    return with_vat(promise) if rule.with_vat is WithVat.YES else promise.value


def compared_words(rule: PolicyRule, promise: Promise) -> str:
    """The value that the rule is held against, and how it comes about where it is not recorded."""
    if rule.with_vat is not WithVat.YES:
        return _pounds(promise.value)
    return with_vat_words(promise)


def with_vat_words(promise: Promise) -> str:
    """The value with VAT: "£240,000.00 with VAT", "£200,000.00 + 20% = £240,000.00 with VAT"."""
    taken = f"{_pounds(with_vat(promise))} with VAT"
    return taken if promise.value_with_vat is not None else f"{_pounds(promise.value)} + 20% = {taken}"


def decides(rule: PolicyRule, promise: Promise) -> bool:
    """Whether the contract is over the rule's threshold with VAT only, and the policy does not say which is meant."""
    threshold = rule.threshold * PENCE
    return rule.with_vat is WithVat.NOT_SAID and promise.value <= threshold < with_vat(promise)


def other_reading(rule: PolicyRule, promise: Promise) -> str:
    """What is said of a contract to which the rule would apply with VAT; empty where that decides nothing."""
    if not decides(rule, promise):
        return ""
    kind = rule.kind
    becomes = "it would be in scope"
    if isinstance(kind, Demand):
        becomes = f"{kind.unit.words(kind.amounts(rule)(promise).needed)} would be asked of it"
    return (
        "The rule does not say whether its value is with VAT. "
        f"{with_vat_words(promise)} is over {format_pounds(rule.threshold)}, and so {becomes}. "
        "Which of the two is meant is a setting of the council’s policy rules"
    )


def _pounds(pence: int | Fraction) -> str:
    """With a third decimal where a fifth of a value has one, so that nothing stands there as over itself."""
    exact = Fraction(pence, PENCE)
    return format_pounds(round_pounds(exact)) if not exact * PENCE % 1 else f"£{round_half_away(exact, 3):,}"
