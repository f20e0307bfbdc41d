"""The Overview's tables as files: every grouping, and the lines behind the figures."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

from tomsapp.domain.errors import TomsError
from tomsapp.domain.money import round_half_away
from tomsapp.domain.portfolio import Grouping, PortfolioFigures, PortfolioRow
from tomsapp.services import overview
from tomsapp.services.overview import Filters
from tomsapp.services.table_files import Cell, ColumnKind, Table, TableColumn, save_table, save_workbook
from tomsapp.services.workspace import Workspace

if TYPE_CHECKING:
    from tomsapp.dashboards.cube import Cube
    from tomsapp.dashboards.lines import PortfolioLine

TITLES = {
    Grouping.THEME: "By theme",
    Grouping.OUTCOME: "By outcome",
    Grouping.MEASURE: "By measure",
    Grouping.SUPPLIER: "By supplier",
    Grouping.WARD: "By ward",
    Grouping.YEAR: "By year",
}
HEADS = {
    Grouping.THEME: "Theme",
    Grouping.OUTCOME: "Outcome",
    Grouping.MEASURE: "Measure",
    Grouping.SUPPLIER: "Supplier",
    Grouping.WARD: "Ward",
    Grouping.YEAR: "Year",
}
NUMBERED = frozenset({Grouping.THEME, Grouping.OUTCOME, Grouping.MEASURE})
MOST_WORKBOOK_LINES = 100_000
"""A workbook with more lines than this takes minutes to open; a CSV file has no such limit."""


def share_of_value(row: PortfolioRow, whole: Decimal) -> Fraction:
    """The row's part of all social value, exact; 0 where there is none."""
    return Fraction(row.social_value) / Fraction(whole) if whole else Fraction(0)


def grouping_table(figures: PortfolioFigures, grouping: Grouping) -> Table:
    """The rows of one grouping, with what each is of the whole."""
    with_key, with_quantity = grouping in NUMBERED, grouping is Grouping.MEASURE
    columns = [
        *([TableColumn("Code")] if with_key else []),
        TableColumn(HEADS[grouping]),
        TableColumn("Social value", ColumnKind.POUNDS),
        TableColumn("Share of social value", ColumnKind.PERCENT),
        TableColumn("Real pounds", ColumnKind.POUNDS),
        TableColumn("Commitments", ColumnKind.WHOLE),
        *([TableColumn("What is promised")] if with_quantity else []),
    ]
    rows: list[list[Cell]] = []
    for row in figures.rows(grouping):
        share = round_half_away(share_of_value(row, figures.social_value), 6)
        rows.append(
            [
                *([row.key] if with_key else []),
                row.name,
                row.social_value,
                share,
                row.real_pounds,
                row.commitments,
                *([row.quantity] if with_quantity else []),
            ]
        )
    return Table(TITLES[grouping], columns, rows)


def lines_table(lines: Iterable[PortfolioLine]) -> Table:
    """The lines behind figures, one for each year of each commitment."""
    columns = (
        TableColumn("Contract"),
        TableColumn("Title"),
        TableColumn("Supplier"),
        TableColumn("Status"),
        TableColumn("Theme", ColumnKind.WHOLE),
        TableColumn("Outcome"),
        TableColumn("Measure"),
        TableColumn("Measure title"),
        TableColumn("Ward"),
        TableColumn("Year"),
        TableColumn("Quantity", ColumnKind.QUANTITY),
        TableColumn("Unit"),
        TableColumn("Contract share", ColumnKind.PERCENT),
        TableColumn("Social value", ColumnKind.POUNDS),
        TableColumn("Real pounds", ColumnKind.POUNDS),
    )
    return Table("Lines", columns, [_line_cells(line) for line in lines])


def _line_cells(line: PortfolioLine) -> tuple[Cell, ...]:
    contract, place = line.contract, line.owner.place
    return (
        contract.reference,
        contract.title,
        contract.supplier,
        contract.status.value,
        place.theme.number,
        place.outcome.code,
        place.measure.code,
        place.measure.title,
        line.ward,
        line.year,
        line.quantity if line.year else None,
        place.measure.unit.many,
        line.contract_share,
        line.social_value,
        line.real_pounds,
    )


def save_every_table(
    workspace: Workspace, cube: Cube, filters: Filters, figures: PortfolioFigures, path: Path, created: datetime
) -> Path:
    """Write a workbook of totals, every grouping and every line.

    Raises:
        TomsError: there are too many lines for a workbook, or the file cannot be written.
    """
    lines = list(overview.lines(cube, filters))
    if len(lines) > MOST_WORKBOOK_LINES:
        raise TomsError(
            f"{len(lines):,} lines are too many for a workbook, which takes {MOST_WORKBOOK_LINES:,} here",
            "Choose filters, or export the lines as a CSV file",
        )
    tables = [
        _totals_table(figures),
        *(grouping_table(figures, grouping) for grouping in Grouping),
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


def save_lines(workspace: Workspace, cube: Cube, filters: Filters, path: Path, created: datetime) -> Path:
    """Write every line that passes the filters as a CSV file.

    Raises:
        TomsError: the file cannot be written.
    """
    return save_table(workspace, lines_table(overview.lines(cube, filters)), path.with_suffix(".csv"), created)


def _totals_table(figures: PortfolioFigures) -> Table:
    outcomes = round_half_away(figures.employment_outcomes, 4)
    rows: Sequence[tuple[str, Cell]] = (
        ("Social value, in proxy pounds", figures.social_value),
        ("Real pounds handed over, counted apart", figures.real_pounds),
        ("Value of the contracts", figures.contract_value),
        ("Contracts", str(figures.contracts)),
        ("Suppliers", str(figures.suppliers)),
        ("Commitments", str(figures.commitments)),
        ("Employment outcomes", f"{outcomes.normalize():f}"),
        *(("Filter", words) for words in figures.filters),
    )
    return Table("Totals", (TableColumn("Figure"), TableColumn("Amount", ColumnKind.POUNDS)), rows)


def _attention_table(figures: PortfolioFigures) -> Table:
    columns = (TableColumn("Contract"), TableColumn("Title"), TableColumn("Supplier"), TableColumn("Reason"))
    rows = [
        (each.reference, each.title, each.supplier, reason) for each in figures.attention for reason in each.reasons
    ]
    return Table("Need attention", columns, rows)
