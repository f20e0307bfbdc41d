"""100,000 spoilt files, in batches of a process each: every one is read, or refused with what is wrong with it."""

from tests.torture.batches import Batch, in_turn, run_all
from tests.torture.outcome import Deadline, Outcome
from tests.torture.seeds import NUMBERS

TITLE = "Spoilt files"
SHARE = 45
_BATCH = 1_000


def run(deadline: Deadline) -> Outcome:
    """Spoil and read the files, two batches at a time."""
    found = Outcome(sum(NUMBERS.values()))
    batches = (Batch("batch", *each) for each in in_turn(NUMBERS, _BATCH))
    refused = sum(int(str(said["refused"])) for said in run_all(batches, deadline, found))
    found.figures = {"refused by name": f"{refused:,}", "read": f"{found.done - refused:,}"}
    return found
