"""Starts the child: a bare Python with the program's own modules, or the frozen program with a hidden argument."""

import ctypes
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

from tomsapp.config.paths import is_frozen
from tomsapp.room import HIDDEN
from tomsapp.room.limits import Limits
from tomsapp.room.walls import peak_memory
from tomsapp.room.windows_job import WindowsJob

_ROOT = Path(__file__).resolve().parents[2]
_ENTER = "import sys; sys.path[:0] = sys.argv[4:]; from tomsapp.room.child import enter; enter(sys.argv[1:4])"
_LINGERS = 2.0
"""Seconds after its answer within which a child is to have ended."""
_NO_WINDOW = 0x08000000
"""CREATE_NO_WINDOW: a console would flash up beside the program."""


def command(task: str, limits: Limits) -> list[str]:
    """What starts the child for a task."""
    told = [task, str(limits.memory), str(limits.seconds)]
    if is_frozen():
        return [sys.executable, HIDDEN, *told]
    # Without the site's own start, which reads files for every package that is installed.
    paths = [str(_ROOT), *(path for path in sys.path if path and path != str(_ROOT))]
    return [sys.executable, "-I", "-S", "-X", "utf8", "-c", _ENTER, *told, *paths]


class Child:
    """A child that waits to be asked, once."""

    def __init__(self, task: str, limits: Limits) -> None:
        """Start it.

        Raises:
            OSError: the system starts no further program, or keeps no limits.
        """
        self.task = task
        self.limits = limits
        self.peak_memory = 0
        self.process = subprocess.Popen(  # noqa: S603 - our own program, with fixed arguments
            command(task, limits),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            creationflags=_NO_WINDOW if sys.platform == "win32" else 0,
        )
        self._job = _job_of(self.process, limits) if sys.platform == "win32" else None

    @property
    def is_waiting(self) -> bool:
        """Whether it can still be asked."""
        return self.process.poll() is None

    def wait(self) -> int:
        """Wait until it has ended, which it does at once after its answer; its status, below nought for a signal."""
        try:
            status = self.process.wait(_LINGERS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            status = self.process.wait()
        if self._job is not None:
            self.peak_memory = self._job.peak_memory()
        return status

    def look(self) -> None:
        """Note the most memory that it has had so far, for what is said of it where it breaks down."""
        if sys.platform == "linux":
            self.peak_memory = max(self.peak_memory, peak_memory(self.process.pid))

    def end(self) -> None:
        """End it, whatever it does, and let go of it."""
        if self.process.returncode is None:
            self.process.kill()
            self.wait()
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe is not None:
                with suppress(OSError):
                    pipe.close()
        if self._job is not None:
            self._job.close()


def _job_of(process: "subprocess.Popen[bytes]", limits: Limits) -> WindowsJob:
    """The job of a process that waits to be asked, so that it has read nothing before it was limited."""
    try:
        job = WindowsJob(ctypes.windll.kernel32, limits.memory, limits.seconds)  # type: ignore[attr-defined]
        job.take(int(process._handle))  # type: ignore[attr-defined]  # noqa: SLF001 - it is told nowhere else
    except OSError:
        process.kill()
        raise
    return job
