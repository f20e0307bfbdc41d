"""Factors and shares as the formulas of the workbook of commitments have them: exact, or cut as the program cuts."""

from decimal import Decimal
from fractions import Fraction

from tomsapp.domain.menu import Measure
from tomsapp.domain.money import round_down, round_half_away

SHARE_PERCENT_PLACES = 4
"""Decimals of a share that is shown as per cent with two decimals."""

_PRODUCT_PLACES = 6
"""Decimals in which two products are held against each other, so that binary arithmetic decides nothing."""

FACTOR_PLACES = 18
"""Decimals of a factor that does not end; a workbook keeps 15 digits of it."""


def cut_formula(numerator: str, denominator: str, places: int | str) -> str:
    """A division by a number over 0, cut to so many decimals (or to as many as a cell says), exactly.

    Cells hold binary numbers, and ROUNDDOWN makes 2.2999… of 2.3: so it is rounded first, and where that went up,
    which the products tell, one unit of the last decimal is taken off.
    """
    near = f"ROUND({numerator}/{denominator},{places})"
    went_up = f"ROUND({near}*{denominator},{_PRODUCT_PLACES})>ROUND({numerator},{_PRODUCT_PLACES})"
    unit = f"10^{places}" if isinstance(places, str) else 10**places
    return f"ROUND({near}-IF({went_up},1,0)/{unit},{places})"


def cut_share(share: Fraction) -> Decimal:
    """A share of the contract value as the workbook shows it: cut to two decimals of per cent, never rounded up."""
    return round_down(share, SHARE_PERCENT_PLACES)


def divided_by(years: Fraction) -> str:
    """How a formula divides by a contract's length: "/1.5", or "*12/7" where the length does not end."""
    length = round_half_away(years, FACTOR_PLACES).normalize()
    if Fraction(length) == years:
        return f"/{length:f}"
    return f"*{years.denominator}/{years.numerator}"


def constant_factor(measure: Measure, discount_rate: Decimal) -> Fraction:
    """What a unit's value is multiplied by whatever the quantity: deadweight, displacement and benefit years."""
    stays, grows = 1 - Fraction(measure.drop_off_share), 1 + Fraction(discount_rate)
    benefit = sum(((stays / grows) ** k for k in range(measure.benefit_years)), Fraction(0))
    return (1 - Fraction(measure.deadweight_share)) * (1 - Fraction(measure.displacement_share)) * benefit


def discount_factor(discount_rate: Decimal, year: int) -> Fraction:
    """What a value of contract year `year` (0 is the first) is multiplied by."""
    return 1 / (1 + Fraction(discount_rate)) ** year


def factor_number(factor: Fraction) -> Decimal:
    """A factor as the number that a cell holds."""
    return round_half_away(factor, FACTOR_PLACES)
