"""Where the database is, how large it is, and what keeps it safe."""

from __future__ import annotations

from tomsapp.domain.wording import plural
from tomsapp.gui.database_care import DatabaseCare
from tomsapp.gui.read_only import warning_rows
from tomsapp.gui.session import Session
from tomsapp.gui.settings.form_column import FormColumn
from tomsapp.gui.widgets.buttons import Button
from tomsapp.gui.widgets.cards import Card
from tomsapp.gui.widgets.layouts import STRETCH, empty_layout, in_column, in_grid, in_row
from tomsapp.gui.widgets.text import Text
from tomsapp.services.databases import DatabaseFacts, database_facts


class DatabaseTab(FormColumn):
    """Facts of the open database, and the actions of the File menu for it."""

    def __init__(self, session: Session, care: DatabaseCare) -> None:
        super().__init__("Database")
        self._session, self._care = session, care
        card = Card("The open database")
        self._grid = in_grid(gaps=(24, 6), shares=(0, 1))
        self._warnings = in_column()
        self.back_up = Button("Back up…", does=care.back_up)
        self.check = Button("Check", does=care.check)
        self.check_against = Button("Check against a paper…", does=care.check_against)
        self.restore = Button("Restore a backup…", does=care.restore)
        buttons = in_row(self.back_up, self.check, self.check_against, self.restore, STRETCH, gap=8)
        for layout in (self._grid, self._warnings, buttons):
            card.body.addLayout(layout)
        sentence = (
            "A backup is a whole copy that is read back and checked before it counts as made. "
            "It can be opened like any database."
        )
        self.fill(card, Text(sentence, "body", "text_muted", wrap=True))

    def load(self) -> None:
        """Read what the database holds."""
        self._session.read(database_facts, key="settings-database").success(self._show).start()

    def _show(self, facts: DatabaseFacts) -> None:
        empty_layout(self._grid)
        size = "on a server"
        if facts.size is not None:
            is_large = facts.size >= 100_000
            size = f"{facts.size / 1_000_000:,.1f} MB" if is_large else f"{facts.size / 1_000:,.0f} kB"
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
        for warning in warning_rows(facts):
            warning.action_chosen.connect(self._care.put_right)
            self._warnings.addWidget(warning)
