"""Asks the room: one child for one file, watched while it works, ended where it takes too much or nobody waits."""

import logging
import signal
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import NoReturn

from tomsapp.domain.errors import TomsError
from tomsapp.room.errors import EndedUnexpectedly, RoomError, TookTooLong, TooMuchInIt, TooMuchMemory
from tomsapp.room.frames import WrongForm, framed, unframed
from tomsapp.room.limits import EXIT_MEMORY, USUAL, Limits
from tomsapp.room.starting import Child

_LOG = logging.getLogger(__name__)
_OFTEN = 0.02
"""Seconds between two looks whether the answer is still wanted."""
_PIECE = 1 << 20
_NEARLY = 0.9
"""A child that broke down with nearly all the memory that it may have had too little."""
_WAITING_LOCK = threading.Lock()
_WAITING: list[Child] = []
"""Children that were started ahead and have not been asked yet."""

Refusals = Mapping[str, Callable[[str, str], TomsError]]


@dataclass(frozen=True, slots=True)
class Answer:
    """What came out of the room.

    Attributes:
        told: plain values.
        runs: runs of bytes.
        peak_memory: the most bytes that the child has had.
    """

    told: Mapping[str, object]
    runs: tuple[memoryview, ...]
    peak_memory: int = 0


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of the room.

    Attributes:
        task: the module of `services/in_room` that does it.
        file: how the file is called in what is said of it.
        values: plain values for the task.
        runs: the bytes of the file, or several.
        refusals: the error for each kind of refusal, by the name that it has in the room.
    """

    task: str
    file: str
    values: Mapping[str, object]
    runs: Sequence[bytes]
    refusals: Refusals
    limits: Limits = USUAL


def make_ready(task: str, limits: Limits = USUAL) -> None:
    """Start a child ahead, so that the next question of its task need not wait for that."""
    with _WAITING_LOCK:
        if any(child.task == task and child.limits == limits and child.is_waiting for child in _WAITING):
            return
        # Where none can be started ahead, the question says so.
        with suppress(OSError):
            _WAITING.append(Child(task, limits))


def let_go() -> None:
    """End the children that were started ahead and never asked."""
    with _WAITING_LOCK:
        while _WAITING:
            _WAITING.pop().end()


def ask(question: Question, still_wanted: Callable[[], None] = lambda: None) -> Answer:
    """What the room answers; `still_wanted` is called every few milliseconds and may raise, which ends the child.

    Raises:
        TomsError: the file's own fault, as the task raises it and `refusals` makes it.
        RoomError: it took too much memory or time, became too much, or ended what read it.
    """
    file = question.file or "The file"
    with _child_for(question, file) as child:
        data = _exchange(child, question, file, still_wanted)
        status = child.wait()
    try:
        head, runs = unframed(data)
    except WrongForm as error:
        raise _ending(child, status, file) from error
    if "told" not in head:
        _refuse(head, question, file)
    told = head["told"]
    if not isinstance(told, dict):
        raise EndedUnexpectedly(file)
    return Answer(told, runs, _whole(head.get("peak")))


@contextmanager
def _child_for(question: Question, file: str) -> Iterator[Child]:
    child = _waiting_for(question)
    if child is None:
        try:
            child = Child(question.task, question.limits)
        except OSError as error:
            message = f"{file} cannot be read: this computer starts no further program"
            raise RoomError(message, "Close other programs and try again") from error
    try:
        yield child
    finally:
        child.end()


def _waiting_for(question: Question) -> Child | None:
    with _WAITING_LOCK:
        for child in list(_WAITING):
            if child.task == question.task and child.limits == question.limits:
                _WAITING.remove(child)
                if child.is_waiting:
                    return child
                child.end()
    return None


def _exchange(child: Child, question: Question, file: str, still_wanted: Callable[[], None]) -> bytearray:
    """Hand the question in and take what comes out, while somebody waits for it and there is time."""
    found, is_over = bytearray(), threading.Event()
    sender = threading.Thread(target=_send, args=(child, question), daemon=True)
    taker = threading.Thread(target=_take, args=(child, found, is_over), daemon=True)
    sender.start()
    taker.start()
    fault: RoomError | None = None
    is_answered = False
    try:
        if not _is_over_in_time(child, is_over, still_wanted):
            fault = TookTooLong(file, question.limits)
        elif len(found) > question.limits.answer:
            fault = TooMuchInIt(file, question.limits)
        is_answered = fault is None
    finally:
        if not is_answered:
            child.process.kill()
        taker.join()
        # It may have left something unread, and is in the way of the one that sends until it has ended.
        child.wait()
        sender.join()
    if fault is not None:
        raise fault
    return found


def _is_over_in_time(child: Child, is_over: threading.Event, still_wanted: Callable[[], None]) -> bool:
    last = time.monotonic() + child.limits.clock
    while not is_over.wait(_OFTEN):
        still_wanted()
        child.look()
        if time.monotonic() > last:
            return False
    return True


def _send(child: Child, question: Question) -> None:
    pipe = child.process.stdin
    # A child that ended early takes no more; how it ended is seen at the other end.
    with suppress(OSError, ValueError):
        if pipe is not None:
            for piece in framed(question.values, question.runs):
                pipe.write(piece)
            pipe.close()


def _take(child: Child, found: bytearray, is_over: threading.Event) -> None:
    pipe = child.process.stdout
    with suppress(OSError, ValueError):
        while pipe is not None and len(found) <= child.limits.answer and (piece := pipe.read1(_PIECE)):  # type: ignore[attr-defined]
            found += piece
    is_over.set()


def _refuse(head: Mapping[str, object], question: Question, file: str) -> NoReturn:
    refused = head.get("refused")
    if isinstance(refused, dict) and all(isinstance(refused.get(key), str) for key in ("kind", "message", "fix")):
        make = question.refusals.get(refused["kind"], TomsError)
        raise make(refused["message"], refused["fix"])
    detail = head.get("fault")
    error = EndedUnexpectedly(file, detail if isinstance(detail, str) else "")
    _LOG.error("The room broke down at %s: %s", question.task, error.detail)
    raise error


def _whole(found: object) -> int:
    return found if isinstance(found, int) else 0


def _ending(child: Child, status: int, file: str) -> RoomError:
    """What is said of a file whose child ended without an answer."""
    is_full = child.peak_memory > _NEARLY * child.limits.memory
    if status == EXIT_MEMORY or is_full:
        return TooMuchMemory(file, child.limits)
    if status == -getattr(signal, "SIGXCPU", 0) != 0:
        return TookTooLong(file, child.limits)
    _LOG.error("The room ended with status %s at %s", status, child.task)
    return EndedUnexpectedly(file, f"status {status}")
