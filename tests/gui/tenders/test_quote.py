"""The short route as a person takes it: one screen, three measures, issued in under three minutes."""

from __future__ import annotations

from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.gui.lists.people import button
from tests.services.tenders.build import begin_tender
from tomsapp.domain.tender.choices import Route, TenderStatus
from tomsapp.gui.tenders.tabs import PACK
from tomsapp.services.tenders.reading import list_tenders, open_tender

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
A_KEY, A_CLICK, A_LOOK = 0.3, 2.5, 12
"""Seconds that somebody takes who types 200 signs a minute and looks for what to click."""


class Clerk:
    """Types where the keyboard is, and counts how long a person takes for it."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def type(self, text):
        for sign in text:
            QTest.keyClick(QApplication.focusWidget(), sign)
        self.seconds += A_KEY * len(text)

    def press(self, key, held=Qt.KeyboardModifier.NoModifier, times=1):
        for _ in range(times):
            QTest.keyClick(QApplication.focusWidget(), key, held)
        self.seconds += A_KEY * times

    def fill(self, *texts):
        """Fields one after the other, each left with Tab; None passes one over."""
        for text in texts:
            if text is not None:
                self.type(text)
            self.press(Qt.Key.Key_Tab)

    def click(self, one):
        one.click()
        self.seconds += A_CLICK

    def look(self):
        self.seconds += A_LOOK


@pytest.fixture
def page(program):
    program.window.activateWindow()
    program.open("tenders", "quote")
    return program.window.page("tenders").shown


def add(page, *codes):
    page.measures.add([page.start_with.asked(code) for code in codes])


def fill_facts(page):
    for form, name, text in (
        (page.facts, "title", "Grounds"),
        (page.facts, "deadline_on", "22 January 2030"),
        (page.lot, "value", "60k"),
        (page.lot, "start_on", "1 April 2030"),
        (page.lot, "end_on", "1 year"),
    ):
        form.field(name).set_text(text)
        form.field(name).edited.emit()
    page._look_again()


def fill_measures(page, *targets):
    for row, target in zip(page.measures.rows, targets, strict=True):
        row.field("target").set_text(target)
        row.field("relevance").set_text("It fits the work")
        row.edited.emit()
    page._look_again()


def test_a_quote_of_60_000_pounds_is_issued_in_under_three_minutes(program, qtbot):
    program.window.activateWindow()
    qtbot.waitUntil(program.window.isActiveWindow)
    clerk = Clerk()
    program.open("tenders", "list")
    clerk.press(Qt.Key.Key_Q, CTRL | SHIFT)
    page = program.window.page("tenders").shown
    assert QApplication.focusWidget() is page.facts.field("title").control
    clerk.look()
    clerk.fill("Grounds maintenance of three parks", None, None, "22 January 2030")
    page.lot.field("value").control.setFocus()
    clerk.seconds += A_CLICK
    clerk.fill("60000", "1 April 2030")
    page.lot.field("end_on").control.setFocus()
    clerk.seconds += A_CLICK
    clerk.fill("1 year")
    clerk.press(Qt.Key.Key_A, CTRL | SHIFT)
    picker = page.picker
    qtbot.waitUntil(lambda: QApplication.focusWidget() is picker.field)
    for word in ("J01", "V01", "S08"):
        clerk.press(Qt.Key.Key_A, CTRL)
        clerk.type(word)
        clerk.press(Qt.Key.Key_Return)
        clerk.look()
    assert list(picker.model.ticked) == ["J01", "V01", "S08"]
    clerk.press(Qt.Key.Key_Return, CTRL)
    assert page.measures.codes == ["J01", "V01", "S08"]
    program.window.activateWindow()  # which a screen does by itself when a dialog is closed
    qtbot.waitUntil(lambda: QApplication.focusWidget() is page.measures.rows[0].field("target").control)
    for row, target, why in zip(
        page.measures.rows,
        ("1", "500", "4"),
        ("The gardeners are hired locally", "Friends of the parks", "Pupils see the trade"),
        strict=True,
    ):
        row.field("target").control.setFocus()
        clerk.seconds += A_CLICK
        clerk.fill(target, why)
    page._look_again()
    assert page.state.whole.startswith("Ready to issue")
    clerk.press(Qt.Key.Key_Return, CTRL)
    dialog = page.issuer.dialog
    clerk.look()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is dialog.role.control)
    clerk.type("Buyer")
    clerk.click(dialog.go_button)
    (row,) = list_tenders(program.workspace)
    opened = open_tender(program.workspace, row.id)
    assert (opened.tender.route, opened.tender.status) == (Route.QUOTE, TenderStatus.ISSUED)
    assert opened.lots[0].record.value == Decimal(60000)
    assert [each.record.target for each in opened.measures] == [Decimal(1), Decimal(4), Decimal(500)]
    assert clerk.seconds < 180
    shown = program.window.page("tenders").shown
    assert (shown.tender_id, shown.tabs.current) == (opened.id, PACK), "where it is written out to be sent"


def test_what_is_left_is_said_and_gone_to_when_issuing_is_tried_early(page, qtbot):
    assert "things are left. First: the tender has no title" in page.state.whole
    page.facts.field("title").set_text("Grounds")
    page.facts.field("title").edited.emit()
    page.issue_button.click()
    assert QApplication.focusWidget() is page.facts.field("deadline_on").control
    fill_facts(page)
    page.issue_button.click()
    assert QApplication.focusWidget() is page.measures.add_button
    add(page, "V01")
    page.measures.rows[0].field("target").set_text("many")
    page.issue_button.click()
    assert QApplication.focusWidget() is page.measures.rows[0].field("target").control
    page.measures.rows[0].field("target").set_text("5")
    page.issue_button.click()
    assert QApplication.focusWidget() is page.measures.rows[0].field("relevance").control
    assert page.issuer.dialog is None


def test_a_quote_is_saved_as_a_draft_with_little_in_it(page, program):
    page.facts.field("title").set_text("Grounds")
    page.save_button.click()
    shown = program.window.page("tenders").shown
    tender = open_tender(program.workspace, shown.tender_id).tender
    assert (tender.title, tender.route, tender.status) == ("Grounds", Route.QUOTE, TenderStatus.DRAFT)
    program.session.undo()
    assert list_tenders(program.workspace) == []


def test_what_is_typed_is_kept_until_it_is_given_up(page, program):
    fill_facts(page)
    add(page, "V01", "J01")
    fill_measures(page, "500", "1")
    for keeper in page.keepers:
        keeper.flush()
    program.open("tenders", "list")
    program.open("tenders", "quote")
    assert page.facts.field("title").text == "Grounds"
    assert page.lot.field("value").text == "60k"
    assert [row.field("target").text for row in page.measures.rows] == ["500", "1"]
    page.discard_button.click()
    program.open("tenders", "quote")
    assert page.facts.field("title").text == ""
    assert page.measures.rows == []


def test_a_measure_is_taken_out_and_a_sixth_is_not_offered(page):
    add(page, "V01", "J01", "S08", "V04", "J11")
    assert not page.measures.add_button.isEnabled()
    button(page.measures.rows[0], "").click()
    assert page.measures.codes == ["J01", "S08", "V04", "J11"]
    assert page.measures.add_button.isEnabled()
    assert QApplication.focusWidget() is page.measures.rows[0].field("target").control


def test_the_measures_of_the_last_quote_are_taken_over_with_their_reasons(page, program):
    assert not page.measures.last_button.isVisible()
    fill_facts(page)
    add(page, "V01", "J01")
    fill_measures(page, "500", "1")
    page.save_button.click()
    program.open("tenders", "quote")
    assert page.measures.last_button.isVisible()
    page.measures.last_button.click()
    assert sorted(page.measures.codes) == ["J01", "V01"]
    assert {row.field("relevance").text for row in page.measures.rows} == {"It fits the work"}


def test_a_reference_that_is_taken_is_said(page, program):
    begin_tender(program.workspace)
    fill_facts(page)
    page.facts.field("reference").set_text("T-2026-003")
    page.save_button.click()
    assert "T-2026-003" in page.facts.field("reference").error
    assert len(list_tenders(program.workspace)) == 1


def test_a_screen_that_is_given_up_leads_back_to_the_list(page, program):
    page.header.crumbs.chosen.emit("tenders")
    assert program.window.page("tenders").shown is program.window.page("tenders").list
