"""What the workbook of a tender says that it answers, by its hidden sheet; nothing of what is offered."""

from dataclasses import dataclass

from tomsapp.domain.tender.pack import PackIdentity
from tomsapp.domain.tender.tender import TENDER
from tomsapp.exchange.offer_file import OfferUnreadable
from tomsapp.exchange.sheets.opened import OpenedBook
from tomsapp.exchange.stamp_sheet import read_stamp
from tomsapp.exchange.tenders.book_layout import BOOK_FORMAT

AGAIN = "Fill in the workbook of the pack, or ask for it again"


@dataclass(frozen=True, slots=True)
class BookStamp:
    """What a workbook says that it answers: the pack, and the lot."""

    pack: PackIdentity
    lot: int


def is_offer_book(book: OpenedBook) -> bool:
    """Whether this program made the workbook for a tender."""
    return read_stamp(book).get("format") == BOOK_FORMAT


def read_book_stamp(book: OpenedBook, file: str) -> BookStamp:
    """Which pack and lot a workbook answers.

    Raises:
        OfferUnreadable: this program did not make it for a tender, or its hidden sheet was changed.
    """
    stamp = read_stamp(book)
    version, lot = stamp.get("version", ""), stamp.get("lot", "")
    digits = all(text.isascii() and text.isdigit() and len(text) < 7 for text in (version, lot))
    is_named = TENDER.fact("reference").line_fault(stamp.get("tender", "")) is None
    if stamp.get("format") != BOOK_FORMAT or not (digits and is_named) or not stamp.get("pack_sha256"):
        message = f"{file} is no workbook of a tender, or its hidden sheet was changed"
        raise OfferUnreadable(message, AGAIN)
    pack = PackIdentity(stamp.get("tender", ""), int(version), stamp["pack_sha256"])
    return BookStamp(pack, int(lot))
