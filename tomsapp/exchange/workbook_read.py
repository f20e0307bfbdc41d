"""Reads the rows of this program's own workbook: the sheet with the commitments, and its own figures beside ours."""

from collections.abc import Iterator, Mapping, Sequence

from tomsapp.domain.problems import Problem, Severity, Where, problem_at
from tomsapp.domain.valuation import Valuation
from tomsapp.exchange.comparing import ComparedRow, ReadTable, compare_rows
from tomsapp.exchange.grid import Grid
from tomsapp.exchange.labelled.file_problems import column_problems
from tomsapp.exchange.labelled.read import OfferReader, ReadSheet
from tomsapp.exchange.offer_file import OfferUnreadable
from tomsapp.exchange.row_reader import ReadRow, RowReader, Sheet
from tomsapp.exchange.sheets.opened import OpenedBook
from tomsapp.exchange.stated import total_rows
from tomsapp.exchange.workbook_columns import Role, column_letter
from tomsapp.exchange.workbook_layout import COMMITMENTS


def find_table(reader: OfferReader, book: OpenedBook) -> ReadSheet:
    """The sheet with the commitments: the one of that name, else the first visible one with lines.

    Raises:
        OfferUnreadable: no sheet has a column of codes and one of quantities.
    """
    seen = {grid.name for grid in book.sheets}
    sheets = [one for one in reader.sheets(book, reader.guesser.guess(book)) if one.name in seen]
    found = next(iter(sorted(sheets, key=lambda one: (one.name != COMMITMENTS, not one.labels.is_read))), None)
    if found is None:
        raise OfferUnreadable(
            f"{reader.file or 'The file'} has no table of commitments",
            "It needs a column with the codes of measures and a column with the quantities of each year",
        )
    return found


def heading_problems(sheet: ReadSheet, file: str) -> Iterator[Problem]:
    """Warnings of other years and of headings that stand twice, and of columns that are read and hidden."""
    yield from column_problems(sheet, file)
    yield from hidden_columns(sheet.grid, sheet.sheet)


def hidden_columns(grid: Grid, sheet: Sheet) -> Iterator[Problem]:
    """Warnings of columns that are read and hidden."""
    headings = sheet.headings
    # Which line a row is stands in a hidden column, and nobody fills it in.
    read = {column for role, column in headings.columns.items() if role is not Role.LINE}
    for column in sorted(grid.hidden_columns & {*read, *headings.quantities.values()}):
        letter = column_letter(column)
        where = Where(sheet.file, sheet.name, headings.row, letter)
        message, fix = f"Column {letter}, which is read, is hidden", "Show it and check it, or delete it"
        yield problem_at("column-hidden", message, fix, where, Severity.WARNING)


def read_rows(grid: Grid, sheet: Sheet) -> list[ReadRow]:
    """Every row under the headings that promises something; rows that add the others up promise nothing."""
    totals = {row.number for row in total_rows(grid, sheet.headings, sheet.measures)}
    rows = (row for row in grid.rows if row.number > sheet.headings.row and row.number not in totals)
    return [read for row in rows if (read := RowReader(sheet, row).read()) is not None]


def compare(
    grid: Grid,
    sheet: Sheet,
    rows: Sequence[ReadRow],
    valuation: Valuation,
    stamp: Mapping[str, str],
) -> tuple[ReadTable, list[ComparedRow]]:
    """The rows that were read, with the file's own figures beside those of the valuation."""
    totals = total_rows(grid, sheet.headings, sheet.measures)
    table = ReadTable(grid, sheet, rows, valuation, totals, bool(stamp), stamp.get("layout", ""))
    return table, compare_rows(table)
