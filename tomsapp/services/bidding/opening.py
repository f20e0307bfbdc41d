"""Opens what a bidder has: the pack of a tender, an offer file, or the workbook of the pack, filled in."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from tomsapp.domain.problems import Problem, Severity
from tomsapp.exchange.offer_file import MOST_BYTES, OfferUnreadable, usable
from tomsapp.exchange.tenders.pack_json import PACK_ENDING
from tomsapp.reading import source as reading
from tomsapp.services.bidder_offers import answers_a_tender, judge_offer
from tomsapp.services.bidding.carrying import carried_over
from tomsapp.services.bidding.keeping import Keeper, earlier_versions, made_of, taken_up
from tomsapp.services.bidding.work import MADE_WITH, OfferWork, begin_work
from tomsapp.services.pack_files import OpenedPack, is_pack, open_pack, pack_beside
from tomsapp.services.pack_signatures import signatures_beside
from tomsapp.services.strangers import open_offer

WORKBOOK_ENDING = ".xlsx"
_MOST_BESIDE = 20
"""The most packs in a folder that are read to look for a newer version."""


@dataclass(frozen=True, slots=True)
class BegunOffer:
    """What a window begins with.

    Attributes:
        keeper: keeps what is typed from here on.
        pack_path: the file of the pack.
        problems: what is wrong with the file of an offer that was opened.
        is_kept: whether it goes on with what was kept.
        other: what was kept of the same offer and is not what the opened file says: somebody has to choose.
    """

    work: OfferWork
    keeper: Keeper
    pack_path: Path
    problems: tuple[Problem, ...] = ()
    is_kept: bool = False
    other: OfferWork | None = None


def open_for_bidder(path: Path, pack: Path | None = None, folder: Path | None = None) -> BegunOffer:
    """Open a pack, or an offer with its pack, which is beside it or named.

    Raises:
        PackNotBeside: an offer whose pack is not found; open it again with its pack.
        OfferUnreadable, OfferRefused: the file is neither, is damaged, or answers something else.
        RoomError: reading it took too much memory or time, or ended what read it.
    """
    if path.name.lower().endswith(PACK_ENDING):
        return begin_with(_open_signed(path), path, folder=folder)
    opened = open_offer(usable(reading.read_bytes(path, MOST_BYTES)), path.name)
    if is_pack(opened):
        return begin_with(_open_signed(path), path, folder=folder)
    if not answers_a_tender(opened):
        message = f"{path.name} is no pack of a tender, and no offer for one"
        raise OfferUnreadable(message, f"Open the pack file ({PACK_ENDING}) that you downloaded with the tender")
    judged = judge_offer(opened, path, pack)
    offer = judged.read.offer
    found = pack or pack_beside(path, judged.pack.file.identity.sha256)
    answered = judged.pack if found is None else _with_signatures(judged.pack, found)
    begun = begin_work(answered, offer.lot)
    keeper = Keeper(begun, folder)
    kept = keeper.take_up()
    work = carried_over(begun, replace(offer, made_with=MADE_WITH))
    other = None if kept is None or made_of(kept.offer) == made_of(work.offer) else taken_up(answered, begun, kept)
    problems = tuple(each for each in judged.read.problems if each.severity is not Severity.NOTE)
    return BegunOffer(work, keeper, found or path, problems, other=other)


def _open_signed(path: Path) -> OpenedPack:
    return _with_signatures(open_pack(path), path)


def _with_signatures(pack: OpenedPack, path: Path) -> OpenedPack:
    """A pack with what is found of its signature in the folder of its file."""
    return replace(pack, signatures=signatures_beside(path, pack.file.identity))


def begin_with(pack: OpenedPack, path: Path, lot: int = 0, folder: Path | None = None) -> BegunOffer:
    """Begin to answer a lot of a pack, or go on with what was kept of it, else of an earlier version of the pack.

    Raises:
        TomsError: the pack has no such lot.
    """
    begun = begin_work(pack, lot)
    keeper = Keeper(begun, folder)
    kept = keeper.take_up()
    if kept is not None:
        return BegunOffer(taken_up(pack, begun, kept), keeper, path, is_kept=True)
    before = next(iter(earlier_versions(begun, folder)), None)
    if before is None:
        return BegunOffer(begun, keeper, path)
    carried = carried_over(begun, before.offer)
    held = taken_up(pack, carried, replace(before, offer=carried.offer))
    return BegunOffer(replace(held, told=carried.told), keeper, path, is_kept=True)


def newer_pack_beside(work: OfferWork, path: Path, seen: frozenset[Path] = frozenset()) -> tuple[int, Path] | None:
    """The newest version of the pack in the same folder that is newer, with its file; None where there is none.

    Those in `seen` are not read again.

    Raises:
        RoomError: reading one took too much memory or time, or ended what read it.
    """
    own = work.offer.pack
    beside = sorted(path.absolute().parent.glob(f"*{PACK_ENDING}"), reverse=True)
    best: tuple[int, Path] | None = None
    for each in [one for one in beside if one not in seen][:_MOST_BESIDE]:
        try:
            found = open_pack(each).file
        except OfferUnreadable:
            continue  # somebody else's file, or one that is still being downloaded
        is_newer = found.identity.reference == own.reference and found.identity.version > own.version
        if is_newer and found.pack.council == work.asked.council and (best is None or found.identity.version > best[0]):
            best = (found.identity.version, each)
    return best
