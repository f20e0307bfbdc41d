"""Batches of tries, each in a process of its own, so that one that ends its process does not end the rest."""

import json
import os
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from tests.torture.outcome import Deadline, Outcome
from tomsapp.room.limits import USUAL

_SECONDS = 600


@dataclass(frozen=True, slots=True)
class Batch:
    """So many tries, from one of them on.

    Attributes:
        module: what makes them, a module of this package; what it found it says at its end, as JSON.
        kind: what is tried.
        memory: bytes that the process may have.
        more: what else it is told.
    """

    module: str
    kind: str
    first: int
    number: int
    memory: int = 3 * USUAL.memory
    more: Sequence[str] = ()

    def run(self) -> subprocess.CompletedProcess[str] | None:
        """What the process said; None where it came to no end."""
        command = [sys.executable, "-m", f"tests.torture.{self.module}"]
        command += [self.kind, str(self.first), str(self.number), *self.more]
        options: dict[str, object] = {"preexec_fn": self._limit} if sys.platform == "linux" else {}
        try:
            return subprocess.run(  # type: ignore[call-overload,no-any-return]
                command, capture_output=True, text=True, timeout=_SECONDS, check=False, **options
            )
        except subprocess.TimeoutExpired:
            return None

    def _limit(self) -> None:
        import resource

        # Many files are read one after the other here, each of which may take as much as in the room.
        resource.setrlimit(resource.RLIMIT_DATA, (self.memory, self.memory))


def in_turn(numbers: Mapping[str, int], most: int) -> Iterator[tuple[str, int, int]]:
    """The batches of every kind in turn, so that all kinds have their part where the time is short."""
    left = {kind: list(range(0, number, most)) for kind, number in numbers.items()}
    while any(left.values()):
        for kind, firsts in left.items():
            if firsts:
                first = firsts.pop(0)
                yield kind, first, min(most, numbers[kind] - first)


def run_all(batches: Iterable[Batch], deadline: Deadline, found: Outcome) -> Iterator[Mapping[str, object]]:
    """Run them as long as there is time, as many at once as there are processors; what each of them said."""

    def one(batch: Batch) -> tuple[Batch, subprocess.CompletedProcess[str] | None] | None:
        return None if deadline.is_over else (batch, batch.run())

    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        for done in pool.map(one, batches):
            if done is None:
                continue
            batch, process = done
            found.done += batch.number
            said = _said(batch, process, found)
            if said is not None:
                yield said


def _said(
    batch: Batch, process: subprocess.CompletedProcess[str] | None, found: Outcome
) -> Mapping[str, object] | None:
    if process is None:
        found.over += 1
        found.told.append(f"{batch.kind}: a batch came to no end")
        return None
    lines = process.stdout.splitlines()
    if process.returncode != 0 or not lines:
        found.uncaught += 1
        found.told.append(
            f"{batch.kind}: a batch ended with {process.returncode} after {lines[-1:]}: {process.stderr[-300:]}"
        )
        return None
    said: dict[str, list[str]] = json.loads(lines[-1])
    for name in ("lost", "uncaught", "over"):
        told = said.get(name, [])
        setattr(found, name, getattr(found, name) + len(told))
        found.told += told
    return said
