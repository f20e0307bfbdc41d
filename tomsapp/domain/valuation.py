"""How a commitment is valued: quantity × unit value × shares, rounded once to the penny for each year.

    gross  = quantity × unit_value
    net    = gross × contract_share × (1 − deadweight_share) × (1 − displacement_share)
    value  = Σ over k = 0 … benefit_years − 1 of  net × (1 − drop_off_share)^k   [÷ (1 + rate)^(t − 1 + k)]

A line is the sum of its rounded years and every total is a sum of lines, so printed columns add up.
Source: docs/method.md, section 5.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction
from math import prod

from tomsapp.domain.commitment import Commitment, Rate, RateBasis
from tomsapp.domain.contract import Contract
from tomsapp.domain.contract_dates import ContractYear
from tomsapp.domain.later import Later, later, may_come_later
from tomsapp.domain.menu import Counts, Measure, MenuEdition, Pair, Place
from tomsapp.domain.money import (
    EXACT,
    divide_half_away,
    exact_difference,
    exact_sum,
    round_down,
    total,
)
from tomsapp.domain.people import OutcomeOverlap, both_numbers, count_people_once, more_than_once
from tomsapp.domain.proxy import UnitValue
from tomsapp.domain.steps import SpendSoFar, Step, rate_text, steps_of
from tomsapp.domain.units import Unit
from tomsapp.domain.value_factor import pounds_of, value_factor

NOTHING = Decimal("0.00")


@may_come_later("steps")
@dataclass(frozen=True, slots=True)
class YearValue(Later):
    """What one contract year of a commitment is worth, with its working.

    `unit_value` is None for a record-only measure and where the menu has no value for the year. The words of the
    working come later: of most years of most lines nobody reads them.
    """

    year: ContractYear
    quantity: Decimal
    unit_value: UnitValue | None
    social_value: Decimal
    real_pounds: Decimal
    steps: tuple[Step, ...]
    basis: RateBasis | None = None


@may_come_later("years", "employment_outcomes")
@dataclass(frozen=True, slots=True)
class LineValue(Later):
    """What a commitment is worth over the whole contract; `social_value` is the sum of its rounded years.

    Attributes:
        units: the units of each contract year, before the contract share; `quantity` is all of them together.
    """

    commitment: Commitment
    place: Place
    units: tuple[Decimal, ...]
    years: tuple[YearValue, ...]
    quantity: Decimal
    social_value: Decimal
    real_pounds: Decimal
    employment_outcomes: Fraction

    @property
    def measure(self) -> Measure:
        """The measure that is promised."""
        return self.place.measure

    @property
    def value_ends_on(self) -> date | None:
        """The last day on which the wage or tax behind its value holds, where it ends."""
        return self.measure.proxy.in_force_until if self.measure.proxy is not None else None

    @property
    def past_value_end(self) -> tuple[YearValue, ...]:
        """The years with a value that end after that day."""
        return tuple(
            year for year in self.years if year.social_value and is_past_value_end(self.measure, year.year.ends_on)
        )

    @property
    def forecast_value(self) -> Decimal:
        """The social value that rests on a forecast of spend, in pounds."""
        return total(year.social_value for year in self.years if year.basis is RateBasis.FORECAST)


def is_past_value_end(measure: Measure, ends_on: date) -> bool:
    """Whether a year that ends on this day ends after the wage, tax or rate behind the measure's value."""
    last_day = measure.proxy.in_force_until if measure.proxy is not None else None
    return last_day is not None and ends_on > last_day


