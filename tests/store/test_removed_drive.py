"""A drive that is taken away while a database is open: what is said, and that nothing is lost when it is back."""

import ctypes
import sqlite3
from functools import partial
from pathlib import Path

import pytest

from tests.ordinary import POSIX, WINDOWS
from tests.store.samples import supplier
from tomsapp.store import after_loss, foreign_look
from tomsapp.store.check import check_database
from tomsapp.store.database import open_database
from tomsapp.store.errors import ConnectionLost, Unreachable

GONE = "council.toms is no longer where it was opened: its drive, folder or network is gone, or it was moved"
FAILED = "The disk or network failed while council.toms was in use"


def fault(code, words):
    error = sqlite3.OperationalError(words)
    error.sqlite_errorcode = code
    return error


class Drive:
    """What databases lie on: what was opened before it was taken away is of no use when it is back."""

    def __init__(self):
        self.is_there, self.time, self.at_commit = True, 0, ""

    def take_away(self):
        self.is_there, self.time = False, self.time + 1

    def bring_back(self):
        self.is_there = True

    def reach(self, since):
        if since != self.time or not self.is_there:
            raise fault(sqlite3.SQLITE_IOERR_READ, "disk I/O error")


@pytest.fixture
def drive(monkeypatch):
    drive, connect = Drive(), sqlite3.connect

    class Cursor(sqlite3.Cursor):
        def execute(self, *asked):
            drive.reach(self.connection.since)
            return super().execute(*asked)

    class Connection(sqlite3.Connection):
        def __init__(self, *told, **more):
            if not drive.is_there:
                raise fault(sqlite3.SQLITE_CANTOPEN, "unable to open database file")
            self.since = drive.time
            super().__init__(*told, **more)

        def cursor(self, factory=Cursor):
            return super().cursor(factory)

        def commit(self):
            if drive.at_commit and self.in_transaction:
                how, drive.at_commit = drive.at_commit, ""
                super().commit() if "kept" in how else super().rollback()
                drive.take_away()
                if "back" in how:
                    drive.bring_back()
            drive.reach(self.since)
            super().commit()

    monkeypatch.setattr(foreign_look.sqlite3, "connect", partial(connect, factory=Connection))
    monkeypatch.setattr(after_loss, "_PAUSE", 0)
    return drive


def save(database, name):
    with database.work("Ann") as work:
        work.suppliers.add(supplier(name))
        work.commit()


def names(database):
    with database.look() as look:
        return [each.record.name for each in look.suppliers.all()]


def test_drive_that_was_taken_away_is_told_and_what_is_tried_again_when_it_is_back_is_saved(path, drive):
    with open_database(path) as database:
        save(database, "S0")
        drive.take_away()
        for said in (FAILED, GONE, GONE):
            with pytest.raises(Unreachable) as refused:
                save(database, "S1")
            assert refused.value.message == said
            assert refused.value.fix.endswith("then try again")
        drive.bring_back()
        save(database, "S1")
        assert names(database) == ["S0", "S1"]
    assert check_database(path) == []


def test_drive_that_comes_and_goes_between_two_saves_is_not_noticed_for_more_than_one(path, drive):
    with open_database(path) as database:
        save(database, "S0")
        drive.take_away()
        drive.bring_back()
        with pytest.raises(Unreachable, match=FAILED):
            names(database)
        assert names(database) == ["S0"]


@pytest.mark.parametrize(
    ("how", "fix"),
    [
        ("lost, back", "Nothing was saved. Save again"),
        ("lost", "It is not known whether it was saved. When it is back, look first, then save what is missing"),
        ("kept", "It is not known whether it was saved. When it is back, look first, then save what is missing"),
    ],
)
def test_save_that_is_cut_off_is_said_to_be_kept_or_not_as_far_as_that_is_known(path, drive, how, fix):
    with open_database(path) as database:
        save(database, "S0")
        drive.at_commit = how
        with pytest.raises(ConnectionLost) as lost:
            save(database, "S1")
        assert lost.value.message == "The drive or network of council.toms was lost while it was saving"
        assert lost.value.fix == fix
        drive.bring_back()
        assert names(database) == (["S0", "S1"] if how == "kept" else ["S0"])


def test_save_that_was_kept_before_the_drive_went_is_no_failure(path, drive):
    with open_database(path) as database:
        drive.at_commit = "kept, back"
        save(database, "S0")
        save(database, "S1")
        assert names(database) == ["S0", "S1"]
    assert check_database(path) == []


@POSIX
def test_file_that_is_moved_away_while_it_is_open_is_said_to_be_gone_and_not_read_only(tmp_path, path):
    folder = tmp_path / "OneDrive"
    folder.mkdir()
    kept = path.rename(folder / path.name)
    with open_database(kept) as database:
        save(database, "S0")
        away = kept.rename(tmp_path / "away.toms")
        with pytest.raises(Unreachable, match=GONE) as refused:
            save(database, "S1")
        # What is kept of the fault, as for the log, keeps nobody from saving.
        assert refused.value.__cause__ is not None
        away.rename(kept)
        save(database, "S1")
        assert names(database) == ["S0", "S1"]


@WINDOWS
def test_windows_drive_is_taken_away_and_brought_back(tmp_path, path):
    kernel, letter, takes_away = ctypes.windll.kernel32, "T:", 2
    folder = tmp_path / "OneDrive"
    folder.mkdir()
    path.rename(folder / path.name)
    if not kernel.DefineDosDeviceW(0, letter, str(tmp_path)) or not Path(letter + "\\").is_dir():
        pytest.skip("This Windows makes no drive of a folder")
    try:
        with open_database(f"{letter}\\OneDrive\\{path.name}") as database:
            save(database, "S0")
            assert kernel.DefineDosDeviceW(takes_away, letter, None)
            with pytest.raises(Unreachable):
                save(database, "S1")
            assert kernel.DefineDosDeviceW(0, letter, str(tmp_path))
            save(database, "S1")
            assert names(database) == ["S0", "S1"]
    finally:
        kernel.DefineDosDeviceW(takes_away, letter, None)
