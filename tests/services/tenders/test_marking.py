"""Evaluators mark: conflict first, marks with reasons, sending; what each sees of it, and moderation."""

from dataclasses import replace

import pytest

from tests.services.tenders.build import D, begin_tender
from tests.services.tenders.marks import (
    ANSWERS,
    as_person,
    begin_marking,
    evaluator,
    mark_all,
    opened_tender,
)
from tests.services.tenders.offers import CALDER, DAY, LAMP, filled_book, issued_tender
from tests.services.tenders.test_parts import become
from tomsapp.domain.problems import Severity
from tomsapp.domain.tender.choices import TenderStatus
from tomsapp.domain.tender.marking import Evaluator, Mark, ModeratedMark
from tomsapp.services import checking, edits
from tomsapp.services.failures import EditConflict, NotFound, StoreError
from tomsapp.services.history import tender_history
from tomsapp.services.tenders import marking
from tomsapp.services.tenders.evaluators import EVALUATORS
from tomsapp.services.tenders.facts import delete_tender
from tomsapp.services.tenders.found_files import FoundFile
from tomsapp.services.tenders.marking import MarkingStage, open_marking
from tomsapp.services.tenders.marks_given import (
    check_moderated,
    confirm_no_conflict,
    give_mark,
    moderate,
    send_marks,
    take_marks_back,
)
from tomsapp.services.tenders.marks_held import HELD_BACK
from tomsapp.services.tenders.receiving import receive

here = pytest.mark.parametrize("server", ["sqlite"])


@pytest.fixture
def osei(ann):
    workspace = as_person(ann, "L. Osei")
    yield workspace
    workspace.close()


def first_mark(seen, given: int = 4, reason: str = "Names the groups") -> Mark:
    (bid, question) = seen.answers.places[0]
    return Mark(seen.mine.stored.id, bid, question, given, reason)


# Evaluators


@here
def test_nobody_confirms_before_the_bidders_are_known(ann):
    page = issued_tender(ann)
    with pytest.raises(StoreError, match="Who bids is not known"):
        EVALUATORS.add(ann, page, [evaluator("J. Patel")])
    done = EVALUATORS.add(ann, page, [Evaluator("J. Patel")])
    assert open_marking(ann, page.id).stage is MarkingStage.CLOSED
    assert done.edit is not None
    edits.undo(ann, done.edit)
    assert open_marking(ann, page.id).evaluators == ()


@here
def test_two_evaluators_of_one_name_are_refused(ann):
    page = begin_marking(ann, "J. Patel")
    form = EVALUATORS.form(page)
    (found,) = form.check(ann, Evaluator("j patel"))
    assert (found.severity, found.code) == (Severity.ERROR, "name-taken")
    other = form.add(ann, Evaluator("L. Osei"))
    with pytest.raises(StoreError, match="two evaluators of one name"):
        form.save(ann, other.result, Evaluator("J Patel"))
    held = open_marking(ann, page.id).evaluators[0].stored
    done = EVALUATORS.remove(ann, page, [held])
    form.save(ann, other.result, Evaluator("J. Patel"))
    with pytest.raises(StoreError, match="two evaluators of one name"):
        edits.undo(ann, done.edit)


@here
def test_evaluators_stay_once_the_evaluation_is_frozen(ann):
    page = begin_marking(ann)
    mark_all(ann, page, send=False)
    seen = open_marking(ann, page.id)
    become(ann, page.id, TenderStatus.WITHDRAWN)
    assert open_marking(ann, page.id).stage is MarkingStage.FIXED
    for act in (
        lambda: EVALUATORS.add(ann, page, [Evaluator("X")]),
        lambda: give_mark(ann, page.id, replace(seen.marks[0].record, mark=1), seen.marks[0]),
        lambda: send_marks(ann, page.id, seen.mine.stored),
    ):
        with pytest.raises(StoreError, match="is withdrawn, so its evaluators and marks are fixed"):
            act()


