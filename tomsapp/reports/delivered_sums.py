"""The sums of every commitment: what was returned in each quarter, its pounds written out, its rating and evidence."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import groupby

from tomsapp.domain.contract_dates import ContractYear
from tomsapp.domain.delivery.delivered_sums import quarter_text
from tomsapp.domain.delivery.figures import DeliveredLine, QuarterFigures, State
from tomsapp.domain.delivery.years_apart import of_year
from tomsapp.domain.menu import Earned, Measure
from tomsapp.domain.money import exact_sum
from tomsapp.domain.wording import format_date, format_percent, format_pounds, format_quantity
from tomsapp.reports.delivered_closing import closing
from tomsapp.reports.delivered_facts import (
    PrintedDelivery,
    counted_in,
    line_key,
    unit_places,
    units_text,
)
from tomsapp.reports.flowables import Block, Heading, Paragraph
from tomsapp.reports.paging import Bookmark
from tomsapp.reports.phrases import capital
from tomsapp.reports.styles import LEAD, SUM, SUM_MUTED, SUM_QUIET, SUM_STRONG
from tomsapp.reports.tables import Cell, Column, Part, Row, RowKind, Table, TableLook
from tomsapp.reports.text import Content, Run, in_segments

_LABEL, _QUARTER, _YEAR = 128, 72, 75
_LOOK = TableLook(line_gap=0.7, edge=3.0)
_NONE = Decimal(0)
_EARNED = {
    Earned.AT_START: "earned at its start",
    Earned.OVER_TIME: "earned over time",
    Earned.AT_COMPLETION: "earned at completion",
}


def every_sum(page: PrintedDelivery) -> list[Block]:
    """A block for each commitment, by theme."""
    if not page.delivered.lines:
        return []
    lead = (
        "A quarter is worth what was accepted so far in that contract year, less what that was worth to the end of the "
        "quarter before, each rounded once: so quarters add up to years, and years to the value as signed, to the "
        "penny. Accepted units fill what was due in the order in which it fell due, each at the value of its own year. "
        "Key each sum in from left to right."
    )
    blocks: list[Block] = [Heading("Every sum", bookmark="sums"), Paragraph(lead, LEAD, keep=True)]
    quarters = _columns(page)
    for theme, lines in page.themes:
        blocks.append(Heading(f"{theme.number} {theme.title}", 3))
        for number, line in lines:
            rows = list(_rows(page, number, line, len(quarters)))
            columns = (Column("", _LABEL, row_head=True), *quarters, Column("Year", _YEAR, right=True))
            blocks.append(Table(columns, rows, _LOOK, whole=True, after=9))
    return [*blocks, *_added_up(page)]


_POUNDS = (
    Column("Line", 22, right=True, row_head=True),
    *(Column(head, 67, right=True) for head in ("Due", "Claimed", "Evidenced", "Accepted", "Of it for good")),
    *(Column(head, 60, right=True) for head in ("Rejected", "Surplus")),
)
_AMOUNTS = ("due", "claimed", "evidenced", "accepted", "final", "rejected", "surplus")


def _added_up(page: PrintedDelivery) -> list[Block]:
    """The pounds of every commitment in a row, which add up to the totals of the first page."""
    valued = [(number, line) for number, line in page.lines if line.measure.is_valued]
    if not valued or not page.delivered.last_quarter:
        return []
    rows = [
        Row([str(number), *(format_pounds(getattr(line.pounds, name)) for name in _AMOUNTS)]) for number, line in valued
    ]
    total = [format_pounds(getattr(page.delivered.pounds, name)) for name in _AMOUNTS]
    rows.append(Row(["All", *total], RowKind.TOTAL))
    lead = (
        "The pounds of each commitment to date, which add up to the totals of page 1. Due, claimed, evidenced and "
        "accepted count at most what was due; rejected and surplus stand apart."
    )
    look = TableLook(style=SUM, line_gap=0.8, edge=3.0)
    return [Heading("Added up"), Paragraph(lead, LEAD, keep=True), Table(_POUNDS, rows, look)]


def _columns(page: PrintedDelivery) -> tuple[Column, ...]:
    """A column for each quarter of a contract year with its months, which are the same in every year."""
    first: dict[int, str] = {}
    for each in page.delivered.lines[0].quarters:
        first.setdefault(each.quarter.quarter.number, each.quarter.short_label)
    return tuple(Column(label, _QUARTER, right=True) for label in first.values())


def _rows(page: PrintedDelivery, number: int, line: DeliveredLine, quarters: int) -> Iterator[Row]:
    span = quarters + 2
    title = f"{number}. {line.measure.title}"
    name = [Run(title, bold=True), Run(f"  {line.measure.code}, for each {counted_in(line.measure)}", muted=True)]
    mark = Bookmark(title, 3, line_key(number), is_heading=False)
    head = Cell([Part(name), Part(_about(page, line), SUM_MUTED)], span=span)
    yield Row([head], RowKind.GROUP, bookmark=mark, continued=title)
    years = {index: list(own) for index, own in groupby(line.quarters, key=lambda each: each.quarter.quarter.year)}
    to_come: list[ContractYear] = []
    for year in page.delivered.years:
        own = years[year.index]
        if not any(each.is_due or each.delivery for each in own):
            to_come.append(year)
        elif any(each.delivery is not None for each in own):
            yield from _year(page, line, year, own, quarters)
        elif line.promised_by_year[year.index]:
            due = exact_sum(each.planned for each in own if each.is_due)
            told = f"{format_quantity(due)} due by now, nothing returned" if due else "nothing due yet"
            promised = format_quantity(line.promised_by_year[year.index])
            yield _head([Run(year.label, bold=True), Run(f"  {promised} promised, {told}.", muted=True)], span)
    if any(line.promised_by_year[year.index] for year in to_come):
        yield _head([Run(_to_come(line, to_come))], span)
    yield from closing(page, line, span)


def _about(page: PrintedDelivery, line: DeliveredLine) -> str:
    """Unit value, share, place and when it is earned."""
    measure, commitment = line.measure, line.commitment
    told = [_unit_values(page, line)]
    if commitment.contract_share != 1:
        told.append(f"this contract’s share {format_percent(commitment.contract_share)}")
    if commitment.place:
        told.append(page.area.place_name(commitment.place) if page.area else commitment.place)
    if measure.earned is not None:
        told.append(_EARNED[measure.earned])
    return f"{capital(', '.join(told))}."


def _unit_values(page: PrintedDelivery, line: DeliveredLine) -> str:
    if not line.measure.is_valued:
        return "counted and not valued"
    values = [None if value is None else value.value for value in line.unit_values]
    if len(set(values)) == 1 and values[0] is not None:
        return f"unit value {format_pounds(values[0])}"
    told = [
        f"{year.label} {'none' if value is None else format_pounds(value)}"
        for year, value in zip(page.delivered.years, values, strict=True)
    ]
    return f"unit values {', '.join(told)}"


def _to_come(line: DeliveredLine, years: Sequence[ContractYear]) -> str:
    """The years in which nothing is due yet: equal ones stand once."""
    told = []
    for quantity, run in groupby(years, key=lambda year: line.promised_by_year[year.index]):
        labels = [year.label for year in run]
        named = labels[0] if len(labels) == 1 else f"{labels[0]} to {labels[-1]}, each year"
        told.append(f"{named}: {format_quantity(quantity) if quantity else 'none'}")
    return f"Still to fall due: {'; '.join(told)}."


def _head(content: Content, span: int) -> Row:
    """A row of its own, which ends the year over it."""
    return Row([Cell([Part(content, SUM)], span=span)], RowKind.HEAD)


def _wide(content: Content, span: int, *, joined: bool = False) -> Row:
    return Row([Cell([Part(content, SUM)], span=span)], joined=joined)


# The grid of a year


def _year(
    page: PrintedDelivery, line: DeliveredLine, year: ContractYear, own: Sequence[QuarterFigures], quarters: int
) -> Iterator[Row]:
    """The head of a contract year, a row for each state, and the pounds of its quarters."""
    places = unit_places(line)
    until = f", to {format_date(year.ends_on)}" if year.is_short else ""
    promised = format_quantity(line.promised_by_year[year.index])
    name = [Run(f"{year.label}{until}", bold=True), Run(f"  {promised} promised", muted=True)]
    yield Row([Cell([Part(name, SUM)], span=quarters + 2)], RowKind.HEAD, joined=True, continued=year.label)
    for label, cells, whole in _together(list(_states(line.measure, own, places))):
        filled: list[str | Cell] = [*cells, *[""] * (quarters - len(cells))]
        yield Row([Cell([Part(label, SUM)]), *filled, _figure(whole, strong=True)], joined=True)
    yield _wide(_pounds(page, line, year, own), quarters + 2)


_State = tuple[str, list[Cell], str]
"""A state with the figure of each quarter and of the year."""


def _together(states: Sequence[_State]) -> Iterator[_State]:
    """States that follow each other with the same figures stand once: most of what is claimed is accepted."""
    for _, run in groupby(states, key=lambda state: ([_plain(cell) for cell in state[1]], state[2])):
        alike = list(run)
        names = [name for name, _, _ in alike]
        yield capital(", ".join(name.lower() for name in names)), alike[-1][1], alike[-1][2]


def _plain(cell: Cell) -> str:
    """What a cell says, without how."""
    return " ".join(str(part.content) for part in cell.parts)


def _states(measure: Measure, own: Sequence[QuarterFigures], places: int) -> Iterator[_State]:
    """Each state with the figure of each quarter and of the year."""
    due = [each for each in own if each.is_due]
    yield "Due", [_due(each, places) for each in own], units_text(exact_sum(each.planned for each in due), places)
    for label, name in (("Claimed", "standing"), ("Evidenced", "shown")):
        yield label, [_state(each, name, places) for each in own], _sum_of(measure, own, name, places)
    yield "Accepted", [_accepted(each, places) for each in own], _sum_of(measure, own, "accepted", places)
    counted = [each.of(State.ACCEPTED).units for each in own]
    if any(units != _quantity(each, "accepted") for units, each in zip(counted, own, strict=True)):
        cells = [_figure(units_text(units, places)) for units in counted]
        yield "Counts, at most due", cells, units_text(exact_sum(counted), places)
    for label, name in (("Rejected", "rejected"), ("Withdrawn", "withdrawn")):
        if any(_quantity(each, name) for each in own):
            yield label, [_state(each, name, places) for each in own], _sum_of(measure, own, name, places)


def _figure(text: str, *, strong: bool = False) -> Cell:
    return Cell([Part(text, SUM_STRONG if strong else SUM)])


def _due(each: QuarterFigures, places: int) -> Cell:
    text = units_text(each.planned, places)
    if each.is_due:
        return _figure(text)
    return Cell([Part(f"{text} later" if each.planned else "–", SUM_QUIET)])


def _quantity(each: QuarterFigures, name: str) -> Decimal:
    quantity: Decimal = _NONE if each.delivery is None else getattr(each.delivery, name)
    return quantity


def _state(each: QuarterFigures, name: str, places: int) -> Cell:
    if each.delivery is not None:
        return _figure(units_text(_quantity(each, name), places))
    if name == "standing" and each.is_missing:
        return Cell([Part("no return", SUM_QUIET)])
    return Cell([Part("–", SUM_QUIET)])


def _accepted(each: QuarterFigures, places: int) -> Cell:
    if each.delivery is None:
        return Cell([Part("–", SUM_QUIET)])
    provisional = each.delivery.provisional
    parts = [Part(units_text(each.delivery.accepted, places), SUM_STRONG)]
    return Cell([*parts, *([Part(f"p {format_quantity(provisional)}", SUM_MUTED)] if provisional else [])])


def _sum_of(measure: Measure, own: Sequence[QuarterFigures], name: str, places: int) -> str:
    """What the quarters of a year come to."""
    return units_text(of_year(measure, (_quantity(each, name) for each in own)), places)


# The pounds


def _pounds(page: PrintedDelivery, line: DeliveredLine, year: ContractYear, own: Sequence[QuarterFigures]) -> Content:
    """What each quarter adds in pounds: the sum so far, less the sum so far of the quarter before."""
    if not line.measure.is_valued:
        return "Counted and not valued."
    texts = [text for each in own if (text := quarter_text(line, each, State.ACCEPTED, page.labels))]
    # What a quarter begins with was told as the end of the one before.
    told = list(dict.fromkeys(part for text in texts for part in text.split("; ")))
    if not told:
        return "Accepted in pounds: nothing that counts."
    together = ""
    if len(texts) > 1:
        pounds = exact_sum(each.of(State.ACCEPTED).pounds for each in own)
        together = f". {year.label} in all {format_pounds(pounds)}"
    return [Run("Accepted in pounds: ", muted=True), *in_segments(f"{'; '.join(told)}{together}.", ends=";")]
