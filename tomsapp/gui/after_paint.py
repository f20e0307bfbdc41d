"""What waits until the window is there: work that nobody sees, so that the first paint comes sooner."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QWidget

from tomsapp.gui.jobs import Jobs
from tomsapp.gui.loading import load_module
from tomsapp.gui.registry import PAGE_MODULES

PARTS = (
    "tomsapp.store.database",
    "tomsapp.services.contracts",
    "tomsapp.services.council",
    "tomsapp.services.menu_library",
    "tomsapp.gui.palette",
    "tomsapp.gui.dialogs.fault",
    *PAGE_MODULES,
)
"""Modules that a page needs when it is first opened; loading them takes longer than a click should."""


def tender_modules() -> list[str]:
    """The modules of the tabs of a tender and of its steps, as their own lists have them."""
    from tomsapp.gui.tenders.steps import PANEL, STEPS
    from tomsapp.gui.tenders.tabs import TABS

    return [entry.module for entry in (*TABS, *STEPS, *((PANEL,) if PANEL else ()))]


def load_all_parts(jobs: Jobs) -> None:
    """Load what the pages need, and what a tender needs in its tabs when they are first opened."""
    load_parts(jobs, PARTS, lambda: load_parts(jobs, tender_modules()))


def load_parts(jobs: Jobs, names: Sequence[str], then: Callable[[], object] = lambda: None) -> None:
    """Load what the pages need, one module after the other, so that what the user asks for comes in between.

    It is done in the thread of the database, where all that reads, writes and exports loads what it needs too: were a
    package begun in two threads at once, one of them might find it half made.
    """
    if names:
        jobs.run(lambda _progress: load_module(names[0])).success(lambda _: load_parts(jobs, names[1:], then)).start()
    else:
        then()


def in_turns(owner: QObject, parts: Iterator[object]) -> None:
    """Do work from one `yield` to the next, so that the window lives between; nothing more once `owner` is gone."""
    for _ in parts:
        QTimer.singleShot(0, owner, lambda: in_turns(owner, parts))
        return


class AfterPaint(QObject):
    """Calls `work` once, when `window` has been painted for the first time."""

    def __init__(self, window: QWidget, work: Callable[[], object]) -> None:
        super().__init__(window)
        self._window, self._work = window, work
        window.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """See the first paint; the widgets inside are painted before the event loop goes on."""
        if event.type() == QEvent.Type.Paint:
            self._window.removeEventFilter(self)
            QTimer.singleShot(0, self, self._work)
        return False
