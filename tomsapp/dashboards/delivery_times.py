"""The rows of what was delivered by financial quarter and financial year, each beside the one before it."""

from __future__ import annotations

from functools import cached_property

import numpy as np

from tomsapp.dashboards.delivery_cube import DeliveryCube
from tomsapp.dashboards.delivery_rows import PENCE, QUARTERS_OF_YEAR, REAL, REAL_STATES, STATES, Chosen
from tomsapp.dashboards.exact import Column, added, as_summed
from tomsapp.domain.delivered_portfolio import DeliveredRow, StatePounds
from tomsapp.domain.portfolio import Grouping
from tomsapp.domain.valuation import pounds_of

_AT_ONCE = 1 << 20
"""So many rows are added up at once: their codes take 64 bits meanwhile."""


class Times:
    """What makes the rows by time of the commitments that pass; every quarter is added up once for all of them."""

    def __init__(self, delivered: DeliveryCube, commitments: Column, mask: Column | None) -> None:
        """`commitments` is a mask of those that pass, `mask` one of the rows that count."""
        self._delivered, self._mask = delivered, mask
        if not commitments.all():
            passes = commitments[delivered.line]
            self._mask = passes if mask is None else passes & mask

    def rows(self, grouping: Grouping, of_period: Column | None) -> list[DeliveredRow]:
        """The rows of a grouping; `of_period` is a mask of the rows of the period, None for all."""
        delivered = self._delivered
        groups, step = delivered.groups[grouping], 1 if grouping is Grouping.QUARTER else QUARTERS_OF_YEAR
        codes = groups.code_of[:-1]
        counts = self._commitments(codes, len(groups.members), of_period)
        firsts = _firsts(delivered.quarters, codes.tolist(), step)
        spots = {first: place for place, first in enumerate(firsts)}
        sums = [
            {name: added(codes, column, len(firsts)).tolist() for name, column in each.items()} for each in self._sums
        ]
        found = []
        for place, group in enumerate(groups.members):
            if not counts[place]:
                continue
            before = spots.get(firsts[place] - step)
            (now, real), (was, real_was) = (
                [StatePounds() if at is None else _pounds({name: each[at] for name, each in of.items()}) for of in sums]
                for at in (place, before)
            )
            found.append(
                DeliveredRow(group.key, group.name, now, real, int(counts[place]), before=was, real_before=real_was)
            )
        return found

    def _commitments(self, code_of: Column, many: int, of_period: Column | None) -> Column:
        """How many commitments there are in each group, each once: rows are by commitment and in order of time."""
        mask = self._mask
        if of_period is not None:
            mask = of_period if mask is None else mask & of_period
        line, ends = self._delivered.line, self._delivered.rows.ends
        if mask is not None:
            places = np.flatnonzero(mask)
            line, ends = line[places], ends[places]
        codes = self._spots(code_of.astype(np.int16))[ends - self._first]
        is_next = np.ones(len(line), dtype=bool)
        is_next[1:] = (line[1:] != line[:-1]) | (codes[1:] != codes[:-1])
        found: Column = np.bincount(codes[is_next], minlength=many)
        return found

    @property
    def _first(self) -> int:
        return self._delivered.quarters[0] if self._delivered.quarters else 0

    def _spots(self, column: Column) -> Column:
        """A column of the quarters that there are, by their numbers from the first on."""
        numbers = np.array(self._delivered.quarters, dtype=np.int64) - self._first
        found: Column = np.zeros(int(numbers[-1]) + 1 if len(numbers) else 1, dtype=column.dtype)
        found[numbers] = column
        return found

    @cached_property
    def _sums(self) -> tuple[dict[str, Column], dict[str, Column]]:
        """The pence and the real pence of each quarter, by state."""
        chosen = Chosen(self._delivered.rows, self._mask)
        pence, real = ({name: self._added(chosen, kind, name) for name in names} for kind, names in _ADDED)
        return pence, real

    def _added(self, chosen: Chosen, kind: str, state: str) -> Column:
        column, ends = chosen.column(kind, state), chosen.of(self._delivered.rows.ends, kind, state)
        numbers = np.array(self._delivered.quarters, dtype=np.int64) - self._first
        many = int(numbers[-1]) + 1 if len(numbers) else 1
        sums: Column = np.zeros(many, dtype=object)
        for begin in range(0, len(column), _AT_ONCE):
            part = slice(begin, begin + _AT_ONCE)
            sums += added(ends[part] - self._first, as_summed(column[part]), many)
        return sums[numbers]


_ADDED = ((PENCE, STATES), (REAL, REAL_STATES))


def _firsts(quarters: list[int], codes: list[int], step: int) -> list[int]:
    """The number of the first quarter of each group, whether anything is told of it or not."""
    found: dict[int, int] = {}
    for number, code in zip(quarters, codes, strict=True):
        found.setdefault(code, number // step * step)
    return [found[code] for code in sorted(found)]


def _pounds(pence: dict[str, int]) -> StatePounds:
    """Nothing is committed to a time."""
    return StatePounds(**{name: pounds_of(amount) for name, amount in pence.items()})
