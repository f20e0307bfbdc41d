"""What was delivered of all contracts as files: every grouping, and the lines behind the figures."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from tomsapp.dashboards.selection import Filters
from tomsapp.domain.delivered_portfolio import (
    STATE_NAMES,
    DeliveredPortfolio,
    HandedMoney,
    QuarterLine,
    StatePounds,
)
from tomsapp.domain.delivery.figures import State
from tomsapp.domain.delivery.rating import Rating
from tomsapp.domain.errors import TomsError
from tomsapp.domain.money import round_down
from tomsapp.domain.portfolio import BY_TIME, OVERLAPPING, Grouping
from tomsapp.domain.wording import format_date
from tomsapp.exchange.tables import EXAMPLE_NOTE
from tomsapp.services.overview_delivered import delivered_figures, delivered_lines
from tomsapp.services.overview_tables import HEADS, MOST_WORKBOOK_LINES, NUMBERED, TITLES
from tomsapp.services.table_files import Cell, ColumnKind, Table, TableColumn, save_table, save_workbook
from tomsapp.services.workspace import Workspace

if TYPE_CHECKING:
    from tomsapp.dashboards.delivery_cube import DeliveryCube

_NO_FILTERS = "All signed and closed contracts"
_OVERLAP = "The rows overlap: a line may stand in several of them, so they must not be added up."
_NAMES = {name: name.capitalize() for name in STATE_NAMES}


def notes_of(figures: DeliveredPortfolio) -> tuple[str, ...]:
    """What stands on top of each table: the day, the period, the filters, and what must be known."""
    return (
        f"{figures.period}. The last period: {figures.last_period}. Figures to {format_date(figures.until)}.",
        "; ".join(figures.filters) or _NO_FILTERS,
        *figures.part_notes,
        *(f"Not told: {reference}. {why}" for reference, why in figures.left_out),
        *([EXAMPLE_NOTE] if figures.is_fictional else []),
    )


def delivered_table(figures: DeliveredPortfolio, grouping: Grouping) -> Table:
    """The rows of one grouping, each beside the last period."""
    states = [name for name in STATE_NAMES if grouping not in BY_TIME or name != "committed"]
    with_key, is_measure = grouping in NUMBERED, grouping is Grouping.MEASURE
    has_ratings = grouping not in BY_TIME
    columns = [
        *([TableColumn("Code")] if with_key else []),
        TableColumn(HEADS[grouping]),
        *(TableColumn(_NAMES[name], ColumnKind.POUNDS) for name in states),
        TableColumn("Accepted of due, cut", ColumnKind.PERCENT),
        *(TableColumn(f"Real pounds {name}", ColumnKind.POUNDS) for name in ("due", "accepted")),
        TableColumn("Commitments", ColumnKind.WHOLE),
        *(TableColumn(rating.words, ColumnKind.WHOLE) for rating in (Rating if has_ratings else ())),
        *([TableColumn("Due in plain words"), TableColumn("Accepted in plain words")] if is_measure else []),
        *(TableColumn(f"Last period: {name}", ColumnKind.POUNDS) for name in ("due", "accepted")),
        TableColumn("Last period: accepted of due, cut", ColumnKind.PERCENT),
    ]
    rows: list[list[Cell]] = [
        [
            *([row.key] if with_key else []),
            row.name,
            *(getattr(row.pounds, name) for name in states),
            _cut(row.pounds),
            row.real.due,
            row.real.accepted,
            row.commitments,
            *(row.ratings.get(rating, 0) for rating in (Rating if has_ratings else ())),
            *([row.due_words, row.accepted_words] if is_measure else []),
            row.before.due,
            row.before.accepted,
            _cut(row.before),
        ]
        for row in figures.rows(grouping)
    ]
    notes = (*notes_of(figures), *([_OVERLAP] if grouping in OVERLAPPING else []))
    return Table(TITLES[grouping], columns, rows, notes)


def _cut(pounds: StatePounds) -> Decimal | None:
    """Accepted of due, cut to six decimals, so that none is said to be more than it is."""
    share = pounds.of_due(State.ACCEPTED)
    return None if share is None else round_down(share, 6)


def totals_table(figures: DeliveredPortfolio) -> Table:
    """The totals of the period beside those of the last one; proxy pounds, real pounds and the ledger apart."""
    columns = (
        TableColumn("Figure"),
        TableColumn("In the period", ColumnKind.POUNDS),
        TableColumn("In the last period", ColumnKind.POUNDS),
    )
    rows: list[list[Cell]] = [
        *_state_rows("Proxy pounds", figures.pounds, figures.before),
        *_state_rows("Real pounds", figures.real, figures.real_before),
        *_money_rows(figures.money, figures.money_before),
        ["Contracts", str(figures.contracts), None],
        ["Suppliers", str(figures.suppliers), None],
        ["Commitments", str(figures.commitments), None],
        *_rating_rows(figures),
    ]
    return Table("Delivered", columns, rows, notes_of(figures))


def _state_rows(kind: str, now: StatePounds, before: StatePounds) -> Iterator[list[Cell]]:
    for name in STATE_NAMES:
        yield [f"{kind} {name}", getattr(now, name), getattr(before, name)]


def _rating_rows(figures: DeliveredPortfolio) -> Iterator[list[Cell]]:
    for rating in Rating:
        yield [f"Rated {rating.words}", str(figures.ratings.get(rating, 0)), None]


def _money_rows(now: HandedMoney, before: HandedMoney) -> Iterator[list[Cell]]:
    yield ["Money received", now.received, before.received]
    yield ["Money passed on", now.passed_on, before.passed_on]
    yield ["Money still held", now.held, before.held]


def counts_table(figures: DeliveredPortfolio) -> Table:
    """The plain counts."""
    heads = ("Measure", "Accepted", "What", "Due", "To be known", "Who")
    rows = [(each.measure, each.figure, each.words, each.due, each.note, each.people) for each in figures.counts]
    return Table("Plain counts", [TableColumn(head) for head in heads], rows, notes_of(figures))


_LINE_COLUMNS: tuple[tuple[TableColumn, Callable[[QuarterLine], Cell]], ...] = (
    (TableColumn("Contract"), lambda line: line.reference),
    (TableColumn("Title"), lambda line: line.title),
    (TableColumn("Supplier"), lambda line: line.supplier),
    (TableColumn("Kind of supplier"), lambda line: line.supplier_kind),
    (TableColumn("Directorate"), lambda line: line.directorate),
    (TableColumn("Contract manager"), lambda line: line.contract_manager),
    (TableColumn("Theme", ColumnKind.WHOLE), lambda line: line.theme),
    (TableColumn("Outcome"), lambda line: line.outcome),
    (TableColumn("Measure"), lambda line: line.measure),
    (TableColumn("Measure title"), lambda line: line.measure_title),
    (TableColumn("Ward"), lambda line: line.place),
    (TableColumn("Community project"), lambda line: line.project),
    (TableColumn("Quarter"), lambda line: f"{line.quarter_label}, year {line.quarter.year + 1}"),
    (TableColumn("Financial quarter"), lambda line: line.financial_quarter),
    (TableColumn("Ended", ColumnKind.DATE), lambda line: line.ended_on),
    (TableColumn("Unit"), lambda line: line.unit),
    (TableColumn("Contract share", ColumnKind.PERCENT), lambda line: line.contract_share),
    (TableColumn("Units due", ColumnKind.QUANTITY), lambda line: line.units.due),
    (TableColumn("Units claimed", ColumnKind.QUANTITY), lambda line: line.units.claimed),
    (TableColumn("Units evidenced", ColumnKind.QUANTITY), lambda line: line.units.evidenced),
    (TableColumn("Units accepted", ColumnKind.QUANTITY), lambda line: line.units.accepted),
    (TableColumn("Units provisional", ColumnKind.QUANTITY), lambda line: line.units.provisional),
    (TableColumn("Due", ColumnKind.POUNDS), lambda line: line.pounds.due),
    (TableColumn("Claimed", ColumnKind.POUNDS), lambda line: line.pounds.claimed),
    (TableColumn("Evidenced", ColumnKind.POUNDS), lambda line: line.pounds.evidenced),
    (TableColumn("Accepted", ColumnKind.POUNDS), lambda line: line.pounds.accepted),
    (TableColumn("Provisional", ColumnKind.POUNDS), lambda line: line.pounds.provisional),
    (TableColumn("Surplus", ColumnKind.POUNDS), lambda line: line.pounds.surplus),
    (TableColumn("Real pounds due", ColumnKind.POUNDS), lambda line: line.real.due),
    (TableColumn("Real pounds claimed", ColumnKind.POUNDS), lambda line: line.real.claimed),
    (TableColumn("Real pounds evidenced", ColumnKind.POUNDS), lambda line: line.real.evidenced),
    (TableColumn("Real pounds accepted", ColumnKind.POUNDS), lambda line: line.real.accepted),
    (TableColumn("Returned"), lambda line: "Yes" if line.is_returned else "No"),
)


def lines_table(lines: Iterable[QuarterLine], notes: Sequence[str] = ()) -> Table:
    """The lines behind figures, one for each commitment and contract quarter that ended."""
    cells = [cell for _, cell in _LINE_COLUMNS]
    rows = [tuple(cell(line) for cell in cells) for line in lines]
    return Table("Lines", [column for column, _ in _LINE_COLUMNS], rows, notes)


def every_table(delivered: DeliveryCube, filters: Filters) -> list[Table]:
    """The totals, the plain counts, every grouping and every line.

    Raises:
        TomsError: there are too many lines for a workbook.
    """
    lines = list(delivered_lines(delivered, filters))
    if len(lines) > MOST_WORKBOOK_LINES:
        raise TomsError(
            f"{len(lines):,} lines are too many for a workbook, which takes {MOST_WORKBOOK_LINES:,} here",
            "Choose filters or a period, or export the lines as a CSV file",
        )
    figures = delivered_figures(delivered, filters)
    return [
        totals_table(figures),
        counts_table(figures),
        *(delivered_table(figures, grouping) for grouping, _ in figures.tables if figures.has_table(grouping)),
        lines_table(lines, notes_of(figures)),
    ]


def save_every_delivered(
    workspace: Workspace, delivered: DeliveryCube, filters: Filters, path: Path, created: datetime
) -> Path:
    """Write a workbook of totals, plain counts, every grouping and every line.

    Raises:
        TomsError: there are too many lines for a workbook, or the file cannot be written.
    """
    return save_workbook(workspace, every_table(delivered, filters), "Social value delivered", path, created)


def save_delivered(
    workspace: Workspace, figures: DeliveredPortfolio, grouping: Grouping, path: Path, created: datetime
) -> Path:
    """Write the table of one grouping as CSV or workbook.

    Raises:
        TomsError: the file cannot be written.
    """
    return save_table(workspace, delivered_table(figures, grouping), path, created)


def save_delivered_lines(
    workspace: Workspace, delivered: DeliveryCube, filters: Filters, path: Path, created: datetime
) -> Path:
    """Write every line that passes the filters as a CSV file or, of fewer lines, a workbook.

    Raises:
        TomsError: there are too many lines for a workbook, or the file cannot be written.
    """
    notes = notes_of(delivered_figures(delivered, filters, ()))
    table = lines_table(delivered_lines(delivered, filters), notes)
    if path.suffix.casefold() != ".csv" and len(table.rows) > MOST_WORKBOOK_LINES:
        message = f"{len(table.rows):,} lines are too many for a workbook, which takes {MOST_WORKBOOK_LINES:,} here"
        raise TomsError(message, "Choose filters or a period, or export the lines as a CSV file")
    return save_table(workspace, replace(table, title="Lines delivered"), path, created)
