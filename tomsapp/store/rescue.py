"""Copies what can be read of a damaged database into a new one, and says what could not.

The damaged file is never written to: a copy of it is opened, with the list of tables as this program makes them, so
that neither its indices nor its triggers are needed. Rows are read from both ends, and one by one in between; what is
lost is put together from its history where that can be read.
"""

import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection, func, inspect, select, text

from tomsapp.reading.held import is_held
from tomsapp.store.alone import under_way
from tomsapp.store.chain import THEN, WHOLE, link_again, link_changes, whole_until
from tomsapp.store.copying import Progress, no_progress
from tomsapp.store.engine import changing_tables, open_engine, sqlite_address
from tomsapp.store.errors import DatabaseLocked, StoreError
from tomsapp.store.faults import damaged, faults_translated, file_failed
from tomsapp.store.files import check_readable, companions, file_at
from tomsapp.store.foreign import look_at_damaged
from tomsapp.store.foreign_look import connect
from tomsapp.store.migrate import head_version, upgrade_tables
from tomsapp.store.migrations.changes import CHAIN
from tomsapp.store.noting import US, note
from tomsapp.store.rescued_cells import Cells
from tomsapp.store.rescued_history import add_with, put_together, stand_in_for_changes
from tomsapp.store.rescued_rows import LeftOut, Rescued, kept_otherwise, quoted, rows_of, without_broken_keys
from tomsapp.store.tables import ChangeRow
from tomsapp.store.version import VERSION_TABLE

_HEADER, _FREE_PAGES = 100, 32
_MAGIC = b"SQLite format 3\0"
WHAT = "Copied what could be read of a damaged database"
_LEAST_PAGE, _LARGEST_PAGE = 512, 65_536


def rescue_database(source: Path, target: Path, progress: Progress = no_progress) -> Rescued:
    """Make the new file `target` of all that can be read of the file `source`, which stays as it is.

    Raises:
        NotADatabase: nothing of it can be read.
        StoreError: there is a file `target` already, or it cannot be written.
        RoomError: reading it took too much memory or time, or ended what read it first.
    """
    source, path = file_at(source), file_at(target)
    if path.exists():
        raise StoreError(f"There is already a file {path.name}", "Choose another name for the new database")
    check_readable(source)
    if is_held(source):
        raise DatabaseLocked(f"{source.name} is open here", "Close it first, then try again")
    with (
        tempfile.TemporaryDirectory(prefix="tomsapp-") as name,
        faults_translated(path.name),
        under_way(path) as work,
        work.part() as part,
    ):
        copy = _copied(source, Path(name) / "copy")
        engine = open_engine(part, checks_keys=False)
        upgrade_tables(engine, version=_version_of(copy))
        engine.dispose()
        look_at_damaged(copy, _use_our_tables(copy, part, source.name))
        found = _carry_over(copy, part, source.name, progress)
        _chain(part, found.left_out)
        found = replace(found, rows=_rows_in(part))
        work.put(part)
    return found


