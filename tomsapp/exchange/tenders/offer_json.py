"""What a bidder offers for one lot as a file, `.tomsoffer`: UTF-8 JSON with numbers as text. See docs/formats.md."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from typing import TypeVar

from tomsapp.domain.commitment import COMMITMENT, Commitment
from tomsapp.domain.contract_dates import MOST_YEARS
from tomsapp.domain.delivery.people import PersonKind
from tomsapp.domain.facts import MOST_LINE, MOST_LONG
from tomsapp.domain.money import MOST_DECIMALS
from tomsapp.domain.problems import Problem, Where
from tomsapp.domain.supplier import SUPPLIER, Supplier, SupplierKind
from tomsapp.domain.tender.lot import MOST_LOTS
from tomsapp.domain.tender.pack import PackIdentity
from tomsapp.domain.tender.parts import PartsForm, YearParts
from tomsapp.domain.tender.question import MOST_QUESTIONS
from tomsapp.domain.tender.tender import TENDER
from tomsapp.domain.tender.tender_offer import OfferedDetails, StatedValue, TenderOffer
from tomsapp.exchange.numbers import plain_number, plain_pounds
from tomsapp.exchange.offer_file import MOST_BYTES, OfferUnreadable, usable
from tomsapp.exchange.offer_json import (
    answers_values,
    commitment_in,
    commitment_tables,
    commitment_values,
    read_answers,
    to_json,
)
from tomsapp.exchange.tenders.offer_file import TenderOfferFile, with_answers
from tomsapp.reading.dialect import SENT_FILES
from tomsapp.reading.fields import FieldReader
from tomsapp.reading.text_formats import Values, read_json

W = TypeVar("W", PersonKind, SupplierKind, PartsForm)

OFFER_FORMAT = "tomsapp-tender-offer-1"
OFFER_ENDING = ".tomsoffer"
_MOST_VERSION = 1_000_000
_BIDDER = ("name", "registration", "contact_name", "contact_email")
"""What a bidder says of itself; whether it is based in the area is for the council to say."""
_AGAIN = "Save the offer again with the program, or fill in the workbook of the pack"


def write_tender_offer(offer: TenderOffer) -> bytes:
    """The offer as JSON in UTF-8; `read_tender_offer` gives the same offer back."""
    values: dict[str, object] = {
        "format": OFFER_FORMAT,
        "pack": _pack_values(offer.pack),
        "lot": offer.lot,
        "bidder": _bidder_values(offer.bidder),
        "commitments": [_commitment_values(one, offer.details_of(one.key)) for one in offer.commitments],
        "statements": _statement_values(offer),
        "accepted": sorted(offer.accepted),
        "answers": answers_values(offer.answers),
        "unit_values": [_stated_values(stated) for stated in offer.stated],
        "made_with": offer.made_with,
    }
    if offer.made_at is not None:
        values["made_at"] = offer.made_at.isoformat()
    return to_json(values)


def judged_values(offer: TenderOffer, judged_by: PackIdentity) -> dict[str, object]:
    """What a result says of a bidder's offer beside its figures: who offers for what, and which pack judged it."""
    return {
        "pack": _pack_values(offer.pack),
        "judged_by": _pack_values(judged_by),
        "lot": offer.lot,
        "bidder": _bidder_values(offer.bidder),
        "accepted": sorted(offer.accepted),
        "statements": _statement_values(offer),
    }


def _pack_values(pack: PackIdentity) -> dict[str, object]:
    return {"tender": pack.reference, "version": pack.version, "sha256": pack.sha256}


def _bidder_values(bidder: Supplier) -> dict[str, object]:
    return {"kind": bidder.kind.value, **{name: getattr(bidder, name) for name in _BIDDER}}


def _statement_values(offer: TenderOffer) -> list[dict[str, object]]:
    return [{"question": number, "text": text} for number, text in sorted(offer.statements.items())]


def _commitment_values(commitment: Commitment, details: OfferedDetails) -> dict[str, object]:
    values = commitment_values(commitment)
    if commitment.project:
        values["project"] = commitment.project
    if details.staff is not None:
        values["staff"] = details.staff.value
    if details.delivered_by:
        values["delivered_by"] = details.delivered_by
    if details.parts:
        values["parts"] = [
            {"year": each.year + 1, "form": each.form.value, "numbers": list(map(plain_number, each.numbers))}
            for each in details.parts
        ]
    return values


def _stated_values(stated: StatedValue) -> dict[str, object]:
    year = {} if stated.year is None else {"year": stated.year + 1}
    return {"measure": stated.measure, **year, "value": plain_pounds(stated.value)}


def read_tender_offer(data: bytes, file: str) -> TenderOfferFile:
    """The offer in the bytes of a file. Wrong values are gathered; a number that cannot be read counts as 0.

    Raises:
        OfferUnreadable: it is not strict JSON, no offer for a tender, or does not say for which pack and lot.
    """
    return tender_offer_of(usable(read_json(data, file, MOST_BYTES)), file)


