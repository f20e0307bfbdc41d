"""Goes from one thing that is to be done to the next, as F8 does in a list or a grid."""

from __future__ import annotations

from collections.abc import Collection
from typing import TypeAlias

Place: TypeAlias = tuple[int, ...]
"""Where something stands, in the order in which it is gone through: contract year, row, quarter."""


class Stops:
    """The next place that waits. The one under the cursor comes first, unless it was come to already.

    A grid that is shown has its cursor somewhere though nobody went there: what waits there must not be passed over.
    """

    def __init__(self) -> None:
        self._seen: Place | None = None

    def forget(self) -> None:
        """Something else is shown: nothing of it was come to."""
        self._seen = None

    def came_to(self, place: Place) -> None:
        """Somebody moved the cursor to a place."""
        self._seen = place

    def next(self, waiting: Collection[Place], here: Place, by: int) -> Place | None:
        """The place to go to from `here`, forwards or (for -1) backwards and round the end; None where none waits."""
        if not waiting:
            return None
        places = sorted(waiting)
        if here in waiting and here != self._seen:
            found = here
        elif by > 0:
            found = next((place for place in places if place > here), places[0])
        else:
            found = next((place for place in reversed(places) if place < here), places[-1])
        self._seen = found
        return found
