"""An offer valued a second time, written from the rules alone and not from the program.

It reads the program's records as bare facts (their fields, none of their sums) and works in exact fractions, so
that whoever knows the rules can follow it line by line. Speed and words are the program's business.
"""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cache, cached_property

from tests.model.arithmetic import cut, first_days, percent_cut, rounded, years_between
from tests.model.people import counted_once, jobs_of_measure
from tomsapp.domain.commitment import Commitment
from tomsapp.domain.contract import Contract, YearSpend
from tomsapp.domain.menu import Measure, MenuEdition

DECIMALS = {
    "people": 0,
    "fte_jobs": 2,
    "fte_years": 2,
    "completions": 0,
    "person_years": 1,
    "households": 0,
    "household_weeks": 1,
    "events": 0,
    "hours": 2,
    "weeks": 1,
    "tonnes": 3,
    "pounds": 2,
    "miles": 1,
    "wellbys": 2,
    "biodiversity_units": 2,
    "yes_no": 0,
    "trees": 0,
    "square_metres": 0,
    "devices": 0,
    "charging_points": 0,
    "meals": 0,
    "percent": 1,
}
"""How many decimals a quantity of each unit may have."""

NOTHING = Fraction(0)


@dataclass(frozen=True)
class YearFigures:
    """One contract year of a line; `has_value` is False where the menu has no unit value for that year."""

    quantity: Fraction
    social_value: Fraction
    real_pounds: Fraction
    rests_on_forecast: bool
    has_value: bool


@dataclass(frozen=True)
class LineFigures:
    """One commitment valued, each year rounded to the penny once; `jobs` are the employment outcomes of each year."""

    commitment: Commitment
    measure: Measure
    years: tuple[YearFigures, ...]
    jobs: tuple[Fraction, ...]

    @cached_property
    def employment_outcomes(self) -> Fraction:
        return sum(self.jobs, NOTHING)

    @cached_property
    def quantity(self) -> Fraction:
        return sum((year.quantity for year in self.years), NOTHING)

    @cached_property
    def social_value(self) -> Fraction:
        return sum((year.social_value for year in self.years), NOTHING)

    @cached_property
    def real_pounds(self) -> Fraction:
        return sum((year.real_pounds for year in self.years), NOTHING)

    @cached_property
    def forecast_value(self) -> Fraction:
        return sum((year.social_value for year in self.years if year.rests_on_forecast), NOTHING)


@dataclass(frozen=True)
class OfferFigures:
    """What the lines come to together, the same people counted once."""

    lines: tuple[LineFigures, ...]
    employment_outcomes: Fraction
    contract_value: Fraction

    @cached_property
    def social_value(self) -> Fraction:
        return sum((line.social_value for line in self.lines), NOTHING)

    @cached_property
    def real_pounds(self) -> Fraction:
        return sum((line.real_pounds for line in self.lines), NOTHING)

    @cached_property
    def forecast_value(self) -> Fraction:
        return sum((line.forecast_value for line in self.lines), NOTHING)

    @cached_property
    def share_of_contract_value(self) -> Fraction | None:
        return self.social_value / self.contract_value if self.contract_value else None

    @cached_property
    def percent_of_contract_value(self) -> str | None:
        share = self.share_of_contract_value
        if share is None:
            return None
        told = percent_cut(share)
        if share and not told.strip("-0."):
            # Something is never told as nothing.
            return "under 0.01" if share > 0 else "over -0.01"
        return told

    def counted_in(self, unit: str) -> Fraction:
        """Plain counts: the quantities of one unit, nothing taken off."""
        return sum((line.quantity for line in self.lines if line.measure.unit.value == unit), NOTHING)


def allowed_decimals(measure: Measure) -> int:
    """Whole units only, or as many decimals as the unit has."""
    return 0 if measure.whole_units else DECIMALS[measure.unit.value]


def unit_value_of_year(measure: Measure, first_day: date) -> Fraction | None:
    """What a unit counts in the contract year that begins on `first_day`: the value of that calendar year."""
    for value in measure.unit_values:
        if value.year in {None, first_day.year}:
            return Fraction(value.value)
    return None


@cache
def years_of_benefit(
    deadweight: Decimal, displacement: Decimal, drop_off: Decimal, benefit_years: int, rate: Fraction, year: int
) -> Fraction:
    """What is left of a pound of gross value in contract year `year` (0 is the first), over all years of benefit."""
    left = (1 - Fraction(deadweight)) * (1 - Fraction(displacement))
    stays = 1 - Fraction(drop_off)
    total = NOTHING
    for later in range(benefit_years):
        total += left * stays**later / (1 + rate) ** (year + later)
    return total


