"""Keeps receipts, bids and marks with what they are about, marks as they were sent, and an evaluation as it was frozen.

What stands here is frozen: see `steps`.
"""

from collections.abc import Iterator, Mapping

from tomsapp.store.migrations.changes import Step
from tomsapp.store.migrations.columns import Tables
from tomsapp.store.migrations.refusing import Guard, changes_any, drop_guards, guard_triggers
from tomsapp.store.migrations.server import Server

REFUSE_MOVED = "It stays with the bid, the file or the tender that it belongs to"
REFUSE_FROZEN = "The evaluation is frozen"
REFUSE_SENT = "Marks that were sent are not changed"
REFUSE_CONFLICT = "Whoever marks confirms first that there is no conflict of interest"
REFUSE_FOREIGN = "The evaluator is of another tender"

_ENDING = "judged"
_FROZEN = "('frozen', 'awarded', 'withdrawn')"


class GuardJudging(Step):
    """Refuses to move receipts, bids and marks, to mark with a conflict, and to change what was sent or frozen."""

    def up(self, server: Server, tables: Tables) -> None:
        """Put the guards in place."""
        del tables
        for statement in judging_triggers(server.name, server.schema):
            server.run(statement)

    def down(self, server: Server, tables: Tables) -> None:
        """Take them away."""
        del tables
        drop_guards(server, _ENDING, _guards(server.name))


def judging_triggers(server: str, schema: str) -> Iterator[str]:
    """The guards of receipts, bids and marks."""
    return guard_triggers(server, schema, _ENDING, _guards(server))


def _guards(server: str) -> Iterator[Guard]:
    yield Guard("receipt", {}, {REFUSE_MOVED: changes_any(server, ["received_file_id"])})
    for table, keeps in _KEEPS.items():
        added, changed = _refusals(server, table, keeps)
        yield Guard(table, added, changed)


_KEEPS: Mapping[str, tuple[str, ...]] = {
    "bid": ("tender_id", "lot", "supplier_id"),
    "bid_decision": ("bid_id", "problem", "sha256"),
    "evaluator": ("tender_id",),
    "mark": ("evaluator_id", "bid_id", "question"),
    "moderated_mark": ("bid_id", "question"),
}
"""By table the columns that say what a row is about, which never change."""


def _refusals(server: str, table: str, keeps: tuple[str, ...]) -> tuple[dict[str, str], dict[str, str]]:
    """What is refused of a new and of a changed row of what is frozen with the evaluation."""
    tender = "NEW.tender_id" if "tender_id" in keeps else "(SELECT tender_id FROM bid WHERE id = NEW.bid_id)"
    frozen = {REFUSE_FROZEN: f"EXISTS (SELECT 1 FROM tender WHERE id = {tender} AND status IN {_FROZEN})"}
    if table == "mark":
        whose = "SELECT 1 FROM evaluator WHERE id = NEW.evaluator_id"
        frozen |= {
            REFUSE_FOREIGN: f"NOT EXISTS ({whose} AND tender_id = {tender})",
            REFUSE_SENT: f"EXISTS ({whose} AND sent_on IS NOT NULL)",
            REFUSE_CONFLICT: f"NOT EXISTS ({whose} AND has_no_conflict)",
        }
    return frozen, {REFUSE_MOVED: changes_any(server, keeps), **frozen}
