"""Where databases are, in words: files, and servers, whose password nobody is shown."""

from __future__ import annotations

from tomsapp.store.address import ServerAddress, Target, display_name, hide_addresses, is_server, read_address
from tomsapp.store.errors import Unreachable
from tomsapp.store.secrets import without_secrets

__all__ = [
    "DATABASE_ENDING",
    "DATABASE_ENDINGS",
    "ServerAddress",
    "Target",
    "display_name",
    "hide_addresses",
    "is_server",
    "read_address",
    "shown_target",
    "without_secrets",
]


DATABASE_ENDING = ".tomsdb"
DATABASE_ENDINGS = (DATABASE_ENDING, ".db", ".sqlite", ".toms")
"""How database files are called: as the program calls new ones, as it once called them, and as people do."""


def shown_target(target: Target) -> str:
    """Where a database is, as it may be shown and kept: nobody reads a password in it, and it opens the database."""
    if not is_server(target):
        return str(target)
    try:
        return read_address(target).shown
    except Unreachable:
        return display_name(target)
