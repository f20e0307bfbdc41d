"""Whether the contract's money could pay for what is promised: work at the National Living Wage, delivery, gifts."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from math import prod

from tomsapp.domain.checks.check import OfferToCheck
from tomsapp.domain.checks.findings import Told, found_later
from tomsapp.domain.contract_dates import ContractYear, contract_years, length_in_years
from tomsapp.domain.full_time import HOURS_IN_FULL_TIME_YEAR
from tomsapp.domain.menu import Measure, MenuEdition
from tomsapp.domain.money import EXACT, exact_sum, round_pounds
from tomsapp.domain.problems import Problem, Where
from tomsapp.domain.proxy import DeliveryCost
from tomsapp.domain.units import Unit
from tomsapp.domain.uprating import delivery_cost_of
from tomsapp.domain.valuation import NOTHING, LineValue, Valuation, pounds_given
from tomsapp.domain.wording import format_exact, format_pounds, format_quantity, format_told

FULL_TIME = (Unit.FTE_YEARS, Unit.FTE_JOBS)


def payable_problems(offer: OfferToCheck) -> Iterable[Problem]:
    """Over all lines together: more work, or more of all costs, than all of the money could pay, or than a year's."""
    valuation, policy = offer.valuation, offer.policy
    wage = policy.living_wage_on(valuation.contract.start_on) if policy else None
    hourly = wage.hourly if wage else Decimal(0)
    year_cost = EXACT.multiply(hourly, HOURS_IN_FULL_TIME_YEAR)
    work = _Work(valuation)
    money = valuation.contract.value
    if year_cost and EXACT.multiply(work.in_all, year_cost) > money:
        # That asks for each year and for all costs too.
        yield _more_people(work, money, year_cost, hourly)
        return
    asked = work.years_over(year_cost)
    for year in asked:
        yield _more_people_in_a_year(work, year, year_cost, hourly)
    if money > 0:
        yield from _other_costs(work, year_cost, {year.index for year in asked})


class _Work:
    """The full-time years of work that an offer promises, its shares of them only."""

    def __init__(self, valuation: Valuation) -> None:
        self.valuation = valuation
        self.lines = [(line, weight) for line in valuation.lines if (weight := work_of_unit(line.measure))]
        of_years = [Decimal(0)] * len(valuation.contract.years)
        for line, weight in self.lines:
            factor = EXACT.multiply(line.commitment.contract_share, weight)
            of_years = [EXACT.fma(units, factor, work) for units, work in zip(line.units, of_years, strict=True)]
        self.of_years = of_years
        self.in_all = exact_sum(of_years)

    def money_in(self, year: ContractYear) -> Fraction:
        """The contract's money in a year: its spend where that is known, else the year's part of the value."""
        contract = self.valuation.contract
        spend = contract.spend_in(year.index)
        if spend is not None:
            return Fraction(spend.amount)
        return Fraction(contract.value) * _parts(contract.start_on, contract.end_on)[year.index]

    def is_over(self, year: ContractYear, pounds: Decimal) -> bool:
        """Whether pounds are more than the money of a year; compared without a division."""
        contract = self.valuation.contract
        spend = contract.spend_in(year.index)
        if spend is not None:
            return pounds > spend.amount
        part = _parts(contract.start_on, contract.end_on)[year.index]
        return EXACT.multiply(pounds, part.denominator) > EXACT.multiply(contract.value, part.numerator)

    def years_over(self, year_cost: Decimal) -> list[ContractYear]:
        """The years whose work costs more than their money; none where no wage is known."""
        years = self.valuation.contract.years if year_cost else ()
        return [year for year in years if self.is_over(year, EXACT.multiply(self.of_years[year.index], year_cost))]

    def terms(self) -> str:
        """The measures that promise work, each with its part: "J01 3, J11 37"."""
        by_code: dict[str, Fraction] = {}
        for line, weight in self.lines:
            part = _work(line, weight, line.quantity)
            by_code[line.measure.code] = by_code.get(line.measure.code, Fraction(0)) + part
        return ", ".join(f"{code} {format_exact(part, 2)}" for code, part in by_code.items() if part)


@lru_cache(maxsize=4096)
def _parts(start_on: date, end_on: date) -> tuple[Fraction, ...]:
    """The part of a contract's length that each of its years is."""
    whole = length_in_years(start_on, end_on)
    return tuple(length_in_years(year.starts_on, year.ends_on) / whole for year in contract_years(start_on, end_on))


def _work(line: LineValue, weight: Decimal, quantity: Decimal) -> Fraction:
    """The contract's share of the work of a quantity."""
    ratios = [each.as_integer_ratio() for each in (quantity, line.commitment.contract_share, weight)]
    return Fraction(prod(top for top, _ in ratios), prod(bottom for _, bottom in ratios))


def work_of_unit(measure: Measure) -> Decimal:
    """The full-time years of work that one unit stands for; people, starts and completions that are jobs count one."""
    return Decimal(1) if measure.unit in FULL_TIME else measure.employment_outcome


def _wage_words(year_cost: Decimal, hourly: Decimal) -> str:
    return (
        f"{format_pounds(round_pounds(year_cost))} a year "
        f"({format_quantity(HOURS_IN_FULL_TIME_YEAR)} hours at the National Living Wage of {format_pounds(hourly)})"
    )


