"""The program as it runs already in this session of the user: what a second start hands over to it.

A listening program leaves a note of where it listens, which only its user can read. Nothing of it crosses a network: it
listens at a socket in the file system, on Windows at a named pipe. Whoever hands over proves that they read the note.
"""

from __future__ import annotations

import json
import os
import sys
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING
from zlib import crc32

from tomsapp.config.paths import user_cache_dir
from tomsapp.config.whole_files import write_whole

if TYPE_CHECKING:
    from multiprocessing.connection import Listener

BIDDER, WINDOW = "bidder", "window"
"""The roles in which a program listens: the windows of bidders alone, or the window of a council."""
_SESSIONS = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM", "SESSIONNAME")
_ANSWER_WITHIN = 5.0
"""Seconds after which a program that does not answer is passed over."""
_MOST = 64_000
"""The most characters that are taken from who hands over."""
_TAKEN = b"taken"


def _note(role: str) -> Path:
    """Where a program that listens in a role says so; each screen of the user has its own."""
    named = "\n".join(os.environ.get(each, "") for each in _SESSIONS)
    # A start looks here before anything is painted, and what makes longer sums takes milliseconds to load.
    return user_cache_dir() / f"running-{role}-{crc32(named.encode('utf-8', 'surrogateescape')):08x}.json"


def hand_over(role: str, paths: Sequence[Path]) -> bool:
    """Give files to the program that runs in a role; with none it only comes to the front.

    Returns:
        Whether one runs and has taken them.
    """
    note = _note(role)
    try:
        told = json.loads(note.read_text("utf-8"))
        where, key, number = told["where"], bytes.fromhex(told["key"]), int(told["process"])
    except (OSError, ValueError, LookupError, TypeError, RecursionError):
        return False
    _let_come_to_the_front(number)
    told = json.dumps([str(path.absolute()) for path in paths]).encode()
    answers: list[bool] = []
    # Whoever holds the other end and does not answer, as a program that hangs, may not keep this one waiting.
    asking = threading.Thread(target=lambda: answers.append(_ask(where, key, told)), daemon=True)
    asking.start()
    asking.join(_ANSWER_WITHIN)
    return answers == [True]


def _ask(where: str, key: bytes, told: bytes) -> bool:
    from multiprocessing import AuthenticationError
    from multiprocessing.connection import Client

    try:
        with Client(where, authkey=key) as line:
            line.send_bytes(told)
            return line.recv_bytes(len(_TAKEN)) == _TAKEN
    except (OSError, EOFError, AuthenticationError, ValueError, TypeError):
        return False


def _let_come_to_the_front(process: int) -> None:
    """Windows lets only the program that the user works with say which other one may come to the front."""
    if sys.platform == "win32":
        import ctypes

        ctypes.windll.user32.AllowSetForegroundWindow(process)


class Running:
    """This program, listening in a role until it ends.

    Args:
        take: gets the files that are handed over; called in another thread.
    """

    def __init__(self, role: str, take: Callable[[list[Path]], object]) -> None:
        self._take = take
        self._role = role
        self._listener: Listener | None = None
        self._key = os.urandom(32)

    def begin(self) -> None:
        """Listen from now on; where nothing can be listened at, a second start opens a window of its own."""
        from multiprocessing.connection import Listener

        kind = "AF_PIPE" if sys.platform == "win32" else "AF_UNIX"
        with suppress(OSError):
            self._listener = Listener(None, kind, authkey=self._key)
            told = {"where": self._listener.address, "key": self._key.hex(), "process": os.getpid()}
            write_whole(_note(self._role), json.dumps(told).encode("utf-8"))
            threading.Thread(target=self._listen, args=(self._listener,), daemon=True, name="running").start()

    def _listen(self, listener: Listener) -> None:
        from multiprocessing import AuthenticationError

        while self._listener is not None:
            try:
                with listener.accept() as line:
                    paths = _paths_in(line.recv_bytes(_MOST))
                    line.send_bytes(_TAKEN)
            except (AuthenticationError, EOFError, ValueError, TypeError, RecursionError):
                continue  # whoever asks and does not know how, gets nothing
            except OSError:
                if self._listener is None:
                    return
                continue
            self._take(paths)

    def end(self) -> None:
        """Listen no longer."""
        listener, self._listener = self._listener, None
        if listener is None:
            return
        note = _note(self._role)
        with suppress(OSError, ValueError, LookupError, TypeError):
            # The note may be that of a program that was started at the same moment.
            if json.loads(note.read_text("utf-8"))["process"] == os.getpid():
                note.unlink()
        with suppress(OSError):
            listener.close()


def _paths_in(data: bytes) -> list[Path]:
    told = json.loads(data)
    if not isinstance(told, list) or not all(isinstance(each, str) for each in told):
        raise ValueError("no list of paths")
    return [Path(each) for each in told]
