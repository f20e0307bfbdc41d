"""Numbers and texts as files carry them: plain digits, and text that can never turn into a formula."""

import re
from decimal import Decimal
from fractions import Fraction

from tomsapp.domain.money import PENNY_PLACES, decimal_places
from tomsapp.domain.signs import shown
from tomsapp.domain.wording import format_exact

STEP_PLACES = 6
"""How many decimals the result of a step is written with when it has more."""

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def plain_number(number: Decimal) -> str:
    """1000 or 0.25: no thousands, no exponent, no trailing zeros."""
    return f"{number:.{decimal_places(number)}f}"


def plain_pounds(amount: Decimal) -> str:
    """1234.50: at least two decimals, no thousands."""
    return f"{amount:.{max(PENNY_PLACES, decimal_places(amount))}f}"


def plain_exact(number: Fraction) -> str:
    """A number of a working as plain digits: all its decimals, or cut after six with an ellipsis."""
    return format_exact(number, STEP_PLACES).replace(",", "").replace("−", "-")


def guarded(text: str) -> str:
    """`text` for a CSV cell: an apostrophe stands before what a spreadsheet would take for a formula."""
    return f"'{text}" if text.lstrip("'").startswith(_FORMULA_STARTS) else text


def unguarded(text: str) -> str:
    """`text` without the apostrophe that `guarded` put before it."""
    return text[1:] if text.startswith("'") and guarded(text[1:]) == text else text


def printable(text: str) -> str:
    """`text` as a workbook shows it: � for what it cannot hold, and its code for a sign that turns the direction."""
    if text.isprintable():
        return text
    return _UNPRINTABLE.sub("�", shown(text))
