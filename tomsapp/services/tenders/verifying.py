"""Whether a frozen evaluation still holds: its ranking rebuilt from the file alone, and every part held to the others.

Neither a database nor installed menus are needed: packs, menu edition, offers, decisions and marks are in the file. It
may be a stranger's, so what is in it is read in the locked room.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import TYPE_CHECKING

from tomsapp.domain.errors import TomsError
from tomsapp.domain.problems import Problem
from tomsapp.domain.tender.acts import TenderActKind, standing
from tomsapp.domain.tender.frozen import frozen_lots
from tomsapp.domain.wording import format_moment, plural
from tomsapp.exchange.offer_file import refusal
from tomsapp.exchange.record_json import NoRecord
from tomsapp.exchange.result_read import differences, flat_figures
from tomsapp.exchange.tenders.evaluation_file import CHECKSUMS, RESULT, evaluation_parts, other_checksums
from tomsapp.exchange.tenders.evaluation_json import RECORDS, frozen_in
from tomsapp.exchange.tenders.evaluation_result import result_values
from tomsapp.reading import source
from tomsapp.services.pack_files import pack_of
from tomsapp.services.strange_batches import GivenFile
from tomsapp.services.tenders.freezing import judging_packs
from tomsapp.services.tenders.offers import IssuedPack, offer_in
from tomsapp.services.tenders.strange_offers import open_offers_in_room
from tomsapp.services.verification import Verification, not_judged, some
from tomsapp.services.version_rules import is_known
from tomsapp.store.kept import sha256_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from tomsapp.domain.tender.evaluating import Evaluated
    from tomsapp.domain.tender.frozen import FrozenEvaluation
    from tomsapp.domain.tender.lot import Lot
    from tomsapp.domain.tender.tender_offer import TenderOffer
    from tomsapp.exchange.tenders.evaluation_file import EvaluationParts
    from tomsapp.reading.text_formats import Values
    from tomsapp.services.progress import Progress
    from tomsapp.services.strangers import OpenedOffer
    from tomsapp.services.workspace import Workspace

MOST_BYTES = 1_000_000_000
"""The largest file that is looked at: forty offers of the largest size, and more."""


def verify_evaluation_file(
    path: Path, workspace: Workspace | None = None, progress: Progress | None = None
) -> Verification:
    """Rebuild the ranking of a frozen evaluation from its file alone, and compare; see `verify_evaluation`.

    With a database it is also held against what was frozen there.

    Raises:
        OfferUnreadable: the file is missing, too large, or no frozen evaluation.
        StoreError: what the database keeps was changed behind the program.
        Cancelled: nobody waits for it any more.
    """
    data = source.read_bytes(path, MOST_BYTES)
    if isinstance(data, Problem):
        raise refusal(data)
    found = verify_evaluation(data, path.name, progress)
    return found if workspace is None else against_database(workspace, data, found)


def verify_evaluation(data: bytes, name: str, progress: Progress | None = None) -> Verification:
    """Rebuild the ranking of a frozen evaluation from the bytes of its file, and compare.

    Raises:
        OfferUnreadable: it is no frozen evaluation.
        Cancelled: nobody waits for it any more.
    """
    parts = evaluation_parts(data, name)
    if parts.changed:
        return _changed(name, parts.changed)
    try:
        if changed := tuple(other_checksums(parts, _values(parts, [CHECKSUMS], progress)[CHECKSUMS])):
            return _changed(name, changed)
        rebuilt = _rebuilt(parts, progress)
        wrong = [*_other_receipts(rebuilt), *_other_ranking(rebuilt)]
    except TomsError as error:
        return _not_rebuilt(name, str(error))
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError):
        # What this program never writes: a mark of no question, a deadline that is none.
        return _not_rebuilt(name, "Its records contradict each other.")
    return _judged(name, data, rebuilt, wrong)


def _judged(name: str, data: bytes, rebuilt: _Rebuilt, wrong: Sequence[str]) -> Verification:
    made_with = rebuilt.frozen.made_with
    if wrong and not is_known(made_with):
        return not_judged(name, made_with, wrong)
    if wrong:
        head = f"{name} does not hold: something else comes out of it than it states."
        return Verification(agrees=False, lines=(head, *some(wrong)))
    return Verification(agrees=True, lines=_held(name, data, rebuilt))


def _not_rebuilt(name: str, why: str) -> Verification:
    return Verification(agrees=False, lines=(f"{name} does not hold: nothing can be rebuilt from it.", why))


def _changed(name: str, changed: Sequence[str]) -> Verification:
    head = f"{name} was changed since it was frozen."
    return Verification(agrees=False, lines=(head, *(f"Changed is {what}." for what in changed)))


@dataclass(frozen=True, slots=True)
class _Rebuilt:
    """What was rebuilt from a file.

    Attributes:
        lots: each evaluated anew.
        stated: what the file says that came of them.
        checksums: the SHA-256 of each offer, by the number of its receipt.
    """

    frozen: FrozenEvaluation
    packs: tuple[IssuedPack, ...]
    lots: tuple[tuple[Lot, Evaluated], ...]
    stated: Mapping[str, object]
    checksums: Mapping[int, str]


def _rebuilt(parts: EvaluationParts, progress: Progress | None) -> _Rebuilt:
    values = _values(parts, [*RECORDS, RESULT], progress)
    frozen = frozen_in(values)
    packs = _packs(parts, progress)
    offers = _offers(parts, packs, progress)
    lots = frozen_lots(frozen, judging_packs(packs), offers)
    checksums = {number: sha256(offer.data).hexdigest() for number, offer in parts.offers.items()}
    return _Rebuilt(frozen, packs, lots, values[RESULT], checksums)


def _values(parts: EvaluationParts, names: Sequence[str], progress: Progress | None) -> dict[str, Values]:
    """The values of parts in JSON.

    Raises:
        TomsError: one of them is none.
    """
    opened = _opened([GivenFile(name, parts.values[name]) for name in names], progress)
    return {name: each.values or {} for name, each in zip(names, opened, strict=True)}


def _opened(files: Sequence[GivenFile], progress: Progress | None) -> list[OpenedOffer]:
    opened = []
    for each in open_offers_in_room(files, progress):
        if isinstance(each, TomsError):
            raise each
        opened.append(each)
    return opened


def _packs(parts: EvaluationParts, progress: Progress | None) -> tuple[IssuedPack, ...]:
    """The packs with the menu editions in them.

    Raises:
        TomsError: one of them is none, or they do not follow each other.
    """
    files = [GivenFile(f"pack version {version}", data) for version, data in enumerate(parts.packs, start=1)]
    read = [pack_of(opened, file.data, file.name) for file, opened in zip(files, _opened(files, progress), strict=True)]
    if [each.file.pack.version for each in read] != list(range(1, len(read) + 1)) or not read:
        raise NoRecord("The versions of its pack do not follow each other")
    return tuple(IssuedPack(each.file, each.edition) for each in read)


def _offers(parts: EvaluationParts, packs: Sequence[IssuedPack], progress: Progress | None) -> dict[int, TenderOffer]:
    files = [GivenFile(offer.name, offer.data) for offer in parts.offers.values()]
    opened = _opened(files, progress)
    return {
        number: offer_in(packs, file.name, each).offer
        for number, file, each in zip(parts.offers, files, opened, strict=True)
    }


def _other_receipts(rebuilt: _Rebuilt) -> Iterator[str]:
    """Bids of which another file counts by the receipts, and offers that are not the files that were received."""
    frozen, newest = rebuilt.frozen, rebuilt.packs[-1].pack.pack
    if (frozen.reference, frozen.title) != (newest.tender.reference, newest.tender.title):
        yield f"It is of {frozen.reference} {frozen.title}, and its pack of {newest.tender.reference}."
    counting = frozen.counting(newest)
    received = {file.number: file.sha256 for file in frozen.receipts}
    for each in frozen.bids:
        counts = counting.get((each.bid.supplier, each.bid.lot))
        if counts != each.receipt:
            told = "no file counts" if counts is None else f"receipt {counts} counts"
            yield f"{each.bid.name}: by the receipts {told}, and {_receipt_words(each.receipt)} is stated."
        if any(decision.sha256 != received.get(each.receipt or 0) for decision in each.decisions):
            yield f"{each.bid.name}: a decision is about another file than the one that counts."
    for number, digest in rebuilt.checksums.items():
        if received.get(number) != digest:
            yield f"The offer of receipt {number} is not the file that was received."


def _receipt_words(number: int | None) -> str:
    return "none" if number is None else f"receipt {number}"


def _other_ranking(rebuilt: _Rebuilt) -> Iterator[str]:
    """Figures that come out otherwise."""
    for found in differences(flat_figures(rebuilt.stated), flat_figures(result_values(rebuilt.lots))):
        stated = "nothing" if found.stated is None else found.stated or "nothing"
        comes = "nothing" if found.recomputed is None else found.recomputed or "nothing"
        yield f"{_place_words(found.figure, rebuilt.stated)}: the file states {stated}, and {comes} comes out."


_PLACE = re.compile(r"lots\[(\d+)\](?:\.bids\[(\d+)\])?\.?(.*)")


def _place_words(place: str, stated: Mapping[str, object]) -> str:
    """The place of a figure in words: "Lot 1, Calder Clean Cooperative, total, exact"."""
    found = _PLACE.fullmatch(place)
    if found is None:
        return place
    figures = flat_figures(stated)
    lot, bid = found[1], found[2]
    words = [f"Lot {figures.get(f'lots[{lot}].lot', lot)}"]
    if bid:
        words.append(figures.get(f"lots[{lot}].bids[{bid}].supplier") or f"row {bid}")
    words += [word.replace("_", " ") for word in found[3].split(".") if word and word != "parts"]
    return ", ".join(words)


def _held(name: str, data: bytes, rebuilt: _Rebuilt) -> tuple[str, ...]:
    """What is said of a file that holds: what was frozen by whom, and the ranking."""
    frozen, newest = rebuilt.frozen, rebuilt.packs[-1]
    identity = newest.pack.pack.edition
    return (
        f"{name} holds: its ranking comes out again from the file alone.",
        f"{frozen.reference} {frozen.title}".strip() + f", {frozen.council}.",
        f"Frozen on {format_moment(frozen.at)} by {frozen.by}, {frozen.facts.role}, with version {frozen.made_with}.",
        f"Judged by {newest.pack.identity.words}, with the menu {identity.name}, SHA-256 {identity.sha256}.",
        *(line for lot, evaluated in rebuilt.lots for line in _ranking(lot, evaluated)),
        f"SHA-256 of the file: {sha256(data).hexdigest()}.",
    )


def _ranking(lot: Lot, evaluated: Evaluated) -> Iterator[str]:
    rows = evaluated.evaluation.rows
    yield f"{lot.name[:1].upper()}{lot.name[1:]}: {plural(len(rows), 'bid')}."
    for row in rows:
        told = f"{row.shown_total} points" if row.bid.is_admitted else "not admitted: " + "; ".join(row.fails)
        yield f"  {row.rank_words}  {row.supplier}, {told}"


def against_database(workspace: Workspace, data: bytes, found: Verification) -> Verification:
    """The same, held against what was frozen in a database: whether these are the very bytes.

    Raises:
        StoreError: what is kept there was changed behind the program.
    """
    if not found.agrees:
        return found
    digest = sha256(data).hexdigest()
    with workspace.look() as uow:
        for tender_id in uow.tenders.numbers():
            acts = uow.tender_acts.of(tender_id)
            for act in (each for each in acts if each.kind is TenderActKind.FREEZE):
                if sha256_of(uow.frozen_evaluations.content(act.id)) == digest:
                    stands = "" if act in standing(acts) else " It was taken back since."
                    return replace(found, lines=(*found.lines, f"The database froze these bytes: {act.words}.{stands}"))
    lines = (*found.lines, "The database never froze these bytes.")
    return replace(found, lines=lines, is_unpublished=True)
