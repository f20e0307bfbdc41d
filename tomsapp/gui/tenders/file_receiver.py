"""Receives files for a tender off the window's thread: found, looked at in the locked room, then kept."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from tomsapp.domain.wording import listed, plural
from tomsapp.gui.widgets.feedback import Toast
from tomsapp.services.tenders.found_files import find_files
from tomsapp.services.tenders.receiving import keep_received, look_at, packs_to_read_by

if TYPE_CHECKING:
    from tomsapp.domain.errors import TomsError
    from tomsapp.gui.session import Session
    from tomsapp.services.progress import Progress
    from tomsapp.services.tenders.reading import OpenTender
    from tomsapp.services.tenders.receiving import LookedFile, Received

_FEW = 4


class FileReceiver(QObject):
    """One receiving at a time; it can be stopped until its files are kept, and then nothing was."""

    told = Signal(object)
    """A `Toast` that says what came of it."""
    refused = Signal(str)
    """Why nothing was received, in a sentence; empty when a receiving begins."""
    stale = Signal()
    kept = Signal(object)
    """What was `Received`."""

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._is_busy = False

    def receive(self, opened: OpenTender, paths: Sequence[Path]) -> None:
        """Receive files, those of folders, and those of a portal's zip folder."""
        if not paths:
            return
        if self._is_busy:
            self.told.emit(Toast("Files are being received: wait until they are kept, then add these", icon="info"))
            return
        self._is_busy = True
        self.refused.emit("")
        job = self._session.read(lambda workspace: packs_to_read_by(workspace, opened))
        job.success(lambda packs: self._look(opened, paths, packs)).failure(self._on_failed).start()

    def _look(self, opened: OpenTender, paths: Sequence[Path], packs: Sequence[bytes]) -> None:
        """Find and look at the files without the database, which others go on with meanwhile."""
        name = paths[0].name if len(paths) == 1 else plural(len(paths), "file")

        def task(progress: Progress) -> list[LookedFile]:
            return look_at(find_files(paths, progress), packs, progress)

        session, workspace = self._session, self._session.workspace
        job = session.jobs.run(task, title=f"Receiving {name}", database=False)
        job.success(lambda looked: self._keep(opened, looked)).failure(self._on_failed).cancelled(self._on_stopped)
        job.only_while(lambda: session.is_open and session.workspace is workspace).start()

    def _keep(self, opened: OpenTender, looked: Sequence[LookedFile]) -> None:
        if not looked:
            self._is_busy = False
            self.refused.emit("There are no files in it. Nothing was received.")
            return
        job = self._session.act(lambda workspace, _progress: keep_received(workspace, opened, looked), self._on_kept)
        job.failure(self._on_failed).start()

    def _on_kept(self, received: Received) -> None:
        self._is_busy = False
        self.told.emit(Toast(received_words(received), icon="check"))
        self.kept.emit(received)

    def _on_stopped(self) -> None:
        self._is_busy = False
        self.told.emit(Toast("Stopped: nothing was received", icon="info"))

    def _on_failed(self, error: Exception) -> None:
        from tomsapp.domain.errors import TomsError as Expected

        self._is_busy = False
        if isinstance(error, Expected):
            self.refused.emit(_sentence(error))
        else:
            self._session.jobs.failed.emit(error)
        self.stale.emit()


def _sentence(error: TomsError) -> str:
    fix = f" {error.fix}." if error.fix else ""
    return f"Nothing was received. {error.message}.{fix}"


def received_words(received: Received) -> str:
    """What came of a receiving: "3 files received: receipts 4, 5 and 6. 1 was here already"."""
    told = []
    if received.kept:
        told.append(f"{plural(len(received.kept), 'file')} received: {_receipts(received.kept)}")
    if received.again:
        were = "was" if len(received.again) == 1 else "were"
        told.append(f"{len(received.again):,} {were} here already: {_receipts(received.again)}")
    if received.back:
        told.append(f"{_receipts(received.back).capitalize()} came before, and after another again")
    return ". ".join(told)


def _receipts(numbers: Sequence[int]) -> str:
    noun = "receipt" if len(numbers) == 1 else "receipts"
    if len(numbers) > _FEW and numbers[-1] - numbers[0] == len(numbers) - 1:
        return f"{noun} {numbers[0]} to {numbers[-1]}"
    return f"{noun} {listed([str(number) for number in numbers])}"
