"""Quantities as people type and paste them into the grid."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from tomsapp.domain.checks.line import quantity_fault
from tomsapp.domain.errors import TomsError
from tomsapp.domain.menu import Measure
from tomsapp.domain.money import MOST_DECIMALS, decimal_places, shortened
from tomsapp.domain.typed import read_in_form
from tomsapp.domain.typed_numbers import Ambiguous, Convention
from tomsapp.domain.units import Unit, UnitForm
from tomsapp.domain.wording import format_quantity

FIXED_DECIMALS = 2
_WITH_DECIMALS = {Unit.FTE_YEARS, Unit.POUNDS}
"""Units that show both their decimals, so that a column of them lines up."""


@dataclass(frozen=True, slots=True)
class HeldText:
    """What was typed into a cell and cannot be a quantity; it stays there until it is put right."""

    text: str
    message: str
    fix: str
    readings: tuple[str, ...] = ()
    """What can be meant by it, where that can be told."""


def held_text(text: str, error: TomsError) -> HeldText:
    """What was typed, with what is wrong with it."""
    return HeldText(text, error.message, error.fix, error.readings if isinstance(error, Ambiguous) else ())


def read_quantity(text: str, measure: Measure | None, convention: Convention = Convention.POINT) -> Decimal | None:
    """The quantity that was typed, or None for a blank.

    Raises:
        TomsError: it is no number, or no possible quantity of the measure.
    """
    form, places = (measure.unit.form, measure.decimals) if measure else (UnitForm.NUMBER, MOST_DECIMALS)
    try:
        quantity = read_in_form(text, form, places, convention)
    except TomsError as error:
        if error.fix:
            raise
        example = "for example 12.5" if measure is None or measure.decimals else "for example 12"
        raise TomsError(f"“{shortened(text.strip(), 24)}” is not a number", f"Use numbers only, {example}") from error
    fault = quantity_fault(measure, quantity) if measure is not None and quantity is not None else None
    if fault is not None:
        raise TomsError(fault.message, fault.fix)
    return quantity


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
