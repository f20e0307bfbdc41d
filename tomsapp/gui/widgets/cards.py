"""Cards, and the headline figure that opens the lines behind it."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from tomsapp.gui.theme import current_theme
from tomsapp.gui.widgets.buttons import LinkButton
from tomsapp.gui.widgets.card_button import CardButton
from tomsapp.gui.widgets.layouts import in_column, in_row
from tomsapp.gui.widgets.text import IconLabel, Text, hairline

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
        if title and link:
            self.link = LinkButton(link, role="note", does=self.link_chosen)
            self.link.setAccessibleName(f"{link}: {title}")
        if title:
            self.setAccessibleName(title)
        head = in_row((self.title, 1), self.link) if title else None
        self.body = in_column(gap=8)
        self._column = in_column(head, (self.body, 1), inside=self, margins=(16, 12, 16, 12), gap=8)

    def fill(self, widget: QWidget, below: QWidget | None = None) -> None:
        """Fill the card to its edge with one widget, as a table, with a text `below` it; for a card without title."""
        self._column.setContentsMargins(1, 1, 1, 1)
        self.body.addWidget(widget, 1)
        if below is not None:
            self.body.setSpacing(0)
            self.body.addWidget(hairline())
            self.body.addLayout(in_column(below, margins=(12, 8, 12, 10)))


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

    def __init__(self, caption: str, *, opens: str = "See the lines") -> None:
        super().__init__()
        self.setProperty("k", "card_button")
        self.setProperty("ring_radius", 8)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.clicked.connect(self.chosen)
        self._caption, self._opens = caption, opens
        self._figure = _FigureText()
        self._icon = IconLabel("info", "text_muted", 16)
        self._meaning = Text("", "note", "text_muted")
        self._beside = Text("", "note")
        self._beside.hide()
        self._caption_text = Text(caption, "note_strong", "text_muted")
        meaning = in_row(self._icon, (self._meaning, 1), gap=6)
        parts = self._caption_text, self._figure, meaning, self._beside
        in_column(*parts, inside=self, margins=(16, 10, 16, 10), gap=2)
        self.set_loading()

    def set_caption(self, caption: str) -> None:
        """Say otherwise what the figure is; takes effect for the screen reader with the next figure."""
        self._caption = caption
        self._caption_text.setText(caption)

    def set_value(self, figure: str, meaning: str, tone: FigureTone = "text_muted", beside: str = "") -> None:
        """Show a figure and one line of what it means; a state is said by word and icon.

        `beside` is a further figure that is never added to it, on a line of its own.
        """
        self._show(figure, meaning, tone, beside, loading=False)

    def set_loading(self) -> None:
        """Show a grey bar in place of the figure."""
        self._show(" ", "", "text_muted", loading=True)

    def set_none(self, words: str) -> None:
        """Say that there is no figure yet, as "No commitments yet"."""
        self.set_value("–", words)

    def _show(self, figure: str, meaning: str, tone: FigureTone, beside: str = "", *, loading: bool) -> None:
        self._figure.is_loading = loading
        self._figure.setText(figure)
        self._figure.update()
        self._meaning.setText(meaning)
        self._meaning.set_tone(tone)
        icon = _TONE_ICONS.get(tone)
        self._icon.setVisible(icon is not None)
        if icon:
            self._icon.set_icon(icon, f"{tone}_mark")
        self._beside.setText(beside)
        self._beside.setVisible(bool(beside))
        said = "being worked out" if loading else ", ".join(filter(None, (figure, meaning, beside)))
        self.setAccessibleName(f"{self._caption}, {said}. {self._opens}")
