"""Makes the workbooks of quarterly returns: for one contract and quarter, or for all contracts whose return is due."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tomsapp.domain.alike import natural
from tomsapp.domain.delivery.acts import DeliveryActKind
from tomsapp.domain.delivery.due import return_due_on
from tomsapp.domain.delivery.evidence import EvidenceKind
from tomsapp.domain.delivery.quarters import ended_by, quarters_of
from tomsapp.domain.money import exact_sum
from tomsapp.domain.seal import variations_in_force
from tomsapp.exchange.line_identity import LineIdentity
from tomsapp.exchange.return_form import ReturnForm, ReturnLine, called
from tomsapp.exchange.return_write import write_return
from tomsapp.exchange.tables_xlsx import BookProperties
from tomsapp.menufiles.files import write_whole
from tomsapp.services.delivery import OpenDelivery, find_quarter, open_delivery, open_delivery_of
from tomsapp.services.delivery_held import HAS_DELIVERIES
from tomsapp.services.progress import NoProgress, Progress
from tomsapp.services.reporting import plain_name
from tomsapp.store.errors import StoreError

if TYPE_CHECKING:
    from datetime import date, datetime
    from decimal import Decimal
    from pathlib import Path

    from tomsapp.domain.contract import Contract
    from tomsapp.domain.delivery.figures import Delivered
    from tomsapp.domain.delivery.quarters import ContractQuarter, Quarter
    from tomsapp.services.workspace import Workspace

SUFFIX = ".xlsx"


@dataclass(frozen=True, slots=True)
class MadeReturn:
    """The workbook of a return: its bytes, a name for it, and what it is of."""

    data: bytes
    file_name: str
    reference: str
    quarter: ContractQuarter


def make_return(workspace: Workspace, contract_id: int, quarter: Quarter, created: datetime) -> MadeReturn:
    """The workbook in which a supplier returns a quarter, filled in with what was planned and returned so far.

    Raises:
        StoreError: the contract is not signed, has no commitments, or has no such quarter.
        TomsError: as `open_delivery`.
    """
    opened = open_delivery(workspace, contract_id, created.date())
    reference = opened.contract.reference
    found = find_quarter(opened, quarter)
    if not opened.is_open:
        message = f"{reference} is {opened.contract.status.value}, and returns are those of signed contracts"
        raise StoreError(message, "Sign the contract first")
    if found is None:
        raise StoreError(f"{reference} has no {quarter.words}", "Choose a quarter of the contract")
    form = return_form(workspace, opened, found, created.date())
    if not form.lines:
        raise StoreError(f"{reference} has no commitments, so nothing is returned", "Choose another contract")
    settings = workspace.settings
    properties = BookProperties(
        title=f"Return of {found.label} of {reference}",
        created=created,
        author=settings.council_name,
        is_example=settings.is_example,
    )
    return MadeReturn(write_return(form, properties), return_name(opened.contract, found), reference, found)


def return_name(contract: Contract, quarter: ContractQuarter) -> str:
    """A name for the file of a return: "C-2026-004 return 2026-27 Q2.xlsx"."""
    year = contract.years[quarter.quarter.year].label.replace("/", "-")
    return plain_name(f"{contract.reference} return {year} Q{quarter.quarter.number}", SUFFIX)


def return_form(workspace: Workspace, opened: OpenDelivery, quarter: ContractQuarter, made_on: date) -> ReturnForm:
    """What the workbook of a return says, from what was read of a contract."""
    delivered = opened.figures_to(quarter.ends_on)
    stored = {line.record.key: line for line in opened.commitments}
    names = called([line.measure.code for line in delivered.lines])
    lines = []
    for line, name in zip(delivered.lines, names, strict=True):
        key = line.commitment.key
        held, figures = opened.find(key, quarter.quarter), line.quarter(quarter.quarter)
        if figures is None:
            continue
        identity = LineIdentity(opened.stored.id, stored[key].id, stored[key].version)
        people = opened.people.get(held.id, ()) if held else ()
        lines.append(
            ReturnLine(
                line,
                identity,
                name,
                figures,
                held,
                tuple(person.record for person in people),
                references_of(opened, held.id) if held else (),
                _reserved(delivered, key),
            )
        )
    return ReturnForm(
        contract=opened.contract,
        contract_id=opened.stored.id,
        edition=opened.edition,
        quarter=quarter,
        delivered=delivered,
        lines=tuple(lines),
        database=workspace.database_mark(),
        plan_version=opened.plan_version,
        variations=variations_signed(opened),
        made_on=made_on,
        due_on=return_due_on(quarter, opened.rules.record, opened.signed_on),
        area=workspace.area(),
    )


def references_of(opened: OpenDelivery, delivery_id: int) -> tuple[str, ...]:
    """Where the evidence of a claim is kept, as far as it is by reference, in the order in which it came."""
    views = opened.evidence_of(delivery_id)
    records = (view.evidence.record for view in views)
    return tuple(record.reference for record in records if record.kind is EvidenceKind.REFERENCE)


def variations_signed(opened: OpenDelivery) -> int:
    """How many variations hold of a contract."""
    return len(variations_in_force(opened.contract.status, opened.contract_acts))


def _reserved(delivered: Delivered, key: str) -> Decimal:
    """The units of a commitment that were agreed as a substitute for another one by the end of the quarter."""
    agreed = (each for line in delivered.lines for each in line.shortfall.agreed)
    return exact_sum(
        each.used for each in agreed if each.act.kind is DeliveryActKind.SUBSTITUTE and each.act.other_commitment == key
    )


# Of all contracts


@dataclass(frozen=True, slots=True)
class DueReturns:
    """The workbooks that were written for the returns that are due.

    Attributes:
        paths: of the workbooks, by the reference of the contract.
        returned: how many contracts have returned all of the quarter already.
    """

    folder: Path
    paths: tuple[Path, ...]
    returned: int


def write_return_file(made: MadeReturn, path: Path) -> Path:
    """Write the workbook of a return; gives the path that was written.

    Raises:
        TomsError: the file cannot be written; says what to do.
    """
    target = path if path.suffix.casefold() == SUFFIX else path.with_name(f"{path.name}{SUFFIX}")
    write_whole(target, made.data)
    return target


def write_due_returns(
    workspace: Workspace, folder: Path, created: datetime, progress: Progress | None = None
) -> DueReturns:
    """Write a workbook into a folder for each signed contract whose last quarter that ended is not returned whole.

    Raises:
        StoreError: a file of that name is in the folder already; nothing is written over.
        TomsError: a file cannot be written, or an edition is not there.
        Cancelled: the user stopped it; what was written until then stays.
    """
    watched, today = progress or NoProgress(), created.date()
    with workspace.look() as uow:
        rows = [row for row in uow.lists.contracts() if row.status in HAS_DELIVERIES and row.commitments]
    paths: list[Path] = []
    returned = 0
    for done, row in enumerate(sorted(rows, key=lambda each: natural(each.reference))):
        watched.report(done, len(rows), f"Making the return of {row.reference}")
        opened = open_delivery(workspace, row.id, today)
        last = ended_by(quarters_of(opened.contract), today)[-1:]
        if not last:
            continue
        if not _is_due(opened, last[0]):
            returned += 1
            continue
        made = make_return(workspace, row.id, last[0].quarter, created)
        path = folder / made.file_name
        if path.exists():
            raise StoreError(f"{path.name} is in the folder already", "Choose an empty folder, so that nothing is lost")
        paths.append(write_return_file(made, path))
    return DueReturns(folder, tuple(paths), returned)


def _is_due(opened: OpenDelivery, quarter: ContractQuarter) -> bool:
    """Whether something that was planned for a quarter was not returned."""
    figures = (line.quarter(quarter.quarter) for line in opened.delivered.lines)
    return any(each is not None and each.is_missing for each in figures)


def last_quarter(workspace: Workspace, reference: str, today: date) -> tuple[int, Quarter]:
    """The number of a contract and its last quarter that ended; before that its first.

    Raises:
        NotFound: there is no such contract.
        ContractError: its dates make no contract years.
    """
    opened = open_delivery_of(workspace, reference, today)
    quarters = quarters_of(opened.contract)
    return opened.stored.id, (ended_by(quarters, today) or quarters[:1])[-1].quarter
