"""Entering what a supplier returned in the panel: by hand, from the plan, with errors, undo, and colleagues."""

from dataclasses import replace
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.services.council import promise
from tests.services.deliveries import Q1, Q2, accept
from tomsapp.domain.delivery.delivery import Delivery
from tomsapp.gui.delivery.claim_form import PEOPLE
from tomsapp.gui.dialogs.edit_conflict import ConflictChoice
from tomsapp.services import delivery_claims


def open_cell(desk, measure, number):
    desk.cell(measure, number)
    QTest.keyClick(desk.table, Qt.Key.Key_Return)


def type_into(desk, **texts):
    """Type into fields of the panel, as a person does."""
    for name, text in texts.items():
        control = desk.tab.side.fields.field(name).control
        control.setFocus()
        control.selectAll()
        QTest.keyClicks(control, text)


def save(desk):
    desk.tab.side.save_button.click()


def held(desk, measure="V04", quarter=Q1):
    return desk.opened.find(desk.lines[measure].record.key, quarter)


def test_enter_opens_the_cell_and_what_is_typed_is_saved_with_undo(desk):
    d = desk().open()
    asked = []
    d.page.wants_panel.connect(asked.append)
    open_cell(d, "V04", 1)
    side = d.tab.side
    assert asked == [True]
    assert side.fields.field("claimed").control.hasFocus() or side.window().focusWidget() is not None
    assert side.title.text() == d.opened.edition.places["V04"].measure.title
    assert (side.quarter.text(), side.state.text()) == ("Q1 (Apr to Jun 2026)", "0 of 30 hours. No return")
    type_into(d, claimed="24", evidenced="20", note="As the log of the schools shows", returned_on="10 July 2026")
    save(d)
    found = held(d).record
    assert (found.claimed, found.evidenced, found.note) == (Decimal(24), Decimal(20), "As the log of the schools shows")
    assert d.shown("V04", 1) == "24 of 30 Evidenced"
    assert d.session.undo_label.startswith("Enter the return of Q1 (Apr to Jun 2026) of V04")
    d.session.undo()
    assert held(d) is None
    assert d.shown("V04", 1) == "0 of 30 No return"


def test_c_copies_the_plan_into_the_claim(desk):
    d = desk().open()
    d.cell("V04", 2)
    QTest.keyClick(d.table, Qt.Key.Key_C)
    side = d.tab.side
    assert side.fields.facts["claimed"].typed() == "30"
    save(d)
    asked = side.fields.field("evidenced").error
    assert asked == "Enter a number, 0 where there is no evidence", "nobody said yet what the evidence shows"
    type_into(d, evidenced="0")
    save(d)
    assert held(d, "V04", Q2).record.claimed == Decimal(30)
    assert d.shown("V04", 2) == "30 of 30 Claimed"


def test_what_is_wrong_stands_at_its_field_and_nothing_is_saved(desk):
    d = desk().open()
    open_cell(d, "V04", 1)
    fields = d.tab.side.fields
    save(d)
    assert fields.field("claimed").error == "Enter a number, or 0 with a sentence that says why"
    type_into(d, claimed="24", evidenced="30")
    save(d)
    assert fields.field("evidenced").error == "More is evidenced than was claimed. Enter 24 or less"
    type_into(d, claimed="0", evidenced="0")
    save(d)
    assert fields.field("note").error.startswith("Nothing is claimed, and no sentence says why")
    assert held(d) is None


def test_the_measure_says_how_exact_a_claim_can_be(desk):
    d = desk((promise("J01", "1", "1"),)).open()
    open_cell(d, "J01", 4)
    type_into(d, claimed="0.12345")
    save(d)
    assert "decimals" in d.tab.side.fields.field("claimed").error


def test_who_the_people_are_is_asked_of_jobs_alone(desk):
    d = desk().open()
    fields = d.tab.side.fields
    open_cell(d, "J01", 4)
    assert not any(fields.field(name).isHidden() for name in PEOPLE)
    type_into(d, claimed="1", evidenced="1", new="1", retained="0", transferred="0")
    save(d)
    found = next(each.record for each in d.opened.deliveries)
    assert (found.new, found.retained, found.transferred) == (Decimal(1), Decimal(0), Decimal(0))
    d.cell("V04", 1)
    assert all(fields.field(name).isHidden() for name in PEOPLE)


