"""The rows of a damaged table that can be read, and what is left out of a database that is made of them."""

import sqlite3
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass

from tomsapp.domain.wording import plural

_MOST_LOOKED_FOR = 50_000
"""So many rows in the middle of a damaged table are looked for one by one."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Something that is not in the new database as it was.

    Attributes:
        table: the table that it stood in.
        row: its number; None where it cannot be told, or for several rows.
        why: what is wrong, as the end of a sentence.
    """

    table: str
    row: int | None
    why: str

    def __str__(self) -> str:
        which = f" {self.row}" if self.row is not None else ""
        return f"{self.table}{which}: {self.why}"


@dataclass(frozen=True, slots=True)
class Rescued:
    """What came of copying what can be read: how many rows are in the new database, and what is not.

    Attributes:
        rebuilt: how many of the rows were put together from their history.
    """

    rows: int
    rebuilt: int
    left_out: tuple[LeftOut, ...]

    @property
    def summary(self) -> str:
        """The numbers in a sentence."""
        copied = f"The new database holds {plural(self.rows, 'row')}"
        if self.rebuilt:
            copied += f", {self.rebuilt} of them put together from their history"
        if not self.left_out:
            return f"{copied}. Nothing was left out."
        return f"{copied}. {kept_otherwise(len(self.left_out))}."


def kept_otherwise(number: int) -> str:
    """How much is not as it was, as a sentence without its point."""
    were = "it was" if number == 1 else "they were"
    return f"{plural(number, 'thing')} could not be kept as {were}"


def quoted(columns: Sequence[str]) -> str:
    """Names of columns in SQL, some of which are words of it."""
    return ", ".join(f'"{column}"' for column in columns)


def rows_of(old: sqlite3.Connection, table: str, columns: Sequence[str]) -> Iterator[tuple[object, ...] | LeftOut]:
    """Every row that can be read, with its number first; a damaged table is read from both ends and in between."""
    wanted = f"rowid, {quoted(columns)}"
    seen: list[int] = []
    forward = f"SELECT {wanted} FROM {table} ORDER BY rowid"
    fault = yield from _until_fault(old, forward, seen)
    if fault is None:
        return
    last = max(seen, default=-(2**62))
    upper: list[int] = []
    yield from _until_fault(old, f"SELECT {wanted} FROM {table} WHERE rowid > {last} ORDER BY rowid DESC", upper)
    if not seen and not upper:
        yield LeftOut(table, None, f"the table cannot be read: {fault}")
        return
    low, high = (last if seen else 0), min(upper, default=last + _MOST_LOOKED_FOR)
    yield from _between(old, table, wanted, range(low + 1, min(high, low + _MOST_LOOKED_FOR)), is_open=not upper)


def _until_fault(
    old: sqlite3.Connection, query: str, seen: list[int]
) -> Generator[tuple[object, ...], None, str | None]:
    """The rows up to the first that cannot be read; returns what was wrong, or None."""
    try:
        for row in old.execute(query):
            seen.append(row[0])
            yield row
    except sqlite3.Error as error:
        return str(error)
    return None


def _between(
    old: sqlite3.Connection, table: str, wanted: str, numbers: range, *, is_open: bool
) -> Iterator[tuple[object, ...] | LeftOut]:
    """The rows between those that were read; how many were there after the last that is found cannot be told."""
    query = f"SELECT {wanted} FROM {table} WHERE rowid = ?"
    for number in numbers:
        try:
            row = old.execute(query, (number,)).fetchone()
        except sqlite3.Error as error:
            if is_open and number > numbers.start + _FAR:
                yield LeftOut(table, None, f"from {number} on nothing can be read: {error}")
                return
            yield LeftOut(table, number, f"it cannot be read: {error}")
        else:
            if row is not None:
                yield row


_FAR = 200
"""After so many rows that cannot be read, where no later one can, the rest is not tried one by one."""


def without_broken_keys(new: sqlite3.Connection) -> list[LeftOut]:
    """Take out of the new database what names rows that are missing: the name where it can be, else the row."""
    left_out: list[LeftOut] = []
    while broken := new.execute("PRAGMA foreign_key_check").fetchall():
        for table, row, parent, key in broken:
            columns = [each[3] for each in new.execute(f"PRAGMA foreign_key_list({table})") if each[0] == key]
            left_out.append(_without_key(new, table, row, parent, columns))
    return left_out


def _without_key(new: sqlite3.Connection, table: str, row: int, parent: str, columns: list[str]) -> LeftOut:
    required = {each[1] for each in new.execute(f"PRAGMA table_info({table})") if each[3]}
    named = f"it names a row of {parent} that is missing"
    if required.isdisjoint(columns):
        nothing = ", ".join(f'"{column}" = NULL' for column in columns)
        try:
            new.execute(f"UPDATE {table} SET {nothing} WHERE rowid = ?", (row,))
        except sqlite3.IntegrityError:
            pass
        else:
            return LeftOut(table, row, f"{named}, and no longer does")
    new.execute(f"DELETE FROM {table} WHERE rowid = ?", (row,))
    return LeftOut(table, row, named)
