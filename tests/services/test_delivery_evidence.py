"""Evidence and person numbers stand with the claims in the one reading, and in the documents of what is decided."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from tests.services.council import Begun, promise, roads, sign
from tests.services.deliveries import DECIDED_ON, Q1, Q3, Q4, accepting, begin_signed, claim, delivered, enter
from tomsapp.domain.delivery.acts import DeliveryActFacts, DeliveryActKind
from tomsapp.domain.delivery.evidence import Evidence, EvidenceKind
from tomsapp.domain.delivery.people import DeliveryPerson
from tomsapp.domain.history import Stored
from tomsapp.services import commitments, contracts, delivery_acts
from tomsapp.services.delivery_decisions import decide
from tomsapp.services.evidence import attach, offered_file
from tomsapp.services.failures import StoreError
from tomsapp.services.workspace import Workspace
from tomsapp.store.kept import sha256_of

LETTER = b"We had three pupils for two weeks each."


@pytest.fixture
def jobs(ann):
    return begin_signed(ann, promise("J01", "4", "2"), promise("V01", "100", "100"))


def name(workspace: Workspace, made: Begun, held: Stored, *people: DeliveryPerson) -> None:
    with workspace.work("Name people") as uow:
        for person in people:
            uow.people.add(made.id, held.id, person)
        uow.commit()


def test_evidence_is_read_with_the_claims_that_it_is_offered_for(ann, bob, jobs):
    first, other = enter(ann, jobs, claim(jobs.lines[1]), claim(jobs.lines[1], Q3))
    page = delivered(ann, jobs)
    file = offered_file("letter.txt", LETTER, page.rules.record)
    attach(ann, page, Evidence("letter.txt", keep_until=date(2034, 3, 31), deliveries=frozenset({str(first.id)})), file)
    page = delivered(bob, jobs)
    (view,) = page.evidence_of(first.id)
    assert (view.evidence.record.name, view.stored.sha256) == ("letter.txt", sha256_of(LETTER))
    assert page.evidence_of(other.id) == ()
    decide(bob, page, [accepting(first)], DECIDED_ON)
    document = delivery_acts.read_document(bob, delivered(bob, jobs).acts[0])
    (seen,) = document.seen["evidence"]
    assert (seen["name"], seen["sha256"], seen["kind"]) == ("letter.txt", sha256_of(LETTER), "file")
    reference = Evidence("Payroll", EvidenceKind.REFERENCE, "Box 4", deliveries=frozenset({str(other.id)}))
    attach(ann, delivered(ann, jobs), reference)
    assert page.evidence_of(other.id) == (), "what was read stays as it was"


def test_people_s_own_days_say_what_is_accepted_for_good(ann, bob, jobs):
    (held,) = enter(ann, jobs, claim(jobs.lines[0], Q1, "2", new=Decimal(2)))
    name(ann, jobs, held, DeliveryPerson("P-001", date(2026, 4, 6)), DeliveryPerson("P-002", date(2026, 6, 1)))
    page = delivered(bob, jobs)
    assert [each.record.number for each in page.people[held.id]] == ["P-001", "P-002"]
    on = date(2027, 5, 1)
    with pytest.raises(StoreError, match="1 of it is earned on 1 May 2027, all of it on 1 June 2027"):
        decide(bob, page, [final(held, "2", on)], on)
    decide(bob, page, [final(held, "1", on)], on)
    seen = delivery_acts.read_document(bob, delivered(bob, jobs).acts[0]).seen
    assert [each["number"] for each in seen["people"]] == ["P-001", "P-002"]


def final(held: Stored, quantity: str, on: date) -> DeliveryActFacts:
    return replace(accepting(held, quantity, DeliveryActKind.ACCEPT), done_on=on)


def test_one_person_twice_is_found_in_this_contract_and_in_another_of_the_supplier(ann, jobs):
    first, later = enter(ann, jobs, claim(jobs.lines[0], Q1, "1"), claim(jobs.lines[0], Q3, "1"))
    name(ann, jobs, first, DeliveryPerson("P-001", date(2026, 4, 6)))
    name(ann, jobs, later, DeliveryPerson("p1", date(2026, 4, 6)))
    (problem,) = (each for each in delivered(ann, jobs).problems if each.code.startswith("person"))
    assert problem.code == "person-twice"
    assert problem.where.commitment == jobs.lines[0].record.key
    other = signed_of(ann, jobs, "C2")
    (held,) = enter(ann, other, claim(other.lines[0], Q4, "1"))
    name(ann, other, held, DeliveryPerson("P-001", date(2026, 4, 6)))
    (problem, *_) = (each for each in delivered(ann, other).problems if each.code.startswith("person"))
    assert problem.code == "person-twice-elsewhere"
    assert "J01 in Q1 (Apr to Jun 2026) of C1" in problem.message
    stranger = begin_signed(ann, promise("J01", "4", "2"), reference="C3")
    (held,) = enter(ann, stranger, claim(stranger.lines[0], Q4, "1"))
    name(ann, stranger, held, DeliveryPerson("P-001", date(2026, 4, 6)))
    assert not [each for each in delivered(ann, stranger).problems if each.code.startswith("person")]


def signed_of(workspace: Workspace, made: Begun, reference: str) -> Begun:
    """Another signed contract of the same supplier."""
    contract = contracts.add_contract(workspace, roads(reference), made.supplier.id).result
    lines = commitments.add_commitments(workspace, contract.id, [promise("J01", "4", "2")], "Add the offer").result
    sign(workspace, contract.id)
    return Begun(made.supplier, contract, lines)