@pytest.mark.parametrize("go", [True, False])
def test_a_claim_that_is_seldom_right_is_asked_about(desk, monkeypatch, go):
    asked = []
    monkeypatch.setattr(
        "tomsapp.gui.records.record_editor.ask_first",
        lambda _form, question, *_given, **_more: asked.append(question) or go,
    )
    d = desk().open()
    open_cell(d, "J01", 4)
    type_into(d, claimed="1", evidenced="1", new="0", retained="1")
    save(d)
    assert asked == ["Is this return right?"]
    assert bool(d.opened.deliveries) == go


def test_what_is_typed_stays_with_its_cell_until_it_is_saved_or_discarded(desk):
    d = desk().open()
    open_cell(d, "V04", 1)
    type_into(d, claimed="24")
    d.cell("V04", 2)
    assert d.tab.side.fields.facts["claimed"].typed() == ""
    d.cell("V04", 1)
    assert d.tab.side.fields.facts["claimed"].typed() == "24"
    assert d.tab.side.note.text.text() == "What you typed before is shown. It has not been saved yet."
    d.page.refresh(None)
    assert d.tab.side.fields.facts["claimed"].typed() == "24", "what others save takes nothing away"
    d.tab.side.discard_button.click()
    assert d.tab.side.fields.facts["claimed"].typed() == ""


def test_a_claim_that_is_decided_is_read_only(desk):
    d = desk()
    (claim,) = d.enter(d.claim("V04", Q1, "24"))
    d.session.set_who("P. Officer")
    accept(d.workspace, d.made, claim)
    d.open()
    open_cell(d, "V04", 1)
    assert d.tab.side._entry.isHidden()
    assert d.tab.side.decided.text().splitlines()[:3] == ["Claimed: 24", "Evidenced: 24", "Accepted: 24"]
    d.tab.copy_plan()
    assert held(d).record == d.opened.deliveries[0].record


def test_beside_the_quarters_there_is_nothing_to_enter(desk):
    d = desk().open()
    d.cell("V04", 5)
    QTest.keyClick(d.table, Qt.Key.Key_Return)
    assert d.tab.side._entry.isHidden()
    assert d.tab.side.state.text() == "Choose a quarter to see what was returned in it, or to enter it."


# Colleagues


def colleague_saves(d, measure, claimed):
    """Another officer enters or changes the first quarter, in a window of their own."""
    d.workspace.who = "P. Officer"
    before = held(d, measure)
    if before is None:
        after: Delivery = d.claim(measure, Q1, claimed)
    else:
        after = replace(before.record, claimed=Decimal(claimed))
    delivery_claims.save_claim(d.workspace, d.opened, before, after)
    d.workspace.who = "A. Okafor"


@pytest.mark.parametrize("choice", [ConflictChoice.MINE, ConflictChoice.THEIRS])
def test_a_quarter_that_a_colleague_entered_meanwhile_is_told_and_asked_about(desk, monkeypatch, choice):
    seen = []
    monkeypatch.setattr(
        "tomsapp.gui.records.record_editor.resolve_conflict",
        lambda _form, error, mine, _fields: seen.append((error.theirs.record.claimed, mine.claimed)) or choice,
    )
    d = desk().open()
    open_cell(d, "V04", 1)
    type_into(d, claimed="24", evidenced="0")
    colleague_saves(d, "V04", "28")
    d.page.refresh(None)
    assert d.tab.side.note.text.text() == (
        "P. Officer entered this quarter while you typed. Yours is shown; you choose when you save."
    )
    save(d)
    assert seen == [(Decimal(28), Decimal(24))]
    mine = choice is ConflictChoice.MINE
    typed = [d.tab.side.fields.facts[name].typed() for name in ("claimed", "evidenced")]
    assert typed == (["24", "0"] if mine else ["28", "28"])


def test_what_a_colleague_changed_of_another_fact_is_taken_in(desk):
    d = desk()
    d.enter(d.claim("V04", Q1, "24", evidenced=Decimal(10)))
    d.open()
    open_cell(d, "V04", 1)
    type_into(d, note="The log came by post on Monday")
    colleague_saves(d, "V04", "28")
    d.page.refresh(None)
    assert d.tab.side.fields.facts["claimed"].typed() == "28"
    assert "P. Officer changed Claimed meanwhile" in d.tab.side.note.text.text()
    save(d)
    found = held(d).record
    assert (found.claimed, found.note) == (Decimal(28), "The log came by post on Monday")


def test_the_panel_of_the_commitments_comes_back_with_their_tab(desk):
    d = desk().open()
    assert d.tab.side.isVisible()
    d.page.show_tab("commitments")
    assert d.page.forms.panel.isVisible()
    assert not d.tab.side.isVisible()
