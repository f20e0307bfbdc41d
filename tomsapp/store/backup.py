"""Copies of a database that are whole and checked, and databases made from such copies."""

import os
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from tomsapp.store.address import Target, display_name, is_server
from tomsapp.store.copying import Progress, dump_server, load_server, new_file, no_progress
from tomsapp.store.database import Database
from tomsapp.store.engine import BUSY_SECONDS, sqlite_address
from tomsapp.store.errors import DatabaseLocked, NewerDatabase, StoreError
from tomsapp.store.faults import damaged, faults_translated
from tomsapp.store.files import check_file, companions
from tomsapp.store.migrate import current_version, head_version

_PAGES_AT_ONCE = 2_000


def backup_database(database: Database, path: Path, progress: Progress = no_progress) -> None:
    """Write a whole, checked copy to the file `path` while the database may be in use.

    Another file of that name is replaced once the copy is complete, and not before.

    Raises:
        StoreError: the copy cannot be written or is not whole.
    """
    if database.path is not None and path.absolute() == database.path:
        raise StoreError(f"{path.name} is the database itself", "Choose another name for the backup")
    part = path.with_name(f"{path.name}.part")
    try:
        with faults_translated(path.name):
            if database.path is None:
                dump_server(database.target, part, progress)
            else:
                _copy_file(database.path, part, progress)
        check_backup(part)
        _put_in_place(part, path)
    finally:
        _remove(part)


def check_backup(path: Path) -> str:
    """The version of a backup, once it is sure that this program can use it.

    Raises:
        NotADatabase: it is something else, or damaged.
        NewerDatabase: a later version of the program made it.
    """
    check_file(path)
    with faults_translated(path.name):
        version = current_version(path)
        with closing(sqlite3.connect(sqlite_address(path, "ro"), uri=True)) as connection:
            if connection.execute("PRAGMA integrity_check(1)").fetchone()[0] != "ok":
                raise damaged(path.name)
            if connection.execute("PRAGMA foreign_key_check").fetchone() is not None:
                raise damaged(path.name)
    if int(version) > int(head_version()):
        raise NewerDatabase(
            f"{path.name} was made by a later version of this program", "Install the latest version first"
        )
    return version


def restore_database(backup: Path, target: Target, progress: Progress = no_progress) -> Path | None:
    """Make `target` what the backup holds; it must not be open.

    A file that was there is kept beside it, and its new name returned. A server database must be empty.

    Raises:
        StoreError: the backup is no good, or the target is in use; the target is then as it was.
    """
    version = check_backup(backup)
    with faults_translated(display_name(target)):
        if is_server(target):
            load_server(backup, target, version, progress)
            return None
        path = Path(str(target)).expanduser().absolute()
        part = path.with_name(f"{path.name}.part")
        try:
            _copy_file(backup, part, progress)
            check_backup(part)
            return _swap(part, path)
        finally:
            _remove(part)


def replace_database(made: Path, path: Path) -> None:
    """Put a database file that was just made, and is closed, in the place of `path`; what was there is gone.

    Raises:
        DatabaseLocked: the file that is there is open elsewhere, and is then as it was.
    """
    with faults_translated(path.name):
        replaced = _swap(made, path)
    if replaced is not None:
        _remove(replaced)


def _swap(made: Path, path: Path) -> Path | None:
    """Put `made` in the place of `path`; gives where the file that was there is kept."""
    kept = _move_aside(path) if path.exists() else None
    try:
        _put_in_place(made, path)
    except StoreError:
        if kept is not None:
            kept.replace(path)
        raise
    return kept


def _copy_file(source: Path, part: Path, progress: Progress) -> None:
    new_file(part)
    with (
        closing(sqlite3.connect(sqlite_address(source, "ro"), uri=True, timeout=BUSY_SECONDS)) as rows,
        closing(sqlite3.connect(sqlite_address(part, "rw"), uri=True)) as copy,
    ):
        # The open transaction keeps one moment of the source, whatever others write meanwhile.
        rows.execute("BEGIN")
        rows.execute("SELECT count(*) FROM sqlite_master").fetchone()
        rows.backup(copy, pages=_PAGES_AT_ONCE, progress=lambda _status, left, total: progress(total - left, total))
        copy.execute("PRAGMA journal_mode = DELETE")


def _put_in_place(part: Path, path: Path) -> None:
    try:
        with part.open("rb+") as file:
            os.fsync(file.fileno())
        part.replace(path)
    except OSError as error:
        raise DatabaseLocked(
            f"{path.name} cannot be replaced", "Close it where it is open, or choose another name"
        ) from error


def _move_aside(path: Path) -> Path:
    """Rename a database file that nobody has open, with all that was written to it."""
    with closing(sqlite3.connect(sqlite_address(path, "rw"), uri=True, timeout=0)) as connection:
        try:
            connection.execute("PRAGMA locking_mode = EXCLUSIVE")
            connection.execute("BEGIN EXCLUSIVE")
            connection.execute("ROLLBACK")
        except sqlite3.DatabaseError as error:
            if getattr(error, "sqlite_errorcode", 0) & 0xFF in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
                raise DatabaseLocked(f"{path.name} is open elsewhere", "Close it everywhere, then try again") from error
            # A damaged file has nobody to wait for: it is kept as it is.
    stamp = datetime.now(UTC).strftime("%Y%m%d-%H%M%S-%f")
    kept = path.with_name(f"{path.stem}.replaced-{stamp}{path.suffix}")
    path.replace(kept)
    for left in companions(path):
        if left.exists():
            left.replace(kept.with_name(left.name.replace(path.name, kept.name, 1)))
    return kept


def _remove(part: Path) -> None:
    for left in (part, *companions(part)):
        left.unlink(missing_ok=True)
