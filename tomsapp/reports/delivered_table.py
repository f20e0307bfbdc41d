"""Every commitment in one row: promised, due, claimed, evidenced, accepted, its rating and its pounds."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import groupby

from tomsapp.domain.delivery.figures import DeliveredLine
from tomsapp.domain.delivery.rating import bounds_in_words
from tomsapp.domain.delivery.years_apart import YearUnits, rating_sum, years_apart
from tomsapp.domain.money import total
from tomsapp.domain.wording import format_pounds, format_quantity
from tomsapp.reports.delivered_facts import (
    PrintedDelivery,
    counted_in,
    line_key,
    rating_parts,
    unit_places,
    units_text,
)
from tomsapp.reports.flowables import Block, Heading, Paragraph
from tomsapp.reports.fonts import FontSet
from tomsapp.reports.one_page import roomiest
from tomsapp.reports.styles import CELL_STRONG, NOTE, SUM, SUM_MUTED, SUM_STRONG
from tomsapp.reports.tables import Cell, Column, Part, Row, RowKind, Table, TableLook, together
from tomsapp.reports.text import PageRun, Run

_COLUMNS = (
    Column("No.", 17, right=True),
    Column("Commitment, counted in", 110, row_head=True, words=True),
    Column("In all", 35, right=True),
    Column("Due now", 32, right=True),
    Column("Claimed", 38, right=True),
    Column("Evi- denced", 36, right=True),
    Column("Accepted", 42, right=True),
    Column("Rating", 114, words=True),
    Column("£ accepted", 56, right=True),
    Column("Page", 24, right=True),
)
_NAMED = 8
_FIGURES = 5
"""How many of the columns are quantities."""
_NONE = Decimal(0)
_LOOKS = tuple(TableLook(style=SUM, line_gap=gap, edge=edge) for gap, edge in ((1.4, 2.6), (1.0, 2.2), (0.6, 1.8)))
"""How the table is set, from roomy to close."""


def every_commitment(page: PrintedDelivery, fonts: FontSet) -> list[Block]:
    """The table by theme, its total in pounds, and how a rating is made; set closer where it then stays one page."""
    heading = Heading("Every commitment", bookmark="commitments")
    if not page.delivered.lines:
        return [heading, Paragraph("The contract has no commitments, so nothing can be delivered of them.")]
    rows, how = list(_rows(page)), list(_how(page))

    def table(look: TableLook) -> list[Block]:
        return [heading, Table(_COLUMNS, rows, look, after=5)]

    def both(look: TableLook) -> list[Block]:
        return [*table(look), Paragraph(how, NOTE)]

    look = roomiest(_LOOKS, both, fonts)
    if look is not None:
        return both(look)
    # Its note, which stands on the next page, must not take the last rows of the table with it.
    look = roomiest(_LOOKS, table, fonts)
    return both(_LOOKS[0]) if look is None else [*table(look), Paragraph(how, NOTE, tail=False)]


def _rows(page: PrintedDelivery) -> Iterator[Row]:
    for theme, lines in page.themes:
        name = Cell([Part(theme.title, CELL_STRONG)], span=_NAMED, swatch=theme.number)
        pounds = total(line.pounds.accepted for _, line in lines)
        yield Row([name, _pounds(format_pounds(pounds)), ""], RowKind.GROUP, continued=theme.title)
        for number, line in lines:
            yield from _of_line(page, number, line)
    delivered = page.delivered
    due = f"Total in pounds, at most what was due ({format_pounds(delivered.pounds.due)})"
    percent = delivered.summary.percent
    of_due = Cell([Part(f"{percent} of due" if percent else delivered.summary.sum_words, CELL_STRONG)])
    name = Cell([Part(due, CELL_STRONG)], span=_NAMED - 1)
    yield Row([name, of_due, _pounds(format_pounds(delivered.pounds.accepted)), ""], RowKind.TOTAL)


def _pounds(text: str) -> Cell:
    return Cell([Part(text, CELL_STRONG)])


def _of_line(page: PrintedDelivery, number: int, line: DeliveredLine) -> Iterator[Row]:
    """The row of a commitment; where its years do not add up, one under it for each of them."""
    places = unit_places(line)
    name = Cell([Part([Run(line.measure.title), Run(f"  {counted_in(line.measure)}", muted=True)], SUM)])
    pounds = format_pounds(line.pounds.accepted) if line.measure.is_valued else "–"
    rated: list[str | Cell] = [
        Cell(rating_parts(line.rated.rating, [rating_sum(line)])),
        pounds,
        Cell([Part([PageRun(line_key(number))])]),
    ]
    if line.adds_up or len(line.promised_by_year) == 1:
        returned, units = line.returned, line.units
        figures = YearUnits(
            line.promised, units.due, returned.claimed, returned.evidenced, returned.accepted, returned.provisional
        )
        yield Row([str(number), name, *_figures(figures, places, units.surplus), *rated])
        return
    apart = Cell([Part("each year by itself", SUM_MUTED)], span=_FIGURES)
    rows = [Row([str(number), name, apart, *rated], joined=True)]
    years = zip(page.delivered.years, years_apart(line), strict=True)
    for figures, run in groupby(years, key=lambda each: each[1]):
        labels = [year.label for year, _ in run]
        label = labels[0] if len(labels) == 1 else f"{labels[0]} to {labels[-1]}, each"
        rows.append(Row(["", Cell([Part(label, SUM_MUTED)]), *_figures(figures, places), "", "", ""], joined=True))
    yield from together([*rows[:-1], replace(rows[-1], joined=False)])


def _figures(figures: YearUnits, places: int, surplus: Decimal = _NONE) -> list[str | Cell]:
    """Promised, due, claimed, evidenced and accepted, with what of it is provisional and what was over."""
    accepted = [Part(units_text(figures.accepted, places), SUM_STRONG)]
    accepted += [
        Part(f"{sign} {format_quantity(quantity)}", SUM_MUTED)
        for sign, quantity in (("p", figures.provisional), ("s", surplus))
        if quantity
    ]
    counted = (figures.promised, figures.due, figures.claimed, figures.evidenced)
    return [*(units_text(quantity, places) for quantity in counted), Cell(accepted)]


def _how(page: PrintedDelivery) -> Iterator[Run]:
    """How a rating is made, with one line worked out, and what the letters mean."""
    yield Run("How the rating is made. ", bold=True)
    lines = [(number, line) for number, line in page.lines if line.rated.percent]
    worked = next(((n, line) for n, line in lines if line.units.accepted != line.units.due), next(iter(lines), None))
    example = ""
    if worked is not None:
        number, line = worked
        example = f": line {number} is {rating_sum(line)}"
    yield Run(
        f"Accepted ÷ due, on quantities, at most what was due, cut to one decimal{example}. "
        f"{bounds_in_words(page.paper.rules)} (as set in the council’s database). "
    )
    if any(line.returned.provisional for _, line in page.lines):
        yield Run("“p”: provisional, inside accepted; it falls away if it does not last. ")
    if any(line.units.surplus for _, line in page.lines):
        yield Run("“s”: surplus, beyond what was due; not counted. ")
    if any(not line.adds_up for _, line in page.lines):
        yield Run("Per cents, and yes or no, are never added up: each year stands by itself. ")
    if any(not line.measure.is_valued for _, line in page.lines):
        yield Run("A dash: counted, never valued. ")
    yield Run("Claimed leaves out what was rejected or withdrawn.")
