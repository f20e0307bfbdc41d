"""The ways to the bidder's window: the command line, File, Start, and a file that is dropped."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog

from tests.gui.audit import settle
from tests.gui.pages.office import open_office
from tests.services.bidding.finished import typed
from tests.services.bidding.packs import begun, write_file
from tomsapp import __main__ as entry
from tomsapp.cli.documents import documents_named
from tomsapp.exchange.tenders.offer_json import write_tender_offer
from tomsapp.gui import launch
from tomsapp.gui.bidder.open_bidder import _OPEN, BidderProgram, open_tender_file
from tomsapp.gui.bidder.window import BidderWindow
from tomsapp.gui.dialogs.message import MessageDialog


@pytest.fixture
def office(qtbot, monkeypatch, tmp_path):
    # The ring is of the whole program, and would outlive the windows of this test.
    monkeypatch.setattr("tomsapp.gui.bidder.open_bidder.install_focus_ring", lambda _application: None)
    yield open_office(qtbot, monkeypatch, tmp_path)
    for window in list(_OPEN):
        window.close()
    settle()
    assert not _OPEN


def shown() -> list[BidderWindow]:
    return [window for window in _OPEN if isinstance(window, BidderWindow) and window.isVisible()]


def choose(monkeypatch, *paths: Path) -> None:
    """Name these files, one after the other, when it is asked what to open."""
    answers = [(os.fspath(path), "") for path in paths]
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_args, **_more: answers.pop(0))


def test_file_and_start_lead_to_the_window(office, tmp_path, monkeypatch):
    path = write_file(tmp_path)
    choose(monkeypatch, path, path)
    action = next(each for each in office.window.menu("file").actions() if each.text() == "Answer a tender…")
    action.trigger()
    settle()
    assert len(shown()) == 1
    office.page("start").tender_button.click()
    settle()
    assert len(shown()) == 2
    assert not office.session.is_open


def test_a_pack_that_is_dropped_on_start_is_answered(office, tmp_path):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(os.fspath(write_file(tmp_path)))])
    none = Qt.KeyboardModifier.NoModifier
    event = QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, none)
    office.page("start").dropEvent(event)
    settle()
    assert shown()[0].answering.work.offer.pack.reference == "T-2026-003"


def test_an_offer_without_its_pack_asks_where_that_is(office, tmp_path, monkeypatch, preferences):
    (tmp_path / "pack").mkdir()
    done = typed(begun(tmp_path / "pack"))
    path = tmp_path / "ours.tomsoffer"
    path.write_bytes(write_tender_offer(done.offer))
    choose(monkeypatch, next((tmp_path / "pack").glob("*.tomspack")))
    open_tender_file(path, office.session.jobs, preferences)
    settle()
    assert shown()[0].answering.work.offer == done.offer


def test_a_file_that_cannot_be_opened_is_told_and_ends_the_program(office, tmp_path, preferences, monkeypatch):
    path = tmp_path / "odd.tomspack"
    path.write_bytes(b"{")
    ended = []
    monkeypatch.setattr(QApplication, "quit", lambda: ended.append(True))
    program = BidderProgram([path], office.session.jobs, preferences, ended.append)
    settle()
    assert program.status == 2
    told = [each for each in QApplication.topLevelWidgets() if isinstance(each, MessageDialog) and each.isVisible()]
    assert "odd.tomspack" in told[-1].heading
    told[-1].reject()
    settle()
    assert ended == [True]


def test_the_program_shows_the_file_that_it_was_started_with(office, tmp_path, preferences):
    program = BidderProgram([write_file(tmp_path)], office.session.jobs, preferences, print)
    settle()
    assert (program.status, len(shown())) == (0, 1)


def test_one_file_of_several_that_cannot_be_opened_does_not_end_the_program(office, tmp_path, preferences, monkeypatch):
    odd = tmp_path / "odd.tomspack"
    odd.write_bytes(b"{")
    ended = []
    monkeypatch.setattr(QApplication, "quit", lambda: ended.append(True))
    program = BidderProgram([write_file(tmp_path)], office.session.jobs, preferences, ended.append)
    settle()
    program.open(odd)
    settle()
    told = [each for each in QApplication.topLevelWidgets() if isinstance(each, MessageDialog) and each.isVisible()]
    told[-1].reject()
    settle()
    assert (program.status, len(shown()), ended) == (0, 1, [])


def test_the_command_line_takes_a_pack_or_an_offer_alone(monkeypatch, tmp_path):
    opened = []
    monkeypatch.setattr(launch, "launch_bidders", lambda files: opened.extend(files) or 0)
    monkeypatch.setattr("tomsapp.config.running.hand_over", lambda _role, _files: False)
    pack = write_file(tmp_path)
    called_otherwise = tmp_path / "pack.json"
    called_otherwise.write_bytes(pack.read_bytes())
    for path in (pack, called_otherwise, tmp_path / "GONE.TOMSOFFER"):
        assert entry.main([os.fspath(path)]) == 0
    assert opened == [pack, called_otherwise, tmp_path / "GONE.TOMSOFFER"]


def test_files_alone_are_opened_and_commands_are_none():
    assert documents_named(["a.tomspack", "B.TOMSOFFER"]) == [Path("a.tomspack"), Path("B.TOMSOFFER")]
    for others in ([], ["value"], ["value", "a.tomsoffer"], ["--database", "a.db"], ["postgresql://ann@db/toms"]):
        assert documents_named(others) == []
