"""Delivered valuations that are published: signed, kept whole under a sealed act, and never made again."""

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from hashlib import sha256
from pathlib import Path

import pytest

from tests.services.council import promise, reopen, shipped
from tests.services.deliveries import (
    DECIDED_ON,
    Q1,
    Q2,
    Q3,
    Q4,
    UNTIL,
    accept,
    accepting,
    begin_signed,
    claim,
    delivered,
    enter,
)
from tests.services.varied import REASON, add_line, drafted, save_draft, sign_variation, with_quantity
from tomsapp.domain.delivery.acts import DeliveryActFacts, DeliveryActKind
from tomsapp.domain.delivery.published import DELIVERED_PAPER
from tomsapp.domain.variation import VariationLine
from tomsapp.domain.varied import ended
from tomsapp.reports.attachments import read_attachments
from tomsapp.reports.render import printed_text
from tomsapp.services import publishing
from tomsapp.services.changes import Done
from tomsapp.services.delivered_paper import DELIVERED_FILE
from tomsapp.services.delivery_acts import read_document
from tomsapp.services.delivery_decisions import decide
from tomsapp.services.failures import StoreError
from tomsapp.services.progress import Cancelled
from tomsapp.services.published_now import published_now
from tomsapp.services.publishing import list_papers, paper_bytes, publish, to_publish
from tomsapp.services.signers import PaperSignature
from tomsapp.services.verifying import verify_pdf
from tomsapp.services.workspace import Workspace

TODAY = date(2026, 10, 20)
WHY = "A claim of Q1 was taken back after it"


def facts(quarter=Q2, reason: str = "", **others) -> DeliveryActFacts:
    given = {"done_on": TODAY, "role": "Contract manager", "quarter": quarter, "reason": reason}
    return DeliveryActFacts(DeliveryActKind.PUBLISH, **(given | others))


def published(workspace: Workspace, contract_id: int, said_: DeliveryActFacts | None = None) -> Done:
    return publish(workspace, to_publish(workspace, contract_id), said_ or facts(), on=TODAY)


@pytest.fixture
def made(ann: Workspace, bob: Workspace):
    begun = begin_signed(ann)
    cash, _hours = enter(ann, begun, claim(begun.lines[0]), claim(begun.lines[1], claimed="8"))
    accept(bob, begun, cash)
    return begun


def test_what_is_published_is_signed_kept_whole_and_holds_elsewhere(ann: Workspace, made, tmp_path: Path):
    done = published(ann, made.id)
    paper = done.result
    assert (paper.until, paper.number, paper.replaces, paper.by) == (UNTIL, 1, None, "Ann")
    assert paper.published_on == TODAY
    data = paper_bytes(ann, paper.id)
    assert (sha256(data).hexdigest(), len(data)) == (paper.sha256, paper.size)
    text = printed_text(data)
    assert "Frozen on 20 October 2026 by Ann. Version 1." in text
    assert "DRAFT" not in text
    path = tmp_path / "paper.pdf"
    path.write_bytes(data)
    found = verify_pdf(shipped(), path)
    assert found.holds
    assert any(line.startswith("Unchanged since it was signed: yes") for line in found.told)


def test_it_is_kept_under_an_act_whose_document_names_its_bytes_and_undo_stops_at_it(ann: Workspace, made):
    done = published(ann, made.id)
    page = delivered(ann, made)
    act = next(each for each in page.acts if each.id == done.result.act)
    assert (act.kind, act.by, act.role, act.quarter, act.done_on) == (
        DeliveryActKind.PUBLISH,
        "Ann",
        "Contract manager",
        Q2,
        TODAY,
    )
    document = read_document(ann, act)
    assert document.paper is not None
    assert (document.paper.sha256, document.paper.size) == (done.result.sha256, done.result.size)
    assert (document.paper.until, document.paper.number) == (UNTIL, 1)
    assert done.edit is not None
    assert done.edit.stop == "Published on 20 October 2026. Undo stops here"
    assert {change.kind for change in done.edit.records} >= {DELIVERED_PAPER}


