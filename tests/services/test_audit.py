"""An audit sample is drawn from the accepted claims, kept as it was drawn, concluded and told."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from tests.services.council import begin, what_happened
from tests.services.deliveries import Q1, Q2, accept, begin_signed, claim, delivered, enter
from tomsapp.domain.delivery.claims import accepted_claims
from tomsapp.domain.delivery.sample import Conclusion, draw
from tomsapp.services import edits
from tomsapp.services.audit import (
    check_conclusion,
    check_draw,
    conclude,
    draw_sample,
    take_out_sample,
)
from tomsapp.services.audit_sheet import audit_sheet_of
from tomsapp.services.delivered_paper import paper_of
from tomsapp.services.failures import EditConflict, NotFound, StoreError

TODAY = date(2026, 10, 10)


@pytest.fixture
def made(ann, bob):
    """Three claims that Ann entered and Bob accepted: cash in two quarters, hours in one."""
    begun = begin_signed(ann)
    cash, hours = begun.lines
    held = enter(ann, begun, claim(cash, Q1, "25"), claim(cash, Q2, "20"), claim(hours, Q1, "10"))
    accept(bob, begun, *held)
    return begun


def drawn(ann, made, size: int = 2, seed: str = "plan 7"):
    return draw_sample(ann, delivered(ann, made), seed, size, TODAY, "First half year")


def test_sample_is_drawn_by_its_seed_and_kept(ann, bob, made):
    page = delivered(ann, made)
    done = drawn(ann, made)
    keys = draw([each.key for each in accepted_claims(page.delivered)], "plan 7", 2)
    (view,) = delivered(bob, made).samples
    assert view == done.result
    held = {each.id: each.record for each in page.deliveries}
    told = [f"{held[each.delivery].commitment}/1.{held[each.delivery].quarter.number}" for each in view.drawn]
    assert told == keys
    sample = view.sample.record
    assert (sample.seed, sample.until, sample.size, sample.drawn_on) == ("plan 7", page.until, 2, TODAY)
    assert (sample.claims, sample.notes) == (3, "First half year")
    assert sample.pounds == sum(each.pounds for each in accepted_claims(page.delivered))
    assert view.result.words == ("None of the 2 claims drawn has been checked yet.",)
    assert not view.is_checked
    assert ("Ann", "Draw a sample of 2 claims of C1", "audit_sample", "added") in what_happened(ann, made.id)


def test_more_than_there_are_draws_all(ann, made):
    assert len(drawn(ann, made, 50).result.drawn) == 3


def test_draw_is_undone_and_redone_until_something_is_checked(ann, made):
    done = drawn(ann, made)
    edits.undo(ann, done.edit)
    assert delivered(ann, made).samples == ()
    edits.redo(ann, done.edit)
    (view,) = delivered(ann, made).samples
    assert len(view.drawn) == 2
    conclude(ann, delivered(ann, made), view.drawn[0], view.drawn[0].item.record.units)
    with pytest.raises(StoreError, match="not taken out"):
        edits.undo(ann, done.edit)
    page = delivered(ann, made)
    assert page.samples[0].is_checked
    with pytest.raises(StoreError, match="not taken out"):
        take_out_sample(ann, page, page.samples[0].sample)


def test_sample_of_which_nothing_is_checked_is_taken_out(ann, made):
    drawn(ann, made)
    page = delivered(ann, made)
    gone = take_out_sample(ann, page, page.samples[0].sample)
    assert gone.edit.label == "Take out the sample “plan 7” of 10 October 2026 of C1"
    assert delivered(ann, made).samples == ()
    edits.undo(ann, gone.edit)
    assert len(delivered(ann, made).samples) == 1


@pytest.mark.parametrize(
    ("seed", "size", "today", "codes"),
    [
        ("plan 8", 2, TODAY, []),
        (" ", 2, TODAY, ["seed-missing"]),
        ("plan 8", 0, TODAY, ["size-outside"]),
        ("plan 8", 2, date(2026, 9, 1), ["until-to-come"]),
        ("plan 7", 2, TODAY, ["seed-twice"]),
    ],
)
def test_what_is_asked_before_a_draw(ann, made, seed, size, today, codes):
    drawn(ann, made)
    assert [problem.code for problem in check_draw(delivered(ann, made), seed, size, today)] == codes


def test_nothing_is_drawn_from_nothing(ann):
    begun = begin_signed(ann, reference="C7")
    with pytest.raises(StoreError, match="there is none to draw"):
        drawn(ann, begun)
    with pytest.raises(StoreError):
        drawn(ann, begin(ann, reference="C8"))


def test_conclusions_are_saved_with_what_they_are_worth(ann, bob, made):
    view = drawn(ann, made, 3).result
    first, second, _ = view.drawn
    units = first.item.record.units
    conclude(ann, delivered(ann, made), first, units)
    part = second.item.record.units - 5
    done = conclude(ann, delivered(ann, made), second, part, "Five lack a signature")
    (now,) = delivered(bob, made).samples
    shown, in_part, unchecked = (each.item.record for each in now.drawn)
    assert (shown.conclusion, shown.found_pounds) == (Conclusion.SHOWN, shown.pounds)
    assert (in_part.conclusion, in_part.found, in_part.notes) == (
        Conclusion.SHOWN_IN_PART,
        part,
        "Five lack a signature",
    )
    assert in_part.found_pounds == in_part.pounds * part / in_part.units
    assert unchecked.conclusion is None
    assert now.result.words[0] == "2 of 3 claims drawn are checked. The figures are not final."
    assert done.edit.label == "Record what was found of claim 2 of a sample of C1"
    edits.undo(ann, done.edit)
    assert delivered(ann, made).samples[0].drawn[1].item.record == second.item.record
    edits.redo(ann, done.edit)
    again = delivered(ann, made).samples[0].drawn[1]
    assert conclude(ann, delivered(ann, made), again, part, "Five lack a signature").edit is None
    conclude(ann, delivered(ann, made), again, None)
    assert delivered(ann, made).samples[0].drawn[1].item.record == second.item.record


def test_worksheet_says_who_entered_and_who_accepted(ann, made):
    drawn(ann, made, 3)
    page = delivered(ann, made)
    sheet = audit_sheet_of(page, page.samples[0])
    assert {claim.accepted for claim in sheet.claims} == {"Entered by Ann. Accepted by Bob, 5 October 2026"}
    assert [claim.item.position for claim in sheet.claims] == [1, 2, 3]
    assert [each.position for each in sheet.drawn_from] == [1, 2, 3], "in the order of the draw"
    assert not sheet.has_changed


@pytest.mark.parametrize(
    ("less", "notes", "codes"),
    [("0", "", []), ("1", "One is missing", []), ("1", " ", ["notes-missing"]), ("-1", "", ["found-outside"])],
)
def test_what_is_asked_before_a_conclusion(ann, made, less, notes, codes):
    first = drawn(ann, made).result.drawn[0]
    found = first.item.record.units - Decimal(less)
    assert [problem.code for problem in check_conclusion(first, found, notes)] == codes
    if codes:
        with pytest.raises(StoreError):
            conclude(ann, delivered(ann, made), first, found, notes)


def test_conclusion_can_be_taken_away(ann, made):
    first = drawn(ann, made).result.drawn[0]
    assert check_conclusion(first, None, "") == []


def test_two_auditors_do_not_save_over_each_other(ann, bob, made):
    first = drawn(ann, made).result.drawn[0]
    conclude(bob, delivered(bob, made), first, first.item.record.units)
    with pytest.raises(EditConflict):
        conclude(ann, delivered(ann, made), first, Decimal(0), "Nothing is there")


def test_sample_is_told_in_papers_to_its_day_and_later(ann, made):
    first = drawn(ann, made, 3).result.drawn[0]
    conclude(ann, delivered(ann, made), first, Decimal(0), "Nothing is there")
    (told,) = paper_of(delivered(ann, made)).samples
    assert (told.seed, told.drawn, told.claims, len(told.checked)) == ("plan 7", 3, 3, 1)
    assert told.result == delivered(ann, made).samples[0].result
    assert paper_of(delivered(ann, made, date(2026, 9, 29))).samples == ()


def test_what_was_drawn_stays_when_its_acceptance_is_taken_back(ann, bob, made):
    from tests.services.deliveries import DECIDED_ON, said
    from tomsapp.domain.delivery.acts import DeliveryActKind
    from tomsapp.services.delivery_decisions import take_back_decision

    view = drawn(ann, made, 3).result
    page = delivered(bob, made)
    take_back_decision(bob, page, page.acts[0], said(DeliveryActKind.TAKE_BACK), DECIDED_ON)
    (now,) = delivered(ann, made).samples
    assert replace(now.sample, record=view.sample.record) == view.sample
    assert [each.item.record for each in now.drawn] == [each.item.record for each in view.drawn]


def test_claim_that_was_removed_since_stays_in_the_sample_as_such(ann, bob, made):
    from tests.services.deliveries import DECIDED_ON, said
    from tomsapp.domain.delivery.acts import DeliveryActKind
    from tomsapp.services.delivery_claims import remove_claims
    from tomsapp.services.delivery_decisions import take_back_decision

    view = drawn(ann, made, 3).result
    for act in delivered(bob, made).acts:
        take_back_decision(bob, delivered(bob, made), act, said(DeliveryActKind.TAKE_BACK), DECIDED_ON)
    page = delivered(ann, made)
    removed = next(each for each in page.deliveries if each.id == view.drawn[0].delivery)
    remove_claims(ann, page, [removed])
    now = delivered(ann, made)
    sheet = audit_sheet_of(now, now.samples[0])
    assert sheet.claims[0].measure == "A claim that was removed since"
    assert sheet.claims[1].accepted == "Nothing of it is accepted any more"
    assert sheet.has_changed
    assert sheet.drawn_from == ()
    conclude(ann, now, now.samples[0].drawn[0], Decimal(0), "It was removed")
    with pytest.raises(NotFound):
        conclude(ann, now, now.samples[0].drawn[0], Decimal(1), "It was removed")
