"""What is scrolled when there is no room for it, by keyboard too."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QSize, QTimer
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QFrame, QLineEdit, QPlainTextEdit, QScrollArea, QTextEdit, QWidget

from tomsapp.gui.named import set_named


class ScrollArea(QScrollArea):
    """Scrolls its content up and down; it is a stop of Tab only while there is something to scroll.

    What wraps into any width is `only_down`: a bar at its foot would take its last line.
    """

    def __init__(self, name: str, content: QWidget | None = None, *, only_down: bool = False) -> None:
        super().__init__()
        if only_down:
            set_named(self, horizontalScrollBarPolicy="ScrollBarAlwaysOff")
        self.setAccessibleName(name)
        self.setProperty("ring_radius", 4)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.verticalScrollBar().rangeChanged.connect(self._on_range_changed)
        self._on_range_changed(0, 0)
        self._waiting: QWidget | None = None
        if content is not None:
            content.setProperty("k", "clear")
            self.setWidget(content)

    def setWidget(self, content: QWidget) -> None:
        """Take the content in, once this is shown: Qt dresses and measures at once all that a scroll area holds.

        It is a child already, so that Tab goes through it in the order in which things were added. A child of this and
        not of the viewport: asked for by name, that would make the names of all kinds of widget before the first paint.
        """
        if self._waiting is not None:
            self._waiting.hide()
            self._waiting.deleteLater()
        self._waiting = content
        content.setParent(self)
        if self.isVisible():
            self._hold()

    def showEvent(self, event: QShowEvent) -> None:
        """Take in the content that waits."""
        self._hold()
        super().showEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep what is being typed into in view: a form takes the keyboard before the area has its height."""
        super().resizeEvent(event)
        QTimer.singleShot(0, self, self._keep_in_view)

    def ensureWidgetVisible(self, shown: QWidget, beside: int = 50, above: int = 50) -> None:
        """Bring all of a control into view, or its beginning; of one that is typed into, the place where one types.

        Qt would bring the middle of what is larger than the room, and a page would begin with half of its heading.
        """
        content, room = self.widget(), self.viewport().size()
        across, down = room.width() - shown.width(), room.height() - shown.height()
        is_larger, is_typed_into = min(across, down) < 0, isinstance(shown, QLineEdit | QPlainTextEdit | QTextEdit)
        if content is None or not content.isAncestorOf(shown) or (is_larger and is_typed_into):
            super().ensureWidgetVisible(shown, beside, above)
            return
        margins = (
            beside if across < 0 else min(beside, across // 2),
            above if down < 0 else min(above, down // 2),
        )
        begins = shown.mapTo(content, QPoint(0, 0))
        ends = begins + QPoint(shown.width(), shown.height())
        self.ensureVisible(ends.x(), ends.y(), *margins)
        self.ensureVisible(begins.x(), begins.y(), *margins)

    def _keep_in_view(self) -> None:
        at = QApplication.focusWidget()
        if at is not None and self.widget() is not None and self.isAncestorOf(at):
            self.ensureWidgetVisible(at, 8, 8)

    def sizeHint(self) -> QSize:
        """Room for the content, but no more than a large part of a page."""
        if self._waiting is None:
            return super().sizeHint()
        high = self.fontMetrics().height()
        return QSize(36 * high, 24 * high)

    def _hold(self) -> None:
        content, self._waiting = self._waiting, None
        if content is not None:
            has_keyboard = content.focusWidget() if self.window().focusWidget() is content.focusWidget() else None
            super().setWidget(content)
            if has_keyboard is not None:
                has_keyboard.setFocus()  # to come to another parent takes it away

    def _on_range_changed(self, least: int, most: int) -> None:
        set_named(self, focusPolicy="StrongFocus" if most > least else "NoFocus")
        QTimer.singleShot(0, self, self._keep_in_view)  # when what it holds has been laid out
