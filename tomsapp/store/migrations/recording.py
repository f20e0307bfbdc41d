"""Keeps money with its contract, what was drawn for an audit as it was drawn, and papers as an act published them.

What stands here is frozen: see `steps`.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from tomsapp.store.migrations.changes import Step
from tomsapp.store.migrations.columns import Tables
from tomsapp.store.migrations.server import Server

REFUSE_MOVED = "Money stays with its contract"
REFUSE_OTHERS = "The commitment is of another contract"
REFUSE_REDRAWN = "A sample stays as it was drawn"
REFUSE_CHECKED = "A sample of which a claim was checked is not taken out"
REFUSE_FOREIGN = "The claim is of another contract than the sample"
REFUSE_UNPUBLISHED = "A paper is published by an act alone"
REFUSE_REPLACED = "A paper replaces the one before it, to the same day"

_DIFFERS = {"sqlite": "IS NOT", "postgresql": "IS DISTINCT FROM"}
_DRAWN = ("contract_id", "seed", "until", "size", "drawn_on", "claims", "pounds")
_DRAWN_ITEM = ("sample_id", "delivery_id", "position", "units", "pounds")


@dataclass(frozen=True)
class _Guard:
    """What is refused of a new row and of a changed one: the condition, by what is said then."""

    table: str
    added: Mapping[str, str]
    changed: Mapping[str, str] = field(default_factory=dict)


class GuardRecords(Step):
    """Refuses to move money to other contracts, to redraw a sample, and to publish a paper other than by an act."""

    def up(self, server: Server, tables: Tables) -> None:
        """Put the guards in place."""
        del tables
        for statement in record_triggers(server.name, server.schema):
            server.run(statement)

    def down(self, server: Server, tables: Tables) -> None:
        """Take them away."""
        del tables
        for guard in _guards(server.name):
            if server.name == "postgresql":
                server.run(f"DROP FUNCTION tomsapp_{guard.table}_recorded() CASCADE")
            else:
                for name, _, _ in _sqlite_names(guard):
                    server.run(f"DROP TRIGGER {name}")


def record_triggers(server: str, schema: str) -> Iterator[str]:
    """The guards of the ledger, of samples and of published papers."""
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
    differs = _DIFFERS[server]
    others = (
        "NEW.commitment_id IS NOT NULL AND NOT EXISTS "
        "(SELECT 1 FROM commitment WHERE id = NEW.commitment_id AND contract_id = NEW.contract_id)"
    )
    yield _Guard(
        "handed_over",
        {REFUSE_OTHERS: others},
        {REFUSE_MOVED: f"NEW.contract_id {differs} OLD.contract_id", REFUSE_OTHERS: others},
    )
    checked = "EXISTS (SELECT 1 FROM audit_item WHERE sample_id = NEW.id AND NOT deleted AND conclusion IS NOT NULL)"
    yield _Guard(
        "audit_sample",
        {},
        {REFUSE_REDRAWN: _any(differs, _DRAWN), REFUSE_CHECKED: f"NEW.deleted AND NOT OLD.deleted AND {checked}"},
    )
    foreign = (
        "NOT EXISTS (SELECT 1 FROM delivery AS d JOIN audit_sample AS s ON s.id = NEW.sample_id "
        "WHERE d.id = NEW.delivery_id AND (s.contract_id IS NULL OR s.contract_id = d.contract_id))"
    )
    later = (
        "NOT EXISTS (SELECT 1 FROM audit_sample WHERE id = NEW.sample_id AND change_id = NEW.change_id AND version = 1)"
    )
    yield _Guard(
        "audit_item",
        {REFUSE_FOREIGN: foreign, REFUSE_REDRAWN: later},
        {
            REFUSE_REDRAWN: _any(differs, _DRAWN_ITEM),
            REFUSE_CHECKED: "NEW.deleted AND NOT OLD.deleted AND OLD.conclusion IS NOT NULL",
        },
    )
    act = (
        "NOT EXISTS (SELECT 1 FROM delivery_act WHERE id = NEW.act_id AND change_id = NEW.change_id "
        "AND contract_id = NEW.contract_id AND kind = 'publish')"
    )
    before = "SELECT max(number) FROM delivered_paper WHERE contract_id = NEW.contract_id AND until = NEW.until"
    replaced = (
        "NEW.replaces IS NOT NULL AND NOT EXISTS (SELECT 1 FROM delivered_paper WHERE id = NEW.replaces "
        f"AND contract_id = NEW.contract_id AND until = NEW.until AND number = ({before}))"
    )
    first = f"NEW.number <> coalesce(({before}), 0) + 1 OR ((NEW.replaces IS NULL) <> (NEW.number = 1))"
    yield _Guard("delivered_paper", {REFUSE_UNPUBLISHED: act, REFUSE_REPLACED: f"{first} OR ({replaced})"})


def _any(differs: str, names: Sequence[str]) -> str:
    return " OR ".join(f"NEW.{name} {differs} OLD.{name}" for name in names)


def _sqlite_names(guard: _Guard) -> Iterator[tuple[str, str, tuple[str, str]]]:
    """Each guard's name, what it stands before, and what it says of which condition."""
    for when, refusals in (("INSERT", guard.added), ("UPDATE", guard.changed)):
        for place, refusal in enumerate(refusals.items(), start=1):
            yield f"{guard.table}_recorded_{when.lower()}_{place}", when, refusal


def _postgres(guard: _Guard, schema: str) -> Iterator[str]:
    added, changed = (
        "".join(f"IF {condition} THEN RAISE EXCEPTION '{message}'; END IF; " for message, condition in each.items())
        for each in (guard.added, guard.changed)
    )
    # Whoever looks at NEW and OLD in one IF would read OLD of a row that is added.
    yield (
        f"CREATE FUNCTION tomsapp_{guard.table}_recorded() RETURNS trigger LANGUAGE plpgsql "
        f"SET search_path = {schema}, pg_temp AS $$ BEGIN IF TG_OP = 'INSERT' THEN {added or 'NULL; '}"
        f"ELSE {changed or 'NULL; '}END IF; RETURN NEW; END $$"
    )
    yield (
        f"CREATE TRIGGER {guard.table}_recorded BEFORE INSERT OR UPDATE ON {guard.table} FOR EACH ROW "
        f"EXECUTE FUNCTION tomsapp_{guard.table}_recorded()"
    )
