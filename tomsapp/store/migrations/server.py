"""A server whose tables a migration changes: SQLite or PostgreSQL, with what each of them can and cannot alter.

What stands here is frozen: see `steps`.
"""

from typing import Any

from sqlalchemy import Connection


class StepRefused(Exception):
    """A step back would lose what people saved."""


class Server:
    """The server at the other end of a connection; `name` is "sqlite" or "postgresql"."""

    def __init__(self, connection: Connection) -> None:
        self.name = connection.dialect.name
        self._connection = connection

    def run(self, statement: str) -> None:
        """Run a statement word for word: no sign in it is a placeholder."""
        self._connection.exec_driver_sql(statement, execution_options={"no_parameters": True})

    def ask(self, query: str) -> list[tuple[Any, ...]]:
        """The rows of a query, word for word."""
        answer = self._connection.exec_driver_sql(query, execution_options={"no_parameters": True})
        return [tuple(row) for row in answer]

    @property
    def schema(self) -> str:
        """The schema of PostgreSQL in which the tables are, as SQL; empty on SQLite, which has none."""
        return "" if self.name == "sqlite" else str(self.ask("SELECT quote_ident(current_schema())")[0][0])

    @property
    def login(self) -> str:
        """Who changes the tables of a PostgreSQL server; empty on SQLite, which knows nobody."""
        return "" if self.name == "sqlite" else str(self.ask("SELECT session_user")[0][0])

    def delete(self, table: str, where: str) -> None:
        """Take away rows of a table from which nothing is deleted."""
        guard = f"{table}_undeleted"
        if self.name == "postgresql":
            self.run(f"ALTER TABLE {table} DISABLE TRIGGER {guard}")
            self.run(f"DELETE FROM {table} WHERE {where}")
            self.run(f"ALTER TABLE {table} ENABLE TRIGGER {guard}")
            return
        again = self.ask(f"SELECT sql FROM sqlite_master WHERE type = 'trigger' AND name = '{guard}'")[0][0]
        self.run(f"DROP TRIGGER {guard}")
        self.run(f"DELETE FROM {table} WHERE {where}")
        self.run(again)

    def refuse_loss(self, table: str, column: str = "", beginning: str = "") -> None:
        """Make sure that nobody has saved a row in a table, or said anything in a column.

        Raises:
            StepRefused: somebody has.
        """
        differs = "IS DISTINCT FROM" if self.name == "postgresql" else "IS NOT"
        where = f" WHERE {column} {differs} {beginning}" if column else ""
        rows = self.ask(f"SELECT count(*) FROM {table}{where}")[0][0]
        if rows:
            what = f"The column {column} of {table}" if column else f"The table {table}"
            raise StepRefused(f"{what} holds something in {rows} rows, which this step back would lose")

    def drop_column(self, table: str, column: str, definition: str) -> None:
        """Take away a column; `definition` is what was added for it on SQLite."""
        if self.name == "postgresql" or " REFERENCES " not in definition:
            self.run(f"ALTER TABLE {table} DROP COLUMN {column}")
        else:
            # SQLite does not let go of a column with a foreign key.
            self._rebuild(table, f", {definition}", "")

    def change_check(self, table: str, name: str, was: str, now: str) -> None:
        """Put another condition in the place of the check `name`."""
        if self.name == "postgresql":
            self.run(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
            self.run(f"ALTER TABLE {table} ADD CONSTRAINT {name} CHECK ({now})")
        else:
            self._rebuild(table, f"CONSTRAINT {name} CHECK ({was})", f"CONSTRAINT {name} CHECK ({now})")

    def _rebuild(self, table: str, was: str, now: str) -> None:
        """Make a table anew with other words in its statement, and its rows, indexes and triggers as they were.

        The rows wait in a temporary table, and the new one has its name from the start: renaming would let SQLite
        change what other tables and triggers call it. Foreign keys are checked when all steps are taken.
        """
        statement = self.ask(f"SELECT sql FROM sqlite_master WHERE type = 'table' AND name = '{table}'")[0][0]
        if statement.count(was) != 1:
            raise ValueError(f"{table} does not say “{was}” once")
        belongings = self.ask(
            f"SELECT sql FROM sqlite_master WHERE tbl_name = '{table}' AND type <> 'table' AND sql IS NOT NULL "
            "ORDER BY type, name"
        )
        self.run(f"CREATE TEMPORARY TABLE waiting AS SELECT * FROM {table}")
        self.run(f"DROP TABLE {table}")
        self.run(statement.replace(was, now))
        columns = ", ".join(row[1] for row in self.ask(f"PRAGMA table_info({table})"))
        self.run(f"INSERT INTO {table} ({columns}) SELECT {columns} FROM waiting")
        self.run("DROP TABLE waiting")
        for row in belongings:
            self.run(row[0])
