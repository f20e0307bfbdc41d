"""How much one file may take of the computer while it is read."""

from dataclasses import dataclass, replace
from fractions import Fraction
from math import ceil

MEGABYTE = 1_000_000
LARGE = 25 * MEGABYTE
"""A larger PDF of a stranger gets no more than one of this size: no paper of ours is, but for the files it carries."""
_CLOCK_PER_SECOND = 4
"""On a busy computer a second of the processor takes longer by the clock."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What the child that reads a file may take; it is ended at once where it takes more.

    Attributes:
        memory: bytes that it may have of its own, what the program itself needs included.
        seconds: of the processor.
        answer: bytes that it may answer.
    """

    memory: int = 190 * MEGABYTE
    seconds: int = 10
    answer: int = 80 * MEGABYTE

    @property
    def clock(self) -> int:
        """Seconds by the clock after which it is ended though it waits for something."""
        return self.seconds * _CLOCK_PER_SECOND

    def for_size(self, size: int, times: int) -> "Limits":
        """The limits for a file of a size in bytes, which may have so many times that more memory, and time."""
        more = Fraction(self.memory + size * times, self.memory)
        return replace(self, memory=ceil(self.memory * more), seconds=ceil(self.seconds * more))


USUAL = Limits()
EXIT_MEMORY = 71
"""With this status a child ends that asked for more memory than it may have."""
EXIT_FAULT = 70
"""With this one a child ends that could not even say what went wrong."""
