"""Checks that a promise is possible: warnings that an officer answers, never errors.

Each looks at all lines of a measure, or all lines of the offer, together: a promise that is cut into several lines is
asked about as if it were one.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from tomsapp.domain.money import exact_sum, total
from tomsapp.domain.payable import payable_problems
from tomsapp.domain.policy import Policy
from tomsapp.domain.problems import Problem, Severity, Where
from tomsapp.domain.valuation import LineValue, Valuation
from tomsapp.domain.wording import format_percent, format_pounds, format_quantity

MOST_TIMES_MEDIAN = 10
MOST_TIMES_COST = 12


def plausibility_problems(
    valuation: Valuation, policy: Policy | None, medians: Mapping[str, Decimal]
) -> Iterable[Problem]:
    """What looks too good: people the money could not pay, values and quantities out of proportion."""
    measures = _by_measure(valuation)
    yield from payable_problems(valuation, policy)
    yield from _above_contract_value(valuation)
    yield from _over_half(valuation, measures)
    yield from _low_confidence(valuation)
    for promised in measures:
        yield from _above_median(promised, medians)
        yield from _above_cost(promised)


@dataclass(frozen=True, slots=True)
class _Promised:
    """Every line of one measure together."""

    code: str
    lines: Sequence[LineValue]

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
        return Problem(code, Severity.WARNING, message, fix, where, key=f"{code}:{self.code}")


def _by_measure(valuation: Valuation) -> list[_Promised]:
    groups: dict[str, list[LineValue]] = {}
    for line in valuation.lines:
        groups.setdefault(line.measure.code, []).append(line)
    return [_Promised(code, lines) for code, lines in groups.items()]


def _above_contract_value(valuation: Valuation) -> Iterable[Problem]:
    if 0 < valuation.contract.value < valuation.social_value:
        yield Problem(
            "value-above-contract",
            Severity.WARNING,
            f"The social value, {format_pounds(valuation.social_value)}, is more than the contract’s value, "
            f"{format_pounds(valuation.contract.value)}",
            "Check the largest quantities",
            key="value-above-contract",
        )


def _over_half(valuation: Valuation, measures: Iterable[_Promised]) -> Iterable[Problem]:
    """A measure over half of the total; of a single valued measure it would say nothing."""
    whole = Fraction(valuation.social_value)
    valued = [promised for promised in measures if promised.social_value > 0]
    for promised in valued:
        value = Fraction(promised.social_value)
        if len(valued) > 1 and whole > 0 and value * 2 > whole:
            share = format_percent(value / whole, 1)
            message = f"{promised.code} is over half of the total ({share})"
            yield promised.warning("line-over-half", message, "Check the quantity")


def _low_confidence(valuation: Valuation) -> Iterable[Problem]:
    """Over half of the total on values that can be trusted least."""
    weak = [line for line in valuation.lines if line.measure.proxy and line.measure.proxy.confidence == "low"]
    value, whole = total(line.social_value for line in weak), Fraction(valuation.social_value)
    if whole > 0 and Fraction(value) * 2 > whole:
        codes = ", ".join(dict.fromkeys(line.measure.code for line in weak))
        yield Problem(
            "low-confidence",
            Severity.WARNING,
            f"{format_percent(Fraction(value) / whole, 1)} of the total rests on values of low confidence: {codes}",
            "Say why these measures are right for this contract, or choose others",
            key=f"low-confidence:{codes}",
        )


def _above_median(promised: _Promised, medians: Mapping[str, Decimal]) -> Iterable[Problem]:
    median = medians.get(promised.code)
    if median and Fraction(promised.quantity) > MOST_TIMES_MEDIAN * Fraction(median):
        yield promised.warning(
            "above-other-bids",
            f"{format_quantity(promised.quantity)} is more than {MOST_TIMES_MEDIAN} times the median of the other "
            f"bids, {format_quantity(median)}",
            "Ask the supplier how it was worked out",
        )


def _above_cost(promised: _Promised) -> Iterable[Problem]:
    cost = promised.cost
    if cost and Fraction(promised.social_value) > MOST_TIMES_COST * Fraction(cost):
        yield promised.warning(
            "above-real-cost",
            f"{format_pounds(promised.social_value)} of social value is more than {MOST_TIMES_COST} times its real "
            f"cost, {format_pounds(cost)}",
            "Check the quantity and the cost",
        )
