"""Copies of a database that are whole and checked, and databases made from such copies."""

from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from tomsapp.config.places import check_place
from tomsapp.config.whole_files import OWNER_ONLY
from tomsapp.store.address import Target, display_name, is_server
from tomsapp.store.alone import under_way
from tomsapp.store.copying import Progress, dump_server, load_server, no_progress
from tomsapp.store.database import Database
from tomsapp.store.engine import BUSY_SECONDS, sqlite_address
from tomsapp.store.errors import NewerDatabase, StoreError
from tomsapp.store.faults import damaged, faults_translated
from tomsapp.store.files import check_file, file_at
from tomsapp.store.foreign import check_open, look_at_stranger
from tomsapp.store.foreign_look import connect
from tomsapp.store.migrate import current_version, head_version
from tomsapp.store.version import number_of

_PAGES_AT_ONCE = 2_000


def backup_database(database: Database, path: Path, progress: Progress = no_progress) -> None:
    """Write a whole, checked copy to the file `path` while the database may be in use.

    Another file of that name is replaced once the copy is complete, and not before.

    Raises:
        StoreError: the copy cannot be written or is not whole.
    """
    check_place(path)
    path = file_at(path)
    if path == database.path:
        raise StoreError(f"{path.name} is the database itself", "Choose another name for the backup")
    with under_way(path) as work, work.part() as part:
        with faults_translated(path.name):
            if database.path is None:
                dump_server(database.target, part, progress)
            else:
                _copy_file(database.path, part, progress)
        check_backup(part, database.name)
        work.put(part, mode=OWNER_ONLY)


def check_backup(path: Path, called: str = "") -> str:
    """The version of a backup, once it is sure that this program can use it; `called` is what people call it.

    Raises:
        NotADatabase: it is something else, or damaged.
        NewerDatabase: a later version of the program made it.
    """
    name = called or path.name
    check_file(path)
    with faults_translated(name):
        version = current_version(path)
        with closing(connect(sqlite_address(path, "ro"))) as connection:
            if connection.execute("PRAGMA integrity_check(1)").fetchone()[0] != "ok":
                raise damaged(name)
            if connection.execute("PRAGMA foreign_key_check").fetchone() is not None:
                raise damaged(name)
    if number_of(version, name) > int(head_version()):
        raise NewerDatabase(f"{name} was made by a later version of this program", "Install the latest version first")
    return version


def restore_database(backup: Path, target: Target, progress: Progress = no_progress) -> Path | None:
    """Make `target` what the backup holds; it must not be open.

    A file that was there is kept beside it, and its new name returned. A server database must be empty. Ended at any
    moment, there is a whole database of the name of `target`: the one that was there, or the one that is restored.

    The backup is a file of unknown origin: it is looked at in the locked room, and holds what this program makes.

    Raises:
        StoreError: the backup is no good, or the target is in use; the target is then as it was.
        RoomError: looking at the backup took too much memory or time, or ended what read it.
    """
    check_file(backup)
    look_at_stranger(backup)
    with faults_translated(backup.name):
        check_open(backup, is_known=False)
    version = check_backup(backup)
    with faults_translated(display_name(target)):
        if is_server(target):
            load_server(backup, target, version, progress)
            return None
        with under_way(file_at(target)) as work, work.part() as part:
            _copy_file(backup, part, progress)
            check_backup(part, backup.name)
            stamp = datetime.now(UTC).strftime("%Y%m%d-%H%M%S")
            return work.put(part, keep=f"replaced-{stamp}")


def replace_database(made: Path, path: Path) -> None:
    """Put a database file that was just made, and is closed, in the place of `path`; what was there is gone.

    Raises:
        DatabaseLocked: the file that is there is open elsewhere, and is then as it was.
    """
    with faults_translated(path.name), under_way(path.absolute()) as work:
        work.put(made)


def _copy_file(source: Path, part: Path, progress: Progress) -> None:
    with (
        closing(connect(sqlite_address(source, "ro"), timeout=BUSY_SECONDS)) as rows,
        closing(connect(sqlite_address(part, "rw"))) as copy,
    ):
        # The open transaction keeps one moment of the source, whatever others write meanwhile.
        rows.execute("BEGIN")
        rows.execute("SELECT count(*) FROM sqlite_master").fetchone()
        rows.backup(copy, pages=_PAGES_AT_ONCE, progress=lambda _status, left, total: progress(total - left, total))
        copy.execute("PRAGMA journal_mode = DELETE")
