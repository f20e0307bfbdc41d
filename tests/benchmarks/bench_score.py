"""Value, check, admit, score and rank 40 offers of 100 lines from memory, and the scores of 40 bids by themselves.

Run: python -m tests.benchmarks.bench_score [bids lines]
To reach: admitting, scoring and ranking within a tenth of what valuing and checking the same offers takes, so that a
table is there as soon as its offers are; and 20 ms for the scores alone, each with its working.
"""

import sys
import time
from collections.abc import Callable
from dataclasses import replace

from tests.benchmarks import MISSED
from tests.benchmarks.made_lots import made_lot
from tomsapp.domain.offer import CheckedOffer, Surroundings, value_offer
from tomsapp.domain.tender.evaluating import Evaluated, evaluate
from tomsapp.domain.tender.scoring import score_bids

WITHIN, SCORES_WITHIN = 1.1, 0.020
ROUNDS = 5


def fastest(*works: Callable[[], object]) -> list[float]:
    """The shortest of a few runs of each in seconds of the processor; they run in turns."""
    times: list[list[float]] = [[] for _ in works]
    for _ in range(ROUNDS):
        for work, taken in zip(works, times, strict=True):
            begun = time.process_time()
            work()
            taken.append(time.process_time() - begun)
    return [min(taken) for taken in times]


def main(bids: int = 40, lines: int = 100) -> int:
    """Print the times and the ratio; `MISSED` when one is over."""
    given = made_lot(bids, lines)
    offers = [bid.checked.offer for bid in given.bids if bid.checked is not None]
    around = Surroundings(given.policy)

    def checked() -> list[CheckedOffer]:
        return [value_offer(offer, given.edition, around) for offer in offers]

    def whole_evaluation() -> Evaluated:
        bids = [replace(bid, checked=own) for bid, own in zip(given.bids, checked(), strict=True)]
        return evaluate(replace(given, bids=tuple(bids)))

    scored = [row.bid for row in evaluate(given).evaluation.rows]
    bare, whole, scores = fastest(
        checked,
        whole_evaluation,
        lambda: score_bids(given.rules, scored),
    )
    ratio = whole / bare
    sys.stdout.write(
        f"evaluate {bids} offers of {lines} lines: {whole:.3f} s, valuing and checking them {bare:.3f} s, "
        f"ratio {ratio:.2f} (within {WITHIN})\n"
        f"scores of {bids} bids with their working: {scores * 1000:.1f} ms (within {SCORES_WITHIN * 1000:.0f})\n"
    )
    return MISSED if ratio > WITHIN or scores > SCORES_WITHIN else 0


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
