"""Ends a program, as a power cut or a task manager does, at a chosen step of its work."""

from __future__ import annotations

import os
import signal
import sqlite3
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

NEVER = 1 << 60
_SEEN = {"open", "os.rename", "os.remove", "os.link", "os.truncate", "os.chmod", "os.mkdir", "os.listdir", "os.scandir"}


class _Steps:
    """Counts each call to the file system and each statement; before the one that is wanted, the program is gone."""

    def __init__(self, ends_at: int) -> None:
        self.done, self._ends_at = 0, ends_at

    def step(self, *_: object) -> None:
        if self.done == self._ends_at:
            os.kill(os.getpid(), signal.SIGKILL)
        self.done += 1

    def watch(self, folder: Path) -> None:
        connect = sqlite3.connect
        names = os.fspath(folder)

        def traced(*arguments: object, **named: object) -> sqlite3.Connection:
            connection = connect(*arguments, **named)
            connection.set_trace_callback(self.step)
            return connection

        def audit(event: str, arguments: tuple) -> None:
            if event in _SEEN and names in str(arguments[0]):
                self.step()

        sqlite3.connect = traced
        for name in ("write", "fsync", "ftruncate", "close"):
            setattr(os, name, self._before(getattr(os, name)))
        sys.addaudithook(audit)

    def _before(self, call: Callable) -> Callable:
        def called(*arguments: object) -> object:
            self.step()
            return call(*arguments)

        return called


def ended_at(step: int, folder: Path, work: Callable[[], object]) -> int | None:
    """Do some work in a program of its own that is ended at a step; None then, else how many steps it had."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        write, leave = os.write, os._exit
        try:
            steps = _Steps(step)
            steps.watch(folder)
            work()
            write(writing, str(steps.done).encode())
            leave(0)
        except BaseException as error:  # noqa: BLE001 - the other side says it
            write(writing, f"failed: {error!r}".encode())
            leave(1)
    os.close(writing)
    with os.fdopen(reading, "rb") as told:
        said = told.read().decode()
    os.waitpid(child, 0)
    assert not said.startswith("failed"), said
    return int(said) if said else None


def spread(steps: int, most: int) -> Iterator[int]:
    """So many of all steps, from the first to the last."""
    taken = min(steps, most)
    return iter(sorted({round(place * (steps - 1) / max(taken - 1, 1)) for place in range(taken)}))
