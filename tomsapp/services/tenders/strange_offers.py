"""Bidders' files, read in the locked room: who sends what for which pack, and after the deadline what is offered."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tomsapp.exchange.archive import MOST_ARCHIVE, MOST_UNPACKED, ArchivedFile
from tomsapp.exchange.offer_file import MOST_BYTES, OfferUnreadable
from tomsapp.exchange.tenders.book_layout import NOT_READ
from tomsapp.exchange.tenders.offer_identity import ASK_WORKBOOK, TOO_LARGE, OfferIdentity, Refusal, identity_in
from tomsapp.room.asking import Answer, Question
from tomsapp.room.frames import WrongForm, parsed
from tomsapp.room.limits import USUAL
from tomsapp.services.strange_batches import GivenFile, ask_of_batch, read_in_batches, read_or_refused, refusal_in
from tomsapp.services.strangers import OpenedOffer, ask_watched, offer_in, understood

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tomsapp.domain.errors import TomsError
    from tomsapp.room.errors import RoomError
    from tomsapp.services.progress import Progress

_IDENTITIES, _OFFERS, _ARCHIVES = "offer_identities", "offers", "archives"
_MOST_TOGETHER = 50
"""How many files are read in one room, which has ten seconds of the processor for all: one takes a fiftieth of one."""
_UNPACKING = replace(
    USUAL, memory=USUAL.memory + 2 * MOST_ARCHIVE + 2 * MOST_UNPACKED, seconds=30, answer=MOST_UNPACKED * 2
)


def unpack(data: bytes, file: str) -> tuple[ArchivedFile, ...]:
    """The files in a zip folder.

    Raises:
        OfferUnreadable: it is damaged, has a password, or there is too much in it.
        RoomError: it took too much memory or time, or ended what read it.
    """
    if len(data) > MOST_ARCHIVE:
        raise OfferUnreadable(f"{file} is too large to be unpacked here", "Unpack it, and give the folder instead")
    refusals = {"OfferUnreadable": OfferUnreadable}
    answer = ask_watched(Question(_ARCHIVES, file, {"file": file}, [data], refusals, _UNPACKING))

    def found() -> tuple[ArchivedFile, ...]:
        paths = answer.told["paths"]
        if not isinstance(paths, list) or not all(isinstance(path, str) for path in paths):
            raise WrongForm("There are no paths")
        return tuple(ArchivedFile(path, bytes(run)) for path, run in zip(paths, answer.runs, strict=True))

    return understood(file, found)


def read_identities(files: Sequence[GivenFile], progress: Progress | None = None) -> list[OfferIdentity | Refusal]:
    """Of each file which pack and lot it answers and who sends it, or why it is refused; never what is offered.

    Raises:
        Cancelled: nobody waits for it any more.
    """
    small = [file for file in files if len(file.data) <= MOST_BYTES]
    read = iter(read_in_batches(small, _MOST_TOGETHER, _looked_at, _not_looked_at, progress))
    return [next(read) if len(file.data) <= MOST_BYTES else TOO_LARGE for file in files]


def _looked_at(batch: Sequence[GivenFile]) -> list[OfferIdentity | Refusal]:
    return ask_of_batch(_IDENTITIES, batch, ask_watched, _one_looked_at)


def _not_looked_at(error: RoomError) -> OfferIdentity | Refusal:
    return Refusal(error.message, ASK_WORKBOOK)


def _one_looked_at(run: bytes) -> OfferIdentity | Refusal:
    return identity_or_refusal(parsed(run))


def identity_or_refusal(plain: object) -> OfferIdentity | Refusal:
    """What the room says of one file.

    Raises:
        WrongForm: it says neither.
    """
    return read_or_refused(plain, identity_in, Refusal)


def open_offers_in_room(files: Sequence[GivenFile], progress: Progress | None = None) -> list[OpenedOffer | TomsError]:
    """The sheets or the values of each offer, or why it cannot be opened.

    Raises:
        Cancelled: nobody waits for it any more.
    """
    return read_in_batches(files, _MOST_TOGETHER, _opened, _not_opened, progress)


def _opened(batch: Sequence[GivenFile]) -> list[OpenedOffer | TomsError]:
    return ask_of_batch(_OFFERS, batch, ask_watched, offer_or_refusal, {"unread": sorted(NOT_READ)})


def _not_opened(error: RoomError) -> OpenedOffer | TomsError:
    return error


def offer_or_refusal(run: bytes) -> OpenedOffer | TomsError:
    """What the room says of one offer: a line that tells what it is, and what is under it.

    Raises:
        WrongForm, LookupError, TypeError, ValueError: it does not say it.
    """
    head, _, rest = run.partition(b"\n")
    told = parsed(head)
    if not isinstance(told, dict):
        raise WrongForm("There is no answer")
    if "refused" in told:
        return OfferUnreadable(*refusal_in(told["refused"]))
    return offer_in(Answer(told, (memoryview(rest),)))
