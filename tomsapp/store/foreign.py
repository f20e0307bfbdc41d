"""A database file of unknown origin, before it is used: all that acts by itself in it is of this program's making.

SQLite runs what stands in a file: triggers, views, generated columns and checks of another's making would act in this
program's name when it reads or saves.
"""

from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, create_engine, text
from sqlalchemy.pool import StaticPool

from tomsapp.domain.alike import visible
from tomsapp.reading.held import is_held
from tomsapp.room.asking import Question, ask
from tomsapp.room.frames import WrongForm
from tomsapp.room.limits import MEGABYTE, Limits
from tomsapp.room.plain import value_in
from tomsapp.store.address import display_name
from tomsapp.store.engine import open_engine, reading
from tomsapp.store.errors import NotADatabase, StoreError
from tomsapp.store.faults import damaged
from tomsapp.store.files import companions, is_write_protected
from tomsapp.store.foreign_look import APPLICATION_ID, SchemaRow
from tomsapp.store.migrate import MIGRATIONS, head_version, upgrade_tables

_OWN_OF_SQLITE = ("sqlite_sequence", "sqlite_stat1", "sqlite_stat4")
_FIX = (
    "If you know who made it, ask for a copy without that. Nothing in it was run; a backup made by this program can be "
    "restored instead"
)


_LIMITS = Limits(memory=120 * MEGABYTE, seconds=10, answer=10 * MEGABYTE)


def look_at_stranger(path: Path) -> None:
    """Look at a file that was never open here: first in the locked room, as SQLite itself may fail on what is in it.

    Raises:
        NotADatabase: it is not of this program's making, or damaged.
        RoomError: it took too much memory or time, or ended what read it.
    """
    name = path.name
    refusals = {"NotOursHere": _not_ours, "Damaged": lambda _message, _fix: damaged(name)}
    try:
        answer = ask(Question("databases", name, {"path": str(path.absolute())}, [], refusals, _LIMITS))
    except NotADatabase:
        if is_held(path) or any(beside.exists() for beside in companions(path)):
            # It is being written, or was left in the middle of that: what lies beside it makes it whole again.
            return
        raise
    try:
        told: Any = value_in(answer.runs[0])
        number, rows = int(told[0]), told[1]
        found = [(str(kind), str(called), None if sql is None else str(sql)) for kind, called, sql in rows]
    except (WrongForm, TypeError, ValueError, IndexError) as error:
        raise damaged(name) from error
    refuse_foreign(found, name, number)


def check_open(target: Path) -> None:
    """Look at a file through the connection that will be used, with what was saved beside it.

    Raises:
        NotADatabase: something in it is not of this program's making.
    """
    with reading(open_engine(target, read_only=is_write_protected(target))) as connection:
        if connection.execute(text("PRAGMA application_id")).scalar_one() != APPLICATION_ID:
            return  # the next question to it says so
        number = connection.execute(text("PRAGMA user_version")).scalar_one()
        refuse_foreign(schema_rows(connection), display_name(target), number)


def refuse_foreign(rows: Iterable[SchemaRow], name: str, number: int, migrations: Path = MIGRATIONS) -> None:
    """Whether the tables, indexes, triggers and views of a file are all of this program's making.

    What is missing is not looked at: it does nothing. Nor is a file of a later version, which is not opened.

    Raises:
        NotADatabase: something is not; says what.
    """
    if not 0 < number <= int(head_version(migrations)):
        return
    own = own_schema(f"{number:04d}", migrations)
    for kind, called, sql in rows:
        if sql is None or called in _OWN_OF_SQLITE or (kind, called, sql) in own:
            continue
        what = f"the {visible(kind[:20])} {visible(called[:60])}"
        raise NotADatabase(f"{name} has {what}, which is not as this program made it", _FIX)


def _not_ours(message: str, fix: str) -> StoreError:
    return NotADatabase(message, fix)


def schema_rows(connection: Connection) -> list[SchemaRow]:
    """What stands in the file of an open connection."""
    rows = connection.execute(text("SELECT type, name, sql FROM sqlite_master"))
    return [(row[0], row[1], row[2]) for row in rows]


@lru_cache(maxsize=8)
def own_schema(version: str, migrations: Path) -> frozenset[SchemaRow]:
    """What this program makes in a file of a version."""
    engine = create_engine("sqlite://", poolclass=StaticPool)
    try:
        upgrade_tables(engine, migrations, version)
        with engine.connect() as connection:
            return frozenset(schema_rows(connection))
    finally:
        engine.dispose()
