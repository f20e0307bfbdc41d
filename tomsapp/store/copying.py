"""Carries all rows of a database to another server: PostgreSQL to a file for a backup, and back."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, DateTime, MetaData, Numeric, Table, event, func, insert, inspect, select, text
from sqlalchemy.engine.interfaces import ReflectedColumn

from tomsapp.store.address import Target, display_name
from tomsapp.store.engine import changing_tables, open_engine, reading
from tomsapp.store.errors import StoreError
from tomsapp.store.migrate import upgrade_tables
from tomsapp.store.types import Pounds, Quantity, Share, UtcDateTime
from tomsapp.store.version import VERSION_TABLE, stored_version

Progress = Callable[[int, int], None]
"""Told how much of how much is done; may raise to stop."""

_AT_ONCE = 2_000
_EXACT = {kind.places: kind for kind in (Pounds, Quantity, Share)}


def no_progress(_done: int, _total: int) -> None:
    """Nobody wants to know."""


def dump_server(url: Target, path: Path, progress: Progress = no_progress) -> None:
    """Write everything that a PostgreSQL database holds into an empty SQLite file, of the same version."""
    source, target = open_engine(url), open_engine(path, checks_keys=False)
    with reading(source) as rows:
        upgrade_tables(target, version=stored_version(rows, display_name(url)))
        with changing_tables(target) as file, file.begin():
            copy_rows(rows, file, progress)


def load_server(backup: Path, url: Target, version: str, progress: Progress) -> None:
    """Put everything that a SQLite file of this version holds into an empty PostgreSQL database.

    Raises:
        StoreError: there is a database already.
    """
    engine = open_engine(url)
    with engine.connect() as server:
        if inspect(server).has_table(VERSION_TABLE):
            raise StoreError(f"{display_name(url)} already holds a database", "Restore into an empty one")
    source = open_engine(backup, read_only=True)
    with reading(source) as rows, engine.connect() as server, server.begin():
        upgrade_tables(server, version=version)
        copy_rows(rows, server, progress)


def copy_rows(source: Connection, target: Connection, progress: Progress) -> None:
    """Carry every row over, numbers and history as they are; the target's tables must be there and empty."""
    tables = _tables(source if source.dialect.name == "postgresql" else target)
    total = sum(source.execute(select(func.count()).select_from(table)).scalar_one() for table in tables)
    done = 0
    with _triggers_off(target, tables):
        for table in tables:
            rows = source.execution_options(yield_per=_AT_ONCE).execute(select(table)).mappings()
            for part in rows.partitions():
                target.execute(insert(table), [dict(row) for row in part])
                done += len(part)
                progress(done, total)


def _tables(server: Connection) -> list[Table]:
    """Our tables as they are on PostgreSQL, whatever their version, with the store's own column types."""
    metadata = MetaData()
    event.listen(metadata, "column_reflect", _use_own_type)
    metadata.reflect(server)
    return [table for table in metadata.sorted_tables if table.name != VERSION_TABLE]


def _use_own_type(_inspector: Any, _table: Table, column: ReflectedColumn) -> None:
    kind = column["type"]
    if isinstance(kind, Numeric) and kind.scale is not None:
        column["type"] = _EXACT[kind.scale]()
    elif isinstance(kind, DateTime):
        column["type"] = UtcDateTime()
    column["default"] = None


@contextmanager
def _triggers_off(target: Connection, tables: list[Table]) -> Iterator[None]:
    """History comes over as it is, so nothing may write it again; the triggers are back before the commit."""
    if target.dialect.name == "postgresql":
        for table in tables:
            target.execute(text(f"ALTER TABLE {table.name} DISABLE TRIGGER USER"))
        yield
        for table in tables:
            target.execute(text(f"ALTER TABLE {table.name} ENABLE TRIGGER USER"))
            _count_on(target, table)
        return
    triggers = target.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").all()
    for name, _ in triggers:
        target.exec_driver_sql(f"DROP TRIGGER {name}")
    yield
    for _, statement in triggers:
        target.exec_driver_sql(statement)


def _count_on(target: Connection, table: Table) -> None:
    """New rows get numbers after those that came over."""
    largest = f"(SELECT max(id) FROM {table.name})"
    sequence = f"pg_get_serial_sequence('{table.name}', 'id')"
    target.execute(text(f"SELECT setval({sequence}, {largest}) WHERE {largest} IS NOT NULL"))
