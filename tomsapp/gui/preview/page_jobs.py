"""Work on the pages of a preview outside the window's thread; what fails after it was closed is of no matter."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from tomsapp.gui.jobs import Job, Jobs
from tomsapp.services.previewing import PdfPages
from tomsapp.services.progress import Progress

T = TypeVar("T")


class PageJobs:
    """Runs tasks that read pages, each with the handler of its result."""

    def __init__(self, pages: PdfPages, jobs: Jobs) -> None:
        self.pages = pages
        self._jobs = jobs

    def run(self, task: Callable[[Progress], T], then: Callable[[T], object], key: str | None = None) -> Job[T]:
        """Start a task; a newer one with the same key takes over from it."""
        return self._jobs.run(task, database=False, key=key).success(then).failure(self._on_failure).start()

    def _on_failure(self, error: Exception) -> None:
        if not self.pages.is_closed:
            self._jobs.failed.emit(error)
