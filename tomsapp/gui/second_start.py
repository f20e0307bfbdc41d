"""A second start of the program: it hands its files over to the window that is open, which comes to the front."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QApplication, QWidget

from tomsapp.config.running import Running


class SecondStart(QObject):
    """Listens for a second start from when it begins until the window is closed.

    Args:
        role: in which this program listens.
        front: the window that comes to the front.
        open_file: opens one of the files.
    """

    _handed = Signal(list)

    def __init__(self, role: str, front: Callable[[], QWidget | None], open_file: Callable[[Path], object]) -> None:
        super().__init__()
        self._front, self._open_file = front, open_file
        # Files come in another thread; what is queued is done in the window's own.
        self._handed.connect(self._on_handed, Qt.ConnectionType.QueuedConnection)
        self._running = Running(role, self._handed.emit)
        self._running.begin()

    def _on_handed(self, paths: list[Path]) -> None:
        window = self._front()
        if window is not None:
            come_to_front(window)
        # A dialog waits for an answer to what is open: the files are opened beside it.
        waits = QApplication.activeModalWidget() is not None
        for path in paths:
            if waits:
                from tomsapp.gui.documents import open_new_window

                open_new_window(path)
            else:
                self._open_file(path)

    def end(self) -> None:
        """Listen no longer."""
        self._running.end()


def come_to_front(window: QWidget) -> None:
    """Show a window over all others, also where it is minimized."""
    window.setWindowState((window.windowState() & ~Qt.WindowState.WindowMinimized) | Qt.WindowState.WindowActive)
    window.show()
    window.raise_()
    window.activateWindow()
