"""Says in the status bar whether the file holds all that was saved, and brings into it what is still beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from tomsapp.domain.errors import TomsError
from tomsapp.gui.session import Session
from tomsapp.gui.status_bar import StatusBar
from tomsapp.gui.widgets.pauses import after_a_pause

if TYPE_CHECKING:
    from datetime import datetime

    from tomsapp.services.workspace import Workspace

_LOOK_AGAIN_MS = 1500
"""So long after a look the next one follows: a reader may have gone, or another window may have saved."""
_BACK_UP = "File, Back up makes a whole copy."


class SavedState(QObject):
    """What the user can rely on: that a copy of the file is whole is said only while it is so."""

    def __init__(self, session: Session, status: StatusBar, parent: QObject) -> None:
        super().__init__(parent)
        self._session, self._status = session, status
        self._saved_at: datetime | None = None
        self._is_settled = True
        self._timer = after_a_pause(self, _LOOK_AGAIN_MS, self.look)
        session.saved.connect(self._on_saved)
        session.draft_kept.connect(self._on_draft_kept)
        session.workspace_changed.connect(self._on_workspace_changed)

    def look(self) -> None:
        """Bring into the file what is beside it, whoever saved it, and say how it stands."""
        if self._session.is_open:
            job = self._session.read(_settled, key="settle")
            job.success(self._on_looked).refused(self._on_refused).finished(self._timer.start).start()

    def _on_workspace_changed(self, _workspace: object) -> None:
        self._timer.stop()
        self._saved_at, self._is_settled = None, True
        self._status.set_saved("")
        self.look()

    def _on_saved(self, at: datetime) -> None:
        self._saved_at, self._is_settled = at, False
        self._status.set_saved("Saving…", icon="clock", tone="text_muted")
        self.look()

    def _on_draft_kept(self, at: datetime) -> None:
        self._status.set_saved(f"Draft of this form kept {at:%H:%M}", icon="pencil-line", tone="text_muted")

    def _on_looked(self, looked: tuple[Workspace, bool]) -> None:
        workspace, is_settled = looked
        if not self._session.is_open or workspace is not self._session.workspace:
            return
        if is_settled and not self._is_settled:
            self._say_saved()
        elif not is_settled:
            words = f"Another program reads {workspace.database.name}. {_BACK_UP}"
            self._status.set_saved(words, icon="triangle-alert", tone="warning_mark")
        self._is_settled = is_settled

    def _say_saved(self) -> None:
        database, at = self._session.workspace.database, self._saved_at
        time = f"Last saved here at {at:%H:%M}" if at else ""
        if database.path is None:
            self._status.set_saved("All changes saved", tooltip=time)
        else:
            self._status.set_saved(f"All saved in {database.name}. Safe to copy.", tooltip=time)

    def _on_refused(self, error: TomsError) -> None:
        if not self._session.is_open:
            return
        self._is_settled = False
        self._status.set_saved(f"{error.message}. {_BACK_UP}", icon="triangle-alert", tone="warning_mark")


def _settled(workspace: Workspace) -> tuple[Workspace, bool]:
    return workspace, workspace.database.settle()
