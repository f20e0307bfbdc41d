"""The second step: the lines of the table beside what is held, with a choice for each."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from tomsapp.gui.importing.answer_bar import AnswerBar
from tomsapp.gui.importing.changed_meanwhile import Changed
from tomsapp.gui.importing.line_details import LineDetails
from tomsapp.gui.importing.lines_rows import ANSWER, NoteRow
from tomsapp.gui.importing.lines_view import LinesView
from tomsapp.gui.widgets.buttons import LinkButton
from tomsapp.gui.widgets.cards import Card
from tomsapp.gui.widgets.dialog_parts import open_once
from tomsapp.gui.widgets.layouts import in_column, in_row
from tomsapp.gui.widgets.text import Text
from tomsapp.services.table_types import MatchedLine, TableView

_REPLACES = "A filled-in file replaces lines, it never doubles them."
_ADDS = "The lines come in beside those that are there."


class LinesStep(QWidget):
    """The comparison, and the bar in which a question is answered."""

    beside_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.view, self.answers = LinesView(), AnswerBar()
        self._said = Text(_REPLACES, "note", "text_muted")
        self.beside = LinkButton("Add beside instead", role="note", does=self.beside_wanted)
        card = Card()
        card.fill(self.view)
        head = in_row((None, 1), self._said, self.beside, gap=8)
        in_column(head, (card, 1), self.answers, inside=self, margins=(24, 10, 16, 10), gap=8)
        self._shown: TableView | None = None
        self._is_stale = False
        self._changed: Changed = {}
        self.view.answer_wanted.connect(self._on_answer_wanted)
        self.view.details_wanted.connect(self._on_details_wanted)

    def show_lines(self, shown: TableView, changed: Changed | None = None) -> None:
        """Show the lines with other choices; `changed` are the cells that somebody changed meanwhile."""
        self._shown, self._changed, self._is_stale = shown, changed or {}, True
        if self.isVisible():
            self._refresh(shown)

    def showEvent(self, event: QShowEvent) -> None:
        """Show the lines as they are by now: nobody sees them while the table is corrected."""
        if self._shown is not None:
            self._refresh(self._shown)
        super().showEvent(event)

    def _refresh(self, shown: TableView) -> None:
        if not self._is_stale:
            return
        self._is_stale = False
        choices = shown.state.choices
        keys = (*(one.key for one in shown.to_decide), *choices)
        asked = {key.removeprefix(ANSWER) for key in keys if key.startswith(ANSWER)}
        self.view.show_lines(shown, asked, self._changed)
        self._said.setText(_ADDS if shown.state.is_beside else _REPLACES)
        self.beside.setText("Replace instead" if shown.state.is_beside else "Add beside instead")

    def ask(self, key: str) -> None:
        """Ask the question of a key, of the file as a whole or of a line."""
        shown = self._shown
        if shown is None:
            return
        problems = (*shown.problems, *(problem for line in shown.lines for problem in line.problems))
        found = next((problem for problem in problems if problem.key == key), None)
        if found is not None:
            self.answers.ask(key, f"{found.message}.", shown.state.choices.get(f"{ANSWER}{key}", ""))

    def take_keyboard(self) -> None:
        """Begin in the comparison."""
        self.view.setFocus()

    def _on_answer_wanted(self, row: NoteRow) -> None:
        self.ask(row.problem.key)

    def _on_details_wanted(self, line: MatchedLine) -> None:
        open_once(LineDetails(line, self._changed, self))
