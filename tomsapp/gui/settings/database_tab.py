"""Where the database is, how large it is, and what keeps it safe."""

from __future__ import annotations

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout

from tomsapp.domain.wording import plural
from tomsapp.gui.database_care import DatabaseCare
from tomsapp.gui.session import Session
from tomsapp.gui.settings.form_column import FormColumn
from tomsapp.gui.widgets.buttons import Button
from tomsapp.gui.widgets.cards import Card
from tomsapp.gui.widgets.layouts import empty_layout
from tomsapp.gui.widgets.problems import ProblemRow
from tomsapp.gui.widgets.text import Text
from tomsapp.services.databases import DatabaseFacts, database_facts


class DatabaseTab(FormColumn):
    """Facts of the open database, and the actions of the File menu for it."""

    def __init__(self, session: Session, care: DatabaseCare) -> None:
        super().__init__("Database")
        self._session = session
        card = Card("The open database")
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(24)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(1, 1)
        self._warnings = QVBoxLayout()
        card.body.addLayout(self._grid)
        card.body.addLayout(self._warnings)
        self.back_up = Button("Back up…")
        self.check = Button("Check")
        self.restore = Button("Restore a backup…")
        row = QHBoxLayout()
        row.setSpacing(8)
        for button, action in ((self.back_up, care.back_up), (self.check, care.check), (self.restore, care.restore)):
            button.clicked.connect(action)
            row.addWidget(button)
        row.addStretch(1)
        card.body.addLayout(row)
        self.column.addWidget(card)
        sentence = (
            "A backup is a whole copy that is read back and checked before it counts as made. "
            "It can be opened like any database."
        )
        self.column.addWidget(Text(sentence, "body", "text_muted", wrap=True))
        self.column.addStretch(1)

    def load(self) -> None:
        """Read what the database holds."""
        self._session.read(database_facts, key="settings-database").success(self._show).start()

    def _show(self, facts: DatabaseFacts) -> None:
        empty_layout(self._grid)
        size = "on a server" if facts.size is None else _size_words(facts.size)
        shown = (
            ("Name", facts.name),
            ("Place", facts.target),
            ("Size", size),
            ("Holds", plural(facts.contracts, "contract")),
        )
        for row, (caption, words) in enumerate(shown):
            self._grid.addWidget(Text(caption, "body", "text_muted"), row, 0)
            self._grid.addWidget(Text(words, wrap=True, selectable=True), row, 1)
        empty_layout(self._warnings)
        for warning in facts.warnings:
            self._warnings.addWidget(ProblemRow("warning", warning))


def _size_words(size: int) -> str:
    return f"{size / 1_000_000:,.1f} MB" if size >= 100_000 else f"{size / 1_000:,.0f} kB"
