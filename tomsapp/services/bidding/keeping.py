"""What a bidder types is kept on the computer as it is typed, so that a program that was ended goes on where it was.

One file for each tender, pack version and lot, in the user's own folder: a pack is often opened from a folder that is
gone the next day. It holds the offer as its file would, what cannot be used yet as it was typed, and where the offer
was saved last.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from tomsapp.config.paths import user_data_dir
from tomsapp.config.whole_files import OddFile, read_plain, write_whole
from tomsapp.domain.errors import TomsError
from tomsapp.domain.tender.tender_offer import TenderOffer
from tomsapp.exchange.offer_file import MOST_BYTES, OfferUnreadable
from tomsapp.exchange.offer_json import to_json
from tomsapp.exchange.tenders.offer_json import tender_offer_of, write_tender_offer
from tomsapp.reading.text_formats import read_json
from tomsapp.services.bidding.typing import type_in
from tomsapp.services.bidding.work import OfferWork, Place, PlaceKind
from tomsapp.services.pack_files import OpenedPack

KEPT_FORMAT = "tomsapp-kept-offer-1"
_ENDING = ".json"
_MOST_KEPT = 200
"""The most kept offers that are looked at."""


class KeptElsewhere(TomsError):
    """What is kept was changed by another window of the program since this one last wrote it."""


@dataclass(frozen=True, slots=True)
class SavedFile:
    """Where an offer was saved last, and when.

    Attributes:
        made: the SHA-256 of what it says, by which it is known whether anything was changed since.
    """

    path: Path
    at: datetime
    made: str


@dataclass(frozen=True, slots=True)
class KeptOffer:
    """What is kept of an offer.

    Attributes:
        council, title: whose tender it is, and what it is called.
        held: what could not be used yet, as it was typed.
        questions: what was asked, by the number of the question.
        saved: where it was saved last, if it was.
    """

    path: Path
    council: str
    title: str
    offer: TenderOffer
    held: Mapping[Place, str]
    questions: Mapping[int, str]
    at: datetime
    saved: SavedFile | None = None

    @property
    def name(self) -> str:
        """What a list of them calls it: "T-2026-003, lot 1, Cleaning"."""
        return ", ".join(filter(None, (self.offer.pack.reference, f"lot {self.offer.lot}", self.title)))

    def is_of(self, work: OfferWork) -> bool:
        """Whether it is of the same tender and lot; another lot is answered apart, and often alike."""
        own = work.offer
        return (self.council, self.offer.pack.reference, self.offer.lot) == (
            work.asked.council, own.pack.reference, own.lot,
        )  # fmt: skip


def kept_folder() -> Path:
    """The folder of what is kept; it is made if it is not there and can be."""
    folder = user_data_dir() / "offers"
    # Where it cannot be made, keeping says so.
    with suppress(OSError):
        folder.mkdir(exist_ok=True)
    return folder


class Keeper:
    """Keeps the offer of one window; nobody else's typing is written over."""

    def __init__(self, work: OfferWork, folder: Path | None = None) -> None:
        self._folder = folder or kept_folder()
        self.path = self._folder / _name_of(work)
        self.saved: SavedFile | None = None
        self._last: bytes | None = None

    def take_up(self) -> KeptOffer | None:
        """What is kept from an earlier time; None where there is nothing, or nothing that can be read."""
        data = _bytes_of(self.path)
        self._last = data
        kept = _read(data, self.path) if data is not None else None
        if kept is not None:
            self.saved = kept.saved
        return kept

    def keep(self, work: OfferWork, at: datetime) -> None:
        """Write down how the offer stands now.

        Raises:
            KeptElsewhere: another window has written there since.
            TomsError: it cannot be written; says what to do.
        """
        if _bytes_of(self.path) != self._last:
            message = "The same offer was changed in another window"
            raise KeptElsewhere(message, "Close this window, or close the other one and go on here")
        data = to_json(_values(work, at, self.saved))
        try:
            write_whole(self.path, data)
        except OSError as error:
            message = f"What you type cannot be kept ({error.strerror or error})"
            raise TomsError(message, "Free some space, and save your offer file now") from error
        self._last = data

    def holds(self, work: OfferWork) -> bool:
        """Whether the offer is kept as it stands; one in which nothing was entered yet needs no keeping."""
        kept = _read(self._last, self.path) if self._last is not None else None
        if kept is None:
            offer = work.offer
            return not (offer.commitments or offer.statements or offer.accepted or offer.bidder.name or work.held)
        texts = {place: held.text for place, held in work.held.items()}
        return (kept.offer, kept.held) == (work.offer, texts)

    def go_on_here(self) -> None:
        """Write over what another window has kept: somebody chose to go on in this one."""
        self._last = _bytes_of(self.path)

    def note_saved(self, saved: SavedFile) -> None:
        """Remember where the offer was saved."""
        self.saved = saved


