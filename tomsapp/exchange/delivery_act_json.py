"""The document of an act on what was delivered, as JSON: what was done, by whom, and all that was seen then."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from tomsapp.domain.delivery.acts import DELIVERY_ACT, DeliveryActFacts
from tomsapp.domain.delivery.delivery import DELIVERY, Delivery
from tomsapp.domain.delivery.evidence import EVIDENCE, Evidence
from tomsapp.domain.delivery.figures import Amounts, Delivered, DeliveredLine
from tomsapp.domain.delivery.people import DELIVERY_PERSON, DeliveryPerson
from tomsapp.domain.delivery.plan import PLAN_ENTRY, PlanEntry
from tomsapp.domain.errors import TomsError
from tomsapp.domain.record_type import RecordType
from tomsapp.exchange.numbers import plain_number, plain_pounds
from tomsapp.exchange.offer_file import OfferUnreadable, usable
from tomsapp.exchange.offer_json import to_json
from tomsapp.exchange.record_json import (
    NoRecord,
    fact_values,
    facts_in,
    quarter_in,
    quarter_values,
    table_in,
    text_in,
)
from tomsapp.exchange.result_read import MOST_RESULT_BYTES
from tomsapp.reading.text_formats import read_json

DELIVERY_ACT_FORMAT = "tomsapp-delivery-act-1"
_FILE = "the sealed document"
_SAID = RecordType(
    DELIVERY_ACT.key,
    DELIVERY_ACT.noun,
    DELIVERY_ACT.plural,
    DELIVERY_ACT.make,
    tuple(fact for fact in DELIVERY_ACT.facts if fact.name != "sha256"),
    name_of=DELIVERY_ACT.name_of,
)
"""What is said of an act: a document does not hold its own SHA-256."""


@dataclass(frozen=True, slots=True)
class StatedPaper:
    """The paper that an act publishes: to which day and which one, and the SHA-256 and size of its bytes."""

    until: date
    number: int
    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class DeliveryActDocument:
    """What a document says.

    Attributes:
        by: who did it.
        reverses: the SHA-256 of the document of the act that it takes back; empty for none.
        before, after: the delivery that it decides, as it was and as it is from then on.
        plan: of an act on a plan: all its entries.
        paper: of a publication, which paper it is.
        seen: what else was seen, as JSON holds it: the contract, the commitment and its figures.
    """

    facts: DeliveryActFacts
    by: str
    reverses: str = ""
    before: Delivery | None = None
    after: Delivery | None = None
    plan: tuple[PlanEntry, ...] = ()
    seen: Mapping[str, object] = field(default_factory=dict)
    paper: StatedPaper | None = None


def write_delivery_act(document: DeliveryActDocument) -> bytes:
    """The document, the same bytes for the same act."""
    facts = document.facts
    act = {
        **fact_values(_SAID, facts),
        "by": document.by,
        "delivery": facts.delivery,
        "commitment": facts.commitment,
        "quarter": quarter_values(facts.quarter),
        "other_commitment": facts.other_commitment,
        "carried_to": quarter_values(facts.carried_to),
        "reverses": document.reverses,
    }
    return to_json(
        {
            "format": DELIVERY_ACT_FORMAT,
            "act": act,
            "before": _delivery_values(document.before),
            "after": _delivery_values(document.after),
            "plan": [_of_quarter(PLAN_ENTRY, entry) for entry in document.plan],
            **({} if document.paper is None else {"paper": _paper_values(document.paper)}),
            "seen": document.seen,
        }
    )


def _paper_values(paper: StatedPaper) -> dict[str, object]:
    return {
        "until": paper.until.isoformat(),
        "number": paper.number,
        "sha256": paper.sha256,
        "bytes": paper.size,
    }


def _read_paper(values: object) -> StatedPaper | None:
    if values is None:
        return None
    held = table_in(values)
    number, size = held.get("number"), held.get("bytes")
    try:
        until = date.fromisoformat(text_in(held, "until"))
    except ValueError as error:
        raise NoRecord("The day of the paper cannot be read") from error
    if type(number) is not int or type(size) is not int:
        raise NoRecord("The paper cannot be read")
    return StatedPaper(until, number, text_in(held, "sha256"), size)


def _delivery_values(delivery: Delivery | None) -> object:
    return None if delivery is None else _of_quarter(DELIVERY, delivery)


def _of_quarter(kind: RecordType[Delivery] | RecordType[PlanEntry], record: Delivery | PlanEntry) -> dict[str, object]:
    return {
        "commitment": record.commitment,
        "quarter": quarter_values(record.quarter),
        **fact_values(kind, record),
    }


def read_delivery_act(data: bytes) -> DeliveryActDocument:
    """What a document says.

    Raises:
        OfferUnreadable: it cannot be read.
    """
    values = usable(read_json(data, _FILE, MOST_RESULT_BYTES))
    try:
        if values.get("format") != DELIVERY_ACT_FORMAT:
            raise NoRecord("It is of another format")
        return _document(values)
    except TomsError as error:
        raise OfferUnreadable("The sealed document cannot be read", "Restore the database from a backup") from error


def _document(values: Mapping[str, object]) -> DeliveryActDocument:
    # An act before 0013 says nothing of an opportunity to improve.
    act, plan = {"improve_by": None, **table_in(values.get("act"))}, values.get("plan")
    delivery = act.get("delivery")
    if not isinstance(plan, list) or not (delivery is None or type(delivery) is int):
        raise NoRecord("The act cannot be read")
    facts = DeliveryActFacts(
        **facts_in(_SAID, act),
        delivery=delivery,
        commitment=text_in(act, "commitment"),
        quarter=quarter_in(act.get("quarter")),
        other_commitment=text_in(act, "other_commitment"),
        carried_to=quarter_in(act.get("carried_to")),
    )
    return DeliveryActDocument(
        facts,
        text_in(act, "by"),
        text_in(act, "reverses"),
        _read_delivery(values.get("before")),
        _read_delivery(values.get("after")),
        tuple(PlanEntry(**_read_of_quarter(PLAN_ENTRY, entry)) for entry in plan),
        table_in(values.get("seen")),
        _read_paper(values.get("paper")),
    )


def _read_delivery(values: object) -> Delivery | None:
    return None if values is None else Delivery(**_read_of_quarter(DELIVERY, values))


def _read_of_quarter(kind: RecordType[Delivery] | RecordType[PlanEntry], values: object) -> dict[str, Any]:
    held = table_in(values)
    quarter = quarter_in(held.get("quarter"))
    if quarter is None:
        raise NoRecord("There is no quarter")
    return {"commitment": text_in(held, "commitment"), "quarter": quarter, **facts_in(kind, held)}


# What was seen


def seen_of(
    delivered: Delivered,
    lines: Iterable[DeliveredLine],
    evidence: Iterable[Evidence] = (),
    people: Iterable[DeliveryPerson] = (),
) -> dict[str, object]:
    """The contract, the figures of these commitments to a day, and the evidence, as they stood before the act.

    Files are named by their SHA-256, and people by the supplier's own numbers.
    """
    contract, edition = delivered.contract, delivered.edition
    return {
        "contract": {
            "reference": contract.reference,
            "title": contract.title,
            "supplier": contract.supplier,
            "start": contract.start_on.isoformat(),
            "end": contract.end_on.isoformat(),
            "status": contract.status.value,
        },
        "menu": {"code": edition.code, "edition": edition.edition, "sha256": edition.sha256},
        "until": delivered.until.isoformat(),
        "lines": [_line_values(line) for line in lines],
        "evidence": [fact_values(EVIDENCE, each) for each in evidence],
        "people": [fact_values(DELIVERY_PERSON, each) for each in people],
    }


def _line_values(line: DeliveredLine) -> dict[str, object]:
    commitment, shortfall = line.commitment, line.shortfall
    return {
        "commitment": commitment.key,
        "measure": line.measure.full_name,
        "statement": commitment.statement,
        "promised": [plain_number(quantity) for quantity in line.promised_by_year],
        "units": _amounts(line.units, in_pounds=False),
        "pounds": _amounts(line.pounds, in_pounds=True),
        "rating": line.rated.rating.words,
        "rating_sum": line.rated.sum_words,
        "missing": {
            "units": plain_number(shortfall.units),
            "pounds": plain_pounds(shortfall.pounds),
            "agreed": plain_pounds(shortfall.agreed_pounds),
            "open": plain_pounds(shortfall.open_pounds),
        },
    }


def _amounts(amounts: Amounts, *, in_pounds: bool) -> dict[str, object]:
    write = plain_pounds if in_pounds else plain_number
    return {name: write(getattr(amounts, name)) for name in Amounts.__slots__}
