"""Files that are written whole or not at all, under names that nobody can have put there first."""

from __future__ import annotations

import os
import re
import stat
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

OWNER_ONLY = 0o600
"""Whose file it is reads and writes it, and nobody else; Windows keeps to the folder's own rights."""
PART = ".part"
"""The end of the name of a file that is still being written."""
_NEW = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
_LOOK = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
_NAME_BYTES, _TOKEN_BYTES = 200, 8
"""So much of a name goes into a temporary one, for most systems take 255 bytes."""
_REPLACES, _PAUSE = 100, 0.005
"""Windows refuses to replace a file that somebody reads at that moment: so often it is tried again."""


class OddFile(OSError):
    """There is something of this name that is no file to be read: a folder, a pipe, or far too much."""


def fresh_name(path: Path) -> Path:
    """A name beside `path` that nobody can guess, for a file that is to become it."""
    stem = path.name.encode("utf-8", "surrogateescape")[:_NAME_BYTES].decode("utf-8", "ignore")
    return path.with_name(f".{stem}.{os.urandom(_TOKEN_BYTES).hex()}{PART}")


def make_new(path: Path) -> None:
    """Make an empty file for its owner only; a file or link that is there is neither opened nor followed.

    Raises:
        FileExistsError: there is something of that name.
        OSError: it cannot be made there.
    """
    os.close(os.open(path, _NEW | os.O_EXCL, OWNER_ONLY))


def make_fresh(path: Path) -> Path:
    """Make an empty file of a fresh name beside `path`."""
    made = fresh_name(path)
    make_new(made)
    return made


def parts_of(path: Path) -> list[Path]:
    """The temporary files of `path` that are there, whoever made them.

    Raises:
        OSError: its folder cannot be read.
    """
    begins = fresh_name(path).name[: -len(PART) - 2 * _TOKEN_BYTES]
    like = re.compile(re.escape(begins) + rf"[0-9a-f]{{{2 * _TOKEN_BYTES}}}" + re.escape(PART))
    return [each for each in path.parent.iterdir() if like.fullmatch(each.name)]


def place_new(part: Path, names: Iterable[Path]) -> Path:
    """Give a whole file the first of the names that nothing has; gives which.

    Raises:
        OSError: all are taken, or the folder cannot be written to.
    """
    for name in names:
        try:
            _name_new(part, name)
        except FileExistsError:
            continue
        return name
    raise FileExistsError(f"There are too many copies beside {part}")


def _name_new(part: Path, name: Path) -> None:
    """Give a file a name that nothing has, in one step where the file system can."""
    try:
        os.link(part, name, follow_symlinks=False)
    except FileExistsError:
        raise
    except OSError:
        make_new(name)
        part.replace(name)
    else:
        part.unlink()


def keep_for_good(path: Path) -> None:
    """Make sure that what stands in a file, and its name, outlasts a power cut."""
    for place, how in ((path, os.O_RDWR), (path.parent, os.O_RDONLY)):
        if sys.platform == "win32" and place is not path:
            continue
        opened = os.open(place, how | getattr(os, "O_BINARY", 0))
        try:
            os.fsync(opened)
        finally:
            os.close(opened)


def write_whole(path: Path, content: bytes) -> None:
    """Write a file through one of a fresh name, so that nobody ever reads half of it; a link is replaced.

    Raises:
        OSError: it cannot be written; what was there is as it was.
    """
    part = make_fresh(path)
    try:
        part.write_bytes(content)
        replace_patiently(part, path)
    except BaseException:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        raise


def replace_patiently(part: Path, path: Path) -> None:
    """Put a file in the place of another; on Windows, wait a moment for whoever reads that one."""
    for _ in range(_REPLACES if sys.platform == "win32" else 0):
        with suppress(PermissionError):
            part.replace(path)
            return
        time.sleep(_PAUSE)
    part.replace(path)


def read_plain(path: Path, most: int) -> bytes:
    """The bytes of a file, without ever waiting for them.

    Raises:
        FileNotFoundError: there is none.
        OddFile: it is no plain file, or larger than `most` bytes.
        OSError: it may not be read.
    """
    found = os.open(path, _LOOK)
    with os.fdopen(found, "rb") as file:
        if not stat.S_ISREG(os.fstat(found).st_mode):
            raise OddFile(f"{path} is no plain file")
        content = file.read(most + 1)
    if len(content) > most:
        raise OddFile(f"{path} is larger than {most} bytes")
    return content


@contextmanager
def turn_at(path: Path, patience: float) -> Iterator[bool]:
    """Be the only program that works on what `path` stands for; gives whether it is sure of that.

    The system ends the turn of a program that was ended. Where it knows no such locks, or others take longer than
    `patience` seconds, the work goes on without.
    """
    try:
        lock = os.open(path, _NEW | getattr(os, "O_NONBLOCK", 0), OWNER_ONLY)
    except OSError:
        yield False
        return
    try:
        is_mine = False
        with suppress(OSError):
            is_mine = _lock_in_time(lock, patience)
        yield is_mine
    finally:
        os.close(lock)


def _lock_in_time(lock: int, patience: float) -> bool:
    ends = time.monotonic() + patience
    while not lock_now(lock):
        if time.monotonic() > ends:
            return False
        time.sleep(_PAUSE)
    return True


def lock_now(file: int) -> bool:
    """Lock an open file until it is closed, unless another program has; whether that worked.

    Raises:
        OSError: where the file lies, nobody can lock any.
    """
    try:
        if sys.platform == "win32":
            import msvcrt

            # Far behind its content, which others may read meanwhile.
            os.lseek(file, 1 << 30, os.SEEK_SET)
            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    return True
