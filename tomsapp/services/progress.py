"""How a long task tells what it has done and learns that it should stop."""

from __future__ import annotations

from typing import Protocol


class Cancelled(Exception):
    """The user asked a task to stop; nothing it did is kept."""


class Progress(Protocol):
    """What a long task is handed to report to."""

    def report(self, done: int, total: int, text: str = "") -> None:
        """Say that `done` of `total` parts are finished; a total of 0 means that it is not known.

        Raises:
            Cancelled: the user asked the task to stop.
        """


class NoProgress:
    """Progress that nobody watches, for tests and short tasks."""

    def report(self, done: int, total: int, text: str = "") -> None:
        """Take the report and do nothing with it."""
