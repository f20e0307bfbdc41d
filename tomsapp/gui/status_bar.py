"""The row at the bottom: what is saved, where, in which menu, by whom."""

from __future__ import annotations

from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from tomsapp.gui.named import set_named
from tomsapp.gui.theme import current_theme
from tomsapp.gui.tokens import STATUS_HEIGHT
from tomsapp.gui.widgets.layouts import STRETCH, in_row
from tomsapp.gui.widgets.text import ElidedText, IconLabel, Text

_NO_DATABASE = "No database is open"


class StatusBar(QFrame):
    """Saved state and database at the left, menu edition and user at the right; F6 reaches it."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("k", "status_bar")
        self.setProperty("draws_own_ring", True)
        set_named(self, focusPolicy="ClickFocus")
        self._saved_icon = IconLabel("circle-check", "success_mark", 16)
        self._saved = ElidedText("", "small", "text_muted")
        self._saved.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self._between = QWidget()
        self._between.setFixedWidth(13)
        self._database_icon = IconLabel("database", "text_muted", 16)
        self._database = Text("", "small", "text_muted")
        self._menu = Text("", "small", "text_muted")
        self._user = Text("", "small", "text_muted")
        left = self._saved_icon, self._saved, self._between, self._database_icon, self._database
        in_row(*left, STRETCH, self._menu, 20, self._user, inside=self, margins=(16, 0, 16, 0), gap=7)
        current_theme().follow(self._dress)
        self.set_database(None)

    def set_saved(
        self, text: str, *, icon: str = "circle-check", tone: str = "success_mark", tooltip: str = ""
    ) -> None:
        """Say what is saved, as "All saved in larkmere.db. Safe to copy."."""
        self._saved.setText(text)
        self._saved_icon.set_icon(icon, tone)
        self._saved_icon.setToolTip(tooltip)
        for widget in (self._saved_icon, self._saved, self._between):
            widget.setVisible(bool(text))
        self._tell()

    @property
    def saved(self) -> str:
        """What is said of what is saved."""
        return self._saved.whole

    def set_database(self, name: str | None, tooltip: str = "", caution: str = "") -> None:
        """Say which database is open, and what of the way to it is not as safe as it could be."""
        self._database_icon.setVisible(name is not None)
        self._database_icon.set_icon(*(("triangle-alert", "warning_mark") if caution else ("database", "text_muted")))
        self._database.setText(f"{name}, {caution}" if name and caution else name or "")
        self._database.setToolTip(tooltip)
        if name is None:
            self.set_saved(_NO_DATABASE)
            self._saved_icon.hide()
            self.set_menu("")
        elif self.saved == _NO_DATABASE:
            self.set_saved("")
        self._tell()

    def set_menu(self, text: str) -> None:
        """Say which menu edition rules what is shown, as "Menu barnet-open 2026.2, 2024 prices"."""
        self._menu.setText(text)
        self._tell()

    def set_user(self, name: str) -> None:
        """Say who is at work, as "Signed in as A. Okafor"."""
        self._user.setText(f"Signed in as {name}")
        self._tell()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the bar and, inside it, the focus ring."""
        super().paintEvent(event)
        if self.hasFocus():
            painter = QPainter(self)
            painter.setPen(QPen(QColor(current_theme().colours.focus), 2))
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))
            painter.end()

    def _tell(self) -> None:
        parts = [self.saved, *(label.text() for label in (self._database, self._menu, self._user))]
        parts = [part.removesuffix(".") for part in parts]
        self.setAccessibleName("Status: " + ". ".join(part for part in parts if part))

    def _dress(self) -> None:
        self.setFixedHeight(current_theme().px(STATUS_HEIGHT))
