"""Reads the cells of one row of a register, fact by fact, gathering what is guessed and what is wrong."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from tomsapp.domain.contract import CONTRACT, ContractKind
from tomsapp.domain.errors import TomsError
from tomsapp.domain.facts import FactKind
from tomsapp.domain.hedges import without_hedge
from tomsapp.domain.money import shortened
from tomsapp.domain.problems import Problem, Severity, Where, problem_at
from tomsapp.domain.supplier import SUPPLIER
from tomsapp.domain.typed import is_blank
from tomsapp.domain.wording import format_pounds
from tomsapp.exchange.grid import CellUnreadable, GridCell, GridRow, text_of, text_or_nothing
from tomsapp.exchange.labelled.contract_code import is_open_end, kind_said, number_in
from tomsapp.exchange.labelled.contract_days import day_in
from tomsapp.exchange.labelled.contract_lengths import is_length
from tomsapp.exchange.labelled.contract_pounds import IN_FULL, SCALES, pounds_in
from tomsapp.exchange.labelled.contract_read import DAYS, ContractSheet, guessed
from tomsapp.exchange.labelled.contract_uses import (
    ANNUAL_VALUE,
    FACT_USES,
    LENGTH,
    POUND_USES,
    REGISTRATION,
    SUPPLIER_KIND,
    noughts_of,
)
from tomsapp.exchange.workbook_columns import column_letter

_FACTS = {key: CONTRACT.fact(key) for key in FACT_USES}


class RowCells:
    """The cells of one row, and what was found in them so far."""

    def __init__(self, sheet: ContractSheet, row: GridRow) -> None:
        self._sheet = sheet
        self._row = row
        self._found: list[Problem] = []
        self._values: dict[str, Any] = {}
        self._assumed: set[str] = set()
        self._yearly = ANNUAL_VALUE.key
        """The column that says the value of a year."""

    def _read_cells(self) -> None:
        """Take what each cell of the row says."""
        cells, values = self._row.cells, self._values
        for key, known in self._sheet.known_values.items():
            there = cells.get(self._sheet.columns[key])
            if there is None:
                continue
            cell = self._cell(key) if there.is_merged else there
            if (place := id(cell)) in known:
                value = known[place]
            else:
                before = len(self._found), len(values)
                value = self._value(key, cell)
                # The words of a kind may name a number besides, which is this row’s.
                if key != SUPPLIER_KIND.key and before == (len(self._found), len(values)):
                    known[place] = value
            if value is not None and value != "":
                values[key] = value

    def _value(self, key: str, cell: GridCell) -> Any:
        """What a cell says; nothing where it is empty, or cannot be read, which is then said."""
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
            if key == "value" and self._is_yearly(cell):
                return None
            core = without_hedge(text, is_yearly=key == ANNUAL_VALUE.key)
            if not isinstance(cell.value, str) or core == text:
                raise
            value = read(key, cell._replace(value=core))
            message, fix = f"“{shortened(text)}” is read as {core}", "Check that this is what is meant"
            self._report("words-beside", key, message, fix, Severity.WARNING)
            return value

    def _is_yearly(self, cell: GridCell) -> bool:
        """Whether a value says that it is one a year, “£1,234.56 pa”; it is kept as such."""
        core = without_hedge(text_of(cell))
        if not isinstance(cell.value, str) or core in {text_of(cell), without_hedge(text_of(cell), is_yearly=False)}:
            return False
        try:
            value = self._pounds("value", cell._replace(value=core))
        except (CellUnreadable, TomsError):
            return False
        if ANNUAL_VALUE.key not in self._sheet.columns:
            self._values[ANNUAL_VALUE.key], self._yearly = value, "value"
        return True

    def _cell(self, key: str) -> GridCell:
        """The cell of a fact; where it is merged down over several contracts, the one that says it of them all."""
        column = self._sheet.columns.get(key, -1)
        cell = self._row.cell(column)
        is_under = cell.is_merged and cell.value is None and key not in POUND_USES
        return self._sheet.over(self._row.number, column) if is_under else cell

    def _pounds(self, key: str, cell: GridCell) -> Decimal | None:
        convention = self._sheet.convention_in(key)
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
        if key == "end_on" and is_open_end(text_of(cell)):
            self._note(key, f"“{text_of(cell)}” is not a day: the register says no end of this contract")
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
        fact = _FACTS.get(key)
        if fact is not None and fact.kind is FactKind.WHOLE:
            return fact.read(text)
        return text if fact is not None and fact.kind is FactKind.LONG else " ".join(text.split())

    def _supplier_kind(self, text: str) -> Any:
        """The kind of the supplier; nothing where it is called otherwise, since it is asked for then."""
        said = kind_said(text)
        if said is not None:
            self._values.setdefault(REGISTRATION.key, number_in(text))
            return said
        try:
            return SUPPLIER.fact("kind").read(text)
        except TomsError as error:
            message = f"“{text}” is not a kind of supplier that is known here"
            self._report("supplier-kind-unknown", SUPPLIER_KIND.key, message, error.fix, Severity.NOTE)
            return None

    def _note(self, key: str, message: str) -> None:
        self._found.append(guessed(message, self._where(key)))

    def _report(self, code: str, key: str, message: str, fix: str, severity: Severity = Severity.ERROR) -> None:
        self._found.append(problem_at(code, message, fix, self._where(key), severity))

    def _where(self, key: str) -> Where:
        sheet, column = self._sheet, self._sheet.columns.get(key)
        letter = "" if column is None else column_letter(column)
        return Where(sheet.file, sheet.name, self._row.number, letter, field=key if key in FACT_USES else "")
