"""A line to type into whose text ends in … where it has no room, until somebody types in it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit

_MARGIN = 2
"""Px between the edge of the line and its text, as Qt has it."""


class ElidedLine(QLineEdit):
    """Qt cuts a long text in the middle of a letter; the whole of it stands in the tooltip."""

    @property
    def shown_words(self) -> str:
        """As much of the text as there is room for; all of it while it is typed in."""
        if self.hasFocus():
            return self.text()
        room = self.contentsRect().width() - 2 * _MARGIN
        return self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, room)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the text with its … where it is too long; else Qt does."""
        words = self.shown_words
        self.setToolTip(self.text() if words != self.text() else "")
        if words == self.text():
            super().paintEvent(event)
            return
        painter = QPainter(self)
        painter.setPen(self.palette().text().color())
        place = self.contentsRect().adjusted(_MARGIN, 0, -_MARGIN, 0)
        painter.drawText(place, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), words)
        painter.end()
