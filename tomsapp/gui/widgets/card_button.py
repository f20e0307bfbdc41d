"""A button with a layout inside: a card or a row that is pressed as a whole."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QStyle, QStyleOption

from tomsapp.gui.widgets.buttons import PressedByEnter


class CardButton(PressedByEnter, QAbstractButton):
    """Pressed with the mouse, Space and Enter; a screen reader finds a button in it and can press it."""

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        # The words inside are labels: they take the colour of text, not that of a button.
        self.setForegroundRole(QPalette.ColorRole.NoRole)
        self.setBackgroundRole(QPalette.ColorRole.NoRole)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the ground and the edge that the style sheet gives."""
        option = QStyleOption()
        option.initFrom(self)
        painter = QPainter(self)
        self.style().drawPrimitive(QStyle.PrimitiveElement.PE_Widget, option, painter, self)
        painter.end()
