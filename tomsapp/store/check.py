"""Whether a database is whole: its file, its tables, its numbers, its kept bytes and its history."""

import logging
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, Engine, inspect, text

from tomsapp.domain.alike import visible
from tomsapp.domain.errors import TomsError
from tomsapp.domain.history import HistoryHead
from tomsapp.domain.problems import Problem, Severity, Where
from tomsapp.store.address import Target, display_name, is_server
from tomsapp.store.chain import Chain, parts_of_chain, read_chain, read_head
from tomsapp.store.check_cells import unreadable_tables
from tomsapp.store.check_history import MOST, against_problems, broken, history_problems
from tomsapp.store.copying import Progress, no_progress
from tomsapp.store.engine import open_engine, reading
from tomsapp.store.errors import Altered
from tomsapp.store.faults import faults_translated, told_as_in_use
from tomsapp.store.files import check_file, file_at
from tomsapp.store.foreign import GUARD, check_open, look_at_stranger
from tomsapp.store.guards import MEND, wrong_guards
from tomsapp.store.migrate import MIGRATIONS, current_version, head_version, upgrade_tables
from tomsapp.store.migrations.changes import CHAIN
from tomsapp.store.protected import is_write_protected
from tomsapp.store.steps import Steps, Stopped
from tomsapp.store.tables import Row
from tomsapp.store.types import ExactDecimal
from tomsapp.store.unit_of_work import UnitOfWork
from tomsapp.store.version import VERSION_TABLE

log = logging.getLogger("tomsapp")


@dataclass(frozen=True, slots=True)
class Earlier:
    """An earlier head of the history, and which paper or backup states it."""

    head: HistoryHead
    stated_by: str


def check_database(target: Target, against: Earlier | None = None, progress: Progress = no_progress) -> list[Problem]:
    """Everything that is wrong with a file or server database; empty when it is whole.

    With `against`, also whether its history goes on from that earlier head. `progress` may raise to stop.
    """
    name = display_name(target)
    found: list[Problem] = []
    try:
        with told_as_in_use(name), faults_translated(name):
            found.extend(_problems(target, name, against, progress))
    except Altered as error:
        found.append(Problem("database-schema", Severity.ERROR, error.message, error.fix, Where(file=name)))
    except TomsError as error:
        found.append(Problem("database-unusable", Severity.ERROR, error.message, error.fix, Where(file=name)))
    except Stopped as stopped:
        raise stopped.reason from None
    except Exception as error:
        # What damage does to whoever reads a cell is not foreseen, and it is what is looked for here.
        log.warning("What stands in %s cannot be read", name, exc_info=error)
        found.append(broken("database-unreadable", f"What stands in it cannot be read: {error!r}", name))
    return found


def head_of(backup: Path) -> HistoryHead | None:
    """The last link of the history of a backup of unknown origin; None in one without a chain.

    Raises:
        StoreError: it cannot be read, or is not of this program's making.
        RoomError: looking at it took too much memory or time.
    """
    look_at_stranger(backup)
    with faults_translated(backup.name), reading(_engine_of(backup)) as connection:
        has_chain = inspect(connection).has_table(CHAIN)
        return read_head(connection) if has_chain else None


def chain_of(target: Target) -> Chain | None:
    """What is to be said of the chain of a database that is whole; None where nothing was saved yet.

    Raises:
        StoreError: it cannot be read.
    """
    name = display_name(target)
    with told_as_in_use(name), faults_translated(name), reading(_engine_of(target)) as connection:
        return read_chain(connection)


def look_at(target: Target) -> UnitOfWork:
    """The records of a database, without opening it for work."""
    return UnitOfWork(_engine_of(target), display_name(target), "")


def _engine_of(target: Target) -> Engine:
    return open_engine(target, read_only=not is_server(target) and is_write_protected(Path(str(target))))


def _problems(target: Target, name: str, against: Earlier | None, progress: Progress) -> Iterator[Problem]:
    if not is_server(target):
        path = file_at(target)
        check_file(path)
        # Who asks may have it from anywhere. What is wrong with its triggers is said below, and none of them acts here.
        look_at_stranger(path, is_known=True)
        check_open(path)
    current, head = current_version(target), head_version()
    if current != head:
        yield Problem(
            "database-version",
            Severity.ERROR,
            f"The tables are of version {current} and this program’s are of {head}",
            "Upgrade the database, or install the latest version of the program",
            Where(file=name),
        )
        return
    with reading(_engine_of(target)) as connection:
        yield from _in_connection(connection, name, progress)
        if against is not None:
            yield from against_problems(connection, against.head, against.stated_by, name)


def _in_connection(connection: Connection, name: str, progress: Progress) -> Iterator[Problem]:
    if connection.dialect.name == "sqlite":
        yield from _file_problems(connection, name)
    else:
        yield from _server_problems(connection, name)
    steps = Steps(progress, 2 * len(Row.metadata.sorted_tables) + parts_of_chain(connection))
    unreadable = list(unreadable_tables(connection, steps))
    for said in unreadable:
        yield broken("database-unreadable", said, name)
    if not unreadable:
        yield from history_problems(connection, name, steps)


def _file_problems(connection: Connection, name: str) -> Iterator[Problem]:
    for (found,) in connection.execute(text(f"PRAGMA integrity_check({MOST})")):
        if found != "ok":
            yield broken("database-damaged", f"The file is damaged: {found}", name)
    for row in connection.execute(text("PRAGMA foreign_key_check")).fetchmany(MOST):
        yield broken("database-key", f"{row[0]} {row[1]} names a row of {row[2]} that is not there", name)
    for what in sorted({row[:2] for row in _schema(connection) ^ _fresh_schema()}):
        found = broken("database-schema", f"The {what[0]} {visible(what[1])} is not as this program made it", name)
        yield replace(found, fix=MEND) if what[0] == GUARD else found
    for table in Row.metadata.sorted_tables:
        for column in table.columns:
            if isinstance(column.type, ExactDecimal):
                yield from _inexact(connection, table.name, column.name, name)


def _schema(connection: Connection) -> set[tuple[str, str, str]]:
    rows = connection.execute(text("SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL"))
    return {(row[0], row[1], row[2]) for row in rows if not row[1].startswith("sqlite_")}


@cache
def _fresh_schema() -> set[tuple[str, str, str]]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "fresh"
        path.touch()
        engine = open_engine(path, checks_keys=False)
        upgrade_tables(engine, MIGRATIONS)
        with engine.connect() as connection:
            return _schema(connection)


def _inexact(connection: Connection, table: str, column: str, name: str) -> Iterator[Problem]:
    query = f"SELECT id FROM {table} WHERE typeof({column}) NOT IN ('integer', 'null')"
    for (row_id,) in connection.execute(text(query)).fetchmany(MOST):
        yield broken("database-number", f"{table} {row_id}: {column} is not an exact number", name)


def _server_problems(connection: Connection, name: str) -> Iterator[Problem]:
    context = MigrationContext.configure(connection, opts={"version_table": VERSION_TABLE, "compare_type": True})
    for difference in compare_metadata(context, Row.metadata):
        yield broken("database-schema", f"The tables are not as this program made them: {difference}", name)
    for guard in wrong_guards(connection):
        yield broken(
            "database-schema", f"The trigger or function {guard} is missing, off, or not of this program", name
        )
