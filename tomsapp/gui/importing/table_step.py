"""The first step: the table as the file shows it, what was found in it, and what might be left out."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from tomsapp.domain.problems import Problem, Severity
from tomsapp.domain.wording import plural
from tomsapp.gui.importing.left_out_list import LeftOutList
from tomsapp.gui.importing.lines_rows import ANSWER
from tomsapp.gui.importing.more_bar import MoreBar
from tomsapp.gui.importing.sheet_model import ShownSheet
from tomsapp.gui.importing.sheet_tabs import SheetTabs
from tomsapp.gui.importing.sheet_view import SheetView
from tomsapp.gui.theme import current_theme
from tomsapp.gui.widgets.buttons import LinkButton
from tomsapp.gui.widgets.cards import Card
from tomsapp.gui.widgets.edges import RIGHT
from tomsapp.gui.widgets.layouts import empty_layout, holding, in_column, in_row
from tomsapp.gui.widgets.problems import LEVELS, ProblemRow
from tomsapp.gui.widgets.scroll_area import ScrollArea
from tomsapp.gui.widgets.text import Text
from tomsapp.services.table_import import ColumnUse, Grid, LeftOut
from tomsapp.services.table_types import TableView

_MOST_SAID, _SIDES = 108, 60


class TableStep(QWidget):
    """Sheets, the shown one, and the strip of what is left out or hidden."""

    answer_wanted = Signal(str)
    """The key of a question of the file as a whole."""

    def __init__(self) -> None:
        super().__init__()
        self.tabs, self.view, self.left_out, self.more = SheetTabs(), SheetView(), LeftOutList(), MoreBar()
        self.guesses = LinkButton("", role="note", does=self._next_guess)
        self._hint = Text("Point at a row or a label to correct it", "note", "text_muted")
        self._problems = in_column(gap=4)
        self._said = ScrollArea("What is said of the file", holding(self._problems), only_down=True)
        self._said.hide()
        right = in_column((self.guesses, RIGHT), (self._hint, RIGHT), gap=0)
        head = in_row((self.tabs, 1), right, gap=8)
        card = Card()
        card.fill(self.view)
        in_column(head, self._said, (card, 1), self.left_out, self.more, inside=self, margins=(24, 8, 16, 10), gap=8)
        self._shown: TableView | None = None
        self._uses: Sequence[ColumnUse] = ()
        self._at_guess = -1
        self.tabs.chosen.connect(lambda _name: self._show_sheet())
        self.left_out.pointed.connect(self._on_pointed)

    def show_table(self, shown: TableView, uses: Sequence[ColumnUse]) -> None:
        """Show the table with other labels and choices."""
        self._shown, self._uses = shown, uses
        labels, book = shown.state.labels.sheets, shown.state.table.book
        names = [sheet.name for sheet in labels]
        current = self.tabs.current if self.tabs.current in names else _first(shown)
        self.tabs.show_sheets(labels, [grid.name for grid in book.hidden], current)
        self.left_out.show_things(shown.left_out, shown.state.choices)
        self._say_problems(shown)
        number = len(shown.guessed)
        self.guesses.setVisible(bool(number))
        self.guesses.setText(f"{plural(number, 'cell')} read with a guess")
        self._show_sheet()

    def go_to(self, sheet: str, row: int | None, column: int | None, key: str) -> None:
        """Move to a cell, or to the choice about it."""
        if sheet and sheet != self.tabs.current:
            self.tabs.show_sheet(sheet)
        if row is not None or column is not None:
            self.view.go_to(row, column)
        self.left_out.go_to(key)

    def ask_more(self, key: str, option: str, offered: Sequence[tuple[str, str]]) -> None:
        """Ask for what a decision needs beside."""
        if self._shown is not None:
            self.left_out.show_things(self._shown.left_out, self._shown.state.choices)
        self.more.ask(key, option, offered)

    def take_keyboard(self) -> None:
        """Begin in the sheet."""
        self.view.setFocus()

    def _show_sheet(self) -> None:
        shown = self._shown
        if shown is None:
            return
        name = self.tabs.current
        to_decide = [one for one in shown.left_out if one.sheet == name and not one.chosen(shown.state.choices)]
        sheet = ShownSheet(
            _grid(shown, name),
            shown.state.labels.sheet(name),
            {use.key: use for use in self._uses},
            [one for one in shown.guessed if one.sheet == name],
            to_decide,
        )
        self.view.show_sheet(sheet, self._uses)

    def _say_problems(self, shown: TableView) -> None:
        empty_layout(self._problems)
        told = [one for one in shown.problems if one.severity is not Severity.NOTE]
        asked = {one.key for one in shown.to_decide}
        for problem in told:
            self._problems.addWidget(self._problem_row(problem, shown, is_asked=f"{ANSWER}{problem.key}" in asked))
        self._said.setVisible(bool(told))
        wanted = max(self._problems.totalHeightForWidth(max(self.width() - _SIDES, 1)), 0)
        self._said.setFixedHeight(min(wanted, current_theme().px(_MOST_SAID)))

    def _problem_row(self, problem: Problem, shown: TableView, *, is_asked: bool) -> ProblemRow:
        answer = shown.state.choices.get(f"{ANSWER}{problem.key}", "")
        words = f"{problem} Answered: {answer}" if answer else str(problem)
        links = [(problem.key, "Change the answer" if answer else "Answer")] if is_asked or answer else []
        row = ProblemRow(LEVELS[problem.severity], words, links)
        row.action_chosen.connect(lambda key: self.answer_wanted.emit(str(key)))
        return row

    def _next_guess(self) -> None:
        """Go to the next cell that was read with a guess."""
        if self._shown is None or not self._shown.guessed:
            return
        self._at_guess = (self._at_guess + 1) % len(self._shown.guessed)
        found = self._shown.guessed[self._at_guess]
        self.go_to(found.sheet, found.row, found.column, "")
        self._hint.setText(found.words)

    def _on_pointed(self, thing: LeftOut) -> None:
        self.go_to(thing.sheet, thing.row, thing.column, "")


def _first(shown: TableView) -> str:
    """The first sheet that is read, else the first."""
    labels = shown.state.labels.sheets
    return next((sheet.name for sheet in labels if sheet.is_read), labels[0].name if labels else "")


def _grid(shown: TableView, name: str) -> Grid:
    return shown.state.table.book.by_name[name]
