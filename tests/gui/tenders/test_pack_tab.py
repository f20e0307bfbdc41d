"""The tab Pack as an officer uses it: what went out, what is not issued yet, questions of bidders, the folder."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QFileDialog

from tests.gui.tenders.received import AFTER, TabDesk
from tests.services.tenders.build import NOW
from tests.services.tenders.offers import DAY, ISSUE, OPEN
from tomsapp.domain.tender.acts import TenderActKind
from tomsapp.domain.tender.setup import Step
from tomsapp.gui.tenders.pack_tab import PackTab
from tomsapp.gui.widgets.text import Text
from tomsapp.services import edits
from tomsapp.services.progress import Cancelled
from tomsapp.services.tenders.facts import TENDER_FACTS
from tomsapp.services.tenders.issuing import issue, version_bytes
from tomsapp.services.tenders.opening import open_offers


@pytest.fixture
def desk(qtbot, tmp_path, jobs, preferences):
    made = []

    def make(**how):
        made.append(TabDesk(qtbot, tmp_path, jobs, preferences, PackTab, **how))
        return made[-1]

    yield make
    for one in made:
        assert one.failures == []
        one.workspace.close()


def change(d, **facts):
    page = d.read()
    TENDER_FACTS.save(d.workspace, page.stored, replace(page.tender, **facts))
    d.show()


def amend(d, version=2):
    issue(d.workspace, d.read(), replace(ISSUE, kind=TenderActKind.AMEND, version=version), NOW)
    d.show()


def told(d):
    QApplication.processEvents()
    return [each.text() for each in d.tab.findChildren(Text) if each.isVisible()]


def states(d):
    model = d.tab.asked.model
    return [model.row_object(place).state for place in range(model.rowCount())]


def test_the_newest_version_says_by_what_it_is_known(desk):
    d = desk()
    assert d.tab.identity.heading.text() == "Version 1, issued on 4 January 2027 by A. Okafor"
    sha256 = d.read().versions[-1].sha256
    assert d.tab.identity.sha.text() == f"SHA-256 {sha256}"
    d.tab.identity.copy_button.click()
    assert QGuiApplication.clipboard().text() == f"T-2026-003, pack version 1, SHA-256 {sha256}"
    assert d.tab.pending.isHidden()


def test_what_is_not_issued_is_told_and_leads_to_where_it_is_issued(desk):
    d = desk()
    change(d, deadline_on=DAY + timedelta(days=7))
    assert d.tab.pending.heading.text() == "1 change is not issued, so bidders do not know of it"
    assert any(each.startswith("Deadline: 12 noon, Friday 29 January 2027") for each in told(d))
    d.tab.pending.amend_button.click()
    assert d.pages == [("setup", Step.CHECK)]
    amend(d)
    assert d.tab.pending.isHidden()
    assert d.tab.identity.heading.text().startswith("Version 2, amended on")
    assert len(d.tab.versions.links) == 2
    assert any(each.startswith("Deadline: 12 noon, Friday 29 January 2027") for each in told(d)), "of version 2"


def test_many_changes_leave_room_for_what_was_issued(desk):
    d = desk()
    change(
        d,
        title="Cleaning of libraries",
        deadline_on=DAY + timedelta(days=7),
        price_weight=d.read().tender.quality_weight - 10,
        quality_weight=d.read().tender.price_weight + 10,
        contract_manager="M. Reid",
        most_measures=5,
    )
    assert any(each.endswith("more, which the amendment lists") for each in told(d))


def test_a_question_is_entered_answered_issued_and_taken_out(desk):
    d = desk()
    assert states(d) == ["Waits for an answer"]
    assert d.tab.head_words == "1 question waits for an answer"
    d.tab.asked.add_button.click()
    dialog = d.tab.asked.dialog
    dialog.go_button.click()
    assert dialog.form.field("question").error == "Enter what was asked"
    dialog.form.field("question").set_text("Are the hubs open on Sundays?")
    dialog.go_button.click()
    assert states(d) == ["Waits for an answer"] * 2
    d.tab.asked.table.select_place(0)
    d.tab.asked.table.row_opened.emit(d.tab.asked.current)
    dialog = d.tab.asked.dialog
    assert dialog.form.typed()["answered_on"] == "21 January 2027"
    dialog.form.field("answer").set_text("No.")
    dialog.go_button.click()
    assert "Answered, not issued yet" in states(d)
    amend(d)
    assert states(d)[0] == "In version 2"
    d.tab.asked.out_button.click()
    assert len(states(d)) == 1
    edits.undo(d.workspace, d.session._done[-1])
    d.show()
    assert len(states(d)) == 2


def test_f8_goes_to_the_questions_that_wait(desk):
    d = desk()
    assert d.tab.step(1)
    assert d.tab.asked.current.state == "Waits for an answer"
    assert d.tab.step(-1)
    dialog_before = d.tab.asked.dialog
    d.tab.asked.change()
    assert d.tab.asked.dialog is not dialog_before
    d.tab.asked.dialog.form.field("answer").set_text("Yes.")
    d.tab.asked.dialog.go_button.click()
    assert not d.tab.step(1)


def test_the_folder_and_its_zip_are_written(desk, monkeypatch, tmp_path):
    d = desk()
    target = tmp_path / "portal"
    target.mkdir()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_a: str(target))
    d.tab.identity.write_button.click()
    folder = target / "T-2026-003 pack version 1"
    assert sorted(path.suffix for path in folder.iterdir()) == [".docx", ".pdf", ".pdf", ".tomspack", ".xlsx", ".xlsx"]
    assert (target / "T-2026-003 pack version 1.zip").is_file()
    assert d.toasts == [f"6 files in {folder}, and as {folder.name}.zip"]
    (folder / "other").write_bytes(b"x")
    d.tab.identity.write_button.click()
    assert "holds something else" in d.tab.notice.text.text()
    monkeypatch.setattr("tomsapp.gui.tenders.pack_tab.write_pack_folder", stopped)
    d.tab.commands()[0].trigger()
    assert d.toasts[-1] == "Stopped: nothing was written"


def stopped(*_args):
    raise Cancelled


def test_the_pack_file_of_any_version_is_saved_as_it_was_issued(desk, monkeypatch, tmp_path):
    d = desk()
    change(d, title="Cleaning of libraries")
    amend(d)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a: (str(tmp_path / "first"), ""))
    d.tab.versions.links[1].click()
    assert (tmp_path / "first.tomspack").read_bytes() == version_bytes(d.workspace, d.number, 1)
    assert d.toasts[-1] == f"Saved as {tmp_path / 'first.tomspack'}"


def test_a_draft_leads_to_the_set_up_and_takes_questions(desk):
    d = desk(is_issued=False)
    assert not d.tab.identity.isVisible()
    d.tab.take_keyboard()
    d.tab.issue_button.click()
    assert d.pages == [("setup", Step.CHECK)]
    assert d.tab.asked.add_button.isEnabled()
    d.tab.write_folder()
    assert d.tab.commands() == []
    d.tab.show_tender(None)
    d.tab.save_version(1)
    assert d.tab.shown is None


def test_once_the_offers_are_opened_no_question_is_taken_any_more(desk):
    d = desk()
    open_offers(d.workspace, d.read(), replace(OPEN, done_on=date(2027, 1, 22)), AFTER)
    d.at(AFTER)
    asked = d.tab.asked
    assert not any(each.isEnabled() for each in (asked.add_button, asked.change_button, asked.out_button))
    asked.add()
    asked.change()
    assert asked.dialog is None
