"""The pack with which an offer was made, as a file: named, or found beside the offer; read as a stranger's file is."""

from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from tomsapp.domain.menu import MenuEdition
from tomsapp.domain.problems import Problem, Severity
from tomsapp.domain.tender.signature_found import SignatureFound
from tomsapp.exchange.offer_file import MOST_BYTES, OfferUnreadable, usable
from tomsapp.exchange.tenders.pack_json import PACK_ENDING, PACK_FORMAT, PackFile, pack_in
from tomsapp.menufiles.bundle import read_bundle
from tomsapp.reading import source as reading
from tomsapp.services.strange_menus import lint_bundle
from tomsapp.services.strangers import OpenedOffer, open_offer

_AGAIN = "Download the pack again from where the tender is published"
_MOST_LOOKED_AT = 100
"""The most packs in a folder that are looked at."""


@dataclass(frozen=True, slots=True)
class OpenedPack:
    """A pack with the menu edition that came with it.

    Attributes:
        signatures: what was found of signatures beside its file; none where nobody looked.
    """

    file: PackFile
    edition: MenuEdition
    signatures: tuple[SignatureFound, ...] = ()


def is_pack(opened: OpenedOffer) -> bool:
    """Whether a file that was read says that it is a pack."""
    return (opened.values or {}).get("format") == PACK_FORMAT


def open_pack(path: Path) -> OpenedPack:
    """Read a pack file.

    Raises:
        OfferUnreadable: it is missing, too large, no pack, or says something of its menu that is not so.
        RoomError: it took too much memory or time, or ended what read it.
    """
    data = usable(reading.read_bytes(path, MOST_BYTES))
    file = path.name
    if not data.startswith(b"{"):
        raise OfferUnreadable(f"{file} is no pack of a tender ({PACK_FORMAT})", _AGAIN)
    return pack_of(open_offer(data, file), data, file)


def pack_of(opened: OpenedOffer, data: bytes, file: str) -> OpenedPack:
    """The pack in a file that was opened, with the menu edition that came with it.

    Raises:
        OfferUnreadable, RoomError: as `open_pack`.
    """
    pack = pack_in(opened.values or {}, sha256(data).hexdigest(), file)
    _refuse(lint_bundle(pack.menu, pack.pack.edition.name), file)
    return OpenedPack(pack, edition_of(pack, file))


def edition_of(pack: PackFile, file: str) -> MenuEdition:
    """The menu edition that came with a pack.

    Raises:
        OfferUnreadable: it cannot be read, is another than the pack names, or lacks a measure of the tender.
    """
    named = pack.pack.edition
    edition = read_bundle(pack.menu, named.name)
    if not isinstance(edition, MenuEdition):
        raise OfferUnreadable(f"The menu in {file} cannot be read: {edition[0].message}", _AGAIN)
    if (edition.code, edition.edition) != (named.menu, named.edition):
        raise OfferUnreadable(f"{file} carries another menu than {named.name}, which it names", _AGAIN)
    missing = sorted(one.measure for one in pack.pack.measures if one.measure not in edition.places)
    if missing:
        raise OfferUnreadable(f"{file} asks for {missing[0]}, which {named.name} does not have", _AGAIN)
    return edition


def _refuse(problems: tuple[Problem, ...], file: str) -> None:
    error = next((problem for problem in problems if problem.severity is Severity.ERROR), None)
    if error is not None:
        raise OfferUnreadable(f"The menu in {file} cannot be read: {error.message}", _AGAIN)


def pack_beside(offer: Path, digest: str) -> Path | None:
    """The pack file in the folder of an offer whose bytes have this SHA-256, or None."""
    for path in sorted(offer.absolute().parent.glob(f"*{PACK_ENDING}"))[:_MOST_LOOKED_AT]:
        data = reading.read_bytes(path, MOST_BYTES)
        if isinstance(data, bytes) and sha256(data).hexdigest() == digest:
            return path
    return None
