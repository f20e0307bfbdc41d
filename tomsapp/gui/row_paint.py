"""How a row of a list or table is painted: its ground, the bar of the current row, its words, and what lies below."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen, QTextLayout

from tomsapp.domain.signs import in_order, shown
from tomsapp.gui.theme import current_theme
from tomsapp.gui.tokens import FontRole

LEFT_WORDS, RIGHT_WORDS = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
_BAR = 3


def fill(painter: QPainter, rect: QRect, colour: str) -> None:
    """Fill a ground without antialiasing, so that no seams show at 125 %."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
    painter.fillRect(rect, QColor(colour))


def current_bar(painter: QPainter, rect: QRect) -> None:
    """The bar at the left edge of the row that is chosen."""
    painter.fillRect(rect.left(), rect.top(), _BAR, rect.height(), QColor(current_theme().colours.primary))


def hairline_below(painter: QPainter, rect: QRect) -> None:
    """The decorative line between two rows."""
    painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, QColor(current_theme().colours.border))


def words_width(text: str, role: FontRole) -> float:
    """How wide one line of text is in px, at the present text size."""
    return _width(text, role, current_theme().text_size)


# A thousand lines have a few hundred titles and sentences between them, and each is measured again when it is painted.


@lru_cache(maxsize=4096)
def _width(text: str, role: FontRole, _text_size: int) -> float:
    return QFontMetricsF(current_theme().font(role)).horizontalAdvance(text)


def draw_words(
    painter: QPainter, rect: QRectF, text: str, role: FontRole, colour: str, align: Qt.AlignmentFlag = LEFT_WORDS
) -> float:
    """Draw one line of text, cut with … if it has no room; returns the width drawn."""
    if not text or rect.width() <= 0:
        return 0.0
    text = shown(text)
    font, width = current_theme().font(role), words_width(text, role)
    if width > rect.width():
        text = QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
        width = words_width(text, role)
    painter.setFont(font)
    painter.setPen(QColor(colour))
    painter.drawText(rect, int(align | Qt.AlignmentFlag.AlignVCenter), in_order(text))
    return width


def draw_in_two(painter: QPainter, rect: QRectF, text: str, role: FontRole, colour: str) -> None:
    """Draw a text that is too long for one line on two of them, the second cut with … if it has no room."""
    font = current_theme().font(role)
    layout = QTextLayout(text, font)
    layout.beginLayout()
    line = layout.createLine()
    line.setLineWidth(rect.width())
    layout.endLayout()
    end = line.textLength()
    half = QFontMetricsF(font).lineSpacing()
    top = QRectF(rect.left(), rect.center().y() - half, rect.width(), half)
    draw_words(painter, top, text[:end].rstrip(), role, colour)
    draw_words(painter, top.translated(0, half), text[end:], role, colour)


def has_two_lines(rect: QRectF, role: FontRole) -> bool:
    """Whether two lines of text stand in this height."""
    return rect.height() >= 2 * QFontMetricsF(current_theme().font(role)).lineSpacing()


def draw_dots(painter: QPainter, rect: QRectF, width: float, role: FontRole, colour: str) -> None:
    """The dotted line under a figure that can be explained, which stands at the right of `rect`."""
    metrics = QFontMetricsF(current_theme().font(role))
    base = round(rect.center().y() + metrics.ascent() / 2 + 3)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
    painter.setPen(QPen(QColor(colour), 1, Qt.PenStyle.DotLine))
    painter.drawLine(round(rect.right() - width), base, round(rect.right()), base)
