"""Cards, and the headline figure that opens the lines behind it."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from tomsapp.gui.theme import current_theme
from tomsapp.gui.widgets.buttons import LinkButton
from tomsapp.gui.widgets.card_button import CardButton
from tomsapp.gui.widgets.text import IconLabel, Text

FigureTone = Literal["text_muted", "success", "warning", "danger"]
_TONE_ICONS = {"success": "circle-check", "warning": "triangle-alert", "danger": "octagon-alert"}


class Card(QFrame):
    """A bordered surface with an optional title and one link at its right; content goes into `body`."""

    link_chosen = Signal()

    def __init__(self, title: str = "", link: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("k", "card")
        self.title = Text(title, "h3")
        self.link: LinkButton | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        if title:
            row = QHBoxLayout()
            row.addWidget(self.title, 1)
            if link:
                self.link = LinkButton(link, role="note")
                self.link.setAccessibleName(f"{link}: {title}")
                self.link.clicked.connect(self.link_chosen)
                row.addWidget(self.link)
            column.addLayout(row)
            self.setAccessibleName(title)
        self._column = column
        self.body = QVBoxLayout()
        self.body.setSpacing(8)
        column.addLayout(self.body, 1)

    def fill(self, widget: QWidget) -> None:
        """Fill the card to its edge with one widget, as a table; for a card without title."""
        self._column.setContentsMargins(1, 1, 1, 1)
        self.body.addWidget(widget, 1)


class _FigureText(Text):
    """The figure, or a grey bar of its width while it is worked out."""

    def __init__(self) -> None:
        super().__init__("", "figure")
        self.is_loading = False

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self.is_loading:
            super().paintEvent(event)
            return
        painter = QPainter(self)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(current_theme().colours.surface_sunk))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        width = self.fontMetrics().horizontalAdvance("£0,000,000.00")
        painter.drawRoundedRect(QRectF(0, self.height() / 2 - 10, width, 20), 4, 4)
        painter.end()


class HeadlineFigure(CardButton):
    """One figure with its meaning; Enter or a click opens the lines behind it."""

    chosen = Signal()

    def __init__(self, caption: str, *, opens: str = "See the lines", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("k", "card_button")
        self.setProperty("ring_radius", 8)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.clicked.connect(self.chosen)
        self._caption, self._opens = caption, opens
        self._figure = _FigureText()
        self._icon = IconLabel("info", "text_muted", 16)
        self._meaning = Text("", "note", "text_muted")
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 10, 16, 10)
        column.setSpacing(2)
        self._caption_text = Text(caption, "note_strong", "text_muted")
        column.addWidget(self._caption_text)
        column.addWidget(self._figure)
        row = QHBoxLayout()
        row.setSpacing(6)
        row.addWidget(self._icon)
        row.addWidget(self._meaning, 1)
        column.addLayout(row)
        self.set_loading()

    def set_caption(self, caption: str) -> None:
        """Say otherwise what the figure is; takes effect for the screen reader with the next figure."""
        self._caption = caption
        self._caption_text.setText(caption)

    def set_value(self, figure: str, meaning: str, tone: FigureTone = "text_muted") -> None:
        """Show a figure and one line of what it means; a state is said by word and icon."""
        self._show(figure, meaning, tone, loading=False)

    def set_loading(self) -> None:
        """Show a grey bar in place of the figure."""
        self._show(" ", "", "text_muted", loading=True)

    def set_none(self, words: str) -> None:
        """Say that there is no figure yet, as "No commitments yet"."""
        self._show("–", words, "text_muted", loading=False)

    def set_filtered(self, figure: str, words: str) -> None:
        """Show the figure of a part, as "for 3 of 12 contracts"."""
        self._show(figure, words, "text_muted", loading=False)

    def _show(self, figure: str, meaning: str, tone: FigureTone, *, loading: bool) -> None:
        self._figure.is_loading = loading
        self._figure.setText(figure)
        self._figure.update()
        self._meaning.setText(meaning)
        self._meaning.set_tone(tone)
        icon = _TONE_ICONS.get(tone)
        self._icon.setVisible(icon is not None)
        if icon:
            self._icon.set_icon(icon, f"{tone}_mark")
        said = "being worked out" if loading else f"{figure}, {meaning}"
        self.setAccessibleName(f"{self._caption}, {said}. {self._opens}")


class FigureLink(QPushButton):
    """A figure that can be explained: link colour and a dotted underline."""

    def __init__(self, text: str, about: str) -> None:
        super().__init__(text)
        self.setProperty("k", "plain")
        self.setProperty("ring_radius", 2)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(f"{about}, {text}")
        self.setAccessibleDescription("Press Enter for how this came about")
        current_theme().theme_changed.connect(self._dress)
        self._dress()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter explains the figure, as Space does."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the words and the dots under them."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setPen(QPen(QColor(current_theme().colours.link), 1, Qt.PenStyle.DotLine))
        painter.drawLine(2, self.height() - 4, self.width() - 2, self.height() - 4)
        painter.end()

    def _dress(self) -> None:
        self.setFont(current_theme().font("body"))
