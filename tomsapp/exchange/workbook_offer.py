"""Reads a whole offer from this program's workbook: its contract facts, and the commitments filled in."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal

from tomsapp.domain.area import Area, Ward
from tomsapp.domain.contract import Contract, ContractKind
from tomsapp.domain.contract_dates import ContractError, contract_years
from tomsapp.domain.menu import MenuEdition
from tomsapp.domain.offer import Offer
from tomsapp.domain.valuation import value_contract
from tomsapp.exchange.contract_sheet import ContractFacts
from tomsapp.exchange.grid import Grid, text_or_nothing
from tomsapp.exchange.labelled.read import OfferReader
from tomsapp.exchange.offer_file import OfferFile, OfferUnreadable
from tomsapp.exchange.own_totals import own_totals
from tomsapp.exchange.sheets.opened import OpenedBook
from tomsapp.exchange.sheets.opening import open_workbook
from tomsapp.exchange.stamp import missing_columns, stamp_problems
from tomsapp.exchange.stamp_sheet import read_stamp
from tomsapp.exchange.workbook_layout import CONTRACT, STAMP, TOTALS
from tomsapp.exchange.workbook_read import compare, find_table, heading_problems, read_rows


def read_offer_workbook(data: bytes, file: str, load: Callable[[str, str], MenuEdition]) -> OfferFile:
    """The offer in the bytes of a workbook of this program; see `offer_in_book`.

    Raises:
        OfferUnreadable: it cannot be read, or this program did not make it.
        MenuError: from `load`, when the edition is not installed.
    """
    return offer_in_book(open_workbook(data, file), file, load)


def offer_in_book(book: OpenedBook, file: str, load: Callable[[str, str], MenuEdition]) -> OfferFile:
    """The offer in a workbook of this program; checks against the menu come with its valuation.

    `load` gives the edition that the workbook names, so that a change of its values since then is told.

    Raises:
        OfferUnreadable: this program did not make it.
        MenuError: from `load`, when the edition is not installed.
    """
    stamp = read_stamp(book)
    pinned = _pinned_contract(stamp, file)
    edition = load(pinned.menu, pinned.edition)
    facts = ContractFacts(book.find(CONTRACT) or Grid(CONTRACT, ()), file)
    contract = facts.added_to(pinned)
    table_read = find_table(OfferReader(edition, pinned, _area(book), file), book)
    grid, sheet = table_read.grid, table_read.sheet
    rows = read_rows(grid, sheet)
    problems = [*book.problems, *stamp_problems(stamp, edition, file), *facts.found]
    problems += [*heading_problems(table_read, file), *missing_columns(stamp, sheet.headings, file, grid.name)]
    problems.extend(problem for row in rows for problem in row.problems)
    if contract is None:
        return OfferFile(None, pinned.menu, pinned.edition, tuple(problems))
    commitments = tuple(row.commitment for row in rows)
    table, compared = compare(grid, sheet, rows, value_contract(contract, edition, commitments), stamp)
    told = own_totals(table, compared, book.find(TOTALS))
    problems += [*told.problems(file), *(one.problem for one in compared if one.problem is not None)]
    return OfferFile(Offer(contract, commitments), pinned.menu, pinned.edition, tuple(problems), told.words)


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


def _area(book: OpenedBook) -> Area:
    """The wards of the hidden list, by which the workbook was filled in."""
    stamp = book.find(STAMP)
    rows = stamp.rows[1:] if stamp else ()
    pairs = ((text_or_nothing(row.cell(3)), text_or_nothing(row.cell(4))) for row in rows)
    return Area("", "", tuple(Ward(code, name) for name, code in pairs if name))
