"""The rows of what was delivered by financial quarter and financial year, each beside the one before it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

import numpy as np

from tomsapp.dashboards.delivery_cube import DeliveryCube
from tomsapp.dashboards.delivery_rows import (
    AT_ONCE,
    LAYERS,
    PENCE,
    QUARTERS_OF_YEAR,
    REAL,
    REAL_STATES,
    STATES,
    UNITS,
    Layer,
    Name,
)
from tomsapp.dashboards.exact import Column, added, as_summed, first_of_runs
from tomsapp.domain.delivered_portfolio import DeliveredRow, StatePounds
from tomsapp.domain.portfolio import Grouping
from tomsapp.domain.value_factor import pounds_of


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
        line, ends, spots = self._delivered.line, self._delivered.rows.ends, self._spots(code_of.astype(np.int16))
        found: Column = np.zeros(many, dtype=np.int64)
        # With the last row of the part before, with which the first may be alike.
        last_line, last_code = line[:0], spots[:0]
        for part in _parts(line):
            chosen = slice(None) if mask is None else mask[part]
            lines = np.concatenate([last_line, line[part][chosen]])
            codes = np.concatenate([last_code, spots[ends[part][chosen] - self._first]])
            places = first_of_runs(lines, codes)
            found += np.bincount(codes[places[len(last_line) :]], minlength=many)
            last_line, last_code = lines[-1:], codes[-1:]
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
        numbers = np.array(self._delivered.quarters, dtype=np.int64) - self._first
        many = int(numbers[-1]) + 1 if len(numbers) else 1
        sums: dict[Name, Column] = {}
        for names, layer in zip(LAYERS, self._delivered.rows.layers, strict=True):
            told = [name for name in names if name[0] != UNITS]
            sums |= {name: np.zeros(many, dtype=object) for name in told}
            for part in _parts(layer.columns[told[0]]):
                self._add(sums, layer, told, part)
        return (
            {name: sums[PENCE, name][numbers] for name in STATES},
            {name: sums[REAL, name][numbers] for name in REAL_STATES},
        )

    def _add(self, sums: dict[Name, Column], layer: Layer, names: list[Name], part: slice) -> None:
        at = part if layer.at is None else layer.at[part]
        chosen = slice(None) if self._mask is None else self._mask[at]
        codes = (self._delivered.rows.ends[at][chosen] - self._first).astype(np.intp)
        for name in names:
            column = as_summed(layer.columns[name][part][chosen])
            sums[name] += added(codes, column, len(sums[name]))


def _parts(column: Column) -> Iterator[slice]:
    """Parts of the rows that are looked at at once."""
    for begin in range(0, len(column), AT_ONCE):
        yield slice(begin, begin + AT_ONCE)


def _firsts(quarters: list[int], codes: list[int], step: int) -> list[int]:
    """The number of the first quarter of each group, whether anything is told of it or not."""
    found: dict[int, int] = {}
    for number, code in zip(quarters, codes, strict=True):
        found.setdefault(code, number // step * step)
    return [found[code] for code in sorted(found)]


def _pounds(pence: dict[str, int]) -> StatePounds:
    """Nothing is committed to a time."""
    return StatePounds(**{name: pounds_of(amount) for name, amount in pence.items()})
