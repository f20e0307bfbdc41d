"""The tender of the example council: set up, issued, amended, answered by four bidders, opened, checked and marked.

Each step is done by the service that the window uses, by whoever does it at the made-up council. It stops where the
evaluation can be looked at and is not frozen yet.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from tomsapp.domain.commitment import Commitment
from tomsapp.domain.delivery.people import PersonKind
from tomsapp.domain.keys import theme_key
from tomsapp.domain.supplier import Supplier, SupplierKind
from tomsapp.domain.tender.acts import TenderActFacts, TenderActKind
from tomsapp.domain.tender.asked import BidderQuestion
from tomsapp.domain.tender.bid import DecisionKind
from tomsapp.domain.tender.choices import MinimumRule
from tomsapp.domain.tender.deadline import LONDON
from tomsapp.domain.tender.lot import Lot
from tomsapp.domain.tender.marking import Evaluator, Mark, ModeratedMark
from tomsapp.domain.tender.question import Question
from tomsapp.domain.tender.tender import Tender
from tomsapp.domain.tender.tender_measure import MeasureUse, TenderMeasure
from tomsapp.domain.tender.tender_offer import OfferedDetails, StatedValue, TenderOffer
from tomsapp.exchange.tenders.offer_json import write_tender_offer
from tomsapp.services.tenders.bids import save_bids
from tomsapp.services.tenders.deciding import open_check
from tomsapp.services.tenders.decisions import decide, proposed_decision
from tomsapp.services.tenders.evaluators import EVALUATORS
from tomsapp.services.tenders.facts import TENDER_FACTS
from tomsapp.services.tenders.found_files import FoundFile
from tomsapp.services.tenders.issuing import issue, read_version
from tomsapp.services.tenders.marking import open_marking
from tomsapp.services.tenders.marks_given import give_mark, moderate, send_marks
from tomsapp.services.tenders.opening import open_offers
from tomsapp.services.tenders.parts import BIDDER_QUESTIONS, LOTS, MEASURES, QUESTIONS
from tomsapp.services.tenders.reading import OpenTender, open_tender
from tomsapp.services.tenders.receiving import receive

if TYPE_CHECKING:
    from tomsapp.domain.tender.bid import BidDecision
    from tomsapp.domain.tender.deciding import BidProblem
    from tomsapp.services.workspace import Workspace

Said = Mapping[str, Any]
_MADE_WITH = "tomsapp example"
_WEIGHTS = ("price_weight", "quality_weight", "social_weight", "quantity_part")
_MORNING, _AFTERNOON = time(9, 30), time(14, 5)


def tell_tender(workspace: Workspace, said: Said, today: date) -> int | None:
    """Tell the tender until a day: every step whose day has come. Gives its number; None before it is set up.

    Args:
        workspace: the database, under the name of the officer in charge.
        said: what tender.toml says.
        today: the day on which the example is made.
    """
    if today < said["set_up_on"]:
        return None
    number = _set_up(workspace, said)
    for day, step in (
        ("issued_on", _issue),
        ("amended_on", _amend),
        ("opened_on", _receive_and_open),
        ("decided_on", _decide),
        ("marked_on", _mark),
        ("scored_on", _score),
    ):
        if today < said[day]:
            break
        step(workspace, number, said)
    return number


def _at(day: date, hour: time) -> datetime:
    return datetime.combine(day, hour, ZoneInfo(LONDON))


def _set_up(workspace: Workspace, said: Said) -> int:
    weights: dict[str, Any] = {name: Decimal(said[name]) for name in _WEIGHTS}
    tender = Tender(
        said["reference"],
        said["title"],
        directorate=said["directorate"],
        contract_manager=said["officer"],
        menu=said["menu"],
        edition=said["edition"],
        deadline_on=said["deadline_on"],
        deadline_at=said["deadline_at"],
        minimum=MinimumRule(said["minimum"]),
        most_measures=said["most_measures"],
        mandatory_themes=frozenset(theme_key(said["menu"], theme) for theme in said["mandatory_themes"]),
        **weights,
    )
    number = TENDER_FACTS.add(workspace, tender).result.id
    opened = open_tender(workspace, number, _at(said["set_up_on"], _MORNING))
    LOTS.add(workspace, opened, [_lot(place, each) for place, each in enumerate(said["lot"], start=1)])
    MEASURES.add(workspace, opened, [_measure(each, each.get("target")) for each in said["measure"]])
    QUESTIONS.add(workspace, opened, [_question(place, each) for place, each in enumerate(said["question"], start=1)])
    return number


def _lot(number: int, said: Said) -> Lot:
    return Lot(number, said["title"], value=Decimal(said["value"]), start_on=said["start"], end_on=said["end"])


def _measure(said: Said, target: str | None) -> TenderMeasure:
    return TenderMeasure(
        said["code"],
        target=Decimal(target) if target else None,
        relevance=said["relevance"],
        use=MeasureUse(said.get("use", MeasureUse.SCORED.value)),
    )


def _question(number: int, said: Said) -> Question:
    guide = {f"guide_{mark}": text for mark, text in enumerate(said["guide"])}
    facts = {"title": said["title"], "text": said["text"], "weight": Decimal(said["weight"])}
    return Question(number, **facts, most_words=said["most_words"], **guide)


def _act(kind: TenderActKind, said: Said, day: date, reason: str = "", **about: Any) -> TenderActFacts:
    return TenderActFacts(kind, day, said["role"], reason, **about)


def _issue(workspace: Workspace, number: int, said: Said) -> None:
    now = _at(said["issued_on"], _MORNING)
    facts = _act(TenderActKind.ISSUE, said, now.date(), said["issue_reason"], version=1)
    issue(workspace, open_tender(workspace, number, now), facts, now)


def _amend(workspace: Workspace, number: int, said: Said) -> None:
    """A bidder's question is answered, and targets are changed."""
    now = _at(said["amended_on"], _MORNING)
    opened = open_tender(workspace, number, now)
    asked = [
        BidderQuestion(each["on"], each["question"], each["answer"], each["answered_on"]) for each in said["asked"]
    ]
    BIDDER_QUESTIONS.add(workspace, opened, asked)
    amended = {each["code"]: Decimal(each["amended"]) for each in said["measure"] if "amended" in each}
    for stored in opened.measures:
        if stored.record.measure in amended:
            MEASURES.save(workspace, opened, stored, replace(stored.record, target=amended[stored.record.measure]))
    facts = _act(TenderActKind.AMEND, said, now.date(), said["amend_reason"], version=2)
    issue(workspace, open_tender(workspace, number, now), facts, now)


