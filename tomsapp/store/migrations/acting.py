"""Keeps what was decided of a delivery: an act alone accepts, rejects and withdraws it, and puts a plan in force.

The act stands in the database first and under the same change. What stands here is frozen: see `steps`.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from tomsapp.store.migrations.changes import Step
from tomsapp.store.migrations.columns import Tables
from tomsapp.store.migrations.server import Server

REFUSE_UNDECIDED = "What was delivered is accepted, rejected and withdrawn by an act alone"
REFUSE_DECIDED = "This claim was decided: take that back to change it"
REFUSE_MOVED = "A claim stays with its commitment and quarter"
REFUSE_OTHERS = "The commitment is of another contract"
REFUSE_UNAGREED = "A plan comes into force by an act alone"

_DIFFERS = {"sqlite": "IS NOT", "postgresql": "IS DISTINCT FROM"}
_PLACE = ("contract_id", "commitment_id", "year_index", "quarter")
_DECIDED = ("accepted", "provisional", "rejected", "state")
_CLAIMED = (
    "deleted",
    "claimed",
    "evidenced",
    "note",
    "new_people",
    "retained_people",
    "transferred_people",
    "returned_on",
    "entered_by",
)
_OTHERS = "NOT EXISTS (SELECT 1 FROM commitment WHERE id = NEW.commitment_id AND contract_id = NEW.contract_id)"


@dataclass(frozen=True)
class _Guard:
    """What is refused of a new row and of a changed one: the condition, by what is said then."""

    table: str
    added: Mapping[str, str]
    changed: Mapping[str, str]


class GuardDeliveries(Step):
    """Refuses to change what was decided of a delivery, and the plan in force, but by an act."""

    def up(self, server: Server, tables: Tables) -> None:
        """Put the guards in place."""
        del tables
        for statement in delivery_triggers(server.name, server.schema):
            server.run(statement)

    def down(self, server: Server, tables: Tables) -> None:
        """Take them away."""
        del tables
        for guard in _guards(server.name):
            if server.name == "postgresql":
                server.run(f"DROP FUNCTION tomsapp_{guard.table}_acted() CASCADE")
            else:
                for name, _, _ in _sqlite_names(guard):
                    server.run(f"DROP TRIGGER {name}")


def delivery_triggers(server: str, schema: str) -> Iterator[str]:
    """The guards of deliveries and of plans."""
    for guard in _guards(server):
        if server == "sqlite":
            for name, when, (message, condition) in _sqlite_names(guard):
                yield (
                    f"CREATE TRIGGER {name} BEFORE {when} ON {guard.table} WHEN {condition} "
                    f"BEGIN SELECT RAISE(ABORT, '{message}'); END"
                )
        else:
            yield from _postgres(guard, schema)


def _guards(server: str) -> Iterator[_Guard]:
    changed = {name: f"NEW.{name} {_DIFFERS[server]} OLD.{name}" for name in (*_PLACE, *_DECIDED, *_CLAIMED)}
    decided = "OLD.state <> 'claimed'"
    begun = f"{decided} OR OLD.accepted <> 0 OR OLD.rejected <> 0"
    yield _Guard(
        "delivery",
        {
            REFUSE_OTHERS: _OTHERS,
            REFUSE_UNDECIDED: f"NEW.state <> 'claimed' OR {' OR '.join(f'NEW.{name} <> 0' for name in _DECIDED[:3])}",
        },
        {
            REFUSE_MOVED: _any(changed, _PLACE),
            REFUSE_UNDECIDED: f"({_any(changed, _DECIDED)}) AND {_no_act('delivery_id = NEW.id')}",
            REFUSE_DECIDED: f"({decided} AND ({_any(changed, _CLAIMED)})) OR (({begun}) AND {changed['deleted']})",
        },
    )
    unagreed = _no_act("contract_id = NEW.contract_id AND kind IN ('accept_plan', 'take_back')")
    yield _Guard(
        "plan_entry",
        {REFUSE_OTHERS: _OTHERS, REFUSE_UNAGREED: f"NEW.in_force AND {unagreed}"},
        {
            REFUSE_MOVED: _any(changed, _PLACE),
            REFUSE_UNAGREED: f"(OLD.in_force OR NEW.in_force) AND {unagreed}",
        },
    )


def _any(changed: Mapping[str, str], names: Sequence[str]) -> str:
    return " OR ".join(changed[name] for name in names)


def _no_act(of: str) -> str:
    return f"NOT EXISTS (SELECT 1 FROM delivery_act WHERE change_id = NEW.change_id AND {of})"


def _sqlite_names(guard: _Guard) -> Iterator[tuple[str, str, tuple[str, str]]]:
    """Each guard's name, what it stands before, and what it says of which condition."""
    for when, refusals in (("INSERT", guard.added), ("UPDATE", guard.changed)):
        for place, refusal in enumerate(refusals.items(), start=1):
            yield f"{guard.table}_acted_{when.lower()}_{place}", when, refusal


def _postgres(guard: _Guard, schema: str) -> Iterator[str]:
    added, changed = (
        "".join(f"IF {condition} THEN RAISE EXCEPTION '{message}'; END IF; " for message, condition in each.items())
        for each in (guard.added, guard.changed)
    )
    yield (
        f"CREATE FUNCTION tomsapp_{guard.table}_acted() RETURNS trigger LANGUAGE plpgsql "
        f"SET search_path = {schema}, pg_temp AS $$ BEGIN IF TG_OP = 'INSERT' THEN {added}ELSE {changed}END IF; "
        "RETURN NEW; END $$"
    )
    yield (
        f"CREATE TRIGGER {guard.table}_acted BEFORE INSERT OR UPDATE ON {guard.table} FOR EACH ROW "
        f"EXECUTE FUNCTION tomsapp_{guard.table}_acted()"
    )
