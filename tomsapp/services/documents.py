"""What a file is that somebody opens by a double click or names to the program: by what it holds, not by its name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from tomsapp.domain.problems import Where, problem_at
from tomsapp.exchange.offer_file import MOST_BYTES, OfferUnreadable, refusal, usable
from tomsapp.exchange.tenders.offer_json import OFFER_ENDING
from tomsapp.exchange.tenders.pack_json import PACK_ENDING
from tomsapp.reading.held import is_held
from tomsapp.reading.kinds import OFFERS_IN_JSON, WORKBOOKS, FileKind, kind_of, wrong_kind
from tomsapp.reading.source import begins_with, read_bytes
from tomsapp.services.addresses import DATABASE_ENDINGS

if TYPE_CHECKING:
    from pathlib import Path

    from tomsapp.services.progress import Progress
    from tomsapp.services.strangers import OpenedOffer


class Document(Enum):
    """What the program opens as a whole; the value says it in a sentence that begins with the file's name and “is”."""

    DATABASE = "a council’s database"
    PACK = "the pack of a tender"
    OFFER = "an offer for a tender"
    RETURN = "a quarterly return"
    MARKING = "a marking file"
    EVALUATION = "a frozen evaluation"
    PAPER = "a PDF"

    @property
    def is_for_bidders(self) -> bool:
        """Whether it opens the window of a bidder, which needs no database."""
        return self in {Document.PACK, Document.OFFER}

    @property
    def needs_database(self) -> bool:
        """Whether it is brought in to the database of the council that it came from."""
        return self in {Document.RETURN, Document.MARKING}


@dataclass(frozen=True, slots=True)
class FoundDocument:
    """A file that was looked into.

    Attributes:
        of: the reference of the contract or tender that it says it was made for; empty where it says none.
    """

    kind: Document
    of: str = ""


_OPENED = "the program opens databases, packs, offers, returns, marking files, evaluations and PDF valuations"
_HEAD = 1024
_BIDDERS = re.compile(rb'"format"\s*:\s*"tomsapp-(pack|tender-offer)-')
_AT_A_CONTRACT = "Open the database, then the contract, and bring it in with Import"
_NOT_OURS = frozenset({FileKind.BUNDLE, FileKind.NOTICES, FileKind.DAMAGED_PACKAGE, FileKind.EMPTY, FileKind.SHORTCUT})
"""Kinds for which there is something better to say than what the program opens."""


def document_in(path: Path, progress: Progress | None = None) -> FoundDocument:
    """What a file is; workbooks and JSON are looked into in the locked room.

    Raises:
        OfferUnreadable: it is missing, a folder, damaged, too large, or nothing that is opened; says what it is.
        RoomError: looking into it took too much memory or time, or ended what looked.
        Cancelled: nobody waits for it any more.
    """
    if is_held(path):
        return FoundDocument(Document.DATABASE)
    head = usable(begins_with(path, _HEAD))
    at_once = _by_head(head)
    if at_once is not None:
        return FoundDocument(at_once)
    data = usable(read_bytes(path, MOST_BYTES))
    kind = kind_of(data)
    if kind is FileKind.PDF:
        return FoundDocument(Document.PAPER)
    if kind not in WORKBOOKS | OFFERS_IN_JSON:
        raise _refused(kind, path.name)
    from tomsapp.services.strangers import open_offer

    found = _by_inside(open_offer(data, path.name, progress), path.name)
    if found is None:
        raise _refused(kind, path.name)
    return found


def is_database(path: Path) -> bool:
    """Whether a file is a database by its first bytes; one that cannot be read goes by its name."""
    head = begins_with(path, _HEAD)
    if isinstance(head, bytes):
        return _by_head(head) is Document.DATABASE
    return path.suffix.lower() in DATABASE_ENDINGS


def is_for_bidders(path: Path) -> bool:
    """Whether a file opens the window of a bidder, as far as its first bytes tell, which are quickly read.

    One that they do not tell of, or that cannot be read, goes by its name.
    """
    head = begins_with(path, _HEAD)
    if isinstance(head, bytes):
        if _BIDDERS.search(head):
            return True
        if _by_head(head) or kind_of(head) is FileKind.PDF:
            return False
    return path.suffix.lower() in (PACK_ENDING, OFFER_ENDING)


def _by_head(head: bytes) -> Document | None:
    """What the first bytes of a file say that it is; databases and evaluations may be too large to be read whole."""
    from tomsapp.exchange.tenders.evaluation_file import begins_as_evaluation

    if kind_of(head) is FileKind.DATABASE:
        return Document.DATABASE
    return Document.EVALUATION if begins_as_evaluation(head) else None


def _by_inside(opened: OpenedOffer, file: str) -> FoundDocument | None:
    """What the hidden sheet of a workbook, or the values of a JSON file, say that it is."""
    from tomsapp.services.bidder_offers import answers_a_tender
    from tomsapp.services.pack_files import is_pack

    if is_pack(opened):
        return FoundDocument(Document.PACK)
    if answers_a_tender(opened):
        return FoundDocument(Document.OFFER)
    if opened.kind is FileKind.OFFER:
        message = f"{file} is an offer for a contract, and such an offer is brought in at its contract"
        raise OfferUnreadable(message, _AT_A_CONTRACT)
    return None if opened.book is None else _by_stamp(opened, file)


def _by_stamp(opened: OpenedOffer, file: str) -> FoundDocument | None:
    from tomsapp.exchange.return_layout import FORMAT as RETURNED
    from tomsapp.exchange.stamp_sheet import read_stamp
    from tomsapp.exchange.tenders.marking_file import FORMAT as MARKED

    stamp = {} if opened.book is None else read_stamp(opened.book)
    kind = _family(stamp.get("format", ""))
    if kind == _family(RETURNED):
        return FoundDocument(Document.RETURN, stamp.get("contract", ""))
    if kind == _family(MARKED):
        return FoundDocument(Document.MARKING, stamp.get("tender", ""))
    if "layout" in stamp:
        message = f"{file} is a workbook of commitments, which is brought in at its contract"
        raise OfferUnreadable(message, _AT_A_CONTRACT)
    return None


def _family(form: str) -> str:
    """A form without its version: what reads it says which versions it reads."""
    return form.rpartition("-")[0]


def _refused(kind: FileKind, file: str) -> OfferUnreadable:
    if kind in _NOT_OURS:
        return refusal(wrong_kind(kind, file, "a document of the program"))
    message = f"{file} is {kind.value}, and {_OPENED}"
    return refusal(problem_at("wrong-kind", message, "Choose the file that is meant", Where(file=file)))