def _more_people(work: _Work, money: Decimal, year_cost: Decimal, hourly: Decimal) -> Problem:
    def tell() -> Told:
        people, pounds = format_exact(Fraction(work.in_all), 2), format_pounds(round_pounds(money))
        return {
            "message": f"The lines promise {people} full-time years of work ({work.terms()}). At "
            f"{_wage_words(year_cost, hourly)} the contract’s {pounds} pays for "
            f"{format_told(Fraction(money) / Fraction(year_cost), 1)} of them",
            "fix": "Say who else pays these people, or check the quantities and shares",
            "key": "more-people-than-money",
            "asked": f"{people}; {pounds}",
        }

    return found_later("more-people-than-money", tell, Where())


def _more_people_in_a_year(work: _Work, year: ContractYear, year_cost: Decimal, hourly: Decimal) -> Problem:
    def tell() -> Told:
        money = work.money_in(year)
        people, pounds = format_exact(Fraction(work.of_years[year.index]), 2), format_pounds(round_pounds(money))
        return {
            "message": f"In {year.label} the lines promise {people} full-time years of work. At "
            f"{_wage_words(year_cost, hourly)} the {pounds} of that year pay for "
            f"{format_told(money / Fraction(year_cost), 1)} of them",
            "fix": "Say who else pays these people, or check the quantities of that year",
            "key": f"more-people-than-money:{year.index + 1}",
            "asked": f"{people}; {pounds}",
        }

    return found_later("more-people-than-money", tell, Where(year=year.index))


@dataclass(frozen=True, slots=True)
class _Costs:
    """Wages, delivery at the sources' own costs, and what is handed over: of all years of an offer, or of one."""

    wages: Decimal
    delivery: Decimal
    handed_over: Decimal
    price_base: str

    @property
    def in_all(self) -> Decimal:
        """All of them together."""
        return exact_sum((self.wages, self.delivery, self.handed_over))

    def sum_of(self) -> str:
        """The costs as a sum that anybody can redo."""
        parts = (
            ("of wages at the National Living Wage", self.wages),
            (f"of delivery, at the costs that the sources give in {self.price_base} prices", self.delivery),
            ("handed over", self.handed_over),
        )
        terms = [f"{format_pounds(round_pounds(pounds))} {what}" for what, pounds in parts if pounds]
        return f"{' + '.join(terms)} = {format_pounds(round_pounds(self.in_all))}"


def _costs_by_year(work: _Work, year_cost: Decimal) -> list[_Costs]:
    valuation = work.valuation
    edition = valuation.edition
    delivery, given = [Decimal(0)] * len(work.of_years), [NOTHING] * len(work.of_years)
    for line in valuation.lines:
        measure, share = line.measure, line.commitment.contract_share
        cost = measure.proxy.delivery_cost if measure.proxy is not None else None
        if cost is not None and not cost.each:
            # Of a course or a place only the supplier knows how many there are.
            factor = EXACT.multiply(_delivery_cost(measure.code, cost, edition), share)
            delivery = [EXACT.fma(units, factor, cost) for units, cost in zip(line.units, delivery, strict=True)]
        if measure.real_pounds:
            given = [
                EXACT.add(so_far, pounds_given(units, share)) for units, so_far in zip(line.units, given, strict=True)
            ]
    return [
        _Costs(EXACT.multiply(people, year_cost), delivered, handed_over, edition.price_base)
        for people, delivered, handed_over in zip(work.of_years, delivery, given, strict=True)
    ]


def _other_costs(work: _Work, year_cost: Decimal, asked: Collection[int]) -> Iterable[Problem]:
    """All costs against all of the money, or else those of each year that is not asked about for its wages alone."""
    valuation = work.valuation
    by_year = _costs_by_year(work, year_cost)
    costs = _Costs(
        exact_sum(each.wages for each in by_year),
        exact_sum(each.delivery for each in by_year),
        exact_sum(each.handed_over for each in by_year),
        valuation.edition.price_base,
    )
    if costs.in_all > valuation.contract.value:
        # That asks for each year too.
        yield _more_costs(costs, valuation.contract.value)
        return
    for year, costs in zip(valuation.contract.years, by_year, strict=True):
        if year.index not in asked and work.is_over(year, costs.in_all):
            yield _more_costs_in_a_year(costs, year, work.money_in(year))


def _more_costs(costs: _Costs, money: Decimal) -> Problem:
    def tell() -> Told:
        pounds = format_pounds(money)
        return {
            "message": f"Keeping the promises would cost more than the contract’s {pounds}: {costs.sum_of()}",
            "fix": "Say who else pays for it, or check the quantities and shares",
            "key": "costs-more-than-money",
            "asked": f"{format_pounds(round_pounds(costs.in_all))}; {pounds}",
        }

    return found_later("costs-more-than-money", tell, Where())


def _more_costs_in_a_year(costs: _Costs, year: ContractYear, money: Fraction) -> Problem:
    def tell() -> Told:
        pounds = format_pounds(round_pounds(money))
        return {
            "message": f"In {year.label} keeping the promises would cost more than the {pounds} of that year: "
            f"{costs.sum_of()}",
            "fix": "Say what pays for it in that year, or check the quantities of that year",
            "key": f"costs-more-than-money:{year.index + 1}",
            "asked": f"{format_pounds(round_pounds(costs.in_all))}; {pounds}",
        }

    return found_later("costs-more-than-money", tell, Where(year=year.index))


def _delivery_cost(code: str, cost: DeliveryCost, edition: MenuEdition) -> Decimal:
    """What a unit of a measure costs to deliver in the menu's prices, worked out once for thousands of contracts."""
    pounds = edition.delivery_costs.get(code)
    if pounds is None:
        pounds = edition.delivery_costs[code] = delivery_cost_of(cost, edition.price_base, edition.deflator)
    return pounds