@may_come_later(
    "real_pounds",
    "employment_outcomes",
    "outcome_overlaps",
    "outcomes_repeated",
    "outcomes_left_out",
    "declared",
    "same_people",
)
@dataclass(frozen=True, slots=True)
class Valuation(Later):
    """What all commitments of a contract are worth. Social value and real pounds are never added.

    Attributes:
        employment_outcomes: jobs, the same people counted once: the fewest that they can be.
        outcome_overlaps: which measures were left out of them, and why.
        outcomes_repeated: what was left out of each measure that is counted, as those of a further year or line of it
            may be the same people.
        outcomes_left_out: how many more they are if all are different people, but for those that are said to be the
            same.
        declared: the pairs of measures of which it is declared that the people are different; a measure with itself
            where those of its years and lines are.
        same_people: the pairs of measures with jobs of which it is answered that the people are the same.
    """

    contract: Contract
    edition: MenuEdition
    lines: tuple[LineValue, ...]
    social_value: Decimal
    real_pounds: Decimal
    employment_outcomes: Fraction
    outcome_overlaps: tuple[OutcomeOverlap, ...] = ()
    outcomes_repeated: Mapping[str, Fraction] = field(default_factory=dict)
    outcomes_left_out: Fraction = Fraction(0)
    declared: frozenset[Pair] = frozenset()
    same_people: frozenset[Pair] = frozenset()

    @property
    def forecast_value(self) -> Decimal:
        """The social value that rests on a forecast of spend, in pounds."""
        return total(line.forecast_value for line in self.lines)

    @property
    def jobs_words(self) -> str:
        """The fewest and the most people that its employment outcomes can be, in words."""
        some_same = bool(self.same_people)
        return both_numbers(self.employment_outcomes, self.outcomes_left_out, some_same=some_same)

    @property
    def share_of_contract_value(self) -> Fraction:
        """Social value ÷ contract value, exact; 0 when the contract has no value."""
        value = Fraction(self.contract.value)
        return Fraction(self.social_value) / value if value else Fraction(0)


def value_contract(
    contract: Contract,
    edition: MenuEdition,
    commitments: Iterable[Commitment],
    declared: Collection[Pair] = (),
) -> Valuation:
    """Value every commitment whose measure the edition has; the others are Problems (see `checks`).

    `declared` are the pairs of measures of which it is declared in writing that the people are different.
    """
    years = contract.years
    lines = tuple(
        value_commitment(commitment, place, contract, edition.discount_rate, years)
        for commitment in commitments
        if (place := edition.places.get(commitment.measure)) is not None
    )
    return valuation_of(contract, edition, lines, declared)


def valuation_of(
    contract: Contract,
    edition: MenuEdition,
    lines: tuple[LineValue, ...],
    declared: Collection[Pair] = (),
    same: Collection[Pair] = (),
) -> Valuation:
    """The totals of lines that are valued already; `same` are the pairs whose people are answered to be the same."""
    outcomes: dict[str, Fraction] = {}
    for line in lines:
        if line.employment_outcomes:
            outcomes[line.measure.code] = outcomes.get(line.measure.code, Fraction(0)) + line.employment_outcomes
    people = count_people_once(edition, outcomes, declared, same, _repeated(lines, contract.length_in_years))
    return Valuation(
        contract=contract,
        edition=edition,
        lines=lines,
        social_value=total(line.social_value for line in lines),
        real_pounds=total(line.real_pounds for line in lines),
        employment_outcomes=people.outcomes,
        outcome_overlaps=people.overlaps,
        outcomes_repeated=people.repeated,
        outcomes_left_out=people.left_out,
        same_people=people.same,
        declared=frozenset(declared),
    )


def _repeated(lines: Iterable[LineValue], length_in_years: Fraction) -> dict[str, Fraction]:
    """How many outcomes of each measure that counts once are of a further year or line of it."""
    amounts = outcomes_once(lines, length_in_years)
    again = {code: more_than_once(own) for code, own in amounts.items() if len(own) > 1}
    return {code: number for code, number in again.items() if number}


def outcomes_once(lines: Iterable[LineValue], length_in_years: Fraction) -> dict[str, list[Fraction]]:
    """The outcomes of each year and line of the measures that count once."""
    found: dict[str, list[Fraction]] = {}
    for line in lines:
        if line.employment_outcomes and line.measure.counts is not Counts.EACH_YEAR:
            years = [(year,) for year in line.years if year.quantity]
            amounts = (employment_outcomes(line.commitment, line.measure, year, length_in_years) for year in years)
            found.setdefault(line.measure.code, []).extend(amounts)
    return found


def value_commitment(
    commitment: Commitment,
    place: Place,
    contract: Contract,
    discount_rate: Decimal = Decimal(0),
    years: Sequence[ContractYear] | None = None,
) -> LineValue:
    """Value one commitment year by year, keeping the steps of each year."""
    measure = place.measure
    values = tuple(_value_year(commitment, measure, contract, year, discount_rate) for year in years or contract.years)
    units = tuple(value.quantity for value in values)
    return LineValue(
        commitment=commitment,
        place=place,
        units=units,
        years=values,
        quantity=exact_sum(units),
        social_value=total(value.social_value for value in values),
        real_pounds=total(value.real_pounds for value in values) if measure.real_pounds else NOTHING,
        employment_outcomes=employment_outcomes(commitment, measure, values, contract.length_in_years),
    )


