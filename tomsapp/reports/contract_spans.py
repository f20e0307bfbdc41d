"""Values with a low and a high at their source: what a line and the total come to at either end."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from fractions import Fraction

from tomsapp.domain.money import round_pounds, total
from tomsapp.domain.proxy import UnitValue
from tomsapp.domain.valuation import LineValue, YearValue
from tomsapp.domain.value_factor import value_factor
from tomsapp.domain.wording import format_pounds
from tomsapp.reports.contract_facts import PrintedValuation

MOST_OTHERS = 12
"""More lines without a low and a high than these are told by their number: the lines that have both are named."""

_ENDS = ("low", "high")


def low_to_high(page: PrintedValuation) -> str:
    """The total with each value at its low and at its high, where the source gives both."""
    valued = [(number, line) for number, line in page.counted_lines if line.measure.is_valued]
    with_span = [number for number, line in valued if _has_span(line)]
    if not with_span:
        return "No source of these lines gives a low and a high, so no span can be worked out."
    low, high = (format_pounds(total(_line_at(page, line, end) for _, line in valued)) for end in _ENDS)
    others = [number for number, _ in valued if number not in with_span]
    have = "has" if len(with_span) == 1 else "have"
    if not others:
        return f"{low} to {high}, with every value at the low and at the high of its source."
    named = page.named(others) if len(others) <= MOST_OTHERS else f"the other {len(others)} lines"
    none = f"{named} {'has' if len(others) == 1 else 'have'}"
    return (
        f"{low} to {high}. Only {page.named(with_span)} {have} a low and a high at the source; {none} none, so the "
        "true span is wider."
    )


def units_at_ends(lines: Iterable[LineValue]) -> Iterator[str]:
    """The low and the high of one unit of a measure in the menu's prices, by calendar year where they are dated."""
    ends = {
        (value.year, format_pounds(value.low), format_pounds(value.high)): None
        for line in lines
        for year in line.years
        if year.quantity and (value := year.unit_value) and value.low is not None and value.high is not None
    }
    told = [f"{low} and {high}{f' in {when}' if when else ''}" for when, low, high in ends]
    if told:
        yield f"At the low and at the high of its source one unit is {', '.join(told)}."


def line_at_ends(page: PrintedValuation, line: LineValue) -> Iterator[str]:
    """What the line comes to with the low and with the high of its source."""
    if _has_span(line):
        low, high = (format_pounds(_line_at(page, line, end)) for end in _ENDS)
        yield f"With these the line is {low} to {high}."


def _has_span(line: LineValue) -> bool:
    return any(year.quantity and _span(year.unit_value) for year in line.years)


def _span(value: UnitValue | None) -> bool:
    return value is not None and value.low is not None and value.high is not None


def _line_at(page: PrintedValuation, line: LineValue, end: str) -> Decimal:
    """The value of a line with the low or high of its source in place of the unit value, rounded by year."""
    return total(_year_at(page, line, year, end) for year in line.years)


def _year_at(page: PrintedValuation, line: LineValue, year: YearValue, end: str) -> Decimal:
    value = year.unit_value
    if value is None or value.low is None or value.high is None:
        return year.social_value
    amount = value.low if end == "low" else value.high
    rate = page.edition.discount_rate
    factor = value_factor(line.measure, amount, line.commitment.contract_share, year.year.index, rate)
    return round_pounds(Fraction(year.quantity) * factor)
