"""Which version of the tables a database has, and how a file is known to be ours."""

from sqlalchemy import Connection, inspect, text

from tomsapp.store.errors import NotADatabase
from tomsapp.store.foreign_look import APPLICATION_ID

VERSION_TABLE = "tomsapp_version"
_MOST_DIGITS = 9


def stored_version(connection: Connection, name: str) -> str:
    """The version of the tables, for example "0001".

    Raises:
        NotADatabase: the program did not make this database.
    """
    if connection.dialect.name == "sqlite":
        ours = connection.execute(text("PRAGMA application_id")).scalar_one() == APPLICATION_ID
        # A view of that name could keep whoever asks it busy without end.
        kinds = text("SELECT count(*) FROM sqlite_master WHERE name = :name AND type <> 'table'")
        ours = ours and not connection.execute(kinds, {"name": VERSION_TABLE}).scalar_one()
    else:
        ours = True
    if not ours or not inspect(connection).has_table(VERSION_TABLE):
        raise NotADatabase(f"{name} is not a database of this program", "Choose another one, or make a new one")
    found = connection.execute(text(f"SELECT version_num FROM {VERSION_TABLE}")).scalar_one_or_none()
    if found is None:
        raise NotADatabase(f"{name} does not say which version it is", "Restore it from a backup")
    return str(found)


def number_of(version: str, name: str) -> int:
    """The number of a version.

    Raises:
        NotADatabase: it is none of this program’s.
    """
    if not version.isascii() or not version.isdigit() or len(version) > _MOST_DIGITS:
        raise NotADatabase(f"{name} does not say which version it is", "Restore it from a backup")
    return int(version)


def mark_version(connection: Connection, version: str) -> None:
    """Writes into a SQLite file's header whose it is and which version it has."""
    if connection.dialect.name == "sqlite":
        connection.execute(text(f"PRAGMA application_id = {APPLICATION_ID}"))
        connection.execute(text(f"PRAGMA user_version = {int(version)}"))
