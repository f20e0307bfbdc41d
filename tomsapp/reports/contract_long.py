"""Very many commitments, set close: each stands once, with its sum beside it."""

from collections.abc import Iterator, Sequence

from tomsapp.domain.money import total
from tomsapp.domain.sums import PrintedSum, QuantityRun, quantity_runs, value_sums
from tomsapp.domain.valuation import LineValue
from tomsapp.domain.wording import format_pounds
from tomsapp.reports.contract_facts import PrintedValuation, line_key
from tomsapp.reports.contract_lines import (
    MOST_STATEMENT,
    details_of,
    statement_key,
    statement_of,
    years_without_value,
)
from tomsapp.reports.contract_table import notes_on, place_of, total_rows
from tomsapp.reports.flowables import Block, Heading, Paragraph
from tomsapp.reports.paging import Bookmark
from tomsapp.reports.phrases import capital, listed, promised
from tomsapp.reports.styles import CELL_STRONG, LEAD, NOTE, SUM, SUM_MUTED
from tomsapp.reports.tables import Cell, Column, Part, Row, RowKind, Table, TableLook
from tomsapp.reports.text import PageRun, Run

_COLUMNS = (
    Column("No.", 26, right=True),
    Column("What is promised", 196, row_head=True),
    Column("Sum", 197),
    Column("Social value", 72, right=True),
)
_SPAN = len(_COLUMNS)
_LOOK = TableLook(line_gap=1.2)


def every_line(page: PrintedValuation) -> list[Block]:
    """The table of all commitments by theme, each with its sum, statement and value."""
    lead = (
        "One row for each commitment, by the number it has in the attached files. A sum is quantity × unit value × "
        "share (if under 100%), rounded to the penny, from left to right; equal years are one sum."
    )
    years = [f"year {year.index + 1} is {year.label}" for year in page.contract.years]
    lead = f"{lead} {capital(listed(years))}."
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
    yield from total_rows(page, _SPAN - 1, 0)


def _row(page: PrintedValuation, number: int, line: LineValue) -> Row:
    value = Part(format_pounds(line.social_value)) if line.measure.is_valued else Part("counted only", SUM_MUTED)
    cells: list[str | Cell] = [
        str(number),
        Cell(list(_what(page, number, line))),
        Cell(list(_sums(line))),
        Cell([value]),
    ]
    return Row(cells, bookmark=Bookmark("", 0, line_key(number)))


def _what(page: PrintedValuation, number: int, line: LineValue) -> Iterator[Part]:
    """The measure with its code, then place, confidence, what else is to be said of the line, and its statement."""
    measure = line.measure
    yield Part(f"{measure.code} {measure.title}")
    confidence = measure.proxy.confidence if measure.proxy is not None else ""
    said = [place_of(page, line), f"{confidence} confidence" if confidence else ""]
    told = ", ".join(filter(None, said))
    words = [f"{capital(told)}." if told else "", *details_of(page, line)]
    runs: list[Run | PageRun] = [Run(f"{' '.join(filter(None, words))} ")] if any(words) else []
    statement = statement_of(line)
    if len(statement) > MOST_STATEMENT:
        runs += [Run("Statement: page "), PageRun(statement_key(number)), Run(".")]
    elif statement:
        runs.append(Run(statement, italic=True))
    if runs:
        yield Part(runs, SUM_MUTED)
    if not page.is_counted(line):
        yield Part("Has an error: not counted yet", CELL_STRONG)


def _sums(line: LineValue) -> Iterator[Part]:
    """The sums of the line."""
    told: list[Part | str] = []
    for printed in value_sums(line):
        steps = [step for year in line.years if year.year.label in printed.labels for step in year.steps]
        told += [Part(step.text, SUM_MUTED) for step in steps if step.name == "rate"]
        told.append(_sum(line, printed))
    told += [f"{label}: the menu has no value, £0.00" for label in years_without_value(line)]
    if not line.measure.is_valued:
        told += [_counted(line, run) for run in quantity_runs(line) if run.quantity]
    for item in told or ["none"]:
        yield item if isinstance(item, Part) else Part(item, SUM)


def _sum(line: LineValue, printed: PrintedSum) -> str:
    """A sum with its years."""
    each = " each" if printed.times > 1 else ""
    return f"{_years(line, printed.labels)}: {printed.equation}{each}"


def _years(line: LineValue, labels: Sequence[str]) -> str:
    """Contract years by their numbers: "Year 1", "Years 2 and 3", "Years 2 to 5", "Each year"."""
    numbers = [year.year.index + 1 for year in line.years if year.year.label in labels]
    first, last = numbers[0], numbers[-1]
    if len(numbers) == len(line.years) > 1:
        return "Each year"
    return f"Year {first}" if first == last else f"Years {first} {'and' if last == first + 1 else 'to'} {last}"


def _counted(line: LineValue, run: QuantityRun) -> str:
    return f"{_years(line, run.labels)}: {promised(line.measure, run.quantity)}, counted and not valued"
