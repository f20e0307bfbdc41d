"""Keeps what is sealed, and lets through what a variation writes: guards in the place of those of `guarding`.

A variation is signed, or taken back, by an act that stands in the database first and under the same change. Under that
change alone, facts that a variation can change, and the lines of the contract, are written; all else stays sealed. A
variation that is signed takes no change either. What stands here is frozen: see `steps`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tomsapp.store.migrations.changes import Step
from tomsapp.store.migrations.columns import Tables
from tomsapp.store.migrations.guarding import REFUSE_SEALED, REFUSE_UNDONE, sealed_triggers
from tomsapp.store.migrations.server import Server

REFUSE_VARIED = "A variation is signed, and taken back, by an act alone"
REFUSE_NO_DRAFT_VARIED = "A new variation is a draft"
REFUSE_SIGNED_VARIED = "The variation is signed: take it back to change it"

_DIFFERS = {"sqlite": "IS NOT", "postgresql": "IS DISTINCT FROM"}
_REPLACED = ("contract", "commitment", "commitment_year")
"""The tables whose guards let a variation through."""
_ACT = (
    "EXISTS (SELECT 1 FROM act AS made JOIN contract AS of ON of.id = made.contract_id "
    "LEFT JOIN act AS undone ON undone.id = made.reverses "
    "WHERE made.contract_id = {contract} AND made.change_id = NEW.change_id AND of.status = 'signed' "
    "AND made.was = 'signed' AND made.becomes = 'signed' "
    "AND (made.kind = 'vary' OR made.kind = 'reopen' AND undone.kind = 'vary'))"
)
"""Whether a variation of a contract is signed or taken back under the same change as a row."""
_OF_YEAR = "(SELECT contract_id FROM commitment WHERE id = {row}.commitment_id)"
_SEALED = "EXISTS (SELECT 1 FROM contract WHERE id = {contract} AND status <> 'draft')"
_OF_VARIATION = {
    "variation_line": "{row}.variation_id",
    "variation_line_year": "(SELECT variation_id FROM variation_line WHERE id = {row}.variation_line_id)",
}
"""The variation that a row belongs to, by its table."""


@dataclass(frozen=True)
class GuardVaried(Step):
    """Lets a variation write what signing fixed, and keeps it once it is signed.

    Attributes:
        fixed: the columns of a contract that signing fixes, but for the status, as the guards before had them.
        varied: those of them that a variation can change.
        said: the columns of a variation that say what it is, which stay once it is signed.
    """

    fixed: Sequence[str]
    varied: Sequence[str]
    said: Sequence[str]

    def up(self, server: Server, tables: Tables) -> None:
        """Put these guards in the place of those before."""
        del tables
        _take_away(server)
        for statement in varied_triggers(server.name, server.schema, self.fixed, self.varied):
            server.run(statement)
        for statement in variation_triggers(server.name, server.schema, self.said):
            server.run(statement)

    def down(self, server: Server, tables: Tables) -> None:
        """Put those before back."""
        del tables
        for table, endings in (("variation", ("begins", "sealed")), *((each, _BOTH) for each in _OF_VARIATION)):
            if server.name == "postgresql":
                server.run(f"DROP FUNCTION tomsapp_{table}_sealed() CASCADE")
            else:
                for ending in endings:
                    server.run(f"DROP TRIGGER {table}_{ending}")
        _take_away(server)
        for statement in sealed_triggers(server.name, server.schema, self.fixed):
            if is_replaced(statement):
                server.run(_in_place(statement))


_BOTH = ("sealed", "sealed_added")


def _take_away(server: Server) -> None:
    """Take the guards that are replaced away; on PostgreSQL another function takes the place of the old one."""
    if server.name == "sqlite":
        for table in _REPLACED:
            for ending in ("sealed",) if table == "contract" else _BOTH:
                server.run(f"DROP TRIGGER {table}_{ending}")


def is_replaced(statement: str) -> bool:
    """Whether a statement that makes guards makes one of those that are replaced."""
    names = {f"{table}_{ending}" for table in _REPLACED for ending in _BOTH}
    functions = {f"tomsapp_{table}_sealed()" for table in _REPLACED}
    kind, name = statement.split()[1:3]
    return name in functions if kind == "FUNCTION" else name in names and " BEGIN SELECT " in statement


def _in_place(statement: str) -> str:
    return statement.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION", 1)


def varied_triggers(server: str, schema: str, fixed: Sequence[str], varied: Sequence[str]) -> Iterator[str]:
    """The guards of a contract and of its lines."""
    for_good = [name for name in fixed if name not in varied]
    changed = _changed(server, ("deleted", *for_good))
    by_act = f"({_changed(server, varied)}) AND NOT {_ACT.format(contract='NEW.id')}"
    contract = f"OLD.status <> 'draft' AND ({changed} OR {by_act})"
    if server == "sqlite":
        yield _sqlite("contract_sealed", "UPDATE", "contract", contract, REFUSE_SEALED)
    else:
        yield _postgres_contract(schema, contract)
    for table, owner, of in (
        ("commitment", "{row}.contract_id", "contract_id"),
        ("commitment_year", _OF_YEAR, "commitment_id"),
    ):
        new, old = owner.format(row="NEW"), owner.format(row="OLD")
        acted = _ACT.format(contract=new)
        added = f"{_SEALED.format(contract=new)} AND NOT {acted}"
        is_sealed = f"({_SEALED.format(contract=new)} OR {_SEALED.format(contract=old)})"
        written = f"{is_sealed} AND NOT (NEW.{of} = OLD.{of} AND {acted})"
        if server == "sqlite":
            yield _sqlite(f"{table}_sealed_added", "INSERT", table, added, REFUSE_SEALED)
            yield _sqlite(f"{table}_sealed", "UPDATE", table, written, REFUSE_SEALED)
        else:
            yield _in_place(_postgres_function(table, schema, _either(added, written, REFUSE_SEALED, REFUSE_SEALED)))


def _postgres_contract(schema: str, sealed: str) -> str:
    """The guard of a contract, of which two of three questions are as before."""
    acted = (
        "NEW.status <> OLD.status AND NOT EXISTS (SELECT 1 FROM act WHERE contract_id = NEW.id "
        "AND change_id = NEW.change_id AND was = OLD.status AND becomes = NEW.status)"
    )
    body = (
        "IF TG_OP = 'INSERT' THEN IF NEW.status <> 'draft' THEN RAISE EXCEPTION 'A new contract is a draft'; END IF; "
        f"ELSE IF {sealed} THEN RAISE EXCEPTION '{REFUSE_SEALED}'; END IF; "
        f"IF {acted} THEN RAISE EXCEPTION '{REFUSE_UNDONE}'; END IF; END IF; "
    )
    return _in_place(_postgres_function("contract", schema, body))


def variation_triggers(server: str, schema: str, said: Sequence[str]) -> Iterator[str]:
    """The guards of a variation and of its lines."""
    begins, acted = "NEW.state <> 'draft'", _ACT.format(contract="NEW.contract_id")
    other = _changed(server, ("deleted", *said))
    changed = (
        f"NEW.state <> OLD.state AND NOT {acted} OR OLD.state <> 'draft' AND (NEW.state = OLD.state OR {other}) "
        f"OR NEW.contract_id <> OLD.contract_id"
    )
    if server == "sqlite":
        yield _sqlite("variation_begins", "INSERT", "variation", begins, REFUSE_NO_DRAFT_VARIED)
        yield _sqlite("variation_sealed", "UPDATE", "variation", changed, REFUSE_VARIED)
    else:
        yield from _postgres("variation", schema, _either(begins, changed, REFUSE_NO_DRAFT_VARIED, REFUSE_VARIED))
    for table, owner in _OF_VARIATION.items():
        signed = "EXISTS (SELECT 1 FROM variation WHERE id = {of} AND state <> 'draft')"
        new, old = signed.format(of=owner.format(row="NEW")), signed.format(of=owner.format(row="OLD"))
        if server == "sqlite":
            yield _sqlite(f"{table}_sealed_added", "INSERT", table, new, REFUSE_SIGNED_VARIED)
            yield _sqlite(f"{table}_sealed", "UPDATE", table, f"{new} OR {old}", REFUSE_SIGNED_VARIED)
        else:
            body = _either(new, f"{new} OR {old}", REFUSE_SIGNED_VARIED, REFUSE_SIGNED_VARIED)
            yield from _postgres(table, schema, body)


def _changed(server: str, columns: Sequence[str]) -> str:
    return " OR ".join(f"NEW.{name} {_DIFFERS[server]} OLD.{name}" for name in columns)


def _either(added: str, written: str, refuse_added: str, refuse_written: str) -> str:
    """The body of a guard on PostgreSQL: one question of a row that is added, another of one that is written."""
    return (
        f"IF TG_OP = 'INSERT' THEN IF {added} THEN RAISE EXCEPTION '{refuse_added}'; END IF; "
        f"ELSE IF {written} THEN RAISE EXCEPTION '{refuse_written}'; END IF; END IF; "
    )


def _sqlite(name: str, when: str, table: str, condition: str, message: str) -> str:
    return (
        f"CREATE TRIGGER {name} BEFORE {when} ON {table} WHEN {condition} BEGIN SELECT RAISE(ABORT, '{message}'); END"
    )


def _postgres(table: str, schema: str, body: str) -> Iterator[str]:
    yield _postgres_function(table, schema, body)
    yield (
        f"CREATE TRIGGER {table}_sealed BEFORE INSERT OR UPDATE ON {table} FOR EACH ROW "
        f"EXECUTE FUNCTION tomsapp_{table}_sealed()"
    )


def _postgres_function(table: str, schema: str, body: str) -> str:
    return (
        f"CREATE FUNCTION tomsapp_{table}_sealed() RETURNS trigger LANGUAGE plpgsql "
        f"SET search_path = {schema}, pg_temp AS $$ BEGIN {body}RETURN NEW; END $$"
    )
