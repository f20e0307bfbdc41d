"""What would change the winner of 40 bids of 100 lines: some 4,200 trials, each of the whole evaluation.

Run: python -m tests.benchmarks.bench_sensitivity [bids lines]
To reach: 5 seconds of one processor, also where two bids are next to each other and most lines change the winner.
"""

import sys
import time
from dataclasses import replace
from decimal import Decimal
from typing import Any

from tests.benchmarks import MISSED
from tests.benchmarks.made_lots import made_lot
from tomsapp.domain.tender.bands import read_bands
from tomsapp.domain.tender.choices import QuantityMethod
from tomsapp.domain.tender.evaluating import evaluate
from tomsapp.domain.tender.sensitivity import sensitivity_of

WITHIN = 5.0
BANDS = read_bands("; ".join(f"{number * 5}% {number * Decimal('0.25')}" for number in range(20)))
CASES: tuple[tuple[str, bool, dict[str, Any]], ...] = (
    ("one bid ahead", False, {}),
    ("two next to each other", True, {}),
    ("two next to each other, 20 bands", True, {"method": QuantityMethod.BANDS, "bands": BANDS}),
    (
        "two next to each other, a target",
        True,
        {"method": QuantityMethod.TARGET, "target": Decimal("600000.00")},
    ),
)


def main(bids: int = 40, lines: int = 100) -> int:
    """Print how long it takes; `MISSED` when one is over 5 seconds."""
    is_over = False
    for words, is_close, changed in CASES:
        given = made_lot(bids, lines, is_close=is_close)
        evaluated = evaluate(replace(given, rules=replace(given.rules, **changed)))
        begun = time.process_time()
        found = sensitivity_of(evaluated)
        taken = time.process_time() - begun
        sys.stdout.write(
            f"sensitivity of {bids} bids of {lines} lines, {words}: {found.count:,} trials, "
            f"{len(found.changes)} change the winner, {taken:.2f} s (within {WITHIN})\n"
        )
        is_over = is_over or taken > WITHIN
    return MISSED if is_over else 0


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
