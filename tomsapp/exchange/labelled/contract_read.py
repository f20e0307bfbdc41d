"""Reads a council's register of contracts: each fact of a contract from its cell, and what follows from two of them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import Any

from tomsapp.domain.checks.short_year import ends_on_anniversary
from tomsapp.domain.contract import (
    CONTRACT,
    ContractError,
    ContractKind,
    length_in_years,
)
from tomsapp.domain.day_order import DayOrder, is_unclear, order_of
from tomsapp.domain.errors import TomsError
from tomsapp.domain.facts import FactKind
from tomsapp.domain.money import round_pounds
from tomsapp.domain.problems import Problem, Severity, Where, problem_at
from tomsapp.domain.supplier import SUPPLIER
from tomsapp.domain.typed import is_blank
from tomsapp.domain.typed_numbers import convention_of
from tomsapp.domain.wording import format_date, format_pounds
from tomsapp.exchange.grid import CellUnreadable, Grid, GridCell, GridRow, text_of, text_or_nothing
from tomsapp.exchange.labelled.contract_days import counted_day, day_in
from tomsapp.exchange.labelled.contract_lengths import end_in_length, is_length, latest_end
from tomsapp.exchange.labelled.contract_pounds import IN_FULL, SCALES, noughts_said, pounds_in, with_noughts
from tomsapp.exchange.labelled.contract_uses import (
    ANNUAL_VALUE,
    EXTENSION,
    FACT_USES,
    LENGTH,
    POUND_USES,
    REVIEW,
    SUPPLIER_KIND,
    TOLD_BY,
    noughts_of,
)
from tomsapp.exchange.labelled.easily_missed import quoted
from tomsapp.exchange.labelled.heads import headings_of
from tomsapp.exchange.labelled.labels import RowKind, SheetLabels
from tomsapp.exchange.labelled.row_sorts import is_filled
from tomsapp.exchange.stated import stated_in
from tomsapp.exchange.workbook_layout import column_letter

_OF_A_YEAR = 12
"""The part of a year's value by which a total may be off without a warning: values a year are often rounded."""
_DAYS = frozenset({"start_on", "end_on", "latest_end_on"})


@dataclass(frozen=True, slots=True)
class ReadContract:
    """A contract as a row of a register says it.

    Attributes:
        key: names it: its sheet and row.
        values: what it says, by the names of the facts of a contract, and what it says of the supplier; a fact of
            which the row says nothing is not there.
        told: the facts that its sheet has columns for.
    """

    key: str
    sheet: "ContractSheet"
    row: GridRow
    values: Mapping[str, Any]
    told: frozenset[str]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, eq=False)
class ContractSheet:
    """A sheet of a register with its labels.

    Attributes:
        orders: whether day or month stands first, by column, where a person has said it.
        left: columns that are left out.
    """

    grid: Grid
    labels: SheetLabels
    file: str
    orders: Mapping[int, DayOrder] = field(default_factory=dict)
    left: frozenset[int] = frozenset()

    @property
    def name(self) -> str:
        """The sheet’s name."""
        return self.grid.name

    @cached_property
    def rows(self) -> tuple[GridRow, ...]:
        """The rows that are lines."""
        return tuple(row for row in self.grid.rows if self.labels.kind_of(row.number) is RowKind.LINE)

    @cached_property
    def columns(self) -> dict[str, int]:
        """The column of each use that is read."""
        return {key: column for column, key in sorted(self.labels.columns.items()) if column not in self.left}

    @cached_property
    def _headings(self) -> dict[int, str]:
        """What stands over each column, in all the rows of the head."""
        head = headings_of(self.grid, self.labels.rows_of(RowKind.HEAD))
        return {column: " ".join(texts) for column, texts in head.items()}

    @cached_property
    def ignored(self) -> dict[int, str]:
        """What stands over the columns that are not read and in which contracts say something."""
        filled = {column for row in self.rows for column, cell in row.cells.items() if is_filled(cell)}
        named = {column: heading for column, heading in self._headings.items() if column in filled}
        return {column: heading for column, heading in named.items() if column not in self.labels.columns}

    def texts_in(self, key: str) -> list[str]:
        """The texts that stand in the column of a use."""
        cells = (row.cell(self.columns.get(key)) for row in self.rows)
        return [cell.value for cell in cells if isinstance(cell.value, str)]

    def over(self, row: int, column: int) -> GridCell:
        """The first of the cells that are merged down over a row; the row’s own where they are merged across."""
        first = (top for top, left, bottom, _ in self.grid.merged if left == column and top <= row <= bottom)
        number = next(first, row)
        return next((one.cell(column) for one in self.grid.rows if one.number == number), GridCell(None))

    def unread(self, row: GridRow, fact: str) -> Iterator[tuple[int, str]]:
        """The cells of a row that should tell a fact and do not, each with its column and what is said of it."""
        for key in [key for key in (fact, TOLD_BY.get(fact, "")) if key in self.columns]:
            column = self.columns[key]
            cell = row.cell(column)
            is_under = cell.is_merged and cell.value is None
            told = self.over(row.number, column) if is_under else cell
            text = text_or_nothing(told, as_shown=True) or told.text
            if text:
                where = f"cell {column_letter(column)}{row.number} under “{self.heading(key)}”"
                yield column, f"{where} {'is merged with one that says' if is_under else 'says'} {quoted(text)}"

    def order_in(self, key: str) -> DayOrder:
        """What stands first in the days of a column: as was said, else as its own days say."""
        column = self.columns.get(key, -1)
        return self.orders.get(column) or order_of(self.texts_in(key))

    def unclear_days(self) -> Iterator[tuple[str, int, list[str]]]:
        """The columns of days that contradict themselves, each with the days that could be read in both ways."""
        for key in sorted(_DAYS & self.columns.keys()):
            texts = self.texts_in(key)
            unclear = [text for text in texts if is_unclear(text)]
            if unclear and order_of(texts) is DayOrder.UNKNOWN:
                yield key, self.columns[key], unclear

    def lines(self) -> Iterator[ReadContract]:
        """The contracts, top to bottom."""
        for row in self.rows:
            yield _RowOfRegister(self, row).read()

    def heading(self, key: str) -> str:
        """What stands over the column of a use."""
        return self._headings.get(self.columns.get(key, -1), "")

    def in_months(self, key: str) -> bool:
        """Whether the heading over a column of lengths says months."""
        return "month" in self.heading(key).casefold()

    def stated(self, row: GridRow) -> Decimal | None:
        """The value that a row states; None where it states none."""
        value = stated_in(row.cell(self.columns.get("value"))).value
        return with_noughts(value, noughts_of(self.heading("value")))

    def notes(self) -> Iterator[Problem]:
        """What is guessed of a whole column: that it counts in thousands or millions."""
        for key in sorted(POUND_USES & self.columns.keys(), key=self.columns.__getitem__):
            heading, letter = self.heading(key), column_letter(self.columns[key])
            noughts = noughts_of(heading)
            if noughts:
                where = Where(self.file, self.name, self.labels.rows_of(RowKind.HEAD)[-1], letter)
                yield _guess(noughts_said(heading, noughts), where)


