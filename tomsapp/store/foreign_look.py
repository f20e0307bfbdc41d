"""The first look at a database file of unknown origin, without the libraries that the store needs for its work."""

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any, TypeAlias
from urllib.parse import quote

from tomsapp.store.rescued_rows import rows_of

SchemaRow: TypeAlias = "tuple[str, str, str | None]"
"""Type, name and statement of a table, index, trigger or view."""

APPLICATION_ID = 0x746F6D73
"""“toms”, in the header of our SQLite files."""
_MOST_OBJECTS = 2_000
_LONGEST = 200_000
_STEPS = 100_000
_MOST_LOOKS = 200


class NotOurs(Exception):
    """A file that this program did not make, or nobody would make so."""


class Unreadable(Exception):
    """A file that SQLite cannot read."""


def look_at_file(path: Path) -> tuple[int, list[SchemaRow]]:
    """The version that a file says it has, and what stands in it; nothing of it is run.

    Raises:
        NotOurs: another program made it, or it holds more than any of ours.
        Unreadable: it is damaged, or no database.
    """
    try:
        with closing(connect(as_it_lies(path))) as connection:
            connection.text_factory = _text
            if connection.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
                raise NotOurs
            version = int(connection.execute("PRAGMA user_version").fetchone()[0])
            looks = iter(range(_MOST_LOOKS))
            connection.set_progress_handler(lambda: next(looks, None) is None, _STEPS)
            query = "SELECT type, name, sql FROM sqlite_master WHERE length(sql) <= ? OR sql IS NULL LIMIT ?"
            rows = connection.execute(query, (_LONGEST, _MOST_OBJECTS + 1)).fetchall()
            (number,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except (OSError, UnicodeDecodeError, sqlite3.Error) as error:
        # What SQLite says of a damaged file may hold parts of it that are no text.
        raise Unreadable(str(error)) from error
    if number != len(rows) or not all(isinstance(part, str) for row in rows for part in row[:2]):
        raise NotOurs
    return version, [(kind, name, sql) for kind, name, sql in rows]


def read_through(path: Path, tables: Sequence[str]) -> int:
    """Read each row of some tables once, and let go of it: what a damaged page does to SQLite is done here.

    Gives how many could be read; those that cannot are no fault of whoever asks.

    Raises:
        Unreadable: not even the list of tables can be read.
    """
    number = 0
    try:
        with closing(connect(as_it_lies(path))) as connection:
            connection.text_factory = bytes
            for table in tables:
                columns = [each[1].decode() for each in connection.execute(f"PRAGMA table_info({table})")]
                number += sum(isinstance(row, tuple) for row in rows_of(connection, table, columns)) if columns else 0
    except (UnicodeDecodeError, sqlite3.Error) as error:
        raise Unreadable(str(error)) from error
    return number


def as_it_lies(path: Path) -> str:
    """The address of a file as it lies there: nothing beside it is read, made or waited for."""
    return f"file:{quote(str(path.absolute()))}?mode=ro&immutable=1"


def _text(data: bytes) -> str:
    return data.decode("utf-8", errors="replace")


def connect(address: str, *, mends_schema: bool = False, **options: Any) -> sqlite3.Connection:
    """A connection to a file by its URI, in which nothing acts by itself: every file is opened here.

    `mends_schema` is for the copy of a damaged file, whose list of tables is written anew.
    """
    connection: sqlite3.Connection = sqlite3.connect(address, uri=True, **options)
    try:
        _harden(connection, mends_schema=mends_schema)
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def _harden(connection: sqlite3.Connection, *, mends_schema: bool) -> None:
    """Let nothing that stands in a file act by itself, and notice pages that were tampered with."""
    # What a schema calls beside harmless functions is refused, and so are tables that are programs.
    connection.execute("PRAGMA trusted_schema = OFF")
    connection.execute("PRAGMA cell_size_check = ON")
    _defend(connection, mends_schema=mends_schema)


def _defend(connection: sqlite3.Connection, *, mends_schema: bool) -> None:
    """SQLite's own defences, where this Python reaches them (from 3.12 on); before, no statement of ours needs them."""
    setconfig = getattr(connection, "setconfig", None)
    if setconfig is not None:
        setconfig(sqlite3.SQLITE_DBCONFIG_DEFENSIVE, not mends_schema)  # type: ignore[attr-defined]
        setconfig(sqlite3.SQLITE_DBCONFIG_ENABLE_VIEW, False)  # type: ignore[attr-defined]
