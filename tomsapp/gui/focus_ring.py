"""The ring round the control that has the keyboard."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRectF, Qt
from PySide6.QtGui import QColor, QFocusEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QFocusFrame,
    QLineEdit,
    QMainWindow,
    QMenu,
    QMenuBar,
    QPlainTextEdit,
    QScrollArea,
    QTextEdit,
    QWidget,
)

from tomsapp.gui.style import RingStyle
from tomsapp.gui.theme import current_theme

_MOUSE_REASONS = (
    Qt.FocusReason.MouseFocusReason,
    Qt.FocusReason.PopupFocusReason,
    Qt.FocusReason.ActiveWindowFocusReason,
)
_DRAW_THEIR_OWN = (
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QMainWindow,
    QMenu,
    QMenuBar,
    QPlainTextEdit,
    QTextEdit,
    QScrollArea,
)
_OWN_RING = "draws_own_ring"
_RADIUS = "ring_radius"


class FocusRing(QFocusFrame):
    """A 2 px ring, 2 px away from its control, shown after the keyboard moved the focus."""

    def __init__(self, app: QApplication) -> None:
        super().__init__()
        self._style = RingStyle()
        self.setStyle(self._style)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._watch = _FocusWatch(self)
        app.installEventFilter(self._watch)
        app.focusChanged.connect(self._on_focus_changed)

    def follow(self, widget: QWidget, reason: Qt.FocusReason) -> None:
        """Go to the control that has the keyboard, or away if the mouse gave it or it shows so itself."""
        scroll_into_view(widget)
        ringed = reason not in _MOUSE_REASONS and not isinstance(widget, _DRAW_THEIR_OWN)
        if not ringed or widget.property(_OWN_RING) or widget.isWindow():
            self.setWidget(None)  # type: ignore[arg-type]
            return
        self.setWidget(widget)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the ring with the radius that the control asks for."""
        widget = self.widget()
        if widget is None:
            return
        radius = widget.property(_RADIUS)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(current_theme().colours.focus), 2))
        rect = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        shape = 8 if radius is None else float(radius) + 3
        painter.drawRoundedRect(rect, shape, shape)
        painter.end()

    def _on_focus_changed(self, _old: QWidget | None, new: QWidget | None) -> None:
        if new is None:
            self.setWidget(None)  # type: ignore[arg-type]


class _FocusWatch(QObject):
    """Sees each change of focus with its reason.

    It stands apart from the ring because QFocusFrame has an event filter of its own, which must not get
    the events of the whole program.
    """

    def __init__(self, ring: FocusRing) -> None:
        super().__init__(ring)
        self._ring = ring

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusIn and isinstance(event, QFocusEvent) and isinstance(watched, QWidget):
            self._ring.follow(watched, event.reason())
        return False


def scroll_into_view(widget: QWidget) -> None:
    """Scroll every scroll area above a widget so that it and its ring can be seen."""
    parent = widget.parentWidget()
    while parent is not None:
        if isinstance(parent, QScrollArea) and parent.widget() is not None:
            parent.ensureWidgetVisible(widget, 8, 8)
        parent = parent.parentWidget()


def install_focus_ring(app: QApplication) -> FocusRing:
    """Give the program its focus ring; calling it again returns the same one."""
    found = app.property("house_focus_ring")
    if isinstance(found, FocusRing):
        return found
    ring = FocusRing(app)
    app.setProperty("house_focus_ring", ring)
    return ring
