"""The word of each commitment by the end of a period: accepted of what was due, as `delivery.rating` rates it."""

from __future__ import annotations

from fractions import Fraction

import numpy as np

from tomsapp.dashboards.delivery_cube import DeliveryCube
from tomsapp.dashboards.delivery_period import Period
from tomsapp.dashboards.delivery_rows import UNITS
from tomsapp.dashboards.exact import Column, products, summable
from tomsapp.domain.delivery.rating import Rating

_RATINGS = tuple(Rating)


def ratings_of(delivered: DeliveryCube, period: Period) -> Column:
    """The place of the word of each commitment among the words."""
    sums, rules = delivered.sums(delivered.up_to(period)), delivered.rules
    accepted, due = (summable(sums.column(UNITS, state)) for state in ("accepted", "due"))
    rating: Column = np.full(len(due), _RATINGS.index(Rating.INADEQUATE))
    bounds = (
        (Rating.REQUIRES_IMPROVEMENT, rules.improvement),
        (Rating.APPROACHING_TARGET, rules.approaching),
        (Rating.GOOD, rules.good),
    )
    for word, bound in bounds:
        share = Fraction(bound)
        reached = products(accepted, np.array([share.denominator])) >= products(due, np.array([share.numerator]))
        rating[reached.astype(bool)] = _RATINGS.index(word)
    rating[~delivered.returned(period) | (due <= 0).astype(bool)] = _RATINGS.index(Rating.OTHER)
    return rating
