"""Whether a database file can be written to, found by trying: what a file or folder is marked with does not tell.

Explorer marks Documents and the folders of OneDrive as read-only, and everybody writes in them. Rights that a network
or an administrator gives are no mark at all. So the file is opened to be written, without a byte of it being changed,
and a file is made and taken away beside it: SQLite needs one there whenever something is saved.
"""

import ctypes
import errno
import os
import sys
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tomsapp.config.whole_files import make_fresh
from tomsapp.reading.held import is_held
from tomsapp.store.errors import Unreachable
from tomsapp.store.files import companions

_ANY_WRITE = 0o222
_LOOK = os.O_RDWR | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0)
_REFUSED = {errno.EACCES, errno.EPERM, errno.EROFS}
"""What a system answers to whoever may not write; what else it says, as that no room is left, is said when saving."""
_READ_ONLY_DISK, _IN_USE = 19, {32, 33}
"""What Windows answers where a disk can only be read, and where another program keeps a file to itself."""
_TRIES, _PAUSE = 10, 0.05
"""What looks for viruses keeps a file that was just written to itself for a moment."""
_ELSEWHERE = "save a copy in a folder of your own"
_COPY = f"To change it, {_ELSEWHERE}"


@dataclass(frozen=True, slots=True)
class Protection:
    """What keeps a database from being changed.

    Attributes:
        why: the reason, in a sentence's end.
        way_out: what can be done about it, in a sentence.
    """

    why: str
    way_out: str


def is_write_protected(path: Path) -> bool:
    """Whether a file that can be read cannot be written, or nothing can be written beside it."""
    return write_protection(path) is not None


def write_protection(path: Path, system: str = sys.platform) -> Protection | None:
    """What keeps a file from being changed; None where it can be, and where it cannot even be reached."""
    try:
        try_file(path, system)
    except OSError as error:
        return _of_file(path, error)
    try:
        try_folder(path)
    except OSError as error:
        return _of_folder(path, error, system)
    return None


def check_log(path: Path) -> None:
    """Whether what was saved in a log beside a protected file can be read with it.

    Raises:
        Unreachable: it cannot, as nothing can be written beside it either.
    """
    log, index, _ = companions(path)
    if not log.exists() or not log.stat().st_size or index.exists():
        return
    try:
        try_folder(path)
    except OSError as error:
        said = f"What was saved last in {path.name} is in {log.name}, and cannot be read where nothing may be written"
        fix = f"Copy both files into a folder of your own, and open {path.name} there"
        raise Unreachable(said, fix) from error


def try_file(path: Path, system: str = sys.platform) -> None:
    """Open a file to be written, and close it as it was.

    Raises:
        OSError: it cannot be.
    """
    if system == "win32":
        _try_patiently(path)
    elif is_held(path):
        # To open and close it would let go of the locks of the database that is open: the system is asked instead.
        if not os.access(path, os.W_OK, effective_ids=os.access in os.supports_effective_ids):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    else:
        os.close(os.open(path, _LOOK))


def try_folder(path: Path) -> None:
    """Make a file beside another, and take it away.

    Raises:
        OSError: it cannot be made.
    """
    nameless = getattr(os, "O_TMPFILE", None)
    if nameless is not None:
        # A file without a name: whoever is ended here leaves nothing behind.
        try:
            os.close(os.open(path.absolute().parent, nameless | os.O_RDWR, 0o600))
        except OSError as error:
            if error.errno in _REFUSED:
                raise
        else:
            return
    made = make_fresh(path.absolute())
    # What a program that looks into it keeps there is taken away when the database is next written as a whole.
    with suppress(OSError):
        made.unlink(missing_ok=True)


def _try_patiently(path: Path) -> None:
    for _ in range(_TRIES - 1):
        try:
            open_on_windows(path)
        except OSError as error:
            if getattr(error, "winerror", None) not in _IN_USE:
                raise
            time.sleep(_PAUSE)
        else:
            return
    open_on_windows(path)


def open_on_windows(path: Path) -> None:
    """Open a file to be written as SQLite would, letting others do what they do; Python alone does not tell why not."""
    windows: Any = ctypes
    kernel = windows.WinDLL("kernel32", use_last_error=True)
    kernel.CreateFileW.restype = ctypes.c_void_p
    kernel.CreateFileW.argtypes = [ctypes.c_wchar_p, *[ctypes.c_uint32] * 2, ctypes.c_void_p, *[ctypes.c_uint32] * 2]
    kernel.CreateFileW.argtypes += [ctypes.c_void_p]
    kernel.CloseHandle.argtypes = [ctypes.c_void_p]
    read_and_write, all_share, is_there, usual = 0xC0000000, 7, 3, 0x80
    found = kernel.CreateFileW(str(path), read_and_write, all_share, None, is_there, usual, None)
    if found is None or found == ctypes.c_void_p(-1).value:
        raise windows.WinError(windows.get_last_error())
    kernel.CloseHandle(found)


def _of_file(path: Path, error: OSError) -> Protection | None:
    if getattr(error, "winerror", None) in _IN_USE:
        why = "another program keeps the file to itself"
        return Protection(why, f"Close it there and open it again here, or {_ELSEWHERE}")
    # The mark was not asked for whether it can be written, and says why it cannot.
    return _refused(error, "the file", is_marked=_is_marked(path))


def _of_folder(path: Path, error: OSError, system: str) -> Protection | None:
    # On Windows such a mark says nothing of what may be written in a folder.
    return _refused(error, "its folder", is_marked=system != "win32" and _is_marked(path.absolute().parent))


def _refused(error: OSError, which: str, *, is_marked: bool) -> Protection | None:
    if error.errno == errno.EROFS or getattr(error, "winerror", None) == _READ_ONLY_DISK:
        return Protection("the disk that it is on can only be read", _COPY)
    if error.errno not in _REFUSED:
        return None
    if is_marked:
        return Protection(f"{which} is marked as read-only", f"Take the mark off in its properties, or {_ELSEWHERE}")
    return Protection(f"you may not write to {which}", f"Ask whoever looks after it for permission, or {_ELSEWHERE}")


def _is_marked(path: Path) -> bool:
    try:
        return not path.stat().st_mode & _ANY_WRITE
    except OSError:
        return False
