"""Layouts that are told in one call."""

import pytest
from PySide6.QtCore import QMargins, Qt
from PySide6.QtWidgets import QLabel, QWidget

from tomsapp.gui.widgets.edges import TOP
from tomsapp.gui.widgets.layouts import STRETCH, holding, in_column, in_grid, in_row, stack_of

pytestmark = pytest.mark.usefixtures("qtbot")


def test_parts_stand_in_their_order_with_shares_edges_and_room():
    holder, first, last = QWidget(), QLabel("first"), QLabel("last")
    inner = in_row(QLabel("inner"), STRETCH)
    column = in_column((first, TOP), None, 4, (inner, 2), (None, 3), last, inside=holder, margins=(1, 2, 3, 4), gap=7)
    assert holder.layout() is column
    assert column.contentsMargins() == QMargins(1, 2, 3, 4)
    assert column.spacing() == 7
    assert [column.stretch(place) for place in range(column.count())] == [0, 0, 2, 3, 0]
    assert column.itemAt(0).widget() is first
    assert column.itemAt(0).alignment() == Qt.AlignmentFlag.AlignTop
    assert column.itemAt(1).sizeHint().height() == 4
    assert column.itemAt(2).layout() is inner
    assert column.itemAt(4).widget() is last
    assert first.parentWidget() is holder


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
