"""What is wrong and would be saved all the same, refused with what to do about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tomsapp.domain.problems import Severity
from tomsapp.store.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tomsapp.domain.problems import Problem


def refuse_errors(found: Iterable[Problem]) -> None:
    """Make sure that nothing of what was found must be put right first; a warning is a question, and no hindrance.

    Raises:
        StoreError: something must; it says the first.
    """
    for problem in found:
        if problem.severity is Severity.ERROR:
            raise StoreError(problem.message, problem.fix)
