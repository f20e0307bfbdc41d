"""What a part of the torture came to, and how long it may take."""

import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

SEED = 8
"""What is drawn by chance is drawn alike in each run, so that what was found is found again."""


@dataclass(slots=True)
class Outcome:
    """What a part came to; whoever runs it adds to it.

    Attributes:
        wanted: how many tries it is to make.
        done: how many it made before its time was over.
        lost: what was acknowledged and is not there afterwards.
        uncaught: errors that no person can do anything about: a traceback, a crash.
        over: tries that took more time or memory than they may.
        told: what was found, a sentence each; the first few are printed.
        figures: what else was measured, by its name.
    """

    wanted: int
    done: int = 0
    lost: int = 0
    uncaught: int = 0
    over: int = 0
    told: list[str] = field(default_factory=list)
    figures: dict[str, str] = field(default_factory=dict)

    @property
    def holds(self) -> bool:
        """Whether nothing went wrong."""
        return not (self.lost or self.uncaught or self.over)


class Deadline:
    """When a part is to have ended."""

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds
        self.seconds = seconds

    @property
    def is_over(self) -> bool:
        """Whether the time is over."""
        return time.monotonic() >= self._end


class Part(Protocol):
    """A module of this package whose name begins with `of_`."""

    TITLE: str
    SHARE: int
    """Which part of the time it may take, beside the others' shares."""
    run: Callable[[Deadline], Outcome]


def chance(*of: object) -> random.Random:
    """Numbers by chance, the same in each run for the same words."""
    return random.Random(f"{SEED} {of}")


def table_of(rows: Sequence[tuple[str, Outcome, float]]) -> str:
    """The figures as a table in Markdown, as docs/robustness.md has it."""
    lines = [
        "| What | Tried | Lost | Not caught | Over the limits | Seconds | Beside |",
        "|---|---|---|---|---|---|---|",
    ]
    for title, found, taken in rows:
        tried = f"{found.done:,}" if found.done >= found.wanted else f"{found.done:,} of {found.wanted:,}"
        beside = ", ".join(f"{name} {value}" for name, value in found.figures.items())
        lines.append(f"| {title} | {tried} | {found.lost} | {found.uncaught} | {found.over} | {taken:.0f} | {beside} |")
    return "\n".join(lines)
