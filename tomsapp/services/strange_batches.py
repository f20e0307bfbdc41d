"""Many strangers' files, several of which are read in one locked room: one that breaks it is read in one of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeVar

from tomsapp.room.asking import Question
from tomsapp.room.errors import RoomError
from tomsapp.room.frames import WrongForm
from tomsapp.room.limits import MEGABYTE, USUAL
from tomsapp.services.progress import NoProgress, Progress
from tomsapp.services.strangers import understood, watched_by

if TYPE_CHECKING:
    from tomsapp.room.asking import Answer

Q = TypeVar("Q")
R = TypeVar("R")

_MOST_BYTES_TOGETHER = 12 * MEGABYTE
"""So much is read in one room: a child takes a quarter of a second to begin, and a small file a hundredth."""


@dataclass(frozen=True, slots=True)
class GivenFile:
    """A file with its bytes."""

    name: str
    data: bytes


def read_in_batches(
    files: Sequence[GivenFile],
    most: int,
    read_batch: Callable[[Sequence[GivenFile]], list[R]],
    failed: Callable[[RoomError], R],
    progress: Progress | None = None,
) -> list[R]:
    """What each file holds, or why it is not read; `read_batch` asks the room for at most so many at once.

    `failed` says it of a file that broke the room.

    Raises:
        Cancelled: nobody waits for it any more.
    """
    watched = progress or NoProgress()
    read: list[R] = []
    with watched_by(watched):
        for batch in _batches(files, most):
            watched.report(len(read), len(files), f"Reading {batch[0].name}")
            read.extend(_read(batch, read_batch, failed))
    return read


def _batches(files: Sequence[GivenFile], most: int) -> Iterator[list[GivenFile]]:
    batch: list[GivenFile] = []
    size = 0
    for file in files:
        if batch and (len(batch) == most or size + len(file.data) > _MOST_BYTES_TOGETHER):
            yield batch
            batch, size = [], 0
        batch.append(file)
        size += len(file.data)
    if batch:
        yield batch


def _read(
    batch: Sequence[GivenFile],
    read_batch: Callable[[Sequence[GivenFile]], list[R]],
    failed: Callable[[RoomError], R],
) -> list[R]:
    try:
        return read_batch(batch)
    except RoomError as error:
        if len(batch) == 1:
            return [failed(error)]
    # One of them broke the room. It must not keep the others from being read.
    return [one for file in batch for one in _read([file], read_batch, failed)]


def ask_of_batch(
    task: str,
    batch: Sequence[GivenFile],
    ask: Callable[[Question], Answer],
    one: Callable[[bytes], R],
    more: Mapping[str, object] = MappingProxyType({}),
) -> list[R]:
    """What the room answers of each file of a batch, a run of bytes each; `more` is what the task is told beside.

    Raises:
        RoomError: one of the files broke it, or it did not answer as it should.
    """
    names = [file.name for file in batch]
    answer = ask(Question(task, names[0], {**more, "files": names}, [file.data for file in batch], {}, USUAL))

    def found() -> list[R]:
        if len(answer.runs) != len(batch):
            raise WrongForm("There are not as many answers as files")
        return [one(bytes(run)) for run in answer.runs]

    return understood(names[0], found)


def read_or_refused(plain: object, read: Callable[[object], R], refused: Callable[[str, str], Q]) -> R | Q:
    """What the room says of one file: what it holds, or why it is not read and what to do.

    Raises:
        WrongForm, LookupError, TypeError, ValueError: it says neither.
    """
    if not isinstance(plain, dict):
        raise WrongForm("There is no answer")
    return refused(*refusal_in(plain["refused"])) if "refused" in plain else read(plain["read"])


def refusal_in(plain: object) -> tuple[str, str]:
    """Why a file is not read, and what to do.

    Raises:
        WrongForm, ValueError: it says neither.
    """
    if not isinstance(plain, list) or not all(isinstance(text, str) for text in plain):
        raise WrongForm("There is no refusal")
    message, fix = plain
    return message, fix
