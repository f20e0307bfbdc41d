"""Every sum of a valuation written out, so that a pocket calculator redoes it: equal years are one sum."""

from collections.abc import Iterator, Sequence

from tomsapp.domain.commitment import RateBasis
from tomsapp.domain.contract_dates import length_text
from tomsapp.domain.money import total
from tomsapp.domain.sums import outcome_sum, real_sums, span_of
from tomsapp.domain.valuation import LineValue
from tomsapp.domain.wording import format_percent, format_pounds
from tomsapp.reports.contract_facts import PrintedValuation, line_key
from tomsapp.reports.contract_spans import line_at_ends, units_at_ends
from tomsapp.reports.contract_sum_rows import sum_rows, sums_in_one
from tomsapp.reports.contract_table import theme_name, total_rows
from tomsapp.reports.flowables import Block, Heading, Paragraph
from tomsapp.reports.paging import Bookmark
from tomsapp.reports.phrases import sentence
from tomsapp.reports.styles import CELL, CELL_STRONG, LEAD, SUM, SUM_QUIET
from tomsapp.reports.tables import Cell, Column, Part, Row, RowKind, Table, TableLook
from tomsapp.reports.text import Content, PageRun, Run, in_segments

MOST_STATEMENT = 700
"""A longer statement stands after the table, so that it does not tear the sums apart."""

MOST_JOINED = 6
"""The rows of a commitment stay on one page, unless they are more than these."""

_COLUMNS = (
    Column("No.", 18),
    Column("Contract years", 92, row_head=True),
    Column("Sum", 313),
    Column("Social value", 68, right=True),
)
_SPAN = len(_COLUMNS)
MOST_ROOMY = 5
"""With more contract years than these the rows are set closer."""


def every_sum(page: PrintedValuation) -> list[Block]:
    """The lines by theme, each with its sums, what else is to be said of it, and its statement."""
    heading = Heading("Every sum", bookmark="sums")
    if not page.valuation.lines:
        return [heading, Paragraph("Nothing is committed, so there is nothing to work out.")]
    look = TableLook(line_gap=1.2 if len(page.contract.years) <= MOST_ROOMY else 0.6)
    return [heading, Paragraph(_introduction(page), LEAD, keep=True), Table(_COLUMNS, list(_rows(page)), look)]


def _introduction(page: PrintedValuation) -> str:
    return (
        f"Each year is {page.year_factors}, rounded to the penny, and a line is the sum of its years. Key each sum in "
        "from left to right. Years that are equal are one sum, multiplied by their number; where many years differ, "
        "their sums follow each other."
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
        value = Part("counted only", SUM_QUIET)
    continued = f"{number}. {measure.title}"
    mark = Bookmark(continued, 3, line_key(number), is_heading=False)
    yield Row([name, Cell([value])], RowKind.HEAD, joined=True, bookmark=mark, continued=continued)
    details = list(_details(page, number, line))
    together = sums_in_one(line)
    if together:
        rows = [_wide([*in_segments(f"{together}.", ends=";"), Run(" "), *details])]
    else:
        rows = [*sum_rows(line), *([_wide(details)] if details else [])]
    last = len(rows) - 1
    for index, row in enumerate(rows):
        # A short block stays whole; a long one may go on over the page, but never with a single row.
        joined = index < last and (len(rows) <= MOST_JOINED or index in {0, last - 1})
        yield Row(row.cells, row.kind, joined=joined)


def _wide(runs: Sequence[Run | PageRun]) -> Row:
    return Row(["", Cell([Part(list(runs), SUM)], span=_SPAN - 1)])


def _details(page: PrintedValuation, number: int, line: LineValue) -> Iterator[Run | PageRun]:
    """Share, factors, real pounds, jobs and statement of a line after its sums."""
    if not page.is_counted(line):
        yield Run("Has an error: not counted yet. ", bold=True)
    said = [*measure_details(page, [line]), *details_of(page, line)]
    if said:
        yield Run(f"{' '.join(said)} ", muted=True)
    statement = statement_of(line)
    if len(statement) > MOST_STATEMENT:
        yield Run("The supplier’s statement is on page ", muted=True)
        yield PageRun(statement_key(number))
        yield Run(".")
    elif statement:
        yield Run("Statement: ", muted=True)
        yield Run(statement, italic=True, muted=True)


def details_of(page: PrintedValuation, line: LineValue) -> list[str]:
    """What else is to be said of a line alone, a sentence each: share, real pounds, jobs, cost."""
    return [*_share(line), *line_at_ends(page, line), *_figures(page, line)]


def measure_details(page: PrintedValuation, lines: Sequence[LineValue]) -> list[str]:
    """What is as true of every line of a measure: factors of the menu, years that differ, its low and its high."""
    # Lines that begin in different years say the same of their values, each with its own years as the example.
    told = {text.partition(":")[0]: text for line in reversed(lines) for text in (*_factors(line), *_time(page, line))}
    return [*told.values(), *units_at_ends(lines)]


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
    if last.is_short and filled and filled[-1].year == last:
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
