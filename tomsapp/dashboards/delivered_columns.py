"""How the columns of what was delivered are put together: by contract year, by pool, and what fills what is due."""

from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from tomsapp.dashboards.exact import Column, first_of_runs, numbers_in, summable, sums_of_runs
from tomsapp.domain.contract_dates import MOST_YEARS


def columns_of(parcels: Iterable[tuple[str, ...]], many: int) -> list[Column]:
    """The columns of all parcels, each in one piece."""
    read = [tuple(map(numbers_in, parcel)) for parcel in parcels]
    nothing = np.zeros(0, dtype=np.int64)
    return [np.concatenate([nothing, *(each[place] for each in read)]) for place in range(many)]


def by_contract_year(rows: Iterable[Sequence[int]]) -> Column:
    """Numbers by contract year, nought where a contract has no such year."""
    return np.array([[*row, *[0] * (MOST_YEARS - len(row))] for row in rows], dtype=np.int64)


def spread(column: Column, at: Column, size: int) -> Column:
    """The members of a column at their places, and nought elsewhere."""
    found: Column = np.zeros(size, dtype=column.dtype)
    found[at] = column
    return found


def _runs(key: Column) -> tuple[Column, Column]:
    """The order in which equal keys stand together, and where each begins in it."""
    order = np.argsort(key, kind="stable")
    return order, first_of_runs(key[order])


def plans_by_key(key: Column, planned: Column, due: Column, quarter: Column) -> tuple[Column, Column, Column, Column]:
    """Each key of a plan once, with the sums of its quantities and the last of its quarters."""
    order, starts = _runs(key)
    sums = [sums_of_runs(summable(column[order]), starts) for column in (planned, due)]
    return key[order][starts], sums[0], sums[1], np.maximum.reduceat(quarter[order], starts)


def added_or_most(key: Column, adds: Column, columns: Sequence[Column]) -> list[Column]:
    """Each key once, and of each column the sum of its members, or the most of them where they are not added up."""
    order, starts = _runs(key)
    if not len(starts):
        return [key, *columns]
    is_added = adds[order][starts]
    found = [key[order][starts]]
    for column in columns:
        ordered = summable(column[order])
        most = np.maximum(np.maximum.reduceat(ordered, starts), 0)
        found.append(np.where(is_added, sums_of_runs(ordered, starts), most))
    return found


def added_by_pool(pool: Column, columns: Sequence[Column]) -> list[Column]:
    """Each pool once, and the sums of its members of each column."""
    order, starts = _runs(pool)
    return [pool[order][starts], *(sums_of_runs(summable(column[order]), starts) for column in columns)]


def filled_in_order(pool: Column, due: Column, units: Mapping[str, Column]) -> dict[str, Column]:
    """What the units of each pool fill of what is due, the earliest year first.

    `pool` is the place of each row's pool; rows of a pool stand together, by year.
    """
    starts = first_of_runs(pool)
    before = due.cumsum() - due
    lengths = np.diff(np.append(starts, len(pool)))
    before = before - np.repeat(before[starts], lengths)
    found = {}
    for name, column in units.items():
        own = column[pool]
        found[name] = np.minimum(np.maximum(own - before, 0), due)
    return found
