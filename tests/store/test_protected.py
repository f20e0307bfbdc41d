"""Whether a database can be written to is found by trying; what it can only be read for is said."""

import ctypes
import errno
import os
import sqlite3
import stat
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from tests.ordinary import MARKED_FOLDERS, POSIX, WINDOWS, protected
from tests.store.samples import fill, supplier
from tomsapp.store import database as database_module
from tomsapp.store import protected as protected_module
from tomsapp.store.check import check_database
from tomsapp.store.database import open_database
from tomsapp.store.engine import sqlite_address
from tomsapp.store.errors import DatabaseReadOnly, Unreachable, UpgradeNeeded
from tomsapp.store.protected import write_protection

EACH = ["file", pytest.param("folder", marks=MARKED_FOLDERS)]


def place(path: Path, what: str) -> Path:
    return path if what == "file" else path.parent


def why(path: Path, system: str = sys.platform) -> str:
    found = write_protection(path, system)
    return found.why if found else ""


def windows_error(number: int) -> OSError:
    """What Windows says, wherever this runs."""
    error = PermissionError(errno.EACCES, "Windows says no")
    error.winerror = number
    return error


@pytest.fixture
def windows(monkeypatch):
    """A Windows on which files are opened as `answers` says, one after the other, and all is well at the end."""
    answers: list[OSError] = []

    def open_on_windows(_path: Path) -> None:
        if answers:
            raise answers.pop(0)

    monkeypatch.setattr(protected_module, "open_on_windows", open_on_windows)
    monkeypatch.setattr(protected_module, "_PAUSE", 0)
    return answers


@pytest.mark.parametrize("what", EACH)
def test_why_a_file_can_only_be_read_is_said_with_what_can_be_done(path, what):
    which = {"file": "the file", "folder": "its folder"}[what]
    with protected(place(path, what)), open_database(path) as database:
        assert database.warnings == (database.protected,)
        assert database.protected == (
            f"This database can be read but not changed, because {which} is marked as read-only. "
            "Take the mark off in its properties, or save a copy in a folder of your own."
        )
    with open_database(path) as database:
        assert database.warnings == ()


@pytest.mark.parametrize("what", EACH)
def test_read_only_database_opens_to_be_read_and_stays_as_it_is(path, what):
    with open_database(path) as database:
        fill(database)
    before = path.read_bytes()
    with protected(place(path, what)), open_database(path) as database:
        assert database.is_read_only
        with database.read() as reader:
            assert len(reader.contracts()) == 1
        with database.work("Ann") as work:
            assert work.suppliers.all()
            with pytest.raises(DatabaseReadOnly, match="can be read but not changed"):
                work.suppliers.add(supplier())
    assert [each.name for each in path.parent.iterdir()] == ["council.toms"]
    assert path.read_bytes() == before


@POSIX
def test_file_of_somebody_else_is_said_to_be_theirs(path):
    os.chown(path, 1, 1)
    path.chmod(0o644)
    with protected(path.parent.parent):
        assert why(path) == "you may not write to the file"
    with open_database(path) as database:
        assert not database.is_read_only, "an administrator may"


def test_mark_that_keeps_nobody_from_writing_is_not_asked_for(path, windows):
    path.chmod(stat.S_IRUSR)
    try:
        assert why(path, "win32") == ""
    finally:
        path.chmod(stat.S_IRUSR | stat.S_IWUSR)


@pytest.mark.parametrize(
    ("number", "is_marked", "said", "way_out"),
    [
        (5, True, "the file is marked as read-only", "Take the mark off in its properties, or save a copy"),
        (5, False, "you may not write to the file", "Ask whoever looks after it for permission, or save a copy"),
        (19, False, "the disk that it is on can only be read", "To change it, save a copy"),
        (32, False, "another program keeps the file to itself", "Close it there and open it again here, or save a"),
        (33, True, "another program keeps the file to itself", "Close it there and open it again here, or save a"),
    ],
)
def test_what_windows_says_of_a_file_is_said(path, windows, number, is_marked, said, way_out):
    windows += [windows_error(number)] * 10
    path.chmod(stat.S_IRUSR if is_marked else stat.S_IRUSR | stat.S_IWUSR)
    try:
        found = write_protection(path, "win32")
    finally:
        path.chmod(stat.S_IRUSR | stat.S_IWUSR)
    assert found.why == said
    assert found.way_out.startswith(way_out)


def test_file_that_is_looked_at_for_a_moment_is_tried_again(path, windows):
    windows += [windows_error(32)] * 3
    assert why(path, "win32") == ""
    assert not windows


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (errno.EACCES, "you may not write to its folder"),
        (errno.EPERM, "you may not write to its folder"),
        (errno.EROFS, "the disk that it is on can only be read"),
        (errno.ENOSPC, ""),
        (errno.EIO, ""),
    ],
)
@pytest.mark.parametrize("system", ["win32", "linux"])
def test_folder_is_tried_too_and_what_is_no_protection_is_said_when_saving(
    path, windows, monkeypatch, system, number, said
):
    def refuse(_path: Path) -> Path:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(protected_module, "make_fresh", refuse)
    # Not every system and disk has files without a name.
    monkeypatch.delattr(os, "O_TMPFILE", raising=False)
    assert why(path, system) == said


@POSIX
def test_mark_of_a_folder_says_nothing_on_windows(path, windows):
    with protected(path.parent):
        assert why(path, "win32") == "you may not write to its folder"
        assert why(path, "linux") == "its folder is marked as read-only"


def test_trying_changes_nothing_and_leaves_nothing(path):
    before = path.stat()
    assert why(path) == ""
    after = path.stat()
    assert (after.st_mtime_ns, after.st_size) == (before.st_mtime_ns, before.st_size)
    assert list(path.parent.iterdir()) == [path]
    assert why(path.with_name("none.toms")) == "", "what is not there is said otherwise"


