"""Whether a database is whole: its file, its tables, its numbers, its kept bytes and its history."""

import json
import tempfile
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, Table, func, select, text

from tomsapp.domain.errors import TomsError
from tomsapp.domain.problems import Problem, Severity, Where
from tomsapp.store.address import Target, display_name, is_server
from tomsapp.store.engine import open_engine, reading
from tomsapp.store.faults import faults_translated, told_as_in_use
from tomsapp.store.files import check_file, is_write_protected
from tomsapp.store.kept import sha256_of
from tomsapp.store.migrate import MIGRATIONS, current_version, head_version, upgrade_tables
from tomsapp.store.tables import HistoryRow, Row
from tomsapp.store.types import ExactDecimal
from tomsapp.store.version import VERSION_TABLE

_RESTORE = "Restore the database from a backup, and keep this one to find out what happened"
_FIRST = 20
"""So many of a kind are named; a thousand would help nobody."""


def check_database(target: Target) -> list[Problem]:
    """Everything that is wrong with a file or server database; empty when it is whole."""
    name = display_name(target)
    found: list[Problem] = []
    try:
        with told_as_in_use(name), faults_translated(name):
            found.extend(_problems(target, name))
    except TomsError as error:
        found.append(Problem("database-unusable", Severity.ERROR, error.message, error.fix, Where(file=name)))
    return found


def _problems(target: Target, name: str) -> Iterator[Problem]:
    if not is_server(target):
        check_file(Path(str(target)))
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
    read_only = not is_server(target) and is_write_protected(Path(str(target)))
    with reading(open_engine(target, read_only=read_only)) as connection:
        yield from _in_connection(connection, name)


def _in_connection(connection: Connection, name: str) -> Iterator[Problem]:
    if connection.dialect.name == "sqlite":
        yield from _file_problems(connection, name)
    else:
        yield from _server_problems(connection, name)
    for table in Row.metadata.sorted_tables:
        if "content_sha256" in table.columns:
            yield from _kept_problems(connection, table, name)
        elif "version" in table.columns:
            yield from _history_problems(connection, table, name)


def _problem(code: str, message: str, name: str) -> Problem:
    return Problem(code, Severity.ERROR, message, _RESTORE, Where(file=name))


def _file_problems(connection: Connection, name: str) -> Iterator[Problem]:
    for (found,) in connection.execute(text(f"PRAGMA integrity_check({_FIRST})")):
        if found != "ok":
            yield _problem("database-damaged", f"The file is damaged: {found}", name)
    for row in connection.execute(text("PRAGMA foreign_key_check")).fetchmany(_FIRST):
        yield _problem("database-key", f"{row[0]} {row[1]} names a row of {row[2]} that is not there", name)
    for what in sorted(_schema(connection) ^ _fresh_schema()):
        yield _problem("database-schema", f"The {what[0]} {what[1]} is not as this program made it", name)
    for table in Row.metadata.sorted_tables:
        for column in table.columns:
            if isinstance(column.type, ExactDecimal):
                yield from _inexact(connection, table.name, column.name, name)


def _schema(connection: Connection) -> set[tuple[str, str, str]]:
    rows = connection.execute(text("SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL"))
    return {(row[0], row[1], row[2]) for row in rows if not row[1].startswith("sqlite_")}


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
    for (row_id,) in connection.execute(text(query)).fetchmany(_FIRST):
        yield _problem("database-number", f"{table} {row_id}: {column} is not an exact number", name)


def _server_problems(connection: Connection, name: str) -> Iterator[Problem]:
    context = MigrationContext.configure(connection, opts={"version_table": VERSION_TABLE, "compare_type": True})
    for difference in compare_metadata(context, Row.metadata):
        yield _problem("database-schema", f"The tables are not as this program made them: {difference}", name)
    query = "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled = 'O'"
    held = {row[0] for row in connection.execute(text(query))}
    for table in Row.metadata.sorted_tables:
        guard = "signed" if "version" in table.columns else "unchanged"
        writer = [] if table.name in {"change", "history"} else ["history"]
        for ending in ("undeleted", guard, *writer):
            if f"{table.name}_{ending}" not in held:
                yield _problem("database-schema", f"The trigger {table.name}_{ending} is missing or off", name)


def _kept_problems(connection: Connection, table: Table, name: str) -> Iterator[Problem]:
    query = select(table.c.id, table.c.content, table.c.content_sha256).order_by(table.c.id)
    for row_id, content, digest in connection.execute(query):
        if not isinstance(content, bytes) or sha256_of(content) != digest:
            yield _problem("database-bytes", f"{table.name} {row_id}: its bytes do not match their SHA-256", name)


def _history_problems(connection: Connection, table: Table, name: str) -> Iterator[Problem]:
    """Each row must have one entry for each of its versions, and the last must say what the row says."""
    about = HistoryRow.metadata.tables["history"]
    entries = (
        select(about.c.record_id, func.count().label("number"), func.max(about.c.id).label("last"))
        .where(about.c.kind == table.name)
        .group_by(about.c.record_id)
        .subquery()
    )
    query = (
        select(table, entries.c.number.label("entries"), about.c.after.label("last_after"))
        .join(entries, entries.c.record_id == table.c.id, isouter=True)
        .join(about, about.c.id == entries.c.last, isouter=True)
        .order_by(table.c.id)
    )
    wrong = (problem for row in connection.execute(query).mappings() if (problem := _gap(table, row, name)))
    for _, problem in zip(range(_FIRST), wrong, strict=False):
        yield problem


def _gap(table: Table, row: Any, name: str) -> Problem | None:
    where = f"{table.name} {row['id']}"
    if row["entries"] != row["version"]:
        return _problem("database-history", f"{where}: its history does not have every version", name)
    after = json.loads(row["last_after"])
    changed = [key for key, value in after.items() if key in table.columns and _written(table, key, row[key]) != value]
    if changed:
        return _problem("database-history", f"{where}: {', '.join(changed)} was changed without its history", name)
    return None


def _written(table: Table, column: str, value: object) -> object:
    """A value as the triggers write it into the history."""
    kind = table.columns[column].type
    if isinstance(kind, ExactDecimal) and isinstance(value, Decimal):
        return f"{value:.{kind.places}f}"
    return value.isoformat() if isinstance(value, date) else value
