"""A PDF that the program makes: off the window's thread, then shown in the preview."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from tomsapp.gui.file_dialogs import FileDialogs
from tomsapp.gui.session import Session
from tomsapp.gui.widgets.dialog_parts import open_once
from tomsapp.services.progress import Progress
from tomsapp.services.reporting import MadeReport
from tomsapp.services.signers import PaperSignature, sign_with_password
from tomsapp.services.workspace import Workspace

if TYPE_CHECKING:
    from tomsapp.gui.dialogs.pdf_preview import PdfPreview

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
    preview = PdfPreview(made.data, made.file_name, session.jobs, files, parent.window(), notes, made.signature)
    preview.sign_wanted.connect(lambda: _ask_to_sign(session, preview, made))
    open_once(preview)


def _ask_to_sign(session: Session, preview: PdfPreview, made: MadeReport) -> None:
    """Ask for the password of the council's key, then sign what the preview shows."""
    from tomsapp.gui.dialogs.key_password import KeyPasswordDialog

    def task(workspace: Workspace, password: str) -> tuple[bytes, PaperSignature]:
        return sign_with_password(workspace, made.data, password)

    def then(signed: tuple[bytes, PaperSignature]) -> None:
        preview.take_signed(*signed)

    open_once(KeyPasswordDialog(session, "Sign the PDF", "Sign", task, then, preview))
