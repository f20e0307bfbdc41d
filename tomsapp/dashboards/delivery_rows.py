"""What was delivered in columns: a row for each commitment and contract quarter that ended, as the quarter adds to it.

Units are whole ten-thousandths and money whole pence. A quarter adds what there is by its end less what there was by
the end of the one before, so sums over any quarters are what those quarters brought.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from tomsapp.dashboards.exact import Column, numbers_in, summable, whole_numbers

STATES = ("due", "claimed", "evidenced", "accepted", "final", "surplus")
"""What each row has units and pence of; provisional is what is accepted and not final."""
REAL_STATES = STATES[:-1]
"""What is known of pounds that are handed over: a surplus of them is told as proxy pounds alone."""
QUARTERS_OF_YEAR = 4
_IN_32_BITS = 2**31 - 1


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows, by commitment and quarter.

    Attributes:
        commitment: the number of the commitment.
        quarter: contract year × 4 + number of the quarter − 1.
        ends: the financial quarter in which it ends: year in which that begins × 4 + number − 1.
        is_returned: whether a return of it is on record that was not withdrawn.
        units, pence: of each of `STATES`, what the quarter adds.
        real_at: which rows are about pounds that are handed over.
        real: of each of `REAL_STATES`, the pence of those rows.
    """

    commitment: Column
    quarter: Column
    ends: Column
    is_returned: Column
    units: dict[str, Column]
    pence: dict[str, Column]
    real_at: Column
    real: dict[str, Column]

    def __len__(self) -> int:
        return len(self.commitment)

    def where(self, mask: Column) -> Rows:
        """Some of the rows."""
        places = np.cumsum(mask) - 1
        is_real = mask[self.real_at]
        return Rows(
            self.commitment[mask],
            self.quarter[mask],
            self.ends[mask],
            self.is_returned[mask],
            {name: column[mask] for name, column in self.units.items()},
            {name: column[mask] for name, column in self.pence.items()},
            places[self.real_at[is_real]],
            {name: column[is_real] for name, column in self.real.items()},
        )

    @staticmethod
    def joined(parts: Sequence[Rows]) -> Rows:
        """The rows of several parts, by commitment and quarter; the parts are used up to spare memory."""
        kept = [part for part in parts if len(part)]
        if len(kept) == 1:
            return kept[0]
        if not kept:
            return rows_of(())
        begins = np.cumsum([0, *(len(part) for part in kept[:-1])])
        whole = Rows(
            np.concatenate([part.commitment for part in kept]),
            np.concatenate([part.quarter for part in kept]),
            np.concatenate([part.ends for part in kept]),
            np.concatenate([part.is_returned for part in kept]),
            {name: np.concatenate([part.units.pop(name) for part in kept]) for name in STATES},
            {name: np.concatenate([part.pence.pop(name) for part in kept]) for name in STATES},
            np.concatenate([part.real_at + begin for part, begin in zip(kept, begins.tolist(), strict=True)]),
            {name: np.concatenate([part.real[name] for part in kept]) for name in REAL_STATES},
        )
        return whole._in_order()

    def _in_order(self) -> Rows:
        if not (np.diff(self.commitment) < 0).any():
            return self
        order = np.lexsort((self.quarter, self.commitment))
        spots = np.empty(len(order), dtype=np.int64)
        spots[order] = np.arange(len(order))
        moved = spots[self.real_at]
        of_real = np.argsort(moved, kind="stable")
        return Rows(
            self.commitment[order],
            self.quarter[order],
            self.ends[order],
            self.is_returned[order],
            {name: column[order] for name, column in self.units.items()},
            {name: column[order] for name, column in self.pence.items()},
            moved[of_real],
            {name: column[of_real] for name, column in self.real.items()},
        )


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
    real = [row.real for row in held if row.real is not None]
    return Rows(
        np.array([row.commitment for row in held], dtype=np.int64),
        np.array([row.quarter for row in held], dtype=np.int16),
        np.array([row.ends for row in held], dtype=np.int16),
        np.array([row.is_returned for row in held], dtype=bool),
        {name: narrowed(whole_numbers([row.units[at] for row in held])) for at, name in enumerate(STATES)},
        {name: narrowed(whole_numbers([row.pence[at] for row in held])) for at, name in enumerate(STATES)},
        np.array([at for at, row in enumerate(held) if row.real is not None], dtype=np.int64),
        {name: narrowed(whole_numbers([row[at] for row in real])) for at, name in enumerate(REAL_STATES)},
    )


def narrowed(column: Column) -> Column:
    """The numbers in 32 bits where they fit: most do, and millions of rows take half the memory."""
    if column.dtype == object or not len(column):
        return column
    fits = int(column.max()) <= _IN_32_BITS and int(column.min()) >= -_IN_32_BITS
    return column.astype(np.int32) if fits else column


def narrow_columns_of(parcels: Iterable[tuple[str, ...]], many: int) -> list[Column]:
    """The columns of all parcels as `delivered_columns.columns_of` gives them, in 32 bits where they fit."""
    read: list[list[Column]] = [[np.zeros(0, dtype=np.int32)] for _ in range(many)]
    for parcel in parcels:
        for place, text in enumerate(parcel):
            read[place].append(narrowed(numbers_in(text)))
    found = []
    while read:
        found.append(np.concatenate(read.pop(0)))
    return found


def wide(column: Column) -> Column:
    """The numbers in 64 bits, in which sums of them have room."""
    return column.astype(np.int64) if column.dtype == np.int32 else column


def run_sums(column: Column, starts: Column) -> Column:
    """The exact sums from each start to the next."""
    if not len(starts):
        return np.zeros(0, dtype=np.int64)
    if column.dtype == np.int32:
        found: Column = np.add.reduceat(column, starts, dtype=np.int64)
        return found
    return np.add.reduceat(summable(column), starts)
