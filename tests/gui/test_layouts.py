"""Layouts that are told in one call."""

import pytest
from PySide6.QtCore import QMargins, Qt
from PySide6.QtWidgets import QLabel, QLayout, QLayoutItem, QWidget
from shiboken6 import getAllValidWrappers

from tomsapp.gui.widgets.edges import TOP
from tomsapp.gui.widgets.layouts import STRETCH, holding, in_column, in_grid, in_row, laid_out, stack_of

pytestmark = pytest.mark.usefixtures("qtbot")


def test_parts_stand_in_their_order_with_shares_edges_and_room():
    holder, first, last = QWidget(), QLabel("first"), QLabel("last")
    inner = in_row(QLabel("inner"), STRETCH)
    column = in_column((first, TOP), None, 4, (inner, 2), (None, 3), last, inside=holder, margins=(1, 2, 3, 4), gap=7)
    assert holder.layout() is column
    assert column.contentsMargins() == QMargins(1, 2, 3, 4)
    assert column.spacing() == 7
    assert [column.stretch(place) for place in range(column.count())] == [0, 0, 2, 3, 0]
    assert first.parentWidget() is holder
    assert [label.text() for label in laid_out(column)] == ["first", "inner", "last"]
    taken = [column.takeAt(0) for _ in range(column.count())]
    assert taken[0].widget() is first
    assert taken[0].alignment() == Qt.AlignmentFlag.AlignTop
    assert taken[1].sizeHint().height() == 4
    assert taken[2].layout() is inner
    assert taken[4].widget() is last


def test_what_is_laid_out_is_told_in_its_order_without_items_that_outlive_it():
    holder, first, second, third = QWidget(), QLabel("first"), QLabel("second"), QLabel("third")
    holder.setLayout(row := in_row(second, in_column(third)))
    row.insertWidget(0, first)
    before = len(_items())
    assert laid_out(row) == [first, second, third]
    assert laid_out(in_row()) == []
    assert len(_items()) == before


def _items() -> list[QLayoutItem]:
    """What stands in Python for the items of layouts."""
    return [one for one in getAllValidWrappers() if isinstance(one, QLayoutItem) and not isinstance(one, QLayout)]


def test_a_layout_has_no_margins_unless_it_is_given_some():
    assert in_row().contentsMargins() == QMargins(0, 0, 0, 0)
    made = holding(in_column(QLabel("alone")), "clear")
    assert made.layout().contentsMargins() == QMargins(0, 0, 0, 0)
    assert made.property("k") == "clear"


def test_a_stack_shows_the_first():
    first = QLabel("first")
    made = stack_of(first, QLabel("second"))
    assert made.count() == 2
    assert made.currentWidget() is first


def test_a_grid_knows_its_gaps_and_which_columns_take_the_room():
    holder = QWidget()
    grid = in_grid(inside=holder, margins=(1, 2, 3, 4), gaps=(5, 6), shares=(0, 2))
    assert holder.layout() is grid
    assert grid.contentsMargins() == QMargins(1, 2, 3, 4)
    assert (grid.horizontalSpacing(), grid.verticalSpacing()) == (5, 6)
    assert [grid.columnStretch(place) for place in range(2)] == [0, 2]
