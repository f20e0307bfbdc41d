"""The part Plan: quantities by quarter, what is done for them, and the versions that are proposed and accepted."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from tests.services.deliveries import Q1, Q2
from tomsapp.domain.delivery.acts import DeliveryActKind
from tomsapp.domain.delivery.plan import PlanEntry
from tomsapp.gui.delivery.plan_editor import cell_number, quarter_at
from tomsapp.gui.delivery.year_grid import FIRST_QUARTER
from tomsapp.gui.dialogs.edit_conflict import ConflictChoice
from tomsapp.services.delivery_plans import save_plan

NAME = Qt.ItemDataRole.AccessibleTextRole
EARLY = date(2026, 4, 2)


@pytest.fixture
def plan(desk):
    def make(until=EARLY):
        d = desk(until=until).open()
        d.delivery.show_section("plan")
        return d

    return make


def part(d):
    return d.delivery.section("plan")


def row_of(d, measure):
    return next(place for place, row in enumerate(part(d).model.rows) if row.commitment.measure == measure)


def at(d, measure, number):
    part(d).table.setFocus()
    part(d).table.go_to(row_of(d, measure), FIRST_QUARTER + number - 1)


def type_in(d, measure, number, text):
    """Type into a quantity as a person does, and leave it with Return."""
    at(d, measure, number)
    table = part(d).table
    QTest.keyClicks(table, text[:1])
    field = table.viewport().findChildren(QLineEdit)[-1]
    QTest.keyClicks(field, text[1:])
    QTest.keyClick(field, Qt.Key.Key_Return)


def shown(d, measure):
    model, row = part(d).model, row_of(d, measure)
    return [model.index(row, column).data() for column in range(1, model.columnCount())]


def saved(d, measure="V04"):
    """The entries that the database holds of a commitment, by quarter."""
    key = d.lines[measure].record.key
    return {each.record.quarter: each for each in d.opened.planned if each.record.commitment == key}


def finish(d, reason="The school was closed until the summer"):
    """Fill in the dialog that is open and do the act."""
    dialog = part(d).bar.dialog
    dialog.role.set_text("Contract manager")
    dialog.reason.set_text(reason)
    dialog.go_button.click()
    return dialog


def test_the_default_split_is_shown_as_such_with_what_the_year_adds_up_to(plan):
    d = plan()
    assert shown(d, "V04") == ["30", "30", "30", "30", "Adds up to 120"]
    assert shown(d, "J01") == ["0", "0", "0", "1", "Adds up to 1"]
    model, row = part(d).model, row_of(d, "V04")
    title = model.rows[row].measure.title
    assert model.index(row, model.last_column).data(NAME) == f"{title}, Adds up to 120, default split"
    assert model.index(row, 1).data(NAME) == f"{title}, Q1, 1 April 2026 to 30 June 2026, 30 hours planned"
    assert model.index(row_of(d, "J01"), 1).data(NAME).endswith("nothing planned")
    assert part(d).bar.in_force.text() == "Each year is split evenly over its quarters, until a plan is accepted."
    assert part(d).bar.worked_on.text().startswith("Type other quantities")
    assert part(d).table.accessibleName() == f"Plan of {d.opened.contract.reference}, year 2026/27"


def test_a_quantity_that_is_typed_is_saved_and_the_year_says_what_is_short(plan):
    d = plan()
    type_in(d, "V04", 1, "27")
    assert shown(d, "V04") == ["27", "30", "30", "30", "3 short of 120"]
    assert {quarter: each.record.quantity for quarter, each in saved(d).items()} == {Q1: 27}
    assert part(d).bar.worked_on.text() == (
        "1 year of a commitment is changed, not accepted. 1 does not add up: F8 goes there."
    )
    type_in(d, "V04", 4, "35")
    assert shown(d, "V04")[-1] == "2 more than 120"
    type_in(d, "V04", 4, "33")
    assert shown(d, "V04")[-1] == "Adds up to 120"
    d.session.undo()
    assert shown(d, "V04")[-1] == "2 more than 120"
    d.session.undo()
    d.session.undo()
    assert (shown(d, "V04")[0], saved(d)) == ("30", {})


def test_a_blank_is_nothing_and_keys_set_a_block_to_nothing(plan):
    d = plan()
    at(d, "V04", 2)
    QTest.keyClick(part(d).table, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(part(d).table, Qt.Key.Key_Delete)
    assert shown(d, "V04") == ["30", "0", "0", "30", "60 short of 120"]
    d.session.undo()
    assert shown(d, "V04")[-1] == "Adds up to 120", "one step of undo for the block"


def test_a_quantity_is_copied_to_the_right(plan):
    d = plan()
    type_in(d, "V04", 1, "27")
    at(d, "V04", 1)
    QTest.keyClick(part(d).table, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    assert shown(d, "V04")[:2] == ["27", "27"]
    assert part(d).table.currentIndex().column() == FIRST_QUARTER + 1
    for _ in range(2):
        QTest.keyClick(part(d).table, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(part(d).table, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    assert shown(d, "V04") == ["27", "27", "27", "27", "12 short of 120"]
    at(d, "V04", 4)
    QTest.keyClick(part(d).table, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    assert shown(d, "V04")[3] == "27", "there is no quarter after the last"


def test_what_is_no_quantity_stays_in_its_cell_over_a_restart_until_it_is_put_right(plan):
    d = plan()
    type_in(d, "V04", 2, "abc")
    d.page.refresh(None)
    assert shown(d, "V04")[1] == "abc"
    assert "error: “abc” is not a number" in part(d).model.index(row_of(d, "V04"), 2).data(NAME)
    at(d, "V04", 2)
    assert part(d).side.state.text().startswith("“abc” is not a number")
    part(d).editor.show(None)
    part(d).editor.show(d.delivery.opened)
    assert shown(d, "V04")[1] == "abc", "as if the program had been closed"
    part(d).bar.propose.click()
    assert part(d).bar.dialog is None
    type_in(d, "V04", 2, "30")
    assert part(d).editor.held == {}


def test_f8_goes_to_the_next_year_that_is_short_in_whichever_contract_year(plan):
    d = plan()
    key = d.lines["V04"].record.key
    part(d).editor.type_quantity(key, cell_number(quarter_at(5)), "1")
    at(d, "J01", 1)
    assert d.delivery.step(1)
    assert (d.delivery.years.currentIndex(), part(d).table.currentIndex().row()) == (1, row_of(d, "V04"))
    part(d).editor.type_quantity(key, 5, "30")
    assert d.delivery.step(1)


def test_tab_goes_by_quantity_and_control_tab_leaves_the_grid(plan):
    d = plan()
    table = part(d).table
    at(d, "J01", 4)
    QTest.keyClick(table, Qt.Key.Key_Tab)
    index = table.currentIndex()
    assert (index.row(), index.column()) == (1, FIRST_QUARTER)
    QTest.keyClick(table, Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    index = table.currentIndex()
    assert (index.row(), index.column()) == (0, FIRST_QUARTER + 3)
    QTest.keyClick(table, Qt.Key.Key_Tab, Qt.KeyboardModifier.ControlModifier)
    assert d.page.focusWidget() is not table


def test_blocks_go_to_a_spreadsheet_and_back(plan, qapp):
    d = plan()
    at(d, "V04", 1)
    QTest.keyClick(part(d).table, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(part(d).table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert qapp.clipboard().text().splitlines() == ["Q1 Apr to Jun\tQ2 Jul to Sep", "30\t30"]
    qapp.clipboard().setText("10\t20\t30\t60\n")
    at(d, "V04", 1)
    QTest.keyClick(part(d).table, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert shown(d, "V04") == ["10", "20", "30", "60", "Adds up to 120"]
    qapp.clipboard().setText("10\tmany\t1\t1\t1")
    QTest.keyClick(part(d).table, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    said = part(d).paste_dialog.list.toPlainText()
    assert "Row 1, column 2 (V04, Q2 (Jul to Sep 2026)): “many”. “many” is not a number" in said
    assert "(V04, beside the last quarter): “1”. There is no quarter for this column" in said
    assert shown(d, "V04")[0] == "10", "nothing is pasted before it is said"
    part(d).paste_dialog.reject()


def test_what_is_done_for_a_quarter_is_entered_in_the_panel(plan):
    d = plan()
    at(d, "V04", 2)
    QTest.keyClick(part(d).table, Qt.Key.Key_Return)
    side = part(d).side
    assert d.page.panel().focusWidget() is side.fields.field("action").control
    for name, text in (("action", "Ask three schools"), ("person", "Social value lead"), ("partner", "Northgate")):
        side.fields.field(name).control.setFocus()
        QTest.keyClicks(side.fields.field(name).control, text)
    side.save_button.click()
    entry = saved(d)[Q2].record
    assert (entry.quantity, entry.action, entry.person, entry.partner) == (
        30, "Ask three schools", "Social value lead", "Northgate",
    )  # fmt: skip
    assert part(d).model.index(row_of(d, "V04"), 2).data(NAME).endswith("30 hours planned, Ask three schools")


def test_typing_in_the_panel_stays_while_the_quantity_is_typed_in_the_grid(plan):
    d = plan()
    at(d, "V04", 2)
    field = part(d).side.fields.field("action")
    field.control.setFocus()
    QTest.keyClicks(field.control, "Ask three schools")
    type_in(d, "V04", 2, "31")
    at(d, "V04", 2)
    assert (field.text, part(d).side.fields.field("quantity").text) == ("Ask three schools", "31")
    part(d).side.save_button.click()
    assert (saved(d)[Q2].record.quantity, saved(d)[Q2].record.action) == (31, "Ask three schools")


def test_a_colleagues_change_is_shown_and_told(plan):
    d = plan()
    key = d.lines["V04"].record.key
    d.session.set_who("P. Officer")
    save_plan(d.workspace, d.opened, [(None, PlanEntry(key, Q1, Decimal(10)))])
    d.session.set_who("A. Okafor")
    d.page.refresh(None)
    assert shown(d, "V04")[0] == "10"
    assert part(d).note.text.text() == "P. Officer changed the plan of V04 meanwhile. It is shown as saved."


@pytest.mark.parametrize(
    ("choice", "expected"), [(ConflictChoice.MINE, "12"), (ConflictChoice.THEIRS, "10"), (ConflictChoice.CANCEL, "12")]
)
def test_of_two_who_saved_the_same_quarter_one_is_chosen(plan, monkeypatch, choice, expected):
    d = plan()
    key = d.lines["V04"].record.key
    d.session.set_who("P. Officer")
    save_plan(d.workspace, d.opened, [(None, PlanEntry(key, Q1, Decimal(10), "Ask three schools"))])
    d.session.set_who("A. Okafor")
    asked = []

    def choose(_parent, error, mine, _fields):
        asked.append((error.theirs.record.quantity, mine.quantity, mine.action))
        return choice

    monkeypatch.setattr("tomsapp.gui.dialogs.edit_conflict.resolve_conflict", choose)
    type_in(d, "V04", 1, "12")
    assert asked == [(10, 12, "Ask three schools")], "a fact that only the other changed is kept"
    assert shown(d, "V04")[0] == expected
    held = {ConflictChoice.MINE: 12}.get(choice, 10)
    assert (saved(d)[Q1].record.quantity, saved(d)[Q1].record.action) == (held, "Ask three schools")


def test_who_types_over_a_quarter_of_which_another_changed_the_action_alone_is_asked_too(plan, monkeypatch):
    d = plan()
    key, asked = d.lines["V04"].record.key, []
    d.session.set_who("P. Officer")
    save_plan(d.workspace, d.opened, [(None, replace(part(d).editor.entry(key, Q1), action="Ask three schools"))])
    d.session.set_who("A. Okafor")
    monkeypatch.setattr(
        "tomsapp.gui.dialogs.edit_conflict.resolve_conflict",
        lambda *told: asked.append(told[2]) or ConflictChoice.CANCEL,
    )
    type_in(d, "V04", 1, "12")
    assert [(mine.quantity, mine.action) for mine in asked] == [(12, "Ask three schools")]


def test_a_plan_is_proposed_returned_accepted_and_taken_back_with_its_versions(plan):
    d = plan()
    type_in(d, "V04", 1, "27")
    part(d).bar.propose.click()
    assert part(d).bar.dialog is None, "a year is short"
    assert part(d).note.text.text().startswith("The plan cannot be proposed yet")
    type_in(d, "V04", 4, "33")
    part(d).bar.propose.click()
    finish(d)
    assert part(d).bar.in_force.text().endswith(", and waits for an answer.")
    part(d).bar.give_back.click()
    dialog = finish(d, reason="Too little")
    assert "says too little" in dialog.reason.error
    dialog.reason.set_text("Too much of it comes at the very end")
    dialog.go_button.click()
    assert part(d).bar.accept.isHidden()
    part(d).bar.propose.click()
    finish(d)
    part(d).bar.accept.click()
    finish(d)
    assert d.opened.plan_version == 1
    assert part(d).bar.in_force.text().startswith("Version 1: Plan accepted on ")
    assert part(d).model.rows[row_of(d, "V04")].source.value == "As accepted"
    part(d).bar.versions.click()
    dialog = part(d).bar.dialog
    names = [each.name.split(" on ")[0] for each in dialog._versions]
    assert names == [
        "Default split", "Plan proposed", "Plan returned", "Plan proposed", "Plan accepted", "As it is worked on",
    ]  # fmt: skip
    assert dialog.said.text() == "Nothing differs."
    for field, place in ((dialog.before, 0), (dialog.after, 4)):
        field.set_value(place)
        field.chosen.emit(place)
    told = [(each.line, each.fact, each.before, each.after) for each in dialog.model.shown_rows()]
    assert told == [
        ("V04", "Planned", "30", "27"),
        ("V04", "Planned", "30", "33"),
    ]
    dialog.back.click()
    finish(d, reason="The wrong version was accepted today")
    assert d.opened.plan_version == 0
    assert d.opened.plan_acts[-1].kind is DeliveryActKind.PROPOSE_PLAN


def test_a_plan_begins_again_from_the_one_that_holds(plan):
    d = plan()
    assert part(d).bar.again.isHidden()
    type_in(d, "V04", 1, "27")
    part(d).bar.again.click()
    assert shown(d, "V04") == ["30", "30", "30", "30", "Adds up to 120"]
    assert part(d).bar.again.isHidden()
    d.session.undo()
    assert shown(d, "V04")[0] == "27"


def test_a_plan_that_moves_what_was_due_asks_why(plan):
    d = plan(until=date(2026, 11, 1))
    type_in(d, "V04", 1, "27")
    type_in(d, "V04", 4, "33")
    part(d).bar.propose.click()
    dialog = finish(d, reason="")
    assert dialog.reason.error.startswith("V04: Q1 (Apr to Jun 2026) has ended with 30 due, and the plan makes it 27")
    dialog.reason.set_text("The school was closed until the summer")
    dialog.go_button.click()
    assert d.opened.plan_acts[-1].reason == "The school was closed until the summer"


def test_assistive_technology_types_a_quantity_by_choosing_its_cell(plan):
    d = plan()
    table = part(d).table
    table.choose(part(d).model.index(row_of(d, "V04"), FIRST_QUARTER))
    field = table.viewport().findChildren(QLineEdit)[-1]
    assert field.accessibleName().endswith("30 hours planned")
