"""Reads the lines of somebody's offer as its labels say, and then as a person chose about what is easily missed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from tomsapp.domain.alike import alike
from tomsapp.domain.area import Area
from tomsapp.domain.commitment import Commitment
from tomsapp.domain.contract import Contract
from tomsapp.domain.contract_dates import ContractYear
from tomsapp.domain.menu import MenuEdition
from tomsapp.domain.problems import Problem, Severity
from tomsapp.domain.typed import units_called
from tomsapp.exchange.conventions import with_convention
from tomsapp.exchange.grid import Grid, GridCell, GridRow, text_or_nothing
from tomsapp.exchange.headings import Headings
from tomsapp.exchange.labelled.codes import CodeBook
from tomsapp.exchange.labelled.easily_missed import words_in
from tomsapp.exchange.labelled.guess import OfferGuesser
from tomsapp.exchange.labelled.heads import headings_of
from tomsapp.exchange.labelled.labels import RowKind, SheetLabels, TableLabels
from tomsapp.exchange.labelled.row_numbers import NumberFinder
from tomsapp.exchange.labelled.row_sorts import RowSort, RowSorter, SortedRow
from tomsapp.exchange.labelled.row_totals import check_total, total_column
from tomsapp.exchange.labelled.row_years import year_title
from tomsapp.exchange.labelled.uses import (
    CODE,
    EACH,
    FOR_ALL_YEARS,
    READ_ROLES,
    STATED_ROLES,
    STATED_YEAR_ROLES,
    STATEMENT,
    TITLE,
    UNIT,
    VALUE,
    is_quantity,
    use_of,
    year_of,
)
from tomsapp.exchange.line_identity import LINE_HEAD, LineIdentity, identity_in
from tomsapp.exchange.row_reader import RowReader, Sheet, ward_codes
from tomsapp.exchange.sheets.opened import OpenedBook
from tomsapp.exchange.stated import Stated, stated_in
from tomsapp.exchange.workbook_columns import Role

_NOTES_OF_ROW = frozenset({"row-hidden"})
"""What a row is said to be elsewhere, with a choice."""


@dataclass(frozen=True, slots=True)
class RawLine:
    """A row that promises something, read whole: also what may be left out of it.

    Attributes:
        key: names it: its sheet and row.
        tells: the uses of the columns that its sheet has; what it has no column for is not said.
        has_code: whether it names a measure.
        is_below: it stands below the last total of its sheet.
        stated: the social value that the file shows for it.
        identity: the line of a contract that it names itself, in this program's own workbook.
        years: the contract years of which it can speak: those that have a column, or the one that its row is of.
        is_whole: its quantity is one number for the whole contract.
        is_each: its quantity is one number that counts in each year.
    """

    key: str
    sheet: "ReadSheet"
    row: GridRow
    commitment: Commitment
    problems: tuple[Problem, ...]
    tells: frozenset[str]
    has_code: bool = True
    is_below: bool = False
    stated: Stated = field(default_factory=Stated)
    identity: LineIdentity | None = None
    years: frozenset[int] = frozenset()
    is_whole: bool = False
    is_each: bool = False


@dataclass(frozen=True, eq=False)
class ReadSheet:
    """A sheet with its labels, and what its cells are read for."""

    grid: Grid
    labels: SheetLabels
    sheet: Sheet
    sorted_rows: tuple[SortedRow, ...]
    years: Sequence[ContractYear]
    codes: CodeBook

    @property
    def name(self) -> str:
        """The sheet’s name."""
        return self.grid.name

    @cached_property
    def numbers(self) -> NumberFinder:
        """Where the quantities of its rows stand."""
        title = year_title(self.grid, self.labels.rows_of(RowKind.HEAD), self.years)
        return NumberFinder(self.sheet, self.labels, self.sorted_rows, self.years, title)

    @property
    def is_for_all_years(self) -> bool:
        """Whether a column gives one number for all years."""
        return bool(FOR_ALL_YEARS & set(self.labels.columns.values()))

    @property
    def is_each(self) -> bool:
        """Whether a column gives one number that counts in each year, and none is of a single year."""
        return self.sheet.headings.is_each

    @cached_property
    def headings(self) -> dict[int, tuple[str, ...]]:
        """What stands over each column, top to bottom."""
        return headings_of(self.grid, self.labels.rows_of(RowKind.HEAD))

    @cached_property
    def total_column(self) -> int | None:
        """The column that adds up the columns of single years; None where it has none."""
        return total_column(self.headings, self.labels.columns, self.years)

    @cached_property
    def line_rows(self) -> tuple[GridRow, ...]:
        """The rows that are labelled as lines."""
        return tuple(row for row in self.grid.rows if self.labels.kind_of(row.number) is RowKind.LINE)

    @cached_property
    def last_total(self) -> int | None:
        """The row of the last total; None where the sheet has none under a line."""
        totals = self.labels.rows_of(RowKind.TOTAL)
        lines = self.labels.rows_of(RowKind.LINE)
        return totals[-1] if totals and lines and lines[0] < totals[-1] else None

    def lines(self) -> Iterator[RawLine]:
        """Every row that promises something, top to bottom."""
        last_total = self.last_total
        for one in self.sorted_rows:
            is_line = self.labels.kind_of(one.row.number) is RowKind.LINE
            is_unnamed = one.sort is RowSort.NO_CODE and one.row.number not in self.labels.rows
            if is_line or is_unnamed:
                line = self._line(one)
                if line is not None:
                    yield replace(line, is_below=last_total is not None and one.row.number > last_total)

    def _line(self, one: SortedRow) -> RawLine | None:
        if one.sort is RowSort.NO_CODE or (one.code is None and not self._code_text(one.row)):
            key = f"{self.name}!{one.row.number}"
            worded = {"", TITLE.key, STATEMENT.key}
            figures = {column for column, use in self.labels.columns.items() if use not in worded}
            nothing = Commitment(key, "", (None,) * len(self.years), statement=words_in(one.row, figures))
            raw = self._raw(one.row, nothing, (), has_code=False)
            return replace(raw, is_whole=self.numbers.of(one.row).is_whole)
        return self.read_row(one)

    def read_row(self, one: SortedRow, chosen: str = "") -> RawLine | None:
        """The line in a row, with the measure that was chosen for it or found in it; None where it says nothing."""
        code, words = (one.code.code, one.code.words) if one.code is not None else ("", "")
        row = self._with_code(one.row, chosen or code) if chosen or words else one.row
        numbers = self.numbers.of(row)
        reader = RowReader(numbers.sheet, row)
        if words and not chosen:
            column = self.sheet.headings.columns[Role.CODE]
            reader.measure = code
            fix = f"Check that {code} is what is meant"
            reader.report("code-guessed", words, fix, column, "measure", severity=Severity.NOTE)
        self._check_title(reader, row, chosen or code)
        self._check_unit(reader, row, chosen or code)
        numbers.tell(reader, self.numbers.year_column)
        read = RowReader(numbers.sheet, row).read()
        if read is None:
            return None
        if not numbers.is_whole:
            measure = self.sheet.edition.find_measure(chosen or code)
            check_total(reader, row, self.total_column, read.commitment, measure)
        notes = tuple(reader.found)
        problems = (*notes, *(problem for problem in read.problems if problem.code not in _NOTES_OF_ROW))
        key = f"{self.name}!{read.number}"
        raw = self._raw(row, replace(read.commitment, key=key), problems)
        return replace(raw, years=numbers.years, is_whole=numbers.is_whole, is_each=numbers.is_each)

    def _check_title(self, reader: RowReader, row: GridRow, code: str) -> None:
        """Warn where the title beside a code is that of another measure: a row may have slipped."""
        column = self.labels.column_of(TITLE.key)
        title = text_or_nothing(row.cell(column)) if column is not None else ""
        other = self.codes.called_so(title) if title else ""
        if other and other != code:
            message, fix = (
                f"“{title}” is {other} in the menu",
                f"Check whether {code or 'the code'} or {other} is meant",
            )
            reader.report("title-of-another", message, fix, column, severity=Severity.WARNING)

    def _check_unit(self, reader: RowReader, row: GridRow, code: str) -> None:
        """Warn where the unit beside a code is one that its measure is not counted in: the numbers may be others."""
        column, measure = self.labels.column_of(UNIT.key), self.sheet.edition.find_measure(code)
        text = text_or_nothing(row.cell(column))
        if measure is None or not text or alike(text) in {alike(measure.each_name), alike(measure.many_name)}:
            return
        units = units_called(text)
        if units and measure.unit not in units:
            message = f"The unit is “{text}”, and in the menu {code} is for each {measure.each_name}"
            reader.report("unit-of-another", message, "Check what the numbers count", column, severity=Severity.WARNING)

    def _raw(
        self, row: GridRow, commitment: Commitment, problems: tuple[Problem, ...], *, has_code: bool = True
    ) -> RawLine:
        tells = frozenset(self.labels.columns.values())
        stated = stated_in(row.cell(self.labels.column_of(VALUE.key)))
        identity = identity_in(row.cell(self.sheet.headings.columns.get(Role.LINE)))
        return RawLine(
            commitment.key, self, row, commitment, problems, tells, has_code, stated=stated, identity=identity
        )

    def _code_text(self, row: GridRow) -> str:
        return text_or_nothing(row.cell(self.labels.column_of(CODE.key)))

    def _with_code(self, row: GridRow, code: str) -> GridRow:
        column = self.sheet.headings.columns[Role.CODE]
        return replace(row, cells={**row.cells, column: GridCell(code)})


@dataclass(frozen=True)
class OfferReader:
    """Reads offers for a contract: the menu, years and wards by which rows are understood."""

    edition: MenuEdition
    contract: Contract
    area: Area | None
    file: str

    @property
    def guesser(self) -> OfferGuesser:
        """What guesses the labels."""
        return OfferGuesser(CodeBook(self.edition), self.contract.years)

    def sheets(self, book: OpenedBook, labels: TableLabels) -> list[ReadSheet]:
        """The sheets that have a code and a quantity among their columns, read or not."""
        grids = book.by_name
        made = (self._sheet(grids[one.name], one) for one in labels if one.column_of(CODE.key) is not None)
        return [sheet for sheet in made if sheet.sheet.headings.quantities or Role.RATE in sheet.sheet.headings.columns]

    def _sheet(self, grid: Grid, labels: SheetLabels) -> ReadSheet:
        headings = headings_by_labels(grid, labels)
        names = {ward.name: ward.code for ward in self.area.wards} if self.area else {}
        grid = with_convention(grid, headings)
        sheet = Sheet(self.file, grid.name, headings, ward_codes(names), self.edition, len(self.contract.years))
        head = labels.rows_of(RowKind.HEAD)
        lowest = {column: texts[-1] for column, texts in headings_of(grid, head).items()}
        years, codes = self.contract.years, CodeBook(self.edition)
        sorter = RowSorter(labels.columns, lowest, codes, lambda text: use_of(text, years))
        rows = tuple(sorter.sort(row) for row in grid.rows if row.number > headings.row)
        return ReadSheet(grid, labels, sheet, rows, years, codes)


def headings_by_labels(grid: Grid, labels: SheetLabels) -> Headings:
    """Where the columns of a sheet stand, as its labels say."""
    head = labels.rows_of(RowKind.HEAD)
    lines = labels.rows_of(RowKind.LINE)
    row = head[-1] if head else (lines[0] - 1 if lines else 0)
    width = max(headings_of(grid, head[-1:]) or labels.columns, default=-1) + 1
    has_years = any(year_of(key) is not None for key in labels.columns.values())
    is_each = labels.column_of(EACH.key) is not None and not has_years
    found = Headings(row, {}, {}, width=width, is_each=is_each)
    found.columns.update((Role.LINE, column) for column in _line_columns(grid, found.row))
    for column, key in sorted(labels.columns.items()):
        year = year_of(key)
        base, _, number = key.partition("-")
        if is_quantity(key) and not (has_years and key in FOR_ALL_YEARS):
            found.quantities[year or 0] = column
        elif key in READ_ROLES:
            found.columns[READ_ROLES[key]] = column
        elif key in STATED_ROLES:
            found.stated[STATED_ROLES[key], None] = column
        elif number and base in STATED_YEAR_ROLES:
            found.stated[STATED_YEAR_ROLES[base], int(number)] = column
    return found


def _line_columns(grid: Grid, head: int) -> Iterator[int]:
    """The hidden column in which this program's own workbook names the lines; nobody gives it a label."""
    heads = (row for row in grid.rows if row.number == head)
    return (column for row in heads for column, cell in row.cells.items() if cell.value == LINE_HEAD)
