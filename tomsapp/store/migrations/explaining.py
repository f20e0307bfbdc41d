"""Keeps an explanation of a score with its bid and criterion, and lets scores be explained once they are frozen alone.

What stands here is frozen: see `steps`.
"""

from collections.abc import Iterator

from tomsapp.store.migrations.changes import Step
from tomsapp.store.migrations.columns import Tables
from tomsapp.store.migrations.refusing import Guard, changes_any, drop_guards, guard_triggers
from tomsapp.store.migrations.server import Server

REFUSE_MOVED = "It stays with the bid and the criterion that it explains"
REFUSE_OPEN = "Scores are explained once the evaluation is frozen"

_ENDING = "explained"
_TAKEN = "EXISTS (SELECT 1 FROM tender_act AS r WHERE r.reverses = f.id)"
_FREEZING = f"SELECT 1 FROM tender_act AS f WHERE f.tender_id = t.id AND f.kind = 'freeze' AND NOT {_TAKEN}"
_FIXED = f"t.status IN ('frozen', 'awarded', 'withdrawn') AND EXISTS ({_FREEZING})"


class GuardExplaining(Step):
    """Refuses to move an explanation to another score, and to explain a score that can still change."""

    def up(self, server: Server, tables: Tables) -> None:
        """Put the guards in place."""
        del tables
        for statement in explaining_triggers(server.name, server.schema):
            server.run(statement)

    def down(self, server: Server, tables: Tables) -> None:
        """Take them away."""
        del tables
        drop_guards(server, _ENDING, _guards(server.name))


def explaining_triggers(server: str, schema: str) -> Iterator[str]:
    """The guards of explanations."""
    return guard_triggers(server, schema, _ENDING, _guards(server))


def _guards(server: str) -> Iterator[Guard]:
    of_bid = "SELECT 1 FROM tender AS t JOIN bid AS b ON b.tender_id = t.id WHERE b.id = NEW.bid_id"
    still_open = {REFUSE_OPEN: f"NOT EXISTS ({of_bid} AND {_FIXED})"}
    moved = {REFUSE_MOVED: changes_any(server, ["bid_id", "criterion"])}
    yield Guard("score_explanation", still_open, {**moved, **still_open})
