"""What opens in the panel beside the grid: explanations, line details, declarations; and the way back."""

from __future__ import annotations

from functools import cached_property

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from tomsapp.domain.commitment import COMMITMENT, Commitment
from tomsapp.domain.history import Stored
from tomsapp.domain.problems import Answer
from tomsapp.gui.contract.answer_form import AnswerForm
from tomsapp.gui.contract.details_form import DetailsForm
from tomsapp.gui.contract.editor import ContractEditor
from tomsapp.gui.contract.figures import Figure
from tomsapp.gui.contract.full_time_dialog import FullTimeDialog
from tomsapp.gui.contract.grid_table import GridTable
from tomsapp.gui.contract.line_actions import LineActions
from tomsapp.gui.contract.panel import ContractPanel
from tomsapp.gui.dialogs.conflict import Conflict
from tomsapp.gui.session import Session
from tomsapp.gui.widgets.dialog_parts import open_once


class SideForms(QObject):
    """Opens forms in the panel with the keyboard in them, and gives it back to where it came from."""

    wants_panel = Signal(bool)
    """Open the panel, or close it when it is a sheet."""
    award_wanted = Signal()
    """The tender is to be shown in which the contract was awarded."""

    def __init__(self, session: Session, editor: ContractEditor, actions: LineActions, home: GridTable) -> None:
        super().__init__()
        self._session, self._editor, self._actions, self._home = session, editor, actions, home
        self._came_from: QWidget | None = None
        self.panel = ContractPanel()
        editor.loaded.connect(self._on_loaded)
        self.panel.left.connect(self._give_focus_back)

    # Each form is made when it is first opened

    @cached_property
    def details(self) -> DetailsForm:
        """The details of a line."""
        form = DetailsForm(self._session)
        form.saved.connect(self._on_details_saved)
        form.clashed.connect(self._on_details_clashed)
        form.full_time_wanted.connect(self._ask_full_time)
        form.closed.connect(self.close)
        form.award_wanted.connect(self.award_wanted)
        return form

    @cached_property
    def answers(self) -> AnswerForm:
        """The answer to what the checks ask."""
        form = AnswerForm()
        form.answered.connect(self._on_answered)
        form.closed.connect(self.close)
        return form

    def _ask_full_time(self) -> None:
        """Work out the quantity of the line whose details are open, in the year that the grid is at."""
        number, contents = self.details.line_id, self._editor.contents
        if number is None or contents is None or not contents.years:
            return
        key, year = str(number), self._home.grid.year_of(self._home.currentIndex().column()) or 0
        dialog = FullTimeDialog(contents.years, year, self._home.window())
        dialog.worked_out.connect(
            lambda quantity, years: self._editor.set_quantities({(key, each): quantity for each in years})
        )
        open_once(dialog)

    def explain(self, figure: Figure) -> None:
        """Show how a figure came about, with the keyboard on it."""
        self._remember_focus()
        self.wants_panel.emit(True)
        self.panel.show_figure(figure)

    def show_details(self, key: str, field: str) -> None:
        """Open the details of a line, in one of its fields; of a signed contract they are read."""
        if self._show_line(key):
            self._show(self.details)
            self.details.focus_field(field)

    def _show_line(self, key: str) -> bool:
        opened, line = self._editor.opened, self._editor.shown(key)
        if opened is None or line is None:
            return False
        kind, is_locked = opened.contract.kind, opened.is_locked
        self.details.show_line(line, self._editor.measure_of(key), kind, opened.area, is_locked=is_locked)
        award = opened.award
        came = award is not None and award.line_of(line.id) is not None
        self.details.show_origin(award.words if award is not None and came else "")
        return True

    def _on_loaded(self) -> None:
        """Show what others changed in the line whose details are open."""
        number = self.details.line_id if "details" in self.__dict__ else None
        if number is not None and not self._show_line(str(number)):
            self.details.show_removed()

    def show_answer(self, form: QWidget) -> None:
        """Open the form for an answer."""
        self._show(form)
        self.answers.focus_field()

    def close(self) -> None:
        """Show the policy checks and the explanation again."""
        self.panel.show_form(None)
        self._give_focus_back()

    def _show(self, form: QWidget) -> None:
        self._remember_focus()
        self.panel.show_form(form)
        self.wants_panel.emit(True)

    def _on_details_saved(self, before: Stored[Commitment], line: Commitment) -> None:
        self.close()
        # Quantities may have been typed since, beside the form.
        now = self._editor.commitment(line.key)
        if now is not None:
            self._editor.save({line.key: COMMITMENT.put_over(before.record, line, now)})

    def _on_details_clashed(self, theirs: Stored[Commitment], line: Commitment) -> None:
        """Both changed the same facts: the user sees both versions and chooses."""

        def save_mine() -> None:
            self.details.hand_on(theirs, line)

        self._editor.conflict_found.emit(Conflict(line, theirs, self.details.discard, save_mine))

    def _on_answered(self, key: str, answer: Answer) -> None:
        self.close()
        self._actions.answer(key, answer)

    def _remember_focus(self) -> None:
        focused = self._home.window().focusWidget()
        if focused is not None and not self.panel.isAncestorOf(focused):
            self._came_from = focused

    def _give_focus_back(self) -> None:
        self.wants_panel.emit(False)
        (self._came_from or self._home).setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._came_from = None
