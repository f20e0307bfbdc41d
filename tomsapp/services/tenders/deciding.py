"""The problems of all bids of a tender side by side, and how each of them stands.

The rules that decide by themselves stand in `domain/tender/admission.py`; what people decide, in `decisions.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tomsapp.domain.tender.acts import excluded
from tomsapp.domain.tender.admission import excluded_by_decision
from tomsapp.domain.tender.choices import TenderStatus
from tomsapp.domain.tender.deciding import BidProblem, BidToDecide, count_undecided, find_bid_problems
from tomsapp.domain.tender.lot_evaluation import CheckedBid, EnteredBid, bid_to_evaluate, check_bid
from tomsapp.domain.tender.problem_words import BesideOthers, beside_others, effect_words
from tomsapp.domain.tender.receipt import Standing
from tomsapp.services.tenders.offers import ReadOffer
from tomsapp.services.tenders.opening import OpenedBid, TenderBids, read_tender_bids

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tomsapp.domain.history import Stored
    from tomsapp.domain.tender.admission import NotAdmitted
    from tomsapp.domain.tender.bid import BidDecision
    from tomsapp.domain.tender.evaluating import BidToEvaluate
    from tomsapp.domain.tender.offer_checks import CheckedTenderOffer
    from tomsapp.domain.tender.receipt import JudgedReceipt
    from tomsapp.services.progress import Progress
    from tomsapp.services.workspace import Workspace


@dataclass(frozen=True, slots=True)
class BidUnderCheck:
    """A bid with everything that is found in it.

    Attributes:
        checked: the bid as the pack judges it, without what is left out; marks stand apart.
        judged: the same as it is scored.
        reasons: why it is not admitted as it stands; nothing where it is.
        problems: what is found, in the order in which it is looked at.
    """

    opened: OpenedBid
    checked: CheckedBid
    judged: BidToEvaluate
    reasons: tuple[NotAdmitted, ...]
    problems: tuple[BidProblem, ...]

    @property
    def id(self) -> int:
        """The number of the bid in the database."""
        return self.opened.stored.id

    @property
    def supplier(self) -> str:
        """Who bids."""
        return self.opened.stored.record.supplier

    @property
    def undecided(self) -> int:
        """How many problems still wait for a decision."""
        return count_undecided(self.problems)

    @property
    def whole(self) -> CheckedTenderOffer | None:
        """The offer as it was sent, held beside the others; None where no file counts that can be read."""
        return self.opened.read.checked if isinstance(self.opened.read, ReadOffer) else None

    @property
    def sha256(self) -> str:
        """Of the offer file that counts; empty where none does."""
        return "" if self.opened.receipt is None else self.opened.receipt.judged.file.sha256

    def find(self, key: str) -> BidProblem | None:
        """What is found by its key, or None."""
        return next((each for each in self.problems if each.key == key), None)

    def decision(self, key: str) -> Stored[BidDecision] | None:
        """What was decided of it, as it stands in the database."""
        return next((each for each in self.opened.decisions if each.record.problem == key), None)


@dataclass(frozen=True, slots=True)
class OpenCheck:
    """The problems of all bids of a tender, as they were at one moment; bids in the order of receipt."""

    read: TenderBids
    bids: tuple[BidUnderCheck, ...]

    @property
    def may_decide(self) -> bool:
        """Whether problems are decided now: from the opening until the evaluation is frozen."""
        return self.read.tender.record.status is TenderStatus.OPENED

    @property
    def undecided(self) -> int:
        """How many problems of all bids still wait for a decision."""
        return sum(bid.undecided for bid in self.bids)

    def bid(self, number: int) -> BidUnderCheck | None:
        """The bid of this number in the database, or None."""
        return next((bid for bid in self.bids if bid.id == number), None)


def open_check(workspace: Workspace, tender_id: int, progress: Progress | None = None) -> OpenCheck:
    """Read the bids of a tender, and find what is wrong with them.

    Raises:
        NotFound: there is no such tender.
        StoreError: kept bytes were changed behind the program, or who works here marks answers of the tender and not
            all evaluators have sent.
        Cancelled: nobody waits for it any more.
    """
    return check_bids(read_tender_bids(workspace, tender_id, progress))


def undecided_problems(read: TenderBids) -> int:
    """How many problems of the bids of a tender still wait for a decision: nothing is fixed before all are decided."""
    return check_bids(read).undecided


def check_bids(read: TenderBids) -> OpenCheck:
    """What is found in bids that were read."""
    out = excluded(read.acts)
    bids = [_under_check(read, bid, out) for bid in read.bids]
    return OpenCheck(read, tuple(sorted(bids, key=lambda bid: _received(bid.opened))))


def _received(opened: OpenedBid) -> tuple[bool, int, int]:
    """The order of receipt; bids of which no file counts any more stand last."""
    number = 0 if opened.receipt is None else opened.receipt.judged.file.number
    return opened.receipt is None, number, opened.stored.id


def _under_check(read: TenderBids, opened: OpenedBid, out: Mapping[int, str]) -> BidUnderCheck:
    checked = _checked_without(read, opened, opened.left_out, out)
    newest, lot = read.newest, opened.stored.record.lot
    judged = bid_to_evaluate(newest.pack.pack, newest.edition, lot, checked)
    edition, minimum = read.newest.edition, read.newest.pack.pack.tender.minimum
    whole = opened.read.checked if isinstance(opened.read, ReadOffer) else None
    decisions = tuple(each.record for each in opened.decisions)
    bid = BidToDecide(edition, minimum, whole, judged, decisions, _late_of(read, opened))
    return BidUnderCheck(opened, checked, judged, bid.reasons, find_bid_problems(bid))


def _late_of(read: TenderBids, opened: OpenedBid) -> tuple[JudgedReceipt, ...]:
    """The files of a bidder for a lot that came late and count for nothing."""
    bid = opened.stored.record
    late = (each.judged for each in read.receipts if each.judged.standing is Standing.LATE)
    return tuple(each for each in late if (each.file.supplier, each.file.lot) == (bid.supplier, bid.lot))


def judged_without(read: TenderBids, opened: OpenedBid, left: Iterable[str]) -> BidToEvaluate:
    """A bid as it is scored where these of its commitments are left out."""
    checked = _checked_without(read, opened, left, excluded(read.acts))
    newest = read.newest
    return bid_to_evaluate(newest.pack.pack, newest.edition, opened.stored.record.lot, checked)


def _checked_without(read: TenderBids, opened: OpenedBid, left: Iterable[str], out: Mapping[int, str]) -> CheckedBid:
    """A bid as the pack judges it where these of its commitments are left out; `out` says which bids were excluded."""
    why = out.get(opened.stored.id)
    fails = () if why is None else (excluded_by_decision(why),)
    entered = EnteredBid(str(opened.stored.id), opened.stored.record, opened.offer, frozenset(left), fails=fails)
    if isinstance(opened.read, ReadOffer) and not entered.left_out:
        return CheckedBid(entered, opened.read.checked)
    return check_bid(read.newest.pack.pack, read.newest.edition, entered, read.issued)


# What is told beside a problem


def effect_of_leaving_out(check: OpenCheck, bid: BidUnderCheck, line: str) -> tuple[str, ...]:
    """What it does to a bid to leave one more of its lines out, in sentences."""
    after = judged_without(check.read, bid.opened, bid.opened.left_out | {line})
    return effect_words(bid.supplier, bid.judged, after, check.read.newest.pack.pack.tender.minimum)


def others_of(check: OpenCheck, bid: BidUnderCheck, found: BidProblem) -> tuple[BesideOthers, ...]:
    """What the bids of the same lot promise of the measures that a problem is about."""
    lot = bid.opened.stored.record.lot
    beside = [(each.supplier, each.whole) for each in check.bids if each.opened.stored.record.lot == lot]
    return tuple(beside_others(measure, bid.supplier, beside) for measure in found.measures)
