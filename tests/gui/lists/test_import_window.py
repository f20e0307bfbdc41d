"""The window that shows somebody's table, as a person uses it: by pointing, by keys, and by pasting."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QMessageBox, QPushButton

from tests.exchange.books import book_of
from tests.services.council import sign
from tomsapp.domain.wording import format_pounds
from tomsapp.exchange.labelled.labels import RowKind
from tomsapp.gui.importing.import_window import ImportWindow
from tomsapp.gui.importing.line_details import LineDetails
from tomsapp.gui.importing.lines_model import ROW_ROLE
from tomsapp.gui.importing.lines_paint import line_size, note_words
from tomsapp.gui.importing.lines_rows import GroupRow, LineRow, NoteRow
from tomsapp.gui.widgets.layouts import laid_out
from tomsapp.gui.widgets.text import Text
from tomsapp.services.history import contract_history

GOOD = "Code,2026/27,2027/28,2028/29,Statement\nJ11,2,2,2,Paid weekly\nV01,100,100,100,Cash to the fund\n"
BAD = "Code,2026/27,2027/28,2028/29,Statement\nJ11,2,two,2,Paid\nV01,100,100,100,Cash\n"
HELD = 3


@pytest.fixture
def window(program):
    program.open("contracts", program.housing)
    program.window.page("contracts").shown.import_button.click()
    return next(one for one in program.window.findChildren(ImportWindow) if one.isVisible())


@pytest.fixture
def show(window, tmp_path):
    """Opens a table that was written as text, or made as a workbook."""

    def shown(content, name="offer.csv"):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        window.read_file(path)
        return path

    return shown


def rows(window, kind=LineRow):
    view = window.lines_step.view
    every = (view.model().index(place, 0).data(ROW_ROLE) for place in range(view.model().rowCount()))
    return [row for row in every if isinstance(row, kind)]


def codes(program):
    return [line.record.measure for line in program.contract().commitments]


def go_on(window, qtbot):
    qtbot.mouseClick(window.foot.next_button, Qt.MouseButton.LeftButton)


def choose(window, qtbot, code, option):
    """Click one of the two buttons of a line."""
    view = window.lines_step.view
    key = next(row.line.key for row in rows(window) if row.line.code == code)
    view.go_to(key)
    qtbot.keyClick(view, option)


def test_nothing_is_saved_before_the_last_button_and_one_undo_takes_it_back(program, window, show, qtbot):
    show(GOOD)
    assert window.head.title.text() == "Show me your table"
    assert window.foot.next_button.text() == "Next: compare 2 lines"
    go_on(window, qtbot)
    assert window.head.title.text() == "Compare 2 lines"
    assert [(row.group.words, row.number) for row in rows(window, GroupRow)] == [
        ("Changed", 2), ("No longer offered", 1)
    ]  # fmt: skip
    assert codes(program) == ["J11", "S08", "V01"]
    assert window.foot.next_button.text() == "Import 2 lines"
    go_on(window, qtbot)
    assert not window.isVisible()
    assert codes(program) == ["J11", "S08", "V01"]
    assert [line.record.quantity_in(0) for line in program.contract().commitments] == [2, 40, 100]
    assert program.session.undo_label == "Import 2 lines from offer.csv"
    what = contract_history(program.workspace, program.housing)[0].what
    assert f"SHA-256 {sha256(GOOD.encode()).hexdigest()}]" in what
    program.session.undo()
    assert [line.record.quantity_in(0) for line in program.contract().commitments] == [5, 40, 5000]


def test_the_total_with_the_choices_made_is_the_total_afterwards(program, window, show, qtbot):
    show(GOOD)
    go_on(window, qtbot)
    choose(window, qtbot, "V01", Qt.Key.Key_K)
    choose(window, qtbot, "S08", Qt.Key.Key_E)
    promised = window._shown.figures.headline
    assert window.foot.next_button.text() == "Import 2 lines"
    go_on(window, qtbot)
    assert codes(program) == ["J11", "V01"]
    assert promised == format_pounds(program.contract().checked.valuation.social_value)


def test_a_line_that_the_file_lacks_is_kept_until_somebody_ends_it(program, window, show, qtbot):
    show("Code,2026/27,2027/28,2028/29\nJ11,5,5,5\n")
    go_on(window, qtbot)
    lacking = [row for row in rows(window) if row.line.code == "S08"]
    assert [(row.chosen, [one.label for one in row.line.options]) for row in lacking] == [("", ["End it", "Keep was"])]
    assert (window.foot.said.text(), window.foot.next_button.text()) == ("Nothing to import", "Close")
    choose(window, qtbot, "S08", Qt.Key.Key_E)
    assert (window.foot.said.text(), window.foot.next_button.text()) == ("Nothing is saved yet", "Import 1 line")
    choose(window, qtbot, "S08", Qt.Key.Key_K)
    go_on(window, qtbot)
    assert not window.isVisible()
    assert codes(program) == ["J11", "S08", "V01"]


def test_a_second_import_of_one_file_says_that_there_is_nothing_to_import_and_closes(program, window, show, qtbot):
    path = show(GOOD)
    go_on(window, qtbot)
    go_on(window, qtbot)
    label = program.session.undo_label
    program.window.page("contracts").shown.import_button.click()
    again = next(one for one in program.window.findChildren(ImportWindow) if one.isVisible())
    again.read_file(path)
    go_on(again, qtbot)
    assert (again.foot.said.text(), again.foot.next_button.text()) == ("Nothing to import", "Close")
    assert again.foot.cancel_button.isHidden(), "one button closes, and not two"
    again.foot.back_button.click()
    assert (again.foot.next_button.text(), again.foot.cancel_button.isHidden()) == ("Next: compare 2 lines", False)
    go_on(again, qtbot)
    go_on(again, qtbot)
    assert not again.isVisible()
    assert program.session.undo_label == label


def test_what_is_wrong_stands_below_its_line_with_its_cell(program, window, show, qtbot):
    show(BAD)
    go_on(window, qtbot)
    notes = [row for row in rows(window, NoteRow) if row.line.code == "J11"]
    assert any("offer.csv, row 2, column C" in str(note.problem) for note in notes)
    assert any(note_words(note).startswith("Column C. “") for note in notes)
    asked = replace(notes[0], problem=replace(notes[0].problem, message="It is so.", fix="Did you mean 2?"))
    assert note_words(asked).endswith("It is so. Did you mean 2?")
    go_on(window, qtbot)
    assert [line.record.quantity_in(0) for line in program.contract().commitments] == [5, 40, 100]


def test_the_head_of_a_group_counts_only_what_can_come_in(window, show, qtbot):
    show(BAD.replace("100,100,100", "5000,5000,5001"))
    go_on(window, qtbot)
    (changed,) = [row for row in rows(window, GroupRow) if row.group.words == "Changed"]
    assert changed.words == "2 lines, 1 kept out, +£1.00"


def test_a_column_is_corrected_by_pointing_and_a_row_with_one_key(window, show, qtbot):
    show("Ref,Mine,2026/27,2027/28,2028/29\nJ11,7,2,2,2\nV01,8,1,1,1\nTotal,,3,3,3\n")
    view = window.table_step.view
    assert [view.sheet.kind_at(place) for place in range(4)] == [
        RowKind.HEAD, RowKind.LINE, RowKind.LINE, RowKind.TOTAL
    ]  # fmt: skip
    year = next(use for use in window._target.uses if use.label == "Year 1")
    view.column_labelled.emit(1, year)
    assert [view.sheet.use_of(column).label for column in (1, 2)] == ["Year 1", "Ignored"]
    assert [line.cells[0].offered for line in window._shown.lines[:2]] == ["7", "£8.00"]
    # Not `setCurrentIndex`: it would add the row to those chosen where another test left Shift down.
    view.selectionModel().setCurrentIndex(view.sheet.index(2, 0), QItemSelectionModel.SelectionFlag.ClearAndSelect)
    qtbot.keyClick(view, Qt.Key.Key_X)
    assert view.sheet.kind_at(2) is RowKind.NOT_READ
    assert window.foot.next_button.text() == "Next: compare 1 line"
    window.foot.guess_button.click()
    assert window.foot.next_button.text() == "Next: compare 2 lines"


def test_a_hidden_column_is_said_and_decided_before_the_comparison(program, window, tmp_path, qtbot):
    show_book(window, tmp_path, ["V01", 40, 50, 60], head=["Code", "Year 1", "Year 2", "Year 3"], hidden="C")
    left = window.table_step.left_out
    assert left.isVisible()
    assert "Column C is hidden" in laid_out(left._rows)[0].link.text()
    go_on(window, qtbot)
    assert window.head.title.text() == "Show me your table"
    assert "Column C is hidden" in window._problem.accessibleName()
    read, leave = left.findChildren(QPushButton, options=Qt.FindChildOption.FindChildrenRecursively)[-2:]
    assert [read.text(), leave.text(), read.isChecked(), leave.isChecked()] == ["Read it", "Leave out", False, False]
    assert QApplication.focusWidget() is read
    qtbot.mouseClick(leave, Qt.MouseButton.LeftButton)
    go_on(window, qtbot)
    assert rows(window)[0].line.cells[1].offered in {"–", ""}


def show_book(window, tmp_path, *lines, head, hidden=""):
    from io import BytesIO

    from openpyxl import load_workbook

    book = load_workbook(BytesIO(book_of(*lines, head=head)))
    for letter in hidden:
        book.active.column_dimensions[letter].hidden = True
    book.save(tmp_path / "offer.xlsx")
    window.read_file(tmp_path / "offer.xlsx")


def test_a_row_without_a_code_gets_the_measure_that_is_chosen(program, window, show, qtbot):
    show("Code,2026/27,2027/28,2028/29,Statement\nJ11,2,2,2,Paid\n,10,10,10,Careers talks\n")
    thing = next(one for one in window._shown.left_out if one.options[0].key.endswith(":"))
    window.table_step.left_out.decided.emit(thing.key, thing.options[0].key)
    bar = window.table_step.more
    assert bar.isVisible()
    bar.choice.set_value("S09")
    bar.take_button.click()
    assert not bar.isVisible()
    go_on(window, qtbot)
    assert "S09" in {row.line.code for row in rows(window)}


def test_a_pasted_table_comes_in_without_a_file(program, window, qtbot):
    QGuiApplication.clipboard().setText("Code\t2026/27\t2027/28\t2028/29\nJ11\t2\t2\t2\n")
    qtbot.mouseClick(window.start.paste_button, Qt.MouseButton.LeftButton)
    assert window.foot.next_button.text() == "Next: compare 1 line"
    QGuiApplication.clipboard().setText("  ")
    window.paste()
    assert "clipboard holds no text" in window._problem.accessibleName()


def test_adding_beside_is_asked_once_and_doubles(program, window, show, qtbot, monkeypatch):
    show("Code,2026/27,2027/28,2028/29\nJ11,5,5,5\n")
    go_on(window, qtbot)
    asked = []
    answers = [QMessageBox.StandardButton.No, QMessageBox.StandardButton.Yes]
    monkeypatch.setattr(QMessageBox, "question", lambda *args: asked.append(args[2]) or answers.pop(0))
    window.lines_step.beside.click()
    assert not window._state.is_beside
    window.lines_step.beside.click()
    assert "twice" in asked[-1]
    go_on(window, qtbot)
    assert sorted(codes(program)) == ["J11", "J11", "S08", "V01"]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("broken.xlsx", b"PK\x03\x04 not really"),
        ("old.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
        ("empty.csv", b""),
        ("pdf.xlsx", b"%PDF-1.7 not really"),
    ],
)
def test_a_file_that_is_no_table_is_called_by_its_name(program, window, show, name, data):
    show(data, name)
    assert name in window._problem.accessibleName()
    assert window.start.isVisible()
    assert len(program.contract().commitments) == HELD


def test_what_a_colleague_saves_meanwhile_is_what_was(program, window, show, qtbot):
    show(GOOD)
    go_on(window, qtbot)
    choose(window, qtbot, "J11", Qt.Key.Key_K)
    before = window._shown.figures.now
    program.session.act(lambda workspace, _progress: edit_first(workspace, program.housing)).start()
    assert window._shown.figures.now != before
    assert rows(window)[0].line.cells[0].was == "9"
    assert rows(window)[0].chosen == "accept"  # the choice is asked anew
    assert "J11 changed in the program meanwhile" in window._problem.accessibleName()
    # Its cells say so too, in words and with an edge, until somebody chooses again.
    window.resize(1366, 728)
    assert rows(window)[0].before == ("5", "5", "5")
    view = window.lines_step.view
    cell = view.lines.index(view.lines.place_of(rows(window)[0].line.key), 1)
    assert "was 9, changed in the program meanwhile, 5 before" in cell.data(Qt.ItemDataRole.AccessibleTextRole)
    assert rows(window)[0].others.startswith("3 cells changed in the program")
    view.details_wanted.emit(rows(window)[0].line)
    details = window.lines_step.findChild(LineDetails)
    assert "9\nChanged in the program meanwhile, 5 before" in [each.text() for each in details.findChildren(Text)]
    details.reject()
    marked = view.viewport().grab(view.visualRect(cell)).toImage()
    choose(window, qtbot, "J11", Qt.Key.Key_A)
    assert rows(window)[0].before == (None, None, None)
    assert "meanwhile" not in window._problem.accessibleName()
    assert view.viewport().grab(view.visualRect(cell)).toImage() != marked


def test_which_fact_changed_stands_right_after_the_code(program, window, show, qtbot):
    show("Code,2026/27,2027/28,2028/29,Share\nJ11,5,5,5,50%\n")
    go_on(window, qtbot)
    assert rows(window)[0].others == "share changed"


def edit_first(workspace, contract_id):
    from decimal import Decimal

    from tomsapp.services import commitments, contracts

    line = contracts.open_contract(workspace, contract_id).commitments[0]
    changed = replace(line.record, quantities=(Decimal(9), Decimal(9), Decimal(9)))
    return commitments.save_commitment(workspace, contract_id, line, changed, "Edit")


def test_nothing_is_imported_into_a_contract_that_was_signed_meanwhile(program, window, show, qtbot):
    from datetime import date

    show(GOOD)
    go_on(window, qtbot)
    sign(program.workspace, program.contract(), date(2026, 5, 1))
    go_on(window, qtbot)
    assert "Nothing was imported" in window._problem.accessibleName()
    assert len(program.contract().commitments) == HELD


def test_esc_goes_back_with_the_choices_kept_and_then_closes(window, show, qtbot):
    show(GOOD)
    go_on(window, qtbot)
    choose(window, qtbot, "V01", Qt.Key.Key_K)
    qtbot.keyClick(window.lines_step.view, Qt.Key.Key_Escape)
    assert window.head.title.text() == "Show me your table"
    go_on(window, qtbot)
    assert next(row.chosen for row in rows(window) if row.line.code == "V01") == "keep"
    qtbot.keyClick(window.lines_step.view, Qt.Key.Key_Escape)
    qtbot.keyClick(window.table_step.view, Qt.Key.Key_Escape)
    assert not window.isVisible()


def test_the_window_closes_from_the_comparison_too(program, window, show, qtbot):
    show(GOOD)
    go_on(window, qtbot)
    window.close()
    assert not window.isVisible()
    assert len(program.contract().commitments) == HELD


def test_the_spreadsheet_is_made_here_and_comes_back_as_the_same(program, window, tmp_path, monkeypatch):
    target = tmp_path / "made.xlsx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    laid_out(window.start._column)[0].make_button.click()
    window.read_file(target)
    assert window._shown.figures.to_change == 0
    assert {line.group.words for line in window._shown.lines} == {"Same as now"}


REGISTER = (
    "Larkmere contracts register,,,,\nRef,Title,Supplier,Start date,End date,Total contract value\n"
    "CR-101,Grounds maintenance,Greenleaf Ltd,01/04/2026,31/03/2029,1250000\n"
    "CR-103,Highways gullies,,01/07/2026,30/06/2027,n/a\n"
)


def test_a_register_of_contracts_comes_in_through_the_same_window(program, tmp_path, qtbot):
    page = program.open("contracts", "list")
    page.list.import_button.click()
    window = next(one for one in program.window.findChildren(ImportWindow) if one.isVisible())
    (tmp_path / "register.csv").write_text(REGISTER, encoding="utf-8")
    window.read_file(tmp_path / "register.csv")
    go_on(window, qtbot)
    assert window.head.title.text() == "Show me your table"  # what sort of organisation the new supplier is
    chooser = next(row.choice for row in window.table_step.left_out.rows.values() if row.link.text().startswith("What"))
    chooser._box.activated.emit(1)
    go_on(window, qtbot)
    assert [(row.line.code, [one.label for one in row.line.options]) for row in rows(window)] == [
        ("CR-101", ["Accept", "Leave out"]), ("CR-103", ["Leave out"])
    ]  # fmt: skip
    go_on(window, qtbot)
    from tomsapp.services.contracts import list_contracts

    added = next(row for row in list_contracts(program.workspace) if row.reference == "CR-101")
    assert added.supplier == "Greenleaf Ltd"
    program.session.undo()
    assert "CR-101" not in {row.reference for row in list_contracts(program.workspace)}


def test_enter_shows_both_texts_of_a_line_side_by_side(window, show, qtbot):
    show(GOOD)
    go_on(window, qtbot)
    view = window.lines_step.view
    view.go_to(next(row.line.key for row in rows(window) if row.line.code == "J11"))
    qtbot.keyClick(view, Qt.Key.Key_Return)
    details = window.lines_step.findChild(LineDetails)
    words = [label.text() for label in details.findChildren(QLabel)]
    assert "Weekly, with the college." in words
    assert "Paid weekly" in words
    assert {"5", "2"} <= set(words)
    details.close()


def test_at_a_large_text_size_the_choice_stays_in_view(window, show, qtbot, theme):
    show(GOOD)
    go_on(window, qtbot)
    window.resize(1366, 768)
    theme.set_text_size(150)
    view = window.lines_step.view
    right = view.columnViewportPosition(view.lines.choice_column) + view.columnWidth(view.lines.choice_column)
    assert right <= view.viewport().width()


def test_the_next_file_is_looked_for_where_the_last_one_was(window, tmp_path, monkeypatch):
    (tmp_path / "offer.csv").write_text(GOOD, encoding="utf-8")
    asked = []
    monkeypatch.setattr(
        QFileDialog, "getOpenFileName", lambda *given: asked.append(given[2]) or (str(tmp_path / "offer.csv"), "")
    )
    window.choose_file()
    window.choose_file()
    assert asked[1] == str(tmp_path)
    assert window.foot.next_button.text() == "Next: compare 2 lines"


def test_every_line_has_its_height_whatever_stood_at_its_place_before(window, show, qtbot):
    head = "Code,2026/27,2027/28,2028/29\n"
    show(f"{head}J11,2,2,2\n")
    go_on(window, qtbot)
    show(f"{head}J11,2,2,2\nV01,100,100,100\n")
    go_on(window, qtbot)
    view = window.lines_step.view
    heights = {
        view.rowHeight(place) for place in range(view.lines.rowCount()) if isinstance(view.lines.row_at(place), LineRow)
    }
    assert heights == {line_size().height()}


def tabbed(window, qtbot, key=Qt.Key.Key_Tab):
    """The parts of the window that Tab goes through, once round from where it stands."""
    table, lines = window.table_step, window.lines_step
    parts = (window.head, table.tabs, table.view, table.left_out, lines.view, window.figures, window.foot)
    qtbot.wait(100)  # Qt shows what came into a layout a little later
    first, passed = QApplication.focusWidget(), []
    while QApplication.focusWidget() is not first or not passed:
        now = QApplication.focusWidget()
        passed += [one for one in parts if one is now or one.isAncestorOf(now)]
        qtbot.keyClick(now, key)
    return list(dict.fromkeys(passed))


def test_tab_goes_through_both_steps_as_people_read(window, tmp_path, qtbot):
    show_book(window, tmp_path, ["V01", 40, 50, 60], head=["Code", "Year 1", "Year 2", "Year 3"], hidden="C")
    table, lines, head, foot = window.table_step, window.lines_step, window.head, window.foot
    head.other_button.setFocus()
    assert tabbed(window, qtbot) == [head, table.tabs, table.view, table.left_out, window.figures, foot]
    foot.cancel_button.setFocus()
    back = tabbed(window, qtbot, Qt.Key.Key_Backtab)
    assert back == [foot, window.figures, table.left_out, table.view, table.tabs, head]
    window._go(lines)
    head.other_button.setFocus()
    assert tabbed(window, qtbot) == [head, lines.view, window.figures, foot]


def test_before_there_is_a_table_the_keyboard_begins_where_one_is_chosen(window, qtbot):
    assert window.focusWidget() is window.start.choose_button
    stops = []
    for _ in range(3):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        stops.append(QApplication.focusWidget())
    assert stops[:2] == [window.start.paste_button, window.foot.cancel_button]
    assert stops[2].accessibleName() == "Measures in the spreadsheet"
