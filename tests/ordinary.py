"""Files that may not be written: an administrator of Linux writes to them all the same, unless this is given up."""

from __future__ import annotations

import contextlib
import ctypes
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

_VERSION = 0x20080522
_PASSES_MODES = 0b110
"""What lets a process of Linux pass over the rights of files: CAP_DAC_OVERRIDE and CAP_DAC_READ_SEARCH."""

WINDOWS = pytest.mark.skipif(sys.platform != "win32", reason="Windows alone has this")
POSIX = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such rights, and moves no open file")
LINKS = pytest.mark.skipif(sys.platform == "win32", reason="Windows lets administrators alone make links")
SOCKETS = pytest.mark.skipif(sys.platform == "win32", reason="Windows has named pipes in their place")
MARKED_FOLDERS = pytest.mark.skipif(sys.platform == "win32", reason="On Windows the mark of a folder says nothing")


@contextlib.contextmanager
def as_ordinary_user() -> Iterator[None]:
    """Do without what only an administrator may, in this thread and those that it begins."""
    if sys.platform != "linux" or os.geteuid():
        yield
        return
    libc = ctypes.CDLL(None, use_errno=True)
    header, before = (ctypes.c_uint32 * 2)(_VERSION, 0), (ctypes.c_uint32 * 6)()
    libc.capget(header, before)
    given_up = (ctypes.c_uint32 * 6)(before[0] & ~_PASSES_MODES, *before[1:])
    assert libc.capset(header, given_up) == 0
    try:
        yield
    finally:
        libc.capset(header, before)


@contextlib.contextmanager
def protected(path: Path) -> Iterator[Path]:
    """A file or folder that is marked as read-only, for somebody who is no administrator."""
    mode = path.stat().st_mode & 0o777
    path.chmod(mode & 0o555)
    try:
        with as_ordinary_user():
            yield path
    finally:
        path.chmod(mode)
