from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QItemSelectionModel, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QPushButton, QTableView, QVBoxLayout, QWidget

from tomsapp.gui.contract.typed_grid import TypedGrid

CONTROL, NONE = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.NoModifier


class Grid(TypedGrid, QTableView):
    """One row of three cells that are typed into."""

    def __init__(self) -> None:
        super().__init__()
        model = QStandardItemModel(self)
        model.appendRow([QStandardItem(text) for text in ("1", "2", "3")])
        self.setModel(model)

    def step_typed(self, step):
        column = self.currentIndex().column() + step
        if 0 <= column < 3:
            self.go_to(0, column)
        return 0 <= column < 3

    def block(self, rows, columns):
        return [[self.model().index(row, column).data() for column in columns] for row in rows]


@pytest.fixture
def grid(qtbot):
    page = QWidget()
    layout = QVBoxLayout(page)
    grid = Grid()
    for part in (QPushButton("before"), grid, QPushButton("after")):
        layout.addWidget(part)
    qtbot.addWidget(page)
    with qtbot.waitActive(page):
        page.show()
    grid.setFocus()
    grid.go_to(0, 1)
    yield grid
    page.close()


@pytest.mark.parametrize(("key", "column", "beside"), [(Qt.Key.Key_Tab, 2, "after"), (Qt.Key.Key_Backtab, 0, "before")])
def test_tab_goes_from_cell_to_cell_and_out_at_the_end(grid, key, column, beside):
    grid.step_or_leave(key)
    assert (grid.currentIndex().column(), grid.hasFocus()) == (column, True)
    grid.step_or_leave(key)
    assert QGuiApplication.focusObject().text() == beside
    assert grid.currentIndex().column() == column


@pytest.mark.parametrize(
    ("key", "held", "is_kept"),
    [(Qt.Key.Key_Tab, CONTROL, True), (Qt.Key.Key_Tab, NONE, False), (Qt.Key.Key_W, CONTROL, False)],
)
def test_keys_of_the_grid_come_before_those_of_the_window(grid, key, held, is_kept):
    event = QKeyEvent(QEvent.Type.ShortcutOverride, key, held)
    event.ignore()
    QGuiApplication.sendEvent(grid, event)
    assert event.isAccepted() == is_kept


def test_what_is_selected_is_copied_as_a_block(grid):
    grid.selectionModel().select(grid.model().index(0, 2), QItemSelectionModel.SelectionFlag.Select)
    grid.copy_block()
    assert QGuiApplication.clipboard().text().splitlines() == ["2\t3"]
