"""In which columns the quantities of one row stand, and of which contract years they are."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from tomsapp.domain.contract_dates import ContractYear
from tomsapp.domain.problems import Severity
from tomsapp.exchange.grid import GridRow
from tomsapp.exchange.labelled.labels import SheetLabels
from tomsapp.exchange.labelled.row_sorts import SortedRow, is_filled
from tomsapp.exchange.labelled.row_years import RowYear, row_years
from tomsapp.exchange.labelled.uses import EACH, ROW_QUANTITY, ROW_YEAR, WHOLE, year_of
from tomsapp.exchange.row_reader import RowReader, Sheet


@dataclass(frozen=True, slots=True)
class RowNumbers:
    """How the quantities of a row are read.

    Attributes:
        sheet: with the columns in which they stand.
        years: the contract years of which the row can speak.
        is_whole: it has one number for the whole contract.
        is_each: it has one number that counts in each year.
        year: what says which year it is of, in a table with a row for each year.
    """

    sheet: Sheet
    years: frozenset[int]
    is_whole: bool = False
    is_each: bool = False
    year: RowYear | None = None

    def tell(self, reader: RowReader, column: int | None) -> None:
        """Say what is guessed or unknown of the year of a row."""
        if self.year is None:
            return
        text = self.year.text[:40]
        if self.year.year is None:
            message = f"“{text}” is not a year of this contract" if text else "The row does not say which year it is of"
            fix = "Enter a year of the contract, for example 2026/27 or Year 1"
            reader.report("row-year-unknown", message, fix, column, "quantity")
        elif self.year.is_above:
            fix = "Check that this is what is meant"
            message = f"The year above it is read for this row: {text}"
            reader.report("row-year-above", message, fix, column, severity=Severity.NOTE)


class NumberFinder:
    """Finds where the quantities of each row of one sheet stand."""

    def __init__(
        self,
        sheet: Sheet,
        labels: SheetLabels,
        rows: Sequence[SortedRow],
        years: Sequence[ContractYear],
        title: str,
    ) -> None:
        self._sheet = sheet
        self._all = frozenset(year.index for year in years)
        self._years = [column for column, key in labels.columns.items() if year_of(key) is not None]
        self._for_all = {key: column for key in (WHOLE.key, EACH.key) if (column := labels.column_of(key)) is not None}
        self._of_row = row_years(rows, labels.columns, years, title)
        self._quantity = labels.column_of(ROW_QUANTITY.key)
        self._sheets: dict[tuple[int, int, bool], Sheet] = {}
        self.year_column = labels.column_of(ROW_YEAR.key)

    def of(self, row: GridRow) -> RowNumbers:
        """Where the quantities of a row stand."""
        if self._quantity is not None and row.number in self._of_row:
            year = self._of_row[row.number]
            spoken = frozenset() if year.year is None else frozenset({year.year})
            return RowNumbers(self._with(year.year or 0, self._quantity), spoken, year=year)
        key = next((key for key, column in self._for_all.items() if not self._years or self._is_only(row, column)), "")
        if key:
            is_each = key == EACH.key
            sheet = self._with(0, self._for_all[key], is_each=is_each)
            return RowNumbers(sheet, self._all, is_whole=not is_each, is_each=is_each)
        spoken = frozenset(self._sheet.headings.quantities) or self._all
        return RowNumbers(self._sheet, spoken)

    def _is_only(self, row: GridRow, column: int) -> bool:
        """Whether a row has its only number in a column for all years; a nought adds up years that are empty."""
        cell = row.cell(column)
        return is_filled(cell) and cell.value != 0 and not any(is_filled(row.cell(year)) for year in self._years)

    def _with(self, year: int, column: int, *, is_each: bool = False) -> Sheet:
        """The sheet with its quantities of one year in one column."""
        key = (year, column, is_each)
        if key not in self._sheets:
            places: Mapping[int, int] = {year: column}
            is_whole = column == self._for_all.get(WHOLE.key)
            headings = replace(self._sheet.headings, quantities=dict(places), is_each=is_each, is_whole=is_whole)
            self._sheets[key] = replace(self._sheet, headings=headings)
        return self._sheets[key]
