"""Neighbourhoods are made of wards that are ticked, and are told by the names of their wards."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from tests.gui.lists.people import press, when_open
from tests.services.council import LAKESIDE, set_area
from tomsapp.gui.dialogs.edit_conflict import EditConflictDialog
from tomsapp.gui.widgets.text import Text
from tomsapp.services import databases
from tomsapp.services.neighbourhoods import NEIGHBOURHOODS


@pytest.fixture
def page(program):
    set_area(program.workspace)
    return program.open("neighbourhoods")


def ticks(page):
    return page.side.form.field("wards").ticks


def row(page, words):
    found = [page.model.row_object(at).record.name for at in range(page.model.rowCount())]
    return found.index(words)


def tick(page, name, qtbot):
    """As a person does by the keyboard: find it in the list, then Space."""
    listed = ticks(page).list
    (item,) = listed.findItems(name, Qt.MatchFlag.MatchStartsWith)
    listed.setCurrentItem(item)
    qtbot.keyClick(listed, Qt.Key.Key_Space)


def test_an_empty_list_says_what_neighbourhoods_are_for(page):
    assert page.empty.isVisible()
    assert "The Overview then filters" in " ".join(text.text() for text in page.empty.findChildren(Text))


def test_it_is_added_with_the_keyboard_changed_and_undone(program, page, qtbot):
    page.start_new()
    field = page.side.form.field("wards")
    assert field.told == "No ward ticked"
    page.side.form.field("name").set_text("Lakeside")
    page.side.save_button.click()
    assert field.error == "Tick at least one ward"
    tick(page, "Brackwater", qtbot)
    tick(page, "Brindlecote", qtbot)
    assert field.told == "2 wards: Brackwater; Brindlecote"
    page.side.save_button.click()
    assert page.current().record == LAKESIDE
    tick(page, "Brackwater", qtbot)
    page.side.save_button.click()
    assert page.current().record.wards == {"X02"}
    program.session.undo()
    assert page.current().record == LAKESIDE
    assert page.side.form.field("wards").keys == LAKESIDE.wards
    program.session.undo()
    program.session.undo()
    assert page.model.rowCount() == 0


def test_what_is_ticked_and_not_saved_comes_back_as_a_draft(program, page, qtbot):
    NEIGHBOURHOODS.add(program.workspace, LAKESIDE)
    page.refresh(None)
    page.select(0)
    tick(page, "Candlemoor", qtbot)
    page.side.editor.flush()
    page.side.clear()
    page.side.show_number(page.current().id)
    assert page.side.form.field("wards").keys == {"X01", "X02", "X03"}
    page.side.discard_button.click()
    assert page.side.form.field("wards").keys == LAKESIDE.wards


def test_the_search_narrows_the_list_and_down_leads_into_it(page, qtbot):
    page.start_new()
    search, listed = ticks(page).search, ticks(page).list
    ticks(page).set_options([(str(number), f"Ward {number}") for number in range(20)], ["3"])
    assert ticks(page).first_control() is search
    qtbot.keyClicks(search, "ward 13")
    assert [at for at in range(20) if not listed.item(at).isHidden()] == [13]
    qtbot.keyClick(search, Qt.Key.Key_Down)
    assert listed.currentRow() == 13
    qtbot.keyClick(listed, Qt.Key.Key_Space)
    assert ticks(page).chosen == ["3", "13"]
    search.setText("nothing like it")
    qtbot.keyClick(search, Qt.Key.Key_Down)
    assert listed.currentRow() == 13


def test_a_ward_that_is_no_more_stays_until_its_tick_is_taken_away(program, page, qtbot):
    NEIGHBOURHOODS.add(program.workspace, replace(LAKESIDE, wards=frozenset({"X01", "Z99"})))
    page.refresh(None)
    page.select(0)
    assert page.side.form.field("wards").told == "2 wards: Brackwater; Z99"
    tick(page, "Z99 (no longer offered)", qtbot)
    page.side.save_button.click()
    assert page.current().record.wards == {"X01"}


def test_list_and_file_name_the_wards(program, page):
    NEIGHBOURHOODS.add(program.workspace, LAKESIDE)
    page.refresh(None)
    table = page._table_shown()
    assert [column.title for column in table.columns] == ["Name", "Wards"]
    assert table.rows == [["Lakeside", "Brackwater; Brindlecote"]]


def test_both_versions_name_the_wards(program, page, qtbot):
    stored = NEIGHBOURHOODS.add(program.workspace, LAKESIDE).result
    page.refresh(None)
    page.select(0)
    other = databases.open_workspace(program.path, program.workspace.catalogue, "B. Singh")
    NEIGHBOURHOODS.save(other, stored, replace(LAKESIDE, wards=frozenset({"X03"})))
    other.close()
    tick(page, "Emberley", qtbot)
    seen = []

    def look(dialog: EditConflictDialog):
        seen.extend(text.text() for text in dialog.findChildren(Text))
        dialog.reject()

    when_open(look)
    page.side.save_button.click()
    assert {"Candlemoor", "Brackwater; Brindlecote; Emberley"} <= set(seen)


def test_it_is_deleted_and_brought_back(program, page):
    NEIGHBOURHOODS.add(program.workspace, LAKESIDE)
    page.refresh(None)
    page.select(0)
    press("Delete neighbourhood")
    page.delete_button.click()
    assert page.model.rowCount() == 0
    program.session.undo()
    assert row(page, "Lakeside") == 0
