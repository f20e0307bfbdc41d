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
    QWidget,
)
from shiboken6 import isValid

from tomsapp.gui.style import RingStyle
from tomsapp.gui.theme import current_theme

_TELL_NOTHING = (
    Qt.FocusReason.PopupFocusReason,
    Qt.FocusReason.MenuBarFocusReason,
    Qt.FocusReason.ActiveWindowFocusReason,
    Qt.FocusReason.OtherFocusReason,
)
"""The focus came back, or the program moved it: it is shown if the user was at the keyboard before."""
_DRAW_THEIR_OWN = (
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QMainWindow,
    QMenu,
    QMenuBar,
    QPlainTextEdit,
)
_FOCUS = (QEvent.Type.FocusIn, QEvent.Type.FocusOut)
_OWN_RING = "draws_own_ring"
_RADIUS = "ring_radius"


class FocusRing(QFocusFrame):
    """A 2 px ring, 2 px away from its control, shown after the keyboard moved the focus."""

    def __init__(self) -> None:
        super().__init__()
        self._style = RingStyle()
        self.setStyle(self._style)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._by_keyboard = True

    def follow(self, widget: QWidget, reason: Qt.FocusReason) -> None:
        """Go to the control that has the keyboard, or away if the mouse gave it or it shows so itself."""
        if reason not in _TELL_NOTHING:
            self._by_keyboard = reason != Qt.FocusReason.MouseFocusReason
        scroll_into_view(widget)
        if self._by_keyboard and not _shows_so_itself(widget):
            self.setWidget(widget)
        else:
            self.leave()

    def leave(self) -> None:
        """Go away, and out of the window, which may be about to end."""
        self.setWidget(None)  # type: ignore[arg-type]
        if self.parent() is not None:
            self.setParent(None)

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


def _shows_so_itself(widget: QWidget) -> bool:
    """Whether a control shows that it has the keyboard; a table or list does so in its current cell, if it has one."""
    if isinstance(widget, QAbstractItemView) and widget.currentIndex().isValid():
        return True
    return isinstance(widget, _DRAW_THEIR_OWN) or bool(widget.property(_OWN_RING)) or widget.isWindow()


class FocusWatch(QObject):
    """Sees each change of focus with its reason, and keeps the ring; belongs to the application.

    It watches the control that has the keyboard, which is told why it loses it, and the whole program only while none
    has it: a page that is made sends ten thousand events, each of which would wait for this filter.

    It stands apart from the ring because QFocusFrame has an event filter of its own, which must not get
    the events of the whole program, and because the ring ends with the window that it is shown in.
    """

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._app = app
        self._ring = FocusRing()
        self._reason = Qt.FocusReason.OtherFocusReason
        self._watched: QObject = app.focusWidget() or app
        self._watched.installEventFilter(self)
        app.focusChanged.connect(self._on_focus_changed)
        app.aboutToQuit.connect(self.stop)

    def stop(self) -> None:
        """Let the ring go before the window does: Qt would look for it at a control that has ended already."""
        self._app.focusChanged.disconnect(self._on_focus_changed)
        if isValid(self._watched):
            self._watched.removeEventFilter(self)
        self.ring.leave()

    @property
    def ring(self) -> FocusRing:
        """The ring; a new one if a window took the last one with it."""
        if not isValid(self._ring):
            self._ring = FocusRing()
        return self._ring

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the ring follow the keyboard."""
        if event.type() in _FOCUS and isinstance(event, QFocusEvent) and isinstance(watched, QWidget):
            self._reason = event.reason()
            if event.gotFocus():
                self.ring.follow(watched, self._reason)
        return False

    def _on_focus_changed(self, _old: QWidget | None, new: QWidget | None) -> None:
        if isValid(self._watched):
            self._watched.removeEventFilter(self)
        self._watched = new or self._app
        self._watched.installEventFilter(self)
        if new is None:
            self.ring.leave()
        else:
            self.ring.follow(new, self._reason)


def scroll_into_view(widget: QWidget) -> None:
    """Scroll every scroll area above a widget so that it and its ring can be seen."""
    parent = widget.parentWidget()
    while parent is not None:
        if isinstance(parent, QScrollArea) and parent.widget() is not None:
            parent.ensureWidgetVisible(widget, 8, 8)
        parent = parent.parentWidget()


def install_focus_ring(app: QApplication) -> FocusWatch:
    """Give the program its focus ring; calling it again returns the same one."""
    found = app.property("house_focus_ring")
    if isinstance(found, FocusWatch):
        return found
    made = FocusWatch(app)
    app.setProperty("house_focus_ring", made)
    return made
