"""F8 goes from one thing to be done to the next; what waits under the cursor is not passed over."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.services.deliveries import Q1, Q2
from tomsapp.gui.delivery.stops import Stops


def gone(*presses, waiting=((1,), (3,), (5,)), here=(0,)):
    """Where each press leads to, the cursor going along."""
    stops, places = Stops(), []
    for by in presses:
        here = stops.next(waiting, here, by)
        places.append(here)
    return places


@pytest.mark.parametrize(
    ("here", "presses", "places"),
    [
        ((0,), (1, 1, 1, 1), [(1,), (3,), (5,), (1,)]),
        ((3,), (1, 1), [(3,), (5,)]),
        ((3,), (-1, -1, -1), [(3,), (1,), (5,)]),
        ((4,), (-1,), [(3,)]),
        ((-1,), (-1,), [(5,)]),
    ],
)
def test_the_place_under_the_cursor_comes_first(here, presses, places):
    assert gone(*presses, here=here) == places


def test_where_somebody_came_to_by_himself_is_left_at_the_first_press():
    stops = Stops()
    stops.came_to((3,))
    assert stops.next([(1,), (3,)], (3,), 1) == (1,)
    stops.forget()
    assert stops.next([(1,), (3,)], (3,), 1) == (3,)
    assert stops.next([], (3,), 1) is None


def press(d, keys="F8"):
    next(action for action in d.page.actions() if action.shortcut().toString() == keys).trigger()
    return d.table.current_line().commitment.measure, d.table.current_quarter().quarter.quarter


def test_a_claim_under_the_cursor_of_a_contract_that_is_opened_comes_first(desk):
    d = desk()
    d.open()
    first = d.table.current_line().commitment.measure
    d.enter(d.claim(first, Q1, "1"), d.claim(first, Q2, "1"))
    d.page.refresh(None)
    assert [press(d), press(d), press(d)] == [(first, Q1), (first, Q2), (first, Q1)]


def test_a_claim_to_which_the_user_moved_is_gone_on_from(desk, qtbot):
    d = desk()
    d.open()
    first = d.table.current_line().commitment.measure
    d.enter(d.claim(first, Q1, "1"), d.claim(first, Q2, "1"))
    d.page.refresh(None)
    d.page.activateWindow()
    d.table.setFocus()
    qtbot.waitUntil(d.table.hasFocus)
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Left):
        QTest.keyClick(d.table, key)
    assert press(d) == (first, Q2)
