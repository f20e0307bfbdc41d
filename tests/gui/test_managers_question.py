"""The question of a manager, asked with the mouse alone in the window as it is: what did a ward get, and is it true?"""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.gui.person import Person
from tomsapp.bootstrap import menu_catalogue
from tomsapp.domain.portfolio import Grouping
from tomsapp.gui.application import build_window, new_session
from tomsapp.gui.jobs import Jobs
from tomsapp.services.example import make_example

ASKED = {
    Grouping.WARD: "Whole borough",
    Grouping.SUPPLIER_KIND: "Small or medium business",
    Grouping.QUARTER: "Q1 of 2026/27 (Apr to Jun 2026)",
}


@pytest.fixture
def manager(qtbot, tmp_path, monkeypatch):
    """Somebody in front of the Overview of the example council, at what was delivered."""
    monkeypatch.setenv("TOMSAPP_HOME", str(tmp_path / "home"))
    made = make_example(tmp_path / "example", menu_catalogue(), date(2026, 12, 1), with_documents=False)
    faults = []
    session = new_session(jobs=Jobs())
    session.set_who("A. Okafor")
    window = build_window(session, faults.append)
    qtbot.addWidget(window)
    window.resize(1366, 768)
    window.show()
    qtbot.waitExposed(window)
    person = Person(qtbot, window, session.jobs)
    window.go_to("start", str(made.database))
    person.settle()
    person.click("Overview")
    person.click("Delivery")
    yield person
    session.set_workspace(None)
    session.jobs.shut_down()
    assert faults == []


def tick(person, filters, grouping, words):
    """Click into the box before these words, which must be in view."""
    ticks = filters.lists[grouping].list
    (item,) = ticks.findItems(words, Qt.MatchFlag.MatchExactly)
    ticks.scrollToItem(item)  # a turn of the wheel is no click
    row = ticks.visualItemRect(item)
    at = QPoint(row.left() + 12, row.center().y())
    assert filters.rect().contains(ticks.viewport().mapTo(filters, at))
    assert ticks.viewport().rect().contains(at)
    person.click_at(ticks.viewport(), at)
    assert item.checkState() == Qt.CheckState.Checked


def test_what_a_ward_got_in_real_money_and_whether_it_is_true_takes_four_clicks(manager):
    page = manager.window.page("overview")
    manager.clicks = 0
    manager.click_at(page.filter_bar.more)
    filters = QApplication.activePopupWidget()
    for grouping, words in ASKED.items():
        tick(manager, filters, grouping, words)
    assert manager.clicks == 4
    QTest.keyClick(filters, Qt.Key.Key_Escape)
    manager.settle()
    told = {card.accessibleName().partition(", ")[0]: card.accessibleName() for card in page.delivery.headlines.cards}
    for state in ("Claimed", "Evidenced", "Accepted"):
        assert "£5,000.00 real pounds" in told[state]
    said = page.delivery.told.text()
    assert said.startswith("Q1 of 2026/27 (Apr to Jun 2026), beside Q4 of 2025/26 (Jan to Mar 2026).")
    assert "Money handed over: £5,000.00 received, £5,000.00 passed on, £0.00 still held." in said
