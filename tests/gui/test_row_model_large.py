"""More rows than are done at once: what is shown comes in slices, and is the same."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

import pytest
from PySide6.QtCore import QPersistentModelIndex, Qt

from tomsapp.gui.models.column import Column
from tomsapp.gui.models.row_model import ROW_ROLE, RowModel

COUNT = 20_001


@dataclass(frozen=True)
class Line:
    number: int
    value: Decimal | None


COLUMNS = (
    Column("number", "Number", lambda row: f"N{row.number}"),
    Column("value", "Value", lambda row: str(row.value), sort_key=lambda row: row.value, is_searched=False),
)
# Values repeat, so that equal rows must keep their order; some are finer than a millionth of a pound.
ROWS = [
    Line(n, None if n % 1000 == 7 else Decimal(n * 7919 % 5003) / 100 + (Decimal("1e-9") if n % 3 == 0 else 0))
    for n in range(COUNT)
]
VALUED = [row for row in ROWS if row.value is not None]
WITHOUT = [row for row in ROWS if row.value is None]


@pytest.fixture
def model(qapp):
    made = RowModel(COLUMNS)
    made.set_rows(ROWS)
    made.settle()
    return made


def test_rows_are_there_at_once_and_sorted_later(model, qtbot):
    model.sort(1, Qt.SortOrder.DescendingOrder)
    assert not model.is_settled
    assert model.row_object(0) is ROWS[0]
    qtbot.waitUntil(lambda: model.is_settled)
    assert model.row_object(0) == max(VALUED, key=lambda row: row.value)


@pytest.mark.parametrize("falling", [False, True])
@pytest.mark.parametrize("first_the_other_way", [False, True])
def test_order_is_that_of_a_plain_stable_sort(model, falling, first_the_other_way):
    ways = [Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder]
    if first_the_other_way:
        model.sort(1, ways[not falling])
        model.settle()
    model.sort(1, ways[falling])
    assert model.shown_rows() == sorted(VALUED, key=lambda row: row.value, reverse=falling) + WITHOUT


def test_later_wish_takes_the_place_of_the_one_before(model, qtbot):
    told = []
    model.shown_changed.connect(lambda: told.append(model.rowCount()))
    model.search("N1")
    model.search("N12")
    model.set_filter(lambda row: row.number % 2 == 0)
    qtbot.waitUntil(lambda: model.is_settled)
    wanted = [row for row in ROWS if "N12" in f"N{row.number}" and row.number % 2 == 0]
    assert model.shown_rows() == wanted
    assert told == [len(wanted)]


def test_sorting_while_a_search_is_under_way_does_both(model):
    model.search("N12")
    model.sort(0, Qt.SortOrder.DescendingOrder)
    found = [row for row in ROWS if "N12" in f"N{row.number}"]
    assert model.shown_rows() == sorted(found, key=lambda row: row.number, reverse=True)


def test_index_kept_by_a_view_follows_its_row(model):
    kept = QPersistentModelIndex(model.index(3, 0))
    model.sort(1, Qt.SortOrder.DescendingOrder)
    model.settle()
    assert kept.data(ROW_ROLE) is ROWS[3]


def test_other_rows_are_never_shown_through_an_old_filter(model):
    model.set_filter(lambda row: row.number < 5)
    model.settle()
    model.set_rows(ROWS[::-1])
    assert model.rowCount() == 0
    assert [row.number for row in model.shown_rows()] == [4, 3, 2, 1, 0]
