"""Which contract year a heading means, in every way in which councils write it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from tomsapp.domain.alike import alike
from tomsapp.domain.contract_dates import MOST_YEARS, ContractYear
from tomsapp.domain.wording import MONTHS

_BESIDE = re.compile(
    r"\b(?:quantit(?:y|ies)|qty|targets?|units?|numbers?|no|nos|volumes?|amounts?|offer(?:ed)?|promised?|commitments?"
    r"|committed|contract|proposed|planned|totals?|the|of|in|for|per|a|all"
    r"|(?:your|our|(?:bidder|supplier|tenderer|contractor|provider)s?)"
    r"(?= (?:offers?|commitments?|promises?|pledges?|proposals?|quantit(?:y|ies)|qty|units|numbers?|totals?)\b))\b"
)
"""What may stand beside a year over a column of quantities, and says nothing more."""

_COUNTED = re.compile(
    r"\b(?:forecasts?|estimate[ds]?|projected|expected|anticipated|hours?|hrs|weeks?|wks|fte ?s?|people|persons?|jobs?"
    r"|tonnes?|apprentic(?:es|eships))\b"
)
"""What may stand beside a year, and says what its quantities count, or that they are yet to come: "Year 1 (FTE)"."""

_VERSION = re.compile(
    r"\b(?:revis(?:ed|ion)|original|updated?|amended|new|old|draft|final|latest|previous|initial"
    r"|v(?:ersion)? ?\d{1,2})\b"
)
"""What says which of several columns for one year it is: "Year 1 (revised)"."""

_YEARS_UNDER = re.compile(r"\b(?:years?|yrs?|fy|periods?)\b")

_MOST_COUNTED = 20
"""Years of a contract that are named by their numbers; two digits above are those of a date."""
_SEVERAL_YEARS = re.compile(r"(?:years?|yrs?|y) ?\d{1,2}(?: (?:(?:to|and) )?(?:(?:years?|yrs?|y) ?)?\d{1,2})+")

_WITHIN_WORD = re.compile(r"(?<=[a-z])(?=[A-Z][a-z])")
"""Where a heading as the transparency code writes it begins its next word: "TitleOfAgreement"; "TOMs" is one."""

_NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_MONTH = "|".join(f"{month[:3].lower()}(?:{month[3:].lower()})?" for month in MONTHS) + "|sept"
_PART_OF_YEAR = re.compile(
    r"(?:(?:q|quarter|qtr|h|half|term|period|month) ?\d{1,2}"
    r"|(?:[1-4](?:st|nd|rd|th)|first|second|third|fourth) (?:quarter|qtr|half|term)"
    rf"|(?:{_MONTH})(?: (?:to )?(?:{_MONTH}))?)"
)
_YEAR = r"(?:20\d\d|\d\d)"
_ENDS = r"(?:(?:year|yr|y|fy|12 months) )?(?:end(?:ing|ed|s)?|to)"
_FIRST_MONTH = rf"(?:from )?(?:\d{{1,2}}(?:st)? )?(?P<month>{_MONTH}) (?P<year>{_YEAR})"
_LAST_MONTH = rf"(?: (?:(?:to|until) )?(?:\d{{1,2}}(?:st)? )?(?:{_MONTH}) {_YEAR})?"
_FIRST_DAY = rf"(?:from )?\d{{1,2}} (?P<digits>\d{{1,2}}) (?P<year>{_YEAR})"
_LAST_DAY = rf"(?: (?:(?:to|until) )?\d{{1,2}} \d{{1,2}} {_YEAR})?"
_LABEL = r"(?:fy|financial year)? ?(?P<from>20\d\d) (?:to )?(?P<to>20\d\d|\d\d)"
_PLACE = r"(?:year|yr|y) ?(?P<place>\d{1,2})"
_PATTERNS = tuple(
    re.compile(pattern)
    for pattern in (
        r"(?:year|yr) (?P<from>2\d) (?P<to>[23]\d)",
        rf"{_PLACE}(?: (?P<rest>.+))?",
        r"(?P<place>\d{1,2})(?:st|nd|rd|th) (?:year|yr)",
        _LABEL,
        r"(?:fy|financial year)? ?(?P<from>\d\d) (?P<to>\d\d)",
        r"(?:year|yr|y) (?P<from>20\d\d)(?: (?P<to>20\d\d|\d\d))?",
        r"(?P<from>20\d\d)",
        rf"{_ENDS} (?:\d{{1,2}}(?:st)? )?(?P<last_month>{_MONTH}) (?P<last_year>{_YEAR})",
        rf"{_ENDS} \d{{1,2}} (?P<last_digits>\d{{1,2}}) (?P<last_year>20\d\d)",
        _FIRST_MONTH + _LAST_MONTH,
        _FIRST_DAY + _LAST_DAY,
        r"(?P<year>20\d\d) (?P<digits>\d{1,2}) \d{1,2}(?: 00 00 00)?(?: .*)?",
        r"fy ?(?P<fiscal>20\d\d|\d\d)",
    )
)


@dataclass(frozen=True, slots=True)
class YearWords:
    """A heading that names a year: its place in the contract (0 is the first); None where it is not one of its years.

    `is_fiscal` says that it is a single financial year, "FY27", which may be named by its first or its last year;
    `is_counted` that it is named by its place, "Year 1", in whatever contract, and `is_otherwise` that what stands
    behind that is another year of this one, "Year 1 (2029/30)"; `day` is the first or last day by which it names the
    year, "April 2026": of several in one year each is a part of it.
    """

    year: int | None
    is_fiscal: bool = False
    is_counted: bool = False
    is_otherwise: bool = False
    day: date | None = None

    def may_be(self, year: int | None) -> bool:
        """Whether these words may name a year of the contract: a single financial year is one of two."""
        return self.year == year or (self.is_fiscal and year is not None and self.year == year + 1)


def tidy(text: str) -> str:
    """A heading in small letters, with single spaces, without signs and without “Fill in”; "StartDate" is two words."""
    words = re.sub(r"[\W_]+", " ", alike(_WITHIN_WORD.sub(" ", text))).strip()
    return words.removeprefix("fill in ")


def names_version(*texts: str) -> bool:
    """Whether one of several names says which version of a thing it is: "Offer v2", "Final"."""
    return any(_VERSION.search(tidy(text)) for text in texts)


def is_about_quantities(text: str) -> bool:
    """Whether a tidy heading says nothing but that quantities stand under it: "Quantity offered"."""
    return bool(text) and not _BESIDE.sub("", text).strip()


def is_part_of_year(text: str) -> bool:
    """Whether a tidy heading names a quarter, a month or another part of a year: "Q1", "Apr to Jun", "second half"."""
    return _PART_OF_YEAR.fullmatch(" ".join(_BESIDE.sub(" ", text).split())) is not None


def says_year(heading: str) -> bool:
    """Whether a heading says that years stand under it: "Contract year", "FY"."""
    return _YEARS_UNDER.search(tidy(heading)) is not None


def names_all_years(text: str, years: Sequence[ContractYear]) -> bool:
    """Whether a tidy heading names every year of a contract of several: "Years 1 to 3", "Total (Y1+Y2)"."""
    places = _several_years(" ".join(_BESIDE.sub(" ", text).split()))
    return len(years) > 1 and places in ([1, len(years)], list(range(1, len(years) + 1)))


def _several_years(plain: str) -> list[int]:
    """The places of the years that a heading names by their numbers, of several; "Year 26/27" is one and its label."""
    places = [int(digits) for digits in re.findall(r"\d+", plain)] if _SEVERAL_YEARS.fullmatch(plain) else []
    is_several = all(one < other for one, other in pairwise(places)) and max(places, default=0) <= _MOST_COUNTED
    return places if is_several else []


def year_in(text: str, years: Sequence[ContractYear]) -> YearWords | None:
    """The year that a tidy heading names; None where it names none."""
    plain = " ".join(_VERSION.sub(" ", _COUNTED.sub(" ", _BESIDE.sub(" ", _in_digits(text)))).split())
    patterns = () if _several_years(plain) else _PATTERNS
    found = next((match for pattern in patterns if (match := pattern.fullmatch(plain))), None)
    if found is None:
        return None
    said = found.groupdict()
    rest = year_in(said["rest"], years) if said.get("rest") else None
    if said.get("rest") and rest is None:
        return None
    if said.get("fiscal"):
        return YearWords(_within(_full(said["fiscal"]) - years[0].starts_on.year), is_fiscal=True)
    if said.get("place"):
        place = _within(int(said["place"]) - 1)
        return YearWords(place, is_counted=True, is_otherwise=rest is not None and not rest.may_be(place))
    if said.get("from"):
        return YearWords(_within(_full(said["from"]) - years[0].starts_on.year))
    day = _day(said)
    return YearWords(_year_of_day(day, years), day=day)


def _in_digits(text: str) -> str:
    """“year one” and “first year” as “year 1”."""
    for place, (number, ordinal) in enumerate(zip(_NUMBERS, _ORDINALS, strict=True), 1):
        text = re.sub(rf"\b(?:{ordinal} (?:year|yr)|(?:year|yr) {number})\b", f"year {place}", text)
    return text


def _within(place: int) -> int | None:
    return place if 0 <= place < MOST_YEARS else None


def _full(digits: str) -> int:
    year = int(digits)
    return year + 2000 if year < 100 else year


def _day(said: dict[str, str | None]) -> date | None:
    """The first day that a heading names, or the last day of a year that it says ends then."""
    month, is_last = said.get("month") or said.get("digits"), False
    year = said.get("year")
    if month is None:
        month, year, is_last = said.get("last_month") or said.get("last_digits"), said["last_year"], True
    number = int(month or 0) if (month or "").isdigit() else _month(month or "")
    if not 1 <= number <= 12:
        return None
    first = date(_full(year or ""), number, 1)
    return (first + timedelta(days=31)).replace(day=1) - timedelta(days=1) if is_last else first


def _month(name: str) -> int:
    return next((place for place, month in enumerate(MONTHS, 1) if month.lower().startswith(name[:3])), 0)


def _year_of_day(day: date | None, years: Sequence[ContractYear]) -> int | None:
    """The contract year in whose months a day lies: a year may begin in the middle of a month."""
    if day is None:
        return None
    is_last = day.day > 1
    for year in years:
        if is_last and (day.year, day.month) == (year.ends_on.year, year.ends_on.month):
            return year.index
        if not is_last and (day.year, day.month) == (year.starts_on.year, year.starts_on.month):
            return year.index
    return next((year.index for year in years if year.starts_on <= day <= year.ends_on), None)
