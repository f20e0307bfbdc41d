"""Totals of 250,000 deliveries beside a portfolio of 10,000 contracts and 1,000,000 lines, from SQLite.

Run: python -m tests.benchmarks.bench_delivered_totals [contracts commitments years deliveries]
To reach: within 1.5 times a raw cursor read of what is promised and delivered plus a bare loop over it, and 0.2 s after
one change; and beside so many deliveries the portfolio's own figures, as `bench_portfolio` measures them. Also prints
how long PostgreSQL takes, where there is a server. Times are those of the processor, but for the server.
"""

import importlib
import resource
import sqlite3
import sys
import tempfile
import time
from contextlib import closing
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

from tests.benchmarks import MISSED
from tests.benchmarks.bench_portfolio import in_own_process, measured, on_server, opened, write
from tests.portfolio import fill_deliveries, fill_large, new_workspace
from tomsapp.domain.delivery.delivery import DeliveryState
from tomsapp.services.delivery_totals import AllDelivered, delivered_totals
from tomsapp.services.workspace import Workspace

MODULE = "bench_delivered_totals"
SIZE = ("10000", "25", "4", "250000")
UNTIL = date(2027, 9, 30)
WITHIN, AFTER_A_CHANGE = 1.5, 0.2

PROMISED = """
SELECT c.id, m.id, m.measure, m.contract_share, y.year_index, y.quantity
FROM contract AS c
JOIN commitment AS m ON m.contract_id = c.id
JOIN commitment_year AS y ON y.commitment_id = m.id
WHERE c.deleted = 0 AND c.status IN ('signed', 'closed') AND m.deleted = 0 AND y.deleted = 0
AND y.quantity IS NOT NULL AND m.rate_quantity IS NULL
"""
DELIVERED = """
SELECT d.contract_id, d.commitment_id, d.year_index, d.quarter, d.claimed, d.evidenced, d.accepted, d.provisional,
d.rejected, m.contract_share
FROM delivery AS d
JOIN commitment AS m ON m.id = d.commitment_id
WHERE d.deleted = 0 AND d.state <> 'withdrawn' AND m.deleted = 0
"""


def bare(path: str) -> None:
    """Read with the raw cursor, then multiply, add and round whole numbers; nothing is grouped."""
    with closing(sqlite3.connect(path)) as connection:
        begun = time.process_time()
        promised = connection.execute(PROMISED).fetchall()
        delivered = connection.execute(DELIVERED).fetchall()
        read = time.process_time() - begun
    begun = time.process_time()
    divisor = 10**10
    due = claimed = evidenced = accepted = final = 0
    for _contract, _commitment, _measure, share, _year, quantity in promised:
        due += (2 * quantity * 505_050 * share + divisor) // (2 * divisor)
    for _contract, _commitment, _year, _quarter, said, shown, taken, for_now, refused, share in delivered:
        standing = said - refused
        claimed += standing
        evidenced += min(shown, standing)
        final += taken - for_now
        accepted += (2 * taken * 505_050 * share + divisor) // (2 * divisor)
    loop = time.process_time() - begun
    write(f"{read} {loop} {len(promised)} {len(delivered)} {due + claimed + evidenced + accepted + final}")


def ours(path: str) -> None:
    """The totals of all contracts, and again after a claim was changed; libraries and settings are loaded before."""
    workspace = opened(path)
    importlib.import_module("tomsapp.dashboards.delivered")
    begun = time.process_time()
    totals = delivered_totals(workspace, UNTIL)
    taken = time.process_time() - begun
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    write(f"{taken} {peak} {_after_one_change(workspace, totals)} {len(totals)}")


def _after_one_change(workspace: Workspace, totals: AllDelivered) -> float:
    """Change what is claimed, and take the time until there are totals again; the shortest of three."""
    times = []
    contract = next(number for number, each in totals.items() if each.waiting)
    for note in ("As the first letter shows", "As the second letter shows", "As the third letter shows"):
        with workspace.work("Change a claim") as uow:
            held = next(
                each
                for each in uow.deliveries.of(contract)
                if each.record.state is DeliveryState.CLAIMED and each.record.undecided
            )
            more = replace(held.record, note=note, claimed=held.record.claimed + Decimal(1))
            uow.deliveries.save(held.id, held.version, more)
            uow.commit()
        begun = time.process_time()
        totals = delivered_totals(workspace, UNTIL, totals)
        times.append(time.process_time() - begun)
    return min(times)


def main(contracts: int, commitments: int, years: int, deliveries: int) -> int:
    """Print both times, the ratio and the portfolio's own figures; `MISSED` when one is over."""

    def fill(path: str, part: int = 1) -> None:
        fill_large(path, contracts // part, commitments, years)
        fill_deliveries(path, deliveries // part)

    with tempfile.TemporaryDirectory() as folder:
        new_workspace(Path(folder)).close()
        path = str(Path(folder) / "council.db")
        fill(path)
        read, loop, lines, claims, _ = in_own_process(MODULE, "bare", path)
        taken, peak, again, signed = in_own_process(MODULE, "ours", path)
        ratio = taken / (read + loop)
        write(
            f"totals of {int(claims):,} deliveries of {int(signed):,} contracts and {int(lines):,} lines: "
            f"{taken:.2f} s, raw read {read:.2f} s + bare loop {loop:.2f} s, ratio {ratio:.2f} (within {WITHIN}); "
            f"peak {peak:.0f} MB"
        )
        write(f"after one change: {again * 1000:.0f} ms (within {AFTER_A_CHANGE * 1000:.0f})")
        write("beside so many deliveries:")
        is_over = measured(path, contracts)

    def fifth(path: str) -> str:
        fill(path, 5)
        return f"{deliveries // 5:,} deliveries of {contracts // 5:,} contracts"

    with tempfile.TemporaryDirectory() as folder:
        on_server(Path(folder), fifth, lambda workspace: delivered_totals(workspace, UNTIL))
    return MISSED if is_over or ratio > WITHIN or again > AFTER_A_CHANGE else 0


if __name__ == "__main__":
    arguments = sys.argv[1:] or list(SIZE)
    if arguments[0] in {"bare", "ours"}:
        (bare if arguments[0] == "bare" else ours)(arguments[1])
    else:
        sys.exit(main(*map(int, arguments)))
