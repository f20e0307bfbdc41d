"""A text of one line is held to what its form takes, whichever way it comes in: found from the declared records."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from tests.services.council import begin, promise, roads
from tomsapp.config import paths
from tomsapp.domain import act_checks
from tomsapp.domain.answers import ANSWER
from tomsapp.domain.commitment import COMMITMENT
from tomsapp.domain.contract import CONTRACT
from tomsapp.domain.council import COUNCIL
from tomsapp.domain.delivery.acts import DELIVERY_ACT
from tomsapp.domain.delivery.audit import AUDIT_ITEM, AUDIT_SAMPLE, AuditSample
from tomsapp.domain.delivery.delivery import DELIVERY
from tomsapp.domain.delivery.evidence import ATTACHMENT, EVIDENCE, STORED_FILE, Attachment, Evidence
from tomsapp.domain.delivery.ledger import HANDED_OVER, HandedOver
from tomsapp.domain.delivery.people import DELIVERY_PERSON, DeliveryPerson
from tomsapp.domain.delivery.plan import PLAN_ENTRY, PlanEntry
from tomsapp.domain.delivery.published import DELIVERED_PAPER
from tomsapp.domain.delivery.quarters import Quarter
from tomsapp.domain.delivery.rules import DELIVERY_RULES
from tomsapp.domain.facts import Fact, FactKind
from tomsapp.domain.neighbourhood import NEIGHBOURHOOD, Neighbourhood
from tomsapp.domain.person import PERSON
from tomsapp.domain.policy_records import LIVING_WAGE, RULE
from tomsapp.domain.priority import PRIORITY, Priority
from tomsapp.domain.record_type import RecordType
from tomsapp.domain.saved_view import SAVED_VIEW, SavedView
from tomsapp.domain.seal import ACT, ActFacts, ActKind
from tomsapp.domain.signer import SIGNER
from tomsapp.domain.supplier import SUPPLIER, Supplier
from tomsapp.domain.tender.acts import TENDER_ACT
from tomsapp.domain.tender.asked import BIDDER_QUESTION
from tomsapp.domain.tender.award import AWARD
from tomsapp.domain.tender.bid import BID, BID_DECISION
from tomsapp.domain.tender.explaining import SCORE_EXPLANATION
from tomsapp.domain.tender.frozen import FROZEN_EVALUATION
from tomsapp.domain.tender.issued import PACK_VERSION
from tomsapp.domain.tender.lot import LOT, Lot
from tomsapp.domain.tender.marking import EVALUATOR, MARK, MODERATED_MARK, Evaluator
from tomsapp.domain.tender.pack_signature import PACK_KEY, PACK_SIGNATURE
from tomsapp.domain.tender.question import QUESTION, Question
from tomsapp.domain.tender.receipt import RECEIPT, RECEIVED_FILE, Receipt
from tomsapp.domain.tender.tender import TENDER, Tender
from tomsapp.domain.tender.tender_measure import TENDER_MEASURE, TenderMeasure
from tomsapp.domain.variation import VARIATION, VARIATION_LINE
from tomsapp.exchange.offer_json import offer_of
from tomsapp.menufiles.errors import MenuFileError
from tomsapp.menufiles.policies import read_policy
from tomsapp.reading.dialect import ATTACHED_FILES
from tomsapp.services import suppliers
from tomsapp.services.record_types import POLICY, RECORD_TYPES, SIGNED_VALUATION
from tomsapp.store import records
from tomsapp.store.errors import StoreError

BAD = {
    "line break": "A\nB",
    "control sign": "A\x07B",
    "tab": "A\tB",
    "direction mark": "A\u202eB",
    "no width": "A\u200bB",
    "too long": "x" * 100_000,
}
bad = pytest.mark.parametrize("text", BAD.values(), ids=BAD)
on_a_file = pytest.mark.parametrize("server", ["sqlite"])


def a_rule(ann: Any) -> Any:
    return ann.policy.rules[0]


SAMPLES: dict[RecordType[Any], Any] = {
    CONTRACT: lambda _ann: roads("C9"),
    COMMITMENT: lambda _ann: promise(),
    SUPPLIER: lambda _ann: Supplier("Bridge Works"),
    NEIGHBOURHOOD: lambda _ann: Neighbourhood("Lakeside", frozenset({"X01"})),
    PRIORITY: lambda _ann: Priority("Jobs", measures=frozenset({"V01"})),
    SAVED_VIEW: lambda _ann: SavedView("Colindale"),
    COUNCIL: lambda ann: ann.settings,
    RULE: a_rule,
    PLAN_ENTRY: lambda _ann: PlanEntry("1", Quarter(0, 1), Decimal(1)),
    EVIDENCE: lambda _ann: Evidence("log.pdf", keep_until=date(2036, 3, 31), sha256="ab" * 32),
    ATTACHMENT: lambda _ann: Attachment("Agreement", sha256="ab" * 32),
    DELIVERY_PERSON: lambda _ann: DeliveryPerson("P-001"),
    HANDED_OVER: lambda _ann: HandedOver(date(2026, 7, 10), "Bridge Works", Decimal(5)),
    AUDIT_SAMPLE: lambda _ann: AuditSample("7", date(2026, 6, 30), 5, date(2026, 7, 10), 9, Decimal(5)),
    TENDER: lambda _ann: Tender("T-1", "Cleaning"),
    LOT: lambda _ann: Lot(1),
    TENDER_MEASURE: lambda _ann: TenderMeasure("V01"),
    QUESTION: lambda _ann: Question(1),
    RECEIPT: lambda _ann: Receipt(portal_on=date(2027, 1, 22), portal_time="11:59"),
    EVALUATOR: lambda _ann: Evaluator("J. Patel"),
}
"""Each kind of record whose lines people type, and one of it."""
ELSEWHERE = {
    ANSWER: "it has texts of several lines alone",
    ACT: "its role is held to its fact when it is done",
    SIGNED_VALUATION: "an earlier version made it, and it stays as it is",
    POLICY: "its name and code come from its file",
    LIVING_WAGE: "it has no text",
    SIGNER: "its name is read from its certificate",
    DELIVERY: "it has texts of several lines alone",
    DELIVERY_ACT: "its lines are held to their facts when it is done",
    DELIVERY_RULES: "it has no text",
    STORED_FILE: "nobody types what it says",
    AUDIT_ITEM: "it has texts of several lines alone",
    TENDER_ACT: "its lines are held to their facts when it is done",
    PACK_VERSION: "nobody types what it says",
    PACK_KEY: "nobody types what it says",
    PACK_SIGNATURE: "nobody types what it says",
    FROZEN_EVALUATION: "nobody types what it says",
    AWARD: "nobody types what it says",
    RECEIVED_FILE: "its name is that of the file",
    BID: "it has texts of several lines alone, and its bidder is a link",
    BID_DECISION: "nobody types its lines",
    MARK: "it has texts of several lines alone",
    MODERATED_MARK: "nobody types its lines",
    SCORE_EXPLANATION: "it has texts of several lines alone",
    BIDDER_QUESTION: "it has texts of several lines alone",
    DELIVERED_PAPER: "nobody types its lines",
    VARIATION: "it has texts of several lines alone, and its supplier is a link",
    VARIATION_LINE: "its facts are those of its commitment",
}
LINES = [(kind, fact) for kind in SAMPLES for fact in kind.facts if fact.kind is FactKind.LINE]
line = pytest.mark.parametrize(("kind", "fact"), LINES, ids=[f"{kind.key}.{fact.name}" for kind, fact in LINES])


def test_every_kind_of_record_is_tried():
    assert set(SAMPLES) | set(ELSEWHERE) == set(RECORD_TYPES)


def write(uow: Any, kind: RecordType[Any], record: Any, contract_id: int) -> None:
    """Save a new record of a kind; of the council there is one, which is saved over."""
    if kind is COUNCIL:
        uow.settings.save(uow.settings.now().version, record)
    elif kind is CONTRACT:
        uow.contracts.add(record, None)
    elif kind is COMMITMENT:
        uow.commitments.add(contract_id, record)
    else:
        of_contract = {PLAN_ENTRY: uow.plans, EVIDENCE: uow.evidence, ATTACHMENT: uow.attachments}
        of_contract |= {HANDED_OVER: uow.ledger, AUDIT_SAMPLE: uow.samples}
        if kind in of_contract:
            of_contract[kind].add(contract_id, record)
        of_tender = {LOT: uow.lots, TENDER_MEASURE: uow.tender_measures, QUESTION: uow.questions}
        of_tender[EVALUATOR] = uow.evaluators
        if kind in of_tender:
            of_tender[kind].add(uow.tenders.add(Tender("T-2", "Lifts")).id, record)
        if kind is RECEIPT:
            uow.receipts.add(uow.received.add(uow.tenders.add(Tender("T-2", "Lifts")).id, "offer.xlsx", b""), record)
        if kind is DELIVERY_PERSON:
            uow.people.add(contract_id, 1, record)
        repositories = {SUPPLIER: uow.suppliers, NEIGHBOURHOOD: uow.neighbourhoods, PRIORITY: uow.priorities}
        repositories |= {SAVED_VIEW: uow.saved_views, TENDER: uow.tenders}
        repositories.get(kind, uow.rules).add(record)


@on_a_file
@line
def test_no_database_takes_what_its_form_refuses(ann, kind, fact):
    made = begin(ann)
    for text in BAD.values():
        record = replace(SAMPLES[kind](ann), **{fact.name: text})
        assert [problem.where.field for problem in kind.problems(record) if problem.where.field == fact.name]
        with ann.work("Bring it in") as uow, pytest.raises(StoreError) as refused:
            write(uow, kind, record, made.id)
        assert (fact.said or fact.label).lower() in refused.value.message.lower()
        assert kind.noun in refused.value.message
        assert refused.value.fix


@on_a_file
def test_what_a_database_of_before_took_stays_until_it_is_changed(ann, monkeypatch):
    with monkeypatch.context() as before:
        before.setattr(records, "check_lines", lambda *_: None)
        held = suppliers.add_supplier(ann, Supplier("Bridge\u202eWorks")).result
    saved = suppliers.save_supplier(ann, held, replace(held.record, notes="Noted")).result
    assert saved.record.name == "Bridge\u202eWorks"
    with pytest.raises(StoreError, match="sign that is not seen"):
        suppliers.save_supplier(ann, saved, replace(saved.record, name="Bridge\u202eWorks Ltd"))


# Offers in JSON

OFFER: dict[str, Any] = {
    "menu": "barnet-open",
    "edition": "2026.2",
    "contract": {"reference": "C1", "title": "Roads", "value": "1000000.00", "start": "2026-04-01", "years": 1},
    "supplier": {"name": "Bridge Works"},
    "commitments": [{"measure": "V01", "quantities": ["1"], "ward": "X01"}],
    "answers": [{"problem": "p", "text": "Because", "by": "Ann"}],
}
PLACES: dict[tuple[Any, ...], Fact] = {
    ("menu",): CONTRACT.fact("menu"),
    ("edition",): CONTRACT.fact("edition"),
    ("contract", "reference"): CONTRACT.fact("reference"),
    ("contract", "title"): CONTRACT.fact("title"),
    ("supplier", "name"): SUPPLIER.fact("name"),
    ("commitments", 0, "measure"): COMMITMENT.fact("measure"),
    ("commitments", 0, "ward"): COMMITMENT.fact("place"),
    ("answers", 0, "by"): PERSON,
}
"""Where an offer holds a line, and which fact of a form that is."""
SEVERAL_LINES = {("answers", 0, "problem"), ("answers", 0, "text")}
NO_WORDS = {("contract", "value"), ("contract", "start"), ("commitments", 0, "quantities", 0)}


def texts(values: Any, place: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Where an offer holds a text."""
    if isinstance(values, str):
        return [place]
    inner = values.items() if isinstance(values, dict) else enumerate(values) if isinstance(values, list) else ()
    return [found for key, value in inner for found in texts(value, (*place, key))]


