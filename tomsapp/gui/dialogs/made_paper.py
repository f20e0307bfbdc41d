"""A paper of the council: made off the window's thread, shown as a PDF, and saved as Word too."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from tomsapp.gui.file_dialogs import FileDialogs, FileUse
from tomsapp.gui.session import Session
from tomsapp.gui.widgets.buttons import Button
from tomsapp.gui.widgets.dialog_parts import open_once
from tomsapp.gui.widgets.feedback import Toast

if TYPE_CHECKING:
    from tomsapp.domain.papers.council_paper import CouncilPaper
    from tomsapp.gui.dialogs.pdf_preview import PdfPreview
    from tomsapp.services.council_papers import PrintedPaper
    from tomsapp.services.progress import Progress
    from tomsapp.services.workspace import Workspace

_WORD = "Word file (*.docx)"


class PaperShower(QObject):
    """Makes papers for a page or a tab, and shows the last that was asked for in the preview."""

    told = Signal(object)
    """A `Toast`: where the Word file was saved."""

    def __init__(self, session: Session, owner: QWidget) -> None:
        super().__init__(owner)
        self._session, self._owner = session, owner
        self.preview: PdfPreview | None = None
        self.word_button: Button | None = None

    def make(self, make: Callable[[Workspace, Progress], CouncilPaper], title: str = "Making the paper") -> None:
        """Make a paper and print it beside the window's thread, then show it; `title` says what is done meanwhile."""
        from tomsapp.services.council_papers import print_paper

        workspace = self._session.workspace

        def work(progress: Progress) -> PrintedPaper:
            return print_paper(workspace, make(workspace, progress), progress)

        job = self._session.jobs.run(work, key="council-paper", title=title)
        job.success(self._show)
        job.only_while(lambda: self._session.is_open and self._session.workspace is workspace).start()

    def show_of_none(self, make: Callable[[Progress], PrintedPaper], title: str) -> None:
        """Print a paper that is of no database, and show it."""
        self._session.jobs.run(make, database=False, key="council-paper", title=title).success(self._show).start()

    @property
    def _files(self) -> FileDialogs:
        """Asks for files, beside those of the database where one is open."""
        session = self._session
        return FileDialogs(session.own if session.is_open else session.preferences)

    def _show(self, printed: PrintedPaper) -> None:
        from tomsapp.gui.dialogs.pdf_preview import PdfPreview

        files, notes = self._files, tuple(map(str, printed.pdf.notes))
        self.word_button = Button("Save Word file…", icon_name="download", does=lambda: self._save_word(printed))
        self.preview = PdfPreview(
            printed.pdf.data,
            printed.pdf.file_name,
            self._session.jobs,
            files,
            self._owner.window(),
            notes,
            more=(self.word_button,),
        )
        open_once(self.preview)

    def _save_word(self, printed: PrintedPaper) -> None:
        from pathlib import Path

        from tomsapp.services.council_papers import save_word

        preview = self.preview
        if preview is None:
            return
        path = self._files.save(preview, FileUse.PDF, "Save Word file", Path(printed.word_name), _WORD)
        if path is not None:
            job = self._session.jobs.run(lambda _progress: save_word(printed, path), database=False)
            job.success(self._on_saved).start()

    def _on_saved(self, path: object) -> None:
        self.told.emit(Toast(f"Saved as {path}", icon="download"))
        if self.preview is not None:
            self.preview.message.setText(f"Saved as {path}")
