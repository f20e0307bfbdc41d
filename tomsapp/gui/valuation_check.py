"""Checking a PDF valuation that somebody published: does every figure in it still hold?"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from tomsapp.gui.dialogs.message import tell
from tomsapp.gui.file_dialogs import FileDialogs, FileUse
from tomsapp.gui.session import Session
from tomsapp.services.progress import Progress

if TYPE_CHECKING:
    from tomsapp.services.verification import Verification


class ValuationCheck(QObject):
    """Asks for a PDF, works out every figure in it again, and says what came of it."""

    def __init__(self, session: Session, window: QWidget) -> None:
        super().__init__(window)
        self._session, self._window = session, window

    def ask_for_file(self) -> None:
        """Ask for the PDF, then check it."""
        files = FileDialogs(self._session.preferences)
        chosen = files.open(self._window, FileUse.PDF, "Check a valuation", "PDF valuations (*.pdf)")
        if chosen is not None:
            self.check(chosen)

    def check(self, path: Path) -> None:
        """Check the PDF at `path`, with the menus of the open database if there is one."""
        session = self._session
        menus = session.workspace if session.is_open else session.catalogue

        def task(progress: Progress) -> Verification:
            # Reading PDFs takes most of a second to load, so it is loaded when it is first wanted.
            from tomsapp.services.verifying import verify_pdf

            return verify_pdf(menus, path, progress)

        job = session.jobs.run(task, title=f"Checking {path.name}")
        job.success(partial(self._on_checked, path.name)).start()

    def _on_checked(self, name: str, found: Verification) -> None:
        tell(self._window, f"{name} {found.verdict}", *found.told, tone="success" if found.holds else "warning")
