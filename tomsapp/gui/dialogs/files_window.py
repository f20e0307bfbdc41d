"""A window that reads files, shows what each would do, and saves that at its last button and not before."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from tomsapp.domain.errors import TomsError
from tomsapp.domain.wording import plural
from tomsapp.gui.session import Session
from tomsapp.gui.shown_job import ShownJob
from tomsapp.gui.theme import current_theme
from tomsapp.gui.widgets.actions import add_action
from tomsapp.gui.widgets.buttons import Button
from tomsapp.gui.widgets.dialog_parts import take_room
from tomsapp.gui.widgets.file_drops import TakesFiles
from tomsapp.gui.widgets.problems import Notice

NOT_YET = "Nothing is saved yet"


class FilesWindow(TakesFiles, QDialog):
    """All that is taken over is one change; the window goes with its database, and stops what it had begun."""

    taken = Signal(str)
    """What was taken over, in words."""

    def __init__(self, session: Session, title: str, parent: QWidget | None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self._session = session
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAcceptDrops(True)
        self.note = Notice()
        self.take_button = Button("Take over", "primary", does=self.take)

    def begin(self, column: QVBoxLayout, width: int, height: int) -> None:
        """Begin to work, once what stands in the window is in a column."""
        self._work = ShownJob(column)
        add_action(self, "Take over", "Ctrl+Return", self.take)
        add_action(self, "Read other files", QKeySequence.StandardKey.Open, self.choose_files)
        self._session.workspace_changed.connect(self._on_other_database)
        self.finished.connect(lambda _result: self._work.stop())
        theme = current_theme()
        take_room(self, theme.px(width), theme.px(height))

    def choose_files(self) -> None:
        """Ask for files."""
        raise NotImplementedError

    def read(self, paths: Sequence[Path]) -> None:
        """Read files, and hold them against the database."""
        raise NotImplementedError

    def take(self) -> None:
        """Save what is taken over in one change."""
        raise NotImplementedError

    def take_dropped(self, paths: list[Path]) -> None:
        """Read what was dropped."""
        self.read(paths)

    def say_taken(self, number: int, one: str) -> None:
        """Say on the last button how many of what are taken over; it does nothing where none are."""
        self.take_button.setText(f"Take over {plural(number, one)}" if number else "Take over")
        self.take_button.setEnabled(number > 0)

    def say_stopped(self) -> None:
        """Say that nothing came of what was stopped."""
        self.note.say("You stopped it. Nothing was saved.")

    def say_refused(self, error: TomsError) -> None:
        """Say why nothing came of it."""
        self.note.say(f"{error.message}. {error.fix}. Nothing was saved.")

    def _on_other_database(self, _workspace: object) -> None:
        self.close()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Stop what is on its way."""
        self._work.stop()
        super().closeEvent(event)
