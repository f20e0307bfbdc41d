"""The error of menu files: every Problem found, not only the first."""

from collections.abc import Sequence
from typing import TypeVar

from tomsapp.domain.errors import MenuError
from tomsapp.domain.problems import Problem, Severity, problem_at

__all__ = ["MenuFileError", "MenuNotInstalled", "problem_at", "usable"]

Found = TypeVar("Found")


class MenuNotInstalled(MenuError):
    """A menu edition that somebody named and that no menus folder has."""


class MenuFileError(MenuError):
    """A menu file that cannot be used. `problems` holds everything that is wrong with it."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        errors = [problem for problem in problems if problem.severity is Severity.ERROR]
        first, more = errors[0], len(errors) - 1
        place = str(first.where)
        message = f"{place}: {first.message}" if place else first.message
        others = f" ({more} more {'Problem' if more == 1 else 'Problems'} to put right)" if more else ""
        super().__init__(message, f"{first.fix}{others}")
        self.problems = tuple(problems)


def usable(found: Found | Problem) -> Found:
    """What was read of a file.

    Raises:
        MenuFileError: it is a Problem instead.
    """
    if isinstance(found, Problem):
        raise MenuFileError([found])
    return found
