"""Full-time years out of people, hours a week and weeks."""

from decimal import Decimal
from fractions import Fraction

from tomsapp.domain.money import round_half_away
from tomsapp.domain.units import Unit
from tomsapp.domain.wording import format_quantity

HOURS_IN_FULL_TIME_YEAR = Decimal(1950)
"""37.5 hours × 52 weeks, the full-time year of measure J11's derivation."""


def full_time_years(people: Decimal, hours_a_week: Decimal, weeks: Decimal) -> Decimal:
    """People × hours a week × weeks ÷ 1,950, to the decimals that full-time years have."""
    hours = Fraction(people) * Fraction(hours_a_week) * Fraction(weeks)
    return round_half_away(hours / Fraction(HOURS_IN_FULL_TIME_YEAR), Unit.FTE_YEARS.decimals)


def full_time_sum(people: Decimal, hours_a_week: Decimal, weeks: Decimal) -> str:
    """The same as a sum: "5 × 20 hours × 52 weeks ÷ 1,950 hours = 2.67 full-time years"."""
    years = full_time_years(people, hours_a_week, weeks)
    factors = f"{format_quantity(people)} × {format_quantity(hours_a_week)} hours × {format_quantity(weeks)} weeks"
    unit = Unit.FTE_YEARS.one if years == 1 else Unit.FTE_YEARS.many
    full = format_quantity(HOURS_IN_FULL_TIME_YEAR)
    return f"{factors} ÷ {full} hours = {format_quantity(years)} {unit}"
