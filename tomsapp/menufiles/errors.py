"""The error of menu files: every Problem found, not only the first."""

from collections.abc import Sequence

from tomsapp.domain.errors import MenuError
from tomsapp.domain.problems import Problem, Severity, Where


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


def problem_at(code: str, message: str, fix: str, where: Where, severity: Severity = Severity.ERROR) -> Problem:
    """A Problem of a menu file, with a key that stays the same while the same thing is wrong."""
    return Problem(code, severity, message, fix, where, key=f"{code}:{where}")
