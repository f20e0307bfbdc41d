"""Checks that a promise is possible: warnings that an officer answers, never errors."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from fractions import Fraction

from tomsapp.domain.money import round_down, round_pounds
from tomsapp.domain.policy import Policy
from tomsapp.domain.problems import Problem, Severity, Where
from tomsapp.domain.units import Unit
from tomsapp.domain.valuation import LineValue, Valuation
from tomsapp.domain.wording import format_percent, format_pounds, format_quantity, plural

HOURS_IN_FULL_TIME_YEAR = Decimal(1950)
"""37.5 hours × 52 weeks, the full-time year of measure J11's derivation."""

MOST_TIMES_MEDIAN = 10
MOST_TIMES_COST = 12


def plausibility_problems(
    valuation: Valuation, policy: Policy | None, medians: Mapping[str, Decimal]
) -> Iterable[Problem]:
    """What looks too good: people the money could not pay, values and quantities out of proportion."""
    yield from _unpayable_people(valuation, policy)
    yield from _above_contract_value(valuation)
    yield from _over_half(valuation)
    for line in valuation.lines:
        yield from _above_median(line, medians)
        yield from _above_cost(line)


def _warning(code: str, message: str, fix: str, line: LineValue | None = None, field: str = "quantity") -> Problem:
    where = Where(field=field)
    if line is not None:
        where = Where(commitment=line.commitment.key, measure=line.measure.code, field=field)
    key = f"{code}:{line.measure.code}" if line else code
    return Problem(code, Severity.WARNING, message, fix, where, key=key)


def _unpayable_people(valuation: Valuation, policy: Policy | None) -> Iterable[Problem]:
    wage = policy.living_wage_on(valuation.contract.start_on) if policy else None
    if wage is None or wage.hourly <= 0:
        return
    year_cost = Fraction(wage.hourly) * Fraction(HOURS_IN_FULL_TIME_YEAR)
    payable = Fraction(valuation.contract.value) / year_cost
    for line in valuation.lines:
        if line.measure.unit not in {Unit.FTE_YEARS, Unit.FTE_JOBS}:
            continue
        share = line.commitment.contract_share
        if Fraction(line.quantity) * Fraction(share) > payable:
            part = "" if share == 1 else f", of which {format_percent(share)} is this contract’s,"
            yield _warning(
                "more-people-than-money",
                f"{plural(line.quantity, 'full-time year', 'full-time years')}{part} would cost more than the contract "
                f"is worth: {format_pounds(valuation.contract.value)} ÷ {format_pounds(round_pounds(year_cost))} "
                f"({format_quantity(HOURS_IN_FULL_TIME_YEAR)} hours at the National Living Wage of "
                f"{format_pounds(wage.hourly)}) pays for {format_quantity(round_down(payable, 1))}",
                "Check the quantity, or the share that is this contract’s",
                line,
            )


def _above_contract_value(valuation: Valuation) -> Iterable[Problem]:
    if 0 < valuation.contract.value < valuation.social_value:
        yield _warning(
            "value-above-contract",
            f"The social value, {format_pounds(valuation.social_value)}, is more than the contract’s value, "
            f"{format_pounds(valuation.contract.value)}",
            "Check the largest quantities",
        )


def _over_half(valuation: Valuation) -> Iterable[Problem]:
    """A line over half of the total; with a single valued line it would say nothing."""
    valued = [line for line in valuation.lines if line.social_value > 0]
    whole = Fraction(valuation.social_value)
    if len(valued) < 2 or whole <= 0:
        return
    for line in valued:
        if Fraction(line.social_value) * 2 > whole:
            share = format_percent(Fraction(line.social_value) / whole, 1)
            yield _warning(
                "line-over-half", f"This line is over half of the total ({share})", "Check the quantity", line
            )


def _above_median(line: LineValue, medians: Mapping[str, Decimal]) -> Iterable[Problem]:
    median = medians.get(line.measure.code)
    if median and Fraction(line.quantity) > MOST_TIMES_MEDIAN * Fraction(median):
        yield _warning(
            "above-other-bids",
            f"{format_quantity(line.quantity)} is more than {MOST_TIMES_MEDIAN} times the median of the other bids, "
            f"{format_quantity(median)}",
            "Ask the supplier how it was worked out",
            line,
        )


def _above_cost(line: LineValue) -> Iterable[Problem]:
    cost = line.commitment.cost if line.commitment.cost is not None else line.real_pounds
    if cost and Fraction(line.social_value) > MOST_TIMES_COST * Fraction(cost):
        yield _warning(
            "above-real-cost",
            f"{format_pounds(line.social_value)} of social value is more than {MOST_TIMES_COST} times its real cost, "
            f"{format_pounds(cost)}",
            "Check the quantity and the cost",
            line,
        )
