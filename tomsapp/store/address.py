"""Where a database is: a file, or a PostgreSQL server whose address is read here and nowhere else.

What is read here is what connects, so that no other reader can find a password where this one saw none. It is told
without loading what connects, so that the window starts at once.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple, TypeAlias
from urllib.parse import quote, unquote

from tomsapp.store.errors import Unreachable
from tomsapp.store.secrets import Secrets, keep_hidden

Target: TypeAlias = "str | Path | ServerAddress"
"""What opens a database."""

_SECRET = frozenset({"password", "sslpassword", "scram_client_key", "scram_server_key", "oauth_client_secret"})
_OPTION_NAMES = """
application_name channel_binding client_encoding connect_timeout dbname fallback_application_name
gssdelegation gssencmode gsslib host hostaddr keepalives keepalives_count keepalives_idle
keepalives_interval krbsrvname load_balance_hosts max_protocol_version min_protocol_version
oauth_client_id oauth_issuer oauth_scope options passfile port require_auth requirepeer service
servicefile ssl_max_protocol_version ssl_min_protocol_version sslcert sslcertmode sslcompression sslcrl
sslcrldir sslkey sslmode sslnegotiation sslrootcert sslsni target_session_attrs tcp_user_timeout user
"""
"""What PostgreSQL’s own client takes (https://www.postgresql.org/docs/current/libpq-connect.html)."""
_OPTIONS = _SECRET.union(_OPTION_NAMES.split())

_MOST = 8_000
# Patterns are made ready when they are first used: the window is painted without most of them.
_SCHEME = r"(?i)\s*postgres(?:ql)?(?:\+\w+)?://"
_LIKE_AN_ADDRESS = (
    rf"(?is)\s*(?:[a-z][a-z0-9+.:-]+://|postgres(?:ql)?(?:\+\w+)?:|(?:{'|'.join(sorted(_OPTIONS))})\s*=)"
    # A login before a server, as it is left when the beginning is forgotten; one letter is a drive.
    r"|\s*[^\s/\\:@]{2,}:.*@[\w.-]+(?::\d+)?(?:/[\w-]*)?\s*\Z"
)
_HOST = r"(?:[\w.%~-]*|\[[0-9A-Za-z:.%]+\])(?::[0-9]*)?"
_HOSTS = rf"{_HOST}(?:,{_HOST})*"
_REST = r"(?s)([^/?]*)(?:/([^/?#@]*))?(?:\?(.*))?"
_PAIR = r"(?s)\s*(\w+)\s*=\s*('(?:[^'\\]|\\.)*'|(?:[^\s\\']|\\.)*)(?=\s|\Z)"
_PAIRS_BEGIN = r"\w+\s*="
_PLAIN_HOST = r"[\w.~-]+|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.%\w]*"

_EXAMPLE = "Write postgresql://user@server/database"
_AGAIN = (
    "Write the signs / ? # @ : % of login and password as %2F %3F %23 %40 %3A %25, or enter it in the field of its own"
)


def is_server(target: object) -> bool:
    """Whether `target` is the address of a database on a server, however badly written, and not a file."""
    return isinstance(target, ServerAddress) or re.match(_LIKE_AN_ADDRESS, str(target)) is not None


def display_name(target: Target) -> str:
    """What people call the database: the file’s name, or server/database without the password."""
    if not is_server(target):
        return Path(str(target)).name
    try:
        return read_address(target).name
    except Unreachable:
        return "The database on the server"


class ServerAddress(NamedTuple):
    """A database on a PostgreSQL server.

    Attributes:
        options: what its address says, by the names of PostgreSQL’s own client; nothing of it is secret.
        secrets: the password and what else nobody may read; it is never shown.
    """

    options: tuple[tuple[str, str], ...]
    secrets: Secrets = Secrets()

    def option(self, name: str) -> str:
        """What the address says of an option; nothing where it does not name it."""
        return dict(self.options).get(name, "")

    @property
    def name(self) -> str:
        """Server and database, as people call them."""
        host = self.option("host") or self.option("hostaddr") or self.option("service")
        return f"{'localhost' if not host or host[0] in '/@' else host}/{self.option('dbname')}"

    @property
    def shown(self) -> str:
        """The address as it may be shown and kept; reading it gives all but what is secret."""
        said = dict(self.options)
        user = quote(said.pop("user", ""), safe="")
        host, port, database = said.get("host", ""), said.get("port", ""), quote(said.pop("dbname", ""), safe="")
        where = ""
        if re.fullmatch(_PLAIN_HOST, host):
            where = f"[{host}]" if ":" in host else host
            where += f":{port}" if port else ""
            del said["host"]
            said.pop("port", None)
        query = "&".join(f"{name}={quote(value, safe='/')}" for name, value in sorted(said.items()))
        return f"postgresql://{f'{user}@' if user else ''}{where}/{database}{f'?{query}' if query else ''}"

    @property
    def has_password(self) -> bool:
        """Whether the address holds a password."""
        return bool(dict(self.secrets.pairs).get("password"))

    @property
    def password(self) -> str:
        """The password of the address; for the field that hides it and the keyring that keeps it."""
        return dict(self.secrets.pairs).get("password", "")

    def with_password(self, password: str) -> ServerAddress:
        """The address with another password; any sign may stand in it."""
        return self._replace(secrets=_kept_secret({**dict(self.secrets.pairs), "password": password}))

    def with_option(self, name: str, value: str) -> ServerAddress:
        """The address with another value of an option that is not secret; nothing takes it away."""
        said = dict(self.options)
        said.pop(name, None)
        return self._replace(options=tuple(sorted({**said, **({name: value} if value else {})}.items())))

    def without_secrets(self) -> ServerAddress:
        """The address with nothing in it that is secret."""
        return self._replace(secrets=Secrets())


def _kept_secret(secrets: Mapping[str, str]) -> Secrets:
    keep_hidden(*secrets.values())
    return Secrets(tuple(sorted((name, value) for name, value in secrets.items() if value)))


def read_address(target: object) -> ServerAddress:
    """Read the address of a server database: a URL in any spelling, or PostgreSQL’s `name=value` pairs.

    Signs of a password need not be escaped in a URL as long as there is one way to read it.

    Raises:
        Unreachable: it is no such address, or can be read in two ways; nothing of it is said.
    """
    if isinstance(target, ServerAddress):
        return target
    text = str(target).strip()
    keep_hidden(text)
    if len(text) > _MOST or "\0" in text:
        raise Unreachable("The address of the database is too long or has a sign that no address has", _EXAMPLE)
    if scheme := re.match(_SCHEME, text):
        found = _one_reading(text[scheme.end() :])
    elif re.match(_PAIRS_BEGIN, text) is None:
        raise Unreachable("The address of the database does not begin with postgresql://", _EXAMPLE)
    else:
        found = _read_pairs(text)
    secrets = {name: value for name, value in found.items() if name in _SECRET}
    said = ((name, value) for name, value in found.items() if name not in _SECRET and value)
    return ServerAddress(tuple(sorted(said)), _kept_secret(secrets))


def _one_reading(rest: str) -> dict[str, str]:
    """The one way to read what follows postgresql://.

    A password may hold the very signs that end it. Each @ may be the one before the server; of what stands behind it
    nothing may be left over.
    """
    ends = (None, *(place for place, char in enumerate(rest) if char == "@"))
    found: list[dict[str, str]] = []
    for end in ends:
        reading = _reading(rest, end)
        if reading is not None and reading not in found:
            found.append(reading)
    if not found:
        raise Unreachable("The address of the database cannot be read", f"{_EXAMPLE}. {_AGAIN}")
    if len(found) > 1:
        raise Unreachable("The address of the database can be read in two ways", _AGAIN)
    return found[0]


def _reading(rest: str, end: int | None) -> dict[str, str] | None:
    """How an address reads when its login ends at a place, or it has none; None where that is no address."""
    login, where = ("", rest) if end is None else (rest[:end], rest[end + 1 :])
    user, colon, password = login.partition(":")
    parts = re.fullmatch(_REST, where)
    if parts is None or re.fullmatch(_HOSTS, parts[1]) is None or (set(user) & set("/?#@")):
        return None
    try:
        found = {"user": _plain(user), **_hosts(parts[1]), "dbname": _plain(parts[2] or "")}
        if colon:
            found["password"] = _plain(password)
        found.update(_query(parts[3] or ""))
    except ValueError:
        return None
    return {name: value for name, value in found.items() if value}


def _plain(text: str) -> str:
    """A part of an address without its escapes.

    Raises:
        ValueError: they are no text.
    """
    plain = unquote(text, errors="strict")
    if "\0" in plain:
        raise ValueError
    return plain


def _hosts(text: str) -> dict[str, str]:
    """Servers and ports, as PostgreSQL’s own client lists several."""
    pairs = [re.fullmatch(r"(\[.*\]|[^:]*)(?::([0-9]*))?", one) for one in text.split(",")]
    hosts = [_plain(found[1].strip("[]")) for found in pairs if found]
    ports = [found[2] or "" for found in pairs if found]
    return {"host": ",".join(hosts).strip(","), "port": ",".join(ports).strip(",")}


def _query(text: str) -> Iterator[tuple[str, str]]:
    """The options after the question mark.

    Raises:
        ValueError: one is not known.
    """
    for pair in text.split("&") if text else ():
        name, equals, value = pair.partition("=")
        key = _plain(name)
        if key == "ssl" and value == "true":
            yield "sslmode", "require"
        elif not equals or key not in _OPTIONS:
            raise ValueError
        else:
            yield key, _plain(value)


def _read_pairs(text: str) -> dict[str, str]:
    found: dict[str, str] = {}
    place = 0
    while place < len(text):
        pair = re.compile(_PAIR).match(text, place)
        if pair is None or pair[1] not in _OPTIONS:
            raise Unreachable(
                "The address of the database cannot be read", f"{_EXAMPLE}, or name='value' for each option"
            )
        value = pair[2][1:-1] if pair[2].startswith("'") else pair[2]
        found[pair[1]] = re.sub(r"\\(.)", r"\1", value, flags=re.DOTALL)
        place = pair.end()
    return found


def hide_addresses(texts: Iterable[str]) -> None:
    """See to it that nothing says these texts back where they are addresses, or end with one after a sign `=`."""
    for text in texts:
        for said in (text, text.partition("=")[2]):
            if is_server(said):
                keep_hidden(said)
