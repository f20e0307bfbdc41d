"""What a bidder types, taken into the offer where it can be used and held as it was typed where it cannot."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any, assert_never

from tomsapp.domain.checks.line import quantity_fault
from tomsapp.domain.checks.words import RATE_RANGE
from tomsapp.domain.commitment import COMMITMENT, Commitment, Rate
from tomsapp.domain.delivery.people import PersonKind
from tomsapp.domain.errors import TomsError
from tomsapp.domain.facts import MOST_LINE, MOST_LONG, Fact, FactKind
from tomsapp.domain.money import round_half_away
from tomsapp.domain.supplier import SUPPLIER
from tomsapp.domain.tender.parts import PartsForm, YearParts
from tomsapp.domain.tender.tender_offer import OfferedDetails
from tomsapp.domain.units import Unit
from tomsapp.reading.cleaning import with_plain_breaks, without_control_characters
from tomsapp.services.bidding.work import OfferWork, Place, PlaceKind, detail_place
from tomsapp.services.typed_quantities import held_text, read_quantity

DELIVERED_BY = Fact("delivered_by", "Delivered by", hint="For example our own staff, or a college", most=MOST_LINE)
STAFF = Fact(
    "staff",
    "The people in these jobs are",
    FactKind.CHOICE,
    "Only new people count as jobs that this contract brings",
    choices=PersonKind,
)
ANSWER = Fact("answer", "Your answer", FactKind.LONG)
RATE = ("rate_quantity", "rate_per_pounds")
"""The two numbers of a promise for each pound of spend; one alone says nothing."""
BIDDER_FACTS = ("name", "kind", "registration", "contact_name", "contact_email")
"""What a bidder says of itself, by the names of the record of a supplier."""
COST = replace(COMMITMENT.fact("cost"), label="Cost to you", hint="What it costs you in pounds, if you know it")
"""As a bidder is asked for it."""
OWN_DETAILS: Mapping[str, Fact] = {"staff": STAFF, "delivered_by": DELIVERED_BY}
_PLAIN = ("place", "contract_share", "statement", "cost", "project")
_FORMS: Mapping[Unit, tuple[PartsForm, ...]] = {
    Unit.WEEKS: (PartsForm.PEOPLE_WEEKS,),
    Unit.HOURS: (PartsForm.PEOPLE_HOURS, PartsForm.SESSIONS),
    Unit.POUNDS: (PartsForm.HOURS_POUNDS,),
    Unit.FTE_JOBS: (PartsForm.FULL_TIME_JOBS,),
    Unit.FTE_YEARS: (PartsForm.FULL_TIME_YEARS,),
}


def detail_fact(name: str) -> Fact:
    """What is declared of a detail of a promise.

    Raises:
        KeyError: there is none of this name.
    """
    beside = {fact.name: fact for fact in COMMITMENT.beside}
    # As its field has it, which stands for the whole promise.
    beside[RATE[0]] = replace(beside[RATE[0]], label=COMMITMENT.fact("rate").label)
    if name == COST.name:
        return COST
    return OWN_DETAILS.get(name) or beside.get(name) or COMMITMENT.fact(name)


# What stands at a place


def text_at(work: OfferWork, place: Place) -> str:
    """What stands at a place as it is typed: what is held there, else what the offer says."""
    held = work.held.get(place)
    if held is not None:
        return held.text
    match place.kind:
        case PlaceKind.BIDDER:
            return SUPPLIER.fact(place.name).text(getattr(work.offer.bidder, place.name))
        case PlaceKind.QUESTION:
            return work.offer.statement(int(place.key))
        case PlaceKind.QUANTITY:
            line = work.commitment(place.key)
            quantity = line.quantity_in(place.year) if line is not None else None
            return "" if quantity is None else f"{quantity:f}"
        case PlaceKind.DETAIL:
            return _detail_text(work, place)
        case PlaceKind.MEASURES | PlaceKind.CONDITION | PlaceKind.PROBLEM:
            raise ValueError(place)
        case _:
            assert_never(place.kind)


def _detail_text(work: OfferWork, place: Place) -> str:
    line, fact = work.commitment(place.key), detail_fact(place.name)
    if line is None:
        return ""
    if place.name in OWN_DETAILS:
        return fact.text(getattr(work.offer.details_of(place.key), place.name))
    if place.name in RATE:
        rate = line.rate
        number = None if rate is None else rate.quantity if place.name == RATE[0] else rate.per_pounds
        return fact.text(number)
    return fact.text(getattr(line, place.name))


# Typing


def type_in(work: OfferWork, place: Place, text: str) -> OfferWork:
    """Take what was typed at a place; it stands there as it was typed, whether it can be used or not.

    Of a line that was taken out meanwhile nothing is taken.
    """
    if place.kind in {PlaceKind.QUANTITY, PlaceKind.DETAIL} and work.commitment(place.key) is None:
        return work
    text = _plain(text)
    if place.kind is PlaceKind.DETAIL and place.name in RATE:
        return _with_rate(work, place, text)
    try:
        changed = _read(work, place, text)
    except TomsError as error:
        emptied = _read(work, place, "")
        return replace(emptied, held={**_without(work, place), place: held_text(text, error)})
    return replace(changed, held=_without(work, place))


def _read(work: OfferWork, place: Place, text: str) -> OfferWork:
    match place.kind:
        case PlaceKind.BIDDER:
            return _with_bidder(work, place, text)
        case PlaceKind.QUESTION:
            return _with_answer(work, place, text)
        case PlaceKind.QUANTITY:
            return _with_quantity(work, place, text)
        case PlaceKind.DETAIL:
            return _with_detail(work, place, text)
        case PlaceKind.MEASURES | PlaceKind.CONDITION | PlaceKind.PROBLEM:
            raise ValueError(place)
        case _:
            assert_never(place.kind)


def _without(work: OfferWork, *places: Place) -> Mapping[Place, Any]:
    return {place: held for place, held in work.held.items() if place not in places}


def _given(fact: Fact, text: str) -> Any:
    """The value that was typed for a fact; nothing typed is what goes without saying of it.

    Raises:
        TomsError: it cannot be read, or is no possible value of it.
    """
    value = fact.read(text)
    if value is None or value == "":
        return "" if fact.usual is None and isinstance(value, str) else fact.usual
    # What is asked of an address is asked by the checks of the offer, so that it is kept as it is typed.
    is_text = isinstance(value, str)
    fault = fact.line_fault(value) if is_text else fact.fault(value)
    if is_text and fact.kind is FactKind.LONG and len(value) > MOST_LONG:
        raise TomsError(f"It has more than {MOST_LONG:,} characters", "Shorten it")
    if fault is not None:
        raise TomsError(fault.message, fault.fix)
    return value


def _plain(text: str) -> str:
    """A text as its file can hold it: what is pasted from elsewhere may have signs that no page prints."""
    whole = text.encode("utf-8", "replace").decode()
    return without_control_characters(with_plain_breaks(whole.replace("\r\n", "\n").replace("\r", "\n")))


def _with_bidder(work: OfferWork, place: Place, text: str) -> OfferWork:
    value = _given(SUPPLIER.fact(place.name), text)
    if value is None:
        return work
    bidder = SUPPLIER.with_values(work.offer.bidder, {place.name: value})
    return work.with_offer(replace(work.offer, bidder=bidder))


def _with_answer(work: OfferWork, place: Place, text: str) -> OfferWork:
    number = int(place.key)
    kept = {each: told for each, told in work.offer.statements.items() if each != number}
    said = _given(ANSWER, text)
    return work.with_offer(replace(work.offer, statements={**kept, number: said} if said else kept))


def _with_quantity(work: OfferWork, place: Place, text: str) -> OfferWork:
    line, measure = work.commitment(place.key), work.measure(place.key)
    if line is None:
        return work
    quantity = read_quantity(text, measure)
    changed = work.with_commitment(_of_year(work, line, place.year, quantity))
    parts = work.offer.details_of(place.key).parts_in(place.year)
    # Parts that come to something else are of a quantity that was given up.
    if parts is None or quantity == _rounded(parts, measure.decimals if measure else 0):
        return changed
    return without_parts(changed, place.key, place.year)


def _of_year(work: OfferWork, line: Commitment, year: int, quantity: Decimal | None) -> Commitment:
    return line.with_quantity(year, quantity, len(work.contract.years))


def _with_detail(work: OfferWork, place: Place, text: str) -> OfferWork:
    line, value = work.commitment(place.key), _given(detail_fact(place.name), text)
    if line is None:
        return work
    if place.name in OWN_DETAILS:
        said = replace(work.offer.details_of(place.key), **{place.name: value})
        return with_details(work, place.key, said)
    if place.name not in _PLAIN:
        raise KeyError(place.name)
    return work.with_commitment(COMMITMENT.with_values(line, {place.name: value}))


def _with_rate(work: OfferWork, place: Place, text: str) -> OfferWork:
    """Both numbers of a promise for each pound; while one is missing or wrong, both are held."""
    line = work.commitment(place.key)
    if line is None:
        return work
    places = [detail_place(place.key, name) for name in RATE]
    texts = [text if each == place else text_at(work, each) for each in places]
    held: dict[Place, Any] = dict(_without(work, *places))
    rate = None
    if any(each.strip() for each in texts):
        try:
            quantity, per_pounds = (_rate_number(each.name, told) for each, told in zip(places, texts, strict=True))
            rate = Rate(quantity, per_pounds)
        except TomsError as error:
            held |= {each: held_text(told, error) for each, told in zip(places, texts, strict=True)}
    return replace(work.with_commitment(replace(line, rate=rate)), held=held)


def _rate_number(name: str, text: str) -> Decimal:
    fact = detail_fact(name)
    number = fact.read(text)
    if number is None or number <= 0:
        raise TomsError(RATE_RANGE.message, RATE_RANGE.fix)
    fault = fact.fault(number)
    if fault is not None:
        raise TomsError(fault.message, fault.fix)
    return Decimal(number)


def with_details(work: OfferWork, key: str, said: OfferedDetails) -> OfferWork:
    """The same with something else said of a promise beside it."""
    others = {each: told for each, told in work.offer.details.items() if each != key}
    details = others if said == OfferedDetails() else {**others, key: said}
    return work.with_offer(replace(work.offer, details=details))


# Quantities made of parts


def forms_of(work: OfferWork, key: str) -> tuple[PartsForm, ...]:
    """How the quantity of a promise can be worked out from its parts; none where it is only entered."""
    measure = work.measure(key)
    return () if measure is None else _FORMS.get(measure.unit, ())


def with_parts(
    work: OfferWork, key: str, years: tuple[int, ...], form: PartsForm, numbers: tuple[Decimal, ...]
) -> OfferWork:
    """The same with the quantity of these contract years worked out, and its parts kept beside it.

    Raises:
        TomsError: what the parts come to is no possible quantity of the measure.
    """
    measure = work.measure(key)
    for year in years:
        parts = YearParts(year, form, numbers)
        quantity = _rounded(parts, measure.decimals if measure else 0)
        fault = quantity_fault(measure, quantity) if measure is not None else None
        if fault is not None:
            raise TomsError(fault.message, fault.fix)
        line = work.commitment(key)
        if line is None:
            return work
        work = work.with_commitment(_of_year(work, line, year, quantity))
        said = work.offer.details_of(key)
        kept = [each for each in said.parts if each.year != year]
        told = tuple(sorted((*kept, parts), key=lambda each: each.year))
        work = with_details(work, key, replace(said, parts=told))
        work = replace(work, held=_without(work, Place(PlaceKind.QUANTITY, key, year=year)))
    return work


def without_parts(work: OfferWork, key: str, year: int) -> OfferWork:
    """The same without the parts of a contract year; its quantity stays."""
    said = work.offer.details_of(key)
    return with_details(work, key, replace(said, parts=tuple(each for each in said.parts if each.year != year)))


def _rounded(parts: YearParts, places: int) -> Decimal:
    exact = parts.quantity
    rounded = round_half_away(exact, places)
    return exact if exact == rounded else rounded
