"""100,000 spoilt files, in batches of a process each: every one is read, or refused with what is wrong with it."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

from tests.torture.outcome import Deadline, Outcome
from tests.torture.seeds import NUMBERS
from tomsapp.room.limits import USUAL

TITLE = "Spoilt files"
SHARE = 65
_BATCH = 1_000
_SECONDS = 300


def _batches() -> Iterator[tuple[str, int, int]]:
    """The batches of every kind in turn, so that all kinds have their part where the time is short."""
    left = {kind: list(range(0, number, _BATCH)) for kind, number in NUMBERS.items()}
    while any(left.values()):
        for kind, firsts in left.items():
            if firsts:
                first = firsts.pop(0)
                yield kind, first, min(_BATCH, NUMBERS[kind] - first)


def _limit() -> None:
    import resource

    # Many files are read one after the other here, each of which may take as much as in the room.
    resource.setrlimit(resource.RLIMIT_DATA, (3 * USUAL.memory, 3 * USUAL.memory))


def _run(kind: str, first: int, number: int) -> tuple[str, int, subprocess.CompletedProcess[str] | None]:
    command = [sys.executable, "-m", "tests.torture.batch", kind, str(first), str(number)]
    options: dict[str, object] = {"preexec_fn": _limit} if sys.platform == "linux" else {}
    try:
        return (
            kind,
            number,
            subprocess.run(  # type: ignore[call-overload,no-any-return]
                command, capture_output=True, text=True, timeout=_SECONDS, check=False, **options
            ),
        )
    except subprocess.TimeoutExpired:
        return kind, number, None


def run(deadline: Deadline) -> Outcome:
    """Spoil and read the files, two batches at a time."""
    found = Outcome(sum(NUMBERS.values()))
    refused = 0

    def one(batch: tuple[str, int, int]) -> tuple[str, int, subprocess.CompletedProcess[str] | None] | None:
        return None if deadline.is_over else _run(*batch)

    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        for done in pool.map(one, _batches()):
            if done is None:
                continue
            kind, number, process = done
            found.done += number
            if process is None:
                found.over += 1
                found.told.append(f"{kind}: a batch came to no end")
                continue
            lines = process.stdout.splitlines()
            if process.returncode != 0 or not lines:
                found.uncaught += 1
                found.told.append(
                    f"{kind}: a batch ended with {process.returncode} after {lines[-1:]}: {process.stderr[-300:]}"
                )
                continue
            told = json.loads(lines[-1])
            found.uncaught += len(told["uncaught"])
            found.over += len(told["over"])
            found.told += [*told["uncaught"], *told["over"]]
            refused += told["refused"]
    found.figures = {"refused by name": f"{refused:,}", "read": f"{found.done - refused:,}"}
    return found
