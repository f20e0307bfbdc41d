"""Every commitment at a glance: a row for each, with its number, before the sums."""

from collections.abc import Callable, Iterator, Sequence

from tomsapp.domain.commitment import WHOLE_AREA
from tomsapp.domain.contract_dates import length_text
from tomsapp.domain.menu import Theme
from tomsapp.domain.money import difference, total
from tomsapp.domain.sums import QuantityRun, quantities_text, quantity_runs
from tomsapp.domain.unit_words import counts_heads
from tomsapp.domain.units import Unit
from tomsapp.domain.valuation import LineValue
from tomsapp.domain.wording import format_date, format_percent, format_pounds, format_quantity, plural
from tomsapp.reports.contract_facts import Numbered, PrintedValuation, line_key
from tomsapp.reports.flowables import Block, Heading, Paragraph
from tomsapp.reports.phrases import capital, lines_named, promised
from tomsapp.reports.styles import CELL_MUTED, CELL_STRONG, LEAD, NOTE, SUM_MUTED
from tomsapp.reports.tables import Cell, Column, Part, Row, RowKind, Table, TableLook, together
from tomsapp.reports.text import PageRun, Run, in_segments

_COLUMNS = (
    Column("No.", 18, right=True),
    Column("What is promised", 176, row_head=True),
    Column("By year", 56, right=True),
    Column("In all", 34, right=True),
    Column("Unit value", 52, right=True),
    Column("Share", 30, right=True),
    Column("Social value", 58, right=True),
    Column("Confidence", 42),
    Column("Page", 25, right=True),
)

_SPAN = len(_COLUMNS)

MOST_DATED = 3
"""The unit values of more years than these stand with their sums alone."""

ROOMY = TableLook(line_gap=2.6, edge=3.0)
"""How the table is set where it has room."""


def at_a_glance(page: PrintedValuation, look: TableLook = ROOMY) -> list[Block]:
    """The table of all commitments by theme with subtotals, its total, and what must be known to read it."""
    heading = Heading("Every commitment at a glance", bookmark="summary")
    if not page.valuation.lines:
        return [heading, Paragraph("Nothing is committed yet.")]
    lead = (
        "One row for each commitment, theme by theme, with the number it has in the attached files. Equal years are "
        "folded: “3 × 40” is 40 in each of 3 years. The sum of every row is on the page named at its end."
    )
    notes = Paragraph(" ".join(notes_on(page)), NOTE)
    return [
        heading,
        Paragraph(lead, LEAD, keep=True),
        Table(_COLUMNS, list(_rows(page)), look),
        notes,
    ]


def _rows(page: PrintedValuation) -> Iterator[Row]:
    for theme, lines in page.themes:
        name = theme_name(page, theme, lines, 6)
        subtotal = Cell([Part(format_pounds(total(line.social_value for _, line in lines)), CELL_STRONG)])
        yield Row([name, subtotal, Cell([Part("")], span=2)], RowKind.GROUP, continued=theme.title)
        for number, line in lines:
            yield _row(page, number, line)
    yield from total_rows(page, 6, 2)


def theme_name(page: PrintedValuation, theme: Theme, lines: Sequence[Numbered], span: int) -> Cell:
    """A theme over its lines; with errors its subtotal is what is claimed, and the name says what of it counts."""
    parts = [Part(theme.title, CELL_STRONG)]
    if any(not page.is_counted(line) for _, line in lines):
        counted = total(line.social_value for _, line in lines if page.is_counted(line))
        parts.append(Part(f"Claimed, of which {format_pounds(counted)} can be counted", SUM_MUTED))
    return Cell(parts, span=span, swatch=theme.number)


def total_rows(page: PrintedValuation, span: int, after: int) -> list[Row]:
    """The rows of the totals, which stay together: a name over `span` columns, the amount, `after` empty columns."""
    rows: list[Row] = []
    for label, amount in totals_of(page):
        cells = [Cell([Part(label, CELL_STRONG)], span=span), Cell([Part(amount, CELL_STRONG)])]
        cells += [Cell([Part("")], span=after)] if after else []
        rows.append(Row(cells, RowKind.TOTAL))
    return together(rows)


def totals_of(page: PrintedValuation) -> list[tuple[str, str]]:
    """The total; with errors what is claimed, what is not counted, and what is left."""
    claimed, counted = page.valuation.social_value, page.counted.social_value
    if not page.checked.inadmissible:
        return [(f"Total of {_lines(page.lines)}", format_pounds(claimed))]
    wrong = [numbered for numbered in page.lines if not page.is_counted(numbered[1])]
    are = "is" if len(wrong) == 1 else "are"
    return [
        (f"Claimed by {_lines(page.lines)}", format_pounds(claimed)),
        (f"Not counted until {_lines(wrong)} {are} put right", format_pounds(difference(counted, claimed))),
        (f"Can be counted, of {_lines(page.counted_lines)}", format_pounds(counted)),
    ]


def _lines(lines: Sequence[Numbered]) -> str:
    return plural(len(lines), "commitment", "commitments")


