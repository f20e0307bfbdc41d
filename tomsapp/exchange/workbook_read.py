"""Reads commitments from a workbook or CSV file into a preview: each row with its commitment and its Problems."""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from tomsapp.domain.area import Area
from tomsapp.domain.commitment import Commitment
from tomsapp.domain.contract import Contract, ContractYear
from tomsapp.domain.line_checks import line_problems
from tomsapp.domain.menu import MenuEdition
from tomsapp.domain.problems import Problem, Severity, Where, has_errors
from tomsapp.domain.valuation import value_contract
from tomsapp.exchange.grid import Grid, GridCell, GridRow, text_or_nothing
from tomsapp.exchange.headings import KNOWN_HEADINGS, Headings, find_headings
from tomsapp.exchange.numbers import unguarded
from tomsapp.exchange.offer_file import OfferUnreadable, check_size
from tomsapp.exchange.row_reader import ReadRow, RowReader, Sheet, folded_codes, ward_codes
from tomsapp.exchange.suggestion import did_you_mean
from tomsapp.exchange.workbook_file import MOST_ROWS, OpenedBook, open_workbook
from tomsapp.exchange.workbook_layout import COMMITMENTS, LAYOUTS_READ, STAMP, Role, column_letter


@dataclass(frozen=True, slots=True)
class PreviewRow:
    """A row of the file: its number, its measure as written, and the commitment, None when there is an error."""

    number: int
    measure: str
    commitment: Commitment | None
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class ImportPreview:
    """What an import would bring: the rows that promise something, and what is wrong with the file as a whole."""

    rows: tuple[PreviewRow, ...]
    problems: tuple[Problem, ...]

    @property
    def commitments(self) -> tuple[Commitment, ...]:
        """The commitments of the rows without an error."""
        return tuple(row.commitment for row in self.rows if row.commitment is not None)

    @property
    def has_errors(self) -> bool:
        """Whether a row or the file has an error."""
        return has_errors(self.problems) or any(has_errors(row.problems) for row in self.rows)


def read_workbook(
    data: bytes, file: str, edition: MenuEdition, contract_years: Sequence[ContractYear], area: Area | None = None
) -> ImportPreview:
    """The commitments in a workbook: this program's template, or any sheet with headings that it recognises.

    Raises:
        OfferUnreadable: it is no workbook that can be read, or no sheet has the headings.
    """
    book = open_workbook(data, file)
    grid, headings = find_table(book, file, contract_years)
    found = stamp_problems(read_stamp(book), edition, file)
    return _preview(grid, headings, file, edition, contract_years, area, found)


def read_csv(
    data: bytes, file: str, edition: MenuEdition, contract_years: Sequence[ContractYear], area: Area | None = None
) -> ImportPreview:
    """The commitments in a CSV file with the same headings; commas, semicolons or tabs part the cells.

    Raises:
        OfferUnreadable: it is not UTF-8, not CSV, too long, or has no such headings.
    """
    grid = csv_grid(data, file)
    headings = find_headings(grid, contract_years)
    if headings is None:
        raise _no_headings(file)
    return _preview(grid, headings, file, edition, contract_years, area, [])


def csv_grid(data: bytes, file: str) -> Grid:
    """The rows of a CSV file; apostrophes that guard a text are taken off."""
    check_size(data, file)
    name = file or "The file"
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise OfferUnreadable(f"{name} is not in UTF-8", "Save it as “CSV UTF-8”") from error
    first = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = max(",;\t", key=first.count)
    rows: list[GridRow] = []
    try:
        for number, cells in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True), 1):
            if number > MOST_ROWS:
                raise OfferUnreadable(f"{name} has more than {MOST_ROWS:,} rows", "Delete those that are not needed")
            filled = {column: GridCell(unguarded(cell)) for column, cell in enumerate(cells) if cell}
            rows.append(GridRow(number, filled))
    except csv.Error as error:
        raise OfferUnreadable(f"{name} is not complete CSV", "Save it again as “CSV UTF-8”") from error
    return Grid("", tuple(rows))


def find_table(book: OpenedBook, file: str, years: Sequence[ContractYear]) -> tuple[Grid, Headings]:
    """The sheet with the commitments: the one of that name, else the first visible one with the headings."""
    for grid in sorted(book.sheets, key=lambda grid: grid.name != COMMITMENTS):
        headings = find_headings(grid, years)
        if headings is not None:
            return grid, headings
    raise _no_headings(file)


def _no_headings(file: str) -> OfferUnreadable:
    return OfferUnreadable(
        f"{file or 'The file'} has no table of commitments",
        f"Give the columns the headings {', '.join(KNOWN_HEADINGS)}, or use the program’s template",
    )


def read_stamp(book: OpenedBook) -> dict[str, str]:
    """What the hidden sheet says the workbook was made from; empty when this program did not make it."""
    grid = book.find(STAMP)
    if grid is None:
        return {}
    pairs = ((text_or_nothing(row.cell(0)), text_or_nothing(row.cell(1))) for row in grid.rows)
    return {name: text for name, text in pairs if name}


def stamp_problems(stamp: dict[str, str], edition: MenuEdition, file: str) -> list[Problem]:
    """Warn when the workbook was made from another menu edition, other bytes of it, or in another layout."""
    if not stamp:
        return []
    made_from = f"{stamp.get('menu', '')} {stamp.get('edition', '')}"
    found: list[tuple[str, str, str]] = []
    if made_from != edition.name:
        message = f"The workbook was made from the menu {made_from}, and this contract uses {edition.name}"
        found.append(("other-edition", message, "Values may differ from those the supplier saw: compare them"))
    elif stamp.get("sha256", "") != edition.sha256:
        message = f"The workbook was made from other contents of the menu {edition.name}"
        found.append(("other-menu-bytes", message, "Values may differ from those the supplier saw: compare them"))
    if stamp.get("layout") not in LAYOUTS_READ:
        message = "The workbook was made by another version of this program"
        found.append(("other-layout", message, "Check that every row was read as it was meant"))
    return [Problem(code, Severity.WARNING, message, fix, Where(file=file), key=code) for code, message, fix in found]


