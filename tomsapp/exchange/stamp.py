"""What the hidden sheet of this program's workbook says it was made for, held against what it is read for."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from tomsapp.domain.contract import Contract, ContractKind, YearSpend
from tomsapp.domain.menu import MenuEdition
from tomsapp.domain.problems import Problem, Severity, Where
from tomsapp.domain.wording import format_pounds
from tomsapp.exchange.contract_sheet import ContractFacts
from tomsapp.exchange.grid import Grid
from tomsapp.exchange.headings import Headings
from tomsapp.exchange.sheets.opened import OpenedBook
from tomsapp.exchange.workbook_columns import Role
from tomsapp.exchange.workbook_layout import CONTRACT, FIRST_LAYOUT, LAYOUTS_READ

_COMPARE = "Compare the two before it is brought in"


def stamp_problems(stamp: dict[str, str], edition: MenuEdition, file: str) -> list[Problem]:
    """Warn when the workbook was made from another menu edition, other bytes of it, or in another layout."""
    if not stamp:
        return []
    made_from = f"{stamp.get('menu', '')} {stamp.get('edition', '')}"
    found: list[tuple[str, str, str]] = []
    if made_from != edition.name:
        message = f"The workbook was made from the menu {made_from}, and this contract uses {edition.name}"
        found.append(("other-edition", message, "Values may differ from those the supplier saw: compare them"))
    elif stamp.get("sha256", "") != edition.sha256:
        message = f"The workbook was made from other contents of the menu {edition.name}"
        found.append(("other-menu-bytes", message, "Values may differ from those the supplier saw: compare them"))
    if stamp.get("layout") not in LAYOUTS_READ:
        message = "The workbook was made by another version of this program"
        found.append(("other-layout", message, "Check that every row was read as it was meant"))
    return [Problem(code, Severity.WARNING, message, fix, Where(file=file), key=code) for code, message, fix in found]


def missing_columns(stamp: Mapping[str, str], headings: Headings, file: str, sheet: str) -> list[Problem]:
    """Warn of columns that this program's workbook has and that were taken out of it, with what is read instead."""
    expected = [
        (Role.SHARE, "contract share", "every row counts as 100%"),
        (Role.WARD, "ward", "every row counts for the whole borough"),
    ]
    if stamp.get("kind") == ContractKind.FRAMEWORK.value and stamp.get("layout") != FIRST_LAYOUT:
        expected += [
            (Role.RATE, "promise per £ of spend", "no row is promised per pound"),
            (Role.RATE_PER, "for every £", "no row is promised per pound"),
        ]
    where = Where(file, sheet, headings.row)
    return [
        Problem(
            "column-missing",
            Severity.WARNING,
            f"The column “{name}” was taken out of the workbook, so that {instead}",
            "Put it back, or confirm that this is meant",
            where,
            key=f"column-missing:{role.value}",
        )
        for role, name, instead in expected
        if role not in headings.columns
    ]


def contract_problems(stamp: Mapping[str, str], book: OpenedBook, contract: Contract, file: str) -> list[Problem]:
    """Warn where this program's workbook was made for another contract, other dates, or another value or spend."""
    facts = ContractFacts(book.find(CONTRACT) or Grid(CONTRACT, ()), file)
    value, spend = facts.value(), facts.spend(contract)
    found: list[tuple[str, str]] = []
    made_for = stamp.get("contract", "")
    if made_for and contract.reference and made_for != contract.reference:
        found.append(("other-contract", f"The workbook was made for {made_for}, and this is {contract.reference}"))
    dates = (contract.start_on.isoformat(), contract.end_on.isoformat())
    if (stamp.get("start"), stamp.get("end")) != dates:
        runs = f"The workbook runs from {stamp.get('start')} to {stamp.get('end')}"
        found.append(("other-dates", f"{runs}, and this contract from {dates[0]} to {dates[1]}"))
    if value is not None and contract.value and value != contract.value:
        message = (
            f"The contract value is {format_pounds(value)} in the workbook and {format_pounds(contract.value)} here"
        )
        found.append(("other-value", message))
    told = "; ".join(_spend_differences(contract, spend)) if facts.has_spend else ""
    if told:
        found.append(("other-spend", f"The spend differs: {told}. Promises per pound count with this contract’s"))
    where = Where(file, CONTRACT)
    return [Problem(code, Severity.WARNING, message, _COMPARE, where, key=code) for code, message in found]


def _spend_differences(contract: Contract, spend: Sequence[YearSpend]) -> Iterator[str]:
    stated = replace(contract, spend=tuple(spend))
    for year in contract.years:
        there, here = stated.spend_in(year.index), contract.spend_in(year.index)
        if there != here:
            yield f"{year.label} has {_spent(there)} in the workbook and {_spent(here)} here"


def _spent(spend: YearSpend | None) -> str:
    if spend is None:
        return "none"
    return f"{format_pounds(spend.amount)} {'recorded' if spend.is_recorded else 'forecast'}"
