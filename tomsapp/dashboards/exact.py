"""Columns of whole numbers that are summed exactly: 64 bits where they suffice, Python's own integers where not."""

from collections.abc import Collection, Iterable, Sequence
from fractions import Fraction
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from tomsapp.domain.bulk import value_pence

Column: TypeAlias = "npt.NDArray[Any]"
"""Whole numbers, int64 or Python integers."""

_MOST = 2**63 - 1
_IN_32_BITS = 2**31 - 1
_SPREAD = 64
"""Numbers of which every sixty-fourth or more is met are found in a table, many times faster than by a search."""


def whole_numbers(values: Iterable[int]) -> Column:
    """The numbers as int64, or as Python integers when one of them is too large."""
    members = list(values)
    try:
        return np.array(members, dtype=np.int64)
    except OverflowError:
        return np.array(members, dtype=object)


def numbers_in(text: str) -> Column:
    """The numbers of a JSON array, which must be whole and of 64 bits, as those of a database are.

    Raises:
        ValueError: one of them is not whole.
    """
    found: Column = np.fromstring(text[1:-1], dtype=np.int64, sep=",")
    return found


def are_of(column: Column, numbers: Collection[int]) -> Column:
    """Which members of a column are one of these numbers."""
    found: Column = np.isin(column, np.array(sorted(numbers), dtype=np.int64))
    return found


def numbers_met(column: Column) -> Column:
    """Each number of the column once, in order; of many numbers that are near each other, as years are."""
    if not len(column):
        return column
    least = int(column.min())
    return np.flatnonzero(np.bincount(column - least)) + least


def summable(column: Column) -> Column:
    """The column, as Python integers when a sum of its members could be too large for 64 bits."""
    if column.dtype == object or not len(column):
        return column
    return column if _largest(column) * len(column) <= _MOST else column.astype(object)


def as_summed(column: Column) -> Column:
    """The column in 64 bits, in which sums of it have room, or as Python integers where they have not."""
    return summable(column.astype(np.int64) if column.dtype == np.int32 else column)


def narrowed(column: Column) -> Column:
    """The numbers in 32 bits where they fit: most do, and millions of rows take half the memory.

    What is added up of them goes through the functions here, which do so in 64 bits.
    """
    if column.dtype == object or not len(column):
        return column
    fits = int(column.max()) <= _IN_32_BITS and int(column.min()) >= -_IN_32_BITS
    return column.astype(np.int32, copy=False) if fits else column


def products(column: Column, factors: Column) -> Column:
    """Each number times its factor, as Python integers where a sum of the products could be too large for 64 bits."""
    is_small = _in_64_bits(column, factors) and (
        not len(column) or _largest(column) * _largest(factors) * len(column) <= _MOST
    )
    kind = np.int64 if is_small else object
    found: Column = column.astype(kind) * factors.astype(kind)
    return found


def rounded_products(column: Column, ratios: Sequence[tuple[int, int]], which: Column) -> Column:
    """Each number times its ratio, rounded half away from zero; `which` is the place of its ratio.

    In 64 bits where no product can be too large for them, else as `bulk.value_pence` does it.
    """
    tops, bottoms = whole_numbers([top for top, _ in ratios]), whole_numbers([bottom for _, bottom in ratios])
    if not len(column) or not _in_64_bits(column, tops, bottoms):
        return _rounded_one_by_one(column, ratios, which)
    if 2 * _largest(column) * _largest(tops) + _largest(bottoms) > _MOST:
        return _rounded_one_by_one(column, ratios, which)
    product, bottom = column * tops[which], bottoms[which]
    found: Column = np.sign(product) * ((2 * np.abs(product) + bottom) // (2 * bottom))
    return found


def _rounded_one_by_one(column: Column, ratios: Sequence[tuple[int, int]], which: Column) -> Column:
    return whole_numbers(value_pence(zip(which.tolist(), column.tolist(), strict=True), ratios.__getitem__))


def _in_64_bits(*columns: Column) -> bool:
    # A set would ask for the hash of the type, which no column has.
    return all(column.dtype != object for column in columns)


def _largest(column: Column) -> int:
    return max(abs(int(column.max())), abs(int(column.min())))


def added(codes: Column, column: Column, size: int) -> Column:
    """The exact sum of the members of each code, of a summable column; −1 is the last."""
    kind = object if column.dtype == object else np.int64
    sums: Column = np.zeros(size, dtype=kind)
    # Where all of them have 64 bits it takes a fortieth of the time.
    np.add.at(sums, codes.astype(np.intp, copy=False), column.astype(kind, copy=False))
    return sums


def sums_by(codes: Column, column: Column, groups: int) -> list[int]:
    """The same as numbers; rows of code −1 are left out."""
    found: list[int] = added(codes, column, groups + 1)[:groups].tolist()
    return found


def sum_exact(numbers: Iterable[Fraction]) -> Fraction:
    """The sum of many fractions, those of one denominator added as whole numbers first."""
    sums: dict[int, int] = {}
    for number in numbers:
        top, bottom = number.as_integer_ratio()
        sums[bottom] = sums.get(bottom, 0) + top
    return sum((Fraction(amount, denominator) for denominator, amount in sums.items()), Fraction(0))


def first_of_runs(column: Column, *others: Column) -> Column:
    """The places at which another value begins than stood before, in a column or in one of others beside it."""
    if not len(column):
        return np.zeros(0, dtype=np.int64)
    is_first = np.ones(len(column), dtype=bool)
    is_first[1:] = column[1:] != column[:-1]
    for other in others:
        is_first[1:] |= other[1:] != other[:-1]
    return np.flatnonzero(is_first)


class Places:
    """Where each of some numbers stands among them; they are in order, and none stands twice."""

    def __init__(self, numbers: Column) -> None:
        self._numbers = numbers
        self._table: Column | None = None
        if len(numbers) and numbers[0] >= 0 and numbers[-1] < _SPREAD * len(numbers):
            self._table = np.full(int(numbers[-1]) + 2, -1, dtype=np.int32)
            self._table[numbers] = np.arange(len(numbers), dtype=np.int32)

    def of(self, wanted: Column) -> Column:
        """The place of each of these numbers; −1 where it is none of them."""
        if self._table is not None:
            last = len(self._table) - 1
            found: Column = self._table[np.where((wanted < 0) | (wanted > last), last, wanted)]
            return found
        at = np.searchsorted(self._numbers, wanted)
        known = np.append(self._numbers, -1)[at] == wanted
        return np.where(known, at, -1)


def sums_of_runs(column: Column, starts: Column) -> Column:
    """The exact sums of a summable column from each start to the next."""
    kind = object if column.dtype == object else np.int64
    found: Column = np.add.reduceat(column, starts, dtype=kind) if len(starts) else np.zeros(0, dtype=kind)
    return found