class _RowOfRegister:
    """Reads one row, gathering what is wrong."""

    def __init__(self, sheet: ContractSheet, row: GridRow) -> None:
        self._sheet = sheet
        self._row = row
        self._found: list[Problem] = []
        self._values: dict[str, Any] = {}

    def read(self) -> ReadContract:
        """The contract of the row."""
        for key in self._sheet.columns:
            value = self._value(key)
            if value is not None and value != "":
                self._values[key] = value
        told = set(self._sheet.columns)
        self._end_by_length()
        self._value_by_year()
        self._further()
        for fact, beside in TOLD_BY.items():
            told |= {fact} if beside in told else set()
        told |= {"notes", "latest_end_on"} if EXTENSION.key in told else set()
        key = f"{self._sheet.name}!{self._row.number}"
        return ReadContract(key, self._sheet, self._row, self._values, frozenset(told), tuple(self._found))

    def _value(self, key: str) -> Any:
        """What a cell says; nothing where it is empty, or cannot be read, which is then said."""
        cell = self._cell(key)
        try:
            if is_blank(text_of(cell)):
                return None
            if key in POUND_USES:
                return self._pounds(key, cell)
            if key in _DAYS:
                return self._day(key, cell)
            return self._text(key, text_of(cell, as_shown=True))
        except CellUnreadable as error:
            self._report(error.code, key, error.message, error.fix)
        except TomsError as error:
            self._report(
                f"{key.replace('_', '-')}-unreadable",
                key,
                f"“{text_or_nothing(cell)[:40]}”: {error.message}",
                error.fix,
            )
        return None

    def _cell(self, key: str) -> GridCell:
        """The cell of a fact; where it is merged down over several contracts, the one that says it of them all."""
        column = self._sheet.columns.get(key, -1)
        cell = self._row.cell(column)
        is_under = cell.is_merged and cell.value is None and key not in POUND_USES
        return self._sheet.over(self._row.number, column) if is_under else cell

    def _pounds(self, key: str, cell: GridCell) -> Decimal | None:
        convention = convention_of(self._sheet.texts_in(key), self._sheet.grid.usual)
        noughts = noughts_of(self._sheet.heading(key))
        read = pounds_in(cell, convention, noughts)
        text = text_or_nothing(cell)
        if noughts and read.value is not None and read.value >= IN_FULL:
            message = f"“{text}” in a column of {SCALES[noughts]} is {format_pounds(read.value)}"
            fix = "Check whether it was typed in full; then correct it in the file"
            self._report("pounds-in-full", key, message, fix, Severity.WARNING)
        if read.note and read.value is not None and any(map(str.isalpha, text)):
            self._note(key, f"“{text}” is read as {format_pounds(read.value)}")
        return read.value

    def _day(self, key: str, cell: GridCell) -> date | None:
        value = cell.value
        if isinstance(value, date):
            return value.date() if isinstance(value, datetime) else value
        if key == "end_on" and LENGTH.key not in self._sheet.columns and is_length(text_of(cell)):
            # A length may stand where an end is asked for: it counts from the start.
            self._values[LENGTH.key] = text_of(cell)
            return None
        read = day_in(text_of(cell), self._sheet.order_in(key), is_last=key != "start_on")
        if read.note:
            self._note(key, read.note)
        return read.day

    def _text(self, key: str, text: str) -> Any:
        if key == "kind":
            return ContractKind.FRAMEWORK if "framework" in text.casefold() else ContractKind.STANDARD
        if key == SUPPLIER_KIND.key:
            return self._supplier_kind(text)
        fact = CONTRACT.fact(key) if key in FACT_USES else None
        return text if fact is not None and fact.kind is FactKind.LONG else " ".join(text.split())

    def _supplier_kind(self, text: str) -> Any:
        """The kind of the supplier; nothing where it is called otherwise, since it is asked for then."""
        try:
            return SUPPLIER.fact("kind").read(text)
        except TomsError as error:
            message = f"“{text}” is not a kind of supplier that is known here"
            self._report("supplier-kind-unknown", SUPPLIER_KIND.key, message, error.fix, Severity.NOTE)
            return None

    # What follows from two of them

    def _end_by_length(self) -> None:
        start, text = self._values.get("start_on"), self._values.pop(LENGTH.key, "")
        key = LENGTH.key if LENGTH.key in self._sheet.columns else "end_on"
        if not text or start is None or "end_on" in self._values:
            return
        end = end_in_length(start, text, in_months=self._sheet.in_months(LENGTH.key))
        if end is None:
            message = f"“{text}” is no length of a contract"
            self._report("length-unreadable", key, message, "Enter for example 3 years, or 18 months")
            return
        self._values["end_on"] = end
        self._note(key, f"“{text}” from {format_date(start)} ends on {format_date(end)}")

    def _value_by_year(self) -> None:
        annual = self._values.pop(ANNUAL_VALUE.key, None)
        start, end = self._values.get("start_on"), self._values.get("end_on")
        if annual is None or start is None or end is None:
            return
        try:
            # An end on the day on which it began, years later, adds no day's worth: which day is meant is asked.
            last = end - timedelta(days=1) if ends_on_anniversary(start, end) else end
        except ContractError:
            return
        whole = round_pounds(Fraction(annual) * length_in_years(start, last))
        words = f"{format_pounds(annual)} a year from {format_date(start)} to {format_date(end)}"
        said = self._values.get("value")
        if said is None:
            self._values["value"] = whole
            self._note(ANNUAL_VALUE.key, f"{words} is read as {format_pounds(whole)}")
        elif abs(Fraction(said) - Fraction(whole)) > Fraction(annual) / _OF_A_YEAR:
            message = f"{words} is {format_pounds(whole)}, and the contract value is {format_pounds(said)}"
            fix = "Check which of the two holds: the contract value is read"
            self._report("annual-value-differs", ANNUAL_VALUE.key, message, fix, Severity.WARNING)

    def _further(self) -> None:
        """Extension and review: a day where they give one, else words among the notes."""
        extension, review = self._values.pop(EXTENSION.key, ""), self._values.pop(REVIEW.key, "")
        notes = [self._values.get("notes", "")]
        if extension:
            end, in_months = self._values.get("end_on"), self._sheet.in_months(EXTENSION.key)
            latest = latest_end(end, extension, in_months=in_months) if end is not None else None
            if latest is not None and "latest_end_on" not in self._values:
                self._values["latest_end_on"] = latest
                self._note(EXTENSION.key, f"“{extension}” is read as until {format_date(latest)} at the latest")
            else:
                notes.append(f"Extension: {extension}")
        if review:
            notes.append(f"Review: {self._review(review)}")
        told = "\n".join(filter(None, notes))
        if told:
            self._values["notes"] = told

    def _review(self, text: str) -> str:
        value, counted = self._cell(REVIEW.key).value, counted_day(text)
        if counted is not None:
            self._note(REVIEW.key, counted.note)
            return format_date(counted.day)
        return format_date(value) if isinstance(value, date) else text

    def _note(self, key: str, message: str) -> None:
        self._found.append(_guess(message, self._where(key)))

    def _report(self, code: str, key: str, message: str, fix: str, severity: Severity = Severity.ERROR) -> None:
        self._found.append(problem_at(code, message, fix, self._where(key), severity))

    def _where(self, key: str) -> Where:
        sheet, column = self._sheet, self._sheet.columns.get(key)
        letter = "" if column is None else column_letter(column)
        return Where(sheet.file, sheet.name, self._row.number, letter, field=key if key in FACT_USES else "")


def _guess(message: str, where: Where) -> Problem:
    return problem_at("read-with-a-guess", message, "Check that this is what is meant", where, Severity.NOTE)
