"""Where databases are, in words: files, and servers, whose password nobody is shown."""

from __future__ import annotations

from urllib.parse import quote, unquote, urlsplit, urlunsplit

from tomsapp.store.address import display_name, is_server

__all__ = ["display_name", "is_server", "server_address", "without_password"]


def server_address(address: str, password: str) -> str:
    """The address of a server database with a password put in; any sign may stand in the password."""
    parts = urlsplit(address.strip())
    if not password or not parts.hostname:
        return address.strip()
    login = f"{quote(unquote(parts.username or ''), safe='')}:{quote(password, safe='')}"
    host = parts.netloc.rpartition("@")[2]
    return urlunsplit(parts._replace(netloc=f"{login}@{host}"))


def without_password(address: str) -> str:
    """The address of a server database as it may be shown and kept: nobody reads the password in it."""
    parts = urlsplit(address)
    scheme = parts.scheme.removesuffix("+psycopg")
    login, _, host = parts.netloc.rpartition("@")
    name = login.partition(":")[0]
    return urlunsplit(parts._replace(scheme=scheme, netloc=f"{name}@{host}" if name else host))
