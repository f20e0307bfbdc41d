"""The step Check and issue: what is left, what is confirmed once, and what is issued and amended."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel

from tests.services.tenders.build import measure
from tomsapp.domain.tender.acts import TenderActKind
from tomsapp.domain.tender.choices import TenderStatus
from tomsapp.domain.tender.question import Question
from tomsapp.domain.tender.setup import Step
from tomsapp.exchange.tender_act_json import read_tender_act
from tomsapp.gui.widgets.buttons import LinkButton
from tomsapp.gui.widgets.problems import ProblemRow
from tomsapp.services.databases import open_workspace
from tomsapp.services.tenders.acts import document_bytes
from tomsapp.services.tenders.facts import TENDER_FACTS
from tomsapp.services.tenders.issuing import read_version
from tomsapp.services.tenders.parts import BIDDER_QUESTIONS, MEASURES, QUESTIONS

D = Decimal
TODAY = date.today()  # noqa: DTZ011 - a deadline is in the future of whoever issues


@pytest.fixture
def tab(desk):
    """A tender that can be issued, with warnings, opened at the step Check."""
    change(desk, deadline_on=TODAY + timedelta(days=40))
    tab = desk.open().current
    tab.open_step(Step.CHECK)
    return tab


@pytest.fixture
def step(tab):
    return tab.current


def change(desk, **facts):
    read = desk.read()
    TENDER_FACTS.save(desk.workspace, read.stored, replace(read.tender, **facts))
    desk.window.refresh(None)


def words(widget):
    QApplication.processEvents()
    return [label.text() for label in widget.findChildren(QLabel) if label.isVisible() and label.text()]


def issue(step, role="Procurement lead"):
    step.issue_button.click()
    dialog = step.issuer.dialog
    dialog.role.set_text(role)
    dialog.go_button.click()
    return dialog


def test_what_is_left_stands_step_by_step_with_a_link_to_its_field(desk, tab, step):
    MEASURES.add(desk.workspace, desk.read(), [measure("S08", relevance="")])
    QUESTIONS.add(desk.workspace, desk.read(), [Question(2, "Training", "", D(0))])
    desk.window.refresh(None)
    assert step.state.text() == "4 things are left before version 1 can be issued"
    rows = {row.text.text(): row for row in step.findChildren(ProblemRow)}
    link = rows["S08 does not say why it is asked."].findChild(LinkButton)
    assert link.accessibleName() == "Put it right: S08 does not say why it is asked"
    link.click()
    assert tab.current_step is Step.MENU
    assert tab.current.table.view == "reasons"
    assert QApplication.focusWidget() is tab.current.table
    tab.open_step(Step.CHECK)
    assert QApplication.focusWidget().accessibleName().startswith("Put it right")


def test_the_button_is_never_disabled_and_goes_to_what_is_left_first(desk, tab, step):
    change(desk, price_weight=D(30))
    assert step.issue_button.isEnabled()
    step.issue_button.click()
    assert step.issuer.dialog is None
    assert tab.current_step is Step.WEIGHTS
    assert QApplication.focusWidget() is tab.current.form.field("price_weight").control


def test_issuing_shows_what_is_warned_of_asks_for_role_and_day_and_is_confirmed_once(desk, tab, step):
    assert step.state.text().startswith("Version 1 can be issued.")
    step.issue_button.click()
    dialog = step.issuer.dialog
    said = words(dialog)
    assert any("would be short by" in each for each in said)
    assert any("has no answer yet" in each for each in said)
    assert dialog.done_on.date == TODAY
    assert QApplication.focusWidget() is dialog.role.control
    dialog.go_button.click()
    assert dialog.role.error.startswith("Enter your role")
    dialog.done_on.set_date(TODAY + timedelta(days=2))
    dialog.role.set_text("Procurement lead")
    dialog.go_button.click()
    assert "has not come yet" in dialog.done_on.error
    dialog.done_on.line.set_text("soon")
    dialog.go_button.click()
    assert dialog.done_on.error.startswith("Enter a date")
    dialog.done_on.set_date(TODAY)
    dialog.go_button.click()
    assert not dialog.isVisible()
    read = desk.read()
    assert read.tender.status is TenderStatus.ISSUED
    (act,) = read.acts
    assert (act.kind, act.role, act.done_on, act.version) == (TenderActKind.ISSUE, "Procurement lead", TODAY, 1)
    confirmed = read_tender_act(document_bytes(desk.workspace, act)).confirmed
    assert any("would be short by" in each for each in confirmed)
    assert any(each.startswith("Pack version 1, issued on") for each in words(step))
    assert step.issue_button.text() == "Issue version 2"
    assert tab.panel.issue_button.text() == "Issue version 2"


def test_the_role_of_last_time_is_typed_over_and_only_its_button_issues(desk, step, qtbot):
    issue(step)
    change(desk, most_measures=2)
    step.issue_button.click()
    dialog = step.issuer.dialog
    assert dialog.role.line.selectedText() == "Procurement lead"
    qtbot.keyClicks(dialog.focusWidget(), "Head of procurement")
    qtbot.keyClick(dialog.focusWidget(), Qt.Key.Key_Return)
    assert [version.version for version in desk.read().versions] == [1]
    assert dialog.role.text == "Head of procurement"
    dialog.go_button.setFocus()
    qtbot.keyClick(dialog.go_button, Qt.Key.Key_Return)
    assert desk.read().acts[-1].role == "Head of procurement"
    assert [version.version for version in desk.read().versions] == [1, 2]


def test_an_amendment_shows_what_changed_before_and_while_it_is_issued(desk, step):
    issue(step)
    asked = desk.read().asked[0]
    BIDDER_QUESTIONS.save(
        desk.workspace, desk.read(), asked, replace(asked.record, answer="Yes", answered_on=asked.record.asked_on)
    )
    change(desk, price_weight=D(35), quality_weight=D(45))
    told = words(step.changes)
    assert any(each.startswith("Weight of price: 35 instead of 40") for each in told)
    step.issue_button.click()
    dialog = step.issuer.dialog
    assert any(each.startswith("– Weight of price: 35 instead of 40") for each in words(dialog))
    assert "3 changes since version 1" in words(dialog)
    dialog.go_button.click()
    assert desk.read().versions[-1].version == 2
    assert desk.read().acts[-1].kind is TenderActKind.AMEND


def test_nothing_is_amended_where_nothing_changed(desk, tab, step, qtbot):
    """Also right after issuing: the button that has the keyboard then leads to the pack."""
    page = desk.window.page("tenders").shown
    step.focus_field("")
    dialog = issue(step)
    assert not dialog.isVisible()
    desk.window.activateWindow()
    QApplication.processEvents()
    for part in (step, tab.panel):
        assert [part.issue_button.isVisible(), part.pack_button.isVisible()] == [False, True]
        assert "Once something is changed, version 2 can be issued, with a list of what changed." in words(part)
    assert step.state.text() == "Bidders have all there is: nothing was changed since version 1"
    assert not step.changes.isVisible()
    assert QApplication.focusWidget() is step.pack_button
    tab.panel.pack_button.click()
    assert page.tabs.current == "pack"
    page.show_tab("setup")
    step.focus_field("")
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Space)
    assert page.tabs.current == "pack"
    assert [version.version for version in desk.read().versions] == [1]
    page.show_tab("setup")
    change(desk, most_measures=2)
    for part in (step, tab.panel):
        assert [part.issue_button.isVisible(), part.pack_button.isVisible()] == [True, False]


def test_what_somebody_took_back_meanwhile_is_not_issued(desk, step):
    issue(step)
    change(desk, most_measures=2)
    step.issue_button.click()
    dialog = step.issuer.dialog
    change(desk, most_measures=None)
    dialog.go_button.click()
    assert dialog.isVisible()
    assert "Nothing differs from the version before" in dialog.notice.text.text()
    assert [version.version for version in desk.read().versions] == [1]
    dialog.reject()


def test_a_tender_that_a_colleague_changed_meanwhile_is_not_issued_and_what_was_typed_stays(desk, step):
    step.issue_button.click()
    dialog = step.issuer.dialog
    dialog.role.set_text("Procurement lead")
    bob = open_workspace(desk.workspace.database.path, desk.workspace.catalogue, "B. Singh", is_known=True)
    read = desk.read()
    TENDER_FACTS.save(bob, read.stored, replace(read.tender, most_measures=1))
    bob.close()
    dialog.go_button.click()
    assert dialog.isVisible()
    assert "Somebody changed T-2026-003 meanwhile" in dialog.trouble.accessibleName()
    assert dialog.role.text == "Procurement lead"
    assert desk.read().tender.status is TenderStatus.DRAFT
    assert any("An offer may have 1 measure" in each for each in words(dialog)), "it is told what is new"
    dialog.go_button.click()
    assert desk.read().tender.status is TenderStatus.ISSUED
    assert read_version(desk.workspace, desk.read(), 1).pack.tender.most_measures == 1


def test_undo_stops_at_what_was_issued(desk, step):
    issue(step)
    assert desk.session.undo_stop.startswith("Issued on")
    assert desk.session.undo() is None


def test_the_panel_issues_too(desk, tab):
    tab.panel.issue_button.click()
    dialog = tab.panel.issuer.dialog
    dialog.role.set_text("Procurement lead")
    dialog.go_button.click()
    assert desk.read().tender.status is TenderStatus.ISSUED
