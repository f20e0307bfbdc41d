"""From the records of a tender to the evaluation of one of its lots."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction

from tomsapp.domain.menu import MenuEdition
from tomsapp.domain.tender.admission import NotAdmitted, conditions_not_accepted, excluded_by_decision
from tomsapp.domain.tender.bid import Bid, BidDecision, left_out
from tomsapp.domain.tender.choices import QuantityMethod
from tomsapp.domain.tender.evaluating import BidToEvaluate, ToEvaluate
from tomsapp.domain.tender.lot_contract import share_base
from tomsapp.domain.tender.marking import ModeratedMark, marks_of
from tomsapp.domain.tender.offer_checks import CheckedTenderOffer, OfferGround, check_tender_offer
from tomsapp.domain.tender.pack import Pack, PackIdentity
from tomsapp.domain.tender.question import Question
from tomsapp.domain.tender.scoring_rules import ScoringRules, Weights
from tomsapp.domain.tender.tender import Tender
from tomsapp.domain.tender.tender_offer import TenderOffer


@dataclass(frozen=True, slots=True)
class EnteredBid:
    """What is recorded of a bid of a lot.

    Attributes:
        key: names the bid.
        offer: the offer that counts; None where none came in time.
        left_out: the keys of the commitments that decisions leave out (`bid.left_out`).
        marks: the moderated mark of each question by its number (`marking.marks_of`).
        fails: what keeps it out beside its offer, such as an exclusion.
    """

    key: str
    bid: Bid
    offer: TenderOffer | None
    left_out: frozenset[str] = frozenset()
    marks: Mapping[int, Fraction] = field(default_factory=dict)
    fails: tuple[NotAdmitted, ...] = ()


def entered_bid(
    number: int,
    bid: Bid,
    offer: TenderOffer | None,
    decisions: Iterable[BidDecision],
    moderated: Iterable[ModeratedMark],
    excluded: str = "",
) -> EnteredBid:
    """A bid from its records.

    Args:
        number: of the bid, which its marks name.
        bid: what is recorded of it.
        offer: of the file that counts; None where none does.
        decisions: those about that file.
        moderated: the marks that count, of any bids.
        excluded: the reason for which it was excluded; empty where it was not.
    """
    fails = (excluded_by_decision(excluded),) if excluded else ()
    return EnteredBid(str(number), bid, offer, left_out(decisions), marks_of(moderated, number), fails)


def scoring_rules(tender: Tender, questions: Iterable[Question]) -> ScoringRules:
    """How the bids of a tender are scored.

    Raises:
        BandsError: the tender scores in bands that cannot be read.
    """
    is_banded = tender.method is QuantityMethod.BANDS
    return ScoringRules(
        Weights(tender.price_points, tender.quality_points, tender.quantity_points, tender.statement_points),
        tender.quality_points,
        tender.method,
        tender.method_target,
        tender.scoring_bands if is_banded else (),
        {question.number: Fraction(question.weight) for question in questions},
    )


@dataclass(frozen=True, slots=True)
class CheckedBid:
    """A bid with what the pack finds in its offer, without the lines that decisions leave out.

    Attributes:
        checked: None where no offer came in time.
    """

    entered: EnteredBid
    checked: CheckedTenderOffer | None


def check_bid(
    pack: Pack,
    edition: MenuEdition,
    entered: EnteredBid,
    issued: Sequence[PackIdentity] = (),
    medians: Mapping[str, Decimal] | None = None,
) -> CheckedBid:
    """Hold the offer of a bid against the pack, without the lines that decisions leave out.

    Args:
        pack: the newest one that was issued.
        edition: the menu edition that came with it.
        entered: what is recorded of the bid.
        issued: by what each version of the pack is known.
        medians: the median quantity of the other bids, by measure.
    """
    if entered.offer is None:
        return CheckedBid(entered, None)
    kept = tuple(each for each in entered.offer.commitments if each.key not in entered.left_out)
    ground = OfferGround(issued, medians or {}, entered.bid.price)
    return CheckedBid(entered, check_tender_offer(pack, edition, replace(entered.offer, commitments=kept), ground))


def lot_to_evaluate(
    pack: Pack, edition: MenuEdition, lot: int, bids: Iterable[EnteredBid], issued: Sequence[PackIdentity] = ()
) -> ToEvaluate:
    """The evaluation of one lot, by its number: each offer is checked by the pack, without what was left out of it.

    Raises:
        BandsError: the tender scores in bands that cannot be read.
    """
    return checked_lot(pack, edition, lot, (check_bid(pack, edition, bid, issued) for bid in bids))


def checked_lot(pack: Pack, edition: MenuEdition, lot: int, bids: Iterable[CheckedBid]) -> ToEvaluate:
    """The evaluation of one lot, by its number, of bids that were checked already.

    Raises:
        BandsError: the tender scores in bands that cannot be read.
    """
    tender = pack.tender
    entered = tuple(bid_to_evaluate(pack, edition, lot, bid) for bid in bids)
    rules = scoring_rules(tender, pack.questions)
    return ToEvaluate(rules, edition, pack.policy, tender.limits, tender.minimum, entered)


def bid_to_evaluate(pack: Pack, edition: MenuEdition, number: int, checked: CheckedBid) -> BidToEvaluate:
    """What there is of one bid in the lot of this number: its offer as the pack judges it, without what is left out."""
    entered, lot = checked.entered, pack.lot(number)
    bid, offer = entered.bid, entered.offer
    conditions = [each.measure for each in pack.conditions] if offer is not None else []
    accepted = offer.accepted if offer is not None else frozenset()
    return BidToEvaluate(
        entered.key,
        bid.supplier,
        bid.price,
        None if bid.quality is None else Fraction(bid.quality),
        None if checked.checked is None else checked.checked.checked,
        None if lot is None else share_base(pack.tender, lot, bid.price),
        entered.marks,
        (*entered.fails, *conditions_not_accepted(edition, conditions, accepted)),
    )
