"""Keeps what is sealed: a contract that is no draft takes no change of what signing fixed, whoever writes it.

Its status changes by an act alone, which stands in the database first and under the same change. What stands here is
frozen: see `steps`.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from tomsapp.store.migrations.changes import Step
from tomsapp.store.migrations.columns import Tables
from tomsapp.store.migrations.server import Server

REFUSE_SEALED = "The contract is sealed: reopen it to change what was sealed"
REFUSE_UNDONE = "The status of a contract changes by an act alone"
REFUSE_NO_DRAFT = "A new contract is a draft"

_DIFFERS = {"sqlite": "IS NOT", "postgresql": "IS DISTINCT FROM"}
_IS_SEALED: Mapping[str, str] = {
    "commitment": "EXISTS (SELECT 1 FROM contract WHERE id = {row}.contract_id AND status <> 'draft')",
    "answer": "EXISTS (SELECT 1 FROM contract WHERE id = {row}.contract_id AND status <> 'draft')",
    "commitment_year": (
        "EXISTS (SELECT 1 FROM commitment AS line JOIN contract AS of ON of.id = line.contract_id "
        "WHERE line.id = {row}.commitment_id AND of.status <> 'draft')"
    ),
}
"""Whether a row belongs to a sealed contract, by its table."""


@dataclass(frozen=True)
class GuardSealed(Step):
    """Refuses to change what signing fixes.

    Attributes:
        fixed: the columns of a contract that it fixes, but for the status.
    """

    fixed: Sequence[str]

    def up(self, server: Server, tables: Tables) -> None:
        """Put the guards in place."""
        del tables
        for statement in sealed_triggers(server.name, server.schema, self.fixed):
            server.run(statement)

    def down(self, server: Server, tables: Tables) -> None:
        """Take them away."""
        del tables
        for table in ("contract", *_IS_SEALED):
            if server.name == "postgresql":
                server.run(f"DROP FUNCTION tomsapp_{table}_sealed() CASCADE")
            else:
                endings = ("begins", "sealed", "acted") if table == "contract" else ("sealed", "sealed_added")
                for ending in endings:
                    server.run(f"DROP TRIGGER {table}_{ending}")


def sealed_triggers(server: str, schema: str, fixed: Sequence[str]) -> Iterator[str]:
    """The guards of a contract and of what belongs to it."""
    changed = " OR ".join(f"NEW.{name} {_DIFFERS[server]} OLD.{name}" for name in ("deleted", *fixed))
    sealed = f"OLD.status <> 'draft' AND ({changed})"
    acted = (
        "NEW.status <> OLD.status AND NOT EXISTS (SELECT 1 FROM act WHERE contract_id = NEW.id "
        "AND change_id = NEW.change_id AND was = OLD.status AND becomes = NEW.status)"
    )
    if server == "sqlite":
        yield _sqlite("contract_begins", "INSERT", "contract", "NEW.status <> 'draft'", REFUSE_NO_DRAFT)
        yield _sqlite("contract_sealed", "UPDATE", "contract", sealed, REFUSE_SEALED)
        yield _sqlite("contract_acted", "UPDATE", "contract", acted, REFUSE_UNDONE)
        for table, is_sealed in _IS_SEALED.items():
            new, old = is_sealed.format(row="NEW"), is_sealed.format(row="OLD")
            yield _sqlite(f"{table}_sealed_added", "INSERT", table, new, REFUSE_SEALED)
            yield _sqlite(f"{table}_sealed", "UPDATE", table, f"{new} OR {old}", REFUSE_SEALED)
        return
    body = (
        f"IF TG_OP = 'INSERT' THEN IF NEW.status <> 'draft' THEN RAISE EXCEPTION '{REFUSE_NO_DRAFT}'; END IF; "
        f"ELSE IF {sealed} THEN RAISE EXCEPTION '{REFUSE_SEALED}'; END IF; "
        f"IF {acted} THEN RAISE EXCEPTION '{REFUSE_UNDONE}'; END IF; END IF; "
    )
    yield from _postgres("contract", schema, body)
    for table, is_sealed in _IS_SEALED.items():
        new, old = is_sealed.format(row="NEW"), is_sealed.format(row="OLD")
        body = (
            f"IF {new} THEN RAISE EXCEPTION '{REFUSE_SEALED}'; END IF; "
            f"IF TG_OP = 'UPDATE' THEN IF {old} THEN RAISE EXCEPTION '{REFUSE_SEALED}'; END IF; END IF; "
        )
        yield from _postgres(table, schema, body)


def _sqlite(name: str, when: str, table: str, condition: str, message: str) -> str:
    return (
        f"CREATE TRIGGER {name} BEFORE {when} ON {table} WHEN {condition} BEGIN SELECT RAISE(ABORT, '{message}'); END"
    )


def _postgres(table: str, schema: str, body: str) -> Iterator[str]:
    yield (
        f"CREATE FUNCTION tomsapp_{table}_sealed() RETURNS trigger LANGUAGE plpgsql "
        f"SET search_path = {schema}, pg_temp AS $$ BEGIN {body}RETURN NEW; END $$"
    )
    yield (
        f"CREATE TRIGGER {table}_sealed BEFORE INSERT OR UPDATE ON {table} FOR EACH ROW "
        f"EXECUTE FUNCTION tomsapp_{table}_sealed()"
    )
