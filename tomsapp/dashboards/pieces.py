"""Rows that are put in the place of others; a column in which nothing changes stays, and takes no new memory."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np

from tomsapp.dashboards.exact import Column


class Piece(NamedTuple):
    """Rows of the old columns, or of the new ones, from a place up to another; `at` is where they come to stand."""

    is_new: bool
    start: int
    end: int
    at: int


@dataclass(frozen=True, slots=True)
class _Spans:
    """Where the pieces are cut from, in columns of the same length."""

    is_new: Column
    starts: Column
    ends: Column


@dataclass(frozen=True)
class Pieces:
    """What the columns of some rows are put together of: those that stay, and those that come.

    Attributes:
        size: how many rows there were before.
    """

    spans: _Spans
    size: int

    @staticmethod
    def of(numbers: Column, gone: Column, come: Column) -> Pieces:
        """Those of rows whose numbers are in order, of which some are gone, with rows of other numbers among them.

        The numbers that come stay as they are next to each other where none of the old stands between them.
        """
        spots = np.searchsorted(numbers, come)
        edges = np.flatnonzero(gone[1:] != gone[:-1]) + 1
        cuts = np.unique(np.concatenate([[0, len(gone)], edges, spots]))
        begins = np.append(np.searchsorted(spots, cuts), len(spots))
        ends = np.append(cuts[1:], len(gone))
        stays = ~np.append(gone, True)[cuts]
        starts = np.stack([begins[:-1], cuts], axis=1).ravel()
        stops = np.stack([begins[1:], np.where(stays, ends, cuts)], axis=1).ravel()
        is_new = np.tile([True, False], len(cuts))
        kept = starts < stops
        return Pieces(_Spans(is_new[kept], starts[kept], stops[kept]), len(gone))

    def within(self, old: Callable[[Column], Column], new: Callable[[Column], Column]) -> Pieces:
        """The same of rows of which each of these has some: `old` and `new` say where those of a place begin."""
        spans = self.spans
        starts, ends = np.empty_like(spans.starts), np.empty_like(spans.ends)
        for is_told, told in ((spans.is_new, new), (~spans.is_new, old)):
            starts[is_told], ends[is_told] = told(spans.starts[is_told]), told(spans.ends[is_told])
        return Pieces(_Spans(spans.is_new, starts, ends), int(old(np.array([self.size]))[0]))

    @cached_property
    def _places(self) -> Column:
        """Where each piece comes to stand."""
        sizes = self.spans.ends - self.spans.starts
        found: Column = np.cumsum(sizes) - sizes
        return found

    @cached_property
    def shifts(self) -> Column:
        """How far each piece moves."""
        found: Column = self._places - self.spans.starts
        return found

    @cached_property
    def stays(self) -> bool:
        """Whether every row that stays keeps its place, and there are as many rows as before."""
        sizes = self.spans.ends - self.spans.starts
        return int(sizes.sum()) == self.size and not self.shifts[~self.spans.is_new].any()

    def __iter__(self) -> Iterator[Piece]:
        spans = self.spans
        columns = (spans.is_new, spans.starts, spans.ends, self._places)
        return map(Piece, *(column.tolist() for column in columns))

    def put(self, old: Column, new: Column) -> Column:
        """A column of the rows; the old one itself where it would hold the same, and never one that is changed."""
        if not self.stays:
            return np.concatenate([new[:0], *((new if each.is_new else old)[each.start : each.end] for each in self)])
        come = [each for each in self if each.is_new]
        if all(np.array_equal(_under(old, each), new[each.start : each.end]) for each in come):
            return old
        found: Column = old.astype(np.result_type(old, new))
        for each in come:
            found[each.at : each.at + each.end - each.start] = new[each.start : each.end]
        return found

    def put_places(self, old: Column, new: Column, rows: Pieces) -> Column:
        """A column that holds places of rows, moved as the rows do."""
        moved = old if rows.stays else self._moved(old, rows, is_new=False)
        return self.put(moved, self._moved(new, rows, is_new=True))

    def _moved(self, column: Column, rows: Pieces, *, is_new: bool) -> Column:
        found = column.copy()
        for each, shift in zip(self, rows.shifts.tolist(), strict=True):
            if each.is_new == is_new:
                found[each.start : each.end] += shift
        return found


def _under(old: Column, piece: Piece) -> Column:
    found: Column = old[piece.at : piece.at + piece.end - piece.start]
    return found
