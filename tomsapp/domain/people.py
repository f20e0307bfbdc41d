"""The same people counted once: an apprentice who begins and completes is one job, and so is one of two years.

Source: the council's policy asks for employment outcomes, which are people in work; docs/method.md, section 6.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from math import lcm
from typing import TypeVar

from tomsapp.domain.menu import ExclusionGroup, MenuEdition, Pair
from tomsapp.domain.wording import format_exact

_Number = TypeVar("_Number", int, Fraction)


@dataclass(frozen=True, slots=True)
class OutcomeOverlap:
    """Measures of one exclusion group whose people may be the same.

    Attributes:
        counted: the codes whose employment outcomes are counted.
        not_counted: the codes that are left out, until it is declared that their people are others.
    """

    group: ExclusionGroup
    counted: tuple[str, ...]
    not_counted: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PeopleOnce:
    """Employment outcomes with the same people counted once, and what was left out for it.

    Attributes:
        outcomes: the fewest people that they can be.
        left_out: how many more they are if all are different people, but for those that are said to be the same.
        same: the pairs of measures with outcomes whose people are said to be the same.
        repeated: what is left out of each code that is counted, as those of a further year or line of it may be the
            same people.
    """

    outcomes: Fraction
    overlaps: tuple[OutcomeOverlap, ...] = ()
    left_out: Fraction = Fraction(0)
    same: frozenset[Pair] = frozenset()
    repeated: Mapping[str, Fraction] = field(default_factory=dict)


def count_people_once(
    edition: MenuEdition,
    outcomes: Mapping[str, Fraction],
    declared: Collection[Pair] = (),
    same: Collection[Pair] = (),
    repeated: Mapping[str, Fraction] | None = None,
    order: Mapping[str, int] | None = None,
) -> PeopleOnce:
    """The fewest people that stand behind the employment outcomes of each measure code.

    Measures that clash in any exclusion group may be the same people, unless their pair is in `declared`. Of such
    measures only those count that are other people for certain: the set without a clash that comes to the most. A pair
    in `same` is answered to be the same people, so that not even the most people that they can be has both.

    `repeated` says how many of a code's outcomes may be people of another year or line of it: they count when the
    measure with itself is in `declared`, and are not even possible when it is in `same`.

    `order` gives the place of each code, which decides between measures that come to as much: without it the menu's.
    """
    again = {code: number for code, number in (repeated or {}).items() if frozenset((code,)) not in declared}
    known_again = {code: number for code, number in again.items() if frozenset((code,)) in same}
    scale = lcm(*(number.denominator for number in (*outcomes.values(), *again.values())))
    claimed = {code: int(number * scale) for code, number in _claimed(order or edition.order, outcomes).items()}
    certain, possible = (
        {code: number - int(less.get(code, 0) * scale) for code, number in claimed.items()}
        for less in (again, known_again)
    )
    rivals = {code: _rivals(edition, code, claimed, declared) for code in claimed}
    kept = _most(certain, rivals)
    known = _those_of(same, rivals)
    most = _most(possible, known)
    fewest = sum(number for code, number in certain.items() if code in kept)
    left_out = sum(number for code, number in possible.items() if code in most) - fewest
    below = sum((number for number in outcomes.values() if number < 0), Fraction(0))
    known_pairs = {frozenset((code, other)) for code, others in known.items() for other in others}
    return PeopleOnce(
        below + Fraction(fewest, scale),
        tuple(_overlaps(edition, rivals, kept)),
        Fraction(left_out, scale),
        frozenset(known_pairs.union(frozenset((code,)) for code in known_again)),
        {code: number for code, number in again.items() if code in kept},
    )


def more_than_once(amounts: Iterable[Fraction]) -> Fraction:
    """How many of the outcomes of one measure, by year and line, may be the same people: all but the largest number."""
    known = list(amounts)
    return max(sum(known, Fraction(0)) - max(known, default=Fraction(0)), Fraction(0))


def not_counted(edition: MenuEdition, outcomes: Mapping[str, int], declared: Collection[Pair] = ()) -> frozenset[str]:
    """The measures that `count_people_once` leaves out, for thousands of contracts: no group is named.

    `outcomes` may be counted in any part of a person, the same for all.
    """
    claimed = _claimed(edition.order, outcomes)
    rivals = {code: _rivals(edition, code, claimed, declared) for code in claimed}
    return frozenset(claimed.keys() - _most(claimed, rivals))


def never_counted(
    edition: MenuEdition, outcomes: Mapping[str, int], declared: Collection[Pair], same: Collection[Pair]
) -> frozenset[str]:
    """The measures that are not even in the most people, as they are answered to be the same: likewise for many."""
    claimed = _claimed(edition.order, outcomes)
    rivals = {code: _rivals(edition, code, claimed, declared) for code in claimed}
    return frozenset(claimed.keys() - _most(claimed, _those_of(same, rivals)))


def if_different(*, some_same: bool) -> str:
    """Under which condition they are the most people: `some_same` where people of some measures are said to be."""
    return f"if all{' but those answered to be the same' if some_same else ''} are different people"


def both_numbers(fewest: Fraction, left_out: Fraction, *, some_same: bool = False) -> str:
    """The fewest and the most people: "7.5 if all are different people, as few as 3 if not"; one number where equal."""
    if not left_out:
        return format_exact(fewest, 2)
    most, condition = format_exact(fewest + left_out, 2), if_different(some_same=some_same)
    return f"{most} {condition}, as few as {format_exact(fewest, 2)} if not"


def same_as(code: str, overlaps: Iterable[OutcomeOverlap], same: Collection[Pair]) -> tuple[str, ...]:
    """The measures that are counted and whose people are said to be those of one that is not counted."""
    left_out = {other for overlap in overlaps for other in overlap.not_counted}
    return tuple(sorted(other for pair in same if code in pair for other in pair - {code} if other not in left_out))


def _claimed(order: Mapping[str, int], outcomes: Mapping[str, _Number]) -> dict[str, _Number]:
    """What is over nothing, in the menu's order, so that equal numbers are told alike wherever the lines are read."""
    codes = sorted(outcomes, key=lambda code: order.get(code, len(order)))
    return {code: outcomes[code] for code in codes if outcomes[code] > 0}


