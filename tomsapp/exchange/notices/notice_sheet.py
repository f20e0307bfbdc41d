"""Notices as one sheet: a row for each contract, under headings that the register import knows."""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from tomsapp.domain.contract import ContractKind
from tomsapp.domain.ocids import contract_ocid
from tomsapp.domain.problems import Problem, Severity, Where
from tomsapp.domain.supplier import SupplierKind
from tomsapp.domain.wording import format_date, listed
from tomsapp.exchange.grid import Grid, GridCell, GridRow
from tomsapp.exchange.notices.process import NoticedContract, processes_in
from tomsapp.exchange.notices.releases import NoticeFile, releases_of
from tomsapp.exchange.notices.values import amount_at, british_day, part_at, parts_at, text_at
from tomsapp.exchange.offer_file import OfferUnreadable, refusal
from tomsapp.exchange.sheets.bounds import MOST_TEXT, Bounds
from tomsapp.exchange.sheets.opened import OpenedBook
from tomsapp.reading.text_formats import Values

SHEET = "Notices"
_HEAD = (
    "Reference", "Title", "Supplier name", "Company number", "Supplier type", "Value excluding VAT", "Value with VAT",
    "Start date", "End date", "Latest end date", "Contract type", "Procurement process", "Open Contracting ID", "Buyer",
    "Description", "Stage of the notice", "Notes",
)  # fmt: skip
_COMPANY, _CHARITY = "GB-COH", ("GB-CHC", "GB-SC", "GB-NIC")
"""The registers of organisations (org-id.guide) whose numbers are registration numbers."""
_POUNDS = "GBP"


def read_notices(files: Sequence[NoticeFile]) -> OpenedBook:
    """The contracts of all notices in some files, as one sheet; a file that is none is said, and the others are read.

    Raises:
        OfferUnreadable: none of them is one, or there is too much in them.
    """
    releases: list[Values] = []
    problems: list[Problem] = []
    for file in files:
        found = releases_of(file)
        if isinstance(found, Problem):
            problems.append(found)
        else:
            releases += found
    if not releases:
        raise refusal(problems[0]) if problems else OfferUnreadable("There is no notice", "Choose the files again")
    bounds = Bounds(files[0].name or SHEET)
    rows = list(_rows((one for process in processes_in(releases) for one in process.contracts()), bounds))
    told = [_told(problem) for problem in problems]
    return OpenedBook((Grid(SHEET, (_head(), *rows)),), problems=tuple(told))


def _told(problem: Problem) -> Problem:
    """That a file is no notice, beside the others that are read."""
    words = f"{problem.where.file}: {problem.message}. It was not read"
    return Problem("file-not-read", Severity.NOTE, words, problem.fix, Where(problem.where.file), key=words)


def _head() -> GridRow:
    return GridRow(1, {column: GridCell(text, text=text) for column, text in enumerate(_HEAD)})


def _rows(contracts: Iterable[NoticedContract], bounds: Bounds) -> Iterator[GridRow]:
    for number, contract in enumerate(contracts, start=2):
        bounds.check_rows(SHEET, number)
        cells = {place: cell for place, cell in enumerate(_cells(contract)) if cell.value not in (None, "")}
        bounds.count_cells(len(cells))
        yield GridRow(number, cells)


def _cells(contract: NoticedContract) -> Iterator[GridCell]:
    first, *others = contract.suppliers or ({},)
    kind = ContractKind.FRAMEWORK if contract.is_framework else ContractKind.STANDARD
    notes = [_sentence(contract.told), f"Lots: {contract.lots}" if contract.lots else ""]
    yield _text(contract.reference)
    yield _text(contract.title)
    yield _text(text_at(first, "name"), _others_told(others))
    yield _text(_number(first))
    yield _text(_kind(first))
    yield _amount(contract.value, "amount", "not given without VAT" if "amountGross" in contract.value else "")
    yield _amount(contract.value, "amountGross")
    for name in ("startDate", "endDate", "maxExtentDate"):
        yield _day(text_at(contract.period, name))
    yield _text(kind.words)
    yield _text(contract.how_bought)
    yield _text(contract_ocid(contract.ocid, contract.number))
    yield _text(contract.buyer)
    yield _text(contract.description)
    yield _text(contract.stage)
    yield _text("\n".join(filter(None, notes)))


def _text(text: str, note: str = "") -> GridCell:
    kept = text[:MOST_TEXT]
    return GridCell(kept, text=kept, note=note)


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}, Find a Tender" if text else ""


def _others_told(others: Sequence[Values]) -> str:
    """What is said beside the first of several suppliers: a contract here has one."""
    named = [f"{text_at(one, 'name')} {_number(one)}".strip() for one in others]
    return f"The notice names further suppliers: {listed(named)}" if named else ""


def _number(party: Values) -> str:
    """The registration number of a party, of a company before that of a charity."""
    given = [part_at(party, "identifier"), *parts_at(party, "additionalIdentifiers")]
    by_register = {text_at(one, "scheme"): text_at(one, "id") for one in reversed(given)}
    return next((by_register[name] for name in (_COMPANY, *_CHARITY) if by_register.get(name)), "")


def _kind(party: Values) -> str:
    details = part_at(party, "details")
    if details.get("vcse") is True:
        return SupplierKind.VCFSE.words
    scale = text_at(details, "scale")
    kinds = {"sme": SupplierKind.SME, "micro": SupplierKind.SME, "small": SupplierKind.SME, "large": SupplierKind.LARGE}
    return kinds[scale].words if scale in kinds else ""


def _amount(value: Values, name: str, otherwise: str = "") -> GridCell:
    """An amount in pounds; in words where it is in another currency, so that nobody takes it for pounds."""
    amount, currency = amount_at(value, name), text_at(value, "currency") or _POUNDS
    if amount is None:
        return _text(otherwise)
    shown = f"{amount:f}"
    return GridCell(Decimal(amount), text=shown) if currency == _POUNDS else _text(f"{currency} {shown}")


def _day(moment: str) -> GridCell:
    day = british_day(moment) if moment else None
    return _text(moment) if day is None else GridCell(day, text=format_date(day))
