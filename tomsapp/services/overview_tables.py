"""The Overview's tables as files: every grouping, and the lines behind the figures."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

from tomsapp.domain.errors import TomsError
from tomsapp.domain.jobs import JobCaveats, MeasureJobs
from tomsapp.domain.money import round_down
from tomsapp.domain.portfolio import (
    COMMITTED_GROUPINGS,
    OVERLAPPING,
    Grouping,
    GroupTotals,
    PortfolioFigures,
    PortfolioRow,
)
from tomsapp.domain.portfolio_overlaps import overlap_notes
from tomsapp.exchange.portfolio_json import contracts_table, jobs_text
from tomsapp.services import overview
from tomsapp.services.overview import Filters
from tomsapp.services.table_files import Cell, ColumnKind, Table, TableColumn, save_table, save_workbook
from tomsapp.services.workspace import Workspace

if TYPE_CHECKING:
    from tomsapp.dashboards.attention import Checked
    from tomsapp.dashboards.cube import Cube
    from tomsapp.dashboards.lines import PortfolioLine

TITLES = {
    Grouping.THEME: "By theme",
    Grouping.OUTCOME: "By outcome",
    Grouping.MEASURE: "By measure",
    Grouping.PRIORITY: "By priority",
    Grouping.SUPPLIER: "By supplier",
    Grouping.WARD: "By ward",
    Grouping.NEIGHBOURHOOD: "By neighbourhood",
    Grouping.YEAR: "By contract year",
    Grouping.SUPPLIER_KIND: "By kind of supplier",
    Grouping.DIRECTORATE: "By directorate",
    Grouping.CONTRACT_MANAGER: "By contract manager",
    Grouping.PROJECT: "By community project",
    Grouping.EQUALITY_GROUP: "By equality group",
    Grouping.QUARTER: "By financial quarter",
    Grouping.FINANCIAL_YEAR: "By financial year",
}
HEADS = {
    Grouping.THEME: "Theme",
    Grouping.OUTCOME: "Outcome",
    Grouping.MEASURE: "Measure",
    Grouping.PRIORITY: "Priority",
    Grouping.SUPPLIER: "Supplier",
    Grouping.WARD: "Ward",
    Grouping.NEIGHBOURHOOD: "Neighbourhood",
    Grouping.YEAR: "Contract year",
    Grouping.SUPPLIER_KIND: "Kind of supplier",
    Grouping.DIRECTORATE: "Directorate",
    Grouping.CONTRACT_MANAGER: "Contract manager",
    Grouping.PROJECT: "Community project",
    Grouping.EQUALITY_GROUP: "Equality group",
    Grouping.QUARTER: "Financial quarter",
    Grouping.FINANCIAL_YEAR: "Financial year",
}
NUMBERED = frozenset({Grouping.THEME, Grouping.OUTCOME, Grouping.MEASURE})
MOST_WORKBOOK_LINES = 100_000
"""A workbook with more lines than this takes minutes to open; a CSV file has no such limit."""


def share_of_value(row: PortfolioRow, whole: Decimal) -> Fraction:
    """The row's part of all social value, exact; 0 where there is none."""
    return Fraction(row.social_value) / Fraction(whole) if whole else Fraction(0)


def grouping_table(figures: PortfolioFigures, grouping: Grouping) -> Table:
    """The rows of one grouping, with what each is of the whole."""
    with_key, is_measure = grouping in NUMBERED, grouping is Grouping.MEASURE
    columns = [
        *([TableColumn("Code")] if with_key else []),
        TableColumn(f"{HEADS[grouping]} (rows overlap)" if grouping in OVERLAPPING else HEADS[grouping]),
        TableColumn("Social value", ColumnKind.POUNDS),
        *([_TODAY] if figures.value_today is not None else []),
        TableColumn("Share of social value, cut", ColumnKind.PERCENT),
        TableColumn("Real pounds", ColumnKind.POUNDS),
        TableColumn("Commitments", ColumnKind.WHOLE),
        *(_MEASURE_COLUMNS if is_measure else ()),
    ]
    rows: list[list[Cell]] = []
    for row in figures.rows(grouping):
        share = _cut(share_of_value(row, figures.social_value))
        rows.append(
            [
                *([row.key] if with_key else []),
                row.name,
                row.social_value,
                *([row.value_today] if figures.value_today is not None else []),
                share,
                row.real_pounds,
                row.commitments,
                *(_measure_cells(row) if is_measure else ()),
            ]
        )
    return Table(TITLES[grouping], columns, rows)


