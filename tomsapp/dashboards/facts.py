"""What the cube knows of each contract and measure, beside the columns of figures."""

from collections.abc import Hashable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from tomsapp.domain.contract import ContractStatus
from tomsapp.domain.contract_dates import year_label, years_later
from tomsapp.domain.menu import Counts, Measure, MenuEdition, Place
from tomsapp.domain.policy import Policy
from tomsapp.domain.units import Unit


@dataclass(frozen=True, slots=True)
class PortfolioContract:
    """A contract of the portfolio; `edition` is None where none is chosen or it cannot be read.

    Attributes:
        value: in pounds, for the whole contract.
        years: how many contract years it has; 0 where its dates cannot be.
        length: how long it runs in years, exact: 18 months are 3/2.
        trouble: why it cannot be valued, in a sentence; empty where it can.
        replaced_by: the edition that took the place of `edition` where that was withdrawn; else None.
        facts: what `PORTFOLIO_FACTS` say of it, by their names.
        policy: what it is held against; for a signed contract the rules that were sealed with it.
        sealed_value: the social value that was sealed when it was signed, in pounds; None where it is not.
        signed_on: the day of that signing; None where there is none in force.
        in_force: the edition of its menu in force today, of a sealed contract under another one; else None.
        rules_since: which policy rules are others today than those that were sealed with it, a phrase each.
        is_framework: whether it grows with what is spent through it.
        value_with_vat: its value with VAT, in pounds, where it is recorded.
        supplier_kind: the value of the supplier's kind; empty where there is no supplier yet.
    """

    id: int
    reference: str
    title: str
    supplier_id: int | None
    supplier: str
    value: Decimal
    start_on: date
    end_on: date
    years: int
    length: Fraction
    status: ContractStatus
    edition: MenuEdition | None
    commitments: int
    trouble: str = ""
    replaced_by: MenuEdition | None = None
    facts: tuple[tuple[str, str], ...] = ()
    policy: Policy | None = None
    sealed_value: Decimal | None = None
    in_force: MenuEdition | None = None
    rules_since: tuple[str, ...] = ()
    is_framework: bool = False
    value_with_vat: Decimal | None = None
    signed_on: date | None = None
    supplier_kind: str = ""

    def fact(self, name: str) -> str:
        """What a fact of `PORTFOLIO_FACTS` says of it; empty where it says nothing."""
        return next((words for fact, words in self.facts if fact == name), "")

    def year_label(self, index: int) -> str:
        """The label of contract year `index` (0 is the first): 2026/27."""
        return year_label(years_later(self.start_on, index))


@dataclass(frozen=True, slots=True)
class PortfolioMeasure:
    """A measure as one edition has it."""

    edition: MenuEdition
    place: Place

    @property
    def measure(self) -> Measure:
        """The measure itself."""
        return self.place.measure

    @property
    def identity(self) -> tuple[str, str, Unit, Counts, str]:
        """The same measure in every edition of a menu, as long as it counts the same things in the same way."""
        measure = self.measure
        return self.edition.code, measure.code, measure.unit, measure.counts, measure.many_name

    @property
    def age(self) -> tuple[str, str]:
        """Orders the editions of a menu, the newest last."""
        return self.edition.code, self.edition.edition

    @property
    def worth(self) -> Hashable:
        """What a unit comes to in pounds and jobs: two editions with the same give the same for the same promise."""
        measure = self.measure
        values = tuple((each.year, each.value) for each in measure.unit_values)
        taken_off = measure.deadweight_share, measure.displacement_share, measure.benefit_years, measure.drop_off_share
        return values, taken_off, self.edition.discount_rate, measure.real_pounds, measure.employment_outcome