def test_file_that_is_open_here_is_asked_for_too(path):
    with open_database(path):
        assert why(path) == ""
        with protected(path):
            assert why(path) == "the file is marked as read-only"


@pytest.mark.parametrize("upgrade", [False, True])
def test_earlier_database_that_cannot_be_written_is_not_said_to_need_an_upgrade_alone(path, monkeypatch, upgrade):
    monkeypatch.setattr(database_module, "head_version", lambda _migrations: "9998")
    with pytest.raises(UpgradeNeeded):
        open_database(path)
    said = "council.toms was made by an earlier version of this program and cannot be upgraded, because the file is"
    with protected(path), pytest.raises(DatabaseReadOnly, match=said) as refused:
        open_database(path, upgrade=upgrade)
    assert "save a copy in a folder of your own" in refused.value.fix


def with_log(path: Path) -> None:
    """What a program that was ended leaves: what was saved last stands in the log alone."""
    with open_database(path) as database, open_database(path) as other, other.read() as reader:
        reader.contracts()
        with database.work("Ann") as work:
            work.suppliers.add(supplier())
            work.commit()
        log = Path(f"{path}-wal").read_bytes()
    Path(f"{path}-wal").write_bytes(log)


@MARKED_FOLDERS
def test_log_that_cannot_be_read_where_nothing_may_be_written_is_said(path):
    with_log(path)
    said = "What was saved last in council.toms is in council.toms-wal, and cannot be read where nothing may be written"
    with protected(path.parent), pytest.raises(Unreachable, match=said) as refused:
        open_database(path)
    assert refused.value.fix == "Copy both files into a folder of your own, and open council.toms there"
    with open_database(path) as database, database.read() as reader:
        assert len(reader.suppliers()) == 1


def test_log_beside_a_file_that_is_read_only_is_read(path):
    with_log(path)
    with protected(path), open_database(path) as database, database.read() as reader:
        assert database.is_read_only
        assert len(reader.suppliers()) == 1


@pytest.mark.parametrize("what", EACH)
def test_empty_log_keeps_nobody_from_reading(path, what):
    Path(f"{path}-wal").touch()
    with protected(place(path, what)), open_database(path) as database, database.read() as reader:
        assert reader.suppliers() == []


def test_file_without_a_log_is_read_with_its_locks_whoever_else_writes(path):
    """As on a share, where one may read and others write."""
    with closing(sqlite3.connect(path, timeout=0, isolation_level=None)) as other:
        other.execute("PRAGMA journal_mode = DELETE")
        with protected(path):
            assert "immutable" not in sqlite_address(path, "ro")
            assert check_database(path) == []
            with open_database(path) as database, database.read() as reader:
                reader.suppliers()
                with pytest.raises(sqlite3.OperationalError, match="locked"):
                    other.execute("BEGIN EXCLUSIVE")


@WINDOWS
@pytest.mark.parametrize("which", ["folder", "file"])
def test_windows_marks_of_a_folder_keep_nobody_from_writing_and_those_of_a_file_do(path, which):
    marked = place(path, which)
    set_mark(marked, 1)
    try:
        with open_database(path) as database:
            assert database.is_read_only == (which == "file")
            if which == "folder":
                fill(database)
            else:
                assert "the file is marked as read-only" in database.protected
    finally:
        set_mark(marked, 0)


def set_mark(path: Path, mark: int) -> None:
    usual = 0x80
    assert ctypes.windll.kernel32.SetFileAttributesW(str(path), mark or usual)


@WINDOWS
def test_windows_file_that_is_denied_is_read(path):
    me = os.environ["USERNAME"]
    subprocess.run(["icacls", str(path), "/deny", f"{me}:(WD,AD,WEA,WA)"], check=False, capture_output=True)
    try:
        with path.open("rb+"):
            pytest.skip("This Windows denies nothing")
    except PermissionError:
        pass
    try:
        with open_database(path) as database, database.read() as reader:
            assert "you may not write to the file" in database.protected
            assert reader.suppliers() == []
    finally:
        subprocess.run(["icacls", str(path), "/remove:d", me], check=True, capture_output=True)


@WINDOWS
def test_windows_file_that_another_program_keeps_to_itself_is_read(path, monkeypatch):
    monkeypatch.setattr(protected_module, "_PAUSE", 0)
    kernel = ctypes.windll.kernel32
    kernel.CreateFileW.restype = kernel.CloseHandle.argtypes = None
    kernel.CreateFileW.restype, kernel.CloseHandle.argtypes = ctypes.c_void_p, [ctypes.c_void_p]
    reads, lets_read, is_there = 0x80000000, 1, 3
    held = kernel.CreateFileW(str(path), reads, lets_read, None, is_there, 0x80, None)
    try:
        with open_database(path) as database, database.read() as reader:
            assert "another program keeps the file to itself" in database.protected
            assert reader.suppliers() == []
    finally:
        kernel.CloseHandle(held)
    with open_database(path) as database:
        assert not database.is_read_only


@WINDOWS
@pytest.mark.parametrize("name", ["council.toms", "a" * 100 + "/" + "b" * 100 + "/" + "c" * 60 + "/council.toms"])
def test_windows_path_of_any_length_opens_where_it_is_written_so(path, name):
    long = Path("\\\\?\\" + str(path.parent / name).replace("/", "\\"))
    long.parent.mkdir(parents=True, exist_ok=True)
    if long.name != path.name or not long.exists():
        long.write_bytes(path.read_bytes())
    with open_database(long) as database:
        assert not database.is_read_only
        fill(database)
    assert check_database(long) == []
