"""The databases that were opened last, each with what is known of it."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from tomsapp.gui.recents import RecentDatabase
from tomsapp.gui.widgets.buttons import Button, IconButton, LinkButton
from tomsapp.gui.widgets.layouts import empty_layout
from tomsapp.gui.widgets.text import Badge, ElidedText, IconLabel, Text, hairline


class RecentList(QFrame):
    """A row for each database: open it, or take it off the list."""

    open_wanted = Signal(str)
    removed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Recent databases")
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(1, 1, 1, 1)
        self._rows.setSpacing(0)

    def show_entries(self, entries: Sequence[RecentDatabase], missing: Collection[str], open_target: str) -> None:
        """List the databases; those in `missing` are not where they were, `open_target` is open now."""
        empty_layout(self._rows)
        self.setProperty("k", "card" if entries else "dashed")
        self.style().unpolish(self)
        self.style().polish(self)
        if not entries:
            self._rows.addWidget(_nothing())
        for place, entry in enumerate(entries):
            if place:
                self._rows.addWidget(hairline())
            row = _RecentRow(entry, is_missing=entry.target in missing, is_open=entry.target == open_target)
            row.open_wanted.connect(self.open_wanted)
            row.removed.connect(self.removed)
            self._rows.addWidget(row)


def _nothing() -> QWidget:
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(20, 14, 20, 14)
    row.setSpacing(14)
    row.addWidget(IconLabel("clock", "text_muted", 24))
    words = QVBoxLayout()
    words.setSpacing(1)
    words.addWidget(Text("No recent databases", "strong"))
    sentence = "Databases that you open are listed here, with the date and the number of contracts."
    words.addWidget(Text(sentence, "note", "text_muted", wrap=True))
    row.addLayout(words, 1)
    return holder


class _RecentRow(QWidget):
    open_wanted = Signal(str)
    removed = Signal(str)

    def __init__(self, entry: RecentDatabase, *, is_missing: bool, is_open: bool) -> None:
        super().__init__()
        self._target = entry.target
        row = QHBoxLayout(self)
        row.setContentsMargins(20, 9, 12, 9)
        row.setSpacing(14)
        row.addWidget(IconLabel("database", "text_muted", 22), 0, Qt.AlignmentFlag.AlignVCenter)
        row.addLayout(self._build_words(entry, can_open=not (is_missing or is_open)), 1)
        if is_missing:
            row.addWidget(Badge("File not found", "warning", "triangle-alert"))
            remove: Button | IconButton = Button("Remove from list", small=True)
            remove.setAccessibleName(f"Remove {entry.name} from the list")
        else:
            if is_open:
                row.addWidget(Badge("Open now", "success", "check"))
            remove = IconButton("x", f"Remove {entry.name} from the list")
        remove.clicked.connect(self._on_remove)
        row.addWidget(remove)

    def _build_words(self, entry: RecentDatabase, *, can_open: bool) -> QVBoxLayout:
        from tomsapp.domain.wording import format_date, plural

        words = QVBoxLayout()
        words.setSpacing(1)
        title = entry.council or entry.name
        opened = entry.opened_on
        facts = [entry.name, plural(entry.contracts, "contract")]
        if opened is not None:
            facts.append(f"opened {format_date(opened.date())}")
        if can_open:
            link = LinkButton(title, role="strong")
            link.setAccessibleName(f"Open {title}, {', '.join(facts)}")
            link.clicked.connect(self._on_open)
            words.addWidget(link, 0, Qt.AlignmentFlag.AlignLeft)
        else:
            words.addWidget(Text(title, "strong"))
        words.addWidget(ElidedText(" · ".join(facts), "note", "text_muted"))
        where = entry.target if entry.is_on_server else entry.target.removesuffix(entry.name).rstrip("/\\")
        words.addWidget(ElidedText(where, "small", "text_muted"))
        return words

    def _on_open(self) -> None:
        self.open_wanted.emit(self._target)

    def _on_remove(self) -> None:
        self.removed.emit(self._target)
