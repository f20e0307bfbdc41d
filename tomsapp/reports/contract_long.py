"""Very many commitments, set close: by measure, each once with its sum, and those that are alike as one row."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from tomsapp.domain.commitment import Commitment
from tomsapp.domain.money import total
from tomsapp.domain.sums import PrintedSum, QuantityRun, quantity_runs, value_sums
from tomsapp.domain.valuation import LineValue
from tomsapp.domain.wording import format_pounds, listed
from tomsapp.reports.contract_facts import Numbered, PrintedValuation, line_key, numbers_of
from tomsapp.reports.contract_lines import (
    MOST_STATEMENT,
    details_of,
    measure_details,
    statement_key,
    statement_of,
)
from tomsapp.reports.contract_sum_rows import years_without_value
from tomsapp.reports.contract_table import notes_on, place_of, theme_name, total_rows
from tomsapp.reports.flowables import Block, Heading, Paragraph
from tomsapp.reports.paging import Bookmark
from tomsapp.reports.phrases import all_lines_named, capital, promised, sentence
from tomsapp.reports.styles import CELL_STRONG, LEAD, NOTE, SUM_CLOSE, SUM_MUTED, TEXT_MUTED
from tomsapp.reports.tables import Cell, Column, Part, Row, RowKind, Table, TableLook
from tomsapp.reports.text import PageRun, Run, in_segments

_COLUMNS = (
    Column("No.", 22, right=True, row_head=True),
    Column("Measure, sums and statement", 408),
    Column("Social value", 61, right=True),
)
_SPAN = len(_COLUMNS)

MOST_IN_ORDER = 5
"""The sums of so many years that all differ stand in their order, without the number of each."""

EACH_YEAR = "Each year"
"""What stands before a sum that is the same in all years."""

_COUNTED = replace(SUM_CLOSE, colour=TEXT_MUTED)
_LOOK = TableLook(style=SUM_CLOSE, line_gap=0.3, edge=3.0)


@dataclass(frozen=True, slots=True)
class _Alike:
    """Lines that promise the same of the same measure, at the same place, in the same words."""

    numbers: tuple[int, ...]
    line: LineValue


def every_line(page: PrintedValuation) -> list[Block]:
    """The table of all commitments by theme and measure, each with its sum, statement and value."""
    years = [f"year {year.index + 1} is {year.label}" for year in page.contract.years]
    lead = (
        "The commitments by measure, each by the number it has in the attached files; those that are the same in "
        f"every word and figure are one row, which names them all. A sum is {page.year_factors}, rounded to the penny, "
        "from left to right; equal years are one sum. Sums without their years are those of all years, in order. "
        f"{capital(listed(years))}."
    )
    notes = Paragraph(" ".join(notes_on(page)), NOTE)
    heading = Heading("Every commitment, with its sum", bookmark="summary")
    return [heading, Paragraph(lead, LEAD, keep=True), Table(_COLUMNS, list(_rows(page)), _LOOK), notes]


def _rows(page: PrintedValuation) -> Iterator[Row]:
    for theme, lines in page.themes:
        name = theme_name(page, theme, lines, _SPAN - 1)
        subtotal = Cell([Part(format_pounds(total(line.social_value for _, line in lines)), CELL_STRONG)])
        yield Row([name, subtotal], RowKind.GROUP, continued=theme.title)
        by_code: dict[str, list[Numbered]] = {measure.code: [] for measure in page.measures}
        for numbered in lines:
            by_code[numbered[1].measure.code].append(numbered)
        for mine in filter(None, by_code.values()):
            yield from _measure_rows(page, mine)
    yield from total_rows(page, _SPAN - 1, 0)


def _measure_rows(page: PrintedValuation, lines: Sequence[Numbered]) -> Iterator[Row]:
    """The measure with what is true of all its lines and their value, then a row for each line or for lines alike."""
    measure = lines[0][1].measure
    confidence = measure.proxy.confidence if measure.proxy is not None else ""
    said = f"for each {measure.each_name}{f', {confidence} confidence' if confidence else ''}."
    told = measure_details(page, [line for _, line in lines])
    title = measure.full_name
    runs = [Run(title, bold=True), Run(f"  {' '.join([said, *told])}", muted=True)]
    name = Cell([Part(runs, SUM_CLOSE)], span=_SPAN - 1)
    value = Cell([_value(total(line.social_value for _, line in lines), lines[0][1])])
    yield Row([name, value], RowKind.HEAD, joined=True, continued=title)
    for alike in _alike(page, lines):
        yield _row(page, alike)


def _value(pounds: Decimal, line: LineValue) -> Part:
    return Part(format_pounds(pounds), SUM_CLOSE) if line.measure.is_valued else Part("counted only", _COUNTED)


def _alike(page: PrintedValuation, lines: Sequence[Numbered]) -> list[_Alike]:
    """The lines with those that are the same but for their number together; a long statement stands alone."""
    groups: dict[tuple[Commitment, str, bool], list[Numbered]] = {}
    for number, line in lines:
        statement = statement_of(line)
        own = line.commitment.key if len(statement) > MOST_STATEMENT else ""
        same = replace(line.commitment, key=own, statement=statement)
        groups.setdefault((same, format_pounds(line.social_value), page.is_counted(line)), []).append((number, line))
    return [_Alike(tuple(numbers_of(found)), found[0][1]) for found in groups.values()]


def _row(page: PrintedValuation, alike: _Alike) -> Row:
    line, many = alike.line, len(alike.numbers)
    pounds = total([line.social_value] * many)
    runs: list[Run | PageRun] = []
    if many > 1:
        runs.append(Run(f"{capital(all_lines_named(alike.numbers))}, each the same: "))
    runs += in_segments(f"{'; '.join(_sums(line))}.", ends=";")
    if many > 1 and line.measure.is_valued:
        sum_of_lines = f"{many} × {format_pounds(line.social_value)} = {format_pounds(pounds)}."
        runs += [Run(" In all "), Run(sum_of_lines, whole=True)]
    runs += _details(page, alike.numbers[0], line)
    if not page.is_counted(line):
        runs.append(Run(" Has an error: not counted yet.", bold=True))
    parts = [Part(text, SUM_MUTED) for text in _rates(line)]
    cells = [
        Cell([Part(str(alike.numbers[0]), SUM_CLOSE)]),
        Cell([Part(runs, SUM_CLOSE), *parts]),
        Cell([_value(pounds, line)]),
    ]
    number = alike.numbers[0]
    return Row(cells, bookmark=Bookmark(f"{number}. {line.measure.title}", 2, line_key(number), is_heading=False))


def _details(page: PrintedValuation, number: int, line: LineValue) -> Iterator[Run | PageRun]:
    """Place, share, jobs and what else is to be said of a line, then its statement, in the same paragraph."""
    place = place_of(page, line)
    words = [sentence(capital(place)) if place else "", *details_of(page, line)]
    said = " ".join(filter(None, words))
    if said:
        yield Run(f" {said}", muted=True)
    statement = statement_of(line)
    if len(statement) > MOST_STATEMENT:
        yield Run(" Statement: page ", muted=True)
        yield PageRun(statement_key(number))
        yield Run(".")
    elif statement:
        yield Run(f" {statement}", italic=True, muted=True)


def _rates(line: LineValue) -> Iterator[str]:
    """How the quantities of a promise per pound of spend come about, year by year."""
    for year in line.years:
        yield from (f"{_years(line, [year.year.label])}: {step.text}" for step in year.steps if step.name == "rate")


def _sums(line: LineValue) -> list[str]:
    """The sums of the line, each with its years."""
    sums = value_sums(line)
    if 1 < len(sums) <= MOST_IN_ORDER and len(sums) == len(line.years):
        return [printed.equation for printed in sums]
    told = [_sum(line, printed) for printed in sums]
    told += [f"{label}: the menu has no value, £0.00" for label in years_without_value(line)]
    if not line.measure.is_valued:
        told += [_counted(line, run) for run in quantity_runs(line) if run.quantity]
    return told or ["none"]


def _sum(line: LineValue, printed: PrintedSum) -> str:
    """A sum with its years."""
    years = _years(line, printed.labels)
    each = " each" if printed.times > 1 and years != EACH_YEAR else ""
    return f"{years}: {printed.equation}{each}"


def _years(line: LineValue, labels: Sequence[str]) -> str:
    """Contract years by their numbers: "Year 1", "Years 2 and 3", "Years 2 to 5", "Each year"."""
    numbers = [year.year.index + 1 for year in line.years if year.year.label in labels]
    first, last = numbers[0], numbers[-1]
    if len(numbers) == len(line.years) > 1:
        return EACH_YEAR
    return f"Year {first}" if first == last else f"Years {first} {'and' if last == first + 1 else 'to'} {last}"


def _counted(line: LineValue, run: QuantityRun) -> str:
    return f"{_years(line, run.labels)}: {promised(line.measure, run.quantity)}, counted and not valued"
