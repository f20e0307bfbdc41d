"""The parts of a paper on what was delivered, each read from its table in the JSON file."""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from tomsapp.domain.contract import Contract
from tomsapp.domain.contract_dates import MOST_YEARS
from tomsapp.domain.delivery.acts import DeliveryAct, DeliveryActKind
from tomsapp.domain.delivery.delivery import Delivery, DeliveryState
from tomsapp.domain.delivery.plan import LinePlan
from tomsapp.domain.delivery.quarters import QUARTERS, Quarter, quarters_of
from tomsapp.domain.delivery.rules import DELIVERY_RULES, DeliveryRules
from tomsapp.domain.delivery.sample import Checked, Conclusion
from tomsapp.domain.delivery.told import (
    Claim,
    Frozen,
    LineToday,
    ToldDelivery,
    ToldEvidence,
    ToldMoney,
    ToldSample,
    ToldVariation,
)
from tomsapp.domain.facts import FactKind
from tomsapp.domain.menu import Pair
from tomsapp.domain.money import MOST_DECIMALS, PENNY_PLACES
from tomsapp.domain.problems import Where
from tomsapp.exchange.offer_file import MOST_COMMITMENTS
from tomsapp.reading.dialect import SENT_FILES
from tomsapp.reading.fields import FieldReader

MOST_TEXT = 20_000
_MOST_NUMBER = 2**31


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


def read_plans(fields: FieldReader, contract: Contract) -> Iterable[tuple[str, LinePlan]]:
    """The plan of each commitment."""
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


def read_delivery(fields: FieldReader) -> ToldDelivery:
    """A return with who entered it."""
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
        fields.typed_text("note", MOST_TEXT),
        new,
        retained,
        transferred,
    )
    told = ToldDelivery(delivery, fields.typed_text("entered_by", MOST_TEXT))
    fields.finish()
    return told


def read_act(fields: FieldReader) -> DeliveryAct:
    """An act; which contract and delivery of a database it was of is not told."""
    act = DeliveryAct(
        fields.choice("kind", DeliveryActKind),
        fields.day("done_on", required=True) or date.min,
        fields.typed_text("role", MOST_TEXT),
        fields.typed_text("reason", MOST_TEXT),
        None,
        _commitment(fields),
        _quarter(fields),
        fields.amount("quantity", places=MOST_DECIMALS),
        fields.amount("amount", places=PENNY_PLACES),
        _commitment(fields, "other_commitment"),
        _quarter(fields, "to_year", "to_quarter"),
        fields.typed_text("supplier_by", MOST_TEXT),
        fields.day("supplier_on"),
        fields.typed_text("cause", MOST_TEXT),
        improve_by=fields.day("improve_by"),
        id=fields.whole("id", 0, 0, _MOST_NUMBER),
        contract_id=0,
        by=fields.typed_text("by", MOST_TEXT),
        recorded_at=_moment(fields, "recorded_at"),
        sha256=fields.typed_text("sha256", MOST_TEXT),
        reverses=fields.count("reverses", 0, _MOST_NUMBER),
    )
    fields.finish()
    return act


def _moment(fields: FieldReader, name: str) -> datetime:
    text = fields.typed_text(name, MOST_TEXT, required=True)
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        fields.report("date-unreadable", "A moment cannot be read", "Use the file as it was made", name)
        return datetime.min.replace(tzinfo=UTC)


def read_rules(fields: FieldReader | None) -> DeliveryRules:
    """The council's rules of delivery."""
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


def read_began(fields: FieldReader) -> tuple[Claim, tuple[date, ...]]:
    """The days on which the people of a delivery began."""
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


def read_declared(fields: FieldReader) -> frozenset[Pair]:
    """The pairs of measures of which it is declared that the people are different."""
    pairs: set[Pair] = set()
    for pair in fields.items("declared"):
        if isinstance(pair, list) and 0 < len(pair) <= 2 and all(isinstance(code, str) for code in pair):
            pairs.add(frozenset(pair))
        else:
            fields.report(
                "pair-unreadable", "A declared pair cannot be read", "Use the file as it was made", "declared"
            )
    return frozenset(pairs)


def read_frozen(fields: FieldReader | None) -> Frozen | None:
    """How it is published; None of a draft."""
    if fields is None:
        return None
    frozen = Frozen(
        fields.whole("number", 1, 1, _MOST_NUMBER),
        fields.day("on", required=True) or date.min,
        fields.typed_text("by", MOST_TEXT),
        fields.day("replaces_on"),
        fields.typed_text("reason", MOST_TEXT),
    )
    fields.finish()
    return frozen


def read_evidence(fields: FieldReader) -> ToldEvidence:
    """A piece of evidence."""
    shows = []
    for each in fields.tables("shows"):
        shows.append(_claim(each))
        each.finish()
    piece = ToldEvidence(
        fields.whole("number", 1, 1, _MOST_NUMBER),
        fields.typed_text("name", MOST_TEXT),
        fields.typed_text("sha256", MOST_TEXT),
        fields.count("size", 0, _MOST_NUMBER),
        fields.typed_text("reference", MOST_TEXT),
        fields.day("dated_on"),
        fields.flag("about_people"),
        fields.day("keep_until"),
        fields.day("deleted_on"),
        fields.typed_text("deleted_by", MOST_TEXT),
        tuple(shows),
    )
    fields.finish()
    return piece


def read_money(fields: FieldReader) -> ToldMoney:
    """An entry of the ledger."""
    entry = ToldMoney(
        fields.day("received_on", required=True) or date.min,
        fields.typed_text("received_from", MOST_TEXT),
        _pounds(fields, "amount"),
        fields.typed_text("passed_to", MOST_TEXT),
        fields.day("passed_on"),
        fields.typed_text("receipt", MOST_TEXT),
        _commitment(fields),
    )
    fields.finish()
    return entry


def read_variation(fields: FieldReader) -> ToldVariation:
    """A variation that was signed."""
    each = ToldVariation(
        fields.whole("number", 1, 1, _MOST_NUMBER),
        fields.day("signed_on", required=True) or date.min,
        fields.day("effective_on", required=True) or date.min,
        fields.typed_text("reason", MOST_TEXT),
        fields.texts("facts"),
        fields.texts("lines"),
    )
    fields.finish()
    return each


def read_today(fields: FieldReader | None) -> tuple[tuple[LineToday, ...], str]:
    """What the commitments come to with the edition of the day, and which that is."""
    if fields is None:
        return (), ""
    lines = []
    for each in fields.tables("lines"):
        lines.append(LineToday(_commitment(each), _pounds(each, "pounds"), each.typed_text("why", MOST_TEXT)))
        each.finish()
    edition = fields.typed_text("edition", MOST_TEXT)
    fields.finish()
    return tuple(lines), edition


def read_sample(fields: FieldReader) -> ToldSample:
    """An audit sample."""
    sample = ToldSample(
        fields.typed_text("seed", MOST_TEXT),
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
