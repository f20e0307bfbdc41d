"""A contract as the valuation needs it: value, years, and the menu edition that is pinned to it."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from functools import lru_cache

from tomsapp.domain.errors import TomsError
from tomsapp.domain.facts import Fact, FactKind, Listed
from tomsapp.domain.problems import Problem, Severity, Where
from tomsapp.domain.record_type import Part, RecordType
from tomsapp.domain.wording import format_date

MOST_YEARS = 50
EARLIEST_START = date(1990, 1, 1)
LATEST_END = date(2150, 12, 31)
_LENGTH = re.compile(r"([0-9]{1,3})\s*(years?|yrs?|y|months?|mths?|m)?", re.IGNORECASE)


class ContractError(TomsError):
    """Contract facts that cannot be, and what to put right."""


class ContractKind(Enum):
    """Whether all of the value is signed at once, or called off in orders."""

    STANDARD = "standard"
    FRAMEWORK = "framework"

    @property
    def words(self) -> str:
        """The kind as people read it."""
        return self.value.capitalize()

    @property
    def meaning(self) -> str:
        """What the kind means, for whoever chooses it."""
        return {ContractKind.STANDARD: "all signed at once", ContractKind.FRAMEWORK: "spent in orders"}[self]


class ContractStatus(Enum):
    """Where a contract is in its life."""

    DRAFT = "draft"
    SIGNED = "signed"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"
    """It is not wanted any more; it counts nowhere."""

    @property
    def words(self) -> str:
        """The status as people read it."""
        return self.value.capitalize()


@dataclass(frozen=True, slots=True)
class YearSpend:
    """What is spent through a framework in one contract year (0 is the first), in pounds."""

    year: int
    amount: Decimal
    is_recorded: bool = False


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


@dataclass(frozen=True, slots=True)
class Contract:
    """What is bought, from whom, for how much and when. `value` is in pounds without VAT for the whole length.

    Attributes:
        value_with_vat: the same value with VAT, in pounds, where it is known. No figure is worked out from it.
        latest_end_on: the last day of the contract with every extension that it allows.
    """

    reference: str
    value: Decimal
    start_on: date
    end_on: date
    title: str = ""
    supplier: str = ""
    menu: str = ""
    edition: str = ""
    kind: ContractKind = ContractKind.STANDARD
    status: ContractStatus = ContractStatus.DRAFT
    spend: tuple[YearSpend, ...] = ()
    directorate: str = ""
    contract_manager: str = ""
    value_with_vat: Decimal | None = None
    latest_end_on: date | None = None
    notes: str = ""

    @property
    def years(self) -> tuple[ContractYear, ...]:
        """The contract years; the last one may be shorter than 12 months."""
        return contract_years(self.start_on, self.end_on)

    @property
    def length_in_years(self) -> Fraction:
        """How long the contract runs, in years, exact: see `length_in_years`."""
        return length_in_years(self.start_on, self.end_on)

    def spend_in(self, year: int) -> YearSpend | None:
        """What is spent in contract year `year` (0 is the first), recorded before forecast, or None."""
        of_year = [spend for spend in self.spend if spend.year == year]
        recorded = [spend for spend in of_year if spend.is_recorded]
        return next(iter(recorded or of_year), None)


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


def _date_problems(contract: Contract) -> Iterable[Problem]:
    found = dates_problem(contract.start_on, contract.end_on)
    if found is not None:
        yield found


def _further_problems(contract: Contract) -> Iterable[Problem]:
    if contract.latest_end_on is not None and contract.latest_end_on < contract.end_on:
        message = f"{format_date(contract.latest_end_on)} is before the end date, {format_date(contract.end_on)}"
        yield _problem("latest-end-on-early", message, "Enter the last day with every extension", "latest_end_on")
    if contract.value_with_vat is not None and contract.value_with_vat < contract.value:
        message = "The value with VAT is below the value without it"
        yield _problem("value-with-vat-low", message, "Enter the value with VAT, or leave it empty", "value_with_vat")


def _spend_problems(contract: Contract) -> Iterable[Problem]:
    amount = SPEND_AMOUNT.fault
    faults = (fault for spend in contract.spend if (fault := amount(spend.amount)) is not None)
    for fault in faults:
        message = fault.message.replace("It ", "A year’s spend ", 1)
        yield _problem(f"spend-{fault.code}", message, fault.fix, "spend")
        return


def _problem(code: str, message: str, fix: str, field: str) -> Problem:
    return Problem(code, Severity.ERROR, message, fix, Where(field=field))


SPEND_AMOUNT = Fact("amount", "Spend", FactKind.POUNDS)
"""What is spent in one contract year, forecast or recorded."""


def _spend_caption(row: Mapping[str, object], year: str) -> str:
    return f"{'Recorded' if row.get('is_recorded') else 'Forecast'} spend {year}"


CONTRACT = RecordType(
    "contract",
    "contract",
    "contracts",
    Contract,
    (
        Fact("title", "Title", needed="Enter what is bought", listed=Listed.SHOWN, is_name=True),
        Fact(
            "reference",
            "Reference",
            most=60,
            needed="Enter the council’s reference, for example C-2026-004",
            listed=Listed.SHOWN,
            is_name=True,
        ),
        Fact(
            "value",
            "Contract value",
            FactKind.POUNDS,
            "In pounds, without VAT, in total",
            most=30,
            needed="Enter the value in pounds, for example 4200000.00",
            is_above_zero=True,
            listed=Listed.SHOWN,
        ),
        Fact(
            "start_on",
            "Start date",
            FactKind.DAY,
            needed="Enter a date, for example 1 April 2026",
            listed=Listed.SHOWN,
        ),
        Fact(
            "end_on",
            "End date",
            FactKind.DAY,
            "The last day, or for how long",
            needed="Enter a date, for example 31 March 2029",
        ),
        Fact(
            "supplier",
            "Supplier",
            FactKind.LINK,
            "The organisation that signs the contract",
            column="supplier_id",
            needed="Choose a supplier or add a new one",
            is_filter=True,
        ),
        Fact("menu", "Menu", keeps_null=True, is_typed=False, listed=Listed.NO, is_searched=False),
        Fact(
            "edition",
            "Menu edition",
            hint="Fixed once the contract is signed",
            keeps_null=True,
            needed="Choose a menu edition",
            listed=Listed.SHOWN,
            is_searched=False,
        ),
        Fact("kind", "Kind", FactKind.CHOICE, "How the value is spent", choices=ContractKind),
        Fact(
            "status",
            "Status",
            FactKind.CHOICE,
            choices=ContractStatus,
            is_typed=False,
            listed=Listed.SHOWN,
            is_filter=True,
        ),
        Fact(
            "spend",
            "Spend by year",
            FactKind.OWN,
            "In pounds, without VAT. A quantity promised per £ of spend uses the recorded spend, else the forecast",
            listed=Listed.NO,
            is_fixed_by_signing=False,
        ),
        Fact(
            "directorate",
            "Directorate",
            hint="Who buys it",
            is_filter=True,
            is_fixed_by_signing=False,
            is_name=True,
            revision="0002",
        ),
        Fact(
            "contract_manager",
            "Contract manager",
            hint="Who sees to it that it is kept",
            is_fixed_by_signing=False,
            is_filter=True,
            is_name=True,
            revision="0002",
        ),
        Fact(
            "value_with_vat",
            "Value with VAT",
            FactKind.POUNDS,
            "In pounds, if it is known",
            keeps_null=True,
            revision="0002",
        ),
        Fact(
            "latest_end_on",
            "Latest possible end",
            FactKind.DAY,
            "With every extension taken",
            keeps_null=True,
            revision="0002",
        ),
        Fact(
            "notes",
            "Notes",
            FactKind.LONG,
            listed=Listed.NO,
            is_searched=False,
            is_fixed_by_signing=False,
            revision="0002",
        ),
    ),
    name_of=lambda contract: contract.reference,
    checks=(_date_problems, _further_problems, _spend_problems),
    heading="Contract facts",
    parts=(Part("contract_spend", "contract_id", SPEND_AMOUNT, _spend_caption, "Spend"),),
)
"""What the council records of a contract, apart from its commitments."""
