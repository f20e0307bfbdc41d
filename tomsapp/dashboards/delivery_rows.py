"""What was delivered in columns: a row for each commitment and contract quarter that ended, as the quarter adds to it.

Units are whole ten-thousandths and money whole pence. A quarter adds what there is by its end less what there was by
the end of the one before, so sums over any quarters are what those quarters brought.

Most rows have something due and nothing provisional, and many have nothing else: what is nought is not kept, so that
millions of rows take a third of the memory, and adding up passes them over.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

import numpy as np

from tomsapp.dashboards.delivered_columns import spread
from tomsapp.dashboards.exact import Column, narrowed, numbers_in, summable, whole_numbers
from tomsapp.dashboards.pieces import Pieces

STATES = ("due", "claimed", "evidenced", "accepted", "provisional", "surplus")
"""What each row has units and pence of; provisional is the part of what is accepted that is not final."""
REAL_STATES = STATES[:-1]
"""What is known of pounds that are handed over: a surplus of them is told as proxy pounds alone."""
QUARTERS_OF_YEAR = 4
_IN_8_BITS = 2**7 - 1
AT_ONCE = 1 << 20
"""So many rows are looked at at once, where numbers of 64 bits are made of them meanwhile."""
UNITS, PENCE, REAL = "units", "pence", "real"
Name: TypeAlias = tuple[str, str]
"""What a column holds: `UNITS`, `PENCE` or `REAL`, and the state."""


def _both(*states: str) -> tuple[Name, ...]:
    return tuple((kind, state) for kind in (UNITS, PENCE) for state in states)


LAYERS: tuple[tuple[Name, ...], ...] = (
    _both("due"),
    _both("claimed", "evidenced", "accepted"),
    _both("provisional"),
    _both("surplus"),
    tuple((REAL, state) for state in REAL_STATES),
)
"""Columns that are kept together, where any of them is not nought; those of the first in every row."""
LAYER_OF: Mapping[Name, int] = {name: place for place, names in enumerate(LAYERS) for name in names}


@dataclass(frozen=True, slots=True)
class Layer:
    """The rows in which any of some columns is not nought, and the numbers there.

    Attributes:
        at: the places of these rows, in order; None where every row has its number.
    """

    at: Column | None
    columns: dict[Name, Column]

    @staticmethod
    def of(columns: Mapping[Name, Column], at: Column | None = None) -> Layer:
        """That of columns of all rows, or of the rows at `at`: those in which all are nought are left out."""
        some = np.logical_or.reduce([(column != 0).astype(bool) for column in columns.values()])
        places = np.flatnonzero(some).astype(np.int32)
        kept = {name: narrowed(column[places]) for name, column in columns.items()}
        return Layer(places if at is None else at[places].astype(np.int32), kept)

    def where(self, mask: Column) -> Layer:
        """That of the rows which a mask lets pass."""
        if self.at is None:
            return Layer(None, {name: column[mask] for name, column in self.columns.items()})
        kept = mask[self.at]
        places = np.cumsum(mask, dtype=np.int32)[self.at[kept]] - 1
        return Layer(places, {name: column[kept] for name, column in self.columns.items()})

    def exchanged(self, come: Layer, rows: Pieces) -> Layer:
        """The layer with rows put in the place of others; `rows` says which."""
        old, new, own, at = self.at, come.at, rows, None
        if old is not None and new is not None:
            own = rows.within(lambda places: np.searchsorted(old, places), lambda places: np.searchsorted(new, places))
            at = own.put_places(old, new, rows)
        return Layer(at, {name: own.put(column, come.columns[name]) for name, column in self.columns.items()})

    def moved(self, places: Column) -> Layer:
        """The same of the rows in another order, which `places` says."""
        if self.at is None:
            return Layer(None, {name: column[places] for name, column in self.columns.items()})
        spots = np.empty(len(places), dtype=np.int32)
        spots[places] = np.arange(len(places), dtype=np.int32)
        moved = spots[self.at]
        order = np.argsort(moved, kind="stable")
        return Layer(moved[order], {name: column[order] for name, column in self.columns.items()})


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows, by commitment and quarter.

    Attributes:
        owners: the numbers of the commitments that have rows, in order; `many` says how many rows each has.
        quarter: contract year × 4 + number of the quarter − 1.
        ends: the financial quarter in which it ends: year in which that begins × 4 + number − 1.
        is_returned: whether a return of it is on record that was not withdrawn.
        layers: what the quarters add, as `LAYERS` has it.
    """

    owners: Column
    many: Column
    quarter: Column
    ends: Column
    is_returned: Column
    layers: tuple[Layer, ...]

    def __len__(self) -> int:
        return len(self.quarter)

    @property
    def commitment(self) -> Column:
        """The number of each row's commitment."""
        return np.repeat(self.owners, self.many)

    def layer(self, kind: str, state: str) -> Layer:
        """The layer in which a column is."""
        return self.layers[LAYER_OF[kind, state]]

    def dense(self, kind: str, state: str) -> Column:
        """A column of all rows."""
        layer = self.layer(kind, state)
        column = layer.columns[kind, state]
        return column if layer.at is None else spread(column, layer.at, len(self))

    def where(self, mask: Column) -> Rows:
        """Some of the rows."""
        begins = np.cumsum(self.many) - self.many
        many = np.add.reduceat(mask, begins, dtype=np.int32) if len(self) else self.many
        has_any = many > 0
        return Rows(
            self.owners[has_any],
            many[has_any],
            self.quarter[mask],
            self.ends[mask],
            self.is_returned[mask],
            tuple(layer.where(mask) for layer in self.layers),
        )

    def of_owners(self, mask: Column) -> Rows:
        """The rows of some of the commitments that have any."""
        if mask.all():
            # Whoever joins rows uses them up, and not those of which these are some.
            return replace(self, layers=tuple(Layer(layer.at, dict(layer.columns)) for layer in self.layers))
        return self.where(np.repeat(mask, self.many))

    def exchanged(self, gone: Column, come: Rows) -> Rows:
        """The rows without those of some commitments, and with others, by commitment and quarter.

        A column in which nothing changes is the one of before, so that a change takes the memory of what it changes.

        Args:
            gone: which of the commitments that have rows are gone.
            come: the rows that come; none is of a commitment that stays.
        """
        owners = Pieces.of(self.owners, gone, come.owners)
        rows = owners.within(_begins(self.many), _begins(come.many))
        return Rows(
            owners.put(self.owners, come.owners),
            owners.put(self.many, come.many),
            rows.put(self.quarter, come.quarter),
            rows.put(self.ends, come.ends),
            rows.put(self.is_returned, come.is_returned),
            tuple(old.exchanged(new, rows) for old, new in zip(self.layers, come.layers, strict=True)),
        )

    @staticmethod
    def joined(parts: list[Rows]) -> Rows:
        """The rows of several parts, by commitment and quarter; none has a commitment of another.

        The parts are used up, to spare memory.
        """
        kept = [part for part in parts if len(part)]
        parts.clear()
        if len(kept) == 1:
            return kept[0]
        if not kept:
            return rows_of(())
        sizes = [len(part) for part in kept]
        begins = (np.cumsum(sizes) - sizes).tolist()
        whole = Rows(
            np.concatenate([part.owners for part in kept]),
            np.concatenate([part.many for part in kept]),
            np.concatenate([part.quarter for part in kept]),
            np.concatenate([part.ends for part in kept]),
            np.concatenate([part.is_returned for part in kept]),
            tuple(_joined_layer([part.layers[place] for part in kept], begins) for place in range(len(LAYERS))),
        )
        return whole._in_order()

    def _in_order(self) -> Rows:
        if not (np.diff(self.owners) < 0).any():
            return self
        order = np.argsort(self.owners, kind="stable")
        begins, many = np.cumsum(self.many) - self.many, self.many[order]
        places = np.repeat(begins[order] - (np.cumsum(many) - many), many) + np.arange(len(self))
        return Rows(
            self.owners[order],
            many,
            self.quarter[places],
            self.ends[places],
            self.is_returned[places],
            tuple(layer.moved(places) for layer in self.layers),
        )


