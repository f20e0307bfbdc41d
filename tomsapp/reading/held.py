"""The files that this program holds open as databases, which nothing else in it may open and close.

Linux and macOS let go of all locks of a program on a file when the program closes that file once, wherever it does so.
The database would go on without its locks: another program would take the log away under it, and what is saved then
would be lost without a word.
"""

import threading
from collections import Counter
from pathlib import Path

Held = tuple[int, int]
"""Which file it is, whatever it is called: device and number."""

_held: Counter[Held] = Counter()
_turn = threading.Lock()


def hold(path: Path) -> Held:
    """Note that a database holds a file open; say `let_go` with what this gives once it is closed."""
    held = _which(path)
    with _turn:
        _held[held] += 1
    return held


def let_go(held: Held) -> None:
    """A database has closed its file."""
    with _turn:
        _held[held] -= 1


def is_held(path: Path) -> bool:
    """Whether a database of this program is open in a file."""
    try:
        held = _which(path)
    except OSError:
        return False
    with _turn:
        return _held[held] > 0


def _which(path: Path) -> Held:
    found = path.stat()
    return found.st_dev, found.st_ino
