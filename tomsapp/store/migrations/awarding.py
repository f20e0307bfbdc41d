"""Keeps what an award made with its act and its contract, and the contract while the award stands.

What stands here is frozen: see `steps`.
"""

from collections.abc import Iterator

from tomsapp.store.migrations.changes import Step
from tomsapp.store.migrations.columns import Tables
from tomsapp.store.migrations.refusing import Guard, drop_guards, guard_triggers
from tomsapp.store.migrations.server import Server

REFUSE_UNAWARDED = "A lot is awarded by an act alone"
REFUSE_NO_CONTRACT = "An award makes a contract of its own"
REFUSE_NOTHING = "A tender is awarded with the contracts that it makes"
REFUSE_STANDS = "The contract comes from an award that stands"
REFUSE_SIGNED = "The contract that the award made is no draft any more"

_ENDING = "awarded"


class GuardAwarding(Step):
    """Refuses an award without its act or its contract, and to part the two while the award stands."""

    def up(self, server: Server, tables: Tables) -> None:
        """Put the guards in place."""
        del tables
        for statement in awarding_triggers(server.name, server.schema):
            server.run(statement)

    def down(self, server: Server, tables: Tables) -> None:
        """Take them away."""
        del tables
        drop_guards(server, _ENDING, _guards())


def awarding_triggers(server: str, schema: str) -> Iterator[str]:
    """The guards of awards."""
    return guard_triggers(server, schema, _ENDING, _guards())


def _guards() -> Iterator[Guard]:
    act = "SELECT 1 FROM tender_act WHERE change_id = NEW.change_id AND tender_id = NEW.tender_id AND id = NEW.act_id"
    made = "SELECT 1 FROM contract WHERE id = NEW.contract_id AND change_id = NEW.change_id AND NOT deleted"
    yield Guard(
        "award",
        {
            REFUSE_UNAWARDED: f"NOT EXISTS ({act} AND kind = 'award')",
            REFUSE_NO_CONTRACT: f"NOT EXISTS ({made})",
        },
    )
    kept = "EXISTS (SELECT 1 FROM award WHERE change_id = NEW.change_id AND tender_id = NEW.id)"
    yield Guard("tender", {}, {REFUSE_NOTHING: f"OLD.status = 'frozen' AND NEW.status = 'awarded' AND NOT {kept}"})
    taken = "EXISTS (SELECT 1 FROM tender_act AS t WHERE t.reverses = a.act_id)"
    stands = f"EXISTS (SELECT 1 FROM award AS a WHERE a.contract_id = NEW.id AND NOT {taken})"
    yield Guard("contract", {}, {REFUSE_STANDS: f"NEW.deleted AND NOT OLD.deleted AND {stands}"})
    of_award = "SELECT 1 FROM award AS a JOIN contract AS c ON c.id = a.contract_id WHERE a.act_id = NEW.reverses"
    signed = f"NEW.reverses IS NOT NULL AND EXISTS ({of_award} AND c.status <> 'draft')"
    yield Guard("tender_act", {REFUSE_SIGNED: signed})
