"""Offers read from the bytes that were received, and held against the pack: judged by the pack's values and rules."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tomsapp.domain.errors import TomsError
from tomsapp.domain.tender.offer_checks import CheckedTenderOffer, OfferGround, check_tender_offer
from tomsapp.exchange.tenders.book_layout import offer_book
from tomsapp.exchange.tenders.book_read import read_offer_book
from tomsapp.exchange.tenders.offer_json import tender_offer_of
from tomsapp.exchange.tenders.pack_json import read_pack
from tomsapp.menufiles.bundle import read_bundle
from tomsapp.services.tenders.strange_offers import open_offers_in_room
from tomsapp.store.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from decimal import Decimal

    from tomsapp.domain.menu import MenuEdition
    from tomsapp.exchange.tenders.book_layout import OfferBook
    from tomsapp.exchange.tenders.book_read import BookStamp
    from tomsapp.exchange.tenders.offer_file import TenderOfferFile
    from tomsapp.exchange.tenders.pack_json import PackFile
    from tomsapp.services.progress import Progress
    from tomsapp.services.strange_batches import GivenFile
    from tomsapp.services.strangers import OpenedOffer


@dataclass(frozen=True, slots=True)
class ReadOffer:
    """An offer as it was read of a file, and what comes of it by the pack."""

    file: TenderOfferFile
    checked: CheckedTenderOffer


@dataclass(frozen=True, slots=True)
class IssuedPack:
    """A version of a pack with the menu edition that came with it."""

    pack: PackFile
    edition: MenuEdition


def issued_packs(contents: Sequence[bytes]) -> tuple[IssuedPack, ...]:
    """The versions of a pack from their bytes, in order.

    Raises:
        TomsError: the bytes of one are not those of a pack with its menu.
    """
    return tuple(_issued(data, number) for number, data in enumerate(contents, start=1))


def _issued(data: bytes, number: int) -> IssuedPack:
    name = f"pack version {number}"
    pack = read_pack(data, name)
    edition = read_bundle(pack.menu, name)
    if isinstance(edition, tuple):
        raise StoreError(f"The menu edition in {name} cannot be read", "Restore the database from a backup")
    return IssuedPack(pack, edition)


def read_offers(
    packs: Sequence[IssuedPack],
    files: Sequence[GivenFile],
    prices: Mapping[int, Decimal] | None = None,
    progress: Progress | None = None,
) -> list[ReadOffer | TomsError]:
    """What each file offers, held against the newest pack; or why it cannot be read.

    `prices` are those that are known, by the place of the file.

    Raises:
        Cancelled: nobody waits for it any more.
    """
    known = prices or {}
    found = read_offer_files(packs, files, progress)
    return [
        each if isinstance(each, TomsError) else _held(packs, each, known.get(place))
        for place, each in enumerate(found)
    ]


def read_offer_files(
    packs: Sequence[IssuedPack], files: Sequence[GivenFile], progress: Progress | None = None
) -> list[TenderOfferFile | TomsError]:
    """What each file offers, held against nothing yet; or why it cannot be read.

    Raises:
        Cancelled: nobody waits for it any more.
    """
    opened = open_offers_in_room(files, progress)
    return [_read(packs, file.name, each) for file, each in zip(files, opened, strict=True)]


def _read(packs: Sequence[IssuedPack], file: str, opened: OpenedOffer | TomsError) -> TenderOfferFile | TomsError:
    if isinstance(opened, TomsError):
        return opened
    try:
        return _offer_in(packs, file, opened)
    except TomsError as error:
        return error


def _held(packs: Sequence[IssuedPack], read: TenderOfferFile, price: Decimal | None) -> ReadOffer:
    newest = packs[-1]
    ground = OfferGround([each.pack.identity for each in packs], price=price)
    return ReadOffer(read, check_tender_offer(newest.pack.pack, newest.edition, read.offer, ground))


def _offer_in(packs: Sequence[IssuedPack], file: str, opened: OpenedOffer) -> TenderOfferFile:
    def find(stamp: BookStamp) -> OfferBook | None:
        """A workbook is read as it was made: by the version of the pack that it answers."""
        mine = next((each for each in packs if each.pack.identity == stamp.pack), None)
        return None if mine is None else offer_book(mine.pack, mine.edition, stamp.lot)

    if opened.book is not None:
        return read_offer_book(opened.book, file, find)
    return tender_offer_of(opened.values or {}, file)
