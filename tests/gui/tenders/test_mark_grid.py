"""The grid of marks with many bids: its titles stay in view, wherever the cursor goes."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest

from tomsapp.gui.tenders.mark_grid import GridCell, MarkGrid
from tomsapp.gui.widgets.roles import tell_roles

TITLES = ("1. Jobs", "2. Schools")


def rows(bids):
    """Two questions with a mark of each bid."""
    return [
        [GridCell(title, title), *(GridCell("3", f"{title}, bid {bid}", (bid, place)) for bid in range(1, bids + 1))]
        for place, title in enumerate(TITLES, start=1)
    ]


@pytest.fixture
def grid(qtbot):
    tell_roles()  # as the program does, before a widget is asked what it is
    made = MarkGrid("Marks")
    qtbot.addWidget(made)
    made.resize(760, 240)
    made.show()
    return made


def fill(grid, bids):
    grid.grid.set_grid(("Question", *(f"Bidder {bid}" for bid in range(1, bids + 1))), rows(bids))
    return grid


def test_titles_stay_in_view_while_the_cursor_goes_over_nine_bids(grid):
    fill(grid, 9)
    grid.setFocus()
    grid.setCurrentIndex(grid.grid.index(0, 1))
    assert grid.frozen.isVisible()
    for key, columns in ((Qt.Key.Key_Right, range(2, 10)), (Qt.Key.Key_Left, range(8, 0, -1))):
        for column in columns:
            QTest.keyClick(grid, key)
            cell = grid.visualRect(grid.currentIndex())
            assert grid.currentIndex().column() == column
            assert grid.frozen.width() - 1 <= cell.left(), "not under the titles"
            assert cell.right() <= grid.viewport().width()
            title = grid.frozen.visualRect(grid.frozen.model().index(0, 0))
            assert (grid.frozen.x(), title.left()) == (0, 0)
            assert grid.frozen.indexAt(title.center()).data() == TITLES[0]
    assert grid.frozen.columnWidth(0) == grid.columnWidth(0)
    assert grid.frozen.rowHeight(0) == grid.rowHeight(0)


@pytest.mark.usefixtures("listened_to")
def test_the_column_that_stays_is_not_heard_twice_and_rows_are_called_by_it(grid):
    fill(grid, 9)
    assert grid.frozen.isVisible()
    copy = QAccessible.queryAccessibleInterface(grid.frozen)
    assert (copy.role(), copy.childCount(), copy.state().invisible) == (QAccessible.Role.NoRole, 0, True)
    table = QAccessible.queryAccessibleInterface(grid)
    heard = [table.child(place) for place in range(table.childCount())]
    rows_called = [each.text(QAccessible.Text.Name) for each in heard if each.role() == QAccessible.Role.RowHeader]
    assert tuple(rows_called) == TITLES


def test_a_click_on_a_title_puts_the_cursor_there_and_a_double_click_opens(grid, qtbot):
    fill(grid, 9)
    places = []
    grid.place_changed.connect(places.append)
    at = grid.frozen.visualRect(grid.grid.index(1, 0)).center()
    QTest.mouseClick(grid.frozen.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert (grid.currentIndex().row(), grid.currentIndex().column(), places) == (1, 0, [(1, 2)])
    with qtbot.waitSignal(grid.cell_opened):
        QTest.mouseDClick(grid.frozen.viewport(), Qt.MouseButton.LeftButton, pos=at)


def test_nothing_is_laid_over_where_all_have_room_or_there_is_hardly_any(grid):
    fill(grid, 4)
    assert not grid.frozen.isVisible()
    fill(grid, 9)
    assert grid.frozen.isVisible()
    grid.resize(300, 240)
    assert not grid.frozen.isVisible(), "else nothing but titles would be seen"
    grid.resize(1400, 240)
    assert not grid.frozen.isVisible()


def test_it_needs_room_for_the_bar_below_its_rows(grid, qtbot):
    fill(grid, 4)
    plain = grid.whole_height
    with qtbot.waitSignal(grid.height_changed):
        fill(grid, 9)
    grid.resize(grid.width(), grid.whole_height)
    assert grid.whole_height > plain
    assert grid.visualRect(grid.grid.index(1, 0)).bottom() <= grid.viewport().height()
    assert not grid.verticalScrollBar().maximum(), "all rows are seen above the bar"
    with qtbot.waitSignal(grid.height_changed):
        grid.resize(1400, 240)
    assert grid.whole_height == plain
