"""Exact money and quantities: one door for numbers, and the one place that rounds.

Pounds, quantities and shares are `Decimal` or `int`, never `float`. Sums that may not end
(discounted years, deflators) are carried as `Fraction` and rounded once, half away from zero.
"""

import decimal
import re
from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache, reduce

from tomsapp.domain.errors import TomsError

# A float that meets a Decimal is a fault, in any thread that starts after this line.
decimal.DefaultContext.traps[decimal.FloatOperation] = True
decimal.getcontext().traps[decimal.FloatOperation] = True

PENNY_PLACES = 2
UNIT_VALUE_PLACES = 4
SHARE_PLACES = 6
MOST_WHOLE_DIGITS = 12
MOST_DECIMALS = 12

EXACT = decimal.Context(
    prec=decimal.MAX_PREC,
    Emax=decimal.MAX_EMAX,
    Emin=decimal.MIN_EMIN,
    traps=[decimal.Inexact, decimal.InvalidOperation, decimal.FloatOperation],
)
"""Adds and multiplies without rounding, at any length; for nothing that divides."""

_PLAIN = re.compile(r"[-−]?\d+(\.\d+)?", re.ASCII)


class NumberError(TomsError):
    """A number that cannot be read exactly, with what to write instead."""


def to_decimal(value: object) -> Decimal:
    """The exact decimal that `value` (text, int or Decimal) stands for.

    Raises:
        NumberError: it is a float, not a plain number, not finite, or has more than 12 whole digits or decimals.
    """
    if isinstance(value, bool) or not isinstance(value, str | int | Decimal):
        raise NumberError(f"{shortened(repr(value))} is not written as an exact number")
    if isinstance(value, str):
        return _decimal_from_text(value)
    number = Decimal(value)
    if not number.is_finite():
        raise NumberError(f"{value} is not a number")
    return _checked_size(number)


def _decimal_from_text(text: str) -> Decimal:
    if not _PLAIN.fullmatch(text):
        raise NumberError(f"“{shortened(text)}” is not a plain number, for example 4200000.00")
    return _checked_size(Decimal(text.replace("−", "-")))


def _checked_size(number: Decimal) -> Decimal:
    if number and number.adjusted() >= MOST_WHOLE_DIGITS:
        raise NumberError(f"The number has more than {MOST_WHOLE_DIGITS} digits before the point")
    if decimal_places(number) > MOST_DECIMALS:
        raise NumberError(f"The number has more than {MOST_DECIMALS} decimals")
    return number


def shortened(text: str, most: int = 40) -> str:
    """`text` cut to `most` characters for a message."""
    return text if len(text) <= most else text[: most - 1] + "…"


@lru_cache(maxsize=4096)
def decimal_places(number: Decimal) -> int:
    """How many decimals a finite `number` needs, trailing zeros left out, at any length."""
    if number.is_finite() and number == number.to_integral_value():
        return 0
    _, digits, exponent = number.as_tuple()
    if not isinstance(exponent, int) or not any(digits):
        return 0
    zeros = next(count for count, digit in enumerate(reversed(digits)) if digit)
    return max(0, -exponent - zeros)


def divide_half_away(numerator: int, denominator: int) -> int:
    """The whole number nearest to numerator ÷ denominator (over 0), halves away from zero."""
    if numerator < 0:
        return -((-2 * numerator + denominator) // (2 * denominator))
    return (2 * numerator + denominator) // (2 * denominator)


def round_half_away(number: Fraction | Decimal, places: int) -> Decimal:
    """`number` rounded to `places` decimals, halves away from zero: the program's only rounding."""
    exact = Fraction(number)
    scaled = divide_half_away(exact.numerator * 10**places, exact.denominator)
    return from_scaled(scaled, places)


def round_pounds(number: Fraction | Decimal) -> Decimal:
    """Pounds rounded to the penny, half away from zero."""
    return round_half_away(number, PENNY_PLACES)


def round_down(number: Fraction | Decimal, places: int) -> Decimal:
    """`number` (0 or more) cut to `places` decimals."""
    exact = Fraction(number)
    return from_scaled(exact.numerator * 10**places // exact.denominator, places)


def from_scaled(scaled: int, places: int) -> Decimal:
    """The decimal that an integer count of 10^−places stands for, exact at any size."""
    return EXACT.scaleb(scaled, -places)


def to_scaled(number: Decimal, places: int) -> int:
    """`number` as an integer count of 10^−places.

    Raises:
        NumberError: it has more decimals than `places`.
    """
    numerator, denominator = number.as_integer_ratio()
    power: int = 10**places
    scaled, rest = divmod(numerator * power, denominator)
    if rest:
        raise NumberError(f"{number} has more than {places} decimals", f"Write it with {places} decimals or fewer")
    return scaled


_PENNY, _NO_POUNDS, _UNIT = Decimal("0.01"), Decimal("0.00"), Decimal(1)


def total(amounts: Iterable[Decimal]) -> Decimal:
    """The exact sum of pounds that are whole pennies."""
    members = list(amounts)
    added = reduce(EXACT.add, members, _NO_POUNDS)
    if added.same_quantum(_PENNY):
        return added
    return from_scaled(sum([to_scaled(amount, PENNY_PLACES) for amount in members]), PENNY_PLACES)


def difference(amount: Decimal, less: Decimal) -> Decimal:
    """The exact difference of two amounts of whole pennies."""
    return from_scaled(to_scaled(amount, PENNY_PLACES) - to_scaled(less, PENNY_PLACES), PENNY_PLACES)


def exact_sum(quantities: Iterable[Decimal]) -> Decimal:
    """The exact sum of quantities, with as many decimals as it needs; `sum` would round after 28 digits."""
    members = list(quantities)
    added = reduce(EXACT.add, members, Decimal(0))
    if added.same_quantum(_UNIT):
        return added
    return EXACT.quantize(added, from_scaled(1, max(map(decimal_places, members))))


def exact_difference(quantity: Decimal, less: Decimal) -> Decimal:
    """The exact difference of two quantities, with as many decimals as it needs."""
    return exact_sum((quantity, less.copy_negate()))
