"""Stepping through open problems, and doing what their links say."""

from __future__ import annotations

from collections.abc import Callable
from typing import assert_never

from PySide6.QtCore import QObject, Qt, Signal

from tomsapp.domain.checks.clashes import single_pairs
from tomsapp.gui.contract.answer_form import AnswerForm
from tomsapp.gui.contract.editor import ContractEditor
from tomsapp.gui.contract.grid_model import FIRST_YEAR
from tomsapp.gui.contract.grid_table import GridTable
from tomsapp.gui.contract.line_actions import LineActions
from tomsapp.gui.contract.problem_rows import ProblemAction, ProblemRow, Verb
from tomsapp.gui.contract.rows import LineRow


class ProblemHandling(QObject):
    """Answers, clears, goes to fields; the page shows the forms."""

    details_wanted = Signal(str, str)
    """A commitment's key and the field to start in."""
    facts_wanted = Signal(str)
    """The field of the contract's facts to go to."""
    form_wanted = Signal(object)
    """A form to show in the panel."""

    def __init__(
        self, editor: ContractEditor, actions: LineActions, table: GridTable, form: Callable[[], AnswerForm]
    ) -> None:
        super().__init__()
        self._editor, self._actions, self._table, self._form = editor, actions, table, form
        table.action_chosen.connect(self.do)

    # Stepping

    def step(self, by: int) -> None:
        """Go to the next (or last) open problem, round the end; folded groups are unfolded for it."""
        model = self._table.grid
        if model.folded:
            model.set_folded(frozenset())
        open_rows = [
            place
            for place, row in enumerate(model.rows)
            if (isinstance(row, ProblemRow) and not row.is_answered and row.level != "info")
            or (isinstance(row, LineRow) and row.hint)
        ]
        if not open_rows:
            return
        here = self._table.currentIndex().row()
        ahead = [place for place in open_rows if (place > here if by > 0 else place < here)]
        target = (ahead or open_rows)[0 if by > 0 else -1]
        self._table.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._table.go_to(target, 0)

    # Actions

    def do(self, row: ProblemRow, action: ProblemAction) -> None:
        """Do what a link of a problem row says."""
        key = row.commitment
        match action.verb:
            case Verb.ANSWER:
                self._answer(row)
            case Verb.REOPEN:
                self._reopen(row)
            case Verb.USE:
                self._editor.type_quantity(key, action.years[0], action.text)
            case Verb.CLEAR:
                self._editor.set_quantities({(key, year): None for year in action.years})
            case Verb.GO_TO_CELL:
                self._go_to_cell(key, action.years[0] if action.years else 0)
            case Verb.GO_TO_DETAILS:
                self.details_wanted.emit(key, action.field)
            case Verb.GO_TO_FACTS:
                self.facts_wanted.emit(action.field)
            case Verb.REMOVE:
                self._actions.remove([key])
            case _:
                assert_never(action.verb)

    def _answer(self, row: ProblemRow) -> None:
        checked = self._editor.checked
        if row.problem is not None and checked is not None:
            form = self._form()
            form.ask(row.problem, single_pairs(row.problem, checked.valuation))
            self.form_wanted.emit(form)

    def _reopen(self, row: ProblemRow) -> None:
        problem, opened = row.problem, self._editor.opened
        if problem is None or problem.answer is None or opened is None:
            return
        # The answer may have been given to more pairs than the row tells, or in another group.
        given = next((key for key, answer in opened.answers.items() if answer == problem.answer), problem.key)
        self._actions.reopen_answer(problem.key if problem.key in opened.answers else given, problem.answer)

    def _go_to_cell(self, key: str, year: int) -> None:
        place = self._table.grid.row_of(f"line:{key}")
        if place is not None:
            self._table.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self._table.go_to(place, FIRST_YEAR + year)
