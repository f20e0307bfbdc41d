"""Quantities as the grid shows them, and as they are read out."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache

from tomsapp.domain.menu import Measure
from tomsapp.domain.money import decimal_places
from tomsapp.domain.units import Unit, UnitForm
from tomsapp.domain.wording import format_quantity

FIXED_DECIMALS = 2
_WITH_DECIMALS = {Unit.FTE_YEARS, Unit.POUNDS}
"""Units that show both their decimals, so that a column of them lines up."""


def quantity_text(quantity: Decimal | None, measure: Measure | None) -> str:
    """A quantity as the grid shows it: nothing for a blank, 0 for nought, per cent with their sign."""
    if quantity is None:
        return ""
    if measure is not None and measure.unit.form is UnitForm.PERCENT:
        return f"{format_quantity(quantity)}%"
    return _in_words(str(quantity), lines_up=measure is not None and measure.unit in _WITH_DECIMALS)


@lru_cache(maxsize=4096)
def _in_words(number: str, *, lines_up: bool) -> str:
    quantity = Decimal(number)
    if lines_up and quantity and decimal_places(quantity) <= FIXED_DECIMALS:
        return f"{quantity:,.{FIXED_DECIMALS}f}".replace("-", "−")
    return format_quantity(quantity)


def spoken_quantity(quantity: Decimal | None, measure: Measure | None) -> str:
    """A quantity with its unit, as it is read out: "1 full-time job", "22 consultations", "blank"."""
    if quantity is None:
        return "blank"
    if measure is None:
        return format_quantity(quantity)
    if measure.unit is Unit.POUNDS:
        return f"£{quantity:,.2f}"
    # Events are of many kinds, and only the measure says of which.
    named = measure.unit is Unit.EVENTS
    one, many = (measure.each_name, measure.many_name) if named else (measure.unit.one, measure.unit.many)
    noun = one if quantity == 1 else many
    return f"{format_quantity(quantity)} {noun}"
