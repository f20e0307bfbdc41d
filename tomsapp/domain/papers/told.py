"""What papers about single contracts are made of: the frozen figures of a contract, and who makes the paper."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import assert_never

from tomsapp.domain.contract import Contract, ContractStatus
from tomsapp.domain.contract_dates import length_text
from tomsapp.domain.delivery.delivery import adds_up
from tomsapp.domain.delivery.figures import Delivered, DeliveredLine, State
from tomsapp.domain.delivery.improving import Improvement
from tomsapp.domain.menu import Measure
from tomsapp.domain.money import exact_sum
from tomsapp.domain.papers.council_paper import CouncilPaper, PaperBlock, PaperHeading, PaperTable
from tomsapp.domain.unit_words import counts_heads, figure_of, name_of, one_and_many
from tomsapp.domain.units import Unit, UnitForm
from tomsapp.domain.valuation import Valuation
from tomsapp.domain.wording import format_date, format_pounds, listed, plural, small_first

PROXY_NOTE = (
    "Social value is in proxy pounds: an estimate of the good that is done, at the unit values of the menu edition. It "
    "is not money that anybody pays. What is handed over in cash or goods is told in real pounds too: a second figure, "
    "never added to the first."
)
COUNTED_HERE = "“Counted here” is the part that the contract may claim, as others share the result."
CUT_NOTE = "Percentages are cut to one decimal, never rounded up."
_SEVERAL = Decimal(2)
"""Any number by which things are called as several."""
COUNTED_ONLY = "counted only"
"""Stands for pounds where a measure has no value."""


@dataclass(frozen=True, slots=True)
class PaperMaker:
    """Who makes a paper, on which day, and for which council."""

    council: str
    made_on: date
    made_by: str = ""
    is_example: bool = False

    def paper(
        self, name: str, title: str, blocks: Iterable[PaperBlock], notes: Iterable[str], sources: Iterable[str]
    ) -> CouncilPaper:
        """A paper by this maker."""
        told = (tuple(blocks), tuple(notes), tuple(sources))
        return CouncilPaper(name, title, *told, self.council, self.made_on, self.made_by, self.is_example)


@dataclass(frozen=True, slots=True)
class ContractTold:
    """A contract as its papers tell it.

    Attributes:
        contract: as it stands.
        valuation: what is promised.
        delivered: what was delivered to a day; None of a draft, under which nothing is delivered.
        improvements: each time that the supplier was told to improve, in order.
        handed_over: the real pounds in the ledger that were handed over by the day.
    """

    contract: Contract
    valuation: Valuation
    delivered: Delivered | None = None
    improvements: tuple[Improvement, ...] = ()
    handed_over: Decimal = Decimal("0.00")

    @property
    def name(self) -> str:
        """What it is called in a title."""
        return self.contract.title or self.contract.reference

    @property
    def is_draft(self) -> bool:
        """Whether nobody signed it yet, so that everything in it is offered and nothing is promised."""
        return self.contract.status is ContractStatus.DRAFT

    @property
    def draft_words(self) -> str:
        """What every paper on a draft begins with; empty where it is signed."""
        return "This contract is a draft: nobody has signed it yet." if self.is_draft else ""

    @property
    def days(self) -> str:
        """From when to when, and how long that is."""
        start, end = self.contract.start_on, self.contract.end_on
        return f"{format_date(start)} to {format_date(end)}, {length_text(start, end)}"

    @property
    def value(self) -> str:
        """Its value without VAT, and with it where that is known."""
        gross = self.contract.value_with_vat
        with_vat = "" if gross is None else f", {format_pounds(gross)} with VAT"
        return f"{format_pounds(self.contract.value)} without VAT{with_vat}"

    @property
    def promise_sources(self) -> tuple[str, ...]:
        """Where the figures of what is promised are from."""
        edition = self.valuation.edition
        return (f"Contract {self.contract.reference}, menu {edition.name}, SHA-256 {edition.sha256 or 'none'}.",)

    @property
    def sources(self) -> tuple[str, ...]:
        """Where its figures are from, those of what was delivered among them."""
        if self.delivered is None:
            return self.promise_sources
        day = f"Deliveries to {format_date(self.delivered.until)}, as decided by the day of this paper."
        return (*self.promise_sources, day)


def count_of(measure: Measure, by_year: Sequence[Decimal]) -> str:
    """Units with what is counted: "25 hours". Years that do not add up are told apart: "yes in 2 of 3 years".

    Per cents of several years stand in their order: "55% and 60%", "60% in each of 3 years". So do people who are
    counted each year, since they may be the same ones.
    """
    if measure.unit is Unit.YES_NO:
        return f"yes in {sum(map(bool, by_year))} of {plural(len(by_year), 'year')}"
    if not adds_up(measure):
        return _apart(measure, by_year)
    if counts_heads(measure):
        filled = [each for each in by_year if each] or [Decimal(0)]
        name = measure.each_name if filled == [1] else measure.many_name
        return _apart(measure, filled, f" {name}")
    quantity = exact_sum(by_year)
    said = figure_of(measure, quantity)
    return said if said.startswith("£") else f"{said} {measure.each_name if quantity == 1 else measure.many_name}"


def _apart(measure: Measure, by_year: Sequence[Decimal], name: str = "") -> str:
    """The figures of years that are not added up: "55% and 60%", "210 residents in each of 3 years"."""
    figures = [figure_of(measure, each) for each in by_year]
    is_same = len(figures) > 1 and len(set(figures)) == 1
    return f"{figures[0]}{name} in each of {len(figures)} years" if is_same else f"{listed(figures)}{name}"


def headed(table: PaperTable) -> Iterator[PaperBlock]:
    """A table with a heading of its own, by which it is found, and which stands again where it goes on."""
    yield PaperHeading(table.caption)
    yield replace(table, is_named=True)


def rating_words(line: DeliveredLine) -> str:
    """The rating with its per cent: "Good 100.0%"; where there is none, why: "Other: nothing due yet"."""
    rated = line.rated
    return f"{rated.rating.words} {rated.percent}" if rated.percent else f"{rated.rating.words}: {rated.sum_words}"


def small_name(line: DeliveredLine) -> str:
    """What a commitment is called in plain words inside a sentence: "hours of volunteering"."""
    measure = line.measure
    match measure.unit.form:
        case UnitForm.YES_NO:
            return one_and_many(measure)[0]
        case UnitForm.PERCENT:
            return small_first(measure.title)
        case UnitForm.NUMBER | UnitForm.POUNDS:
            return name_of(measure, _SEVERAL)
        case _:
            assert_never(measure.unit.form)


def name_in_words(line: DeliveredLine) -> str:
    """The same where it begins a line: "Hours of volunteering"."""
    words = small_name(line)
    return f"{words[:1].upper()}{words[1:]}"


def worth(measure: Measure, pounds: Decimal) -> str:
    """Proxy pounds of a commitment; of what has no value that it is counted only."""
    return format_pounds(pounds) if measure.is_valued else COUNTED_ONLY


def real_pounds_words(amount: Decimal) -> str:
    """What is said of real pounds beside proxy pounds, of which they are a second figure."""
    handed = f"{format_pounds(amount)} is to be handed over in cash or goods"
    return f"{handed}: it is told in real pounds too, a second figure that is never added"


def figure_alone(line: DeliveredLine, state: State) -> str:
    """The units of a state of a commitment without what is counted, where its title stands beside them."""
    if not line.adds_up:
        return units_of(line, state)
    by_year = line.units_by_year(state)
    if counts_heads(line.measure):
        return _apart(line.measure, [each for each in by_year if each] or [Decimal(0)])
    return figure_of(line.measure, exact_sum(by_year))


def units_of(line: DeliveredLine, state: State) -> str:
    """The units of a state of a commitment, as `count_of` tells them, without years of which nothing is due yet."""
    by_year = line.units_by_year(state)
    if line.adds_up:
        return count_of(line.measure, by_year)
    begun = [units for units, due in zip(by_year, line.units_by_year(State.DUE), strict=True) if due]
    return count_of(line.measure, begun or (Decimal(0),))
