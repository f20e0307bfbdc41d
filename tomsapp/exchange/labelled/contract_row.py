"""Reads one row of a register as a contract: each fact from its cell, and what follows from two of them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

from tomsapp.domain.checks.short_year import ends_on_anniversary
from tomsapp.domain.contract import CONTRACT, ContractKind
from tomsapp.domain.contract_dates import ContractError, length_in_years
from tomsapp.domain.errors import TomsError
from tomsapp.domain.facts import FactKind
from tomsapp.domain.hedges import without_hedge
from tomsapp.domain.money import round_pounds, shortened
from tomsapp.domain.problems import Problem, Severity, Where, problem_at
from tomsapp.domain.supplier import SUPPLIER
from tomsapp.domain.typed import is_blank
from tomsapp.domain.typed_numbers import convention_of
from tomsapp.domain.wording import format_date, format_pounds
from tomsapp.exchange.grid import CellUnreadable, GridCell, GridRow, text_of, text_or_nothing
from tomsapp.exchange.labelled.contract_days import counted_day, day_in
from tomsapp.exchange.labelled.contract_lengths import end_in_length, is_length, latest_end
from tomsapp.exchange.labelled.contract_pounds import IN_FULL, SCALES, pounds_in
from tomsapp.exchange.labelled.contract_read import DAYS, ContractSheet, guessed
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
from tomsapp.exchange.workbook_layout import column_letter

_OF_A_YEAR = 12
"""The part of a year's value by which a total may be off without a warning: values a year are often rounded."""


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
    sheet: ContractSheet
    row: GridRow
    values: Mapping[str, Any]
    told: frozenset[str]
    problems: tuple[Problem, ...]


class RowOfRegister:
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
            if key in POUND_USES or key in DAYS:
                return self._in_words(key, cell)
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

    def _in_words(self, key: str, cell: GridCell) -> Any:
        """Pounds or a day, also where words or marks stand beside them: "c. £100k", "31/03/2028*"."""
        read = self._pounds if key in POUND_USES else self._day
        try:
            return read(key, cell)
        except (CellUnreadable, TomsError):
            text = text_of(cell)
            core = without_hedge(text, is_yearly=key == ANNUAL_VALUE.key)
            if not isinstance(cell.value, str) or core == text:
                raise
            value = read(key, cell._replace(value=core))
            message, fix = f"“{shortened(text)}” is read as {core}", "Check that this is what is meant"
            self._report("words-beside", key, message, fix, Severity.WARNING)
            return value

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
        if fact is not None and fact.kind is FactKind.WHOLE:
            return fact.read(text)
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
        self._found.append(guessed(message, self._where(key)))

    def _report(self, code: str, key: str, message: str, fix: str, severity: Severity = Severity.ERROR) -> None:
        self._found.append(problem_at(code, message, fix, self._where(key), severity))

    def _where(self, key: str) -> Where:
        sheet, column = self._sheet, self._sheet.columns.get(key)
        letter = "" if column is None else column_letter(column)
        return Where(sheet.file, sheet.name, self._row.number, letter, field=key if key in FACT_USES else "")


def contracts_in(sheet: ContractSheet) -> Iterator[ReadContract]:
    """The contracts of a sheet, top to bottom."""
    for row in sheet.rows:
        yield RowOfRegister(sheet, row).read()
