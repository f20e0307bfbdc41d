"""An offer as a JSON file: numbers as text, so that every program keeps them exactly. See docs/formats.md."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import islice
from typing import TYPE_CHECKING

from tomsapp.domain.commitment import COMMITMENT, Commitment, Rate
from tomsapp.domain.contract import CONTRACT, Contract, ContractKind, YearSpend
from tomsapp.domain.contract_dates import LATEST_END, MOST_YEARS, ContractError, contract_years, end_after
from tomsapp.domain.facts import MOST_LINE, MOST_LONG
from tomsapp.domain.money import MOST_DECIMALS, PENNY_PLACES, decimal_places
from tomsapp.domain.person import PERSON
from tomsapp.domain.problems import Answer, Problem, Where
from tomsapp.domain.supplier import SUPPLIER
from tomsapp.exchange.numbers import plain_number, plain_pounds
from tomsapp.exchange.offer_file import MOST_BYTES, MOST_COMMITMENTS, OfferFile, OfferUnreadable, usable, with_answers
from tomsapp.exchange.problems_json import choice_values, read_choice
from tomsapp.reading.dialect import SENT_FILES, Dialect
from tomsapp.reading.fields import FieldReader
from tomsapp.reading.text_formats import Values, read_json

if TYPE_CHECKING:
    # Loaded when an offer is made: who sends one is told without.
    from tomsapp.domain.offer import Offer

MOST_NAME = MOST_LINE
_AT_ONCE = 10_000
_MOST_COUNTED = 9_999
"""Years that are read as a number of years, however long a contract can run."""
MOST_TEXT = MOST_LONG
"""Characters of a statement."""


def read_offer(data: bytes, file: str = "", dialect: Dialect = SENT_FILES) -> OfferFile:
    """The offer in a JSON file. Wrong values are gathered as Problems; a number that cannot be read counts as 0.

    Raises:
        OfferUnreadable: the file is too large, truncated, not UTF-8, not JSON, or has a name twice.
    """
    return offer_of(usable(read_json(data, file, MOST_BYTES)), file, dialect)


def offer_of(values: Values, file: str = "", dialect: Dialect = SENT_FILES) -> OfferFile:
    """The offer in an object that was read from JSON, which somebody sent or this program attached (`dialect`)."""
    found: list[Problem] = []
    top = FieldReader(values, Where(file=file), found, dialect=dialect)
    menu, edition = (top.line(name, CONTRACT.fact(name)) for name in ("menu", "edition"))
    supplier = _read_supplier(top.table("supplier"))
    contract = _read_contract(top.table("contract", required=True))
    commitments = _read_commitments(top)
    answers = read_answers(top)
    top.finish()
    offer = None
    if contract is not None:
        from tomsapp.domain.offer import Offer

        contract = replace(contract, supplier=supplier, menu=menu, edition=edition)
        offer = Offer(contract, commitments, answers)
    return with_answers(OfferFile(offer, menu, edition, tuple(found)))


def _read_supplier(fields: FieldReader | None) -> str:
    if fields is None:
        return ""
    name = fields.line("name", SUPPLIER.fact("name"))
    fields.finish()
    return name


def _read_contract(fields: FieldReader | None) -> Contract | None:
    """The contract facts, or None when its value or dates cannot be read."""
    if fields is None:
        return None
    reference = fields.line("reference", CONTRACT.fact("reference"), required=True)
    title = fields.line("title", CONTRACT.fact("title"))
    value = _read_pounds(fields, "value", required=True)
    with_vat = _read_pounds(fields, "value_with_vat")
    dates = _read_dates(fields)
    kind = fields.choice("kind", ContractKind, ContractKind.STANDARD)
    spend = tuple(_read_spend(fields))
    fields.finish()
    if value is None or dates is None:
        return None
    return Contract(reference, value, *dates, title=title, kind=kind, spend=spend, value_with_vat=with_vat)


def _read_pounds(fields: FieldReader, name: str, *, required: bool = False) -> Decimal | None:
    """Pounds of 0 or more with at most two decimals."""
    amount = fields.amount(name, required=required, places=MOST_DECIMALS)
    if amount is None:
        return None
    if amount < 0:
        fields.report("pounds-negative", f"“{name}” is less than zero", "Write 0 or more", name)
        return None
    if decimal_places(amount) > PENNY_PLACES:
        fields.report("pounds-too-precise", f"“{name}” has parts of a penny", "Write two decimals", name)
        return None
    return amount


def _read_dates(fields: FieldReader) -> tuple[date, date] | None:
    start, years, end = fields.day("start", required=True), fields.count("years", 1, _MOST_COUNTED), fields.day("end")
    if years is not None and years > MOST_YEARS:
        message = f"A contract can run for {MOST_YEARS} years at most, and this one would run for {years:,}"
        fields.report("dates-impossible", message, "Check how many years it runs", "years")
        return None
    if not (fields.has("years") or fields.has("end")):
        fields.report("value-missing", "There is neither “years” nor “end”", "Add one of them", "years")
    if start is None or (years is None and end is None):
        return None
    if years is not None:
        counted = end_after(min(start, LATEST_END), years)
        if end is not None and end != counted:
            message = f"{years} years from {start} end on {counted}, but “end” says {end}"
            fields.report("end-differs", message, "Give “years” or “end”, not both", "end")
            return None
        end = counted
    return _possible_dates(fields, start, end or start)


def _possible_dates(fields: FieldReader, start: date, end: date) -> tuple[date, date] | None:
    try:
        contract_years(start, end)
    except ContractError as error:
        fields.report("dates-impossible", error.message, error.fix, "start")
        return None
    return start, end


def _read_spend(fields: FieldReader) -> Iterable[YearSpend]:
    for item in fields.tables("spend"):
        year, amount = item.count("year", 1, MOST_YEARS), _read_pounds(item, "amount", required=True)
        is_recorded = item.flag("recorded")
        if not item.has("year"):
            item.report("value-missing", "There is no year", "Add “year”: 1 is the first contract year", "year")
        item.finish()
        if year is not None and amount is not None:
            yield YearSpend(year - 1, amount, is_recorded)


def _read_commitments(top: FieldReader) -> tuple[Commitment, ...]:
    return tuple(_read_commitment(fields, number) for number, fields in commitment_tables(top))


def commitment_tables(top: FieldReader) -> list[tuple[int, FieldReader]]:
    """The tables of the commitments with their numbers.

    Raises:
        OfferUnreadable: there are more than can be read.
    """
    tables = list(top.numbered_tables("commitments"))
    if len(tables) > MOST_COMMITMENTS:
        raise OfferUnreadable(
            f"The offer has {len(tables):,} commitments, and {MOST_COMMITMENTS:,} can be read",
            "Check that this is the right file",
        )
    return tables


def _read_commitment(fields: FieldReader, number: int) -> Commitment:
    commitment = commitment_in(fields, number)
    fields.finish()
    return commitment


def commitment_in(fields: FieldReader, number: int) -> Commitment:
    """The commitment of an offer that is in a table, `number` in the list; the caller asks what else the table has."""
    fields.name_it("", commitment=str(number), measure=fields.peek("measure")[:MOST_NAME])
    share = fields.amount("contract_share", places=MOST_DECIMALS)
    return Commitment(
        key=str(number),
        measure=fields.line("measure", COMMITMENT.fact("measure"), required=True),
        quantities=_read_quantities(fields),
        contract_share=Decimal(1) if share is None else share,
        place=fields.line("ward", COMMITMENT.fact("place")),
        statement=fields.typed_text("statement", MOST_TEXT),
        rate=_read_rate(fields.table("rate")),
        cost=_read_pounds(fields, "cost"),
    )


def _read_quantities(fields: FieldReader) -> tuple[Decimal | None, ...]:
    """A quantity for each year; null where none is entered, 0 where it cannot be read."""
    values = fields.items("quantities")
    if len(values) > MOST_YEARS:
        message = f"There are {len(values):,} quantities, and a contract has {MOST_YEARS} years at most"
        fields.report("too-many-quantities", message, "Give one for each contract year", "quantities")
    quantities: list[Decimal | None] = []
    for year, value in enumerate(values[:MOST_YEARS]):
        quantity = None
        if value is not None:
            quantity = fields.amount_of(value, "quantities", MOST_DECIMALS, year) or Decimal(0)
        quantities.append(quantity)
    return tuple(quantities)


def _read_rate(fields: FieldReader | None) -> Rate | None:
    if fields is None:
        return None
    quantity, per_pounds = (
        fields.amount(name, required=True, places=MOST_DECIMALS) for name in ("quantity", "per_pounds")
    )
    fields.finish()
    return None if quantity is None or per_pounds is None else Rate(quantity, per_pounds)


def read_answers(top: FieldReader) -> dict[str, Answer]:
    """The answers to warnings, by the key of the Problem."""
    answers: dict[str, Answer] = {}
    for item in top.tables("answers"):
        problem = item.typed_text("problem", MOST_TEXT, required=True)
        text, by = item.typed_text("text", MOST_TEXT, required=True), item.line("by", PERSON)
        choice, asked = read_choice(item), item.typed_text("asked", MOST_TEXT)
        item.finish()
        if problem and text.strip():
            answers[problem] = Answer(text, by, choice=choice, asked=asked)
    return answers


def write_offer(offer: Offer) -> bytes:
    """The offer as JSON in UTF-8; `read_offer` gives the same offer back."""
    return to_json(offer_values(offer))


def to_json(values: Mapping[str, object]) -> bytes:
    """Indented JSON in UTF-8 with a line end, the same bytes for the same values."""
    told = json.JSONEncoder(ensure_ascii=False, indent=2, allow_nan=False).iterencode(values)
    # Joined piece by piece: a portfolio has millions of them, and all threads would wait for the join.
    pieces = iter(lambda: "".join(islice(told, _AT_ONCE)), "")
    return b"".join([*map(str.encode, pieces), b"\n"])


def offer_values(offer: Offer) -> dict[str, object]:
    """What the file of an offer holds, in the format's order; what is not stated is left out."""
    contract = offer.contract
    values: dict[str, object] = {
        "menu": contract.menu,
        "edition": contract.edition,
        "contract": _contract_values(contract),
        "supplier": {"name": contract.supplier},
        "commitments": [commitment_values(commitment) for commitment in offer.commitments],
    }
    if offer.answers:
        values["answers"] = answers_values(offer.answers)
    return values


def answers_values(answers: Mapping[str, Answer]) -> list[dict[str, object]]:
    """The answers to warnings, in the order of the keys of their Problems."""
    return [
        {"problem": key, "text": answer.text, "by": answer.answered_by, **choice_values(answer)}
        for key, answer in sorted(answers.items())
    ]


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
    if contract.value_with_vat is not None:
        values["value_with_vat"] = plain_pounds(contract.value_with_vat)
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


def commitment_values(commitment: Commitment) -> dict[str, object]:
    """A commitment as the file of an offer holds it; what goes without saying is left out."""
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
