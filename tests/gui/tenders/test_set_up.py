"""The set-up of a tender in the window: the stepper, its facts and its lots, as a person enters them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from tests.gui.lists.people import button, press, when_open
from tests.gui.tenders.test_tenders_page import issue_it
from tests.services.tenders.build import tender
from tomsapp.domain.contract import ContractKind, YearSpend
from tomsapp.domain.tender.setup import Step
from tomsapp.gui.tenders.steps import STEPS
from tomsapp.gui.widgets.stepper import ShownStep, StepMark, Stepper
from tomsapp.services.tenders.facts import TENDER_FACTS
from tomsapp.services.tenders.parts import LOTS

ACCESSIBLE = int(Qt.ItemDataRole.AccessibleTextRole)
CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


def setup_of(desk, step=Step.FACTS):
    tab = desk.open().current
    tab.open_step(step)
    return tab


def type_into(qtbot, form, name, text):
    """Replace what stands in a field, and leave it with Tab."""
    control = form.field(name).control
    control.setFocus()
    control.selectAll()
    qtbot.keyClicks(control, text) if text else qtbot.keyClick(control, Qt.Key.Key_Delete)
    qtbot.keyClick(control, Qt.Key.Key_Tab)


# The stepper


def test_a_reader_is_told_of_each_step_what_it_lacks(qtbot):
    stepper = Stepper("Your offer")
    qtbot.addWidget(stepper)
    steps = [
        ShownStep(1, "Choose", "5 of 8 chosen", StepMark.DONE),
        ShownStep(2, "Say how much", "1 quantity missing", StepMark.PROBLEM),
        ShownStep(3, "Save", "Not saved yet", StepMark.OPEN),
    ]
    stepper.show_steps(steps, 2)
    assert [stepper.model.item(place).data(ACCESSIBLE) for place in range(3)] == [
        "Step 1 of 3, Choose, 5 of 8 chosen",
        "Step 2 of 3, Say how much, 1 quantity missing, current",
        "Step 3 of 3, Save, Not saved yet",
    ]
    stepper.show_steps(steps[:2], 1)
    assert stepper.model.rowCount() == 2


def test_arrows_move_in_the_stepper_and_enter_opens(desk, qtbot):
    tab = setup_of(desk)
    steps = tab.stepper.list
    steps.setFocus()
    qtbot.keyClick(steps, Qt.Key.Key_Down)
    assert tab.current_step is Step.FACTS
    qtbot.keyClick(steps, Qt.Key.Key_Return)
    assert tab.current_step is Step.LOTS
    qtbot.mouseClick(
        steps.viewport(), Qt.MouseButton.LeftButton, pos=steps.visualRect(steps.model().index(0, 0)).center()
    )
    assert tab.current_step is Step.FACTS


def test_every_step_can_be_opened_in_any_order(desk):
    tab = setup_of(desk)
    for entry in reversed(STEPS):
        tab.open_step(entry.step)
        assert tab.current is tab.step_widget(entry.step)
        assert tab.heading.text().startswith(f"Step {entry.step.value} of {len(STEPS)}")


def test_a_step_says_what_is_wrong_before_it_was_opened(desk):
    (first, second) = desk.read().lots
    LOTS.save(desk.workspace, desk.read(), second, replace(second.record, value=None))
    tab = setup_of(desk)
    lots = next(step for step in tab.stepper.steps if step.key == Step.LOTS.value)
    assert (lots.state, lots.mark) == ("Lot 2 has no value", StepMark.PROBLEM)
    assert first.record.value


def test_keys_go_to_the_next_step_and_back(desk, qtbot):
    tab = setup_of(desk)
    qtbot.keyClick(tab, Qt.Key.Key_PageDown, CTRL)
    assert tab.current_step is Step.LOTS
    qtbot.keyClick(tab, Qt.Key.Key_PageUp, CTRL)
    assert tab.current_step is Step.FACTS
    assert not tab.back.isVisible()


def test_f8_goes_from_one_thing_that_is_missing_to_the_next(desk, qtbot):
    stored = TENDER_FACTS.add(desk.workspace, replace(tender("T-2026-004"), deadline_on=None)).result
    page = desk.open(stored.id)
    qtbot.keyClick(page, Qt.Key.Key_F8)
    assert QApplication.focusWidget() is page.current.current.fields.field("deadline_on").control
    qtbot.keyClick(page, Qt.Key.Key_F8)
    assert page.current.current_step is Step.LOTS
    assert QApplication.focusWidget().text() == "Add lot"


# A new tender


def test_a_new_tender_begins_with_the_next_reference_and_the_council_s_menu(desk, qtbot):
    page = desk.open("list")
    qtbot.keyClick(page, Qt.Key.Key_N, CTRL)
    form = desk.window.page("tenders").shown
    assert form.title == "New tender"
    assert form.fields.field("reference").text.startswith("T-")
    assert QApplication.focusWidget() is form.fields.field("reference").control
    type_into(qtbot, form.fields, "reference", "T-2026-010")
    form.save_button.click()
    assert form.fields.field("title").error == "Enter what is bought"
    type_into(qtbot, form.fields, "title", "Grounds maintenance")
    form.save_button.click()
    shown = desk.window.page("tenders").shown
    saved = desk.read(shown.tender_id).tender
    assert (saved.reference, saved.title, saved.menu) == ("T-2026-010", "Grounds maintenance", "barnet-open")
    assert shown.title == "Grounds maintenance"


def test_a_reference_is_not_given_twice(desk, qtbot):
    desk.window.go_to("tenders", "new")
    form = desk.window.page("tenders").shown
    type_into(qtbot, form.fields, "reference", "T-2026-003")
    type_into(qtbot, form.fields, "title", "Another")
    form.save_button.click()
    assert "T-2026-003" in form.fields.field("reference").error
    assert form.summary.isVisible()


def test_what_is_typed_of_a_new_tender_is_kept_until_it_is_given_up(desk, qtbot):
    desk.window.go_to("tenders", "new")
    form = desk.window.page("tenders").shown
    type_into(qtbot, form.fields, "title", "Grounds")
    desk.window.go_to("tenders", "list")
    desk.window.go_to("tenders", "new")
    assert form.fields.field("title").text == "Grounds"
    form.discard_button.click()
    assert desk.window.page("tenders").shown is desk.window.page("tenders").list
    desk.window.go_to("tenders", "new")
    assert form.fields.field("title").text == ""


# Step 1


def test_each_fact_is_saved_when_its_field_is_left_and_undone_by_itself(desk, qtbot):
    tab = setup_of(desk)
    fields = tab.current.fields
    type_into(qtbot, fields, "title", "Cleaning of libraries")
    assert desk.read().tender.title == "Cleaning of libraries"
    type_into(qtbot, fields, "deadline_on", "29 January 2027")
    type_into(qtbot, fields, "deadline_at", "17:00")
    assert fields.field("deadline_on").said.text == "17:00, Friday 29 January 2027, UK time"
    tab.next.click()
    saved = desk.read().tender
    assert (saved.title, saved.deadline_on, saved.deadline_at) == ("Cleaning of libraries", date(2027, 1, 29), "17:00")
    assert tab.current_step is Step.LOTS
    assert desk.window.page("tenders").shown.title == "Cleaning of libraries"
    desk.session.undo()
    assert (desk.read().tender.deadline_at, desk.read().tender.title) == ("12:00", "Cleaning of libraries")
    desk.session.undo()
    desk.session.undo()
    assert desk.read().tender.title == "Cleaning"


def test_next_stays_where_a_field_is_wrong_and_the_stepper_does_not(desk, qtbot):
    tab = setup_of(desk)
    type_into(qtbot, tab.current.fields, "deadline_at", "noon")
    tab.next.click()
    assert tab.current_step is Step.FACTS
    assert QApplication.focusWidget() is tab.current.fields.field("deadline_at").control
    tab.stepper.chosen.emit(Step.LOTS.value)
    assert tab.current_step is Step.LOTS
    tab.open_step(Step.FACTS)
    assert tab.current.fields.field("deadline_at").text == "noon"
    assert desk.read().tender.deadline_at == "12:00"


def test_a_fixed_sum_is_asked_for_where_it_is_the_base(desk):
    fields = setup_of(desk).current.fields
    assert not fields.field("fixed_base").isVisible()
    base = fields.field("base")
    base.set_value("fixed")
    base.edited.emit()
    assert fields.field("fixed_base").isVisible()


def test_what_was_issued_keeps_its_reference_and_says_that_changes_go_out(desk):
    issue_it(desk)
    step = setup_of(desk).current
    assert not step.fields.field("reference").isEnabled()
    assert step.fields.field("title").isEnabled()
    assert "goes out to bidders with the next version" in step.locked.text.text()


def test_what_a_colleague_saved_is_shown_and_what_is_typed_stays(desk, qtbot):
    step = setup_of(desk).current
    type_into(qtbot, step.fields, "directorate", "Environment")
    before = desk.read().stored
    TENDER_FACTS.save(desk.workspace, before, replace(before.record, title="Cleaning of hubs"))
    desk.window.refresh(None)
    assert step.fields.field("title").text == "Cleaning of hubs"
    assert step.fields.field("directorate").text == "Environment"
    step.save_now()
    assert (desk.read().tender.title, desk.read().tender.directorate) == ("Cleaning of hubs", "Environment")


# Step 2


def test_the_first_lot_is_added_and_entered_with_the_keyboard(desk, qtbot):
    stored = TENDER_FACTS.add(desk.workspace, tender("T-2026-004")).result
    tab = desk.open(stored.id).current
    tab.open_step(Step.LOTS)
    step = tab.current
    assert QApplication.focusWidget() is step.add_first
    qtbot.keyClick(step.add_first, Qt.Key.Key_Return)
    assert QApplication.focusWidget() is step.fields.first_control
    type_into(qtbot, step.fields, "value", "60k")
    type_into(qtbot, step.fields, "start_on", "1 April 2027")
    type_into(qtbot, step.fields, "end_on", "2 years")
    assert step.fields.field("end_on").text == "31 March 2029"
    qtbot.keyClick(step.fields.field("value").control, Qt.Key.Key_Return)
    (lot,) = desk.read(stored.id).lots
    assert (lot.record.value, lot.record.end_on) == (Decimal(60000), date(2029, 3, 31))
    assert not step._list.isVisible()


def test_another_lot_has_the_length_of_the_last_one(desk, qtbot):
    step = setup_of(desk, Step.LOTS).current
    qtbot.keyClick(step, Qt.Key.Key_A, CTRL | Qt.KeyboardModifier.ShiftModifier)
    lots = [each.record for each in desk.read().lots]
    assert [lot.number for lot in lots] == [1, 2, 3]
    assert (lots[2].start_on, lots[2].end_on, lots[2].value, lots[2].title) == (
        lots[1].start_on,
        lots[1].end_on,
        None,
        "",
    )
    assert step.table.current_lot.lot.number == 3
    assert QApplication.focusWidget() is step.fields.first_control


def test_a_lot_that_is_left_is_saved(desk, qtbot):
    step = setup_of(desk, Step.LOTS).current
    step.table.setFocus()
    type_into(qtbot, step.fields, "title", "Council offices")
    qtbot.keyClick(step.table, Qt.Key.Key_Down)
    assert [each.record.title for each in desk.read().lots] == ["Council offices", "Libraries"]
    assert step.fields.field("title").text == "Libraries"
    assert step.heading.text() == "Lot 2, Libraries"


def test_a_lot_whose_days_contradict_each_other_says_so_and_keeps_what_is_typed(desk, qtbot):
    step = setup_of(desk, Step.LOTS).current
    type_into(qtbot, step.fields, "end_on", "1 March 2026")
    assert step.fields.field("end_on").error
    assert desk.read().lots[0].record.end_on == date(2029, 3, 31)
    assert not step.save_now()
    type_into(qtbot, step.fields, "end_on", "3 years")
    assert desk.read().lots[0].record.end_on == date(2030, 3, 31)


def test_wards_are_saved_as_they_are_ticked(desk):
    step = setup_of(desk, Step.LOTS).current
    field = step.fields.field("places")
    assert field.names
    field.ticks.list.item(2).setCheckState(Qt.CheckState.Checked)
    (ward,) = desk.read().lots[0].record.places
    assert field.names[ward] == field.ticks.list.item(2).text()


def test_lots_are_moved_and_removed_and_keep_no_gap(desk, qtbot):
    step = setup_of(desk, Step.LOTS).current
    step.table.go_to_number(2)
    qtbot.keyClick(step.table, Qt.Key.Key_Up, ALT)
    assert [each.record.title for each in desk.read().lots] == ["Libraries", "Offices"]
    assert step.table.current_lot.lot.title == "Libraries"
    press("Remove lot")
    qtbot.keyClick(step.table, Qt.Key.Key_Delete)
    assert [(each.record.number, each.record.title) for each in desk.read().lots] == [(1, "Offices")]
    desk.session.undo()
    assert [each.record.title for each in desk.read().lots] == ["Libraries", "Offices"]


def test_a_lot_that_is_asked_about_stays(desk, qtbot):
    step = setup_of(desk, Step.LOTS).current
    when_open(lambda dialog: button(dialog, "Keep lot").click())
    step.remove_button.click()
    assert len(desk.read().lots) == 2


def test_a_framework_is_asked_for_its_spend_by_year(desk, qtbot):
    before = desk.read().stored
    TENDER_FACTS.save(desk.workspace, before, replace(before.record, kind=ContractKind.FRAMEWORK))
    desk.window.refresh(None)
    step = setup_of(desk, Step.LOTS).current
    spend = step.fields.spend
    assert spend.isVisible()
    assert sorted(spend.lines) == [(0, False), (1, False)]
    for year, amount in enumerate(("700k", "500k")):
        qtbot.keyClicks(spend.lines[year, False], amount)
    assert step.save_now()
    (lot, _) = desk.read().lots
    assert lot.record.spend == (YearSpend(0, Decimal(700000)), YearSpend(1, Decimal(500000)))


def test_spend_that_nobody_asks_for_any_more_can_be_taken_out(desk, qtbot):
    (lot, _) = desk.read().lots
    LOTS.save(desk.workspace, desk.read(), lot, replace(lot.record, spend=(YearSpend(0, Decimal(5)),)))
    step = setup_of(desk, Step.LOTS).current
    assert step.fields.spend.isVisible()
    step.fields.spend.lines[0, False].selectAll()
    qtbot.keyClick(step.fields.spend.lines[0, False], Qt.Key.Key_Delete)
    assert step.save_now()
    assert desk.read().lots[0].record.spend == ()


def test_lots_of_an_issued_tender_keep_their_numbers(desk):
    issue_it(desk)
    step = setup_of(desk, Step.LOTS).current
    assert not step.down_button.isEnabled()
    assert step.add_button.isEnabled()
    assert step.fields.field("value").isEnabled()


@pytest.mark.parametrize(("place", "number", "field"), [("2 value", 2, "value"), ("1 end_on", 1, "end_on")])
def test_a_problem_of_a_lot_leads_to_its_field(desk, place, number, field):
    step = setup_of(desk, Step.LOTS).current
    step.focus_field(place)
    assert step.table.current_lot.lot.number == number
    assert QApplication.focusWidget() is step.fields.field(field).control
