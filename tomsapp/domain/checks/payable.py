"""Whether the contract's money could pay for what is promised: work at the National Living Wage, delivery, gifts."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from math import prod

from tomsapp.domain.checks.check import OfferToCheck
from tomsapp.domain.checks.findings import found
from tomsapp.domain.contract import ContractYear, length_in_years
from tomsapp.domain.menu import Measure, MenuEdition
from tomsapp.domain.money import EXACT, exact_sum, round_pounds, total
from tomsapp.domain.problems import Problem, Where
from tomsapp.domain.units import Unit
from tomsapp.domain.uprating import delivery_cost_of
from tomsapp.domain.valuation import LineValue, Valuation, pounds_given
from tomsapp.domain.wording import format_exact, format_pounds, format_quantity

HOURS_IN_FULL_TIME_YEAR = Decimal(1950)
"""37.5 hours × 52 weeks, the full-time year of measure J11's derivation."""

FULL_TIME = (Unit.FTE_YEARS, Unit.FTE_JOBS)


def payable_problems(offer: OfferToCheck) -> Iterable[Problem]:
    """Over all lines together: more work, or more of all costs, than all of the money could pay, or than a year's."""
    valuation, policy = offer.valuation, offer.policy
    wage = policy.living_wage_on(valuation.contract.start_on) if policy else None
    hourly = wage.hourly if wage else Decimal(0)
    year_cost = Fraction(hourly) * Fraction(HOURS_IN_FULL_TIME_YEAR)
    work = _Work(valuation)
    money = Fraction(valuation.contract.value)
    if year_cost and work.in_all * year_cost > money:
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
        self._of_years = [Fraction(work) for work in of_years]
        self.in_all = Fraction(exact_sum(of_years))

    def in_year(self, index: int) -> Fraction:
        """The work of one contract year (0 is the first)."""
        return self._of_years[index]

    def money_in(self, year: ContractYear) -> Fraction:
        """The contract's money in a year: its spend where that is known, else the year's part of the value."""
        contract = self.valuation.contract
        spend = contract.spend_in(year.index)
        if spend is not None:
            return Fraction(spend.amount)
        return Fraction(contract.value) * _part(year, contract.start_on, contract.end_on)

    def years_over(self, year_cost: Fraction) -> list[ContractYear]:
        """The years whose work costs more than their money; none where no wage is known."""
        years = self.valuation.contract.years if year_cost else ()
        return [year for year in years if self.in_year(year.index) * year_cost > self.money_in(year)]

    def terms(self) -> str:
        """The measures that promise work, each with its part: "J01 3, J11 37"."""
        by_code: dict[str, Fraction] = {}
        for line, weight in self.lines:
            part = _work(line, weight, line.quantity)
            by_code[line.measure.code] = by_code.get(line.measure.code, Fraction(0)) + part
        return ", ".join(f"{code} {format_exact(part, 2)}" for code, part in by_code.items() if part)


@lru_cache(maxsize=4096)
def _part(year: ContractYear, start_on: date, end_on: date) -> Fraction:
    """The part of a contract's length that one of its years is."""
    return length_in_years(year.starts_on, year.ends_on) / length_in_years(start_on, end_on)


def _work(line: LineValue, weight: Decimal, quantity: Decimal) -> Fraction:
    """The contract's share of the work of a quantity."""
    ratios = [each.as_integer_ratio() for each in (quantity, line.commitment.contract_share, weight)]
    return Fraction(prod(top for top, _ in ratios), prod(bottom for _, bottom in ratios))


def work_of_unit(measure: Measure) -> Decimal:
    """The full-time years of work that one unit stands for; people, starts and completions that are jobs count one."""
    return Decimal(1) if measure.unit in FULL_TIME else measure.employment_outcome


def _wage_words(year_cost: Fraction, hourly: Decimal) -> str:
    return (
        f"{format_pounds(round_pounds(year_cost))} a year "
        f"({format_quantity(HOURS_IN_FULL_TIME_YEAR)} hours at the National Living Wage of {format_pounds(hourly)})"
    )


def _more_people(work: _Work, money: Fraction, year_cost: Fraction, hourly: Decimal) -> Problem:
    return found(
        "more-people-than-money",
        f"The lines promise {format_exact(work.in_all, 2)} full-time years of work ({work.terms()}). At "
        f"{_wage_words(year_cost, hourly)} the contract’s {format_pounds(round_pounds(money))} pays for "
        f"{format_exact(money / year_cost, 1)} of them",
        "Say who else pays these people, or check the quantities and shares",
        key="more-people-than-money",
        asked=f"{format_exact(work.in_all, 2)}; {format_pounds(round_pounds(money))}",
    )


