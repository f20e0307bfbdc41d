"""What fills what is due, quarter by quarter: units so far of each pool, and what they are worth so far."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from tomsapp.dashboards.delivered_columns import spread
from tomsapp.dashboards.delivery_ratios import Ratios
from tomsapp.dashboards.delivery_rows import QUARTERS_OF_YEAR
from tomsapp.dashboards.exact import Column, first_of_runs, summable, sums_of_runs
from tomsapp.domain.contract_dates import MOST_YEARS

RETURNED = ("claimed", "evidenced", "accepted", "final")
"""What is returned and decided; each fills what is due."""
FILLED = ("due", *RETURNED)
_MOST = 2**62


@dataclass(frozen=True, slots=True)
class Pools:
    """Slots (a commitment in a quarter) with what counts of each state by the end of each.

    Attributes:
        line, year: the commitment of each slot, and its contract year.
        begins: where the pool of each slot begins.
        so_far: the units of each of `FILLED` by the end of the quarter; the surplus is what is accepted beyond.
        due: what is due in each slot.
    """

    line: Column
    year: Column
    begins: Column
    so_far: Mapping[str, Column]
    due: Column

    @staticmethod
    def of(slots: Column, units: Mapping[str, Column], flags: Mapping[str, Column]) -> Pools:
        """Fill what is due, in the order of the slots; `units` has what was due and returned in each."""
        run = slots // QUARTERS_OF_YEAR
        line, year = run // MOST_YEARS, run % MOST_YEARS
        adds = flags["adds"][line]
        of_pool = np.where(flags["by_year"][line], run, line * MOST_YEARS)
        begins = _begins(of_pool)
        due = _so_far(units["due"], begins)
        so_far = {"due": due}
        for name in RETURNED:
            column = units[name]
            if not adds.all():
                column = column.copy()
                column[~adds] = _of_most(column[~adds], run[~adds])
            so_far[name] = np.minimum(returned := _so_far(column, begins), due)
            if name == "accepted":
                so_far["surplus"] = np.where(adds, np.maximum(returned - due, 0), 0)
        return Pools(line, year, begins, so_far, units["due"])

    @property
    def surplus(self) -> Column:
        """What is accepted beyond what is due by the end of each quarter."""
        return self.so_far["surplus"]

    def added(self, so_far: Column) -> Column:
        """What each slot adds to what there was before it in its pool."""
        before = np.concatenate([so_far[:1] * 0, so_far[:-1]])
        is_first = self.begins == np.arange(len(so_far))
        found: Column = so_far - np.where(is_first, 0, before)
        return found

    def pence(self, kinds: Column, ratios: Ratios) -> dict[str, Column]:
        """What each slot adds to the pence of each of `FILLED`, and of the surplus."""
        worth = _Worth.of(self, kinds, ratios, is_real=False)
        found = {name: self.added(worth.so_far(self.so_far[name])) for name in FILLED}
        which = kinds * MOST_YEARS + self.year
        found["surplus"] = self.added(ratios.pence(self.surplus, which))
        return found

    def real_pence(self, kinds: Column, ratios: Ratios, chosen: Column) -> dict[str, Column]:
        """The same of pounds that are handed over, of the slots of those commitments that are about such."""
        part = self._where(chosen)
        worth = _Worth.of(part, kinds[chosen], ratios, is_real=True)
        return {name: part.added(worth.so_far(part.so_far[name])) for name in FILLED}

    def _where(self, chosen: Column) -> Pools:
        """Some of the slots: whole pools."""
        begins = (np.cumsum(chosen) - 1)[self.begins[chosen]]
        so_far = {name: column[chosen] for name, column in self.so_far.items()}
        return Pools(self.line[chosen], self.year[chosen], begins, so_far, self.due[chosen])


@dataclass(frozen=True, slots=True)
class _Worth:
    """What is due in each run, one after the other, so that units so far are found at their contract year.

    Attributes:
        run: the run of each slot; `first` the first run of its pool.
        before, worth_before: what is due in all runs before each, and what that is worth in pence.
        which: the kind and year of each run.
    """

    run: Column
    first: Column
    before: Column
    worth_before: Column
    which: Column
    ratios: Ratios
    is_real: bool

    @staticmethod
    def of(pools: Pools, kinds: Column, ratios: Ratios, *, is_real: bool) -> _Worth:
        key = pools.line * MOST_YEARS + pools.year
        starts = first_of_runs(key)
        run = np.zeros(len(key), dtype=np.int64)
        run[starts] = 1
        run = np.cumsum(run) - 1
        due = sums_of_runs(summable(pools.due), starts)
        which = (kinds * MOST_YEARS + pools.year)[starts]
        worth = summable(ratios.pence(due, which, is_real=is_real))
        return _Worth(run, run[pools.begins], _before(summable(due)), _before(worth), which, ratios, is_real)

    def so_far(self, units: Column) -> Column:
        """The pence of so many units of each pool, the earliest contract years first."""
        some = np.flatnonzero(units > 0)
        landed, first = self.run[some], self.first[some]
        reached = self.before[first] + units[some]
        # Most are as far as their own year, and few are many years behind.
        behind = np.flatnonzero(reached <= self.before[landed])
        while len(behind):
            landed[behind] -= 1
            behind = behind[(reached[behind] <= self.before[landed[behind]]).astype(bool)]
        full = self.worth_before[landed] - self.worth_before[first]
        rest = self.ratios.pence(reached - self.before[landed], self.which[landed], is_real=self.is_real)
        return spread(full + rest, some, len(units))


def _before(column: Column) -> Column:
    """The sum of all that stands before each."""
    found: Column = np.cumsum(column) - column
    return found


def _begins(key: Column) -> Column:
    """For each place where its run of equal keys begins."""
    starts = first_of_runs(key)
    found: Column = np.repeat(starts, np.diff(np.append(starts, len(key))))
    return found


def _so_far(column: Column, begins: Column) -> Column:
    """The sum of each pool up to each place."""
    sums = np.cumsum(summable(column))
    found: Column = sums - (sums - column)[begins]
    return found


def _of_most(column: Column, run: Column) -> Column:
    """What each adds to the most that there was so far in its run, where quantities are not added up."""
    most = np.maximum(column, 0)
    begins = _begins(run)
    many = np.unique(begins, return_inverse=True)[1]
    step = int(most.max(initial=0)) + 1
    if most.dtype != object and step * (len(column) + 1) > _MOST:
        most = most.astype(object)
    offset = many * step
    reached = np.maximum.accumulate(most + offset) - offset
    before = np.concatenate([reached[:1] * 0, reached[:-1]])
    found: Column = reached - np.where(begins == np.arange(len(column)), 0, before)
    return found
