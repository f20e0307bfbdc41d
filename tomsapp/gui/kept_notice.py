"""Tells what was wrong with the file in which the user's preferences and drafts are kept."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from tomsapp.gui.session import Session
from tomsapp.gui.widgets.pauses import after_a_pause

_WAIT_MS = 400
_HEADING = "Your settings on this computer"
_REST = "Databases are not touched by this."


class KeptNotice(QObject):
    """Looks once the window stands, and whenever it comes to the front or a draft was kept."""

    def __init__(self, session: Session, window: QWidget) -> None:
        super().__init__(window)
        self._session, self._window = session, window
        self._timer = after_a_pause(self, _WAIT_MS, self.look)
        for happened in (session.draft_kept, session.workspace_changed):
            happened.connect(self._timer.start)
        self._timer.start()

    def look(self) -> None:
        """Say what there is to be said, once."""
        troubles = self._session.preferences.take_troubles()
        if troubles:
            from tomsapp.gui.dialogs.message import tell

            tell(self._window, _HEADING, *troubles, _REST, tone="warning")
