"""Receives files for a tender: each is kept byte for byte, with whose it is and for what, or why it is refused.

Until the offers are opened no more than that is read of a file, and the seal is the portal's. Afterwards a file that
comes is read whole at once, so that its receipt says whether it is finished.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tomsapp.domain.errors import TomsError
from tomsapp.domain.money import shortened
from tomsapp.domain.tender import words
from tomsapp.domain.tender.choices import TenderStatus
from tomsapp.domain.tender.receipt import RECEIPT, RECEIVED_FILE, Receipt
from tomsapp.domain.wording import plural, small_first
from tomsapp.exchange.tenders.offer_identity import ASK_WORKBOOK, OfferIdentity, Refusal
from tomsapp.services.changes import Done, Edit, RecordChange
from tomsapp.services.refusing import refuse_errors
from tomsapp.services.strange_batches import GivenFile
from tomsapp.services.tenders.bidders import Bidders, FoundBidder
from tomsapp.services.tenders.in_force import tender_in_force
from tomsapp.services.tenders.offers import ReadOffer, issued_packs, read_offers
from tomsapp.services.tenders.receipts import RECEIVING, check_portal_time, hold_receiving
from tomsapp.services.tenders.received_before import ReceivedBefore, of_whom
from tomsapp.services.tenders.strange_offers import read_identities
from tomsapp.store.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from tomsapp.domain.history import Stored
    from tomsapp.domain.supplier import Supplier
    from tomsapp.domain.tender.receipt import ReceivedFile
    from tomsapp.domain.tender.tender import Tender
    from tomsapp.services.progress import Progress
    from tomsapp.services.tenders.found_files import FoundFile
    from tomsapp.services.tenders.reading import OpenTender
    from tomsapp.services.workspace import Workspace
    from tomsapp.store.unit_of_work import UnitOfWork

_MOST_QUOTED = 60
"""Characters of what a file says that are quoted in what is wrong with it."""
_STOP = "The files are kept for good. Undo stops here"
_INSTEAD = "Say whose a file is, or exclude the bid: what was received stays"


@dataclass(frozen=True, slots=True)
class Received:
    """What came of files that were received.

    Attributes:
        kept: the numbers of the receipts of those that are new.
        again: the numbers of the receipts of those that were received before, which are not kept twice.
        back: those of `kept` whose bytes were received before, and another file of the bidder in between.
    """

    kept: tuple[int, ...] = ()
    again: tuple[int, ...] = ()
    back: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class LookedFile:
    """A file with what it says of itself.

    Attributes:
        unfinished: why it is not finished, of one that was read whole.
    """

    file: FoundFile
    sha256: str
    identity: OfferIdentity | Refusal
    unfinished: str = ""


def receive(
    workspace: Workspace, opened: OpenTender, files: Sequence[FoundFile], progress: Progress | None = None
) -> Done[Received]:
    """Receive files for a tender that is issued, in the order in which they are given.

    Raises:
        StoreError: the tender is not issued or its evaluation is fixed, a portal's time is none, or somebody opened
            the offers meanwhile; nothing was kept.
        Cancelled: nobody waits for it any more; nothing was kept.
    """
    return keep_received(workspace, opened, look_at(files, packs_to_read_by(workspace, opened), progress))


def packs_to_read_by(workspace: Workspace, opened: OpenTender) -> list[bytes]:
    """The packs by which files are read whole that come now; none while the offers are sealed.

    Raises:
        StoreError: the tender is not issued, or its evaluation is fixed.
    """
    tender = opened.tender
    if tender.status not in RECEIVING:
        message = f"{tender.reference} is {tender.status.value}, and nothing is received for it"
        raise StoreError(message, "Files are received from when it is issued until the evaluation is frozen")
    if tender.status is not TenderStatus.OPENED:
        return []
    with workspace.look() as uow:
        return pack_contents(uow, opened.id)


def look_at(files: Sequence[FoundFile], packs: Sequence[bytes], progress: Progress | None = None) -> list[LookedFile]:
    """Each file once, in the place in which it came last, with what it says of itself; needs no database.

    Raises:
        Cancelled: nobody waits for it any more.
    """
    hashed = [(file.sha256, file) for file in files]
    last = {(sha256, *_portal(file)): place for place, (sha256, file) in enumerate(hashed)}
    first = {(sha256, *_portal(file)): (sha256, file) for sha256, file in reversed(hashed)}
    once = [first[each] for each in sorted(last, key=last.__getitem__)]
    identities = iter(read_identities([_given(file) for _, file in once if file.refused is None], progress))
    looked = [LookedFile(file, sha256, file.refused or next(identities)) for sha256, file in once]
    return _read_whole(looked, packs, progress) if packs else looked


def keep_received(workspace: Workspace, opened: OpenTender, looked: Sequence[LookedFile]) -> Done[Received]:
    """Keep files that were looked at, each with its receipt.

    Raises:
        StoreError: as `receive`.
    """
    if not looked:
        return Done(Received())
    tender = opened.tender
    label = f"Receive {plural(len(looked), 'file')} for {tender.reference}"
    with workspace.work(label) as uow:
        held = hold_receiving(uow, opened.id)
        if held.status is not tender.status:
            raise StoreError(f"The offers of {tender.reference} were opened meanwhile", "Receive the files again")
        keeper = _Keeper(uow, opened.id, held)
        received = keeper.keep(looked)
        if keeper.changes:
            uow.commit()
    return Done(received, Edit(label, tuple(keeper.changes), _STOP, _INSTEAD) if keeper.changes else None)


def _portal(file: FoundFile) -> tuple[date | None, str]:
    """When the portal had it."""
    return file.portal_on, file.portal_time


def _given(file: FoundFile) -> GivenFile:
    return GivenFile(file.name, file.data)


def _read_whole(looked: Sequence[LookedFile], packs: Sequence[bytes], progress: Progress | None) -> list[LookedFile]:
    usable = [each for each in looked if not isinstance(each.identity, Refusal)]
    given = [_given(each.file) for each in usable]
    offers = read_offers(issued_packs(packs), given, None, progress)
    read = dict(zip((each.sha256 for each in usable), offers, strict=True))
    return [_after_reading(each, read[each.sha256]) if each.sha256 in read else each for each in looked]


def _after_reading(looked: LookedFile, read: ReadOffer | TomsError) -> LookedFile:
    if isinstance(read, TomsError):
        return replace(looked, identity=Refusal(read.message, ASK_WORKBOOK))
    return replace(looked, unfinished=read.checked.unfinished)


def pack_contents(uow: UnitOfWork, tender_id: int) -> list[bytes]:
    """The bytes of the versions of a tender's pack that were issued, in order."""
    return [uow.pack_versions.content(tender_id, each.version) for each in uow.pack_versions.of(tender_id)]


