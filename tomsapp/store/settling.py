"""Brings what was saved into the one file, so that a copy of the file alone holds everything."""

from contextlib import closing, suppress
from pathlib import Path

from tomsapp.store.engine import sqlite_address, wait_for_the_disk
from tomsapp.store.errors import DatabaseLocked
from tomsapp.store.faults import faults_translated
from tomsapp.store.files import companions
from tomsapp.store.foreign_look import connect

_PATIENCE = 0
"""Seconds for which it waits for whoever reads: none, for while it waits nobody can save."""


def is_settled(path: Path) -> bool:
    """Whether everything that was saved stands in the file itself, and nothing in a log beside it."""
    log, _index, journal = companions(path)
    return not any(_has_bytes(each) for each in (log, journal))


def settle(path: Path) -> bool:
    """Empty the log into the file, unless somebody is in the way; whether everything is in the file now.

    Raises:
        StoreError: the file cannot be written.
    """
    if is_settled(path):
        return True
    address = sqlite_address(path, "rw")
    with (
        suppress(DatabaseLocked),
        faults_translated(path.name),
        closing(connect(address, timeout=_PATIENCE)) as connection,
    ):
        wait_for_the_disk(connection)
        # This way of emptying it keeps others from writing meanwhile: see decision 029.
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return is_settled(path)


def _has_bytes(path: Path) -> bool:
    try:
        return path.stat().st_size > 0
    except FileNotFoundError:
        return False
