"""Keeps what is frozen of an evaluation with the act that freezes it, and receipts as they were then.

What stands here is frozen: see `steps`.
"""

from collections.abc import Iterator

from tomsapp.store.migrations.changes import Step
from tomsapp.store.migrations.columns import Tables
from tomsapp.store.migrations.refusing import Guard, drop_guards, guard_triggers
from tomsapp.store.migrations.server import Server

REFUSE_UNFROZEN = "An evaluation is frozen by an act alone"
REFUSE_NOTHING = "An evaluation is frozen with all that it rests on"
REFUSE_FOREIGN_BID = "An act is about a bid of the same tender"
REFUSE_FROZEN = "The evaluation is frozen"

_ENDING = "frozen"
_FROZEN = "('frozen', 'awarded', 'withdrawn')"


class GuardFreezing(Step):
    """Refuses to freeze an evaluation without its act or its bytes, and what is received or said of files then."""

    def up(self, server: Server, tables: Tables) -> None:
        """Put the guards in place."""
        del tables
        for statement in freezing_triggers(server.name, server.schema):
            server.run(statement)

    def down(self, server: Server, tables: Tables) -> None:
        """Take them away."""
        del tables
        drop_guards(server, _ENDING, _guards())


def freezing_triggers(server: str, schema: str) -> Iterator[str]:
    """The guards of frozen evaluations."""
    return guard_triggers(server, schema, _ENDING, _guards())


def _guards() -> Iterator[Guard]:
    act = "SELECT 1 FROM tender_act WHERE change_id = NEW.change_id AND tender_id = NEW.tender_id AND id = NEW.act_id"
    yield Guard("frozen_evaluation", {REFUSE_UNFROZEN: f"NOT EXISTS ({act} AND kind = 'freeze')"})
    kept = "EXISTS (SELECT 1 FROM frozen_evaluation WHERE change_id = NEW.change_id AND tender_id = NEW.id)"
    yield Guard("tender", {}, {REFUSE_NOTHING: f"OLD.status = 'opened' AND NEW.status = 'frozen' AND NOT {kept}"})
    own = "EXISTS (SELECT 1 FROM bid WHERE id = NEW.bid_id AND tender_id = NEW.tender_id)"
    yield Guard("tender_act", {REFUSE_FOREIGN_BID: f"NEW.bid_id IS NOT NULL AND NOT {own}"})
    fixed = f"EXISTS (SELECT 1 FROM tender WHERE id = {{}} AND status IN {_FROZEN})"
    yield Guard("received_file", {REFUSE_FROZEN: fixed.format("NEW.tender_id")})
    of_file = "(SELECT tender_id FROM received_file WHERE id = NEW.received_file_id)"
    said = {REFUSE_FROZEN: fixed.format(of_file)}
    yield Guard("receipt", said, said)
