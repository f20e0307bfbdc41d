"""What can be done with a published valuation: open it, save a copy, verify it, and see what was decided since."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from tomsapp.gui.delivery.published_now_dialog import PublishedNowDialog
from tomsapp.gui.dialogs.made_report import show_report
from tomsapp.gui.dialogs.message import tell
from tomsapp.gui.file_dialogs import FileDialogs, FileUse
from tomsapp.gui.session import Session
from tomsapp.gui.widgets.dialog_parts import open_once
from tomsapp.gui.widgets.feedback import Toast
from tomsapp.services.published_now import PublishedNow, published_now
from tomsapp.services.publishing import copy_name, paper_bytes, verify_paper
from tomsapp.services.reporting import MadeReport, write_report
from tomsapp.services.signers import PaperSignature

if TYPE_CHECKING:
    from tomsapp.domain.delivery.published import DeliveredPaperKept
    from tomsapp.services.verification import Verification

PDF = "PDF (*.pdf)"


class PublishedPapers(QObject):
    """Does it for any page of a contract that lists its papers; `parent` is the page."""

    toast = Signal(object)

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session, self._parent = session, parent

    def open(self, paper: DeliveredPaperKept, reference: str) -> None:
        """Show it as it is kept."""
        words = f"Published {paper.words.partition('published ')[2]}; these are its bytes as they are kept."
        name = copy_name(reference, paper)

        def show(data: bytes) -> None:
            made = MadeReport(data, name, 0, signature=PaperSignature(words, is_signed=True))
            show_report(self._session, self._parent, made)

        job = self._session.read(lambda workspace: paper_bytes(workspace, paper.id), key="published paper")
        job.success(show).start()

    def save(self, paper: DeliveredPaperKept, reference: str) -> None:
        """Ask where to save a copy, byte for byte."""
        path = choose_pdf(self._session, self._parent, copy_name(reference, paper))
        if path is None:
            return
        job = self._session.read(lambda workspace: write_report(paper_bytes(workspace, paper.id), path))
        job.success(lambda saved: self.toast.emit(Toast(f"Saved as {saved}", icon="download"))).start()

    def verify(self, paper: DeliveredPaperKept, reference: str) -> None:
        """Work it out again from its own bytes, and say what came of it."""
        session, workspace = self._session, self._session.workspace
        name = copy_name(reference, paper)

        def told(found: Verification) -> None:
            tell(
                self._parent.window(),
                f"{name} {found.verdict}",
                *found.told,
                tone="success" if found.holds else "warning",
            )

        job = session.jobs.run(
            lambda progress: verify_paper(workspace, paper, reference, progress), title=f"Checking {name}"
        )
        job.success(told).only_while(lambda: session.is_open and session.workspace is workspace).start()

    def compare(self, paper: DeliveredPaperKept, reference: str) -> None:
        """Show what was published beside what is known now."""

        def show(now: PublishedNow) -> None:
            open_once(PublishedNowDialog(now, reference, self._parent.window()))

        job = self._session.read(lambda workspace: published_now(workspace, paper), key="published and now")
        job.success(show).start()


def choose_pdf(session: Session, parent: QWidget, name: str) -> Path | None:
    """Ask where to save a PDF of this name."""
    return FileDialogs(session.own).save(parent.window(), FileUse.PDF, "Save as", Path(name), PDF)