# The bidders


def _receive_and_open(workspace: Workspace, number: int, said: Said) -> None:
    now = _at(said["opened_on"], _AFTERNOON)
    opened = open_tender(workspace, number, now)
    files = [file for bidder in said["bidder"] for file in _files(workspace, opened, bidder)]
    receive(workspace, opened, files)
    facts = _act(TenderActKind.OPEN, said, now.date())
    open_offers(workspace, open_tender(workspace, number, now), facts, now)


def _files(workspace: Workspace, opened: OpenTender, bidder: Said) -> list[FoundFile]:
    """The files of a bidder, one for each lot, and the replacement that came late."""
    found = []
    for lot in sorted({line["lot"] for line in bidder["line"]}):
        offer = _offer(workspace, opened, bidder, lot)
        name = f"{bidder['name']}/{opened.tender.reference}-lot-{lot}.tomsoffer"
        folder, on = bidder["name"], bidder["received_on"]
        found.append(FoundFile(name, write_tender_offer(offer), folder, on, bidder["received_at"]))
        if "late_at" in bidder:
            more = replace(offer, commitments=_one_more(offer.commitments))
            late = name.replace(".tomsoffer", "-new.tomsoffer")
            found.append(FoundFile(late, write_tender_offer(more), folder, on, bidder["late_at"]))
    return found


def _one_more(commitments: Sequence[Commitment]) -> tuple[Commitment, ...]:
    """The same promises, with one more in the first year of the last."""
    *others, last = commitments
    first, *rest = last.quantities
    return (*others, replace(last, quantities=((first or Decimal(0)) + 1, *rest)))