def test_a_replacement_names_what_it_replaces_and_both_stay(ann: Workspace, bob: Workspace, made):
    first = published(ann, made.id).result
    before = paper_bytes(ann, first.id)
    hours = delivered(ann, made).find(made.lines[1].record.key, Q1)
    accept(bob, made, hours)
    with pytest.raises(StoreError, match="The reason says too little"):
        published(ann, made.id)
    second = published(ann, made.id, facts(reason=WHY)).result
    assert (second.number, second.replaces, second.reason) == (2, first.id, WHY)
    text = printed_text(paper_bytes(ann, second.id))
    assert f"Version 2, replaces version 1 of 20 October 2026 ({WHY})." in text
    assert paper_bytes(ann, first.id) == before
    assert [paper.id for paper in list_papers(ann, made.id)] == [first.id, second.id]
    # Another day begins with a first one.
    assert published(ann, made.id, facts(Q1)).result.number == 1


def varied_since(workspace: Workspace, contract_id: int, effective_on: date, *lines: VariationLine) -> None:
    page = drafted(workspace, contract_id)
    draft = replace(page.stored.record, reason=REASON, effective_on=effective_on, lines=())
    for line in lines:
        draft = draft.with_line(line)
    save_draft(workspace, page.stored, draft, contract_id)
    sign_variation(workspace, contract_id)


def test_a_line_that_a_variation_adds_stands_beside_what_was_published(ann: Workspace, made):
    paper = published(ann, made.id).result
    varied_since(ann, made.id, date(2026, 10, 1), add_line("S08", "4", "4"))
    now = published_now(ann, paper)
    assert not any(each.change for each in now.pounds.values()), "nothing of it was due by then"
    (line,) = now.lines
    assert (line.number, line.measure, line.rating, line.rating_now) == (3, "S08", "not in the contract then", "Other")
    assert (line.units.then, line.units.now, line.pounds.then, line.pounds.now) == (None, 0, None, 0)
    (told,) = now.since
    assert told.startswith("Varied on ")
    assert line.why == now.since


def test_a_line_that_a_variation_ends_is_told_where_what_was_due_by_then_is_otherwise(ann: Workspace, made):
    paper = published(ann, made.id).result
    contract = delivered(ann, made).contract
    _cash, hours = (line.record for line in delivered(ann, made).commitments)
    varied_since(ann, made.id, date(2027, 4, 1), ended(hours, contract, date(2027, 4, 1)))
    now = published_now(ann, paper)
    assert (now.lines, now.is_same) == ((), True), "what was due by then stays due"
    assert len(now.since) == 1


def test_what_becomes_less_due_by_a_variation_that_took_effect_before_says_so(ann: Workspace, made):
    paper = published(ann, made.id).result
    _cash, hours = (line.record for line in delivered(ann, made).commitments)
    varied_since(ann, made.id, date(2026, 8, 1), with_quantity(hours, 0, "12", 2))
    now = published_now(ann, paper)
    (line,) = now.lines
    assert (line.number, line.rating) == (2, "Inadequate, 0.0%")
    assert now.pounds["due"].change < 0
    assert line.why == now.since
    assert now.since[0].startswith("Varied on ")


def test_a_line_whose_number_another_has_now_is_gone_and_the_other_is_new(ann: Workspace, made):
    varied_since(ann, made.id, date(2026, 7, 1), add_line("S08", "4", "4"))
    paper = published(ann, made.id).result
    reopen(ann, made.id)
    varied_since(ann, made.id, date(2026, 7, 1), add_line("V02", "4", "4"))
    now = published_now(ann, paper)
    gone, new = (line for line in now.lines if line.number == 3)
    assert (gone.measure, gone.rating_now, gone.units.now) == ("S08", "not in the contract any more", None)
    assert (new.measure, new.rating, new.units.then) == ("V02", "not in the contract then", None)
    assert len(now.since) == 2


