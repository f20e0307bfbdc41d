"""Brings the tables of a database from one version to another, whole or not at all."""

from functools import cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, text

from tomsapp.config.paths import migrations_dir
from tomsapp.store.address import Target, display_name, is_server
from tomsapp.store.engine import changing_tables, open_engine, reading
from tomsapp.store.errors import StoreError
from tomsapp.store.protected import is_write_protected
from tomsapp.store.version import mark_version, stored_version

MIGRATIONS = migrations_dir()


def head_version(migrations: Path = MIGRATIONS) -> str:
    """The newest version that this program knows.

    Raises:
        StoreError: the steps did not come with the program.
    """
    head = _head_of(migrations) if migrations.is_dir() else None
    if head is None:
        raise StoreError("The program’s own database steps are missing", "Install the program again")
    return head


@cache
def _head_of(migrations: Path) -> str | None:
    """Read once: the steps in a folder do not change while the program runs, and each opening asks."""
    return ScriptDirectory(str(migrations)).get_current_head()


def current_version(target: Target) -> str:
    """The version of the tables in a file or server database."""
    read_only = not is_server(target) and is_write_protected(Path(str(target)))
    engine = open_engine(target, read_only=read_only)
    with reading(engine) as connection:
        return stored_version(connection, display_name(target))


def upgrade_tables(database: Engine | Connection, migrations: Path = MIGRATIONS, version: str = "") -> None:
    """Take all steps up to `version` (the newest) in one transaction, or in the one that a connection has begun.

    An engine must not check foreign keys (`checks_keys=False`): SQLite rebuilds a table to change it and would
    refuse, or lose the rows that name it. They are checked before the transaction counts.
    """
    if isinstance(database, Engine):
        with changing_tables(database) as connection, connection.begin():
            upgrade_tables(connection, migrations, version)
        return
    head = version or head_version(migrations)
    command.upgrade(_config(database, migrations), head)
    mark_version(database, head)
    _check_keys(database)


def downgrade_tables(engine: Engine, version: str, migrations: Path = MIGRATIONS) -> None:
    """Take all steps down to `version`, or to nothing with "base", in one transaction; see `upgrade_tables`."""
    with changing_tables(engine) as connection, connection.begin():
        command.downgrade(_config(connection, migrations), version)
        mark_version(connection, "0" if version == "base" else version)
        _check_keys(connection)


def _config(connection: Connection, migrations: Path) -> Config:
    config = Config()
    config.set_main_option("script_location", str(migrations).replace("%", "%%"))
    # Alembic must find the transaction begun, or it would begin and end its own.
    connection.execute(text("SELECT 1"))
    config.attributes["connection"] = connection
    return config


def _check_keys(connection: Connection) -> None:
    if connection.dialect.name != "sqlite":
        return
    broken = connection.execute(text("PRAGMA foreign_key_check")).first()
    if broken is not None:
        raise StoreError(f"A row of {broken[0]} names a row of {broken[2]} that is not there")
