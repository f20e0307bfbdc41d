"""The editor of a record that is saved as it is typed: each field when it is left, each choice when it is made."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, TypeVar

from tomsapp.domain.history import Stored
from tomsapp.domain.problems import Problem, Severity
from tomsapp.domain.record_type import differences
from tomsapp.gui.records.record_editor import RecordAttempt, RecordEditor
from tomsapp.gui.records.record_form import RecordForm
from tomsapp.gui.session import Session
from tomsapp.services.failures import EditConflict
from tomsapp.services.records import Actions

R = TypeVar("R")


class SavedAsTyped(RecordEditor[R]):
    """Saves what can be used, and says beside the others what is wrong with them, which stay as they were typed.

    One save follows the other, so that nobody meets a save of their own. What somebody else changed meanwhile in other
    facts is taken in; both versions are shown only where the same fact was changed.
    """

    def __init__(self, session: Session, form: RecordForm[R], actions: Actions[R], name: str = "") -> None:
        super().__init__(session, form, actions, name)
        self._is_saving = self._is_wanted_again = False
        for made in form.facts.values():
            (made.field.left if made.field.is_written else made.field.edited).connect(self.save)

    @property
    def is_saving(self) -> bool:
        """Whether a save is on its way."""
        return self._is_saving

    def show_record(self, stored: Stored[R]) -> None:
        """Show a record, or what is new in the one that is shown, unless a save has overtaken the reading."""
        before = self.before
        is_same = before is not None and self._workspace is self._session.workspace and before.id == stored.id
        if is_same and before is not None and (self._is_saving or stored.version <= before.version):
            return
        super().show_record(stored)
        self._say_wrong()

    def close(self) -> None:
        """Show nothing any more; what is typed stays kept."""
        super().close()
        self._is_saving = self._is_wanted_again = False

    # Saving

    def save(self) -> None:
        """Save the changed facts that can be used; one after the other where a save is on its way."""
        before = self.before
        if before is None or self._workspace is None or self._drafts is None:
            return
        if self._is_saving:
            self._is_wanted_again = True
            return
        record, names = self.form.sound(before.record)
        self.checked.emit()
        if not names:
            return
        self.flush()
        typed = {name: text for name, text in self.form.typed().items() if name in names}
        over = replace(before, version=self.form.version or before.version)
        attempt = RecordAttempt(self._workspace, self._drafts, self._draft_name(), over, None, record, typed)
        self._is_saving = True
        job = self._session.read(lambda workspace: self._actions.check(workspace, record, attempt.number))
        job.success(lambda problems: self._on_checked(attempt, problems)).failure(self._on_check_failed).start()

    def _on_check_failed(self, error: Exception) -> None:
        self._session.jobs.failed.emit(error)
        self._end(goes_on=False)

    def _on_checked(self, attempt: RecordAttempt[R], problems: list[Problem]) -> None:
        wrong = [problem for problem in problems if problem.severity is Severity.ERROR]
        if not self._is_shown(attempt):
            self._end()
        elif wrong:
            self.form.show_problems(wrong)
            self.checked.emit()
            self._end()
        elif self._are_answered(problems) and self.may_save(attempt.record):
            self._write(attempt)
        else:
            self._end(goes_on=False)

    def _end(self, *, goes_on: bool = True) -> None:
        """A save is no longer on its way: save what was typed meanwhile.

        A question opens in front of the form, whose field tells that it is left: that is no wish to be asked again.
        """
        is_wanted, self._is_saving, self._is_wanted_again = self._is_wanted_again, False, False
        if is_wanted and goes_on:
            self.save()

    def _on_saved(self, attempt: RecordAttempt[R], stored: Stored[R]) -> None:
        super()._on_saved(attempt, stored)
        self._say_wrong()
        self._end()

    def _on_failed(self, attempt: RecordAttempt[R], error: Exception) -> None:
        theirs = error.theirs if isinstance(error, EditConflict) and self._is_shown(attempt) else None
        if theirs is not None and self._is_beside(attempt, theirs):
            self.before = theirs
            self.form.put_over(theirs.record, theirs.version)
        else:
            super()._on_failed(attempt, error)
        self._end(goes_on=False)
        if theirs is not None and self.before is theirs:
            self.save()

    def _is_beside(self, attempt: RecordAttempt[R], theirs: Stored[Any]) -> bool:
        """Whether somebody else changed other facts alone."""
        over, facts = attempt.over, self.form.kind.facts
        if over is None or theirs.is_deleted or self.form.clashes:
            return False
        mine = {fact.name for fact in differences(facts, over.record, attempt.record)}
        return not mine & {fact.name for fact in differences(facts, over.record, theirs.record)}

    def _say_wrong(self) -> None:
        """Say again what is wrong with what stays typed, but not in the field where somebody is typing."""
        for name in self.form.draft().facts:
            field = self.form.field(name)
            if not field.control.hasFocus():
                self.form.check(name)