@here
def test_nobody_comes_to_the_evaluators_once_all_have_sent(ann):
    page = begin_marking(ann, "Ann")
    added = EVALUATORS.add(ann, page, [Evaluator("X")])
    removed = EVALUATORS.remove(ann, page, added.result)
    mark_all(ann, page)
    with pytest.raises(StoreError, match="their marks can be seen by now"):
        EVALUATORS.add(ann, page, [Evaluator("Y")])
    with pytest.raises(StoreError, match="their marks can be seen by now"):
        edits.undo(ann, removed.edit)
    (mine,) = open_marking(ann, page.id).evaluators
    with pytest.raises(StoreError, match="so what was confirmed stays"):
        EVALUATORS.save(ann, page, mine.stored, replace(mine.stored.record, name="Bob"))
    EVALUATORS.save(ann, page, mine.stored, replace(mine.stored.record, role="Head"))
    again = open_marking(ann, page.id).evaluators[0].stored
    with pytest.raises(StoreError, match="not sent by saving"):
        EVALUATORS.save(ann, page, again, replace(again.record, sent_on=None, role="Lead"))


@here
def test_a_deleted_tender_has_no_marking(ann):
    page = begin_tender(ann)
    delete_tender(ann, page)
    with pytest.raises(EditConflict):
        EVALUATORS.add(ann, page, [Evaluator("X")])
    with pytest.raises(NotFound):
        open_marking(ann, 99)


# What each sees


def test_answers_come_after_the_confirmation_and_marks_of_others_after_all_have_sent(ann, osei):
    page = opened_tender(ann)
    EVALUATORS.add(ann, page, [Evaluator("Ann"), Evaluator("L. Osei")])
    seen = open_marking(ann, page.id)
    assert seen.answers.are_held_back
    assert [(bid.supplier, bid.answers) for bid in seen.answers.bids] == [(CALDER.name, {}), (LAMP.name, {})]
    assert seen.mine.words == "Ann has not confirmed yet that there is no conflict of interest."
    assert (seen.stage, seen.may_mark, seen.left) == (MarkingStage.MARKING, False, ())
    with pytest.raises(StoreError, match="has not confirmed"):
        give_mark(ann, page.id, first_mark(seen))
    done = confirm_no_conflict(ann, page.id, seen.mine.stored)
    seen = open_marking(ann, page.id, seen.answers)
    assert {bid.supplier: bid.answer(1) for bid in seen.answers.bids} == ANSWERS
    assert [bid.words(1) for bid in seen.answers.bids] == [4, 5]
    assert seen.left == seen.answers.places
    edits.undo(ann, done.edit)
    assert open_marking(ann, page.id, seen.answers).answers.are_held_back
    edits.redo(ann, done.edit)
    confirm_no_conflict(osei, page.id, open_marking(osei, page.id).mine.stored)
    mark_all(ann, page)
    theirs = open_marking(osei, page.id)
    assert theirs.marks == theirs.moderated == ()
    assert [each.words for each in theirs.evaluators] == [
        "Ann has sent 2 of 2 marks.",
        "L. Osei has given 0 of 2 marks.",
    ]
    nobody = open_marking(as_person(ann, "M. Reid"), page.id)
    assert (nobody.mine, nobody.marks, nobody.may_mark, nobody.are_seen) == (None, (), False, False)
    assert nobody.answers.bids[0].answer(1) == "With the job centre."
    mark_all(osei, page, 2)
    after = open_marking(osei, page.id)
    assert after.stage is MarkingStage.MODERATING
    assert (after.are_seen, len(after.marks), after.marks_at(*after.answers.places[0])) == (True, 4, (4, 2))
    assert after.mark_of(seen.mine.stored.id, *after.answers.places[1]).record.mark == 4
    assert after.left == after.answers.places


@here
def test_files_are_read_once_and_again_where_another_counts(ann, monkeypatch):
    page = begin_marking(ann)
    seen, calls = open_marking(ann, page.id), []
    read = marking.read_statements

    def counted(*args):
        calls.append(1)
        return read(*args)

    monkeypatch.setattr(marking, "read_statements", counted)
    give_mark(ann, page.id, first_mark(seen))
    assert open_marking(ann, page.id, seen.answers).answers is seen.answers
    assert not calls
    book = filled_book(ann, page, LAMP, statements={1: "Another answer"})
    receive(ann, page, [FoundFile("again.xlsx", book, "", DAY, "10:30")])
    after = open_marking(ann, page.id, seen.answers)
    assert (after.answers.bids[1].answer(1), len(calls)) == ("Another answer", 1)
    (mark,) = after.marks
    assert not after.answers.bids[0].was_replaced_after(mark)
    assert after.answers.bids[1].was_replaced_after(mark), "a mark of it would be of the answer before"


