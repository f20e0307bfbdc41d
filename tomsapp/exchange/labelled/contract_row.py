"""Reads one row of a register as a contract: each fact from its cell, and what follows from two of them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from tomsapp.domain.checks.short_year import ends_on_anniversary
from tomsapp.domain.contract_dates import ContractError, length_in_years
from tomsapp.domain.money import round_pounds
from tomsapp.domain.problems import Problem, Severity
from tomsapp.domain.wording import format_date, format_pounds
from tomsapp.exchange.grid import GridRow, text_of
from tomsapp.exchange.labelled.contract_cells import RowCells
from tomsapp.exchange.labelled.contract_code import NOTED, SUPPLIER_DETAILS, kind_of, named_in, number_in
from tomsapp.exchange.labelled.contract_days import counted_day
from tomsapp.exchange.labelled.contract_lengths import end_in_length, latest_end
from tomsapp.exchange.labelled.contract_read import ContractSheet
from tomsapp.exchange.labelled.contract_uses import (
    ANNUAL_VALUE,
    EXTENSION,
    LENGTH,
    ORDER,
    REGISTRATION,
    REVIEW,
    SME,
    SUPPLIER_KIND,
    TOLD_BY,
    VCSE,
)

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
        assumed: the facts that the row does not say, and that were taken as a person chose.
    """

    key: str
    sheet: ContractSheet
    row: GridRow
    values: Mapping[str, Any]
    told: frozenset[str]
    problems: tuple[Problem, ...]
    assumed: frozenset[str] = frozenset()


class RowOfRegister(RowCells):
    """Reads one row, gathering what is wrong."""

    def read(self, told: frozenset[str]) -> ReadContract:
        """The contract of the row; `told` are the facts that its sheet has columns for."""
        self._read_cells()
        self._reference()
        self._supplier()
        self._end_by_length()
        self._open_end()
        self._value_by_year()
        self._further()
        key = f"{self._sheet.name}!{self._row.number}"
        values, found, assumed = self._values, tuple(self._found), frozenset(self._assumed)
        return ReadContract(key, self._sheet, self._row, values, told, found, assumed)

    # What follows from two of them

    def _reference(self) -> None:
        """The number of an order stands for a reference where there is none; it is told apart before."""
        order = self._values.get(ORDER.key, "")
        if order and "reference" not in self._values:
            self._values["reference"] = self._values.pop(ORDER.key)
            self._note(ORDER.key, f"There is no reference: the purchase order number {order} is taken for it")

    def _supplier(self) -> None:
        """Name and details of the supplier, and what sort of organisation it is."""
        cell = self._cell("supplier")
        named = named_in(text_of(cell)) if isinstance(cell.value, str) and "supplier" in self._values else None
        if named is not None and named.details:
            self._values["supplier"] = named.name
            self._values[SUPPLIER_DETAILS] = named.details
            self._note("supplier", f"The supplier is read as {named.name}; “{named.details}” goes to the notes")
        sme, sector = (self._values.pop(key, "") for key in (SME.key, VCSE.key))
        kind = kind_of(sme, sector)
        if kind is not None:
            self._values.setdefault(SUPPLIER_KIND.key, kind)
        if number := self._values.get(REGISTRATION.key) or number_in(sector):
            self._values[REGISTRATION.key] = number

    def _open_end(self) -> None:
        """The last day that a person chose for contracts without an end."""
        start, take = self._values.get("start_on"), self._sheet.open_end
        if take is None or start is None or "end_on" in self._values or self._has_unread_end():
            return
        end = self._values["end_on"] = take(start)
        self._assumed.add("end_on")
        message = f"The register says no end: {format_date(end)} is taken, as you chose"
        self._report("end-taken", "end_on", message, "Enter the end once it is known", Severity.WARNING)

    def _has_unread_end(self) -> bool:
        """Whether something stands where the end is said, and cannot be read."""
        errors = (problem for problem in self._found if problem.severity is Severity.ERROR)
        return any(one.where.field == "end_on" or one.code == "length-unreadable" for one in errors)

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
            self._assumed |= {"value"} if "end_on" in self._assumed else set()
            self._say_whole(f"{words} is read as {format_pounds(whole)}")
        elif abs(Fraction(said) - Fraction(whole)) > Fraction(annual) / _OF_A_YEAR:
            message = f"{words} is {format_pounds(whole)}, and the contract value is {format_pounds(said)}"
            fix = "Check which of the two holds: the contract value is read"
            self._report("annual-value-differs", ANNUAL_VALUE.key, message, fix, Severity.WARNING)

    def _say_whole(self, message: str) -> None:
        """Say what a value a year comes to; aloud where the column is one of values for the whole contract."""
        if self._yearly == ANNUAL_VALUE.key:
            self._note(self._yearly, message)
        else:
            fix = "Check that it is a value a year, and the length"
            self._report("value-a-year", self._yearly, message, fix, Severity.WARNING)

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
        noted = ((words, self._values.pop(key, "")) for key, words in NOTED.items())
        notes += [f"{words}: {' '.join(text.split())}" for words, text in noted if text]
        told = "\n".join(filter(None, notes))
        if told:
            self._values["notes"] = told

    def _review(self, text: str) -> str:
        value, counted = self._cell(REVIEW.key).value, counted_day(text)
        if counted is not None:
            self._note(REVIEW.key, counted.note)
            return format_date(counted.day)
        return format_date(value) if isinstance(value, date) else text


def contracts_in(sheet: ContractSheet) -> Iterator[ReadContract]:
    """The contracts of a sheet, top to bottom."""
    told = set(sheet.columns)
    for fact, beside in TOLD_BY.items():
        told |= {fact} if beside in told else set()
    told |= {"notes", "latest_end_on"} if EXTENSION.key in told else set()
    told |= {"notes"} if NOTED.keys() & told else set()
    of_all = frozenset(told)
    for row in sheet.rows:
        yield RowOfRegister(sheet, row).read(of_all)
