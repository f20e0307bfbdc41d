"""What stands beside the tabs never squeezes them: what the Actions menu has too is left out where there is no room."""

import pytest
from PySide6.QtWidgets import QLabel, QWidget

from tomsapp.gui.contract.beside_tabs import BesideTabs
from tomsapp.gui.tokens import PAGE_MARGIN
from tomsapp.gui.widgets.buttons import Button
from tomsapp.gui.widgets.layouts import in_row
from tomsapp.gui.widgets.painted_buttons import OpenProblemsButton


@pytest.fixture
def row(qtbot):
    header, tabs, kept = QWidget(), QLabel("Commitments  Delivery"), Button("Compare")
    short = OpenProblemsButton()
    spare = Button("Hand over"), Button("Reopen")
    beside = BesideTabs(header, tabs, short, (kept,), spare)
    in_row((tabs, 1), beside, inside=header)
    qtbot.addWidget(header)
    header.show()
    yield header, kept, spare, beside, short
    header.close()


def test_the_last_ones_are_left_out_first_and_come_back(row):
    header, kept, (hand_over, reopen), beside, _short = row
    header.resize(1200, 40)
    assert (hand_over.isVisible(), reopen.isVisible()) == (False, False), "neither is wanted yet"
    beside.want(hand_over, is_wanted=True)
    beside.want(reopen, is_wanted=True)
    assert (hand_over.isVisible(), reopen.isVisible()) == (True, True)
    header.resize(header.minimumSizeHint().width() + 10, 40)
    assert (kept.isVisible(), hand_over.isVisible(), reopen.isVisible()) == (True, True, False)
    header.resize(1200, 40)
    assert reopen.isVisible()
    beside.want(hand_over, is_wanted=False)
    assert (hand_over.isVisible(), reopen.isVisible()) == (False, True)


def test_open_problems_that_come_later_take_their_room_with_fewer_words(row, qtbot):
    header, kept, (hand_over, reopen), beside, short = row
    header.resize(1200, 40)
    for widget in (hand_over, reopen):
        beside.want(widget, is_wanted=True)
    header.resize(header.minimumSizeHint().width() + 2 * PAGE_MARGIN + 24, 40)
    assert reopen.isVisible()
    short.set_count(0, 1)
    qtbot.waitUntil(lambda: not reopen.isVisible(), timeout=2000)
    assert hand_over.isVisible()
    assert kept.width() == kept.sizeHint().width()
