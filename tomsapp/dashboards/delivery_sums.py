"""What each commitment comes to in some of the quarters, and what of it is taken over after a change."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple, Protocol
from weakref import ref

import numpy as np

from tomsapp.dashboards.delivered_columns import spread
from tomsapp.dashboards.delivery_heads import Heads
from tomsapp.dashboards.delivery_period import Period
from tomsapp.dashboards.delivery_rows import (
    LAYER_OF,
    LAYERS,
    QUARTERS_OF_YEAR,
    REAL,
    UNITS,
    Chosen,
    Rows,
    run_sums,
)
from tomsapp.dashboards.exact import Column, first_of_runs, narrowed
from tomsapp.dashboards.pieces import Pieces


class SummedRows(Protocol):
    """What is added up, as `delivery_cube.DeliveryCube` has it."""

    @property
    def heads(self) -> Heads:
        """The commitments."""
        ...

    @property
    def rows(self) -> Rows:
        """What was delivered of them in each quarter."""
        ...

    @property
    def line(self) -> Column:
        """The place of each row's commitment among the heads."""
        ...

    @property
    def real_heads(self) -> Column:
        """The places of the commitments that are about pounds which are handed over."""
        ...

    @property
    def is_told_by_year(self) -> Column:
        """Of which commitments more than the sum of all years is told in plain counts."""
        ...

    @property
    def whole(self) -> HeadSums:
        """What each commitment comes to in all rows."""
        ...

    def mask_of(self, period: Period) -> Column | None:
        """Which rows are of a period; None where all are."""
        ...


class Taken(NamedTuple):
    """Which rows are added up, None for all, and the sums that they are taken off; None where they are the sums."""

    rows: Column | None = None
    off: HeadSums | None = None


def taken(mask: Column | None, whole: HeadSums | None, of_whole: Column | None = None) -> Taken:
    """The rows of a mask, or those that a whole has beside them where these are fewer: they are taken off it.

    `of_whole` is a mask of the rows of the whole; None where they are all that there are.
    """
    if mask is None or whole is None:
        return Taken(mask)
    others = ~mask if of_whole is None else of_whole & ~mask
    is_part = of_whole is None or not (mask & ~of_whole).any()
    are_fewer = np.count_nonzero(others) < np.count_nonzero(mask)
    return Taken(others, whole) if is_part and are_fewer else Taken(mask)


class HeadSums:
    """What each commitment comes to in some of the rows; a column is added up when it is first asked for."""

    def __init__(self, delivered: SummedRows, chosen: Callable[[SummedRows], Taken]) -> None:
        """`chosen` says which rows of what was delivered; it must not hold that, or who looks at it.

        Whoever keeps these sums is kept by nothing here, so that all of it goes as soon as nobody looks at it.
        """
        self._of, self._chosen = ref(delivered), chosen
        self._known: dict[tuple[str, str], Column] = {}

    @property
    def _delivered(self) -> SummedRows:
        delivered = self._of()
        if delivered is None:
            raise ReferenceError("What these are the sums of is gone")
        return delivered

    def column(self, kind: str, state: str) -> Column:
        """The units, pence or real pence of a state: of each commitment, real pence of those in `real_heads`."""
        if (kind, state) not in self._known:
            self._add_up(kind, state)
        return self._known[kind, state]

    def let_go(self) -> None:
        """Let go of what was added up; it is added up again when it is asked for again."""
        self._known.clear()

    def _add_up(self, kind: str, state: str) -> None:
        """Add up a column, and the pence that are kept together with it: all of them are asked for."""
        delivered = self._delivered
        mask, whole = self._chosen(delivered)
        chosen = Chosen(delivered.rows, mask)
        lines = chosen.of(delivered.line, kind, state)
        starts = first_of_runs(lines)
        for name in LAYERS[LAYER_OF[kind, state]]:
            if name[0] != kind or (kind == UNITS and name[1] != state):
                continue
            found = spread(run_sums(chosen.column(*name), starts), lines[starts], len(delivered.heads))
            if kind == REAL:
                found = found[delivered.real_heads]
            if whole is not None:
                found = whole.column(*name) - found
            self._known[name] = narrowed(found)

    def exchanged(self, delivered: SummedRows, part: SummedRows, period: Period | None, at: Column) -> HeadSums:
        """The same after the rows of some commitments were put in the place of others.

        Args:
            delivered: what was delivered now, whose commitments are at the places that they had.
            part: the same with the rows that came alone.
            period: the period of the rows; None for all.
            at: the places of the commitments whose rows came or are gone.
        """
        found = HeadSums(delivered, _rows_of(period))
        own = HeadSums(part, lambda those: Taken(None if period is None else those.mask_of(period)))
        places = {False: at, True: np.flatnonzero(np.isin(delivered.real_heads, at))}
        for name, column in list(self._known.items()):
            found._known[name] = _with(column, places[name[0] == REAL], own.column(*name))
        return found


def sums_of(delivered: SummedRows, period: Period | None) -> HeadSums:
    """What each commitment comes to in a period; None for all rows."""
    return HeadSums(delivered, _rows_of(period))


def _rows_of(period: Period | None) -> Callable[[SummedRows], Taken]:
    if period is None:
        return lambda _: Taken()
    return lambda those: taken(those.mask_of(period), those.whole)


def _with(column: Column, at: Column, other: Column) -> Column:
    """A column with what another holds at some places; itself where that is the same."""
    come = other[at]
    if np.array_equal(column[at], come):
        return column
    found: Column = column.astype(np.result_type(column, come))
    found[at] = come
    return found


class YearUnits(NamedTuple):
    """The units of commitments in contract years: the place of the commitment, the year, and how many."""

    line: Column
    year: Column
    units: Column

    def of(self, commitments: Column) -> YearUnits:
        """Those of some of the commitments."""
        mask = commitments[self.line]
        return self if mask.all() else YearUnits(self.line[mask], self.year[mask], self.units[mask])

    def exchanged(self, come: YearUnits, gone: Column) -> YearUnits:
        """The same with those of some commitments put in the place of what they had; `gone` says of which."""
        pieces = Pieces.of(self.line, gone[self.line], come.line)
        return YearUnits(*(pieces.put(old, new) for old, new in zip(self, come, strict=True)))


def year_units(delivered: SummedRows, state: str, mask: Column | None) -> YearUnits:
    """The units of a state of each commitment and contract year that has any, in some of the rows.

    Of commitments of which only the sum is told, all years are in the first: they are most, and take the memory.
    """
    chosen = Chosen(delivered.rows, mask)
    line = chosen.of(delivered.line, UNITS, state)
    year = chosen.of(delivered.rows.quarter, UNITS, state) // QUARTERS_OF_YEAR
    if is_never_below_nought(delivered.rows, state):
        year *= delivered.is_told_by_year[line]
    starts = first_of_runs(line, year)
    units = run_sums(chosen.column(UNITS, state), starts)
    kept = (units != 0).astype(bool)
    starts = starts[kept]
    return YearUnits(line[starts], year[starts], narrowed(units[kept]))


def is_never_below_nought(rows: Rows, state: str) -> bool:
    """Whether no quarter takes away any units of a state."""
    column = rows.layer(UNITS, state).columns[UNITS, state]
    return not len(column) or bool(column.min() >= 0)
