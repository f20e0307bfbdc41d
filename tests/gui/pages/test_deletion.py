"""Settings, Deletion: files whose day is over are found from Start and deleted with the reason."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QWidget

from tests.gui.pages.office import open_office
from tests.services.deliveries import begin_signed, claim, delivered, enter
from tomsapp.domain.delivery.evidence import STORED_FILE, Evidence
from tomsapp.gui.widgets.tick_list import TickList
from tomsapp.services.evidence import OfferedFile, attach, evidence_of
from tomsapp.services.failures import StoreError

WHY = "By the retention schedule"
OVER = date(2026, 11, 1)


@pytest.fixture
def office(qtbot, monkeypatch, tmp_path):
    office = open_office(qtbot, monkeypatch, tmp_path)
    office.make()
    return office


@pytest.fixture
def made(office):
    """A signed contract with two claims, each with a file whose day is over, and one that is kept."""
    workspace = office.session.workspace
    made = begin_signed(workspace)
    claims = enter(workspace, made, *(claim(line) for line in made.lines))
    for name, until in (("log.pdf", OVER), ("plan.pdf", OVER), ("kept.pdf", date(2060, 1, 1))):
        of = frozenset({str(claims[0].id)})
        file = OfferedFile(name, b"%PDF-1.7 " + name.encode(), "application/pdf")
        attach(workspace, delivered(workspace, made), Evidence(name, keep_until=until, deliveries=of), file)
    office.window.page("start").refresh(None)
    return made


def tab_of(office):
    office.window.go_to("settings", "deletion")
    return office.window.page("settings").deletion


def press(dialog, words):
    next(b for b in dialog.findChildren(QAbstractButton) if b.text() == words).click()


def test_start_tells_of_them_and_leads_to_the_list(office, made):
    office.window.go_to("start")
    start = office.window.page("start")
    assert start.files_due.text.text() == "2 files of evidence are due for deletion."
    start.files_due.link.click()
    page = office.window.page("settings")
    assert (page.tabs.current, page.deletion.isVisible()) == ("deletion", True)
    office.session.set_workspace(None)
    assert start.files_due.isHidden()


def test_nothing_due_is_said(office):
    tab = tab_of(office)
    assert tab.count.text() == "No file is due for deletion."
    assert not tab.delete_button.isVisible()
    assert "files_due" not in vars(office.window.page("start"))


def test_files_are_deleted_with_a_reason_and_what_they_were_stays(office, made):
    tab = tab_of(office)
    assert tab.count.text() == "2 files are due for deletion."
    assert tab.due[0].words.endswith(tab.due[0].stored.short_hash)
    assert {each.words.split(",")[0] for each in tab.due} == {"log.pdf of C1", "plan.pdf of C1"}
    tab.files.list.item(1).setCheckState(Qt.CheckState.Unchecked)
    assert tab.delete_button.text() == "Delete 1 file"
    tab.delete_button.click()
    assert tab.reason.error.startswith("Say why they are deleted")
    QTest.keyClicks(tab.reason.line, WHY)
    tab.delete_button.click()
    assert f"Because: {WHY}" in tab.dialog.sentences
    press(tab.dialog, "Delete 1 file")
    assert (tab.count.text(), tab.notice.text.text()) == ("1 file is due for deletion.", "1 file was deleted.")
    assert tab.reason.text == ""
    gone = [view.stored for view in evidence_of(office.session.workspace, made.id) if view.stored.removed_on]
    assert [(each.removed_because, each.removed_by, each.size > 0) for each in gone] == [(WHY, "A. Okafor", True)]
    assert office.session.undo_stop.startswith("1 file was deleted for good on ")
    page = office.window.page("settings")
    page.history_button.click()
    line = next(row for row in office.window.page("history").model.shown_rows() if row.kind is STORED_FILE)
    assert line.who == "A. Okafor"


def test_what_is_unticked_stays_unticked_and_nothing_ticked_is_told(office, made):
    tab = tab_of(office)
    for row in range(2):
        tab.files.list.item(row).setCheckState(Qt.CheckState.Unchecked)
    tab.load()
    assert tab.files.chosen == []
    tab.delete_button.click()
    assert tab.notice.text.text() == "Tick the files that are to be deleted."
    tab.rules_link.click()
    assert office.window.page("settings").tabs.current == "delivery"


def test_what_a_colleague_needs_longer_is_refused_and_the_list_read_anew(office, made, monkeypatch):
    tab = tab_of(office)
    said = []
    office.session.jobs.failed.disconnect()
    office.session.jobs.failed.connect(said.append)

    def refuse(*_given):
        raise StoreError("One of the files is needed longer", "Look at the list again")

    monkeypatch.setattr("tomsapp.gui.settings.deletion_tab.delete_files", refuse)
    tab.reason.set_text(WHY)
    tab.delete_button.click()
    press(tab.dialog, "Delete 2 files")
    assert [error.message for error in said] == ["One of the files is needed longer"]
    assert tab.count.text() == "2 files are due for deletion."


def test_what_start_tells_on_a_line_of_its_own_is_not_told_of_the_contract_again(office, made):
    office.window.go_to("start")
    start = office.window.page("start")
    assert start.files_due.isVisible()
    told = " ".join(each.accessibleName() for each in start.due_card.findChildren(QWidget))
    assert "C1" in told or "Roads" in told
    assert "due for deletion" not in told


def test_of_a_long_list_those_that_the_search_finds_are_ticked_together(qtbot):
    ticks = TickList("Files", ticks_all=True)
    qtbot.addWidget(ticks)
    ticks.show()
    names = [f"log {number}.pdf of C{number % 3}" for number in range(30)]
    ticks.set_options([(name, name) for name in names], names)
    assert ticks.found.text() == "All 30, 30 ticked"
    QTest.keyClicks(ticks.search, "of c1")
    assert ticks.found.text() == "10 of 30 found, 10 ticked, and 20 ticked that are not shown"
    with qtbot.waitSignal(ticks.ticked):
        QTest.keyClick(ticks.none_link, Qt.Key.Key_Space)
    assert ticks.found.text() == "10 of 30 found, 0 ticked, and 20 ticked that are not shown"
    assert len(ticks.chosen) == 20
    ticks.search.clear()
    ticks.none_link.click()
    assert ticks.chosen == []
    QTest.keyClicks(ticks.search, "of c1")
    ticks.all_link.click()
    assert len(ticks.chosen) == 10
    assert ticks.found.text() == "10 of 30 found, 10 ticked"
