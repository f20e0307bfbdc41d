"""The three ways to begin, as cards."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from tomsapp.gui.theme import current_theme
from tomsapp.gui.widgets.text import IconLabel, Text

EDGE = 22
"""Room inside a card of the Start page, left and right."""


class WayCard(QFrame):
    """One way to begin: icon, heading, a sentence and its buttons."""

    def __init__(self, icon: str, heading: str, sentence: str, *buttons: QWidget) -> None:
        super().__init__()
        self.setProperty("k", "card")
        self.setAccessibleName(heading)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        column = QVBoxLayout(self)
        column.setContentsMargins(EDGE, 20, EDGE, 20)
        column.setSpacing(6)
        column.addWidget(IconLabel(icon, "primary", 26))
        column.addSpacing(8)
        column.addWidget(Text(heading, "h2", wrap=True))
        self.sentence = Text(sentence, "body", "text_muted", wrap=True)
        self.sentence.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.sentence, 1)
        column.addSpacing(8)
        row = QHBoxLayout()
        row.setSpacing(14)
        for button in buttons:
            row.addWidget(button)
        row.addStretch(1)
        column.addLayout(row)


def content_width() -> int:
    """How wide the Start page's content may become."""
    return current_theme().px(932)
