"""What was delivered read back from JSON: one strict reader, so that every figure can be worked out from the file."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from tomsapp.domain.contract import Contract, ContractStatus
from tomsapp.domain.delivery.paper import DeliveredPaper
from tomsapp.domain.delivery.told import Frozen
from tomsapp.domain.menu import EditionStatus, MenuEdition
from tomsapp.domain.money import PENNY_PLACES
from tomsapp.domain.offer import Offer
from tomsapp.domain.problems import Problem, Where, has_errors
from tomsapp.exchange.delivered_json import DELIVERED_FORMAT, MOST_DELIVERED_BYTES
from tomsapp.exchange.delivered_parts import (
    MOST_TEXT,
    read_act,
    read_began,
    read_declared,
    read_delivery,
    read_evidence,
    read_frozen,
    read_money,
    read_plans,
    read_rules,
    read_sample,
    read_today,
    read_variation,
)
from tomsapp.exchange.made_with import MadeWith, read_made
from tomsapp.exchange.offer_file import OfferUnreadable, usable
from tomsapp.exchange.offer_json import offer_of
from tomsapp.exchange.problems_json import read_problems
from tomsapp.exchange.result_read import flat_figures
from tomsapp.reading.dialect import SENT_FILES
from tomsapp.reading.fields import FieldReader
from tomsapp.reading.text_formats import Values, read_json


@dataclass(frozen=True, slots=True)
class DeliveredFile:
    """A paper as it was read from its file.

    Attributes:
        menu, edition, sha256: which menu edition it names, and whether that was a draft.
        made: what its pages were made with.
        figures: every figure that it states, by its place.
        problems: what is odd about the file: names that are not known, signs that cannot be printed.
    """

    menu: str
    edition: str
    sha256: str
    status: EditionStatus
    made: MadeWith
    figures: Mapping[str, str]
    told: "_Told"
    problems: tuple[Problem, ...] = ()

    @property
    def frozen(self) -> Frozen | None:
        """How it says that it is published; None of a draft."""
        frozen: Frozen | None = self.told.facts["frozen"]
        return frozen

    @property
    def until(self) -> date:
        """The day to which it is."""
        return self.told.until

    def paper(self, edition: MenuEdition) -> DeliveredPaper:
        """The paper with the edition that it names."""
        told = self.told
        return DeliveredPaper(
            told.contract,
            edition,
            told.offer.commitments,
            told.until,
            **told.facts,
        )


@dataclass(frozen=True, slots=True)
class _Told:
    """What a paper tells beside its edition; `facts` are the others of `DeliveredPaper`, by their names."""

    contract: Contract
    offer: Offer
    until: date
    facts: Mapping[str, Any]


def read_delivered(data: bytes, file: str = "") -> DeliveredFile:
    """A paper in a JSON file.

    Raises:
        OfferUnreadable: it is not strict JSON, or not a paper of this program.
    """
    values = usable(read_json(data, file, MOST_DELIVERED_BYTES))
    if values.get("format") != DELIVERED_FORMAT:
        raise _unreadable(file, "Use the JSON file that is attached to the PDF")
    found: list[Problem] = []
    fields = FieldReader(values, Where(file=file), found, dialect=SENT_FILES)
    fields.text("format")
    made = _made(values, fields, file, found)
    offer = _offer(values.get("offer"), file, found)
    fields.items("problems")
    fields.table("offer", required=True)
    if offer is None or made is None:
        raise _unreadable(file, "; ".join(map(str, found)))
    menu = fields.table("menu", required=True)
    told = _told(fields, values, offer, file, found)
    figures = fields.table("figures", required=True)
    code, edition, sha256, status = _menu(menu)
    fields.finish()
    if has_errors(found) or figures is None:
        raise _unreadable(file, "; ".join(map(str, found)))
    stated = values["figures"]
    return DeliveredFile(
        code,
        edition,
        sha256,
        status,
        made,
        flat_figures(stated if isinstance(stated, dict) else {}),
        told,
        tuple(found),
    )


def _unreadable(file: str, fix: str) -> OfferUnreadable:
    what = f"{file or 'The file'} is not of a paper on what was delivered of this program ({DELIVERED_FORMAT})"
    return OfferUnreadable(what, fix or "Use the JSON file that is attached to the PDF")


def _made(values: Values, fields: FieldReader, file: str, found: list[Problem]) -> MadeWith | None:
    context = values.get("made")
    if fields.table("made", required=True) is None or not isinstance(context, dict):
        return None
    made, wrong = read_made(context, file)
    found.extend(wrong)
    return made


def _offer(value: object, file: str, found: list[Problem]) -> Offer | None:
    if not isinstance(value, dict):
        return None
    read = offer_of(value, file)
    found.extend(read.problems)
    return read.offer


def _menu(fields: FieldReader | None) -> tuple[str, str, str, EditionStatus]:
    if fields is None:
        return "", "", "", EditionStatus.DRAFT
    code, edition, sha256 = (fields.typed_text(name, MOST_TEXT) for name in ("code", "edition", "sha256"))
    status = fields.choice("status", EditionStatus)
    fields.finish()
    return code, edition, sha256, status


def _told(fields: FieldReader, values: Values, offer: Offer, file: str, found: list[Problem]) -> _Told:
    contract = _contract(fields, offer.contract)
    until = fields.day("until", required=True) or date.min
    signed, signed_offer = _as_signed(fields.table("as_signed"), values.get("as_signed"), file, found)
    today, today_edition = read_today(fields.table("today"))
    problems, wrong = read_problems(values, file)
    found.extend(wrong)
    facts = {
        "plan": dict(read_plans(fields, contract)),
        "deliveries": tuple(read_delivery(each) for each in fields.tables("deliveries")),
        "acts": tuple(read_act(each) for each in fields.tables("acts")),
        "rules": read_rules(fields.table("rules", required=True)),
        "began": dict(read_began(each) for each in fields.tables("began")),
        "declared": read_declared(fields),
        "frozen": read_frozen(fields.table("frozen")),
        "evidence": tuple(read_evidence(each) for each in fields.tables("evidence")),
        "ledger": tuple(read_money(each) for each in fields.tables("ledger")),
        "variations": tuple(read_variation(each) for each in fields.tables("variations")),
        "signed_contract": signed,
        "signed_commitments": () if signed_offer is None else signed_offer.commitments,
        "today": today,
        "today_edition": today_edition,
        "samples": tuple(read_sample(each) for each in fields.tables("samples")),
        "problems": problems,
    }
    return _Told(contract, offer, until, facts)


def _contract(fields: FieldReader, contract: Contract) -> Contract:
    vat = fields.amount("value_with_vat", places=PENNY_PLACES)
    return replace(contract, value_with_vat=vat, status=fields.choice("contract_status", ContractStatus))


def _as_signed(
    fields: FieldReader | None, value: object, file: str, found: list[Problem]
) -> tuple[Contract | None, Offer | None]:
    if fields is None or not isinstance(value, dict):
        return None, None
    fields.table("offer", required=True)
    offer = _offer(value.get("offer"), file, found)
    numbers = [str(number) for number in fields.items("numbers") if isinstance(number, int)]
    if offer is None or len(numbers) != len(offer.commitments):
        fields.report("signed-unreadable", "What was signed cannot be read", "Use the file as it was made", "numbers")
        return None, None
    contract = _contract(fields, offer.contract)
    fields.finish()
    lines = tuple(replace(line, key=key) for line, key in zip(offer.commitments, numbers, strict=True))
    return contract, replace(offer, commitments=lines)
