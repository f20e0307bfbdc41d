"""Connections: what a database is opened with, and what makes each of them keep what it acknowledges."""

import sqlite3
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import Connection, Engine, ExceptionContext, create_engine, event
from sqlalchemy.engine import URL
from sqlalchemy.pool import NullPool, QueuePool

from tomsapp.domain.alike import alike
from tomsapp.store.address import Target, display_name, is_server, read_address
from tomsapp.store.alike import ALIKE
from tomsapp.store.faults import is_gone, translated
from tomsapp.store.files import companions, file_at, has_log
from tomsapp.store.foreign_look import as_it_lies, connect
from tomsapp.store.protected import is_write_protected
from tomsapp.store.security import connection_options

BUSY_SECONDS = 5
SYNCHRONOUS = "FULL"
"""What SQLite waits for: each save is on the disk before it is acknowledged."""
WRITES = "tomsapp_writes"
"""Execution option of a connection that is to take SQLite's write lock when its transaction begins."""
TAKES_TURN = "tomsapp_takes_turn"
"""Execution option of a connection that is to wait for its turn to write on PostgreSQL when its transaction begins."""
_TRUSTS = "tomsapp_trusts"
"""Whether a connection may run what stands in its file: as long as it writes."""
SNAPSHOT = "REPEATABLE READ"
"""The isolation at which PostgreSQL gives all statements of a transaction the same moment, as SQLite does."""
_TURN = "LOCK TABLE change IN SHARE ROW EXCLUSIVE MODE"


_SERVER = "postgresql+psycopg://"
"""All that SQLAlchemy is told of a server’s address: it shows what it is told. The driver gets the rest."""


def _file_url(path: Path) -> URL:
    return URL.create("sqlite", database=str(file_at(path)))


def open_engine(
    target: Target,
    *,
    read_only: bool = False,
    journal: str = "",
    checks_keys: bool = True,
    pooled: bool = False,
    alone: bool = False,
) -> Engine:
    """An engine for an existing file or a server; its errors are the store's.

    `journal` is SQLite's journal mode, WAL or DELETE; empty, it stays as it is. `alone` is for one connection to a
    file that nobody else may have open.

    Raises:
        Unreachable: the address of a server cannot be read.
    """
    if is_server(target):
        pool = QueuePool if pooled else NullPool
        told = connection_options(read_address(target))
        engine = create_engine(_SERVER, connect_args=told, poolclass=pool, isolation_level=SNAPSHOT)
        event.listen(engine, "connect", _prepare_postgres)
        event.listen(engine, "begin", _begin_postgres)
    else:
        engine = _sqlite_engine(Path(str(target)), read_only, journal, checks_keys, pooled, alone)
    name = display_name(target)

    def translate(context: ExceptionContext) -> None:
        cause = context.original_exception
        if is_gone(cause):
            # Whoever tries again gets a new connection: one from before does not reach a drive that is back.
            context.is_disconnect = True
        raise translated(context.sqlalchemy_exception or cause, name, is_open=pooled) from cause

    event.listen(engine, "handle_error", translate)
    return engine


def open_as_it_lies(path: Path) -> Engine:
    """An engine that reads a file as it lies there: nothing is put beside it, and nobody is kept from it."""

    def open_file() -> sqlite3.Connection:
        return connect(as_it_lies(path), check_same_thread=False)

    return create_engine(_file_url(path), creator=open_file, poolclass=NullPool)


def reading(engine: Engine) -> Connection:
    """A connection that reads: all that one transaction reads is from one moment, and it keeps nobody from writing."""
    return engine.connect().execution_options(postgresql_readonly=True)


def writing(engine: Engine) -> Connection:
    """A connection that writes: one at a time, and what it reads before it writes is what it will write over."""
    return engine.connect().execution_options(**{WRITES: True, TAKES_TURN: True})


def changing_tables(engine: Engine) -> Connection:
    """A connection that changes the tables themselves: each step sees what was saved while it waited for a table."""
    connection = engine.connect().execution_options(**{WRITES: True})
    if engine.dialect.name == "postgresql":
        connection = connection.execution_options(isolation_level="READ COMMITTED")
    return connection


def sqlite_address(path: Path, mode: str, *, is_logged: bool | None = None) -> str:
    """The URI of a SQLite file; mode rw never makes a new one. `is_logged` is what `has_log` said of it before."""
    address = f"file:{quote(str(file_at(path)))}?mode={mode}"
    if mode != "ro" or is_logged is False or _is_in_use(path) or not is_write_protected(path):
        return address
    if is_logged is None and not has_log(path):
        # Its locks keep what is read of one moment, whoever else may write to the file.
        return address
    # SQLite would want to write its log's index beside a file that nobody is writing to.
    return f"{address}&immutable=1"


