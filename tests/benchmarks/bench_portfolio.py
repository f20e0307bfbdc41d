"""Portfolio totals of 10,000 contracts and 1,000,000 lines from SQLite, against a raw cursor read and a bare loop.

Run: python -m tests.benchmarks.bench_portfolio [contracts commitments years]
To reach: as fast as the raw read plus the bare loop, under 600 MB. Also prints how long a change of filters takes,
the Overview after one edit, and the checks of contracts; and how long PostgreSQL takes, where there is a server.
Times are those of the processor, so that other programs on the machine do not count. A server is another program: for
it and the file beside it the clock counts, the shortest of several rounds in turns.
"""

import importlib
import resource
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing, contextmanager
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import psycopg
import pytest

from tests.benchmarks import MISSED
from tests.conftest import any_cluster, run_on_server
from tests.portfolio import MENUS, fill_large, new_workspace
from tomsapp.bootstrap import menu_catalogue
from tomsapp.domain.contract import ContractStatus
from tomsapp.domain.portfolio import Grouping
from tomsapp.services import overview
from tomsapp.services.databases import open_workspace
from tomsapp.services.overview_types import Cube
from tomsapp.services.workspace import Workspace
from tomsapp.store.backup import restore_database

LINES = """
SELECT c.id, m.id, e.id, m.measure, m.contract_share, m.place, y.year_index, y.quantity
FROM contract AS c
JOIN commitment AS m ON m.contract_id = c.id
JOIN commitment_year AS y ON y.commitment_id = m.id
LEFT JOIN edition AS e ON e.code = c.menu AND e.edition = c.edition
WHERE c.deleted = 0 AND c.status <> 'withdrawn' AND m.deleted = 0 AND y.deleted = 0
AND y.quantity IS NOT NULL AND m.rate_quantity IS NULL
"""
WITHIN, SERVER_WITHIN, MOST_MEGABYTES = 1.0, 2.0, 600
SIZE = ("10000", "25", "4")
CHECKED = 500
MODULE = "bench_portfolio"


def bare(path: str) -> None:
    """Read every line with the raw cursor, then multiply, add and round whole numbers; nothing is grouped."""
    with closing(sqlite3.connect(path)) as connection:
        begun = time.process_time()
        rows = connection.execute(LINES).fetchall()
        read = time.process_time() - begun
    begun = time.process_time()
    total, divisor = 0, 10**10
    for _contract, _commitment, _edition, _measure, share, _place, _year, quantity in rows:
        total += (2 * quantity * 505_050 * share + divisor) // (2 * divisor)
    loop = time.process_time() - begun
    write(f"{read} {loop} {len(rows)} {total}")


def ours(path: str) -> None:
    """Load the cube and work out the figures as the Overview does; libraries and settings are loaded before."""
    workspace = opened(path)
    begun = time.process_time()
    cube = overview.load_cube(workspace)
    overview.figures(cube, overview.Filters())
    taken = time.process_time() - begun
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    filters = overview.Filters(keys={Grouping.THEME: frozenset({"1", "4"}), Grouping.YEAR: frozenset({"2026/27"})})
    begun = time.process_time()
    overview.figures(cube, filters)
    filtered = time.process_time() - begun
    begun = time.process_time()
    overview.figures(cube, overview.Filters(keys={Grouping.SUPPLIER: frozenset(map(str, range(1, 300)))}))
    broad = time.process_time() - begun
    edited = _after_one_edit(workspace, cube)
    begun = time.process_time()
    overview.check_contracts(workspace, cube, [contract.id for contract in cube.contracts[:CHECKED]])
    checked = time.process_time() - begun
    write(f"{taken} {peak} {filtered} {broad} {edited} {checked}")


def _after_one_edit(workspace: Workspace, cube: Cube) -> float:
    """Change a quantity, and take the time until the Overview has the figures; the shortest of three."""
    times = []
    draft = next(contract for contract in cube.contracts if contract.status is ContractStatus.DRAFT)
    for amount in (3, 4, 5):
        with workspace.work("Change a quantity") as work:
            line = work.commitments.of(draft.id)[0]
            work.commitments.save(line.id, line.version, replace(line.record, quantities=(Decimal(amount),)))
            work.commit()
        begun = time.process_time()
        cube = overview.load_cube(workspace, last=cube)
        overview.figures(cube, overview.Filters())
        times.append(time.process_time() - begun)
    return min(times)


