"""The document of an act of a tender, as JSON: what was done, by whom, and all that was seen then."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tomsapp.domain.record_type import RecordType
from tomsapp.domain.tender.acts import TENDER_ACT, TenderActFacts
from tomsapp.domain.tender.choices import TenderStatus
from tomsapp.exchange.offer_file import OfferUnreadable, usable
from tomsapp.exchange.offer_json import to_json
from tomsapp.exchange.record_json import NoRecord, fact_values, facts_in, table_in, text_in
from tomsapp.exchange.result_read import MOST_RESULT_BYTES
from tomsapp.reading.text_formats import read_json

TENDER_ACT_FORMAT = "tomsapp-tender-act-1"
_FILE, _RESTORE = "The sealed document", "Restore the database from a backup"
SAID_OF_ACT = RecordType(
    TENDER_ACT.key,
    TENDER_ACT.noun,
    TENDER_ACT.plural,
    TENDER_ACT.make,
    tuple(fact for fact in TENDER_ACT.facts if fact.name != "sha256"),
    name_of=TENDER_ACT.name_of,
)
"""What is said of an act: a document does not hold its own SHA-256."""


@dataclass(frozen=True, slots=True)
class StatedPack:
    """The pack that an act issues: the SHA-256 and size of its bytes, and what was changed, in sentences."""

    sha256: str
    size: int
    changes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class StatedFile:
    """What an act freezes or awards: the SHA-256 and size of the bytes that are kept with it."""

    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class TenderActDocument:
    """What a document says.

    Attributes:
        tender: the reference of the tender.
        by: who did it.
        was, becomes: where the tender stood, and where it stands from then on.
        reverses: the SHA-256 of the document of the act that it takes back; empty for none.
        pack: of issuing and amending, which pack it is.
        evaluation: of freezing, which file holds what was frozen.
        bid: of excluding and awarding, the number of the bid.
        award: of awarding, which bytes say where the commitments came from.
        contract: of awarding, the number of the contract that it makes.
        confirmed: the warnings that whoever did it saw, in words.
        seen: what else was seen, as JSON holds it.
    """

    facts: TenderActFacts
    tender: str
    by: str
    was: TenderStatus
    becomes: TenderStatus
    reverses: str = ""
    pack: StatedPack | None = None
    evaluation: StatedFile | None = None
    bid: int | None = None
    confirmed: tuple[str, ...] = ()
    seen: Mapping[str, object] = field(default_factory=dict)
    award: StatedFile | None = None
    contract: int | None = None


def write_tender_act(document: TenderActDocument) -> bytes:
    """The document, the same bytes for the same act."""
    pack, frozen = document.pack, document.evaluation
    stated = {} if pack is None else {"sha256": pack.sha256, "bytes": pack.size, "changes": list(pack.changes)}
    return to_json(
        {
            "format": TENDER_ACT_FORMAT,
            "tender": document.tender,
            "act": {**fact_values(SAID_OF_ACT, document.facts), "by": document.by, "reverses": document.reverses},
            "was": document.was.value,
            "becomes": document.becomes.value,
            **({"pack": stated} if stated else {}),
            **_kept("evaluation", frozen),
            **({} if document.bid is None else {"bid": document.bid}),
            **_kept("award", document.award),
            **({} if document.contract is None else {"contract": document.contract}),
            "confirmed": list(document.confirmed),
            "seen": document.seen,
        }
    )


def _kept(name: str, file: StatedFile | None) -> dict[str, object]:
    return {} if file is None else {name: {"sha256": file.sha256, "bytes": file.size}}


def read_tender_act(data: bytes) -> TenderActDocument:
    """The document in the bytes of an act.

    Raises:
        OfferUnreadable: it is no document of an act of a tender.
    """
    values = usable(read_json(data, _FILE, MOST_RESULT_BYTES))
    if values.get("format") != TENDER_ACT_FORMAT:
        raise OfferUnreadable(f"{_FILE} is no act of a tender", _RESTORE)
    try:
        return _document(values)
    except NoRecord as error:
        raise OfferUnreadable(f"{_FILE} cannot be read: {error.message}", _RESTORE) from error


def _document(values: Mapping[str, Any]) -> TenderActDocument:
    act = table_in(values.get("act"))
    said = facts_in(SAID_OF_ACT, {name: value for name, value in act.items() if name not in {"by", "reverses"}})
    return TenderActDocument(
        TenderActFacts(**said),
        text_in(values, "tender"),
        text_in(act, "by"),
        _status(text_in(values, "was")),
        _status(text_in(values, "becomes")),
        text_in(act, "reverses"),
        _pack(values.get("pack")),
        _file(values.get("evaluation")),
        None if values.get("bid") is None else _whole(values, "bid"),
        _texts(values.get("confirmed")),
        table_in(values.get("seen")),
        _file(values.get("award")),
        None if values.get("contract") is None else _whole(values, "contract"),
    )


def _status(text: str) -> TenderStatus:
    try:
        return TenderStatus(text)
    except ValueError as error:
        raise NoRecord(f"“{text}” is no status of a tender") from error


def _pack(values: object) -> StatedPack | None:
    if values is None:
        return None
    held = table_in(values)
    return StatedPack(text_in(held, "sha256"), _whole(held, "bytes"), _texts(held.get("changes")))


def _file(values: object) -> StatedFile | None:
    if values is None:
        return None
    held = table_in(values)
    return StatedFile(text_in(held, "sha256"), _whole(held, "bytes"))


def _whole(values: Mapping[str, object], name: str) -> int:
    number = values.get(name)
    if type(number) is not int:
        raise NoRecord(f"“{name}” cannot be read")
    return number


def _texts(values: object) -> tuple[str, ...]:
    if not isinstance(values, list) or not all(isinstance(each, str) for each in values):
        raise NoRecord("A list of sentences cannot be read")
    return tuple(values)
