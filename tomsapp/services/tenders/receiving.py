"""Receives files for a tender: each is kept byte for byte, with whose it is and for what, or why it is refused.

Until the offers are opened no more than that is read of a file, and the seal is the portal's. Afterwards a file that
comes is read whole at once, so that its receipt says whether it is finished.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tomsapp.domain.errors import TomsError
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
from tomsapp.services.tenders.strange_offers import read_identities
from tomsapp.store.errors import StoreError
from tomsapp.store.kept import sha256_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from tomsapp.domain.history import Stored
    from tomsapp.domain.supplier import Supplier
    from tomsapp.domain.tender.tender import Tender
    from tomsapp.services.progress import Progress
    from tomsapp.services.tenders.found_files import FoundFile
    from tomsapp.services.tenders.reading import OpenTender
    from tomsapp.services.workspace import Workspace
    from tomsapp.store.unit_of_work import UnitOfWork

_STOP = "The files are kept for good. Undo stops here"
_INSTEAD = "Say whose a file is, or exclude the bid: what was received stays"


@dataclass(frozen=True, slots=True)
class Received:
    """What came of files that were received.

    Attributes:
        kept: the numbers of the receipts of those that are new.
        again: the numbers of the receipts of those that were received before, which are not kept twice.
    """

    kept: tuple[int, ...] = ()
    again: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class _Looked:
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
    tender = opened.tender
    if tender.status not in RECEIVING:
        message = f"{tender.reference} is {tender.status.value}, and nothing is received for it"
        raise StoreError(message, "Files are received from when it is issued until the evaluation is frozen")
    looked = _look_at(workspace, opened, files, progress)
    if not looked:
        return Done(Received())
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


def _look_at(
    workspace: Workspace, opened: OpenTender, files: Iterable[FoundFile], progress: Progress | None
) -> list[_Looked]:
    """Each file once, with what it says of itself."""
    each = {sha256_of(file.data): file for file in reversed(list(files))}
    once = dict(reversed(each.items()))
    given = [GivenFile(file.name, file.data) for file in once.values()]
    identities = read_identities(given, progress)
    looked = [
        _Looked(file, sha256, identity) for (sha256, file), identity in zip(once.items(), identities, strict=True)
    ]
    if opened.tender.status is TenderStatus.OPENED:
        return _read_whole(workspace, opened.id, looked, progress)
    return looked


def _read_whole(
    workspace: Workspace, tender_id: int, looked: Sequence[_Looked], progress: Progress | None
) -> list[_Looked]:
    with workspace.look() as uow:
        contents = pack_contents(uow, tender_id)
    usable = [each for each in looked if not isinstance(each.identity, Refusal)]
    given = [GivenFile(each.file.name, each.file.data) for each in usable]
    read = dict(
        zip((each.sha256 for each in usable), read_offers(issued_packs(contents), given, None, progress), strict=True)
    )
    return [_after_reading(each, read[each.sha256]) if each.sha256 in read else each for each in looked]


def _after_reading(looked: _Looked, read: ReadOffer | TomsError) -> _Looked:
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

    def keep(self, looked: Sequence[_Looked]) -> Received:
        """Keep what is new; of what was received before, only a portal's time that was not known."""
        known = {file.sha256: (file_id, file.number) for file_id, file in self._uow.received.of(self._tender_id)}
        new = [each for each in looked if each.sha256 not in known]
        again = [each for each in looked if each.sha256 in known]
        found = {each.sha256: self._bidder(each) for each in new}
        folders = _by_folder(new, found)
        for each in new:
            bidder = found[each.sha256]
            if bidder.supplier is None and each.file.folder:
                bidder = folders.get(each.file.folder) or replace(
                    self._bidders.named(each.file.folder), ask_for=bidder.ask_for
                )
            self._keep(each, bidder)
        self.changes = [*self._bidders.added, *self.changes]
        for each in again:
            self._add_time(known[each.sha256][0], each.file)
        numbers = {file.sha256: file.number for _, file in self._uow.received.of(self._tender_id)}
        return Received(tuple(numbers[each.sha256] for each in new), tuple(numbers[each.sha256] for each in again))

    def _bidder(self, looked: _Looked) -> FoundBidder:
        """Whose a file is by what it says; a supplier is added only where the file answers this tender."""
        identity = looked.identity
        if isinstance(identity, Refusal) or self._refused(identity).reason:
            return FoundBidder()
        return self._bidders.of(identity.bidder)

    def _refused(self, identity: OfferIdentity) -> Refusal:
        """Why an offer is refused that can be read: it answers something else. An empty reason where it does not."""
        pack = identity.pack
        if pack.reference != self._tender.reference:
            said = words.OTHER_TENDER.filled(other=pack.reference, reference=self._tender.reference)
            return Refusal(small_first(said.message), "an offer for this tender")
        if self._versions.get(pack.sha256) != pack.version:
            said = words.OTHER_PACK.filled(version=pack.version)
            return Refusal(small_first(said.message), "an offer made with the pack as it was issued")
        if identity.lot not in self._lots:
            said = words.NO_SUCH_LOT.filled(lot=identity.lot)
            return Refusal(small_first(said.message), "an offer for a lot of the tender")
        return Refusal("", "")

    def _keep(self, looked: _Looked, bidder: FoundBidder) -> None:
        receipt = self._receipt(looked, bidder)
        refuse_errors(RECEIPT.problems(receipt))
        check_portal_time(self._terms, receipt)
        file_id = self._uow.received.add(self._tender_id, looked.file.name, looked.file.data)
        stored = self._uow.receipts.add(file_id, receipt, bidder.supplier.id if bidder.supplier else None)
        self.changes.append(RecordChange(RECEIVED_FILE, file_id, None, looked.file.name))
        self.changes.append(RecordChange(RECEIPT, stored.id, None, stored.record))

    def _receipt(self, looked: _Looked, bidder: FoundBidder) -> Receipt:
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

    def _add_time(self, file_id: int, file: FoundFile) -> None:
        if file.portal_on is None:
            return
        held = self._uow.receipts.by_file(self._tender_id)[file_id]
        if held.record.portal_on is not None:
            return
        said = replace(held.record, portal_on=file.portal_on, portal_time=file.portal_time)
        refuse_errors(RECEIPT.problems(said))
        check_portal_time(self._terms, said)
        saved = self._uow.receipts.save(held.id, held.version, said)
        self.changes.append(RecordChange(RECEIPT, saved.id, held.record, saved.record))


def _by_folder(looked: Iterable[_Looked], found: Mapping[str, FoundBidder]) -> dict[str, FoundBidder]:
    """The bidder of each folder, where the files in it name one and no other."""
    named: dict[str, dict[int, Stored[Supplier]]] = {}
    for each in looked:
        supplier = found[each.sha256].supplier
        if supplier is not None and each.file.folder:
            named.setdefault(each.file.folder, {})[supplier.id] = supplier
    return {folder: FoundBidder(next(iter(those.values()))) for folder, those in named.items() if len(those) == 1}
