from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from tests.gui.lists.conftest import HARTWELL, LANTERN
from tests.gui.lists.people import button, press
from tomsapp.services import commitments, suppliers


def names(page):
    return [row.supplier.name for row in page.model.shown_rows()]


def choose(page, name):
    page.table.select_place(page.model.place_of(lambda row: row.supplier.name == name))


def test_empty_list_says_what_to_do(start_program):
    page = start_program().open("suppliers")
    assert page.empty.isVisible()
    assert page.empty.currentIndex() == 1


def test_supplier_is_added_with_the_keyboard(program, qtbot):
    page = program.open("suppliers")
    qtbot.keyClick(page.table, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    side = page.side
    assert side.form.field("name").control.hasFocus()
    side.save_button.click()
    assert side.form.field("name").error == "Enter the organisation’s name"
    qtbot.keyClicks(side.form.field("name").control, "Open Hand Trust")
    side.form.field("contact_email").set_text("nobody")
    side.save_button.click()
    assert "has no @" in side.form.field("contact_email").error
    side.form.field("contact_email").set_text("a@b.example")
    side.save_button.click()
    assert "Open Hand Trust" in names(page)
    assert page.current().supplier.name == "Open Hand Trust"


def test_chosen_supplier_shows_its_contracts_as_links_and_its_history(program):
    page = program.open("suppliers")
    went = []
    page.wants_page.connect(lambda key, target: went.append((key, target)))
    choose(page, HARTWELL.name)
    button(page.side, "C-2026-004 Housing repairs, east").click()
    assert went == [("contracts", program.housing)]


def test_change_is_saved_and_undone(program, qtbot):
    page = program.open("suppliers")
    choose(page, HARTWELL.name)
    qtbot.keyClicks(page.side.form.field("contact_name").control, "J. Doyle")
    page.side.save_button.click()
    assert suppliers.get_supplier(program.workspace, program.hartwell).record.contact_name == "J. Doyle"
    program.session.undo()
    assert page.side.form.field("contact_name").text == ""


def test_supplier_with_contracts_is_kept_and_says_why(program):
    page = program.open("suppliers")
    choose(page, HARTWELL.name)
    page.delete_button.click()
    assert program.failures[0].message == "Hartwell and Doyle Ltd has 1 contract, so it cannot be deleted"
    assert HARTWELL.name in names(page)


def test_deleting_asks_and_is_undone(program):
    suppliers.add_supplier(program.workspace, replace(HARTWELL, name="Spare Ltd"))
    page = program.open("suppliers")
    choose(page, "Spare Ltd")
    press("Keep supplier")
    page.delete_button.click()
    assert "Spare Ltd" in names(page)
    press("Delete supplier")
    page.delete_button.click()
    assert "Spare Ltd" not in names(page)
    program.session.undo()
    assert "Spare Ltd" in names(page)


def test_second_of_two_people_sees_both_versions(program, start_program, qtbot):
    page = program.open("suppliers")
    choose(page, HARTWELL.name)
    other = start_program("B. Singh")
    stored = suppliers.get_supplier(other.workspace, program.hartwell)
    suppliers.save_supplier(other.workspace, stored, replace(stored.record, registration="999"))
    qtbot.keyClicks(page.side.form.field("contact_name").control, "J. Doyle")
    press("Save mine over theirs")
    page.side.save_button.click()
    saved = suppliers.get_supplier(program.workspace, program.hartwell).record
    assert (saved.contact_name, saved.registration) == ("J. Doyle", "999")


def test_draft_of_a_supplier_survives_choosing_another_and_a_restart(program, start_program, qtbot):
    page = program.open("suppliers")
    choose(page, HARTWELL.name)
    qtbot.keyClicks(page.side.form.field("contact_name").control, "J. Doyle")
    choose(page, "Lantern Youth CIC")
    assert page.side.form.field("contact_name").text == ""
    program.close()
    again = start_program().open("suppliers", program.hartwell)
    assert again.side.form.field("contact_name").text == "J. Doyle"
    again.side.discard_button.click()
    assert again.side.form.field("contact_name").text == ""


def test_copy_takes_the_heads_along(program):
    page = program.open("suppliers")
    page.export.choices.actions()[-1].trigger()
    first, second, *_rest = QGuiApplication.clipboard().text().split("\n")
    assert first.split("\t")[0] == "Name"
    assert second.split("\t")[0] == HARTWELL.name


def test_filters_combine(program):
    page = program.open("suppliers")
    page.chips["is_local"]._on_ticked([True])
    assert names(page) == [HARTWELL.name]
    page.search.setText("lantern")
    assert names(page) == []


def test_social_value_of_each_supplier_stands_in_the_list_and_follows_the_commitments(program):
    page = program.open("suppliers")
    column = [each.key for each in page.model.columns].index("social_value")

    def shown(name):
        place = page.model.place_of(lambda row: row.supplier.name == name)
        return page.model.index(place, column).data()

    total = program.contract().checked.valuation.social_value
    assert shown(HARTWELL.name) == f"£{total:,.2f}"
    assert shown(LANTERN.name) == "£0.00"
    opened = program.contract()
    program.session.act(
        lambda workspace, _: commitments.remove_commitments(
            workspace, opened.stored.id, opened.edition, opened.commitments[:1]
        )
    ).start()
    left = program.contract().checked.valuation.social_value
    assert left < total
    assert shown(HARTWELL.name) == f"£{left:,.2f}"


def test_a_colleague_s_save_comes_into_the_form_around_what_is_typed(program, start_program, qtbot):
    page = program.open("suppliers")
    choose(page, HARTWELL.name)
    other = start_program("B. Singh")
    qtbot.keyClicks(page.side.form.field("contact_name").control, "J. Doyle")
    stored = suppliers.get_supplier(other.workspace, program.hartwell)
    suppliers.save_supplier(other.workspace, stored, replace(stored.record, registration="999"))
    page.refresh(None)
    assert page.side.form.field("registration").text == "999"
    assert page.side.form.field("contact_name").text == "J. Doyle"
    said = "B. Singh changed Registration number meanwhile. It is shown, and what you typed stays."
    assert page.side.note.text.text() == said
    page.side.save_button.click()
    saved = suppliers.get_supplier(program.workspace, program.hartwell).record
    assert (saved.contact_name, saved.registration) == ("J. Doyle", "999")
    assert page.side.note.isHidden()


def test_what_was_typed_for_a_new_supplier_is_there_again(program, start_program, qtbot):
    page = program.open("suppliers")
    qtbot.mouseClick(page.new_button, Qt.MouseButton.LeftButton)
    qtbot.keyClicks(page.side.form.field("name").control, "Open Hand")
    choose(page, HARTWELL.name)
    assert page.side.heading.text() == HARTWELL.name
    program.close()
    again = start_program().open("suppliers", "new")
    assert again.side.form.field("name").text == "Open Hand"
    assert "It has not been saved yet" in again.side.note.text.text()
    again.side.discard_button.click()
    assert again.side.form.field("name").text == ""


def test_a_new_contract_begins_with_the_supplier_that_it_was_asked_for(program):
    page = program.open("suppliers", program.lantern)
    button(page.side, "New contract with this supplier").click()
    form = program.window.page("contracts").shown.form
    assert form.fields.supplier.name == LANTERN.name
    assert not form.editor.is_changed, "nothing was typed yet"
    program.open("contracts", "new")
    assert program.window.page("contracts").shown.form.fields.supplier.name == ""
