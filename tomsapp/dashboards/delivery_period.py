"""Which financial quarters are looked at, and the last period beside them. April to March, by a quarter's last day."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from tomsapp.dashboards.delivery_heads import number_of, quarter_at
from tomsapp.dashboards.delivery_rows import QUARTERS_OF_YEAR
from tomsapp.dashboards.selection import Filters
from tomsapp.domain.contract_dates import months_later
from tomsapp.domain.delivery.quarters import MONTHS_IN_QUARTER, financial_quarter
from tomsapp.domain.portfolio import Grouping
from tomsapp.domain.wording import MONTHS, format_date, listed

_YEAR = re.compile(r"([0-9]{4})/[0-9]{2}")
_QUARTER = re.compile(r"([0-9]{4})/[0-9]{2} Q([1-4])")


def quarter_key(number: int) -> str:
    """What names a financial quarter in a filter: "2026/27 Q3"."""
    quarter = quarter_at(number)
    return f"{quarter.year} Q{quarter.number}"


def quarter_name(number: int) -> str:
    """A financial quarter with its months: "Q3 of 2026/27 (Oct to Dec 2026)"."""
    first, last = first_day(number), last_day(number)
    return f"{quarter_at(number).words} ({MONTHS[first.month - 1][:3]} to {MONTHS[last.month - 1][:3]} {last.year})"


def year_key(number: int) -> str:
    """The financial year of a quarter: "2026/27"."""
    return quarter_at(number).year


def first_day(number: int) -> date:
    """The first day of a financial quarter."""
    year, rest = divmod(number, QUARTERS_OF_YEAR)
    return months_later(date(year, 4, 1), MONTHS_IN_QUARTER * rest)


def last_day(number: int) -> date:
    """The last day of a financial quarter."""
    return first_day(number + 1) - timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Period:
    """Some financial quarters, up to a day.

    Attributes:
        quarters: their numbers; None for all that ended by the day.
        until: the last day that counts: what ended later is none of it.
        words: as people read it.
    """

    quarters: frozenset[int] | None
    until: date
    words: str

    def has(self, day: date) -> bool:
        """Whether a day lies in it."""
        is_chosen = self.quarters is None or number_of(financial_quarter(day)) in self.quarters
        return is_chosen and day <= self.until


def periods_of(filters: Filters, until: date) -> tuple[Period, Period]:
    """What the filters choose of the time until a day, and the period before it.

    Without a choice that is all that ended until the day, beside all that ended before its financial quarter. A year
    that is not over stands beside the same part of the year before.
    """
    now = number_of(financial_quarter(until))
    years, quarters = filters.of(Grouping.FINANCIAL_YEAR), filters.of(Grouping.QUARTER)
    if not years and not quarters:
        before = last_day(now - 1)
        return (
            Period(None, until, f"Until {format_date(until)}"),
            Period(None, before, f"Until {format_date(before)}"),
        )
    chosen = _chosen(years, quarters)
    span = max(chosen) - min(chosen) + 1 if chosen else 1
    if not quarters:
        span = -(-span // QUARTERS_OF_YEAR) * QUARTERS_OF_YEAR
    met = frozenset(number for number in chosen if number <= now)
    last = frozenset(number - span for number in met)
    return _period(met, chosen, until, is_years=not quarters), _period(
        last, [number - span for number in chosen], until, is_years=not quarters
    )


def _period(numbers: frozenset[int], chosen: Iterable[int], until: date, *, is_years: bool) -> Period:
    """The quarters of those that are chosen which have begun by the day."""
    return Period(numbers, _end(numbers, until), _words(numbers or chosen, until, is_years=is_years))


def _end(quarters: Iterable[int], until: date) -> date:
    ends = [last_day(number) for number in quarters]
    return min(max(ends, default=until), until)


def _chosen(years: Iterable[str], quarters: Iterable[str]) -> frozenset[int]:
    """The numbers of the quarters that are in one of the years, and among the quarters, where such are chosen."""
    of_years = {
        int(found[1]) * QUARTERS_OF_YEAR + each
        for year in years
        if (found := _YEAR.fullmatch(year))
        for each in range(QUARTERS_OF_YEAR)
    }
    of_quarters = {
        int(found[1]) * QUARTERS_OF_YEAR + int(found[2]) - 1 for key in quarters if (found := _QUARTER.fullmatch(key))
    }
    if years and quarters:
        return frozenset(of_years & of_quarters)
    return frozenset(of_years | of_quarters)


def _words(quarters: Iterable[int], until: date, *, is_years: bool) -> str:
    """Quarters as people read them: whole years by their names, with the day where one is not over."""
    numbers = sorted(quarters)
    if not numbers:
        return "No period"
    if not is_years:
        return listed([quarter_name(number) for number in numbers])
    years = listed(list(dict.fromkeys(map(year_key, numbers))))
    end = min(last_day(numbers[-1]), until)
    is_over = end == last_day(numbers[-1]) and numbers[-1] % QUARTERS_OF_YEAR == QUARTERS_OF_YEAR - 1
    return years if is_over else f"{years}, until {format_date(end)}"