@here
def test_a_file_that_cannot_be_read_says_why(ann, monkeypatch):
    page = begin_marking(ann)
    monkeypatch.setattr(marking, "read_statements", lambda *_: [StoreError("It is broken", "Ask again")] * 2)
    bid = open_marking(ann, page.id).answers.bids[0]
    assert (bid.trouble, bid.answers) == ("It is broken", {})


# Giving and sending


def test_a_mark_is_given_changed_and_undone(ann, bob):
    page = begin_marking(ann)
    seen = open_marking(ann, page.id)
    done = give_mark(ann, page.id, first_mark(seen))
    assert done.edit.label == f"Give a mark for question 1 of {CALDER.name}, lot 1 in T-2026-003"
    again = give_mark(ann, page.id, replace(done.result.record, mark=2), done.result)
    assert give_mark(ann, page.id, again.result.record, again.result).edit is None
    with pytest.raises(EditConflict):
        give_mark(ann, page.id, replace(done.result.record, mark=1), done.result)
    edits.undo(ann, again.edit)
    assert open_marking(ann, page.id).marks_at(*seen.answers.places[0]) == (4,)
    edits.undo(ann, done.edit)
    assert open_marking(ann, page.id).marks == ()
    edits.redo(ann, done.edit)
    with pytest.raises(StoreError, match="These are the marks of Ann, and you are Bob"):
        give_mark(bob, page.id, first_mark(seen, 1), open_marking(ann, page.id).marks[0])
    assert checking.check(ann.database.target) == []


@here
def test_what_is_no_mark_of_this_tender_is_refused(ann):
    page = begin_marking(ann)
    mark = first_mark(open_marking(ann, page.id))
    for wrong, why in (
        (replace(mark, mark=6), "not between 0 and 5"),
        (replace(mark, reason=" "), "has no reason"),
        (replace(mark, question=2), "not marked any more"),
        (replace(mark, bid=99), "Bid 99 is not in this database"),
        (replace(mark, evaluator=99), "taken out of the tender"),
    ):
        with pytest.raises(StoreError, match=why):
            give_mark(ann, page.id, wrong)
    assert open_marking(ann, page.id).marks == ()


def test_marks_are_sent_whole_and_taken_back_until_all_have_sent(ann, osei, bob):
    page = begin_marking(ann)
    seen = open_marking(ann, page.id)
    given = give_mark(ann, page.id, first_mark(seen))
    with pytest.raises(StoreError, match="1 answer has no mark of Ann yet"):
        send_marks(ann, page.id, seen.mine.stored)
    mark_all(ann, page, send=False)
    for act in (send_marks, take_marks_back, confirm_no_conflict):
        with pytest.raises(StoreError, match="Ann"):
            act(bob, page.id, seen.mine.stored)
    sent = send_marks(ann, page.id, seen.mine.stored)
    assert sent.edit.stop == ""
    with pytest.raises(StoreError, match="has sent these marks"):
        give_mark(ann, page.id, replace(given.result.record, mark=1), given.result)
    with pytest.raises(StoreError, match="has sent these marks"):
        edits.undo(ann, given.edit)
    edits.undo(ann, sent.edit)
    edits.undo(ann, given.edit)
    with pytest.raises(StoreError, match="no mark of Ann yet"):
        edits.redo(ann, sent.edit)
    edits.redo(ann, given.edit)
    edits.redo(ann, sent.edit)
    back = take_marks_back(ann, page.id, open_marking(ann, page.id).mine.stored)
    again = send_marks(ann, page.id, back.result)
    mark_all(osei, page)
    assert open_marking(ann, page.id).stage is MarkingStage.MODERATING
    with pytest.raises(StoreError, match="can be seen by now"):
        edits.undo(ann, again.edit)
    with pytest.raises(StoreError, match="can be seen by now"):
        take_marks_back(ann, page.id, again.result)


