"""A database as the version before left it."""

from pathlib import Path

from tomsapp.store.engine import open_engine
from tomsapp.store.migrate import downgrade_tables, head_version


def make_earlier(path: Path) -> None:
    """Take the newest step back, as if the version before had made the file."""
    engine = open_engine(str(path), checks_keys=False)
    downgrade_tables(engine, f"{int(head_version()) - 1:04}")
    engine.dispose()
