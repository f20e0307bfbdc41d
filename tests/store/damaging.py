"""Databases that are damaged in seeded ways: the file, its pages, its tables, and what stands in its cells."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

Damage = Callable[[Path, random.Random], str]
"""Damages a database in one way, and says how."""
_ODD: tuple[object, ...] = (
    None,
    "",
    "x",
    "not a date",
    "2026-13-45",
    "9999-99-99 99:99:99.999999",
    "\0",
    b"\xff\xfe\x00",
    b"",
    -1,
    0,
    7,
    2**62,
    -(2**63),
    0.5,
    float("inf"),
    "{",
    "[1]",
    "null",
    "[" * 2000,
    '{"a": {"b": [1, 2]}}',
    "é" * 70_000,
    "1e999",
)


def _bytes(path: Path, change: Callable[[bytearray], object]) -> None:
    content = bytearray(path.read_bytes())
    change(content)
    path.write_bytes(bytes(content))


def bits(path: Path, chance: random.Random) -> str:
    number = chance.choice((1, 1, 3, 20, 200))

    def flip(content: bytearray) -> None:
        for _ in range(number):
            content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)

    _bytes(path, flip)
    return f"{number} bits flipped"


def page(path: Path, chance: random.Random) -> str:
    size = _page_size(path)
    number = chance.randrange(path.stat().st_size // size)
    how = chance.choice(("zeros", "noise", "another"))

    def over(content: bytearray) -> None:
        other = chance.randrange(len(content) // size) * size
        new = {"zeros": bytes(size), "noise": chance.randbytes(size), "another": bytes(content[other : other + size])}
        content[number * size : (number + 1) * size] = new[how]

    _bytes(path, over)
    return f"page {number + 1}: {how}"


def cut(path: Path, chance: random.Random) -> str:
    left = chance.choice((0, 1, 99, 100, 512, chance.randrange(path.stat().st_size)))
    with path.open("rb+") as file:
        file.truncate(left)
    return f"cut to {left} bytes"


def header(path: Path, chance: random.Random) -> str:
    place, value = chance.randrange(100), chance.randrange(256)

    def spoil(content: bytearray) -> None:
        content[place] = value

    _bytes(path, spoil)
    return f"byte {place} of the header: {value}"


def freelist(path: Path, chance: random.Random) -> str:
    trunk, number = chance.randrange(1 << 31), chance.randrange(1 << 20)

    def spoil(content: bytearray) -> None:
        content[32:40] = trunk.to_bytes(4, "big") + number.to_bytes(4, "big")

    _bytes(path, spoil)
    return f"freelist {trunk}, {number}"


def index(path: Path, chance: random.Random) -> str:
    size = _page_size(path)
    with closing(sqlite3.connect(path)) as connection:
        roots = connection.execute("SELECT name, rootpage FROM sqlite_master WHERE type = 'index'").fetchall()
    name, root = chance.choice(roots)

    def spoil(content: bytearray) -> None:
        for _ in range(30):
            content[(root - 1) * size + chance.randrange(size)] = chance.randrange(256)

    _bytes(path, spoil)
    return f"index {name}"


def schema(path: Path, chance: random.Random) -> str:
    def spoil(connection: sqlite3.Connection) -> str:
        connection.execute("PRAGMA writable_schema = ON")
        names = connection.execute("SELECT rowid, name, sql FROM sqlite_master WHERE sql IS NOT NULL").fetchall()
        row, name, sql = chance.choice(names)
        place = chance.randrange(len(sql))
        new = chance.choice(("", "CREATE TABLE", sql[:place], sql[:place] + "~" + sql[place + 1 :], "\udcff"))
        given = new.encode("utf-8", "surrogateescape")
        connection.execute("UPDATE sqlite_master SET sql = CAST(? AS TEXT) WHERE rowid = ?", (given, row))
        return f"schema of {name}: {new[:40]!r}"

    return _in_sql(path, spoil)


def cell(path: Path, chance: random.Random) -> str:
    """One cell, or a whole column, holds what no program writes there."""

    def spoil(connection: sqlite3.Connection) -> str:
        tables = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        table = chance.choice([name for name in tables if not name.startswith("sqlite_")])
        columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
        column, value = chance.choice(columns), chance.choice(_ODD)
        where = chance.choice(("", " WHERE rowid = (SELECT rowid FROM {} ORDER BY random() LIMIT 1)")).format(table)
        _without_triggers(connection)
        how = chance.choice(("?", "CAST(? AS TEXT)"))
        connection.execute(f"UPDATE OR IGNORE {table} SET {column} = {how}{where}", (value,))
        return f"{table}.{column} = {str(value)[:30]!r}"

    return _in_sql(path, spoil)


def lacking(path: Path, chance: random.Random) -> str:
    """A table, an index, a trigger or a column is gone."""

    def spoil(connection: sqlite3.Connection) -> str:
        found = connection.execute("SELECT type, name FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'").fetchall()
        what = chance.choice(("table", "table", "index", "trigger", "column"))
        if what == "column":
            table = chance.choice([name for kind, name in found if kind == "table"])
            column = chance.choice([row[1] for row in connection.execute(f"PRAGMA table_info({table})")])
            _without_triggers(connection)
            connection.execute(f"ALTER TABLE {table} RENAME COLUMN {column} TO gone")
            return f"{table}.{column} is gone"
        name = chance.choice([name for kind, name in found if kind == what])
        connection.execute(f"DROP {what} {name}")
        return f"{what} {name} is gone"

    return _in_sql(path, spoil)


DAMAGES: tuple[Damage, ...] = (bits, page, cut, header, freelist, index, schema, cell, cell, cell, lacking, lacking)


def damage(whole: Path, path: Path, seed: int) -> str:
    """Write a damaged copy of a database to `path`; says how, with the seed that does it again."""
    chance = random.Random(f"damage {seed}")
    chosen = DAMAGES[seed % len(DAMAGES)]
    for ending in ("-wal", "-shm", "-journal"):
        path.with_name(path.name + ending).unlink(missing_ok=True)
    path.write_bytes(whole.read_bytes())
    return f"{seed} ({chosen.__name__}): {chosen(path, chance)}"


def _page_size(path: Path) -> int:
    return int.from_bytes(path.read_bytes()[16:18], "big") or 65536


def _without_triggers(connection: sqlite3.Connection) -> None:
    """As somebody does who edits the file by hand."""
    for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        connection.execute(f"DROP TRIGGER {name}")


def _in_sql(path: Path, spoil: Callable[[sqlite3.Connection], str]) -> str:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute("PRAGMA ignore_check_constraints = ON")
        triggers = connection.execute("SELECT sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        try:
            with connection:
                told = spoil(connection)
        except sqlite3.Error as error:
            told = f"refused: {error}"
        for (sql,) in triggers if "is gone" not in told and "schema of" not in told else []:
            try:
                connection.execute(sql)
            except sqlite3.Error:
                continue
        connection.commit()
        connection.execute("PRAGMA journal_mode = DELETE")
        return told
