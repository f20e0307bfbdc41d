"""Search in the pages of a PDF: a field, the number of finds, and steps from one to the next."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from tomsapp.gui.preview.page_jobs import PageJobs
from tomsapp.gui.preview.page_strip import Box
from tomsapp.gui.theme import current_theme
from tomsapp.gui.widgets.announce import announce
from tomsapp.gui.widgets.buttons import IconButton
from tomsapp.gui.widgets.layouts import in_row
from tomsapp.gui.widgets.pauses import after_a_pause
from tomsapp.gui.widgets.search_line import SearchLine
from tomsapp.gui.widgets.text import Text
from tomsapp.services.previewing import PdfPages
from tomsapp.services.progress import Progress

Find = tuple[int, Box]
_WAIT_MS = 150


def find_all(pages: PdfPages, words: str, progress: Progress) -> list[Find]:
    """Every place where the words stand: page (0 is the first) and box."""
    found: list[Find] = []
    for page in range(len(pages)):
        progress.report(page, len(pages))
        found.extend((page, box) for box in pages.boxes(page, words))
    return found


class FindBar(QWidget):
    """Searches as somebody types; Enter goes to the next find, Shift+Enter to the one before."""

    found = Signal(object, object)
    """Boxes by page, and the current find or None."""

    def __init__(self, jobs: PageJobs) -> None:
        super().__init__()
        self._jobs = jobs
        self._finds: list[Find] = []
        self._at = 0
        self.field = SearchLine("Search the pages")
        self.field.setFixedWidth(current_theme().px(190))
        self.count = Text("", "note", "text_muted")
        self.previous_button = IconButton("chevron-up", "Previous find (Shift+F3)", does=self.previous)
        self.next_button = IconButton("chevron-down", "Next find (F3)", does=self.next)
        self._wait = after_a_pause(self, _WAIT_MS, self.search)
        self.field.textChanged.connect(self._wait.start)
        self.field.returnPressed.connect(self.next)
        in_row(self.field, self.previous_button, self.next_button, self.count, inside=self, gap=6)
        self._show([])

    def search(self) -> None:
        """Look for what stands in the field."""
        words, pages = self.field.text().strip(), self._jobs.pages
        if not words:
            self._show([])
            return
        self._jobs.run(lambda progress: find_all(pages, words, progress), self._show, key="preview-find")

    def next(self) -> None:
        """Go to the next find; after the last comes the first."""
        self._step(1)

    def previous(self) -> None:
        """Go to the find before; before the first comes the last."""
        self._step(-1)

    def _step(self, by: int) -> None:
        if self._finds:
            self._at = (self._at + by) % len(self._finds)
            self._tell()

    def _show(self, finds: list[Find]) -> None:
        self._finds, self._at = finds, 0
        self._tell()

    def _tell(self) -> None:
        for button in (self.previous_button, self.next_button):
            button.setEnabled(bool(self._finds))
        if self._finds:
            words = f"{self._at + 1} of {len(self._finds)}"
        else:
            words = "Not found" if self.field.text().strip() else ""
        self.count.setText(words)
        if words:
            announce(self, words)
        boxes: dict[int, list[Box]] = {}
        for page, box in self._finds:
            boxes.setdefault(page, []).append(box)
        self.found.emit(boxes, self._finds[self._at] if self._finds else None)
