"""A straight line of which the sign decides something, and how far it is certain in spite of rounding."""

from typing import NamedTuple


class Straight(NamedTuple):
    """A straight line: `value` here, and `slope` more with each step; the true one is within `slack` of it.

    Where the line is further than its slack from nothing, the true one has the same sign.
    """

    value: int
    slope: int
    slack: int

    @property
    def is_open(self) -> bool:
        """Whether rounding may decide here. A line that is nothing everywhere, and truly so, decides nothing."""
        return abs(self.value) <= self.slack and bool(self.slope or self.slack)

    @property
    def steps_certain(self) -> int | None:
        """For how many further steps a line that is not open keeps its sign for certain; None for ever."""
        if not self.slope or (self.slope > 0) == (self.value > 0):
            return None
        room, fall = abs(self.value) - self.slack, abs(self.slope)
        return (room - 1) // fall

    @property
    def steps_open(self) -> int | None:
        """For how many further steps an open line stays open; None for ever."""
        if not self.slope:
            return None
        return (self.slack - self.value) // self.slope if self.slope > 0 else (self.slack + self.value) // -self.slope
