"""Opens kept files in other programs: each time a copy for its owner alone, which goes when the program ends."""

from __future__ import annotations

import tempfile
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from tomsapp.services.kept_files import KeptFile, copy_to_open

if TYPE_CHECKING:
    from tomsapp.gui.session import Session


@cache
def _held() -> tempfile.TemporaryDirectory[str]:
    """A folder of this run alone. What another program still holds open stays, as Windows lets nobody take it away."""
    return tempfile.TemporaryDirectory(prefix="tomsapp-", ignore_cleanup_errors=True)


def copies_folder() -> Path:
    """Where the copies of this run are."""
    return Path(_held().name)


def open_copy(session: Session, kept: KeptFile) -> None:
    """Open a copy of a file in the program that the computer has for it; what is kept stays as it is."""
    folder = copies_folder()
    job = session.read(lambda workspace: copy_to_open(workspace, kept, folder))
    job.success(lambda copy: QDesktopServices.openUrl(QUrl.fromLocalFile(str(copy)))).start()
