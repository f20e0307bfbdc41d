"""A batch of papers with one bit turned, each through the whole of `verify`, and held to what is seen and extracted.

Run: python -m tests.torture.flips KIND FIRST NUMBER PAPER [room]. What the program has read in its locked room is read
here in this process, which is several times as quick; with `room` it is read there. What comes out again is printed
once for as long as what it is printed from is the same.
"""

import json
import pickle
import sys
import tempfile
import time
import traceback
from collections.abc import Callable
from pathlib import Path

from tests.reports.valuations import MENUS
from tests.torture.outcome import chance
from tests.torture.seen import is_seen_alike
from tomsapp.domain.errors import TomsError
from tomsapp.room import asking
from tomsapp.room.asking import Answer, Question
from tomsapp.room.child import outcome_of, task_of
from tomsapp.room.errors import EndedUnexpectedly
from tomsapp.room.frames import framed, unframed
from tomsapp.services import verifying_paper
from tomsapp.services.verification import Verification
from tomsapp.services.verifying import verify_pdf

MOST_SECONDS = 10.0
"""Of the processor, for one paper of a few pages with everything that is asked of it."""


def main() -> int:
    """Turn the bits; what was found comes last, as JSON."""
    kind, first, number, paper, *how = sys.argv[1:]
    if "room" not in how:
        asking.ask = _asked_here
    verifying_paper._printed_again = _kept(verifying_paper._printed_again)
    whole = Path(paper).read_bytes()
    batch = _Batch(kind, whole)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "paper.pdf"
        for place in range(int(first), int(first) + int(number)):
            print(place, flush=True)
            batch.take(place, path)
    print(json.dumps({"kind": kind, **batch.found, **batch.counts}), flush=True)
    return 0


class _Batch:
    """What came of a batch.

    Attributes:
        found: a sentence for each that went wrong: `lost` are those that change what is seen or extracted, and hold.
        counts: how many were noticed, how many of these change nothing that is seen or extracted, and how many hold.
    """

    def __init__(self, kind: str, whole: bytes) -> None:
        self._kind, self._whole = kind, whole
        self.found: dict[str, list[str]] = {"lost": [], "uncaught": [], "over": []}
        self.counts = {"noticed": 0, "noticed_alike": 0, "held": 0}

    def take(self, number: int, path: Path) -> None:
        """Turn one bit of the paper, at a place drawn by lot, and verify it."""
        bit = chance(self._kind, number).randrange(len(self._whole) * 8)
        turned = bytearray(self._whole)
        turned[bit // 8] ^= 1 << bit % 8
        path.write_bytes(turned)
        name = f"{self._kind} {number}, bit {bit}"
        begun = time.process_time()
        holds = self._holds(lambda: verify_pdf(MENUS, path), name)
        if time.process_time() - begun > MOST_SECONDS:
            self.found["over"].append(name)
        is_alike = is_seen_alike(self._whole, bytes(turned), thoroughly=holds)
        self.counts["held"] += holds
        self.counts["noticed"] += not holds
        self.counts["noticed_alike"] += is_alike and not holds
        if holds and not is_alike:
            self.found["lost"].append(f"{name} holds, and shows or gives something else")

    def _holds(self, verify: Callable[[], Verification], name: str) -> bool:
        try:
            return verify().holds
        except EndedUnexpectedly as error:
            self.found["uncaught"].append(f"{name}: {error.detail[-300:]}")
        except TomsError:
            pass
        except Exception:  # noqa: BLE001 - this is what is looked for
            self.found["uncaught"].append(f"{name}: {traceback.format_exc()[-300:]}")
        return False


def _kept(printed: Callable[..., bytes]) -> Callable[..., bytes]:
    held: dict[bytes, bytes] = {}

    def again(*of: object) -> bytes:
        key = pickle.dumps(of)
        if key not in held:
            held[key] = printed(*of)
        return held[key]

    return again


def _asked_here(question: Question, still_wanted: Callable[[], None] = lambda: None) -> Answer:
    """What the room would answer, through the same frames."""
    still_wanted()
    answer = outcome_of(task_of(question.task), question.values, question.runs)
    head, runs = unframed(bytearray(b"".join(framed(*answer))))
    told = head.get("told")
    if not isinstance(told, dict):
        asking._refuse(head, question, question.file)
    return Answer(told, runs)


if __name__ == "__main__":
    sys.exit(main())
