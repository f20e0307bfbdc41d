"""Every sum of a valuation written out, so that a pocket calculator redoes it: equal years are one sum."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from tomsapp.domain.commitment import RateBasis
from tomsapp.domain.contract import length_text
from tomsapp.domain.menu import Measure
from tomsapp.domain.money import total
from tomsapp.domain.sums import PrintedSum, outcome_sum, quantity_runs, real_sums, span_of, value_sums
from tomsapp.domain.valuation import LineValue
from tomsapp.domain.wording import format_percent, format_pounds, format_quantity
from tomsapp.reports.contract_facts import PrintedValuation, line_key
from tomsapp.reports.contract_spans import line_at_ends, units_at_ends
from tomsapp.reports.contract_table import is_short, theme_name, total_rows
from tomsapp.reports.flowables import Block, Heading, Paragraph
from tomsapp.reports.paging import Bookmark
from tomsapp.reports.phrases import listed, promised, sentence
from tomsapp.reports.styles import CELL, CELL_STRONG, LEAD, SUM, SUM_MUTED
from tomsapp.reports.tables import Cell, Column, Part, Row, RowKind, Table, TableLook
from tomsapp.reports.text import Content, PageRun, Run

MOST_STATEMENT = 700
"""A longer statement stands after the table, so that it does not tear the sums apart."""

MOST_JOINED = 6
"""The rows of a commitment stay on one page, unless they are more than these."""

_COLUMNS = (
    Column("No.", 26),
    Column("Contract years", 92, row_head=True),
    Column("Sum", 300),
    Column("Social value", 73, right=True),
)
_SPAN = len(_COLUMNS)
MOST_ROOMY = 5
"""With more contract years than these the rows are set closer."""


def every_sum(page: PrintedValuation) -> list[Block]:
    """The lines by theme, each with its sums, what else is to be said of it, and its statement."""
    heading = Heading("Every sum", bookmark="sums")
    if not page.valuation.lines:
        return [heading, Paragraph("Nothing is committed, so there is nothing to work out.")]
    look = TableLook(line_gap=1.8 if len(page.contract.years) <= MOST_ROOMY else 0.9)
    return [heading, Paragraph(_introduction(page), LEAD, keep=True), Table(_COLUMNS, list(_rows(page)), look)]


def _introduction(page: PrintedValuation) -> str:
    return (
        f"Each year is {page.year_factors}, rounded to the penny, and a line is the sum of its years. Key each sum in "
        "from left to right. Years that are equal are one sum, multiplied by the number of years."
    )


def _rows(page: PrintedValuation) -> Iterator[Row]:
    for theme, lines in page.themes:
        name = theme_name(page, theme, lines, _SPAN - 1)
        subtotal = Cell([Part(format_pounds(total(line.social_value for _, line in lines)), CELL_STRONG)])
        mark = Bookmark(theme.title, 2, f"theme-{theme.number}", is_heading=False)
        yield Row([name, subtotal], RowKind.GROUP, bookmark=mark, continued=theme.title)
        for number, line in lines:
            yield from _line_rows(page, number, line)
    yield from total_rows(page, _SPAN - 1, 0)


def _line_rows(page: PrintedValuation, number: int, line: LineValue) -> Iterator[Row]:
    """The commitment with its value, its sums, and what else is to be said of it, as one block."""
    measure = line.measure
    note = f"  {measure.code}, for each {measure.each_name}"
    name = Cell([Part([Run(f"{number}. {measure.title}", bold=True), Run(note, muted=True)])], span=_SPAN - 1)
    value = Part(format_pounds(line.social_value), CELL_STRONG)
    if not measure.is_valued:
        value = Part("counted only", SUM_MUTED)
    continued = f"{number}. {measure.title}"
    mark = Bookmark(continued, 3, line_key(number), is_heading=False)
    yield Row([name, Cell([value])], RowKind.HEAD, joined=True, bookmark=mark, continued=continued)
    rows = [*_sum_rows(line), *_detail_rows(page, number, line)]
    last = len(rows) - 1
    for index, row in enumerate(rows):
        # A short block stays whole; a long one may go on over the page, but never with a single row.
        joined = index < last and (len(rows) <= MOST_JOINED or index in {0, last - 1})
        yield Row(row.cells, row.kind, joined=joined)


def _sum_rows(line: LineValue) -> list[Row]:
    """A row for each sum; of a line without one, what is promised by year."""
    sums = value_sums(line)
    rows = [_sum_row(line, printed, alone=len(sums) == 1) for printed in sums]
    rows += [_missing_row(line, label) for label in years_without_value(line)]
    if not line.measure.is_valued:
        rows = [
            _row(span_of(run.labels), [Part(counted_words(line.measure, run.quantity, run.times), SUM)], "–")
            for run in quantity_runs(line)
            if run.quantity
        ]
    if line.commitment.rate is not None:
        rows += _years_without_units(line)
    if not rows:
        labels = [year.year.label for year in line.years]
        rows.append(_row(span_of(labels), [Part("none", SUM_MUTED)], "–"))
    return rows


def _years_without_units(line: LineValue) -> list[Row]:
    """The years in which a promise per pound comes to nothing, and why."""
    empty = [year for year in line.years if not year.quantity]
    unknown = [year.year.label for year in empty if year.basis is None]
    too_little = [year.year.label for year in empty if year.basis is not None]
    told = ((unknown, "none: no spend is given"), (too_little, "none: too little is spent for one more unit"))
    return [_row(listed(labels), [Part(words, SUM_MUTED)], "–") for labels, words in told if labels]


def _row(years: str, parts: Sequence[Part], value: str) -> Row:
    return Row(["", Cell([Part(years, SUM)]), Cell(list(parts)), Cell([Part(value, SUM)])])


def _sum_row(line: LineValue, printed: PrintedSum, *, alone: bool) -> Row:
    """The sum of one or more equal years; a promise per pound says how its quantity came about.

    Alone it comes to the value of the line, which stands over it already.
    """
    rate = [
        Part(step.text, SUM_MUTED)
        for year in line.years
        if year.year.label in printed.labels
        for step in year.steps
        if step.name == "rate"
    ]
    each = f" in each of {printed.times} years" if printed.times > 1 else ""
    parts = [*rate, Part(f"{printed.equation}{each}", SUM)]
    if printed.total_text:
        parts.append(Part(printed.total_text, SUM))
    amount = printed.total_text.rpartition("= ")[2] or printed.result_text
    return _row(printed.years, parts, "" if alone else amount)


def years_without_value(line: LineValue) -> list[str]:
    """The years in which something is promised and the menu has no value."""
    if not line.measure.is_valued:
        return []
    return [year.year.label for year in line.years if year.quantity and year.unit_value is None]


def _missing_row(line: LineValue, label: str) -> Row:
    year = next(year for year in line.years if year.year.label == label)
    words = f"{format_quantity(year.quantity)}: the menu has no value for {year.year.starts_on.year}"
    return _row(label, [Part(words, SUM)], "£0.00")


def counted_words(measure: Measure, quantity: Decimal, times: int) -> str:
    """What is promised of a record-only measure in one year or in each of several."""
    each = f" in each of {times} years" if times > 1 else ""
    return f"{promised(measure, quantity)}{each}, counted and not valued"


def _detail_rows(page: PrintedValuation, number: int, line: LineValue) -> list[Row]:
    """Share, factors, real pounds, jobs and statement of a line under its sums."""
    said = [*measure_details(page, line), *details_of(page, line)]
    runs: list[Run | PageRun] = [] if page.is_counted(line) else [Run("Has an error: not counted yet. ", bold=True)]
    runs += [Run(f"{' '.join(said)} ", muted=True)] if said else []
    statement = statement_of(line)
    if len(statement) > MOST_STATEMENT:
        runs += [Run("The supplier’s statement is on page ", muted=True), PageRun(statement_key(number)), Run(".")]
    elif statement:
        runs += [Run("Statement: ", muted=True), Run(statement, italic=True)]
    if not runs:
        return []
    return [Row(["", Cell([Part(runs, SUM_MUTED)], span=_SPAN - 1)])]


def details_of(page: PrintedValuation, line: LineValue) -> list[str]:
    """What else is to be said of a line alone, a sentence each: share, real pounds, jobs, cost."""
    return [*_share(line), *line_at_ends(page, line), *_figures(page, line)]


def measure_details(page: PrintedValuation, line: LineValue) -> list[str]:
    """What is to be said of a line and is as true of others of its measure: factors of the menu, years that differ."""
    return [*_factors(line), *_time(page, line), *units_at_ends(line)]


def _share(line: LineValue) -> Iterator[str]:
    if line.commitment.contract_share != 1:
        yield f"This contract’s share of it is {format_percent(line.commitment.contract_share)}."


def _factors(line: LineValue) -> Iterator[str]:
    """What stands behind the factors of the sums, as the steps say it."""
    seen: list[str] = []
    for year in line.years:
        for step in year.steps:
            words = step.source.removeprefix("the menu: ")
            told = f"“{step.text}” is from the menu: {words}."
            if step.name in {"deadweight", "displacement", "benefit", "discount"} and told not in seen:
                seen.append(told)
    yield from seen


def _forecast(line: LineValue) -> Iterator[str]:
    """The years in which a promise per pound counts spend that nobody knows yet, and their part of the value."""
    years = [year.year.label for year in line.years if year.basis is RateBasis.FORECAST and year.social_value]
    if years:
        yield f"{format_pounds(line.forecast_value)} of it rests on a forecast of spend: {span_of(years)}."


def _figures(page: PrintedValuation, line: LineValue) -> Iterator[str]:
    """What rests on a forecast of spend, real pounds, employment outcomes and stated cost, each with its sum."""
    yield from _forecast(line)
    claimed = "" if page.is_counted(line) else " claimed, not counted"
    if line.real_pounds:
        yield f"Real pounds{claimed}: {_real_words(line)}."
    jobs = outcome_sum(line, page.contract)
    if jobs is not None:
        yield f"Employment outcomes{claimed}: {sentence(jobs.equation)}"
    if line.commitment.cost is not None:
        yield f"It costs the supplier {format_pounds(line.commitment.cost)}, as stated."


def _real_words(line: LineValue) -> str:
    """The real pounds by year and in all: "£555.55 × 25% = £138.89 in each of 3 years, 3 × £138.89 = £416.67"."""
    sums = real_sums(line)
    told = []
    for printed in sums:
        each = f" in each of {printed.times} years, {printed.total_text}" if printed.times > 1 else ""
        told.append(f"{printed.equation}{each}")
    whole = f"; in all {format_pounds(line.real_pounds)}" if len(sums) > 1 else ""
    return f"{'; '.join(told)}{whole}"


def _time(page: PrintedValuation, line: LineValue) -> Iterator[str]:
    """Where a contract year takes the value of another time, or lasts less than 12 months."""
    filled = [year for year in line.years if year.quantity]
    dated = [year for year in filled if year.unit_value is not None and year.unit_value.year is not None]
    if any((year.year.starts_on.month, year.year.starts_on.day) != (1, 1) for year in dated):
        first = dated[0]
        yield (
            f"A contract year takes the value of the calendar year in which it starts: {first.year.label} that of "
            f"{first.year.starts_on.year}."
        )
    last = page.contract.years[-1]
    if is_short(last) and filled and filled[-1].year == last:
        yield f"{last.label} lasts {length_text(last.starts_on, last.ends_on)} only."


def statement_of(line: LineValue) -> str:
    """The supplier's statement with single spaces."""
    return " ".join(line.commitment.statement.split())


def statement_key(number: int) -> str:
    """What links to a long statement lead to."""
    return f"statement-{number}"


def long_statements(page: PrintedValuation) -> list[Block]:
    """The statements that are too long to stand between the sums, each with its line."""
    blocks: list[Block] = []
    for number, line in page.lines:
        if len(statement_of(line)) > MOST_STATEMENT:
            text: Content = line.commitment.statement.strip()
            title = f"Line {number}: {line.measure.title}"
            blocks += [Heading(title, 3, statement_key(number)), Paragraph(text, CELL)]
    return [Heading("Statements", bookmark="statements"), *blocks] if blocks else []
