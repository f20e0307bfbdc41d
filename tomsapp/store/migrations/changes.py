"""What each step of a migration does to the tables, up and down, on SQLite and PostgreSQL.

What stands here is frozen: see `steps`. Nothing here asks SQLAlchemy how to write SQL, and Alembic's batch mode is
never used: it makes a table anew on SQLite and loses its triggers.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tomsapp.store.migrations import triggers
from tomsapp.store.migrations.columns import Column, Index, Table, Tables
from tomsapp.store.migrations.server import Server

CHAIN = "chain"
"""The table of the links of the history. From the revision on that makes it, officers cannot write history."""


class Step(ABC):
    """One thing that a revision does, and how it is taken back."""

    @abstractmethod
    def up(self, server: Server, tables: Tables) -> None:
        """Do it to a database whose tables are as in `tables`."""

    @abstractmethod
    def down(self, server: Server, tables: Tables) -> None:
        """Take it back; `tables` are as they were before it.

        Raises:
            StepRefused: something that people saved would be lost.
        """

    def after(self, tables: Tables) -> Tables:
        """The tables once it is done."""
        return tables

    def before(self, tables: Tables) -> Tables:
        """The tables once it is taken back."""
        return tables


@dataclass(frozen=True)
class Written(Step):
    """Runs statements word for word, from files."""

    folder: Path
    number: str
    makes: Sequence[Table]

    def up(self, server: Server, tables: Tables) -> None:
        """Run the statements of the way up."""
        del tables
        self._run(server, "up")

    def down(self, server: Server, tables: Tables) -> None:
        """Run those of the way down."""
        del tables
        self._run(server, "down")

    def _run(self, server: Server, way: str) -> None:
        statements = (self.folder / f"{self.number}_{way}_{server.name}.sql").read_text(encoding="utf-8")
        for statement in statements.rstrip("\n").split("\n\n"):
            server.run(statement)

    def after(self, tables: Tables) -> Tables:
        """The tables and those that it makes."""
        return {**tables, **{made.name: made for made in self.makes}}

    def before(self, tables: Tables) -> Tables:
        """The tables without them."""
        return {name: held for name, held in tables.items() if name not in {made.name for made in self.makes}}


@dataclass(frozen=True)
class AddColumn(Step):
    """Adds a column at the end of a table."""

    table: str
    column: Column

    def up(self, server: Server, tables: Tables) -> None:
        """Add it, and let the history tell it."""
        definition = self.column.added(self.table, server.name)
        server.run(f"ALTER TABLE {self.table} ADD COLUMN {definition}")
        _write_history_anew(server, self.after(tables), self.table)

    def down(self, server: Server, tables: Tables) -> None:
        """Take it away, if nothing was said in it."""
        server.refuse_loss(self.table, self.column.name, self.column.beginning)
        # A column that a trigger names cannot go.
        _write_history_anew(server, tables, self.table)
        server.drop_column(self.table, self.column.name, self.column.added(self.table, "sqlite"))

    def after(self, tables: Tables) -> Tables:
        """The tables with it."""
        return {**tables, self.table: tables[self.table].with_column(self.column.history)}

    def before(self, tables: Tables) -> Tables:
        """The tables without it."""
        return {**tables, self.table: tables[self.table].without_column(self.column.name)}


@dataclass(frozen=True)
class AddTable(Step):
    """Adds a table with its indexes, constraints and triggers."""

    made: Table
    columns: Sequence[Column]
    indexes: Sequence[Index] = ()
    unique: Sequence[Sequence[str]] = ()
    checks: Mapping[str, str] = field(default_factory=dict)

    def up(self, server: Server, tables: Tables) -> None:
        """Make it, with its indexes and triggers."""
        parts = ",\n\t".join(self._parts(server.name))
        server.run(f"CREATE TABLE {self.made.name} (\n\t{parts}\n)")
        for each in self.indexes:
            server.run(each.create(self.made.name, server.name))
        for statement in _triggers(server.name, self.made):
            server.run(statement)
        _secure_history(server, tables, self.made.name)

    def _parts(self, server: str) -> Iterator[str]:
        name = self.made.name
        yield "id SERIAL NOT NULL" if server == "postgresql" else "id INTEGER NOT NULL"
        if self.made.is_kept:
            yield f"content {'BYTEA' if server == 'postgresql' else 'BLOB'} NOT NULL"
            yield "content_sha256 TEXT NOT NULL"
        else:
            yield "version INTEGER NOT NULL"
            yield "deleted BOOLEAN NOT NULL"
        yield "change_id INTEGER NOT NULL"
        for column in self.columns:
            yield column.in_new_table(server)
        yield f"CONSTRAINT pk_{name} PRIMARY KEY (id)"
        for column in (Column("change_id", "whole", names="change"), *self.columns):
            yield from (column.foreign_key(name),) if column.names else ()
            yield from (column.check(name),) if column.among else ()
        for columns in self.unique:
            yield f"CONSTRAINT uq_{name}_{'_'.join(columns)} UNIQUE ({', '.join(columns)})"
        for check, condition in self.checks.items():
            yield f"CONSTRAINT ck_{name}_{check} CHECK ({condition})"

    def down(self, server: Server, tables: Tables) -> None:
        """Take it away, if it has no row."""
        del tables
        server.refuse_loss(self.made.name)
        server.run(f"DROP TABLE {self.made.name}")
        if server.name == "postgresql":
            server.run(triggers.postgres_history_gone(self.made.name))

    def after(self, tables: Tables) -> Tables:
        """The tables with it."""
        return {**tables, self.made.name: self.made}

    def before(self, tables: Tables) -> Tables:
        """The tables without it."""
        return {name: held for name, held in tables.items() if name != self.made.name}


@dataclass(frozen=True)
class AddIndex(Step):
    """Adds an index to a table that is there."""

    table: str
    made: Index

    def up(self, server: Server, tables: Tables) -> None:
        """Make it."""
        del tables
        server.run(self.made.create(self.table, server.name))

    def down(self, server: Server, tables: Tables) -> None:
        """Take it away."""
        del tables
        server.run(f"DROP INDEX {self.made.name(self.table)}")


@dataclass(frozen=True)
class ChangeCheck(Step):
    """Asks something else of a table's rows."""

    table: str
    name: str
    was: str
    now: str

    def up(self, server: Server, tables: Tables) -> None:
        """Put the new condition in the place of the old."""
        del tables
        server.change_check(self.table, f"ck_{self.table}_{self.name}", self.was, self.now)

    def down(self, server: Server, tables: Tables) -> None:
        """Put the old one back."""
        del tables
        server.change_check(self.table, f"ck_{self.table}_{self.name}", self.now, self.was)


