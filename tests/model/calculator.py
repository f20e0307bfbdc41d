"""A pocket calculator: a printed sum keyed in from left to right, as it stands on the page."""

from fractions import Fraction


def number(text: str) -> Fraction:
    """A number as it is printed: "£1,234.50", "25%", "−3", "0.9661835748…"."""
    plain = text.replace("£", "").replace(",", "").replace("−", "-").rstrip("…")
    if plain.endswith("%"):
        return Fraction(plain[:-1]) / 100
    return Fraction(plain)


def keyed_in(text: str) -> Fraction:
    """What comes out of "40 × £240.00 × 25%": each sign works on what stands so far."""
    first, *rest = text.split(" ")
    shown = number(first)
    for sign, factor in zip(rest[::2], rest[1::2], strict=True):
        shown = {"×": shown * number(factor), "÷": shown / (number(factor) or 1)}[sign]
    return shown
