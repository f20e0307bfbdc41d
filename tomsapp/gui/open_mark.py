"""Marks a file as open on this computer, so that a second window of the program says so."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from tomsapp.config import paths
from tomsapp.domain.errors import TomsError

if TYPE_CHECKING:
    from PySide6.QtCore import QLockFile


class OpenAlready(TomsError):
    """Another window of this user has the file open on this computer."""


class OpenMark:
    """The mark of one window. The system knows whether its program still runs, so a crash leaves no false one."""

    def __init__(self) -> None:
        self._name = f"{os.urandom(8).hex()}.lock"
        self._lock: QLockFile | None = None

    def set(self, path: Path) -> None:
        """Mark a file as open in this window, and no other."""
        self.release()
        # Where no mark can be left, nobody is told of this window, and nobody is kept from working in it.
        with suppress(OSError):
            self._lock = _lock_at(_folder() / f"{_key(path)}-{self._name}")
            self._lock.tryLock(0)

    def release(self) -> None:
        """The file is no longer open here."""
        if self._lock is not None:
            self._lock.unlock()
        self._lock = None

    def ask(self, path: Path) -> None:
        """Make sure that no other window has a file open.

        Raises:
            OpenAlready: one has.
        """
        for each in _marks_of(path):
            if each.name.endswith(self._name):
                continue
            probe = _lock_at(each)
            if not probe.tryLock(0):
                said = f"{path.name} is open already in another window on this computer"
                raise OpenAlready(said, "Close it there first")
            # Its program ended without taking the mark away; this does.
            probe.unlock()


def _marks_of(path: Path) -> list[Path]:
    try:
        return list(_folder().glob(f"{_key(path)}-*.lock"))
    except OSError:
        return []


def _lock_at(path: Path) -> QLockFile:
    from PySide6.QtCore import QLockFile

    lock = QLockFile(str(path))
    # However long a program runs, its mark holds.
    lock.setStaleLockTime(0)
    return lock


def _folder() -> Path:
    folder = paths.user_data_dir() / "open"
    folder.mkdir(exist_ok=True)
    return folder


def _key(path: Path) -> str:
    from hashlib import sha256

    with suppress(RuntimeError):  # a user who is not known here
        path = path.expanduser()
    place = str(path.absolute())
    with suppress(OSError, ValueError):
        place = os.path.realpath(place)
    return sha256(os.path.normcase(place).encode("utf-8", "surrogatepass")).hexdigest()[:32]