def test_the_last_to_send_cannot_undo_it(ann):
    page = begin_marking(ann, "Ann")
    mark_all(ann, page, send=False)
    done = send_marks(ann, page.id, open_marking(ann, page.id).mine.stored)
    with pytest.raises(StoreError, match="Undo stops here"):
        edits.undo(ann, done.edit)


# Moderation


def test_a_mark_that_nobody_came_near_is_asked_about(ann, osei):
    page = begin_marking(ann)
    mark_all(ann, page, 0)
    mark_all(osei, page, 1)
    bid, question = open_marking(ann, page.id).answers.places[0]
    far = ModeratedMark(bid, question, 4, "It was read again")
    (asked,) = check_moderated(ann, page.id, far)
    assert (asked.severity, asked.where.field) == (Severity.WARNING, "mark")
    assert check_moderated(ann, page.id, replace(far, mark=1)) == []
    assert [each.code for each in check_moderated(ann, page.id, replace(far, reason=""))] == ["reason-missing"]
    saved = moderate(ann, page.id, far).result
    assert check_moderated(ann, page.id, replace(far, reason="Read once more"), saved.id) == []
    assert len(check_moderated(ann, page.id, replace(far, mark=5), saved.id)) == 1


def test_one_mark_is_agreed_once_all_have_sent(ann, osei, bob):
    page = begin_marking(ann)
    mark_all(ann, page)
    bid, question = open_marking(ann, page.id).answers.places[0]
    agreed = ModeratedMark(bid, question, 3, "Both read it again, and no dates are named")
    with pytest.raises(StoreError, match="Not all evaluators have sent"):
        moderate(bob, page.id, agreed)
    mark_all(osei, page, 2)
    with pytest.raises(StoreError, match="has no reason"):
        moderate(bob, page.id, replace(agreed, reason=""))
    with pytest.raises(StoreError, match="not marked any more"):
        moderate(bob, page.id, replace(agreed, question=7))
    done = moderate(bob, page.id, agreed)
    assert done.result.record.by == "Bob"
    assert moderate(ann, page.id, replace(agreed, by="x"), done.result).edit is None
    changed = moderate(ann, page.id, replace(agreed, mark=2), done.result)
    assert changed.result.record == replace(agreed, mark=2, by="Ann")
    assert open_marking(ann, page.id).moderated_at(bid, question).record.mark == 2
    edits.undo(ann, changed.edit)
    assert open_marking(ann, page.id).moderated_at(bid, question).record.by == "Bob"
    edits.undo(bob, done.edit)
    assert open_marking(ann, page.id).moderated == ()
    edits.redo(bob, done.edit)
    become(ann, page.id, TenderStatus.WITHDRAWN)
    with pytest.raises(StoreError, match="is withdrawn"):
        edits.undo(bob, done.edit)


# The history


def told(workspace, page, part: str) -> list[str]:
    return [line.text for line in tender_history(workspace, page.id) if line.part == part]


def test_the_history_holds_back_marks_of_others_and_prices(ann, osei, bob):
    page = begin_marking(ann)
    seen = open_marking(ann, page.id)
    done = give_mark(ann, page.id, first_mark(seen))
    give_mark(ann, page.id, replace(done.result.record, mark=2, reason="Read again"), done.result)
    with bob.work("Enter the price") as uow:
        bid = uow.bids.of(page.id)[0]
        uow.bids.save(bid.id, bid.version, replace(bid.record, price=D(9)))
        uow.commit()
    own = told(ann, page, "Marks")
    assert own[0] == "Mark: 4 → 2; Reason: Names the groups → Read again"
    assert "mark 4" in own[1]
    for who in (osei, bob):
        hidden = told(who, page, "Marks")
        assert hidden[0] == f"Mark: Held back → {HELD_BACK}"
        assert HELD_BACK in hidden[1]
        assert not any("Names the groups" in text or "4" in text for text in hidden)
    assert told(osei, page, "Bids")[0] == f"Price: Held back → {HELD_BACK}"
    assert "£9" in told(bob, page, "Bids")[0]
    become(ann, page.id, TenderStatus.WITHDRAWN)
    assert "£9" in told(osei, page, "Bids")[0]
    assert told(osei, page, "Marks") == own
