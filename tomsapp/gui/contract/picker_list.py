"""The list of the measure picker with its keys, and the veil behind the dialog."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QListView, QWidget

from tomsapp.gui.contract.picker_delegate import is_on_box
from tomsapp.gui.tokens import SCRIM
from tomsapp.gui.widgets.heard import ChosenOneByOne


class MeasureList(ChosenOneByOne, QListView):
    """A list in which Space and Enter tick, and a click on the box does."""

    ticked = Signal(int)
    typed = Signal(str)
    """Text that was typed while the list had the keyboard: it belongs to the search."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space and Enter tick; letters go to the search."""
        plain = not event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier
        if event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter) and plain:
            self.ticked.emit(self.currentIndex().row())
        elif plain and event.text().isprintable() and event.text().strip():
            self.typed.emit(event.text())
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click on the box ticks."""
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and index.isValid() and is_on_box(event.position().x()):
            self.ticked.emit(index.row())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """A double click on the words ticks too."""
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and not is_on_box(event.position().x()):
            self.ticked.emit(index.row())


class Scrim(QWidget):
    """The veil over the window behind a modal dialog."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setGeometry(window.rect())
        window.installEventFilter(self)
        self.show()
        self.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay as large as the window."""
        if event.type() == QEvent.Type.Resize and isinstance(watched, QWidget):
            self.setGeometry(watched.rect())
        return super().eventFilter(watched, event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the veil."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(SCRIM))
        painter.end()
