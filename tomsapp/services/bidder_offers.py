"""A bidder's offer from its file, held against the pack with which it was made, without a database."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tomsapp.domain.errors import TomsError
from tomsapp.domain.offer import CheckedOffer, checked_with
from tomsapp.domain.problems import Problem
from tomsapp.domain.tender.offer_checks import OfferGround, check_tender_offer, refusals
from tomsapp.domain.tender.pack import PackIdentity
from tomsapp.exchange.offer_file import OfferUnreadable
from tomsapp.exchange.tenders.book_layout import offer_book
from tomsapp.exchange.tenders.book_read import read_offer_book
from tomsapp.exchange.tenders.book_stamp import is_offer_book, read_book_stamp
from tomsapp.exchange.tenders.offer_file import TenderOfferFile
from tomsapp.exchange.tenders.offer_json import is_tender_offer, tender_offer_of
from tomsapp.services.pack_files import OpenedPack, open_pack, pack_beside
from tomsapp.services.strangers import OpenedOffer


@dataclass(frozen=True, slots=True)
class JudgedOffer:
    """An offer as its pack judges it.

    Attributes:
        read: what its file says, and what is wrong with the file itself.
        checked: its figures, with what is found in its file and its lines.
        own: what its pack asks beside, of the bidder, conditions and questions.
    """

    pack: OpenedPack
    read: TenderOfferFile
    checked: CheckedOffer
    own: tuple[Problem, ...]


class OfferRefused(TomsError):
    """An offer that answers something else than the pack that it is held against, with every Problem."""

    def __init__(self, file: str, problems: tuple[Problem, ...]) -> None:
        super().__init__(f"{file} cannot be judged", "; ".join(map(str, problems)))
        self.problems = problems


class PackNotBeside(OfferUnreadable):
    """An offer whose pack is neither named nor beside it."""


@dataclass(frozen=True, slots=True)
class _Answer:
    """Which pack and lot a file answers, and how its offer is read once that pack is there."""

    pack: PackIdentity
    lot: int
    read: Callable[[OpenedPack], TenderOfferFile]


def answers_a_tender(opened: OpenedOffer) -> bool:
    """Whether a file says that it is a bidder's offer for a tender, in JSON or as a workbook."""
    if opened.book is not None:
        return is_offer_book(opened.book)
    return is_tender_offer(opened.values or {})


def judge_offer(opened: OpenedOffer, path: Path, pack_path: Path | None = None) -> JudgedOffer:
    """Read a bidder's offer, and judge it by the values and rules of its pack.

    Args:
        opened: what was read of its file in the locked room.
        path: of its file.
        pack_path: of the pack file; where none is named, the pack is looked for beside the offer.

    Raises:
        PackNotBeside: no pack is named, and its own is not beside it.
        OfferUnreadable: the offer or the pack cannot be read, or the pack is an earlier one.
        OfferRefused: it answers another tender, another pack, or a lot that the tender does not have.
        RoomError: reading the pack took too much memory or time, or ended what read it.
    """
    answer = _answer(opened, path.name)
    made, pack = answer.pack, _pack_of(answer.pack, path, pack_path)
    asked, own = pack.file.pack, pack.file.identity
    if made.reference == own.reference and made.version > own.version:
        message = f"{path.name} was made with pack version {made.version}, and the pack that is given is {own.version}"
        raise OfferUnreadable(message, "Name the pack file with which it was made")
    # Of earlier versions a pack does not know what was issued.
    issued = (own,) if made.version == own.version else ()
    if refused := refusals(asked, made, answer.lot, issued):
        raise OfferRefused(path.name, refused)
    read = answer.read(pack)
    judged = check_tender_offer(asked, pack.edition, read.offer, OfferGround(issued))
    if judged.checked is None:
        raise OfferRefused(path.name, judged.own)
    problems = (*read.problems, *judged.checked.problems)
    checked = checked_with(judged.checked.offer, judged.checked.valuation, problems, asked.policy)
    return JudgedOffer(pack, read, checked, judged.own)


def _answer(opened: OpenedOffer, file: str) -> _Answer:
    book = opened.book
    if book is None:
        read = tender_offer_of(opened.values or {}, file)
        return _Answer(read.offer.pack, read.offer.lot, lambda _: read)
    stamp = read_book_stamp(book, file)

    def read_with(pack: OpenedPack) -> TenderOfferFile:
        return read_offer_book(book, file, lambda each: offer_book(pack.file, pack.edition, each.lot))

    return _Answer(stamp.pack, stamp.lot, read_with)


def _pack_of(made: PackIdentity, path: Path, pack_path: Path | None) -> OpenedPack:
    found = pack_path or pack_beside(path, made.sha256)
    if found is None:
        message = f"{path.name} answers {made.reference}, pack version {made.version}, which is not beside it"
        raise PackNotBeside(message, "Put that pack file (.tomspack) beside it, or name it with --pack FILE")
    return open_pack(found)
