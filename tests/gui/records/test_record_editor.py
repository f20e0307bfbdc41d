"""What happens around a form: drafts by database, checks, saving, and what colleagues save meanwhile."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.gui.lists.people import press
from tests.gui.records.conftest import NORTH, SOUTH
from tomsapp.domain.errors import TomsError
from tomsapp.domain.supplier import SUPPLIER, Supplier
from tomsapp.gui.drafts import Drafts
from tomsapp.gui.records.form_draft import FormDraft, kept_draft
from tomsapp.gui.records.form_keeper import FOUND_AGAIN
from tomsapp.gui.records.record_editor import RecordEditor
from tomsapp.gui.records.record_form import RecordForm
from tomsapp.services.suppliers import SUPPLIERS


def drafts_of(person):
    return Drafts(person.session.preferences, person.session.workspace)


def test_only_what_was_changed_is_kept_and_shown_again_after_a_restart(ann):
    ann.type("notes", "Half a sent")
    ann.editor.flush()
    assert list(kept_draft(drafts_of(ann), "supplier 1").facts) == ["notes"]
    ann.restart()
    ann.show()
    assert ann.text("notes") == "Half a sent"
    assert ann.told == [FOUND_AGAIN]
    ann.type("notes", "Pays in May")
    ann.editor.flush()
    assert kept_draft(drafts_of(ann), "supplier 1") is None, "what was typed back is kept no longer"


def test_a_form_that_is_left_keeps_what_was_typed_a_moment_before(ann):
    ann.type("notes", "Half a sent")
    ann.form.hide()
    assert kept_draft(drafts_of(ann), "supplier 1") is not None


def test_discarding_shows_what_is_saved_and_forgets_the_draft(ann, qtbot):
    ann.type("notes", "No")
    ann.editor.flush()
    with qtbot.waitSignal(ann.editor.discarded):
        ann.editor.discard()
    assert (ann.text("notes"), ann.editor.is_changed) == ("Pays in May", False)
    assert kept_draft(drafts_of(ann), "supplier 1") is None


def test_typing_of_one_database_never_appears_in_another_of_the_same_file_name(ann):
    ann.type("notes", "Of the north")
    ann.restart(SOUTH)
    ann.show()
    assert (ann.text("notes"), ann.told[-1]) == ("Pays in May", "")
    ann.restart(NORTH)
    ann.show()
    assert ann.text("notes") == "Of the north"


def test_the_window_turns_to_another_database_while_somebody_types(ann):
    ann.type("notes", "Of the north")
    ann.turn_to(SOUTH)
    assert not ann.editor.is_changed
    ann.show()
    assert ann.text("notes") == "Pays in May"
    ann.editor.save()
    ann.editor.flush()
    ann.turn_to(NORTH)
    ann.show()
    assert ann.text("notes") == "Of the north"


def test_a_page_may_show_the_next_database_before_the_form_hears_of_it(ann):
    def show(workspace):
        if workspace is not None:
            ann.editor.show_record(SUPPLIERS.get(workspace, 1))

    ann.session.workspace_changed.connect(show)
    ann.form = RecordForm(SUPPLIER)
    ann.qtbot.addWidget(ann.form)
    ann.editor = RecordEditor(ann.session, ann.form, SUPPLIERS)
    ann.show()
    ann.type("notes", "Of the north")
    ann.turn_to(SOUTH)
    assert ann.text("notes") == "Pays in May"
    assert ann.editor.record_id == 1, "it stays, since it is of the database that is open"


def test_a_new_record_is_drafted_checked_added_and_then_changed(ann):
    ann.editor.show_new(Supplier(""))
    ann.type("notes", "New")
    ann.editor.flush()
    ann.editor.save()
    assert ann.form.field("name").error
    assert ann.form.field("name").control.hasFocus()
    ann.type("name", "lantern cic")
    ann.editor.save()
    assert ann.form.field("name").error.startswith("There is already a supplier called")
    ann.type("name", "Open Hand Trust")
    ann.editor.save()
    assert ann.saved[-1].record == Supplier("Open Hand Trust", notes="New")
    assert ann.editor.record_id == ann.saved[-1].id
    assert kept_draft(drafts_of(ann), "new supplier") is None
    ann.type("notes", "Old")
    ann.editor.save()
    assert ann.kept(ann.saved[-1].id).notes == "Old"
    assert ann.session.undo_label == "Change supplier Open Hand Trust"


def test_the_draft_of_a_new_record_comes_back(ann):
    ann.editor.show_new(Supplier(""))
    ann.type("name", "Open H")
    ann.restart()
    ann.editor.show_new(Supplier(""))
    assert ann.text("name") == "Open H"
    ann.editor.discard()
    assert ann.text("name") == ""


@pytest.mark.parametrize(("answer", "saved"), [("Go back", 0), ("Save supplier all the same", 1)])
def test_the_same_supplier_is_asked_about_before_it_is_saved_twice(people, answer, saved):
    person = people()
    SUPPLIERS.add(person.session.workspace, Supplier("Lamp & Sons Ltd"))
    before = len(SUPPLIERS.all(person.session.workspace))
    person.editor.show_new(Supplier(""))
    person.type("name", "Lamp and Sons Limited")
    press(answer)
    person.editor.save()
    assert len(SUPPLIERS.all(person.session.workspace)) == before + saved


def test_a_question_before_saving_can_be_answered_with_no(ann):
    ann.editor.may_save = lambda supplier: supplier.notes != "Maybe"
    ann.type("notes", "Maybe")
    ann.editor.save()
    assert (ann.kept().notes, ann.text("notes")) == ("Pays in May", "Maybe")


# Somebody else saves


def test_facts_that_only_a_colleague_changed_are_shown_and_never_put_back(ann, bob):
    ann.type("notes", "Mine")
    bob.change(registration="0123")
    ann.show()
    assert ann.text("registration") == "0123"
    assert ann.told[-1] == ("B. Singh changed Registration number meanwhile. It is shown, and what you typed stays.")
    ann.editor.save()
    assert (ann.kept().notes, ann.kept().registration) == ("Mine", "0123")


def test_a_fact_that_both_changed_is_told_and_asked_about(ann, bob):
    ann.type("notes", "Mine")
    bob.change(notes="Theirs", registration="0123")
    ann.show()
    assert ann.told[-1] == "B. Singh changed Notes while you typed. Yours is shown; you choose when you save."
    press("Cancel")
    ann.editor.save()
    assert (ann.kept().notes, ann.text("notes")) == ("Theirs", "Mine")
    press("Save mine over theirs")
    ann.editor.save()
    assert (ann.kept().notes, ann.kept().registration) == ("Mine", "0123")


def test_a_colleagues_save_that_nobody_told_of_is_met_when_saving(ann, bob):
    ann.type("notes", "Mine")
    bob.change(notes="Theirs")
    press("Keep theirs")
    ann.editor.save()
    assert (ann.text("notes"), ann.kept().notes, ann.editor.is_changed) == ("Theirs", "Theirs", False)
    assert kept_draft(drafts_of(ann), "supplier 1") is None


def test_mine_over_theirs_is_only_what_was_changed_here_and_is_checked_again(ann, bob):
    ann.type("notes", "Mine")
    bob.change(contact_name="J. Bloom")
    press("Save mine over theirs")
    ann.editor.save()
    assert (ann.kept().notes, ann.kept().contact_name) == ("Mine", "J. Bloom")


@pytest.mark.parametrize("their_fact", ["notes", "registration"])
def test_a_draft_from_before_a_colleague_saved_is_told_and_loses_nothing(ann, bob, their_fact):
    ann.type("notes", "Mine")
    ann.restart()
    bob.change(**{their_fact: "Theirs"})
    ann.show()
    assert ann.text("notes") == "Mine"
    if their_fact == "notes":
        assert ann.told[-1].startswith("B. Singh changed Notes while you typed.")
        press("Save mine over theirs")
    else:
        assert ann.told[-1] == f"{FOUND_AGAIN} B. Singh has saved other facts since; they are shown as saved."
    ann.editor.save()
    assert ann.kept() == replace(ann.kept(), **{their_fact: "Theirs", "notes": "Mine"})


def test_what_i_saved_myself_elsewhere_is_no_news(ann):
    ann.type("notes", "Mine")
    ann.restart()
    ann.change(registration="0123")
    ann.show()
    assert ann.told[-1] == FOUND_AGAIN


def test_a_record_that_was_deleted_meanwhile_can_only_stay_deleted(ann, bob):
    ann.type("notes", "Mine")
    SUPPLIERS.delete(bob.session.workspace, SUPPLIERS.get(bob.session.workspace, 1))
    press("Leave it deleted")
    ann.editor.save()
    assert SUPPLIERS.get(ann.session.workspace, 1).is_deleted


# What goes wrong


class Slow:
    """The actions of suppliers, with something that happens while a record is being checked or saved."""

    def __init__(self):
        self.during_check = self.during_save = lambda: None

    def check(self, workspace, record, number=None):
        self.during_check()
        return SUPPLIERS.check(workspace, record, number)

    def add(self, workspace, record):
        return SUPPLIERS.add(workspace, record)

    def save(self, workspace, before, record):
        self.during_save()
        return SUPPLIERS.save(workspace, before, record)


@pytest.fixture
def slow(people):
    person = people(actions=Slow())
    SUPPLIERS.add(person.session.workspace, Supplier("Open Hand Trust"))
    person.show()
    return person


def test_a_save_that_fails_is_said_and_what_was_typed_stays(slow):
    def fail():
        raise TomsError("The disk is full", "Make room")

    slow.actions.during_save = fail
    slow.type("notes", "Mine")
    slow.editor.save()
    assert [str(error) for error in slow.failures]
    assert slow.text("notes") == "Mine"
    assert kept_draft(drafts_of(slow), "supplier 1") is not None


def test_another_record_that_is_shown_during_a_check_is_not_written_over(slow):
    slow.actions.during_check = lambda: slow.show(2)
    slow.type("notes", "Of the first")
    slow.editor.save()
    assert (slow.kept(1).notes, slow.kept(2)) == ("Pays in May", Supplier("Open Hand Trust"))
    slow.actions.during_check = lambda: None
    slow.show(1)
    assert slow.text("notes") == "Of the first", "it is kept until it is saved"


def test_another_record_that_is_shown_during_a_save_stays_as_it_is(slow):
    slow.actions.during_save = lambda: slow.show(2)
    slow.type("notes", "Of the first")
    slow.editor.save()
    assert slow.kept(1).notes == "Of the first"
    assert (slow.editor.record_id, slow.text("name")) == (2, "Open Hand Trust")
    slow.show(1)
    assert not slow.editor.is_changed


def test_what_is_typed_during_a_save_is_kept(slow):
    slow.actions.during_save = lambda: slow.type("notes", "Second")
    slow.type("notes", "First")
    slow.editor.save()
    assert (slow.kept().notes, slow.text("notes"), slow.editor.is_changed) == ("First", "Second", True)
    slow.actions.during_save = lambda: None
    slow.editor.save()
    assert slow.kept().notes == "Second"


def test_a_conflict_of_a_record_that_is_no_longer_shown_is_said(slow, bob):
    def during():
        bob.change(notes="Theirs")
        slow.show(2)

    slow.actions.during_save = during
    slow.type("notes", "Mine")
    slow.editor.save()
    assert len(slow.failures) == 1
    slow.show(1)
    assert slow.text("notes") == "Mine"


def test_a_form_that_shows_nothing_saves_nothing(ann):
    ann.type("notes", "Mine")
    ann.editor.close()
    ann.editor.save()
    ann.editor.discard()
    assert ann.kept().notes == "Pays in May"
    assert ann.saved == []


# What is kept


@pytest.mark.parametrize(
    "kept",
    [
        {},
        {"version": "1", "facts": {"notes": {"typed": "x", "was": ""}}},
        {"version": 1, "facts": ["notes"]},
        {"version": 1, "facts": {"notes": "x", "name": {"typed": "x"}}},
        {"notes": "as an earlier version kept it"},
    ],
)
def test_a_draft_that_cannot_be_read_is_none(ann, kept):
    drafts_of(ann).keep("supplier 1", kept)
    assert kept_draft(drafts_of(ann), "supplier 1") is None


def test_a_draft_without_changes_is_dropped(ann):
    drafts = drafts_of(ann)
    drafts.keep("supplier 1", {"version": 1})
    FormDraft(1, {}).keep(drafts, "supplier 1")
    assert drafts.get("supplier 1") is None
