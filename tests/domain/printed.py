"""Works out a printed sum by machine, from nothing but its text, as a person does on a pocket calculator."""

import re
from fractions import Fraction

_FACTOR = re.compile(r"(?:([×÷]) )?(−)?(£)?([\d,]+(?:\.\d+)?)(…)?(%)?(?: |$)")


def work_out(text: str) -> tuple[Fraction, Fraction]:
    """The lowest and highest number that a sum may come to; they differ only where a factor is cut ("…").

    Raises:
        ValueError: the text is no product from left to right.
    """
    bounds, position = (Fraction(1), Fraction(1)), 0
    while position < len(text):
        found = _FACTOR.match(text, position)
        if found is None or (position == 0) is bool(found[1]):
            raise ValueError(f"{text!r} is no sum at {text[position:]!r}")
        bounds = _applied(bounds, found)
        position = found.end()
    return bounds


def _applied(bounds: tuple[Fraction, Fraction], found: re.Match[str]) -> tuple[Fraction, Fraction]:
    digits = found[4].replace(",", "")
    number = Fraction(digits)
    cut = Fraction(1, 10 ** len(digits.partition(".")[2])) if found[5] else Fraction(0)
    scale = Fraction(1, 100) if found[6] else Fraction(1)
    sign = -1 if found[2] else 1
    ends = [(number + more) * scale * sign for more in (Fraction(0), cut)]
    made = [bound / end if found[1] == "÷" else bound * end for bound in bounds for end in ends]
    return min(made), max(made)
