"""Lengths in a register of contracts: the last day that a length gives, and the latest that an extension gives."""

import re
from datetime import date, timedelta

from tomsapp.domain.contract_dates import end_of_length, months_later
from tomsapp.domain.number_words import number_in_words

_MONTHS = re.compile(
    r"(?:(?P<times>\d{1,2}) ?[x×*] ?)?(?P<count>\d{1,3}) ?(?P<unit>years?|yrs?|y|months?|mths?|m)", re.IGNORECASE
)
_NUMBER_AND_UNIT = re.compile(r"(.+?)[\s-]+([a-z]+)", re.IGNORECASE)
_HALF_YEARS = re.compile(r"(\d{1,2})(?:\.50?|½| ½)")
_ANY_DAY = date(2026, 4, 1)
_MOST_YEARS_ALONE = 10
"""A length that is a number alone: up to so many are years, more are months."""


def end_in_length(start: date, text: str, *, in_months: bool) -> date | None:
    """The last day after so long a time; None where the text is no length."""
    if not text.isdigit():
        return end_of_length(start, _in_digits(text))
    is_months = in_months or int(text) > _MOST_YEARS_ALONE
    return end_of_length(start, f"{text} {'months' if is_months else 'years'}")


def is_length(text: str) -> bool:
    """Whether a text says a length in years or months: "2 years", "eighteen months"."""
    return any(map(str.isalpha, text)) and end_of_length(_ANY_DAY, _in_digits(text)) is not None


def _in_digits(text: str) -> str:
    """A length in digits, half years as months: "two years" as "2 years", "1.5 years" as "18 months"."""
    found = _NUMBER_AND_UNIT.fullmatch(text.strip())
    if found is None:
        return text
    number = number_in_words(found[1])
    half = _HALF_YEARS.fullmatch(found[1])
    if half is not None and found[2].lower().startswith("y"):
        return f"{int(half[1]) * 12 + 6} months"
    return text if number is None else f"{number} {found[2]}"


def latest_end(end: date, text: str, *, in_months: bool) -> date | None:
    """The last day with an extension of so many months; None where it says no length."""
    plain = f"{text} months" if text.isdigit() and in_months else text
    found = _MONTHS.fullmatch(plain.strip())
    if found is None:
        return None
    count = int(found["times"] or 1) * int(found["count"])
    months = count if found["unit"].lower().startswith("m") else count * 12
    return months_later(end + timedelta(days=1), months) - timedelta(days=1) if months else None
