"""Plain counts: what is promised, called what it is.

Jobs, people and person-years are told apart. Jobs in full-time equivalents are called full-time jobs, whoever has
them; people who are counted each year are never added up over years. Over contracts people are added only where each is
a job of its own contract: another person may be in two. Where a contract may claim a share, the part that is counted
here is said exactly, and where the menu takes off what would have happened anyway, what is left after that.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import groupby
from typing import assert_never

from tomsapp.domain.contract import Contract
from tomsapp.domain.contract_dates import length_text
from tomsapp.domain.menu import Measure
from tomsapp.domain.money import exact_sum
from tomsapp.domain.unit_words import (
    counts_heads,
    counts_people,
    exact_figure,
    figure_of,
    figure_range,
    is_added_over_contracts,
    name_of,
    one_and_many,
)
from tomsapp.domain.units import Unit, UnitForm
from tomsapp.domain.valuation import LineValue, Valuation
from tomsapp.domain.value_factor import kept_share
from tomsapp.domain.wording import format_exact, format_quantity, plural

AFTER_THE_MENU = "after what the menu takes off"
"""How the note of a count ends that says how many are left after the menu’s deadweight and displacement."""

TOLD_ONE_BY_ONE = 4
"""Years and contracts that differ are told one by one up to so many; beyond them the lowest and the highest stand."""


@dataclass(frozen=True, slots=True)
class PlainCount:
    """What is promised of a measure in plain words: "120 weeks of work experience (30 counted here)".

    Attributes:
        measure: the measure's code.
        figure: the number alone, with its sign: "120", "£5,000.00", "30% to 40%"; empty where the words say all.
        words: what is counted: "weeks of work experience".
        note: what must be known beside it: the part that is counted here, or that people are not added up.
    """

    measure: str
    figure: str
    words: str
    note: str = ""

    @property
    def text(self) -> str:
        """All of it in one phrase."""
        phrase = f"{self.figure} {self.words}".strip()
        if not self.note:
            return phrase
        return f"{phrase[:-1]}; {self.note})" if phrase.endswith(")") else f"{phrase} ({self.note})"


@dataclass(frozen=True, slots=True)
class YearCount:
    """The units of a measure in one contract year, and the part of them that this contract may claim.

    `net` is what is left of that part after what the menu takes off for what would have happened anyway.
    """

    label: str
    quantity: Decimal
    counted: Fraction
    net: Fraction


@dataclass(frozen=True, slots=True)
class CountOfMany:
    """What several contracts promise of one measure.

    Attributes:
        contracts: how many of them promise any.
        quantity: all units; `counted` is the part that the contracts may claim.
        net: what is left of that part after what the menus take off for what would have happened anyway.
        low, high: the smallest and the largest number of a contract; of a contract year where units count each year.
        counted_low, counted_high: the same of the part that the contracts may claim.
        full_time_jobs: full-time years, each contract's divided by its length.
        each: the reference, the number and the counted part of each contract, where units are not of a year and no
            more than `TOLD_ONE_BY_ONE` contracts promise any.
    """

    contracts: int
    quantity: Decimal
    counted: Fraction
    net: Fraction
    low: Decimal
    high: Decimal
    counted_low: Fraction
    counted_high: Fraction
    full_time_jobs: Fraction = Fraction(0)
    each: tuple[tuple[str, Decimal, Fraction], ...] = ()


def plain_counts(valuation: Valuation) -> tuple[PlainCount, ...]:
    """What is promised of each measure, in the menu's order; a measure of which nothing is promised is left out."""
    groups: dict[str, list[LineValue]] = {}
    for line in valuation.lines:
        if line.quantity:
            groups.setdefault(line.measure.code, []).append(line)
    order = {code: number for number, code in enumerate(valuation.edition.places)}
    return tuple(
        count_of_contract(groups[code][0].measure, _by_year(groups[code]), valuation.contract)
        for code in sorted(groups, key=order.__getitem__)
    )


