"""Being alone with the file of a database, so that it can be upgraded or replaced, and what is left if that is ended.

Beside the file stands a note while such work is under way. The system locks it for the program that works, and lets go
when that program ends, however it ends: whoever comes next and gets the lock undoes what was half done. Until the one
rename with which such work ends, what was there before is the database; after it, what was made is.
"""

import json
import os
import shutil
import sqlite3
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path
from typing import BinaryIO

from tomsapp.config.places import check_place
from tomsapp.config.whole_files import (
    OWNER_ONLY,
    fresh_name,
    keep_for_good,
    lock_now,
    make_new,
    parts_of,
    place_new,
    replace_patiently,
)
from tomsapp.reading.held import hold, is_held, let_go
from tomsapp.reading.kinds import FileKind, kind_of
from tomsapp.store.engine import lock_alone, sqlite_address
from tomsapp.store.errors import DatabaseLocked, StoreError
from tomsapp.store.faults import file_failed
from tomsapp.store.files import companions
from tomsapp.store.foreign_look import connect

_PATIENCE = 60
"""Seconds for which an upgrade or restore waits for another of the same file."""
_OPENER_PATIENCE = 10
_ASKED_EVERY = 0.05
_HEADER, _BYTES_AT_ONCE = 100, 1 << 20
_LOCK_SECONDS = 0.5
"""Somebody may just be reading who will be gone in a moment."""
_NOTE = ".under-way"
_NOTE_FLAGS = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
_CLOSE_IT = "Close it everywhere, then try again"


class Work:
    """Work on one file that this program alone does; see `under_way`."""

    def __init__(self, path: Path, note: int | None) -> None:
        self.path = path
        self._note = note

    def content(self) -> BinaryIO:
        """The bytes of the file, to be closed after everything else that has it open: that ends this program's locks.

        Raises:
            DatabaseLocked: this program has it open as a database.
        """
        if is_held(self.path):
            raise DatabaseLocked(f"{self.path.name} is open elsewhere", _CLOSE_IT)
        try:
            return self.path.open("rb")
        except OSError as error:
            raise file_failed(self.path, error) from error

    @contextmanager
    def part(self) -> Iterator[Path]:
        """An empty file beside the other, to be filled and put in its place; it is gone afterwards if it was not."""
        part = fresh_name(self.path)
        try:
            make_new(part)
        except OSError as error:
            raise file_failed(self.path, error) from error
        try:
            yield part
        finally:
            for left in (part, *companions(part)):
                with suppress(OSError):
                    left.unlink(missing_ok=True)

    def put(self, part: Path, *, keep: str = "", mode: int | None = None) -> Path | None:
        """Put a whole file in the place of the database, or of nothing.

        With `keep`, which goes into its name, what was there is copied first; gives where that copy is.

        Raises:
            DatabaseLocked: what is there is open elsewhere, and is then as it was.
            StoreError: the folder cannot be written to, and all is as it was.
        """
        try:
            keep_for_good(part)
            if not self.path.exists():
                for left in companions(self.path):
                    if left.exists():
                        # The log of a file that is gone would be taken for that of the new one.
                        place_new(left, numbered(left, "left"))
                replace_patiently(part, self.path)
                keep_for_good(self.path)
                return None
            return self._replace(part, keep, mode)
        except OSError as error:
            raise file_failed(self.path, error) from error

    def _replace(self, part: Path, keep: str, mode: int | None) -> Path | None:
        part.chmod(self.path.stat().st_mode & 0o777 if mode is None else mode)
        with alone_with(self.path) as held:
            kept = self.copy_as(numbered(self.path, keep), held.content) if keep else None
            self._take_companions_away(None if held.is_whole else kept)
            if sys.platform == "win32":
                # Elsewhere it stays locked: SQLite sees that it was replaced, and takes no log away when it is closed.
                # There a file that is open cannot be replaced, and whoever opens it now is not overtaken either.
                held.close()
            replace_patiently(part, self.path)
            keep_for_good(self.path)
        return kept

    def copy_as(self, names: Iterator[Path], content: BinaryIO) -> Path:
        """A whole copy of the file, bytes as they are, under the first of the names that nothing has."""
        try:
            with self.part() as part:
                content.seek(0)
                with part.open("rb+") as copy:
                    shutil.copyfileobj(content, copy, _BYTES_AT_ONCE)
                shutil.copystat(self.path, part)
                part.chmod(OWNER_ONLY)
                keep_for_good(part)
                return place_new(part, names)
        except OSError as error:
            raise file_failed(self.path, error) from error

    def _take_companions_away(self, kept: Path | None) -> None:
        """Take the log out of the way of the file that comes: it is empty, or goes to the copy of a damaged file."""
        left = [each for each in companions(self.path) if each.exists()]
        if left and kept is not None:
            moves = {each.name: kept.name + each.name.removeprefix(self.path.name) for each in left}
            for name, beside in moves.items():
                shutil.copyfile(self.path.with_name(name), self.path.with_name(beside))
            self._write({"file": _which(self.path), "moved": moves})
        for each in left:
            each.unlink(missing_ok=True)

    def _write(self, line: object) -> None:
        if self._note is not None:
            os.write(self._note, json.dumps(line).encode() + b"\n")
            os.fsync(self._note)


