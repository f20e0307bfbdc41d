"""Opens the bidder's window for a file: from the command line, from File, from Start, and for a dropped file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication, QWidget

from tomsapp.config.preferences import Preferences
from tomsapp.domain.errors import TomsError
from tomsapp.gui.bidder.opening import KINDS, PACK_KINDS, WHERE_IS_THE_PACK, opening_job
from tomsapp.gui.dialogs.message import tell_failure
from tomsapp.gui.file_dialogs import FileDialogs, FileUse
from tomsapp.gui.focus_ring import install_focus_ring
from tomsapp.gui.jobs import Jobs
from tomsapp.gui.theme import restore_looks
from tomsapp.gui.widgets.roles import tell_roles
from tomsapp.services.bidder_offers import PackNotBeside
from tomsapp.services.bidding.opening import BegunOffer, open_for_bidder

_OPEN: set[QWidget] = set()
"""The windows that are open: nothing else holds one that stands by itself."""


def ask_for_tender(jobs: Jobs, preferences: Preferences, parent: QWidget) -> None:
    """Ask for a pack or an offer, and open it in a window of its own."""
    path = FileDialogs(preferences).open(parent, FileUse.IMPORT, "Answer a tender", KINDS)
    if path is not None:
        open_tender_file(path, jobs, preferences, parent)


def open_tender_file(
    path: Path,
    jobs: Jobs,
    preferences: Preferences,
    parent: QWidget | None = None,
    failed: Callable[[Exception], object] | None = None,
    pack: Path | None = None,
) -> None:
    """Open a pack or an offer in a window of its own; what is wrong with it is said over `parent`."""

    def on_failure(error: Exception) -> None:
        if isinstance(error, PackNotBeside):
            files = FileDialogs(preferences)
            found = files.open(parent or QWidget(), FileUse.IMPORT, WHERE_IS_THE_PACK, PACK_KINDS)
            if found is not None:
                open_tender_file(path, jobs, preferences, parent, failed, found)
                return
        if failed is not None:
            failed(error)
        elif isinstance(error, TomsError):
            tell_failure(parent, error)
        else:
            jobs.failed.emit(error)

    job = opening_job(jobs, partial(open_for_bidder, path, pack), path.name)
    job.success(lambda begun: show_bidder(begun, jobs, preferences)).failure(on_failure).start()


class BidderProgram(QObject):
    """The program as a bidder starts it with files: it ends when its last window is closed."""

    def __init__(
        self, files: Sequence[Path], jobs: Jobs, preferences: Preferences, report: Callable[[BaseException], object]
    ) -> None:
        super().__init__()
        self.status = 0
        self._jobs, self._preferences, self._report = jobs, preferences, report
        self._told: QWidget | None = None  # nothing else holds a dialog that stands by itself
        tell_roles()
        application = QApplication.instance()
        if isinstance(application, QApplication):
            install_focus_ring(application)
        restore_looks(preferences)
        jobs.failed.connect(self._on_fault)
        for file in files:
            self.open(file)

    def open(self, file: Path) -> None:
        """Open one file more."""
        open_tender_file(file, self._jobs, self._preferences, failed=self._on_failed)

    def _on_failed(self, error: Exception) -> None:
        """Say why a file cannot be opened; without any window there is nothing to stay for."""
        self.status = 0 if _OPEN else 2
        if isinstance(error, TomsError):
            told = self._told = tell_failure(None, error)
            told.finished.connect(_end_without_windows)
        else:
            self._report(error)

    def _on_fault(self, error: Exception) -> None:
        if isinstance(error, TomsError):
            self._told = tell_failure(None, error)
        else:
            self._report(error)

    def end(self) -> None:
        """Wait for what is on its way."""
        self._jobs.shut_down()


def _end_without_windows() -> None:
    if not _OPEN:
        QApplication.quit()


def show_bidder(begun: BegunOffer, jobs: Jobs, preferences: Preferences) -> QWidget:
    """Show the window of an offer."""
    from tomsapp.gui.bidder.window import BidderWindow

    window = BidderWindow(begun, jobs, preferences)
    window.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    _OPEN.add(window)
    window.destroyed.connect(lambda: _OPEN.discard(window))
    window.show()
    return window
