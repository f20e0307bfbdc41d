"""The one reading of an evaluation: the bids of each lot, checked, admitted, scored and ranked, and what is missing.

Everything that shows, prints or freezes an evaluation takes it from here. It is read in one look; offers are read of
the kept bytes in the locked room, once. What is found of bids is that of `deciding`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tomsapp.domain.errors import TomsError
from tomsapp.domain.tender.act_checks import Unfinished
from tomsapp.domain.tender.acts import excluded
from tomsapp.domain.tender.evaluating import Evaluated, evaluate
from tomsapp.domain.tender.lot_evaluation import checked_lot
from tomsapp.domain.tender.marking import have_all_sent, marks_of
from tomsapp.domain.tender.offer_checks import OfferGround
from tomsapp.services.garbage import without_looking_for_garbage
from tomsapp.services.tenders.deciding import check_bids
from tomsapp.services.tenders.marks_held import check_sees_figures
from tomsapp.services.tenders.offers import held_offer, issued_packs, read_offer_files
from tomsapp.services.tenders.opening import given_files, look_at_bids, tender_bids
from tomsapp.services.tenders.reading import OpenTender, opened_from, read_tender
from tomsapp.services.tenders.receiving import pack_contents

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from tomsapp.domain.history import Stored
    from tomsapp.domain.menu import MenuEdition
    from tomsapp.domain.problems import Problem
    from tomsapp.domain.tender.bid import Bid, BidDecision
    from tomsapp.domain.tender.lot import Lot
    from tomsapp.domain.tender.lot_evaluation import CheckedBid
    from tomsapp.domain.tender.marking import Evaluator, ModeratedMark
    from tomsapp.domain.tender.pack import Pack
    from tomsapp.domain.tender.scoring import ScoredBid
    from tomsapp.exchange.tenders.offer_file import TenderOfferFile
    from tomsapp.services.progress import Progress
    from tomsapp.services.tenders.deciding import BidUnderCheck
    from tomsapp.services.tenders.offers import IssuedPack, ReadOffer
    from tomsapp.services.tenders.opening import LookedBids
    from tomsapp.services.tenders.reading import ReadTender
    from tomsapp.services.tenders.receipts import ListedReceipt
    from tomsapp.services.workspace import Workspace
    from tomsapp.store.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class ReadEvaluation:
    """All that an evaluation rests on in the database, as it was at one moment.

    Attributes:
        looked: bids, receipts and decisions.
        evaluators, moderated: of the whole tender.
    """

    tender: ReadTender
    looked: LookedBids
    evaluators: tuple[Stored[Evaluator], ...]
    moderated: tuple[Stored[ModeratedMark], ...]

    @property
    def bids(self) -> tuple[tuple[Stored[Bid], ListedReceipt | None], ...]:
        """The bids by lots, each with the receipt of the file that counts."""
        return self.looked.bids


@dataclass(frozen=True, slots=True)
class EvaluatedBid:
    """A bid of a lot with all that decides what it gets.

    Attributes:
        receipt: of the file that counts; None where none does.
        file: the offer as it was read of it.
        checked: the bid without the lines that decisions leave out, as the pack judges it.
        decisions: those about the file that counts.
        moderated: the marks that count.
        excluded: the reason for which it was excluded by decision; empty where it was not.
        undecided: what was found in its offer and still asks for a decision.
    """

    stored: Stored[Bid]
    receipt: ListedReceipt | None
    file: TenderOfferFile | None
    checked: CheckedBid
    decisions: tuple[Stored[BidDecision], ...]
    moderated: tuple[Stored[ModeratedMark], ...]
    excluded: str
    undecided: tuple[Problem, ...]

    @property
    def key(self) -> str:
        """Names it in the lot's `Evaluated`."""
        return self.checked.entered.key

    @property
    def supplier(self) -> str:
        """Who bids."""
        return self.stored.record.supplier


