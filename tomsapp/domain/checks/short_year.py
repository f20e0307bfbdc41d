"""Checks of a last year that is short: an end on the anniversary of the start, and a whole year's promise in it."""

from collections.abc import Iterable
from datetime import date, timedelta

from tomsapp.domain.checks.check import OfferToCheck
from tomsapp.domain.checks.findings import found
from tomsapp.domain.contract import ContractStatus
from tomsapp.domain.contract_dates import ContractYear, contract_years, months_later
from tomsapp.domain.menu import Counts
from tomsapp.domain.problems import Problem, Where
from tomsapp.domain.valuation import LineValue, Valuation
from tomsapp.domain.wording import format_date, format_quantity, plural

_SHORT_MONTHS = 6
"""A last year of fewer months is much shorter than a year: what a year brings is hardly kept in it."""


def last_year_days(start_on: date, end_on: date) -> int | None:
    """How many days the last of several contract years has, where it is shorter than the others; else None."""
    years = contract_years(start_on, end_on)
    return years[-1].days if len(years) > 1 and years[-1].is_short else None


def ends_on_anniversary(start_on: date, end_on: date) -> bool:
    """Whether a contract ends on the day on which it began, years later: its last year has one day.

    Raises:
        ContractError: it has no years.
    """
    return last_year_days(start_on, end_on) == 1


def end_problems(offer: OfferToCheck) -> Iterable[Problem]:
    """That a draft ends on the anniversary of its start, which leaves one day for its last year."""
    contract = offer.valuation.contract
    last = contract.years[-1]
    if contract.status is not ContractStatus.DRAFT or last.index == 0 or last.days > 1:
        return
    meant = contract.end_on - timedelta(days=1)
    yield found(
        "end-on-anniversary",
        f"The last year, {last.label}, is 1 day: {format_date(contract.end_on)}",
        f"Did you mean {format_date(meant)}? Correct the end date, or say why it is this day",
        Where(field="end_on"),
        asked=format_date(contract.end_on),
    )


def promise_problems(valuation: Valuation) -> Iterable[Problem]:
    """Each line that promises as much for a much shorter last year as for the year before."""
    last = valuation.contract.years[-1]
    if last.index == 0 or not _is_much_shorter(last):
        return
    for line in valuation.lines:
        if line.measure.counts is Counts.EACH_YEAR and line.commitment.rate is None:
            yield from _promise(line, last)


def _is_much_shorter(year: ContractYear) -> bool:
    return year.ends_on + timedelta(days=1) < months_later(year.starts_on, _SHORT_MONTHS)


def _promise(line: LineValue, last: ContractYear) -> Iterable[Problem]:
    quantity, before = line.years[last.index].quantity, line.years[last.index - 1].quantity
    if quantity <= 0 or quantity < before:
        return
    measure = line.measure
    days = plural(last.days, "day")
    than = "as much as" if quantity == before else "more than"
    yield found(
        "year-promise-in-short-year",
        f"{last.label} has {days}, and {format_quantity(quantity)} is promised for it, {than} for the year before",
        "Enter what will be delivered in that time, correct the end date, or say how it will be done",
        Where(commitment=line.commitment.key, measure=measure.code, year=last.index, field="quantity"),
        key=f"year-promise-in-short-year:{measure.code}",
        asked=f"{format_quantity(quantity)} in {days}",
    )
