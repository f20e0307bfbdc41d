"""Offers read from the bytes that were received, and held against the pack: judged by the pack's values and rules."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field, replace
from functools import lru_cache
from threading import Lock
from typing import TYPE_CHECKING, Generic, TypeVar

from tomsapp.domain.checks.check import OfferToCheck
from tomsapp.domain.checks.plausibility import above_other_bids
from tomsapp.domain.errors import TomsError
from tomsapp.domain.tender.choices import ShareBase
from tomsapp.domain.tender.medians import medians_of_others, quantities_of
from tomsapp.domain.tender.offer_checks import CheckedTenderOffer, OfferGround, check_tender_offer
from tomsapp.exchange.tenders.book_layout import offer_book
from tomsapp.exchange.tenders.book_read import read_offer_book
from tomsapp.exchange.tenders.offer_json import tender_offer_of
from tomsapp.exchange.tenders.pack_json import read_pack
from tomsapp.menufiles.bundle import read_bundle
from tomsapp.services.tenders.strange_offers import open_offers_in_room
from tomsapp.store.errors import StoreError
from tomsapp.store.kept import sha256_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from decimal import Decimal

    from tomsapp.domain.menu import MenuEdition
    from tomsapp.exchange.tenders.book_layout import OfferBook
    from tomsapp.exchange.tenders.book_stamp import BookStamp
    from tomsapp.exchange.tenders.offer_file import TenderOfferFile
    from tomsapp.exchange.tenders.pack_json import PackFile
    from tomsapp.services.progress import Progress
    from tomsapp.services.strange_batches import GivenFile
    from tomsapp.services.strangers import OpenedOffer

T = TypeVar("T")


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
    _books: dict[int, OfferBook | None] = field(default_factory=dict, compare=False, repr=False)

    def book(self, lot: int) -> OfferBook | None:
        """What the workbook of a lot is made for, the same for every bidder; None where there is no such lot."""
        if lot not in self._books:
            self._books[lot] = offer_book(self.pack, self.edition, lot)
        return self._books[lot]


_MOST_PACKS, _MOST_OFFERS, _MOST_HELD = 8, 250, 100
"""How many packs and offers are kept as they were read and judged; a page asks for them again after every decision."""


def issued_packs(contents: Sequence[bytes]) -> tuple[IssuedPack, ...]:
    """The versions of a pack from their bytes, in order.

    Raises:
        TomsError: the bytes of one are not those of a pack with its menu.
    """
    return tuple(_issued(data, number) for number, data in enumerate(contents, start=1))


@lru_cache(maxsize=_MOST_PACKS)
def _issued(data: bytes, number: int) -> IssuedPack:
    """Read once for the same bytes: what is issued never changes."""
    name = f"pack version {number}"
    pack = read_pack(data, name)
    edition = read_bundle(pack.menu, name)
    if isinstance(edition, tuple):
        raise StoreError(f"The menu edition in {name} cannot be read", "Restore the database from a backup")
    return IssuedPack(pack, edition)


class _Newest(Generic[T]):
    """What was worked out before, by all that it was worked out from; the newest of it, so many at most."""

    def __init__(self, most: int) -> None:
        self._kept: OrderedDict[object, T] = OrderedDict()
        self._most = most
        self._lock = Lock()

    def find(self, key: object) -> T | None:
        """What was worked out before, or None."""
        with self._lock:
            found = self._kept.get(key)
            if found is not None:
                self._kept.move_to_end(key)
            return found

    def keep(self, key: object, found: T) -> None:
        """Keep what was worked out, and forget what was not asked for the longest."""
        with self._lock:
            self._kept[key] = found
            self._kept.move_to_end(key)
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)


_READ = _Newest["TenderOfferFile"](_MOST_OFFERS)
"""Offers by the bytes of their file and the packs that they were read with."""
_HELD = _Newest["ReadOffer"](_MOST_HELD)
"""Offers held against a pack, by the offer that was read and what it was held against."""


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
    read = read_offer_files(packs, files, progress)
    return [
        each if isinstance(each, TomsError) else held_offer(packs, each, OfferGround(price=known.get(place)))
        for place, each in enumerate(read)
    ]


def read_statements(
    packs: Sequence[IssuedPack], files: Sequence[GivenFile], progress: Progress | None = None
) -> list[Mapping[int, str] | TomsError]:
    """The answers in each file by the numbers of the questions, without a value of anything; or why it cannot be read.

    Raises:
        Cancelled: nobody waits for it any more.
    """
    read = read_offer_files(packs, files, progress)
    return [each if isinstance(each, TomsError) else each.offer.statements for each in read]


def read_offer_files(
    packs: Sequence[IssuedPack], files: Sequence[GivenFile], progress: Progress | None = None
) -> list[TenderOfferFile | TomsError]:
    """The offer in each file: as it was read before, or read in the locked room; or why it cannot be read.

    Raises:
        Cancelled: nobody waits for it any more.
    """
    issued = tuple(each.pack.identity for each in packs)
    keys = [(sha256_of(file.data), file.name, issued) for file in files]
    found: list[TenderOfferFile | TomsError | None] = [_READ.find(key) for key in keys]
    new = [place for place, each in enumerate(found) if each is None]
    opened = open_offers_in_room([files[place] for place in new], progress) if new else []
    for place, each in zip(new, opened, strict=True):
        read = found[place] = _offer_or_error(packs, files[place].name, each)
        if not isinstance(read, TomsError):
            _READ.keep(keys[place], read)
    return [each for each in found if each is not None]


def _offer_or_error(
    packs: Sequence[IssuedPack], file: str, opened: OpenedOffer | TomsError
) -> TenderOfferFile | TomsError:
    if isinstance(opened, TomsError):
        return opened
    try:
        return offer_in(packs, file, opened)
    except TomsError as error:
        return error


def held_offer(packs: Sequence[IssuedPack], read: TenderOfferFile, ground: OfferGround) -> ReadOffer:
    """An offer held against the newest pack, and against what else is known (`ground`)."""
    newest, issued = packs[-1], tuple(each.pack.identity for each in packs)
    # An offer that was read is one object as long as it is kept here, so that it can be told by that.
    is_of_price = newest.pack.pack.tender.base is ShareBase.PRICE
    key = id(read), issued, ground.price if is_of_price else None, tuple(sorted(ground.medians.items()))
    known = _HELD.find(key)
    if known is None or known.file is not read:
        held = replace(ground, issued=issued)
        known = ReadOffer(read, check_tender_offer(newest.pack.pack, newest.edition, read.offer, held))
        _HELD.keep(key, known)
    return known


def beside_others(
    packs: Sequence[IssuedPack], read: Sequence[ReadOffer], prices: Sequence[Decimal | None]
) -> list[ReadOffer]:
    """The offers of one lot, each held beside the others: against the median of what they promise.

    `prices` are those of the bids, in the order of the offers. Nothing is checked again where that finds nothing.
    """
    checked = [each.checked.checked for each in read]
    promised = [quantities_of(each.valuation) if each is not None else {} for each in checked]
    beside = []
    for offer, medians, price in zip(read, medians_of_others(promised), prices, strict=True):
        valued = offer.checked.checked
        if valued is None or not any(above_other_bids(OfferToCheck(valued.valuation, (), medians=medians))):
            beside.append(offer)
        else:
            beside.append(held_offer(packs, offer.file, OfferGround(medians=medians, price=price)))
    return beside


def offer_in(packs: Sequence[IssuedPack], file: str, opened: OpenedOffer) -> TenderOfferFile:
    """The offer in a file that was opened; a workbook is read as it was made, by the pack that it answers.

    Raises:
        OfferUnreadable: it is no offer of a tender, or cannot be read as one.
    """

    def find(stamp: BookStamp) -> OfferBook | None:
        """A workbook is read as it was made: by the version of the pack that it answers."""
        mine = next((each for each in packs if each.pack.identity == stamp.pack), None)
        return None if mine is None else mine.book(stamp.lot)

    if opened.book is not None:
        return read_offer_book(opened.book, file, find)
    return tender_offer_of(opened.values or {}, file)
