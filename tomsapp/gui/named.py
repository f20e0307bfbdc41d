"""What is said to Qt before the first paint without its class `Qt`: settings by name, colours laid on, words placed.

PySide makes the names of all 140 settings in `Qt` as soon as one of them is asked for: a tenth of all that the
program did until its window was there. Qt itself reads names too, as in form files and style sheets. So what stands in
the window at first, and is done before it is painted, says them here; all that is done later uses `Qt`.
A pen, a brush and a fill with a colour ask for `Qt` as well: words are painted in the colour of the widget's palette.
"""

from __future__ import annotations

from PySide6 import QtCore
from PySide6.QtCore import QObject, QRect
from PySide6.QtGui import QBrush, QColor, QFontMetrics, QPainter, QPalette

AT_LEFT, AT_RIGHT, IN_MIDDLE = 0x81, 0x82, 0x84
"""Where `QPainter.drawText` puts words, as the number it takes: half-way down, and at the left, right or centre."""


def set_named(thing: QObject, **names: str) -> None:
    """Set properties of Qt, each to one of the names that Qt has for it, as `focusPolicy="ClickFocus"`.

    Raises:
        ValueError: Qt has no such property, or no such name for it.
    """
    for setting, name in names.items():
        if not thing.setProperty(setting, name):
            raise ValueError(f"{type(thing).__name__} takes no {setting} {name}")


def solid(colour: str) -> QBrush:
    """A brush of one colour, #rrggbb."""
    palette = QPalette()
    palette.setColor(QPalette.ColorRole.Base, QColor(colour))
    return palette.base()


def lay_on(painter: QPainter, rect: QRect, colour: str) -> None:
    """Fill a rectangle with one colour, #rrggbb."""
    painter.setBackground(solid(colour))
    painter.eraseRect(rect)


def cut_to(metrics: QFontMetrics, text: str, room: int) -> str:
    """A text that ends in … where it is wider than so many px; `Qt` is asked only where it may be."""
    if metrics.horizontalAdvance(text) <= room:
        return text
    return metrics.elidedText(text, QtCore.Qt.TextElideMode.ElideRight, room)
