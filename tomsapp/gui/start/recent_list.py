"""The databases that were opened last, each with what is known of it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from PySide6 import QtCore
from PySide6.QtCore import Signal
from PySide6.QtGui import QEnterEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from tomsapp.config.recents import RecentDatabase
from tomsapp.gui.theme import restyle
from tomsapp.gui.widgets.buttons import Button, ElidedButton, IconButton
from tomsapp.gui.widgets.layouts import STRETCH, Part, empty_layout, holding, in_column, in_row
from tomsapp.gui.widgets.text import Badge, ElidedText, IconLabel, Text, hairline
from tomsapp.services.addresses import is_server


class RecentList(QFrame):
    """A row for each database: open it, or take it off the list."""

    open_wanted = Signal(str)
    removed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Recent databases")
        self._rows = in_column(inside=self, margins=(1, 1, 1, 1), gap=0)

    def show_entries(self, entries: Sequence[RecentDatabase], missing: Collection[str], open_target: str) -> None:
        """List the databases; those in `missing` are not where they were, `open_target` is open now."""
        empty_layout(self._rows)
        restyle(self, "k", "card" if entries else "dashed")
        if not entries:
            self._rows.addWidget(_nothing())
        for place, entry in enumerate(entries):
            if place:
                self._rows.addWidget(hairline())
            row = self._build_row(entry, is_missing=entry.target in missing, is_open=entry.target == open_target)
            self._rows.addWidget(row)

    def _build_row(self, entry: RecentDatabase, *, is_missing: bool, is_open: bool) -> QWidget:
        badge = Badge("Open now", "success", "check") if is_open else None
        words = f"Remove {entry.name} from the list"
        remove: Button | IconButton = IconButton("x", words, does=lambda: self.removed.emit(entry.target))
        if is_missing:
            badge = Badge("File not found", "warning", "triangle-alert")
            remove = Button("Remove from list", small=True, does=lambda: self.removed.emit(entry.target))
            remove.setAccessibleName(words)
        can_open = not (is_missing or is_open)
        row = _Row(lambda: self.open_wanted.emit(entry.target)) if can_open else QWidget()
        told = self._build_words(entry, can_open=can_open)
        icon = IconLabel("database", "text_muted", 22)
        in_row(icon, (told, 1), badge, remove, inside=row, margins=(20, 9, 12, 9), gap=14)
        return row

    def _build_words(self, entry: RecentDatabase, *, can_open: bool) -> QVBoxLayout:
        from tomsapp.domain.wording import format_date, plural

        title = entry.council or entry.name
        opened = entry.opened_on
        facts = [entry.name, plural(entry.contracts, "contract")]
        if opened is not None:
            facts.append(f"opened {format_date(opened.date())}")
        head: Part = Text(title, "strong")
        if can_open:
            link = ElidedButton(title, role="strong", does=lambda: self.open_wanted.emit(entry.target))
            link.setAccessibleName(f"Open {title}, {', '.join(facts)}")
            head = in_row(link, STRETCH)
        where = entry.target if is_server(entry.target) else entry.target.removesuffix(entry.name).rstrip("/\\")
        told = ElidedText(" · ".join(facts), "note", "text_muted")
        return in_column(head, told, ElidedText(where, "small", "text_muted"), gap=1)


class _Row(QWidget):
    """A row that a click anywhere opens; with the keyboard its link does."""

    def __init__(self, does: Callable[[], object]) -> None:
        super().__init__()
        self._does = does

    def enterEvent(self, event: QEnterEvent) -> None:
        """Show a hand."""
        self.setCursor(QtCore.Qt.CursorShape.PointingHandCursor)
        super().enterEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Open what the row names, if the button was let go over it."""
        if event.button() == QtCore.Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self._does()


def _nothing() -> QWidget:
    sentence = "Databases that you open are listed here, with the date and the number of contracts."
    why = Text(sentence, "note", "text_muted", wrap=True)
    words = in_column(Text("No recent databases", "strong"), why, gap=1)
    return holding(in_row(IconLabel("clock", "text_muted", 24), (words, 1), margins=(20, 14, 20, 14), gap=14))
