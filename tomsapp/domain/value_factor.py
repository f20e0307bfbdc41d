"""What one unit counts in pounds: unit value × shares × the years that its benefit lasts; and whole pence.

    factor = unit_value × contract_share × (1 − deadweight_share) × (1 − displacement_share)
             × Σ over k = 0 … benefit_years − 1 of (1 − drop_off_share)^k   [÷ (1 + rate)^(t − 1 + k)]

Nothing is rounded but to the penny of a product. Source: docs/method.md, section 5.
"""

from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from tomsapp.domain.menu import Measure
from tomsapp.domain.money import divide_half_away, from_scaled


def value_factor(
    measure: Measure, unit_value: Decimal, contract_share: Decimal, year: int, discount_rate: Decimal
) -> Fraction:
    """The pounds of social value that one unit counts in contract year `year` (0 is the first), exact."""
    return _factor(
        unit_value,
        contract_share,
        measure.deadweight_share,
        measure.displacement_share,
        measure.drop_off_share,
        measure.benefit_years,
        year,
        discount_rate,
    )


@lru_cache(maxsize=8192)
def _factor(
    unit_value: Decimal,
    contract_share: Decimal,
    deadweight_share: Decimal,
    displacement_share: Decimal,
    drop_off_share: Decimal,
    benefit_years: int,
    year: int,
    discount_rate: Decimal,
) -> Fraction:
    # By numbers alone: they are looked up sooner than a measure or a fraction.
    kept = kept_share(deadweight_share, displacement_share)
    benefit = _benefit_factor(drop_off_share, benefit_years, year, discount_rate)
    return Fraction(unit_value) * Fraction(contract_share) * kept * benefit


@lru_cache(maxsize=1024)
def kept_share(deadweight_share: Decimal, displacement_share: Decimal) -> Fraction:
    """What is left of a gross pound that would not have happened anyway and is lost nowhere else."""
    return (1 - Fraction(deadweight_share)) * (1 - Fraction(displacement_share))


@lru_cache(maxsize=1024)
def _benefit_factor(drop_off_share: Decimal, benefit_years: int, year: int, discount_rate: Decimal) -> Fraction:
    """What one net pound of contract year `year` is worth over its benefit years, discounted."""
    stays, grows = 1 - Fraction(drop_off_share), 1 + Fraction(discount_rate)
    return sum((stays**k / grows ** (year + k) for k in range(benefit_years)), Fraction(0))


def pence_of(quantity: int, pence_per_scaled: tuple[int, int]) -> int:
    """The pence of a scaled quantity, given the exact pence of one of its scale as (numerator, denominator).

    The same sum as `value_commitment`, for a million lines at once.
    """
    return divide_half_away(quantity * pence_per_scaled[0], pence_per_scaled[1])


def pence_per_scaled(factor: Fraction, quantity_places: int) -> tuple[int, int]:
    """`factor` pounds a unit, as pence for one 10^−places of a unit: (numerator, denominator)."""
    exact = factor * 100 / 10**quantity_places
    return exact.numerator, exact.denominator


def pounds_of(pence: int) -> Decimal:
    """Whole pence as pounds."""
    return from_scaled(pence, 2)
