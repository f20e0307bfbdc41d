"""A PDF that the program makes: off the window's thread, then shown in the preview."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtWidgets import QWidget

from tomsapp.gui.session import Session
from tomsapp.services.progress import Progress
from tomsapp.services.reporting import MadeReport
from tomsapp.services.workspace import Workspace

Maker = Callable[[Workspace, date, Progress], MadeReport]
"""Makes a PDF of a database as it stands today."""


def preview_report(session: Session, parent: QWidget, make: Maker, key: str, title: str) -> None:
    """Make a PDF and show it over the window of `parent`; of those with one key only the last asked for is shown."""
    workspace, today = session.workspace, date.today()  # noqa: DTZ011 - the reader's own day

    def show(made: MadeReport) -> None:
        from tomsapp.gui.dialogs.pdf_preview import PdfPreview

        dialog = PdfPreview(made.data, made.file_name, session.jobs, parent.window(), tuple(map(str, made.notes)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    job = session.jobs.run(lambda progress: make(workspace, today, progress), key=key, title=title)
    job.success(show).start()