def _by_year(lines: Sequence[LineValue]) -> list[YearCount]:
    """The lines of a measure together; of percentages each line's years stand for themselves."""
    if lines[0].measure.unit is Unit.PERCENT:
        none = Fraction(0)
        return [YearCount(year.year.label, year.quantity, none, none) for line in lines for year in line.years]
    kept = kept_of(lines[0].measure)
    found = []
    for years in zip(*(line.years for line in lines), strict=True):
        counted = sum(
            (
                Fraction(year.quantity) * Fraction(line.commitment.contract_share)
                for line, year in zip(lines, years, strict=True)
            ),
            Fraction(0),
        )
        quantity = exact_sum(year.quantity for year in years)
        found.append(YearCount(years[0].year.label, quantity, counted, counted * kept))
    return found


def kept_of(measure: Measure) -> Fraction:
    """The part of a unit that is left after what the menu takes off for what would have happened anyway."""
    return kept_share(measure.deadweight_share, measure.displacement_share)


def count_of_contract(measure: Measure, years: Sequence[YearCount], contract: Contract) -> PlainCount:
    """What one contract promises of a measure, from its contract years."""
    match measure.unit.form:
        case UnitForm.YES_NO:
            return PlainCount(measure.code, "", one_and_many(measure)[0])
        case UnitForm.PERCENT:
            promised = [year.quantity for year in years if year.quantity]
            words = name_of(measure, max(promised))
            return PlainCount(measure.code, figure_range(measure, min(promised), max(promised)), words)
        case UnitForm.POUNDS | UnitForm.NUMBER:
            return _sum_of_contract(measure, years, contract)
        case _:
            assert_never(measure.unit.form)


def _sum_of_contract(measure: Measure, years: Sequence[YearCount], contract: Contract) -> PlainCount:
    """Units that are added over the years, or people of each year, who are not."""
    if counts_heads(measure):
        return _heads(measure, years)
    quantity = exact_sum(year.quantity for year in years)
    counted, net = (sum(parts, Fraction(0)) for parts in ((y.counted for y in years), (y.net for y in years)))
    notes = [_counted_note(measure, quantity, counted), _net_note(measure, counted, net)]
    if measure.unit is Unit.FTE_YEARS and measure.employment_outcome:
        notes.append(_jobs_note(Fraction(quantity) / contract.length_in_years, _length_words(contract)))
    return PlainCount(measure.code, figure_of(measure, quantity), name_of(measure, quantity), _joined(notes))


def _length_words(contract: Contract) -> str:
    return f"through {length_text(contract.start_on, contract.end_on)}"


def _jobs_note(jobs: Fraction, through: str) -> str:
    """Full-time years as jobs: "as much as 5 full-time jobs through 3 years"."""
    return f"as much as {format_exact(jobs, 2)} full-time {'job' if jobs == 1 else 'jobs'} {through}"


def count_of_contracts(measure: Measure, many: CountOfMany) -> PlainCount:
    """What several contracts promise of a measure; people who are no jobs are told by contract, never added up."""
    match measure.unit.form:
        case UnitForm.YES_NO:
            named = f"in {'each of ' if many.contracts > 1 else ''}{_contracts(many.contracts)}"
            return PlainCount(measure.code, "", one_and_many(measure)[0], f"promised {named}")
        case UnitForm.PERCENT:
            return PlainCount(measure.code, figure_range(measure, many.low, many.high), name_of(measure, many.high))
        case UnitForm.POUNDS | UnitForm.NUMBER:
            return _sum_of_contracts(measure, many)
        case _:
            assert_never(measure.unit.form)


