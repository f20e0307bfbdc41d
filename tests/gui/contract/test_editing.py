"""Typing, pasting, removing and undoing in the grid: database and screen agree."""

from decimal import Decimal

import pytest
from PySide6.QtCore import QItemSelection, QItemSelectionModel, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from tests.gui.contract.conftest import line
from tests.services.council import reopen, sign
from tomsapp.gui.contract.grid_model import FIRST_YEAR
from tomsapp.gui.contract.problem_rows import ProblemRow, Verb
from tomsapp.services import contracts


def type_text(table, text, key=Qt.Key.Key_Return):
    """Type over the current cell, then leave it with a key."""
    QTest.keyClicks(table, text[:1])
    editor = table.viewport().findChildren(QLineEdit)[-1]
    QTest.keyClicks(editor, text[1:])
    QTest.keyClick(editor, key)


def total_of(desk):
    return desk.page.forms.panel._total.text()


def test_typing_replaces_the_quantity_saves_it_and_shows_the_total_at_once(desk):
    d = desk()
    assert total_of(d) == "£104,152.52"
    d.cell("J01", 0)
    type_text(d.table, "3")
    assert d.shown("J01", FIRST_YEAR) == "3"
    assert d.shown("J01", d.model.value_column) == "£40,405.44"
    assert total_of(d) == "£124,355.24"
    assert d.saved("J01").quantities == (Decimal(3), Decimal(1), Decimal(0))


def test_enter_goes_to_the_line_below_and_tab_to_the_next_quantity(desk):
    d = desk()
    d.cell("J01", 1)
    type_text(d.table, "2")
    assert d.model.line_at(d.table.currentIndex().row()).commitment.measure == "J11"
    assert d.table.currentIndex().column() == FIRST_YEAR + 1
    type_text(d.table, "6", Qt.Key.Key_Tab)
    type_text(d.table, "7", Qt.Key.Key_Tab)
    assert d.saved("J11").quantities == (Decimal(5), Decimal(6), Decimal(7))
    assert d.model.line_at(d.table.currentIndex().row()).commitment.measure == "S08"


def test_tab_leaves_the_grid_after_the_last_quantity(desk):
    """What is typed next would else replace what was just entered."""
    d = desk()
    last = max(row for row in range(d.model.rowCount()) if d.model.is_quantity(row, FIRST_YEAR + 2))
    d.table.setFocus()
    d.table.go_to(last, FIRST_YEAR + 2)
    type_text(d.table, "5", Qt.Key.Key_Tab)
    at = d.page.window().focusWidget()
    assert at is not d.table
    assert not d.table.isAncestorOf(at)


def test_the_cursor_goes_to_the_topmost_line_that_was_added(desk):
    d = desk(lines=(line("V01", 1, 1, 1),))
    d.page.actions_on_lines.add_measures(["G01", "J11"])
    assert d.model.line_at(d.table.currentIndex().row()).commitment.measure == "J11"
    assert d.table.currentIndex().column() == FIRST_YEAR


def test_blank_and_nought_differ(desk):
    d = desk()
    d.cell("J01", 0)
    QTest.keyClick(d.table, Qt.Key.Key_Backspace)
    assert d.saved("J01").quantities[0] is None
    assert d.shown("J01", FIRST_YEAR) == ""
    d.cell("J01", 0)
    type_text(d.table, "0")
    assert d.saved("J01").quantities[0] == Decimal(0)
    assert d.shown("J01", FIRST_YEAR) == "0"


def test_text_that_is_no_quantity_stays_with_a_message_and_saves_nothing(desk):
    d = desk(lines=(line("J13", 1, None, None), line("J11", 5, 5, 5)))
    for typed, message in (
        ("4.2m", "“4.2m” is not a number. Use numbers only, for example 12."),
        ("-4", "The quantity is less than zero. Enter 0 or more."),
        ("1.5", "1.5 is not a whole number. Enter a whole number of residents."),
        ("0,5", "“0,5” can be read in two ways. Write 0.5 or 5."),
        ("1.234", "It is not clear what “1.234” is. Write 1234."),
    ):
        d.cell("J13", 1)
        type_text(d.table, typed)
        assert d.shown("J13", FIRST_YEAR + 1) == typed
        assert any(message in sentence for sentence in d.sentences())
        assert d.saved("J13").quantities == (Decimal(1), None, None)
    assert "error" in d.page.open_problems.text()


