"""The contract facts and the spend by year, read from the contract sheet of this program's workbook."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal

from tomsapp.domain.contract import CONTRACT as DECLARED
from tomsapp.domain.contract import Contract, YearSpend
from tomsapp.domain.money import PENNY_PLACES, decimal_places
from tomsapp.domain.problems import Problem, Severity, Where
from tomsapp.domain.supplier import SUPPLIER
from tomsapp.domain.typed_numbers import convention_of
from tomsapp.domain.units import UnitForm
from tomsapp.exchange.grid import CellUnreadable, Grid, GridCell, GridRow, quantity_of, text_of
from tomsapp.exchange.workbook_columns import column_letter
from tomsapp.exchange.workbook_layout import CONTRACT
from tomsapp.exchange.workbook_sheets import FACT_REFERENCE, FACT_SUPPLIER, FACT_TITLE, FACT_VALUE, SPEND_YEAR

_VALUE_COLUMN, _RECORDED_COLUMN, _FORECAST_COLUMN = 1, 1, 2
_LINES = {
    FACT_REFERENCE: DECLARED.fact("reference"),
    FACT_TITLE: DECLARED.fact("title"),
    FACT_SUPPLIER: SUPPLIER.fact("name"),
}
"""Facts that are no amounts, whatever figures stand in them, each with the fact that a form asks for."""


class ContractFacts:
    """The facts on the contract sheet, by what stands in its first column."""

    def __init__(self, grid: Grid, file: str) -> None:
        self._rows = {_label(row): row for row in grid.rows}
        self._convention = convention_of(_amount_texts(self._rows), grid.usual)
        self._file = file
        self.found: list[Problem] = []

    def added_to(self, contract: Contract) -> Contract | None:
        """The contract with its facts; None when its value cannot be read."""
        reference = self._text(FACT_REFERENCE)
        if not reference:
            self._report(FACT_REFERENCE, "value-missing", "There is no reference", "Enter the contract’s reference")
        value = self.value()
        if value is None:
            return None
        title, supplier = self._text(FACT_TITLE), self._text(FACT_SUPPLIER)
        spend = self.spend(contract)
        return replace(contract, reference=reference, value=value, title=title, supplier=supplier, spend=spend)

    def value(self) -> Decimal | None:
        """The contract value; None when it is missing or cannot be read."""
        value = self._pounds(FACT_VALUE, _VALUE_COLUMN, "The contract value")
        missing = value is None and not any(problem.where.field == FACT_VALUE for problem in self.found)
        if missing:
            self._report(FACT_VALUE, "value-missing", "There is no contract value", "Enter it in pounds without VAT")
        return value

    @property
    def has_spend(self) -> bool:
        """Whether the sheet has the table of spend by contract year."""
        return SPEND_YEAR in self._rows

    def spend(self, contract: Contract) -> tuple[YearSpend, ...]:
        """What is recorded or forecast for each contract year; empty where the sheet has no such table."""
        return tuple(self._spend(contract)) if self.has_spend else ()

    def _spend(self, contract: Contract) -> Iterator[YearSpend]:
        for year in contract.years:
            for column, is_recorded in ((_RECORDED_COLUMN, True), (_FORECAST_COLUMN, False)):
                amount = self._pounds(year.label, column, f"The spend of {year.label}")
                if amount is not None:
                    yield YearSpend(year.index, amount, is_recorded)

    def _pounds(self, fact: str, column: int, called: str) -> Decimal | None:
        """Pounds of 0 or more with two decimals; None where the cell is empty, or wrong, which is then reported."""
        row = self._rows.get(fact)
        try:
            value = None if row is None else self._amount(row.cell(column))
        except CellUnreadable as error:
            self._report(fact, error.code, error.message, error.fix, column)
            return None
        if value is not None and (value < 0 or decimal_places(value) > PENNY_PLACES):
            message = f"{called} is less than zero or has parts of a penny"
            self._report(fact, "pounds-impossible", message, "Enter pounds with two decimals", column)
            return None
        return value

    def _amount(self, cell: GridCell) -> Decimal | None:
        return quantity_of(cell._replace(convention=self._convention), UnitForm.POUNDS).value

    def _text(self, fact: str) -> str:
        row = self._rows.get(fact)
        try:
            text = "" if row is None else text_of(row.cell(1))
        except CellUnreadable as error:
            self._report(fact, error.code, error.message, error.fix)
            return ""
        if fault := _LINES[fact].line_fault(text):
            self._report(fact, f"text-{fault.code}", f"“{fact}” {fault.message.removeprefix('It ')}", fault.fix)
            return ""
        return text

    def _report(self, fact: str, code: str, message: str, fix: str, column: int = _VALUE_COLUMN) -> None:
        row, letter = self._rows.get(fact), column_letter(column)
        where = Where(self._file, CONTRACT, None if row is None else row.number, letter, field=fact)
        self.found.append(Problem(code, Severity.ERROR, message, fix, where, key=f"{code}:{CONTRACT}!{letter}:{fact}"))


def _amount_texts(rows: Mapping[str, GridRow]) -> Iterator[str]:
    """The texts that stand where amounts should be, which say what mark stands before the decimals of this sheet."""
    for label, row in rows.items():
        if label not in _LINES:
            cells = (row.cell(column) for column in sorted({_VALUE_COLUMN, _RECORDED_COLUMN, _FORECAST_COLUMN}))
            yield from (cell.value for cell in cells if isinstance(cell.value, str))


def _label(row: GridRow) -> str:
    return str(row.cell(0).value).removeprefix("Fill in: ")