@dataclass(frozen=True, slots=True)
class EvaluatedLot:
    """A lot with its bids in the order in which they came, and what came of them."""

    lot: Lot
    bids: tuple[EvaluatedBid, ...]
    evaluated: Evaluated

    def bid(self, key: str) -> EvaluatedBid:
        """The bid of a row of the evaluation.

        Raises:
            KeyError: there is none.
        """
        return {bid.key: bid for bid in self.bids}[key]

    @property
    def admitted(self) -> tuple[tuple[EvaluatedBid, ScoredBid], ...]:
        """The bids that are admitted, with their scores, by ranks."""
        return tuple((self.bid(row.key), row) for row in self.evaluated.evaluation.admitted)

    @property
    def missing(self) -> tuple[str, ...]:
        """What must be known before anybody is ranked: "Calder Clean Cooperative: no price is entered"."""
        return tuple(f"{row.supplier}: {words}" for row in self.evaluated.evaluation.admitted for words in row.missing)


@dataclass(frozen=True, slots=True)
class OpenEvaluation:
    """An evaluation as it stands.

    Attributes:
        read: what it was made from.
        packs: the versions that were issued, in order; the newest judges. None before the tender is issued.
        lots: by their numbers; none before the tender is issued.
        files: the offers as they were read, by the SHA-256 of the file.
    """

    read: ReadEvaluation
    opened: OpenTender
    packs: tuple[IssuedPack, ...]
    lots: tuple[EvaluatedLot, ...]
    files: Mapping[str, TenderOfferFile]

    @property
    def pack(self) -> Pack | None:
        """The newest version of the pack, by which offers are judged; None before the tender is issued."""
        return self.packs[-1].pack.pack if self.packs else None

    @property
    def edition(self) -> MenuEdition | None:
        """The menu edition of that pack."""
        return self.packs[-1].edition if self.packs else None

    @property
    def evaluators(self) -> tuple[Stored[Evaluator], ...]:
        """Who marks."""
        return self.read.evaluators

    @property
    def bids(self) -> tuple[EvaluatedBid, ...]:
        """The bids of all lots."""
        return tuple(bid for lot in self.lots for bid in lot.bids)

    def lot(self, number: int) -> EvaluatedLot:
        """The lot of this number.

        Raises:
            KeyError: there is none.
        """
        return {lot.lot.number: lot for lot in self.lots}[number]

    @property
    def unfinished(self) -> Unfinished:
        """What is still to be done before it can be frozen."""
        rules = [lot.evaluated.given.rules for lot in self.lots]
        asked = set(rules[0].asked) if rules and rules[0].weights.statement else set()
        admitted = [bid for lot in self.lots for bid, _ in lot.admitted]
        return Unfinished(
            sum(len(bid.undecided) for bid in self.bids),
            sum(len(asked - set(bid.checked.entered.marks)) for bid in admitted),
            sum(self._is_unscored(bid) for bid in admitted),
        )

    def _is_unscored(self, bid: EvaluatedBid) -> bool:
        weights, record = self.lots[0].evaluated.given.rules.weights, bid.stored.record
        return bool((weights.price and record.price is None) or (weights.quality and record.quality is None))

    @property
    def unfinished_words(self) -> tuple[str, ...]:
        """The same in sentences, without full stops; none where it can be frozen."""
        return tuple(words for _, words in self.unfinished.words)


