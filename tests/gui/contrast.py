"""Contrast as it is on the screen, by the formula of WCAG 2.2, on the pixels of a picture."""

from __future__ import annotations

from collections import Counter

from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel, QLineEdit, QPlainTextEdit, QWidget

LARGE_PX, LARGE_BOLD_PX = 24, 19
"""From these sizes text counts as large: 18 pt, and 14 pt in bold."""
_BOLD = 600


def luminance(colour: int) -> float:
    def part(value: int) -> float:
        share = value / 255
        return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4

    red, green, blue = part(colour >> 16 & 255), part(colour >> 8 & 255), part(colour & 255)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: int, other: int) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def pixels(image, rect: QRect) -> Counter[int]:
    """How often each colour occurs in a part of a picture."""
    part = image.copy(rect.intersected(image.rect())).convertToFormat(image.Format.Format_RGB32)
    data = memoryview(part.constBits()).cast("I")
    return Counter(each & 0xFFFFFF for each in data)


def measured(image, rect: QRect) -> float:
    """Contrast between the ground of a part, its commonest colour, and what differs most from it."""
    found = pixels(image, rect)
    if not found:
        return 99.0
    ground = found.most_common(1)[0][0]
    return max(contrast(colour, ground) for colour in found)


def least(widget) -> float:
    """What the text of a widget has to reach."""
    font = widget.font()
    large = font.pixelSize() >= (LARGE_BOLD_PX if font.weight() >= _BOLD else LARGE_PX)
    return 3.0 if large else 4.5


def words_of(widget) -> str:
    if isinstance(widget, QLineEdit):
        return widget.text() or widget.placeholderText()
    if isinstance(widget, QComboBox):
        return widget.currentText() or widget.placeholderText()
    if isinstance(widget, QPlainTextEdit):
        return widget.toPlainText()
    return widget.text()


def text_rect(widget) -> QRect:
    """Where the words stand: inside the edge of a control."""
    inset = 0 if isinstance(widget, QLabel) else 5
    rect = widget.visibleRegion().boundingRect().adjusted(inset, inset, -inset, -inset)
    at = widget.mapTo(widget.window(), QPoint(0, 0))
    return rect.translated(at)


def low_contrast(window: QWidget) -> list[str]:
    """Every label, button and field in view whose words stand out too little."""
    image = window.grab().toImage()
    low = []
    for kind in (QLabel, QAbstractButton, QLineEdit, QComboBox, QPlainTextEdit):
        for widget in window.findChildren(kind):
            if not (widget.isVisible() and words_of(widget).strip()):
                continue
            rect = text_rect(widget)
            if rect.width() < 8 or rect.height() < 8:
                continue
            found = measured(image, rect)
            if found < least(widget):
                low.append(f"{type(widget).__name__} “{words_of(widget)[:50]}” {found:.2f}")
    return low


def hex_of(colour: QColor) -> int:
    return colour.rgb() & 0xFFFFFF