def _rivals(edition: MenuEdition, code: str, claimed: Mapping[str, int], declared: Collection[Pair]) -> frozenset[str]:
    rivals = edition.rivals.get(code, frozenset()) & claimed.keys()
    return frozenset(other for other in rivals if frozenset((code, other)) not in declared) if declared else rivals


def _those_of(same: Collection[Pair], rivals: Mapping[str, frozenset[str]]) -> dict[str, frozenset[str]]:
    """The rivals that are answered to be the same people."""
    if not same:
        return dict.fromkeys(rivals, frozenset())
    return {code: frozenset(one for one in own if frozenset((code, one)) in same) for code, own in rivals.items()}


def _overlaps(
    edition: MenuEdition, rivals: Mapping[str, frozenset[str]], kept: Collection[str]
) -> Iterator[OutcomeOverlap]:
    """What was left out, each measure by the first group in which it may be the people of one that is counted."""
    left_out = [code for code in rivals if code not in kept]
    for group in edition.exclusion_groups if left_out else ():
        met = {
            code: [other for other in rivals[code] if other in kept and group.clashes(code, other)] for code in left_out
        }
        not_counted = tuple(code for code in left_out if met[code])
        if not_counted:
            beside = {other for code in not_counted for other in met[code]}
            yield OutcomeOverlap(group, tuple(code for code in rivals if code in beside), not_counted)
        left_out = [code for code in left_out if not met[code]]


def _most(claimed: Mapping[str, int], rivals: Mapping[str, frozenset[str]]) -> frozenset[str]:
    """The codes without a clash among them that come to the most; the first ones of the menu where two come to it."""
    met = [code for code in claimed if rivals[code]]
    if not met:
        return frozenset(claimed)
    alone = claimed.keys() - met
    if all(len(rivals[code]) == len(met) - 1 for code in met):
        # Each may be the people of each other, as in most menus: one of them counts, and nothing is to be tried.
        return frozenset((*alone, max(met, key=claimed.__getitem__)))
    busiest = max(met, key=lambda code: len(rivals[code]))
    without = _most(*_less(claimed, rivals, {busiest}))
    with_it = _most(*_less(claimed, rivals, {busiest, *rivals[busiest]})) | {busiest}
    worth_with = sum(claimed[code] for code in with_it)
    worth_without = sum(claimed[code] for code in without)
    return with_it if worth_with >= worth_without else without


def _less(
    claimed: Mapping[str, int], rivals: Mapping[str, frozenset[str]], gone: Collection[str]
) -> tuple[dict[str, int], dict[str, frozenset[str]]]:
    left = {code: number for code, number in claimed.items() if code not in gone}
    return left, {code: rivals[code] & left.keys() for code in left}
