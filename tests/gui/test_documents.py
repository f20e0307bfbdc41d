"""Every document opens where it belongs, however it comes: by a double click, a drop or a second start."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from PySide6.QtWidgets import QDialog, QFileDialog

from tests.exchange import returns
from tests.exchange.tenders import marking
from tests.gui.audit import settle
from tests.gui.pages.office import open_office
from tests.services.bidding.packs import write_file
from tests.services.tenders.evaluations import evaluated_tender, freeze_it
from tomsapp.config.recents import note_open
from tomsapp.gui import documents
from tomsapp.gui.application import begin
from tomsapp.gui.bidder.open_bidder import _OPEN
from tomsapp.gui.delivery.returns_window import ReturnsWindow
from tomsapp.gui.dialogs.message import MessageDialog
from tomsapp.gui.widgets.buttons import Button


@pytest.fixture
def office(qtbot, monkeypatch, tmp_path):
    yield open_office(qtbot, monkeypatch, tmp_path / "home")
    for window in list(_OPEN):
        window.close()
    settle()


@pytest.fixture
def council(office):
    office.make()
    return office


def opened(office, *paths: Path) -> None:
    """Open files as a second start does."""
    for path in paths:
        office.page("start").documents.open(path)
    settle()


def told(office) -> MessageDialog:
    """The message that is shown."""
    (found,) = [each for each in office.window.findChildren(MessageDialog) if each.isVisible()]
    return found


def press(dialog: QDialog, words: str) -> None:
    next(each for each in dialog.findChildren(Button) if each.text() == words).click()
    settle()


def other_database(office, tmp_path) -> Path:
    """A second council's file, called as nobody would call one."""
    path = tmp_path / "other council.tomsdb"
    office.session.workspace.database.settle()
    shutil.copy(office.session.workspace.database.path, path)
    return path


def test_a_database_opens_where_none_is_open(council, tmp_path):
    path = other_database(council, tmp_path)
    council.session.set_workspace(None)
    opened(council, path)
    assert council.session.workspace.database.path == path


def test_the_database_that_is_open_is_not_asked_about(council):
    opened(council, council.session.workspace.database.path)
    assert not [each for each in council.window.findChildren(MessageDialog) if each.isVisible()]


def test_another_database_is_asked_about_and_opened_here(council, tmp_path):
    path = other_database(council, tmp_path)
    opened(council, path)
    dialog = told(council)
    assert "other council.tomsdb" in dialog.heading
    press(dialog, "Open it here")
    assert council.session.workspace.database.path == path


def test_another_database_opens_in_a_window_of_its_own(council, tmp_path, monkeypatch):
    started = []
    monkeypatch.setattr(documents, "open_new_window", started.append)
    path, before = other_database(council, tmp_path), council.session.workspace.database.path
    opened(council, path)
    press(told(council), "Open a new window")
    assert started == [path]
    assert council.session.workspace.database.path == before


def test_a_pack_opens_the_window_of_a_bidder(office, tmp_path):
    opened(office, write_file(tmp_path))
    assert len(_OPEN) == 1


def test_a_return_waits_for_the_database_and_is_read(council, tmp_path):
    path = tmp_path / "anything.xlsx"
    path.write_bytes(returns.book_of(returns.form_of()))
    database = str(council.session.workspace.database.path)
    council.session.set_workspace(None)
    opened(council, path)
    dialog = told(council)
    assert f"is a quarterly return for {returns.CONTRACT.reference}" in dialog.heading
    dialog.reject()
    settle()
    note_open(council.session.preferences, database)
    begin(council.window, council.session, None, [path])
    settle()
    (window,) = [each for each in council.window.findChildren(ReturnsWindow) if each.isVisible()]
    assert window.files.rowCount() == 1
    window.close()


def test_a_marking_file_of_another_council_says_which_database_it_needs(council, tmp_path):
    path = tmp_path / "marks.xlsx"
    path.write_bytes(marking.book_of(marking.form_of()))
    opened(council, path)
    dialog = told(council)
    assert f"marks.xlsx is a marking file for {marking.STAMP.tender}" in dialog.heading
    assert any("Open the database of the council that made it" in each for each in dialog.sentences)


def test_an_evaluation_is_rebuilt_and_compared(council, tmp_path):
    workspace, path = council.session.workspace, tmp_path / "evaluation.bin"
    data = freeze_it(workspace, evaluated_tender(workspace))
    path.write_bytes(data)
    opened(council, path)
    dialog = told(council)
    assert dialog.heading == "evaluation.bin holds"
    dialog.reject()
    settle()
    path.write_bytes(data[:-200] + bytes([data[-200] ^ 1]) + data[-199:])
    opened(council, path)
    assert told(council).heading == "evaluation.bin does not hold"


def test_the_file_menu_asks_for_an_evaluation(council, tmp_path, monkeypatch):
    workspace, path = council.session.workspace, tmp_path / "T-2026-003.tomseval"
    path.write_bytes(freeze_it(workspace, evaluated_tender(workspace)))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_args, **_more: (os.fspath(path), ""))
    act = next(each for each in council.window.menu("file").actions() if each.text() == "Check an evaluation…")
    act.trigger()
    settle()
    assert told(council).heading == "T-2026-003.tomseval holds"


def test_what_cannot_be_opened_says_what_it_is(office, tmp_path):
    path = tmp_path / "letter.tomsoffer"
    path.write_bytes(b"Dear council\n")
    opened(office, path)
    assert "letter.tomsoffer is plain text" in told(office).heading


def test_a_damaged_database_is_told_on_start_with_what_can_be_done(office, tmp_path):
    path = tmp_path / "council.tomsdb"
    path.write_bytes(os.urandom(5_000))
    opened(office, path)
    start = office.page("start")
    assert start.trouble.count() == 1
    assert not [each for each in office.window.findChildren(MessageDialog) if each.isVisible()]


def test_the_program_begins_with_the_database_that_it_is_given(council, tmp_path):
    path, usual = other_database(council, tmp_path), str(council.session.workspace.database.path)
    council.session.set_workspace(None)
    note_open(council.session.preferences, usual)
    begin(council.window, council.session, None, [path])
    settle()
    assert council.session.workspace.database.path == path
    assert told(council).heading == f"About the folder of {path.name}"