def _more_people_in_a_year(work: _Work, year: ContractYear, year_cost: Fraction, hourly: Decimal) -> Problem:
    money = work.money_in(year)
    return found(
        "more-people-than-money",
        f"In {year.label} the lines promise {format_exact(work.in_year(year.index), 2)} full-time years of work. At "
        f"{_wage_words(year_cost, hourly)} the {format_pounds(round_pounds(money))} of that year pay for "
        f"{format_exact(money / year_cost, 1)} of them",
        "Say who else pays these people, or check the quantities of that year",
        Where(year=year.index),
        key=f"more-people-than-money:{year.index + 1}",
        asked=f"{format_exact(work.in_year(year.index), 2)}; {format_pounds(round_pounds(money))}",
    )


@dataclass(frozen=True, slots=True)
class _Cost:
    what: str
    pounds: Fraction


class _Costs:
    """Wages, delivery at the sources' own costs, and what is handed over: of some years of an offer."""

    def __init__(self, valuation: Valuation, wages: Fraction, years: slice) -> None:
        edition = valuation.edition
        priced = (line for line in valuation.lines if line.measure.proxy and line.measure.proxy.delivery_cost)
        delivery = sum((_delivery_cost(line, edition, line.units[years]) for line in priced), Fraction(0))
        given = (line for line in valuation.lines if line.measure.real_pounds)
        handed_over = Fraction(
            total(
                pounds_given(quantity, line.commitment.contract_share)
                for line in given
                for quantity in line.units[years]
            )
        )
        self.parts = (
            _Cost("of wages at the National Living Wage", wages),
            _Cost(f"of delivery, at the costs that the sources give in {edition.price_base} prices", delivery),
            _Cost("handed over", handed_over),
        )
        self.in_all = sum((cost.pounds for cost in self.parts), Fraction(0))

    def sum_of(self) -> str:
        """The costs as a sum that anybody can redo."""
        terms = [f"{format_pounds(round_pounds(cost.pounds))} {cost.what}" for cost in self.parts if cost.pounds]
        return f"{' + '.join(terms)} = {format_pounds(round_pounds(self.in_all))}"


def _other_costs(work: _Work, year_cost: Fraction, asked: Collection[int]) -> Iterable[Problem]:
    """All costs against all of the money, or else those of each year that is not asked about for its wages alone."""
    valuation = work.valuation
    costs = _Costs(valuation, work.in_all * year_cost, slice(None))
    if costs.in_all > Fraction(valuation.contract.value):
        # That asks for each year too.
        yield _more_costs(costs, valuation.contract.value)
        return
    for year in valuation.contract.years:
        index = year.index
        costs = _Costs(valuation, work.in_year(index) * year_cost, slice(index, index + 1))
        if index not in asked and costs.in_all > work.money_in(year):
            yield _more_costs_in_a_year(costs, year, work.money_in(year))


def _more_costs(costs: _Costs, money: Decimal) -> Problem:
    return found(
        "costs-more-than-money",
        f"Keeping the promises would cost more than the contract’s {format_pounds(money)}: {costs.sum_of()}",
        "Say who else pays for it, or check the quantities and shares",
        key="costs-more-than-money",
        asked=f"{format_pounds(round_pounds(costs.in_all))}; {format_pounds(money)}",
    )


def _more_costs_in_a_year(costs: _Costs, year: ContractYear, money: Fraction) -> Problem:
    pounds = format_pounds(round_pounds(money))
    return found(
        "costs-more-than-money",
        f"In {year.label} keeping the promises would cost more than the {pounds} of that year: {costs.sum_of()}",
        "Say what pays for it in that year, or check the quantities of that year",
        Where(year=year.index),
        key=f"costs-more-than-money:{year.index + 1}",
        asked=f"{format_pounds(round_pounds(costs.in_all))}; {pounds}",
    )


def _delivery_cost(line: LineValue, edition: MenuEdition, units: Iterable[Decimal]) -> Fraction:
    """What units of a line cost where its source says so of one unit; only the supplier knows how many courses."""
    proxy = line.measure.proxy
    if proxy is None or proxy.delivery_cost is None or proxy.delivery_cost.each:
        return Fraction(0)
    pounds = delivery_cost_of(proxy.delivery_cost, edition.price_base, edition.deflator)
    return Fraction(EXACT.multiply(EXACT.multiply(pounds, exact_sum(units)), line.commitment.contract_share))
