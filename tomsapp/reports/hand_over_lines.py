"""Each promise of a hand-over sheet: what, where and in whose words, when by quarter, and which evidence to ask for."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from tomsapp.domain.delivery.due import Planned
from tomsapp.domain.delivery.quarters import ContractQuarter, quarters_of
from tomsapp.domain.menu import Measure
from tomsapp.domain.unit_words import count_in_words, figure_of
from tomsapp.domain.valuation import LineValue
from tomsapp.domain.wording import format_pounds, plural
from tomsapp.reports.contract_facts import PrintedValuation, line_key
from tomsapp.reports.contract_table import place_of
from tomsapp.reports.flowables import Block, Bullets, Heading, Paragraph
from tomsapp.reports.phrases import sentence
from tomsapp.reports.styles import BODY, CELL, LEAD
from tomsapp.reports.tables import Column, Row, Table, TableLook
from tomsapp.reports.text import Run

_CLOSE = TableLook(line_gap=1.2)
_QUARTERS = 4
_NOTHING = "–"


def each_promise(page: PrintedValuation, lines: Sequence[Planned], *, is_planned: bool) -> Iterator[Block]:
    """The promises by theme, each as a block of its own."""
    yield Heading("Each promise, its plan and its evidence", bookmark="promises")
    if not page.valuation.lines:
        yield Paragraph("Nothing is committed.")
        return
    split = "Each year’s quantity is split evenly over its quarters, what is left over in the last of them; what counts"
    plan = f"{split} once is due at the end of its year."
    if is_planned:
        plan = f"The plan is the one that was last accepted. Where none was: {plan[:1].lower()}{plan[1:]}"
    yield Paragraph(plan, LEAD)
    planned = {line.commitment.key: line for line in lines}
    quarters = quarters_of(page.contract)
    for number, line in page.lines:
        yield from _promise(page, number, line, planned.get(line.commitment.key), quarters)


def _promise(
    page: PrintedValuation, number: int, line: LineValue, planned: Planned | None, quarters: Sequence[ContractQuarter]
) -> Iterator[Block]:
    measure = line.measure
    yield Heading(f"{number}. {measure.title}", 3, line_key(number))
    worth = format_pounds(line.social_value) if measure.is_valued else "counted, not valued in pounds"
    told = [f"{measure.code}: {count_in_words(measure, line.quantity)} in all, {worth}", place_of(page, line)]
    yield Paragraph(sentence(". ".join(filter(None, told))), BODY, keep=True)
    statement = line.commitment.statement.strip()
    if statement:
        yield Paragraph([Run("The supplier’s statement: ", bold=True), Run(statement, italic=True)], BODY)
    else:
        yield Paragraph("The supplier gave no statement.", LEAD)
    if planned is not None:
        yield _plan(page, planned, quarters)
    yield from _evidence(measure)


def _plan(page: PrintedValuation, planned: Planned, quarters: Sequence[ContractQuarter]) -> Block:
    """The quantity of each quarter, a row for each contract year."""
    of_year: dict[int, list[ContractQuarter]] = {}
    for each in quarters:
        of_year.setdefault(each.quarter.year, []).append(each)
    # The months of the first year stand for all, as every year begins on the same day.
    heads = [f"{each.short_label}" for each in of_year[0]]
    heads += [f"Q{number}" for number in range(len(heads) + 1, _QUARTERS + 1)]
    columns = [
        Column("Due in year", 84, row_head=True),
        *(Column(head, 84, right=True) for head in heads),
        Column("Whole year", 71, right=True),
    ]
    return Table(columns, [_year_row(page, planned, year, own) for year, own in of_year.items()], _CLOSE, whole=True)


def _year_row(page: PrintedValuation, planned: Planned, year: int, quarters: Sequence[ContractQuarter]) -> Row:
    quantities = [planned.in_quarter(each.quarter) for each in quarters]
    cells = [_figure(planned.measure, quantity) for quantity in quantities]
    cells += [_NOTHING] * (_QUARTERS - len(cells))
    whole = _figure(planned.measure, sum(quantities, Decimal(0)))
    return Row([page.contract.years[year].label, *cells, whole])


def _figure(measure: Measure, quantity: Decimal) -> str:
    return figure_of(measure, quantity) if quantity else "0"


def _evidence(measure: Measure) -> Iterator[Block]:
    items = [sentence(each) for each in measure.evidence]
    if measure.evidence_months:
        items.append(f"It exists {plural(measure.evidence_months, 'month')} after a unit counts.")
        if measure.evidence_if_later:
            items.append(f"Where that is after the contract’s end: {sentence(measure.evidence_if_later)}")
    if not items:
        yield Paragraph("The menu names no evidence for it: agree with the supplier what shows it.", LEAD)
        return
    yield Paragraph([Run("Evidence to ask for", bold=True)], CELL, keep=True)
    yield Bullets(items, CELL)
