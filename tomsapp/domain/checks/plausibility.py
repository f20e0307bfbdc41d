"""Checks that a promise is possible: warnings that an officer answers, never errors.

Each looks at all lines of a measure, or all lines of the offer, together: a promise that is cut into several lines is
asked about as if it were one. They look at all that is claimed, also in lines with errors, which count in no total.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from tomsapp.domain.checks.asked import asked_of
from tomsapp.domain.checks.check import OfferToCheck
from tomsapp.domain.checks.findings import found
from tomsapp.domain.money import EXACT, exact_sum, total
from tomsapp.domain.problems import Problem, Where
from tomsapp.domain.valuation import LineValue, Valuation
from tomsapp.domain.wording import format_percent, format_pounds, format_quantity

MOST_TIMES_MEDIAN = 10
MOST_TIMES_COST = 12
_HALF = Decimal("0.5")


@dataclass(frozen=True, slots=True)
class _Promised:
    """Every line of one measure together."""

    code: str
    lines: Sequence[LineValue]
    valuation: Valuation

    @property
    def quantity(self) -> Decimal:
        return exact_sum(line.quantity for line in self.lines)

    @property
    def social_value(self) -> Decimal:
        return total(line.social_value for line in self.lines)

    @property
    def cost(self) -> Decimal:
        """What keeping the promise costs in pounds: as stated, else the real pounds handed over."""
        costs = (line.real_pounds if line.commitment.cost is None else line.commitment.cost for line in self.lines)
        return exact_sum(costs)

    def warning(self, code: str, message: str, fix: str) -> Problem:
        """A question about the measure, put to its largest line."""
        largest = max(self.lines, key=lambda line: line.social_value)
        where = Where(commitment=largest.commitment.key, measure=self.code, field="quantity")
        return found(code, message, fix, where, key=f"{code}:{self.code}", asked=asked_of(self.valuation, self.lines))


def _by_measure(valuation: Valuation, codes: Collection[str] | None = None) -> list[_Promised]:
    """The lines by their measures, in the order in which these come first; of some measures only."""
    groups: dict[str, list[LineValue]] = {}
    for line in valuation.lines:
        code = line.measure.code
        if codes is None or code in codes:
            groups.setdefault(code, []).append(line)
    return [_Promised(code, lines, valuation) for code, lines in groups.items()]


def above_contract_value(offer: OfferToCheck) -> Iterable[Problem]:
    """Social value over the contract's own value."""
    valuation = offer.valuation
    if 0 < valuation.contract.value < valuation.social_value:
        yield found(
            "value-above-contract",
            f"The social value that is claimed, {format_pounds(valuation.social_value)}, is more than the contract’s "
            f"value, {format_pounds(valuation.contract.value)}",
            "Check the largest quantities",
            key="value-above-contract",
            asked=f"{format_pounds(valuation.social_value)}; {format_pounds(valuation.contract.value)}",
        )


def over_half(offer: OfferToCheck) -> Iterable[Problem]:
    """A measure over half of what is claimed; of a single valued measure it would say nothing."""
    valuation = offer.valuation
    whole, worth = valuation.social_value, dict[str, Decimal]()
    for line in valuation.lines:
        code = line.measure.code
        worth[code] = EXACT.add(worth[code], line.social_value) if code in worth else line.social_value
    half = EXACT.multiply(whole, _HALF)
    over = [code for code, value in worth.items() if value > half] if whole > 0 else []
    if over and sum(value > 0 for value in worth.values()) > 1:
        for promised in _by_measure(valuation, over):
            value = worth[promised.code]
            share = format_percent(Fraction(value) / Fraction(whole), 1)
            message = f"{promised.code} is over half of what is claimed ({share})"
            yield promised.warning("line-over-half", message, "Check the quantity")


def low_confidence(offer: OfferToCheck) -> Iterable[Problem]:
    """Over half of the total on values that can be trusted least."""
    valuation = offer.valuation
    weak = [line for line in valuation.lines if line.measure.proxy and line.measure.proxy.confidence == "low"]
    value, whole = total(line.social_value for line in weak), valuation.social_value
    if whole > 0 and EXACT.add(value, value) > whole:
        codes = ", ".join(dict.fromkeys(line.measure.code for line in weak))
        share = format_percent(Fraction(value) / Fraction(whole), 1)
        yield found(
            "low-confidence",
            f"{share} of what is claimed rests on values of low confidence: {codes}",
            "Say why these measures are right for this contract, or choose others",
            key=f"low-confidence:{codes}",
            asked=asked_of(valuation, weak),
        )


def above_other_bids(offer: OfferToCheck) -> Iterable[Problem]:
    """A measure with far more than the other bids promise."""
    for promised in _by_measure(offer.valuation) if offer.medians else ():
        median = offer.medians.get(promised.code)
        if median and Fraction(promised.quantity) > MOST_TIMES_MEDIAN * Fraction(median):
            yield promised.warning(
                "above-other-bids",
                f"{format_quantity(promised.quantity)} is more than {MOST_TIMES_MEDIAN} times the median of the other "
                f"bids, {format_quantity(median)}",
                "Ask the supplier how it was worked out",
            )


def above_real_cost(offer: OfferToCheck) -> Iterable[Problem]:
    """A measure worth far more than keeping the promise costs."""
    valuation = offer.valuation
    costly = {line.measure.code for line in valuation.lines if line.real_pounds or line.commitment.cost}
    for promised in _by_measure(valuation, costly) if costly else ():
        cost = promised.cost
        if cost and Fraction(promised.social_value) > MOST_TIMES_COST * Fraction(cost):
            yield promised.warning(
                "above-real-cost",
                f"{format_pounds(promised.social_value)} of social value is more than {MOST_TIMES_COST} times its real "
                f"cost, {format_pounds(cost)}",
                "Check the quantity and the cost",
            )
