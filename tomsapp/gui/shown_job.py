"""The one long task of a window that stands by itself, shown with how far it is and a way to stop it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QBoxLayout

from tomsapp.gui.widgets.feedback import ProgressCard

if TYPE_CHECKING:
    from tomsapp.gui.jobs import Job

T = TypeVar("T")


class ShownJob(QObject):
    """Shows a job above the last part of a column until it has ended; a further one stops the one before."""

    def __init__(self, column: QBoxLayout) -> None:
        super().__init__(column)
        self._column = column
        self._job: Job[Any] | None = None

    @property
    def is_busy(self) -> bool:
        """Whether a task is on its way."""
        return self._job is not None

    def show(self, job: Job[T], title: str) -> Job[T]:
        """Show a job that does not run yet; say what follows it, then `start` it."""
        self.stop()
        card = ProgressCard(title)
        self._job = job
        card.cancelled.connect(job.cancel)
        job.progressed.connect(card.report)
        # The card goes before what follows the job, which may be a further job.
        job.ended.connect(card.hide)
        job.ended.connect(card.deleteLater)
        job.ended.connect(self._on_ended)
        self._column.insertWidget(self._column.count() - 1, card)
        card.show()
        return job

    def stop(self) -> None:
        """Ask the task to stop, if there is one."""
        if self._job is not None:
            self._job.cancel()

    def _on_ended(self) -> None:
        if self.sender() is self._job:
            self._job = None
