"""Upgrades a database of an earlier version: a copy first, and all steps in one transaction, or none.

Ended at any moment, the database is as it was or wholly upgraded: the transaction sees to that, and the next who opens
the file takes back what was half done. Where two programs begin at once, the second waits, and finds it done.
"""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from sqlalchemy import Connection, text

from tomsapp.config.paths import user_data_dir
from tomsapp.config.whole_files import keep_for_good, place_new
from tomsapp.store.address import Target, display_name, is_server
from tomsapp.store.alone import Work, numbered, under_way
from tomsapp.store.copying import dump_server
from tomsapp.store.engine import BUSY_SECONDS, changing_tables, open_engine
from tomsapp.store.errors import DatabaseLocked, UpgradeFailed
from tomsapp.store.faults import faults_translated, file_failed
from tomsapp.store.files import file_at
from tomsapp.store.mending import put_back
from tomsapp.store.migrate import MIGRATIONS, head_version, upgrade_tables
from tomsapp.store.noting import US
from tomsapp.store.version import number_of, stored_version

_TURN = 7_301_876_245
"""The number of the lock that PostgreSQL keeps for whoever upgrades a database."""
_SERVER_PATIENCE = "60s"


def upgrade_database(target: Target, migrations: Path = MIGRATIONS) -> Path | None:
    """Take a database that nobody has open to the newest version; gives the copy that was made first.

    The copy of a file stands beside it, that of a server among the user's own files; `restore_database` takes both.
    There is none where another program has just done all of it.

    Raises:
        DatabaseLocked: somebody has it open.
        UpgradeFailed: a step did not work; the database is as it was, byte for byte.
    """
    name, head = display_name(target), head_version(migrations)
    with faults_translated(name):
        if is_server(target):
            return _upgrade_server(target, name, head, migrations)
        with under_way(file_at(target)) as work:
            return _upgrade_file(work, name, head, migrations)


def _upgrade_file(work: Work, name: str, head: str, migrations: Path) -> Path | None:
    with ExitStack() as stack:
        # Closed last: to close it lets go of every lock that this program has on the file.
        content = stack.enter_context(work.content())
        engine = open_engine(work.path, checks_keys=False, alone=True)
        stack.callback(engine.dispose)
        with _told_as_open(name):
            connection = stack.enter_context(changing_tables(engine))
        before = stored_version(connection, name)
        if number_of(before, name) >= int(head):
            return None
        copy = work.copy_as(numbered(work.path, f"before-{head}"), content)
        try:
            # The steps take triggers away by their names, and must not run those of others.
            if migrations == MIGRATIONS:
                put_back(connection, name, US)
            _take_steps(connection, name, before, migrations)
        except BaseException:
            copy.unlink(missing_ok=True)
            raise
        return copy


@contextmanager
def _told_as_open(name: str) -> Iterator[None]:
    try:
        yield
    except DatabaseLocked as error:
        raise DatabaseLocked(f"{name} is open elsewhere", "Close it everywhere, then upgrade it") from error


def _upgrade_server(target: Target, name: str, head: str, migrations: Path) -> Path | None:
    engine = open_engine(target)
    with changing_tables(engine) as connection:
        _wait_for_turn(connection)
        before = stored_version(connection, name)
        if number_of(before, name) >= int(head):
            return None
        copy = _copy_of_server(target, name, head)
        _take_steps(connection, name, before, migrations)
    return copy


def _wait_for_turn(connection: Connection) -> None:
    """Be the only one who upgrades this database until the transaction ends."""
    connection.execute(text(f"SET LOCAL lock_timeout = '{_SERVER_PATIENCE}'"))
    connection.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": _TURN})
    connection.execute(text(f"SET LOCAL lock_timeout = '{BUSY_SECONDS}s'"))


def _copy_of_server(target: Target, name: str, head: str) -> Path:
    """A whole copy among the user's own files."""
    folder = user_data_dir() / "backups"
    path = folder / f"{name.replace('/', '-')}.toms"
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise file_failed(path, error) from error
    with under_way(path) as work, work.part() as part:
        dump_server(target, part)
        try:
            keep_for_good(part)
            return place_new(part, numbered(path, f"before-{head}"))
        except OSError as error:
            raise file_failed(path, error) from error


def _take_steps(connection: Connection, name: str, before: str, migrations: Path) -> None:
    try:
        upgrade_tables(connection, migrations)
        connection.commit()
    except Exception as error:
        raise UpgradeFailed(
            f"{name} could not be upgraded from version {before}: {error}",
            "It is as it was before. Use the earlier program until this is mended, and report it",
        ) from error
