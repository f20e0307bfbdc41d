"""Whether a file can be written under a path, as far as its words tell: asked before anything is written there."""

import ctypes
import sys
from pathlib import Path
from typing import Any

from tomsapp.config.whole_files import fresh_name
from tomsapp.domain.windows_places import check_length, check_windows_place


def check_place(path: Path, system: str = sys.platform) -> None:
    """Whether a path, as somebody wrote it, names one file on this system, and is not too long for it.

    Raises:
        UnusablePlace: it does not, or is; says why.
    """
    if system != "win32":
        return
    check_windows_place(str(path))
    if not takes_long_paths():
        # A file is written whole under a longer name beside it, and a database has its journal there.
        check_length(str(fresh_name(path.absolute())))


def takes_long_paths() -> bool:
    """Whether Windows, as it was set up here, takes paths of any length from this program."""
    windows: Any = ctypes
    try:
        return bool(windows.windll.ntdll.RtlAreLongPathsEnabled() & 0xFF)
    except (AttributeError, OSError):
        return False