@without_looking_for_garbage()
def open_evaluation(
    workspace: Workspace,
    tender_id: int,
    before: OpenEvaluation | None = None,
    progress: Progress | None = None,
    now: datetime | None = None,
) -> OpenEvaluation:
    """Read the bids of a tender, and check, admit, score and rank them.

    Args:
        workspace: the open database.
        tender_id: the number of the tender.
        before: an earlier reading; files that it read are not looked at again.
        progress: watches the reading of files.
        now: the moment at which the tender is looked at, with its zone; the present one if none is named.

    Raises:
        NotFound: there is no such tender.
        StoreError: who works here marks answers of the tender, and not all evaluators have sent.
        TomsError: kept bytes cannot be read, though they were when the offers were opened.
        Cancelled: nobody waits for it any more.
    """
    offers = {} if before is None else dict(before.files)
    with workspace.look() as uow:
        check_sees_figures(uow, workspace.who, tender_id)
        read = read_evaluation(workspace, uow, tender_id)
        new = [each for each in read.looked.receipts_that_count if each.judged.file.sha256 not in offers]
        files = given_files(uow, new)
        contents = pack_contents(uow, tender_id)
    packs = issued_packs(contents)
    for receipt, file in zip(new, read_offer_files(packs, files, progress), strict=True):
        if isinstance(file, TomsError):
            raise file
        offers[receipt.judged.file.sha256] = file
    return evaluated_from(read, opened_from(workspace, read.tender, now), packs, offers)


def read_evaluation(workspace: Workspace, uow: UnitOfWork, tender_id: int) -> ReadEvaluation:
    """Read what an evaluation rests on at the moment of a transaction.

    Raises:
        NotFound: there is no such tender.
    """
    return ReadEvaluation(
        read_tender(workspace, uow, tender_id),
        look_at_bids(uow, tender_id),
        tuple(uow.evaluators.of(tender_id)),
        tuple(uow.moderated.of_tender(tender_id)),
    )


def evaluated_from(
    read: ReadEvaluation, opened: OpenTender, packs: tuple[IssuedPack, ...], files: Mapping[str, TenderOfferFile]
) -> OpenEvaluation:
    """What is worked out of an evaluation that was read, with its offers by the SHA-256 of their files."""
    if not packs:
        return OpenEvaluation(read, opened, packs, (), files)
    issued = tuple(packs)
    offers = [_held(issued, files, bid, receipt) for bid, receipt in read.bids if receipt is not None]
    check = check_bids(tender_bids(read.looked, issued, offers))
    order = {bid.id: place for place, (bid, _) in enumerate(read.bids)}
    bids = [_bid(read, files, each) for each in sorted(check.bids, key=lambda each: order[each.id])]
    lots = tuple(
        _lot(packs[-1], lot, [bid for bid in bids if bid.stored.record.lot == lot.number])
        for lot in packs[-1].pack.pack.lots
    )
    return OpenEvaluation(read, opened, packs, lots, files)


def _held(
    packs: tuple[IssuedPack, ...], files: Mapping[str, TenderOfferFile], bid: Stored[Bid], receipt: ListedReceipt
) -> ReadOffer:
    return held_offer(packs, files[receipt.judged.file.sha256], OfferGround(price=bid.record.price))


def _lot(newest: IssuedPack, lot: Lot, bids: Sequence[EvaluatedBid]) -> EvaluatedLot:
    given = checked_lot(newest.pack.pack, newest.edition, lot.number, (bid.checked for bid in bids))
    return EvaluatedLot(lot, tuple(bids), evaluate(given))


def _bid(read: ReadEvaluation, files: Mapping[str, TenderOfferFile], under: BidUnderCheck) -> EvaluatedBid:
    stored, receipt = under.opened.stored, under.opened.receipt
    # Nothing is moderated while somebody still marks.
    all_sent = have_all_sent([each.record for each in read.evaluators])
    moderated = tuple(each for each in read.moderated if each.record.bid == stored.id and all_sent)
    marks = marks_of((each.record for each in moderated), stored.id)
    return EvaluatedBid(
        stored,
        receipt,
        None if receipt is None else files[receipt.judged.file.sha256],
        replace(under.checked, entered=replace(under.checked.entered, marks=marks)),
        under.opened.decisions,
        moderated,
        excluded(read.tender.acts).get(stored.id, ""),
        tuple(each.problem for each in under.problems if each.state.is_open),
    )
