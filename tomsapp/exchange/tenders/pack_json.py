"""The pack of a tender as one file, `.tomspack`: all that a bidder's program needs. See docs/formats.md.

It is UTF-8 JSON with exact numbers as text, and carries the bytes of the menu edition. The SHA-256 of its own bytes is
the identity that the workbook, the guide for bidders and every offer name.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from typing import Any, TypeVar

from tomsapp.domain.area import Area
from tomsapp.domain.contract import YearSpend
from tomsapp.domain.money import NumberError, to_decimal
from tomsapp.domain.problems import Problem, Where, has_errors
from tomsapp.domain.record_type import RecordType
from tomsapp.domain.tender.asked import BIDDER_QUESTION
from tomsapp.domain.tender.lot import LOT, Lot
from tomsapp.domain.tender.pack import EditionIdentity, Pack, PackIdentity
from tomsapp.domain.tender.question import QUESTION
from tomsapp.domain.tender.tender import TENDER
from tomsapp.domain.tender.tender_measure import TENDER_MEASURE
from tomsapp.exchange.area_json import area_values, read_area
from tomsapp.exchange.numbers import plain_pounds
from tomsapp.exchange.offer_file import MOST_BYTES, OfferUnreadable, usable
from tomsapp.exchange.offer_json import to_json
from tomsapp.exchange.policy_json import policy_values, read_policy
from tomsapp.exchange.record_json import NoRecord, fact_values, facts_in, table_in, text_in
from tomsapp.reading.dialect import SENT_FILES
from tomsapp.reading.fields import FieldReader
from tomsapp.reading.text_formats import Values, read_json

R = TypeVar("R")

PACK_FORMAT = "tomsapp-pack-1"
PACK_ENDING = ".tomspack"
_AGAIN = "Download the pack again from where the tender is published"


@dataclass(frozen=True, slots=True)
class PackFile:
    """A pack as it was read.

    Attributes:
        identity: by what it is known, with the SHA-256 of the file's bytes.
        menu: the bytes of the menu edition that came with it.
    """

    pack: Pack
    identity: PackIdentity
    menu: bytes


def write_pack(pack: Pack, menu: bytes) -> bytes:
    """The file of a pack with the bytes of its menu edition; the same bytes for the same pack.

    What the council notes of the tender for itself stays out.

    Raises:
        ValueError: the bytes are of another edition than the pack names.
    """
    if sha256(menu).hexdigest() != pack.edition.sha256:
        raise ValueError(pack.edition.name)
    return to_json(
        {
            "format": PACK_FORMAT,
            "council": pack.council,
            "version": pack.version,
            "issued_at": pack.issued_at.isoformat(),
            "issued_by": pack.issued_by,
            "changes": list(pack.changes),
            "tender": fact_values(TENDER, replace(pack.tender, notes="")),
            "lots": [_lot_values(lot) for lot in pack.lots],
            "measures": [fact_values(TENDER_MEASURE, measure) for measure in pack.measures],
            "questions": [fact_values(QUESTION, question) for question in pack.questions],
            "answered": [fact_values(BIDDER_QUESTION, asked) for asked in pack.answered],
            "policy": None if pack.policy is None else policy_values(pack.policy),
            "area": None if pack.area is None else area_values(pack.area),
            "edition": {"menu": pack.edition.menu, "edition": pack.edition.edition, "sha256": pack.edition.sha256},
            "menu": menu.decode(),
        }
    )


def _lot_values(lot: Lot) -> dict[str, object]:
    spend = [{"year": str(one.year + 1), "amount": plain_pounds(one.amount)} for one in lot.spend]
    return {**fact_values(LOT, lot), "spend": spend}


def read_pack(data: bytes, file: str) -> PackFile:
    """The pack in the bytes of a file.

    Raises:
        OfferUnreadable: it is not strict JSON, not a pack, or was changed in a way that shows.
    """
    return pack_in(usable(read_json(data, file, MOST_BYTES)), sha256(data).hexdigest(), file)


def pack_in(values: Values, digest: str, file: str) -> PackFile:
    """The pack in the values that were read of a file, `digest` being the SHA-256 of its bytes.

    Raises:
        OfferUnreadable: as `read_pack`.
    """
    if values.get("format") != PACK_FORMAT:
        raise OfferUnreadable(f"{file} is no pack of a tender ({PACK_FORMAT})", _AGAIN)
    try:
        pack = _pack(values, file)
        menu = text_in(values, "menu").encode()
    except (NoRecord, NumberError) as error:
        raise OfferUnreadable(f"{file} cannot be read: {error.message}", _AGAIN) from error
    if sha256(menu).hexdigest() != pack.edition.sha256:
        raise OfferUnreadable(f"{file} carries another menu than {pack.edition.name}, which it names", _AGAIN)
    return PackFile(pack, pack.identity(digest), menu)


def _pack(values: Values, file: str) -> Pack:
    edition = table_in(values.get("edition"))
    tender = _record(TENDER, values.get("tender"))
    if tender.menu != edition.get("menu") or tender.edition != edition.get("edition"):
        raise NoRecord("The tender names another menu edition than the pack")
    return Pack(
        council=text_in(values, "council"),
        tender=tender,
        lots=_each(values, "lots", _lot),
        measures=_each(values, "measures", lambda each: _record(TENDER_MEASURE, each)),
        questions=_each(values, "questions", lambda each: _record(QUESTION, each)),
        answered=_each(values, "answered", lambda each: _record(BIDDER_QUESTION, each)),
        edition=EditionIdentity(*(text_in(edition, name) for name in ("menu", "edition", "sha256"))),
        version=_whole(values, "version"),
        issued_at=_moment(text_in(values, "issued_at")),
        issued_by=text_in(values, "issued_by"),
        changes=_each(values, "changes", _text),
        policy=None if values.get("policy") is None else read_policy(dict(table_in(values["policy"])), file),
        area=None if values.get("area") is None else _area(values["area"], file),
    )


def _each(values: Mapping[str, object], name: str, read: Callable[[object], R]) -> tuple[R, ...]:
    found = values.get(name)
    if not isinstance(found, list):
        raise NoRecord(f"“{name}” is no list")
    return tuple(map(read, found))


def _record(kind: RecordType[R], values: object) -> R:
    """A record that is as a form would take it."""
    record = kind.make(**facts_in(kind, values))
    problems: list[Problem] = kind.problems(record)
    if problems:
        raise NoRecord(f"Of the {kind.noun}: {problems[0].message}")
    return record


def _lot(values: object) -> Lot:
    table = table_in(values)
    facts: dict[str, Any] = facts_in(LOT, values)
    lot = Lot(**facts, spend=_each(table, "spend", _spend))
    problems = LOT.problems(lot)
    if problems or not lot.has_dates:
        raise NoRecord(f"Of {lot.name}: {problems[0].message if problems else 'it has no dates'}")
    return lot


def _spend(values: object) -> YearSpend:
    table = table_in(values)
    year, amount = text_in(table, "year"), to_decimal(text_in(table, "amount"))
    if not (year.isascii() and year.isdigit() and 1 <= len(year) <= 2 and int(year)):
        raise NoRecord("A year of the spend cannot be read")
    return YearSpend(int(year) - 1, amount)


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise NoRecord("A sentence is no text")
    return value


def _whole(values: Mapping[str, object], name: str) -> int:
    number = values.get(name)
    if type(number) is not int or number < 1:
        raise NoRecord(f"“{name}” is no number from 1 on")
    return number


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise NoRecord("“issued_at” is no moment") from error
    if moment.tzinfo is None:
        raise NoRecord("“issued_at” has no time zone")
    return moment


def _area(values: object, file: str) -> Area:
    found: list[Problem] = []
    area = read_area(FieldReader(table_in(values), Where(file=file), found, "area.", SENT_FILES))
    if has_errors(found):
        raise NoRecord(found[0].message)
    return area
