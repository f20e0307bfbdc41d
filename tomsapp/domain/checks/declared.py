"""What is declared in writing of people and things: which measures have others, and which have the same.

A measure with itself is a pair too: those of its years and lines are others, or the same.
"""

from collections.abc import Iterable, Mapping

from tomsapp.domain.checks.asked import Claims, claims_of
from tomsapp.domain.checks.clashes import CLASH_KEYS, answers_of_pairs, group_of_key, pairs_of_key
from tomsapp.domain.checks.repeats import REPEATS, answers_of_repeats
from tomsapp.domain.menu import Clash, ExclusionGroup, MenuEdition, Pair
from tomsapp.domain.problems import Answer, AnswerChoice, Problem
from tomsapp.domain.valuation import Valuation

TOLD_KEYS = (CLASH_KEYS, *(f"{code}:" for code in sorted(REPEATS)))
"""What the keys of the answers begin with that tell whether people or things are the same."""


def declared_pairs(valuation: Valuation, answers: Mapping[str, Answer]) -> frozenset[Pair]:
    """The pairs of measures of which it is declared in writing that no person or thing is in both."""
    return declared_in(valuation.edition, claims_of(valuation), answers)


def declared_in(edition: MenuEdition, claims: Claims, answers: Mapping[str, Answer]) -> frozenset[Pair]:
    """The same from what is claimed. A pair that clashes in two kinds of things is declared when both are.

    The pairs are told by their measures alone, so that a declaration stays one when another edition of the menu has
    other groups.
    """
    given = answers_of_pairs(edition, claims, answers)
    apart = {asked for asked, key in given.items() if answers[key].choice is not AnswerChoice.SAME}
    pairs = (pair for pair, _ in apart if all((pair, group.same) in apart for group in _declarable(edition, pair)))
    return frozenset(pairs) | _repeats(claims, answers, is_same=False)


def same_pairs(valuation: Valuation, answers: Mapping[str, Answer]) -> frozenset[Pair]:
    """The pairs of measures of which it is answered that their people or things are the same."""
    return same_in(valuation.edition, claims_of(valuation), answers)


def same_in(edition: MenuEdition, claims: Claims, answers: Mapping[str, Answer]) -> frozenset[Pair]:
    """The same from what is claimed."""
    given = answers_of_pairs(edition, claims, answers)
    pairs = (pair for (pair, _), key in given.items() if answers[key].choice is AnswerChoice.SAME)
    return frozenset(pairs) | _repeats(claims, answers, is_same=True)


def told_of(edition: MenuEdition, problem: Problem, answers: Iterable[str]) -> frozenset[str]:
    """The keys of the answers that tell of what a question asks, whether their figures hold or not.

    For a clash those are all answers to its group, and those to other groups that tell of one of its pairs and of the
    same kind of thing; for a measure that counts once, all that tell of it.
    """
    group = group_of_key(edition, problem.key)
    if group is None:
        measure = problem.where.measure
        return frozenset(key for key in answers if key.startswith(tuple(f"{code}:{measure}:" for code in REPEATS)))
    pairs = pairs_of_key(problem.key, group)
    others = ((key, group_of_key(edition, key)) for key in answers)
    return frozenset(
        key
        for key, other in others
        if other is not None and (other is group or (other.same == group.same and pairs & pairs_of_key(key, other)))
    )


def _repeats(claims: Claims, answers: Mapping[str, Answer], *, is_same: bool) -> frozenset[Pair]:
    """The measures with themselves of whose years and lines it is answered that they are the same, or are others."""
    given = answers_of_repeats(claims, answers)
    return frozenset(
        frozenset((code,)) for code, key in given.items() if (answers[key].choice is AnswerChoice.SAME) is is_same
    )


def _declarable(edition: MenuEdition, pair: Pair) -> Iterable[ExclusionGroup]:
    return (
        group for group in edition.exclusion_groups if group.severity is Clash.DECLARE and group.clashes(*sorted(pair))
    )
