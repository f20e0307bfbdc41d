"""The row at the top: menus, search, and the notice of an example database."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QMenuBar, QPushButton, QSizePolicy

from tomsapp.gui.icons import draw_icon
from tomsapp.gui.named import AT_LEFT, AT_RIGHT
from tomsapp.gui.theme import current_theme
from tomsapp.gui.tokens import TOP_BAR_HEIGHT
from tomsapp.gui.widgets.layouts import STRETCH, in_row
from tomsapp.gui.widgets.text import Badge


class SearchButton(QPushButton):
    """Looks like a search field and opens the command palette."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("k", "search")
        self.setProperty("ring_radius", 5)
        self.setAccessibleName("Search, or go to a page")
        self.setAccessibleDescription("Ctrl+K")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        current_theme().follow(self._dress)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the field, then icon, words and key in the muted colour, which the style sheet gives to its text."""
        super().paintEvent(event)
        theme = current_theme()
        size = theme.px(17)
        inner = QRectF(self.rect()).adjusted(12, 0, -11, 0)
        painter = QPainter(self)
        draw_icon(painter, 12, round((self.height() - size) / 2), "search", theme.colours.text_muted, size)
        painter.setFont(theme.font("body"))
        painter.drawText(inner.adjusted(size + 9, 0, 0, 0), AT_LEFT, self.accessibleName())
        painter.setFont(theme.font("small"))
        painter.drawText(inner, AT_RIGHT, "Ctrl K")
        painter.end()

    def _dress(self) -> None:
        self.setMinimumWidth(current_theme().px(280))
        self.setMaximumWidth(current_theme().px(400))


class TopBar(QFrame):
    """Menu bar at the left, search in the middle, notice at the right."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("k", "top_bar")
        self.menu_bar = QMenuBar()
        self.menu_bar.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.search = SearchButton()
        self._notice = Badge("", "info", "info")
        self._notice.hide()
        grid = QGridLayout(self)
        grid.setContentsMargins(13, 0, 16, 0)
        grid.addLayout(in_row(self.menu_bar, STRETCH), 0, 0)
        grid.addWidget(self.search, 0, 1)
        grid.addLayout(in_row(STRETCH, self._notice), 0, 2)
        for column, stretch in ((0, 3), (1, 4), (2, 3)):
            grid.setColumnStretch(column, stretch)
        current_theme().follow(self._dress)

    def set_notice(self, text: str | None) -> None:
        """Show a standing notice, as "Example council, not real", or none."""
        self._notice.setVisible(bool(text))
        if text:
            self._notice.set_state(text, "info")

    def _dress(self) -> None:
        theme = current_theme()
        self.setFixedHeight(theme.px(TOP_BAR_HEIGHT))
        self.menu_bar.setFont(theme.font("body"))
        self.menu_bar.setFixedHeight(theme.px(32))
