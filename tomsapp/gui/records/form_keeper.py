"""Keeps what is typed into a record's form as a draft, and takes in what others save meanwhile."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Generic, TypeVar

from PySide6.QtCore import QObject, Signal

from tomsapp.domain.history import Stored
from tomsapp.domain.wording import listed
from tomsapp.gui.drafts import Drafts
from tomsapp.gui.records.form_draft import kept_draft
from tomsapp.gui.records.record_form import News, RecordForm
from tomsapp.gui.session import Session
from tomsapp.gui.widgets.pauses import after_a_pause
from tomsapp.services.workspace import Workspace

R = TypeVar("R")
_KEEP_AFTER_MS = 300
FOUND_AGAIN = "What you typed before is shown. It has not been saved yet."
KEPT = "Your typing is kept in a draft, even if the program closes."


class FormKeeper(QObject, Generic[R]):
    """One form with the record that stands in it.

    A colleague's save while somebody types is taken into the form: facts that only they changed are shown, what is
    typed here stays, and where both changed the same fact the user is told. The draft belongs to the database that
    was open when the record was shown, whatever is open when it is kept.
    """

    shown = Signal()
    """The form shows another record, or another version of it."""
    discarded = Signal()
    told = Signal(str)
    """A sentence about a draft or about somebody else's save, or nothing."""

    def __init__(self, session: Session, form: RecordForm[R], name: str = "") -> None:
        super().__init__(form)
        self._session = session
        self.form = form
        self._name = name or form.kind.key
        self.before: Stored[R] | None = None  # as it was last read; a new record has none
        self._proposal: R | None = None
        self._workspace: Workspace | None = None
        self._drafts: Drafts | None = None
        self._awaits_new = False
        self._timer = after_a_pause(self, _KEEP_AFTER_MS, self._keep)
        form.edited.connect(self._timer.start)
        form.hidden.connect(self.flush)
        session.workspace_changed.connect(self._on_workspace_changed)

    # Showing

    @property
    def record_id(self) -> int | None:
        """Number of the record in the form; None for a new one."""
        return self.before.id if self.before else None

    @property
    def is_new(self) -> bool:
        """Whether the form is that of a new record."""
        return self._proposal is not None

    @property
    def is_changed(self) -> bool:
        """Whether something is typed that is not saved."""
        return self._drafts is not None and self.form.is_changed

    def await_new(self, empty: R) -> None:
        """Show an empty form while it is read what a new record begins with; what is typed meanwhile stays."""
        self.close()
        self.form.show_record(empty)
        self._awaits_new = True

    def show_new(self, proposal: R) -> None:
        """Show the form of a new record, with its draft if one was kept."""
        typed = self.form.draft() if self._awaits_new else None
        self._turn_to(None, proposal)
        self.form.show_record(proposal)
        self._find_draft()
        if typed is not None and typed.facts:
            self.form.type_again(typed)
            self._timer.start()

    def show_record(self, stored: Stored[R]) -> None:
        """Show a record with its draft, or what is new in the one that is shown."""
        is_same = self._workspace is self._session.workspace and self.record_id == stored.id
        if is_same and self.is_changed:
            self._take_news(stored)
            return
        self._turn_to(stored, None)
        self.form.show_record(stored.record, stored.version)
        self._find_draft()

    def _turn_to(self, before: Stored[R] | None, proposal: R | None) -> None:
        self.flush()
        self._awaits_new = False
        self.before, self._proposal = before, proposal
        self._workspace = self._session.workspace
        self._drafts = Drafts(self._session.preferences, self._workspace)

    def _find_draft(self) -> None:
        draft = kept_draft(self._drafts, self._draft_name()) if self._drafts else None
        said = ""
        if draft is not None:
            clashes = self.form.take_draft(draft)
            said = self._clash_words(clashes) or FOUND_AGAIN
            if not clashes and self.before is not None and draft.version != self.before.version:
                said = f"{FOUND_AGAIN}{self._since_words(self.before)}"
        self.told.emit(said)
        self.shown.emit()

    def _since_words(self, before: Stored[R]) -> str:
        if before.saved_by == self._session.who:
            return ""
        return f" {before.saved_by or 'Somebody'} has saved other facts since; they are shown as saved."

    def _take_news(self, stored: Stored[R]) -> None:
        before, self.before = self.before, stored
        if before is None or (before.version, before.record) == (stored.version, stored.record):
            return
        news = self.form.take_news(stored.record, stored.version)
        said = self._clash_words(news.clashes) or self._news_words(news)
        if said:
            self.told.emit(said)
        self._keep()
        self.shown.emit()

    def _news_words(self, news: News) -> str:
        if not news.others:
            return ""
        return f"{self._who()} changed {self._labels(news.others)} meanwhile. It is shown, and what you typed stays."

    def _clash_words(self, clashes: Sequence[str]) -> str:
        if not clashes:
            return ""
        changed = f"{self._who()} changed {self._labels(clashes)} while you typed."
        return f"{changed} Yours is shown; you choose when you save."

    def _who(self) -> str:
        return (self.before.saved_by if self.before else "") or "Somebody else"

    def _labels(self, names: Sequence[str]) -> str:
        return listed([self.form.facts[name].field.label for name in names])

    # Drafts

    def _draft_name(self) -> str:
        return f"{self._name} {self.before.id}" if self.before else f"new {self._name}"

    def _keep(self) -> None:
        if self._drafts is None:
            return
        draft = self.form.draft()
        draft.keep(self._drafts, self._draft_name())
        if draft.facts:
            self._session.draft_kept.emit(datetime.now().astimezone())

    def flush(self) -> None:
        """Keep now what would be kept in a moment."""
        if self._timer.isActive():
            self._timer.stop()
            self._keep()

    def forget_draft(self) -> None:
        """Keep nothing of what is typed: it is being saved elsewhere, or was given up."""
        self._timer.stop()
        if self._drafts is not None:
            self._drafts.drop(self._draft_name())
        self.told.emit("")

    def discard(self) -> None:
        """Give up what was typed and show what is saved."""
        self.forget_draft()
        if self.before is not None:
            self.form.show_record(self.before.record, self.before.version)
        elif self._proposal is not None:
            self.form.show_record(self._proposal)
        self.shown.emit()
        self.discarded.emit()

    def close(self) -> None:
        """Show nothing any more; what is typed stays kept."""
        self.flush()
        self._awaits_new = False
        self.before, self._proposal = None, None
        self._workspace, self._drafts = None, None

    def _on_workspace_changed(self, workspace: object) -> None:
        if self._workspace is not workspace:
            self.close()
