"""Questions that an earlier version asked otherwise than this one: of which of them its papers must hold another."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tomsapp.domain.checks.clashes import clashing_pairs
from tomsapp.domain.problems import Problem
from tomsapp.domain.valuation import Valuation

Stated = Sequence[Problem]
"""The Problems that a paper states."""


def _without_another(_problem: Problem, _valuation: Valuation, _stated: Stated) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class AskedOtherwise:
    """A finding that a version did not have, or had in another way.

    Attributes:
        about: what it is about.
        is_excused: whether a Problem of it may be missing among those that are stated: always where that version did
            not look for it, else where it asked another question in its place.
    """

    about: str
    is_excused: Callable[[Problem, Valuation, Stated], bool] = _without_another


def pairs_stated(problem: Problem, valuation: Valuation, stated: Stated) -> bool:
    """Whether each pair of a clash is asked about in another: of a pair that clashes twice it asked once."""
    return clashing_pairs(valuation.edition, problem) <= _pairs_of(valuation, stated)


def pairs_without_pounds(problem: Problem, valuation: Valuation, stated: Stated) -> bool:
    """The same of measures that are answered to be the same, where not both of any pair are claimed in pounds."""
    pairs = clashing_pairs(valuation.edition, problem)
    pounds = {line.measure.code for line in valuation.lines if line.quantity > 0 and line.social_value}
    return bool(pairs) and pairs <= _pairs_of(valuation, stated) and not any(pair <= pounds for pair in pairs)


def measure_stated(problem: Problem, _valuation: Valuation, stated: Stated) -> bool:
    """Whether the same is asked of the measure, with its lines numbered in another way."""
    subject = f"{':'.join(problem.key.split(':')[:2])}:"
    return any(each.key.startswith(subject) for each in stated)


def other_year_stated(problem: Problem, _valuation: Valuation, stated: Stated) -> bool:
    """Whether it is asked of an earlier year: of several years it asked about the first."""
    year = problem.where.year
    years = [each.where.year for each in stated if each.code == problem.code]
    return year is not None and any(other is not None and other < year for other in years)


def wages_stated(problem: Problem, _valuation: Valuation, stated: Stated) -> bool:
    """Whether the wages alone are asked about, or it is a question about one year: it asked for the contract alone."""
    return problem.where.year is not None or any(each.code == "more-people-than-money" for each in stated)


def _pairs_of(valuation: Valuation, stated: Stated) -> frozenset[frozenset[str]]:
    return frozenset().union(*(clashing_pairs(valuation.edition, each) for each in stated))
