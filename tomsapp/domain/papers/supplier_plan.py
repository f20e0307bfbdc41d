"""A bidder's own Social Value Plan: what it promises in a tender, how and by whom, from the figures of its offer."""

from collections.abc import Iterator
from datetime import date

from tomsapp.domain.area import Area
from tomsapp.domain.commitment import OUTSIDE_AREA, WHOLE_AREA, Commitment
from tomsapp.domain.menu import MenuEdition
from tomsapp.domain.offer import CheckedOffer
from tomsapp.domain.papers.council_paper import (
    CouncilPaper,
    PaperBlock,
    PaperColumn,
    PaperHeading,
    PaperTable,
    PaperText,
    TextKind,
)
from tomsapp.domain.policy import PolicyResult
from tomsapp.domain.tender.offer_checks import CheckedTenderOffer
from tomsapp.domain.tender.pack import Pack
from tomsapp.domain.tender.tender_offer import OfferedDetails, TenderOffer
from tomsapp.domain.valuation import LineValue
from tomsapp.domain.wording import (
    format_date,
    format_exact,
    format_percent,
    format_pounds,
    format_quantity,
    listed,
    small_first,
)

_NOTES = (
    "Social value is what promises are worth to people and places, by the values of the council’s menu.",
    "It is no money that changes hands, and is never added to real pounds.",
    "Shares are cut, and never rounded up.",
)
_ASKED = frozenset({PolicyResult.MET, PolicyResult.SHORT, PolicyResult.ERRORS})
"""How a rule comes out that asks something of an offer."""
_NO_NAME = "Our organisation"


def supplier_plan(pack: Pack, edition: MenuEdition, checked: CheckedTenderOffer, made_on: date) -> CouncilPaper:
    """The plan of the organisation that makes an offer, which is its own paper and not the council's.

    Raises:
        ValueError: the offer is for a lot that the tender does not have.
    """
    if checked.checked is None:
        raise ValueError(checked.offer.lot)
    offer, name = checked.offer, checked.offer.bidder.name.strip() or _NO_NAME
    blocks = (
        *_facts(pack, offer),
        *_figures(checked.checked),
        *_lines(checked.checked),
        *_promises(checked.checked, offer, pack.area),
        *_conditions(pack, edition, offer),
        *_answers(pack, offer),
        *_state(checked),
    )
    title = f"Social Value Plan of {name}: {pack.tender.title or pack.tender.reference}"
    sources = (f"Unit values: {edition.title}, {edition.name_and_prices}.", f"Tender: {offer.pack.words}.")
    contact = offer.bidder.contact_name.strip()
    return CouncilPaper("Social Value Plan", title, blocks, _NOTES, sources, name, made_on, contact)


def _facts(pack: Pack, offer: TenderOffer) -> Iterator[PaperBlock]:
    yield PaperHeading("Who promises, and to whom")
    bidder, lot = offer.bidder, pack.lot(offer.lot)
    of_lot = lot.name if lot is not None and len(pack.lots) > 1 else ""
    facts = (
        ("Organisation", ", ".join(filter(None, (bidder.name, bidder.kind.words)))),
        ("Registration number", bidder.registration),
        ("Contact", ", ".join(filter(None, (bidder.contact_name, bidder.contact_email)))),
        ("Council", pack.council),
        ("Tender", ", ".join(filter(None, (pack.tender.title, pack.tender.reference, of_lot)))),
        ("Contract", lot.length_words if lot is not None else ""),
    )
    columns = (PaperColumn("Fact", 30), PaperColumn("What it is", 70))
    rows = tuple((label, text) for label, text in facts if text.strip())
    yield PaperTable("Who promises, and to whom", columns, rows, is_named=True)


def _figures(checked: CheckedOffer) -> Iterator[PaperBlock]:
    valuation = checked.valuation
    yield PaperHeading("What it comes to")
    share = format_percent(valuation.share_of_contract_value, 2)
    rows = [
        ("Social value", format_pounds(valuation.social_value)),
        ("Share of the contract value", f"{share} of {format_pounds(valuation.contract.value)}"),
        ("Real pounds handed over", format_pounds(valuation.real_pounds)),
        ("Jobs that this contract brings", format_exact(valuation.employment_outcomes)),
    ]
    rows += [(check.rule.title, check.word) for check in checked.policy_checks if check.result in _ASKED]
    columns = (PaperColumn("Figure", 45), PaperColumn("What it is", 55))
    yield PaperTable("What it comes to", columns, tuple(rows), is_named=True)


