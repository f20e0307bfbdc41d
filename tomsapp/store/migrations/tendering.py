"""Keeps what is set up of a tender with it, and its menu edition in the database.

What stands here is frozen: see `steps`.
"""

from collections.abc import Iterator

from tomsapp.store.migrations.changes import Step
from tomsapp.store.migrations.columns import Tables
from tomsapp.store.migrations.refusing import Guard, changes_any, drop_guards, guard_triggers
from tomsapp.store.migrations.server import Server

REFUSE_EDITION = "The menu edition of a tender is kept in this database first"
REFUSE_MOVED = "It stays with its tender"
REFUSE_MOVED_YEAR = "A year stays with its lot"
OF_TENDER = ("lot", "tender_measure", "question", "bidder_question")
"""The tables of what is set up of a tender."""

_ENDING = "set_up"


class GuardSetUp(Step):
    """Refuses a menu edition that is not kept, and to move what is set up to another tender."""

    def up(self, server: Server, tables: Tables) -> None:
        """Put the guards in place."""
        del tables
        for statement in set_up_triggers(server.name, server.schema):
            server.run(statement)

    def down(self, server: Server, tables: Tables) -> None:
        """Take them away."""
        del tables
        drop_guards(server, _ENDING, _guards(server.name))


def set_up_triggers(server: str, schema: str) -> Iterator[str]:
    """The guards of what is set up."""
    return guard_triggers(server, schema, _ENDING, _guards(server))


def _guards(server: str) -> Iterator[Guard]:
    kept = "EXISTS (SELECT 1 FROM edition WHERE code = NEW.menu AND edition = NEW.edition)"
    unkept = f"NEW.edition IS NOT NULL AND NOT {kept}"
    yield Guard("tender", {REFUSE_EDITION: unkept}, {REFUSE_EDITION: unkept})
    for table in OF_TENDER:
        yield Guard(table, {}, {REFUSE_MOVED: changes_any(server, ["tender_id"])})
    yield Guard("lot_year", {}, {REFUSE_MOVED_YEAR: changes_any(server, ["lot_id", "year_index"])})
