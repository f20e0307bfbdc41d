"""Exact totals of commitments by any key, and plain counts: what is promised, called what it is.

Jobs, people and person-years are told apart. Jobs in full-time equivalents are called full-time jobs, whoever has
them; people who are counted each year are never added up over years. Over contracts people are added only where each is
a job of its own contract: another person may be in two. Where a contract may claim a share, the part that is counted
here is said exactly.
"""

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import groupby
from typing import TypeVar, assert_never

from tomsapp.domain.contract import Contract, length_text
from tomsapp.domain.menu import Counts, Measure, Theme
from tomsapp.domain.money import PENNY_PLACES, exact_sum, from_scaled, total
from tomsapp.domain.units import Unit, UnitForm
from tomsapp.domain.valuation import LineValue, Valuation
from tomsapp.domain.wording import format_exact, format_pounds, format_quantity, plural

K = TypeVar("K", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Totals:
    """Social value and real pounds apart, with the number of commitments."""

    social_value: Decimal
    real_pounds: Decimal
    commitments: int


def totals_by(lines: Iterable[LineValue], key: Callable[[LineValue], K]) -> dict[K, Totals]:
    """Totals of the lines under each key, in the order in which the keys first appear."""
    groups: dict[K, list[LineValue]] = {}
    for line in lines:
        groups.setdefault(key(line), []).append(line)
    return {group: totals_of(members) for group, members in groups.items()}


def totals_of(lines: Iterable[LineValue]) -> Totals:
    """Totals of all the lines together."""
    members = list(lines)
    return Totals(
        total(line.social_value for line in members), total(line.real_pounds for line in members), len(members)
    )


_HEADS = frozenset({Unit.PEOPLE, Unit.HOUSEHOLDS})
_FULL_TIME = frozenset({Unit.FTE_JOBS, Unit.FTE_YEARS})
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
    """The units of a measure in one contract year, and the part of them that this contract may claim."""

    label: str
    quantity: Decimal
    counted: Fraction


@dataclass(frozen=True, slots=True)
class CountOfMany:
    """What several contracts promise of one measure.

    Attributes:
        contracts: how many of them promise any.
        quantity: all units; `counted` is the part that the contracts may claim.
        low, high: the smallest and the largest number of a contract; of a contract year where units count each year.
        counted_low, counted_high: the same of the part that the contracts may claim.
        full_time_jobs: full-time years, each contract's divided by its length.
        each: the reference, the number and the counted part of each contract, where units are not of a year and no
            more than `TOLD_ONE_BY_ONE` contracts promise any.
    """

    contracts: int
    quantity: Decimal
    counted: Fraction
    low: Decimal
    high: Decimal
    counted_low: Fraction
    counted_high: Fraction
    full_time_jobs: Fraction = Fraction(0)
    each: tuple[tuple[str, Decimal, Fraction], ...] = ()


def counts_heads(measure: Measure) -> bool:
    """Whether its units are people or households whose numbers of several years may be the same ones."""
    return measure.unit in _HEADS and measure.counts is Counts.EACH_YEAR


def counts_people(measure: Measure) -> bool:
    """Whether its units are people or households."""
    return measure.unit in _HEADS


def is_added_over_contracts(measure: Measure) -> bool:
    """Whether the numbers of several contracts can be added: jobs can, other people cannot, as one may be in two."""
    if measure.unit in {Unit.YES_NO, Unit.PERCENT}:
        return False
    return not counts_people(measure) or bool(measure.employment_outcome)


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
        return [YearCount(year.year.label, year.quantity, Fraction(0)) for line in lines for year in line.years]
    return [
        YearCount(
            years[0].year.label,
            exact_sum(year.quantity for year in years),
            sum(
                (
                    Fraction(year.quantity) * Fraction(line.commitment.contract_share)
                    for line, year in zip(lines, years, strict=True)
                ),
                Fraction(0),
            ),
        )
        for years in zip(*(line.years for line in lines), strict=True)
    ]


def count_of_contract(measure: Measure, years: Sequence[YearCount], contract: Contract) -> PlainCount:
    """What one contract promises of a measure, from its contract years."""
    match measure.unit.form:
        case UnitForm.YES_NO:
            return PlainCount(measure.code, "", _one_and_many(measure)[0])
        case UnitForm.PERCENT:
            promised = [year.quantity for year in years if year.quantity]
            words = _name(measure, max(promised))
            return PlainCount(measure.code, _range(measure, min(promised), max(promised)), words)
        case UnitForm.POUNDS | UnitForm.NUMBER:
            return _sum_of_contract(measure, years, contract)
        case _:
            assert_never(measure.unit.form)


def _sum_of_contract(measure: Measure, years: Sequence[YearCount], contract: Contract) -> PlainCount:
    """Units that are added over the years, or people of each year, who are not."""
    if counts_heads(measure):
        return _heads(measure, years)
    quantity = exact_sum(year.quantity for year in years)
    counted = sum((year.counted for year in years), Fraction(0))
    notes = [_counted_note(measure, quantity, counted)]
    if measure.unit is Unit.FTE_YEARS and measure.employment_outcome:
        notes.append(_jobs_note(Fraction(quantity) / contract.length_in_years, _length_words(contract)))
    return PlainCount(measure.code, _figure(measure, quantity), _name(measure, quantity), _joined(notes))


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
            return PlainCount(measure.code, "", _one_and_many(measure)[0], f"promised {named}")
        case UnitForm.PERCENT:
            return PlainCount(measure.code, _range(measure, many.low, many.high), _name(measure, many.high))
        case UnitForm.POUNDS | UnitForm.NUMBER:
            return _sum_of_contracts(measure, many)
        case _:
            assert_never(measure.unit.form)


def _sum_of_contracts(measure: Measure, many: CountOfMany) -> PlainCount:
    """Units that are added over the contracts, jobs among them, or people of each, who are not."""
    if not is_added_over_contracts(measure):
        year = " in a year" if counts_heads(measure) else ""
        words = f"{_name(measure, many.high)}{year} in each of {_contracts(many.contracts)}"
        notes = ["not added up, because one may be in two contracts", _counted_in_each(measure, many)]
        return PlainCount(measure.code, _range(measure, many.low, many.high), words, _joined(notes))
    notes = [_counted_note(measure, many.quantity, many.counted)]
    if counts_people(measure):
        notes.append("added up, because each is a job of its own contract")
    if measure.unit is Unit.FTE_YEARS and measure.employment_outcome:
        notes.append(_jobs_note(many.full_time_jobs, "through their contracts"))
    return PlainCount(measure.code, _figure(measure, many.quantity), _name(measure, many.quantity), _joined(notes))


def _counted_in_each(measure: Measure, many: CountOfMany) -> str:
    """The part that is counted of what is not added up, contract by contract as well: their sum would add it up."""
    if many.counted == many.quantity:
        return ""
    if many.each:
        return ", ".join(_counted_in_one(measure, *one) for one in many.each)
    ends = dict.fromkeys(_exact(measure, number) for number in (many.counted_low, many.counted_high))
    return f"by its share each counts {' to '.join(ends)}"


def _counted_in_one(measure: Measure, reference: str, quantity: Decimal, counted: Fraction) -> str:
    """A contract's number and its counted part: "8 in C-4 of which 4 counted here"."""
    part = "" if counted == quantity else f" of which {_exact(measure, counted)} counted here"
    return f"{_figure(measure, quantity)} in {reference}{part}"


def _counted_span(measure: Measure, low: Fraction, high: Fraction) -> str:
    ends = dict.fromkeys(_exact(measure, number) for number in (low, high))
    return f"{' to '.join(ends)} counted here"


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
        return PlainCount(measure.code, _figure(measure, high), f"{_name(measure, high)}{when}", note)
    if len(filled) == 1:
        return PlainCount(measure.code, _figure(measure, high), f"{_name(measure, high)} in {filled[0].label}", note)
    words = f"{_name(measure, high)} in a year"
    runs = [list(run) for _, run in groupby(years, key=lambda year: year.quantity)]
    if len(runs) <= TOLD_ONE_BY_ONE:
        words = f"{words} ({', '.join(_run_words(run) for run in runs)})"
    return PlainCount(measure.code, _range(measure, low, high), words, note)


def _run_words(run: Sequence[YearCount]) -> str:
    first, last, number = run[0].label, run[-1].label, run[0].quantity
    if first == last:
        return f"{format_quantity(number)} in {first}" if number else f"none in {first}"
    return (
        f"{format_quantity(number)} in each year from {first} to {last}" if number else f"none from {first} to {last}"
    )


def _heads_note(measure: Measure, filled: Sequence[YearCount]) -> str:
    if all(year.counted == year.quantity for year in filled):
        return ""
    counted = [year.counted for year in filled]
    return _counted_span(measure, min(counted), max(counted))


def _counted_note(measure: Measure, quantity: Decimal, counted: Fraction) -> str:
    return "" if counted == quantity else f"{_exact(measure, counted)} counted here"


def _exact(measure: Measure, number: Fraction) -> str:
    """A counted part with all its decimals: 0.5 is never said to be 1."""
    if measure.unit is not Unit.POUNDS:
        return format_exact(number)
    pennies = number * 100
    whole = pennies.denominator == 1
    return format_pounds(from_scaled(pennies.numerator, PENNY_PLACES)) if whole else f"£{format_exact(number, 2)}"


def _range(measure: Measure, low: Decimal, high: Decimal) -> str:
    if low == high:
        return _figure(measure, high)
    return f"{_figure(measure, low)} to {_figure(measure, high)}"


def count_in_words(measure: Measure, quantity: Decimal) -> str:
    """A sum of units in plain words: "2 supported internships", "£5,000.00 of cash given", "20 person-years of …"."""
    if measure.unit is Unit.YES_NO:
        return _one_and_many(measure)[0]
    return f"{_figure(measure, quantity)} {_name(measure, quantity)}".strip()


def _figure(measure: Measure, quantity: Decimal) -> str:
    match measure.unit.form:
        case UnitForm.POUNDS:
            return format_pounds(quantity)
        case UnitForm.PERCENT:
            return f"{format_quantity(quantity)}%"
        case UnitForm.NUMBER | UnitForm.YES_NO:
            return format_quantity(quantity)
        case _:
            assert_never(measure.unit.form)


def _one_and_many(measure: Measure) -> tuple[str, str]:
    return measure.plain_one or measure.each_name, measure.plain_many or measure.many_name


def _name(measure: Measure, quantity: Decimal) -> str:
    """What so many units are called, after the number."""
    many = _one_and_many(measure)[1]
    match measure.unit.form:
        case UnitForm.POUNDS:
            # The sign already says pounds: "£5,000.00 given in cash", "£500.00 worth of goods".
            return _after_sign((measure.plain_many or measure.many).removeprefix("pounds").lstrip("’ "), "pounds")
        case UnitForm.PERCENT:
            return _after_sign(many, "per cent")
        case UnitForm.NUMBER | UnitForm.YES_NO:
            return _named(measure, quantity)
        case _:
            assert_never(measure.unit.form)


def _named(measure: Measure, quantity: Decimal) -> str:
    """The name of things that are counted, with the unit where the name does not say it."""
    one, many = _one_and_many(measure)
    named = one if quantity == 1 else many
    unit = measure.unit.one if quantity == 1 else measure.unit.many
    if measure.unit in _FULL_TIME and not _says(named, "full-time job", "full-time year"):
        return f"{unit} ({named})"
    if measure.unit is Unit.PERSON_YEARS and not _says(many, "year"):
        own = measure.each_name if quantity == 1 else measure.many_name
        return f"{own if _says(own, 'year') else unit} of {many}"
    return named


def _says(text: str, *words: str) -> bool:
    return any(word in text.casefold() for word in words)


def _after_sign(named: str, unit: str) -> str:
    """The name of what is counted without its unit, which £ or % already says: "pounds given" is "given"."""
    return named.removeprefix(unit).removeprefix("’").strip()


def themes_without_lines(valuation: Valuation) -> tuple[Theme, ...]:
    """The themes of the edition in which nothing is committed."""
    used = {line.place.theme.number for line in valuation.lines}
    return tuple(theme for theme in valuation.edition.themes if theme.number not in used)
