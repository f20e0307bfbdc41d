from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication

from tests.gui.test_row_model import COLUMNS, ROWS
from tomsapp.gui.models.row_model import RowModel
from tomsapp.gui.widgets.clipboard import table_text
from tomsapp.gui.widgets.data_table import DataTable
from tomsapp.gui.widgets.feedback import EmptyState


@pytest.fixture
def table(qtbot):
    model = RowModel(COLUMNS)
    model.set_rows(ROWS)
    made = DataTable(model, "Contracts")
    qtbot.addWidget(made)
    made.resize(600, 300)
    made.show()
    made.select_place(0)
    return made


def test_enter_opens_the_row_and_ctrl_enter_explains_the_figure(table, qtbot):
    opened, explained = [], []
    table.row_opened.connect(opened.append)
    table.figure_chosen.connect(lambda row, key: explained.append((row, key)))
    qtbot.keyClick(table, Qt.Key.Key_Return)
    qtbot.keyClick(table, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert (opened, explained) == ([ROWS[0]], [])
    qtbot.keyClick(table, Qt.Key.Key_Right)
    qtbot.keyClick(table, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert explained == [(ROWS[0], "value")]


def test_click_on_a_figure_explains_it(table, qtbot):
    explained = []
    table.figure_chosen.connect(lambda row, key: explained.append((row, key)))
    at = table.visualRect(table.model().index(2, 1)).center()
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert explained == [(ROWS[2], "value")]


def test_heads_sort_by_keyboard(table, qtbot):
    header = table.horizontalHeader()
    qtbot.keyClick(header, Qt.Key.Key_Right)
    qtbot.keyClick(header, Qt.Key.Key_Return)
    assert table.model().row_object(0).reference == "C-1"
    qtbot.keyClick(header, Qt.Key.Key_Space)
    assert table.model().row_object(0).reference == "C-4"
    qtbot.keyClick(header, Qt.Key.Key_Down)
    assert table.currentIndex().isValid()


def test_mouse_and_keys_choose_whole_rows(table, qtbot):
    control, left = Qt.KeyboardModifier.ControlModifier, Qt.MouseButton.LeftButton

    def click(row, held=Qt.KeyboardModifier.NoModifier):
        at = table.visualRect(table.model().index(row, 0)).center()
        qtbot.mouseClick(table.viewport(), left, held, at)

    click(0)
    click(2, control)
    assert [table.selected_rows(), len(table.selectedIndexes())] == [[ROWS[0], ROWS[2]], 2 * len(COLUMNS)]
    click(0, control)
    assert table.selected_rows() == [ROWS[2]]
    click(1)
    qtbot.keyClick(table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert [table.selected_rows(), len(table.selectedIndexes())] == [[ROWS[1], ROWS[2]], 2 * len(COLUMNS)]


def test_copy_takes_heads_and_chosen_rows(table, qtbot):
    table.selectAll()
    table.copy_selection()
    lines = QGuiApplication.clipboard().text().split("\n")
    assert lines[0] == "Contract\tValue"
    assert lines[1] == "Leisure centre\t£9.50"
    assert len(lines) == 6


def test_text_for_a_spreadsheet_is_never_a_formula():
    lines = [["=1+1", "@x", "-4", "+£3.00", "-cmd", "a\tb"]]
    assert table_text(lines) == "'=1+1\t'@x\t-4\t+£3.00\t'-cmd\ta b"


def test_layout_of_columns_comes_back(table, qtbot):
    header = table.horizontalHeader()
    with qtbot.waitSignal(table.layout_changed):
        header.resizeSection(1, 123)
    header.moveSection(1, 0)
    table.sortByColumn(1, Qt.SortOrder.DescendingOrder)
    kept = table.column_layout()
    model = RowModel(COLUMNS)
    model.set_rows(ROWS)
    other = DataTable(model, "Contracts")
    qtbot.addWidget(other)
    other.restore_columns({**kept, "hidden": ["title"], "order": [*kept["order"], "gone"]})
    assert other.columnWidth(1) == 123
    assert other.horizontalHeader().visualIndex(1) == 0
    assert other.isColumnHidden(0)
    assert other.model().row_object(0).reference == "C-4"


def test_widths_that_were_kept_grow_with_the_text(table, theme, qtbot):
    table.horizontalHeader().resizeSection(1, 120)
    kept = table.column_layout()
    theme.set_text_size(150)
    other = DataTable(RowModel(COLUMNS), "Contracts")
    qtbot.addWidget(other)
    other.restore_columns(kept)
    assert other.columnWidth(1) == 180
    assert other.column_layout()["widths"] == kept["widths"]


def test_empty_state_is_shown_only_without_rows(table):
    empty = EmptyState("file-text", "No contracts match these filters")
    table.set_empty_state(empty)
    assert empty.isHidden()
    table.model().search("nothing like it")
    assert empty.isVisible()
    table.model().search("")
    assert empty.isHidden()


def test_columns_and_rows_grow_with_the_text(table, theme):
    width, height = table.columnWidth(1), table.rowHeight(0)
    theme.set_text_size(150)
    assert table.columnWidth(1) == width * 3 // 2
    assert table.rowHeight(0) == height * 3 // 2
    theme.set_density("compact")
    assert table.rowHeight(0) == 45


def test_table_has_a_name_and_draws_without_fault(table):
    assert table.accessibleName() == "Contracts"
    assert not table.grab().isNull()
    assert table.indexAt(QPoint(5, 5)).row() == 0
