"""The answer to a warning: a choice with its reason, beside what it asks about and what was answered before."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent

from tomsapp.domain.checks.answering import choices_of
from tomsapp.domain.checks.clashes import clashing_codes
from tomsapp.domain.checks.given import in_full
from tomsapp.domain.checks.words import DECLARED, HOW_YOU_KNOW, REASON_SHORT
from tomsapp.domain.problems import LEAST_REASON, Answer, AnswerChoice, Problem
from tomsapp.gui.contract.problem_rows import before_text
from tomsapp.gui.records.saved_form import SavedForm
from tomsapp.gui.widgets.buttons import Button
from tomsapp.gui.widgets.fields import ChoiceField, TextField
from tomsapp.gui.widgets.layouts import STRETCH, in_column, in_row
from tomsapp.gui.widgets.radio_field import RadioField
from tomsapp.gui.widgets.text import Text

_WORDS = {
    AnswerChoice.DIFFERENT: DECLARED[AnswerChoice.DIFFERENT].replace("different", "&different"),
    AnswerChoice.SAME: DECLARED[AnswerChoice.SAME].replace("same", "&same", 1),
    AnswerChoice.RIGHT: "It is &right as it stands",
}


class AnswerForm(SavedForm):
    """Asks for a choice and its reason; both stand in the contract's history with the name of who gave them."""

    answered = Signal(str, object)
    """The problem's key and the `Answer`."""
    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._problem: Problem | None = None
        self._pairs: tuple[Problem, ...] = ()
        self._whole: Problem | None = None
        self._title = Text("", "h3", wrap=True)
        self._asked = Text("", "note", "text_muted", wrap=True)
        self.before = Text("", "note", "text_muted", wrap=True)
        self.about = ChoiceField("About", hint="Where one answer is not true of all, answer each pair by itself.")
        self.choice = RadioField("Answer")
        self.reason = TextField("Reason", f"{HOW_YOU_KNOW} It is kept with your name.", lines=4)
        self.save_button = Button("Save answer", "primary", does=self.save)
        self.save_wanted.connect(self.save)
        cancel = Button("Cancel", does=self.closed)
        parts = (self._title, self.about, self._asked, self.before, self.choice, self.reason)
        foot = in_row(self.save_button, cancel, STRETCH, gap=8)
        in_column(*parts, foot, STRETCH, inside=self, margins=(0, 0, 6, 0), gap=12)
        self.about.chosen.connect(self._ask_about)

    def ask(self, problem: Problem, pairs: Sequence[Problem] = ()) -> None:
        """Ask for the answer to a problem; nothing is set, and a reason that was given before can be used again.

        `pairs` are what it asks of each pair of measures by itself, any of which can be answered apart.
        """
        shown, is_other = self._whole, self._problem is None
        if shown is None or is_other or (shown.key, shown.asked) != (problem.key, problem.asked):
            self.choice.set_options([(choice, _WORDS[choice]) for choice in choices_of(problem.code)])
            self.reason.set_text(problem.before.text if problem.before else "")
            self.about.set_value(None)
        self._whole, self._pairs = problem, tuple(pairs)
        every = (problem.key, "Both pairs" if len(pairs) == 2 else f"All {len(pairs)} pairs")
        self.about.set_options([every, *((one.key, " and ".join(clashing_codes(one))) for one in pairs)])
        self.about.setVisible(bool(pairs))
        if self.about.value is None:
            self.about.set_value(problem.key)
        self._ask_about(self.about.value)

    def _ask_about(self, key: object) -> None:
        """Ask about the pair that was chosen, or about all of them."""
        problem = next((one for one in self._pairs if one.key == key), self._whole)
        if problem is not None:
            self._show(problem)

    def _show(self, problem: Problem) -> None:
        self._problem = problem
        self._title.setText(f"{problem.message}.")
        self._asked.setText(f"Asked about {in_full(problem.asked)}." if problem.asked else "")
        self._asked.setVisible(bool(problem.asked))
        self.before.setText(before_text(problem))
        self.before.setVisible(problem.before is not None)
        self.setAccessibleName(f"Answer. {problem.message}")
        for field in (self.choice, self.reason):
            field.set_error(None)

    @property
    def is_changed(self) -> bool:
        """Whether a choice was made."""
        return self.choice.value is not None

    def focus_field(self) -> None:
        """Move the keyboard to the choices."""
        self.choice.focus()

    def save(self) -> None:
        """Hand on the answer if something was chosen and a reason written."""
        problem, choice, reason = self._problem, self.choice.value, self.reason.text
        is_short = len(reason) < LEAST_REASON
        self.choice.set_error(None if isinstance(choice, AnswerChoice) else "Choose one of them")
        self.reason.set_error(
            f"{REASON_SHORT.fix}, for example: the register names other interns each year" if is_short else None
        )
        if problem is None or not isinstance(choice, AnswerChoice):
            self.choice.focus()
        elif is_short:
            self.reason.control.setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            self._problem = None
            self.answered.emit(problem.key, Answer(reason, choice=choice, asked=problem.asked))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes the form; what was typed stays in it."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)
