"""What of a bid is scored, and by which points: the weights of a tender, its method for quantity, and its questions.

Source: docs/method.md, section 11.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum
from fractions import Fraction

from tomsapp.domain.money import round_half_away
from tomsapp.domain.tender.bands import BEST_MARK, Band
from tomsapp.domain.tender.choices import QuantityMethod
from tomsapp.domain.wording import format_exact, format_pounds

SHOWN_PLACES = 2
"""The decimals with which points are shown; bids are ranked by all of them."""

_NO_POUNDS = Decimal("0.00")


class Part(Enum):
    """The parts of a score, in the order in which they are told."""

    PRICE = "price"
    QUALITY = "quality"
    QUANTITY = "quantity"
    STATEMENT = "statement"

    @property
    def words(self) -> str:
        """The part as a heading says it."""
        return self.value.capitalize()


def show_points(points: Fraction) -> str:
    """Points as they are shown: two decimals, half away from zero."""
    return f"{round_half_away(points, SHOWN_PLACES):,.{SHOWN_PLACES}f}"


@dataclass(frozen=True, slots=True)
class Weights:
    """The most points that each part can give. Quantity and statement together are social value."""

    price: Fraction
    quality: Fraction
    quantity: Fraction
    statement: Fraction

    def of(self, part: Part) -> Fraction:
        """The points of one part."""
        return {
            Part.PRICE: self.price,
            Part.QUALITY: self.quality,
            Part.QUANTITY: self.quantity,
            Part.STATEMENT: self.statement,
        }[part]

    @property
    def social(self) -> Fraction:
        """The points of social value."""
        return self.quantity + self.statement

    @property
    def all(self) -> Fraction:
        """The points of all parts."""
        return self.price + self.quality + self.social


@dataclass(frozen=True, slots=True)
class ScoringRules:
    """How the bids of a lot are scored.

    Attributes:
        quality_of: the quality score that gets all points of quality: with 40, a score of 30 gets three quarters.
        target: the social value in pounds that gets all points for quantity, where the method has a target.
        bands: by the share that social value is of the bid's base, where the method has bands.
        questions: the weight of each question by its number; their sum is the whole.
    """

    weights: Weights
    quality_of: Fraction
    method: QuantityMethod = QuantityMethod.PROPORTIONAL
    target: Decimal | None = None
    bands: tuple[Band, ...] = ()
    questions: Mapping[int, Fraction] = field(default_factory=dict)

    @property
    def asked(self) -> Mapping[int, Fraction]:
        """The questions that have a weight, in the order of their numbers."""
        return {number: weight for number, weight in sorted(self.questions.items()) if weight > 0}

    @property
    def whole_target(self) -> Decimal:
        """The target in pounds; nothing where none is set, or none over zero."""
        return max(_NO_POUNDS, self.target or _NO_POUNDS)


@dataclass(frozen=True, slots=True)
class BidToScore:
    """A bid as it is scored.

    Attributes:
        price: in pounds; None while none is entered.
        quality: the quality score, out of `ScoringRules.quality_of`; None while none is entered.
        value: the social value that counts, in pounds.
        share_base: the pounds that social value is a share of.
        marks: the moderated mark of each question by its number, 0 to 5.
        fails: why it is not admitted; nothing where it is.
    """

    key: str
    supplier: str
    price: Decimal | None
    quality: Fraction | None
    value: Decimal
    share_base: Decimal | None = None
    marks: Mapping[int, Fraction] = field(default_factory=dict)
    fails: tuple[str, ...] = ()

    @property
    def is_admitted(self) -> bool:
        """Whether nothing keeps it out."""
        return not self.fails

    @property
    def has_price(self) -> bool:
        """Whether its price is one by which can be divided."""
        return self.price is not None and self.price > 0


def missing_of(rules: ScoringRules, bid: BidToScore) -> tuple[str, ...]:
    """What must be known of a bid before anybody can be ranked, in sentences; only of parts that have points."""
    weights = rules.weights
    found = (
        _missing_price(bid) if weights.price else "",
        _missing_quality(rules, bid) if weights.quality else "",
        _missing_base(rules, bid) if weights.quantity else "",
        *(_missing_mark(number, bid) for number in (rules.asked if weights.statement else ())),
    )
    return tuple(filter(None, found))


def _missing_price(bid: BidToScore) -> str:
    if bid.price is None:
        return "no price is entered"
    return "" if bid.has_price else f"the price, {format_pounds(bid.price)}, is not over zero"


def _missing_quality(rules: ScoringRules, bid: BidToScore) -> str:
    if bid.quality is None:
        return "no quality score is entered"
    if 0 <= bid.quality <= rules.quality_of and rules.quality_of:
        return ""
    return f"the quality score, {format_exact(bid.quality)}, is not between 0 and {format_exact(rules.quality_of)}"


def _missing_base(rules: ScoringRules, bid: BidToScore) -> str:
    if rules.method is not QuantityMethod.BANDS or (bid.share_base is not None and bid.share_base > 0):
        return ""
    return "there are no pounds that its social value is a share of"


def _missing_mark(number: int, bid: BidToScore) -> str:
    mark = bid.marks.get(number)
    if mark is None:
        return f"question {number} has no moderated mark"
    if 0 <= mark <= BEST_MARK:
        return ""
    return f"the mark of question {number}, {format_exact(mark)}, is not between 0 and {BEST_MARK}"
