"""What was delivered read back from JSON: one strict reader, so that every figure can be worked out from the file."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from tomsapp.domain.contract import Contract, ContractStatus
from tomsapp.domain.contract_dates import MOST_YEARS
from tomsapp.domain.delivery.acts import DeliveryAct, DeliveryActKind
from tomsapp.domain.delivery.delivery import Delivery, DeliveryState
from tomsapp.domain.delivery.paper import (
    Claim,
    DeliveredPaper,
    Frozen,
    LineToday,
    ToldDelivery,
    ToldEvidence,
    ToldMoney,
    ToldSample,
    ToldVariation,
)
from tomsapp.domain.delivery.plan import LinePlan
from tomsapp.domain.delivery.quarters import QUARTERS, Quarter, quarters_of
from tomsapp.domain.delivery.rules import DELIVERY_RULES, DeliveryRules
from tomsapp.domain.delivery.sample import Checked, Conclusion
from tomsapp.domain.facts import FactKind
from tomsapp.domain.menu import EditionStatus, MenuEdition, Pair
from tomsapp.domain.money import MOST_DECIMALS, PENNY_PLACES
from tomsapp.domain.offer import Offer
from tomsapp.domain.problems import Problem, Where, has_errors
from tomsapp.exchange.delivered_json import DELIVERED_FORMAT, MOST_DELIVERED_BYTES
from tomsapp.exchange.made_with import MadeWith, read_made
from tomsapp.exchange.offer_file import MOST_COMMITMENTS, OfferUnreadable, usable
from tomsapp.exchange.offer_json import offer_of
from tomsapp.exchange.problems_json import read_problems
from tomsapp.exchange.result_read import flat_figures
from tomsapp.reading.dialect import SENT_FILES
from tomsapp.reading.fields import FieldReader
from tomsapp.reading.text_formats import Values, read_json

_MOST_TEXT = 20_000
_MOST_NUMBER = 2**31


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
    code, edition, sha256 = (fields.typed_text(name, _MOST_TEXT) for name in ("code", "edition", "sha256"))
    status = fields.choice("status", EditionStatus)
    fields.finish()
    return code, edition, sha256, status


def _told(fields: FieldReader, values: Values, offer: Offer, file: str, found: list[Problem]) -> _Told:
    contract = _contract(fields, offer.contract)
    until = fields.day("until", required=True) or date.min
    signed, signed_offer = _as_signed(fields.table("as_signed"), values.get("as_signed"), file, found)
    today, today_edition = _today(fields.table("today"))
    problems, wrong = read_problems(values, file)
    found.extend(wrong)
    facts = {
        "plan": dict(_plans(fields, contract)),
        "deliveries": tuple(_delivery(each) for each in fields.tables("deliveries")),
        "acts": tuple(_act(each) for each in fields.tables("acts")),
        "rules": _rules(fields.table("rules", required=True)),
        "began": dict(_began(each) for each in fields.tables("began")),
        "declared": _declared(fields),
        "frozen": _frozen(fields.table("frozen")),
        "evidence": tuple(_evidence(each) for each in fields.tables("evidence")),
        "ledger": tuple(_money(each) for each in fields.tables("ledger")),
        "variations": tuple(_variation(each) for each in fields.tables("variations")),
        "signed_contract": signed,
        "signed_commitments": () if signed_offer is None else signed_offer.commitments,
        "today": today,
        "today_edition": today_edition,
        "samples": tuple(_sample(each) for each in fields.tables("samples")),
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


def _quantity(fields: FieldReader, name: str) -> Decimal:
    return fields.amount(name, required=True, places=MOST_DECIMALS) or Decimal(0)


def _commitment(fields: FieldReader, name: str = "commitment") -> str:
    number = fields.count(name, 1, 2 * MOST_COMMITMENTS)
    return "" if number is None else str(number)


def _quarter(fields: FieldReader, year: str = "year", quarter: str = "quarter") -> Quarter | None:
    in_year, number = fields.count(year, 1, MOST_YEARS), fields.count(quarter, 1, QUARTERS)
    return None if in_year is None or number is None else Quarter(in_year - 1, number)


def _claim(fields: FieldReader) -> Claim:
    commitment, quarter = _commitment(fields), _quarter(fields)
    if not commitment or quarter is None:
        fields.report("claim-unnamed", "Which claim it is of is not said", "Use the file as it was made", "commitment")
    return commitment, quarter or Quarter(0, 1)


def _plans(fields: FieldReader, contract: Contract) -> Iterable[tuple[str, LinePlan]]:
    quarters = [each.quarter for each in quarters_of(contract)]
    for each in fields.tables("plan"):
        key, quantities = _commitment(each), each.amounts("quantities", MOST_DECIMALS)
        years = [year - 1 for year in each.items("by_default") if isinstance(year, int)]
        each.finish()
        if len(quantities) != len(quarters):
            message = f"The plan has {len(quantities)} quarters, and the contract {len(quarters)}"
            each.report("plan-quarters", message, "Use the file as it was made", "quantities")
            continue
        told = [quantity or Decimal(0) for quantity in quantities]
        yield key, LinePlan(dict(zip(quarters, told, strict=True)), frozenset(years))


def _delivery(fields: FieldReader) -> ToldDelivery:
    commitment, quarter = _claim(fields)
    evidenced, accepted, provisional, rejected = (
        _quantity(fields, name) for name in ("evidenced", "accepted", "provisional", "rejected")
    )
    new, retained, transferred = (
        fields.amount(name, places=MOST_DECIMALS) for name in ("new", "retained", "transferred")
    )
    delivery = Delivery(
        commitment,
        quarter,
        _quantity(fields, "claimed"),
        fields.day("returned_on", required=True) or date.min,
        evidenced,
        accepted,
        provisional,
        rejected,
        fields.choice("state", DeliveryState),
        fields.typed_text("note", _MOST_TEXT),
        new,
        retained,
        transferred,
    )
    told = ToldDelivery(delivery, fields.typed_text("entered_by", _MOST_TEXT))
    fields.finish()
    return told


def _act(fields: FieldReader) -> DeliveryAct:
    act = DeliveryAct(
        fields.choice("kind", DeliveryActKind),
        fields.day("done_on", required=True) or date.min,
        fields.typed_text("role", _MOST_TEXT),
        fields.typed_text("reason", _MOST_TEXT),
        None,
        _commitment(fields),
        _quarter(fields),
        fields.amount("quantity", places=MOST_DECIMALS),
        fields.amount("amount", places=PENNY_PLACES),
        _commitment(fields, "other_commitment"),
        _quarter(fields, "to_year", "to_quarter"),
        fields.typed_text("supplier_by", _MOST_TEXT),
        fields.day("supplier_on"),
        fields.typed_text("cause", _MOST_TEXT),
        id=fields.whole("id", 0, 0, _MOST_NUMBER),
        contract_id=0,
        by=fields.typed_text("by", _MOST_TEXT),
        recorded_at=_moment(fields, "recorded_at"),
        sha256=fields.typed_text("sha256", _MOST_TEXT),
        reverses=fields.count("reverses", 0, _MOST_NUMBER),
    )
    fields.finish()
    return act


def _moment(fields: FieldReader, name: str) -> datetime:
    text = fields.typed_text(name, _MOST_TEXT, required=True)
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        fields.report("date-unreadable", "A moment cannot be read", "Use the file as it was made", name)
        return datetime.min.replace(tzinfo=UTC)


def _rules(fields: FieldReader | None) -> DeliveryRules:
    if fields is None:
        return DeliveryRules()
    values: dict[str, Any] = {}
    for fact in DELIVERY_RULES.facts:
        if fact.kind is FactKind.YES_NO:
            values[fact.name] = fields.flag(fact.name)
        else:
            number = fields.amount(fact.name, required=not fact.keeps_null, places=MOST_DECIMALS)
            values[fact.name] = number if number is not None or fact.keeps_null else Decimal(0)
    fields.finish()
    return DeliveryRules(**values)


def _began(fields: FieldReader) -> tuple[Claim, tuple[date, ...]]:
    claim, texts = _claim(fields), fields.texts("days")
    days = []
    for text in texts:
        one = FieldReader({"day": text}, Where(), [], dialect=SENT_FILES).day("day")
        if one is None:
            fields.report("date-unreadable", "A day cannot be read", "Use the file as it was made", "days")
            continue
        days.append(one)
    fields.finish()
    return claim, tuple(days)


def _declared(fields: FieldReader) -> frozenset[Pair]:
    pairs: set[Pair] = set()
    for pair in fields.items("declared"):
        if isinstance(pair, list) and 0 < len(pair) <= 2 and all(isinstance(code, str) for code in pair):
            pairs.add(frozenset(pair))
        else:
            fields.report(
                "pair-unreadable", "A declared pair cannot be read", "Use the file as it was made", "declared"
            )
    return frozenset(pairs)


def _frozen(fields: FieldReader | None) -> Frozen | None:
    if fields is None:
        return None
    frozen = Frozen(
        fields.whole("number", 1, 1, _MOST_NUMBER),
        fields.day("on", required=True) or date.min,
        fields.typed_text("by", _MOST_TEXT),
        fields.day("replaces_on"),
        fields.typed_text("reason", _MOST_TEXT),
    )
    fields.finish()
    return frozen


def _evidence(fields: FieldReader) -> ToldEvidence:
    shows = []
    for each in fields.tables("shows"):
        shows.append(_claim(each))
        each.finish()
    piece = ToldEvidence(
        fields.whole("number", 1, 1, _MOST_NUMBER),
        fields.typed_text("name", _MOST_TEXT),
        fields.typed_text("sha256", _MOST_TEXT),
        fields.count("size", 0, _MOST_NUMBER),
        fields.typed_text("reference", _MOST_TEXT),
        fields.day("dated_on"),
        fields.flag("about_people"),
        fields.day("keep_until"),
        fields.day("deleted_on"),
        fields.typed_text("deleted_by", _MOST_TEXT),
        tuple(shows),
    )
    fields.finish()
    return piece


def _money(fields: FieldReader) -> ToldMoney:
    entry = ToldMoney(
        fields.day("received_on", required=True) or date.min,
        fields.typed_text("received_from", _MOST_TEXT),
        _pounds(fields, "amount"),
        fields.typed_text("passed_to", _MOST_TEXT),
        fields.day("passed_on"),
        fields.typed_text("receipt", _MOST_TEXT),
        _commitment(fields),
    )
    fields.finish()
    return entry


def _variation(fields: FieldReader) -> ToldVariation:
    each = ToldVariation(
        fields.whole("number", 1, 1, _MOST_NUMBER),
        fields.day("signed_on", required=True) or date.min,
        fields.day("effective_on", required=True) or date.min,
        fields.typed_text("reason", _MOST_TEXT),
        fields.typed_text("words", _MOST_TEXT),
        fields.flag("changes_commitments"),
    )
    fields.finish()
    return each


def _today(fields: FieldReader | None) -> tuple[tuple[LineToday, ...], str]:
    if fields is None:
        return (), ""
    lines = []
    for each in fields.tables("lines"):
        lines.append(LineToday(_commitment(each), _pounds(each, "pounds"), each.typed_text("why", _MOST_TEXT)))
        each.finish()
    edition = fields.typed_text("edition", _MOST_TEXT)
    fields.finish()
    return tuple(lines), edition


def _sample(fields: FieldReader) -> ToldSample:
    sample = ToldSample(
        fields.typed_text("seed", _MOST_TEXT),
        fields.day("until", required=True) or date.min,
        fields.day("drawn_on", required=True) or date.min,
        fields.whole("drawn", 0, 0, _MOST_NUMBER),
        fields.whole("claims", 0, 0, _MOST_NUMBER),
        _pounds(fields, "pounds"),
        tuple(_checked(each) for each in fields.tables("checked")),
    )
    fields.finish()
    return sample


def _checked(fields: FieldReader) -> Checked:
    checked = Checked(fields.choice("conclusion", Conclusion), _pounds(fields, "pounds"), _pounds(fields, "shown"))
    fields.finish()
    return checked


def _pounds(fields: FieldReader, name: str) -> Decimal:
    return fields.amount(name, required=True, places=PENNY_PLACES) or Decimal("0.00")
