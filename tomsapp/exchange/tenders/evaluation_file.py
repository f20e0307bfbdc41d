"""A frozen evaluation as one file, `.tomseval`: all that its ranking rests on, and the ranking. See docs/formats.md.

It is a zip folder of which every byte is held to something, so that whatever was changed of it is found and named. It
is read in two steps, since what is in it may be a stranger's: its parts are found first, and their values are then
asked of the locked room.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from tomsapp.domain.tender.frozen import FrozenEvaluation
from tomsapp.exchange.offer_file import OfferUnreadable
from tomsapp.exchange.offer_json import to_json
from tomsapp.exchange.record_json import NoRecord, table_in, text_in
from tomsapp.exchange.stored_zip import first_part, is_stored, read_stored, write_stored
from tomsapp.exchange.tenders.evaluation_json import EVALUATION_FORMAT, RECORDS, record_parts
from tomsapp.exchange.tenders.pack_json import PACK_ENDING

EVALUATION_ENDING = ".tomseval"
CHECKSUMS, RESULT = "checksums.json", "result.json"
VALUES = (CHECKSUMS, *RECORDS, RESULT)
"""The parts that hold values in JSON."""
_PACKS, _OFFERS = "packs/", "offers/"
_ENDING = re.compile(r"\.[a-z0-9]{1,12}", re.ASCII)
_PACK = re.compile(rf"{_PACKS}([1-9][0-9]{{0,5}}){re.escape(PACK_ENDING)}", re.ASCII)
_OFFER = re.compile(rf"{_OFFERS}receipt-([1-9][0-9]{{0,8}})(?:\.[a-z0-9]{{1,12}})?", re.ASCII)
_AGAIN = "Take the file again from where it is kept, or save it again from the database"


@dataclass(frozen=True, slots=True)
class OfferBytes:
    """An offer as it was received; `name` is that of its part."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class EvaluationParts:
    """The parts of the file, as bytes.

    Attributes:
        values: those that hold values in JSON, by name.
        packs: the versions of the pack that were issued, in order.
        offers: those that count, by the numbers of their receipts.
        changed: what of the file is not as it was written, in words.
    """

    values: Mapping[str, bytes]
    packs: Sequence[bytes]
    offers: Mapping[int, OfferBytes]
    changed: tuple[str, ...] = ()


def begins_as_evaluation(head: bytes) -> bool:
    """Whether the first bytes of a file are those of a frozen evaluation, damaged further on or not."""
    return first_part(head) == CHECKSUMS


def write_evaluation(
    frozen: FrozenEvaluation,
    packs: Sequence[bytes],
    offers: Mapping[int, OfferBytes],
    result: Mapping[str, object],
) -> bytes:
    """The file, the same bytes for the same evaluation.

    Args:
        frozen: the records.
        packs: the bytes of the versions of the pack that were issued, in order.
        offers: those that count, by the numbers of their receipts, under the names of their files.
        result: what came of it.
    """
    parts = {name: to_json(values) for name, values in record_parts(frozen).items()}
    parts[RESULT] = to_json(result)
    parts |= {f"{_PACKS}{version}{PACK_ENDING}": data for version, data in enumerate(packs, start=1)}
    parts |= {_offer_name(number, offer.name): offer.data for number, offer in sorted(offers.items())}
    told = [{"name": name, "bytes": len(data), "sha256": _digest(data)} for name, data in parts.items()]
    return write_stored({CHECKSUMS: to_json({"format": EVALUATION_FORMAT, "parts": told}), **parts})


def _offer_name(number: int, file: str) -> str:
    ending = file[file.rfind(".") :].lower() if "." in file else ""
    return f"{_OFFERS}receipt-{number}{ending if _ENDING.fullmatch(ending) else ''}"


def _digest(data: bytes) -> str:
    return sha256(data).hexdigest()


def evaluation_parts(data: bytes, file: str) -> EvaluationParts:
    """The parts of a file, and what of it was changed since it was written, as far as its parts show it.

    Raises:
        OfferUnreadable: it is no frozen evaluation.
    """
    found = read_stored(data)
    if not is_stored(data) or (found.parts and not set(VALUES) <= set(found.parts) and not found.changed):
        raise OfferUnreadable(f"{file} is no frozen evaluation ({EVALUATION_FORMAT})", _AGAIN)
    packs: dict[int, bytes] = {}
    offers: dict[int, OfferBytes] = {}
    unknown: list[str] = []
    for name, content in found.parts.items():
        pack, offer = _PACK.fullmatch(name), _OFFER.fullmatch(name)
        if pack is not None:
            packs[int(pack[1])] = content
        elif offer is not None:
            offers[int(offer[1])] = OfferBytes(name, content)
        elif name not in VALUES:
            unknown.append(f"its part {name}, which no evaluation has")
    values = {name: found.parts[name] for name in VALUES if name in found.parts}
    if sorted(packs) != list(range(1, len(packs) + 1)):
        unknown.append("the versions of its pack, which do not follow each other")
    changed = found.changed or tuple(unknown)
    return EvaluationParts(values, [packs[version] for version in sorted(packs)], offers, changed)


def other_checksums(parts: EvaluationParts, told: Mapping[str, object]) -> Iterator[str]:
    """The parts that are not those of which the checksums tell, in words.

    Raises:
        NoRecord: `told` are no checksums.
    """
    listed = told.get("parts")
    if told.get("format") != EVALUATION_FORMAT or not isinstance(listed, list):
        raise NoRecord(f"{CHECKSUMS} has no list of parts")
    there = {
        **{name: data for name, data in parts.values.items() if name != CHECKSUMS},
        **{f"{_PACKS}{version}{PACK_ENDING}": data for version, data in enumerate(parts.packs, start=1)},
        **{offer.name: offer.data for offer in parts.offers.values()},
    }
    stated: dict[str, tuple[str, object]] = {}
    for each in listed:
        held = table_in(each)
        stated[text_in(held, "name")] = text_in(held, "sha256"), held.get("bytes")
    for name in dict.fromkeys([*stated, *there]):
        data = there.get(name)
        if data is None:
            yield f"its part {name} is missing"
        elif stated.get(name) != (_digest(data), len(data)):
            yield f"its part {name}"
