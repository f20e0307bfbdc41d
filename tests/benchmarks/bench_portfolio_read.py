"""Reads a portfolio's lines through the store and with a bare cursor, and prints the ratio of the times.

Run: python -m tests.benchmarks.bench_portfolio_read [contracts] [lines in each]
"""

import resource
import sqlite3
import sys
import tempfile
import time
from collections import deque
from collections.abc import Callable, Iterable
from contextlib import closing
from pathlib import Path

from tomsapp.store.database import create_database, open_database

BARE = """
SELECT c.id, m.id, e.id, m.measure, m.contract_share, m.place, y.year_index, y.quantity
FROM contract AS c
JOIN commitment AS m ON m.contract_id = c.id
JOIN commitment_year AS y ON y.commitment_id = m.id
LEFT JOIN edition AS e ON e.code = c.menu AND e.edition = c.edition
"""
FILL = (
    "INSERT INTO edition VALUES (1, 1, x'00', 'aa', 'barnet-open', '2026.2', 'aa', 'Menu')",
    """INSERT INTO contract SELECT n, 1, 0, 1, 'C' || n, 'Title ' || n, NULL, 250000000, '2026-04-01', '2028-03-31',
    'barnet-open', '2026.2', 'standard', 'signed' FROM
    (WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < {contracts}) SELECT n FROM c)""",
    """INSERT INTO commitment SELECT (c.id - 1) * {lines} + n, 1, 0, 1, c.id, n, 'J' || n, 250000, '', '', NULL, NULL,
    NULL, '' FROM contract AS c JOIN
    (WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < {lines}) SELECT n FROM c)""",
    "INSERT INTO commitment_year SELECT id, 1, 0, 1, id, 0, 125000 + id FROM commitment ORDER BY id",
)


def fill(path: Path, contracts: int, lines: int) -> None:
    """Fill a database with made-up lines, behind the triggers' back: their history would take minutes."""
    create_database(path, who="Benchmark").close()
    with closing(sqlite3.connect(path)) as connection, connection:
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            connection.execute(f"DROP TRIGGER {name}")
        for statement in FILL:
            connection.execute(statement.format(contracts=contracts, lines=lines))


def seconds(read: Callable[[], Iterable[object]], times: int = 5) -> float:
    """The shortest of several runs through all rows."""
    taken = []
    for _ in range(times):
        begun = time.perf_counter()
        deque(read(), maxlen=0)
        taken.append(time.perf_counter() - begun)
    return min(taken)


def main(contracts: int = 10_000, lines: int = 100) -> None:
    """Fill, read both ways, print."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "portfolio.toms"
        fill(path, contracts, lines)
        with closing(sqlite3.connect(path)) as connection:
            bare = seconds(lambda: connection.execute(BARE))
        with open_database(path) as database, database.read() as reader:
            ours = seconds(reader.lines)
            listed = seconds(reader.contracts)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"{contracts * lines:,} lines: bare cursor {bare:.2f} s, reader.lines {ours:.2f} s, ratio {ours / bare:.2f}")
    print(f"{contracts:,} contracts listed in {listed:.2f} s; at most {memory} MB of memory")


if __name__ == "__main__":
    main(*[int(argument) for argument in sys.argv[1:]])
