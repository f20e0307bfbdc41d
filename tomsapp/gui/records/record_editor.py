"""Checks and saves what is typed into a record's form, and meets what others saved meanwhile."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Generic, TypeVar, assert_never

from PySide6.QtCore import Signal

from tomsapp.domain.history import Stored
from tomsapp.domain.problems import Problem, Severity
from tomsapp.gui.dialogs.edit_conflict import ConflictChoice, ConflictField, fields_of, resolve_conflict
from tomsapp.gui.dialogs.message import ask_first
from tomsapp.gui.drafts import Drafts
from tomsapp.gui.records.form_keeper import FormKeeper
from tomsapp.gui.records.record_form import RecordForm
from tomsapp.gui.session import Session
from tomsapp.services.failures import EditConflict
from tomsapp.services.records import Actions
from tomsapp.services.workspace import Workspace

R = TypeVar("R")


@dataclass(frozen=True)
class RecordAttempt(Generic[R]):
    """A record on its way into the database, with all that its coming back needs; the form may show another by then."""

    workspace: Workspace
    drafts: Drafts
    draft_name: str
    over: Stored[R] | None
    proposal: R | None
    record: R
    typed: Mapping[str, Any]

    @property
    def number(self) -> int | None:
        """The number of the record that is saved over; None of a new one."""
        return self.over.id if self.over else None


class RecordEditor(FormKeeper[R]):
    """One form whose record is saved by itself. Both versions are shown where somebody else saved it first."""

    saved = Signal(object)
    """The `Stored` record that was saved."""
    checked = Signal()
    """Messages stand under the fields, or none does: the place to show a summary of them."""

    def __init__(self, session: Session, form: RecordForm[R], actions: Actions[R], name: str = "") -> None:
        super().__init__(session, form, name)
        self._actions = actions
        form.save_wanted.connect(self.save)
        self.may_save: Callable[[R], bool] = lambda _record: True
        """Asked before a record without Problems is written; may put a question to the user."""
        self.conflict_fields: tuple[ConflictField, ...] = fields_of(form.kind.facts, form.key_words())

    @property
    def question(self) -> str:
        """What is asked where the checks have a question: most kinds of record have a name that another may have."""
        return f"Is this the same {self.form.kind.noun}?"

    def save(self) -> None:
        """Check everything, then save; nothing is saved while a field has a message."""
        base = self.before.record if self.before else self._proposal
        if base is None or self._workspace is None or self._drafts is None:
            return
        record = self.form.read(base)
        if record is None:
            self._tell_problems()
            return
        self.flush()
        # The version that it was typed on: what somebody saved since is met, not written over.
        over = replace(self.before, version=self.form.version or self.before.version) if self.before else None
        attempt = RecordAttempt(
            self._workspace, self._drafts, self._draft_name(), over, self._proposal, record, self.form.typed()
        )
        job = self._session.read(lambda workspace: self._actions.check(workspace, record, attempt.number))
        job.success(lambda problems: self._on_checked(attempt, problems)).start()

    def _tell_problems(self) -> None:
        self.form.focus_first_problem()  # a summary that is shown now takes the keyboard from there
        self.checked.emit()

    def _is_shown(self, attempt: RecordAttempt[R]) -> bool:
        is_same = self._proposal is attempt.proposal if attempt.over is None else self.record_id == attempt.over.id
        return self._workspace is attempt.workspace and is_same

    def _on_checked(self, attempt: RecordAttempt[R], problems: list[Problem]) -> None:
        if not self._is_shown(attempt):
            return  # it is kept as a draft
        wrong = [problem for problem in problems if problem.severity is Severity.ERROR]
        self.form.show_problems(wrong)
        if wrong:
            self._tell_problems()
            return
        self.checked.emit()
        if self._are_answered(problems) and self.may_save(attempt.record):
            self._write(attempt)

    def _are_answered(self, questions: Sequence[Problem]) -> bool:
        """Whether there is no question, or the user wants it saved all the same."""
        if not questions:
            return True
        kind = self.form.kind
        said = [f"{question.message}." for question in questions]
        go, keep = f"Save {kind.noun} all the same", "Go back"
        if ask_first(self.form, self.question, said, go, keep, deletes=False):
            return True
        self.form.focus_field(questions[0].where.field)
        return False

    def _write(self, attempt: RecordAttempt[R]) -> None:
        actions, over, record = self._actions, attempt.over, attempt.record

        def on_saved(stored: Stored[R]) -> None:
            self._on_saved(attempt, stored)

        if over is None:
            job = self._session.act(lambda workspace, _progress: actions.add(workspace, record), on_saved)
        else:
            job = self._session.act(lambda workspace, _progress: actions.save(workspace, over, record), on_saved)
        job.failure(lambda error: self._on_failed(attempt, error)).start()

    def _on_saved(self, attempt: RecordAttempt[R], stored: Stored[R]) -> None:
        attempt.drafts.drop(attempt.draft_name)
        if self._is_shown(attempt):
            self._timer.stop()
            self.before, self._proposal = stored, None
            self.form.show_saved(stored.record, stored.version, attempt.typed)
            self._keep()
            self.told.emit("")
            self.shown.emit()
        self.saved.emit(stored)

    def _on_failed(self, attempt: RecordAttempt[R], error: Exception) -> None:
        if not isinstance(error, EditConflict) or not self._is_shown(attempt):
            self._session.jobs.failed.emit(error)
            return
        self._keep()
        theirs: Stored[Any] = error.theirs
        # Only what was changed here: the other facts stay as somebody else saved them.
        changed = {name: self.form.value_of(attempt.record, name) for name in self.form.draft().facts}
        mine = self.form.record_of(theirs.record, changed)
        choice = resolve_conflict(self.form, error, mine, self.conflict_fields)
        match choice:
            case ConflictChoice.MINE:
                self.before = theirs
                self.form.put_over(theirs.record, theirs.version)
                self._keep()
                self.shown.emit()
                self.save()
            case ConflictChoice.THEIRS:
                self.forget_draft()
                self.before = theirs
                self.form.show_record(theirs.record, theirs.version)
                self.shown.emit()
                self.saved.emit(theirs)
            case ConflictChoice.CANCEL:
                return
            case _:
                assert_never(choice)
