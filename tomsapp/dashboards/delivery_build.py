"""What each quarter adds to what was delivered, of all commitments at once.

The sums are those of `delivery.line_sums`, of one commitment; tests hold both to each other. A pool is what fills what
is due: the units of a commitment, or of one year of it where years are not added up, as per cents are not. A run is one
commitment in one contract year.

    so far     = min(what was returned so far, what was due so far), of each pool
    worth      = Σ over years of  units so far in the year × the value of a unit in that year, rounded once
    a quarter  = worth so far less worth so far up to the quarter before
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

import numpy as np

from tomsapp.dashboards.delivered_columns import plans_by_key, spread
from tomsapp.dashboards.delivery_heads import Calendar, Heads, calendars_of
from tomsapp.dashboards.delivery_pools import RETURNED, Pools
from tomsapp.dashboards.delivery_ratios import Ratios
from tomsapp.dashboards.delivery_rows import PENCE, QUARTERS_OF_YEAR, REAL, UNITS, Name, Rows, layers_of
from tomsapp.dashboards.exact import Column, Places, as_summed, first_of_runs, narrowed
from tomsapp.dashboards.valuing import QUANTITY_PLACES
from tomsapp.domain.contract_dates import MOST_YEARS
from tomsapp.domain.delivery.delivery import adds_up
from tomsapp.domain.delivery.plan import falls_due_at_the_end, split_places
from tomsapp.domain.menu import Measure
from tomsapp.domain.units import UnitForm

_OF_CONTRACT = MOST_YEARS * QUARTERS_OF_YEAR
_AT_ONCE = 30_000
"""Commitments that are worked out at once: so few that little memory is used beside what is kept."""


class Returned(NamedTuple):
    """What was returned and decided, and what the plans in force say, in columns of the same length.

    They are used up when rows are built of them.

    Attributes:
        claims: commitment, contract year, number of the quarter, claimed, evidenced, accepted, provisional, rejected.
        plans: commitment, contract year, number of the quarter, quantity.
    """

    claims: list[Column]
    plans: list[Column]


@dataclass(frozen=True, slots=True)
class Built:
    """The rows, and the places of contracts that promise or plan less than nothing: they are worked out alone."""

    rows: Rows
    alone: frozenset[int]


def build_rows(heads: Heads, returned: Returned, until: date) -> Built:
    """The rows of every commitment whose contract has quarters that ended by a day."""
    builder = _Builder(heads, until)
    claims, plans = (_Parts.of(heads, columns) for columns in returned)
    parts: list[Rows] = []
    alone: set[int] = set()
    for begin in range(0, len(heads), _AT_ONCE):
        built = builder.part(begin, min(begin + _AT_ONCE, len(heads)), claims.beginning(begin), plans.beginning(begin))
        parts.append(built.rows)
        alone |= built.alone
    return Built(Rows.joined(parts), frozenset(alone))


class _Parts(NamedTuple):
    """Columns with the place of the commitment in front, those of one part together.

    Attributes:
        bounds: where each part begins, and at last where all end.
    """

    columns: list[Column]
    bounds: list[int]

    @staticmethod
    def of(heads: Heads, columns: list[Column]) -> _Parts:
        """The columns by the places of their commitments; rows of no head are left out.

        One column is put in the place of the other, to spare memory.
        """
        place, is_known = heads.places_of(columns[0])
        columns[0] = narrowed(place)
        if not is_known.all():
            for at in range(len(columns)):
                columns[at] = columns[at][is_known]
        # Numbers of 16 bits are sorted many times faster, and the order within a part matters nowhere.
        part = (columns[0] // _AT_ONCE).astype(np.uint16)
        if (part[1:] < part[:-1]).any():
            order = np.argsort(part, kind="stable").astype(np.int32)
            for at in range(len(columns)):
                columns[at] = columns[at][order]
        sizes = np.bincount(part, minlength=-(-len(heads) // _AT_ONCE))
        return _Parts(columns, [0, *np.cumsum(sizes).tolist()])

    def beginning(self, begin: int) -> list[Column]:
        """The columns of the part that begins with a commitment, whose places are counted from there."""
        first, last = self.bounds[begin // _AT_ONCE : begin // _AT_ONCE + 2]
        own = [
            column[first:last] if column.dtype == object else column[first:last].astype(np.int64)
            for column in self.columns
        ]
        return [own[0] - begin, *own[1:]]


def _is_by_year(measure: Measure) -> bool:
    return measure.unit.form is UnitForm.PERCENT


class _Builder:
    """What is the same for all parts."""

    def __init__(self, heads: Heads, until: date) -> None:
        self.heads, cube = heads, heads.cube
        of_contract, calendars = calendars_of(cube.contracts, until)
        self.calendar = of_contract[heads.contract]
        self.tables = _Tables.of(calendars)
        measures = [each.measure for each in cube.measures]
        flags = {name: np.array([test(each) for each in measures] or [False]) for name, test in _FLAGS.items()}
        flags["unit"] = np.array([10 ** (QUANTITY_PLACES - split_places(each)) for each in measures] or [1])
        self.flags = {name: column[heads.measure] for name, column in flags.items()}
        starts = np.array([contract.start_on.year for contract in cube.contracts], dtype=np.int64)[heads.contract]
        keys = (heads.measure.astype(np.int64) << 40) + (starts << 28) + heads.share
        kinds, self.kind = np.unique(keys, return_inverse=True)
        at = np.zeros(len(kinds), dtype=np.int64)
        at[self.kind] = np.arange(len(heads))
        self.ratios = Ratios(
            [
                (cube.measures[heads.measure[place]], int(starts[place]), cube.shares[heads.share[place]])
                for place in at.tolist()
            ]
        )
        self.begins = np.array([int(label[:4]) for label in cube.years] or [0], dtype=np.int64)
        self.starts = starts

    def part(self, begin: int, end: int, claims: Sequence[Column], plans: Sequence[Column]) -> Built:
        """The rows of some of the commitments, those from one place up to another, of what was returned for them."""
        return _Part(self, begin, end).built(claims, plans)


_FLAGS: Mapping[str, Callable[[Measure], bool]] = {
    "at_the_end": falls_due_at_the_end,
    "adds": adds_up,
    "by_year": _is_by_year,
    "real": lambda measure: measure.real_pounds,
}


class _Tables(NamedTuple):
    """The calendars as tables, a row for each."""

    quarters: Column
    ended: Column
    ends: Column
    last_year: Column

    @staticmethod
    def of(calendars: Sequence[Calendar]) -> _Tables:
        quarters, ended, ends = (np.stack([getattr(each, name) for each in calendars]) for name in Calendar.__slots__)
        last_year = np.maximum((ended > 0).cumsum(axis=1).max(axis=1) - 1, 0)
        return _Tables(quarters, ended, ends, last_year)


class _Part:
    """Some of the commitments, whose places are counted from the first of them."""

    def __init__(self, builder: _Builder, begin: int, end: int) -> None:
        self._of, self._begin = builder, begin
        part = slice(begin, end)
        self._calendar, self._kind = builder.calendar[part], builder.kind[part]
        self._flags = {name: column[part] for name, column in builder.flags.items()}
        self._contract = builder.heads.contract[part]
        self._size = end - begin

    def built(self, claims: Sequence[Column], plans: Sequence[Column]) -> Built:
        """The rows, and the contracts that are to be worked out alone."""
        key, due, wrong = self._due(plans)
        claimed, columns = self._claims(claims)
        slots = _joined(key[due != 0], claimed)
        units = self._spread(slots, key, due, claimed, columns)
        late = self._years_of_surplus(Pools.of(slots, units, self._flags))
        if len(late):
            slots = _joined(slots, late)
            units = self._spread(slots, key, due, claimed, columns)
        is_returned = np.zeros(len(slots), dtype=bool)
        is_returned[Places(slots).of(claimed)] = True
        return Built(self._rows(slots, Pools.of(slots, units, self._flags), is_returned), wrong)

    def _due(self, plans: Sequence[Column]) -> tuple[Column, Column, frozenset[int]]:
        """What is due in each quarter that ended, by the plan where it fits the promise, else by default.

        With the contracts that promise or plan less than nothing.
        """
        line, year, promised = self._promised()
        wrong = set(self._contract[line[promised < 0]].tolist())
        quarters, ended = (table[self._calendar[line], year] for table in self._of.tables[:2])
        plan_line, plan_year, number, planned = self._of_years(plans)
        wrong |= set(self._contract[plan_line[planned < 0]].tolist())
        run = line * MOST_YEARS + year
        is_planned = np.zeros(len(run), dtype=bool)
        if len(plan_line):
            plan_run = plan_line * MOST_YEARS + plan_year
            keys, totals, _, last = plans_by_key(plan_run, planned, planned, number)
            at = np.minimum(np.searchsorted(keys, run), len(keys) - 1)
            is_planned = (keys[at] == run) & (totals[at] == promised) & (last[at] <= quarters)
            is_ended = number <= self._of.tables.ended[self._calendar[plan_line], plan_year]
            own = np.isin(plan_run, run[is_planned]) & is_ended
            plan_run, number, planned = plan_run[own], number[own], planned[own]
        left = ~is_planned
        of_run, of_quarter, due = _by_default(
            run[left], promised[left], quarters[left], ended[left], *(self._flags[name][line[left]] for name in _SPLIT)
        )
        if len(plan_line):
            of_run, of_quarter, due = (
                np.concatenate(pair) for pair in ((of_run, plan_run), (of_quarter, number), (due, planned))
            )
        return of_run * QUARTERS_OF_YEAR + of_quarter - 1, due, frozenset(wrong)

    def _promised(self) -> tuple[Column, Column, Column]:
        """Commitment, contract year and quantity of all that is promised."""
        heads, frame = self._of.heads, self._of.heads.cube.frame
        last = self._begin + self._size - 1
        rows = slice(int(heads.first[self._begin]), int(heads.end[last]))
        place, is_known = heads.places_of(frame["commitment"].to_numpy()[rows])
        code, quantity = frame["year"].to_numpy()[rows], frame["quantity"].to_numpy()[rows]
        kept = is_known & (code >= 0) & (quantity != 0).astype(bool)
        place = place[kept]
        year = self._of.begins[code[kept]] - self._of.starts[place]
        return place - self._begin, year, as_summed(quantity[kept])

    def _of_years(self, columns: Sequence[Column]) -> list[Column]:
        """The rows in contract years that there are."""
        line, year = columns[0], columns[1]
        kept = year < MOST_YEARS
        kept[kept] = self._of.tables.quarters[self._calendar[line[kept]], year[kept]] > 0
        return [column[kept] for column in columns]

    def _claims(self, columns: Sequence[Column]) -> tuple[Column, dict[str, Column]]:
        """The slots of what was returned for quarters that ended, and what counts of it in each state."""
        line, year, number, claimed, evidenced, accepted, provisional, rejected = self._of_years(columns)
        ended = number <= self._of.tables.ended[self._calendar[line], year]
        line, year, number = line[ended], year[ended], number[ended]
        claimed, evidenced, accepted, provisional, rejected = (
            column[ended] for column in (claimed, evidenced, accepted, provisional, rejected)
        )
        standing = claimed - rejected
        found = standing, np.minimum(evidenced, standing), accepted, accepted - provisional
        return (line * MOST_YEARS + year) * QUARTERS_OF_YEAR + number - 1, dict(zip(RETURNED, found, strict=True))

    @staticmethod
    def _spread(
        slots: Column, key: Column, due: Column, claimed: Column, columns: Mapping[str, Column]
    ) -> dict[str, Column]:
        """What is due and returned in each slot."""
        is_due, places = due != 0, Places(slots)
        found = {"due": spread(due[is_due], places.of(key[is_due]), len(slots))}
        at = places.of(claimed)
        return found | {name: spread(column, at, len(slots)) for name, column in columns.items()}

    def _years_of_surplus(self, pools: Pools) -> Column:
        """The first quarters of years in which a surplus of before is worth something else."""
        line = pools.line[pools.surplus > 0]
        if not len(line):
            return line
        line = np.unique(line)
        last = self._of.tables.last_year[self._calendar[line]]
        of_line = np.repeat(line, last)
        year = np.arange(len(of_line)) - np.repeat(np.cumsum(last) - last, last) + 1
        found: Column = (of_line * MOST_YEARS + year) * QUARTERS_OF_YEAR
        return found

    def _rows(self, slots: Column, pools: Pools, is_returned: Column) -> Rows:
        """What each slot adds; slots that add nothing are left out, unless something was returned for them."""
        kinds = self._kind[pools.line]
        units = {name: pools.added(column) for name, column in pools.so_far.items()}
        columns = _told(UNITS, units) | _told(PENCE, pools.pence(kinds, self._of.ratios))
        kept = is_returned.copy()
        for column in columns.values():
            kept |= (column != 0).astype(bool)
        columns = {name: column[kept] for name, column in columns.items()}
        is_real = self._flags["real"][pools.line]
        of_real = _told(REAL, pools.real_pence(kinds, self._of.ratios, is_real))
        columns |= {name: column[kept[is_real]] for name, column in of_real.items()}
        line, quarter = pools.line[kept], (slots % _OF_CONTRACT)[kept]
        starts = first_of_runs(line)
        return Rows(
            narrowed(self._of.heads.commitment[line[starts] + self._begin]),
            np.diff(starts, append=len(line)).astype(np.int32),
            quarter.astype(np.uint8),
            self._of.tables.ends[self._calendar[line], quarter],
            is_returned[kept],
            layers_of(columns, np.flatnonzero(is_real[kept])),
        )


_SPLIT = ("unit", "at_the_end")


def _told(kind: str, columns: Mapping[str, Column]) -> dict[Name, Column]:
    """The columns as rows have them: what is accepted and not final is provisional."""
    told = {name: column for name, column in columns.items() if name != "final"}
    told["provisional"] = columns["accepted"] - columns["final"]
    return {(kind, name): column for name, column in told.items()}


def _joined(one: Column, other: Column) -> Column:
    """The members of both, each once, in order; sorted, which is faster here than what looks for them one by one."""
    both = np.sort(np.concatenate([one, other]), kind="stable")
    return both[first_of_runs(both)]


def _by_default(
    run: Column, promised: Column, quarters: Column, ended: Column, unit: Column, at_the_end: Column
) -> tuple[Column, Column, Column]:
    """Run, number of the quarter and what is due in it, as `plan.default_plan` splits a promise."""
    begins = np.cumsum(ended) - ended
    which = np.repeat(np.arange(len(run)), ended)
    number = np.arange(len(which)) - begins[which] + 1
    count, rest = promised // unit, promised % unit
    each, over = count // quarters, count % quarters
    is_last = number == quarters[which]
    spread = (each[which] + (number > (quarters - over)[which])) * unit[which] + np.where(is_last, rest[which], 0)
    due = np.where(at_the_end[which], np.where(is_last, promised[which], 0), spread)
    return run[which], number, due
