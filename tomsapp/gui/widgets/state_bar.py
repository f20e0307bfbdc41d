"""The bar of what was delivered: what is due is its full length, and claimed, evidenced and accepted stand inside it.

Each state has its own pattern beside its colour, and the figures always stand beside the bar: it tells nothing alone.
"""

from __future__ import annotations

from enum import Enum
from fractions import Fraction
from typing import NamedTuple

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from tomsapp.gui.theme import Theme, current_theme

_CORNER = 3.0


class BarState(Enum):
    """A state as the bar shows it; each contains the next."""

    DUE = "due"
    CLAIMED = "claimed"
    EVIDENCED = "evidenced"
    ACCEPTED = "accepted"


class BarParts(NamedTuple):
    """How far claimed, evidenced and accepted reach in what is due, each from 0 to 1: for painting alone."""

    claimed: Fraction
    evidenced: Fraction
    accepted: Fraction


_BRUSHES = {
    BarState.DUE: Qt.BrushStyle.NoBrush,
    BarState.CLAIMED: Qt.BrushStyle.Dense6Pattern,
    BarState.EVIDENCED: Qt.BrushStyle.BDiagPattern,
    BarState.ACCEPTED: Qt.BrushStyle.SolidPattern,
}


def paint_state(painter: QPainter, theme: Theme, rect: QRectF, state: BarState) -> None:
    """Fill a rectangle as a state is shown, without its edge."""
    colours = theme.colours
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colours.surface))
    painter.drawRect(rect)
    painter.setBrush(QBrush(QColor(colours.primary), _BRUSHES[state]))
    painter.drawRect(rect)


def paint_edge(painter: QPainter, theme: Theme, rect: QRectF) -> None:
    """The line round a bar: as long as what is due."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(theme.colours.border_strong), 1))
    painter.drawRoundedRect(rect, _CORNER, _CORNER)


def paint_states(painter: QPainter, theme: Theme, rect: QRectF, parts: BarParts) -> None:
    """Paint the bar into a rectangle."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
    paint_state(painter, theme, rect, BarState.DUE)
    for state in (BarState.CLAIMED, BarState.EVIDENCED, BarState.ACCEPTED):
        part = QRectF(rect)
        part.setWidth(rect.width() * min(max(getattr(parts, state.value), Fraction(0)), Fraction(1)))
        if part.width() > 0:
            paint_state(painter, theme, part, state)
    paint_edge(painter, theme, rect)
    painter.restore()


class StateKey(QWidget):
    """A small square that shows how a state is painted, for a legend."""

    def __init__(self, state: BarState) -> None:
        super().__init__()
        self._state = state
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        current_theme().theme_changed.connect(self.update)

    def sizeHint(self) -> QSize:
        """A square that grows with the text."""
        side = current_theme().px(14)
        return QSize(side, side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint it as a part of the bar."""
        painter = QPainter(self)
        rect = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        paint_state(painter, current_theme(), rect, self._state)
        paint_edge(painter, current_theme(), rect)
        painter.end()
