"""Turns what SQLAlchemy, SQLite and PostgreSQL raise into the store's own errors, in plain English."""

import errno
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from sqlalchemy.exc import SQLAlchemyError, StatementError

from tomsapp.domain.errors import TomsError
from tomsapp.domain.money import shortened
from tomsapp.store.errors import (
    Damaged,
    DatabaseLocked,
    DatabaseReadOnly,
    DiskFull,
    NotADatabase,
    NotSecure,
    Overtaken,
    StoreError,
    Unreachable,
)

_TRIGGER = 1811
_CONSTRAINTS = {
    787: "This names a record that is not in the database",
    2067: "There is already a record with the same name or number",
    1555: "There is already a record with the same name or number",
}
_STATES = {
    "23503": _CONSTRAINTS[787],
    "23505": _CONSTRAINTS[2067],
}


def _locked(name: str) -> StoreError:
    return DatabaseLocked(f"Somebody else is saving to {name}", "Nothing was saved. Try again in a moment")


def _overtaken(name: str) -> StoreError:
    return Overtaken(f"Somebody else saved to {name} at the same moment", "Nothing was saved. Look at it and try again")


def _read_only(name: str) -> StoreError:
    return DatabaseReadOnly(
        f"{name} can be read but not changed", "Ask for permission to change it, or work on a copy of it"
    )


def _full(name: str) -> StoreError:
    return DiskFull(f"There is no room left where {name} is kept", "Nothing was saved. Free some space and save again")


WAYS_OUT = "Restore a backup, or copy what can be read into a new database"
"""What can be done about a database that is damaged."""
_MOST_FOUND = 200
_SPOILT = ("no such table", "no such column", "malformed", "could not decode", "has no column named")
"""What SQLite and its driver say where a database lacks what every one has, or holds words that are none."""


def damaged(name: str) -> StoreError:
    """The file is there and cannot be made sense of."""
    return Damaged(f"{name} is damaged or is not a database of this program", WAYS_OUT)


def spoilt(name: str, why: str) -> StoreError:
    """The database opens, and something in it is not as the program wrote it."""
    return Damaged(f"Something in {name} is damaged", f"{WAYS_OUT}. What was found: {shortened(why, _MOST_FOUND)}")


def unreachable(name: str) -> StoreError:
    """The file or server does not answer."""
    return Unreachable(
        f"{name} cannot be reached", "Check the name, your permissions and the network, then open it again"
    )


def file_failed(path: Path, error: OSError) -> StoreError:
    """A file of a database, or one beside it, that could not be written or read."""
    if error.errno in {errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)}:
        return _full(path.name)
    if isinstance(error, IsADirectoryError):
        return NotADatabase(f"{path.name} is a folder", "Choose another name")
    said = f"{path.name} cannot be written in {path.parent}"
    return Unreachable(said, "Choose a folder that is there and you may write to, and close what has the file open")


_CONNECTING: dict[str, str] = {
    "does not support SSL": "its server has no encryption",
    "certificate verify failed": "this computer trusts nobody who vouches for its server",
    "does not match host name": "the certificate of its server is another one’s",
    "has expired": "the certificate of its server is out of date",
    "root certificate file": "the file of those whom this computer trusts is not there",
    "system root certificate": "this computer has no list of those whom it trusts",
    "SSL error": "its server does not speak the encryption of this program",
}
"""What PostgreSQL's own client says of a connection that is not safe, and what that means."""
_NO_LOGIN = ("authentication failed", "no password supplied")


def _not_connected(text: str, name: str) -> StoreError:
    """What is wrong where a server was not connected to, by the words of PostgreSQL's own client."""
    if any(words in text for words in _NO_LOGIN):
        return Unreachable(f"{name} did not take the login", "Enter the address again, and the password with it")
    why = next((why for words, why in _CONNECTING.items() if words in text), "")
    if not why:
        return unreachable(name)
    return NotSecure(
        f"{name} cannot be reached safely: {why}",
        "Ask your IT team for a server with a certificate that this computer trusts. If that cannot be had, enter the "
        "address again and choose a connection that others on the way could read",
    )


def _failed_disk(name: str) -> StoreError:
    said = f"The disk or network failed while {name} was in use"
    return Unreachable(said, "Check that its drive or network is there, then try again")


