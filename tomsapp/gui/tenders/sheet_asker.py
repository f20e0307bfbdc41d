"""Asks for a table that is read into a tender, opens it beside the database, and shows its rows."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from tomsapp.gui.file_dialogs import FileDialogs, FileUse
from tomsapp.gui.tenders.sheet_dialog import SheetDialog, SheetTask
from tomsapp.gui.widgets.dialog_parts import open_once
from tomsapp.gui.widgets.feedback import Toast
from tomsapp.services.tenders.sheet_rows import open_sheets

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tomsapp.domain.errors import TomsError
    from tomsapp.gui.session import Session
    from tomsapp.services.tenders.sheet_rows import OpenedSheet

TABLES = "Tables (*.csv *.xlsx *.ods);;All files (*)"


class SheetAsker(QObject):
    """Asks over the window of `parent`."""

    told = Signal(object)
    """A `Toast` that says what was taken over."""
    refused = Signal(str)
    """Why a file is not shown, in a sentence; empty when another one is asked for."""
    stale = Signal()
    """Somebody else may have been first, so the tender is to be read again."""

    def __init__(self, session: Session, use: FileUse, parent: QWidget) -> None:
        super().__init__(parent)
        self._session, self._use, self._parent = session, use, parent
        self.dialog: SheetDialog[Any, Any, Any] | None = None

    def ask(self, task: SheetTask[Any, Any, Any]) -> None:
        """Ask for a file, and show its rows."""
        path = FileDialogs(self._session.own).open(self._parent, self._use, task.title, TABLES)
        if path is not None:
            self.read(task, path)

    def read(self, task: SheetTask[Any, Any, Any], path: Path) -> None:
        """Show the rows of a file."""
        self.refused.emit("")
        session, workspace = self._session, self._session.workspace
        job = session.jobs.run(
            lambda progress: open_sheets(workspace, task.kind, path, progress),
            title=f"Reading {path.name}",
            database=False,
        )
        job.success(lambda sheets: self.show_sheets(task, sheets)).refused(self._on_refused)
        job.only_while(lambda: session.is_open and session.workspace is workspace).start()

    def show_sheets(self, task: SheetTask[Any, Any, Any], sheets: Sequence[OpenedSheet[Any]]) -> None:
        """Show the rows of sheets that were opened."""
        self.dialog = dialog = SheetDialog(self._session, task, sheets, self._parent.window())
        dialog.taken.connect(lambda words: self.told.emit(Toast(words)))
        dialog.stale.connect(self.stale)
        open_once(dialog)

    def _on_refused(self, error: TomsError) -> None:
        fix = f" {error.fix}." if error.fix else ""
        self.refused.emit(f"{error.message}.{fix}")
