"""Ratings: the five words of the Procurement Regulations for what was accepted of what was due.

The words and what they mean are those of regulation 39(5) of the Procurement Regulations 2024 (SI 2024/692). The Act
rates key performance indicators, not contracts: what the program says of a whole contract is "our summary".
A word needs a return to rate: where none is on record, that says as much of the council's records as of the supplier,
and nobody is called Inadequate for it. A supplier who did nothing is recorded with a return of nothing and its reason.

The bounds are settings of the council; see `DeliveryRules`. Source: docs/method.md, section 9.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from fractions import Fraction

from tomsapp.domain.delivery.rules import DeliveryRules
from tomsapp.domain.wording import format_percent, format_pounds, format_quantity

NOTHING_DUE = "nothing due yet"
NO_RETURN = "no return on record"
PERCENT_PLACES = 1
"""A rating's per cent is cut to one decimal, so that 84.99% never reads as 85%."""


class Rating(Enum):
    """How a commitment stands, in the words of the Regulations."""

    GOOD = "good"
    APPROACHING_TARGET = "approaching_target"
    REQUIRES_IMPROVEMENT = "requires_improvement"
    INADEQUATE = "inadequate"
    OTHER = "other"

    @property
    def words(self) -> str:
        """The rating as the Regulations name it: "Approaching target"."""
        return self.value.replace("_", " ").capitalize()

    @property
    def meaning(self) -> str:
        """What the Regulations say that it means."""
        return {
            Rating.GOOD: "Performance is meeting or exceeding the key performance indicators",
            Rating.APPROACHING_TARGET: "Performance is close to meeting the key performance indicators",
            Rating.REQUIRES_IMPROVEMENT: "Performance is below the key performance indicators",
            Rating.INADEQUATE: "Performance is significantly below the key performance indicators",
            Rating.OTHER: (
                "Performance cannot be described as good, approaching target, requires improvement or inadequate"
            ),
        }[self]

    @property
    def is_below_approaching(self) -> bool:
        """Whether it is one of the two worst words."""
        return self in {Rating.REQUIRES_IMPROVEMENT, Rating.INADEQUATE}


@dataclass(frozen=True, slots=True)
class Rated:
    """A rating with its sum.

    Attributes:
        accepted, due: what is divided: units of a commitment, or pounds of a contract; accepted is at most due.
        provisional: the part of the accepted that is not earned yet.
        in_pounds: whether they are pounds.
        is_silent: whether something is due and no return of it is on record, so that nothing can be rated.
    """

    rating: Rating
    accepted: Decimal
    due: Decimal
    provisional: Decimal = Decimal(0)
    in_pounds: bool = False
    is_silent: bool = False

    @property
    def share(self) -> Fraction | None:
        """Accepted ÷ due, exact; None where nothing is due, or no return of it is on record."""
        return Fraction(self.accepted) / Fraction(self.due) if self.due and not self.is_silent else None

    @property
    def percent(self) -> str:
        """The share as per cent, cut to one decimal: "83.3%"; "" where there is none."""
        return "" if self.share is None else format_percent(self.share, PERCENT_PLACES)

    @property
    def is_provisional(self) -> bool:
        """Whether some of what is accepted is not earned yet, so that the rating is marked with a p."""
        return bool(self.provisional)

    @property
    def sum_words(self) -> str:
        """The sum in words: "accepted 25 ÷ due 30 = 83.3%"; where there is none, why: "nothing due yet"."""
        if self.share is None:
            return NO_RETURN if self.is_silent else NOTHING_DUE
        write = format_pounds if self.in_pounds else format_quantity
        return f"accepted {write(self.accepted)} ÷ due {write(self.due)} = {self.percent}"


def rate(
    accepted: Decimal,
    due: Decimal,
    rules: DeliveryRules,
    provisional: Decimal = Decimal(0),
    *,
    in_pounds: bool = False,
    is_silent: bool = False,
) -> Rated:
    """The rating of what was accepted of what was due, by the exact share and never by the cut per cent.

    Args:
        accepted: units or pounds; more than was due counts as what was due.
        due: units or pounds due to date.
        rules: the bounds of the words.
        provisional: how much of the accepted is not earned yet.
        in_pounds: whether they are pounds.
        is_silent: whether no return that stands is on record for any quarter that ended.
    """
    if is_silent and due > 0:
        return Rated(Rating.OTHER, accepted, due, provisional, in_pounds, is_silent=True)
    counted = min(accepted, due)
    return Rated(_word(counted, due, rules), counted, due, min(provisional, counted), in_pounds)


def _word(accepted: Decimal, due: Decimal, rules: DeliveryRules) -> Rating:
    if due <= 0:
        return Rating.OTHER
    share = Fraction(accepted) / Fraction(due)
    for rating, bound in (
        (Rating.GOOD, rules.good),
        (Rating.APPROACHING_TARGET, rules.approaching),
        (Rating.REQUIRES_IMPROVEMENT, rules.improvement),
    ):
        if share >= Fraction(bound):
            return rating
    return Rating.INADEQUATE


def count_ratings(ratings: Iterable[Rating]) -> dict[Rating, int]:
    """How many commitments have each word, in the order of the words."""
    known = list(ratings)
    return {rating: known.count(rating) for rating in Rating}


def counts_in_words(counts: dict[Rating, int]) -> str:
    """How many have each word: "6 Good, 2 Approaching target, 3 Other"; words that none has are left out."""
    return ", ".join(f"{number} {rating.words}" for rating, number in counts.items() if number)


def bounds_in_words(rules: DeliveryRules) -> str:
    """From where each word is given, for whoever reads a rating."""
    good, approaching, improvement = (
        format_percent(share) for share in (rules.good, rules.approaching, rules.improvement)
    )
    return (
        f"{Rating.GOOD.words} from {good} of what was due, {Rating.APPROACHING_TARGET.words} from {approaching}, "
        f"{Rating.REQUIRES_IMPROVEMENT.words} from {improvement}, {Rating.INADEQUATE.words} below it, "
        f"{Rating.OTHER.words} where nothing is due yet or no return is on record"
    )
