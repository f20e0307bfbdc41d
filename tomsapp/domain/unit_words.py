"""What so many units of a measure are called: the number with its sign, and the words after it."""

from decimal import Decimal
from fractions import Fraction
from typing import assert_never

from tomsapp.domain.menu import Counts, Measure
from tomsapp.domain.money import PENNY_PLACES, from_scaled
from tomsapp.domain.units import Unit, UnitForm
from tomsapp.domain.wording import format_exact, format_pounds, format_quantity

_HEADS = frozenset({Unit.PEOPLE, Unit.HOUSEHOLDS})
_FULL_TIME = frozenset({Unit.FTE_JOBS, Unit.FTE_YEARS})


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


def exact_figure(measure: Measure, number: Fraction) -> str:
    """A counted part with all its decimals: 0.5 is never said to be 1."""
    if measure.unit is not Unit.POUNDS:
        return format_exact(number)
    pennies = number * 100
    whole = pennies.denominator == 1
    return format_pounds(from_scaled(pennies.numerator, PENNY_PLACES)) if whole else f"£{format_exact(number, 2)}"


def figure_range(measure: Measure, low: Decimal, high: Decimal) -> str:
    """One number, or the lowest and the highest: "30% to 40%"."""
    if low == high:
        return figure_of(measure, high)
    return f"{figure_of(measure, low)} to {figure_of(measure, high)}"


def count_in_words(measure: Measure, quantity: Decimal) -> str:
    """A sum of units in plain words: "2 supported internships", "£5,000.00 of cash given", "20 person-years of …"."""
    if measure.unit is Unit.YES_NO:
        return one_and_many(measure)[0]
    return f"{figure_of(measure, quantity)} {name_of(measure, quantity)}".strip()


def figure_of(measure: Measure, quantity: Decimal) -> str:
    """The number alone, with its sign: "120", "£5,000.00", "40%"."""
    match measure.unit.form:
        case UnitForm.POUNDS:
            return format_pounds(quantity)
        case UnitForm.PERCENT:
            return f"{format_quantity(quantity)}%"
        case UnitForm.NUMBER | UnitForm.YES_NO:
            return format_quantity(quantity)
        case _:
            assert_never(measure.unit.form)


def one_and_many(measure: Measure) -> tuple[str, str]:
    """What one unit and several are called in plain words."""
    return measure.plain_one or measure.each_name, measure.plain_many or measure.many_name


def name_of(measure: Measure, quantity: Decimal) -> str:
    """What so many units are called, after the number."""
    many = one_and_many(measure)[1]
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
    one, many = one_and_many(measure)
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
