"""Values 1,000,000 commitment-years from memory, exactly, against a bare loop of the same integer arithmetic.

Run: python -m tests.benchmarks.bench_value_lines [lines]
To reach: within 3 times the bare loop.
"""

import random
import sys
import time
from collections.abc import Callable
from decimal import Decimal

from tests.benchmarks import MISSED
from tomsapp.domain.bulk import value_pence
from tomsapp.domain.menu import Counts, Measure
from tomsapp.domain.money import from_scaled
from tomsapp.domain.units import Unit
from tomsapp.domain.value_factor import pence_per_scaled, value_factor

ROWS = 1_000_000
QUANTITY_PLACES = 4
SHARE_PLACES = 6
WITHIN = 3.0
ROUNDS = 3

Key = tuple[int, int, int]


def made_rows(count: int) -> tuple[list[int], list[tuple[Key, int]]]:
    """Unit values of 70 measures in pence, and rows of ((measure, share, year), quantity) in scaled integers."""
    dice = random.Random(2026)
    values = [dice.randrange(1, 5_000_000) for _ in range(70)]
    shares = [10**SHARE_PLACES] * 7 + [250_000, 500_000, 333_333]
    rows = [
        ((dice.randrange(70), dice.choice(shares), dice.randrange(5)), dice.randrange(1, 10_000_000))
        for _ in range(count)
    ]
    return values, rows


def bare_loop(values: list[int], rows: list[tuple[Key, int]]) -> list[int]:
    """quantity × unit value × share, halves up: only the integer arithmetic."""
    out = []
    divisor = 10 ** (QUANTITY_PLACES + SHARE_PLACES)
    for (measure, share, _), quantity in rows:
        out.append((2 * quantity * values[measure] * share + divisor) // (2 * divisor))
    return out


def through_the_domain(values: list[int], rows: list[tuple[Key, int]]) -> list[int]:
    """The same rows by the program's own factors."""
    measures = [Measure(f"M{number}", "", Unit.HOURS, Counts.EACH_YEAR) for number in range(len(values))]

    def ratio_of(key: Key) -> tuple[int, int]:
        number, share, year = key
        unit_value, contract_share = from_scaled(values[number], 2), from_scaled(share, SHARE_PLACES)
        factor = value_factor(measures[number], unit_value, contract_share, year, Decimal(0))
        return pence_per_scaled(factor, QUANTITY_PLACES)

    return list(value_pence(rows, ratio_of))


def fastest(work: Callable[[], list[int]]) -> tuple[float, list[int]]:
    """The shortest of a few runs, in seconds, and the result."""
    times = []
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        result = work()
        times.append(time.perf_counter() - begun)
    return min(times), result


def main(count: int = ROWS) -> int:
    """Print both times and the ratio; `MISSED` when it is over 3, and 1 when the results differ."""
    values, rows = made_rows(count)
    bare, expected = fastest(lambda: bare_loop(values, rows))
    ours, valued = fastest(lambda: through_the_domain(values, rows))
    ratio = ours / bare
    sys.stdout.write(
        f"value {count:,} lines: {ours:.2f} s, bare loop {bare:.2f} s, ratio {ratio:.2f} (within {WITHIN})\n"
    )
    if valued != expected:
        sys.stdout.write("The two results differ\n")
        return 1
    return MISSED if ratio > WITHIN else 0


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