@dataclass(frozen=True)
class FillKeptTable(Step):
    """Adds rows from other tables to a table of kept bytes that an earlier step of the same revision made."""

    table: str
    statements: Mapping[str, str]

    def up(self, server: Server, tables: Tables) -> None:
        """Add them while no trigger tells the history of it."""
        if server.name == "postgresql":
            server.run(f"ALTER TABLE {self.table} DISABLE TRIGGER {self.table}_history")
            server.run(self.statements[server.name])
            server.run(f"ALTER TABLE {self.table} ENABLE TRIGGER {self.table}_history")
            return
        name = f"{self.table}_added"
        server.run(f"DROP TRIGGER {name}")
        server.run(self.statements[server.name])
        for statement in _triggers(server.name, tables[self.table]):
            if statement.split()[2] == name:
                server.run(statement)

    def down(self, server: Server, tables: Tables) -> None:
        """Leave them: the step that made the table takes it away, if it has no row."""


@dataclass(frozen=True)
class Reversed(Step):
    """Another step, taken back."""

    step: Step

    def up(self, server: Server, tables: Tables) -> None:
        """Take the step back."""
        self.step.down(server, self.after(tables))

    def down(self, server: Server, tables: Tables) -> None:
        """Take the step."""
        self.step.up(server, self.after(tables))

    def after(self, tables: Tables) -> Tables:
        """The tables without what the step makes."""
        return self.step.before(tables)

    def before(self, tables: Tables) -> Tables:
        """The tables with it."""
        return self.step.after(tables)


def _triggers(server: str, made: Table) -> Iterator[str]:
    writers = {
        ("sqlite", False): triggers.sqlite_record,
        ("sqlite", True): triggers.sqlite_kept,
        ("postgresql", False): triggers.postgres_record,
        ("postgresql", True): triggers.postgres_kept,
    }
    return writers[server, made.is_kept](made.name, made.columns, made.contract)


def _write_history_anew(server: Server, tables: Tables, name: str) -> None:
    """Let the triggers that write a table's history tell its columns as they are in `tables`."""
    changed = tables[name]
    if server.name == "postgresql":
        named = changed.name, changed.columns, changed.contract
        server.run(triggers.postgres_history_function(*named, is_kept=changed.is_kept))
        _secure_history(server, tables, name)
        return
    endings = ("added",) if changed.is_kept else ("added", "changed")
    for statement in _triggers(server.name, changed):
        name = statement.split()[2]
        if name in {f"{changed.name}_{ending}" for ending in endings}:
            server.run(f"DROP TRIGGER {name}")
            server.run(statement)


def _secure_history(server: Server, tables: Tables, name: str) -> None:
    if server.name == "postgresql" and CHAIN in tables:
        for statement in history_secured(name, server.schema):
            server.run(statement)


def history_secured(table: str, schema: str) -> Iterator[str]:
    """Lets the owner's right write a table's history, which nobody else has, and nothing stand before its tables."""
    function = f"FUNCTION tomsapp_{table}_history()"
    yield f"ALTER {function} SECURITY DEFINER SET search_path = {schema}, pg_temp"
    # Whoever could call it from a table of their own would write what they like.
    yield f"REVOKE ALL ON {function} FROM PUBLIC"


def history_unsecured(table: str) -> Iterator[str]:
    """Takes that back."""
    function = f"FUNCTION tomsapp_{table}_history()"
    yield f"ALTER {function} SECURITY INVOKER RESET search_path"
    yield f"GRANT EXECUTE ON {function} TO PUBLIC"
