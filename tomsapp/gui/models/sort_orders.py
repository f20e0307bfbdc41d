"""The order of a table's rows by each of its columns, worked out in slices and kept until the rows change."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from decimal import Decimal
from typing import Any, Generic

from tomsapp.domain.alike import natural
from tomsapp.gui.models.column import Column, Row

SLICE = 4_000
"""Rows between two moments in which the window can do something else."""
_PLACES = 6


class SortOrders(Generic[Row]):
    """Orders of `rows` by column; rows without a key stand last both ways, equal rows keep their order."""

    def __init__(self, columns: Sequence[Column[Row]], rows: Sequence[Row]) -> None:
        self._columns, self._rows = columns, rows
        self._keys: dict[int, list[Any]] = {}
        self._orders: dict[tuple[int, bool], list[int]] = {}

    def order(self, column: int, *, falling: bool) -> Generator[None, None, list[int]]:
        """The places of all rows in order of a column; gives way between slices."""
        wanted = (column, falling)
        if wanted not in self._orders:
            keys = yield from self._keys_of(column)
            without = [place for place, key in enumerate(keys) if key is None] if None in keys else []
            # What is in order one way is sooner in order the other way.
            begun = self._orders.get((column, not falling), range(len(keys)))
            with_key = [place for place in begun if keys[place] is not None] if without else begun
            yield
            self._orders[wanted] = sorted(with_key, key=keys.__getitem__, reverse=falling) + without
        return self._orders[wanted]

    def _keys_of(self, column: int) -> Generator[None, None, list[Any]]:
        if column not in self._keys:
            declared, keys = self._columns[column], list[Any]()
            key = declared.sort_key or (lambda row: natural(declared.text(row)))
            for start in range(0, len(self._rows), SLICE):
                keys += [_quick(key(row)) for row in self._rows[start : start + SLICE]]
                yield
            self._keys[column] = keys
        return self._keys[column]


def _quick(key: Any) -> Any:
    """A key that compares faster: money as whole millionths of a pound, exactly, or as it is if it is finer."""
    if not isinstance(key, Decimal) or not key.is_finite():
        return key
    scaled = key.scaleb(_PLACES)
    whole = int(scaled)
    return whole if whole == scaled else scaled
