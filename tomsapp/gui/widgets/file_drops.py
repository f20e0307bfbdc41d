"""Files and folders that are dropped on something, or lie in the clipboard."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QDragEnterEvent, QDropEvent


def paths_in(data: QMimeData | None) -> list[Path]:
    """The files and folders that are dragged, or lie in the clipboard."""
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()] if data is not None else []


class TakesFiles:
    """What a widget that takes files and folders has beside its own class; it says `setAcceptDrops`."""

    @property
    def takes_files_now(self) -> bool:
        """Whether anything can be dropped now."""
        return True

    def take_dropped(self, paths: list[Path]) -> None:
        """Do what is done with files that were dropped."""
        raise NotImplementedError

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files and folders."""
        if self.takes_files_now and paths_in(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Take what was dropped."""
        if paths := paths_in(event.mimeData()):
            event.acceptProposedAction()
            self.take_dropped(paths)
