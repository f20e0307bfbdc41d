"""The first look at a database file of unknown origin, without the libraries that the store needs for its work."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TypeAlias
from urllib.parse import quote

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
        # As the file lies there: nothing beside it is read, made or waited for.
        address = f"file:{quote(str(path.absolute()))}?mode=ro&immutable=1"
        with closing(sqlite3.connect(address, uri=True)) as connection:
            harden(connection)
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


def _text(data: bytes) -> str:
    return data.decode("utf-8", errors="replace")


def harden(connection: sqlite3.Connection) -> None:
    """Let nothing that stands in a file act by itself, and notice pages that were tampered with."""
    # What a schema calls beside harmless functions is refused, and so are tables that are programs.
    connection.execute("PRAGMA trusted_schema = OFF")
    connection.execute("PRAGMA cell_size_check = ON")
    _defend(connection)


def _defend(connection: sqlite3.Connection) -> None:
    """SQLite's own defences, where this Python reaches them (from 3.12 on); before, no statement of ours needs them."""
    setconfig = getattr(connection, "setconfig", None)
    if setconfig is not None:
        setconfig(sqlite3.SQLITE_DBCONFIG_DEFENSIVE, True)  # type: ignore[attr-defined]
        setconfig(sqlite3.SQLITE_DBCONFIG_ENABLE_VIEW, False)  # type: ignore[attr-defined]
