"""A lot of a tender: what one contract will be, with a value, years and places, and offers and an award of its own."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import partial

from tomsapp.domain.contract import SPEND_AMOUNT, YearSpend
from tomsapp.domain.contract_dates import ContractYear, contract_years, dates_problem, length_text
from tomsapp.domain.facts import Fact, FactKind, Fault, Listed
from tomsapp.domain.keys import KeyKind, Keys
from tomsapp.domain.problems import Problem, Severity, Where
from tomsapp.domain.record_type import Part, RecordType, fact_problem
from tomsapp.domain.wording import format_date

MOST_LOTS = 100


@dataclass(frozen=True, slots=True)
class Lot:
    """One lot. A draft may leave out whatever issuing asks for.

    Attributes:
        number: 1 is the first; it never changes, so that offers name it.
        title: what is bought in it; empty where the tender's title says it.
        value: the council's estimate in pounds without VAT for the whole length.
        value_with_vat: the same with VAT, where it is known.
        places: the wards for which it is; none for the whole area.
        spend: of a framework, what is forecast to be spent in each contract year: one figure for all bidders, so that
            what they promise for each pound can be compared.
    """

    number: int
    title: str = ""
    value: Decimal | None = None
    value_with_vat: Decimal | None = None
    start_on: date | None = None
    end_on: date | None = None
    places: Keys = frozenset()
    spend: tuple[YearSpend, ...] = ()

    @property
    def has_dates(self) -> bool:
        """Whether its first and last day are there, and make contract years."""
        return self._days is not None and dates_problem(*self._days) is None

    @property
    def _days(self) -> tuple[date, date] | None:
        return None if self.start_on is None or self.end_on is None else (self.start_on, self.end_on)

    @property
    def years(self) -> tuple[ContractYear, ...]:
        """Its contract years; none while its days are missing or make none."""
        return contract_years(*self._days) if self._days is not None and self.has_dates else ()

    @property
    def length_words(self) -> str:
        """How long it runs: "2 years from 1 April 2027"; empty while its days are missing or make no years."""
        if self._days is None or not self.has_dates:
            return ""
        start_on, end_on = self._days
        return f"{length_text(start_on, end_on)} from {format_date(start_on)}"

    @property
    def name(self) -> str:
        """What it is called: "lot 2", "lot 2, Libraries"."""
        return f"lot {self.number}, {self.title}" if self.title else f"lot {self.number}"


def _date_problems(lot: Lot) -> Iterable[Problem]:
    if lot.start_on is not None and lot.end_on is not None:
        found = dates_problem(lot.start_on, lot.end_on)
        if found is not None:
            yield found


def _value_problems(lot: Lot) -> Iterable[Problem]:
    if lot.value is not None and lot.value_with_vat is not None and lot.value_with_vat < lot.value:
        message = "The value with VAT is below the value without it"
        fix = "Enter the value with VAT, or leave it empty"
        yield Problem("value-with-vat-low", Severity.ERROR, message, fix, Where(field="value_with_vat"))


def _spend_problems(lot: Lot) -> Iterable[Problem]:
    fault = next(filter(None, (SPEND_AMOUNT.fault(spend.amount) for spend in lot.spend)), None)
    if fault is not None:
        message = fault.message.replace("It ", "A year’s spend ", 1)
        yield Problem(f"spend-{fault.code}", Severity.ERROR, message, fault.fix, Where(field="spend"))
    elif any(spend.is_recorded for spend in lot.spend):
        recorded = Fault("It has spend that is recorded", "Enter what is forecast: nothing is spent before the award")
        yield fact_problem(LOT, LOT.fact("spend"), recorded)


def _number_fault(number: int) -> Fault | None:
    if 0 < number <= MOST_LOTS:
        return None
    return Fault(f"It is not between 1 and {MOST_LOTS}", f"Enter a whole number from 1 to {MOST_LOTS}")


def _spend_caption(_row: Mapping[str, object], year: str) -> str:
    return f"Forecast spend {year}"


_fact = partial(Fact, revision="0016")

LOT = RecordType(
    "lot",
    "lot",
    "lots",
    Lot,
    (
        _fact(
            "number",
            "Number",
            FactKind.WHOLE,
            "The first is 1",
            needed="Enter a number, for example 1",
            check=_number_fault,
            listed=Listed.SHOWN,
        ),
        _fact("title", "Title", hint="What is bought in this lot", listed=Listed.SHOWN, is_name=True),
        _fact(
            "value",
            "Estimated value",
            FactKind.POUNDS,
            "In pounds, without VAT, in total",
            most=30,
            is_above_zero=True,
            keeps_null=True,
            listed=Listed.SHOWN,
        ),
        _fact(
            "value_with_vat",
            "Value with VAT",
            FactKind.POUNDS,
            "In pounds, if it is known",
            most=30,
            keeps_null=True,
        ),
        _fact("start_on", "Start date", FactKind.DAY, keeps_null=True, listed=Listed.SHOWN),
        _fact("end_on", "End date", FactKind.DAY, "The last day, or for how long", keeps_null=True),
        _fact(
            "places",
            "Places",
            FactKind.SEVERAL,
            "The wards for which it is; none for the whole area",
            keys=KeyKind.WARD,
        ),
        _fact(
            "spend",
            "Spend by year",
            FactKind.OWN,
            "Of a framework: what is forecast for each year, the same for all bidders",
            listed=Listed.NO,
        ),
    ),
    name_of=lambda lot: lot.name,
    checks=(_date_problems, _value_problems, _spend_problems),
    parts=(Part("lot_year", "lot_id", SPEND_AMOUNT, _spend_caption, "Spend of a lot"),),
)
"""What the council records of a lot."""
