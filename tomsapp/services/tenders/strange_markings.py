"""Marking files, several of which are read in one locked room."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tomsapp.exchange.offer_file import OfferUnreadable
from tomsapp.exchange.tenders.marking_plain import marking_in
from tomsapp.room.frames import parsed
from tomsapp.services.strange_batches import GivenFile, ask_of_batch, read_in_batches, read_or_refused
from tomsapp.services.strangers import ask_watched

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tomsapp.domain.errors import TomsError
    from tomsapp.exchange.tenders.marking_file import MarkingFile
    from tomsapp.room.errors import RoomError
    from tomsapp.services.progress import Progress

_TASK = "markings"
_MOST_TOGETHER = 20


def read_marking_files(files: Sequence[GivenFile], progress: Progress | None = None) -> list[MarkingFile | TomsError]:
    """What each file holds, or why it is not read.

    Raises:
        Cancelled: nobody waits for it any more.
    """
    return read_in_batches(files, _MOST_TOGETHER, _asked, _broken, progress)


def _asked(batch: Sequence[GivenFile]) -> list[MarkingFile | TomsError]:
    return ask_of_batch(_TASK, batch, ask_watched, _one)


def _one(run: bytes) -> MarkingFile | TomsError:
    return marking_of(parsed(run))


def _broken(error: RoomError) -> MarkingFile | TomsError:
    return error


def marking_of(plain: object) -> MarkingFile | TomsError:
    """What the room says of one file: what it holds, or why it is not read.

    Raises:
        WrongForm: it says neither.
    """
    return read_or_refused(plain, marking_in, OfferUnreadable)
