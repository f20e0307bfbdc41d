"""From the records of a tender to the evaluation of one of its lots."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

from tomsapp.domain.menu import MenuEdition
from tomsapp.domain.offer import CheckedOffer
from tomsapp.domain.tender.admission import NotAdmitted, conditions_not_accepted
from tomsapp.domain.tender.bid import Bid
from tomsapp.domain.tender.choices import QuantityMethod
from tomsapp.domain.tender.evaluating import BidToEvaluate, ToEvaluate
from tomsapp.domain.tender.lot_contract import share_base
from tomsapp.domain.tender.offer_checks import OfferGround, check_tender_offer
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


def lot_to_evaluate(
    pack: Pack, edition: MenuEdition, lot: int, bids: Iterable[EnteredBid], issued: Sequence[PackIdentity] = ()
) -> ToEvaluate:
    """The evaluation of one lot, by its number: each offer is checked by the pack, without what was left out of it.

    Raises:
        BandsError: the tender scores in bands that cannot be read.
    """
    tender = pack.tender
    entered = tuple(bid_to_evaluate(pack, edition, lot, bid, issued) for bid in bids)
    rules = scoring_rules(tender, pack.questions)
    return ToEvaluate(rules, edition, pack.policy, tender.limits, tender.minimum, entered)


def bid_to_evaluate(
    pack: Pack, edition: MenuEdition, number: int, entered: EnteredBid, issued: Sequence[PackIdentity] = ()
) -> BidToEvaluate:
    """What there is of one bid in the lot of this number: its offer as the pack judges it, without what is left out."""
    bid, lot = entered.bid, pack.lot(number)
    checked = _checked(pack, edition, entered, issued)
    conditions = [each.measure for each in pack.conditions] if entered.offer is not None else []
    accepted = entered.offer.accepted if entered.offer is not None else frozenset()
    return BidToEvaluate(
        entered.key,
        bid.supplier,
        bid.price,
        None if bid.quality is None else Fraction(bid.quality),
        checked,
        None if lot is None else share_base(pack.tender, lot, bid.price),
        entered.marks,
        (*entered.fails, *conditions_not_accepted(edition, conditions, accepted)),
    )


def _checked(
    pack: Pack, edition: MenuEdition, entered: EnteredBid, issued: Sequence[PackIdentity]
) -> CheckedOffer | None:
    """The offer as the pack judges it; None where there is none for a lot of the pack."""
    if entered.offer is None:
        return None
    kept = tuple(each for each in entered.offer.commitments if each.key not in entered.left_out)
    ground = OfferGround(issued, price=entered.bid.price)
    return check_tender_offer(pack, edition, replace(entered.offer, commitments=kept), ground).checked
