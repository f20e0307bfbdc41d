"""The sheets of a workbook that this program made and somebody filled in: found by their names, heads and labels."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Generic, TypeVar

from tomsapp.domain.alike import alike
from tomsapp.domain.errors import TomsError
from tomsapp.domain.problems import Problem, Severity, Where, problem_at
from tomsapp.domain.typed_days import read_day
from tomsapp.domain.wording import listed
from tomsapp.exchange.grid import CellUnreadable, Grid, GridCell, GridRow, text_of, text_or_nothing
from tomsapp.exchange.offer_file import OfferUnreadable
from tomsapp.exchange.sheets.opened import OpenedBook
from tomsapp.exchange.workbook_columns import column_letter

H = TypeVar("H")


def own_sheet(book: OpenedBook, name: str, file: str, fix: str) -> Grid:
    """The sheet with a name that the workbook was made with.

    Raises:
        OfferUnreadable: there is none any more; `fix` says what to do.
    """
    found = book.find(name)
    if found is None:
        there = listed([f"“{grid.name}”" for grid in book.sheets])
        raise OfferUnreadable(f"{file} has no sheet “{name}”, only {there}", fix)
    return found


def rows_by_label(grid: Grid) -> dict[str, GridRow]:
    """The rows by what stands in their first cell, as texts are compared."""
    return {alike(text_or_nothing(row.cell(0))): row for row in grid.rows}


@dataclass(frozen=True, slots=True)
class HeadRow(Generic[H]):
    """The row of heads that a sheet was made with.

    Attributes:
        titles: what stands over each column.
        known_by: the heads of which any one makes a row the row of heads.
        needed: those without which nothing can be read.
        put_back, again: what to do where some of them are missing, and where there is no such row.
    """

    titles: Mapping[H, str]
    known_by: Collection[H]
    needed: Collection[H]
    put_back: str
    again: str

    def find(self, grid: Grid, file: str) -> tuple[GridRow, dict[H, int]]:
        """The row of heads, and the column of each; of two that are the same, the one on the left.

        Raises:
            OfferUnreadable: there is no such row, or a head is missing that is needed.
        """
        by_title = {alike(title): head for head, title in self.titles.items()}
        for row in grid.rows:
            found: dict[H, int] = {}
            for column in sorted(row.cells):
                head = by_title.get(alike(text_or_nothing(row.cells[column])))
                if head is not None:
                    found.setdefault(head, column)
            if not any(head in found for head in self.known_by):
                continue
            missing = [f"“{self.titles[head]}”" for head in self.needed if head not in found]
            if missing:
                message = f"{file}, sheet {grid.name}, row {row.number}, has no column {listed(missing)}"
                raise OfferUnreadable(message, self.put_back)
            return row, found
        raise OfferUnreadable(f"{file}, sheet {grid.name}, has no row of heads", self.again)


class OwnReader:
    """Reads cells, and gathers in `found` what is wrong with sheet, row and column."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.found: list[Problem] = []

    def problem(
        self,
        code: str,
        message: str,
        fix: str,
        sheet: str,
        row: int | None = None,
        column: int | None = None,
        measure: str = "",
        severity: Severity = Severity.ERROR,
    ) -> None:
        """Gather a Problem."""
        letter = "" if column is None else column_letter(column)
        where = Where(self.file, sheet, row, letter, measure=measure)
        self.found.append(problem_at(code, message, fix, where, severity))

    def text(
        self, cell: GridCell, sheet: str, row: int, column: int | None, measure: str = "", *, as_shown: bool = False
    ) -> str | None:
        """The text of a cell that somebody fills in; None where it cannot be read, which is told.

        A formula that was never worked out is no cell that was left empty.
        """
        try:
            return text_of(cell, as_shown=as_shown)
        except CellUnreadable as error:
            self.problem(error.code, error.message, error.fix, sheet, row, column, measure)
            return None

    def day(self, cell: GridCell, sheet: str, row: int, column: int) -> date | None:
        """The day in a cell; None where there is none."""
        if isinstance(cell.value, datetime):
            return cell.value.date()
        text = (self.text(cell, sheet, row, column) or "").strip()
        if not text:
            return None
        try:
            return read_day(text)
        except TomsError as error:
            # A text that is no day at all is told by what to enter, and saying that twice helps nobody.
            message, fix = (error.message, error.fix) if error.fix else (f"“{text}” is not a day", error.message)
            self.problem("day-unreadable", message, fix, sheet, row, column)
            return None
