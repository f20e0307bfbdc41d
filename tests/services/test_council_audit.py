"""Samples over all contracts: drawn from every accepted claim, checked claim by claim, and told of all of them."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from tests.services.council import begin, what_happened
from tests.services.deliveries import DECIDED_ON, Q1, Q2, UNTIL, accept, begin_signed, claim, delivered, enter, said
from tomsapp.domain.delivery.acts import DeliveryActKind
from tomsapp.domain.delivery.claims import accepted_claims
from tomsapp.domain.delivery.sample import Conclusion, draw
from tomsapp.domain.errors import MenuError
from tomsapp.services import edits
from tomsapp.services.audit import check_draw, conclude, draw_sample, take_out_sample
from tomsapp.services.audit_frame import open_council_audit
from tomsapp.services.audit_sheet import audit_sheet_of, audit_sheet_pdf, audit_sheet_workbook
from tomsapp.services.delivered_paper import paper_of
from tomsapp.services.delivery_decisions import take_back_decision
from tomsapp.services.failures import NotFound, StoreError
from tomsapp.services.workspace import Workspace
from tomsapp.store.contracts import ContractRepository

TODAY = date(2026, 10, 10)


@pytest.fixture
def two(ann, bob):
    """Two signed contracts with three accepted claims and one, a draft, and one without claims."""
    first, second = begin_signed(ann), begin_signed(ann, reference="C2", title="Parks")
    cash, hours = first.lines
    held = enter(ann, first, claim(cash, Q1, "25"), claim(cash, Q2, "20"), claim(hours, Q1, "10"))
    accept(bob, first, *held)
    accept(bob, second, *enter(ann, second, claim(second.lines[1], Q1, "10")))
    begin(ann, reference="C3")
    begin_signed(ann, reference="C4")
    return first, second


def audit_of(workspace, until=UNTIL, last=None):
    return open_council_audit(workspace, until, last)


def drawn(workspace, size=4, seed="plan 7"):
    return draw_sample(workspace, audit_of(workspace), seed, size, TODAY, "Half year")


def test_every_accepted_claim_of_signed_contracts_can_be_drawn(ann, two):
    audit = audit_of(ann)
    expected = [each for made in two for each in accepted_claims(delivered(ann, made).delivered)]
    assert [each.accepted for each in audit.claims(UNTIL)] == expected
    assert [each.contract for each in audit.claims(UNTIL)] == ["C1", "C1", "C1", "C2"]
    assert len(audit.claims(date(2026, 6, 30))) == 3, "of quarters that ended by the day"
    assert audit.claims(date(2026, 6, 29)) == ()
    assert (audit.name, audit.contract, audit.contract_id, audit.left_out) == ("all contracts", None, None, ())


def test_sample_is_drawn_by_the_same_rule_and_kept_with_no_contract(ann, bob, two):
    done = drawn(ann, 3)
    claims = {each.accepted.key: each for each in audit_of(ann).claims(UNTIL)}
    (view,) = audit_of(bob).samples
    assert view == done.result
    assert [each.delivery for each in view.drawn] == [claims[key].delivery for key in draw(claims, "plan 7", 3)]
    sample = view.sample.record
    assert (sample.claims, sample.size, sample.until) == (4, 3, UNTIL)
    assert sample.pounds == sum(each.accepted.pounds for each in claims.values())
    assert done.edit.label == "Draw a sample of 3 claims of all contracts"
    assert [made for made in two if delivered(ann, made).samples] == []
    assert paper_of(delivered(ann, two[0])).samples == ()
    edits.undo(ann, done.edit)
    assert audit_of(ann).samples == ()
    edits.redo(ann, done.edit)
    assert len(audit_of(ann).samples) == 1


def test_claims_of_two_contracts_are_concluded_and_told_together(ann, bob, two):
    drawn(ann)
    audit = audit_of(bob)
    sheet = audit_sheet_of(audit, audit.samples[0])
    assert {claim.contract for claim in sheet.claims} == {"C1", "C2"}
    of_second = next(claim for claim in sheet.claims if claim.contract == "C2")
    each = audit.samples[0].drawn[of_second.item.position - 1]
    done = conclude(bob, audit, each, Decimal(4), "Six lack a signature")
    assert (done.result.record.conclusion, done.result.record.found_pounds) == (
        Conclusion.SHOWN_IN_PART,
        each.item.record.pounds * 4 / 10,
    )
    assert done.changes.contracts == frozenset({two[1].id})
    label = f"Record what was found of claim {of_second.item.position} of a sample of all contracts"
    assert ("Bob", label, "audit_item", "changed") in what_happened(ann, two[1].id)
    now = audit_of(ann, last=audit)
    others = [other for other in now.samples[0].drawn if other.delivery != each.delivery]
    for other in others:
        conclude(ann, now, other, other.item.record.units)
    (view,) = audit_of(ann, last=now).samples
    assert view.result.words[0] == (
        "1 of 4 claims checked is not shown or in part only: 25.0%. These are all the accepted claims."
    )
    edits.undo(bob, done.edit)
    assert audit_of(ann).samples[0].drawn[of_second.item.position - 1].item.record.conclusion is None


def test_worksheet_can_be_printed_and_opened_as_a_workbook(ann, two):
    drawn(ann)
    audit = audit_of(ann)
    made = audit_sheet_pdf(ann, audit, audit.samples[0], TODAY)
    assert made.file_name == "All contracts audit worksheet 10 October 2026.pdf"
    name, book = audit_sheet_workbook(ann, audit, audit.samples[0], TODAY)
    assert (name, book[:2]) == ("All contracts audit worksheet 10 October 2026.xlsx", b"PK")


def test_sample_of_which_a_claim_was_checked_is_not_taken_out(ann, two):
    done = drawn(ann, 2)
    gone = take_out_sample(ann, audit_of(ann), done.result.sample)
    assert audit_of(ann).samples == ()
    edits.undo(ann, gone.edit)
    audit = audit_of(ann)
    conclude(ann, audit, audit.samples[0].drawn[0], Decimal(0), "Nothing is there")
    with pytest.raises(StoreError, match="not taken out"):
        take_out_sample(ann, audit_of(ann), audit.samples[0].sample)


def test_what_changed_since_it_was_read_is_not_drawn(ann, bob, two):
    audit = audit_of(ann)
    page = delivered(bob, two[0])
    take_back_decision(bob, page, page.acts[0], said(DeliveryActKind.TAKE_BACK), DECIDED_ON)
    with pytest.raises(StoreError, match="changed claims while the sample was drawn"):
        draw_sample(ann, audit, "plan 7", 4, TODAY)
    assert audit_of(ann).samples == ()
    again = audit_of(ann, last=audit)
    assert again.claims(UNTIL) == audit_of(ann).claims(UNTIL)
    assert len(again.claims(UNTIL)) == 3
    draw_sample(ann, again, "plan 7", 4, TODAY)


def test_what_did_not_change_is_not_read_again(ann, bob, two, monkeypatch):
    audit = audit_of(ann)
    accept(bob, two[1], *enter(ann, two[1], claim(two[1].lines[0], Q1, "10")))
    read = []
    as_it_is = type(ann.look().__enter__().deliveries).of
    monkeypatch.setattr(
        "tomsapp.store.deliveries.DeliveryRepository.of",
        lambda repository, number: (read.append(number), as_it_is(repository, number))[1],
    )
    again = audit_of(ann, last=audit)
    assert read == [two[1].id]
    assert [each.contract for each in again.claims(UNTIL)] == ["C1", "C1", "C1", "C2", "C2"]


def test_contract_that_cannot_be_read_is_named_and_left_out(ann, two, monkeypatch):
    drawn(ann)
    as_it_is, editions = Workspace.edition, ContractRepository.get

    def missing(workspace, menu, edition):
        if edition == "gone":
            raise MenuError("The menu edition is not here", "Install it")
        return as_it_is(workspace, menu, edition)

    def with_gone(contracts, number):
        stored = editions(contracts, number)
        return replace(stored, record=replace(stored.record, edition="gone")) if number == two[1].id else stored

    monkeypatch.setattr(Workspace, "edition", missing)
    monkeypatch.setattr(ContractRepository, "get", with_gone)
    audit = audit_of(ann)
    assert audit.left_out == ("C2 is left out: The menu edition is not here.",)
    assert {each.contract for each in audit.claims(UNTIL)} == {"C1"}
    sheet = audit_sheet_of(audit, audit.samples[0])
    assert sheet.has_changed
    assert sheet.left_out == audit.left_out
    lost = next(claim for claim in sheet.claims if not claim.contract)
    assert lost.measure == "A claim that was removed since"
    each = audit.samples[0].drawn[lost.item.position - 1]
    with pytest.raises(NotFound):
        conclude(ann, audit, each, Decimal(4), "Six lack a signature")


def test_a_seed_is_asked_about_when_it_was_used_before(ann, two):
    drawn(ann)
    assert [problem.code for problem in check_draw(audit_of(ann), "plan 7", 4, TODAY)] == ["seed-twice"]
    nothing = check_draw(audit_of(ann, date(2026, 5, 1)), "plan 8", 4, TODAY)
    assert [problem.code for problem in nothing] == ["sample-empty"]