def _row(page: PrintedValuation, number: int, line: LineValue) -> Row:
    measure = line.measure
    share = [Part(format_percent(line.commitment.contract_share)), *map(Part, _factors(line))]
    runs = quantity_runs(line)
    is_dated = any(run.unit_value is not None and run.unit_value.year is not None for run in runs)
    if is_dated and len(runs) <= MOST_DATED:
        by_year = Cell([Part(run.text) for run in runs])
        unit_value = Cell([Part(_unit_value(run)) for run in runs])
    elif is_dated:
        by_year = Cell([Part(in_segments(_by_year(line)))])
        unit_value = Cell([Part("by year", CELL_MUTED)])
    else:
        by_year = Cell([Part(in_segments(_by_year(line)))])
        first = next((run.unit_value for run in runs if run.unit_value is not None), None)
        first = first or measure.unit_value_in(page.contract.start_on.year)
        unit_value = Cell([Part("none", CELL_MUTED) if first is None else Part(format_pounds(first.value))])
    value = Part(format_pounds(line.social_value)) if measure.is_valued else Part("counted only", CELL_MUTED)
    confidence = measure.proxy.confidence if measure.proxy is not None else ""
    return Row(
        [
            str(number),
            Cell(list(_what(page, line))),
            by_year,
            _in_all(line),
            unit_value,
            Cell(share),
            Cell([value]),
            capital(confidence) or "–",
            Cell([Part([PageRun(line_key(number))])]),
        ]
    )


def _factors(line: LineValue) -> list[str]:
    """The factors of the menu that every year has, as its sums have them: "× 0.73"."""
    steps = next((year.steps for year in line.years if year.quantity), ())
    return [step.text for step in steps if step.name in {"deadweight", "displacement", "benefit"}]


def _what(page: PrintedValuation, line: LineValue) -> Iterator[Part]:
    """The measure, its code and unit, the place, and whether the line is not counted yet."""
    measure, commitment = line.measure, line.commitment
    said = [f"{measure.code}, for each {measure.each_name}", place_of(page, line)]
    yield Part([Run(f"{measure.title}  "), Run(", ".join(filter(None, said)), muted=True)])
    if commitment.rate is not None:
        per = format_pounds(commitment.rate.per_pounds)
        yield Part(f"{format_quantity(commitment.rate.quantity)} for each {per} of spend", SUM_MUTED)
    if not page.is_counted(line):
        yield Part("Has an error: not counted yet", CELL_STRONG)


def place_of(page: PrintedValuation, line: LineValue) -> str:
    """Where a line is delivered; empty for the whole borough."""
    place = line.commitment.place
    if place == WHOLE_AREA:
        return ""
    return page.area.place_name(place) if page.area else place


def _by_year(line: LineValue) -> str:
    """The quantities by year; yes or no and percentages as they are said."""
    measure = line.measure
    if measure.unit is Unit.YES_NO:
        return "yes" if any(year.quantity for year in line.years) else "no"
    if measure.unit is not Unit.PERCENT:
        return quantities_text(line)
    runs = quantity_runs(line)
    return ", then ".join(f"{run.times} × " * (run.times > 1) + promised(measure, run.quantity) for run in runs)


def _in_all(line: LineValue) -> str:
    """All years together, where they can be added: people of several years and percentages cannot."""
    measure = line.measure
    years = sum(1 for year in line.years if year.quantity)
    if measure.unit in {Unit.YES_NO, Unit.PERCENT} or (counts_heads(measure) and years > 1):
        return "–"
    return format_quantity(line.quantity)


def _unit_value(run: QuantityRun) -> str:
    return format_pounds(run.unit_value.value) if run.unit_value is not None else "–"


def notes_on(page: PrintedValuation) -> Iterator[str]:
    """What must be known to read the table, each with the lines that it is about."""
    lines = page.lines
    dated = _numbers(lines, lambda line: line.measure.proxy is not None and line.measure.proxy.is_dated)
    if dated:
        yield f"{dated}: a unit has its own value for each calendar year, as its source publishes it."
    heads = _numbers(lines, lambda line: counts_heads(line.measure) and sum(bool(y.quantity) for y in line.years) > 1)
    if heads:
        yield f"{heads}: the same people may be counted each year, so the years are not added."
    real = _numbers(lines, lambda line: line.real_pounds != 0)
    if real:
        claimed = total(line.real_pounds for _, line in lines)
        counted = page.counted.real_pounds
        of_it = f" claimed, of which {format_pounds(counted)} can be counted" if counted != claimed else ""
        yield f"{real}: also {format_pounds(claimed)} in real pounds{of_it}, a second figure that is never added."
    yield from _short_year(page)
    factors = _numbers(lines, _has_factor)
    if factors:
        yield f"{factors}: the factor under the share is the menu’s; the sum of the line says what it stands for."
    if page.edition.discount_rate:
        grown = format_quantity(1 + page.edition.discount_rate)
        yield f"Each later year is divided by {grown} again; the sums have the factors."
    yield "Percentages are cut, never rounded up."


def _numbers(lines: Sequence[Numbered], holds: Callable[[LineValue], bool]) -> str:
    """The lines of which something holds, in words at the start of a sentence; empty where it holds of none."""
    found = [number for number, line in lines if holds(line)]
    return capital(lines_named(found)) if found else ""


def _has_factor(line: LineValue) -> bool:
    measure = line.measure
    return bool(measure.deadweight_share or measure.displacement_share) or measure.benefit_years > 1


def _short_year(page: PrintedValuation) -> Iterator[str]:
    """That the last contract year is shorter than the others, where it is."""
    year = page.contract.years[-1]
    if year.is_short:
        length = length_text(year.starts_on, year.ends_on)
        yield (
            f"{year.label} lasts {length} only, to {format_date(year.ends_on)}: what is promised there is for that "
            "time, at the whole value of each unit."
        )
