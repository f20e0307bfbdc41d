"""A PDF that the program makes: off the window's thread, then shown in the preview."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtWidgets import QWidget

from tomsapp.gui.file_dialogs import FileDialogs
from tomsapp.gui.session import Session
from tomsapp.gui.widgets.dialog_parts import open_once
from tomsapp.services.progress import Progress
from tomsapp.services.reporting import MadeReport
from tomsapp.services.workspace import Workspace

Maker = Callable[[Workspace, date, Progress], MadeReport]
"""Makes a PDF of a database as it stands today."""


def preview_report(session: Session, parent: QWidget, make: Maker, key: str, title: str) -> None:
    """Make a PDF and show it; of those with one key only the last that was asked for is shown."""
    workspace, today = session.workspace, date.today()  # noqa: DTZ011 - the reader's own day
    job = session.jobs.run(lambda progress: make(workspace, today, progress), key=key, title=title)
    job.success(lambda made: show_report(session, parent, made))
    job.only_while(lambda: session.is_open and session.workspace is workspace).start()


def show_report(session: Session, parent: QWidget, made: MadeReport) -> None:
    """Show a PDF that was made in the preview, over the window of `parent`."""
    from tomsapp.gui.dialogs.pdf_preview import PdfPreview

    notes = tuple(map(str, made.notes))
    files = FileDialogs(session.own)
    open_once(PdfPreview(made.data, made.file_name, session.jobs, files, parent.window(), notes))
