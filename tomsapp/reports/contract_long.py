"""Very many commitments, set close: each stands once, with its sum beside it."""

from collections.abc import Iterator

from tomsapp.domain.money import total
from tomsapp.domain.sums import PrintedSum, QuantityRun, quantity_runs, span_of, value_sums
from tomsapp.domain.valuation import LineValue
from tomsapp.domain.wording import format_pounds
from tomsapp.reports.contract_facts import PrintedValuation, line_key
from tomsapp.reports.contract_lines import (
    MOST_STATEMENT,
    counted_words,
    details_of,
    statement_key,
    statement_of,
    years_without_value,
)
from tomsapp.reports.contract_table import notes_on, place_of, totals_of
from tomsapp.reports.flowables import Block, Heading, Paragraph
from tomsapp.reports.paging import Bookmark
from tomsapp.reports.styles import CELL_STRONG, LEAD, NOTE, SUM, SUM_MUTED
from tomsapp.reports.tables import Cell, Column, Part, Row, RowKind, Table, TableLook
from tomsapp.reports.text import PageRun, Run

_COLUMNS = (
    Column("No.", 26, right=True),
    Column("What is promised", 206, row_head=True),
    Column("Sum", 187),
    Column("Social value", 72, right=True),
)
_SPAN = len(_COLUMNS)
_LOOK = TableLook(line_gap=1.2)


def every_line(page: PrintedValuation) -> list[Block]:
    """The table of all commitments by theme, each with its sum, statement and value."""
    lead = (
        "One row for each commitment, by the number it has in the attached files. A sum is quantity × unit value × "
        "share (if under 100%), rounded to the penny, from left to right; equal years are one sum. Without years it is "
        "for every contract year."
    )
    notes = Paragraph(" ".join(notes_on(page)), NOTE)
    heading = Heading("Every commitment, with its sum", bookmark="summary")
    return [heading, Paragraph(lead, LEAD, keep=True), Table(_COLUMNS, list(_rows(page)), _LOOK), notes]


def _rows(page: PrintedValuation) -> Iterator[Row]:
    for theme, lines in page.themes:
        name = Cell([Part(theme.title, CELL_STRONG)], span=_SPAN - 1, swatch=theme.number)
        subtotal = Cell([Part(format_pounds(total(line.social_value for _, line in lines)), CELL_STRONG)])
        yield Row([name, subtotal], RowKind.GROUP, continued=theme.title)
        for number, line in lines:
            yield _row(page, number, line)
    for label, amount in totals_of(page):
        yield Row([Cell([Part(label, CELL_STRONG)], span=_SPAN - 1), Cell([Part(amount, CELL_STRONG)])], RowKind.TOTAL)


def _row(page: PrintedValuation, number: int, line: LineValue) -> Row:
    value = Part(format_pounds(line.social_value)) if line.measure.is_valued else Part("counted only", SUM_MUTED)
    cells: list[str | Cell] = [
        str(number),
        Cell(list(_what(page, number, line))),
        Cell(list(_sums(page, line))),
        Cell([value]),
    ]
    return Row(cells, bookmark=Bookmark("", 0, line_key(number)))


def _what(page: PrintedValuation, number: int, line: LineValue) -> Iterator[Part]:
    """The measure with its code, then place, confidence and statement."""
    measure = line.measure
    yield Part(f"{measure.code} {measure.title}")
    confidence = measure.proxy.confidence if measure.proxy is not None else ""
    said = [place_of(page, line), f"{confidence} confidence" if confidence else ""]
    told = ", ".join(filter(None, said))
    runs: list[Run | PageRun] = [Run(f"{told[:1].upper()}{told[1:]}. ")] if told else []
    statement = statement_of(line)
    if len(statement) > MOST_STATEMENT:
        runs += [Run("Statement: page "), PageRun(statement_key(number)), Run(".")]
    elif statement:
        runs.append(Run(statement, italic=True))
    if runs:
        yield Part(runs, SUM_MUTED)
    if not page.is_counted(line):
        yield Part("Has an error: not counted yet", CELL_STRONG)


def _sums(page: PrintedValuation, line: LineValue) -> Iterator[Part]:
    """The sums of the line, the last with what else is to be said of it."""
    told: list[Part | str] = []
    for printed in value_sums(line):
        steps = [step for year in line.years if year.year.label in printed.labels for step in year.steps]
        told += [Part(step.text, SUM_MUTED) for step in steps if step.name == "rate"]
        told.append(_sum(printed, len(line.years)))
    told += [f"{label}: the menu has no value, £0.00" for label in years_without_value(line)]
    if not line.measure.is_valued:
        told += [_counted(line, run) for run in quantity_runs(line) if run.quantity]
    *most, last = told or ["none"]
    details = " ".join(details_of(page, line))
    for item in most:
        yield item if isinstance(item, Part) else Part(item, SUM)
    if isinstance(last, Part):
        yield last
        last = ""
    yield Part([Run(last), Run(f"  {details}" if last else details, muted=True)] if details else last, SUM)


def _sum(printed: PrintedSum, years: int) -> str:
    """A sum with its years, where it does not stand for all of them."""
    when = "" if printed.times == years else f"{printed.years}: "
    each = f" in each of {printed.times} years" if printed.times > 1 else ""
    return f"{when}{printed.equation}{each}"


def _counted(line: LineValue, run: QuantityRun) -> str:
    when = "" if run.times == len(line.years) else f"{span_of(run.labels)}: "
    return f"{when}{counted_words(line.measure, run.quantity, run.times)}"
