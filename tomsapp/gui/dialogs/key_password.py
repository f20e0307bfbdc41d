"""Asks for the password of the key that signs; it is never kept longer than the database is open."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

from PySide6.QtWidgets import QDialog, QLineEdit, QWidget

from tomsapp.domain.errors import TomsError
from tomsapp.gui.session import Session
from tomsapp.gui.theme import current_theme
from tomsapp.gui.widgets.announce import announce
from tomsapp.gui.widgets.dialog_parts import do_or_cancel, take_room
from tomsapp.gui.widgets.fields import LineField
from tomsapp.gui.widgets.form_dialog import HANGING_MARGINS, in_line
from tomsapp.gui.widgets.layouts import in_column
from tomsapp.gui.widgets.text import Text
from tomsapp.services.workspace import Workspace

T = TypeVar("T")

KEPT_WORDS = "It is asked for again when the database is next opened, and is written down nowhere."
_WIDTH = 480


class KeyPasswordDialog(QDialog, Generic[T]):
    """Asks for a password and does with it what it was asked for; stays open while the password is wrong."""

    def __init__(
        self,
        session: Session,
        title: str,
        go: str,
        task: Callable[[Workspace, str], T],
        then: Callable[[T], object],
        parent: QWidget | None,
    ) -> None:
        super().__init__(parent)
        self._session, self._task, self._then = session, task, then
        self.setWindowTitle(title)
        self.setMinimumWidth(current_theme().px(_WIDTH))
        self.password = LineField("Password of the key", KEPT_WORDS)
        self.password.line.setEchoMode(QLineEdit.EchoMode.Password)
        buttons = do_or_cancel(self, go, self._on_go)
        title_text = Text(title, "h2", wrap=True)
        self._parts = in_column(
            *in_line(title_text, self.password, buttons), inside=self, margins=HANGING_MARGINS, gap=14
        )
        self.password.control.setFocus()

    def _on_go(self) -> None:
        # A space at either end belongs to a password.
        password = self.password.line.text()
        if not password:
            self._say("Enter the password of the key")
            return
        task = self._task
        job = self._session.read(lambda workspace: task(workspace, password))
        job.success(self._on_done).refused(self._on_refused).start()

    def _on_done(self, result: T) -> None:
        self.accept()
        self._then(result)

    def _on_refused(self, error: TomsError) -> None:
        self._say(f"{error.message}. {error.fix}" if error.fix else error.message)

    def _say(self, words: str) -> None:
        self.password.set_error(words)
        self._parts.activate()
        take_room(self, self.width(), self._parts.totalHeightForWidth(self.width()))
        self.password.control.setFocus()
        self.password.line.selectAll()
        announce(self, words)