def _offer(workspace: Workspace, opened: OpenTender, bidder: Said, lot: int) -> TenderOffer:
    lines = [line for line in bidder["line"] if line["lot"] == lot]
    keyed = [(str(place), line) for place, line in enumerate(lines, start=1)]
    return TenderOffer(
        read_version(workspace, opened, bidder.get("version", 2)).identity,
        lot,
        Supplier(
            bidder["name"],
            SupplierKind(bidder["kind"]),
            registration=bidder["registration"],
            contact_name=bidder["contact_name"],
            contact_email=bidder["contact_email"],
        ),
        tuple(_commitment(key, line) for key, line in keyed),
        {key: OfferedDetails(staff=PersonKind(line["staff"])) for key, line in keyed if "staff" in line},
        dict(enumerate(bidder["statements"], start=1)),
        accepted=frozenset(each.record.measure for each in opened.measures if each.record.is_condition),
        stated=tuple(StatedValue(line["measure"], Decimal(line["stated"])) for line in lines if "stated" in line),
        made_with=_MADE_WITH,
    )


def _commitment(key: str, said: Said) -> Commitment:
    quantities = tuple(Decimal(text) if text else None for text in said["quantities"])
    return Commitment(key, said["measure"], quantities, statement=said["statement"])


# What people decide and mark


def _decide(workspace: Workspace, number: int, said: Said) -> None:
    """Leave out the line that counts a person twice; accept what else is asked about."""
    for bid in open_check(workspace, number).bids:
        for key in [found.key for found in bid.problems]:
            # Each decision may close what was found beside it.
            check = open_check(workspace, number)
            now = check.bid(bid.id)
            found = now.find(key) if now is not None else None
            if now is not None and found is not None and found.state.is_open:
                begun = replace(proposed_decision(now, found, said["decided_on"]), asked_on=None, due_on=None)
                decide(workspace, check, found, now.decision(key), _decided(begun, bid.supplier, found, said))


def _decided(begun: BidDecision, bidder: str, found: BidProblem, said: Said) -> BidDecision:
    for told in said["left_out"]:
        line = next((each for each in found.lines if each.measure == told["line"]), None)
        if line is not None and told["bidder"] == bidder and set(told["measures"]) == set(found.measures):
            return replace(begun, kind=DecisionKind.LEAVE_OUT, reason=told["reason"], line=line.key)
    return replace(begun, kind=DecisionKind.ACCEPT, reason=said["accepted"][found.problem.code])


def _mark(workspace: Workspace, number: int, said: Said) -> None:
    """Each evaluator gives marks under their own name, and sends them."""
    day = said["marked_on"]
    opened = open_tender(workspace, number, _at(day, _MORNING))
    people = [Evaluator(each["name"], each["role"], True, day) for each in said["evaluator"]]
    EVALUATORS.add(workspace, opened, people)
    marks = {each["bidder"]: each for each in said["marks"]}
    for place, person in enumerate(people):
        own = replace(workspace, who=person.name)
        seen = open_marking(own, number)
        if seen.mine is None:
            raise LookupError(person.name)
        names = {bid.id: bid.supplier for bid in seen.answers.bids}
        for bid, question in seen.left:
            told = marks[names[bid]]
            given = told["given"][question - 1][place]
            give_mark(own, number, Mark(seen.mine.stored.id, bid, question, given, told["reasons"][question - 1]))
        send_marks(own, number, seen.mine.stored)


def _score(workspace: Workspace, number: int, said: Said) -> None:
    """Agree the marks, and enter prices and quality points."""
    _moderate(workspace, number, said)
    opened = open_tender(workspace, number, _at(said["scored_on"], _MORNING))
    told = {each["name"]: each for each in said["bidder"]}
    with workspace.look() as uow:
        bids = uow.bids.of(number)
    pairs = []
    for stored in bids:
        bidder, lot = told[stored.record.supplier], str(stored.record.lot)
        price, quality = Decimal(bidder["price"][lot]), Decimal(bidder["quality"][lot])
        pairs.append((stored, replace(stored.record, price=price, quality=quality)))
    save_bids(workspace, opened, pairs)


def _moderate(workspace: Workspace, number: int, said: Said) -> None:
    marks = {each["bidder"]: each for each in said["marks"]}
    answers = open_marking(workspace, number).answers
    for bid in answers.bids:
        told = marks[bid.supplier]
        for question in range(1, len(said["question"]) + 1):
            agreed, reason = told["agreed"][question - 1], told["reasons"][question - 1]
            moderate(workspace, number, ModeratedMark(bid.id, question, agreed, reason))
