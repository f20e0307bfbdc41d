"""Whether every cell of every table can be read as the program reads it."""

import json
from collections.abc import Iterator

from sqlalchemy import Connection, Table, select

from tomsapp.domain.errors import TomsError
from tomsapp.store.steps import Steps
from tomsapp.store.tables import HistoryRow, Row

_AT_ONCE = 2_000


def unreadable_tables(connection: Connection, steps: Steps) -> Iterator[str]:
    """A sentence for each table in which a cell holds something of another kind than its column."""
    for table in Row.metadata.sorted_tables:
        steps.step()
        try:
            _read(connection, table)
        except TomsError as error:
            yield f"{table.name} cannot be read: {error.message}"
        except (ValueError, TypeError, ArithmeticError, RecursionError) as error:
            yield f"{table.name} cannot be read: {error}"


def _read(connection: Connection, table: Table) -> None:
    # Kept bytes are read where they are held against their SHA-256.
    columns = [column for column in table.columns if column.name != "content"]
    rows = connection.execution_options(yield_per=_AT_ONCE).execute(select(*columns))
    is_history = table.name == HistoryRow.__tablename__
    for row in rows:
        if is_history and not all(isinstance(json.loads(text), dict) for text in (row.before, row.after)):
            raise ValueError(f"entry {row.id} does not say what was changed")
