"""The dialog of an act of a tender: it stays open until what was said is enough."""

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from tomsapp.domain.problems import Problem, Severity, Where
from tomsapp.domain.tender.acts import TenderActFacts, TenderActKind
from tomsapp.gui.tenders.act_dialog import TenderActDialog

FREEZE = TenderActFacts(TenderActKind.FREEZE, date(2027, 2, 3), "")


def problem(name: str, severity: Severity = Severity.ERROR) -> Problem:
    return Problem("wrong", severity, f"It is wrong: {name or 'the whole'}", "Put it right", Where(field=name))


@pytest.fixture
def dialog(qtbot):
    def make(proposed=FREEZE, check=lambda _facts: []):
        made = TenderActDialog(proposed, "Freeze T-1", ("What it does.",), "Freeze evaluation", check, None)
        qtbot.addWidget(made)
        made.show()
        return made

    return make


def test_it_begins_where_something_is_to_be_said_and_gives_what_was_typed(dialog):
    one = dialog()
    assert one.role.control.hasFocus() or one.focusWidget() is one.role.control
    QTest.keyClicks(one.role.control, "Procurement lead")
    one.reason.set_text("  As the board agreed  ")
    assert one.facts == replace(FREEZE, role="Procurement lead", reason="As the board agreed")
    assert "What it does." in [label.text() for label in one.findChildren(QLabel)]
    with_role = dialog(replace(FREEZE, role="Lead"))
    assert with_role.focusWidget() is with_role.reason.control


def test_what_is_wrong_is_said_at_its_field_and_nothing_is_done(dialog):
    found = [problem("role"), problem("")]
    one = dialog(check=lambda _facts: found)
    QTest.mouseClick(one.go_button, Qt.MouseButton.LeftButton)
    assert one.isVisible()
    assert one.role.error == "It is wrong: role. Put it right"
    assert one.notice.text.text() == "It is wrong: the whole. Put it right"
    found.clear()
    QTest.mouseClick(one.go_button, Qt.MouseButton.LeftButton)
    assert not one.isVisible()


def test_a_day_is_needed_and_a_question_alone_stops_nothing(dialog):
    one = dialog(check=lambda _facts: [problem("reason", Severity.WARNING)])
    one.done_on.set_date(None)
    QTest.mouseClick(one.go_button, Qt.MouseButton.LeftButton)
    assert "Enter a date" in one.done_on.error
    one.done_on.set_date(date(2027, 2, 3))
    QTest.mouseClick(one.go_button, Qt.MouseButton.LeftButton)
    assert not one.isVisible()


def test_enter_never_does_what_takes_something_away(dialog):
    assert dialog().go_button.isDefault()
    assert not dialog(replace(FREEZE, kind=TenderActKind.TAKE_BACK)).go_button.isDefault()
    only = dialog(check=lambda _facts: [problem("")])
    QTest.mouseClick(only.go_button, Qt.MouseButton.LeftButton)
    assert only.isVisible()
