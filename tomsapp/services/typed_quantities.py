"""Quantities as people type and paste them, wherever they do: a number of a measure, or what cannot be one."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from tomsapp.domain.checks.line import quantity_fault
from tomsapp.domain.errors import TomsError
from tomsapp.domain.menu import Measure
from tomsapp.domain.money import MOST_DECIMALS, shortened
from tomsapp.domain.typed import read_in_form
from tomsapp.domain.typed_numbers import Ambiguous, Convention
from tomsapp.domain.units import UnitForm


@dataclass(frozen=True, slots=True)
class HeldText:
    """What was typed and cannot be what is asked; it stays in its place until it is put right."""

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
