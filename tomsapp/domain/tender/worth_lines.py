"""What bids are worth over the unit values of one measure: exact at each step, and as straight lines in between."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import lcm
from typing import NamedTuple

from tomsapp.domain.tender.straight import Straight
from tomsapp.domain.tender.trial_bid import Term
from tomsapp.domain.tender.trial_field import TrialField
from tomsapp.domain.tender.unit_path import UnitPath
from tomsapp.domain.tender.whole_scores import Level

_NO_TERMS: Counter[Term] = Counter()


class _Line(NamedTuple):
    """A worth as a straight line over the distance walked, in parts of a penny."""

    start: int
    slope: int


@dataclass(frozen=True, slots=True)
class _State:
    """What holds at one distance."""

    pence: tuple[int, ...]
    admitted: tuple[int, ...]
    winners: tuple[int, ...]


class WorthLines:
    """The bids of a lot while the unit values of one measure move one way, by the steps walked."""

    def __init__(self, field: TrialField, path: UnitPath, *, is_up: bool) -> None:
        self._scores = field.scores
        self._path = path
        self._way = 1 if is_up else -1
        self._least = field.least_pence
        self._last: tuple[int, _State] | None = None
        self._terms = [bid.terms.get(path.measure.code, _NO_TERMS) for bid in field.bids]
        now = path.unit_values(path.now)
        self._rest = [
            bid.pence - sum(term.pence(now) * count for term, count in terms.items())
            for bid, terms in zip(field.bids, self._terms, strict=True)
        ]
        self._moving = [number for number, terms in enumerate(self._terms) if terms]
        self._lines = [self._line_of(number) for number in range(len(self._rest))]

    @property
    def far(self) -> int:
        """How many steps can be walked."""
        return self._path.last - self._path.now if self._way > 0 else max(self._path.now, 0)

    # Exact

    def step(self, walked: int) -> int:
        """The step of the path after so many steps walked."""
        return self._path.now + self._way * walked

    def winners(self, walked: int) -> tuple[int, ...]:
        """Who wins there."""
        return self._state(walked).winners

    def _state(self, walked: int) -> _State:
        if self._last is None or self._last[0] != walked:
            self._last = walked, self._made_state(walked)
        return self._last[1]

    def _made_state(self, walked: int) -> _State:
        unit_values = self._path.unit_values(self.step(walked))
        pence = list(self._rest)
        for number in self._moving:
            pence[number] += sum(term.pence(unit_values) * count for term, count in self._terms[number].items())
        admitted = tuple(
            number for number, least in enumerate(self._least) if least is not None and pence[number] >= least
        )
        return _State(tuple(pence), admitted, self._scores.winners(pence, admitted))

    # Straight lines

    @cached_property
    def _parts(self) -> int:
        """The parts of a penny in which straight lines are told, so that all of them are whole numbers."""
        bottoms = [
            term.bottom * self._path.rate(term.year).denominator * self._path.slack(term.year).denominator
            for terms in self._terms
            for term in terms
        ]
        levels = [level.pence.denominator for levels in self._scores.levels for level in levels]
        return 2 * lcm(*bottoms, *levels)

    def _line_of(self, number: int) -> _Line:
        slope = sum(
            (Fraction(term.top, term.bottom) * self._path.rate(term.year) * count)
            for term, count in self._terms[number].items()
        )
        start = self._rest[number] + slope * self._path.now
        return _Line(int(start * self._parts), int(slope * self._way * self._parts))

    @cached_property
    def _slack_of_terms(self) -> dict[Term, int]:
        """By how much rounding may move what each year of a line is worth, in parts of a penny."""
        every = {term for terms in self._terms for term in terms}
        half = Fraction(1, 2)
        return {
            term: int((half + abs(Fraction(term.top, term.bottom)) * self._path.slack(term.year)) * self._parts)
            for term in every
        }

    def _slack(self, terms: Counter[Term]) -> int:
        """The same of several years."""
        of_terms = self._slack_of_terms
        return sum(of_terms[term] * count for term, count in terms.items())

    @cached_property
    def _slacks(self) -> list[int]:
        """The same of each bid."""
        return [self._slack(terms) for terms in self._terms]

    def _slack_between(self, one: int, other: int) -> int:
        """The same of the difference of two bids: years that both have alike are rounded alike."""
        mine, theirs = self._terms[one], self._terms[other]
        return 0 if mine == theirs else self._slack(mine - theirs) + self._slack(theirs - mine)

    def straights(self, walked: int) -> Iterator[Straight]:
        """Every line of which the sign decides who wins around there."""
        state = self._state(walked)
        yield from self._thresholds(state, walked)
        if self._scores.is_proportional and state.admitted:
            yield from self._of_highest(state, walked)
        yield from self._of_winner(state, walked)

    def _at(self, number: int, walked: int) -> int:
        return self._lines[number].start + self._lines[number].slope * walked

    def _thresholds(self, state: _State, walked: int) -> Iterator[Straight]:
        """Where a bid comes to be admitted or not, and where its worth begins to count otherwise in what decides."""
        for number in self._moving:
            least = self._least[number]
            bounds = () if least is None else (Fraction(least),)
            for bound in (*bounds, *self._scores.bounds(number, state.pence, state.admitted, state.winners)):
                value = self._at(number, walked) - int(bound * self._parts)
                yield Straight(value, self._lines[number].slope, self._slacks[number])

    def _of_highest(self, state: _State, walked: int) -> Iterator[Straight]:
        """Where another bid comes to be worth the most."""
        top = _top(state)
        for number in state.admitted:
            if number != top:
                value = self._at(top, walked) - self._at(number, walked)
                slope = self._lines[top].slope - self._lines[number].slope
                yield Straight(value, slope, self._slack_between(top, number))

    def _of_winner(self, state: _State, walked: int) -> Iterator[Straight]:
        """Where the score of another bid comes to that of the winner."""
        if not state.winners:
            return
        best, fixed = state.winners[0], self._scores.fixed(state.admitted)
        whole, of_whole = self._whole(state, walked)
        mine = self._counted(best, state, walked)
        for number in state.admitted:
            if number == best:
                continue
            ahead = fixed.points[best] - fixed.points[number]
            theirs = self._counted(number, state, walked)
            slack = self._slack_counted(best, number, state)
            yield Straight(
                ahead * whole.start + fixed.weight * (mine.start - theirs.start),
                ahead * whole.slope + fixed.weight * (mine.slope - theirs.slope),
                abs(ahead) * of_whole + fixed.weight * slack,
            )

    def _whole(self, state: _State, walked: int) -> tuple[_Line, int]:
        """What a worth must count for all points, as a line from there on, with its slack."""
        if not self._scores.is_proportional:
            return _Line(self._scores.whole(state.pence, state.admitted) * self._parts, 0), 0
        top = _top(state)
        return _Line(self._at(top, walked), self._lines[top].slope), self._slacks[top]

    def _level(self, number: int, state: _State) -> Level | None:
        return self._scores.level(number, state.pence[number])

    def _counted(self, number: int, state: _State, walked: int) -> _Line:
        """What a bid's worth counts, as a line from there on."""
        level = self._level(number, state)
        if level is None:
            return _Line(0, 0)
        value = level.slope * self._at(number, walked) + level.constant * self._parts
        return _Line(value, level.slope * self._lines[number].slope)

    def _slack_counted(self, one: int, other: int, state: _State) -> int:
        """By how much rounding may move the difference of what two bids count."""
        mine, theirs = (level.slope if level else 0 for level in (self._level(one, state), self._level(other, state)))
        if mine == theirs:
            return mine * self._slack_between(one, other) if mine else 0
        return mine * self._slacks[one] + theirs * self._slacks[other]


def _top(state: _State) -> int:
    """The admitted bid that is worth the most; the first of several."""
    return max(state.admitted, key=state.pence.__getitem__)
