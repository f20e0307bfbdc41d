"""A form that is saved as it is typed: field by field, one step of undo each, beside what colleagues save."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.gui.lists.people import press
from tomsapp.domain.supplier import SUPPLIER
from tomsapp.gui.drafts import Drafts
from tomsapp.gui.jobs import Jobs
from tomsapp.gui.records.form_draft import kept_draft
from tomsapp.gui.records.record_form import RecordForm
from tomsapp.gui.records.saved_as_typed import SavedAsTyped
from tomsapp.services.suppliers import SUPPLIERS

BAD, GOOD = "not an address", "info@lantern.example"


@pytest.fixture
def desk(people):
    """Ann at the form of a supplier; what is saved is read again, as a page does."""
    person = people()
    begin(person)
    return person


def begin(person):
    person.form = RecordForm(SUPPLIER)
    person.qtbot.addWidget(person.form)
    person.editor = SavedAsTyped(person.session, person.form, SUPPLIERS)
    person.editor.told.connect(person.told.append)
    person.editor.saved.connect(person.saved.append)
    person.session.changed.connect(lambda _changes: person.show())
    person.show()


def leave(person, name, text):
    person.type(name, text)
    person.form.field(name).left.emit()


def test_each_field_is_saved_when_it_is_left_and_undone_by_itself(desk):
    leave(desk, "notes", "Pays in June")
    leave(desk, "contact_name", "B. Marsh")
    assert (desk.kept().notes, desk.kept().contact_name) == ("Pays in June", "B. Marsh")
    desk.session.undo()
    assert (desk.kept().notes, desk.kept().contact_name) == ("Pays in June", "")
    assert (desk.text("notes"), desk.text("contact_name")) == ("Pays in June", "")
    assert not desk.editor.is_changed


def test_a_field_that_was_not_changed_saves_nothing(desk):
    desk.form.field("notes").left.emit()
    assert (desk.saved, desk.session.undo_label) == ([], "")


def test_what_cannot_be_used_stays_typed_with_what_is_wrong_and_keeps_nothing_else_from_being_saved(desk):
    leave(desk, "contact_email", BAD)
    assert desk.form.field("contact_email").error
    leave(desk, "notes", "Pays in June")
    assert (desk.kept().notes, desk.kept().contact_email) == ("Pays in June", "")
    assert desk.text("contact_email") == BAD
    assert desk.form.field("contact_email").error, "it is still said"
    assert list(kept_draft(Drafts(desk.session.preferences, desk.session.workspace), "supplier 1").facts) == [
        "contact_email"
    ]
    leave(desk, "contact_email", GOOD)
    assert (desk.kept().contact_email, desk.form.field("contact_email").error) == (GOOD, "")


def test_what_the_database_refuses_is_said_beside_its_field(desk):
    SUPPLIERS.add(desk.session.workspace, replace(desk.kept(), name="Open Hand Trust"))
    leave(desk, "name", "open hand trust")
    assert desk.form.field("name").error.startswith("There is already")
    assert desk.kept().name == "Lantern CIC"


def test_what_a_colleague_changed_elsewhere_is_taken_in_without_a_question(desk, people):
    bob = people("B. Singh")
    bob.change(contact_name="R. Cole")
    leave(desk, "notes", "Pays in June")
    assert (desk.kept().notes, desk.kept().contact_name) == ("Pays in June", "R. Cole")
    assert desk.text("contact_name") == "R. Cole"


@pytest.mark.parametrize(("choice", "kept"), [("Save mine over theirs", "Mine"), ("Keep theirs", "Theirs")])
def test_the_same_fact_changed_by_both_is_asked_about_and_nothing_is_lost(desk, people, choice, kept):
    bob = people("B. Singh")
    bob.change(notes="Theirs")
    press(choice)
    leave(desk, "notes", "Mine")
    assert (desk.kept().notes, desk.text("notes")) == (kept, kept)


def test_a_conflict_that_is_put_off_keeps_what_was_typed(desk, people):
    bob = people("B. Singh")
    bob.change(notes="Theirs")
    press("Cancel")
    leave(desk, "notes", "Mine")
    assert (desk.kept().notes, desk.text("notes")) == ("Theirs", "Mine")


def test_fields_that_are_left_one_after_the_other_wait_for_the_save_before(people, qtbot):
    person = people()
    jobs = Jobs()
    workspace, person.session.jobs = person.session.workspace, jobs
    begin(person)
    leave(person, "notes", "Pays in June")
    assert person.editor.is_saving
    leave(person, "contact_name", "B. Marsh")
    person.type("registration", "0207")
    qtbot.waitUntil(lambda: SUPPLIERS.get(workspace, 1).record.contact_name == "B. Marsh")
    qtbot.waitUntil(lambda: not jobs.is_busy)
    assert (person.kept().notes, person.failures, person.text("registration")) == ("Pays in June", [], "0207")
    person.session.undo()
    qtbot.waitUntil(lambda: not jobs.is_busy)
    assert (person.kept().notes, person.kept().contact_name) == ("Pays in June", "")
    jobs.shut_down()


def test_a_field_with_everything_marked_stays_so_when_the_save_of_the_one_before_comes_back(desk):
    desk.form.show()
    line = desk.form.field("contact_name").line
    leave(desk, "contact_name", "B. Marsh")
    line.selectAll()
    leave(desk, "notes", "Pays in June")
    assert line.selectedText() == "B. Marsh"
