from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QWidget

from tomsapp.gui.page import Page
from tomsapp.gui.widgets.actions import menu_of, new_action


def test_menu_has_a_line_between_its_groups_and_does_what_is_chosen(theme, qtbot):
    owner, done = QWidget(), []
    qtbot.addWidget(owner)
    copy, delete = (new_action(owner, words, lambda: done.append("done")) for words in ("Copy", "Delete"))
    menu = menu_of(owner, (copy,), (delete,))
    assert [each.text() for each in menu.actions()] == ["Copy", "", "Delete"]
    assert [each.isSeparator() for each in menu.actions()] == [False, True, False]
    menu.actions()[2].trigger()
    assert done == ["done"]


def test_command_of_a_page_works_by_its_key_and_is_found_by_the_search_where_it_has_none(theme, qtbot):
    page, done = Page("Contract"), []
    qtbot.addWidget(page)
    with_key = new_action(page, "Copy", lambda: done.append("copy"), "Ctrl+Shift+D")
    without = new_action(page, "Delete", lambda: done.append("delete"))
    page.add_commands(with_key, without)
    assert [each.text() for each in page.commands()] == ["Delete"]
    assert QKeySequence("Ctrl+Shift+D") in [each.shortcut() for each in page.page_actions()]
    with qtbot.waitActive(page):
        page.show()
    qtbot.keyClick(page, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert done == ["copy"]
