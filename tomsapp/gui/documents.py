"""Opens whatever file somebody double-clicks, drops on Start or names to the program, each where it belongs."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from tomsapp.domain.errors import TomsError
from tomsapp.gui.dialogs.message import MessageDialog, tell, tell_failure
from tomsapp.gui.session import Session
from tomsapp.services.addresses import DATABASE_ENDINGS, display_name
from tomsapp.services.documents import Document, FoundDocument, document_in

if TYPE_CHECKING:
    from tomsapp.gui.database_opener import DatabaseOpener
    from tomsapp.gui.page import Page
    from tomsapp.services.progress import Progress
    from tomsapp.services.tenders.reading import OpenTender
    from tomsapp.services.workspace import Workspace

_FIRST = "Open the database of the council that made it, then open the file again"


class DocumentOpener(QObject):
    """Looks into a file off the window's thread, and then opens it as what it is."""

    def __init__(self, session: Session, opener: DatabaseOpener, start: Page) -> None:
        super().__init__(start)
        self._session, self._opener, self._start = session, opener, start
        self._waiting: list[Path] = []
        opener.busy_changed.connect(self._on_busy)

    @property
    def _window(self) -> QWidget:
        return self._start.window()

    def open_when_ready(self, path: Path) -> None:
        """Open a file once the database that is being opened is there, as returns and marking files need it."""
        self._waiting.append(path)
        if not self._opener.is_busy:
            self._on_busy(is_busy=False)

    def _on_busy(self, is_busy: bool) -> None:
        if not is_busy:
            waiting, self._waiting = self._waiting, []
            for path in waiting:
                self.open(path)

    def open(self, path: Path, *, is_meant_here: bool = False) -> None:
        """Open a file.

        Args:
            path: of the file.
            is_meant_here: whether a database takes the place of the one that is open, without a question.
        """

        def look(progress: Progress) -> FoundDocument:
            return document_in(path, progress)

        job = self._session.jobs.run(look, database=False, title=f"Opening {path.name}")
        job.success(partial(self._on_found, path, is_meant_here)).refused(partial(self._on_refused, path)).start()

    def _on_refused(self, path: Path, error: TomsError) -> None:
        """Say what the file is; of one that is called as databases are, Start says how it may be saved."""
        if path.suffix.lower() in DATABASE_ENDINGS:
            self._start.show_target(str(path))
        else:
            tell_failure(self._window, error)

    def _on_found(self, path: Path, is_meant_here: bool, found: FoundDocument) -> None:
        if found.kind is Document.DATABASE:
            self._open_database(path, is_meant_here=is_meant_here)
        elif found.kind.is_for_bidders:
            from tomsapp.gui.bidder.open_bidder import open_tender_file

            open_tender_file(path, self._session.jobs, self._session.preferences, self._window)
        elif found.kind.needs_database:
            self._bring_in(path, found)
        else:
            from tomsapp.gui.paper_check import PaperCheck

            PaperCheck(self._session, self._window).check(path, found.kind)

    # Databases

    def _open_database(self, path: Path, *, is_meant_here: bool) -> None:
        """Open it; where another one is open, that one is not closed without a word."""
        opened = self._session.workspace.database.path if self._session.is_open else None
        if opened is not None and opened.exists() and path.exists() and opened.samefile(path):
            return
        if self._session.is_open and not is_meant_here:
            self._ask_where(path)
        else:
            self._start.show_target(str(path))

    def _ask_where(self, path: Path) -> None:
        from PySide6.QtWidgets import QDialogButtonBox

        opened = display_name(self._session.workspace.database.name)
        sentence = f"{opened} is open in this window. Everything in it is saved."
        dialog = MessageDialog(f"Where should {path.name} be opened?", [sentence], self._window)
        role = QDialogButtonBox.ButtonRole
        here = dialog.add_button("Open it here", role.AcceptRole)
        beside = dialog.add_button("Open a new window", role.AcceptRole, "primary", is_default=True)
        dialog.add_button("Cancel", role.RejectRole)
        for button in (here, beside):
            button.clicked.connect(dialog.accept)
        here.clicked.connect(lambda: self._start.show_target(str(path)))
        beside.clicked.connect(lambda: open_new_window(path))
        dialog.open()

    # What is brought in to a database

    def _bring_in(self, path: Path, found: FoundDocument) -> None:
        if not self._session.is_open:
            tell(self._window, f"{path.name} is {found.kind.value} for {found.of}", f"{_FIRST}.", tone="warning")
        elif found.kind is Document.RETURN:
            self._read_return(path)
        else:
            self._read_marking(path, found)

    def _read_return(self, path: Path) -> None:
        from datetime import date

        from tomsapp.gui.delivery.returns_window import ReturnsWindow

        window = ReturnsWindow(self._session, None, date.today(), self._window)  # noqa: DTZ011 - the user's own day
        window.taken.connect(self._say_taken)
        window.show()
        window.read([path])

    def _read_marking(self, path: Path, found: FoundDocument) -> None:
        def find(workspace: Workspace) -> OpenTender:
            from tomsapp.services.tenders.reading import find_tender, open_tender

            return open_tender(workspace, find_tender(workspace, found.of))

        def show(tender: OpenTender) -> None:
            from tomsapp.gui.tenders.marking_files_window import MarkingFilesWindow

            window = MarkingFilesWindow(self._session, tender, self._window)
            window.taken.connect(self._say_taken)
            window.show()
            window.read([path])

        def refuse(error: TomsError) -> None:
            words = f"{path.name} is {found.kind.value} for {found.of}"
            tell(self._window, words, f"{error.message}.", f"{_FIRST}.", tone="warning")

        self._session.read(find, key="marking-file").success(show).refused(refuse).start()

    def _say_taken(self, words: str) -> None:
        from tomsapp.gui.widgets.feedback import Toast

        self._start.wants_toast.emit(Toast(words, self._session.undo))


def open_new_window(path: Path | None = None) -> None:
    """Start the program once more, with a file or without, in a window of its own."""
    import sys

    from PySide6.QtCore import QProcess

    from tomsapp.config.paths import is_frozen

    program = [] if is_frozen() else ["-m", "tomsapp"]
    QProcess.startDetached(sys.executable, [*program, "--new-window", *([str(path)] if path else [])])
