"""What was due and is not accepted: the sum of each shortfall, its cause, what was agreed, and what stays open."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import assert_never

from tomsapp.domain.delivery.acts import DeliveryAct, DeliveryActKind
from tomsapp.domain.delivery.delivered_sums import shortfall_text
from tomsapp.domain.delivery.figures import Agreed, DeliveredLine
from tomsapp.domain.delivery.years_apart import units_in_words
from tomsapp.domain.money import exact_sum, round_pounds, total
from tomsapp.domain.steps import steps_of, sum_text
from tomsapp.domain.unit_words import count_in_words, figure_of
from tomsapp.domain.wording import format_date, format_pounds, format_quantity
from tomsapp.reports.delivered_facts import Numbered, PrintedDelivery
from tomsapp.reports.flowables import Block, Heading, Paragraph
from tomsapp.reports.styles import CELL_STRONG, NOTE, SUM, SUM_MUTED
from tomsapp.reports.tables import Cell, Column, Part, Row, RowKind, Table, TableLook
from tomsapp.reports.text import Run

_COLUMNS = (
    Column("Line", 22, right=True),
    Column("Commitment", 88, row_head=True),
    Column("Missing × unit value", 94),
    Column("£ missing", 58, right=True),
    Column("Cause", 76),
    Column("Agreed", 100),
    Column("£ open", 58, right=True),
)
_LOOK = TableLook(style=SUM, line_gap=1.4, edge=2.6)


def shortfalls(page: PrintedDelivery) -> list[Block]:
    """A row for each commitment of which something is missing, the total as the sum that it is, and the surplus."""
    heading = Heading("Shortfalls", bookmark="shortfalls")
    short = [numbered for numbered in page.lines if numbered[1].shortfall.units]
    surplus = _surplus(page)
    whole = [
        Paragraph(f"Of the whole contract the supplier was {each.told_words}.", NOTE)
        for each in page.paper.improvements_of("")
    ]
    if not short:
        nothing = "Nothing that was due is missing." if page.delivered.last_quarter else "Nothing was due yet."
        return [heading, Paragraph(nothing), *surplus, *whole]
    rows = [_row(page, number, line) for number, line in short]
    table = Table(_COLUMNS, [*rows, _total(page)], _LOOK, after=5, whole=True)
    return [heading, table, *_note(short), *surplus, *whole]


def _row(page: PrintedDelivery, number: int, line: DeliveredLine) -> Row:
    shortfall = line.shortfall
    agreed = [part for each in shortfall.agreed for part in _agreed(page, line, each)]
    told = [Part(each.told_words, SUM_MUTED) for each in page.paper.improvements_of(line.commitment.key)]
    cause = next((each.act.cause for each in reversed(shortfall.agreed) if each.act.cause.strip()), "")
    if line.measure.is_valued:
        missing, left = format_pounds(shortfall.pounds), format_pounds(shortfall.open_pounds)
    else:
        missing = "–"
        left = f"{_open(page, line)} open" if shortfall.open_units else "–"
    return Row(
        [
            str(number),
            line.measure.title,
            missing_sum(page, line),
            missing,
            cause or "not asked yet",
            Cell([*(agreed or [Part("Open", SUM)]), *told]),
            left,
        ]
    )


def missing_sum(page: PrintedDelivery, line: DeliveredLine) -> str:
    """The missing units × what one is worth in the year in which they were promised; of what has no value its count."""
    if not line.measure.is_valued:
        return units_in_words(line.measure, line.shortfall.by_year, page.labels)
    return shortfall_text(line, replace(line.shortfall, by_year=tuple(_alike(line))))


def _open(page: PrintedDelivery, line: DeliveredLine) -> str:
    """The missing units of what has no value that are not settled."""
    shortfall = line.shortfall
    if line.adds_up:
        return format_quantity(shortfall.open_units)
    return units_in_words(line.measure, shortfall.open_by_year, page.labels)


def _alike(line: DeliveredLine) -> Iterator[tuple[int, Decimal]]:
    """The missing units by year; those of years in which a unit is worth the same stand together."""
    together: dict[object, list[tuple[int, Decimal]]] = {}
    for year, units in line.shortfall.by_year:
        worth = year if line.discount_rate or not line.adds_up else line.unit_values[year]
        together.setdefault(worth, []).append((year, units))
    for years in together.values():
        yield years[0][0], exact_sum(units for _, units in years)


def _agreed(page: PrintedDelivery, line: DeliveredLine, agreed: Agreed) -> Iterator[Part]:
    yield Part(agreed_words(page, line, agreed), SUM)
    yield Part(agreed_by(agreed.act), SUM_MUTED)


def agreed_words(page: PrintedDelivery, line: DeliveredLine, agreed: Agreed) -> str:
    """What was agreed: "Carried to Q4 of year 2", "Substitute: 10 of line 8, £155.90"."""
    act = agreed.act
    match act.kind:
        case DeliveryActKind.CARRY:
            return _carried(line, agreed)
        case DeliveryActKind.SUBSTITUTE:
            other = page.name_of(act.other_commitment) or "a line that is no more"
            measures = {each.commitment.key: each.measure for _, each in page.lines}
            measure = measures.get(act.other_commitment)
            used = figure_of(measure, agreed.used) if measure else format_quantity(agreed.used)
            return f"Substitute: {used} of {other}, {format_pounds(agreed.pounds)}"
        case DeliveryActKind.MONEY:
            return f"{format_pounds(act.amount if act.amount is not None else agreed.pounds)} in money"
        case DeliveryActKind.LEAVE_OPEN:
            return "Left open"
        case (
            DeliveryActKind.ACCEPT
            | DeliveryActKind.ACCEPT_PROVISIONALLY
            | DeliveryActKind.REJECT
            | DeliveryActKind.CONFIRM
            | DeliveryActKind.LAPSE
            | DeliveryActKind.WITHDRAW
            | DeliveryActKind.TAKE_BACK
            | DeliveryActKind.PROPOSE_PLAN
            | DeliveryActKind.RETURN_PLAN
            | DeliveryActKind.ACCEPT_PLAN
            | DeliveryActKind.TELL_TO_IMPROVE
            | DeliveryActKind.IMPROVED
            | DeliveryActKind.NOT_IMPROVED
            | DeliveryActKind.PUBLISH
        ):
            return act.kind.done
        case _:
            assert_never(act.kind)


def _carried(line: DeliveredLine, agreed: Agreed) -> str:
    """What may come later, and by when."""
    act = agreed.act
    to = act.carried_to.words if act.carried_to is not None else "later"
    quantity = act.quantity if agreed.quantity is None else agreed.quantity
    is_part = quantity is not None and quantity != line.shortfall.units
    part = f"{format_quantity(quantity)} " if quantity is not None and is_part else ""
    over = ", which has passed: open again" if agreed.is_over else ""
    return f"{part}{'carried' if part else 'Carried'} to {to}{over}"


def agreed_by(act: DeliveryAct) -> str:
    """Who agreed on both sides, and when."""
    day = format_date(act.done_on)
    if not act.supplier_by:
        return f"{act.by}, {day}"
    if act.supplier_on is None or act.supplier_on == act.done_on:
        return f"{act.by} and {act.supplier_by}, {day}"
    return f"{act.by}, {day}; {act.supplier_by}, {format_date(act.supplier_on)}"


def _total(page: PrintedDelivery) -> Row:
    delivered = page.delivered
    pounds = delivered.pounds
    name = f"Due − accepted: {format_pounds(pounds.due)} − {format_pounds(pounds.accepted)}"
    agreed = f"agreed {format_pounds(delivered.agreed_pounds)}"
    return Row(
        [
            Cell([Part(name, CELL_STRONG)], span=3),
            Cell([Part(format_pounds(pounds.missing), CELL_STRONG)]),
            "",
            Cell([Part(agreed, CELL_STRONG)]),
            Cell([Part(format_pounds(delivered.open_pounds), CELL_STRONG)]),
        ],
        RowKind.TOTAL,
    )


def _note(short: list[Numbered]) -> list[Block]:
    """What must be known to read the sums."""
    said = ["Missing = agreed + open. The pounds missing are due − accepted; the sum beside them is the working."]
    if any(len(line.shortfall.by_year) for _, line in short if line.measure.is_valued):
        said.append("It may differ by a penny for each contract year, as both ends are rounded.")
    if any(each.act.kind is DeliveryActKind.CARRY for _, line in short for each in line.shortfall.agreed):
        said.append("What is carried forward stays due where it was due, and counts when it comes.")
    return [Paragraph(" ".join(said), NOTE)]


def _surplus(page: PrintedDelivery) -> list[Block]:
    """What was accepted beyond what was due: it stands apart."""
    over = [(number, line) for number, line in page.lines if line.units.surplus]
    if not over:
        return []
    last = page.delivered.last_quarter
    year = last.quarter.year if last is not None else 0
    told = [f"line {number}, {_surplus_sum(line, year)}" for number, line in over]
    together = format_pounds(total(line.pounds.surplus for _, line in over))
    runs = [
        Run("Surplus", bold=True),
        Run(f", which counts only as an agreed substitute: {'; '.join(told)}; together {together}."),
    ]
    return [Paragraph(runs, NOTE)]


def _surplus_sum(line: DeliveredLine, year: int) -> str:
    if not line.measure.is_valued:
        return f"{count_in_words(line.measure, line.units.surplus)}, not valued"
    units, pounds, value = line.units.surplus, line.pounds.surplus, line.unit_values[year]
    if value is not None:
        steps = steps_of(line.measure, value, units, line.commitment.contract_share, year, line.discount_rate, pounds)
        if round_pounds(steps[-2].result) == pounds:
            return f"{sum_text(steps)} = {format_pounds(pounds)}"
    # A part of it was agreed as a substitute in an earlier year, at the value of that one.
    return f"{count_in_words(line.measure, units)}, {format_pounds(pounds)}"
