"""When a contract runs: its years, its length in words and numbers, and what is wrong with its days."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from functools import lru_cache

from tomsapp.domain.errors import TomsError
from tomsapp.domain.facts import Fault
from tomsapp.domain.problems import Problem, Severity, Where
from tomsapp.domain.wording import format_date, plural

MOST_YEARS = 50
EARLIEST_START = date(1990, 1, 1)
LATEST_END = date(2150, 12, 31)
_LENGTH = re.compile(r"([0-9]{1,3})\s*(years?|yrs?|y|months?|mths?|m)?", re.IGNORECASE)


class ContractError(TomsError):
    """Contract facts that cannot be, and what to put right."""


@dataclass(frozen=True, slots=True)
class ContractYear:
    """One year of a contract: its place (0 is the first), label and dates."""

    index: int
    label: str
    starts_on: date
    ends_on: date

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.ends_on - self.starts_on).days + 1

    @property
    def is_short(self) -> bool:
        """Whether it lasts less than 12 months, as a last year may."""
        return self.ends_on < end_after(self.starts_on, 1)


def years_later(day: date, years: int) -> date:
    """The same day `years` later; 29 February becomes 1 March in a year without one.

    So a contract year that starts on 29 February ends on 28 February, after 12 whole months.
    """
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, month=3, day=1)


def end_after(start_on: date, years: int) -> date:
    """The last day of a contract of so many whole years."""
    return years_later(start_on, years) - timedelta(days=1)


def end_of_length(start_on: date, text: str) -> date | None:
    """The last day of a contract whose length is written as "3 years", "3" or "18 months"; None where it is no length.

    More than 50 years is no length of a contract.
    """
    found = _LENGTH.fullmatch(text.strip())
    if found is None:
        return None
    count, is_months = int(found[1]), found[2] is not None and found[2].lower().startswith("m")
    if not 0 < count <= MOST_YEARS * (12 if is_months else 1):
        return None
    return months_later(start_on, count) - timedelta(days=1) if is_months else end_after(start_on, count)


def year_label(starts_on: date) -> str:
    """2026/27, or 2026 when the contract year is a calendar year."""
    if (starts_on.month, starts_on.day) == (1, 1):
        return str(starts_on.year)
    return f"{starts_on.year}/{(starts_on.year + 1) % 100:02d}"


@lru_cache(maxsize=4096)
def contract_years(start_on: date, end_on: date) -> tuple[ContractYear, ...]:
    """The contract years from the first to the last day.

    Raises:
        ContractError: the dates are out of order, too far away, or more than 50 years apart.
    """
    if end_on < start_on:
        raise ContractError("The end date is before the start date", "Put the dates in order")
    if start_on < EARLIEST_START or end_on > LATEST_END:
        raise ContractError(
            f"A contract can run from {EARLIEST_START.year} to {LATEST_END.year}",
            "Check the year of each date",
        )
    years: list[ContractYear] = []
    while (begins := years_later(start_on, len(years))) <= end_on:
        if len(years) == MOST_YEARS:
            raise ContractError(f"A contract can run for {MOST_YEARS} years at most", "Check the end date")
        ends = min(end_after(start_on, len(years) + 1), end_on)
        years.append(ContractYear(len(years), year_label(begins), begins, ends))
    return tuple(years)


@lru_cache(maxsize=4096)
def length_in_years(start_on: date, end_on: date) -> Fraction:
    """The length in years: whole months ÷ 12, so that 18 months are 1.5; days beyond whole months ÷ 365.

    A contract that ends before it starts has no length.
    """
    after_end = end_on + timedelta(days=1)
    if after_end <= start_on:
        return Fraction(0)
    months = (after_end.year - start_on.year) * 12 + after_end.month - start_on.month
    if months_later(start_on, months) > after_end:
        months -= 1
    days = (after_end - months_later(start_on, months)).days
    return Fraction(months, 12) + Fraction(days, 365)


def months_later(day: date, months: int) -> date:
    """The same day so many months later; a day that the month lacks becomes the first of the next month."""
    years, month = divmod(day.month - 1 + months, 12)
    try:
        return day.replace(year=day.year + years, month=month + 1)
    except ValueError:
        # Never December, which has all 31 days.
        return day.replace(year=day.year + years, month=month + 2, day=1)


def length_text(start_on: date, end_on: date) -> str:
    """How long a contract runs: "3 years", "18 months", "200 days"."""
    after_end = end_on + timedelta(days=1)
    years = after_end.year - start_on.year
    if years and after_end == years_later(start_on, years):
        return _counted(years, "year")
    if after_end.day == start_on.day:
        return _counted(years * 12 + after_end.month - start_on.month, "month")
    return _counted((after_end - start_on).days, "day")


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def dates_problem(start_on: date, end_on: date) -> Problem | None:
    """What is wrong with the first and last day taken together, or None."""
    if end_on < start_on:
        message = f"{format_date(end_on)} is before the start date, {format_date(start_on)}"
        return _problem("dates-out-of-order", message, "Enter the last day of delivery", "end_on")
    try:
        contract_years(start_on, end_on)
    except ContractError as error:
        return _problem("dates-too-far", error.message, error.fix, "start_on")
    return None


def latest_end_problem(end_on: date, latest_end_on: date | None) -> Problem | None:
    """What is wrong with the latest possible end, or None."""
    if latest_end_on is None or latest_end_on >= end_on:
        return None
    message = f"{format_date(latest_end_on)} is before the end date, {format_date(end_on)}"
    return _problem("latest-end-on-early", message, "Enter the last day with every extension", "latest_end_on")


def extensions_fault(number: int) -> Fault | None:
    """What is wrong with a number of extensions: a contract has no more of them than it can have years."""
    if number <= MOST_YEARS:
        return None
    return Fault(f"It is more than {MOST_YEARS}", "Enter how many times, not for how long", "too-many")


def extensions_question(end_on: date, latest_end_on: date | None, left: int | None) -> Problem | None:
    """What is asked where the extensions that are left and the latest possible end contradict each other, or None.

    One of the two is out of date, or was never entered.
    """
    if left is None or latest_end_on is None or latest_end_on < end_on or bool(left) == (latest_end_on > end_on):
        return None
    end, latest = format_date(end_on), format_date(latest_end_on)
    if left:
        message = (
            f"{plural(left, 'extension is', 'extensions are')} left, and the latest possible end is the end, {end}"
        )
        fix = "Enter the last day with every extension, or 0 extensions left"
    else:
        message = f"No extension is left, and the latest possible end, {latest}, is after the end, {end}"
        fix = "Enter how many extensions are left, or the end date as the latest possible end"
    return _problem("extensions-left-asked", message, fix, "extensions_left", Severity.WARNING)


def _problem(code: str, message: str, fix: str, field: str, severity: Severity = Severity.ERROR) -> Problem:
    return Problem(code, severity, message, fix, Where(field=field))
