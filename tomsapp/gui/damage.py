"""Tells what can be done about a damaged database, and asks the database when something went wrong in it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QDialogButtonBox, QWidget
from shiboken6 import isValid

from tomsapp.domain.errors import TomsError
from tomsapp.gui.session import Session

if TYPE_CHECKING:
    from tomsapp.gui.database_care import DatabaseCare
    from tomsapp.gui.dialogs.message import MessageDialog

RESTORE, COPY = "Restore a backup…", "Copy what can be read…"


class DamageNotice(QObject):
    """Says it once, over whatever page is shown; `care` is what restores and copies."""

    def __init__(self, session: Session, window: QWidget, care: Callable[[], DatabaseCare]) -> None:
        super().__init__(window)
        self._session, self._window, self._care = session, window, care
        self._asked: BaseException | None = None
        self._dialog: MessageDialog | None = None

    def look(self, error: BaseException, otherwise: Callable[[], object]) -> None:
        """Find out whether damage is behind a fault that nobody foresaw; `otherwise` is done where it is not."""
        if self._is_told:
            return
        if not self._session.is_open or error is self._asked:
            otherwise()
            return
        self._asked = error
        target = self._session.workspace.database.target

        def task(_progress: object) -> TomsError | None:
            from tomsapp.services.databases import damage_behind

            return damage_behind(target, error)

        job = self._session.jobs.run(task, key="damage")
        job.success(partial(self._on_looked, otherwise)).failure(lambda _error: otherwise()).start()

    @property
    def _is_told(self) -> bool:
        return self._dialog is not None and isValid(self._dialog) and self._dialog.isVisible()

    def _on_looked(self, otherwise: Callable[[], object], found: TomsError | None) -> None:
        if found is None:
            otherwise()
        else:
            self.tell(found)

    def tell(self, error: TomsError) -> None:
        """Say that the database is damaged, with the ways out of it."""
        from tomsapp.gui.dialogs.message import MessageDialog

        if self._is_told:
            return
        database = self._session.workspace.database if self._session.is_open else None
        sentences = [f"{error.fix}." if error.fix else "", "What is whole can still be looked at. Save nothing in it."]
        dialog = self._dialog = MessageDialog(
            error.message, [each for each in sentences if each], self._window, tone="warning"
        )
        role = QDialogButtonBox.ButtonRole.ActionRole
        if database is None or database.path is not None:
            path = str(database.path) if database else ""
            for words, does in ((RESTORE, lambda: self._care().restore()), (COPY, lambda: self._care().rescue(path))):
                dialog.add_button(words, role).clicked.connect(partial(_leave, dialog, does))
        dialog.add_button("Close", QDialogButtonBox.ButtonRole.RejectRole, is_default=True)
        dialog.open()


def _leave(dialog: MessageDialog, does: Callable[[], object], _checked: bool = False) -> None:
    dialog.reject()
    does()
