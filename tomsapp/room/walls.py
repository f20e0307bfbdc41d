"""What the child gives up before it looks at a file: memory, time, writing files, other programs and the network."""

import os
import re
import sys
import threading
import time
from pathlib import Path

from tomsapp.room.limits import EXIT_MEMORY

_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_REFUSED = ("socket.", "subprocess.", "os.system", "os.exec", "os.fork", "os.posix_spawn", "os.spawn", "os.startfile",
            "os.remove", "os.rename", "os.rmdir", "os.mkdir", "os.link", "os.symlink", "os.truncate", "os.chmod",
            "os.chown", "os.kill", "os.putenv", "shutil.", "pty.", "urllib.", "http.", "ftplib.", "smtplib.",
            "webbrowser.", "winreg.")  # fmt: skip
"""What nothing that reads a file has to do; names of Python's audit events, or how they begin."""
_OFTEN = 0.02
"""Seconds between two looks at the memory, where the system keeps no limit of it."""


_GRACE = 2
_PEAK = re.compile(r"^VmHWM:\s*(\d+) kB$", re.MULTILINE)


class Forbidden(Exception):
    """Something in the room wanted to write a file, start a program or use the network."""


def raise_walls(memory: int, seconds: int) -> None:
    """Keep this process to its limits and to itself, from now to its end."""
    if sys.platform != "win32":
        _limit(memory, seconds)
    if sys.platform == "darwin":
        watch_memory(memory)
    # A module that is loaded from here on is compiled for this process alone.
    sys.dont_write_bytecode = True
    sys.addaudithook(refuse)


def refuse(event: str, arguments: tuple[object, ...]) -> None:
    """Python tells this of whatever reaches beyond the process.

    Raises:
        Forbidden: it is nothing that reading a file needs.
    """
    if event == "open":
        flags = arguments[2]
        if isinstance(flags, int) and flags & _WRITES:
            raise Forbidden(event)
    elif event.startswith(_REFUSED):
        raise Forbidden(event)


def _limit(memory: int, seconds: int) -> None:
    import resource

    # On Linux what a process has of its own; elsewhere what there is of limits on memory.
    kinds = ("RLIMIT_DATA",) if sys.platform == "linux" else ("RLIMIT_AS", "RLIMIT_DATA")
    wanted = [(getattr(resource, kind), memory) for kind in kinds]
    wanted += [(resource.RLIMIT_CPU, seconds), (resource.RLIMIT_FSIZE, 0), (resource.RLIMIT_CORE, 0)]
    for kind, wished in wanted:
        most = wished
        try:
            _, hard = resource.getrlimit(kind)
            # At the first of the two a process is told that its time is over, at the second it is only ended.
            last = most + _GRACE if kind == resource.RLIMIT_CPU else most
            if hard != resource.RLIM_INFINITY:
                most, last = min(most, hard), min(last, hard)
            resource.setrlimit(kind, (most, last))
        except (OSError, ValueError):
            # macOS keeps some of them not at all; memory is watched there.
            continue


def watch_memory(memory: int) -> None:
    """End this process where it has had more memory than it may, looked at every few milliseconds."""

    def watch() -> None:
        while peak_memory() <= memory:
            time.sleep(_OFTEN)
        os._exit(EXIT_MEMORY)

    threading.Thread(target=watch, daemon=True).start()


def peak_memory(process: int | str = "self") -> int:
    """The most bytes of memory that a process has had; 0 where the system does not say."""
    if sys.platform == "linux":
        # What getrusage says counts the memory of the program that started it.
        try:
            told = Path(f"/proc/{process}/status").read_text(encoding="ascii", errors="replace")
        except OSError:
            return 0
        found = _PEAK.search(told)
        return int(found[1]) * 1024 if found else 0
    if sys.platform != "darwin" or process != "self":
        return 0
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
