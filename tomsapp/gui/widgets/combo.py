"""A combo box in the house style."""

from __future__ import annotations

from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QListView, QSizePolicy, QWidget

from tomsapp.gui.style import draw_chevron
from tomsapp.gui.theme import current_theme


class ComboBox(QComboBox):
    """A list to choose one from; the wheel scrolls the page, not the choice."""

    def __init__(self, placeholder: str = "", name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setView(QListView())
        self.setPlaceholderText(placeholder)
        if name:
            self.setAccessibleName(name)
        self.setCurrentIndex(-1)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setMinimumWidth(120)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the box and the arrow that a style sheet cannot draw without an image file."""
        super().paintEvent(event)
        colours = current_theme().colours
        painter = QPainter(self)
        tone = colours.text_muted if self.isEnabled() else colours.disabled_text
        draw_chevron(painter, QPointF(self.width() - 18, self.height() / 2), tone)
        painter.end()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the page unless the list is open."""
        event.ignore()
