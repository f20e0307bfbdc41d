"""The switching value of a measure: the unit value nearest to its own at which others would win.

What a bid is worth is a straight line over the unit value, but that each year is rounded to the penny. Between two
points where straight lines meet (two totals, two highest values, a minimum, a target, a band) nothing changes; near
such a point, where rounding could decide, each unit value is tried by itself. So what is found is the nearest one, and
both sides of it have been evaluated.

Source: docs/method.md, section 11.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from tomsapp.domain.tender.trial_field import TrialField
from tomsapp.domain.tender.trials import then_words
from tomsapp.domain.tender.unit_path import UnitPath
from tomsapp.domain.tender.worth_lines import WorthLines

MOST_TRIED = 5_000
"""So many unit values are tried one by one at the most in one direction."""


@dataclass(frozen=True, slots=True)
class Switching:
    """What was found of one measure in one direction.

    Attributes:
        is_up: whether its unit value is moved up.
        now, last_same, first_other: in words: its value; the last that was proven to change nothing; the first at
            which others win, empty where there is none.
        is_whole: whether every value between its own and `first_other`, or the end, was proven to change nothing. It is
            not where rounding alone decides over more values than are tried one by one.
        size: how far `first_other` is from its value, as a part of it.
        winners: who wins there.
        then: in a sentence.
    """

    measure: str
    name: str
    is_up: bool
    now: str
    last_same: str
    first_other: str = ""
    is_whole: bool = True
    size: Fraction = Fraction(0)
    winners: tuple[str, ...] = ()
    then: str = ""

    @property
    def is_changed(self) -> bool:
        """Whether there is a value at which others win."""
        return bool(self.first_other)


@dataclass(frozen=True, slots=True)
class Found:
    """Steps of a path: the last at which all is proven to be as it is, and the first at which others win."""

    last: int
    first: int | None


def switching_of(field: TrialField, code: str) -> Iterator[Switching]:
    """The switching values of a measure, down and up."""
    path = UnitPath(field.measure(code))
    for is_up in (False, True):
        found = Search(field, path, is_up=is_up).run()
        yield _told(field, path, found, is_up=is_up)


def _told(field: TrialField, path: UnitPath, found: Found, *, is_up: bool) -> Switching:
    code, name = path.measure.code, path.measure.full_name
    now, last = path.words(path.now), path.words(found.last)
    if found.first is None:
        return Switching(
            code, name, is_up, now, last, is_whole=found.last == (path.last if is_up else min(path.now, 0))
        )
    pence = field.with_unit_values({code: path.unit_values(found.first)})
    evaluation = field.evaluation(pence, field.reasons(pence))
    return Switching(
        code,
        name,
        is_up,
        now,
        last,
        path.words(found.first),
        abs(found.first - found.last) == 1,
        abs(Fraction(found.first - path.now, path.now or 1)),
        tuple(row.supplier for row in evaluation.winners),
        then_words(field, evaluation),
    )


class Search:
    """The walk along the unit values of a measure, from its own away, until others win."""

    def __init__(self, field: TrialField, path: UnitPath, *, is_up: bool) -> None:
        self._winners = field.winners
        self._lines = WorthLines(field, path, is_up=is_up)
        self._tried = 0

    def run(self) -> Found:
        """Walk until others win, or to the end."""
        walked, proven, far = 0, -1, self._lines.far
        while walked < far:
            straights = list(self._lines.straights(walked))
            zone = [line.steps_open for line in straights if line.is_open]
            if zone:
                until = far if None in zone else min(far, walked + max(filter(None, zone), default=0))
                found, tried = self._each(walked, until)
                if found is not None:
                    return self._found(proven, found)
                proven = tried if tried < until and proven < 0 else proven
                walked = until
            else:
                certain = [steps for line in straights if (steps := line.steps_certain) is not None]
                walked = min(far, walked + min(certain)) if certain else far
            if walked < far:
                walked += 1
                if self._lines.winners(walked) != self._winners:
                    return self._found(proven, walked)
        return Found(self._lines.step(far if proven < 0 else proven), None)

    def _found(self, proven: int, first: int) -> Found:
        """Others win there; all before is proven, unless rounding could decide over too many steps."""
        return Found(self._lines.step(first - 1 if proven < 0 else proven), self._lines.step(first))

    def _each(self, walked: int, until: int) -> tuple[int | None, int]:
        """Try each step up to `until`: the first at which others win, and how far was tried."""
        while walked < until and self._tried < MOST_TRIED:
            walked += 1
            self._tried += 1
            if self._lines.winners(walked) != self._winners:
                return walked, walked
        return None, walked
