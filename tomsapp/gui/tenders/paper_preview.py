"""A paper of a tender, made off the window's thread and shown: to be printed, saved as PDF or Word, and sent."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from tomsapp.gui.file_dialogs import FileDialogs, FileUse
from tomsapp.gui.session import Session
from tomsapp.gui.widgets.buttons import Button
from tomsapp.gui.widgets.dialog_parts import open_once
from tomsapp.gui.widgets.feedback import Toast
from tomsapp.services.council_papers import print_paper, save_word

if TYPE_CHECKING:
    from tomsapp.domain.papers.council_paper import CouncilPaper
    from tomsapp.gui.dialogs.pdf_preview import PdfPreview
    from tomsapp.services.council_papers import PrintedPaper
    from tomsapp.services.progress import Progress
    from tomsapp.services.workspace import Workspace

_WORD = "Word file (*.docx)"


class PaperPreview(QObject):
    """Shows papers over the window of `parent`; of several asked for at once only the last is shown."""

    told = Signal(object)
    """A `Toast` that says where a file went."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session, self._parent = session, parent
        self.preview: PdfPreview | None = None
        self.word_button: Button | None = None

    def show_paper(self, make: Callable[[Workspace], CouncilPaper], title: str) -> None:
        """Make a paper of the open database, and show it."""
        session, workspace = self._session, self._session.workspace

        def work(progress: Progress) -> PrintedPaper:
            return print_paper(workspace, make(workspace), progress)

        job = session.jobs.run(work, key="tender paper", title=title).success(self._show)
        job.only_while(lambda: session.is_open and session.workspace is workspace).start()

    def _show(self, printed: PrintedPaper) -> None:
        from tomsapp.gui.dialogs.pdf_preview import PdfPreview

        files, notes = FileDialogs(self._session.own), tuple(map(str, printed.pdf.notes))
        self.word_button = Button("Save Word file…", icon_name="download", does=lambda: self._save_word(printed))
        self.preview = PdfPreview(
            printed.pdf.data,
            printed.pdf.file_name,
            self._session.jobs,
            files,
            self._parent.window(),
            notes,
            more=(self.word_button,),
        )
        open_once(self.preview)

    def _save_word(self, printed: PrintedPaper) -> None:
        preview, files = self.preview, FileDialogs(self._session.own)
        if preview is None:
            return
        path = files.save(preview, FileUse.PDF, "Save Word file", Path(printed.word_name), _WORD)
        if path is not None:
            job = self._session.jobs.run(lambda _progress: save_word(printed, path), database=False)
            job.success(self._on_saved).start()

    def _on_saved(self, path: Path) -> None:
        self.told.emit(Toast(f"Saved as {path}", icon="download"))
        if self.preview is not None:
            self.preview.message.setText(f"Saved as {path}")
