"""What is wrong with facts taken together: said under one of them, and over when another of them is put right."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Generic, TypeVar

from tomsapp.domain.problems import Problem
from tomsapp.domain.record_type import RecordType

R = TypeVar("R")


class FoundTogether(Generic[R]):
    """The Problems of a kind's checks that a form shows now, each with the fact under whose field it stands."""

    def __init__(self, kind: RecordType[R]) -> None:
        self._kind = kind
        self._codes: dict[str, str] = {}

    def __bool__(self) -> bool:
        """Whether any is shown."""
        return bool(self._codes)

    def show(self, shown: dict[str, Problem], record: R | None) -> None:
        """Take note of the Problems that are shown; what only the database can tell is none of these."""
        codes = set() if record is None else self._codes_of(record)
        self._codes = {name: problem.code for name, problem in shown.items() if problem.code in codes}

    def over(self, record: R) -> Sequence[str]:
        """The facts whose Problem the record has no more."""
        codes = self._codes_of(record)
        gone = [name for name, code in self._codes.items() if code not in codes]
        for name in gone:
            del self._codes[name]
        return gone

    def clear(self) -> None:
        """None is shown any more."""
        self._codes.clear()

    def _codes_of(self, record: R) -> set[str]:
        return {problem.code for check in self._kind.checks for problem in check(record)}
