"""The Overview of what was delivered: loading, filters and one change, from SQLite and from PostgreSQL.

Run: python -m tests.benchmarks.bench_delivered_overview [contracts commitments years deliveries]
To reach at 1,000 contracts, 20,000 lines and 250,000 deliveries: opened in 0.5 s, another filter in 0.1 s, and within
1.5 times a raw cursor read of what is promised and delivered plus a bare loop over it. At 10,000, 1,000,000 and
4,000,000 (`10000 100 3 4000000`): opened in 3 s, another filter in 0.5 s, under 700 MB. Times are those of the
processor, but for the server.
"""

import importlib
import resource
import sys
import tempfile
import time
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

from tests.benchmarks import MISSED
from tests.benchmarks.bench_portfolio import in_own_process, on_server, opened, write
from tests.portfolio import fill_deliveries, fill_large, new_workspace
from tomsapp.domain.delivery.delivery import DeliveryState
from tomsapp.domain.portfolio import Grouping
from tomsapp.services import overview
from tomsapp.services.overview_delivered import Filters, delivered_figures, load_delivered
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
    """Load what was delivered beside a portfolio that is there, and its figures; then other filters, and a change."""
    workspace = opened(path)
    importlib.import_module("tomsapp.dashboards.delivery_figures")
    cube = overview.load_cube(workspace)
    begun = time.process_time()
    delivered = load_delivered(workspace, UNTIL, cube)
    loaded = time.process_time() - begun
    delivered_figures(delivered, Filters())
    taken = time.process_time() - begun
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    begun = time.process_time()
    delivered_figures(delivered, COLINDALE)
    first = time.process_time() - begun
    begun = time.process_time()
    delivered_figures(delivered, Filters(keys={Grouping.SUPPLIER: frozenset(map(str, range(1, 300)))}))
    broad = time.process_time() - begun
    write(f"{taken} {loaded} {peak} {first} {broad} {_after_one_change(workspace, delivered)} {len(delivered.rows)}")


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
        new_workspace(Path(folder)).close()
        path = str(Path(folder) / "council.db")
        fill(path)
        read, loop, lines, claims, _ = in_own_process("bench_delivered_totals", "bare", path)
        taken, loaded, peak, first, broad, again, rows = in_own_process(MODULE, "ours", path)
    ratio = taken / (read + loop)
    write(
        f"delivery overview of {int(claims):,} deliveries, {int(lines):,} years of lines, {int(rows):,} rows: "
        f"opened in {taken:.2f} s (within {OPENED[is_large]}), {loaded:.2f} s of it to load; raw read {read:.2f} s "
        f"+ bare loop {loop:.2f} s, ratio {ratio:.2f} (within {WITHIN}); peak {peak:.0f} MB (within {MOST_MEGABYTES})"
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
    return MISSED if is_over or (not is_large and ratio > WITHIN) or peak > MOST_MEGABYTES else 0


if __name__ == "__main__":
    arguments = sys.argv[1:] or list(SIZE)
    if arguments[0] == "ours":
        ours(arguments[1])
    else:
        sys.exit(main(*map(int, arguments)))
