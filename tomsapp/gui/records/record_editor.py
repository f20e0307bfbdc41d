"""Checks and saves what is typed into a record's form, keeps it as a draft, and meets what others saved meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from tomsapp.domain.history import Stored
from tomsapp.domain.problems import Problem
from tomsapp.gui.dialogs.edit_conflict import ConflictChoice, ConflictField, fields_of, resolve_conflict
from tomsapp.gui.drafts import Drafts
from tomsapp.gui.records.form_draft import kept_draft
from tomsapp.gui.records.record_form import RecordForm
from tomsapp.gui.session import Session
from tomsapp.services.failures import EditConflict
from tomsapp.services.records import Actions

R = TypeVar("R")
_KEEP_AFTER_MS = 300
FOUND_AGAIN = "What you typed before is shown. It has not been saved yet."


class RecordEditor(QObject, Generic[R]):
    """One form with what happens around it; the form itself only shows and reads.

    A colleague's save while somebody types is taken into the form: facts that only they changed are shown, what is
    typed here stays, and where both changed the same fact the user is told and chooses when saving.
    """

    shown = Signal()
    """The form shows another record, or another version of it."""
    saved = Signal(object)
    """The `Stored` record that was saved."""
    discarded = Signal()
    told = Signal(str)
    """A sentence about a draft or about somebody else's save, or nothing."""
    checked = Signal()
    """Messages stand under the fields: the place to show a summary of them."""

    def __init__(self, session: Session, form: RecordForm[R], actions: Actions[R], name: str = "") -> None:
        super().__init__(form)
        self._session = session
        self.form = form
        self._actions = actions
        self._name = name or form.kind.key
        self._before: Stored[R] | None = None
        self._proposal: R | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_KEEP_AFTER_MS)
        self._timer.timeout.connect(self._keep)
        self.may_save: Callable[[R], bool] = _always
        """Asked before a record without Problems is written; may put a question to the user."""
        self.conflict_fields: tuple[ConflictField, ...] = fields_of(form.kind.facts)
        form.edited.connect(self._timer.start)

    # Showing

    @property
    def record_id(self) -> int | None:
        """Number of the record in the form; None for a new one."""
        return self._before.id if self._before else None

    @property
    def before(self) -> Stored[R] | None:
        """The record as it was last read, or None for a new one."""
        return self._before

    @property
    def is_changed(self) -> bool:
        """Whether something is typed that is not saved."""
        return self.form.is_changed

    def show_new(self, proposal: R) -> None:
        """Show the form of a new record, with its draft if one was kept."""
        self.flush()
        self._before, self._proposal = None, proposal
        self.form.show_record(proposal)
        self._find_draft()

    def show_record(self, stored: Stored[R]) -> None:
        """Show a record with its draft, or what is new in the one that is shown."""
        if self._before is not None and self._before.id == stored.id and self.is_changed:
            self._take_news(stored)
            return
        self.flush()
        self._before, self._proposal = stored, None
        self.form.show_record(stored.record, stored.version)
        self._find_draft()

    def _find_draft(self) -> None:
        draft = kept_draft(self._drafts(), self._draft_name())
        said = ""
        if draft is not None:
            clashes = self.form.take_draft(draft)
            said = self._news(clashes, FOUND_AGAIN)
        self.told.emit(said)
        self.shown.emit()

    def _take_news(self, stored: Stored[R]) -> None:
        before = self._before
        self._before = stored
        if before is None or before.version == stored.version:
            return
        clashes = self.form.take_news(stored.record, stored.version)
        who = stored.saved_by or "Somebody"
        self.told.emit(self._news(clashes, f"{who} saved this meanwhile. It is shown, and what you typed stays."))
        self._keep()
        self.shown.emit()

    def _news(self, clashes: list[str], otherwise: str) -> str:
        if not clashes or self._before is None:
            return otherwise
        labels = " and ".join(self.form.facts[name].fact.label for name in clashes)
        who = self._before.saved_by or "Somebody else"
        return f"{who} changed {labels} while you typed. Yours is shown; you choose when you save."

    # Drafts

    def _drafts(self) -> Drafts:
        return Drafts(self._session.preferences, self._session.workspace)

    def _draft_name(self) -> str:
        return f"{self._name} {self._before.id}" if self._before else f"new {self._name}"

    def _keep(self) -> None:
        if not self._session.is_open or (self._before is None and self._proposal is None):
            return
        draft = self.form.draft()
        draft.keep(self._drafts(), self._draft_name())
        if draft.facts:
            self._session.draft_kept.emit(datetime.now().astimezone())

    def flush(self) -> None:
        """Keep now what would be kept in a moment."""
        if self._timer.isActive():
            self._timer.stop()
            self._keep()

    def _forget_draft(self) -> None:
        self._timer.stop()
        self._drafts().drop(self._draft_name())
        self.told.emit("")

    def discard(self) -> None:
        """Give up what was typed and show what is saved."""
        self._forget_draft()
        if self._before is not None:
            self.form.show_record(self._before.record, self._before.version)
        elif self._proposal is not None:
            self.form.show_record(self._proposal)
        self.shown.emit()
        self.discarded.emit()

    def close(self) -> None:
        """Show nothing any more; what is typed stays kept."""
        self.flush()
        self._before, self._proposal = None, None

    # Saving

    def save(self) -> None:
        """Check everything, then save; nothing is saved while a field has a message."""
        base = self._before.record if self._before else self._proposal
        record = None if base is None else self.form.read(base)
        if record is None:
            self._tell_problems()
            return
        number = self.record_id
        job = self._session.read(lambda workspace: (record, self._actions.check(workspace, record, number)))
        job.success(self._on_checked).start()

    def _tell_problems(self) -> None:
        self.checked.emit()
        self.form.focus_first_problem()

    def _on_checked(self, checked: tuple[R, list[Problem]]) -> None:
        record, problems = checked
        self.form.show_problems(problems)
        if problems:
            self._tell_problems()
            return
        self.checked.emit()
        if self.may_save(record):
            self._write(record)

    def _write(self, record: R) -> None:
        before, actions = self._before, self._actions
        if before is None:
            job = self._session.act(lambda workspace, _progress: actions.add(workspace, record), self._on_saved)
        else:
            # The version that it was typed on: what somebody saved since is met, not written over.
            over = replace(before, version=self.form.version or before.version)
            job = self._session.act(lambda workspace, _progress: actions.save(workspace, over, record), self._on_saved)
        job.failure(lambda error: self._on_failed(error, record)).start()

    def _on_saved(self, stored: Stored[R]) -> None:
        self._forget_draft()
        self._before, self._proposal = stored, None
        self.form.show_record(stored.record, stored.version)
        self.shown.emit()
        self.saved.emit(stored)

    def _on_failed(self, error: Exception, mine: R) -> None:
        if not isinstance(error, EditConflict):
            self._session.jobs.failed.emit(error)
            return
        self._keep()
        choice = resolve_conflict(self._parent(), error, mine, self.conflict_fields)
        if choice is ConflictChoice.CANCEL:
            return
        theirs: Stored[Any] = error.theirs
        if choice is ConflictChoice.MINE:
            # Only what was changed here: the other facts stay as somebody else saved them.
            changed = {name: self.form.value_of(mine, name) for name in self.form.draft().facts}
            merged = self.form.record_of(theirs.record, changed)
            self._before = theirs
            self.form.take_version(theirs.version)
            self._write(merged)
        else:
            self._forget_draft()
            self._before = theirs
            self.form.show_record(theirs.record, theirs.version)
            self.shown.emit()
            self.saved.emit(theirs)

    def _parent(self) -> QWidget:
        return self.form


def _always(_record: object) -> bool:
    return True
