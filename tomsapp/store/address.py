"""Where a database is, in words: told without loading what connects to it, so that the window starts at once."""

from pathlib import Path

from tomsapp.store.errors import Unreachable

_SERVERS = ("postgresql://", "postgres://", "postgresql+psycopg://")


def is_server(target: str | Path) -> bool:
    """Whether `target` is the URL of a PostgreSQL database and not a file."""
    return str(target).startswith(_SERVERS)


def display_name(target: str | Path) -> str:
    """What people call the database: the file's name, or server/database without the password."""
    if not is_server(target):
        return Path(target).name
    from sqlalchemy import make_url

    try:
        url = make_url(str(target))
    except Exception as error:
        raise Unreachable(
            "The address of the database is not complete", "Write postgresql://user@server/database"
        ) from error
    return f"{url.host or 'localhost'}/{url.database or ''}"
