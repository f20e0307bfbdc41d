"""Keeps files by their content: bytes come once, never change, and go only for good, with the day and the reason.

What stands here is frozen: see `steps`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tomsapp.store.migrations.changes import AddTable, Step
from tomsapp.store.migrations.columns import RECORD, Column, Index, Table, Tables
from tomsapp.store.migrations.server import Server

REFUSE_OTHER_BYTES = "The bytes of a stored file never change"
REFUSE_REMOVED = "A file is stored with its bytes, and what was deleted of it does not come back"

CONTENT = {"sqlite": "BLOB", "postgresql": "BYTEA"}
_DIFFERS = {"sqlite": "IS NOT", "postgresql": "IS DISTINCT FROM"}


@dataclass(frozen=True)
class AddFileTable(AddTable):
    """Adds a table of files: records whose bytes, in the column `content`, the history does not tell."""

    def _parts(self, server: str) -> Iterator[str]:
        for part in super()._parts(server):
            yield part
            if part == "change_id INTEGER NOT NULL":
                yield f"content {CONTENT[server]} NOT NULL"


def file_table(name: str, columns: Sequence[Column], indexes: Sequence[Index]) -> AddFileTable:
    """The step that adds a table of files."""
    made = Table(name, (*RECORD, *(each.history for each in columns)), "NULL")
    return AddFileTable(made, columns, tuple(indexes))


@dataclass(frozen=True)
class GuardFiles(Step):
    """Refuses other bytes in the place of those that are stored: they stay as they are, or are deleted for good."""

    table: str

    def up(self, server: Server, tables: Tables) -> None:
        """Put the guards in place."""
        del tables
        for statement in file_triggers(server.name, server.schema, self.table):
            server.run(statement)

    def down(self, server: Server, tables: Tables) -> None:
        """Take them away."""
        del tables
        if server.name == "postgresql":
            server.run(f"DROP FUNCTION tomsapp_{self.table}_whole() CASCADE")
        else:
            for ending in ("stored", "whole", "gone"):
                server.run(f"DROP TRIGGER {self.table}_{ending}")


def file_triggers(server: str, schema: str, table: str) -> Iterator[str]:
    """The guards of a table of files."""
    differs = _DIFFERS[server]
    empty = "length(NEW.content) = 0"
    stored = f"NEW.removed_on IS NOT NULL OR {empty}"
    other = " OR ".join(f"NEW.{name} {differs} OLD.{name}" for name in ("content_sha256", "size", "media_type"))
    deleted = f"{empty} AND NEW.removed_on IS NOT NULL"
    whole = f"{other} OR NEW.deleted OR (NEW.content {differs} OLD.content AND NOT ({deleted}))"
    gone = (
        f"(OLD.removed_on IS NOT NULL AND (NEW.removed_on {differs} OLD.removed_on "
        f"OR NEW.removed_because {differs} OLD.removed_because)) OR (NEW.removed_on IS NOT NULL AND NOT {empty})"
    )
    if server == "sqlite":
        for ending, when, condition, message in (
            ("stored", "INSERT", stored, REFUSE_REMOVED),
            ("whole", "UPDATE", whole, REFUSE_OTHER_BYTES),
            ("gone", "UPDATE", gone, REFUSE_REMOVED),
        ):
            yield (
                f"CREATE TRIGGER {table}_{ending} BEFORE {when} ON {table} WHEN {condition} "
                f"BEGIN SELECT RAISE(ABORT, '{message}'); END"
            )
        return
    yield (
        f"CREATE FUNCTION tomsapp_{table}_whole() RETURNS trigger LANGUAGE plpgsql "
        f"SET search_path = {schema}, pg_temp AS $$ BEGIN IF TG_OP = 'INSERT' THEN "
        f"IF {stored} THEN RAISE EXCEPTION '{REFUSE_REMOVED}'; END IF; "
        f"ELSE IF {whole} THEN RAISE EXCEPTION '{REFUSE_OTHER_BYTES}'; END IF; "
        f"IF {gone} THEN RAISE EXCEPTION '{REFUSE_REMOVED}'; END IF; END IF; RETURN NEW; END $$"
    )
    yield (
        f"CREATE TRIGGER {table}_whole BEFORE INSERT OR UPDATE ON {table} FOR EACH ROW "
        f"EXECUTE FUNCTION tomsapp_{table}_whole()"
    )
