"""Workbooks of returns, many of which are read in one locked room: a file that breaks it is read in one of its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tomsapp.domain.errors import TomsError
from tomsapp.exchange.offer_file import OfferUnreadable
from tomsapp.exchange.return_plain import return_in
from tomsapp.room.asking import Question
from tomsapp.room.errors import RoomError
from tomsapp.room.frames import WrongForm, parsed
from tomsapp.room.limits import MEGABYTE, USUAL
from tomsapp.services.progress import NoProgress, Progress
from tomsapp.services.strangers import ask_watched, understood, watched_by

if TYPE_CHECKING:
    from tomsapp.exchange.return_file import ReturnFile

_TASK = "returns"
_MOST_TOGETHER = 200
_MOST_BYTES_TOGETHER = 12 * MEGABYTE
"""So much is read in one room: a child takes a quarter of a second to begin, and a return a hundredth."""


@dataclass(frozen=True, slots=True)
class GivenFile:
    """A file with its bytes."""

    name: str
    data: bytes


def read_return_files(files: Sequence[GivenFile], progress: Progress | None = None) -> list[ReturnFile | TomsError]:
    """What each file holds, or why it is not read.

    Raises:
        Cancelled: nobody waits for it any more.
    """
    watched = progress or NoProgress()
    read: list[ReturnFile | TomsError] = []
    with watched_by(watched):
        for batch in _batches(files):
            watched.report(len(read), len(files), f"Reading {batch[0].name}")
            read.extend(_read_batch(batch))
    return read


def _batches(files: Sequence[GivenFile]) -> Iterator[list[GivenFile]]:
    batch: list[GivenFile] = []
    size = 0
    for file in files:
        if batch and (len(batch) == _MOST_TOGETHER or size + len(file.data) > _MOST_BYTES_TOGETHER):
            yield batch
            batch, size = [], 0
        batch.append(file)
        size += len(file.data)
    if batch:
        yield batch


def _read_batch(batch: Sequence[GivenFile]) -> list[ReturnFile | TomsError]:
    try:
        return _asked(batch)
    except RoomError as error:
        if len(batch) == 1:
            return [error]
    # One of them broke the room. It must not keep the others from being read.
    return [one for file in batch for one in _read_batch([file])]


def _asked(batch: Sequence[GivenFile]) -> list[ReturnFile | TomsError]:
    names = [file.name for file in batch]
    question = Question(_TASK, names[0], {"files": names}, [file.data for file in batch], {}, USUAL)
    answer = ask_watched(question)

    def found() -> list[ReturnFile | TomsError]:
        if len(answer.runs) != len(batch):
            raise WrongForm("There are not as many answers as files")
        return [one_of(parsed(bytes(run))) for run in answer.runs]

    return understood(names[0], found)


def one_of(plain: object) -> ReturnFile | TomsError:
    """What the room says of one file: what it holds, or why it is not read.

    Raises:
        WrongForm: it says neither.
    """
    if not isinstance(plain, dict):
        raise WrongForm("There is no answer")
    if "refused" not in plain:
        return return_in(plain["read"])
    refused = plain["refused"]
    if not isinstance(refused, list) or not all(isinstance(text, str) for text in refused):
        raise WrongForm("There is no refusal")
    message, fix = refused
    return OfferUnreadable(message, fix)
