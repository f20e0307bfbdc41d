"""The whole evaluation of a lot: offers that were checked are admitted or not, then scored and ranked."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from tomsapp.domain.limits import TenderLimits
from tomsapp.domain.menu import MenuEdition
from tomsapp.domain.offer import CheckedOffer
from tomsapp.domain.policy import Policy
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
        checked: the offer that counts as it was checked, without the lines that were left out; None where none came in
            time. A line with an error counts nowhere.
        share_base: the pounds that social value is a share of.
        marks: the moderated mark of each question by its number.
        fails: what keeps it out beside its offer: a condition that is not accepted, an exclusion.
    """

    key: str
    supplier: str
    price: Decimal | None
    quality: Fraction | None
    checked: CheckedOffer | None
    share_base: Decimal | None = None
    marks: Mapping[int, Fraction] = field(default_factory=dict)
    fails: tuple[NotAdmitted, ...] = ()

    @property
    def value(self) -> Decimal:
        """The social value that counts: of the lines without errors."""
        return NOTHING if self.checked is None else self.checked.admissible.social_value


@dataclass(frozen=True, slots=True)
class ToEvaluate:
    """A lot with its bids, and all by which they are judged.

    Attributes:
        policy: the council's rules by which the offers were checked.
        limits: those of the tender.
        minimum: what it means to be short of a policy minimum.
    """

    rules: ScoringRules
    edition: MenuEdition
    policy: Policy | None
    limits: TenderLimits
    minimum: MinimumRule
    bids: tuple[BidToEvaluate, ...]


@dataclass(frozen=True, slots=True)
class Evaluated:
    """What came of it; `reasons` says why a bid is not admitted, by its key, and nothing of one that is."""

    given: ToEvaluate
    evaluation: Evaluation
    reasons: Mapping[str, tuple[NotAdmitted, ...]]


def evaluate(given: ToEvaluate) -> Evaluated:
    """Admit, score and rank the bids of a lot."""
    reasons = {bid.key: reasons_of(bid, given.minimum) for bid in given.bids}
    bids = [bid_to_score(bid, bid.value, reasons[bid.key]) for bid in given.bids]
    return Evaluated(given, score_bids(given.rules, bids), reasons)


def reasons_of(bid: BidToEvaluate, minimum: MinimumRule) -> tuple[NotAdmitted, ...]:
    """Why a bid is not admitted; nothing where it is."""
    return (*bid.fails, *((no_offer(),) if bid.checked is None else not_admitted(bid.checked, minimum)))


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
