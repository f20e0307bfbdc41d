"""The panel beside the history: one change in full, and the way to its record."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame

from tomsapp.domain.history import NOTED
from tomsapp.domain.wording import format_moment
from tomsapp.gui.registry import Place, place_of
from tomsapp.gui.tokens import FontRole
from tomsapp.gui.widgets.buttons import Button
from tomsapp.gui.widgets.edges import LEFT
from tomsapp.gui.widgets.feedback import EmptyState
from tomsapp.gui.widgets.layouts import STRETCH, empty_layout, holding, in_column
from tomsapp.gui.widgets.scroll_area import ScrollArea
from tomsapp.gui.widgets.text import Text, hairline
from tomsapp.services.history_lines import HistoryLine


class HistoryPanel(QFrame):
    """Says who changed what and when, each fact before and after."""

    wants_page = Signal(str, object)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("The chosen change")
        self._place: Place | None = None
        self.heading = Text("", "h2", wrap=True, selectable=True)
        self.open_button = Button("Open the record", icon_name="arrow-up-right", does=self.open_record)
        self._told = in_column(gap=4)
        parts = (self.heading, self._told, (self.open_button, LEFT), STRETCH)
        column = in_column(*parts, margins=(20, 16, 20, 16), gap=12)
        self._area = ScrollArea("The chosen change", holding(column), only_down=True)
        self._nothing = EmptyState("history", "No change chosen", "Choose one in the list to read all of it.")
        in_column(self._area, self._nothing, inside=self)
        self.show_line(None)

    def show_line(self, line: HistoryLine | None) -> None:
        """Show a change, or that none is chosen."""
        self._area.setVisible(line is not None)
        self._nothing.setVisible(line is None)
        empty_layout(self._told)
        self._place = place_of(line.kind, line.record_id, line.contract_id) if line else None
        self.open_button.setVisible(self._place is not None)
        if line is None:
            return
        if self._place is not None:
            self.open_button.setText(self._place.words)
        self.heading.setText(line.record or line.part)
        beside = [part for part in (line.part, line.about) if part and (line.record or part != line.part)]
        if beside:
            self._say(" · ".join(beside), "note_strong")
        self._say(f"{format_moment(line.at)}, {line.who}", "note", "text_muted")
        if line.what:
            self._say(line.what, "note", "text_muted")
        if line.taken_in is not None:
            self._say(f"By the server’s clock {format_moment(line.taken_in)}, login {line.login}", "note", "text_muted")
        self._told.addWidget(hairline())
        if line.action in {"deleted", "restored", NOTED} or not line.facts:
            self._say(line.text)
        for fact in line.facts:
            self._say(fact.fact, "note_strong")
            if line.action != "added":
                self._say(fact.before or "none", "note", "text_muted")
            self._say(f"→ {fact.after or 'none'}" if line.action != "added" else fact.after, "note")

    def _say(self, words: str, role: FontRole = "body", tone: str = "text") -> None:
        self._told.addWidget(Text(words, role, tone, wrap=True, selectable=True))

    def open_record(self) -> None:
        """Go to the page of the record."""
        if self._place is not None:
            self.wants_page.emit(self._place.page, self._place.target)
