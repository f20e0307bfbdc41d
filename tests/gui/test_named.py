from __future__ import annotations

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QLabel

from tomsapp.gui.named import AT_LEFT, AT_RIGHT, IN_MIDDLE, lay_on, set_named, solid

EDGE = Qt.AlignmentFlag


def test_names_are_those_of_qt(theme):
    label = QLabel("words")
    set_named(label, focusPolicy="StrongFocus", alignment="AlignTop|AlignRight", textFormat="PlainText")
    assert label.focusPolicy() == Qt.FocusPolicy.StrongFocus
    assert label.alignment() == EDGE.AlignTop | EDGE.AlignRight
    assert label.textFormat() == Qt.TextFormat.PlainText


@pytest.mark.parametrize("names", [{"focusPolicy": "Strong"}, {"focus": "StrongFocus"}])
def test_name_that_qt_does_not_have_is_refused(theme, names):
    with pytest.raises(ValueError, match="QLabel takes no focus"):
        set_named(QLabel(), **names)


def test_places_of_words_are_the_numbers_of_qt():
    assert int(EDGE.AlignVCenter | EDGE.AlignLeft) == AT_LEFT
    assert int(EDGE.AlignVCenter | EDGE.AlignRight) == AT_RIGHT
    assert int(EDGE.AlignCenter) == IN_MIDDLE


def test_colour_is_laid_on_the_rectangle_alone(theme):
    image = QImage(4, 4, QImage.Format.Format_RGB32)
    image.fill(QColor("#ffffff"))
    painter = QPainter(image)
    lay_on(painter, QRect(1, 1, 2, 2), "#0e3639")
    painter.end()
    assert [image.pixelColor(1, 2).name(), image.pixelColor(3, 3).name()] == ["#0e3639", "#ffffff"]
    assert solid("#0e3639").color().name() == "#0e3639"