def taken_up(pack: OpenedPack, begun: OfferWork, kept: KeptOffer) -> OfferWork:
    """The work as it was kept, with what could not be used put back as it was typed."""
    work = replace(begun, offer=replace(kept.offer, pack=pack.file.identity))
    for place, text in kept.held.items():
        work = type_in(work, place, text)
    return work


def made_of(offer: TenderOffer) -> str:
    """By what an offer is known, whenever and with whatever it was made."""
    return sha256(write_tender_offer(replace(offer, made_at=None, made_with=""))).hexdigest()


def kept_offers(folder: Path | None = None) -> tuple[KeptOffer, ...]:
    """Every offer that is kept on this computer, the last that was typed first."""
    return tuple(sorted(_all(folder or kept_folder()), key=lambda kept: kept.at, reverse=True))


def earlier_versions(work: OfferWork, folder: Path | None = None) -> tuple[KeptOffer, ...]:
    """What is kept for the same tender and lot with an earlier version of the pack, the newest version first."""
    own = work.offer.pack
    found = [kept for kept in kept_offers(folder) if kept.is_of(work) and kept.offer.pack.version < own.version]
    return tuple(sorted(found, key=lambda kept: kept.offer.pack.version, reverse=True))


def _name_of(work: OfferWork) -> str:
    pack = work.offer.pack
    plain = "".join(sign if sign.isalnum() and sign.isascii() else "-" for sign in pack.reference)[:40]
    return f"{plain}-v{pack.version}-lot{work.offer.lot}-{pack.sha256[:16]}{_ENDING}"


def _all(folder: Path) -> Iterator[KeptOffer]:
    try:
        paths = sorted(folder.glob(f"*{_ENDING}"))[:_MOST_KEPT]
    except OSError:
        return
    for path in paths:
        data = _bytes_of(path)
        kept = _read(data, path) if data is not None else None
        if kept is not None:
            yield kept


def _bytes_of(path: Path) -> bytes | None:
    try:
        return read_plain(path, MOST_BYTES)
    except (OSError, OddFile):
        return None


def _values(work: OfferWork, at: datetime, saved: SavedFile | None) -> dict[str, object]:
    pack = work.asked
    values: dict[str, object] = {
        "format": KEPT_FORMAT,
        "council": pack.council,
        "title": pack.tender.title,
        "at": at.isoformat(),
        "questions": [{"number": each.number, "text": each.text} for each in pack.questions],
        "held": [
            {"kind": place.kind.value, "key": place.key, "name": place.name, "year": place.year, "text": held.text}
            for place, held in work.held.items()
        ],
        "offer": read_json(write_tender_offer(work.offer), "", MOST_BYTES),
    }
    if saved is not None:
        values["saved"] = {"path": str(saved.path), "at": saved.at.isoformat(), "made": saved.made}
    return values


def _read(data: bytes, path: Path) -> KeptOffer | None:
    """What is kept in these bytes; None where somebody else wrote them, for then there is nothing to go on with."""
    values = read_json(data, path.name, MOST_BYTES)
    if not isinstance(values, dict) or values.get("format") != KEPT_FORMAT:
        return None
    try:
        offer = values["offer"]
        if not isinstance(offer, dict):
            return None
        held = {_place(each): str(each["text"]) for each in _tables(values, "held")}
        questions = {int(str(each["number"])): str(each["text"]) for each in _tables(values, "questions")}
        at = datetime.fromisoformat(str(values["at"]))
        read = tender_offer_of(offer, path.name).offer
        council, title = str(values["council"]), str(values["title"])
        return KeptOffer(path, council, title, read, held, questions, at, _saved(values.get("saved")))
    except (KeyError, TypeError, ValueError, OfferUnreadable):
        return None


def _tables(values: Mapping[str, object], name: str) -> list[Mapping[str, object]]:
    found = values[name]
    if not isinstance(found, list) or not all(isinstance(each, dict) for each in found):
        raise TypeError(name)
    return found


def _place(values: Mapping[str, object]) -> Place:
    kind, year = PlaceKind(values["kind"]), values["year"]
    if not isinstance(year, int):
        raise TypeError("year")
    return Place(kind, str(values["key"]), str(values["name"]), year)


def _saved(values: object) -> SavedFile | None:
    if not isinstance(values, dict):
        return None
    return SavedFile(Path(str(values["path"])), datetime.fromisoformat(str(values["at"])), str(values["made"]))