def heading_problems(grid: Grid, headings: Headings, file: str) -> list[Problem]:
    """Errors for columns that stand twice, warnings of other years, and notes on columns that were not read."""
    found: list[Problem] = []

    def report(column: int, code: str, severity: Severity, message: str, fix: str) -> None:
        where = Where(file, grid.name, headings.row, column_letter(column))
        found.append(Problem(code, severity, message, fix, where, key=f"{code}:{grid.name}!{where.column}"))

    for column, text in headings.repeated.items():
        message = f"“{text[:40]}” stands over more than one column"
        report(column, "heading-repeated", Severity.ERROR, message, "Keep one of the columns")
    for column, text in headings.outside.items():
        fix = "Take the column out, or check the dates of the contract"
        report(column, "year-not-in-contract", Severity.WARNING, f"{text[:40]} is not a year of this contract", fix)
    for column, text in headings.unknown.items():
        fix = did_you_mean(text, KNOWN_HEADINGS, "Nothing, if the column is for your own use")
        report(column, "heading-unknown", Severity.NOTE, f"“{text[:40]}” is not a heading that is read", fix)
    return found


def read_rows(grid: Grid, sheet: Sheet) -> list[ReadRow]:
    """Every row under the headings that promises something."""
    rows = (row for row in grid.rows if row.number > sheet.headings.row)
    return [read for row in rows if (read := RowReader(sheet, row).read()) is not None]


def _preview(
    grid: Grid,
    headings: Headings,
    file: str,
    edition: MenuEdition,
    years: Sequence[ContractYear],
    area: Area | None,
    found: list[Problem],
) -> ImportPreview:
    names = {ward.name: ward.code for ward in area.wards} if area else {}
    sheet = Sheet(file, grid.name, headings, ward_codes(names), folded_codes(edition))
    contract = Contract("", Decimal(0), years[0].starts_on, years[-1].ends_on)
    rows = [_checked(read, sheet, edition, contract, area) for read in read_rows(grid, sheet)]
    problems = [*found, *heading_problems(grid, headings, file)]
    if not rows:
        message, fix = "No row has a quantity", "Fill in a quantity for at least one measure"
        where = Where(file, grid.name)
        problems.append(Problem("nothing-filled-in", Severity.ERROR, message, fix, where, key="nothing-filled-in"))
    return ImportPreview(tuple(_with_repeats(rows, sheet)), tuple(problems))


def _checked(read: ReadRow, sheet: Sheet, edition: MenuEdition, contract: Contract, area: Area | None) -> PreviewRow:
    """The row checked against the menu, with each Problem put to its column."""
    commitment = read.commitment
    found: list[Problem] = []
    if commitment.measure:
        found = line_problems(commitment, value_contract(contract, edition, [commitment]), area)
    unread = {(problem.where.field, problem.where.year) for problem in read.problems if _is_error(problem)}
    placed = [
        _placed(problem, sheet, read.number, edition, area)
        for problem in found
        if (problem.where.field, problem.where.year) not in unread
    ]
    problems = (*read.problems, *placed)
    return PreviewRow(read.number, commitment.measure, None if has_errors(problems) else commitment, problems)


def _is_error(problem: Problem) -> bool:
    return problem.severity is Severity.ERROR


_ROLES = {
    "rate": Role.RATE,
    "measure": Role.CODE,
    "contract_share": Role.SHARE,
    "place": Role.WARD,
    "statement": Role.STATEMENT,
    "cost": Role.COST,
}


def _placed(problem: Problem, sheet: Sheet, row: int, edition: MenuEdition, area: Area | None) -> Problem:
    """A Problem of the domain with its sheet, row and column, and with the likely code or ward."""
    year, field = problem.where.year, problem.where.field
    column = sheet.headings.columns.get(_ROLES[field]) if field in _ROLES else None
    if field == "quantity":
        column = sheet.headings.quantities.get(year or 0)
    where = sheet.where(row, column, problem.where.measure, field, year)
    fix = problem.fix
    if problem.code == "unknown-measure":
        fix = did_you_mean(problem.where.measure, edition.places, fix)
    elif problem.code == "unknown-ward" and area is not None:
        written = problem.message.split("”", maxsplit=1)[0].removeprefix("“")
        fix = did_you_mean(written, [ward.name for ward in area.wards], fix)
    return replace(problem, where=where, fix=fix)


def _with_repeats(rows: Iterable[PreviewRow], sheet: Sheet) -> Iterable[PreviewRow]:
    """The rows, each with a warning where an earlier one has the same measure and ward."""
    seen: dict[tuple[str, str], int] = {}
    for row in rows:
        if row.commitment is None:
            yield row
            continue
        spot = (row.measure, row.commitment.place)
        if spot in seen:
            column = sheet.headings.columns[Role.CODE]
            where = sheet.where(row.number, column, row.measure, "measure")
            message = f"Row {seen[spot]} has the same measure and ward"
            fix = "Check that the two rows are for different people or things"
            key = f"row-repeated:{sheet.name}!{row.number}"
            problem = Problem("row-repeated", Severity.WARNING, message, fix, where, key=key)
            yield replace(row, problems=(*row.problems, problem))
        else:
            seen[spot] = row.number
            yield row
