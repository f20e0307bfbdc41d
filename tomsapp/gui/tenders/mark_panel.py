"""The panel of the tab Marking: the mark of one answer by the guide, with its reason; one's own, or the one agreed."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from tomsapp.domain.tender.marking import MARK, MODERATED_MARK, Mark, ModeratedMark, spread_words
from tomsapp.gui.session import Session
from tomsapp.gui.tenders.mark_form import (
    MarkActions,
    MarkEditor,
    MarkForm,
    ModeratedActions,
    new_mark,
    new_moderated,
)
from tomsapp.gui.tenders.mark_grid import Place
from tomsapp.gui.tenders.mark_words import answer_words, replaced_words
from tomsapp.gui.widgets.buttons import Button
from tomsapp.gui.widgets.layouts import BESIDE_BAR, STRETCH, holding, in_column, in_row, stack_of
from tomsapp.gui.widgets.problems import Notice
from tomsapp.gui.widgets.scroll_area import ScrollArea
from tomsapp.gui.widgets.text import ElidedText, Text
from tomsapp.services.tenders.marking import MarkingStage, OpenMarking

_MARGINS = (20, 14, 12, 12)
_CHOOSE = "Choose an answer to mark it."


class MarkPanel(QWidget):
    """Follows the answer under the cursor; what is typed is kept as a draft of its answer until it is given."""

    given = Signal(object)
    """A mark was saved: the bid and the question."""
    back_wanted = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.setAccessibleName("The mark of the answer")
        self.own = MarkEditor(session, MarkForm[Mark](MARK), MarkActions())
        self.agreed = MarkEditor(session, MarkForm[ModeratedMark](MODERATED_MARK), ModeratedActions())
        self.about = Text(_CHOOSE, "small", "text_muted", wrap=True)
        self.title = Text("", "h3")
        self.note = Notice()
        self.theirs = Text("", "note", wrap=True, selectable=True)
        self.apart = Text("", "note_strong", "warning", wrap=True)
        self.replaced = Text("", "note_strong", "warning", wrap=True)
        self.give_button = Button("Give and go on", "primary", does=self.give)
        self.back_button = Button("Back", does=self.back_wanted)
        self.next = ElidedText("", "note", "text_muted")
        self._place: Place | None = None
        self._next_words = ""
        self._build()

    def _build(self) -> None:
        self._none = QWidget()
        self._forms = stack_of(self._none, self.own.form, self.agreed.form)
        parts = in_column(
            self.note,
            self.replaced,
            self.theirs,
            self.apart,
            self._forms,
            STRETCH,
            margins=(0, 0, BESIDE_BAR, 0),
            gap=10,
        )
        area = ScrollArea("The mark and its reason", holding(parts), only_down=True)
        # Below the buttons, where a name has the width of the panel.
        buttons = in_row(self.give_button, self.back_button, STRETCH, gap=8)
        self._foot = holding(in_column(buttons, self.next, gap=4))
        in_column(self.about, self.title, (area, 1), self._foot, inside=self, margins=_MARGINS, gap=6)
        for editor in (self.own, self.agreed):
            editor.told.connect(self.note.say)
            editor.form.edited.connect(self._say_button)
            editor.shown.connect(self._say_button)
        self.own.saved.connect(lambda stored: self.given.emit((stored.record.bid, stored.record.question)))
        self.agreed.saved.connect(lambda stored: self.given.emit((stored.record.bid, stored.record.question)))
        self.show_answer(None, None, "")

    @property
    def editor(self) -> MarkEditor[Mark] | MarkEditor[ModeratedMark] | None:
        """The editor of the form that is shown; None where nothing can be given."""
        shown = self._forms.currentWidget()
        return next((each for each in (self.own, self.agreed) if each.form is shown), None)

    # Showing

    def show_answer(self, opened: OpenMarking | None, place: Place | None, next_words: str) -> None:
        """Show the mark of an answer, or what is new of it; `next_words` is the answer that comes after it."""
        self._place, self._next_words = place, next_words
        is_marking = opened is not None and opened.may_mark
        is_moderating = opened is not None and opened.stage is MarkingStage.MODERATING
        if opened is None or place is None or not (is_marking or is_moderating):
            self._show_nothing(opened, place)
            return
        self.give_button.set_kind("primary" if opened.left else "secondary")
        question = next(each for each in opened.answers.questions if each.number == place[1])
        called = answer_words(opened, place)
        self.about.setText(called)
        self.title.setText("Agreed mark" if is_moderating else "Your mark")
        self._say_theirs(opened, place, is_shown=is_moderating)
        self.replaced.setText(replaced_words(opened, place))
        self.replaced.setVisible(bool(self.replaced.text()))
        if is_moderating:
            self.agreed.actions.tender_id = opened.tender_id
            self._turn_to(self.agreed)
            self.agreed.show_place(opened.moderated_at(*place), new_moderated(*place))
        elif opened.mine is not None:
            self.own.actions.tender_id = opened.tender_id
            mine = opened.mine.stored.id
            self._turn_to(self.own)
            self.own.show_place(opened.mark_of(mine, *place), new_mark(mine, *place))
        editor = self.editor
        if editor is not None:
            editor.fields.marks.set_guide(question.guide)
            editor.fields.marks.set_about(f"{self.title.text()}, {called}")
        self._say_button()

    def _show_nothing(self, opened: OpenMarking | None, place: Place | None) -> None:
        self.own.close()
        self.agreed.close()
        self.note.say("")
        is_sent = opened is not None and opened.mine is not None and opened.mine.stored.record.sent_on is not None
        is_fixed = opened is not None and opened.stage is MarkingStage.FIXED
        self.about.setText(answer_words(opened, place) if opened is not None and place is not None else _CHOOSE)
        self.title.setText("Agreed mark" if is_fixed else "Your mark" if is_sent else "Mark")
        self._say_theirs(opened, place, is_shown=opened is not None and opened.are_seen)
        self.replaced.hide()
        if opened is not None and place is not None and not opened.are_seen:
            held = opened.mark_of(opened.mine.stored.id, *place) if opened.mine is not None else None
            self.theirs.setText(f"{held.record.mark}: {held.record.reason}" if held is not None else "")
            self.theirs.setVisible(held is not None)
        self._forms.setCurrentWidget(self._none)
        self._foot.hide()

    def _turn_to(self, editor: MarkEditor[Mark] | MarkEditor[ModeratedMark]) -> None:
        for each in (self.own, self.agreed):
            if each is not editor:
                each.close()
        self._forms.setCurrentWidget(editor.form)
        self._foot.show()

    def _say_theirs(self, opened: OpenMarking | None, place: Place | None, *, is_shown: bool) -> None:
        """What each evaluator gave, and why, once all have sent."""
        told = []
        if opened is not None and place is not None and is_shown:
            for each in opened.evaluators:
                held = opened.mark_of(each.stored.id, *place)
                if held is not None:
                    told.append(f"{each.stored.record.name} gave {held.record.mark}: {held.record.reason}")
            agreed = opened.moderated_at(*place)
            if opened.stage is MarkingStage.FIXED and agreed is not None:
                told.append(f"Agreed by {agreed.record.by}: {agreed.record.mark}. {agreed.record.reason}")
        self.theirs.setText("\n\n".join(told))
        self.theirs.setVisible(bool(told))
        apart = spread_words(opened.marks_at(*place)) if opened is not None and place is not None and told else ""
        self.apart.setText(apart)
        self.apart.setVisible(bool(apart))

    def _say_button(self) -> None:
        editor = self.editor
        mark = editor.fields.marks.value if editor is not None else None
        verb = "Agree" if editor is self.agreed else "Give"
        self.give_button.setText(f"{verb} {mark} and go on" if mark is not None else f"{verb} a mark and go on")
        self.next.setText(f"Next: {self._next_words}" if self._next_words else "")
        self.next.setVisible(bool(self._next_words))

    # What the user does

    def set_mark(self, mark: int) -> None:
        """Choose a mark as its digit does."""
        editor = self.editor
        if editor is not None:
            editor.fields.marks.choose(mark)

    def focus_reason(self) -> None:
        """Move the keyboard to the mark, or to its reason where a mark is chosen."""
        editor = self.editor
        if editor is None:
            self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            editor.fields.focus_field("mark" if editor.fields.marks.value is None else "reason")

    def give(self) -> None:
        """Save the mark with its reason; where it stands already, go on."""
        editor = self.editor
        if editor is None or self._place is None:
            return
        if editor.before is not None and not editor.is_changed:
            self.given.emit(self._place)
        else:
            editor.save()
