"""A table's own figures held against what is brought in, row by row, each difference with its reason."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from tomsapp.domain.problems import Problem, Severity
from tomsapp.domain.valuation import LineValue, Valuation
from tomsapp.exchange.causes import causes_of, unit_value_differences
from tomsapp.exchange.grid import Grid, GridRow
from tomsapp.exchange.row_reader import ReadRow, Sheet
from tomsapp.exchange.stated import Figure, Stated, line_figures, quantity_figures, stated_in
from tomsapp.exchange.workbook_columns import Role
from tomsapp.exchange.workbook_layout import FIRST_LAYOUT

_NO_CAUSE = "nothing in the row says why: its formulas may not have been worked out since a change"
COMPARE = "Compare the two, and say which is meant before it is brought in"


@dataclass(frozen=True, slots=True)
class ReadTable:
    """A table that was read, with what its own figures are held against.

    Attributes:
        valuation: of the rows that come in; a line is found by its commitment's key, the row's number.
        totals: the rows that add the others up.
        is_own: this program made the workbook, so that its formulas are known.
        layout: the version of this program's workbook.
    """

    grid: Grid
    sheet: Sheet
    rows: Sequence[ReadRow]
    valuation: Valuation
    totals: Sequence[GridRow] = ()
    is_own: bool = False
    layout: str = ""


@dataclass(frozen=True, slots=True)
class ComparedRow:
    """A row's own figures beside the program's.

    Attributes:
        stated: by the name of the figure, what the file shows.
        is_unknown: a formula of the row was never worked out.
        problem: what differs and why; None where all is the same.
    """

    row: ReadRow
    line: LineValue | None
    stated: Mapping[str, Stated]
    is_unknown: bool
    problem: Problem | None

    @property
    def social_value(self) -> Decimal | None:
        """The social value that the file shows for the row, in pounds."""
        stated = self.stated.get("social value")
        return stated.value if stated else None


def compare_rows(table: ReadTable) -> list[ComparedRow]:
    """Each row that was read, with its own figures and the reason for every difference."""
    lines = {line.commitment.key: line for line in table.valuation.lines}
    cells = {row.number: row for row in table.grid.rows}
    last_total = table.totals[-1].number if table.totals else None
    return [_compared(table, row, cells[row.number], lines.get(row.commitment.key), last_total) for row in table.rows]


def _compared(
    table: ReadTable,
    row: ReadRow,
    cells: GridRow,
    line: LineValue | None,
    last_total: int | None,
) -> ComparedRow:
    years = table.valuation.contract.years
    figures = line_figures(table.sheet.headings, years)
    stated = {figure.name: stated_in(cells.cell(figure.column)) for figure in figures}
    is_unknown = any(one.is_unknown for one in stated.values())
    problem = None
    if line is not None:
        told = list(_differences(line, figures, stated))
        under = last_total is not None and row.number > last_total
        problem = _problem(table, row, cells, line, told, last_total if under else None)
    for figure in quantity_figures(table.sheet.headings, years):
        stated[figure.name] = _as_a_formula_reads(cells, figure)
    return ComparedRow(row, line, stated, is_unknown, problem)


def _as_a_formula_reads(cells: GridRow, figure: Figure) -> Stated:
    """A quantity as a formula of the workbook takes it: text is nothing."""
    cell = cells.cell(figure.column)
    return Stated() if cells.width is None and isinstance(cell.value, str) else stated_in(cell)


def _differences(line: LineValue, figures: Sequence[Figure], stated: Mapping[str, Stated]) -> Iterator[str]:
    """What the row shows and what it comes to, for each figure that differs."""
    for figure in figures:
        shown, ours = stated[figure.name], figure.ours(line)
        if shown.is_unknown:
            continue
        if shown.error:
            yield f"it shows {shown.error} for {figure.name}, and {figure.text(ours)} comes in"
        elif shown.value is None and ours:
            yield f"it shows no {figure.name}, and {figure.text(ours)} comes in"
        elif shown.value is not None and figure.differs(shown.value, ours):
            yield f"it shows {figure.text(shown.value)} for {figure.name}, and {figure.text(ours)} comes in"


def _problem(
    table: ReadTable, row: ReadRow, cells: GridRow, line: LineValue, told: list[str], under: int | None
) -> Problem | None:
    """One warning for all that differs in a row, with the reasons; None where nothing does."""
    causes = list(unit_value_differences(cells, table.sheet, line))
    if under is not None:
        causes.append(f"it stands under the totals in row {under}, which do not count it")
    if told:
        causes.extend(causes_of(cells, table.sheet, line, is_own=table.is_own))
        if table.layout == FIRST_LAYOUT and any("employment outcomes" in one for one in told):
            causes.append("an earlier version of this program divided full-time years by the number of contract years")
    if not told and not causes:
        return None
    why = " and ".join(causes) if not told else f", because {' and '.join(causes)}" if causes else f"; {_NO_CAUSE}"
    message = f"{'; '.join(told)}{why}"
    message = message[:1].upper() + message[1:]
    column = table.sheet.headings.stated.get((Role.LINE_VALUE, None))
    where = table.sheet.where(row.number, column, row.commitment.measure, "value")
    key = f"value-differs:{table.sheet.name}!{row.number}"
    return Problem("value-differs", Severity.WARNING, message, COMPARE, where, key=key)
