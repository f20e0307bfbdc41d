"""Files and folders that are dropped on something, or lie in the clipboard."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QDragEnterEvent, QDropEvent


def paths_in(data: QMimeData | None) -> list[Path]:
    """The files and folders that are dragged, or lie in the clipboard."""
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()] if data is not None else []


class TakesFiles:
    """What a widget that takes files and folders has beside its own class; it says `setAcceptDrops`.

    Attributes:
        most_dropped: how many can be dropped at once; None for any number.
    """

    most_dropped: ClassVar[int | None] = None

    @property
    def takes_files_now(self) -> bool:
        """Whether anything can be dropped now."""
        return True

    def take_dropped(self, paths: list[Path]) -> None:
        """Do what is done with files that were dropped."""
        raise NotImplementedError

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files and folders."""
        if self._dropped(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Take what was dropped."""
        if paths := self._dropped(event.mimeData()):
            event.acceptProposedAction()
            self.take_dropped(paths)

    def _dropped(self, data: QMimeData) -> list[Path]:
        """What can be dropped of what is dragged: all of it or nothing, so that nobody misses one of several."""
        paths = paths_in(data)
        is_whole = len(paths) == len(data.urls())
        is_enough = self.most_dropped is None or len(paths) <= self.most_dropped
        return paths if self.takes_files_now and is_whole and is_enough else []
