"""The File and Help menus: close, back up, restore, check, and checking a PDF."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog

from tests.gui.pages.office import open_office
from tomsapp.domain.history import HistoryWanted
from tomsapp.gui.application import has_display
from tomsapp.gui.database_opener import example_folder
from tomsapp.gui.dialogs.about import AboutDialog
from tomsapp.gui.dialogs.guide import GuideDialog
from tomsapp.gui.dialogs.it_report import ItReportDialog
from tomsapp.gui.dialogs.message import MessageDialog
from tomsapp.gui.widgets.buttons import LinkButton
from tomsapp.gui.widgets.layouts import laid_out
from tomsapp.gui.widgets.problems import ProblemRow
from tomsapp.gui.widgets.text import Text
from tomsapp.services import checking, council, databases
from tomsapp.services.failures import DatabaseLocked, DatabaseReadOnly
from tomsapp.services.history import read_history
from tomsapp.services.it_report import version_words
from tomsapp.services.progress import Cancelled
from tomsapp.services.reporting import contract_pdf, write_report


@pytest.fixture
def office(qtbot, monkeypatch, tmp_path):
    return open_office(qtbot, monkeypatch, tmp_path)


def action(office, words, menu="file"):
    return next(one for one in office.window.menu(menu).actions() if one.text() == words)


def last_message(office):
    return office.window.findChildren(MessageDialog)[-1]


def chooses(monkeypatch, name, *paths):
    answers = [str(path) for path in paths]
    monkeypatch.setattr(QFileDialog, name, lambda *_args, **_kw: (answers.pop(0), ""))


def test_actions_for_an_open_database_wait_for_one(office):
    names = ("Close the database", "Back up the database…", "Check the database", "Check against a paper or backup…")
    assert [action(office, name).isEnabled() for name in names] == [False] * 4
    office.make()
    assert [action(office, name).isEnabled() for name in names] == [True] * 4
    action(office, "Close the database").trigger()
    assert not office.session.is_open


def test_backup_is_written_and_restored_over_the_database(office, monkeypatch):
    path = office.make()
    backup = office.home / "copy"
    chooses(monkeypatch, "getSaveFileName", backup, path)
    action(office, "Back up the database…").trigger()
    assert last_message(office).heading == "The backup is made"
    assert (office.home / "copy.tomsdb").exists()
    before = office.session.workspace.settings
    stored = council.get_settings(office.session.workspace)
    council.save_settings(office.session.workspace, stored, replace(before, council_name="Changed since"))
    chooses(monkeypatch, "getOpenFileName", office.home / "copy.tomsdb")
    action(office, "Restore a backup…").trigger()
    question = last_message(office)
    assert question.heading == "Restore over council.db?"
    assert office.session.workspace.settings.council_name == "Changed since"
    question.accept()
    assert office.session.workspace.settings.council_name == "Larkmere Council"
    assert len(list(office.home.glob("council.replaced-*.db"))) == 1


def test_backup_that_is_none_leaves_the_database_open(office, monkeypatch):
    path = office.make()
    rubbish = office.home / "rubbish.db"
    rubbish.write_bytes(b"no backup" * 99)
    start = office.window.page("start")
    start.care.restore_to(rubbish, path)
    last_message(office).accept()
    assert "rubbish.db is damaged" in last_message(office).heading
    assert office.session.workspace.database.path == path


def test_check_tells_that_all_is_well_or_what_is_not(office, monkeypatch):
    office.make()
    action(office, "Check the database").trigger()
    assert last_message(office).heading == "No problems found in council.db"
    found = checking.check(office.home / "missing.db")
    monkeypatch.setattr(checking, "check", lambda *_: found)
    action(office, "Check the database").trigger()
    assert last_message(office).heading == "1 problem found in council.db"


def test_failure_to_open_is_shown_on_start_from_any_page(office, monkeypatch):
    office.make()
    office.window.go_to("settings")
    chooses(monkeypatch, "getOpenFileName", office.home / "missing.db")
    action(office, "Open a database…").trigger()
    assert office.window.current_key == "start"
    assert office.window.page("start").trouble.count() == 1


def test_published_valuation_is_checked(office, monkeypatch, examples):
    examples.copy(example_folder())
    start = office.window.page("start")
    start.opener.open_example()
    pdf = write_report(contract_pdf(office.session.workspace, 1, date(2026, 6, 1)), office.home / "valuation.pdf")
    chooses(monkeypatch, "getOpenFileName", pdf, office.home / "none.pdf")
    action(office, "Check a valuation…").trigger()
    assert last_message(office).heading == "valuation.pdf holds"
    action(office, "Check a valuation…").trigger()
    assert "none.pdf" in last_message(office).heading


def test_guide_and_licences_open(office, qtbot):
    action(office, "Five-minute guide", "help").trigger()
    assert "Make a database" in office.window.findChild(GuideDialog).browser.toPlainText()
    action(office, "About and licences", "help").trigger()
    about = office.window.findChild(AboutDialog)
    assert "Open Government Licence v3.0" in about.figures.toPlainText()
    assert "MIT License" in about.program.toPlainText()


def test_about_says_version_and_day_and_that_nothing_asks_for_a_later_one(office):
    action(office, "About and licences", "help").trigger()
    heads = [each.text() for each in office.window.findChild(AboutDialog).findChildren(Text)]
    office.window.go_to("settings", "about")
    heads += [each.text() for each in office.window.page("settings").about.findChildren(Text)]
    assert heads.count(f"Social value calculator {version_words()}") == 2
    assert any("never asks whether there is a later version" in each for each in heads)


def test_report_for_it_is_on_the_clipboard_and_shown(office):
    office.make()
    office.session.preferences.set("theme", "dark")
    QGuiApplication.clipboard().clear()
    action(office, "Copy a report for IT", "help").trigger()
    dialog = office.window.findChild(ItReportDialog)
    copied = QGuiApplication.clipboard().text()
    assert dialog.report.toPlainText() == copied
    assert f"tomsapp {version_words()}" in copied
    assert "theme light, text 100%, rows comfortable" in copied
    assert "800 × 800 px at 100%" in copied
    for entered in ("Okafor", "council.tomsdb", "Larkmere"):
        assert entered not in copied
    dialog.reject()
    office.window.go_to("settings", "about")
    QGuiApplication.clipboard().clear()
    office.window.page("settings").about.report.click()
    assert QGuiApplication.clipboard().text() == copied


def test_display_is_asked_for_on_linux_only():
    assert not has_display("linux", {})
    assert has_display("linux", {"WAYLAND_DISPLAY": "wayland-0"})
    assert has_display("win32", {})


def take_a_guard_away(path):
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("DROP TRIGGER contract_sealed")


def warned(office):
    """The rows on Start that offer to put it right."""
    rows = laid_out(office.window.page("start").open_card._warnings)
    return [(row, link) for row in rows for link in row.findChildren(LinkButton) if link.text() == "Put it right"]


def test_file_whose_guards_are_gone_opens_to_be_read_and_is_put_right_with_one_click(office):
    path = office.make()
    office.session.set_workspace(None)
    take_a_guard_away(path)
    office.page("start").opener.open(str(path))
    assert office.session.is_open
    ((row, link),) = warned(office)
    assert "contract_sealed" in row.accessibleName()
    stored = council.get_settings(office.session.workspace)
    with pytest.raises(DatabaseReadOnly, match="can be read but not changed"):
        council.save_settings(office.session.workspace, stored, replace(stored.record, council_name="Other"))
    link.click()
    assert last_message(office).heading == "council.db is put right"
    assert warned(office) == []
    stored = council.get_settings(office.session.workspace)
    council.save_settings(office.session.workspace, stored, replace(stored.record, council_name="Other"))
    office.window.go_to("history")
    page = office.window.page("history")
    assert any(
        line.text.endswith("makes them: contract_sealed")
        for line in read_history(office.session.workspace, HistoryWanted()).lines
    )
    assert page.isVisible()


def test_settings_put_it_right_too(office):
    path = office.make()
    office.session.set_workspace(None)
    take_a_guard_away(path)
    office.page("start").opener.open(str(path))
    office.window.go_to("settings")
    settings = office.window.page("settings")
    settings.show_target("database")
    (link,) = [each for each in settings.database.findChildren(LinkButton) if each.text() == "Put it right"]
    link.click()
    assert not office.session.workspace.database.guards


def test_file_of_others_whose_guards_are_gone_is_refused_with_the_ways_out(office):
    path = office.make()
    office.session.set_workspace(None)
    strange = path.with_name("strange.db")
    shutil.copy(path, strange)
    take_a_guard_away(strange)
    office.page("start").opener.open(str(strange))
    assert not office.session.is_open
    (row,) = office.window.page("start").findChildren(ProblemRow)
    assert [each.text() for each in row.findChildren(LinkButton)] == [
        "Restore a backup",
        "Copy what can be read",
        "Choose another file",
    ]


def test_file_that_cannot_be_put_right_is_opened_again_as_it_was(office, monkeypatch):
    path = office.make()
    office.session.set_workspace(None)
    take_a_guard_away(path)
    office.page("start").opener.open(str(path))

    def fail(*_: object) -> None:
        raise DatabaseLocked("council.db is locked")

    monkeypatch.setattr(databases, "mend", fail)
    ((_, link),) = warned(office)
    link.click()
    assert office.session.workspace.database.needs_mending


def test_database_is_checked_against_a_backup_from_menu_and_settings(office, monkeypatch):
    path = office.make()
    start = office.page("start")
    start.care.back_up_to(office.home / "copy.db")
    said = last_message(office).sentences[2]
    head = office.session.workspace.history_head()
    assert said.startswith(f"Its history has {head.place} changes, SHA-256 {head.digest}. Note it on paper")
    chooses(monkeypatch, "getOpenFileName", office.home / "copy.db", office.home / "copy.db", "")
    action(office, "Check against a paper or backup…").trigger()
    assert last_message(office).heading == "No problems found in council.db"
    assert last_message(office).sentences[-1].startswith("It is the history that copy.db came from")
    stored = council.get_settings(office.session.workspace)
    council.save_settings(office.session.workspace, stored, replace(stored.record, council_name="Other"))
    start.care.back_up_to(office.home / "later.db")
    start.care.restore_to(office.home / "copy.db", path)
    last_message(office).accept()
    chooses(monkeypatch, "getOpenFileName", office.home / "later.db")
    office.window.go_to("settings")
    office.window.page("settings").database.check_against.click()
    assert last_message(office).heading == "1 problem found in council.db"


def test_check_tells_how_far_it_is_and_can_be_cancelled(office):
    office.make()
    told = []

    class Watched:
        def report(self, done, total, _text=""):
            told.append((done, total))
            if len(told) == 5:
                raise Cancelled

    target = office.session.workspace.database.target
    with pytest.raises(Cancelled):
        checking.check(target, None, Watched())
    assert len(told) == 5
    told.clear()
    steps = []

    class Counted:
        def report(self, done, total, _text=""):
            steps.append(done)
            assert total == 100

    assert checking.check(target, None, Counted()) == []
    assert steps == sorted(steps)
    assert steps[-1] >= 80
