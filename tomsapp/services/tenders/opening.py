"""Opens the offers of a tender: each file is read whole, and of a bidder and lot the one that counts becomes a bid."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tomsapp.domain.errors import TomsError
from tomsapp.domain.tender.acts import TenderActFacts, TenderActKind
from tomsapp.domain.tender.bid import BID, Bid
from tomsapp.domain.tender.choices import TenderStatus
from tomsapp.domain.tender.receipt import RECEIPT, Receipt, Standing
from tomsapp.exchange.tenders.offer_identity import ASK_WORKBOOK
from tomsapp.services.changes import Done, Edit, RecordChange
from tomsapp.services.refusing import refuse_errors
from tomsapp.services.strange_batches import GivenFile
from tomsapp.services.tenders.acts import ToSeal, check_act, check_unchanged, keep, label_of, sealed
from tomsapp.services.tenders.offers import IssuedPack, ReadOffer, issued_packs, read_offers
from tomsapp.services.tenders.reading import OpenTender, opened_from
from tomsapp.services.tenders.receipts import ListedReceipt, hold_receiving, receipts_at
from tomsapp.services.tenders.receiving import pack_contents
from tomsapp.store.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime

    from tomsapp.domain.history import Stored
    from tomsapp.services.progress import Progress
    from tomsapp.services.workspace import Workspace
    from tomsapp.store.unit_of_work import UnitOfWork

_OPENING = frozenset({TenderActKind.OPEN, TenderActKind.OPEN_EARLY})
_STOP = "Bids were made of what was received. Undo stops here"
_INSTEAD = "Exclude the bid, with the reason"


@dataclass(frozen=True, slots=True)
class OpenedBid:
    """A bid with the offer that counts of it.

    Attributes:
        receipt: of the file that counts; None where none does any more.
        read: what is offered, or why it cannot be read; None where no file counts.
    """

    stored: Stored[Bid]
    receipt: ListedReceipt | None = None
    read: ReadOffer | TomsError | None = None


def open_offers(
    workspace: Workspace,
    opened: OpenTender,
    facts: TenderActFacts,
    now: datetime,
    progress: Progress | None = None,
) -> Done[int]:
    """Open the offers, after the deadline or early with a reason; gives the number of the act.

    Each file that was not refused is read whole; its receipt then says whether it is finished. The bids are made in
    the same transaction.

    Raises:
        StoreError: it cannot be done, or somebody changed the tender or received a file meanwhile; nothing was done.
        Cancelled: nobody waits for it any more; nothing was done.
    """
    if facts.kind not in _OPENING:
        raise ValueError(facts.kind)
    opened = opened_from(workspace, opened.read, now)
    refuse_errors(check_act(opened, facts, now))
    received = _look_at_received(workspace, opened.id)
    read = read_offers(received.packs, received.files, None, progress)
    label = label_of(opened, facts)
    with workspace.work(label) as uow:
        check_unchanged(workspace, uow, opened)
        if receipts_at(uow, opened.id) != received.receipts:
            raise StoreError("A file was received meanwhile", "Nothing was done. Open the offers again")
        number = keep(uow, opened, facts, ToSeal(), now)
        changes = [
            *_said_of_files(uow, zip((each.stored for each in received.unread), read, strict=True)),
            *_make_bids(uow, opened.id),
        ]
        uow.commit()
    done = sealed(number, facts, label, number)
    edit = done.edit
    return done if edit is None else Done(number, replace(edit, records=(*edit.records, *changes)))


@dataclass(frozen=True, slots=True)
class _Received:
    """What was received at one moment: all receipts, those whose files are to be read, and the packs and files."""

    receipts: tuple[ListedReceipt, ...]
    unread: Sequence[ListedReceipt]
    packs: Sequence[IssuedPack]
    files: Sequence[GivenFile]


def _look_at_received(workspace: Workspace, tender_id: int) -> _Received:
    with workspace.look() as uow:
        receipts = receipts_at(uow, tender_id)
        unread = [each for each in receipts if not each.judged.file.refused]
        return _Received(receipts, unread, issued_packs(pack_contents(uow, tender_id)), given_files(uow, unread))


def given_files(uow: UnitOfWork, receipts: Iterable[ListedReceipt]) -> list[GivenFile]:
    """The bytes of the files of these receipts, as they were received."""
    return [GivenFile(each.judged.file.name, uow.received.content(each.file_id)) for each in receipts]


def _said_of_files(
    uow: UnitOfWork, read: Iterator[tuple[Stored[Receipt], ReadOffer | TomsError]]
) -> Iterator[RecordChange]:
    """Say of each file whether it is finished, or why it is refused after all."""
    for stored, found in read:
        receipt = stored.record
        if isinstance(found, TomsError):
            said = replace(receipt, refused=found.message, ask_for=ASK_WORKBOOK)
        elif found.checked.unfinished:
            said = replace(receipt, unfinished=found.checked.unfinished, ask_for="the offer again, finished")
        else:
            continue
        saved = uow.receipts.save(stored.id, stored.version, said)
        yield RecordChange(RECEIPT, saved.id, receipt, saved.record)


def _make_bids(uow: UnitOfWork, tender_id: int) -> Iterator[RecordChange]:
    """A bid for each bidder and lot of which a file counts and that has none."""
    held = {(each.record.supplier, each.record.lot) for each in uow.bids.of(tender_id)}
    suppliers = {each.record.name: each.id for each in uow.suppliers.all()}
    for each in receipts_at(uow, tender_id):
        file = each.judged.file
        if each.counts and file.lot is not None and (file.supplier, file.lot) not in held:
            stored = uow.bids.add(tender_id, Bid(file.lot, file.supplier), suppliers[file.supplier])
            yield RecordChange(BID, stored.id, None, stored.record)


def admit_late(workspace: Workspace, opened: OpenTender, facts: TenderActFacts, now: datetime) -> Done[int]:
    """Let a late file count, with the reason; once the offers are opened it becomes a bid. Gives the act's number.

    Raises:
        StoreError: the file is not late or cannot count otherwise, the reason says too little, or somebody changed
            the tender meanwhile.
    """
    if facts.kind is not TenderActKind.ADMIT_LATE:
        raise ValueError(facts.kind)
    opened = opened_from(workspace, opened.read, now)
    label = label_of(opened, facts)
    with workspace.work(label) as uow:
        check_unchanged(workspace, uow, opened)
        refuse_errors(check_act(opened, facts, now, ToSeal(late=_late(receipts_at(uow, opened.id)))))
        number = keep(uow, opened, facts, ToSeal(), now)
        changes = [*_make_bids(uow, opened.id)] if opened.tender.status is TenderStatus.OPENED else []
        uow.commit()
    done = sealed(number, facts, label, number)
    edit = done.edit
    return done if edit is None else Done(number, replace(edit, records=(*edit.records, *changes)))


def _late(receipts: Sequence[ListedReceipt]) -> frozenset[int]:
    """The numbers of the receipts that are late and could count otherwise."""
    files = (each.judged.file for each in receipts if each.judged.standing is Standing.LATE)
    return frozenset(file.number for file in files if file.is_complete)


def make_bids(workspace: Workspace, opened: OpenTender) -> Done[int]:
    """Make the bids that are still missing after somebody said whose a file is; gives how many.

    Raises:
        StoreError: the offers are not opened, or the evaluation is fixed.
    """
    label = f"Make the bids of {opened.tender.reference}"
    with workspace.work(label) as uow:
        if hold_receiving(uow, opened.id).status is not TenderStatus.OPENED:
            raise StoreError(f"The offers of {opened.tender.reference} are not opened", "Open them first")
        changes = tuple(_make_bids(uow, opened.id))
        if changes:
            uow.commit()
    return Done(len(changes), Edit(label, changes, _STOP, _INSTEAD) if changes else None)


def read_bids(workspace: Workspace, tender_id: int, progress: Progress | None = None) -> tuple[OpenedBid, ...]:
    """The bids of a tender by lots, each with what is offered, read of the kept bytes of the file that counts.

    Raises:
        NotFound: there is no such tender.
        StoreError: kept bytes were changed behind the program.
        Cancelled: nobody waits for it any more.
    """
    with workspace.look() as uow:
        bids = bids_at(uow, tender_id)
        receipts = [receipt for _, receipt in bids if receipt is not None]
        contents = pack_contents(uow, tender_id) if receipts else []
        files = given_files(uow, receipts)
    known = [bid.record.price for bid, receipt in bids if receipt is not None]
    prices = {place: price for place, price in enumerate(known) if price is not None}
    read = iter(read_offers(issued_packs(contents), files, prices, progress))
    return tuple(OpenedBid(bid) if receipt is None else OpenedBid(bid, receipt, next(read)) for bid, receipt in bids)


def bids_at(uow: UnitOfWork, tender_id: int) -> list[tuple[Stored[Bid], ListedReceipt | None]]:
    """The bids of a tender by lots at the moment of a transaction, each with the receipt of the file that counts."""
    counting = {
        (each.judged.file.supplier, each.judged.file.lot): each for each in receipts_at(uow, tender_id) if each.counts
    }
    return [(bid, counting.get((bid.record.supplier, bid.record.lot))) for bid in uow.bids.of(tender_id)]
