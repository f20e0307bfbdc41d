"""Pictures of the pages that are looked at, made outside the window's thread and kept while they are near."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from tomsapp.gui.preview.page_jobs import PageJobs
from tomsapp.services.previewing import PageImage

_KEPT = 24


class PageImages(QObject):
    """Gives the picture of a page if it is there, else has it made and says when it came."""

    arrived = Signal(int)
    """Number of the page (0 is the first) whose picture is there now."""

    def __init__(self, jobs: PageJobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._scale = 0.0
        self._images: dict[int, QImage] = {}
        self._asked: set[int] = set()

    def set_scale(self, scale: float) -> None:
        """Pixels of the screen for a point of the page; pictures at another scale stay until they are replaced."""
        if scale != self._scale:
            self._scale = scale
            self._asked.clear()

    def image(self, number: int) -> QImage | None:
        """The picture of a page at any scale, or None while it is being made."""
        found = self._images.get(number)
        if number not in self._asked:
            self._ask(number)
        return found

    def _ask(self, number: int) -> None:
        self._asked.add(number)
        pages, scale = self._jobs.pages, self._scale
        self._jobs.run(lambda _progress: (number, scale, pages.image(number, scale)), self._take)

    def _take(self, made_page: tuple[int, float, PageImage]) -> None:
        number, scale, made = made_page
        if scale != self._scale:
            return
        self._images.pop(number, None)
        self._images[number] = as_image(made)
        while len(self._images) > _KEPT:
            oldest = next(iter(self._images))
            del self._images[oldest]
            self._asked.discard(oldest)
        self.arrived.emit(number)


def as_image(made: PageImage) -> QImage:
    """A rendered page as a picture of Qt."""
    return QImage(made.data, made.width, made.height, made.stride, QImage.Format.Format_RGB32).copy()
