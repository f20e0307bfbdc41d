"""An offer as a JSON file: numbers as text, so that every program keeps them exactly. See docs/formats.md."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal

from tomsapp.domain.commitment import Commitment, Rate
from tomsapp.domain.contract import (
    LATEST_END,
    MOST_YEARS,
    Contract,
    ContractError,
    ContractKind,
    YearSpend,
    contract_years,
    end_after,
)
from tomsapp.domain.money import PENNY_PLACES, decimal_places
from tomsapp.domain.offer import Offer
from tomsapp.domain.problems import Answer, Problem, Where
from tomsapp.exchange.fields import Fields
from tomsapp.exchange.numbers import plain_number, plain_pounds
from tomsapp.exchange.offer_file import MOST_COMMITMENTS, OfferFile, OfferUnreadable, with_answers
from tomsapp.exchange.problems_json import choice_values, read_choice
from tomsapp.exchange.strict_json import JsonObject, JsonValue, read_json_object

MOST_NAME = 1_000
MOST_TEXT = 40_000
"""Characters of a statement: more than a cell of a workbook holds."""


def read_offer(data: bytes, file: str = "") -> OfferFile:
    """The offer in a JSON file. Wrong values are gathered as Problems; a number that cannot be read counts as 0.

    Raises:
        OfferUnreadable: the file is too large, truncated, not UTF-8, not JSON, or has a name twice.
    """
    return offer_of(read_json_object(data, file), file)


def offer_of(values: JsonObject, file: str = "") -> OfferFile:
    """The offer in an object that was read from JSON."""
    found: list[Problem] = []
    top = Fields(values, Where(file=file), found)
    menu, edition = top.text("menu", MOST_NAME), top.text("edition", MOST_NAME)
    supplier = _read_supplier(top.inner("supplier"))
    contract = _read_contract(top.inner("contract", needed=True))
    commitments = _read_commitments(top)
    answers = _read_answers(top)
    top.close()
    offer = None
    if contract is not None:
        contract = replace(contract, supplier=supplier, menu=menu, edition=edition)
        offer = Offer(contract, commitments, answers)
    return with_answers(OfferFile(offer, menu, edition, tuple(found)))


def _read_supplier(fields: Fields | None) -> str:
    if fields is None:
        return ""
    name = fields.text("name", MOST_NAME)
    fields.close()
    return name


def _read_contract(fields: Fields | None) -> Contract | None:
    """The contract facts, or None when its value or dates cannot be read."""
    if fields is None:
        return None
    reference = fields.text("reference", MOST_NAME, needed=True)
    title = fields.text("title", MOST_NAME)
    value = _read_pounds(fields, "value", needed=True)
    dates = _read_dates(fields)
    kind = _read_kind(fields)
    spend = tuple(_read_spend(fields))
    fields.close()
    if value is None or dates is None:
        return None
    return Contract(reference, value, *dates, title=title, kind=kind, spend=spend)


def _read_pounds(fields: Fields, name: str, *, needed: bool = False) -> Decimal | None:
    """Pounds of 0 or more with at most two decimals."""
    amount = fields.number(name, needed=needed)
    if amount is None:
        return None
    if amount < 0:
        fields.report(name, "pounds-negative", f"“{name}” is less than zero", "Write 0 or more")
        return None
    if decimal_places(amount) > PENNY_PLACES:
        fields.report(name, "pounds-too-precise", f"“{name}” has parts of a penny", "Write two decimals")
        return None
    return amount


def _read_dates(fields: Fields) -> tuple[date, date] | None:
    start, years, end = fields.day("start", needed=True), fields.whole("years", 1, MOST_YEARS), fields.day("end")
    if not {"years", "end"} & fields.values.keys():
        fields.report("years", "value-missing", "There is neither “years” nor “end”", "Add one of them")
    if start is None or (years is None and end is None):
        return None
    if years is not None:
        counted = end_after(min(start, LATEST_END), years)
        if end is not None and end != counted:
            message = f"{years} years from {start} end on {counted}, but “end” says {end}"
            fields.report("end", "end-differs", message, "Give “years” or “end”, not both")
            return None
        end = counted
    return _possible_dates(fields, start, end or start)


def _possible_dates(fields: Fields, start: date, end: date) -> tuple[date, date] | None:
    try:
        contract_years(start, end)
    except ContractError as error:
        fields.report("start", "dates-impossible", error.message, error.fix)
        return None
    return start, end


def _read_kind(fields: Fields) -> ContractKind:
    text = fields.text("kind", MOST_NAME) or ContractKind.STANDARD.value
    try:
        return ContractKind(text)
    except ValueError:
        known = " or ".join(f"“{kind.value}”" for kind in ContractKind)
        fields.report("kind", "kind-unknown", f"“{text}” is not a kind of contract", f"Write {known}")
        return ContractKind.STANDARD


def _read_spend(fields: Fields) -> Iterable[YearSpend]:
    for item in fields.objects("spend"):
        year, amount = item.whole("year", 1, MOST_YEARS), _read_pounds(item, "amount", needed=True)
        is_recorded = item.flag("recorded")
        if "year" not in item.values:
            item.report("year", "value-missing", "There is no year", "Add “year”: 1 is the first contract year")
        item.close()
        if year is not None and amount is not None:
            yield YearSpend(year - 1, amount, is_recorded)


def _read_commitments(top: Fields) -> tuple[Commitment, ...]:
    values = top.items("commitments")
    if len(values) > MOST_COMMITMENTS:
        raise OfferUnreadable(
            f"The offer has {len(values):,} commitments, and {MOST_COMMITMENTS:,} can be read",
            "Check that this is the right file",
        )
    return tuple(
        commitment
        for number, value in enumerate(values, start=1)
        if (commitment := _read_commitment(top, value, number)) is not None
    )


def _read_commitment(top: Fields, value: JsonValue, number: int) -> Commitment | None:
    measure = value.get("measure") if isinstance(value, dict) else None
    named = measure if isinstance(measure, str) else ""
    where = replace(top.where, commitment=str(number), measure=named[:MOST_NAME])
    fields = top.object_of("commitments", value, f"commitments[{number}].", where)
    if fields is None:
        return None
    share = fields.number("contract_share")
    commitment = Commitment(
        key=str(number),
        measure=fields.text("measure", MOST_NAME, needed=True),
        quantities=_read_quantities(fields),
        contract_share=Decimal(1) if share is None else share,
        place=fields.text("ward", MOST_NAME),
        statement=fields.text("statement", MOST_TEXT),
        rate=_read_rate(fields.inner("rate")),
        cost=_read_pounds(fields, "cost"),
    )
    fields.close()
    return commitment


def _read_quantities(fields: Fields) -> tuple[Decimal | None, ...]:
    """A quantity for each year; null where none is entered, 0 where it cannot be read."""
    values = fields.items("quantities")
    if len(values) > MOST_YEARS:
        message = f"There are {len(values):,} quantities, and a contract has {MOST_YEARS} years at most"
        fields.report("quantities", "too-many-quantities", message, "Give one for each contract year")
    quantities: list[Decimal | None] = []
    for year, value in enumerate(values[:MOST_YEARS]):
        quantity = None if value is None else fields.exact("quantities", value, year) or Decimal(0)
        quantities.append(quantity)
    return tuple(quantities)


def _read_rate(fields: Fields | None) -> Rate | None:
    if fields is None:
        return None
    quantity, per_pounds = fields.number("quantity", needed=True), fields.number("per_pounds", needed=True)
    fields.close()
    return None if quantity is None or per_pounds is None else Rate(quantity, per_pounds)


def _read_answers(top: Fields) -> dict[str, Answer]:
    answers: dict[str, Answer] = {}
    for item in top.objects("answers"):
        problem = item.text("problem", MOST_TEXT, needed=True)
        text, by = item.text("text", MOST_TEXT, needed=True), item.text("by", MOST_NAME)
        choice, asked = read_choice(item), item.text("asked", MOST_TEXT)
        item.close()
        if problem and text.strip():
            answers[problem] = Answer(text, by, choice=choice, asked=asked)
    return answers


def write_offer(offer: Offer) -> bytes:
    """The offer as JSON in UTF-8; `read_offer` gives the same offer back."""
    return to_json(offer_values(offer))


def to_json(values: Mapping[str, object]) -> bytes:
    """Indented JSON in UTF-8 with a line end, the same bytes for the same values."""
    return (json.dumps(values, ensure_ascii=False, indent=2, allow_nan=False) + "\n").encode()


def offer_values(offer: Offer) -> dict[str, object]:
    """What the file of an offer holds, in the format's order; what is not stated is left out."""
    contract = offer.contract
    values: dict[str, object] = {
        "menu": contract.menu,
        "edition": contract.edition,
        "contract": _contract_values(contract),
        "supplier": {"name": contract.supplier},
        "commitments": [_commitment_values(commitment) for commitment in offer.commitments],
    }
    if offer.answers:
        values["answers"] = [
            {"problem": key, "text": answer.text, "by": answer.answered_by, **choice_values(answer)}
            for key, answer in sorted(offer.answers.items())
        ]
    return values