def value_of(
    quantity: Fraction, unit_value: Fraction, share: Fraction, measure: Measure, rate: Fraction, year: int
) -> Fraction:
    """The pounds of one contract year (0 is the first), rounded to the penny at the end and only there."""
    gross = quantity * unit_value * share
    return rounded(
        gross
        * years_of_benefit(
            measure.deadweight_share,
            measure.displacement_share,
            measure.drop_off_share,
            measure.benefit_years,
            rate,
            year,
        )
    )


def spend_of_year(contract: Contract, year: int) -> YearSpend | None:
    """The spend recorded for a year; where there is none, the forecast."""
    of_year = [spend for spend in contract.spend if spend.year == year]
    for spend in of_year:
        if spend.is_recorded:
            return spend
    return of_year[0] if of_year else None


def quantities(commitment: Commitment, measure: Measure, contract: Contract, years: int) -> list[tuple[Fraction, bool]]:
    """The units of each contract year, and whether they rest on a forecast of spend.

    A rate per pound is held against the spend so far: cut to the unit's decimals, less what was counted before. It
    rests on a forecast from the first year on whose spend is one.
    """
    if commitment.rate is None:
        entered = [Fraction(number or 0) for number in commitment.quantities[:years]]
        return [(number, False) for number in entered + [NOTHING] * (years - len(entered))]
    found: list[tuple[Fraction, bool]] = []
    spent = counted = NOTHING
    is_forecast = False
    for year in range(years):
        spend = spend_of_year(contract, year)
        spent += Fraction(spend.amount) if spend else NOTHING
        promised = Fraction(commitment.rate.quantity) * spent / Fraction(commitment.rate.per_pounds)
        so_far = cut(promised, allowed_decimals(measure))
        is_forecast = is_forecast or (spend is not None and not spend.is_recorded)
        found.append((so_far - counted, is_forecast and spend is not None))
        counted = so_far
    return found


def value_line(commitment: Commitment, measure: Measure, contract: Contract, rate: Fraction) -> LineFigures:
    """One commitment, year by year."""
    begins = first_days(contract.start_on, contract.end_on)
    share = Fraction(commitment.contract_share)
    years = []
    for year, (quantity, is_forecast) in enumerate(quantities(commitment, measure, contract, len(begins))):
        unit_value = unit_value_of_year(measure, begins[year])
        value = NOTHING if unit_value is None else value_of(quantity, unit_value, share, measure, rate, year)
        handed_over = rounded(quantity * share) if measure.real_pounds else NOTHING
        years.append(YearFigures(quantity, value, handed_over, is_forecast, unit_value is not None))
    jobs = [year.quantity * share * Fraction(measure.employment_outcome) for year in years]
    if any(jobs) and measure.unit.value == "fte_years":
        jobs = [number / years_between(contract.start_on, contract.end_on) for number in jobs]
    return LineFigures(commitment, measure, tuple(years), tuple(jobs))


def value_offer(
    contract: Contract,
    edition: MenuEdition,
    commitments: Sequence[Commitment],
    declared: AbstractSet[frozenset[str]] = frozenset(),
) -> OfferFigures:
    """Every commitment whose measure the menu has, and their totals.

    Args:
        declared: pairs of measures of which it is stated in writing that the people are different; a measure by itself
            where those of its years and lines are.
    """
    measures: Mapping[str, Measure] = {
        measure.code: measure for theme in edition.themes for outcome in theme.outcomes for measure in outcome.measures
    }
    rate = Fraction(edition.discount_rate)
    lines = tuple(
        value_line(commitment, measures[commitment.measure], contract, rate)
        for commitment in commitments
        if commitment.measure in measures
    )
    return OfferFigures(lines, outcomes_of(lines, edition, declared), Fraction(contract.value))


def outcomes_of(lines: Sequence[LineFigures], edition: MenuEdition, declared: AbstractSet[frozenset[str]]) -> Fraction:
    """The employment outcomes of the lines together, the same people counted once."""
    promises: dict[str, list[Fraction]] = {}
    once = {line.measure.code for line in lines if line.measure.counts.value != "each_year"}
    for line in lines:
        if line.employment_outcomes:
            promises.setdefault(line.measure.code, []).extend(line.jobs)
    by_measure = {
        code: jobs_of_measure(jobs, counts_once=code in once, is_declared=frozenset((code,)) in declared)
        for code, jobs in promises.items()
    }
    return counted_once(by_measure, edition.exclusion_groups, declared)


def without(
    figures: OfferFigures, keys: AbstractSet[str], edition: MenuEdition, declared: AbstractSet[frozenset[str]]
) -> OfferFigures:
    """What is admissible: the same without the lines that have errors."""
    lines = tuple(line for line in figures.lines if line.commitment.key not in keys)
    return OfferFigures(lines, outcomes_of(lines, edition, declared), figures.contract_value)


def too_precise(number: Decimal, measure: Measure) -> bool:
    """Whether a quantity has more decimals than its measure allows."""
    return (Fraction(number) * 10 ** allowed_decimals(measure)).denominator != 1
