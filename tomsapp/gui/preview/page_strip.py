"""The pages of a PDF below each other, scrolled, at any size, with what was searched for marked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from tomsapp.gui.preview.page_images import PageImages
from tomsapp.gui.theme import current_theme

Box = tuple[float, float, float, float]
"""Left, bottom, right, top in points from the foot of the page."""

PIXELS_A_POINT = 96 / 72
LEAST_ZOOM, MOST_ZOOM = 0.25, 4.0
_GAP = 16


class PageStrip(QAbstractScrollArea):
    """Shows pages; only those in view are drawn, each from a picture that is made when it is first needed."""

    page_changed = Signal(int)
    """The page (0 is the first) in the middle of the view is another one."""
    zoomed = Signal()
    """The zoom is another one."""

    def __init__(self, images: PageImages, sizes: Sequence[tuple[float, float]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._images, self._sizes = images, sizes
        self._zoom, self._fits_width = 1.0, True
        self._marks: Mapping[int, Sequence[Box]] = {}
        self._current_mark: tuple[int, Box] | None = None
        self._page = 0
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("Pages")
        self.setAccessibleDescription("Pictures of the pages. Open in viewer lets a screen reader read them.")
        images.arrived.connect(lambda: self.viewport().update())
        self.verticalScrollBar().valueChanged.connect(self._on_scrolled)
        current_theme().theme_changed.connect(self.viewport().update)

    @property
    def zoom(self) -> float:
        """1 is the real size on a screen of 96 dots an inch."""
        return self._zoom

    @property
    def page(self) -> int:
        """The page in the middle of the view, 0 is the first."""
        return self._page

    def set_zoom(self, zoom: float) -> None:
        """Show the pages larger or smaller; the page in view stays in view."""
        self._fits_width = False
        self._apply_zoom(zoom)

    def fit_width(self) -> None:
        """Make the widest page as wide as the view, and keep it so when the window changes."""
        self._fits_width = True
        widest = max(width for width, _ in self._sizes)
        self._apply_zoom((self.viewport().width() - 2 * _GAP) / (widest * PIXELS_A_POINT))

    def _apply_zoom(self, zoom: float) -> None:
        value = self.verticalScrollBar().value() / max(self._height(), 1)
        self._zoom = min(max(zoom, LEAST_ZOOM), MOST_ZOOM)
        self._images.set_scale(self._zoom * PIXELS_A_POINT * self.devicePixelRatioF())
        self._set_ranges()
        self.verticalScrollBar().setValue(round(value * self._height()))
        self.viewport().update()
        self.zoomed.emit()

    def go_to_page(self, page: int) -> None:
        """Show the top of a page."""
        self.verticalScrollBar().setValue(self._top_of(min(max(page, 0), len(self._sizes) - 1)) - _GAP)
        self._on_scrolled()

    def mark(self, marks: Mapping[int, Sequence[Box]], current: tuple[int, Box] | None) -> None:
        """Mark boxes on pages, one of them as the current, which is brought into view."""
        self._marks, self._current_mark = marks, current
        if current is not None:
            page, box = current
            top = self._rect_of(page, box).top() + self.verticalScrollBar().value()
            self.verticalScrollBar().setValue(round(top - self.viewport().height() / 3))
        self.viewport().update()

    def _size(self, page: int) -> tuple[int, int]:
        width, height = self._sizes[page]
        scale = self._zoom * PIXELS_A_POINT
        return round(width * scale), round(height * scale)

    def _top_of(self, page: int) -> int:
        return _GAP + sum(self._size(number)[1] + _GAP for number in range(page))

    def _height(self) -> int:
        return self._top_of(len(self._sizes))

    def _width(self) -> int:
        return max(self._size(page)[0] for page in range(len(self._sizes))) + 2 * _GAP

    def _set_ranges(self) -> None:
        view = self.viewport().size()
        for bar, whole, part in (
            (self.verticalScrollBar(), self._height(), view.height()),
            (self.horizontalScrollBar(), self._width(), view.width()),
        ):
            bar.setRange(0, max(whole - part, 0))
            bar.setPageStep(part)
            bar.setSingleStep(40)

    def _page_rect(self, page: int) -> QRect:
        """Where a page stands in the view, in pixels."""
        width, height = self._size(page)
        room = max(self.viewport().width(), self._width())
        left = (room - width) // 2 - self.horizontalScrollBar().value()
        return QRect(left, self._top_of(page) - self.verticalScrollBar().value(), width, height)

    def _rect_of(self, page: int, box: Box) -> QRectF:
        left, bottom, right, top = box
        scale, height = self._zoom * PIXELS_A_POINT, self._sizes[page][1]
        corner = self._page_rect(page).topLeft()
        wide, high = (right - left) * scale, (top - bottom) * scale
        return QRectF(corner.x() + left * scale, corner.y() + (height - top) * scale, wide, high)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the pages in view."""
        theme = current_theme()
        painter = QPainter(self.viewport())
        view = self.viewport().rect()
        painter.fillRect(view, QColor(theme.colours.surface_alt))
        for page in range(len(self._sizes)):
            rect = self._page_rect(page)
            if rect.intersects(view):
                self._paint_page(painter, page, rect)
        painter.end()

    def _paint_page(self, painter: QPainter, page: int, rect: QRect) -> None:
        colours = current_theme().colours
        image = self._images.image(page)
        # Paper is white in every theme.
        painter.fillRect(rect, QColor("#FFFFFF"))
        if image is not None:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(rect, image)
        painter.setPen(QPen(QColor(colours.border)))
        painter.drawRect(rect.adjusted(0, 0, -1, -1))
        for box in self._marks.get(page, ()):
            is_current = self._current_mark == (page, box)
            tint = QColor(colours.focus)
            tint.setAlpha(120 if is_current else 50)
            painter.fillRect(self._rect_of(page, box), tint)
            if is_current:
                painter.setPen(QPen(QColor(colours.focus), 2))
                painter.drawRect(self._rect_of(page, box).adjusted(-2, -2, 2, 2))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the width fitted."""
        super().resizeEvent(event)
        if self._fits_width:
            self.fit_width()
        else:
            self._set_ranges()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Page Up and Page Down turn a page, Home and End go to the first and last; arrows scroll."""
        step = {Qt.Key.Key_PageDown: 1, Qt.Key.Key_PageUp: -1}.get(Qt.Key(event.key()))
        ends = {Qt.Key.Key_Home: 0, Qt.Key.Key_End: len(self._sizes) - 1}
        if step is not None:
            self.go_to_page(self._page + step)
        elif event.key() in ends:
            self.go_to_page(ends[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    def _on_scrolled(self) -> None:
        middle = self.verticalScrollBar().value() + self.viewport().height() // 3
        page = next((n for n in range(len(self._sizes)) if middle < self._top_of(n + 1)), len(self._sizes) - 1)
        if page != self._page:
            self._page = page
            self.page_changed.emit(page)
        self.viewport().update()
