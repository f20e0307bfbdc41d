"""The card of the database that is open."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame

from tomsapp.domain.wording import plural
from tomsapp.gui.read_only import warning_rows
from tomsapp.gui.start.cards import EDGE
from tomsapp.gui.start.first_steps import FirstSteps
from tomsapp.gui.widgets.buttons import Button
from tomsapp.gui.widgets.edges import TOP
from tomsapp.gui.widgets.layouts import empty_layout, in_column, in_row
from tomsapp.gui.widgets.text import ElidedText, IconLabel, Text
from tomsapp.services.databases import DatabaseFacts


class OpenCard(QFrame):
    """The database that is open: its name, whose it is, what it holds, and what to know about it."""

    remedy_wanted = Signal(object)
    """What is to be done about a warning, by its key."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("k", "card")
        self._name = Text("", "h2", wrap=True)
        self._facts = Text("", "body", "text_muted", wrap=True)
        self._place = ElidedText("", "note", "text_muted")
        self.go = Button("Go to Contracts", "primary")
        self.steps = FirstSteps()
        self._warnings = in_column(gap=6)
        words = in_column(self._name, self._facts, self._place, gap=2)
        head = in_row((IconLabel("database", "primary", 26), TOP), (words, 1), self.go, gap=16)
        in_column(head, self.steps, self._warnings, inside=self, margins=(EDGE, 16, EDGE, 16), gap=10)

    def show_facts(self, facts: DatabaseFacts) -> None:
        """Show the database that is open."""
        whose = facts.council_name or "No council name yet"
        self._name.setText(whose)
        parts = [facts.name, plural(facts.contracts, "contract")]
        if facts.is_example:
            parts.append("made up, to learn with")
        self._facts.setText(" · ".join(parts))
        self._place.setText(facts.target)
        self.setAccessibleName(f"Open now: {whose}, {', '.join(parts)}")
        self.steps.show_facts(facts)
        # While there are steps to take, they say where to go.
        self.go.setVisible(self.steps.isHidden())
        empty_layout(self._warnings)
        for row in warning_rows(facts):
            row.action_chosen.connect(self.remedy_wanted)
            self._warnings.addWidget(row)
