"""The one reading of an evaluation: the bids of each lot, checked, admitted, scored and ranked, and what is missing.

Everything that shows, prints or freezes an evaluation takes it from here. It is read in one look; offers are read of
the kept bytes in the locked room, once: a later reading that is given the one before takes over what did not change.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tomsapp.domain.errors import TomsError
from tomsapp.domain.problems import Severity
from tomsapp.domain.tender.acts import excluded
from tomsapp.domain.tender.admission import exclusion
from tomsapp.domain.tender.bid import BidDecision, decisions_in_force, left_out, undecided
from tomsapp.domain.tender.evaluating import Evaluated, evaluate
from tomsapp.domain.tender.lot_evaluation import EnteredBid, check_bid, checked_lot
from tomsapp.domain.tender.marking import marks_of
from tomsapp.domain.wording import plural
from tomsapp.services.tenders.offers import issued_packs, read_offer_files
from tomsapp.services.tenders.opening import bids_at, given_files
from tomsapp.services.tenders.reading import OpenTender, opened_from, read_tender
from tomsapp.services.tenders.receiving import pack_contents

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from tomsapp.domain.history import Stored
    from tomsapp.domain.menu import MenuEdition
    from tomsapp.domain.problems import Problem
    from tomsapp.domain.tender.bid import Bid
    from tomsapp.domain.tender.lot import Lot
    from tomsapp.domain.tender.lot_evaluation import CheckedBid
    from tomsapp.domain.tender.marking import Evaluator, ModeratedMark
    from tomsapp.domain.tender.pack import Pack
    from tomsapp.domain.tender.scoring import ScoredBid
    from tomsapp.exchange.tenders.offer_file import TenderOfferFile
    from tomsapp.services.progress import Progress
    from tomsapp.services.tenders.offers import IssuedPack
    from tomsapp.services.tenders.reading import ReadTender
    from tomsapp.services.tenders.receipts import ListedReceipt
    from tomsapp.services.workspace import Workspace
    from tomsapp.store.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class ReadEvaluation:
    """All that an evaluation rests on in the database, as it was at one moment.

    Attributes:
        bids: by lots, each with the receipt of the file that counts.
        evaluators, decisions, moderated: of the whole tender.
    """

    tender: ReadTender
    bids: tuple[tuple[Stored[Bid], ListedReceipt | None], ...]
    evaluators: tuple[Stored[Evaluator], ...]
    decisions: tuple[Stored[BidDecision], ...]
    moderated: tuple[Stored[ModeratedMark], ...]


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
class Unfinished:
    """How much of an evaluation is still to be done before it can be frozen.

    Attributes:
        undecided: problems of bids about which nothing is decided.
        unmoderated: answers of admitted bids without a moderated mark.
        unscored: admitted bids without a price or a quality that is asked.
    """

    undecided: int = 0
    unmoderated: int = 0
    unscored: int = 0


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
        left = self.unfinished
        told = (
            (left.undecided, "problem of a bid is undecided", "problems of bids are undecided"),
            (left.unmoderated, "answer has no moderated mark", "answers have no moderated mark"),
            (left.unscored, "bid has no price or no quality", "bids have no price or no quality"),
        )
        return tuple(plural(count, one, many) for count, one, many in told if count)


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
        before: an earlier reading; files that it read are not read again.
        progress: watches the reading of files.
        now: the moment at which the tender is looked at, with its zone; the present one if none is named.

    Raises:
        NotFound: there is no such tender.
        TomsError: kept bytes cannot be read, though they were when the offers were opened.
        Cancelled: nobody waits for it any more.
    """
    known = {} if before is None else before.files
    with workspace.look() as uow:
        read = read_evaluation(workspace, uow, tender_id)
        new = [receipt for _, receipt in read.bids if receipt is not None and receipt.judged.file.sha256 not in known]
        files = given_files(uow, new)
        packs = before.packs if before is not None and _same_packs(before, read) else None
        contents = pack_contents(uow, tender_id) if packs is None else []
    packs = issued_packs(contents) if packs is None else packs
    found = read_offer_files(packs, files, progress)
    offers = dict(known)
    for receipt, file in zip(new, found, strict=True):
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
        tuple(bids_at(uow, tender_id)),
        tuple(uow.evaluators.of(tender_id)),
        tuple(uow.bid_decisions.of_tender(tender_id)),
        tuple(uow.moderated.of_tender(tender_id)),
    )


def _same_packs(before: OpenEvaluation, read: ReadEvaluation) -> bool:
    return before.read.tender.versions == read.tender.versions and before.opened.id == read.tender.stored.id


def evaluated_from(
    read: ReadEvaluation, opened: OpenTender, packs: tuple[IssuedPack, ...], files: Mapping[str, TenderOfferFile]
) -> OpenEvaluation:
    """What is worked out of an evaluation that was read, with its offers by the SHA-256 of their files."""
    if not packs:
        return OpenEvaluation(read, opened, packs, (), files)
    bids = [_bid(read, packs, files, bid, receipt) for bid, receipt in read.bids]
    lots = tuple(
        _lot(packs[-1], lot, [bid for bid in bids if bid.stored.record.lot == lot.number])
        for lot in packs[-1].pack.pack.lots
    )
    return OpenEvaluation(read, opened, packs, lots, files)


def _lot(newest: IssuedPack, lot: Lot, bids: Sequence[EvaluatedBid]) -> EvaluatedLot:
    given = checked_lot(newest.pack.pack, newest.edition, lot.number, (bid.checked for bid in bids))
    return EvaluatedLot(lot, tuple(bids), evaluate(given))


def _bid(
    read: ReadEvaluation,
    packs: Sequence[IssuedPack],
    files: Mapping[str, TenderOfferFile],
    stored: Stored[Bid],
    receipt: ListedReceipt | None,
) -> EvaluatedBid:
    bid, sha256 = stored.record, "" if receipt is None else receipt.judged.file.sha256
    file = files.get(sha256)
    decisions = _about(read.decisions, stored.id, sha256)
    moderated = tuple(each for each in read.moderated if each.record.bid == stored.id)
    reason = excluded(read.tender.acts).get((bid.lot, bid.supplier), "")
    entered = EnteredBid(
        str(stored.id),
        bid,
        None if file is None else file.offer,
        left_out(each.record for each in decisions),
        marks_of((each.record for each in moderated), stored.id),
        (exclusion(reason),) if reason else (),
    )
    newest = packs[-1]
    checked = check_bid(newest.pack.pack, newest.edition, entered, [each.pack.identity for each in packs])
    found = _found(checked, file) if not reason else ()
    open_ones = undecided(found, (each.record for each in decisions))
    return EvaluatedBid(stored, receipt, file, checked, decisions, moderated, reason, open_ones)


def _about(decisions: Iterable[Stored[BidDecision]], bid: int, sha256: str) -> tuple[Stored[BidDecision], ...]:
    mine = [each for each in decisions if each.record.bid == bid]
    in_force = decisions_in_force((each.record for each in mine), sha256)
    return tuple(each for each in mine if in_force.get(each.record.problem) == each.record)


def _found(checked: CheckedBid, file: TenderOfferFile | None) -> tuple[Problem, ...]:
    """What asks for a decision. What is an error is decided by rule: it keeps its line or the offer out."""
    of_file = file.problems if file is not None else ()
    of_offer = checked.checked.problems if checked.checked is not None else ()
    return tuple(problem for problem in (*of_file, *of_offer) if problem.severity is Severity.WARNING)
