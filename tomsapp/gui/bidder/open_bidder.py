"""Opens the bidder's window for a file: from the command line, from File, from Start, and for a dropped file."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from tomsapp.config.preferences import Preferences
from tomsapp.domain.errors import TomsError
from tomsapp.gui.dialogs.message import tell_failure
from tomsapp.gui.file_dialogs import FileDialogs, FileUse
from tomsapp.gui.jobs import Job, Jobs
from tomsapp.services.bidder_offers import PackNotBeside
from tomsapp.services.bidding.opening import BegunOffer, open_for_bidder

T = TypeVar("T")
KINDS = "Tender packs and offers (*.tomspack *.tomsoffer *.xlsx)"
PACK_KINDS = "Tender packs (*.tomspack)"
_OPEN: set[QWidget] = set()
"""The windows that are open: nothing else holds one that stands by itself."""


def opening_job(jobs: Jobs, read: Callable[[], T], name: str) -> Job[T]:
    """A job that reads a file off the window's thread."""
    return jobs.run(lambda _progress: read(), database=False, key="bidder-open", title=f"Opening {name}")


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
            title = "Where is the pack file of this tender?"
            found = FileDialogs(preferences).open(parent or QWidget(), FileUse.IMPORT, title, PACK_KINDS)
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


def show_bidder(begun: BegunOffer, jobs: Jobs, preferences: Preferences) -> QWidget:
    """Show the window of an offer."""
    from tomsapp.gui.bidder.window import BidderWindow

    window = BidderWindow(begun, jobs, preferences)
    window.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    _OPEN.add(window)
    window.destroyed.connect(lambda: _OPEN.discard(window))
    window.show()
    return window
