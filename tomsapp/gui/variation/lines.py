"""The lines of a contract with a variation, as a grid by year, and what is done to whole lines."""

from __future__ import annotations

from typing import assert_never

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from tomsapp.gui.contract.grid_model import FIRST_YEAR, GridModel
from tomsapp.gui.contract.grid_table import GridTable
from tomsapp.gui.contract.paste import read_block
from tomsapp.gui.contract.paste_dialog import PasteDialog
from tomsapp.gui.contract.problem_rows import ProblemAction, ProblemRow, Verb
from tomsapp.gui.contract.rows import LineRow
from tomsapp.gui.contract.years_bar import YearsBar
from tomsapp.gui.variation.editor import VariationEditor
from tomsapp.gui.variation.line_dialog import LineDialog
from tomsapp.gui.widgets.buttons import Button
from tomsapp.gui.widgets.cards import Card
from tomsapp.gui.widgets.dialog_parts import open_once
from tomsapp.gui.widgets.layouts import in_column, in_row
from tomsapp.gui.widgets.text import Text


class VariationLines(QWidget):
    """The grid of a contract page on the lines as they would be; Delete ends a line."""

    picker_wanted = Signal()

    def __init__(self, editor: VariationEditor) -> None:
        super().__init__()
        self._editor = editor
        self.model = GridModel()
        self.table = GridTable(self.model)
        self.table.setAccessibleName("Lines with the variation")
        self.table.setAccessibleDescription("Tab goes to the next quantity, Ctrl+Tab leaves the grid")
        self.years = YearsBar()
        self.years.hide()
        self.add_button = Button("Add measures", icon_name="plus", small=True, does=self.picker_wanted)
        self.details_button = Button("Details…", small=True, does=lambda: self._details(self._key, ""))
        self.end_button = Button("End line", small=True, does=lambda: self._end([self._key]))
        self.leave_button = Button("Leave as it was", small=True, does=lambda: self._leave([self._key]))
        buttons = self.add_button, self.details_button, self.end_button, self.leave_button
        for button in buttons:
            button.setAutoDefault(False)
        card = Card()
        card.body.setSpacing(0)
        card.body.addWidget(self.years)
        card.fill(self.table)
        head = in_row((Text("Lines by year", "h3"), 1), *buttons, gap=8)
        in_column(head, (card, 1), inside=self, gap=8)
        self._connect()

    def _connect(self) -> None:
        table, editor = self.table, self._editor
        self.model.quantity_typed.connect(editor.type_quantity)
        table.cleared.connect(lambda cells: editor.set_quantities(dict.fromkeys(cells)))
        table.filled_right.connect(editor.fill_cells)
        table.paste_wanted.connect(self._paste)
        table.details_wanted.connect(self._details)
        table.remove_wanted.connect(self._end)
        table.action_chosen.connect(self._do)
        table.years_moved.connect(self._on_years_moved)
        self.years.first_wanted.connect(table.set_first_year)
        table.selectionModel().currentChanged.connect(lambda _now, _before: self._say_buttons())

    def show_lines(self) -> None:
        """Show the lines as they are typed."""
        contents = self._editor.contents
        if contents is not None:
            self.model.set_contents(contents)
            if not self.table.currentIndex().isValid():
                first = next((row for row in range(self.model.rowCount()) if self.model.line_at(row)), None)
                if first is not None:
                    self.table.go_to(first, FIRST_YEAR)
        self._say_buttons()

    @property
    def _key(self) -> str:
        line = self.table.current_line()
        return line.commitment.key if line else ""

    def _say_buttons(self) -> None:
        """Offer what can be done with the line that the cursor is on."""
        key = self._key
        said = self._editor.variation.line_of(key) if key else None
        self.details_button.setEnabled(bool(key))
        self.end_button.setEnabled(bool(key) and not (said and (said.is_ended or said.is_added)))
        self.leave_button.setText("Take out" if said and said.is_added else "Leave as it was")
        self.leave_button.setEnabled(said is not None)

    # What the user does

    def go_to_first_problem(self) -> None:
        """Move the cursor to the first line in which something must be put right."""
        for place, row in enumerate(self.model.rows):
            if isinstance(row, ProblemRow) or (isinstance(row, LineRow) and row.hint):
                self.table.setFocus(Qt.FocusReason.ShortcutFocusReason)
                self.table.go_to(place, 0)
                return

    def _end(self, keys: list[str]) -> None:
        self._editor.end_lines([key for key in keys if key])

    def _leave(self, keys: list[str]) -> None:
        self._editor.leave_lines([key for key in keys if key])

    def _details(self, key: str, field: str) -> None:
        line, one = self._editor.line(key), self._editor.one
        if line is not None and one is not None:
            dialog = LineDialog(line, one, field, self.window())
            dialog.saved.connect(self._editor.save_line)
            open_once(dialog)

    def _paste(self, text: str, row: int, column: int) -> None:
        block = read_block(text, self.model, row, column)
        if not block.bad:
            self._editor.set_quantities(block.quantities)
            return
        dialog = PasteDialog(block, self.window())
        dialog.accepted.connect(lambda: self._editor.set_quantities(block.quantities))
        open_once(dialog)

    def _do(self, row: ProblemRow, action: ProblemAction) -> None:
        """Do what a link of an error says; what is asked is answered in no variation."""
        key = row.commitment
        match action.verb:
            case Verb.USE:
                self._editor.type_quantity(key, action.years[0], action.text)
            case Verb.CLEAR:
                self._editor.set_quantities({(key, year): None for year in action.years})
            case Verb.GO_TO_CELL | Verb.GO_TO_FACTS:
                place = self.model.row_of(f"line:{key}")
                if place is not None:
                    self.table.setFocus(Qt.FocusReason.ShortcutFocusReason)
                    self.table.go_to(place, FIRST_YEAR + (action.years[0] if action.years else 0))
            case Verb.GO_TO_DETAILS | Verb.ANSWER | Verb.REOPEN:
                self._details(key, action.field)
            case Verb.REMOVE:
                self._end([key])
            case _:
                assert_never(action.verb)

    def _on_years_moved(self) -> None:
        self.years.show_years([year.label for year in self.model.years], self.table.first_year, self.table.shown_years)
