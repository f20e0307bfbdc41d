"""The sums of what was delivered in whole numbers: units as counts of 10^−places, pounds as pence.

Units fill what is due in the order in which it fell due, each at the value of its contract year, and count at most
what is due. So the cap, dated values and the years agree, and a year delivered in full is the year as signed.
Source: docs/method.md, section 9. `delivered` tells the same of one contract with every step.
"""

from collections.abc import Sequence
from typing import NamedTuple

from tomsapp.domain.delivery.plan import falls_due_at_the_end, split_places
from tomsapp.domain.menu import Measure
from tomsapp.domain.value_factor import pence_of

Ratio = tuple[int, int]
"""The pence of one 10^−places of a unit, as `pence_per_scaled` gives them; (0, 1) where there is no value."""


def due_by_default(measure: Measure, promised: int, places: int, quarters: int, ended: int) -> int:
    """What of a year's promise is due after some of its quarters, as `plan.default_plan` splits it.

    Args:
        measure: decides how the promise is split.
        promised: the units of the year as a whole number of 10^−places.
        places: at least the decimals of the measure.
        quarters: how many quarters the year has.
        ended: how many of them have ended.
    """
    is_last = ended == quarters
    if falls_due_at_the_end(measure) or promised <= 0:
        return promised if is_last else 0
    count, rest = divmod(promised, int(10 ** (places - split_places(measure))))
    each, over = divmod(count, quarters)
    due: int = (each * ended + max(0, ended - (quarters - over))) * 10 ** (places - split_places(measure))
    return due + rest if is_last else due


def fill(units: int, due: Sequence[int]) -> list[int]:
    """What so many units fill of what is due in each contract year, the earliest first; more than is due is left."""
    filled = []
    for quantity in due:
        taken = min(units, quantity)
        filled.append(taken)
        units -= taken
    return filled


def pence_by_year(units: Sequence[int], ratios: Sequence[Ratio]) -> list[int]:
    """The pence of the units of each contract year, each rounded once."""
    return [pence_of(quantity, ratio) if quantity else 0 for quantity, ratio in zip(units, ratios, strict=True)]


class Totals(NamedTuple):
    """What was returned of one commitment in the quarters that ended, in whole numbers and not capped.

    Attributes:
        claimed: without what was rejected or withdrawn.
        evidenced: at most what is claimed.
        final: accepted for good.
        reserved: of the accepted, what was agreed as a substitute for another commitment and counts here no more.
    """

    claimed: int
    evidenced: int
    accepted: int
    final: int
    reserved: int = 0


class Sums(NamedTuple):
    """What counts of one commitment, in units or in pence."""

    due: int
    claimed: int
    evidenced: int
    accepted: int
    provisional: int
    surplus: int


def count_units(due: Sequence[int], totals: Totals) -> Sums:
    """The units that count: at most what is due, and what is accepted for good before what is provisional.

    The surplus is without what is reserved.
    """
    whole = sum(due)
    accepted = totals.accepted - totals.reserved
    counted = min(accepted, whole)
    return Sums(
        whole,
        min(totals.claimed - totals.reserved, whole),
        min(totals.evidenced - totals.reserved, whole),
        counted,
        counted - min(totals.final, counted),
        accepted - counted,
    )


def count_pence(due: Sequence[int], ratios: Sequence[Ratio], totals: Totals, last_year: int) -> Sums:
    """What the units that count are worth in pence.

    Args:
        due: the units due by now in each contract year.
        ratios: of each contract year.
        totals: what was returned.
        last_year: the contract year of the last quarter that ended, whose value a surplus has.
    """
    units = count_units(due, totals)

    def worth(quantity: int) -> int:
        return sum(pence_by_year(fill(quantity, due), ratios))

    accepted = worth(units.accepted)
    return Sums(
        sum(pence_by_year(due, ratios)),
        worth(units.claimed),
        worth(units.evidenced),
        accepted,
        accepted - worth(units.accepted - units.provisional),
        pence_of(units.surplus, ratios[last_year]),
    )


class Added(NamedTuple):
    """What a quarter adds to the units counted in one contract year."""

    year: int
    before: int
    after: int


def fill_by_quarter(
    years: Sequence[int], planned: Sequence[int], pools: Sequence[int], *, by_year: bool = False
) -> list[list[Added]]:
    """What each quarter adds, where pools of units fill what is due by its end.

    Args:
        years: the contract year of each quarter that ended.
        planned: the units that fall due in each of them.
        pools: the units that there are by the end of each; they never become less than what has counted.
        by_year: of quantities that are not added up, such as per cents: a pool is what there is of its own year, and
            fills no other.
    """
    due, filled = [0] * (years[-1] + 1 if years else 0), [0] * (years[-1] + 1 if years else 0)
    added: list[list[Added]] = []
    counted = all_due = first = 0
    for year, quantity, pool in zip(years, planned, pools, strict=True):
        due[year] += quantity
        all_due += quantity
        parts: list[Added] = []
        if by_year:
            first, units = year, min(pool, due[year]) - filled[year]
        else:
            units = min(pool, all_due) - counted
        counted += units
        while units:
            taken = min(units, due[first] - filled[first])
            if taken:
                parts.append(Added(first, filled[first], filled[first] + taken))
                filled[first] += taken
                units -= taken
            if units:
                first += 1
        added.append(parts)
    return added