def _value_year(
    commitment: Commitment,
    measure: Measure,
    contract: Contract,
    year: ContractYear,
    discount_rate: Decimal,
) -> YearValue:
    quantity, basis, origin = quantity_in(commitment, measure, contract, year.index)
    unit_value = measure.unit_value_in(year.starts_on.year)
    real = pounds_given(quantity, commitment.contract_share) if measure.real_pounds else NOTHING
    if unit_value is None or not quantity:
        return YearValue(year, quantity, unit_value, NOTHING, real, origin, basis)
    factor = value_factor(measure, unit_value.value, commitment.contract_share, year.index, discount_rate)
    value = _rounded_product(quantity, factor)
    source = f"{basis.value} spend" if basis else "the commitment"
    share = commitment.contract_share

    def working() -> dict[str, object]:
        return {
            "steps": origin + steps_of(measure, unit_value, quantity, share, year.index, discount_rate, value, source)
        }

    worth = {"unit_value": unit_value, "social_value": value, "real_pounds": real, "basis": basis}
    return later(YearValue, working, year=year, quantity=quantity, **worth)


def pounds_given(quantity: Decimal, contract_share: Decimal) -> Decimal:
    """The real pounds of one year of a measure that hands pounds over."""
    numerator, denominator = EXACT.multiply(quantity, contract_share).as_integer_ratio()
    return pounds_of(divide_half_away(numerator * 100, denominator))


def quantity_in(
    commitment: Commitment, measure: Measure, contract: Contract, year: int
) -> tuple[Decimal, RateBasis | None, tuple[Step, ...]]:
    """The units promised in contract year `year`, which spend they were worked out from, and how.

    A promise per pound is the rate times the spend so far, cut to the measure's decimals, less what the years before
    counted: so nothing that is promised is lost where each year is cut.
    """
    rate = commitment.rate
    if rate is None:
        given = commitment.quantity_in(year)
        return given or Decimal(0), None, ()
    if contract.spend_in(year) is None or not rate.per_pounds:
        return Decimal(0), None, ()
    spent = [spend for each in range(year + 1) if (spend := contract.spend_in(each)) is not None]
    before = exact_sum(spend.amount for spend in spent[:-1])
    so_far = SpendSoFar(
        exact_sum(spend.amount for spend in spent if spend.is_recorded),
        exact_sum(spend.amount for spend in spent if not spend.is_recorded),
    )
    counted_before = quantity_of_rate(rate, before, measure.decimals)
    quantity = exact_difference(quantity_of_rate(rate, so_far.whole, measure.decimals), counted_before)
    is_recorded = all(spend.is_recorded for spend in spent)
    basis = RateBasis.RECORDED if is_recorded else RateBasis.FORECAST
    text = rate_text(rate, so_far, counted_before, quantity, measure.decimals)
    step = Step("rate", text, Fraction(quantity), f"the commitment and the {basis.value} spend")
    return quantity, basis, (step,)


def quantity_of_rate(rate: Rate, spend_so_far: Decimal, places: int) -> Decimal:
    """The units that a promise per pound comes to for all of the spend so far, cut to `places` decimals."""
    exact = Fraction(spend_so_far) * Fraction(rate.quantity) / Fraction(rate.per_pounds)
    return round_down(max(exact, Fraction(0)), places)


def _rounded_product(quantity: Decimal, factor: Fraction) -> Decimal:
    """Quantity × factor in pounds, rounded to the penny as `round_pounds` does."""
    top, bottom = quantity.as_integer_ratio()
    factor_top, factor_bottom = factor.as_integer_ratio()
    return pounds_of(divide_half_away(top * factor_top * 100, bottom * factor_bottom))


def employment_outcomes(
    commitment: Commitment, measure: Measure, years: Sequence[YearValue], length_in_years: Fraction
) -> Fraction:
    """How many employment outcomes a commitment brings: jobs, not job-years.

    quantity × contract_share × outcomes per unit; FTE-years are divided by the contract's true length in years.
    """
    if not measure.employment_outcome:
        return Fraction(0)
    factors = (exact_sum(year.quantity for year in years), commitment.contract_share, measure.employment_outcome)
    # One fraction is made and not four, each of which would be brought to its lowest terms.
    outcomes = Fraction(*map(prod, zip(*(factor.as_integer_ratio() for factor in factors), strict=True)))
    return outcomes / length_in_years if measure.unit is Unit.FTE_YEARS and years else outcomes
