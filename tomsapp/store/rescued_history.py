"""Rows that were lost, put together again from the history, which holds each of them as it was last saved."""

import json
import sqlite3
from decimal import Decimal, InvalidOperation

from tomsapp.store.rescued_rows import LeftOut, quoted
from tomsapp.store.tables import Row
from tomsapp.store.types import ExactDecimal

_PLACES = {
    (table.name, column.name): column.type.places
    for table in Row.metadata.sorted_tables
    for column in table.columns
    if isinstance(column.type, ExactDecimal)
}
_NOBODY, _LONG_AGO = "Not known", "1970-01-01 00:00:00.000000"
_LOST = """
    SELECT record_id, change_id, "after" FROM history
    WHERE id IN (SELECT max(id) FROM history WHERE kind = ? GROUP BY record_id)
    AND record_id NOT IN (SELECT id FROM "{}")
"""


def put_together(new: sqlite3.Connection, table: str, left_out: list[LeftOut]) -> int:
    """Make the rows of a table that its history tells of and that are not there; gives how many.

    What could be made is taken off `left_out`, and what could not is on it, each by its number.
    """
    columns = [each[1] for each in new.execute(f"PRAGMA table_info({table})")]
    if "version" not in columns:
        return 0
    made: set[int] = set()
    for number, change, after in new.execute(_LOST.format(table), (table,)).fetchall():
        why = _make(new, table, columns, change, after)
        if not why:
            made.add(number)
        elif not any((each.table, each.row) == (table, number) for each in left_out):
            left_out.append(LeftOut(table, number, why))
    left_out[:] = [each for each in left_out if each.table != table or each.row not in made]
    return len(made)


def _make(new: sqlite3.Connection, table: str, columns: list[str], change: int, after: str) -> str:
    """Insert a row as its history has it; says why that cannot be, or ""."""
    try:
        told = {**json.loads(after), "change_id": change}
        known = [column for column in columns if column in told]
        values = [_kept(table, column, told[column]) for column in known]
        places = ", ".join("?" * len(known))
        new.execute(f"INSERT INTO {table} ({quoted(known)}) VALUES ({places})", values)
    except (sqlite3.Error, ValueError, TypeError, RecursionError, InvalidOperation, OverflowError) as error:
        return f"it is not there, and its history does not give it back: {error}"
    return ""


def _kept(table: str, column: str, told: object) -> object:
    """A value as SQLite keeps it, from how the history tells it."""
    if isinstance(told, bool):
        return int(told)
    places = _PLACES.get((table, column))
    if places is None or told is None:
        return told
    scaled = Decimal(str(told)).scaleb(places)
    if scaled != scaled.to_integral_value():
        raise ValueError(f"{column} is no exact number")
    return int(scaled)


def stand_in_for_changes(new: sqlite3.Connection) -> list[LeftOut]:
    """Put a change of nobody in the place of each that is lost, so that what it wrote can be kept."""
    named: set[int] = set()
    for (table,) in new.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
        if any(each[1] == "change_id" for each in new.execute(f"PRAGMA table_info({table})")):
            named.update(row[0] for row in new.execute(f"SELECT DISTINCT change_id FROM {table}"))
    held = dict(new.execute("SELECT id, at FROM change").fetchall())
    left_out = []
    for number in sorted(named - held.keys()):
        at = max((held[each] for each in held if each < number), default=_LONG_AGO)
        add_with(new, "change", {"id": number, "at": at, "who": _NOBODY, "what": ""})
        left_out.append(LeftOut("change", number, "who made it and when is lost"))
    return left_out


def add_with(new: sqlite3.Connection, table: str, values: dict[str, object]) -> int:
    """Add a row with these values, and with nothing in the other columns; gives its number."""
    needed = [each for each in new.execute(f"PRAGMA table_info({table})") if each[3] and not each[5]]
    nothing = {each[1]: 0 if each[2] in {"INTEGER", "BOOLEAN", "BIGINT"} else "" for each in needed}
    given = {**nothing, **values}
    places = ", ".join("?" * len(given))
    made = new.execute(f"INSERT INTO {table} ({quoted(list(given))}) VALUES ({places})", list(given.values()))
    return made.lastrowid or 0
