"""What the tab of the offers shows: every receipt, and what each version of the pack changed, from one moment."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tomsapp.domain.tender.choices import TenderStatus
from tomsapp.domain.tender.receipt_words import in_two_lines
from tomsapp.exchange.tenders.pack_json import read_pack
from tomsapp.menufiles.files import write_whole
from tomsapp.services.tenders.receipts import ListedReceipt, receipts_at
from tomsapp.services.tenders.receiving import pack_contents
from tomsapp.store.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from tomsapp.services.workspace import Workspace
    from tomsapp.store.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class ReceiptsShown:
    """The receipts of a tender, in the order of receipt.

    Attributes:
        lines: what becomes of each file and what to know of it, in the same order.
        suppliers: the names of all suppliers, one of whom a person may say a file is.
    """

    receipts: tuple[ListedReceipt, ...]
    lines: tuple[tuple[str, str], ...]
    suppliers: tuple[str, ...]


def show_receipts(workspace: Workspace, tender_id: int) -> ReceiptsShown:
    """Read the receipts of a tender with all that is shown of them.

    Raises:
        NotFound: there is no such tender.
        StoreError: kept bytes were changed behind the program.
    """
    with workspace.look() as uow:
        receipts = receipts_at(uow, tender_id)
        changes = changes_by_version(uow, tender_id)
        suppliers = tuple(each.record.name for each in uow.suppliers.all())
    judged = [each.judged for each in receipts]
    return ReceiptsShown(receipts, tuple(in_two_lines(each, judged, changes) for each in judged), suppliers)


def changes_by_version(uow: UnitOfWork, tender_id: int) -> Mapping[int, tuple[str, ...]]:
    """What each issued version of the pack changed since the one before, by its number."""
    packs = (read_pack(data, "the issued pack").pack for data in pack_contents(uow, tender_id))
    return {pack.version: pack.changes for pack in packs}


def received_bytes(workspace: Workspace, listed: ListedReceipt) -> bytes:
    """A file byte for byte as it came, once the offers are opened: until then nobody looks into it.

    Raises:
        NotFound: there is no such file.
        StoreError: the offers are not opened, it was too large to be kept, or it was changed behind the program.
    """
    with workspace.look() as uow:
        tender = uow.tenders.get(uow.received.tender_of(listed.file_id)).record
        if tender.status is TenderStatus.ISSUED:
            raise StoreError(f"The offers of {tender.reference} are sealed", "Open them first")
        if not listed.judged.file.is_kept:
            raise StoreError("The file was too large to be kept", "Ask the portal for it")
        return uow.received.content(listed.file_id)


def save_received(workspace: Workspace, listed: ListedReceipt, path: Path) -> Path:
    """Write a file as it came; gives the path that was written.

    Raises:
        NotFound, StoreError: as `received_bytes`.
        TomsError: the file cannot be written; says what to do.
    """
    write_whole(path, received_bytes(workspace, listed))
    return path
