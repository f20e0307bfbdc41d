"""How a published value becomes the unit value of an edition, as the rules say it."""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

from tests.model.arithmetic import rounded


def begins(price_base: str) -> Fraction:
    """When prices of a base begin, in years: 2012-13 begins in April 2012."""
    if "-" in price_base:
        return Fraction(price_base[:4]) + Fraction(1, 4)
    return Fraction(price_base)


def unit_value(published: Decimal, price_base: str, edition_base: str, index: Mapping[str, Decimal]) -> Fraction:
    """published × index of the edition ÷ index of the price base; to the penny, under £1 to 4 decimals.

    A value of the base "any" is never uprated, and one of a later base is taken as published.

    Raises:
        KeyError: a base has no index, so the edition cannot be published.
    """
    value = Fraction(published)
    if price_base != "any" and begins(price_base) < begins(edition_base):
        value = value * Fraction(index[edition_base]) / Fraction(index[price_base])
    return rounded(value, 2 if value >= 1 else 4)
