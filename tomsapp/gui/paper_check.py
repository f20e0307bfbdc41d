"""Checking what somebody published: does every figure in a PDF valuation or a frozen evaluation still hold?"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from tomsapp.gui.dialogs.message import tell
from tomsapp.gui.file_dialogs import FileDialogs, FileUse
from tomsapp.gui.session import Session
from tomsapp.services.documents import Document
from tomsapp.services.progress import Progress

if TYPE_CHECKING:
    from tomsapp.services.verification import Verification

_ASKED = {
    Document.PAPER: ("Check a valuation", "PDF valuations (*.pdf)"),
    Document.EVALUATION: ("Check an evaluation", "Frozen evaluations (*.tomseval)"),
}


class PaperCheck(QObject):
    """Asks for a file, works out every figure in it again, and says what came of it."""

    def __init__(self, session: Session, window: QWidget) -> None:
        super().__init__(window)
        self._session, self._window = session, window

    def ask_for_file(self, kind: Document = Document.PAPER) -> None:
        """Ask for a file of a kind, then check it."""
        title, files = _ASKED[kind]
        chosen = FileDialogs(self._session.preferences).open(self._window, FileUse.PDF, title, files)
        if chosen is not None:
            self.check(chosen, kind)

    def check(self, path: Path, kind: Document = Document.PAPER) -> None:
        """Check the file at `path`; with the menus, or what was frozen, of the open database if there is one."""
        session = self._session
        workspace = session.workspace if session.is_open else None

        def task(progress: Progress) -> Verification:
            # What reads them takes most of a second to load, so it is loaded when it is first wanted.
            if kind is Document.EVALUATION:
                from tomsapp.services.tenders.verifying import verify_evaluation_file

                return verify_evaluation_file(path, workspace, progress)
            from tomsapp.services.verifying import verify_pdf

            return verify_pdf(workspace or session.catalogue, path, progress)

        job = session.jobs.run(task, title=f"Checking {path.name}")
        job.success(partial(self._on_checked, path.name)).start()

    def _on_checked(self, name: str, found: Verification) -> None:
        tell(self._window, f"{name} {found.verdict}", *found.told, tone="success" if found.holds else "warning")
