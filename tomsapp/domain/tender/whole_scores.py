"""The scores of thousands of trials in whole numbers: who wins, given what each bid is worth and who is admitted.

`score_bids` divides; here every score of a trial is multiplied by the same number instead, so that nothing is lost and
nothing is divided. A test holds the two to each other.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, lcm
from typing import assert_never

from tomsapp.domain.tender.choices import QuantityMethod
from tomsapp.domain.tender.scoring_parts import Highest, parts_of
from tomsapp.domain.tender.scoring_rules import BidToScore, Part, ScoringRules

PENCE = 100
"""In a pound."""

_NONE = Fraction(0)


@dataclass(frozen=True, slots=True)
class Fixed:
    """What the admitted bids have whatever they are worth, for one set of them.

    Attributes:
        points: price, quality and statement of each bid, times `scale`; 0 of one that is not admitted.
        weight: the points for quantity, times `scale`.
    """

    points: tuple[int, ...]
    weight: int
    scale: int


@dataclass(frozen=True, slots=True)
class Level:
    """From so many pence on, a bid's worth counts `slope` for each penny and `constant` besides."""

    pence: Fraction
    slope: int
    constant: int
    least: int
    """The whole pence from which it holds."""


def _around(levels: Sequence[Level], pence: int) -> list[Fraction]:
    """The bounds below and above so many pence."""
    reached = sum(level.least <= pence for level in levels)
    return [level.pence for level in levels[max(reached - 1, 0) : reached + 1]]


class WholeScores:
    """The scores of a lot's bids, each as its number in `bids`; every bid must have all that is scored."""

    def __init__(self, rules: ScoringRules, bids: Sequence[BidToScore]) -> None:
        self._rules = rules
        self._bids = bids
        self._fixed: dict[tuple[int, ...], Fixed] = {}
        target = Fraction(rules.whole_target) * PENCE
        self._target = target.as_integer_ratio()
        self._best_part = lcm(*(band.part.denominator for band in rules.bands))
        self.is_proportional = rules.method is QuantityMethod.PROPORTIONAL
        self.levels = tuple(self._levels_of(bid) for bid in bids)

    def _levels_of(self, bid: BidToScore) -> tuple[Level, ...]:
        """How what a bid is worth counts, from nothing on; below the first level it counts nothing."""
        return tuple(Level(*told, ceil(told[0])) for told in self._told_levels(bid))

    def _told_levels(self, bid: BidToScore) -> Sequence[tuple[Fraction, int, int]]:
        match self._rules.method:
            case QuantityMethod.PROPORTIONAL:
                return ((_NONE, 1, 0),)
            case QuantityMethod.TARGET:
                top, bottom = self._target
                return ((_NONE, bottom, 0), (Fraction(top, bottom), 0, top)) if top else ()
            case QuantityMethod.BANDS:
                base = Fraction(bid.share_base or 0) * PENCE
                return [(band.share_from * base, 0, int(band.part * self._best_part)) for band in self._rules.bands]
            case _:
                assert_never(self._rules.method)

    def fixed(self, admitted: tuple[int, ...]) -> Fixed:
        """What the admitted bids have whatever they are worth: the lowest price is of these."""
        found = self._fixed.get(admitted)
        if found is None:
            found = self._fixed[admitted] = self._fix(admitted)
        return found

    def _fix(self, admitted: tuple[int, ...]) -> Fixed:
        highest = Highest.among([self._bids[number] for number in admitted])
        exact = [_NONE] * len(self._bids)
        for number in admitted:
            parts = parts_of(self._rules, self._bids[number], highest)
            exact[number] = sum((part.points or _NONE for part in parts if part.part is not Part.QUANTITY), _NONE)
        weight = self._rules.weights.quantity
        scale = lcm(weight.denominator, *(points.denominator for points in exact))
        return Fixed(tuple(int(points * scale) for points in exact), int(weight * scale), scale)

    def level(self, number: int, pence: int) -> Level | None:
        """How what a bid is worth counts where it is worth so much; None where it counts nothing."""
        found = None
        for level in self.levels[number]:
            if level.least > pence:
                break
            found = level
        return found

    def bounds(
        self, number: int, pence: Sequence[int], admitted: tuple[int, ...], winners: tuple[int, ...]
    ) -> Sequence[Fraction]:
        """The pence around which what a bid's worth counts could change who wins, as long as these win.

        In bands, of a bid that does not win no more is needed than where it comes to the winner. What a bid counts
        against a target is at most what its worth would count without one, and at most the target: either will do.
        """
        levels = self.levels[number]
        if number not in admitted:
            return ()
        if self._rules.method is not QuantityMethod.BANDS:
            return [level.pence for level in (levels if number in winners else levels[:1])]
        if number in winners:
            return _around(levels, pence[number])
        fixed = self.fixed(admitted)
        ahead = fixed.points[winners[0]] - fixed.points[number]
        needed = ahead * self.fixed_whole + fixed.weight * self.counted(winners[0], pence[winners[0]])
        return [level.pence for level in levels if fixed.weight * level.constant >= needed][:1]

    def counted(self, number: int, pence: int) -> int:
        """What a bid's worth counts, of `whole`."""
        level = self.level(number, pence)
        return 0 if level is None else level.slope * pence + level.constant

    def whole(self, pence: Sequence[int], admitted: tuple[int, ...]) -> int:
        """What the worth of a bid must count for all points; 1 where all count nothing."""
        if self.is_proportional:
            return max((0, *(pence[number] for number in admitted))) or 1
        return self.fixed_whole

    @property
    def fixed_whole(self) -> int:
        """The same of a method in which it does not depend on the bids."""
        return (self._target[0] or 1) if self._rules.method is QuantityMethod.TARGET else self._best_part

    def scores(self, pence: Sequence[int], admitted: tuple[int, ...]) -> list[int]:
        """The exact total of each admitted bid, all times the same number."""
        fixed = self.fixed(admitted)
        whole = self.whole(pence, admitted)
        return [
            fixed.points[number] * whole + fixed.weight * self.counted(number, pence[number]) for number in admitted
        ]

    def winners(self, pence: Sequence[int], admitted: tuple[int, ...]) -> tuple[int, ...]:
        """The admitted bids with the highest total; none where none is admitted."""
        scores = self.scores(pence, admitted)
        best = max(scores, default=0)
        return tuple(number for number, score in zip(admitted, scores, strict=True) if score == best)
