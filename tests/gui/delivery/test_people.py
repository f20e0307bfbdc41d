"""Person numbers in the panel of a claim: added, pasted, changed and taken out by keyboard, and what they show."""

from __future__ import annotations

from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from tests.services.council import promise
from tests.services.deliveries import Q1
from tomsapp.gui.delivery import people_paste
from tomsapp.gui.records import record_dialog
from tomsapp.gui.widgets.problems import ProblemRow
from tomsapp.services.failures import StoreError

LINES = (promise("J01", "2", "2"), promise("J02", "1", "1"), promise("V04", "120", "120"))


@pytest.fixture
def claimed(desk):
    """A claim of jobs in the first quarter, open in the panel, and another of the same people."""
    d = desk(LINES)
    two = Decimal(2)
    d.enter(d.claim("J01", Q1, "2", new=two), d.claim("J02", Q1, "1", new=Decimal(1)), d.claim("V04", Q1, "24"))
    d.open()
    d.cell("J01", 1)
    QTest.keyClick(d.table, Qt.Key.Key_Return)
    return d


def people(d):
    return d.tab.side.people


def type_into(form, name, text):
    control = form.field(name).control
    control.setFocus()
    QTest.keyClick(control, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(control, text)
    return control


def add(d, number, began="20 April 2026"):
    people(d).add_button.click()
    dialog = people(d).dialog
    type_into(dialog.form, "number", number)
    QTest.keyClick(type_into(dialog.form, "began_on", began), Qt.Key.Key_Return)
    return dialog


def numbers(d):
    return [row.change.accessibleName().removeprefix("Change ") for row in people(d).rows]


def test_a_number_is_added_with_enter_and_undone(claimed):
    d = claimed
    assert people(d).isVisible()
    dialog = add(d, "P-001")
    assert not dialog.isVisible()
    assert numbers(d) == ["P-001"]
    assert people(d).rows[0].accessibleName() == "P-001, New, from 20 April 2026"
    assert people(d).accessibleName() == "1 person number"
    assert people(d).heads.text.text().startswith("1 person number for 2 people returned.")
    d.session.undo()
    assert numbers(d) == []


def test_the_dialog_says_never_to_type_names_and_keeps_none(claimed):
    d = claimed
    dialog = add(d, "Jane Smith")
    assert dialog.isVisible()
    assert dialog.form.field("number").error.startswith("It could be a name. Enter up to three letters and a number")
    rows = [row for row in dialog.findChildren(ProblemRow) if row.isVisible()]
    assert "Never type a name" in rows[0].text.text()
    dialog.reject()
    assert d.opened.people == {}


@pytest.mark.parametrize("is_wanted", [True, False])
def test_what_looks_like_a_name_is_asked_about(claimed, monkeypatch, is_wanted):
    asked = []
    monkeypatch.setattr(record_dialog, "ask_first", lambda _on, _q, said, *_b, **_m: (asked.append(said), is_wanted)[1])
    dialog = add(claimed, "Ann-1")
    assert asked == [["Ann-1 could be a name. Enter the supplier’s own number."]]
    assert dialog.isVisible() is not is_wanted
    assert numbers(claimed) == (["Ann-1"] if is_wanted else [])
    dialog.reject()


def test_a_person_in_two_measures_is_asked_about_and_then_told_beside_both_rows(claimed, monkeypatch):
    d = claimed
    add(d, "P-001")
    d.cell("J02", 1)
    asked = []
    monkeypatch.setattr(record_dialog, "ask_first", lambda _on, _q, said, *_b, **_m: asked.append(said) or True)
    add(d, "P-1")
    assert asked[0][0].startswith("P-1 is claimed for J01 in Q1 (Apr to Jun 2026) too")

    def told():
        return [row.text.text() for row in people(d).rows[0].problems]

    assert told()[0].startswith("P-1 is claimed for J01")
    assert told()[0].endswith("Take the person out of one of them.")
    assert people(d).accessibleName() == "1 person number, 1 with something to put right"
    d.cell("J01", 1)
    assert told()[0].startswith("P-001 is claimed for J02")
    people(d).rows[0].out.click()
    d.cell("J02", 1)
    assert told() == []


def test_numbers_are_pasted_from_a_spreadsheet(claimed):
    d = claimed
    add(d, "P-001")
    text = "Number\tBegan on\tNew or not\nP-001\t21/4/2026\tNew\nP-002\t1/5/2026\tRetained\nJane Smith\t1/5/2026\tNew"
    QGuiApplication.clipboard().setText(text)
    people(d).add_button.setFocus()
    QTest.keyClick(people(d).add_button, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    dialog = people(d).dialog
    assert dialog.said.text() == "2 people understood. 1 line is left out."
    understood = dialog.understood.toPlainText().split("\n")
    assert understood[:2] == ["P-001: New, from 21 April 2026", "P-002: Retained, from 1 May 2026"]
    assert understood[2].startswith("Line 4 is left out. The person number could be a name.")
    assert dialog.go_button.text() == "Add 2 person numbers"
    dialog.go_button.click()
    assert numbers(d) == ["P-001", "P-002"]
    assert people(d).rows[0].accessibleName() == "P-001, New, from 21 April 2026"
    d.session.undo()
    assert numbers(d) == ["P-001"]


def test_nothing_is_pasted_of_what_holds_no_numbers(claimed, monkeypatch):
    d = claimed
    QGuiApplication.clipboard().setText("Minutes of the meeting")
    people(d).paste_button.click()
    dialog = people(d).dialog
    assert (dialog.given.text, dialog.said.text()) == ("", "Nothing is pasted yet.")
    dialog.go_button.click()
    assert dialog.isVisible()
    assert dialog.given.error.startswith("Paste lines that begin with a person number")
    dialog.given.set_text("Ann-1")
    monkeypatch.setattr(people_paste, "ask_first", lambda *_given, **_more: False)
    dialog.go_button.click()
    assert dialog.isVisible()
    dialog.reject()
    assert numbers(d) == []


def test_a_number_is_changed(claimed):
    d = claimed
    add(d, "P-001")
    people(d).rows[0].change.click()
    dialog = people(d).dialog
    assert dialog.windowTitle() == "Change person number of J01, Q1 (Apr to Jun 2026)"
    QTest.keyClick(type_into(dialog.form, "ended_on", "1 June 2026"), Qt.Key.Key_Return)
    assert people(d).rows[0].accessibleName() == "P-001, New, from 20 April 2026 to 1 June 2026"


def test_many_numbers_are_shown_when_they_are_asked_for(claimed):
    d = claimed
    QGuiApplication.clipboard().setText("\n".join(f"P-{number:03}" for number in range(1, 10)))
    people(d).paste_button.click()
    people(d).dialog.go_button.click()
    assert len(people(d).rows) == 6
    assert people(d).more_button.text() == "Show all 9"
    people(d).more_button.click()
    assert len(people(d).rows) == 9
    assert people(d).more_button.isHidden()


def test_no_numbers_are_asked_where_a_measure_counts_no_people(claimed):
    d = claimed
    d.cell("V04", 1)
    assert people(d).isHidden()
    d.cell("J01", 2)
    assert people(d).isHidden(), "nothing was returned there"


def test_what_cannot_be_saved_is_said_and_read_anew(claimed, monkeypatch):
    d = claimed

    def refuse(*_given):
        raise StoreError("Somebody was first", "Look again")

    monkeypatch.setattr("tomsapp.gui.delivery.people_list.save_people", refuse)
    dialog = add(d, "P-001")
    assert dialog.trouble.text.text() == "Nothing was saved. Somebody was first. Look again."
    assert numbers(d) == []
