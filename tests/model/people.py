"""The same people counted once: how many people the promises of an offer can be at the fewest.

They may be the same in two measures of an exclusion group, and where a measure counts once, in its years and lines.
"""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from fractions import Fraction

from tomsapp.domain.menu import ExclusionGroup


def jobs_of_measure(promises: Sequence[Fraction], *, counts_once: bool, is_declared: bool) -> Fraction:
    """The fewest jobs of one measure; `promises` are those of each year of each line.

    What counts once, or in the first 12 months, does so over years and lines alike: until it is stated that they are
    others, nobody knows of more people than the most that are promised for one year in one line.
    """
    everybody = sum(promises, Fraction(0))
    if not counts_once or is_declared:
        return everybody
    return min(everybody, max(promises, default=Fraction(0)))


def clash(group: ExclusionGroup, one: str, other: str) -> bool:
    """Whether two measures may be the same people: any two of a group, or one of each of its two sides."""
    if one == other:
        return False
    if group.against:
        across = one in group.measures and other in group.against
        return across or (other in group.measures and one in group.against)
    return one in group.measures and other in group.measures


def counted_once(
    outcomes: Mapping[str, Fraction],
    groups: Sequence[ExclusionGroup],
    declared: AbstractSet[frozenset[str]] = frozenset(),
) -> Fraction:
    """The largest total over sets of measures of which no two may be the same people.

    Every such set must be different people, so fewer than its total they cannot be. Two measures of which it is
    `declared` in writing that they are different people cannot be the same ones, whatever group names them.
    """
    codes = sorted(outcomes)
    rivals = {
        code: {
            other
            for other in codes
            if {code, other} not in declared and any(clash(group, code, other) for group in groups)
        }
        for code in codes
    }

    return _largest(outcomes, codes, rivals)


def at_most(
    outcomes: Mapping[str, Fraction],
    groups: Sequence[ExclusionGroup],
    declared: AbstractSet[frozenset[str]],
    same: AbstractSet[frozenset[str]],
) -> Fraction:
    """The most people that they can be: all of them, but never two of which it is answered that they are the same."""
    codes = sorted(outcomes)
    told = {pair for pair in same - declared if any(clash(group, *sorted(pair)) for group in groups)}
    return _largest(outcomes, codes, {code: {other for other in codes if {code, other} in told} for code in codes})


def _largest(
    outcomes: Mapping[str, Fraction], codes: Sequence[str], rivals: Mapping[str, AbstractSet[str]]
) -> Fraction:
    def largest(left: Sequence[str]) -> Fraction:
        if not left:
            return Fraction(0)
        first, rest = left[0], left[1:]
        leaving_out = largest(rest) if rivals[first] else Fraction(0)
        taking = outcomes[first] + largest([code for code in rest if code not in rivals[first]])
        return max(leaving_out, taking) if rivals[first] else taking

    return largest(codes)
