"""The log of the program and its fault file: what happened and where in the program, and nothing that anybody entered.

Both can be sent to anybody. A line holds a sentence of the program without the values that would stand in it, and of a
fault its kind and the places in the program that it came through, but not its words, which repeat what it was given.
"""

from __future__ import annotations

import faulthandler
import logging
import os
import sys
from collections.abc import Iterator
from contextlib import suppress
from enum import Enum
from io import TextIOWrapper
from pathlib import Path
from types import TracebackType

from tomsapp import __version__

log = logging.getLogger("tomsapp")
LOG, FAULTS = "program.log", "faults.log"
MOST_BYTES, MOST_FILES = 1_000_000, 5
"""So much of the log is kept: in as many files, the last being the oldest."""
_INSTEAD = "…"
_MOST_FRAMES, _MOST_CAUSES, _MOST_LINE = 60, 8, 500
_PACKAGES = ("site-packages", "tomsapp")
_faults: list[TextIOWrapper] = []


class _Log(logging.FileHandler):
    """A log that is written as well as can be: what cannot be logged is still shown.

    The file is open only while a line is written: Windows would let no other window begin the next file meanwhile.
    """

    def emit(self, record: logging.LogRecord) -> None:
        """Write a record, unless there is no file to be written."""
        with suppress(OSError):
            if self._is_full():
                self._begin_next()
        with suppress(OSError):
            super().emit(record)
        with suppress(OSError):
            if self.stream is not None:
                self.stream.close()
        self.stream = None

    def handleError(self, record: logging.LogRecord) -> None:
        """A full disk is no reason to say more."""

    def _open(self) -> TextIOWrapper:
        """The file; a pipe of its name would hold the program up for ever."""
        path = Path(self.baseFilename)
        if path.exists() and not path.is_file():
            raise OSError(f"{path} is no file")
        return super()._open()

    def _is_full(self) -> bool:
        path = Path(self.baseFilename)
        return path.is_file() and path.stat().st_size >= MOST_BYTES

    def _begin_next(self) -> None:
        files = log_files(Path(self.baseFilename).parent)
        for before, after in zip(files[-2::-1], files[:0:-1], strict=True):
            with suppress(FileNotFoundError):
                before.replace(after)


class _Formatter(logging.Formatter):
    """Writes what happened, without any value that somebody entered, whoever logs it."""

    def format(self, record: logging.LogRecord) -> str:
        """The lines of the log."""
        when = self.formatTime(record)
        head = f"{when} {record.levelname} {record.threadName} {_without_values(record)}"
        lines = [head[:_MOST_LINE].replace("\n", " ")]
        if record.exc_info and record.exc_info[1] is not None:
            lines += told_fault(record.exc_info[1], record.exc_info[2])
        return "\n".join(lines)


def _without_values(record: logging.LogRecord) -> str:
    """The sentence of a record; of its values only kinds of faults and parts of the program are named."""
    values = record.args if isinstance(record.args, tuple) else (record.args,)
    try:
        return str(record.msg) % tuple(_named(value) for value in values) if record.args else str(record.msg)
    except (TypeError, ValueError):  # it asks for numbers, or has other places than values
        return str(record.msg)


def _named(value: object) -> str:
    if isinstance(value, BaseException):
        return type(value).__name__
    if isinstance(value, Enum):
        return value.name
    is_module = isinstance(value, str) and value.startswith(f"{log.name}.") and value in sys.modules
    return str(value) if is_module else _INSTEAD


def told_fault(error: BaseException, trace: TracebackType | None = None) -> list[str]:
    """The kind of a fault and the places in the program that it came through, innermost last; then its causes."""
    lines: list[str] = []
    for number, each in enumerate(_causes(error)):
        places = list(_places(trace if number == 0 and trace is not None else each.__traceback__))
        if len(places) > _MOST_FRAMES:
            places[_MOST_FRAMES // 2 : -_MOST_FRAMES // 2] = [_INSTEAD]
        lines += [f"  {'after' if number else 'fault'} {type(each).__name__}", *(f"    {place}" for place in places)]
    return lines


def _causes(error: BaseException) -> Iterator[BaseException]:
    """A fault, then what it came from."""
    found: BaseException | None = error
    for _ in range(_MOST_CAUSES):
        if found is None:
            return
        yield found
        found = found.__cause__ or found.__context__


def _places(trace: TracebackType | None) -> Iterator[str]:
    while trace is not None:
        code = trace.tb_frame.f_code
        yield f"{_in_program(code.co_filename)}:{trace.tb_lineno} {code.co_name}"
        trace = trace.tb_next


def _in_program(path: str) -> str:
    """A file of the program without the folder that the program lies in."""
    parts = path.replace("\\", "/").split("/")
    for name in _PACKAGES:
        if name in parts[:-1]:
            after = len(parts) - 1 - parts[::-1].index(name)
            return "/".join(parts[after + (name == "site-packages") :])
    return parts[-1]


def log_files(folder: Path) -> list[Path]:
    """The files of the log, the one that is written first; not all need be there."""
    first = folder / LOG
    return [first, *(first.with_stem(f"{first.stem}.{number}") for number in range(1, MOST_FILES))]


def start_log(folder: Path) -> Path:
    """Write the log to `folder`; returns the file."""
    file = folder / LOG
    handler = _Log(file, encoding="utf-8", delay=True)
    handler.setFormatter(_Formatter())
    log.addHandler(handler)
    log.setLevel(logging.INFO)
    return file


def watch_faults(folder: Path) -> Path:
    """Have the system's own faults, which end a program at once, written to a file in `folder`; returns it.

    Each start is noted in it: a trace has no time of its own.
    """
    file = folder / FAULTS
    with suppress(OSError):
        if file.is_file() and file.stat().st_size >= MOST_BYTES:
            file.replace(file.with_stem(f"{file.stem}.1"))
        if not file.exists() or file.is_file():
            opened = file.open("a", encoding="utf-8", buffering=1)
            opened.write(f"Started {_now()}, tomsapp {__version__}, process {os.getpid()}\n")
            faulthandler.enable(opened)
            _faults.append(opened)  # open for as long as the program runs
    return file


def _now() -> str:
    import time

    return time.strftime("%Y-%m-%d %H:%M:%S")