def _begins(many: Column) -> Callable[[Column], Column]:
    """Where the rows of the commitment at a place begin."""
    begins = np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(many, dtype=np.int64)])
    return begins.__getitem__


def _joined_layer(layers: Sequence[Layer], begins: Sequence[int]) -> Layer:
    at = [layer.at + np.int32(begin) for layer, begin in zip(layers, begins, strict=True) if layer.at is not None]
    columns = {name: np.concatenate([layer.columns.pop(name) for layer in layers]) for name in tuple(layers[0].columns)}
    return Layer(np.concatenate(at) if at else None, columns)


class Chosen:
    """Some of the rows, or all where there is no mask: what is kept of a column in them is picked out once."""

    def __init__(self, rows: Rows, mask: Column | None) -> None:
        self.rows, self.mask = rows, mask
        self._known: dict[int, Column | None] = {}

    def of(self, column: Column, kind: str, state: str) -> Column:
        """What a column of all rows holds in the rows in which another is kept."""
        at, picked = self.rows.layer(kind, state).at, self._picked(LAYER_OF[kind, state])
        if at is None:
            return column if picked is None else column[picked]
        return column[at if picked is None else at[picked]]

    def column(self, kind: str, state: str) -> Column:
        """What is kept of a column in these rows."""
        column, picked = self.rows.layer(kind, state).columns[kind, state], self._picked(LAYER_OF[kind, state])
        return column if picked is None else column[picked]

    def _picked(self, place: int) -> Column | None:
        if place not in self._known:
            at = self.rows.layers[place].at
            chosen = self.mask if self.mask is None or at is None else self.mask[at]
            self._known[place] = None if chosen is None else np.flatnonzero(chosen)
        return self._known[place]


