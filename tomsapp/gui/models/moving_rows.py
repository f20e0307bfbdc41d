"""Rows of a table that come, go and change, while the others stay where the eye is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from itertools import groupby
from typing import Protocol, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex


class KeyedRow(Protocol):
    """A row that is known by a key."""

    @property
    def key(self) -> str:
        """What it is known by among all rows."""


Row = TypeVar("Row", bound=KeyedRow)


def move_rows(model: QAbstractTableModel, rows: list[Row], wanted: Sequence[Row]) -> None:
    """Make `rows`, which `model` shows, the wanted ones, by removing and inserting what differs.

    Cursor, selection and an open editor stay with the rows that stay.
    """
    before, after = [row.key for row in rows], [row.key for row in wanted]
    if before != after:
        for tag, start, end, new_start, new_end in reversed(SequenceMatcher(None, before, after, False).get_opcodes()):
            if tag in {"delete", "replace"}:
                model.beginRemoveRows(QModelIndex(), start, end - 1)
                del rows[start:end]
                model.endRemoveRows()
            if tag in {"insert", "replace"}:
                model.beginInsertRows(QModelIndex(), start, start + new_end - new_start - 1)
                rows[start:start] = wanted[new_start:new_end]
                model.endInsertRows()
    changed = [place for place, row in enumerate(wanted) if row != rows[place]]
    rows[:] = wanted
    for first, last in runs(changed):
        model.dataChanged.emit(model.index(first, 0), model.index(last, model.columnCount() - 1))


def runs(places: Iterable[int]) -> Iterator[tuple[int, int]]:
    """The first and last of each run of places that follow one another."""
    for _, run in groupby(enumerate(places), key=lambda pair: pair[1] - pair[0]):
        following = [place for _, place in run]
        yield following[0], following[-1]
