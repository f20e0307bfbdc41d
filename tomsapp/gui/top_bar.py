"""The row at the top: menus, search, and the notice of an example database."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QMenuBar, QPushButton, QSizePolicy, QWidget

from tomsapp.gui.theme import current_theme
from tomsapp.gui.tokens import TOP_BAR_HEIGHT
from tomsapp.gui.widgets.text import Badge, IconLabel, Text


class SearchButton(QPushButton):
    """Looks like a search field and opens the command palette."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("k", "search")
        self.setProperty("ring_radius", 5)
        self.setAccessibleName("Search, or go to a page")
        self.setAccessibleDescription("Ctrl+K")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout(self)
        row.setContentsMargins(11, 0, 11, 0)
        row.setSpacing(10)
        for widget, stretch in (
            (IconLabel("search", "text_muted", 17), 0),
            (Text("Search, or go to a page", "body", "text_muted"), 1),
            (Text("Ctrl K", "small", "text_muted"), 0),
        ):
            widget.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            row.addWidget(widget, stretch)
        current_theme().theme_changed.connect(self._dress)
        self._dress()

    def _dress(self) -> None:
        self.setMinimumWidth(current_theme().px(280))
        self.setMaximumWidth(current_theme().px(400))


class TopBar(QFrame):
    """Menu bar at the left, search in the middle, notice at the right."""

    search_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("k", "top_bar")
        self.menu_bar = QMenuBar()
        self.menu_bar.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.search = SearchButton()
        self.search.clicked.connect(self.search_wanted)
        self._notice = Badge("", "info", "info")
        self._notice.hide()
        grid = QGridLayout(self)
        grid.setContentsMargins(13, 0, 16, 0)
        middle, right = Qt.AlignmentFlag.AlignVCenter, Qt.AlignmentFlag.AlignRight
        grid.addWidget(self.menu_bar, 0, 0, middle | Qt.AlignmentFlag.AlignLeft)
        grid.addWidget(self.search, 0, 1)
        grid.addWidget(self._notice, 0, 2, middle | right)
        for column, stretch in ((0, 3), (1, 4), (2, 3)):
            grid.setColumnStretch(column, stretch)
        current_theme().theme_changed.connect(self._dress)
        self._dress()

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
