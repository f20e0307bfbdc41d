"""The same people counted once: an apprentice who begins and completes is one job, not two.

Source: the council's policy asks for employment outcomes, which are people in work; docs/method.md, section 6.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from tomsapp.domain.menu import ExclusionGroup, MenuEdition


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
    """Employment outcomes with the same people counted once, and what was left out for it."""

    outcomes: Fraction
    overlaps: tuple[OutcomeOverlap, ...] = ()


def count_people_once(
    edition: MenuEdition, outcomes: Mapping[str, Fraction], declared: Collection[str] = ()
) -> PeopleOnce:
    """The fewest people that stand behind the employment outcomes of each measure code.

    Measures that clash in a group with `outcomes_once` may be the same people, unless the group's code is in
    `declared`. Of such measures only those count that are other people for certain: the set without a clash that
    comes to the most.
    """
    groups = [group for group in edition.exclusion_groups if group.outcomes_once and group.code not in declared]
    claimed = {code: number for code, number in outcomes.items() if number > 0}
    rivals = _rivals(groups, claimed)
    kept = _most(claimed, rivals)
    if len(kept) == len(claimed):
        return PeopleOnce(sum(outcomes.values(), Fraction(0)))
    overlaps = (_overlap(group, claimed, kept) for group in groups)
    left_out = sum((number for code, number in claimed.items() if code not in kept), Fraction(0))
    return PeopleOnce(
        sum(outcomes.values(), Fraction(0)) - left_out,
        tuple(overlap for overlap in overlaps if overlap.not_counted),
    )


def _rivals(groups: Sequence[ExclusionGroup], claimed: Collection[str]) -> dict[str, frozenset[str]]:
    """For each measure that is claimed the others that may be the same people, asked of those in a group alone."""
    found: dict[str, set[str]] = {code: set() for code in claimed}
    for group in groups:
        own = [code for code in dict.fromkeys((*group.measures, *group.against)) if code in claimed]
        for code in own:
            found[code].update(other for other in own if group.clashes(code, other))
    return {code: frozenset(rivals) for code, rivals in found.items()}


def _overlap(group: ExclusionGroup, claimed: Mapping[str, Fraction], kept: Collection[str]) -> OutcomeOverlap:
    clashing = [code for code in claimed if any(group.clashes(code, other) for other in claimed)]
    return OutcomeOverlap(
        group,
        tuple(code for code in clashing if code in kept),
        tuple(code for code in clashing if code not in kept),
    )


def _most(claimed: Mapping[str, Fraction], rivals: Mapping[str, frozenset[str]]) -> frozenset[str]:
    """The codes without a clash among them that come to the most; the first ones of the menu where two come to it."""
    busiest = max(claimed, key=lambda code: len(rivals[code]), default=None)
    if busiest is None or not rivals[busiest]:
        return frozenset(claimed)
    without = _most(*_less(claimed, rivals, {busiest}))
    with_it = _most(*_less(claimed, rivals, {busiest, *rivals[busiest]})) | {busiest}
    worth_with = sum((claimed[code] for code in with_it), Fraction(0))
    worth_without = sum((claimed[code] for code in without), Fraction(0))
    return with_it if worth_with >= worth_without else without


def _less(
    claimed: Mapping[str, Fraction], rivals: Mapping[str, frozenset[str]], gone: Collection[str]
) -> tuple[dict[str, Fraction], dict[str, frozenset[str]]]:
    left = {code: number for code, number in claimed.items() if code not in gone}
    return left, {code: rivals[code] & left.keys() for code in left}