class _Keeper:
    """Keeps files with their receipts within one transaction."""

    def __init__(self, uow: UnitOfWork, tender_id: int, tender: Tender) -> None:
        self._uow, self._tender_id, self._tender = uow, tender_id, tender
        self._terms = tender_in_force(uow, tender_id)
        self._versions = {each.sha256: each.version for each in uow.pack_versions.of(tender_id)}
        self._lots = {lot.record.number for lot in uow.lots.of(tender_id)}
        self._bidders = Bidders(uow)
        self.changes: list[RecordChange] = []

    def keep(self, looked: Sequence[LookedFile]) -> Received:
        """Keep what is new, or comes again after another; of the rest only a portal's time that was not known."""
        held = ReceivedBefore(self._uow.received.of(self._tender_id, self._terms.deadline_zone))
        back = {place for place, each in enumerate(looked) if self._is_back(held, looked, each)}
        kept = [each for place, each in enumerate(looked) if place in back or each.sha256 not in held.by_sha]
        again = [each for place, each in enumerate(looked) if place not in back and each.sha256 in held.by_sha]
        found = {each.sha256: self._bidder(each) for each in kept}
        folders = _by_folder(kept, found)
        for each in kept:
            bidder = found[each.sha256]
            if bidder.supplier is None and each.file.folder:
                bidder = folders.get(each.file.folder) or replace(
                    self._bidders.named(each.file.folder), ask_for=bidder.ask_for
                )
            self._keep(each, bidder)
        self.changes = [*self._bidders.added, *self.changes]
        for each in again:
            self._add_time(held.by_sha[each.sha256], each.file)
        after = ReceivedBefore(self._uow.received.of(self._tender_id))
        fresh = [file.number for file in after.files if file.number > held.last]
        return Received(
            tuple(fresh),
            tuple(dict.fromkeys(held.by_sha[each.sha256][-1][1].number for each in again)),
            tuple(file.number for file in after.files if file.number > held.last and file.sha256 in held.by_sha),
        )

    def _is_back(self, held: ReceivedBefore, looked: Sequence[LookedFile], each: LookedFile) -> bool:
        """Whether a file was received before, was replaced by another one since, and now comes again after that.

        What the portal says decides, where it does. Else it is the only one of its bidder and lot that comes now: in a
        folder with both nothing tells which came last.
        """
        known = held.by_sha.get(each.sha256)
        if known is None or not held.was_followed(known[-1][1]):
            return False
        zone = self._terms.deadline_zone
        moment = Receipt(portal_on=each.file.portal_on, portal_time=each.file.portal_time).portal_at(zone)
        if moment is not None:
            return all(file.portal_at is not None and file.portal_at != moment for _, file in known)
        return not any(
            other is not each and self._answers(held, other) == of_whom(known[-1][1])
            for other in looked
            if other.sha256 != each.sha256
        )

    def _answers(self, held: ReceivedBefore, looked: LookedFile) -> tuple[str, int | None]:
        """Whose a file of this receiving is, as far as it is known, and of which lot."""
        known = held.by_sha.get(looked.sha256)
        if known is not None:
            return of_whom(known[-1][1])
        if isinstance(looked.identity, Refusal):
            return "", None
        supplier = self._bidder(looked).supplier
        return supplier.record.name if supplier else "", looked.identity.lot

    def _bidder(self, looked: LookedFile) -> FoundBidder:
        """Whose a file is by what it says; a supplier is added only where the file answers this tender."""
        identity = looked.identity
        if isinstance(identity, Refusal) or self._refused(identity).reason:
            return FoundBidder()
        return self._bidders.of(identity.bidder)

    def _refused(self, identity: OfferIdentity) -> Refusal:
        """Why an offer is refused that can be read: it answers something else. An empty reason where it does not."""
        pack = identity.pack
        if pack.reference != self._tender.reference:
            return Refusal(f"it answers tender {shortened(pack.reference, _MOST_QUOTED)}", "an offer for this tender")
        if self._versions.get(pack.sha256) != pack.version:
            said = words.OTHER_PACK.filled(version=pack.version)
            return Refusal(small_first(said.message), "an offer made with the pack as it was issued")
        if identity.lot not in self._lots:
            said = words.NO_SUCH_LOT.filled(lot=identity.lot)
            return Refusal(small_first(said.message), "an offer for a lot of the tender")
        return Refusal("", "")

    def _keep(self, looked: LookedFile, bidder: FoundBidder) -> None:
        receipt = self._receipt(looked, bidder)
        refuse_errors(RECEIPT.problems(receipt))
        check_portal_time(self._terms, receipt)
        file_id = self._uow.received.add(self._tender_id, looked.file.name, looked.file.data)
        stored = self._uow.receipts.add(file_id, receipt, bidder.supplier.id if bidder.supplier else None)
        self.changes.append(RecordChange(RECEIVED_FILE, file_id, None, looked.file.name))
        self.changes.append(RecordChange(RECEIPT, stored.id, None, stored.record))

    def _receipt(self, looked: LookedFile, bidder: FoundBidder) -> Receipt:
        file, identity = looked.file, looked.identity
        portal = Receipt(portal_on=file.portal_on, portal_time=file.portal_time)
        if isinstance(identity, Refusal):
            return replace(portal, refused=identity.reason, ask_for=identity.ask_for)
        refused = self._refused(identity)
        if refused.reason:
            return replace(portal, refused=refused.reason, ask_for=refused.ask_for)
        ask_for = bidder.ask_for
        if looked.unfinished:
            ask_for = "the offer again, finished"
        return replace(
            portal,
            lot=identity.lot,
            pack_version=identity.pack.version,
            unfinished=looked.unfinished,
            ask_for="" if bidder.supplier and not looked.unfinished else ask_for,
        )

    def _add_time(self, known: Sequence[tuple[int, ReceivedFile]], file: FoundFile) -> None:
        """Say when the portal had a file, of the last receipt of it, unless that is known."""
        if file.portal_on is None:
            return
        held = self._uow.receipts.by_file(self._tender_id)[known[-1][0]]
        if held.record.portal_on is not None:
            return
        said = replace(held.record, portal_on=file.portal_on, portal_time=file.portal_time)
        refuse_errors(RECEIPT.problems(said))
        check_portal_time(self._terms, said)
        saved = self._uow.receipts.save(held.id, held.version, said)
        self.changes.append(RecordChange(RECEIPT, saved.id, held.record, saved.record))


def _by_folder(looked: Iterable[LookedFile], found: Mapping[str, FoundBidder]) -> dict[str, FoundBidder]:
    """The bidder of each folder, where the files in it name one and no other."""
    named: dict[str, dict[int, Stored[Supplier]]] = {}
    for each in looked:
        supplier = found[each.sha256].supplier
        if supplier is not None and each.file.folder:
            named.setdefault(each.file.folder, {})[supplier.id] = supplier
    return {folder: FoundBidder(next(iter(those.values()))) for folder, those in named.items() if len(those) == 1}
