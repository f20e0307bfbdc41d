"""A file with its sheets, as it was opened."""

from dataclasses import dataclass

from tomsapp.domain.problems import Problem, Severity, Where
from tomsapp.exchange.grid import Grid
from tomsapp.exchange.sheets.bounds import SheetTooLarge


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

    def find(self, name: str) -> Grid | None:
        """The sheet with this name, hidden or not."""
        return next((grid for grid in self.all_sheets if grid.name == name), None)

    @property
    def all_sheets(self) -> tuple[Grid, ...]:
        """The sheets, the hidden ones last."""
        return (*self.sheets, *self.hidden)

    @property
    def by_name(self) -> dict[str, Grid]:
        """The sheets by their names, hidden or not."""
        return {grid.name: grid for grid in self.all_sheets}


class BookMaker:
    """Gathers the sheets of a file, and says which of them were too large to be read."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._grids: list[Grid] = []
        self._too_large: list[SheetTooLarge] = []

    @property
    def count(self) -> int:
        """How many sheets there were so far."""
        return len(self._grids) + len(self._too_large)

    def add(self, grid: Grid) -> None:
        """A sheet that was read."""
        self._grids.append(grid)

    def leave(self, error: SheetTooLarge) -> None:
        """A sheet that is too large."""
        self._too_large.append(error)

    def book(self, *, has_macros: bool) -> OpenedBook:
        """The file with its sheets.

        Raises:
            SheetTooLarge: none of its sheets could be read.
        """
        if self._too_large and not self._grids:
            raise self._too_large[0]
        problems = [self._told(error) for error in self._too_large]
        if has_macros:
            message = "The file has macros. They were not run: only its cells are read"
            where = Where(file=self._file)
            problems.append(Problem("macros-not-run", Severity.NOTE, message, "Nothing", where, key="macros-not-run"))
        seen = tuple(grid for grid in self._grids if not grid.is_hidden)
        return OpenedBook(seen, tuple(grid for grid in self._grids if grid.is_hidden), tuple(problems))

    def _told(self, error: SheetTooLarge) -> Problem:
        message = f"The sheet {error.what}, so that it was not read"
        fix = "Nothing, if nothing is promised in it. Else delete the rows and columns that are not needed"
        key = f"sheet-too-large:{error.sheet}"
        return Problem("sheet-too-large", Severity.NOTE, message, fix, Where(self._file, error.sheet), key=key)
