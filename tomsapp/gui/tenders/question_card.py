"""One question of a tender: what is asked, its weight, and the guide by which its answers are marked."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame

from tomsapp.domain.history import Stored
from tomsapp.domain.tender.question import MARKS, QUESTION, Question
from tomsapp.domain.wording import format_quantity, plural
from tomsapp.gui.records.record_form import RecordForm
from tomsapp.gui.records.saved_as_typed import SavedAsTyped
from tomsapp.gui.session import Session
from tomsapp.gui.tenders.of_opened import OfOpened
from tomsapp.gui.widgets.buttons import Button, IconButton
from tomsapp.gui.widgets.edges import TOP
from tomsapp.gui.widgets.layouts import holding, in_column, in_grid, in_row
from tomsapp.gui.widgets.problems import Notice
from tomsapp.gui.widgets.text import ElidedText, IconLabel, Text
from tomsapp.services.tenders.parts import QUESTIONS
from tomsapp.services.tenders.reading import OpenTender

_COLUMNS = 6
_PLACES = {"title": (0, 0, 6), "text": (1, 0, 6), "weight": (2, 0, 3), "most_words": (2, 3, 3)}
_FIRST_GUIDE_ROW, _GUIDES_BESIDE = 3, 2
QUESTION_FACTS = tuple(fact for fact in QUESTION.facts if fact.name != "number")


class QuestionForm(RecordForm[Question]):
    """A question, and under it what an answer is like that gets each mark."""

    def __init__(self) -> None:
        super().__init__(QUESTION, facts=QUESTION_FACTS)

    def lay_out(self) -> None:
        """The question over its weight; the guide in two columns, the best mark first."""
        grid = in_grid(inside=self, gaps=(24, 12), shares=(1,) * _COLUMNS)
        for name, (row, column, width) in _PLACES.items():
            grid.addWidget(self.field(name), row, column, 1, width, TOP)
        span = _COLUMNS // _GUIDES_BESIDE
        for place, mark in enumerate(MARKS):
            row, column = divmod(place, _GUIDES_BESIDE)
            grid.addWidget(self.field(f"guide_{mark}"), _FIRST_GUIDE_ROW + row, column * span, 1, span, TOP)


class QuestionCard(QFrame):
    """Shows a question in a line, and opens its form; what is typed is saved field by field."""

    stale = Signal()
    remove_wanted = Signal(int)
    """The number of the record that is to be taken out."""
    move_wanted = Signal(int, int)
    """The number of the record, and by how many places it is to be moved."""
    guide_wanted = Signal(int)
    """The number of the record that is to get the guide of the question that has one."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.setProperty("k", "card")
        self._actions = OfOpened(QUESTIONS)
        self.form = QuestionForm()
        self.editor = SavedAsTyped(session, self.form, self._actions)
        self.note = Notice()
        self.fold = IconButton("chevron-right", "Open the question", does=self.turn)
        self.mark = IconLabel("circle-check", "success_mark", 18)
        self.title = ElidedText("", "strong")
        self.state = Text("", "note", "text_muted")
        self.up = IconButton("chevron-up", "Move the question up", does=lambda: self._move(-1))
        self.down = IconButton("chevron-down", "Move the question down", does=lambda: self._move(1))
        self.remove = IconButton("trash-2", "Remove the question", does=self._remove)
        self.guide = Button("Take over a guide", small=True, does=self._take_guide)
        self._build()
        self.editor.told.connect(self.note.say)
        self.editor.saved.connect(lambda _stored: self.stale.emit())
        self.set_open(is_open=False)

    def _build(self) -> None:
        head = in_row(self.fold, self.mark, (self.title, 1), self.state, self.up, self.down, self.remove, gap=6)
        inside = in_column(self.note, self.form, in_row(self.guide, (None, 1)), margins=(0, 8, 0, 4), gap=8)
        self.inside = holding(inside)
        in_column(head, self.inside, inside=self, margins=(10, 8, 12, 8), gap=4)

    # Showing

    @property
    def number(self) -> int:
        """The number of the record in the database; 0 of none."""
        return self.editor.record_id or 0

    @property
    def is_open(self) -> bool:
        """Whether its form is seen."""
        return not self.inside.isHidden()

    def show_question(
        self, opened: OpenTender, stored: Stored[Question], *, is_fixed: bool, keeps_number: bool
    ) -> None:
        """Show a question that was read; what is being typed into the same one stays."""
        self._actions.opened = opened
        question, every = stored.record, opened.questions
        self.editor.show_record(stored)
        self.form.setEnabled(not is_fixed)
        named = question.title or "without a title"
        self.title.setText(f"Question {question.number}: {named}")
        wrong = [each for each in opened.problems if each.question == question.number and each.is_error]
        self.mark.set_icon(*(("triangle-alert", "warning_mark") if wrong else ("circle-check", "success_mark")))
        left = f", {plural(len(wrong), 'thing')} to put right" if wrong else ""
        self.state.setText(f"weight {format_quantity(question.weight)}{left}")
        self.setAccessibleName(f"Question {question.number}, {named}, {self.state.text()}")
        for button, words in ((self.up, "up"), (self.down, "down")):
            button.set_name(f"Move question {question.number} {words}")
            button.setVisible(not is_fixed and not keeps_number and len(every) > 1)
        self.up.setEnabled(question.number > 1)
        self.down.setEnabled(question.number < len(every))
        self.remove.set_name(f"Remove question {question.number}")
        self.remove.setVisible(not is_fixed)
        others = [each.record for each in every if each.id != stored.id and not each.record.marks_without_guide]
        has_none = len(question.marks_without_guide) == len(MARKS)
        self.guide.setVisible(has_none and bool(others) and not is_fixed)
        if others:
            self.guide.setText(f"Take over the guide of question {others[0].number}")
        self._name_fold()

    # What the user does

    def turn(self) -> None:
        """Open the form, or close it."""
        self.set_open(is_open=not self.is_open)

    def set_open(self, *, is_open: bool) -> None:
        """Show the form, or the line alone."""
        self.inside.setVisible(is_open)
        self._name_fold()

    def _name_fold(self) -> None:
        self.fold.set_icon("chevron-down" if self.is_open else "chevron-right")
        number = self.editor.before.record.number if self.editor.before else ""
        self.fold.set_name(f"{'Close' if self.is_open else 'Open'} question {number}".strip())

    def focus_field(self, name: str) -> None:
        """Open the form and move the keyboard to a field of it."""
        self.set_open(is_open=True)
        self.form.focus_field(name if name in self.form.facts else "title")

    def _move(self, by: int) -> None:
        self.move_wanted.emit(self.number, by)

    def _remove(self) -> None:
        self.remove_wanted.emit(self.number)

    def _take_guide(self) -> None:
        self.guide_wanted.emit(self.number)
