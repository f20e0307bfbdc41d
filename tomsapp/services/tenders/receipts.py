"""The receipts of a tender: what becomes of each file that came in, as a list and as rows of text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tomsapp.domain.tender.acts import admissions, newest_version
from tomsapp.domain.tender.choices import TenderStatus
from tomsapp.domain.tender.deadline import clock_fault, moment_words, zone_of
from tomsapp.domain.tender.receipt import JudgedReceipt, Receipt, judge_receipts
from tomsapp.domain.wording import small_first
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


def check_lot(uow: UnitOfWork, tender_id: int, receipt: Receipt) -> None:
    """Make sure that the lot of a file is one of the tender.

    Raises:
        StoreError: there is no such lot.
    """
    lots = {lot.record.number for lot in uow.lots.of(tender_id)}
    if receipt.lot is not None and receipt.lot not in lots:
        raise StoreError(f"There is no lot {receipt.lot}", "Choose a lot of the tender")
