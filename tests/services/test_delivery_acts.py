"""Claims are decided, shortfalls agreed and plans accepted by sealed acts, and each is taken back by one of its own."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from tests.services.council import promise, what_happened
from tests.services.deliveries import (
    DECIDED_ON,
    Q1,
    Q2,
    Q3,
    Q4,
    WHY,
    accept,
    accepting,
    begin_signed,
    claim,
    delivered,
    enter,
    said,
)
from tomsapp.domain.commitment import COMMITMENT
from tomsapp.domain.delivery.acts import DELIVERY_ACT, DeliveryActKind
from tomsapp.domain.delivery.delivery import DELIVERY, DeliveryState
from tomsapp.domain.delivery.improving import improvements
from tomsapp.domain.delivery.plan import PlanEntry
from tomsapp.domain.delivery.plan_versions import plan_differences
from tomsapp.domain.delivery.quarters import Quarter
from tomsapp.domain.problems import Severity
from tomsapp.exchange.delivery_act_json import read_delivery_act
from tomsapp.services import delivery_acts, edits, history
from tomsapp.services.changes import ALL_CHANGED, Changes
from tomsapp.services.checking import check
from tomsapp.services.delivery_agreements import agree, take_back_agreement, tell_to_improve
from tomsapp.services.delivery_changes import after_decision, are_of_delivery
from tomsapp.services.delivery_claims import remove_claims, save_claim
from tomsapp.services.delivery_decisions import decide, take_back_decision
from tomsapp.services.delivery_plan_acts import check_plan_act, past_changes, seal_plan, take_back_plan_act
from tomsapp.services.delivery_plan_versions import plan_versions
from tomsapp.services.delivery_plans import check_plan, plan_in_force_of, save_plan, working_plan
from tomsapp.services.delivery_rules import RULES_OF_DELIVERY
from tomsapp.services.failures import EditConflict, NotFound, StoreError

K = DeliveryActKind
BACK = said(K.TAKE_BACK, reason="The wrong claim was chosen here")
AGREED = {"supplier_by": "J. Smith", "supplier_on": date(2026, 10, 2), "cause": "Left after five weeks"}


@pytest.fixture
def made(ann):
    return begin_signed(ann)


@pytest.fixture
def held(ann, made):
    """25 claimed and evidenced in Q1 of the first commitment, by Ann."""
    return enter(ann, made, claim(made.lines[0]))[0]


def now(workspace, made):
    return [each.record for each in delivered(workspace, made).deliveries]


# Decisions


def test_claim_is_accepted_with_a_document_of_all_that_was_seen(bob, made, held):
    done = decide(bob, delivered(bob, made), [accepting(held)], DECIDED_ON)
    (stored,) = done.result
    assert (stored.record.accepted, stored.record.state) == (Decimal(25), DeliveryState.DECIDED)
    page = delivered(bob, made)
    assert page.deliveries == (stored,)
    (act,) = page.acts_of(held.id)
    assert (act.by, act.words) == ("Bob", "Accepted on 5 October 2026 by Bob, Contract manager")
    assert (act.commitment, act.quarter, act.quantity) == (held.record.commitment, Q1, Decimal(25))
    document = delivery_acts.read_document(bob, act)
    assert (document.before, document.after, document.by) == (held.record, stored.record, "Bob")
    (line,) = document.seen["lines"]
    assert (line["units"]["due"], line["units"]["accepted"], line["rating"]) == ("50", "0", "Inadequate")
    assert document.seen["contract"]["reference"] == "C1"
    assert delivery_acts.is_whole(act, delivery_acts.document_bytes(bob, act))
    label = f"Accept 25 of Q1 (Apr to Jun 2026) of V01 for C1: {WHY}"
    assert {("Bob", label, "delivery", "changed"), ("Bob", label, "delivery_act", "added")} <= set(
        what_happened(bob, made.id)
    )


def test_undo_stops_at_an_act_and_says_what_to_do_instead(bob, made, held):
    done = decide(bob, delivered(bob, made), [accepting(held)], DECIDED_ON)
    with pytest.raises(StoreError, match=r"5 October 2026\. Undo stops here\. Take it back, with the reason"):
        edits.undo(bob, done.edit)
    assert done.changes.contracts == {made.id}


def test_whole_quarter_is_decided_at_once_and_one_claim_in_parts(bob, ann, made, held):
    (hours,) = enter(ann, made, claim(made.lines[1], Q1, "10", evidenced=Decimal(8)))
    reject = said(K.REJECT, delivery=hours.id, quantity=Decimal(2))
    wanted = [accepting(held), accepting(hours, "5"), reject, accepting(hours, "3")]
    done = decide(bob, delivered(bob, made), wanted, DECIDED_ON)
    assert done.edit.label == f"Accept 2 claims for C1: {WHY}"
    first, second = now(bob, made)
    assert (first.accepted, second.accepted, second.rejected, second.state) == (25, 8, 2, DeliveryState.DECIDED)
    assert [act.kind for act in delivered(bob, made).acts_of(hours.id)] == [K.ACCEPT, K.REJECT, K.ACCEPT]
    assert check(bob.database.target) == []


def test_all_are_decided_or_none(bob, ann, made, held):
    (hours,) = enter(ann, made, claim(made.lines[1], Q1, "10", evidenced=Decimal(8)))
    page = delivered(bob, made)
    save_claim(ann, delivered(ann, made), hours, replace(hours.record, claimed=Decimal(11)))
    with pytest.raises(EditConflict):
        decide(bob, page, [accepting(held), accepting(hours)], DECIDED_ON)
    assert [each.accepted for each in now(bob, made)] == [0, 0]
    assert delivered(bob, made).acts == ()


def test_more_than_the_evidence_shows_is_not_accepted_twice(bob, made, held):
    with pytest.raises(StoreError, match="is more than 10"):
        decide(bob, delivered(bob, made), [accepting(held, "15"), accepting(held, "15")], DECIDED_ON)
    assert now(bob, made)[0].accepted == 0


WRONG = [
    ({"reason": "no"}, "The reason says too little"),
    ({"role": ""}, "The act of delivery has no role"),
    ({"quantity": None}, "It says no quantity"),
    ({"done_on": date(2030, 1, 1)}, "has not come yet"),
    ({"kind": K.CONFIRM}, "which is all that it can be"),
]


@pytest.mark.parametrize(("changes", "message"), WRONG)
def test_act_that_says_too_little_is_not_done(bob, made, held, changes, message):
    with pytest.raises(StoreError, match=message):
        decide(bob, delivered(bob, made), [replace(accepting(held, "5"), **changes)], DECIDED_ON)
    assert delivered(bob, made).acts == ()


def test_who_entered_a_claim_accepts_it_only_where_the_council_lets_them(ann, made, held):
    with pytest.raises(StoreError, match="Ann entered this claim, and somebody else accepts it"):
        accept(ann, made, held)
    rules = RULES_OF_DELIVERY.get(ann, 1)
    RULES_OF_DELIVERY.save(ann, rules, replace(rules.record, may_accept_own=True))
    accept(ann, made, held)
    page = delivered(ann, made)
    assert page.own_acceptances == page.acts


def test_nobody_else_s_acceptance_is_an_exception(bob, made, held):
    accept(bob, made, held)
    assert delivered(bob, made).own_acceptances == ()


def test_decided_claim_is_neither_changed_nor_removed(ann, bob, made, held):
    (accepted,) = accept(bob, made, held)
    page = delivered(ann, made)
    with pytest.raises(StoreError, match=r"so it is not changed\. Take that back first"):
        save_claim(ann, page, accepted, replace(accepted.record, claimed=Decimal(30)))
    with pytest.raises(StoreError, match=r"so it is not removed\. Take that back first"):
        remove_claims(ann, page, [accepted])


def test_undo_of_an_edit_stops_once_it_is_decided(ann, bob, made):
    done = save_claim(ann, delivered(ann, made), None, claim(made.lines[0]))
    accept(bob, made, done.result)
    with pytest.raises(EditConflict):
        edits.undo(ann, done.edit)


def test_more_evidence_comes_to_what_is_decided_in_part(ann, bob, made):
    (held,) = enter(ann, made, claim(made.lines[0], evidenced=Decimal(10)))
    (part,) = accept(bob, made, held)
    assert (part.record.accepted, part.record.state) == (10, DeliveryState.CLAIMED)
    save_claim(ann, delivered(ann, made), part, replace(part.record, evidenced=Decimal(25)))
    page = delivered(ann, made)
    less = replace(part.record, claimed=Decimal(10), evidenced=Decimal(10))
    with pytest.raises(StoreError, match="nothing of it would wait for a decision"):
        save_claim(ann, page, page.deliveries[0], less)


def test_provisional_acceptance_is_confirmed_or_lapses(ann, bob):
    made = begin_signed(ann, promise("J01", "4", "0"))
    (held,) = enter(ann, made, claim(made.lines[0], Q1, "3"))
    with pytest.raises(StoreError, match="is earned on 5 October 2026"):
        accept(bob, made, held)
    decide(bob, delivered(bob, made), [accepting(held, "3", K.ACCEPT_PROVISIONALLY)], DECIDED_ON)
    (record,) = now(bob, made)
    assert (record.accepted, record.provisional, record.final) == (3, 3, 0)
    later = date(2027, 9, 1)
    lapse = said(K.LAPSE, delivery=held.id, quantity=Decimal(1), done_on=later)
    confirm = said(K.CONFIRM, delivery=held.id, quantity=Decimal(2), done_on=later)
    decide(bob, delivered(bob, made), [lapse, confirm], later)
    (record,) = now(bob, made)
    assert (record.accepted, record.provisional, record.rejected) == (2, 0, 1)
    accepted, lapsed, _ = delivered(bob, made).acts_of(held.id)
    back = replace(BACK, done_on=later)
    with pytest.raises(StoreError, match="What was decided later rests on it"):
        take_back_decision(bob, delivered(bob, made), accepted, back, later)
    take_back_decision(bob, delivered(bob, made), lapsed, back, later)
    (record,) = now(bob, made)
    assert (record.accepted, record.provisional, record.rejected) == (3, 1, 0)


def test_claim_is_withdrawn_and_that_is_taken_back(ann, bob, made, held):
    decide(bob, delivered(bob, made), [said(K.WITHDRAW, delivery=held.id)], DECIDED_ON)
    (record,) = now(bob, made)
    assert record.state is DeliveryState.WITHDRAWN
    page = delivered(bob, made)
    assert page.delivered.lines[0].units.withdrawn == 25
    done = take_back_decision(bob, page, page.acts[0], BACK, DECIDED_ON)
    assert done.edit.label == (
        "Take back “withdrawn” of Q1 (Apr to Jun 2026) of V01 for C1: The wrong claim was chosen here"
    )
    assert done.result.record == held.record
    with pytest.raises(StoreError, match="does not stand any more"):
        take_back_decision(bob, delivered(bob, made), page.acts[0], BACK, DECIDED_ON)
    act = delivered(bob, made).acts[-1]
    assert (act.kind, act.reverses) == (K.TAKE_BACK, page.acts[0].id)
    assert delivery_acts.read_document(bob, act).reverses == page.acts[0].sha256
    assert check(bob.database.target) == []


def test_there_is_something_to_decide(bob, made, held):
    for wanted in ([], [said(K.ACCEPT, delivery=999)], [said(K.MONEY, delivery=held.id)]):
        with pytest.raises(NotFound):
            decide(bob, delivered(bob, made), wanted, DECIDED_ON)


def test_what_is_likely_said_is_proposed(bob, made, held):
    assert delivery_acts.proposed(bob, K.ACCEPT).role == ""
    accept(bob, made, held)
    proposed = delivery_acts.proposed(bob, K.REJECT)
    assert (proposed.kind, proposed.role) == (K.REJECT, "Contract manager")


# Agreements


def shortfall(made, kind, **changes):
    return said(kind, **{"commitment": made.lines[1].record.key, "quarter": Q2, **AGREED, **changes})


def test_shortfall_is_carried_settled_and_taken_back(bob, made):
    page = delivered(bob, made)
    assert page.delivered.lines[1].shortfall.units == 20
    number = agree(bob, page, shortfall(made, K.CARRY, quantity=Decimal(8), carried_to=Q4), DECIDED_ON).result
    page = delivered(bob, made)
    (act,) = page.agreements
    assert (act.id, act.supplier_by, act.carried_to, act.cause) == (number, "J. Smith", Q4, "Left after five weeks")
    line = page.delivered.lines[1].shortfall
    assert (line.units, line.agreed_units) == (20, 8)
    with pytest.raises(StoreError, match="13 is more than 12"):
        agree(bob, page, shortfall(made, K.CARRY, quantity=Decimal(13), carried_to=Q4), DECIDED_ON)
    done = take_back_agreement(bob, page, act, BACK, DECIDED_ON)
    assert done.edit.label == (
        "Take back “carried forward” of V04 to Q2 (Jul to Sep 2026) for C1: The wrong claim was chosen here"
    )
    assert delivered(bob, made).delivered.lines[1].shortfall.agreed_units == 0
    with pytest.raises(StoreError, match="does not stand any more"):
        take_back_agreement(bob, delivered(bob, made), act, BACK, DECIDED_ON)


def test_surplus_of_another_commitment_is_a_substitute_once(ann, bob, made):
    (held,) = enter(ann, made, claim(made.lines[0], Q1, "500"))
    accept(bob, made, held)
    cash, hours = (line.record.key for line in made.lines)
    wanted = shortfall(made, K.SUBSTITUTE, quantity=Decimal(30), other_commitment=cash)
    agree(bob, delivered(bob, made), wanted, DECIDED_ON)
    page = delivered(bob, made)
    (agreed,) = page.delivered.lines[1].shortfall.agreed
    assert (agreed.used, agreed.act.other_commitment) == (30, cash)
    with pytest.raises(StoreError, match="421 is more than 420"):
        agree(bob, page, replace(wanted, quantity=Decimal(421)), DECIDED_ON)
    document = delivery_acts.read_document(bob, page.agreements[0])
    assert [line["commitment"] for line in document.seen["lines"]] == [cash, hours]


def test_agreement_rests_on_what_was_shown(ann, bob, made):
    page = delivered(bob, made)
    enter(ann, made, claim(made.lines[1], Q1, "5"))
    wanted = shortfall(made, K.LEAVE_OPEN)
    with pytest.raises(StoreError, match="Somebody changed what is delivered under C1"):
        agree(bob, page, wanted, DECIDED_ON)
    assert agree(bob, delivered(bob, made), wanted, DECIDED_ON).result
    with pytest.raises(StoreError, match="Accept is no agreement"):
        agree(bob, delivered(bob, made), said(K.ACCEPT), DECIDED_ON)


def test_agreement_names_both_sides(bob, made):
    with pytest.raises(StoreError, match="does not say who agreed for the supplier"):
        agree(bob, delivered(bob, made), shortfall(made, K.LEAVE_OPEN, supplier_by=""), DECIDED_ON)
    with pytest.raises(StoreError, match="It says no shortfall"):
        agree(bob, delivered(bob, made), shortfall(made, K.LEAVE_OPEN, quarter=Quarter(9, 1)), DECIDED_ON)


def test_supplier_is_told_to_improve_and_it_is_kept_whether_it_did(bob, made):
    until = date(2026, 12, 31)
    with pytest.raises(StoreError, match="does not say until when"):
        tell_to_improve(bob, delivered(bob, made), said(K.TELL_TO_IMPROVE), DECIDED_ON)
    tell_to_improve(bob, delivered(bob, made), said(K.TELL_TO_IMPROVE, improve_by=until), DECIDED_ON)
    (act,) = delivered(bob, made).acts
    assert (act.kind.done, act.done_on, act.improve_by) == ("Told to improve", DECIDED_ON, until)
    assert delivery_acts.read_document(bob, act).facts.improve_by == until
    with pytest.raises(StoreError, match="The opportunity runs until 31 December 2026"):
        tell_to_improve(bob, delivered(bob, made), said(K.NOT_IMPROVED), DECIDED_ON)
    seen_on = date(2027, 1, 4)
    tell_to_improve(bob, delivered(bob, made), said(K.NOT_IMPROVED, done_on=seen_on), seen_on)
    page = delivered(bob, made)
    with pytest.raises(StoreError, match="said already whether the supplier improved"):
        take_back_agreement(bob, page, page.acts[0], said(K.TAKE_BACK, done_on=seen_on), seen_on)
    (found,) = improvements(page.acts)
    assert found.notice_by == date(2027, 2, 3)
    assert check(bob.database.target) == []
    with pytest.raises(StoreError, match="does not tell anybody to improve"):
        tell_to_improve(bob, delivered(bob, made), said(K.ACCEPT), DECIDED_ON)


def test_document_of_an_act_before_the_opportunity_was_kept_is_read(bob, made):
    tell_to_improve(bob, delivered(bob, made), said(K.TELL_TO_IMPROVE, improve_by=date(2026, 12, 31)), DECIDED_ON)
    (act,) = delivered(bob, made).acts
    data = delivery_acts.document_bytes(bob, act)
    earlier = data.replace(b'"improve_by":"2026-12-31",', b"").replace(b'"improve_by": "2026-12-31",', b"")
    assert earlier != data
    assert read_delivery_act(earlier).facts.improve_by is None


# Plans


def plan(made, line, *quantities):
    key = made.lines[line].record.key
    return [
        (None, PlanEntry(key, quarter, Decimal(text), "Ask three schools"))
        for quarter, text in zip((Q1, Q2, Q3, Q4), quantities, strict=True)
    ]


def by_quarter(page, line):
    key = page.commitments[line].record.key
    return [page.plan[key].quantities[quarter] for quarter in (Q1, Q2, Q3, Q4)]


def test_plan_is_worked_on_proposed_returned_and_accepted_with_its_versions(ann, bob, made):
    done = save_plan(ann, delivered(ann, made), plan(made, 1, "0", "10", "10", "20"))
    assert done.edit.label == "Change the delivery plan of C1"
    assert by_quarter(delivered(ann, made), 1) == [10, 10, 10, 10]
    seal_plan(ann, delivered(ann, made), said(K.PROPOSE_PLAN), DECIDED_ON)
    seal_plan(bob, delivered(bob, made), said(K.RETURN_PLAN, reason="Too much of it comes last"), DECIDED_ON)
    with pytest.raises(StoreError, match="No plan is proposed for C1"):
        seal_plan(bob, delivered(bob, made), said(K.ACCEPT_PLAN), DECIDED_ON)
    seal_plan(ann, delivered(ann, made), said(K.PROPOSE_PLAN), DECIDED_ON)
    seal_plan(bob, delivered(bob, made), said(K.ACCEPT_PLAN), DECIDED_ON)
    page = delivered(bob, made)
    assert (by_quarter(page, 1), page.plan_version) == ([0, 10, 10, 20], 1)
    assert page.delivered.lines[1].units.due == 10
    assert [act.kind for act in page.plan_acts] == [K.PROPOSE_PLAN, K.RETURN_PLAN, K.PROPOSE_PLAN, K.ACCEPT_PLAN]
    document = delivery_acts.read_document(bob, page.plan_acts[-1])
    assert document.plan == page.accepted_plan
    assert document.plan[-1].quantity == 10


def test_version_before_holds_again_where_an_acceptance_is_taken_back(ann, made):
    for quantities in (("40", "0", "0", "0"), ("0", "0", "0", "40")):
        page = delivered(ann, made)
        held = {each.record.quarter: each for each in page.planned}
        save_plan(ann, page, [(held.get(entry.quarter), entry) for _, entry in plan(made, 1, *quantities)])
        seal_plan(ann, delivered(ann, made), said(K.PROPOSE_PLAN), DECIDED_ON)
        seal_plan(ann, delivered(ann, made), said(K.ACCEPT_PLAN), DECIDED_ON)
    seen = []
    for _ in range(2):
        page = delivered(ann, made)
        seen.append(by_quarter(page, 1))
        last = [act for act in page.plan_acts if act.kind is K.ACCEPT_PLAN][-1]
        take_back_plan_act(ann, page, last, BACK, DECIDED_ON)
    assert seen == [[0, 0, 0, 40], [40, 0, 0, 0]]
    page = delivered(ann, made)
    assert (by_quarter(page, 1), page.accepted_plan, page.plan_version) == ([10, 10, 10, 10], (), 0)
    assert check(ann.database.target) == []


def test_plan_that_does_not_add_up_is_not_proposed(ann, made):
    save_plan(ann, delivered(ann, made), plan(made, 1, "0", "10", "10", "19"))
    page = delivered(ann, made)
    assert [problem.code for problem in check_plan(page, working_plan(page))] == ["plan-sum"]
    with pytest.raises(StoreError, match="V04: 39 is planned for 2026/27, and 40 is promised"):
        seal_plan(ann, page, said(K.PROPOSE_PLAN), DECIDED_ON)
    with pytest.raises(StoreError, match="Money is no act on a plan"):
        seal_plan(ann, page, shortfall(made, K.MONEY, amount=Decimal(1)), DECIDED_ON)


def test_plan_is_undone_like_any_edit_and_nothing_wrong_is_saved(ann, bob, made):
    done = save_plan(ann, delivered(ann, made), plan(made, 1, "0", "10", "10", "20"))
    edits.undo(ann, done.edit)
    assert delivered(ann, made).planned == ()
    edits.redo(ann, done.edit)
    page = delivered(ann, made)
    assert len(page.planned) == 4
    same = save_plan(ann, page, [(each, each.record) for each in page.planned])
    assert (same.result, same.edit) == (page.planned, None)
    with pytest.raises(EditConflict):
        save_plan(bob, page, plan(made, 1, "0", "10", "10", "20"))
    first, second, *_ = page.planned
    both = [(first, first.record), (second, replace(second.record, risk="Holidays"))]
    assert save_plan(bob, page, both).result[0] == first
    with pytest.raises(StoreError, match="below zero"):
        save_plan(ann, page, [(first, replace(first.record, quantity=Decimal(-1)))])


def test_plan_that_moves_what_was_due_needs_its_reason(ann, made):
    save_plan(ann, delivered(ann, made), plan(made, 1, "0", "10", "10", "20"))
    page = delivered(ann, made)
    without = said(K.PROPOSE_PLAN, reason="")
    found = check_plan_act(page, without, working_plan(page), "ann", DECIDED_ON)
    assert [(each.code, each.severity, each.where.field) for each in found] == [
        ("plan-past", Severity.WARNING, "reason"),
        ("reason-short", Severity.ERROR, "reason"),
    ]
    assert found[0].message == "V04: Q1 (Apr to Jun 2026) has ended with 10 due, and the plan makes it 0"
    with pytest.raises(StoreError, match="The reason says too little"):
        seal_plan(ann, page, without, DECIDED_ON)
    back = said(K.RETURN_PLAN, reason="Too much of it comes last")
    assert check_plan_act(page, back, (), "ann", DECIDED_ON) == []
    seal_plan(ann, page, said(K.PROPOSE_PLAN), DECIDED_ON)
    assert past_changes(delivered(ann, made), plan_in_force_of(page), DECIDED_ON) == []


def test_versions_of_a_plan_are_kept_with_all_their_entries(ann, made):
    save_plan(ann, delivered(ann, made), plan(made, 1, "0", "10", "10", "20"))
    for kind in (K.PROPOSE_PLAN, K.ACCEPT_PLAN):
        seal_plan(ann, delivered(ann, made), said(kind), DECIDED_ON)
    page = delivered(ann, made)
    take_back_plan_act(ann, page, page.plan_acts[-1], BACK, DECIDED_ON)
    usual, proposed, accepted, now = plan_versions(ann, delivered(ann, made))
    assert (usual.name, now.name) == ("Default split", "As it is worked on")
    assert proposed.name.startswith("Plan proposed on 5 October 2026 by ")
    assert (proposed.is_taken_back, accepted.is_taken_back) == (False, True)
    assert plan_differences(proposed.entries, accepted.entries) == []
    changed = plan_differences(usual.entries, now.entries)
    quantities = [(each.quarter, each.before, each.after) for each in changed if each.fact.name == "quantity"]
    assert quantities == [(Q1, 10, 0), (Q4, 10, 20)]
    assert {each.after for each in changed if each.fact.name == "action"} == {"Ask three schools"}


def test_contract_after_a_decision_is_the_one_that_is_read_again(ann, bob, made, held):
    page = delivered(bob, made)
    done = decide(bob, page, [accepting(held)], DECIDED_ON)
    after, again = after_decision(bob, page, done.result), delivered(bob, made)
    assert (after.deliveries, after.acts, after.delivered) == (again.deliveries, again.acts, again.delivered)
    back = take_back_decision(bob, after, after.acts[-1], BACK, DECIDED_ON)
    after, again = after_decision(bob, after, [back.result]), delivered(bob, made)
    assert (after.deliveries, after.acts, after.delivered) == (again.deliveries, again.acts, again.delivered)


def test_changes_of_deliveries_alone_are_told_apart():
    assert are_of_delivery(Changes(frozenset({DELIVERY, DELIVERY_ACT}), frozenset({1})))
    assert not are_of_delivery(Changes(frozenset({DELIVERY, COMMITMENT}), frozenset({1})))
    assert not are_of_delivery(ALL_CHANGED)
    assert not are_of_delivery(Changes())


# The history


def test_history_tells_of_which_commitment_and_quarter(ann, bob, made, held):
    accept(bob, made, held)
    save_plan(ann, delivered(ann, made), plan(made, 1, "0", "10", "10", "20"))
    for kind in (K.PROPOSE_PLAN, K.ACCEPT_PLAN):
        seal_plan(ann, delivered(ann, made), said(kind), DECIDED_ON)
    told = [(line.part, line.about, line.action, line.text) for line in history.contract_history(ann, made.id)]
    claimed, *_ = (line for line in reversed(told) if line[0] == "Deliveries")
    assert claimed[1:3] == ("V01 Cash given to local VCFSE organisations, Q1 (Apr to Jun 2026)", "added")
    assert "claimed 25" in claimed[3]
    decided = ("Deliveries", "V01 Cash given to local VCFSE organisations, Q1 (Apr to Jun 2026)", "changed")
    (line,) = (line for line in told if line[:3] == decided)
    assert line[3] == "Accepted: 0 → 25; State: Claimed → Decided"
    (act,) = (line for line in told if line[0] == "Acts of delivery" and line[1])
    assert act[1] == "V01 Cash given to local VCFSE organisations, Q1 (Apr to Jun 2026)"
    assert sum(line[0] == "Delivery plan" for line in told) == 4, "the plan in force is told by its act"
    of_one = history.record_history(ann, DELIVERY, held.id)
    assert [line.action for line in of_one] == ["changed", "added"]
    assert of_one[0].about == "V01 Cash given to local VCFSE organisations, Q1 (Apr to Jun 2026)"
