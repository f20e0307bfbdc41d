"""A file with its sheets, as it was opened."""

from collections.abc import Iterable
from dataclasses import dataclass

from tomsapp.domain.problems import Problem
from tomsapp.exchange.grid import Grid


@dataclass(frozen=True, slots=True)
class OpenedBook:
    """The sheets of a file.

    Attributes:
        sheets: those that are seen, in their order.
        hidden: those that are not.
        problems: what is to be said of the file itself, such as macros that were not run.
    """

    sheets: tuple[Grid, ...]
    hidden: tuple[Grid, ...] = ()
    problems: tuple[Problem, ...] = ()

    @classmethod
    def of(cls, grids: Iterable[Grid], problems: tuple[Problem, ...] = ()) -> "OpenedBook":
        """The sheets in their order, those that are hidden apart."""
        every = tuple(grids)
        seen = tuple(grid for grid in every if not grid.is_hidden)
        return cls(seen, tuple(grid for grid in every if grid.is_hidden), problems)

    def find(self, name: str) -> Grid | None:
        """The sheet with this name, hidden or not."""
        return next((grid for grid in (*self.sheets, *self.hidden) if grid.name == name), None)