def test_what_is_decided_later_stands_beside_what_was_published(ann: Workspace, bob: Workspace, made):
    paper = published(ann, made.id).result
    assert published_now(ann, paper).is_same
    hours = delivered(ann, made).find(made.lines[1].record.key, Q1)
    decide(bob, delivered(bob, made), [accepting(hours, "8")], DECIDED_ON)
    now = published_now(ann, paper)
    assert not now.is_same
    assert (now.pounds["accepted"].then, now.pounds["accepted"].now) == (Decimal("25.00"), Decimal("149.72"))
    assert now.pounds["accepted"].change == Decimal("124.72")
    (line,) = now.lines
    assert (line.number, line.measure, line.units.then, line.units.now) == (2, "V04", 0, 8)
    assert (line.rating, line.rating_now) == ("Inadequate, 0.0%", "Inadequate, 40.0%")
    assert line.why == ("Accepted on 5 October 2026 by Bob, Contract manager: 8, V04, Q1 of year 1",)
    assert now.since == line.why
    # The paper itself says what it said.
    stated = json.loads(read_attachments(paper_bytes(ann, paper.id))[DELIVERED_FILE])["figures"]
    assert stated["pounds"]["accepted"] == "25.00"
    assert now.replaced_by is None
    newer = published(ann, made.id, facts(reason=WHY)).result
    assert published_now(ann, paper).replaced_by == newer
    assert published_now(ann, newer).is_same


def test_it_is_published_only_as_it_was_read(ann: Workspace, bob: Workspace, made):
    ready = to_publish(ann, made.id)
    hours = delivered(bob, made).find(made.lines[1].record.key, Q1)
    accept(bob, made, hours)
    with pytest.raises(StoreError, match="Somebody changed what is delivered under C1 after it was read"):
        publish(ann, ready, facts(), on=TODAY)
    assert list_papers(ann, made.id) == []
    assert not [act for act in delivered(ann, made).acts if act.kind is DeliveryActKind.PUBLISH]


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"quarter": None}, "It is to no last day of a quarter"),
        ({"quarter": Q3}, r"Q3 \(Oct to Dec 2026\) ends on 31 December 2026, which has not come yet"),
        ({"role": ""}, "role"),
        ({"done_on": date(2026, 10, 21)}, "21 October 2026 has not come yet"),
        ({"done_on": date(2026, 9, 1)}, "1 September 2026 is before 30 September 2026"),
    ],
)
def test_what_must_be_put_right_before(ann: Workspace, made, wrong, message):
    ready = to_publish(ann, made.id)
    with pytest.raises(StoreError, match=message):
        publish(ann, ready, replace(facts(), **wrong), on=TODAY)
    assert [each.quarter for each in ready.quarters(TODAY)] == [Q2, Q1]
    assert ready.check(facts(), TODAY) == []


def test_what_cannot_be_signed_is_not_published(ann: Workspace, made, monkeypatch):
    unsigned = PaperSignature("Not signed: the certificate of Larkmere was valid until 1 May 2026. Choose another.")
    monkeypatch.setattr(publishing, "signed", lambda _workspace, data: (data, unsigned))
    with pytest.raises(StoreError, match=r"Nothing was published\. Not signed: the certificate of Larkmere"):
        published(ann, made.id)
    locked = PaperSignature("Not signed: the key asks for its password.", wants_password=True)
    monkeypatch.setattr(publishing, "signed", lambda _workspace, data: (data, locked))
    with pytest.raises(StoreError, match="Nothing was published") as refused:
        published(ann, made.id)
    assert refused.value.fix == "Enter its password"
    assert list_papers(ann, made.id) == []


def test_who_stops_it_has_published_nothing(ann: Workspace, made):
    class Stopped:
        def report(self, *_given) -> None:
            raise Cancelled

    with pytest.raises(Cancelled):
        publish(ann, to_publish(ann, made.id), facts(), Stopped(), on=TODAY)
    assert list_papers(ann, made.id) == []


def test_per_cents_of_several_years_are_told_by_their_rating_alone(ann: Workspace, bob: Workspace):
    begun = begin_signed(ann, promise("R03", "30", "30"), promise("V01", "100", "100"))
    (share,) = enter(ann, begun, claim(begun.lines[0], Q4, "30"))
    on = date(2027, 4, 20)
    paper = publish(ann, to_publish(ann, begun.id), facts(Q4, done_on=on), on=on).result
    accept(bob, begun, share)
    (line,) = published_now(ann, paper).lines
    assert (line.measure, line.units) == ("R03", None)
    assert (line.rating, line.rating_now) == ("Inadequate, 0.0%", "Good, 100.0%")