_TODAY = TableColumn("Social value today, where its menu is withdrawn", ColumnKind.POUNDS)
_MEASURE_COLUMNS = (
    TableColumn("What is promised"),
    TableColumn("In Jobs"),
    TableColumn("In Jobs today, where its menu is withdrawn"),
    TableColumn("Not in Jobs, because they may be the same people"),
    TableColumn("By menu edition"),
)


def _measure_cells(row: PortfolioRow) -> tuple[Cell, ...]:
    jobs = row.jobs or MeasureJobs()
    return (
        row.quantity,
        jobs_text(jobs.signed) if jobs.signed or jobs.today else None,
        jobs_text(jobs.today) if jobs.today != jobs.signed else None,
        jobs_text(jobs.left_out) if jobs.left_out else None,
        ". ".join(part.text for part in row.editions) or None,
    )


_LINE_COLUMNS: tuple[tuple[TableColumn, Callable[[PortfolioLine], Cell]], ...] = (
    (TableColumn("Contract"), lambda line: line.contract.reference),
    (TableColumn("Title"), lambda line: line.contract.title),
    (TableColumn("Supplier"), lambda line: line.contract.supplier),
    (TableColumn("Status"), lambda line: line.contract.status.value),
    (TableColumn("Theme", ColumnKind.WHOLE), lambda line: line.owner.place.theme.number),
    (TableColumn("Outcome"), lambda line: line.owner.place.outcome.code),
    (TableColumn("Measure"), lambda line: line.owner.measure.code),
    (TableColumn("Measure title"), lambda line: line.owner.measure.title),
    (TableColumn("Ward"), lambda line: line.ward),
    (TableColumn("Year"), lambda line: line.year),
    (TableColumn("Quantity", ColumnKind.QUANTITY), lambda line: line.quantity if line.year else None),
    (TableColumn("Unit"), lambda line: line.owner.measure.unit.many),
    (TableColumn("Contract share", ColumnKind.PERCENT), lambda line: line.contract_share),
    (TableColumn("Social value", ColumnKind.POUNDS), lambda line: line.social_value),
    (TableColumn("Real pounds", ColumnKind.POUNDS), lambda line: line.real_pounds),
)


def lines_table(lines: Iterable[PortfolioLine]) -> Table:
    """The lines behind figures, one for each year of each commitment, with the council's own groups that it is in."""
    told = list(lines)
    own = [TableColumn(HEADS[grouping]) for grouping, _ in (told[0].own_groups if told else ())]
    columns = (*(column for column, _ in _LINE_COLUMNS), *own)
    cells = [cell for _, cell in _LINE_COLUMNS]
    return Table("Lines", columns, [(*(cell(line) for cell in cells), *_own_cells(line)) for line in told])


def _own_cells(line: PortfolioLine) -> tuple[Cell, ...]:
    return tuple(names for _, names in line.own_groups)


def save_every_table(
    workspace: Workspace,
    cube: Cube,
    filters: Filters,
    checked: Mapping[int, Checked],
    path: Path,
    created: datetime,
) -> Path:
    """Write a workbook of totals, every contract, every grouping and every line; lines with errors are left out.

    Raises:
        TomsError: there are too many lines for a workbook, or the file cannot be written.
    """
    left = [number for number in overview.passing_contracts(cube, filters) if number not in checked]
    complete = {**checked, **overview.check_contracts(workspace, cube, left)}
    lines = list(overview.lines(cube, filters, overview.left_out(complete)))
    if len(lines) > MOST_WORKBOOK_LINES:
        raise TomsError(
            f"{len(lines):,} lines are too many for a workbook, which takes {MOST_WORKBOOK_LINES:,} here",
            "Choose filters, or export the lines as a CSV file",
        )
    figures = overview.figures(cube, filters, complete, with_contracts=True).portfolio
    tables = [
        _totals_table(figures),
        contracts_table(figures),
        *(grouping_table(figures, grouping) for grouping in COMMITTED_GROUPINGS if figures.has_table(grouping)),
        _attention_table(figures),
        lines_table(lines),
    ]
    return save_workbook(workspace, tables, "Social value portfolio", path, created)


def save_grouping(
    workspace: Workspace, figures: PortfolioFigures, grouping: Grouping, path: Path, created: datetime
) -> Path:
    """Write the table of one grouping as CSV or workbook.

    Raises:
        TomsError: the file cannot be written.
    """
    return save_table(workspace, grouping_table(figures, grouping), path, created)


