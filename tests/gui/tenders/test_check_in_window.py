"""The check of bids in the whole window: its keys, undo, the panel where there is little room, and the search."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.gui.tenders.test_check_tab import WHY, bidder, hours, jobs_of
from tests.gui.tenders.test_tenders_page import issue_it
from tests.services.tenders.offers import CALDER, OPEN, PAST, saved
from tomsapp.gui.commands import find_commands
from tomsapp.gui.tender_place import TenderPlace
from tomsapp.gui.tenders.check_tab import CheckTab
from tomsapp.services.tenders.deciding import open_check
from tomsapp.services.tenders.found_files import FoundFile
from tomsapp.services.tenders.opening import open_offers
from tomsapp.services.tenders.receiving import receive

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def page(desk):
    """The tab of a tender with two bids, in the window."""
    issue_it(desk)
    given = ((CALDER, (hours(31, 31), jobs_of(1, 1))), (bidder(2), (hours(3, 3),)))
    files = [
        FoundFile(f"{who.name}.tomsoffer", saved(desk.workspace, desk.read(), who, commitments=lines))
        for who, lines in given
    ]
    receive(desk.workspace, desk.read(), files)
    open_offers(desk.workspace, desk.read(), OPEN, PAST)
    desk.window.activateWindow()
    return desk.open(TenderPlace(desk.number, "check"))


def press(key, modifiers=Qt.KeyboardModifier.NoModifier):
    QTest.keyClick(QApplication.focusWidget(), key, modifiers)


def test_a_problem_is_decided_and_undone_in_the_window(desk, page):
    tab = page.current
    assert isinstance(tab, CheckTab)
    left = open_check(desk.workspace, desk.number).undecided
    assert page.words.text() == f"0 decided, 0 waiting for an answer, {left} open"
    tab.take_keyboard()
    press(Qt.Key.Key_F8)
    press(Qt.Key.Key_A)
    QTest.keyClicks(QApplication.focusWidget(), WHY)
    press(Qt.Key.Key_Return, CTRL)
    assert page.words.text() == f"1 decided, 0 waiting for an answer, {left - 1} open"
    desk.session.undo()
    assert page.words.text() == f"0 decided, 0 waiting for an answer, {left} open"
    desk.window.go_to("history")
    rows = {(row.kind.key, row.who) for row in desk.window.page("history").model.shown_rows() if row.kind}
    assert ("bid_decision", "A. Okafor") in rows


def test_where_there_is_little_room_the_panel_lies_over_the_page(desk, page):
    desk.window.resize(1100, 680)
    tab = page.current
    tab.take_keyboard()
    assert not tab.side.isVisible()
    press(Qt.Key.Key_F8)
    press(Qt.Key.Key_Return)
    assert tab.side.isVisible()
    assert tab.side.isAncestorOf(QApplication.focusWidget())
    press(Qt.Key.Key_A)
    tab.side.fields.focus_field("reason")
    QTest.keyClicks(QApplication.focusWidget(), WHY)
    press(Qt.Key.Key_Return, CTRL)
    assert not tab.side.isVisible(), "the next cell is shown"
    assert tab.table.hasFocus()


def test_the_search_finds_the_letters(desk, page):
    tab = page.current
    tab.take_keyboard()
    press(Qt.Key.Key_F8)
    press(Qt.Key.Key_Q)
    QTest.keyClicks(QApplication.focusWidget(), "How was it worked out, please?")
    press(Qt.Key.Key_Return, CTRL)
    assert tab.letters.button.isVisible()
    found = [each.title for each in find_commands("letter", (), desk.window.page_commands())]
    assert found[0].startswith(f"Letter to {CALDER.name}: 1 question, due ")
    assert found[-1] == "Save all letters in a folder"
