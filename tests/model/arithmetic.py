"""Numbers and dates of the model: exact fractions, rounded or cut where the rules say so and nowhere else."""

from datetime import date, timedelta
from fractions import Fraction

DAYS_OF_A_YEAR = 365


def rounded(number: Fraction, places: int = 2) -> Fraction:
    """To so many decimals, half away from zero."""
    scaled = abs(number.numerator) * 10**places
    whole = (2 * scaled + number.denominator) // (2 * number.denominator)
    return Fraction(whole if number >= 0 else -whole, 10**places)


def cut(number: Fraction, places: int) -> Fraction:
    """To so many decimals, towards zero: what is beyond is left off."""
    whole = abs(number.numerator) * 10**places // number.denominator
    return Fraction(whole if number >= 0 else -whole, 10**places)


def percent_cut(share: Fraction, places: int = 2) -> str:
    """A share as people read it, in per cent: 4.438% is 4.43%, and 4.999% is not 5%."""
    percent = cut(share * 100, places)
    whole, rest = divmod(int(abs(percent) * 10**places), 10**places)
    return f"{'-' if percent < 0 else ''}{whole}.{rest:0{places}d}"


def months_later(day: date, months: int) -> date:
    """The same day so many months later; where that month is too short, the first day after it."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    try:
        return date(year, month + 1, day.day)
    except ValueError:
        return months_later(date(day.year, day.month, 1), months + 1)


def years_between(first_day: date, last_day: date) -> Fraction:
    """How long a contract runs, in years: whole months ÷ 12, and the days left ÷ 365. 18 months are 1.5."""
    day_after = last_day + timedelta(days=1)
    months = 0
    while months_later(first_day, months + 1) <= day_after:
        months += 1
    days = (day_after - months_later(first_day, months)).days
    return Fraction(months, 12) + Fraction(days, DAYS_OF_A_YEAR)


def first_days(first_day: date, last_day: date) -> list[date]:
    """The day on which each contract year begins; the last year may be a short one."""
    days = [first_day]
    while (following := months_later(first_day, 12 * len(days))) <= last_day:
        days.append(following)
    return days
