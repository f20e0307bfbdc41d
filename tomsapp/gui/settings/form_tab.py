"""A settings tab that is one form, saved as a whole; what is typed stays as a draft until it is saved or discarded."""

from __future__ import annotations

from typing import Generic, TypeVar

from tomsapp.gui.records.record_editor import RecordEditor
from tomsapp.gui.records.record_form import RecordForm
from tomsapp.gui.session import Session
from tomsapp.gui.settings.form_column import FormColumn
from tomsapp.gui.widgets.buttons import Button
from tomsapp.gui.widgets.fields import GUTTER
from tomsapp.gui.widgets.layouts import Part, in_row
from tomsapp.gui.widgets.problems import ErrorSummary, Notice
from tomsapp.gui.widgets.text import Text
from tomsapp.services.records import Actions

R = TypeVar("R")


class FormTab(FormColumn, Generic[R]):
    """The form with its messages above and its buttons below; `before` and `after` stand above and below the fields."""

    def __init__(
        self,
        name: str,
        session: Session,
        form: RecordForm[R],
        actions: Actions[R],
        *,
        before: Part = None,
        after: Part = None,
    ) -> None:
        super().__init__(name)
        self._session = session
        self.summary = ErrorSummary()
        self.editor = editor = RecordEditor(session, form, actions)
        self.note = Notice()
        self.save_button = Button("Save settings", "primary", does=editor.save)
        self.discard_button = Button("Discard changes", does=editor.discard)
        self._state = Text("", "note", "text_muted")
        foot = in_row(self.save_button, self.discard_button, (self._state, 1), margins=(GUTTER, 0, 0, 0))
        self.fill(self.summary, self.note, before, form, foot, after)
        form.edited.connect(self._show_state)
        editor.shown.connect(self._on_shown)
        editor.told.connect(self.note.say)
        editor.checked.connect(lambda: self.summary.show_problems(form.fields))
        editor.saved.connect(lambda: self._state.setText("Saved"))

    def _on_shown(self) -> None:
        self.summary.show_problems([])
        self._show_state()

    def _show_state(self) -> None:
        is_changed = self.editor.is_changed
        self._state.setText("Not saved yet" if is_changed else "")
        self.discard_button.setEnabled(is_changed)
