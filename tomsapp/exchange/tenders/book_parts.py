"""Reads the parts from which quantities were worked out, and puts what they come to where no quantity is typed in."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from tomsapp.domain.alike import alike
from tomsapp.domain.problems import Problem, Severity, Where, problem_at
from tomsapp.domain.tender.parts import YearParts
from tomsapp.domain.tender.words import PARTS_MISSING
from tomsapp.exchange.grid import (
    CellUnreadable,
    Grid,
    GridCell,
    GridRow,
    is_empty,
    quantity_of,
    text_of,
    text_or_nothing,
)
from tomsapp.exchange.headings import Headings
from tomsapp.exchange.row_reader import Sheet
from tomsapp.exchange.sheets.opened import OpenedBook
from tomsapp.exchange.tenders.book_layout import FIRST_PART, FORM, FORM_WORDS, WORKINGS_HEADS, OfferBook
from tomsapp.exchange.workbook_asked import WORKINGS
from tomsapp.exchange.workbook_columns import Role, column_letter

_FORMS = {alike(words): form for words, form in FORM_WORDS.items()}
_PUT_BACK = "Put it back as it was in the workbook of the pack, or enter the quantities themselves"


class PartsReader:
    """The parts by the place of their row among the commitments, and the contract year."""

    def __init__(self, book: OpenedBook, form: OfferBook, file: str) -> None:
        self._form, self._file = form, file
        self.found: list[Problem] = []
        self._codes: dict[int, str] = {}
        self._parts: dict[tuple[int, int], YearParts] = {}
        grid = book.find(WORKINGS)
        if grid is None:
            self._problem("sheet-missing", f"The sheet {WORKINGS} is not there any more", _PUT_BACK)
            return
        wanted = alike(WORKINGS_HEADS[FORM])
        head = next((row for row in grid.rows if alike(text_or_nothing(row.cell(FORM))) == wanted), None)
        if head is None:
            message = f"The sheet {WORKINGS} lacks the column “{WORKINGS_HEADS[FORM]}”"
            self._problem("heads-missing", message, _PUT_BACK)
            return
        for row in grid.rows:
            if row.number > head.number:
                self._read(row, *divmod(row.number - head.number - 1, len(form.contract.years)))

    def added_to(self, grid: Grid, sheet: Sheet) -> Grid:
        """The commitments with what the parts come to, where nothing is typed in."""
        return replace(grid, rows=tuple(self._with_parts(row, sheet) for row in grid.rows))

    def of_row(self, number: int, headings: Headings) -> tuple[YearParts, ...]:
        """The parts of a row of the commitments, by its number."""
        place = number - headings.row - 1
        years = range(len(self._form.contract.years))
        return tuple(self._parts[place, year] for year in years if (place, year) in self._parts)

    def _with_parts(self, row: GridRow, sheet: Sheet) -> GridRow:
        place, headings = row.number - sheet.headings.row - 1, sheet.headings
        mine = {year: parts for (at, year), parts in self._parts.items() if at == place}
        if not mine:
            return row
        code = text_or_nothing(row.cell(headings.columns[Role.CODE]))
        if self._codes.get(place) and alike(self._codes[place]) != alike(code):
            other = self._codes[place]
            message = f"Row {row.number} of the commitments is {code or 'empty'}, and its parts are of {other}"
            self._problem("parts-of-another", message, "Put rows back as they were, each with its own parts")
            for year in mine:
                del self._parts[place, year]
            return row
        cells = dict(row.cells)
        for year, parts in mine.items():
            column = headings.quantities[year]
            if is_empty(row.cell(column)):
                cells[column] = GridCell(parts.quantity)
        return replace(row, cells=cells)

    def _read(self, row: GridRow, place: int, year: int) -> None:
        self._codes.setdefault(place, text_or_nothing(row.cell(0)))
        numbers = list(self._numbers(row))
        try:
            text = text_of(row.cell(FORM)).strip()
        except CellUnreadable as error:
            self._problem(error.code, error.message, error.fix, row, FORM)
            return
        if not text and not any(number is not None for number in numbers):
            return
        form = _FORMS.get(alike(text))
        label = self._form.contract.years[year].label
        if form is None or any(number is None for number in numbers[: len(form.labels)]):
            said = PARTS_MISSING.filled(year=label)
            self._problem("parts-missing", said.message, said.fix, row, FORM, Severity.WARNING)
            return
        given = [number for number in numbers[: len(form.labels)] if number is not None]
        self._parts[place, year] = YearParts(year, form, tuple(given))

    def _numbers(self, row: GridRow) -> Iterator[Decimal | None]:
        for column in range(FIRST_PART, FIRST_PART + 3):
            if column not in row.cells:
                yield None
                continue
            try:
                number = quantity_of(row.cell(column)).value
            except CellUnreadable as error:
                self._problem(error.code, error.message, error.fix, row, column)
                number = None
            if number is not None and number < 0:
                self._problem("number-negative", f"{number} is below zero", "Enter 0 or more", row, column)
                number = None
            yield number

    def _problem(
        self,
        code: str,
        message: str,
        fix: str,
        row: GridRow | None = None,
        column: int | None = None,
        severity: Severity = Severity.ERROR,
    ) -> None:
        letter = "" if column is None else column_letter(column)
        where = Where(self._file, WORKINGS, None if row is None else row.number, letter)
        self.found.append(problem_at(code, message, fix, where, severity))
