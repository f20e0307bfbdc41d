"""When a unit is earned: until then it can be accepted provisionally only, such as a job in its first 12 months.

Source: docs/method.md, section 9; the months are those that the menu edition gives the measure.
"""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from tomsapp.domain.contract_dates import months_later
from tomsapp.domain.delivery.quarters import ContractQuarter
from tomsapp.domain.menu import Counts, Earned, Measure

FIRST_MONTHS = 12
NONE = Decimal(0)


def months_to_earn(measure: Measure) -> int:
    """How many months after a unit counts it is earned; 0 where it is earned at once.

    Only what is earned at completion is waited for. An edition that does not say when a unit is earned means 12 months
    where a person counts in their first 12 months, as that is what the value of such a unit stands for.
    """
    if measure.earned is Earned.AT_COMPLETION:
        return measure.evidence_months
    if measure.earned is None and measure.counts is Counts.FIRST_12_MONTHS:
        return measure.evidence_months or FIRST_MONTHS
    return 0


def earned_days(
    measure: Measure, quantity: Decimal, quarter: ContractQuarter, began: Sequence[date], end_on: date
) -> tuple[date, ...]:
    """The days on which the units of a delivery are earned, one for each person and one for what is of no known person.

    A person's months run from the day they began, and those of a unit of which that is not said from the end of its
    quarter. Where they end after the contract, and the menu says what is shown instead, it is the contract's last day.
    Nothing for a measure that is earned at once.

    Args:
        measure: whose units they are.
        quantity: how many units.
        quarter: in which they are claimed.
        began: the days on which the people behind them began; one person is one unit at the most.
        end_on: the last day of the contract.
    """
    months = months_to_earn(measure)
    if not months:
        return ()
    days = [months_later(day, months) for day in began]
    if quantity > len(began):
        days.append(months_later(quarter.ends_on, months))
    if measure.evidence_if_later:
        days = [min(day, end_on) for day in days]
    return tuple(sorted(days))


def most_earned(
    measure: Measure, quantity: Decimal, quarter: ContractQuarter, began: Sequence[date], end_on: date, day: date
) -> Decimal:
    """How many units of a delivery can be accepted for good on a day: all of them, or those whose months are over.

    A person whose months are over stands for one unit at the most; see `earned_days` for the arguments.
    """
    if not months_to_earn(measure):
        return quantity
    people = [earned for began_on in began for earned in earned_days(measure, NONE, quarter, [began_on], end_on)]
    over = Decimal(sum(earned <= day for earned in people))
    unknown = max(quantity - len(people), NONE)
    if unknown and earned_days(measure, unknown, quarter, (), end_on)[0] <= day:
        over += unknown
    return min(over, quantity)
