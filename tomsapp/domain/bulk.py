"""Many commitment-years at once: the sum of `valuation` in whole numbers, each factor worked out once."""

from collections.abc import Callable, Hashable, Iterable, Iterator
from typing import TypeVar

from tomsapp.domain.money import divide_half_away

K = TypeVar("K", bound=Hashable)


def value_pence(rows: Iterable[tuple[K, int]], ratio_of: Callable[[K], tuple[int, int]]) -> Iterator[int]:
    """The social value of each row in pence, rounded as `value_commitment` rounds it.

    Args:
        rows: what decides the factor (edition, measure, share, year, …), and the quantity as a count of 10^−places.
        ratio_of: the pence of one 10^−places of a unit, as `valuation.pence_per_scaled` gives them; asked once a key.
    """
    ratios: dict[K, tuple[int, int]] = {}
    for key, quantity in rows:
        ratio = ratios.get(key)
        if ratio is None:
            ratio = ratios[key] = ratio_of(key)
        numerator, denominator = ratio
        yield divide_half_away(quantity * numerator, denominator)
