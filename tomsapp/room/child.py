"""The inside of the room: loads what reads, raises the walls, takes one file, answers, and ends."""

import gc
import os
import re
import sys
import traceback
from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from typing import Any, BinaryIO, NoReturn, TypeAlias, cast

from tomsapp.domain.errors import TomsError
from tomsapp.room.frames import framed, read_framed
from tomsapp.room.limits import EXIT_FAULT, EXIT_MEMORY
from tomsapp.room.walls import peak_memory, raise_walls

Answered: TypeAlias = "tuple[Mapping[str, object], Sequence[bytes]]"
Task: TypeAlias = "Callable[[Mapping[str, object], Sequence[bytes]], Answered]"

_TASKS = "tomsapp.services.in_room"
_NAME = re.compile(r"[a-z_]+", re.ASCII)
_MOST_TOLD = 4_000


def enter(arguments: Sequence[str]) -> NoReturn:
    """Do the task that is named first, within the memory and seconds that follow; never comes back."""
    name, memory, seconds = arguments[:3]
    asked, answered = _own_pipes()
    status = EXIT_FAULT
    try:
        task = task_of(name)
        # Objects made from one file are all wanted until the end: looking for garbage among them is for nothing.
        gc.disable()
        raise_walls(int(memory), int(seconds))
        values, runs = read_framed(asked)
        for piece in framed(*outcome_of(task, values, runs)):
            answered.write(piece)
        answered.flush()
        status = 0
    except EOFError:
        # Nothing was asked: the program went on without.
        status = 0
    except MemoryError:
        status = EXIT_MEMORY
    finally:
        # What is still held need not be taken apart.
        os._exit(status)


def task_of(name: str) -> Task:
    """What is done in the room under this name.

    Raises:
        LookupError: nothing is.
    """
    if not _NAME.fullmatch(name):
        raise LookupError(name)
    task: Task = import_module(f"{_TASKS}.{name}").work
    return task


def outcome_of(task: Task, values: Mapping[str, object], runs: Sequence[bytes]) -> Answered:
    """What a task answers, or what is wrong with the file, or which fault of the program showed.

    Raises:
        MemoryError: it needs more than it may have.
    """
    try:
        told, found = task(values, runs)
    except TomsError as error:
        refused = {"kind": type(error).__name__, "message": error.message, "fix": error.fix}
        return {"refused": refused, "peak": peak_memory()}, ()
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 - whatever a file can make of the code that reads it ends here
        return {"fault": traceback.format_exc()[-_MOST_TOLD:]}, ()
    return {"told": told, "peak": peak_memory()}, found


def _own_pipes() -> tuple[BinaryIO, BinaryIO]:
    """What is asked and where it is answered, apart from what a library prints."""
    if sys.platform == "win32" and not _is_open(0):
        # A program without a console is handed its pipes by Windows alone.
        return _windows_pipe(-10, os.O_RDONLY, "rb"), _windows_pipe(-11, os.O_WRONLY, "wb")
    asked, answered = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDWR)
    os.dup2(nothing, 0)
    os.dup2(nothing, 1)
    return asked, answered


def _is_open(number: int) -> bool:
    try:
        os.fstat(number)
    except OSError:
        return False
    return True


def _windows_pipe(which: int, flags: int, mode: str) -> BinaryIO:
    import ctypes
    import msvcrt

    handle = ctypes.windll.kernel32.GetStdHandle(which)  # type: ignore[attr-defined]
    number = msvcrt.open_osfhandle(handle, flags)  # type: ignore[attr-defined]
    pipe: Any = os.fdopen(number, mode)
    return cast("BinaryIO", pipe)
