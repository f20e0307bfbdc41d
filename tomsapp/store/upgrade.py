"""Upgrades a database of an earlier version: a copy first, and everything put back if a step fails."""

import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

from tomsapp.config.paths import user_data_dir
from tomsapp.store.address import Target, display_name, is_server
from tomsapp.store.copying import dump_server
from tomsapp.store.engine import BUSY_SECONDS, open_engine, sqlite_address
from tomsapp.store.errors import DatabaseLocked, UpgradeFailed
from tomsapp.store.faults import faults_translated
from tomsapp.store.files import companions
from tomsapp.store.migrate import MIGRATIONS, current_version, head_version, upgrade_tables


def upgrade_database(target: Target, migrations: Path = MIGRATIONS) -> Path:
    """Take a database that nobody has open to the newest version; gives the copy that was made first.

    The copy of a file stands beside it, that of a server among the user's own files; `restore_database` takes both.
    A server takes all steps in one transaction, so it never needs the copy to go back.

    Raises:
        DatabaseLocked: somebody has it open.
        UpgradeFailed: a step did not work; the database is as it was, byte for byte.
    """
    name = display_name(target)
    with faults_translated(name):
        if is_server(target):
            copy = _free_name(_backups_folder(), name.replace("/", "-"), ".toms", head_version(migrations))
            dump_server(target, copy)
            _take_steps(target, name, migrations)
            return copy
        path = Path(str(target)).expanduser().absolute()
        _settle(path)
        copy = _copy_beside(path, head_version(migrations))
        try:
            _take_steps(path, name, migrations)
        except BaseException:
            _put_back(copy, path)
            raise
        return copy


def _take_steps(target: Target, name: str, migrations: Path) -> None:
    before = current_version(target)
    engine = open_engine(target, checks_keys=False, journal="DELETE")
    try:
        upgrade_tables(engine, migrations)
    except Exception as error:
        raise UpgradeFailed(
            f"{name} could not be upgraded from version {before}: {error}",
            "It is as it was before. Use the earlier program until this is mended, and report it",
        ) from error
    finally:
        engine.dispose()


def _settle(path: Path) -> None:
    """Bring everything that was written into the one file."""
    with closing(sqlite3.connect(sqlite_address(path, "rw"), uri=True, timeout=BUSY_SECONDS)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    if any(left.exists() for left in companions(path)):
        raise DatabaseLocked(f"{path.name} is open elsewhere", "Close it everywhere, then upgrade it")


def _copy_beside(path: Path, version: str) -> Path:
    copy = _free_name(path.parent, path.stem, path.suffix, version)
    shutil.copy2(path, copy)
    with copy.open("rb+") as file:
        os.fsync(file.fileno())
    return copy


def _free_name(folder: Path, stem: str, suffix: str, version: str) -> Path:
    copy = folder / f"{stem}.before-{version}{suffix}"
    number = 1
    while copy.exists():
        number += 1
        copy = folder / f"{stem}.before-{version}-{number}{suffix}"
    return copy


def _backups_folder() -> Path:
    folder = user_data_dir() / "backups"
    folder.mkdir(exist_ok=True)
    return folder


def _put_back(copy: Path, path: Path) -> None:
    for left in companions(path):
        left.unlink(missing_ok=True)
    copy.replace(path)