def _contract_values(contract: Contract) -> dict[str, object]:
    years = len(contract.years)
    is_whole = contract.end_on == end_after(contract.start_on, years)
    length: dict[str, object] = {"years": years} if is_whole else {"end": contract.end_on.isoformat()}
    values: dict[str, object] = {
        "reference": contract.reference,
        "value": plain_pounds(contract.value),
        "start": contract.start_on.isoformat(),
        **length,
    }
    if contract.title:
        values["title"] = contract.title
    if contract.kind is not ContractKind.STANDARD:
        values["kind"] = contract.kind.value
    if contract.spend:
        values["spend"] = [
            {"year": spend.year + 1, "amount": plain_pounds(spend.amount), "recorded": spend.is_recorded}
            for spend in contract.spend
        ]
    return values


def _commitment_values(commitment: Commitment) -> dict[str, object]:
    quantities = [None if quantity is None else plain_number(quantity) for quantity in commitment.quantities]
    values: dict[str, object] = {"measure": commitment.measure, "quantities": quantities}
    if commitment.contract_share != 1:
        values["contract_share"] = plain_number(commitment.contract_share)
    if commitment.place:
        values["ward"] = commitment.place
    if commitment.statement:
        values["statement"] = commitment.statement
    if commitment.rate is not None:
        rate = commitment.rate
        values["rate"] = {"quantity": plain_number(rate.quantity), "per_pounds": plain_pounds(rate.per_pounds)}
    if commitment.cost is not None:
        values["cost"] = plain_pounds(commitment.cost)
    return values