@dataclass(frozen=True, slots=True)
class OneRow:
    """A row by itself, for the few contracts that are worked out one by one; `real` is None where no pounds are."""

    commitment: int
    quarter: int
    ends: int
    is_returned: bool
    units: Sequence[int]
    pence: Sequence[int]
    real: Sequence[int] | None


def rows_of(found: Iterable[OneRow]) -> Rows:
    """Rows that were worked out one by one, as columns."""
    held = sorted(found, key=lambda row: (row.commitment, row.quarter))
    nothing = (0,) * len(REAL_STATES)
    columns = {
        **{(UNITS, name): whole_numbers(row.units[at] for row in held) for at, name in enumerate(STATES)},
        **{(PENCE, name): whole_numbers(row.pence[at] for row in held) for at, name in enumerate(STATES)},
        **{
            (REAL, name): whole_numbers((row.real or nothing)[at] for row in held)
            for at, name in enumerate(REAL_STATES)
        },
    }
    owners, many = np.unique(np.array([row.commitment for row in held], dtype=np.int64), return_counts=True)
    return Rows(
        owners,
        many.astype(np.int32),
        np.array([row.quarter for row in held], dtype=np.uint8),
        np.array([row.ends for row in held], dtype=np.int16),
        np.array([row.is_returned for row in held], dtype=bool),
        layers_of(columns),
    )


def layers_of(columns: Mapping[Name, Column], real_at: Column | None = None) -> tuple[Layer, ...]:
    """The layers of columns of all rows; those of real pounds may be of the rows at `real_at` alone."""
    dense = Layer(None, {name: narrowed(columns[name]) for name in LAYERS[0]})
    return dense, *(
        Layer.of({name: columns[name] for name in names}, real_at if names[0][0] == REAL else None)
        for names in LAYERS[1:]
    )


def narrow_columns_of(parcels: Iterable[tuple[str, ...]], many: int) -> list[Column]:
    """The columns of all parcels as `delivered_columns.columns_of` gives them, in 8 or 32 bits where they fit."""
    read: list[list[Column]] = [[np.zeros(0, dtype=np.int8)] for _ in range(many)]
    for parcel in parcels:
        for place, text in enumerate(parcel):
            numbers = narrowed(numbers_in(text))
            is_small = len(numbers) and numbers.min() >= 0 and numbers.max() <= _IN_8_BITS
            read[place].append(numbers.astype(np.int8) if is_small else numbers)
    found = []
    while read:
        found.append(np.concatenate(read.pop(0)))
    return found


def run_sums(column: Column, starts: Column) -> Column:
    """The exact sums from each start to the next."""
    if not len(starts):
        return np.zeros(0, dtype=np.int64)
    if column.dtype != np.int32:
        return np.add.reduceat(summable(column), starts)
    found: Column = np.empty(len(starts), dtype=np.int64)
    # All of it would take 64 bits meanwhile.
    cuts = np.unique(np.searchsorted(starts, np.arange(0, len(column), AT_ONCE))).tolist()
    for first, last in zip(cuts, [*cuts[1:], len(starts)], strict=True):
        end = int(starts[last]) if last < len(starts) else len(column)
        if first < last:
            begin = int(starts[first])
            found[first:last] = np.add.reduceat(column[begin:end], starts[first:last] - begin, dtype=np.int64)
    return found
