"""Workbooks of returns, many of which are read in one locked room."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tomsapp.exchange.offer_file import OfferUnreadable
from tomsapp.exchange.return_plain import return_in
from tomsapp.room.frames import parsed
from tomsapp.services.strange_batches import GivenFile, ask_of_batch, read_in_batches, read_or_refused
from tomsapp.services.strangers import ask_watched

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tomsapp.domain.errors import TomsError
    from tomsapp.exchange.return_file import ReturnFile
    from tomsapp.room.errors import RoomError
    from tomsapp.services.progress import Progress

_TASK = "returns"
_MOST_TOGETHER = 200


def read_return_files(files: Sequence[GivenFile], progress: Progress | None = None) -> list[ReturnFile | TomsError]:
    """What each file holds, or why it is not read.

    Raises:
        Cancelled: nobody waits for it any more.
    """
    return read_in_batches(files, _MOST_TOGETHER, _asked, _broken, progress)


def _asked(batch: Sequence[GivenFile]) -> list[ReturnFile | TomsError]:
    return ask_of_batch(_TASK, batch, ask_watched, _one)


def _one(run: bytes) -> ReturnFile | TomsError:
    return one_of(parsed(run))


def _broken(error: RoomError) -> ReturnFile | TomsError:
    return error


def one_of(plain: object) -> ReturnFile | TomsError:
    """What the room says of one file: what it holds, or why it is not read.

    Raises:
        WrongForm: it says neither.
    """
    return read_or_refused(plain, return_in, OfferUnreadable)