def save_lines(
    workspace: Workspace,
    cube: Cube,
    filters: Filters,
    path: Path,
    created: datetime,
    checked: Mapping[int, Checked] | None = None,
) -> Path:
    """Write every line that passes the filters as a CSV file; lines with errors, as far as checked, are left out.

    Raises:
        TomsError: the file cannot be written.
    """
    lines = overview.lines(cube, filters, overview.left_out(checked or {}))
    return save_table(workspace, lines_table(lines), path.with_suffix(".csv"), created)


def _cut(share: Fraction) -> Decimal:
    """A share of 1 cut to six decimals, so that none is said to be more than it is."""
    return round_down(max(share, Fraction(0)), 6)


def _totals_table(figures: PortfolioFigures) -> Table:
    """The totals of agreed contracts and of drafts, and of both where there are both."""
    columns = [TableColumn("Figure"), *(TableColumn(each.group.words, ColumnKind.POUNDS) for each in figures.groups)]
    totals: list[GroupTotals | PortfolioFigures] = [*figures.groups]
    if len(figures.groups) != 1:
        columns.append(TableColumn("All, drafts included" if figures.groups else "Amount", ColumnKind.POUNDS))
        totals.append(figures)
    rows: list[list[Cell]] = [
        ["Social value, in proxy pounds", *(each.social_value for each in totals)],
        ["Claimed, lines with errors included", *(each.claimed_value for each in totals)],
        ["Real pounds handed over, counted apart", *(each.real_pounds for each in totals)],
        ["Value of the contracts", *(each.contract_value for each in totals)],
        ["Contracts", *(str(each.contracts) for each in totals)],
        ["Commitments", *(str(each.commitments) for each in totals)],
        ["Employment outcomes", *(jobs_text(each.employment_outcomes) for each in totals)],
        ["Employment outcomes if all are different people", *map(_most_jobs, totals)],
        ["Social value today, where menus are withdrawn", *(each.value_today for each in totals)],
        ["Employment outcomes today, where menus are withdrawn", *(_jobs_today(each) for each in totals)],
        ["Social value that rests on a forecast of spend", *(each.forecast_value for each in totals)],
        [
            "Employment outcomes that rest on a forecast of spend",
            *(jobs_text(_job_caveats(each).on_forecast) for each in totals),
        ],
        [
            "Employment outcomes of years that had ended when the contract was signed",
            *(jobs_text(_job_caveats(each).ended_when_signed) for each in totals),
        ],
        *_admission_rows(figures, len(columns)),
    ]
    empty: list[Cell] = [""] * (len(columns) - 2)
    rows += [["Filter", words, *empty] for words in figures.filters]
    known = (*_caveats(figures), *figures.part_notes, *overlap_notes(figures), figures.year_note, figures.rules_origin)
    rows += [["To be known", words, *empty] for words in known if words]
    return Table("Totals", columns, rows)


def _caveats(figures: PortfolioFigures) -> tuple[str, ...]:
    """What the first page of the PDF says of how sure the figures are."""
    from tomsapp.reports.portfolio_trust import caveats_in_words

    return caveats_in_words(figures)


def _job_caveats(totals: GroupTotals | PortfolioFigures) -> JobCaveats:
    return totals.job_caveats or JobCaveats()


def _most_jobs(totals: GroupTotals | PortfolioFigures) -> str:
    return jobs_text(totals.employment_outcomes + (totals.outcomes_left_out or Fraction(0)))


def _jobs_today(totals: GroupTotals | PortfolioFigures) -> str | None:
    return None if totals.outcomes_today is None else jobs_text(totals.outcomes_today)


def _admission_rows(figures: PortfolioFigures, width: int) -> list[list[Cell]]:
    """What of each group can be admitted, where some of it cannot; without a total."""
    if all(each.not_admitted is None for each in figures.groups):
        return []
    parts = [each.admissible for each in figures.groups]
    rows: list[list[Cell]] = [
        ["Contracts without errors", *(str(part.contracts) for part in parts)],
        ["Value of the contracts without errors", *(part.contract_value for part in parts)],
        ["Social value of the contracts without errors", *(part.social_value for part in parts)],
    ]
    return [[*row, *[""] * (width - len(row))] for row in rows]


def _attention_table(figures: PortfolioFigures) -> Table:
    columns = (TableColumn("Contract"), TableColumn("Title"), TableColumn("Supplier"), TableColumn("Reason"))
    rows = [
        (each.reference, each.title, each.supplier, reason) for each in figures.attention for reason in each.reasons
    ]
    return Table("Need attention", columns, rows)
