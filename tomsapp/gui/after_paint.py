"""What waits until the window is there: work that nobody sees, so that the first paint comes sooner."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QWidget

from tomsapp.gui.registry import PAGE_MODULES
from tomsapp.services.progress import Progress

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


def load_parts(_progress: Progress) -> None:
    """Load what the pages need; run in a thread of the pool, so that the window stays free."""
    for name in PARTS:
        import_module(name)


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