def _rows_in(made: Path) -> int:
    """How many rows the new database has, of all tables but the one of its version."""
    with closing(connect(sqlite_address(made, "ro"))) as new:
        tables = [row[0] for row in new.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        ours = [table for table in tables if table != VERSION_TABLE and not table.startswith("sqlite_")]
        return sum(new.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in ours)


def _copied(source: Path, copy: Path) -> Path:
    """A copy of the file with what lies beside it, and with a header that says no more than is sure."""
    try:
        shutil.copyfile(source, copy)
        for beside, of_copy in zip(companions(source), companions(copy), strict=True):
            if beside.exists() and not beside.name.endswith("-shm"):
                shutil.copyfile(beside, of_copy)
    except OSError as error:
        raise file_failed(source, error) from error
    look_at_damaged(copy)
    if not _opens(copy):
        _mend_header(copy)
    # Nothing is taken from the list of free pages, which may be wrong.
    with copy.open("rb+") as file:
        file.seek(_FREE_PAGES)
        file.write(bytes(8))
    return copy


def _opens(path: Path) -> bool:
    try:
        with closing(_connected(path)) as connection:
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
            connection.execute("PRAGMA journal_mode = DELETE")
    except sqlite3.Error:
        return False
    return True


def _connected(path: Path) -> sqlite3.Connection:
    """A connection that reads words as bytes, for they may be none, and passes over a wrong list of tables."""
    connection = connect(sqlite_address(path, "rw"), mends_schema=True, isolation_level=None)
    connection.text_factory = bytes
    connection.execute("PRAGMA writable_schema = ON")
    return connection


def _mend_header(path: Path) -> None:
    """Write the header as this program's files have it; the size of a page stays where it can be one."""
    for beside in companions(path):
        beside.unlink(missing_ok=True)
    with path.open("rb+") as file:
        header = bytearray(file.read(_HEADER).ljust(_HEADER, b"\0"))
        size = int.from_bytes(header[16:18], "big")
        size = _LARGEST_PAGE if size == 1 else size
        if not _LEAST_PAGE <= size <= _LARGEST_PAGE or size & (size - 1):
            size = 4096
            header[16:18] = size.to_bytes(2, "big")
        header[:16] = _MAGIC
        header[18:24] = bytes((1, 1, 0, 64, 32, 32))
        header[28:40] = (path.stat().st_size // size).to_bytes(4, "big") + bytes(8)
        header[44:48] = (4).to_bytes(4, "big")
        header[52:56] = header[64:68] = bytes(4)
        header[56:60] = (1).to_bytes(4, "big")
        header[92:96] = header[24:28]
        file.seek(0)
        file.write(header)


def _version_of(copy: Path) -> str:
    """The version that the file says in its table, else in its header; else the newest."""
    head = head_version()
    for query in (f"SELECT version_num FROM {VERSION_TABLE}", "PRAGMA user_version"):
        try:
            with closing(_connected(copy)) as connection:
                (said,) = connection.execute(query).fetchone() or ("",)
        except sqlite3.Error:
            continue
        text = said.decode("ascii", "replace") if isinstance(said, bytes) else str(said)
        if text.isdigit() and len(text) <= len(head) and 0 < int(text) <= int(head):
            return f"{int(text):0{len(head)}}"
    return head


def _use_our_tables(copy: Path, made: Path, name: str) -> list[str]:
    """Write the tables into the copy's list as this program makes them, each where its rows are; nothing else.

    Gives their names.
    """
    with closing(connect(sqlite_address(made, "ro"))) as fresh:
        ours = dict(fresh.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table'").fetchall())
    try:
        with closing(_connected(copy)) as connection:
            connection.execute("DELETE FROM sqlite_master WHERE type <> 'table'")
            for table, statement in ours.items():
                connection.execute("UPDATE sqlite_master SET sql = ? WHERE name = ?", (statement, table))
    except sqlite3.Error as error:
        raise damaged(name) from error
    return list(ours)


def _carry_over(copy: Path, made: Path, name: str, progress: Progress) -> Rescued:
    left_out: list[LeftOut] = []
    number = 0
    address = sqlite_address(made, "rw")
    with closing(connect(address, isolation_level=None)) as new, closing(_connected(copy)) as old:
        # This program has just made it: its triggers write the history with functions that SQLite does not trust.
        new.execute("PRAGMA trusted_schema = ON")
        new.execute("PRAGMA foreign_keys = OFF")
        new.execute("BEGIN IMMEDIATE")
        triggers = new.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for trigger, _ in triggers:
            new.execute(f"DROP TRIGGER {trigger}")
        tables = [row[0] for row in new.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        ours = [table for table in tables if table != VERSION_TABLE and not table.startswith("sqlite_")]
        for done, table in enumerate(ours):
            number += _carry_table(old, new, table, left_out)
            progress(done + 1, len(ours))
        rebuilt = sum(put_together(new, table, left_out) for table in ours)
        left_out += stand_in_for_changes(new)
        left_out += without_broken_keys(new)
        for _, statement in triggers:
            new.execute(statement)
        if not number:
            raise damaged(name)
        _set_council(new)
        new.execute("COMMIT")
    return Rescued(0, rebuilt, tuple(left_out))


def _carry_table(old: sqlite3.Connection, new: sqlite3.Connection, table: str, left_out: list[LeftOut]) -> int:
    cells = Cells(new, table)
    places = ", ".join("?" * len(cells.names))
    statement = f"INSERT INTO {table} ({quoted(cells.names)}) VALUES ({places})"
    number = 0
    for found in _each(old, table, cells, left_out):
        try:
            new.execute(statement, found)
        except sqlite3.Error as error:
            left_out.append(LeftOut(table, cells.id_of(found), f"it cannot be kept: {error}"))
        else:
            number += 1
    return number


def _each(old: sqlite3.Connection, table: str, cells: Cells, left_out: list[LeftOut]) -> Iterator[tuple[object, ...]]:
    for found in rows_of(old, table, cells.names):
        if isinstance(found, LeftOut):
            left_out.append(found)
            continue
        values, wrong = cells.read(found)
        if wrong:
            left_out.append(LeftOut(table, found[0] if isinstance(found[0], int) else None, wrong))
        else:
            yield values


def _chain(made: Path, left_out: tuple[LeftOut, ...]) -> None:
    """Say in the history that it is a copy, and begin its chain anew where a part of what that covers is lost.

    What is whole at its beginning stays as it is: papers of that time can be held against it.
    """
    engine = open_engine(made, checks_keys=False)
    with changing_tables(engine) as connection, connection.begin():
        has_chain = inspect(connection).has_table(CHAIN)
        whole = whole_until(connection) if has_chain else 0
        changes = connection.execute(select(func.count()).select_from(ChangeRow)).scalar_one()
        is_cut = has_chain and whole < changes
        if left_out or is_cut:
            says: dict[str, object] = {"note": _note(len(left_out), whole if is_cut else None)}
            says |= {WHOLE: whole, THEN: changes + 1} if is_cut else {}
            number = note(connection, US, WHAT, says)
            if is_cut:
                guards = _taken_away(connection)
                link_again(connection, whole)
                for statement in guards:
                    connection.exec_driver_sql(statement)
            elif has_chain:
                link_changes(connection, [number])
    engine.dispose()


def _note(left_out: int, whole: int | None) -> str:
    lost = "Its list of changes was not whole"
    if left_out:
        lost = kept_otherwise(left_out)
    if whole is None:
        return lost
    begins = f"The chain of its history begins anew after change {whole}"
    return f"{lost}. {begins}: papers that were made later cannot be held to it"


def _taken_away(connection: Connection) -> list[str]:
    """Take the triggers of the chain away; what makes them again."""
    query = text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = :table")
    found = connection.execute(query, {"table": CHAIN}).all()
    for name, _ in found:
        connection.exec_driver_sql(f"DROP TRIGGER {name}")
    return [statement for _, statement in found]


def _set_council(new: sqlite3.Connection) -> None:
    """Every database has the council's settings: where they are lost they are as on the first day."""
    if new.execute("SELECT count(*) FROM council").fetchone()[0]:
        return
    now = datetime.now(UTC).replace(tzinfo=None).isoformat(" ")
    change = add_with(new, "change", {"at": now, "who": US, "what": WHAT})
    add_with(new, "council", {"id": 1, "version": 1, "change_id": change})
