"""The problems of all bids side by side, and what is decided of them."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from tests.domain.tender.test_acts import act
from tests.services.tenders.build import opened
from tests.services.tenders.marks import as_person, evaluator
from tests.services.tenders.offers import CALDER, DAY, LAMP, OPEN, PAST, issued_tender, saved
from tomsapp.domain.commitment import Commitment
from tomsapp.domain.tender.acts import TenderActKind
from tomsapp.domain.tender.bid import DecisionKind
from tomsapp.domain.tender.deciding import ProblemState
from tomsapp.domain.tender.offer_checks import OfferGround
from tomsapp.services import checking, edits
from tomsapp.services.failures import EditConflict, StoreError
from tomsapp.services.tenders import offers as reading
from tomsapp.services.tenders.acts import do
from tomsapp.services.tenders.deciding import (
    check_bids,
    effect_of_leaving_out,
    open_check,
    others_of,
    undecided_problems,
)
from tomsapp.services.tenders.decisions import check_decision, decide, proposed_decision, take_back
from tomsapp.services.tenders.evaluators import EVALUATORS
from tomsapp.services.tenders.found_files import FoundFile
from tomsapp.services.tenders.opening import open_offers, read_bids, read_tender_bids
from tomsapp.services.tenders.receiving import receive

here = pytest.mark.parametrize("server", ["sqlite"])
D = Decimal
MEASURED = {"statement": "With the volunteers of the library"}


def weeks(hours: int) -> tuple[Commitment, ...]:
    return (Commitment("1", "V01", (D(hours), D(hours)), **MEASURED),)


def opened_tender(workspace, **offered):
    """The tender of `build.py` with an offer of each of two bidders, opened."""
    page = issued_tender(workspace)
    given = {CALDER.name: weeks(30), LAMP.name: weeks(3)} | offered
    files = [
        FoundFile(f"{bidder.name}.tomsoffer", saved(workspace, page, bidder, commitments=given[bidder.name]))
        for bidder in (CALDER, LAMP)
    ]
    receive(workspace, page, files)
    open_offers(workspace, page, OPEN, PAST)
    return opened(workspace, page.id)


@here
def test_bids_are_held_beside_each_other(ann):
    page = opened_tender(ann, **{CALDER.name: weeks(31)})
    problems = {bid.stored.record.supplier: bid.read.checked.open_problems for bid in read_bids(ann, page.id)}
    assert [each.code for each in problems[CALDER.name]] == ["above-other-bids"]
    assert "10 times the median of the other bids, 6" in problems[CALDER.name][0].message
    assert problems[LAMP.name] == ()


@here
def test_what_was_read_is_not_read_again(ann, monkeypatch):
    page = opened_tender(ann)
    before = read_tender_bids(ann, page.id)
    monkeypatch.setattr(reading, "open_offers_in_room", None)
    monkeypatch.setattr(reading, "read_pack", None)
    monkeypatch.setattr(reading, "check_tender_offer", None)
    again = read_tender_bids(ann, page.id)
    assert again == before
    assert again.newest is before.newest


@here
def test_an_offer_is_judged_again_where_what_it_is_held_against_is_another(ann, monkeypatch):
    page = opened_tender(ann)
    read = read_tender_bids(ann, page.id)
    offer = read.bids[0].read
    assert reading.held_offer(read.packs, offer.file, OfferGround()) is offer
    other = reading.held_offer(read.packs, offer.file, OfferGround(medians={"V01": D(1)}))
    assert [each.code for each in other.checked.open_problems] == ["above-other-bids"]
    again = replace(offer.file)
    assert reading.held_offer(read.packs, again, OfferGround()).file is again
    monkeypatch.setattr(reading, "_HELD", reading._Newest(1))
    for medians in ({}, {"V01": D(1)}, {}):
        held = reading.held_offer(read.packs, offer.file, OfferGround(medians=medians))
        assert bool(held.checked.open_problems) is bool(medians), "the newest alone is kept"


@here
def test_the_problems_of_all_bids_in_the_order_of_receipt(ann):
    page = opened_tender(ann, **{CALDER.name: weeks(31)})
    check = open_check(ann, page.id)
    assert [bid.supplier for bid in check.bids] == [CALDER.name, LAMP.name]
    calder, lamp = check.bids
    found = calder.find("above-other-bids:V01")
    assert (found.state, calder.undecided, lamp.undecided, check.undecided) == (ProblemState.DECIDE, 1, 0, 1)
    assert undecided_problems(read_tender_bids(ann, page.id)) == 1
    assert (check.bid(calder.id), check.bid(0), calder.find("x")) == (calder, None, None)


@here
def test_a_bid_that_was_excluded_has_nothing_to_be_decided(ann):
    page = opened_tender(ann, **{CALDER.name: weeks(31)})
    read = read_tender_bids(ann, page.id)
    bid = read.bids[0].stored.id
    out = act(TenderActKind.EXCLUDE, lot=1, supplier=CALDER.name, reason="It was found to be insolvent", bid=bid)
    check = check_bids(replace(read, acts=(*read.acts, out)))
    told = [each.words for each in check.bids[0].problems if each.state is not ProblemState.NOTED]
    assert told == ["By rule: not admitted", "Closed: not admitted"]
    assert check.undecided == 0


# Deciding


def found_in(check, supplier: str = CALDER.name, key: str = "above-other-bids:V01"):
    bid = next(each for each in check.bids if each.supplier == supplier)
    return bid, bid.find(key)


def decided(workspace, page, kind: DecisionKind = DecisionKind.ACCEPT, **said):
    """Decide what is found of the hours of the first bidder."""
    check = open_check(workspace, page.id)
    bid, found = found_in(check)
    record = replace(proposed_decision(bid, found, TODAY), kind=kind, **({"reason": WHY} | said))
    return decide(workspace, check, found, bid.decision(found.key), record)


TODAY = date(2027, 1, 25)
WHY = "They have a volunteer service of their own"


def test_a_problem_is_asked_about_answered_and_accepted(ann):
    page = opened_tender(ann, **{CALDER.name: weeks(31)})
    asked = decided(ann, page, DecisionKind.ASK, question="How were the hours worked out?").result.record
    assert (asked.asked_on, asked.due_on, asked.by) == (TODAY, date(2027, 2, 1), ann.who)
    check = open_check(ann, page.id)
    assert found_in(check)[1].words == "Asked, due 1 February 2027"
    assert check.undecided == 1
    decided(ann, page, DecisionKind.ASK, question=asked.question, answer="As last year", answered_on=date(2027, 1, 28))
    assert found_in(open_check(ann, page.id))[1].words == "Answered on 28 January 2027"
    kept = decided(ann, page, answer="As last year", answered_on=date(2027, 1, 28)).result.record
    assert (kept.answer, kept.asked_on) == ("As last year", TODAY), "what was answered stays with what came of it"
    assert (kept.question, kept.reason) == (asked.question, WHY)
    check = open_check(ann, page.id)
    assert (check.undecided, found_in(check)[1].words) == (0, f"Accepted: {WHY}")
    assert checking.check(ann.database.target) == []


def asked_long_ago(workspace, page, question: str = "How were the hours worked out?"):
    """A question to the first bidder as earlier versions kept it: as the reason of what is decided."""
    bid, found = found_in(open_check(workspace, page.id))
    record = replace(proposed_decision(bid, found, TODAY), reason=question, by="B. Singh")
    with workspace.work("Ask") as uow:
        uow.bid_decisions.add(record)
        uow.commit()
    return record


@here
@pytest.mark.parametrize("kind", [DecisionKind.ACCEPT, DecisionKind.LEAVE_OUT])
def test_an_old_question_never_becomes_the_reason_of_what_is_decided(ann, kind):
    page = opened_tender(ann, **{CALDER.name: weeks(31)})
    old = asked_long_ago(ann, page)
    line = "1" if kind is DecisionKind.LEAVE_OUT else ""
    with pytest.raises(StoreError, match="reason"):
        decided(ann, page, kind, reason=old.reason, line=line)
    with pytest.raises(StoreError, match="The reason is what the bidder was asked"):
        decided(ann, page, kind, reason=old.reason.upper(), line=line)
    assert found_in(open_check(ann, page.id))[1].words == "Asked, due 1 February 2027"
    kept = decided(ann, page, kind, reason=WHY, line=line).result.record
    assert (kept.question, kept.reason, kept.asked_on) == (old.reason, WHY, TODAY)


@here
def test_an_old_question_stays_the_question_when_its_answer_comes(ann):
    page = opened_tender(ann, **{CALDER.name: weeks(31)})
    old = asked_long_ago(ann, page)
    check = open_check(ann, page.id)
    bid, found = found_in(check)
    same = decide(ann, check, found, bid.decision(found.key), old)
    assert same.edit is None, "nothing is changed"
    answer = {"reason": old.reason, "answer": "As last year", "answered_on": date(2027, 1, 28)}
    kept = decided(ann, page, DecisionKind.ASK, **answer).result.record
    assert (kept.question, kept.reason, kept.answer) == (old.reason, "", "As last year")


@here
def test_each_decision_is_undone_and_done_again(ann):
    page = opened_tender(ann, **{CALDER.name: weeks(31)})
    done = decided(ann, page)
    assert done.edit.label == f"Accept it: {CALDER.name}, lot 1, T-2026-003"
    edits.undo(ann, done.edit)
    assert open_check(ann, page.id).undecided == 1
    edits.redo(ann, done.edit)
    check = open_check(ann, page.id)
    bid, found = found_in(check)
    assert decide(ann, check, found, bid.decision(found.key), done.result.record).edit is None, "nothing is changed"
    back = take_back(ann, check, bid.decision(found.key))
    assert open_check(ann, page.id).undecided == 1
    edits.undo(ann, back.edit)
    assert open_check(ann, page.id).undecided == 0
    edits.redo(ann, back.edit)
    again = decided(ann, page, reason="It was asked on the phone and is right")
    assert again.result.id == done.result.id, "one place for one problem of one file"


@here
def test_a_line_is_left_out_with_what_it_does_in_pounds(ann):
    page = opened_tender(ann, **{CALDER.name: weeks(31)})
    check = open_check(ann, page.id)
    bid, found = found_in(check)
    told = effect_of_leaving_out(check, bid, "1")
    assert told[0].startswith(f"{CALDER.name} goes from £")
    assert " to £0.00, 0.00% of £1,200,000.00." in told[0]
    (beside,) = others_of(check, bid, found)
    assert beside.promised == ((CALDER.name, D(62)), (LAMP.name, D(6)))
    with pytest.raises(StoreError, match="Choose the line"):
        decided(ann, page, DecisionKind.LEAVE_OUT)
    with pytest.raises(StoreError, match="not about that line"):
        decided(ann, page, DecisionKind.LEAVE_OUT, line="2")
    decided(ann, page, DecisionKind.LEAVE_OUT, line="1")
    after = open_check(ann, page.id)
    assert found_in(after)[1].state is ProblemState.LEFT_OUT
    assert found_in(after)[0].judged.value == 0
    accepted = decided(ann, page).result.record
    assert (accepted.line, accepted.asked_on, accepted.due_on) == ("", None, None)
    assert found_in(open_check(ann, page.id))[0].judged.value > 0


@here
def test_a_late_file_stands_beside_the_one_that_counts(ann):
    page = opened_tender(ann)
    late = saved(ann, page, CALDER, commitments=weeks(60))
    receive(ann, page, [FoundFile("late.tomsoffer", late, "", DAY, "13:01")])
    calder, lamp = open_check(ann, page.id).bids
    found = calder.find("late-file:3")
    assert (found.problem.message, found.words) == ("Late by 1 h 1 min. Does not count", "By rule: not read")
    assert found.rule == "The last complete offer that comes in time counts; no other does."
    assert not found.can_be_decided
    assert lamp.find("late-file:3") is None


@here
def test_what_a_rule_decides_nobody_decides(ann):
    page = opened_tender(ann, **{CALDER.name: (Commitment("1", "S99", (D(1), D(1)), **MEASURED), *weeks(3))})
    check = open_check(ann, page.id)
    bid = check.bids[0]
    found = next(each for each in bid.problems if each.problem.code == "unknown-measure")
    record = replace(proposed_decision(bid, found, TODAY), kind=DecisionKind.ACCEPT, reason=WHY)
    assert [each.message for each in check_decision(found, record)] == ["What the rule forbids is never counted"]
    with pytest.raises(StoreError, match="never counted"):
        decide(ann, check, found, None, record)


@here
def test_a_decision_does_not_hold_for_another_file(ann):
    page = opened_tender(ann, **{CALDER.name: weeks(31)})
    done = decided(ann, page)
    check = open_check(ann, page.id)
    newer = FoundFile("newer.tomsoffer", saved(ann, page, CALDER, commitments=weeks(32)))
    receive(ann, page, [newer])
    assert open_check(ann, page.id).undecided == 1, "the newer file is asked about again"
    bid, found = found_in(check)
    with pytest.raises(StoreError, match=f"Another file counts of {CALDER.name}"):
        decide(
            ann, check, found, bid.decision(found.key), replace(done.result.record, reason="It is right as it stands")
        )
    with pytest.raises(StoreError, match="Another file counts"):
        edits.undo(ann, done.edit)
    decided(ann, page, reason="Checked again with the newer file")
    assert open_check(ann, page.id).undecided == 0


@here
def test_nothing_is_decided_before_the_opening_or_after_the_end(ann):
    page = opened_tender(ann, **{CALDER.name: weeks(31)})
    done = decided(ann, page)
    check = open_check(ann, page.id)
    end = replace(OPEN, kind=TenderActKind.WITHDRAW, reason="The budget for it is gone this year")
    do(ann, opened(ann, page.id), end, PAST)
    bid, found = found_in(check)
    with pytest.raises(StoreError, match="T-2026-003 is withdrawn, and nothing is decided of its bids"):
        take_back(ann, check, bid.decision(found.key))
    with pytest.raises(StoreError, match="is withdrawn"):
        edits.undo(ann, done.edit)


@here
def test_who_marks_answers_sees_no_figures_until_all_have_sent(ann):
    page = opened_tender(ann, **{CALDER.name: weeks(31)})
    done = decided(ann, page)
    EVALUATORS.add(ann, page, [evaluator(ann.who), evaluator("L. Osei")])
    with pytest.raises(StoreError, match="prices and social value are held back"):
        open_check(ann, page.id)
    with pytest.raises(StoreError, match="held back"):
        edits.undo(ann, done.edit)
    officer = as_person(ann, "An officer")
    assert open_check(officer, page.id).undecided == 0
    officer.close()


def test_two_people_decide_the_same_problem(ann, bob):
    page = opened_tender(ann, **{CALDER.name: weeks(31)})
    check = open_check(bob, page.id)
    bid, found = found_in(check)
    mine = replace(proposed_decision(bid, found, TODAY), kind=DecisionKind.LEAVE_OUT, line="1", reason=WHY)
    decided(ann, page, reason="The library keeps a register")
    with pytest.raises(EditConflict) as conflict:
        decide(bob, check, found, None, mine)
    assert conflict.value.theirs.record.reason == "The library keeps a register"
    assert conflict.value.theirs.saved_by == ann.who
    theirs = conflict.value.theirs
    decide(bob, check, found, theirs, replace(theirs.record, kind=DecisionKind.LEAVE_OUT, line="1"))
    with pytest.raises(EditConflict):
        take_back(ann, open_check(ann, page.id), theirs)
    assert found_in(open_check(ann, page.id))[1].decision.by == bob.who


def test_two_people_decide_different_problems_of_one_bid(ann, bob):
    page = opened_tender(ann, **{CALDER.name: (*weeks(31), Commitment("3", "J01", (D(1), D(0)), **MEASURED))})
    check = open_check(bob, page.id)
    decided(ann, page)
    bid = check.bids[0]
    found = next(each for each in bid.problems if each.problem.code == "staff-not-said")
    decide(bob, check, found, None, replace(proposed_decision(bid, found, TODAY), question="Are they new to the job?"))
    after = {each.record.by: each.record.kind for each in found_in(open_check(ann, page.id))[0].opened.decisions}
    assert after == {ann.who: DecisionKind.ACCEPT, bob.who: DecisionKind.ASK}