def _lines(checked: CheckedOffer) -> Iterator[PaperBlock]:
    valuation = checked.valuation
    if not valuation.lines:
        return
    yield PaperHeading("What we promise")
    columns = (
        PaperColumn("Measure", 46),
        PaperColumn("For each", 18),
        PaperColumn("All years", 16, right=True),
        PaperColumn("Social value", 20, right=True),
    )
    rows = tuple(
        (
            line.measure.full_name,
            line.measure.each_name,
            format_quantity(line.quantity),
            format_pounds(line.social_value) if line.measure.is_valued else "Counted",
        )
        for line in valuation.lines
    )
    total = ("Together", "", "", format_pounds(valuation.social_value))
    yield PaperTable("What we promise", columns, rows, total, is_named=True)


def _promises(checked: CheckedOffer, offer: TenderOffer, area: Area | None) -> Iterator[PaperBlock]:
    for line in checked.valuation.lines:
        yield PaperHeading(line.measure.full_name, 3)
        yield _years(line)
        yield from map(PaperText, _said(line.commitment, offer.details_of(line.commitment.key), area))


def _years(line: LineValue) -> PaperTable:
    name = f"{line.measure.full_name}, by year"
    columns = (
        PaperColumn("Year", 40),
        PaperColumn(line.measure.many_name[:1].upper() + line.measure.many_name[1:], 30, right=True),
        PaperColumn("Social value", 30, right=True),
    )
    rows = tuple(
        (year.year.label, format_quantity(year.quantity), format_pounds(year.social_value)) for year in line.years
    )
    return PaperTable(name, columns, rows or (("–", "–", "–"),), is_named=True)


def _said(line: Commitment, said: OfferedDetails, area: Area | None) -> Iterator[str]:
    """What is said of a promise beside its quantities, a sentence or the supplier's own words each."""
    if line.statement.strip():
        yield line.statement
    yield f"Where: {_place_words(line.place, area)}."
    if said.delivered_by.strip():
        yield f"Delivered by: {said.delivered_by}."
    if said.staff is not None:
        yield f"The people in these jobs are {small_first(said.staff.words)}."
    if line.contract_share != 1:
        yield f"{format_percent(line.contract_share)} of it is this contract’s."
    if line.rate is not None:
        rate = line.rate
        yield f"{format_quantity(rate.quantity)} for every {format_pounds(rate.per_pounds)} that is spent."
    if line.project.strip():
        yield f"Community project: {line.project}."
    yield from (f"Worked out: {parts.words}." for parts in said.parts)


def _place_words(place: str, area: Area | None) -> str:
    if place == WHOLE_AREA:
        return "the whole area"
    if place == OUTSIDE_AREA:
        return "outside the area"
    wards = {ward.code: ward.name for ward in area.wards} if area is not None else {}
    return wards.get(place, place)


def _conditions(pack: Pack, edition: MenuEdition, offer: TenderOffer) -> Iterator[PaperBlock]:
    accepted = [edition.name_of(one.measure) for one in pack.conditions if one.measure in offer.accepted]
    if accepted:
        yield PaperHeading("Conditions that we accept")
        yield PaperText(f"{listed(accepted)}.")


def _answers(pack: Pack, offer: TenderOffer) -> Iterator[PaperBlock]:
    answered = [question for question in pack.questions if offer.statement(question.number).strip()]
    if answered:
        yield PaperHeading("Our answers")
    for question in answered:
        yield PaperHeading(f"Question {question.number}{': ' if question.title else ''}{question.title}", 3)
        yield PaperText(question.text, TextKind.NOTE)
        yield from (PaperText(part) for part in offer.statement(question.number).splitlines() if part.strip())


def _state(checked: CheckedTenderOffer) -> Iterator[PaperBlock]:
    """That it is a draft, where the offer behind it is not finished; what is to be answered is told with its answer."""
    answered = [(problem.message, problem.answer) for problem in checked.problems if problem.answer is not None]
    if answered:
        yield PaperHeading("What we were asked, and our answer")
    for asked, answer in answered:
        when = f" ({format_date(answer.answered_on)})" if answer.answered_on is not None else ""
        yield PaperText(f"{asked}. {answer.words}{when}")
    if checked.unfinished:
        yield PaperText(f"This plan is not finished: {checked.unfinished}.", TextKind.MARKED)