class Held:
    """A file that nobody else has open, as far as a database of its kind can tell; a damaged one has nobody."""

    def __init__(self, path: Path, connection: sqlite3.Connection | None) -> None:
        self._connection = connection
        # To close it lets go of every lock that this program has on the file: that is done last.
        self.content = path.open("rb")
        self._mark = hold(path)

    @property
    def is_whole(self) -> bool:
        """Whether it could be locked, and all that was saved is in the file."""
        return self._connection is not None

    def close(self) -> None:
        """Let others in; saying it again does nothing."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None
        if not self.content.closed:
            self.content.close()
            let_go(self._mark)


@contextmanager
def alone_with(path: Path) -> Iterator[Held]:
    """Keep everybody out of a file by a lock of its own kind, with all that was saved brought into it.

    Raises:
        DatabaseLocked: somebody has it open.
    """
    if is_held(path):
        raise DatabaseLocked(f"{path.name} is open elsewhere", _CLOSE_IT)
    held = Held(path, _locked(path))
    try:
        yield held
    finally:
        held.close()


def _locked(path: Path) -> sqlite3.Connection | None:
    """A connection that keeps everybody out; None for a damaged file, which nobody can have open."""
    with path.open("rb") as file:
        if kind_of(file.read(_HEADER)) is not FileKind.DATABASE:
            # SQLite would take away the log of what it cannot read.
            return None
    connection: sqlite3.Connection | None = None
    try:
        address = sqlite_address(path, "rw")
        connection = connect(address, timeout=_LOCK_SECONDS, isolation_level=None)
        lock_alone(connection)
    except sqlite3.DatabaseError as error:
        if connection is not None:
            connection.close()
        if getattr(error, "sqlite_errorcode", 0) & 0xFF in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
            raise DatabaseLocked(f"{path.name} is open elsewhere", _CLOSE_IT) from error
        return None
    return connection


@contextmanager
def under_way(path: Path, patience: float = _PATIENCE) -> Iterator[Work]:
    """Be the only program that upgrades, restores or writes the file `path`; first undo what another left half done.

    Raises:
        DatabaseLocked: another program does so, and does not end.
        StoreError: the folder is not there, or cannot be written to.
        UnusablePlace: this system keeps no file of that name, or takes no path so long.
    """
    check_place(path)
    note = _open_note(path, patience)
    try:
        _undo(path, note)
        yield Work(path, note)
    finally:
        # Windows takes no file away that is open: there it is closed first, and whoever got it meanwhile keeps it.
        if sys.platform == "win32" and note is not None:
            os.close(note)
        with suppress(OSError):
            note_of(path).unlink(missing_ok=True)
        if sys.platform != "win32" and note is not None:
            os.close(note)


def note_of(path: Path) -> Path:
    """The note beside a file."""
    return path.with_name(f".{path.name.encode('utf-8', 'surrogateescape')[:200].decode('utf-8', 'ignore')}{_NOTE}")


def wait_for_others(path: Path) -> None:
    """Before a file is opened: undo what was left half done, and wait for a program that is at work there now.

    Whoever opened it meanwhile would go on with the file that is replaced.

    Raises:
        DatabaseLocked: that program does not end.
    """
    if is_held(path) or not note_of(path).exists():
        return
    try:
        note = _open_note(path, _OPENER_PATIENCE)
    except DatabaseLocked:
        raise
    except StoreError:
        return
    try:
        _undo(path, note)
        with suppress(OSError):
            note_of(path).unlink(missing_ok=True)
    finally:
        if note is not None:
            os.close(note)


def _open_note(path: Path, patience: float) -> int | None:
    """The note, locked; None where nobody can lock a file."""
    ends = time.monotonic() + patience
    while True:
        try:
            note = os.open(note_of(path), _NOTE_FLAGS, OWNER_ONLY)
        except OSError as error:
            raise file_failed(path, error) from error
        try:
            if not lock_now(note):
                os.close(note)
            elif _is_still_there(note, note_of(path)):
                return note
            else:
                # Whoever had it has ended and taken it away meanwhile.
                os.close(note)
                continue
        except OSError:
            os.close(note)
            return None
        if time.monotonic() >= ends:
            said = f"Another program is upgrading, restoring or writing {path.name}"
            raise DatabaseLocked(said, "Wait until it is done, then try again")
        time.sleep(_ASKED_EVERY)


def _is_still_there(note: int, path: Path) -> bool:
    try:
        return sys.platform == "win32" or os.path.samestat(os.fstat(note), path.stat())
    except FileNotFoundError:
        return False


def _undo(path: Path, note: int | None) -> None:
    """Put back what was moved for a file that was not replaced then, and take away what was being written."""
    with suppress(OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        line = json.loads(_first_line(note))
        if line["file"] == _which(path):
            for name, beside in line["moved"].items():
                _put_back(path, str(name), str(beside))
    with suppress(OSError):
        for part in parts_of(path):
            for left in (part, *companions(part)):
                left.unlink(missing_ok=True)
    if note is not None:
        os.ftruncate(note, 0)
        os.lseek(note, 0, os.SEEK_SET)


def _put_back(path: Path, name: str, beside: str) -> None:
    """Only what stands beside the file and belongs to it: the note may be anybody's."""
    is_ours = name in {each.name for each in companions(path)} and Path(beside).name == beside
    if is_ours and path.with_name(beside).is_file() and not path.with_name(name).exists():
        shutil.copyfile(path.with_name(beside), path.with_name(name))


def _first_line(note: int | None) -> bytes:
    if note is None:
        return b""
    os.lseek(note, 0, os.SEEK_SET)
    return os.read(note, 65_536).partition(b"\n")[0]


def _which(path: Path) -> list[int]:
    """Which file stands there: a system gives the number of a file that is gone to the next one."""
    found = path.stat()
    return [found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns]


def numbered(path: Path, what: str) -> Iterator[Path]:
    """Names for a copy beside a file: council.before-0006.db, council.before-0006-2.db and so on."""
    for number in count(1):
        ending = "" if number == 1 else f"-{number}"
        yield path.with_name(f"{path.stem}.{what}{ending}{path.suffix}")
