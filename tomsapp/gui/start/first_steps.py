"""What to do first in a new database: a supplier, a contract, its measures."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from tomsapp.gui.page import NEW
from tomsapp.gui.widgets.buttons import LinkButton
from tomsapp.gui.widgets.edges import LEFT
from tomsapp.gui.widgets.layouts import in_grid
from tomsapp.gui.widgets.text import IconLabel, Text
from tomsapp.services.databases import DatabaseFacts

_INDENT = 42


class FirstSteps(QWidget):
    """Three steps, each a link that goes there, ticked when done; hidden once there are commitments."""

    page_wanted = Signal(str, object)
    """Key of a page and what to show in it."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Next steps")
        self._grid = in_grid(inside=self, margins=(_INDENT, 4, 0, 0), gaps=(10, 6), shares=(0, 0, 0, 1))
        self._targets: tuple[tuple[str, object], ...] = (("suppliers", NEW), ("contracts", NEW), ("contracts", NEW))
        self.links: list[LinkButton] = []
        self._marks: list[tuple[Text, IconLabel]] = []
        self._grid.addWidget(Text("Next steps", "strong"), 0, 0, 1, 4)
        for number, (words, why) in enumerate(_STEPS, 1):
            self._add_step(number, words, why)
        self.hide()

    def _add_step(self, number: int, words: str, why: str) -> None:
        figure, tick = Text(f"{number}", "strong", "text_muted"), IconLabel("circle-check", "success_mark", 18)
        link = LinkButton(words, does=lambda: self.page_wanted.emit(*self._targets[number - 1]))
        for widget in (figure, tick):
            self._grid.addWidget(widget, number, 0, Qt.AlignmentFlag.AlignCenter)
        self._grid.addWidget(link, number, 1, LEFT)
        self._grid.addWidget(Text(why, "note", "text_muted"), number, 2)
        self.links.append(link)
        self._marks.append((figure, tick))

    def show_facts(self, facts: DatabaseFacts) -> None:
        """Tick what is done in the open database."""
        self.setVisible(not facts.commitments)
        # Measures are added to a contract: without one the way leads to its form.
        self._targets = (*self._targets[:2], ("contracts", facts.first_contract or NEW))
        done = (facts.suppliers > 0, facts.contracts > 0, facts.commitments > 0)
        for number, (link, (figure, tick), is_done) in enumerate(zip(self.links, self._marks, done, strict=True), 1):
            figure.setVisible(not is_done)
            tick.setVisible(is_done)
            link.setAccessibleName(f"Step {number}: {link.text()}{', done' if is_done else ''}")


_STEPS = (
    ("Add a supplier", "Who makes the promises."),
    ("Add a contract", "Its value, dates and supplier."),
    ("Add measures", "What is promised in each year, on the contract’s page."),
)
