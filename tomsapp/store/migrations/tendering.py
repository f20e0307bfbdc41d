"""Keeps what is set up of a tender with it, its menu edition in the database, and what issuing fixed as it was issued.

An act stands in the database first and under the same change as what it changes.

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
REFUSE_UNDONE = "Where a tender stands is changed by an act alone"
REFUSE_KNOWN = "What bidders know a tender by stays once it is issued"
REFUSE_FIXED = "What was set up is fixed once offers are opened"
REFUSE_GONE = "A tender that was issued is not taken out"
REFUSE_OTHER_ACT = "An act takes back another one of the same tender"
REFUSE_UNISSUED = "A pack version is issued by an act alone"
REFUSE_VERSION = "Pack versions follow each other"
OF_TENDER = ("lot", "tender_measure", "question", "bidder_question")
"""The tables of what is set up of a tender."""

_ENDING, _ACTED = "set_up", "acted"
_FACTS = (
    "title",
    "directorate",
    "contract_manager",
    "kind",
    "route",
    "base",
    "fixed_base",
    "deadline_on",
    "deadline_at",
    "deadline_zone",
    "price_weight",
    "quality_weight",
    "social_weight",
    "placed",
    "quantity_part",
    "method",
    "method_target",
    "bands",
    "minimum",
    "most_measures",
    "mandatory_themes",
    "ocid",
    "notes",
)
"""The facts of a tender that people change until offers are opened."""


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


class GuardTenders(Step):
    """Refuses to issue, open or end a tender other than by an act, and to change what that fixed."""

    def up(self, server: Server, tables: Tables) -> None:
        """Put the guards in place."""
        del tables
        for statement in tender_triggers(server.name, server.schema):
            server.run(statement)

    def down(self, server: Server, tables: Tables) -> None:
        """Take them away."""
        del tables
        drop_guards(server, _ACTED, _act_guards(server.name))


def tender_triggers(server: str, schema: str) -> Iterator[str]:
    """The guards of what was issued and done."""
    return guard_triggers(server, schema, _ACTED, _act_guards(server))


def _act_guards(server: str) -> Iterator[Guard]:
    act = "SELECT 1 FROM tender_act WHERE change_id = NEW.change_id AND tender_id"
    yield Guard(
        "tender",
        {REFUSE_UNDONE: "NEW.status <> 'draft'"},
        {
            REFUSE_UNDONE: f"({changes_any(server, ['status'])}) AND NOT EXISTS ({act} = NEW.id)",
            REFUSE_KNOWN: f"OLD.status <> 'draft' AND ({changes_any(server, ['reference', 'menu', 'edition'])})",
            REFUSE_FIXED: f"OLD.status NOT IN ('draft', 'issued') AND ({changes_any(server, _FACTS)})",
            REFUSE_GONE: "NEW.deleted AND OLD.status <> 'draft'",
        },
    )
    status = "(SELECT status FROM tender WHERE id = NEW.tender_id)"
    fixed = {REFUSE_FIXED: f"{status} NOT IN ('draft', 'issued')"}
    for table in OF_TENDER:
        numbered = table in {"lot", "question"}
        known = {REFUSE_KNOWN: f"({changes_any(server, ['number'])}) AND {status} <> 'draft'"} if numbered else {}
        yield Guard(table, fixed, {**fixed, **known})
    of_lot = "(SELECT t.status FROM tender AS t JOIN lot AS l ON l.tender_id = t.id WHERE l.id = NEW.lot_id)"
    years = {REFUSE_FIXED: f"{of_lot} NOT IN ('draft', 'issued')"}
    yield Guard("lot_year", years, years)
    same = "EXISTS (SELECT 1 FROM tender_act WHERE id = NEW.reverses AND tender_id = NEW.tender_id)"
    whole = "(NEW.reverses IS NOT NULL) <> (NEW.kind = 'take_back')"
    yield Guard("tender_act", {REFUSE_OTHER_ACT: f"{whole} OR (NEW.reverses IS NOT NULL AND NOT {same})"})
    issued = f"{act} = NEW.tender_id AND id = NEW.act_id AND kind IN ('issue', 'amend') AND pack_version = NEW.number"
    last = "coalesce((SELECT max(number) FROM pack_version WHERE tender_id = NEW.tender_id), 0)"
    yield Guard(
        "pack_version",
        {REFUSE_UNISSUED: f"NOT EXISTS ({issued})", REFUSE_VERSION: f"NEW.number <> {last} + 1"},
    )
