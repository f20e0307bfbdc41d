"""How numbers and dates are written for people: the same on screen, in the PDF and in a workbook."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from tomsapp.domain.money import decimal_places, round_down, round_half_away, round_pounds

# Not from the locale: a document reads the same on every machine.
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def format_pounds(amount: Decimal) -> str:
    """£1,234.56 with a true minus sign; amounts with more decimals keep up to four (£0.0812)."""
    places = max(2, min(4, decimal_places(amount)))
    return _signed(round_half_away(amount, places), places, "£")


def _signed(number: Decimal, places: int, before: str = "", after: str = "") -> str:
    """`number`, already rounded to `places`, with its thousands apart and a true minus sign."""
    text = f"{before}{number.copy_abs():,.{places}f}{after}"
    return f"−{text}" if number < 0 else text


@lru_cache(maxsize=4096)
def format_quantity(quantity: Decimal) -> str:
    """1,234.5: thousands apart, trailing zeros left out."""
    return _signed(quantity, decimal_places(quantity))


def format_exact(number: Fraction, most_places: int = 6) -> str:
    """A number of a working: all its decimals, or cut after `most_places` with an ellipsis."""
    cut = round_down(abs(number), most_places)
    if Fraction(cut) == abs(number):
        return format_quantity(cut if number >= 0 else cut.copy_negate())
    return f"{'−' if number < 0 else ''}{cut:,.{most_places}f}…"


def format_told(number: Fraction, most_places: int = 2) -> str:
    """A number, 0 or more, that stands by itself: what is cut is "over 13.62", which nobody takes for cut text."""
    cut = round_down(number, most_places)
    return format_quantity(cut) if Fraction(cut) == number else f"over {cut:,.{most_places}f}"


@lru_cache(maxsize=4096)
def format_percent(share: Decimal | Fraction, places: int | None = None) -> str:
    """A share of 1 as per cent: 0.25 is 25%. With `places`, cut to so many decimals: 4.438% is never 4.44%.

    What is cut to nothing and is something is never told as nothing: "under 0.1%".
    """
    percent = Fraction(share) * 100
    if places is None:
        return f"{format_exact(percent)}%"
    cut = round_down(abs(percent), places)
    if percent and not cut:
        return f"{'under ' if percent > 0 else 'over −'}{Decimal(1).scaleb(-places)}%"
    return f"{_signed(cut if percent >= 0 else cut.copy_negate(), places)}%"


def small_first(words: str) -> str:
    """Words with a small first letter, as they stand inside a sentence: "SHA-256", "VAT" and "Q1" stay as they are."""
    return words if words[1:2].isupper() or words[1:2].isdigit() else f"{words[:1].lower()}{words[1:]}"


def format_date(day: date) -> str:
    """1 April 2026."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def format_change(difference: Decimal) -> str:
    """A difference in pounds with its sign: +£351.00."""
    return f"+{format_pounds(difference)}" if difference > 0 else format_pounds(difference)


def format_percent_change(share: Fraction) -> str:
    """A change as per cent with its sign, cut to one decimal: +4.4%, −4.4%, "under 0.1% less"."""
    told = format_percent(abs(share), 1)
    if told.startswith("under "):
        return f"{told} {'more' if share > 0 else 'less'}"
    return f"{'+' if share > 0 else '−' if share < 0 else ''}{told}"


def format_clock(moment: datetime) -> str:
    """A time of day: 14:32."""
    return f"{moment:%H:%M}"


def format_pounds_short(amount: Decimal) -> str:
    """£1.60m or £15.9k for a chart's labels, never for a table."""
    pounds = round_pounds(amount)
    thousands = round_half_away(Fraction(amount) / 1_000, 1)
    if abs(thousands) >= 1_000:
        return _signed(round_half_away(Fraction(amount) / 1_000_000, 2), 2, "£", "m")
    if abs(pounds) >= 1_000:
        return _signed(thousands, 1, "£", "k")
    return format_pounds(pounds)


def plural(count: Decimal | int, one: str, many: str = "") -> str:
    """A count with its noun: 1 hour, 2 hours, 0.5 hours; `many` is `one` with an s unless it is given."""
    number = format_quantity(Decimal(count))
    return f"{number} {one if count == 1 else many or one + 's'}"


def times(count: int) -> str:
    """How often: once, twice, 3 times."""
    return {1: "once", 2: "twice"}.get(count, f"{count:,} times")


def format_moment(moment: datetime) -> str:
    """A moment in local time: 1 April 2026, 14:32."""
    local = moment.astimezone()
    return f"{format_date(local.date())}, {format_clock(local)}"


def listed(items: Sequence[str], word: str = "and") -> str:
    """Items as a sentence lists them: "a, b and c"."""
    *most, last = items
    return f"{', '.join(most)} {word} {last}" if most else last


def licence_words(licence: str) -> str:
    """The licence of a source as it is printed: that none is needed is said in a whole sentence."""
    return "No licence is needed" if licence.casefold() == "none needed" else licence
