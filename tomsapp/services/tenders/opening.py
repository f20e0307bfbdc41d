"""Opens the offers of a tender: each file is read whole, and of a bidder and lot the one that counts becomes a bid."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tomsapp.domain.errors import TomsError
from tomsapp.domain.tender.acts import TenderActFacts, TenderActKind
from tomsapp.domain.tender.bid import BID, Bid, BidDecision, left_out
from tomsapp.domain.tender.choices import TenderStatus
from tomsapp.domain.tender.receipt import RECEIPT, Receipt, Standing
from tomsapp.exchange.tenders.offer_identity import ASK_WORKBOOK
from tomsapp.services.changes import Done, RecordChange
from tomsapp.services.garbage import without_looking_for_garbage
from tomsapp.services.refusing import refuse_errors
from tomsapp.services.strange_batches import GivenFile
from tomsapp.services.tenders.acts import ToSeal, check_act, check_unchanged, keep, label_of, sealed
from tomsapp.services.tenders.marks_held import check_sees_figures
from tomsapp.services.tenders.offers import IssuedPack, ReadOffer, beside_others, issued_packs, read_offers
from tomsapp.services.tenders.reading import OpenTender, opened_from
from tomsapp.services.tenders.receipts import ListedReceipt, receipts_at
from tomsapp.services.tenders.receiving import pack_contents
from tomsapp.store.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime

    from tomsapp.domain.history import Stored
    from tomsapp.domain.tender.acts import TenderAct
    from tomsapp.domain.tender.pack import PackIdentity
    from tomsapp.domain.tender.tender import Tender
    from tomsapp.domain.tender.tender_offer import TenderOffer
    from tomsapp.services.progress import Progress
    from tomsapp.services.workspace import Workspace
    from tomsapp.store.unit_of_work import UnitOfWork

_OPENING = frozenset({TenderActKind.OPEN, TenderActKind.OPEN_EARLY})


@dataclass(frozen=True, slots=True)
class OpenedBid:
    """A bid with the offer that counts of it.

    Attributes:
        receipt: of the file that counts; None where none does any more.
        read: what is offered, held beside the other bids of its lot, or why it cannot be read; None where no file
            counts.
        decisions: what was decided of what is found in that very file.
    """

    stored: Stored[Bid]
    receipt: ListedReceipt | None = None
    read: ReadOffer | TomsError | None = None
    decisions: tuple[Stored[BidDecision], ...] = ()

    @property
    def left_out(self) -> frozenset[str]:
        """The keys of the commitments that decisions leave out."""
        return left_out(each.record for each in self.decisions)

    @property
    def offer(self) -> TenderOffer | None:
        """What is offered; None where no file counts that can be read."""
        return self.read.file.offer if isinstance(self.read, ReadOffer) else None


@dataclass(frozen=True, slots=True)
class LookedBids:
    """The bids of a tender with what the database holds of them, as it was at one moment.

    Attributes:
        acts: what was done with the tender for good, in order.
        bids: by lots, each with the receipt of the file that counts.
        receipts: every file that was received, in the order of receipt.
        decided: the decisions on all bids, whichever files they are about.
    """

    tender: Stored[Tender]
    acts: tuple[TenderAct, ...]
    bids: tuple[tuple[Stored[Bid], ListedReceipt | None], ...]
    receipts: tuple[ListedReceipt, ...]
    decided: tuple[Stored[BidDecision], ...]

    @property
    def receipts_that_count(self) -> tuple[ListedReceipt, ...]:
        """Those of the files that count, in the order of the bids."""
        return tuple(receipt for _, receipt in self.bids if receipt is not None)


@dataclass(frozen=True, slots=True)
class TenderBids:
    """The bids of a tender with all that they are judged by, as it was at one moment.

    Attributes:
        packs: the versions of the pack that were issued, in order.
        acts: what was done with the tender for good, in order.
        bids: by lots.
        receipts: every file that was received, in the order of receipt.
    """

    tender: Stored[Tender]
    packs: tuple[IssuedPack, ...]
    acts: tuple[TenderAct, ...]
    bids: tuple[OpenedBid, ...]
    receipts: tuple[ListedReceipt, ...] = ()

    @property
    def newest(self) -> IssuedPack:
        """The pack that the bids are judged by.

        Raises:
            StoreError: none was issued.
        """
        if not self.packs:
            raise StoreError(f"{self.tender.record.reference} is not issued", "Issue it first")
        return self.packs[-1]

    @property
    def issued(self) -> tuple[PackIdentity, ...]:
        """By what the versions are known that were issued."""
        return tuple(each.pack.identity for each in self.packs)


@without_looking_for_garbage()
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
            *add_bids(uow, opened.id),
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


def add_bids(uow: UnitOfWork, tender_id: int) -> Iterator[RecordChange]:
    """Add a bid for each bidder and lot of which a file counts and that has none."""
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
        changes = [*add_bids(uow, opened.id)] if opened.tender.status is TenderStatus.OPENED else []
        uow.commit()
    done = sealed(number, facts, label, number)
    edit = done.edit
    return done if edit is None else Done(number, replace(edit, records=(*edit.records, *changes)))


def _late(receipts: Sequence[ListedReceipt]) -> frozenset[int]:
    """The numbers of the receipts that are late and could count otherwise."""
    files = (each.judged.file for each in receipts if each.judged.standing is Standing.LATE)
    return frozenset(file.number for file in files if file.is_complete)


def read_bids(workspace: Workspace, tender_id: int, progress: Progress | None = None) -> tuple[OpenedBid, ...]:
    """The bids of a tender by lots, each with what is offered; see `read_tender_bids`."""
    return read_tender_bids(workspace, tender_id, progress).bids


@without_looking_for_garbage()
def read_tender_bids(workspace: Workspace, tender_id: int, progress: Progress | None = None) -> TenderBids:
    """The bids of a tender by lots, each with what is offered, read of the kept bytes of the file that counts.

    Raises:
        NotFound: there is no such tender.
        StoreError: kept bytes were changed behind the program, or who works here marks answers of the tender and not
            all evaluators have sent.
        Cancelled: nobody waits for it any more.
    """
    with workspace.look() as uow:
        check_sees_figures(uow, workspace.who, tender_id)
        read = look_at_bids(uow, tender_id)
        files = given_files(uow, read.receipts_that_count)
        contents = pack_contents(uow, tender_id)
    packs = issued_packs(contents)
    prices = [bid.record.price for bid, each in read.bids if each is not None]
    known = {place: price for place, price in enumerate(prices) if price is not None}
    return tender_bids(read, packs, read_offers(packs, files, known, progress))


def look_at_bids(uow: UnitOfWork, tender_id: int) -> LookedBids:
    """The bids of a tender with what is decided of them, at the moment of a transaction.

    Raises:
        NotFound: there is no such tender.
    """
    bids, receipts = uow.bids.of(tender_id), receipts_at(uow, tender_id)
    counting = {(each.judged.file.supplier, each.judged.file.lot): each for each in receipts if each.counts}
    return LookedBids(
        uow.tenders.get(tender_id),
        tuple(uow.tender_acts.of(tender_id)),
        tuple((bid, counting.get((bid.record.supplier, bid.record.lot))) for bid in bids),
        receipts,
        tuple(uow.bid_decisions.of_tender(tender_id)),
    )


def tender_bids(read: LookedBids, packs: tuple[IssuedPack, ...], offers: Iterable[ReadOffer | TomsError]) -> TenderBids:
    """The bids with their offers, those of each lot held beside each other; `offers` are of those that have a file."""
    given = iter(offers)
    opened = [
        OpenedBid(bid)
        if each is None
        else OpenedBid(bid, each, next(given), _in_force(read.decided, bid.id, each.judged.file.sha256))
        for bid, each in read.bids
    ]
    return TenderBids(read.tender, packs, read.acts, tuple(_beside_each_other(packs, opened)), read.receipts)


def _in_force(decided: Sequence[Stored[BidDecision]], bid: int, sha256: str) -> tuple[Stored[BidDecision], ...]:
    """The decisions on a bid that hold for the file that counts of it."""
    return tuple(each for each in decided if (each.record.bid, each.record.sha256) == (bid, sha256))


def _beside_each_other(packs: Sequence[IssuedPack], bids: Sequence[OpenedBid]) -> Iterator[OpenedBid]:
    """The bids, the offers of each lot held beside each other."""
    beside: dict[int, ReadOffer] = {}
    for lot in {bid.stored.record.lot for bid in bids}:
        offers = {
            bid.stored.id: (bid.read, bid.stored.record.price)
            for bid in bids
            if bid.stored.record.lot == lot and isinstance(bid.read, ReadOffer)
        }
        read, prices = [offer for offer, _ in offers.values()], [price for _, price in offers.values()]
        beside |= dict(zip(offers, beside_others(packs, read, prices), strict=True))
    for bid in bids:
        yield replace(bid, read=beside[bid.stored.id]) if bid.stored.id in beside else bid
