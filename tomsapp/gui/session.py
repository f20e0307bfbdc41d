"""The open database as the pages use it: reading, user actions with undo, and what changed."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Signal

from tomsapp.config.policies import NO_POLICIES, SIGN_IN_NAME, Policies
from tomsapp.config.preferences import DatabasePreferences, Preferences
from tomsapp.gui.jobs import Job, Jobs
from tomsapp.gui.open_mark import OpenMark

if TYPE_CHECKING:
    from datetime import date, datetime

    from tomsapp.services.changes import Changes, Done, Edit
    from tomsapp.services.progress import Progress
    from tomsapp.services.workspace import Catalogue, Workspace

T = TypeVar("T")
USER_NAME = "user_name"
"""The preference that keeps the name with which the user signs."""


class Session(QObject):
    """What every page shares: the workspace, the jobs, the user's preferences and the undo list.

    Pages read with `read` and act with `act`; they never call each other and learn of changes by `changed`.
    """

    workspace_changed = Signal(object)
    """The `Workspace` that was opened, or None when it was closed."""
    changed = Signal(object)
    """The `Changes` of an action, an undo or a redo."""
    undo_changed = Signal()
    """The words of Undo and Redo are others now."""
    edited = Signal(object)
    """The `Edit` that was just made, for the undo bar; not sent for undo and redo themselves."""
    who_changed = Signal(str)
    """The name with which changes are signed from now on."""
    saved = Signal(object)
    """The local time of the last write."""
    draft_kept = Signal(object)
    """The local time when what is typed into a form was kept as a draft."""

    def __init__(
        self, jobs: Jobs, catalogue: Catalogue, preferences: Preferences, who: str, policies: Policies = NO_POLICIES
    ) -> None:
        super().__init__()
        self.policies = policies
        self.jobs = jobs
        self.catalogue = catalogue
        self.preferences = preferences
        self.who = who
        self.mark = OpenMark()
        self._workspace: Workspace | None = None
        self._day: date | None = None
        self._done: list[Edit] = []
        self._undone: list[Edit] = []

    @property
    def is_open(self) -> bool:
        """Whether a database is open."""
        return self._workspace is not None

    @property
    def workspace(self) -> Workspace:
        """The open database; ask `is_open` first."""
        if self._workspace is None:
            raise RuntimeError("No database is open")
        return self._workspace

    @property
    def has_name(self) -> bool:
        """Whether it is known with which name the user signs: they gave it, or their organisation says so."""
        return self.policies.is_on(SIGN_IN_NAME) or bool(self.preferences.get(USER_NAME, ""))

    @property
    def own(self) -> DatabasePreferences:
        """The user's preferences for the open database alone; ask `is_open` first."""
        return self.preferences.of_database(self.workspace.database.identity)

    @property
    def kept(self) -> Preferences | DatabasePreferences:
        """The user's preferences for the open database, or while none is open the user's own."""
        return self.own if self.is_open else self.preferences

    def set_who(self, name: str) -> None:
        """Sign changes with another name from now on, and in later runs."""
        self.who = name
        self.preferences.set(USER_NAME, name)
        if self._workspace is not None:
            self._workspace.who = name
        self.who_changed.emit(name)

    def set_workspace(self, workspace: Workspace | None) -> None:
        """Take over a database that was opened, or close the one that is open; the undo list begins anew."""
        from tomsapp.services.changes import ALL_CHANGED

        if self._workspace is not None:
            self._workspace.close()
            self.mark.release()
        self._workspace = workspace
        self._done.clear()
        self._undone.clear()
        self.undo_changed.emit()
        self.workspace_changed.emit(workspace)
        self._day = None if workspace is None else _now().date()
        if workspace is not None:
            self.changed.emit(ALL_CHANGED)

    def read(self, task: Callable[[Workspace], T], *, key: str | None = None) -> Job[T]:
        """A job that reads the database in its thread; say `.success(...)` and `.start()`.

        What it read is shown only while that database is still open.
        """
        workspace = self.workspace
        job = self.jobs.run(lambda _progress: task(workspace), key=key)
        return job.only_while(lambda: self._workspace is workspace)

    def look_at_day(self) -> None:
        """Tell every page where another day has begun since it was read: what is due, and how late, hangs on it."""
        from tomsapp.services.changes import ALL_CHANGED

        if self.is_open and self._day != (day := _now().date()):
            self._day = day
            self.changed.emit(ALL_CHANGED)

    def follow(self) -> None:
        """Tell every page what others saved since this window last looked."""
        if self.is_open:
            from tomsapp.services.news import read_news

            # Whoever cannot look now is told when they do something, and not each time they come back to the window.
            self.read(read_news, key="news").success(self._on_news).refused(lambda _error: None).start()

    def _on_news(self, changes: Changes | None) -> None:
        if changes is not None:
            self.changed.emit(changes)

    def act(
        self,
        task: Callable[[Workspace, Progress], Done[T]],
        then: Callable[[T], object] | None = None,
        *,
        title: str = "",
    ) -> Job[Done[T]]:
        """A job for a user action: its edit goes on the undo list and every page hears what changed.

        `then` gets the result before the pages reload; `title` names an action that takes a while on the progress card,
        where it can be cancelled. Say `.failure(...)` for an expected refusal and `.start()`.
        """
        workspace = self.workspace

        def on_done(done: Done[T]) -> None:
            if self._workspace is not workspace:
                # It is saved where it belongs; Undo in another database would change that one.
                return
            if then is not None:
                then(done.result)
            self._note(done.edit)

        return self.jobs.run(lambda progress: task(workspace, progress), title=title).success(on_done)

    def _note(self, edit: Edit | None) -> None:
        if edit is None:
            return
        self._done.append(edit)
        self._undone.clear()
        self.undo_changed.emit()
        self.saved.emit(_now())
        self.changed.emit(edit.changes)
        self.edited.emit(edit)

    @property
    def undo_label(self) -> str:
        """What Undo would take back, or nothing."""
        return self._done[-1].label if self._done else ""

    @property
    def undo_stop(self) -> str:
        """Why Undo goes no further, where the last edit is a sealed act."""
        return self._done[-1].stop if self._done else ""

    @property
    def redo_label(self) -> str:
        """What Redo would do again, or nothing."""
        return self._undone[-1].label if self._undone else ""

    def undo(self) -> Job[Changes] | None:
        """Take the last edit back; None when there is none, or it is sealed."""
        from tomsapp.services import edits

        if self.undo_stop:
            return None
        return self._move(self._done, self._undone, edits.undo)

    def redo(self) -> Job[Changes] | None:
        """Do the last undone edit again; None when there is none."""
        from tomsapp.services import edits

        return self._move(self._undone, self._done, edits.redo)

    def _move(
        self, source: list[Edit], target: list[Edit], apply: Callable[[Workspace, Edit], Changes]
    ) -> Job[Changes] | None:
        from tomsapp.services.changes import ALL_CHANGED

        if not source or self._workspace is None:
            return None
        workspace, edit = self._workspace, source.pop()
        self.undo_changed.emit()

        def on_success(changes: Changes) -> None:
            if self._workspace is not workspace:
                return
            target.append(edit)
            self.undo_changed.emit()
            self.saved.emit(_now())
            self.changed.emit(changes)

        def on_failure(error: Exception) -> None:
            """An edit that cannot be taken back (somebody else saved since) leaves the list, and it is said why."""
            self.undo_changed.emit()
            self.changed.emit(ALL_CHANGED)
            self.jobs.failed.emit(error)

        return self.jobs.run(lambda _progress: apply(workspace, edit)).success(on_success).failure(on_failure).start()


def _now() -> datetime:
    from datetime import datetime

    return datetime.now().astimezone()
