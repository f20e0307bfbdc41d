"""Reads commitments from a workbook or another table into a preview: each row with its commitment and its Problems."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from tomsapp.domain.area import Area
from tomsapp.domain.checks.registry import line_problems
from tomsapp.domain.checks.repeats import repeat_problems
from tomsapp.domain.commitment import Commitment
from tomsapp.domain.contract import Contract, ContractYear
from tomsapp.domain.menu import MenuEdition
from tomsapp.domain.problems import Problem, Severity, Where, has_errors
from tomsapp.domain.valuation import Valuation, value_contract
from tomsapp.exchange.comparing import ComparedRow, ReadTable, compare_rows
from tomsapp.exchange.conventions import with_convention
from tomsapp.exchange.grid import Grid
from tomsapp.exchange.headings import KNOWN_HEADINGS, Headings, find_headings
from tomsapp.exchange.offer_file import OfferUnreadable
from tomsapp.exchange.own_totals import OwnTotal, own_totals
from tomsapp.exchange.placed import placed
from tomsapp.exchange.row_reader import ReadRow, RowReader, Sheet, ward_codes
from tomsapp.exchange.sheets.opened import OpenedBook
from tomsapp.exchange.sheets.opening import open_table
from tomsapp.exchange.stamp import OTHER_SPEND, contract_problems, missing_columns, read_stamp, stamp_problems
from tomsapp.exchange.stated import total_rows
from tomsapp.exchange.workbook_layout import COMMITMENTS, TOTALS, Role, column_letter
from tomsapp.reading.suggestion import did_you_mean

DIFFERENCES = frozenset(
    {
        "column-hidden",
        "column-missing",
        "other-contract",
        "other-dates",
        "other-edition",
        "other-menu-bytes",
        "other-spend",
        "other-value",
        "per-cent-unclear",
        "row-hidden",
        "row-width",
        "total-differs",
        "value-differs",
    }
)
"""The Problems that say that a file is not what it shows; they are answered before anything is brought in."""


@dataclass(frozen=True, slots=True)
class PreviewRow:
    """A row of the file as it would come in.

    Attributes:
        number: its row in the sheet.
        measure: its code as written.
        commitment: None when there is an error.
        value: what it comes to, in pounds; None when it cannot come in.
        stated: the social value that the file itself shows for it; None where it shows none.
    """

    number: int
    measure: str
    commitment: Commitment | None
    problems: tuple[Problem, ...]
    value: Decimal | None = None
    stated: Decimal | None = None


@dataclass(frozen=True, slots=True)
class ImportPreview:
    """What an import would bring: the rows that promise something, and what is wrong with the file as a whole.

    Attributes:
        totals: the totals that the file states itself, beside what comes in.
        own_total: what is to be said of the file's own total of social value.
    """

    rows: tuple[PreviewRow, ...]
    problems: tuple[Problem, ...]
    totals: tuple[OwnTotal, ...] = ()
    own_total: str = ""

    @property
    def commitments(self) -> tuple[Commitment, ...]:
        """The commitments of the rows without an error."""
        return tuple(row.commitment for row in self.rows if row.commitment is not None)

    @property
    def has_errors(self) -> bool:
        """Whether a row or the file has an error."""
        return has_errors(self.problems) or any(has_errors(row.problems) for row in self.rows)

    @property
    def differences(self) -> tuple[Problem, ...]:
        """Where the file is not what it shows; each is answered before anything is brought in."""
        told = [*self.problems, *(problem for row in self.rows for problem in row.problems)]
        return tuple(problem for problem in told if problem.code in DIFFERENCES)


def read_table(
    data: bytes, file: str, edition: MenuEdition, contract: Contract, area: Area | None = None
) -> ImportPreview:
    """The commitments in a file: this program's template, or any sheet or text with headings that it recognises.

    Raises:
        OfferUnreadable: it is no table that can be read, or no sheet has the headings.
    """
    book = open_table(data, file)
    grid, headings = find_table(book, file, contract.years)
    stamp = read_stamp(book)
    found = [*book.problems, *stamp_problems(stamp, edition, file)]
    if stamp:
        found += contract_problems(stamp, book, contract, file)
        found += missing_columns(stamp, headings, file, grid.name)
    table = _Table(grid, headings, file, edition, contract, area)
    return table.preview(found, stamp, book.find(TOTALS) if stamp else None)


def find_table(book: OpenedBook, file: str, years: Sequence[ContractYear]) -> tuple[Grid, Headings]:
    """The sheet with the commitments: the one of that name, else the first visible one with the headings."""
    for grid in sorted(book.sheets, key=lambda grid: grid.name != COMMITMENTS):
        headings = find_headings(grid, years)
        if headings is not None:
            return with_convention(grid, headings), headings
    raise _no_headings(file)


def _no_headings(file: str) -> OfferUnreadable:
    return OfferUnreadable(
        f"{file or 'The file'} has no table of commitments",
        f"Give the columns the headings {', '.join(KNOWN_HEADINGS)}, or use the program’s template",
    )


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
    for column in sorted(grid.hidden_columns & _read_columns(headings)):
        fix = "Show it and check it, or delete it"
        report(
            column, "column-hidden", Severity.WARNING, f"Column {column_letter(column)}, which is read, is hidden", fix
        )
    for column, text in headings.unknown.items():
        fix = did_you_mean(text, KNOWN_HEADINGS, "Nothing, if the column is for your own use")
        report(column, "heading-unknown", Severity.NOTE, f"“{text[:40]}” is not a heading that is read", fix)
    return found


def _read_columns(headings: Headings) -> set[int]:
    return {*headings.columns.values(), *headings.quantities.values()}


def read_rows(grid: Grid, sheet: Sheet) -> list[ReadRow]:
    """Every row under the headings that promises something; rows that add the others up promise nothing."""
    totals = {row.number for row in total_rows(grid, sheet.headings, sheet.measures)}
    rows = (row for row in grid.rows if row.number > sheet.headings.row and row.number not in totals)
    return [read for row in rows if (read := RowReader(sheet, row).read()) is not None]


@dataclass(frozen=True, slots=True)
class _Table:
    """A table with its headings, and what its rows are read for."""

    grid: Grid
    headings: Headings
    file: str
    edition: MenuEdition
    contract: Contract
    area: Area | None

    def preview(self, found: list[Problem], stamp: Mapping[str, str], totals: Grid | None) -> ImportPreview:
        """What the rows bring, with the file's own figures beside the program's."""
        names = {ward.name: ward.code for ward in self.area.wards} if self.area else {}
        sheet = Sheet(self.file, self.grid.name, self.headings, ward_codes(names), self.edition)
        read = read_rows(self.grid, sheet)
        nothing = value_contract(self.contract, self.edition, ())
        rows = [_checked(row, sheet, nothing, self.area) for row in read]
        coming = [row.commitment for row in rows if row.commitment is not None]
        valuation = value_contract(self.contract, self.edition, coming)
        rows = self._asked(rows, sheet, valuation)
        compared = compare(self.grid, sheet, read, valuation, stamp, found)
        told = own_totals(*compared, totals)
        problems = [*found, *heading_problems(self.grid, self.headings, self.file), *told.problems(self.file)]
        if not rows:
            message, fix = "No row has a quantity", "Fill in a quantity for at least one measure"
            where = Where(self.file, self.grid.name)
            problems.append(Problem("nothing-filled-in", Severity.ERROR, message, fix, where, key="nothing-filled-in"))
        shown = [_beside(row, one) for row, one in zip(rows, compared[1], strict=True)]
        return ImportPreview(tuple(_with_repeats(shown, sheet)), tuple(problems), told.totals, told.words)

    def _asked(self, rows: Iterable[PreviewRow], sheet: Sheet, valuation: Valuation) -> list[PreviewRow]:
        """The rows with what is asked of them because of other years and rows: people are counted once."""
        asked: dict[str, list[Problem]] = {}
        for problem in repeat_problems(valuation):
            asked.setdefault(problem.where.commitment, []).append(problem)

        def found_in(row: PreviewRow) -> Iterable[Problem]:
            return (
                placed(problem, sheet, row.number, self.edition, self.area)
                for problem in asked.get(str(row.number), ())
            )

        return [replace(row, problems=(*row.problems, *found_in(row))) for row in rows]


def compare(
    grid: Grid,
    sheet: Sheet,
    rows: Sequence[ReadRow],
    valuation: Valuation,
    stamp: Mapping[str, str],
    found: Iterable[Problem],
) -> tuple[ReadTable, list[ComparedRow]]:
    """The rows that were read, with the file's own figures beside those of the valuation."""
    has_other_spend = any(problem.code == OTHER_SPEND for problem in found)
    layout = stamp.get("layout", "")
    table = ReadTable(grid, sheet, rows, valuation, is_own=bool(stamp), layout=layout, has_other_spend=has_other_spend)
    return table, compare_rows(table)


def _beside(row: PreviewRow, compared: ComparedRow) -> PreviewRow:
    """The row with the file's own figure, and what differs."""
    problems = (*row.problems, compared.problem) if compared.problem else row.problems
    value = compared.line.social_value if compared.line else None
    return replace(row, problems=problems, value=value, stated=compared.social_value)


def _checked(read: ReadRow, sheet: Sheet, nothing: Valuation, area: Area | None) -> PreviewRow:
    """The row checked against menu and contract, those of `nothing`, with each Problem put to its column."""
    commitment, edition = read.commitment, nothing.edition
    found: list[Problem] = []
    if commitment.measure:
        found = line_problems(commitment, nothing, area)
    unread = {(problem.where.field, problem.where.year) for problem in read.problems if _is_error(problem)}
    of_domain = [
        placed(problem, sheet, read.number, edition, area)
        for problem in found
        if (problem.where.field, problem.where.year) not in unread
    ]
    problems = (*read.problems, *of_domain)
    return PreviewRow(read.number, commitment.measure, None if has_errors(problems) else commitment, problems)


def _is_error(problem: Problem) -> bool:
    return problem.severity is Severity.ERROR


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
