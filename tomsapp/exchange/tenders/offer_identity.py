"""Which tender, pack and lot a bidder's file answers, and who sends it: all that is read of it before the deadline."""

from collections.abc import Mapping
from dataclasses import dataclass

from tomsapp.domain.errors import TomsError
from tomsapp.domain.supplier import Supplier, SupplierKind
from tomsapp.domain.tender.pack import PackIdentity
from tomsapp.exchange.offer_file import MOST_BYTES, usable
from tomsapp.exchange.sheets.opened import OpenedBook
from tomsapp.exchange.sheets.opening import open_workbook
from tomsapp.exchange.tenders.book_cells import BookCells
from tomsapp.exchange.tenders.book_layout import ANSWERS, CONDITIONS, NOT_READ, QUESTIONS
from tomsapp.exchange.tenders.book_stamp import read_book_stamp
from tomsapp.exchange.tenders.offer_json import who_offers
from tomsapp.exchange.workbook_asked import WORKINGS
from tomsapp.exchange.workbook_layout import COMMITMENTS, TOTALS
from tomsapp.reading.kinds import OFFERS_IN_JSON, WORKBOOKS, FileKind, kind_of
from tomsapp.reading.source import MEGABYTE
from tomsapp.reading.text_formats import Values, read_json
from tomsapp.room.frames import WrongForm

ASK_WORKBOOK = "the workbook of the pack, filled in"
_ASK_EXCEL = "the workbook of the pack, saved as Excel workbook (.xlsx)"
_ASK_FOR: Mapping[FileKind, str] = {
    FileKind.LOCKED_WORKBOOK: "the same workbook without a password",
    FileKind.RIGHTS_WORKBOOK: "a copy whose label does not encrypt it",
    FileKind.DAMAGED_PACKAGE: "the file again",
    FileKind.EMPTY: "the file again",
    FileKind.OLD_WORKBOOK: _ASK_EXCEL,
    FileKind.BINARY_WORKBOOK: _ASK_EXCEL,
    FileKind.XML_WORKBOOK: _ASK_EXCEL,
    FileKind.APPLE: _ASK_EXCEL,
    FileKind.ARCHIVE: "the offer file itself, not in a zip folder",
}
_CLOSED = NOT_READ | {COMMITMENTS, WORKINGS, CONDITIONS, QUESTIONS, ANSWERS, TOTALS}
"""The sheets with what is offered, and those of which nothing is read at all."""
_MOST_TEXT = 40_000
_TEXTS = 7


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a file cannot be used: "it is protected with a password", and what to ask the bidder for."""

    reason: str
    ask_for: str


_MOST = f"{MOST_BYTES // MEGABYTE} MB"
TOO_LARGE = Refusal(f"it is larger than {_MOST}", f"a file of at most {_MOST}")
"""Of a file over `MOST_BYTES`, into which nobody looks."""


@dataclass(frozen=True, slots=True)
class OfferIdentity:
    """What an offer is, without anything of what is offered.

    Attributes:
        pack: the tender's reference, the version and the SHA-256 of the pack that it answers.
        lot: the number of the lot.
        bidder: what the bidder says of itself.
    """

    pack: PackIdentity
    lot: int
    bidder: Supplier


def read_identity(data: bytes, file: str) -> OfferIdentity | Refusal:
    """Which pack and lot the bytes of a file answer, and who sends it; or why it is refused.

    What is offered is not looked at. A workbook with macros is refused: that of a pack has none.
    """
    kind = kind_of(data)
    if kind not in WORKBOOKS | OFFERS_IN_JSON:
        return Refusal(f"it is {kind.value}", _ASK_FOR.get(kind, ASK_WORKBOOK))
    try:
        if kind not in WORKBOOKS:
            return identity_of_values(usable(read_json(data, file, MOST_BYTES)), file)
        book = open_workbook(data, file, _CLOSED)
        if any(problem.code == "macros-not-run" for problem in book.problems):
            return Refusal("the workbook has macros", "the workbook saved without macros (.xlsx)")
        return identity_of_book(book, file)
    except TomsError as error:
        return Refusal(error.message, ASK_WORKBOOK)


def identity_of_book(book: OpenedBook, file: str) -> OfferIdentity:
    """That of a workbook of a pack.

    Raises:
        OfferUnreadable: it is no workbook of a tender, its hidden sheet was changed, or it does not say who offers.
    """
    stamp = read_book_stamp(book, file)
    return OfferIdentity(stamp.pack, stamp.lot, BookCells(book, file).bidder())


def identity_of_values(values: Values, file: str) -> OfferIdentity:
    """That of an offer in JSON.

    Raises:
        OfferUnreadable: it is no offer for a tender, or does not say for which pack and lot.
    """
    return OfferIdentity(*who_offers(values, file))


def plain_identity(identity: OfferIdentity) -> list[object]:
    """An identity as plain values, which the locked room hands out."""
    pack, bidder = identity.pack, identity.bidder
    texts = [bidder.name, bidder.kind.value, bidder.registration, bidder.contact_name, bidder.contact_email]
    return [pack.version, identity.lot, pack.reference, pack.sha256, *texts]


def identity_in(plain: object) -> OfferIdentity:
    """The identity that `plain_identity` was given.

    Raises:
        WrongForm: it was given none.
    """
    if not isinstance(plain, list) or len(plain) != 2 + _TEXTS:
        raise WrongForm("There is no identity")
    version, lot, *texts = plain
    if any(type(number) is not int or not 0 <= number < 10**7 for number in (version, lot)):
        raise WrongForm("A part is no whole number")
    if not all(isinstance(text, str) and len(text) <= _MOST_TEXT for text in texts):
        raise WrongForm("A part is no text, or too long")
    reference, sha256, name, kind, registration, contact, email = texts
    kinds = {each.value: each for each in SupplierKind}
    if kind not in kinds:
        raise WrongForm("There is no such kind of organisation")
    bidder = Supplier(name, kinds[kind], registration, contact_name=contact, contact_email=email)
    return OfferIdentity(PackIdentity(reference, version, sha256), lot, bidder)
