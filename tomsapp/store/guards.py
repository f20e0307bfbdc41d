"""Whether the triggers that write the history and refuse to lose anything are in place and as they were made.

A database that is worked with opens where they are not, and says so: a file to be read, until they are put back
(`store.mending`), a server as ever, because what its owner does there is the owner's to put right. A file that comes
from elsewhere is refused (`store.foreign`).

What a server must have stands in a file beside the migrations; a test holds it to what they make. For a file it is read
from a new one.
"""

from collections.abc import Mapping
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from sqlalchemy import Connection, text

from tomsapp.domain.alike import visible
from tomsapp.store.foreign import GUARD, own_schema, schema_rows
from tomsapp.store.migrate import MIGRATIONS, head_version

GUARDS = "guards_postgresql.txt"
_TRIGGERS = """
SELECT t.tgname || ' on ' || c.relname, pg_get_triggerdef(t.oid, true) || ' ' || t.tgenabled::text
FROM pg_trigger AS t JOIN pg_class AS c ON c.oid = t.tgrelid
WHERE NOT t.tgisinternal AND c.relnamespace = current_schema()::regnamespace
"""
_FUNCTIONS = """
SELECT proname || '()', concat_ws(' ', prosrc, prosecdef,
    replace(proconfig::text, quote_ident(current_schema()), 'public'))
FROM pg_proc WHERE pronamespace = current_schema()::regnamespace AND proname LIKE 'tomsapp!_%' ESCAPE '!'
"""
_NAMED = 5
MEND = "Put it right: open it and choose “Put it right” on Start, or use “tomsapp db mend”. Then check it again"
FILE_WAY = (
    "It can be read, and not changed until this is put right: choose “Put it right”, or use “tomsapp db mend”. Then "
    "check it with “tomsapp db check”"
)
SERVER_WAY = (
    "Ask whoever owns the database on the server whether they meant it, and check it with “tomsapp db check”. To put "
    "it right, back it up and restore the backup into an empty database there"
)
"""What can be done about them."""


def wrong_guards(connection: Connection) -> list[str]:
    """The triggers, and functions behind them, that are missing, off, altered, or another's, by their names."""
    if connection.dialect.name == "sqlite":
        own = own_schema(head_version(), MIGRATIONS)
        held = set(schema_rows(connection))
        return sorted({name for kind, name, _ in own.symmetric_difference(held) if kind == GUARD})
    made, held_guards = made_guards(MIGRATIONS), held_guards_of(connection)
    names = made.keys() | held_guards.keys()
    return sorted(name for name in names if made.get(name) != held_guards.get(name))


def held_guards_of(server: Connection) -> Mapping[str, str]:
    """The triggers and functions of a PostgreSQL database by name, each with the SHA-256 of what it does."""
    found: dict[str, str] = {}
    for query in (_TRIGGERS, _FUNCTIONS):
        found |= {name: sha256(what.encode()).hexdigest() for name, what in server.execute(text(query))}
    return found


@lru_cache(maxsize=1)
def made_guards(migrations: Path) -> Mapping[str, str]:
    """Those that this program makes."""
    lines = (migrations / GUARDS).read_text(encoding="utf-8").splitlines()
    return {name: digest for digest, _, name in (line.partition(" ") for line in lines)}


def guard_warning(connection: Connection) -> str:
    """What whoever opens a database should know of its guards; empty where they are in place."""
    wrong = wrong_guards(connection)
    if not wrong:
        return ""
    more = f" and {len(wrong) - _NAMED} more" if len(wrong) > _NAMED else ""
    way = f"{FILE_WAY}." if connection.dialect.name == "sqlite" else f"{SERVER_WAY}."
    named = f"{', '.join(map(visible, wrong[:_NAMED]))}{more}"
    return f"What keeps its history from being changed is not as this program made it: {named}. {way}"