@pytest.mark.parametrize(
    ("code", "typed", "offered", "taken"),
    [
        ("J11", "1,50", ["Use 1.5", "Use 150"], Decimal("1.5")),
        ("J13", "1.234", ["Use 1234"], Decimal(1234)),
    ],
)
def test_what_a_quantity_can_mean_is_a_click_away(desk, code, typed, offered, taken):
    d = desk(lines=(line(code, 1, None, None),))
    d.cell(code, 1)
    type_text(d.table, typed)
    row = next(row for row in d.model.rows if isinstance(row, ProblemRow) and "Write" in row.sentence)
    readings = [action for action in row.actions if action.verb is Verb.USE]
    assert [action.words for action in readings] == offered
    assert row.actions[0].verb is Verb.GO_TO_CELL  # what Enter does
    d.page.problems.do(row, readings[0])
    assert d.saved(code).quantities[:2] == (Decimal(1), taken)
    assert not any(typed in sentence for sentence in d.sentences())


def test_held_text_survives_a_restart_and_goes_when_put_right(desk, qtbot):
    from tomsapp.gui.pages.contract_page import ContractPage

    d = desk()
    d.cell("J01", 1)
    type_text(d.table, "4.2m")
    again = ContractPage(d.session)
    qtbot.addWidget(again)
    again.show_target(d.contract_id)
    row = again.lines.model.row_of(f"line:{d.saved('J01').key}")
    assert again.lines.model.index(row, FIRST_YEAR + 1).data() == "4.2m"
    d.cell("J01", 1)
    type_text(d.table, "4")
    assert not any("4.2m" in sentence for sentence in d.sentences())
    assert d.saved("J01").quantities[1] == Decimal(4)


def test_held_text_of_one_database_never_appears_in_another_of_the_same_file_name(desk, tmp_path):
    north = desk()
    north.cell("J01", 1)
    type_text(north.table, "4.2m")
    south = desk(folder=tmp_path / "south")
    assert south.path.name == north.path.name
    assert south.shown("J01", FIRST_YEAR + 1) == "1"
    assert not any("4.2m" in sentence for sentence in south.sentences())
    north.page.editor.reload()
    assert north.shown("J01", FIRST_YEAR + 1) == "4.2m"


def test_delete_removes_the_line_and_undo_brings_it_back(desk):
    d = desk()
    d.cell("S08", 0)
    QTest.keyClick(d.table, Qt.Key.Key_Delete)
    assert "S08" not in [row.commitment.measure for row in d.model.lines()]
    assert d.toasts[-1].text == "S08 Work experience week, aged 16 to 17 removed from C-2026-004"
    d.toasts[-1].undo()
    assert d.shown("S08", d.model.value_column) == "£7,200.00"
    assert d.saved("S08").quantities == (Decimal(40),) * 3


def test_undo_takes_back_one_cell(desk):
    d = desk()
    d.cell("J11", 0)
    type_text(d.table, "9")
    assert d.session.undo_label == "Change J11 Worker raised to the London Living Wage"
    d.session.undo()
    assert d.shown("J11", FIRST_YEAR) == "5.00"
    assert d.saved("J11").quantities[0] == Decimal(5)


