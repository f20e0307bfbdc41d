"""The step Measures and targets: typed as in a spreadsheet, chosen by theme and kind, and saved beside others."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from tests.gui.audit import settle
from tests.gui.lists.people import press
from tests.services.tenders.build import measure
from tomsapp.domain.keys import theme_key
from tomsapp.domain.priority import Priority
from tomsapp.domain.tender.acts import TenderActFacts, TenderActKind
from tomsapp.domain.tender.setup import Step
from tomsapp.domain.tender.tender_measure import MeasureUse
from tomsapp.gui.tenders.field_place import FieldPlace, read_place
from tomsapp.gui.tenders.measure_rows import TARGET, TITLE, UNIT_VALUE, USE, WHY, WORTH
from tomsapp.services.databases import open_workspace
from tomsapp.services.priorities import PRIORITIES
from tomsapp.services.tenders.acts import do
from tomsapp.services.tenders.choosing import MeasureSort
from tomsapp.services.tenders.facts import TENDER_FACTS
from tomsapp.services.tenders.parts import MEASURES

D = Decimal
CTRL = Qt.KeyboardModifier.ControlModifier
KEY = Qt.Key


@pytest.fixture
def step(desk):
    """The step, with the measures J01 (target 2), S08 and V01 (target 100)."""
    MEASURES.add(desk.workspace, desk.read(), [measure("S08")])
    return begin(desk)


def begin(desk):
    tab = desk.open().current
    tab.open_step(Step.MENU)
    return tab.current


def held(desk, code):
    return next(each.record for each in desk.read().measures if each.record.measure == code)


def go(step, code, column):
    step.table.setFocus()
    assert step.table.go_to_measure(code, column)


def type_here(qtbot, step, text, then=KEY.Key_Return):
    """Type over the current cell, and leave it with a key."""
    qtbot.keyClicks(step.table.viewport(), text[:1]) if text else qtbot.keyClick(step.table, KEY.Key_F2)
    editor = QApplication.focusWidget()
    qtbot.keyClicks(editor, text[1:])
    qtbot.keyClick(editor, then)


def shown(step, code, column):
    return step.model.index(step.model.row_of(code), column).data()


# The table


def test_measures_stand_under_their_themes_with_what_their_targets_are_worth(step):
    said = [step.model.index(row, TITLE).data() for row in range(step.model.rowCount())]
    assert said[0] == "Fair work and poverty, 2 measures"
    assert said[1] == "Unemployed resident into sustained work"
    assert [shown(step, "J01", column) for column in (UNIT_VALUE, TARGET, WORTH)] == ["£20,202.72", "2", "£40,405.44"]
    assert shown(step, "S08", WORTH) == "No target"
    assert step.sums.text() == "3 measures. 2 targets together in lot 1"
    assert step.total.text().startswith("£")


def test_a_target_is_saved_when_its_cell_is_left_and_undone_as_one_step(desk, step, qtbot):
    go(step, "S08", TARGET)
    type_here(qtbot, step, "40")
    assert held(desk, "S08").target == D(40)
    assert shown(step, "S08", WORTH) == "£9,600.00"
    assert step.sums.text() == "3 measures. 3 targets together in lot 1"
    assert step.table.currentIndex().data() == "100.00", "the cursor is at the next measure"
    desk.session.undo()
    assert (held(desk, "S08").target, shown(step, "S08", TARGET)) == (None, "")


def test_tab_goes_to_the_next_target_and_ctrl_tab_leaves_the_table(step, qtbot):
    go(step, "J01", TARGET)
    qtbot.keyClick(step.table, KEY.Key_Tab)
    assert step.table.currentIndex().row() == step.model.row_of("S08")
    qtbot.keyClick(step.table, KEY.Key_Tab, CTRL)
    assert QApplication.focusWidget() is not step.table


@pytest.mark.parametrize(("text", "said"), [("many", "is not a number"), ("0", "0"), ("-3", "-3")])
def test_what_is_no_quantity_stays_in_its_cell_with_what_is_wrong(desk, step, qtbot, text, said):
    go(step, "S08", TARGET)
    type_here(qtbot, step, text)
    assert shown(step, "S08", TARGET) == text
    assert held(desk, "S08").target is None
    index = step.model.index(step.model.row_of("S08"), TARGET)
    assert said in index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert index.data(Qt.ItemDataRole.ToolTipRole)
    assert not step.save_now(), "it is not passed over on the way to the next step"
    assert step.table.hasFocus()
    again = begin(desk)
    assert shown(again, "S08", TARGET) == text, "nothing typed is lost"
    go(again, "S08", TARGET)
    type_here(qtbot, again, "7")
    assert held(desk, "S08").target == D(7)
    assert again.save_now()


def test_a_target_is_emptied_with_backspace(desk, step, qtbot):
    go(step, "J01", TARGET)
    qtbot.keyClick(step.table, KEY.Key_Backspace)
    assert held(desk, "J01").target is None


def test_why_a_measure_is_asked_is_typed_down_the_column(desk, step, qtbot):
    step.view.take_keyboard()
    qtbot.keyClick(QApplication.focusWidget(), KEY.Key_Right)
    assert step.table.view == "reasons"
    go(step, "J01", WHY)
    type_here(qtbot, step, "Cleaners live near the libraries")
    type_here(qtbot, step, "Schools ask for weeks of work")
    assert held(desk, "J01").relevance == "Cleaners live near the libraries"
    assert held(desk, "S08").relevance == "Schools ask for weeks of work"


def test_a_column_is_pasted_in_one_step_and_copied(desk, step, qtbot):
    go(step, "J01", TARGET)
    QGuiApplication.clipboard().setText("3\t\n12\nmany\n9\n")
    qtbot.keyClick(step.table, KEY.Key_V, CTRL)
    assert [held(desk, code).target for code in ("J01", "S08", "V01")] == [D(3), D(12), D(100)]
    assert shown(step, "V01", TARGET) == "many"
    desk.session.undo()
    assert [held(desk, code).target for code in ("J01", "S08", "V01")] == [D(2), None, D(100)]
    go(step, "J01", TARGET)
    qtbot.keyClick(step.table, KEY.Key_C, CTRL)
    assert QGuiApplication.clipboard().text().strip() == "2"


def test_a_use_is_changed_with_enter_and_a_condition_has_no_worth(desk, step, qtbot):
    step.table.show_view("reasons")
    go(step, "J01", USE)
    qtbot.keyClick(step.table, KEY.Key_Return)
    assert held(desk, "J01").use is MeasureUse.CONDITION
    assert shown(step, "J01", WORTH) == "Condition"
    qtbot.keyClick(step.table, KEY.Key_Space)
    assert held(desk, "J01").use is MeasureUse.SCORED


def test_a_theme_is_made_required_and_is_so_no_more(desk, step, qtbot):
    step.table.setFocus()
    step.table.go_to(0, step.model.choice_column)
    assert step.table.currentIndex().data() == "Make one required"
    qtbot.keyClick(step.table, KEY.Key_Return)
    assert desk.read().tender.mandatory_themes == {theme_key("barnet-open", 1)}
    assert step.model.index(0, step.model.choice_column).data() == "At least 1 is required"
    row = step.table.visualRect(step.model.index(0, step.model.choice_column))
    qtbot.mouseClick(step.table.viewport(), Qt.MouseButton.LeftButton, pos=row.center() + row.topRight() - row.center())
    assert desk.read().tender.mandatory_themes == frozenset()


def test_a_theme_folds_with_space_and_with_a_click(step, qtbot):
    step.table.setFocus()
    step.table.go_to(0, TITLE)
    rows = step.model.rowCount()
    qtbot.keyClick(step.table, KEY.Key_Space)
    assert step.model.rowCount() == rows - 2
    place = step.table.visualRect(step.model.index(0, TITLE)).center()
    qtbot.mouseClick(step.table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert step.model.rowCount() == rows


def test_delete_takes_a_measure_out_and_undo_brings_it_back_with_all_that_was_said(desk, step, qtbot):
    before = held(desk, "J01")
    step.table.setFocus()
    step.table.go_to(step.model.row_of("J01"), TITLE)
    qtbot.keyClick(step.table, KEY.Key_Delete)
    assert step.model.row_of("J01") is None
    desk.session.undo()
    assert held(desk, "J01") == before
    assert step.model.row_of("J01") is not None


def test_enter_on_a_measure_opens_all_that_is_asked_of_it(desk, step, qtbot):
    step.table.setFocus()
    step.table.go_to(step.model.row_of("J01"), TITLE)
    qtbot.keyClick(step.table, KEY.Key_Return)
    dialog = step.acts.dialog
    dialog.form.field("exception_reason").set_text("Nobody is hired for it")
    dialog.go_button.click()
    assert dialog.isVisible()
    assert "exception" in dialog.form.field("exception_name").error
    dialog.form.field("exception_name").set_text("M. Reid")
    dialog.form.field("exception_role").set_text("Head of Procurement")
    dialog.go_button.click()
    assert held(desk, "J01").exception_words == "Nobody is hired for it. Allowed by M. Reid, Head of Procurement"


# Choosing


def test_measures_are_chosen_by_theme_and_kind_and_one_by_one(desk, step):
    edition = desk.read().edition
    served = frozenset({f"barnet-open {code}" for code in ("V01", "V04")})
    PRIORITIES.add(desk.workspace, Priority("Voluntary sector", "Plan", served))
    desk.window.refresh(None)
    step.choose_button.click()
    dialog = step.acts.dialog
    assert dialog.go_button.text() == "Choose 3 measures"
    dialog.chips.themes.set_values([2])
    dialog.chips.changed.emit()
    dialog.ticks.all_link.click()
    of_theme = [place.measure.code for place in edition.places.values() if place.theme.number == 2]
    assert set(dialog.codes) == {"J01", "S08", "V01", *of_theme}
    dialog.chips.themes.set_values([])
    dialog.chips.sorts.set_values([MeasureSort.REAL_POUNDS])
    dialog.chips.changed.emit()
    shown_codes = dialog.chips.codes
    assert shown_codes
    assert all(edition.find_measure(code).real_pounds for code in shown_codes)
    dialog.chips.sorts.set_values([])
    dialog.chips.priorities.set_values(["Voluntary sector"])
    dialog.chips.changed.emit()
    dialog.ticks.none_link.click()
    dialog.go_button.click()
    assert {each.record.measure for each in desk.read().measures} == {"J01", "S08", *of_theme}
    assert held(desk, "J01").target == D(2), "what is asked already stays as it is"
    desk.session.undo()
    assert {each.record.measure for each in desk.read().measures} == {"J01", "S08", "V01"}


def test_filters_let_some_measures_through_and_a_link_takes_them_away(desk, step):
    step.chips.themes.set_values([1])
    step.chips.changed.emit()
    assert step.model.row_of("V01") is None
    assert step.sums.text().startswith("3 measures, 2 shown.")
    step.chips.themes.set_values([5])
    step.chips.changed.emit()
    assert not step.table.isVisible()
    step.focus_field("V01 target")
    assert step.table.currentIndex().row() == step.model.row_of("V01")


def test_a_tender_without_measures_says_how_they_are_chosen(desk):
    MEASURES.remove(desk.workspace, desk.read(), desk.read().measures)
    step = begin(desk)
    assert step.empty.isVisible()
    assert QApplication.focusWidget() is step.choose_button


def test_the_edition_is_chosen_once_and_most_measures_are_typed(desk, step, qtbot):
    step.form.most.line.setFocus()
    qtbot.keyClicks(step.form.most.line, "8")
    qtbot.keyClick(step.form.most.line, KEY.Key_Tab)
    assert desk.read().tender.most_measures == 8
    combo = step.form.edition.combo
    other = next(key for place in range(combo.count()) if (key := combo.itemData(place)) != "barnet-open/2026.2")
    step.form.edition.set_value(other)
    step.form.edition.edited.emit()
    assert f"{desk.read().tender.menu}/{desk.read().tender.edition}" == other
    desk.session.undo()
    assert (desk.read().tender.edition, step.form.edition.value) == ("2026.2", "barnet-open/2026.2")


def test_nothing_is_typed_once_the_tender_is_withdrawn(desk, step):
    read = desk.read()
    now = read.stored.saved_at
    do(desk.workspace, read, TenderActFacts(TenderActKind.WITHDRAW, now.date(), "Lead", "The budget is gone now"), now)
    desk.window.refresh(None)
    assert not step.model.is_typed(step.model.row_of("J01"), TARGET)
    assert not step.choose_button.isVisible()
    assert not step.form.edition.isEnabled()


# Colleagues


@pytest.fixture
def bob(desk):
    """A colleague at the same database."""
    path = desk.workspace.database.path
    colleague = open_workspace(path, desk.workspace.catalogue, "B. Singh", is_known=True)
    yield colleague
    colleague.close()


def saves(bob, desk, code, **facts):
    read = desk.read()
    stored = next(each for each in read.measures if each.record.measure == code)
    MEASURES.save(bob, read, stored, replace(stored.record, **facts))


def test_a_colleague_s_other_fact_is_taken_in_without_a_question(desk, step, bob, qtbot):
    saves(bob, desk, "J01", relevance="Theirs")
    go(step, "J01", TARGET)
    type_here(qtbot, step, "5")
    assert (held(desk, "J01").target, held(desk, "J01").relevance) == (D(5), "Theirs")


@pytest.mark.parametrize(("choice", "kept"), [("Save mine over theirs", D(5)), ("Keep theirs", D(9))])
def test_the_same_target_typed_by_two_is_asked_about(desk, step, bob, qtbot, choice, kept):
    saves(bob, desk, "J01", target=D(9))
    go(step, "J01", TARGET)
    press(choice)
    type_here(qtbot, step, "5")
    assert held(desk, "J01").target == kept
    assert shown(step, "J01", TARGET) == str(kept)


def test_of_several_targets_pasted_the_one_in_conflict_alone_is_asked_about(desk, step, bob, qtbot):
    saves(bob, desk, "S08", target=D(9))
    go(step, "J01", TARGET)
    QGuiApplication.clipboard().setText("3\n12\n70")
    press("Keep theirs")
    qtbot.keyClick(step.table, KEY.Key_V, CTRL)
    assert [held(desk, code).target for code in ("J01", "S08", "V01")] == [D(3), D(9), D(70)]


def test_a_theme_is_changed_beside_what_a_colleague_saved(desk, step, bob):
    read = desk.read()
    TENDER_FACTS.save(bob, read.stored, replace(read.tender, most_measures=6))
    step.table.theme_wanted.emit(1)
    assert (desk.read().tender.most_measures, desk.read().tender.theme_numbers) == (6, (1,))


# Places


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("", FieldPlace("", "")),
        ("bands", FieldPlace("", "bands")),
        ("2 value", FieldPlace("2", "value")),
        ("2", FieldPlace("2", "")),
        ("J01 target", FieldPlace("J01", "target")),
        ("J01", FieldPlace("J01", "")),
    ],
)
def test_the_name_of_a_place_is_read_back(name, place):
    assert read_place(name) == place
    assert place.name == name


def test_links_lead_to_the_cell_or_the_field(desk, step):
    for name, column in (("S08 relevance", WHY), ("J01 target", TARGET), ("V01 measure", TITLE), ("J01", TITLE)):
        step.focus_field(name)
        assert step.table.hasFocus(), name
        assert step.table.currentIndex().row() == step.model.row_of(name.split()[0])
        assert step.table.currentIndex().column() == column
    step.focus_field("most_measures")
    assert QApplication.focusWidget() is step.form.most.line


def test_either_the_table_scrolls_or_the_step_round_it_and_the_cursor_stays_in_view(desk, step, qtbot):
    edition = desk.read().edition
    codes = [code for code in edition.order if code not in {each.record.measure for each in desk.read().measures}]
    MEASURES.add(desk.workspace, desk.read(), [measure(code) for code in codes[:18]])
    desk.window.refresh(None)
    table, bar = step.table, step.table.verticalScrollBar()
    for width, height in ((1366, 768), (900, 480), (1366, 768)):
        desk.window.resize(width, height)
        settle()
        around = step._area.verticalScrollBar()
        assert (bar.maximum() > 0) is not (around.maximum() > 0), (width, height)
        if height == 768:
            assert bar.maximum() > 0
            head = table.visualRect(table.model().index(0, 0)).height()
            assert table.viewport().height() >= head + 4 * table.rowHeight(1), "as many rows as there is room for"
    desk.window.resize(900, 480)
    settle()
    desk.window.activateWindow()
    table.setFocus()
    for _ in range(12):
        qtbot.keyClick(table, KEY.Key_Down)
        settle()
        cell = table.visualRect(table.currentIndex())
        top = table.viewport().mapTo(step._area.viewport(), cell.topLeft()).y()
        assert 0 <= top <= step._area.viewport().height() - cell.height()
