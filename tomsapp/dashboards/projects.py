"""The community projects that commitments are part of: few are, so they stand beside the columns of the portfolio."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from tomsapp.dashboards.exact import Column


@dataclass(frozen=True)
class Projects:
    """Which commitments are part of which project.

    Attributes:
        held: the number of a commitment, that of its contract, and what the project is called.
    """

    held: tuple[tuple[int, int, str], ...] = ()

    @cached_property
    def names(self) -> list[str]:
        """What the projects are called; first stands "", for no project."""
        return ["", *sorted({name for _, _, name in self.held})]

    def places_of(self, commitments: Column) -> Column:
        """The place of the project of each commitment in `names`."""
        found: Column = np.zeros(len(commitments), dtype=np.int32)
        if self.held:
            places = {name: place for place, name in enumerate(self.names)}
            own = sorted((commitment, places[name]) for commitment, _, name in self.held)
            numbers = np.array([commitment for commitment, _ in own], dtype=np.int64)
            codes = np.array([*(place for _, place in own), 0], dtype=np.int32)
            at = np.searchsorted(numbers, commitments)
            is_known = np.append(numbers, -1)[at] == commitments
            found[is_known] = codes[at[is_known]]
        return found

    def exchanged(self, changed: Collection[int], part: Projects) -> Projects:
        """These, with those of the contracts of these numbers as `part` has them now."""
        return Projects((*(each for each in self.held if each[1] not in changed), *part.held))


NO_PROJECTS = Projects()
