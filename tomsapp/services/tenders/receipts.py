"""The receipts of a tender: what becomes of each file that came in, as a list and as rows to be printed or sent."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tomsapp.domain.tender.acts import admissions, newest_version
from tomsapp.domain.tender.choices import TenderStatus
from tomsapp.domain.tender.deadline import clock_fault, moment_words, zone_of
from tomsapp.domain.tender.receipt import RECEIPT, JudgedReceipt, Receipt, judge_receipts
from tomsapp.domain.wording import small_first
from tomsapp.services.changes import Done, Edit, RecordChange
from tomsapp.services.refusing import refuse_errors
from tomsapp.services.tenders.in_force import deadline_of_terms, tender_in_force
from tomsapp.store.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tomsapp.domain.history import Stored
    from tomsapp.domain.tender.tender import Tender
    from tomsapp.services.workspace import Workspace
    from tomsapp.store.unit_of_work import UnitOfWork

RECEIVING = frozenset({TenderStatus.ISSUED, TenderStatus.OPENED})
"""Where a tender stands while files are received for it, and what is said of them can be put right."""
HEADS = (
    *("Receipt", "File", "SHA-256", "Bytes", "Portal’s time", "Our time"),
    *("Bidder", "Lot", "Pack version", "What becomes of it"),
)
"""The heads of `receipt_rows`."""


@dataclass(frozen=True, slots=True)
class ListedReceipt:
    """A file that was received.

    Attributes:
        file_id: the number of the file in the database.
        stored: what is said of it.
    """

    file_id: int
    stored: Stored[Receipt]
    judged: JudgedReceipt

    @property
    def counts(self) -> bool:
        """Whether its offer is the one that is judged."""
        return self.judged.standing.counts


def list_receipts(workspace: Workspace, tender_id: int) -> tuple[ListedReceipt, ...]:
    """Every file that was received for a tender, in the order of receipt, with what becomes of it.

    Raises:
        NotFound: there is no such tender.
    """
    with workspace.look() as uow:
        return receipts_at(uow, tender_id)


def receipts_at(uow: UnitOfWork, tender_id: int) -> tuple[ListedReceipt, ...]:
    """The receipts of a tender at the moment of a transaction."""
    terms, acts = tender_in_force(uow, tender_id), uow.tender_acts.of(tender_id)
    received, said = uow.received.of(tender_id, terms.deadline_zone), uow.receipts.by_file(tender_id)
    judged = judge_receipts(
        deadline_of_terms(terms), newest_version(acts), (file for _, file in received), admissions(acts)
    )
    return tuple(
        ListedReceipt(file_id, said[file_id], each) for (file_id, _), each in zip(received, judged, strict=True)
    )


def receipt_rows(terms: Tender, receipts: Iterable[ListedReceipt]) -> tuple[tuple[str, ...], ...]:
    """The receipts as rows of text under `HEADS`, with both times by the clock of the zone in the tender's terms."""
    zone = zone_of(terms.deadline_zone)
    rows = []
    for each in receipts:
        file = each.judged.file
        times = ("" if moment is None else moment_words(moment, zone) for moment in (file.portal_at, file.received_at))
        numbers = ("" if number is None else str(number) for number in (file.lot, file.pack_version))
        told = (str(file.number), file.name, file.sha256, f"{file.size:,}", *times, file.supplier, *numbers)
        rows.append((*told, each.judged.words))
    return tuple(rows)


def save_receipt(
    workspace: Workspace, tender_id: int, before: Stored[Receipt], receipt: Receipt
) -> Done[Stored[Receipt]]:
    """Save the portal's time and the lot of a file, as a person says them; whose it is, `give_receipt` says.

    Raises:
        EditConflict: somebody else saved it first.
        StoreError: what is said is wrong, or the evaluation is fixed.
    """
    # What the file itself says is not typed over.
    typed = {name: getattr(receipt, name) for name in ("lot", "portal_on", "portal_time")}
    said = replace(before.record, **typed)
    if said == before.record:
        return Done(before)
    refuse_errors(RECEIPT.problems(said))
    label = "Save what is said of a received file"
    with workspace.work(label) as uow:
        hold_receiving(uow, tender_id)
        check_portal_time(tender_in_force(uow, tender_id), said)
        _check_lot(uow, tender_id, said)
        saved = uow.receipts.save(before.id, before.version, said)
        uow.commit()
    return Done(saved, _stopped(label, before, saved))


def give_receipt(
    workspace: Workspace, tender_id: int, before: Stored[Receipt], supplier_id: int
) -> Done[Stored[Receipt]]:
    """Save whose a file is, as a person says it.

    Raises:
        EditConflict: somebody else saved it first.
        StoreError: the evaluation is fixed.
    """
    label = "Save whose a received file is"
    with workspace.work(label) as uow:
        hold_receiving(uow, tender_id)
        uow.suppliers.get(supplier_id)
        saved = uow.receipts.assign(before.id, before.version, supplier_id)
        uow.commit()
    return Done(saved, _stopped(label, before, saved))


def _stopped(label: str, before: Stored[Receipt], saved: Stored[Receipt]) -> Edit:
    change = RecordChange(RECEIPT, saved.id, before.record, saved.record)
    return Edit(label, (change,), "What is said of a received file was saved. Undo stops here", "Save it again")


def hold_receiving(uow: UnitOfWork, tender_id: int) -> Tender:
    """The tender, for which files are received, and which stays so until this transaction ends.

    Raises:
        StoreError: it is not issued, or its evaluation is fixed.
    """
    held = uow.tenders.hold(tender_id)
    tender = held.record
    if held.is_deleted or tender.status not in RECEIVING:
        message = f"{tender.reference} is {tender.status.value}, and nothing is received for it"
        raise StoreError(message, "Files are received from when it is issued until the evaluation is frozen")
    return tender


def check_portal_time(terms: Tender, receipt: Receipt) -> None:
    """Make sure that the portal's time is one by the clock of the zone that bidders go by.

    Raises:
        StoreError: the clocks leave it out or have it twice.
    """
    moment = receipt.portal_at(terms.deadline_zone)
    fault = None if moment is None else clock_fault(moment)
    if fault is not None:
        raise StoreError(f"The portal’s time is none: {small_first(fault.message)}", fault.fix)


def _check_lot(uow: UnitOfWork, tender_id: int, receipt: Receipt) -> None:
    lots = {lot.record.number for lot in uow.lots.of(tender_id)}
    if receipt.lot is not None and receipt.lot not in lots:
        raise StoreError(f"There is no lot {receipt.lot}", "Choose a lot of the tender")
