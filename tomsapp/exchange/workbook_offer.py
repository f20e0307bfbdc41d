"""Reads a whole offer from this program's workbook: its contract facts, and the commitments filled in."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal

from tomsapp.domain.contract import Contract, ContractError, ContractKind, contract_years
from tomsapp.domain.menu import MenuEdition
from tomsapp.domain.money import PENNY_PLACES, decimal_places
from tomsapp.domain.offer import Offer
from tomsapp.domain.problems import Problem, Severity, Where
from tomsapp.exchange.grid import CellUnreadable, Grid, GridRow, number_of, text_of, text_or_nothing
from tomsapp.exchange.offer_file import OfferFile, OfferUnreadable
from tomsapp.exchange.row_reader import Sheet, folded_codes, ward_codes
from tomsapp.exchange.workbook_file import OpenedBook, open_workbook
from tomsapp.exchange.workbook_layout import CONTRACT, STAMP
from tomsapp.exchange.workbook_read import find_table, heading_problems, read_rows, read_stamp, stamp_problems
from tomsapp.exchange.workbook_sheets import FACT_REFERENCE, FACT_SUPPLIER, FACT_TITLE, FACT_VALUE


def read_offer_workbook(data: bytes, file: str, load: Callable[[str, str], MenuEdition]) -> OfferFile:
    """The offer in a workbook of this program; checks against the menu come with its valuation.

    `load` gives the edition that the workbook names, so that a change of its values since then is told.

    Raises:
        OfferUnreadable: it cannot be read, or this program did not make it.
        MenuError: from `load`, when the edition is not installed.
    """
    book = open_workbook(data, file)
    stamp = read_stamp(book)
    pinned = _pinned_contract(stamp, file)
    edition = load(pinned.menu, pinned.edition)
    facts = _Facts(book.find(CONTRACT) or Grid(CONTRACT, ()), file)
    contract = facts.added_to(pinned)
    grid, headings = find_table(book, file, pinned.years)
    sheet = Sheet(file, grid.name, headings, ward_codes(_wards(book)), folded_codes(edition))
    rows = read_rows(grid, sheet)
    problems = [*stamp_problems(stamp, edition, file), *facts.found, *heading_problems(grid, headings, file)]
    problems.extend(problem for row in rows for problem in row.problems)
    offer = None if contract is None else Offer(contract, tuple(row.commitment for row in rows))
    return OfferFile(offer, pinned.menu, pinned.edition, tuple(problems))


def _pinned_contract(stamp: Mapping[str, str], file: str) -> Contract:
    """The contract with only what the workbook was made for: its years, kind and menu edition."""
    try:
        start, end = date.fromisoformat(stamp["start"]), date.fromisoformat(stamp["end"])
        contract_years(start, end)
        menu, edition, kind = stamp["menu"], stamp["edition"], ContractKind(stamp["kind"])
    except (KeyError, ValueError, ContractError) as error:
        raise OfferUnreadable(
            f"{file or 'The workbook'} was not made by this program, or its hidden sheet was changed",
            "Use the program’s template, or import the sheet into a contract in the window",
        ) from error
    return Contract("", Decimal(0), start, end, menu=menu, edition=edition, kind=kind)


def _wards(book: OpenedBook) -> dict[str, str]:
    """The code of each ward name in the hidden list."""
    stamp = book.find(STAMP)
    rows = stamp.rows[1:] if stamp else ()
    pairs = ((text_or_nothing(row.cell(3)), text_or_nothing(row.cell(4))) for row in rows)
    return {name: code for name, code in pairs if name}


class _Facts:
    """The facts on the contract sheet, by what stands in its first column."""

    def __init__(self, grid: Grid, file: str) -> None:
        self._rows = {_label(row): row for row in grid.rows}
        self._file = file
        self.found: list[Problem] = []

    def added_to(self, contract: Contract) -> Contract | None:
        """The contract with its facts; None when its value cannot be read."""
        reference = self._text(FACT_REFERENCE)
        if not reference:
            self._report(FACT_REFERENCE, "value-missing", "There is no reference", "Enter the contract’s reference")
        value = self._value()
        if value is None:
            return None
        title, supplier = self._text(FACT_TITLE), self._text(FACT_SUPPLIER)
        return replace(contract, reference=reference, value=value, title=title, supplier=supplier)

    def _value(self) -> Decimal | None:
        row = self._rows.get(FACT_VALUE)
        try:
            value = None if row is None else number_of(row.cell(1)).value
        except CellUnreadable as error:
            self._report(FACT_VALUE, error.code, error.message, error.fix)
            return None
        if value is None:
            self._report(FACT_VALUE, "value-missing", "There is no contract value", "Enter it in pounds without VAT")
            return None
        if value < 0 or decimal_places(value) > PENNY_PLACES:
            code, message = "pounds-impossible", "The contract value is less than zero or has parts of a penny"
            self._report(FACT_VALUE, code, message, "Enter pounds with two decimals")
            return None
        return value

    def _text(self, fact: str) -> str:
        row = self._rows.get(fact)
        try:
            return "" if row is None else text_of(row.cell(1))
        except CellUnreadable as error:
            self._report(fact, error.code, error.message, error.fix)
            return ""

    def _report(self, fact: str, code: str, message: str, fix: str) -> None:
        row = self._rows.get(fact)
        where = Where(self._file, CONTRACT, None if row is None else row.number, "B", field=fact)
        self.found.append(Problem(code, Severity.ERROR, message, fix, where, key=f"{code}:{CONTRACT}!{fact}"))


def _label(row: GridRow) -> str:
    return str(row.cell(0).value).removeprefix("Fill in: ")