def tender_offer_of(values: Values, file: str) -> TenderOfferFile:
    """The offer in the values that were read of a file.

    Raises:
        OfferUnreadable: as `read_tender_offer`.
    """
    found: list[Problem] = []
    top = FieldReader(values, Where(file=file), found, dialect=SENT_FILES)
    pack, lot, bidder = _read_head(top, values, file)
    commitments: list[Commitment] = []
    details: dict[str, OfferedDetails] = {}
    for number, fields in commitment_tables(top):
        commitment, said = _read_commitment(fields, number)
        commitments.append(commitment)
        if said != OfferedDetails():
            details[commitment.key] = said
    offer = TenderOffer(
        pack,
        lot,
        bidder,
        tuple(commitments),
        details,
        _read_statements(top),
        read_answers(top),
        frozenset(top.texts("accepted")),
        tuple(_read_stated(top)),
        top.line("made_with", TENDER.fact("title")),
        _read_moment(top),
    )
    top.finish()
    return with_answers(TenderOfferFile(offer, tuple(found)))


def who_offers(values: Values, file: str) -> tuple[PackIdentity, int, Supplier]:
    """Of the values that were read of a file the pack and lot that it answers, and who sends it: nothing of the offer.

    Raises:
        OfferUnreadable: as `read_tender_offer`.
    """
    top = FieldReader(values, Where(file=file), [], dialect=SENT_FILES)
    head = _read_head(top, values, file)
    # Only counted: what could never be read is refused before it is received.
    commitment_tables(top)
    return head


def _read_head(top: FieldReader, values: Values, file: str) -> tuple[PackIdentity, int, Supplier]:
    """The pack, the lot and the bidder."""
    if not is_tender_offer(values):
        raise OfferUnreadable(f"{file} is no offer for a tender ({OFFER_FORMAT})", _AGAIN)
    top.text("format")
    pack, lot = _read_pack(top.table("pack", required=True)), top.count("lot", 1, MOST_LOTS)
    if pack is None or lot is None:
        raise OfferUnreadable(f"{file} does not say for which pack and lot it is", _AGAIN)
    return pack, lot, _read_bidder(top.table("bidder", required=True))


def is_tender_offer(values: Mapping[str, object]) -> bool:
    """Whether the values of a JSON file say that they are an offer for a tender."""
    return values.get("format") == OFFER_FORMAT


def _read_pack(fields: FieldReader | None) -> PackIdentity | None:
    if fields is None:
        return None
    reference = fields.line("tender", TENDER.fact("reference"), required=True)
    version, digest = fields.count("version", 1, _MOST_VERSION), fields.typed_text("sha256", MOST_LINE, required=True)
    fields.finish()
    return PackIdentity(reference, version, digest) if reference and version is not None and digest else None


def _read_bidder(fields: FieldReader | None) -> Supplier:
    if fields is None:
        return Supplier("")
    name, *others = (fields.line(each, SUPPLIER.fact(each)) for each in _BIDDER)
    kind = _word(fields, "kind", {one.value: one for one in SupplierKind}) or SupplierKind.SME
    fields.finish()
    registration, contact, email = others
    return Supplier(name, kind, registration, contact_name=contact, contact_email=email)


def _read_commitment(fields: FieldReader, number: int) -> tuple[Commitment, OfferedDetails]:
    commitment = commitment_in(fields, number)
    project = fields.line("project", COMMITMENT.fact("project"))
    details = OfferedDetails(
        tuple(_read_parts(fields)),
        _word(fields, "staff", {one.value: one for one in PersonKind}),
        fields.typed_text("delivered_by", MOST_LINE),
    )
    fields.finish()
    return replace(commitment, project=project), details


def _word(fields: FieldReader, key: str, words: Mapping[str, W]) -> W | None:
    """One word of a list; None where none stands there, or another one, which is reported."""
    text = fields.typed_text(key, MOST_LINE)
    if text and text not in words:
        fields.report("unknown-word", f"“{text}” is not in the list", f"Write {' or '.join(words)}", key)
    return words.get(text)


def _read_parts(fields: FieldReader) -> Iterator[YearParts]:
    for each in fields.tables("parts"):
        year, form = each.count("year", 1, MOST_YEARS), _word(each, "form", {one.value: one for one in PartsForm})
        numbers = tuple(number or Decimal(0) for number in each.amounts("numbers", MOST_DECIMALS))
        each.finish()
        if year is None or form is None or len(numbers) != len(form.labels):
            fix = f"Give {', '.join(form.labels)}" if form else "Say the year, the form and its numbers"
            each.report("parts-wrong", "The parts of a quantity are not whole", fix, "numbers")
        else:
            yield YearParts(year - 1, form, numbers)


def _read_statements(top: FieldReader) -> dict[int, str]:
    found: dict[int, str] = {}
    for each in top.tables("statements"):
        number, text = each.count("question", 1, MOST_QUESTIONS), each.typed_text("text", MOST_LONG)
        each.finish()
        if number is not None and text.strip():
            found[number] = text
    return found


def _read_stated(top: FieldReader) -> Iterator[StatedValue]:
    for each in top.tables("unit_values"):
        code = each.line("measure", COMMITMENT.fact("measure"), required=True)
        year, value = each.count("year", 1, MOST_YEARS), each.amount("value", required=True, places=MOST_DECIMALS)
        each.finish()
        if code and value is not None:
            yield StatedValue(code, value, None if year is None else year - 1)


def _read_moment(top: FieldReader) -> datetime | None:
    text = top.typed_text("made_at", MOST_LINE)
    if not text:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        fix = "Write it as 2027-01-21T15:58:02+00:00"
        top.report("moment-unreadable", "“made_at” is no moment with its zone", fix, "made_at")
        return None
    return moment