def with_text(place: tuple[Any, ...], text: str) -> dict[str, Any]:
    offer = json.loads(json.dumps(OFFER))
    at = offer
    for key in place[:-1]:
        at = at[key]
    at[place[-1]] = text
    return offer


def test_every_text_of_an_offer_is_a_line_or_known_to_be_none():
    assert set(texts(OFFER)) == set(PLACES) | SEVERAL_LINES | NO_WORDS


@pytest.mark.parametrize("place", PLACES, ids=lambda place: ".".join(map(str, place)))
@bad
def test_offer_in_json_is_held_to_the_form_and_the_field_is_named(place, text):
    read = offer_of(with_text(place, text), "offer.json")
    found = [problem for problem in read.problems if problem.code.startswith("text-")]
    assert [problem.where.field.rpartition(".")[2] for problem in found] == [place[-1]]
    assert str(place[-1]) in found[0].message
    assert found[0].severity.value == "error"
    limit = PLACES[place].most
    assert not [each for each in offer_of(with_text(place, "x" * limit)).problems if each.code.startswith("text-")]
    assert [each for each in offer_of(with_text(place, "x" * (limit + 1))).problems if each.code == "text-too-long"]


def test_what_a_paper_of_before_states_is_read_as_it_is():
    title = "Roads \u202e and\nbridges"
    read = offer_of(with_text(("contract", "title"), title), dialect=ATTACHED_FILES)
    assert read.offer.contract.title == title
    assert not read.problems


# Policies in TOML, and acts


@pytest.mark.parametrize("which", ["policy", "rule"])
@bad
def test_titles_of_a_policy_file_are_held_to_the_form(which, text):
    """Its texts are read on one line: what is left of a bad one is either a good one or refused."""
    lines = POLICY_FILE.read_text(encoding="utf-8").splitlines()
    places = [number for number, each in enumerate(lines) if each.startswith("title = ")]
    lines[places[0 if which == "policy" else 1]] = f"title = {json.dumps(text)}"
    data = "\n".join(lines).encode()
    if " ".join(text.split()) == "A B":
        read = read_policy(data, "policy.toml")
        assert (read if which == "policy" else read.rules[0]).title == "A B"
        return
    with pytest.raises(MenuFileError) as refused:
        read_policy(data, "policy.toml")
    assert any("title" in str(problem) for problem in refused.value.problems)


POLICY_FILE = paths.menus_dir() / "policies" / "barnet.toml"


@bad
def test_role_of_an_act_is_held_to_its_fact(text):
    facts = ActFacts(ActKind.SIGN, date(2026, 3, 2), date(2026, 3, 2), text, "Because")
    assert [problem.where.field for problem in act_checks._wrong(facts, date(2026, 3, 3))] == ["role"]
