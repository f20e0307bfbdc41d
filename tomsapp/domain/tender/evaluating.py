"""The whole evaluation of a lot: offers valued and checked, admitted or not, then scored and ranked."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from tomsapp.domain.menu import MenuEdition
from tomsapp.domain.offer import CheckedOffer, Offer, Surroundings, value_offer
from tomsapp.domain.tender.admission import NotAdmitted, no_offer, not_admitted
from tomsapp.domain.tender.choices import MinimumRule
from tomsapp.domain.tender.scoring import Evaluation, score_bids
from tomsapp.domain.tender.scoring_rules import BidToScore, ScoringRules
from tomsapp.domain.valuation import NOTHING


@dataclass(frozen=True, slots=True)
class BidToEvaluate:
    """What there is of one bidder for a lot.

    Attributes:
        price: in pounds; None while none is entered.
        quality: the quality score, out of `ScoringRules.quality_of`.
        offer: the offer that counts, with all its lines; None where none came in time.
        share_base: the pounds that social value is a share of.
        marks: the moderated mark of each question by its number.
        left_out: the keys of the commitments that were left out with a reason.
        fails: what keeps it out beside its offer: a condition that is not accepted, an exclusion.
    """

    key: str
    supplier: str
    price: Decimal | None
    quality: Fraction | None
    offer: Offer | None
    share_base: Decimal | None = None
    marks: Mapping[int, Fraction] = field(default_factory=dict)
    left_out: frozenset[str] = frozenset()
    fails: tuple[NotAdmitted, ...] = ()

    @property
    def counted_offer(self) -> Offer | None:
        """The offer without the lines that were left out."""
        if self.offer is None or not self.left_out:
            return self.offer
        kept = tuple(each for each in self.offer.commitments if each.key not in self.left_out)
        return Offer(self.offer.contract, kept, self.offer.answers)


@dataclass(frozen=True, slots=True)
class ToEvaluate:
    """A lot with its bids, and all by which they are judged.

    Attributes:
        surroundings: rules, area and the tender's limits; `contract.start_on` of each offer says which rules hold.
        minimum: what it means to be short of a policy minimum.
    """

    rules: ScoringRules
    edition: MenuEdition
    surroundings: Surroundings
    minimum: MinimumRule
    bids: tuple[BidToEvaluate, ...]


@dataclass(frozen=True, slots=True)
class Evaluated:
    """What came of it.

    Attributes:
        checked: each offer with its figures, by the key of its bid.
        reasons: why a bid is not admitted, by its key; nothing of one that is.
    """

    given: ToEvaluate
    evaluation: Evaluation
    checked: Mapping[str, CheckedOffer]
    reasons: Mapping[str, tuple[NotAdmitted, ...]]


def evaluate(given: ToEvaluate) -> Evaluated:
    """Value, check, admit, score and rank the bids of a lot."""
    checked = dict(_checked(given))
    reasons = {bid.key: reasons_of(bid, checked.get(bid.key), given.minimum) for bid in given.bids}
    bids = [bid_to_score(bid, value_of(checked.get(bid.key)), reasons[bid.key]) for bid in given.bids]
    return Evaluated(given, score_bids(given.rules, bids), checked, reasons)


def _checked(given: ToEvaluate) -> Iterator[tuple[str, CheckedOffer]]:
    for bid in given.bids:
        offer = bid.counted_offer
        if offer is not None:
            yield bid.key, value_offer(offer, given.edition, given.surroundings)


def reasons_of(bid: BidToEvaluate, checked: CheckedOffer | None, minimum: MinimumRule) -> tuple[NotAdmitted, ...]:
    """Why a bid is not admitted; nothing where it is."""
    return (*bid.fails, *((no_offer(),) if checked is None else not_admitted(checked, minimum)))


def value_of(checked: CheckedOffer | None) -> Decimal:
    """The social value that counts: of the lines without errors that were not left out."""
    return NOTHING if checked is None else checked.admissible.social_value


def bid_to_score(bid: BidToEvaluate, value: Decimal, reasons: tuple[NotAdmitted, ...]) -> BidToScore:
    """The bid as it is scored with a social value."""
    return BidToScore(
        bid.key,
        bid.supplier,
        bid.price,
        bid.quality,
        value,
        bid.share_base,
        bid.marks,
        tuple(reason.why for reason in reasons),
    )
