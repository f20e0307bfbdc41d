"""How the bids of a lot are scored and ranked: exact to the last digit, and shown with two decimals.

A bid that is not admitted has no points, and sets neither the lowest price nor the highest social value. Nobody is
ranked while something of an admitted bid is missing, as it could change the rank of every other.

Source: docs/method.md, section 11.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property

from tomsapp.domain.money import round_half_away
from tomsapp.domain.tender.scoring_parts import Highest, PartScore, exact_text, parts_of
from tomsapp.domain.tender.scoring_rules import SHOWN_PLACES, BidToScore, Part, ScoringRules, missing_of, show_points

_NONE = Fraction(0)


@dataclass(frozen=True, slots=True)
class ScoredBid:
    """A bid with its points.

    Attributes:
        parts: price, quality, quantity and statement; none of a bid that is not admitted.
        total: exact; None while it cannot be told.
        rank: 1 is the best, and bids of the same exact total share it; None where nobody is ranked, or it is not
            admitted.
        shares_rank: whether another bid has the same rank.
        ties: the parts of which another admitted bid has exactly as many points.
        missing: what must be known of it before anybody is ranked.
    """

    bid: BidToScore
    parts: tuple[PartScore, ...] = ()
    total: Fraction | None = None
    rank: int | None = None
    shares_rank: bool = False
    ties: frozenset[Part] = frozenset()
    missing: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """What names the bid."""
        return self.bid.key

    @property
    def supplier(self) -> str:
        """Who bids."""
        return self.bid.supplier

    @property
    def fails(self) -> tuple[str, ...]:
        """Why it is not admitted."""
        return self.bid.fails

    def part(self, part: Part) -> PartScore | None:
        """The points of one part; None of a bid that is not admitted."""
        return next((score for score in self.parts if score.part is part), None)

    def points(self, part: Part) -> Fraction | None:
        """The exact points of one part; None while they cannot be told."""
        score = self.part(part)
        return None if score is None else score.points

    @property
    def social_points(self) -> Fraction | None:
        """The exact points of quantity and statement together; None while they cannot be told."""
        quantity, statement = self.points(Part.QUANTITY), self.points(Part.STATEMENT)
        return None if quantity is None or statement is None else quantity + statement

    @property
    def rank_words(self) -> str:
        """The rank as it is shown: "1", "2=", "–"."""
        return "–" if self.rank is None else f"{self.rank}{'=' if self.shares_rank else ''}"

    @property
    def shown_total(self) -> str:
        """The total with two decimals; a dash while it cannot be told."""
        return "–" if self.total is None else show_points(self.total)

    @property
    def total_sum(self) -> str:
        """The shown points as a sum, and where they do not come to the shown total, that this is their rounding."""
        if self.total is None:
            return ""
        scored = [part for part in self.parts if part.weight]
        shown = [_shown(part.points or _NONE) for part in scored]
        told = f"{' + '.join(part.shown for part in scored) or '0.00'} = {show_points(sum(shown, _NONE))}"
        if sum(shown, _NONE) == _shown(self.total):
            return told
        exact = exact_text(self.total)
        return f"{told} as shown; {exact} exactly, shown as {self.shown_total}: each figure is rounded only to be shown"


def _shown(points: Fraction) -> Fraction:
    return Fraction(round_half_away(points, SHOWN_PLACES))


@dataclass(frozen=True)
class Evaluation:
    """All bids of a lot with their points: ranked ones first, then those that cannot be ranked, not admitted ones last.

    Attributes:
        lowest_price, highest_value: of the admitted bids, in pounds; the price is None while one is not known.
    """

    rules: ScoringRules
    rows: tuple[ScoredBid, ...]
    lowest_price: Decimal | None
    highest_value: Decimal

    @cached_property
    def admitted(self) -> tuple[ScoredBid, ...]:
        """The bids that are admitted."""
        return tuple(row for row in self.rows if row.bid.is_admitted)

    @property
    def not_admitted(self) -> tuple[ScoredBid, ...]:
        """The bids that are not."""
        return tuple(row for row in self.rows if not row.bid.is_admitted)

    @property
    def is_ranked(self) -> bool:
        """Whether the admitted bids are ranked."""
        return bool(self.winners)

    @property
    def winners(self) -> tuple[ScoredBid, ...]:
        """The best bid, or all of the same exact total; none while nobody is ranked."""
        return tuple(row for row in self.rows if row.rank == 1)

    def row(self, key: str) -> ScoredBid:
        """The bid of this key.

        Raises:
            KeyError: there is none.
        """
        return {row.key: row for row in self.rows}[key]


def score_bids(rules: ScoringRules, bids: Sequence[BidToScore]) -> Evaluation:
    """Score and rank the bids of a lot, in whatever order they are given.

    Raises:
        ValueError: two bids have the same key.
    """
    if len({bid.key for bid in bids}) < len(bids):
        raise ValueError([bid.key for bid in bids])
    admitted = [bid for bid in bids if bid.is_admitted]
    highest = Highest.among(admitted)
    missing = {bid.key: missing_of(rules, bid) for bid in admitted}
    parts = {bid.key: parts_of(rules, bid, highest) for bid in admitted}
    totals = {} if any(missing.values()) else {key: _total(scores) for key, scores in parts.items()}
    ties = _ties(parts)
    rows = [ScoredBid(bid) for bid in bids if not bid.is_admitted]
    rows += [
        ScoredBid(
            bid,
            parts[bid.key],
            totals.get(bid.key),
            *_rank(bid.key, totals),
            ties[bid.key],
            missing[bid.key],
        )
        for bid in admitted
    ]
    return Evaluation(rules, tuple(sorted(rows, key=_place)), highest.price, highest.value)


def _total(parts: Sequence[PartScore]) -> Fraction:
    return sum((part.points or _NONE for part in parts), _NONE)


def _rank(key: str, totals: Mapping[str, Fraction]) -> tuple[int | None, bool]:
    """The rank of a bid, and whether it is shared."""
    own = totals.get(key)
    if own is None:
        return None, False
    better = sum(total > own for total in totals.values())
    return better + 1, sum(total == own for total in totals.values()) > 1


def _ties(parts: Mapping[str, Sequence[PartScore]]) -> dict[str, frozenset[Part]]:
    """By bid the parts of which another bid has exactly as many points, where the part has any."""
    seen: dict[tuple[Part, Fraction], int] = {}
    for scores in parts.values():
        for score in scores:
            if score.weight and score.points is not None:
                told = (score.part, score.points)
                seen[told] = seen.get(told, 0) + 1
    return {
        key: frozenset(
            score.part for score in scores if score.points is not None and seen.get((score.part, score.points), 0) > 1
        )
        for key, scores in parts.items()
    }


def _place(row: ScoredBid) -> tuple[bool, int, str, str]:
    """Where a bid stands: by rank; bids that share one, or have none, by name."""
    return not row.bid.is_admitted, row.rank or 0, row.supplier.casefold(), row.key
