"""2,010 turned bits of a signed paper, and as many of one without a signature: `verify` notices each that is seen."""

import tempfile
from pathlib import Path

from tests.reports.valuations import valued
from tests.services.test_verifying import pdf
from tests.services.test_verifying_signed import signed
from tests.torture.batches import Batch, in_turn, run_all
from tests.torture.outcome import Deadline, Outcome
from tomsapp.reading.source import MEGABYTE

TITLE = "Turned bits of papers"
SHARE = 50
FLIPS = 2_010
_SIGNED, _UNSIGNED = "signed", "unsigned"
_BATCH = 67
_MEMORY = 2_000 * MEGABYTE


def run(deadline: Deadline) -> Outcome:
    """Verify each, and hold what was not noticed to what is seen and extracted."""
    found = Outcome(2 * FLIPS)
    counts: dict[str, dict[str, int]] = {_SIGNED: {}, _UNSIGNED: {}}
    with tempfile.TemporaryDirectory() as name:
        papers = {_SIGNED: signed(), _UNSIGNED: pdf(valued())}
        for kind, data in papers.items():
            (Path(name) / kind).write_bytes(data)
        batches = (
            Batch("flips", kind, first, number, _MEMORY, [str(Path(name) / kind)])
            for kind, first, number in in_turn(dict.fromkeys(papers, FLIPS), _BATCH)
        )
        for said in run_all(batches, deadline, found):
            of_kind = counts[str(said["kind"])]
            for what in ("noticed", "noticed_alike", "held"):
                of_kind[what] = of_kind.get(what, 0) + int(str(said[what]))
    for kind, of_kind in counts.items():
        found.figures[f"{kind}:"] = _words(of_kind)
    return found


def _words(counts: dict[str, int]) -> str:
    noticed, alike, held = (counts.get(what, 0) for what in ("noticed", "noticed_alike", "held"))
    return f"{noticed:,} noticed, of which {noticed - alike:,} are seen or extracted; {held} that change nothing hold"
