"""The quarters of a contract: three months each, counted from the first day of each contract year.

A quarter of the contract is none of the calendar, so its label says its months. Overviews of many contracts put it
into the quarter of the financial year (April to March) in which its last day lies.
Source: docs/method.md, section 9.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from tomsapp.domain.contract import Contract
from tomsapp.domain.contract_dates import ContractYear, contract_years, months_later
from tomsapp.domain.wording import MONTHS

QUARTERS = 4
MONTHS_IN_QUARTER = 3
_DAY = timedelta(days=1)
_FIRST_MONTH = 4
"""A council's financial year begins in April."""


class FinancialQuarter(NamedTuple):
    """A quarter of the financial year, April to March: ("2026/27", 2) is July to September 2026."""

    year: str
    number: int

    @property
    def words(self) -> str:
        """As people read it: "Q2 of 2026/27"."""
        return f"Q{self.number} of {self.year}"


@dataclass(frozen=True, slots=True, order=True)
class Quarter:
    """Which quarter of which contract year: `year` 0 is the first, `number` is 1 to 4. They are in order of time.

    A variation that moves the end of a contract leaves every quarter what it was, as the first day stays.
    """

    year: int
    number: int

    @property
    def words(self) -> str:
        """Without its months: "Q2 of year 1"."""
        return f"Q{self.number} of year {self.year + 1}"


@dataclass(frozen=True, slots=True)
class ContractQuarter:
    """A quarter of a contract with its days; the last one of a short last year may be shorter than three months."""

    quarter: Quarter
    starts_on: date
    ends_on: date

    @property
    def label(self) -> str:
        """The quarter with its months and year: "Q2 (Jul to Sep 2026)"; with days where it is not whole months."""
        return f"Q{self.quarter.number} ({_span(self.starts_on, self.ends_on, years=True)})"

    @property
    def short_label(self) -> str:
        """The quarter for the head of a column, under its year: "Q2 Jul to Sep"."""
        return f"Q{self.quarter.number} {_span(self.starts_on, self.ends_on, years=False)}"

    @property
    def financial_quarter(self) -> FinancialQuarter:
        """The quarter of the financial year in which its last day lies."""
        return financial_quarter(self.ends_on)


def financial_quarter(day: date) -> FinancialQuarter:
    """The quarter of the financial year, April to March, in which a day lies."""
    begins = day.year if day.month >= _FIRST_MONTH else day.year - 1
    number = (day.month - _FIRST_MONTH) % 12 // MONTHS_IN_QUARTER + 1
    return FinancialQuarter(f"{begins}/{(begins + 1) % 100:02d}", number)


def _span(starts_on: date, ends_on: date, *, years: bool) -> str:
    """The months from one day to another; the days too where they are no whole months."""
    is_whole = starts_on.day == 1 and (ends_on + _DAY).day == 1
    is_one_month = (starts_on.year, starts_on.month) == (ends_on.year, ends_on.month)
    last = _month(ends_on)
    first = "" if is_one_month else _month(starts_on)
    if not is_whole:
        last, first = f"{ends_on.day} {last}", f"{starts_on.day} {first}".rstrip()
    if years:
        last = f"{last} {ends_on.year}"
        if starts_on.year != ends_on.year:
            first = f"{first} {starts_on.year}"
    is_one = starts_on == ends_on if not is_whole else is_one_month
    return last if is_one else f"{first} to {last}"


def _month(day: date) -> str:
    return MONTHS[day.month - 1][:3]


@lru_cache(maxsize=4096)
def contract_quarters(start_on: date, end_on: date) -> tuple[ContractQuarter, ...]:
    """The quarters of a contract from its first to its last day; a short last year has as many as it begins.

    Raises:
        ContractError: the dates make no contract years: see `contract_years`.
    """
    return tuple(quarter for year in contract_years(start_on, end_on) for quarter in _quarters_of(year))


def _quarters_of(year: ContractYear) -> Iterator[ContractQuarter]:
    for number in range(1, QUARTERS + 1):
        starts_on = months_later(year.starts_on, MONTHS_IN_QUARTER * (number - 1))
        if starts_on > year.ends_on:
            return
        # The fourth ends with its year, which may begin on a day that the month after it lacks.
        next_on = months_later(year.starts_on, MONTHS_IN_QUARTER * number)
        ends_on = year.ends_on if number == QUARTERS else min(next_on - _DAY, year.ends_on)
        yield ContractQuarter(Quarter(year.index, number), starts_on, ends_on)


def quarters_of(contract: Contract) -> tuple[ContractQuarter, ...]:
    """The quarters of a contract as it stands: see `contract_quarters`."""
    return contract_quarters(contract.start_on, contract.end_on)


def quarter_of(contract: Contract, day: date) -> ContractQuarter | None:
    """The quarter of a contract in which a day lies; None before its first and after its last day."""
    return next((each for each in quarters_of(contract) if each.starts_on <= day <= each.ends_on), None)


def ended_by(quarters: Iterable[ContractQuarter], until: date) -> tuple[ContractQuarter, ...]:
    """The quarters that ended on or before a day: what was planned for them is due."""
    return tuple(each for each in quarters if each.ends_on <= until)
