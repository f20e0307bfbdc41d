"""The three ways to begin, as cards."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from tomsapp.gui.named import set_named
from tomsapp.gui.theme import current_theme
from tomsapp.gui.widgets.layouts import STRETCH, in_column, in_row
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
        self.sentence = Text(sentence, "body", "text_muted", wrap=True)
        set_named(self.sentence, alignment="AlignTop|AlignLeft")
        foot = in_row(*buttons, STRETCH, gap=14)
        mark, title = IconLabel(icon, "primary", 26), Text(heading, "h2", wrap=True)
        edges = (EDGE, 20, EDGE, 20)
        in_column(mark, 8, title, (self.sentence, 1), 8, foot, inside=self, margins=edges, gap=6)


def content_width() -> int:
    """How wide the Start page's content may become."""
    return current_theme().px(932)