def on_server(folder: Path, fill: Callable[[str], str], work: Callable[[Workspace], object]) -> None:
    """Print how long some work takes from PostgreSQL and from a file that holds the same.

    `fill` puts what is needed into the new file of a database, and says what that is.
    """
    try:
        with contextmanager(any_cluster)() as cluster:
            file = folder / "same.db"
            new_workspace(folder, file.name).close()
            size = fill(str(file))
            run_on_server(cluster, "CREATE DATABASE bench")
            address = cluster.format("bench")
            restore_database(file, address)
            # A server does so by itself after a while.
            with psycopg.connect(address, autocommit=True) as connection:
                connection.execute("ANALYZE")
            server, alone = _in_turns([address, str(file)], work)
    except pytest.skip.Exception as reason:
        write(f"PostgreSQL was not measured. {reason}")
        return
    write(
        f"the same of {size} by the clock: PostgreSQL {server:.2f} s, SQLite {alone:.2f} s, "
        f"ratio {server / alone:.2f} (within {SERVER_WITHIN})"
    )


def _in_turns(targets: list[str], work: Callable[[Workspace], object]) -> list[float]:
    """Seconds of the clock until the work is done with each, the shortest of three rounds."""
    best = [float("inf")] * len(targets)
    for _ in range(3):
        for place, target in enumerate(targets):
            workspace = opened(target)
            begun = time.perf_counter()
            work(workspace)
            best[place] = min(best[place], time.perf_counter() - begun)
            workspace.close()
    return best


def opened(target: str) -> Workspace:
    """A database whose libraries and settings are loaded."""
    workspace = open_workspace(target, menu_catalogue(), "Benchmark")
    importlib.import_module("tomsapp.services.overview_types")
    _ = workspace.policy, workspace.area(), workspace.edition(*MENUS[0])
    return workspace


def write(text: str) -> None:
    """Print a line at once."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def in_own_process(module: str, what: str, path: str) -> list[float]:
    """The numbers that a run of its own prints: the best of three by its first number."""
    return min((run_alone(module, what, path) for _ in range(3)), key=lambda numbers: numbers[0])


def run_alone(module: str, what: str, path: str) -> list[float]:
    """The numbers that one run in a process of its own prints."""
    command = [sys.executable, "-m", f"tests.benchmarks.{module}", what, path]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    return [float(part) for part in done.stdout.split()]


def measured(path: str, contracts: int) -> bool:
    """Print both times, the ratio and the peak memory of a portfolio; whether one is over."""
    read, loop, lines, _ = in_own_process(MODULE, "bare", path)
    taken, peak, filtered, broad, edited, checked = in_own_process(MODULE, "ours", path)
    ratio = taken / (read + loop)
    write(
        f"portfolio of {contracts:,} contracts and {int(lines):,} lines: {taken:.2f} s, "
        f"raw read {read:.2f} s + bare loop {loop:.2f} s, ratio {ratio:.2f} (within {WITHIN}); "
        f"peak {peak:.0f} MB (under {MOST_MEGABYTES})"
    )
    write(
        f"change of filters: {filtered * 1000:.0f} ms (theme and year), {broad * 1000:.0f} ms (three in four suppliers)"
    )
    write(f"after one edit: {edited * 1000:.0f} ms; checks of {CHECKED} contracts: {checked:.2f} s")
    return ratio > WITHIN or peak > MOST_MEGABYTES


def main(contracts: int, commitments: int, years: int) -> int:
    """Measure a portfolio of a size; `MISSED` when a figure is over."""
    with tempfile.TemporaryDirectory() as folder:
        new_workspace(Path(folder)).close()
        path = str(Path(folder) / "council.db")
        fill_large(path, contracts, commitments, years)
        is_over = measured(path, contracts)

    def fill(path: str) -> str:
        fill_large(path, contracts // 5, commitments, years)
        return f"{contracts // 5:,} contracts and {contracts // 5 * commitments * years:,} lines"

    with tempfile.TemporaryDirectory() as folder:
        on_server(
            Path(folder), fill, lambda workspace: overview.figures(overview.load_cube(workspace), overview.Filters())
        )
    return MISSED if is_over else 0


if __name__ == "__main__":
    arguments = sys.argv[1:] or list(SIZE)
    if arguments[0] in {"bare", "ours"}:
        (bare if arguments[0] == "bare" else ours)(arguments[1])
    else:
        sys.exit(main(*map(int, arguments)))