def _is_in_use(path: Path) -> bool:
    """Whether a log lies beside a file that is read by it, or its index, as long as somebody has the file open."""
    log, index, _ = companions(path)
    return index.exists() or (log.exists() and log.stat().st_size > 0)


def _sqlite_engine(path: Path, read_only: bool, journal: str, checks_keys: bool, pooled: bool, alone: bool) -> Engine:
    # Asked before it is open here: afterwards nothing else may open and close it.
    is_logged = has_log(path) if read_only else None

    def open_file() -> sqlite3.Connection:
        address = sqlite_address(path, "ro" if read_only else "rw", is_logged=is_logged)
        connection = connect(address, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False)
        try:
            if alone:
                lock_alone(connection)
            _prepare_sqlite(connection, journal, checks_keys)
        except sqlite3.Error:
            connection.close()
            raise
        return connection

    engine = create_engine(_file_url(path), creator=open_file, poolclass=QueuePool if pooled else NullPool)
    event.listen(engine, "begin", _begin_sqlite)
    event.listen(engine, "invalidate", _let_go)
    return engine


def _let_go(connection: Any, _record: object, _error: object) -> None:
    """End the transaction of a connection that is given up: SQLite closes it late where a fault remembers its work."""
    with suppress(sqlite3.Error):
        connection.rollback()


def lock_alone(connection: sqlite3.Connection) -> None:
    """Keep everybody out of a file until the connection is closed, with all that was saved brought into it.

    Raises:
        sqlite3.OperationalError: somebody has it open (SQLITE_BUSY).
    """
    # The lock stays after a transaction, and keeps out readers of a log too: it is asked for before the log is opened.
    connection.execute("PRAGMA locking_mode = EXCLUSIVE")
    connection.execute("BEGIN EXCLUSIVE")
    connection.execute("COMMIT")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _prepare_sqlite(connection: sqlite3.Connection, journal: str, checks_keys: bool) -> None:
    if journal:
        _choose_journal(connection, journal)
    connection.execute(f"PRAGMA synchronous = {SYNCHRONOUS}")
    # The log is emptied after each save, and never beside another's save: see decision 029.
    connection.execute("PRAGMA wal_autocheckpoint = 0")
    connection.execute(f"PRAGMA foreign_keys = {'ON' if checks_keys else 'OFF'}")
    # REPLACE removes rows too, and must meet the triggers on DELETE.
    connection.execute("PRAGMA recursive_triggers = ON")
    # What is deleted, as evidence whose day is over, is overwritten: not every build of SQLite does so by itself.
    connection.execute("PRAGMA secure_delete = ON")
    # SQLite's own lower() knows A to Z only.
    connection.create_function("lower", 1, _lower, deterministic=True)
    connection.create_function(ALIKE, 1, _alike, deterministic=True)


def busy_milliseconds() -> int:
    """How long a connection waits for others, in SQLite's own measure."""
    return round(BUSY_SECONDS * 1000)


def _choose_journal(connection: sqlite3.Connection, journal: str) -> None:
    """Change the journal, unless somebody has the file open with another one: both work."""
    connection.execute("PRAGMA busy_timeout = 0")
    try:
        connection.execute(f"PRAGMA journal_mode = {journal}")
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
            raise
    connection.execute(f"PRAGMA busy_timeout = {busy_milliseconds()}")


def _lower(text: Any) -> Any:
    return text.lower() if isinstance(text, str) else text


def _alike(text: Any) -> Any:
    return alike(text) if isinstance(text, str) else text


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get(WRITES, False)
    if connection.info.get(_TRUSTS, False) != writes:
        # Our own triggers write the history with SQLite's functions for JSON, which it counts as no harmless ones. What
        # stands in the file was held to what this program makes before anything is written (store/foreign.py).
        connection.exec_driver_sql(f"PRAGMA trusted_schema = {'ON' if writes else 'OFF'}")
        connection.info[_TRUSTS] = writes
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _begin_postgres(connection: Connection) -> None:
    # LOCK TABLE fixes no moment yet: the first statement after it does, and so sees what the one before us saved.
    if connection.get_execution_options().get(TAKES_TURN, False):
        connection.exec_driver_sql(_TURN)


def _prepare_postgres(connection: Any, _record: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SET lock_timeout = '{BUSY_SECONDS}s'")
        cursor.execute("SET timezone = 'UTC'")
    connection.commit()
