"""The hand-over sheet of a signed contract, for whoever manages it."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING

from tomsapp.config.paths import resources_dir
from tomsapp.domain.contract import ContractStatus
from tomsapp.services.contracts import opened_from, read_contract
from tomsapp.services.due import calendar_of, dues_from, read_dues
from tomsapp.services.printable import CHANGED, printable
from tomsapp.services.reporting import MadeReport, council_context, file_name, made_report, told_of
from tomsapp.store.errors import StoreError

if TYPE_CHECKING:
    from tomsapp.services.contracts import OpenContract
    from tomsapp.services.due import ContractDues
    from tomsapp.services.progress import Progress
    from tomsapp.services.workspace import Workspace

HAS_HAND_OVER = frozenset({ContractStatus.SIGNED, ContractStatus.CLOSED})
"""The statuses of contracts that are handed over."""


def hand_over_report(
    workspace: Workspace, contract_id: int, made_on: date, progress: Progress | None = None
) -> MadeReport:
    """The hand-over sheet of a contract as a PDF, with everything that is due of it as an attached calendar file.

    Raises:
        NotFound: there is no such contract.
        StoreError: it is not signed, so nothing is handed over yet.
        TomsError: its menu edition is missing, or the logo cannot be read.
        Cancelled: the user stopped it.
    """
    from tomsapp.domain.offer import value_offer
    from tomsapp.reports.attachments import Attachment, Relationship
    from tomsapp.reports.contract_facts import PrintedValuation
    from tomsapp.reports.fonts import load_fonts
    from tomsapp.reports.hand_over import HandOver, build_hand_over

    day = date.fromordinal(made_on.toordinal())
    opened, found = open_hand_over(workspace, contract_id, day)
    _check_is_signed(opened)
    offer = printable(opened.checked.offer)
    is_whole = offer is opened.checked.offer
    checked = opened.checked if is_whole else value_offer(offer, opened.edition, opened.surroundings)
    context = council_context(workspace, made_on)
    page = PrintedValuation(
        checked,
        opened.area,
        context.council,
        opened.origin.rules_from,
        opened.seal.done_on if opened.seal is not None else None,
    )
    is_planned = any(len(plan.by_default) < len(opened.contract.years) for plan in found.plan.values())
    calendar = calendar_of(workspace, found, datetime.combine(day, time(), UTC))
    attached = Attachment(
        calendar.file_name,
        calendar.data,
        "text/calendar",
        "Everything that is due of this contract, for a calendar",
        Relationship.SUPPLEMENT,
    )
    built = build_hand_over(
        HandOver(page, opened.seal, found.lines, is_planned, found.dues),
        context,
        load_fonts(resources_dir() / "fonts"),
        [attached],
        told_of(progress, "Making the hand-over sheet"),
    )
    made = made_report(built, file_name(opened.contract.reference, "hand-over sheet"))
    return made if is_whole else MadeReport(made.data, made.file_name, made.pages, (*made.notes, CHANGED))


def open_hand_over(workspace: Workspace, contract_id: int, on: date) -> tuple[OpenContract, ContractDues]:
    """A contract and what is due of it, as both were at one moment.

    Raises:
        TomsError: as `hand_over_report`.
    """
    with workspace.look() as uow:
        contract, dues = read_contract(workspace, uow, contract_id), read_dues(uow, contract_id)
    return opened_from(workspace, contract, on), dues_from(workspace, dues)


def _check_is_signed(opened: OpenContract) -> None:
    status = opened.contract.status
    if status not in HAS_HAND_OVER:
        message = f"{opened.contract.reference} is {status.value}, and what is handed over is a signed contract"
        raise StoreError(message, "Sign the contract first")
