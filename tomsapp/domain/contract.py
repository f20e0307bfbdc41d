"""A contract as the valuation needs it: value, years, and the menu edition that is pinned to it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from functools import partial

from tomsapp.domain.contract_dates import (
    ContractYear,
    contract_years,
    dates_problem,
    extensions_fault,
    extensions_question,
    latest_end_problem,
    length_in_years,
)
from tomsapp.domain.facts import Fact, FactKind, Listed
from tomsapp.domain.ocids import ocid_fault
from tomsapp.domain.problems import Problem, Severity, Where
from tomsapp.domain.record_type import Part, RecordType
from tomsapp.domain.supplier import email_fault


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
class Contract:
    """What is bought, from whom, for how much and when. `value` is in pounds without VAT for the whole length.

    Attributes:
        value_with_vat: the same value with VAT, in pounds, where it is known. No figure is worked out from it.
        latest_end_on: the last day of the contract with every extension that it allows.
        supplier_contact, supplier_contact_email, supplier_contact_phone: whom at the supplier to ask about it.
        extensions_taken, extensions_left: how many times it was extended, and still can be; None where not known.
        ocid: what Find a Tender knows it by, see `domain/ocids.py`; empty where there is no notice.
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
    supplier_contact: str = ""
    supplier_contact_email: str = ""
    supplier_contact_phone: str = ""
    extensions_taken: int | None = None
    extensions_left: int | None = None
    ocid: str = ""

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


def _date_problems(contract: Contract) -> Iterable[Problem]:
    found = (
        dates_problem(contract.start_on, contract.end_on),
        latest_end_problem(contract.end_on, contract.latest_end_on),
    )
    yield from filter(None, found)


def _value_problems(contract: Contract) -> Iterable[Problem]:
    if contract.value_with_vat is not None and contract.value_with_vat < contract.value:
        message = "The value with VAT is below the value without it"
        fix = "Enter the value with VAT, or leave it empty"
        yield Problem("value-with-vat-low", Severity.ERROR, message, fix, Where(field="value_with_vat"))


def _spend_problems(contract: Contract) -> Iterable[Problem]:
    amount = SPEND_AMOUNT.fault
    faults = (fault for spend in contract.spend if (fault := amount(spend.amount)) is not None)
    for fault in faults:
        message = fault.message.replace("It ", "A year’s spend ", 1)
        yield Problem(f"spend-{fault.code}", Severity.ERROR, message, fault.fix, Where(field="spend"))
        return


def contract_questions(contract: Contract) -> list[Problem]:
    """What is asked where facts of a contract contradict each other; nothing keeps it from being saved all the same."""
    question = extensions_question(contract.end_on, contract.latest_end_on, contract.extensions_left)
    return [] if question is None else [question]


SPEND_AMOUNT = Fact("amount", "Spend", FactKind.POUNDS)
"""What is spent in one contract year, forecast or recorded."""


def _spend_caption(row: Mapping[str, object], year: str) -> str:
    return f"{'Recorded' if row.get('is_recorded') else 'Forecast'} spend {year}"


_of_a_register = partial(Fact, is_filter=True, is_fixed_by_signing=False, is_name=True, revision="0002")
"""Whose contract it is, as the council's register of contracts says it."""

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
        _of_a_register("directorate", "Directorate", hint="Who buys it"),
        _of_a_register("contract_manager", "Contract manager", hint="Who sees to it that it is kept"),
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
            "extensions_taken",
            "Extensions taken",
            FactKind.WHOLE,
            "How many times it was extended",
            check=extensions_fault,
            keeps_null=True,
            is_fixed_by_signing=False,
            revision="0008",
        ),
        Fact(
            "extensions_left",
            "Extensions left",
            FactKind.WHOLE,
            "How many more times it can be extended",
            check=extensions_fault,
            keeps_null=True,
            is_fixed_by_signing=False,
            revision="0008",
        ),
        Fact(
            "supplier_contact",
            "Supplier’s lead contact",
            hint="Whom to call about this contract",
            is_fixed_by_signing=False,
            revision="0008",
        ),
        Fact(
            "supplier_contact_email",
            "Lead contact’s e-mail",
            hint="As name@example.org",
            check=email_fault,
            is_fixed_by_signing=False,
            revision="0008",
        ),
        Fact(
            "supplier_contact_phone",
            "Lead contact’s telephone",
            hint="With its area code",
            most=60,
            is_fixed_by_signing=False,
            revision="0008",
        ),
        Fact(
            "ocid",
            "Open contracting ID",
            hint="From Find a Tender, as ocds-h6vhtk-04a1b2/1",
            most=200,
            check=ocid_fault,
            is_fixed_by_signing=False,
            revision="0015",
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
    checks=(_date_problems, _value_problems, _spend_problems),
    heading="Contract facts",
    parts=(Part("contract_spend", "contract_id", SPEND_AMOUNT, _spend_caption, "Spend"),),
)
"""What the council records of a contract, apart from its commitments."""