def _sum_of_contracts(measure: Measure, many: CountOfMany) -> PlainCount:
    """Units that are added over the contracts, jobs among them, or people of each, who are not."""
    if not is_added_over_contracts(measure):
        year = " in a year" if counts_heads(measure) else ""
        words = f"{name_of(measure, many.high)}{year} in each of {_contracts(many.contracts)}"
        before = "" if many.net == many.counted else "before what the menu takes off"
        notes = ["not added up, because one may be in two contracts", _counted_in_each(measure, many), before]
        return PlainCount(measure.code, figure_range(measure, many.low, many.high), words, _joined(notes))
    notes = [_counted_note(measure, many.quantity, many.counted), _net_note(measure, many.counted, many.net)]
    if counts_people(measure):
        notes.append("added up, because each is a job of its own contract")
    if measure.unit is Unit.FTE_YEARS and measure.employment_outcome:
        notes.append(_jobs_note(many.full_time_jobs, "through their contracts"))
    return PlainCount(measure.code, figure_of(measure, many.quantity), name_of(measure, many.quantity), _joined(notes))


def _counted_in_each(measure: Measure, many: CountOfMany) -> str:
    """The part that is counted of what is not added up, contract by contract as well: their sum would add it up."""
    if many.counted == many.quantity:
        return ""
    if many.each:
        return ", ".join(_counted_in_one(measure, *one) for one in many.each)
    ends = dict.fromkeys(exact_figure(measure, number) for number in (many.counted_low, many.counted_high))
    return f"by its share each counts {' to '.join(ends)}"


def _counted_in_one(measure: Measure, reference: str, quantity: Decimal, counted: Fraction) -> str:
    """A contract's number and its counted part: "8 in C-4 of which 4 counted here"."""
    part = "" if counted == quantity else f" of which {exact_figure(measure, counted)} counted here"
    return f"{figure_of(measure, quantity)} in {reference}{part}"


def _span(measure: Measure, numbers: Sequence[Fraction]) -> str:
    return " to ".join(dict.fromkeys(exact_figure(measure, number) for number in (min(numbers), max(numbers))))


def _contracts(number: int) -> str:
    return plural(number, "contract", "contracts")


def _joined(notes: Iterable[str]) -> str:
    return "; ".join(filter(None, notes))


def _heads(measure: Measure, years: Sequence[YearCount]) -> PlainCount:
    """People of each year: the same number in each year, or the years that differ, never their sum."""
    filled = [year for year in years if year.quantity]
    quantities = [year.quantity for year in years]
    low, high = min(quantities), max(quantities)
    note = _heads_note(measure, filled)
    if low == high:
        when = " in each year" if len(years) > 1 else ""
        return PlainCount(measure.code, figure_of(measure, high), f"{name_of(measure, high)}{when}", note)
    if len(filled) == 1:
        return PlainCount(
            measure.code, figure_of(measure, high), f"{name_of(measure, high)} in {filled[0].label}", note
        )
    words = f"{name_of(measure, high)} in a year"
    runs = [list(run) for _, run in groupby(years, key=lambda year: year.quantity)]
    if len(runs) <= TOLD_ONE_BY_ONE:
        words = f"{words} ({', '.join(_run_words(run) for run in runs)})"
    return PlainCount(measure.code, figure_range(measure, low, high), words, note)


def _run_words(run: Sequence[YearCount]) -> str:
    first, last, number = run[0].label, run[-1].label, run[0].quantity
    if first == last:
        return f"{format_quantity(number)} in {first}" if number else f"none in {first}"
    return (
        f"{format_quantity(number)} in each year from {first} to {last}" if number else f"none from {first} to {last}"
    )


def _heads_note(measure: Measure, filled: Sequence[YearCount]) -> str:
    notes = []
    counted, net = [year.counted for year in filled], [year.net for year in filled]
    if any(year.counted != year.quantity for year in filled):
        notes.append(f"{_span(measure, counted)} counted here")
    if net != counted:
        notes.append(f"{_span(measure, net)} {AFTER_THE_MENU}")
    return _joined(notes)


def _counted_note(measure: Measure, quantity: Decimal, counted: Fraction) -> str:
    return "" if counted == quantity else f"{exact_figure(measure, counted)} counted here"


def _net_note(measure: Measure, counted: Fraction, net: Fraction) -> str:
    return "" if net == counted else f"{exact_figure(measure, net)} {AFTER_THE_MENU}"
