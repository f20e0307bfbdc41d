"""Brings what was saved into the one file, so that a copy of the file alone holds everything."""

from contextlib import closing, suppress
from pathlib import Path

from sqlalchemy import Engine

from tomsapp.store.engine import busy_milliseconds
from tomsapp.store.errors import DatabaseLocked
from tomsapp.store.faults import faults_translated
from tomsapp.store.files import companions


def is_settled(path: Path) -> bool:
    """Whether everything that was saved stands in the file itself, and nothing in a log beside it."""
    log, _index, journal = companions(path)
    return not any(_has_bytes(each) for each in (log, journal))


def settle(path: Path, engine: Engine) -> bool:
    """Empty the log into the file, unless somebody is in the way; whether everything is in the file now.

    Raises:
        StoreError: the file cannot be written.
    """
    if is_settled(path):
        return True
    # A connection that is there knows the tables already; a new one would read all their statements for this alone.
    with suppress(DatabaseLocked), faults_translated(path.name), closing(engine.raw_connection()) as connection:
        cursor = connection.cursor()
        # While it waited for whoever reads, nobody could save.
        cursor.execute("PRAGMA busy_timeout = 0")
        try:
            # This way of emptying it keeps others from writing meanwhile: see decision 029.
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        finally:
            cursor.execute(f"PRAGMA busy_timeout = {busy_milliseconds()}")
    return is_settled(path)


def _has_bytes(path: Path) -> bool:
    try:
        return path.stat().st_size > 0
    except FileNotFoundError:
        return False