def _gone(name: str) -> StoreError:
    said = f"{name} is no longer where it was opened: its drive, folder or network is gone, or it was moved"
    return Unreachable(said, "Nothing was saved. Bring it back, then try again")


_SQLITE: dict[int, Callable[[str], StoreError]] = {
    sqlite3.SQLITE_BUSY: _locked,
    sqlite3.SQLITE_LOCKED: _locked,
    sqlite3.SQLITE_READONLY: _read_only,
    sqlite3.SQLITE_PERM: _read_only,
    sqlite3.SQLITE_FULL: _full,
    sqlite3.SQLITE_CORRUPT: damaged,
    sqlite3.SQLITE_NOTADB: damaged,
    sqlite3.SQLITE_CANTOPEN: unreachable,
    sqlite3.SQLITE_IOERR: _failed_disk,
}
_GONE = {sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN}
"""What SQLite says where the file of an open database is gone, in the last byte of its code."""
_POSTGRES: dict[str, Callable[[str], StoreError]] = {
    "55P03": _locked,
    "40P01": _locked,
    "40001": _overtaken,
    "25006": _read_only,
    "42501": _read_only,
    "53100": _full,
    "42P01": damaged,
    "42703": damaged,
    "XX001": damaged,
    "XX002": damaged,
}


def is_gone(error: BaseException | None) -> bool:
    """Whether a connection to a file is of no more use, as what it was opened with is gone or moved."""
    code = getattr(error, "sqlite_errorcode", 0)
    return code == sqlite3.SQLITE_READONLY_DBMOVED or code & 0xFF in _GONE


def translated(error: BaseException, name: str, *, is_open: bool = False) -> TomsError:
    """The store's error for one of a library; `name` is what people call the database, which may be open already."""
    cause = error.orig if isinstance(error, StatementError) and error.orig is not None else error
    if isinstance(cause, TomsError):
        return cause
    if isinstance(cause, sqlite3.Error):
        return _from_sqlite(cause, name, is_open=is_open)
    if isinstance(cause, psycopg.Error):
        return _from_postgres(cause, name)
    return StoreError(f"{name} did not do what was asked: {cause}", "Nothing was saved")


def _from_sqlite(error: sqlite3.Error, name: str, *, is_open: bool) -> StoreError:
    code = getattr(error, "sqlite_errorcode", 0)
    if code == sqlite3.SQLITE_READONLY_DBMOVED or (is_open and code & 0xFF == sqlite3.SQLITE_CANTOPEN):
        return _gone(name)
    if code == _TRIGGER:
        return StoreError(str(error))
    if code in _CONSTRAINTS:
        return StoreError(_CONSTRAINTS[code], "Nothing was saved")
    if make := _SQLITE.get(code & 0xFF):
        return make(name)
    if any(words in str(error).lower() for words in _SPOILT):
        return spoilt(name, str(error))
    return StoreError(f"{name} did not do what was asked: {error}", "Nothing was saved")


def _from_postgres(error: psycopg.Error, name: str) -> StoreError:
    state = error.sqlstate or ""
    text = error.diag.message_primary or str(error)
    if state == "P0001":
        return StoreError(text)
    if state in _STATES:
        return StoreError(_STATES[state], "Nothing was saved")
    if make := _POSTGRES.get(state):
        return make(name)
    if isinstance(error, psycopg.OperationalError):
        return _not_connected(text, name)
    return StoreError(f"{name} did not do what was asked: {text}", "Nothing was saved")


@contextmanager
def faults_translated(name: str) -> Iterator[None]:
    """Raises the store's errors for those of the libraries beneath."""
    try:
        yield
    except (SQLAlchemyError, sqlite3.Error, psycopg.Error) as error:
        raise translated(error, name) from error
    except UnicodeDecodeError as error:
        # What SQLite says of a damaged file may hold parts of it that are no text.
        raise damaged(name) from error


@contextmanager
def told_as_in_use(name: str) -> Iterator[None]:
    """Says of a database that is opened and not written to that it is locked, and not that nothing was saved."""
    try:
        yield
    except DatabaseLocked as error:
        raise DatabaseLocked(
            f"{name} is locked: another program is writing to it", "Close it there, or try again in a moment"
        ) from error
