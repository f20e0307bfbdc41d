"""Reads a portfolio's lines as the columns of the store and with a bare cursor, and prints the ratio of the times.

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
from itertools import chain
from pathlib import Path

from tests.portfolio import fill_large, new_workspace
from tomsapp.store.database import open_database

BARE = """
SELECT c.id, m.id, e.id, m.measure, m.contract_share, m.place, y.year_index, y.quantity
FROM contract AS c
JOIN commitment AS m ON m.contract_id = c.id
JOIN commitment_year AS y ON y.commitment_id = m.id
LEFT JOIN edition AS e ON e.code = c.menu AND e.edition = c.edition
"""


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
        path = Path(folder) / "portfolio.db"
        new_workspace(Path(folder), path.name).close()
        fill_large(str(path), contracts, lines, 1)
        with closing(sqlite3.connect(path)) as connection:
            bare = seconds(lambda: connection.execute(BARE))
        with open_database(path) as database, database.read() as reader:
            ours = seconds(lambda: chain(reader.commitment_columns(), reader.quantity_columns()))
            listed = seconds(reader.contracts)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"{contracts * lines:,} lines: bare cursor {bare:.2f} s, in columns {ours:.2f} s, ratio {ours / bare:.2f}")
    print(f"{contracts:,} contracts listed in {listed:.2f} s; at most {memory} MB of memory")


if __name__ == "__main__":
    main(*[int(argument) for argument in sys.argv[1:]])
