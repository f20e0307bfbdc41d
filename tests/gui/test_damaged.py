"""A damaged database in the window: a sentence and a way on every page, and never a traceback."""

from __future__ import annotations

import os
import random
import sys
from pathlib import Path

import pytest
from PySide6.QtWidgets import QAbstractButton

from tests.gui import places
from tests.gui.pages.office import Office
from tests.gui.places import PAGES
from tests.store.damaging import damage
from tomsapp.domain.errors import TomsError
from tomsapp.gui.application import build_window, new_session
from tomsapp.gui.dialogs.message import MessageDialog
from tomsapp.gui.jobs import inline_jobs
from tomsapp.gui.widgets.problems import ProblemRow
from tomsapp.services.contracts import list_contracts
from tomsapp.store.check import check_database
from tomsapp.store.database import open_database

SAMPLE = int(os.environ.get("TOMSAPP_DAMAGED_WINDOWS", "6"))
AT_ONCE = 3


class Window(Office):
    """A window, and the faults that nobody foresaw."""

    faults: list[BaseException]


@pytest.fixture
def office(qtbot, monkeypatch, tmp_path) -> Window:
    monkeypatch.setenv("TOMSAPP_HOME", str(tmp_path / "home"))
    faults: list[BaseException] = []
    monkeypatch.setattr(sys, "excepthook", lambda _kind, error, _trace: faults.append(error))
    session = new_session(jobs=inline_jobs())
    session.set_who("A. Okafor")
    window = build_window(session, faults.append)
    qtbot.addWidget(window)
    window.show()
    monkeypatch.setattr(places, "contract_id", readable_id)
    made = Window(session, window, tmp_path)
    made.faults = faults
    return made


def readable_id(office: Office, reference: str) -> int:
    """The number of a contract that is asked for here, past the window; what cannot be read is not shown either."""
    try:
        return next(row.id for row in list_contracts(office.session.workspace) if row.reference == reference)
    except Exception as error:
        raise AssertionError(reference) from error


def said(office: Office) -> list[str]:
    """What the window says of the database, in dialogs and on Start."""
    dialogs = [each.heading for each in office.window.findChildren(MessageDialog) if each.isVisible()]
    rows = [each.accessibleName() for each in office.window.page("start").findChildren(ProblemRow)]
    return [*dialogs, *rows]


def look_at_all(office: Office) -> None:
    """Show every page; one that is not as the test expects it has said why, or lost what it was to show."""
    for show in PAGES.values():
        try:
            show(office)
        except (TomsError, AssertionError, StopIteration, AttributeError, IndexError, KeyError, RuntimeError):
            continue
        except Exception as error:  # noqa: BLE001 - some are asked of a service past the window, which judges it as its own
            office.session.jobs.failed.emit(error)


@pytest.mark.parametrize("first", range(0, SAMPLE, AT_ONCE))
def test_no_page_shows_a_traceback_over_a_damaged_database(office, examples, tmp_path, first):
    whole = examples.copy(tmp_path / "whole")
    for seed in range(first, first + AT_ONCE):
        path = tmp_path / f"damaged {seed}.db"
        told = damage(whole, path, seed)
        office.page("start").opener.open(str(path))
        if not office.session.is_open:
            assert said(office), told
        else:
            look_at_all(office)
            office.session.set_workspace(None)
        assert office.faults == [], told
        for dialog in office.window.findChildren(MessageDialog):
            dialog.close()
            dialog.deleteLater()
        office.window.page("start")._clear_trouble()


def spoil(path: Path, statement: str) -> None:
    import sqlite3
    from contextlib import closing

    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("PRAGMA ignore_check_constraints = ON")
        triggers = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for name, _ in triggers:
            connection.execute(f"DROP TRIGGER {name}")
        connection.execute(statement)
        for _, again in triggers:
            connection.execute(again)


def test_damage_of_the_file_is_said_on_start_with_both_ways_out(office, examples, tmp_path):
    path = examples.copy(tmp_path / "example")
    content = bytearray(path.read_bytes())
    content[4096:8192] = random.Random(1).randbytes(4096)
    content[100:4096] = bytes(3996)
    path.write_bytes(bytes(content))
    office.page("start").opener.open(str(path))
    assert not office.session.is_open
    (row,) = office.window.page("start").findChildren(ProblemRow)
    offered = [each.text() for each in row.findChildren(QAbstractButton) if each.text()]
    assert offered == ["Restore a backup", "Copy what can be read", "Choose another file"]


def test_damage_in_a_cell_is_said_over_the_page_and_what_can_be_read_is_copied(office, examples, tmp_path, monkeypatch):
    path = examples.copy(tmp_path / "example")
    spoil(path, "UPDATE commitment SET statement = CAST(x'ff' AS TEXT)")
    office.page("start").opener.open(str(path))
    look_at_all(office)
    (dialog,) = [each for each in office.window.findChildren(MessageDialog) if each.isVisible()]
    assert "is damaged" in dialog.heading
    assert "copy what can be read into a new database" in dialog.sentences[0]
    new = tmp_path / "new.db"
    monkeypatch.setattr(
        "tomsapp.gui.file_dialogs.QFileDialog.getSaveFileName", lambda *_: (str(new), "Databases (*.db)")
    )
    (copy,) = [each for each in dialog.buttons.buttons() if each.text() == "Copy what can be read…"]
    copy.click()
    assert not office.session.is_open
    (result,) = [each for each in office.window.findChildren(MessageDialog) if each.heading.startswith("What could")]
    assert " of them put together from their history. Nothing was left out" in result.sentences[1]
    (go,) = [each for each in result.buttons.buttons() if each.text() == "Open the new database"]
    go.click()
    assert office.session.workspace.database.path == new
    office.session.set_workspace(None)
    assert check_database(new) == []
    with open_database(new) as database, database.read() as reader:
        assert len(reader.contracts()) == 12


def test_fault_of_the_program_is_not_called_damage(office, examples, tmp_path):
    office.page("start").opener.open(str(examples.copy(tmp_path / "example")))
    fault = ValueError("a mistake of ours")
    office.session.jobs.failed.emit(fault)
    assert office.faults == [fault]
