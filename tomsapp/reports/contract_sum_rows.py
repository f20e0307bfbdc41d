"""The rows with the sums of one commitment: a row for each sum, or one row where many years differ."""

from collections.abc import Sequence

from tomsapp.domain.sums import PrintedSum, quantity_runs, span_of, value_sums
from tomsapp.domain.valuation import LineValue
from tomsapp.domain.wording import format_quantity, listed
from tomsapp.reports.phrases import promised
from tomsapp.reports.styles import SUM, SUM_QUIET
from tomsapp.reports.tables import Cell, Part, Row
from tomsapp.reports.text import in_segments

MOST_SUMS = 3
"""More sums of one commitment than these follow each other in one row, each after its years."""


def sums_in_one(line: LineValue) -> str:
    """The sums of a line where they are many, one after the other in the order of its years; else empty."""
    told = _told(line)
    # What is only counted comes to no pounds that a column would add up.
    most = MOST_SUMS if line.measure.is_valued else 1
    is_one = len(told) > most and line.commitment.rate is None
    return "; ".join(f"{years}: {text}" for years, text in told) if is_one else ""


def sum_rows(line: LineValue) -> list[Row]:
    """The sums of a line by contract years; of a line without one, what is promised by year."""
    sums = value_sums(line)
    rows = [_sum_row(line, printed, alone=len(sums) == 1) for printed in sums]
    rows += [_row(years, [Part(text, SUM)], "£0.00") for years, text in _missing(line)]
    rows += [_row(years, [Part(text, SUM)], "–") for years, text in _counted(line)]
    if line.commitment.rate is not None:
        rows += _years_without_units(line)
    if not rows:
        labels = [year.year.label for year in line.years]
        rows.append(_row(span_of(labels), [Part("none", SUM_QUIET)], "–"))
    return rows


def _told(line: LineValue) -> list[tuple[str, str]]:
    """The contract years and the sum of each row that a line would have, in the order of the years."""
    sums = [(printed.years, _sum_text(printed)) for printed in value_sums(line)]
    return sorted([*sums, *_missing(line), *_counted(line)])


def _row(years: str, parts: Sequence[Part], value: str) -> Row:
    return Row(["", Cell([Part(years, SUM)]), Cell(list(parts)), Cell([Part(value, SUM)])])


def _sum_text(printed: PrintedSum) -> str:
    """A sum; of equal years that of one of them, and what they come to together."""
    return f"{printed.equation}{_in_each(printed.times)}{f', {printed.total_text}' if printed.total_text else ''}"


def _in_each(times: int) -> str:
    return f" in each of {times} years" if times > 1 else ""


def _sum_row(line: LineValue, printed: PrintedSum, *, alone: bool) -> Row:
    """The sum of one or more equal years; a promise per pound says how its quantity came about.

    Alone it comes to the value of the line, which stands over it already.
    """
    rate = [
        Part(step.text, SUM_QUIET)
        for year in line.years
        if year.year.label in printed.labels
        for step in year.steps
        if step.name == "rate"
    ]
    amount = printed.total_text.rpartition("= ")[2] or printed.result_text
    sums = Part(in_segments(_sum_text(printed), ends=","), SUM)
    return _row(printed.years, [*rate, sums], "" if alone else amount)


def years_without_value(line: LineValue) -> list[str]:
    """The years in which something is promised and the menu has no value."""
    if not line.measure.is_valued:
        return []
    return [year.year.label for year in line.years if year.quantity and year.unit_value is None]


def _missing(line: LineValue) -> list[tuple[str, str]]:
    """The years in which the menu has no value, with what is promised in them."""
    without = years_without_value(line)
    return [
        (year.year.label, f"{format_quantity(year.quantity)}: the menu has no value for {year.year.starts_on.year}")
        for year in line.years
        if year.year.label in without
    ]


def _counted(line: LineValue) -> list[tuple[str, str]]:
    """What is promised of a record-only measure, by contract years."""
    if line.measure.is_valued:
        return []
    return [
        (
            span_of(run.labels),
            f"{promised(line.measure, run.quantity)}{_in_each(run.times)}, counted and not valued",
        )
        for run in quantity_runs(line)
        if run.quantity
    ]


def _years_without_units(line: LineValue) -> list[Row]:
    """The years in which a promise per pound comes to nothing, and why."""
    empty = [year for year in line.years if not year.quantity]
    unknown = [year.year.label for year in empty if year.basis is None]
    too_little = [year.year.label for year in empty if year.basis is not None]
    told = ((unknown, "none: no spend is given"), (too_little, "none: too little is spent for one more unit"))
    return [_row(listed(labels), [Part(words, SUM_QUIET)], "–") for labels, words in told if labels]
