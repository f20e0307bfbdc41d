"""One row of a sheet read as a commitment; what is wrong is gathered with sheet, row and column."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property

from tomsapp.domain.alike import alike, has_invisible, visible
from tomsapp.domain.commitment import COMMITMENT, OUTSIDE_AREA, WHOLE_AREA, Commitment, Rate
from tomsapp.domain.facts import FactKind
from tomsapp.domain.hedges import without_hedge
from tomsapp.domain.menu import Measure, MenuEdition
from tomsapp.domain.money import PENNY_PLACES, decimal_places, shortened
from tomsapp.domain.problems import Problem, Severity, Where
from tomsapp.domain.typed import is_blank, without_unit
from tomsapp.domain.units import UnitForm
from tomsapp.domain.wording import format_percent, plural
from tomsapp.exchange.grid import CellUnreadable, GridCell, GridRow, ReadNumber, quantity_of, share_of, text_of
from tomsapp.exchange.headings import Headings
from tomsapp.exchange.line_identity import LineIdentity, identity_in
from tomsapp.exchange.workbook_columns import Role, column_letter

_AREAS = ("borough", "city", "county", "district", "area", "council area")
_EVERYWHERE = (
    "all",
    "all wards",
    "everywhere",
    *(f"{how}{area}" for area in _AREAS for how in ("whole ", "all ", "the whole ")),
    *(f"{area}{how}" for area in _AREAS for how in ("wide", " wide", "-wide")),
)
"""How people write that something happens in the whole area."""
_OUTSIDE = ("outside", *(f"outside {the}{area}" for area in _AREAS for the in ("", "the ")))


@dataclass(frozen=True)
class Sheet:
    """The sheet that is read: its file and name, where its columns stand, and how wards and measures are called.

    Attributes:
        years: of the contract; one without a column is blank. 0 where the sheet must have them all.
    """

    file: str
    name: str
    headings: Headings
    ward_codes: Mapping[str, str]
    edition: MenuEdition
    years: int = 0

    @cached_property
    def measures(self) -> Mapping[str, str]:
        """Measure codes by their folded form, so that s08 is S08."""
        return {alike(code): code for code in self.edition.places}

    def where(self, row: int, column: int | None, measure: str = "", field: str = "", year: int | None = None) -> Where:
        """The place of a Problem."""
        letter = "" if column is None else column_letter(column)
        return Where(self.file, self.name, row, letter, commitment=str(row), measure=measure, year=year, field=field)


@dataclass(frozen=True, slots=True)
class ReadRow:
    """A row as it was read; the commitment holds 0 where a number could not be read, and `problems` then says so.

    Attributes:
        identity: the line of a contract that the row itself names, in this program's own workbook.
    """

    number: int
    commitment: Commitment
    problems: tuple[Problem, ...]
    identity: LineIdentity | None = None


def ward_codes(names: Mapping[str, str]) -> dict[str, str]:
    """The place that each way of writing a ward stands for: its name, its code, the whole borough, outside."""
    codes = dict.fromkeys(("", *_EVERYWHERE), WHOLE_AREA) | dict.fromkeys(_OUTSIDE, OUTSIDE_AREA)
    codes |= {alike(f"{name} ward"): code for name, code in names.items()}
    codes |= {alike(code): code for code in names.values() if code}
    return codes | {alike(name): code for name, code in names.items()}


class RowReader:
    """Reads the cells of one row, gathering what is wrong."""

    def __init__(self, sheet: Sheet, row: GridRow) -> None:
        self.sheet = sheet
        self.row = row
        self.found: list[Problem] = []
        self.measure = ""

    def read(self) -> ReadRow | None:
        """The commitment of the row; None where the row promises nothing."""
        code = self._code()
        self.measure = self.sheet.measures.get(alike(code), code)
        quantities = tuple(self._quantities())
        rate = self._rate()
        statement, cost = self._text(Role.STATEMENT, "statement"), self._cost()
        has_quantity = rate is not None or any(quantity is not None for quantity in quantities)
        if not has_quantity and not statement and cost is None and not self.found:
            return None
        if not self.measure and not has_quantity:
            return None
        self._check_width()
        if not code and not any(problem.where.field == "measure" for problem in self.found):
            column = self.sheet.headings.columns[Role.CODE]
            self.report(
                "value-missing", "The row has no measure code", "Enter the code of a measure", column, "measure"
            )
        if self.row.is_hidden:
            message, fix = "The row is hidden", "Show it and check it, or delete it"
            self.report("row-hidden", message, fix, None, severity=Severity.WARNING)
        share = self._read(share_of, self.sheet.headings.columns.get(Role.SHARE), "contract_share")
        commitment = Commitment(
            key=str(self.row.number),
            measure=self.measure,
            quantities=() if rate and not any(quantities) else quantities,
            contract_share=Decimal(1) if share is None else share,
            place=self._place(),
            statement=statement,
            rate=rate,
            cost=cost,
        )
        identity = identity_in(self.row.cell(self.sheet.headings.columns.get(Role.LINE)))
        return ReadRow(self.row.number, commitment, tuple(self.found), identity)

    def report(
        self,
        code: str,
        message: str,
        fix: str,
        column: int | None,
        field: str = "",
        *,
        year: int | None = None,
        severity: Severity = Severity.ERROR,
    ) -> None:
        """Gather a Problem with a cell of this row."""
        where = self.sheet.where(self.row.number, column, self.measure, field, year)
        key = f"{code}:{self.sheet.name}!{where.column}{self.row.number}"
        self.found.append(Problem(code, severity, message, fix, where, key=key))

    def _text(self, role: Role, field: str) -> str:
        column = self.sheet.headings.columns.get(role)
        try:
            text = text_of(self.row.cell(column))
        except CellUnreadable as error:
            self.report(error.code, error.message, error.fix, column, field)
            return ""
        fact = COMMITMENT.fact(field)
        if fact.kind is FactKind.LINE and (fault := fact.line_fault(text)):
            self.report(f"text-{fault.code}", fault.message, fault.fix, column, field)
            return ""
        return text

    def _code(self) -> str:
        column = self.sheet.headings.columns[Role.CODE]
        code = self._text(Role.CODE, "measure")
        if has_invisible(str(self.row.cell(column).value)):
            message = f"“{code}” has signs that cannot be seen; they were left out"
            self.report("invisible-signs", message, "Nothing", column, "measure", severity=Severity.NOTE)
        return code

    def _quantities(self) -> list[Decimal | None]:
        columns = self.sheet.headings.quantities
        measure, is_whole = self.sheet.edition.find_measure(self.measure), self.sheet.headings.is_whole

        def read(cell: GridCell) -> ReadNumber:
            return quantity_of(cell) if measure is None else _quantity_of(cell, measure, is_yearly=not is_whole)

        years = max(max(columns, default=-1) + 1, self.sheet.years)
        found = [self._read(read, columns.get(year), "quantity", year=year) for year in range(years)]
        # A yes is given once, in the first year.
        is_once = measure is not None and measure.unit.form is UnitForm.YES_NO
        return [found[0]] * years if self.sheet.headings.is_each and not is_once else found

    def _pounds(self, role: Role, field: str) -> Decimal | None:
        def read(cell: GridCell) -> ReadNumber:
            return quantity_of(cell, UnitForm.POUNDS)

        return self._read(read, self.sheet.headings.columns.get(role), field)

    def _read(
        self, read_cell: Callable[[GridCell], ReadNumber], column: int | None, field: str, *, year: int | None = None
    ) -> Decimal | None:
        """The number in a cell; 0 where it cannot be read."""
        try:
            read = read_cell(self.row.cell(column))
        except CellUnreadable as error:
            self.report(error.code, error.message, error.fix, column, field, year=year)
            return Decimal(0)
        if read.readings:
            fix = f"Say that it is meant so, or write {' or '.join(read.readings)} in the file"
            self.report(read.code, read.note, fix, column, field, year=year, severity=Severity.WARNING)
        elif read.note:
            meant = format_percent(read.value) if field == "contract_share" and read.value is not None else read.value
            fix = f"Check that {meant} is what is meant"
            self.report(read.code, read.note, fix, column, field, year=year, severity=Severity.NOTE)
        return read.value

    def _rate(self) -> Rate | None:
        """The promise per pound of spend; None where there is none."""
        quantity = self._read(quantity_of, self.sheet.headings.columns.get(Role.RATE), "rate")
        per = self._pounds(Role.RATE_PER, "rate")
        if quantity is None and per is None:
            return None
        if quantity is None or per is None:
            missing, words = (
                (Role.RATE, "how much is promised")
                if quantity is None
                else (Role.RATE_PER, "for how many pounds of spend it is promised")
            )
            column = self.sheet.headings.columns.get(missing)
            message = f"The promise per pound of spend does not say {words}"
            self.report("rate-incomplete", message, "Fill in both cells, or clear both", column, "rate")
        return Rate(quantity or Decimal(0), per or Decimal(0))

    def _check_width(self) -> None:
        """Warn of a row of a CSV file whose cells do not stand under their headings."""
        if self.row.width is None:
            return
        heads = self.sheet.headings.width
        cells = max(self.row.cells, default=-1) + 1
        if cells <= heads <= self.row.width:
            return
        number = min(self.row.width, cells) if self.row.width < heads else cells
        message = f"The row has {plural(number, 'cell', 'cells')}, and there are {plural(heads, 'heading', 'headings')}"
        fix = "Look for a comma that is missing or too many: the cells behind it stand under wrong headings"
        self.report("row-width", message, fix, None, severity=Severity.WARNING)

    def _cost(self) -> Decimal | None:
        cost = self._pounds(Role.COST, "cost")
        column = self.sheet.headings.columns.get(Role.COST)
        if cost is not None and cost < 0:
            self.report("pounds-negative", "The cost is less than zero", "Enter 0 or more", column, "cost")
        elif cost is not None and decimal_places(cost) > PENNY_PLACES:
            self.report("pounds-too-precise", "The cost has parts of a penny", "Round it to the penny", column, "cost")
        return cost

    def _place(self) -> str:
        text = self._text(Role.WARD, "place")
        if is_blank(text):
            return WHOLE_AREA
        return self.sheet.ward_codes.get(alike(text), text)


def _quantity_of(cell: GridCell, measure: Measure, *, is_yearly: bool) -> ReadNumber:
    """The quantity of a measure in a cell, also where its unit or a hedge stands beside it: "40 weeks (est.)"."""
    text = cell.value if isinstance(cell.value, str) else ""
    plain = without_unit(text, measure.unit) if text else text
    try:
        read = quantity_of(cell._replace(value=plain) if plain != text else cell, measure.unit.form, measure.decimals)
    except CellUnreadable:
        core = without_hedge(text, is_yearly=is_yearly)
        if core == text:
            raise
        return _hedged(cell._replace(value=without_unit(core, measure.unit)), measure, visible(text))
    if "£" in text and read.value and measure.unit.form is UnitForm.NUMBER:
        words = f"“{shortened(visible(text))}” is in pounds, and {measure.code} is for each {measure.each_name}"
        number = without_unit(text.replace("£", "").strip(), measure.unit)
        return replace(read, note=words, code="number-with-words", readings=(number,))
    return read if plain == text or read.note else replace(read, note=f"“{text.strip()}” is read as {plain}")


def _hedged(cell: GridCell, measure: Measure, text: str) -> ReadNumber:
    """A quantity that has words or marks beside it: it is asked whether they leave it as it is."""
    read = quantity_of(cell, measure.unit.form, measure.decimals)
    if read.readings:
        return read
    words = f"“{shortened(text)}” is read as {cell.value}"
    return replace(read, note=words, code="number-with-words", readings=(str(cell.value),))
