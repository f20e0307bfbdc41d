"""The Overview of what was delivered: loading, filters and one change, from SQLite and from PostgreSQL.

Run: python -m tests.benchmarks.bench_delivered_overview [contracts commitments years deliveries]
To reach at 1,000 contracts, 20,000 lines and 250,000 deliveries: opened in 0.5 s, another filter in 0.1 s, and within
1.5 times a raw cursor read of what is promised and delivered plus a bare loop over it. At 10,000, 1,000,000 and
4,000,000 (`10000 100 3 4000000`): opened in 3 s, another filter in 0.5 s, under 700 MB; so large a database is opened
as on another day, with what was kept of it, after it was opened with nothing kept. Times are those of the processor,
but for the server, and are those of the portfolio and of what was delivered together.
"""

import importlib
import os
import resource
import sys
import tempfile
import time
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

from tests.benchmarks import MISSED
from tests.benchmarks.bench_portfolio import in_own_process, on_server, opened, run_alone, write
from tests.portfolio import fill_deliveries, fill_large, new_workspace
from tomsapp.domain.delivery.delivery import DeliveryState
from tomsapp.domain.portfolio import Grouping
from tomsapp.services import overview
from tomsapp.services.overview_delivered import Filters, delivered_figures, keep_columns, load_delivered
from tomsapp.services.overview_types import DeliveryCube
from tomsapp.services.workspace import Workspace

MODULE = "bench_delivered_overview"
SIZE = ("1000", "20", "4", "250000")
LARGE = 1_000_000
UNTIL = date(2029, 3, 31)
WITHIN, OPENED, FILTERED, MOST_MEGABYTES = 1.5, (0.5, 3.0), (0.1, 0.5), 700
COLINDALE = Filters(
    keys={
        Grouping.WARD: frozenset({"E05013632"}),
        Grouping.SUPPLIER_KIND: frozenset({"sme"}),
        Grouping.QUARTER: frozenset({"2026/27 Q3"}),
    }
)
"""What a ward got from one kind of supplier in one quarter."""


def ours(path: str) -> None:
    """Open the Overview: the portfolio, what was delivered, and its figures; then other filters, and a change."""
    workspace = opened(path)
    importlib.import_module("tomsapp.dashboards.delivery_figures")
    begun = time.process_time()
    cube = overview.load_cube(workspace)
    read = time.process_time() - begun
    delivered = load_delivered(workspace, UNTIL, cube)
    loaded = time.process_time() - begun
    delivered_figures(delivered, Filters())
    taken = time.process_time() - begun
    peak = _peak()
    first = _filtered(delivered, COLINDALE)
    broad = _filtered(delivered, Filters(keys={Grouping.SUPPLIER: frozenset(map(str, range(1, 300)))}))
    of_filters = _peak()
    begun = time.process_time()
    keep_columns(delivered)
    kept = time.process_time() - begun
    again = _after_one_change(workspace, delivered)
    write(f"{taken} {read} {loaded} {peak} {first} {broad} {again} {len(delivered.rows)} {of_filters} {kept}")


def _filtered(delivered: DeliveryCube, filters: Filters) -> float:
    begun = time.process_time()
    delivered_figures(delivered, filters)
    return time.process_time() - begun


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _after_one_change(workspace: Workspace, delivered: DeliveryCube) -> float:
    """Change what is claimed, and take the time until there are figures again; the shortest of three."""
    times = []
    contract = _with_a_claim(workspace, delivered)
    for note in ("As the first letter shows", "As the second letter shows", "As the third letter shows"):
        with workspace.work("Change a claim") as uow:
            held = next(each for each in uow.deliveries.of(contract) if each.record.state is DeliveryState.CLAIMED)
            more = replace(held.record, note=note, claimed=held.record.claimed + Decimal(1))
            uow.deliveries.save(held.id, held.version, more)
            uow.commit()
        begun = time.process_time()
        delivered = load_delivered(workspace, UNTIL, delivered.cube, last=delivered)
        delivered_figures(delivered, Filters())
        times.append(time.process_time() - begun)
    return min(times)


def _with_a_claim(workspace: Workspace, delivered: DeliveryCube) -> int:
    """A contract with a claim of which nothing is decided yet."""
    with workspace.look() as uow:
        for contract in delivered.cube.contracts:
            if any(each.record.state is DeliveryState.CLAIMED for each in uow.deliveries.of(contract.id)):
                return contract.id
    raise LookupError("Nothing is claimed")


def main(contracts: int, commitments: int, years: int, deliveries: int) -> int:
    """Print the times, the ratio and the memory; `MISSED` when one is over."""

    def fill(path: str, part: int = 1) -> None:
        fill_large(path, contracts // part, commitments, years)
        fill_deliveries(path, deliveries // part)

    is_large = contracts * commitments >= LARGE
    with tempfile.TemporaryDirectory() as folder:
        os.environ["TOMSAPP_HOME"] = folder
        new_workspace(Path(folder)).close()
        path = str(Path(folder) / "council.db")
        fill(path)
        read, loop, lines, claims, _ = in_own_process("bench_delivered_totals", "bare", path)
        runs = [run_alone(MODULE, "ours", path) for _ in range(3)]
    cold, *others = runs
    taken, portfolio, loaded, peak, first, broad, again, rows, of_filters, _ = min(others)
    ratio = taken / (read + loop)
    write(
        f"delivery overview of {int(claims):,} deliveries, {int(lines):,} years of lines, {int(rows):,} rows: "
        f"opened in {taken:.2f} s (within {OPENED[is_large]}), of it {portfolio:.2f} s for the portfolio and "
        f"{loaded - portfolio:.2f} s to load what was delivered; raw read {read:.2f} s + bare loop {loop:.2f} s, ratio "
        f"{ratio:.2f} (within {WITHIN}); peak {peak:.0f} MB, with other filters {of_filters:.0f} MB "
        f"(within {MOST_MEGABYTES})"
    )
    write(
        f"the first time, with nothing kept: {cold[0]:.2f} s, of it {cold[1]:.2f} s for the portfolio, "
        f"peak {cold[3]:.0f} MB; {cold[9]:.2f} s to keep it"
    )
    write(
        f"another filter: a ward in a quarter {first * 1000:.0f} ms, 300 suppliers {broad * 1000:.0f} ms (within "
        f"{FILTERED[is_large] * 1000:.0f}); after one change {again * 1000:.0f} ms"
    )

    def part(path: str) -> str:
        fill(path, 5)
        return f"{deliveries // 5:,} deliveries of {contracts // 5:,} contracts"

    with tempfile.TemporaryDirectory() as folder:
        on_server(Path(folder), part, lambda workspace: load_delivered(workspace, UNTIL))
    is_over = taken > OPENED[is_large] or max(first, broad) > FILTERED[is_large]
    return MISSED if is_over or (not is_large and ratio > WITHIN) or of_filters > MOST_MEGABYTES else 0


if __name__ == "__main__":
    arguments = sys.argv[1:] or list(SIZE)
    if arguments[0] == "ours":
        ours(arguments[1])
    else:
        sys.exit(main(*map(int, arguments)))
