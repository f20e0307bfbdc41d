"""How numbers and dates are written for people: the same on screen, in the PDF and in a workbook."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

from tomsapp.domain.money import decimal_places, round_half_away, round_pounds


def format_pounds(amount: Decimal) -> str:
    """£1,234.56 with a true minus sign; amounts with more decimals keep up to four (£0.0812)."""
    places = max(2, min(4, decimal_places(amount)))
    text = f"£{abs(amount):,.{places}f}"
    return f"−{text}" if amount < 0 else text


def format_quantity(quantity: Decimal) -> str:
    """1,234.5: thousands apart, trailing zeros left out."""
    text = f"{abs(quantity):,.{decimal_places(quantity)}f}"
    return f"−{text}" if quantity < 0 else text


def format_exact(number: Fraction, most_places: int = 6) -> str:
    """A number of a working: all its decimals, or cut after `most_places` with an ellipsis."""
    shown = round_half_away(number, most_places)
    text = format_quantity(shown)
    return text if Fraction(shown) == number else f"{text}…"


def format_percent(share: Decimal | Fraction, places: int | None = None) -> str:
    """A share of 1 as per cent: 0.25 is 25%. With `places`, rounded to so many decimals."""
    percent = Fraction(share) * 100
    if places is None:
        return f"{format_exact(percent)}%"
    return f"{round_half_away(percent, places):,.{places}f}%"


def format_date(day: date) -> str:
    """1 April 2026."""
    return f"{day.day} {day:%B} {day.year}"


def format_pounds_short(amount: Decimal) -> str:
    """£1.60m or £15.9k for a chart's labels, never for a table."""
    if abs(amount) >= 1_000_000:
        return f"£{round_half_away(Fraction(amount) / 1_000_000, 2):,.2f}m"
    if abs(amount) >= 1_000:
        return f"£{round_half_away(Fraction(amount) / 1_000, 1):,.1f}k"
    return format_pounds(round_pounds(amount))


def plural(count: Decimal | int, one: str, many: str) -> str:
    """A count with its noun: 1 hour, 2 hours, 0.5 hours."""
    number = format_quantity(Decimal(count))
    return f"{number} {one if count == 1 else many}"
