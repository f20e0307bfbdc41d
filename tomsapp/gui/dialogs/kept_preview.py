"""Shows a kept file without opening it: pixels or words made in the locked room, or why there is no preview."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPixmap, QResizeEvent
from PySide6.QtWidgets import QDialog, QLabel, QWidget

from tomsapp.domain.errors import TomsError
from tomsapp.gui.kept_copies import open_copy
from tomsapp.gui.preview.page_images import as_image
from tomsapp.gui.theme import current_theme
from tomsapp.gui.widgets.announce import announce
from tomsapp.gui.widgets.buttons import Button
from tomsapp.gui.widgets.dialog_parts import open_once, take_room, text_to_read
from tomsapp.gui.widgets.feedback import EmptyState
from tomsapp.gui.widgets.layouts import DIALOG_MARGINS, STRETCH, holding, in_column, in_row, stack_of
from tomsapp.gui.widgets.problems import ProblemRow
from tomsapp.gui.widgets.scroll_area import ScrollArea
from tomsapp.gui.widgets.text import Text
from tomsapp.services.kept_files import file_content
from tomsapp.services.previews import Preview, preview_of, shown_as

if TYPE_CHECKING:
    from tomsapp.gui.session import Session
    from tomsapp.services.kept_files import KeptFile

_WIDTH, _HEIGHT = 860, 680
_LOOKING = "It is being drawn."
_NONE = "No preview of this kind of file"
_SAFE = "Only what is to be seen is shown. Nothing in the file is run, and links do not work."
_WARNING = (
    "Open it with its own program, and only if you know who sent it: another program may follow links in it and run "
    "what it holds."
)
_CUT = "Only the beginning is shown."


class KeptPreview(QDialog):
    """A page, a picture or a text of a file; a PDF page by page."""

    def __init__(self, session: Session, kept: KeptFile, media_type: str, parent: QWidget | None) -> None:
        super().__init__(parent)
        self._session, self._kept, self._shown = session, kept, shown_as(media_type)
        self._page, self._pages = 0, 1
        self._data, self._is_open = b"", True
        self._drawn = QImage()
        self.setWindowTitle(f"Preview: {kept.name}")
        self.picture = QLabel()
        self.picture.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignHCenter)
        self._area = ScrollArea("The page", holding(in_column(self.picture)), only_down=True)
        self.text = text_to_read(f"Text of {kept.name}", "")
        self.nothing = EmptyState("file-text", _LOOKING if self._shown else _NONE, "" if self._shown else _WARNING)
        self._stack = stack_of(self.nothing, self._area, self.text)
        self.says = Text(_SAFE, "note", "text_muted", wrap=True)
        self.says.setVisible(self._shown is not None)
        self.warning = ProblemRow("warning", _WARNING)
        self.warning.hide()
        self.back = Button("Page before", small=True, does=lambda: self.go_to(self._page - 1))
        self.forth = Button("Next page", small=True, does=lambda: self.go_to(self._page + 1))
        self.place = Text("", "note", "text_muted")
        self._pager = holding(in_row(self.back, self.forth, self.place, gap=8))
        self._pager.hide()
        self.open_button = Button("Open in another program", does=self._on_open)
        self.close_button = Button("Close", "primary", does=self.reject)
        self.close_button.setDefault(True)
        foot = in_row(self._pager, STRETCH, self.open_button, self.close_button, gap=8)
        head = Text(kept.name, "h2", wrap=True), self.says, self.warning
        in_column(*head, (self._stack, 1), foot, inside=self, margins=DIALOG_MARGINS, gap=10)
        take_room(self, current_theme().px(_WIDTH), current_theme().px(_HEIGHT))
        self._read()

    def done(self, result: int) -> None:
        """Close it; what is still being drawn is not waited for."""
        self._is_open = False
        super().done(result)

    def _read(self) -> None:
        """Read the file, held to its SHA-256, then draw its beginning."""
        if self._shown is None:
            return
        digest = self._kept.sha256
        job = self._session.read(lambda workspace: file_content(workspace, digest), key="kept-preview")
        job.success(self._on_content).refused(self._on_refused).start()

    def _on_content(self, data: bytes) -> None:
        if self._is_open:
            self._data = data
            self.go_to(0)

    def go_to(self, page: int) -> None:
        """Draw a page (0 is the first); a picture and a text have one."""
        shown, data, name = self._shown, self._data, self._kept.name
        if shown is None or not 0 <= page < self._pages:
            return
        # Not in the thread of the database, which nobody else could use meanwhile.
        job = self._session.jobs.run(
            lambda _progress: preview_of(data, name, shown, page), database=False, key="kept-preview-drawn"
        )
        job.only_while(lambda: self._is_open).success(self._on_drawn).refused(self._on_refused).start()

    def _on_drawn(self, found: Preview) -> None:
        self._page, self._pages = found.page, found.pages
        if found.image is None:
            self.text.setPlainText(found.text)
            self.says.setText(f"{_SAFE} {_CUT}" if found.is_cut else _SAFE)
            self._stack.setCurrentWidget(self.text)
            return
        of = f"Page {found.page + 1} of {found.pages}"
        self._drawn = as_image(found.image)
        self.picture.setAccessibleName(f"{of} of {self._kept.name}")
        self.place.setText(of)
        self._pager.setVisible(found.pages > 1)
        self.back.setEnabled(found.page > 0)
        self.forth.setEnabled(found.page + 1 < found.pages)
        self._stack.setCurrentWidget(self._area)
        self._fit()
        self._area.verticalScrollBar().setValue(0)
        if found.pages > 1:
            announce(self, of)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show the page as wide as there is room."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        if self._drawn.isNull():
            return
        ratio = self.devicePixelRatioF()
        room = round(self._area.viewport().width() * ratio)
        smooth = Qt.TransformationMode.SmoothTransformation
        shown = self._drawn if self._drawn.width() <= room else self._drawn.scaledToWidth(room, smooth)
        pixels = QPixmap.fromImage(shown)
        pixels.setDevicePixelRatio(ratio)
        self.picture.setPixmap(pixels)

    def _on_refused(self, error: TomsError) -> None:
        """Say why nothing is shown; the file can still be opened elsewhere, with the warning."""
        if not self._is_open:
            return
        self.nothing.set_words(error.message, error.fix)
        self.says.hide()
        self.warning.show()
        self._stack.setCurrentWidget(self.nothing)
        announce(self, error.message)

    def _on_open(self) -> None:
        open_copy(self._session, self._kept)


def show_preview(session: Session, kept: KeptFile, media_type: str, parent: QWidget | None) -> KeptPreview:
    """Show what is to be seen of a kept file."""
    return open_once(KeptPreview(session, kept, media_type, parent))
