"""What is built from the inside outwards is dressed once, when it is shown, and Tab goes through it in its order."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QLineEdit, QPushButton, QTableWidget, QVBoxLayout, QWidget

from tomsapp.gui.focus_ring import FocusWatch
from tomsapp.gui.widgets.scroll_area import ScrollArea
from tomsapp.gui.widgets.stack import Stack
from tomsapp.gui.widgets.table_header import TableHeader


class Line(QLineEdit):
    """Counts how often it is dressed."""

    dressed = 0

    def event(self, event):
        self.dressed += event.type() == QEvent.Type.Polish
        return super().event(event)


def holder(*widgets):
    made = QWidget()
    column = QVBoxLayout(made)
    for widget in widgets:
        column.addWidget(widget)
    return made


def in_stack(inner):
    made = Stack()
    made.addWidget(inner)
    made.addWidget(QWidget())
    return made


def in_area(inner):
    return ScrollArea("Lines", inner)


@pytest.mark.parametrize("around", [in_stack, in_area, lambda inner: in_stack(holder(in_area(holder(inner))))])
def test_what_is_inside_is_dressed_when_it_is_shown(qtbot, around):
    line, before, after = Line(), QPushButton("Before"), QPushButton("After")
    window = holder(before, around(holder(line)), after)
    qtbot.addWidget(window)
    assert line.dressed == 0
    window.show()
    assert line.dressed == 1
    assert line.isVisible()
    stops, at = [], before
    while at is not after:
        stops.append(at)
        at = at.nextInFocusChain()
    assert line in stops


def test_content_that_was_never_shown_gives_way_to_other_content(qtbot):
    area, first, second = ScrollArea("Lines"), Line(), Line()
    qtbot.addWidget(area)
    area.setWidget(first)
    area.setWidget(second)
    area.show()
    assert area.widget() is second
    assert not first.isVisible()
    third = Line()
    area.setWidget(third)
    assert area.widget() is third
    assert third.isVisible()


def test_keyboard_stays_where_it_was_to_begin(qtbot):
    line, before = Line(), QPushButton("Before")
    window = holder(before, ScrollArea("Lines", holder(line)))
    qtbot.addWidget(window)
    line.setFocus()
    window.show()
    assert window.focusWidget() is line


def test_a_page_added_to_a_stack_that_is_shown_waits_for_its_turn(qtbot):
    stack, first, second = Stack(), Line(), Line()
    qtbot.addWidget(stack)
    stack.show()
    stack.addWidget(first)
    stack.addWidget(second)
    assert first.isVisible()
    assert not second.isVisible()
    stack.setCurrentWidget(second)
    assert second.isVisible()
    assert not first.isVisible()


def test_no_head_of_a_table_is_measured_for_its_height(qtbot):
    class Heads(TableHeader):
        measured = 0

        def sectionSizeFromContents(self, section):
            self.measured += 1
            return super().sectionSizeFromContents(section)

    table = QTableWidget(3, 9)
    qtbot.addWidget(table)
    head = Heads(table)
    table.setHorizontalHeader(head)
    table.show()
    assert head.measured == 0
    assert head.height() == head.sizeHint().height()


def test_only_the_control_with_the_keyboard_is_watched(qtbot, qapp):
    class Watch(FocusWatch):
        def eventFilter(self, watched, event):
            seen.append(watched)
            return super().eventFilter(watched, event)

    def watched_of(*widgets):
        seen.clear()
        for widget in widgets:
            qapp.sendEvent(widget, QEvent(QEvent.Type.User))
        return seen

    seen = []
    watch = Watch(qapp)
    first, second = Line(), Line()
    window = holder(first, second)
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    first.setFocus()
    qtbot.waitUntil(first.hasFocus)
    assert watched_of(first, second) == [first]
    second.setFocus()
    assert watched_of(first, second) == [second]
    second.clearFocus()
    assert set(watched_of(first, second)) >= {first, second}
    watch.setParent(None)
    watch.deleteLater()
