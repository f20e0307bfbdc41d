"""A database file of unknown origin, before it is used: all that acts by itself in it is of this program's making.

SQLite runs what stands in a file: triggers, views, generated columns and checks of another's making would act in this
program's name when it reads or saves. A database that is worked with daily is held to the same, but for its triggers:
see `store.guards`.
"""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, create_engine, text
from sqlalchemy.pool import StaticPool

from tomsapp.domain.alike import visible
from tomsapp.reading.held import is_held
from tomsapp.room.asking import Answer, Question, ask
from tomsapp.room.frames import WrongForm
from tomsapp.room.limits import MEGABYTE, Limits
from tomsapp.room.plain import value_in
from tomsapp.store.address import display_name
from tomsapp.store.engine import open_engine, reading
from tomsapp.store.errors import Altered, NotADatabase, StoreError
from tomsapp.store.faults import damaged
from tomsapp.store.files import companions
from tomsapp.store.foreign_look import APPLICATION_ID, SchemaRow
from tomsapp.store.migrate import MIGRATIONS, head_version, upgrade_tables
from tomsapp.store.protected import is_write_protected

GUARD = "trigger"
"""What SQLite calls that which writes the history and refuses to lose anything."""
_OWN_OF_SQLITE = ("sqlite_sequence", "sqlite_stat1", "sqlite_stat4")
_FIX = (
    "Nothing in it was run. Copy what can be read of it into a new database, which takes over its rows alone, or "
    "restore a backup"
)
_FIX_GUARD = f"{_FIX}. If it is your own, “tomsapp db mend” puts this right"
_ROWS_SECONDS, _BYTES_A_SECOND = 60, 2 * MEGABYTE
"""For so long the room may read a damaged file: it looks for lost rows one by one."""


_LIMITS = Limits(memory=120 * MEGABYTE, seconds=10, answer=10 * MEGABYTE)


def look_at_stranger(path: Path, *, is_known: bool = False) -> None:
    """Look at a file that is not open here: first in the locked room, as SQLite itself may fail on what is in it.

    Raises:
        NotADatabase: it is not of this program's making, or damaged; `Altered` where the triggers of a file that
            `is_known` are as they should be, or it is no file of ours.
        RoomError: it took too much memory or time, or ended what read it.
    """
    name = path.name
    try:
        answer = _asked(path, {}, _LIMITS)
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
    refuse_foreign(found, name, number, is_known=is_known)


def look_at_damaged(path: Path, tables: Sequence[str] = ()) -> None:
    """Let the room read a damaged file before this process does; what cannot be read is no reason to refuse it.

    With `tables`, each of their rows is read, and not the list of tables alone.

    Raises:
        RoomError: it took too much memory or time, or ended what read it.
    """
    seconds = _ROWS_SECONDS + path.stat().st_size // _BYTES_A_SECOND
    with suppress(NotADatabase):
        _asked(path, {"tables": list(tables)} if tables else {}, Limits(_LIMITS.memory, seconds, _LIMITS.answer))


def _asked(path: Path, more: Mapping[str, object], limits: Limits) -> Answer:
    refusals = {"NotOursHere": _not_ours, "Damaged": lambda _message, _fix: damaged(path.name)}
    return ask(Question("databases", path.name, {"path": str(path.absolute()), **more}, [], refusals, limits))


def check_open(target: Path, *, is_known: bool = True) -> None:
    """Look at a file through the connection that will be used, with what was saved beside it.

    The triggers of one that `is_known` are left to `store.guards`.

    Raises:
        NotADatabase: something in it is not of this program's making.
    """
    with reading(open_engine(target, read_only=is_write_protected(target))) as connection:
        if connection.execute(text("PRAGMA application_id")).scalar_one() != APPLICATION_ID:
            return  # the next question to it says so
        number = connection.execute(text("PRAGMA user_version")).scalar_one()
        refuse_foreign(schema_rows(connection), display_name(target), number, is_known=is_known)


def refuse_foreign(
    rows: Iterable[SchemaRow], name: str, number: int, migrations: Path = MIGRATIONS, *, is_known: bool = False
) -> None:
    """Whether the tables, indexes and views of a file are all of this program's making, and its triggers too.

    A table or index that is missing is not looked at: it does nothing. Nor is a file of a later version, which is not
    opened, nor are the triggers of a file that `is_known`.

    Raises:
        Altered: something is not; says what.
    """
    if not 0 < number <= int(head_version(migrations)):
        return
    own = own_schema(f"{number:04d}", migrations)
    held = set(rows)
    for kind, called, sql in sorted(held - own, key=str):
        if sql is not None and called not in _OWN_OF_SQLITE and not (is_known and kind == GUARD):
            what = f"the {visible(kind[:20])} {visible(called[:60])}"
            fix = _FIX_GUARD if kind == GUARD else _FIX
            raise Altered(f"{name} has {what}, which is not as this program made it", fix)
    if missing := sorted(called for kind, called, _ in own - held if kind == GUARD and not is_known):
        raise Altered(f"{name} lacks the trigger {missing[0]}, with which this program made it", _FIX_GUARD)


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
