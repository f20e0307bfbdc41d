"""Whether the triggers that write the history and refuse to lose anything are in place and as they were made.

What a server must have stands in a file beside the migrations; a test holds it to what they make. For a file it is read
from a new one.
"""

from collections.abc import Mapping
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from sqlalchemy import Connection, text

from tomsapp.store.foreign import own_schema, schema_rows
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


def wrong_guards(connection: Connection) -> list[str]:
    """The triggers, and functions behind them, that are missing, off, altered, or another's, by their names."""
    if connection.dialect.name == "sqlite":
        own = own_schema(head_version(), MIGRATIONS)
        held = set(schema_rows(connection))
        return sorted({name for kind, name, _ in own.symmetric_difference(held) if kind == "trigger"})
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
    return (
        f"What keeps its history from being changed is not as this program made it: {', '.join(wrong[:_NAMED])}{more}. "
        "Check the database with “tomsapp db check”, and restore it from a backup if nobody did this on purpose."
    )
