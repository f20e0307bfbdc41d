"""Columns and tables as a step of a migration declares them, and their SQL on SQLite and PostgreSQL.

What stands here is frozen: see `steps`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

HISTORY = {"pounds": "2", "quantity": "4", "share": "6", "flag": "flag"}
"""How the triggers write a kind of column into the history; "plain" where it is not named."""

TYPES: Mapping[str, Mapping[str, str]] = {
    "sqlite": {
        "text": "TEXT",
        "whole": "INTEGER",
        "flag": "BOOLEAN",
        "day": "DATE",
        "pounds": "BIGINT",
        "quantity": "BIGINT",
        "share": "BIGINT",
    },
    "postgresql": {
        "text": "TEXT",
        "whole": "INTEGER",
        "flag": "BOOLEAN",
        "day": "DATE",
        "pounds": "NUMERIC(18, 2)",
        "quantity": "NUMERIC(18, 4)",
        "share": "NUMERIC(18, 6)",
    },
}
EMPTY: Mapping[str, str] = {"text": "''", "whole": "0", "flag": "false", "pounds": "0", "quantity": "0", "share": "0"}
"""What a column says in rows that were there before it, as SQL. A day has no such value."""

RECORD = (("id", "plain"), ("version", "plain"), ("deleted", "flag"))
"""What the history tells of every record, before its own columns."""
KEPT = (("id", "plain"), ("content_sha256", "plain"))
"""The same for what is kept for ever."""


@dataclass(frozen=True)
class Column:
    """A column of a table.

    Attributes:
        kind: one of the kinds in `TYPES`.
        is_optional: whether it may be NULL.
        names: the table whose row it names.
        among: the only words that it may say.
        begins: what rows that were there before it say, as SQL; empty for the kind's own empty value.
    """

    name: str
    kind: str
    is_optional: bool = False
    names: str = ""
    among: Sequence[str] = ()
    begins: str = ""

    @property
    def history(self) -> tuple[str, str]:
        """The column as the triggers take it."""
        return self.name, HISTORY.get(self.kind, "plain")

    @property
    def beginning(self) -> str:
        """What rows that were there before it say, as SQL."""
        if self.is_optional:
            return "NULL"
        if self.names or self.kind not in EMPTY:
            raise ValueError(f"Nothing can be said in {self.name} for the rows that are there: make it optional")
        return self.begins or EMPTY[self.kind]

    def check(self, table: str) -> str:
        """The constraint that it says one of its words, with its name; empty without."""
        words = ", ".join(f"'{word}'" for word in self.among)
        return f"CONSTRAINT ck_{table}_{self.name} CHECK ({self.name} IN ({words}))" if self.among else ""

    def in_new_table(self, server: str) -> str:
        """The column as CREATE TABLE takes it, whose constraints follow all columns."""
        return f"{self.name} {TYPES[server][self.kind]}{'' if self.is_optional else ' NOT NULL'}"

    def foreign_key(self, table: str) -> str:
        """The constraint that it names a row of another table, with its name."""
        return f"CONSTRAINT {self._key(table)} FOREIGN KEY({self.name}) REFERENCES {self.names} (id)"

    def added(self, table: str, server: str) -> str:
        """The column as ALTER TABLE takes it, with its constraints and what earlier rows say."""
        default = "" if self.is_optional else f" DEFAULT {self.beginning} NOT NULL"
        reference = f" CONSTRAINT {self._key(table)} REFERENCES {self.names} (id)" if self.names else ""
        check = f" {self.check(table)}" if self.among else ""
        return f"{self.name} {TYPES[server][self.kind]}{default}{check}{reference}"

    def _key(self, table: str) -> str:
        return f"fk_{table}_{self.name}"


@dataclass(frozen=True)
class Index:
    """An index; `in_use` leaves out the rows that are marked as deleted."""

    columns: Sequence[str]
    is_unique: bool = False
    in_use: bool = False

    def name(self, table: str) -> str:
        """Its name, in the way that the rows' metadata names indexes."""
        ending = "_in_use" if self.in_use else ""
        return f"{'uq' if self.is_unique else 'ix'}_{table}_{'_'.join(self.columns)}{ending}"

    def create(self, table: str, server: str) -> str:
        """The statement that makes it."""
        unique = "UNIQUE " if self.is_unique else ""
        where = {"sqlite": " WHERE deleted = 0", "postgresql": " WHERE NOT deleted"}[server] if self.in_use else ""
        return f"CREATE {unique}INDEX {self.name(table)} ON {table} ({', '.join(self.columns)}){where}"


@dataclass(frozen=True)
class Table:
    """A table as its triggers see it at one version.

    Attributes:
        columns: those that the history tells, with how each is written.
        contract: the SQL of the contract that a row belongs to.
        is_kept: its rows are added once and never changed.
    """

    name: str
    columns: tuple[tuple[str, str], ...]
    contract: str
    is_kept: bool = False

    def with_column(self, column: tuple[str, str]) -> "Table":
        """The table with one more column, the last."""
        return replace(self, columns=(*self.columns, column))

    def without_column(self, name: str) -> "Table":
        """The table without that column."""
        return replace(self, columns=tuple(each for each in self.columns if each[0] != name))


Tables = Mapping[str, Table]
