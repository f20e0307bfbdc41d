"""Guards as a migration declares them: what is refused of a new row and of a changed one, on SQLite and PostgreSQL.

What stands here is frozen: see `steps`.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from tomsapp.store.migrations.server import Server

DIFFERS = {"sqlite": "IS NOT", "postgresql": "IS DISTINCT FROM"}
"""How a server says that two values, either of which may be NULL, are not the same."""


@dataclass(frozen=True)
class Guard:
    """What is refused of the rows of a table: the condition in SQL, by what is said then."""

    table: str
    added: Mapping[str, str] = field(default_factory=dict)
    changed: Mapping[str, str] = field(default_factory=dict)


def changes_any(server: str, names: Sequence[str]) -> str:
    """The SQL of a row that says something else in one of these columns than it did."""
    return " OR ".join(f"NEW.{name} {DIFFERS[server]} OLD.{name}" for name in names)


def guard_triggers(server: str, schema: str, ending: str, guards: Iterable[Guard]) -> Iterator[str]:
    """The statements that make guards; `ending` names those of one step."""
    for guard in guards:
        if server == "sqlite":
            for name, when, (message, condition) in _sqlite_names(guard, ending):
                yield (
                    f"CREATE TRIGGER {name} BEFORE {when} ON {guard.table} WHEN {condition} "
                    f"BEGIN SELECT RAISE(ABORT, '{message}'); END"
                )
        else:
            yield from _postgres(guard, schema, ending)


def drop_guards(server: Server, ending: str, guards: Iterable[Guard]) -> None:
    """Take guards away."""
    for guard in guards:
        if server.name == "postgresql":
            server.run(f"DROP FUNCTION tomsapp_{guard.table}_{ending}() CASCADE")
        else:
            for name, _, _ in _sqlite_names(guard, ending):
                server.run(f"DROP TRIGGER {name}")


def _sqlite_names(guard: Guard, ending: str) -> Iterator[tuple[str, str, tuple[str, str]]]:
    """Each guard's name, what it stands before, and what it says of which condition."""
    for when, refusals in (("INSERT", guard.added), ("UPDATE", guard.changed)):
        for place, refusal in enumerate(refusals.items(), start=1):
            yield f"{guard.table}_{ending}_{when.lower()}_{place}", when, refusal


def _postgres(guard: Guard, schema: str, ending: str) -> Iterator[str]:
    added, changed = (
        "".join(f"IF {condition} THEN RAISE EXCEPTION '{message}'; END IF; " for message, condition in each.items())
        for each in (guard.added, guard.changed)
    )
    # Whoever looks at NEW and OLD in one IF would read OLD of a row that is added.
    yield (
        f"CREATE FUNCTION tomsapp_{guard.table}_{ending}() RETURNS trigger LANGUAGE plpgsql "
        f"SET search_path = {schema}, pg_temp AS $$ BEGIN IF TG_OP = 'INSERT' THEN {added or 'NULL; '}"
        f"ELSE {changed or 'NULL; '}END IF; RETURN NEW; END $$"
    )
    yield (
        f"CREATE TRIGGER {guard.table}_{ending} BEFORE INSERT OR UPDATE ON {guard.table} FOR EACH ROW "
        f"EXECUTE FUNCTION tomsapp_{guard.table}_{ending}()"
    )