def test_ctrl_d_copies_the_year_to_the_right(desk):
    d = desk()
    d.cell("G01", 1)
    QTest.keyClick(d.table, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    assert d.saved("G01").quantities == (Decimal(1), Decimal(1), Decimal(1))
    assert d.table.currentIndex().column() == FIRST_YEAR + 2


def test_a_block_is_copied_with_heads_and_pasted_back(desk):
    d = desk()
    first, last = d.row("J01"), d.row("J11")
    d.table.go_to(first, FIRST_YEAR)
    block = QItemSelection(d.table.grid.index(first, FIRST_YEAR), d.table.grid.index(last, FIRST_YEAR + 1))
    d.table.selectionModel().select(block, QItemSelectionModel.SelectionFlag.Select)
    d.table.copy_block()
    assert QGuiApplication.clipboard().text() == "2026/27\t2027/28\n1\t1\n5.00\t5.00"
    QGuiApplication.clipboard().setText("2026/27\t2027/28\r\n2\t3\r\n7.5\t\r\n")
    d.cell("J01", 0)
    QTest.keyClick(d.table, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert d.saved("J01").quantities == (Decimal(2), Decimal(3), Decimal(0))
    assert d.saved("J11").quantities == (Decimal("7.5"), None, Decimal(5))
    d.session.undo()
    assert d.saved("J01").quantities == (Decimal(1), Decimal(1), Decimal(0))
    assert d.saved("J11").quantities == (Decimal(5), Decimal(5), Decimal(5))


def test_a_paste_with_bad_cells_changes_nothing_until_the_user_agrees(desk):
    from tomsapp.gui.contract.paste_dialog import PasteDialog

    d = desk()
    d.page.paste("2\tmany\n−1\t6", d.row("J01"), FIRST_YEAR)
    dialog = d.page.findChild(PasteDialog)
    said = dialog.list.toPlainText().splitlines()
    assert (
        said[0] == "Row 1, column 2 (J01, 2027/28): “many”. “many” is not a number. Use numbers only, for example 12.5."
    )
    assert said[1].startswith("Row 2, column 1 (J11, 2026/27): “−1”. The quantity is less than zero")
    assert d.saved("J01").quantities[0] == Decimal(1)
    QTest.mouseClick(dialog.paste, Qt.MouseButton.LeftButton)
    assert d.saved("J01").quantities == (Decimal(2), Decimal(1), Decimal(0))
    assert d.saved("J11").quantities == (Decimal(5), Decimal(6), Decimal(5))


def test_a_paste_beyond_the_last_year_or_line_is_said(desk):
    from tomsapp.gui.contract.paste import read_block

    d = desk()
    block = read_block("1\t2", d.model, d.row("J01"), FIRST_YEAR + 2)
    assert [cell.message for cell in block.bad] == ["There is no contract year for this column"]
    block = read_block("1\n2", d.model, d.row("G01"), FIRST_YEAR)
    assert [cell.message for cell in block.bad] == ["There is no line for this row"]


def test_a_block_with_decimal_commas_is_asked_about_where_a_number_has_two_readings(desk):
    from tomsapp.gui.contract.paste import read_block

    d = desk()
    place = d.row("J01")
    read = {text: read_block(text, d.model, place, FIRST_YEAR) for text in ("1,250\t2.5", "1,250\t2,5", "1,250\t2")}
    assert list(read["1,250\t2.5"].quantities.values()) == [Decimal(1250), Decimal("2.5")]
    assert list(read["1,250\t2"].quantities.values()) == [Decimal(1250), Decimal(2)]
    mixed = read["1,250\t2,5"]
    assert not mixed.quantities
    assert [cell.message.partition(". ")[0] for cell in mixed.bad] == [
        "“1,250” can be read in two ways",
        "“2,5” can be read in two ways",
    ]


def test_a_signed_contract_cannot_be_typed_into_until_it_is_reopened(desk):
    from datetime import date

    d = desk()
    opened = contracts.open_contract(d.workspace, d.contract_id)
    sign(d.workspace, opened, date(2026, 3, 1))
    d.page.refresh(None)
    assert d.page.header.badge._text.text() == "Signed"
    assert not d.page.add_button.isVisible()
    assert all(row.actions == () for row in d.model.rows if hasattr(row, "actions"))
    d.cell("J01", 0)
    QTest.keyClicks(d.table, "9")
    QTest.keyClick(d.table, Qt.Key.Key_Delete)
    assert d.saved("J01").quantities[0] == Decimal(1)
    asked = []
    d.page.reopen_wanted.connect(lambda: asked.append(True))
    QTest.mouseClick(d.page.reopen_button, Qt.MouseButton.LeftButton)
    assert asked == [True]
    reopen(d.workspace, contracts.open_contract(d.workspace, d.contract_id))
    d.page.refresh(None)
    assert d.page.add_button.isVisible()
    d.cell("J01", 0)
    type_text(d.table, "9")
    assert d.saved("J01").quantities[0] == Decimal(9)


def test_somebody_else_saved_first_and_both_versions_are_offered(desk):
    from dataclasses import replace

    from tomsapp.bootstrap import menu_catalogue
    from tomsapp.services import commitments, databases

    d = desk()
    conflicts = []
    d.page.conflict_found.connect(conflicts.append)
    other = databases.open_workspace(d.path, menu_catalogue(), "B. Stone")
    theirs = next(x for x in contracts.open_contract(other, d.contract_id).commitments if x.record.measure == "J11")
    changed = replace(theirs.record, quantities=(Decimal(8), Decimal(5), Decimal(5)))
    commitments.save_commitment(other, d.contract_id, theirs, changed, "Change")
    other.close()
    d.cell("J11", 1)
    type_text(d.table, "6")
    conflict = conflicts[-1]
    assert conflict.mine.quantities == (Decimal(5), Decimal(6), Decimal(5))
    assert conflict.theirs.record.quantities == (Decimal(8), Decimal(5), Decimal(5))
    assert d.shown("J11", FIRST_YEAR + 1) == "6.00"
    conflict.save_mine()
    assert d.saved("J11").quantities == (Decimal(5), Decimal(6), Decimal(5))


def test_keeping_the_other_version_shows_it(desk):
    from dataclasses import replace

    from tomsapp.bootstrap import menu_catalogue
    from tomsapp.services import commitments, databases

    d = desk()
    conflicts = []
    d.page.conflict_found.connect(conflicts.append)
    other = databases.open_workspace(d.path, menu_catalogue(), "B. Stone")
    theirs = next(x for x in contracts.open_contract(other, d.contract_id).commitments if x.record.measure == "J11")
    changed = replace(theirs.record, quantities=(Decimal(8), Decimal(5), Decimal(5)))
    commitments.save_commitment(other, d.contract_id, theirs, changed, "Change")
    other.close()
    d.cell("J11", 1)
    type_text(d.table, "6")
    conflicts[-1].keep_theirs()
    assert [d.shown("J11", FIRST_YEAR + year) for year in range(3)] == ["8.00", "5.00", "5.00"]
    d.cell("J11", 1)
    type_text(d.table, "6")
    assert d.saved("J11").quantities == (Decimal(8), Decimal(6), Decimal(5))


def test_a_check_that_comes_late_does_not_overwrite_what_is_being_typed(desk):
    d = desk()
    d.cell("J11", 0)
    QTest.keyClicks(d.table, "1")
    editor = d.table.viewport().findChildren(QLineEdit)[-1]
    QTest.keyClicks(editor, "2")
    d.page.editor.changed.emit()
    assert editor.text() == "12"
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert d.saved("J11").quantities[0] == Decimal(12)


def test_esc_leaves_the_cell_as_it_was(desk):
    d = desk()
    d.cell("J11", 0)
    QTest.keyClicks(d.table, "9")
    QTest.keyClick(d.table.viewport().findChildren(QLineEdit)[-1], Qt.Key.Key_Escape)
    assert d.shown("J11", FIRST_YEAR) == "5.00"
    assert d.session.undo_label == ""


def test_cells_typed_faster_than_they_are_saved_are_all_kept(qtbot, tmp_path, preferences):
    from tests.gui.contract.conftest import LINES, Desk, a_contract
    from tomsapp.gui.jobs import Jobs

    threads = Jobs()
    d = Desk(qtbot, tmp_path, threads, preferences, LINES, a_contract())
    qtbot.waitUntil(lambda: d.page.editor.opened is not None)
    d.cell("J11", 0)
    for typed in ("7", "8", "9"):
        type_text(d.table, typed, Qt.Key.Key_Tab)
    assert [d.shown("J11", FIRST_YEAR + year) for year in range(3)] == ["7.00", "8.00", "9.00"]
    qtbot.waitUntil(lambda: not threads.is_busy)
    assert d.saved("J11").quantities == (Decimal(7), Decimal(8), Decimal(9))
    d.session.undo()
    qtbot.waitUntil(lambda: not threads.is_busy)
    assert [d.shown("J11", FIRST_YEAR + year) for year in range(3)] == ["7.00", "8.00", "5.00"]
    threads.shut_down()
    d.workspace.close()


def test_another_database_lets_the_contract_go(desk):
    d = desk()
    d.session.workspace_changed.emit(None)
    assert d.model.rowCount() == 0
    assert d.page.title == "Contract"
    d.page.refresh(None)
    assert d.model.rowCount() == 0


def test_a_contract_that_is_gone_says_so(desk):
    d = desk()
    opened = contracts.open_contract(d.workspace, d.contract_id)
    contracts.delete_contract(d.workspace, opened)
    d.page.refresh(None)
    assert d.page.lines._notice is not None
    assert d.page.editor.contract_id == 0


def test_a_failed_save_keeps_what_was_typed_and_can_be_tried_again(desk, monkeypatch):
    from tomsapp.gui.contract import editor
    from tomsapp.services.failures import StoreError

    d = desk()
    real = editor.commitments.save_commitments

    def refuse(*_args):
        raise StoreError("The disk is full", "Free some space, then try again")

    monkeypatch.setattr(editor.commitments, "save_commitments", refuse)
    d.cell("J11", 0)
    type_text(d.table, "9")
    assert d.page.lines._notice.accessibleName() == "Error: The disk is full. Free some space, then try again."
    d.page.refresh(None)
    assert d.shown("J11", FIRST_YEAR) == "9.00"
    assert d.saved("J11").quantities[0] == Decimal(5)
    monkeypatch.setattr(editor.commitments, "save_commitments", real)
    d.page.lines._notice.action_chosen.emit("again")
    assert d.saved("J11").quantities[0] == Decimal(9)
    assert d.page.lines._notice is None
