"""What is frozen of an evaluation: all that it rests on, so that its ranking can be rebuilt from it alone.

Source: docs/decisions/050-the-frozen-evaluation.md.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from tomsapp.domain.facts import Fact, Listed
from tomsapp.domain.menu import MenuEdition
from tomsapp.domain.record_type import RecordType
from tomsapp.domain.tender.acts import TenderAct, TenderActFacts, admissions, excluded
from tomsapp.domain.tender.bid import Bid, BidDecision
from tomsapp.domain.tender.evaluating import Evaluated, evaluate
from tomsapp.domain.tender.lot import Lot
from tomsapp.domain.tender.lot_evaluation import check_bid, checked_lot, entered_bid
from tomsapp.domain.tender.marking import Evaluator, Mark, ModeratedMark
from tomsapp.domain.tender.pack import Pack, PackIdentity
from tomsapp.domain.tender.receipt import JudgedReceipt, ReceivedFile, counting, judge_receipts
from tomsapp.domain.tender.tender_offer import TenderOffer


@dataclass(frozen=True, slots=True)
class FrozenBid:
    """A bid as it was frozen.

    Attributes:
        number: by which decisions, marks and acts name it.
        receipt: the number of the receipt of the file that counts; None where none does.
        decisions: those about that file.
        marks: those of each evaluator; `moderated` those that count.
    """

    number: int
    bid: Bid
    receipt: int | None
    decisions: tuple[BidDecision, ...] = ()
    marks: tuple[Mark, ...] = ()
    moderated: tuple[ModeratedMark, ...] = ()


@dataclass(frozen=True, slots=True)
class FrozenEvaluation:
    """An evaluation with all that it rests on, beside the packs and the offers themselves.

    Attributes:
        council: the name of the council.
        reference, title: of the tender.
        facts: what was said of freezing it; `by` who did, `at` the moment, with its zone.
        made_with: the version of the program that froze it.
        acts: what was done with the tender for good before.
        receipts: every file that was received.
        evaluators: who marked, by the number that marks name.
        bids: by lots, in each in the order in which they came.
    """

    council: str
    reference: str
    title: str
    facts: TenderActFacts
    by: str
    at: datetime
    made_with: str
    acts: tuple[TenderAct, ...]
    receipts: tuple[ReceivedFile, ...]
    evaluators: tuple[tuple[int, Evaluator], ...]
    bids: tuple[FrozenBid, ...]

    def judged(self, newest: Pack) -> tuple[JudgedReceipt, ...]:
        """What becomes of each file by the deadline of the newest pack."""
        return judge_receipts(newest.tender.deadline, newest.version, self.receipts, admissions(self.acts))

    def counting(self, newest: Pack) -> Mapping[tuple[str, int], int]:
        """The number of the receipt that counts, by bidder and lot."""
        return {key: judged.file.number for key, judged in counting(self.judged(newest)).items()}


@dataclass(frozen=True, slots=True)
class JudgingPacks:
    """The newest pack that was issued, which judges, with its menu edition, and by what each version is known."""

    newest: Pack
    edition: MenuEdition
    issued: Sequence[PackIdentity]


def frozen_lots(
    frozen: FrozenEvaluation, packs: JudgingPacks, offers: Mapping[int, TenderOffer]
) -> tuple[tuple[Lot, Evaluated], ...]:
    """Each lot evaluated anew from what was frozen, with the offers by the numbers of their receipts.

    Raises:
        BandsError: the tender scores in bands that cannot be read.
        KeyError: a bid has a receipt of which there is no offer.
    """
    reasons = excluded(frozen.acts)
    checked = {
        each.number: check_bid(
            packs.newest,
            packs.edition,
            entered_bid(
                each.number,
                each.bid,
                None if each.receipt is None else offers[each.receipt],
                each.decisions,
                each.moderated,
                reasons.get(each.number, ""),
            ),
            packs.issued,
        )
        for each in frozen.bids
    }

    def of(lot: Lot) -> Evaluated:
        mine = (checked[each.number] for each in _of_lot(frozen.bids, lot.number))
        return evaluate(checked_lot(packs.newest, packs.edition, lot.number, mine))

    return tuple((lot, of(lot)) for lot in packs.newest.lots)


def _of_lot(bids: Iterable[FrozenBid], lot: int) -> Iterable[FrozenBid]:
    return (each for each in bids if each.bid.lot == lot)


@dataclass(frozen=True, slots=True)
class KeptEvaluation:
    """What is known of a file that was frozen: the SHA-256 of its bytes."""

    sha256: str


_fact = partial(Fact, revision="0019", is_typed=False)

FROZEN_EVALUATION = RecordType(
    "frozen_evaluation",
    "frozen evaluation",
    "frozen evaluations",
    KeptEvaluation,
    (_fact("sha256", "SHA-256", column="content_sha256", most=64, listed=Listed.SHOWN),),
    name_of=lambda kept: f"frozen evaluation {kept.sha256[:8]}",
)
"""What is kept of an evaluation that was frozen."""
