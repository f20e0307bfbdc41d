"""A combo box in the house style."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPalette, QWheelEvent
from PySide6.QtWidgets import QComboBox, QSizePolicy, QStyle, QStyleOptionComboBox, QStylePainter, QWidget

from tomsapp.gui.style import draw_chevron
from tomsapp.gui.theme import current_theme
from tomsapp.gui.widgets.heard import ChoiceList, hear_choices


class ComboBox(QComboBox):
    """A list to choose one from; the wheel scrolls the page, not the choice."""

    def __init__(self, placeholder: str = "", name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._has_list = False
        self.setPlaceholderText(placeholder)
        if name:
            self.setAccessibleName(name)
        self.setCurrentIndex(-1)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setMinimumWidth(120)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the box and the arrow that a style sheet cannot draw without an image file."""
        colours = current_theme().colours
        if self.isEditable():
            super().paintEvent(event)
        elif self.currentIndex() < 0:
            self._paint_words(self.placeholderText(), colours.text_muted)
        else:
            self._paint_words(self.currentText())
        painter = QPainter(self)
        tone = colours.text_muted if self.isEnabled() else colours.disabled_text
        draw_chevron(painter, QPointF(self.width() - 18, self.height() / 2), tone)
        painter.end()

    def _paint_words(self, words: str, tone: str = "") -> None:
        """Paint the box with words in it, which end in … where they have no room: Qt would cut a letter in two.

        A placeholder brings its own tone; under a style sheet Qt would give it the colour of text.
        """
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        option.currentText = self.shown_words(words)
        for role in (QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText) if tone else ():
            option.palette.setColor(role, QColor(tone))
        painter = QStylePainter(self)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)
        painter.end()

    def shown_words(self, words: str) -> str:
        """As much of some words as the box has room for."""
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        part = QStyle.SubControl.SC_ComboBoxEditField
        room = self.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, option, part, self).width()
        return self.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, room)

    def showPopup(self) -> None:
        """Open the list, which is made when it is first wanted."""
        if not self._has_list:
            self._has_list = True
            self.setView(ChoiceList())
            hear_choices(self.view(), self._on_chosen)
        super().showPopup()

    def _on_chosen(self, index: QModelIndex) -> None:
        self.setCurrentIndex(index.row())
        self.hidePopup()
        self.activated.emit(index.row())

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the page unless the list is open."""
        event.ignore()
