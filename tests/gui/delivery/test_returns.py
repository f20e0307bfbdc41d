"""Returns in the window: workbooks made, files and folders read, compared and taken over with one Undo."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog

from tests.services.council import promise, sign
from tests.services.deliveries import Q1, begin_signed
from tests.services.returns import sent
from tomsapp.gui.delivery import returns_window
from tomsapp.gui.delivery.returns_section import returns_of
from tomsapp.gui.delivery.sections import RETURNS
from tomsapp.gui.widgets.buttons import Button
from tomsapp.gui.widgets.feedback import ProgressCard
from tomsapp.services.delivery import open_delivery

TODAY = date(2026, 9, 30)


@pytest.fixture
def shown(desk):
    """The part Returns of a contract with three lines, of which one was returned for the first quarter."""

    def show(*claims):
        d = desk()
        d.enter(*(claims or (d.claim("V04", Q1, "24"),)))
        d.open()
        d.delivery.show_section(RETURNS)
        return d

    return show


def part(d):
    return d.delivery.section(RETURNS)


def returned(d, folder, name="return.xlsx", **lines):
    return sent(d.workspace, d.made, folder, name, **lines)


def press(widget, keys):
    """Do what a key does, wherever the keyboard is."""
    next(each for each in widget.actions() if each.shortcut().toString() == keys).trigger()


def choosing(monkeypatch, *paths, folder=None):
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_a: ([str(path) for path in paths], ""))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_a: str(folder or ""))
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a: (str(paths[0]) if paths else "", ""))


def test_quarters_say_how_their_returns_stand(shown):
    d = shown()
    rows = [part(d).model.row_object(place) for place in range(4)]
    assert [row.state for row in rows] == ["1 line missing, 62 days late", "Due", "Not ended yet", "Not ended yet"]
    assert [part(d).model.index(0, column).data() for column in range(5)] == [
        "Q1 (Apr to Jun 2026)", "30 July 2026", "2 lines", "10 July 2026", "1 line missing, 62 days late",
    ]  # fmt: skip
    assert part(d).table.currentIndex().row() == 0
    d.enter(d.claim("V01", Q1, "250"))
    opened = open_delivery(d.workspace, d.made.id, date(2026, 12, 1))
    assert [row.state for row in returns_of(opened, 0, date(2026, 12, 1))] == [
        "Returned", "32 days late", "Not ended yet", "Not ended yet",
    ]  # fmt: skip


def test_a_return_that_came_late_says_by_how_many_days(desk):
    d = desk()
    late = date(2026, 9, 1)
    d.enter(replace(d.claim("V04", Q1, "24"), returned_on=late))
    opened = open_delivery(d.workspace, d.made.id, late)
    assert returns_of(opened, 0, late)[0].state == "1 line missing, 33 days late"
    d.enter(replace(d.claim("V01", Q1, "250"), returned_on=date(2026, 7, 31)))
    d.enter(replace(d.claim("J01", Q1, "1"), returned_on=TODAY))
    opened = open_delivery(d.workspace, d.made.id, TODAY)
    assert returns_of(opened, 0, TODAY)[0].state == "Returned, 33 days late", "J01 was not due in it"


def test_a_contract_that_was_signed_later_owes_no_return_before(desk):
    d = desk(is_signed=False)
    sign(d.workspace, d.made.id, date(2026, 8, 10))
    opened = open_delivery(d.workspace, d.made.id, TODAY)
    (first, *_rest) = returns_of(opened, 0, TODAY)
    assert (first.due_on, first.state) == (date(2026, 9, 9), "21 days late")
    d.open()
    d.delivery.show_section(RETURNS)
    why = "A quarter that was over before the contract was signed on 10 August 2026 is due from then on."
    assert part(d).note.text() == why


def test_a_quarter_of_last_year_that_is_missing_is_told_and_f8_goes_there(desk):
    d = desk(until=date(2027, 4, 20))
    d.enter(d.claim("V01", Q1, "250"), d.claim("V04", Q1, "24"))
    d.open()
    d.delivery.show_section(RETURNS)
    assert d.delivery.years.currentText() == "Year 2027/28"
    missing = "Q2 of 2026/27, Q3 of 2026/27 and Q4 of 2026/27"
    assert part(d).note.text() == f"{missing} are not returned whole. F8 goes there."
    assert part(d).step(1)
    assert d.delivery.years.currentText() == "Year 2026/27"
    assert part(d).table.currentIndex().row() == 1
    assert not part(d).note.isVisible()
    part(d).step(-1)
    assert part(d).table.currentIndex().row() == 3
    part(d).step(1)
    assert part(d).table.currentIndex().row() == 1
    part(d).show_delivery(None)
    assert not part(d).step(1)


def test_where_no_return_is_missing_f8_says_so(desk):
    d = desk(until=date(2026, 5, 1)).open()
    d.delivery.show_section(RETURNS)
    assert part(d).step(1)
    assert part(d).table.currentIndex().row() == 0


def test_a_quarter_that_was_over_at_the_signing_is_due_after_it(desk):
    d, today = desk(is_signed=False), date(2026, 12, 1)
    sign(d.workspace, d.made.id, date(2026, 11, 24))
    first = returns_of(open_delivery(d.workspace, d.made.id, today), 0, today)[0]
    assert (first.due_on, first.state) == (date(2026, 12, 24), "Due")


def test_a_quarter_in_which_nothing_is_planned(desk):
    d = desk((promise("J01", "1", "1"),)).open()
    d.delivery.show_section(RETURNS)
    assert part(d).model.row_object(0).state == "Nothing planned"
    assert part(d).table.currentIndex().row() == 3


def test_enter_makes_the_workbook_of_the_quarter(shown, tmp_path, monkeypatch):
    d = shown()
    asked = []
    monkeypatch.setattr(
        QFileDialog, "getSaveFileName", lambda *given: asked.append(given[2]) or (str(tmp_path / "q2.xlsx"), "")
    )
    part(d).table.select_place(1)
    QTest.keyClick(part(d).table, Qt.Key.Key_Return)
    assert asked[0].endswith("C1 return 2026-27 Q2.xlsx")
    assert (tmp_path / "q2.xlsx").exists()
    assert d.toasts[-1].text == f"Saved as {tmp_path / 'q2.xlsx'}"
    choosing(monkeypatch)
    part(d).make_workbook()
    part(d).show_delivery(None)
    part(d).make_workbook()
    assert len(d.toasts) == 1


def test_workbooks_of_all_that_are_due_go_into_a_folder(shown, tmp_path, monkeypatch):
    d = shown()
    begin_signed(d.workspace, reference="C2")
    folder = tmp_path / "due"
    folder.mkdir()
    choosing(monkeypatch, folder=folder)
    part(d).make_due()
    assert len(list(folder.iterdir())) == 2
    assert d.toasts[-1].text == f"2 return workbooks are in {folder}"
    choosing(monkeypatch)
    part(d).make_due()
    assert len(d.toasts) == 1


def test_a_return_is_compared_and_taken_over_with_one_undo(shown, tmp_path, monkeypatch):
    d = shown()
    path = returned(d, tmp_path, V01={"claimed": 200, "evidenced": 150, "evidence": "Bank letter"},
                    V04={"claimed": 30})  # fmt: skip
    choosing(monkeypatch, path)
    part(d).read_button.click()
    window = part(d).window_read
    assert not window.take_button.isVisible()
    window.choose_files()
    assert window.summary.text() == "1 file: 1 ready"
    assert window.about.text() == (
        "return.xlsx: C1, Q1 (Apr to Jun 2026), sent on 10 July 2026, both sentences are confirmed"
    )
    cells = [[window.lines.index(row, column).data() for column in range(8)] for row in range(3)]
    assert cells[1] == ["V01", cells[1][1], "250", "", "200 (150 shown)", "200 (150 shown)", "New", "1 reference"]
    assert cells[2][3:7] == ["24", "30 (24 shown)", "30 (24 shown)", "Changed"]
    assert window.take_button.text() == "Take over 1 return"
    window.take()
    assert d.toasts[-1].text == "1 return taken over"
    assert d.opened.find(d.lines["V01"].record.key, Q1).record.claimed == 200
    assert part(d).window_read is None
    d.toasts[-1].undo()
    assert d.opened.find(d.lines["V01"].record.key, Q1) is None
    assert d.opened.find(d.lines["V04"].record.key, Q1).record.claimed == 24


def test_problems_stand_beside_their_rows_and_below(shown, tmp_path):
    d = shown()
    bare = {"claimed": 0, "evidenced": 0, "note": None}
    path = returned(d, tmp_path, V01={"claimed": "4,5"}, V04=bare, is_confirmed=False)
    part(d).read_returns([path])
    window = part(d).window_read
    assert window.summary.text() == "1 file: 1 with errors"
    assert window.about.text().endswith("not confirmed")
    said = [window.lines.index(row, 8).data() for row in range(3)]
    assert said[1].startswith("“4,5” can be read in two ways")
    assert said[2].startswith("Nothing is claimed, and no sentence says why")
    told = [each.accessibleName() for each in window._area.widget().children() if each.isWidgetType()]
    assert any(name.startswith("Error: return.xlsx, sheet Return, row ") for name in told)
    assert any("It is not confirmed" in name for name in told)
    assert not window.take_button.isEnabled()
    window.take()
    assert d.opened.find(d.lines["V01"].record.key, Q1) is None
    window.close()


def test_a_folder_takes_what_is_good_and_keeps_the_rest_in_sight(shown, tmp_path, monkeypatch):
    d = shown()
    other = begin_signed(d.workspace, reference="C2")
    folder = tmp_path / "returns"
    returned(d, folder, "a.xlsx", V01={"claimed": 1}, V04={"claimed": 30})
    sent(d.workspace, other, folder, "b.xlsx", V01={"claimed": 1}, V04={"claimed": -1})
    shutil.copy(folder / "a.xlsx", folder / "c.xlsx")
    choosing(monkeypatch, folder=folder)
    part(d).read_returns()
    window = part(d).window_read
    window.choose_folder()
    assert window.summary.text() == "3 files: 1 ready, 1 that came twice and 1 with errors"
    press(window, "F8")
    assert window.file_table.currentIndex().row() == 1
    press(window, "F8")
    assert window._safe.text() == "Nothing is saved yet"
    press(window, "Ctrl+Return")
    assert d.opened.find(d.lines["V01"].record.key, Q1).record.claimed == 1
    assert window.isVisible()
    assert window._safe.text() == "1 return taken over. Nothing else is saved"
    assert "1 with nothing new" in window.summary.text()
    window.close()


def test_the_same_file_again_keeps_nobody_from_being_done(shown, tmp_path):
    d = shown()
    path = returned(d, tmp_path, V01={"claimed": 5, "evidenced": 5}, V04={"claimed": 30, "evidenced": 30})
    again = shutil.copy(path, tmp_path / "z again.xlsx")
    part(d).read_returns([path, again])
    part(d).window_read.take()
    assert part(d).window_read is None


def test_of_two_returns_of_a_quarter_one_is_chosen(shown, tmp_path):
    d = shown()
    paths = [returned(d, tmp_path, f"{number}.xlsx", V01={"claimed": number}) for number in (1, 2)]
    part(d).read_returns(paths)
    window = part(d).window_read
    taken = [window.files.index(row, 0).data() for row in range(2)]
    assert taken == ["No", "No"]
    window.file_table.select_place(1)
    assert window.toggle_button.text() == "Take this one"
    window.toggle()
    assert [window.files.index(row, 0).data() for row in range(2)] == ["No", "Yes"]
    window.file_table.select_place(0)
    press(window.file_table, "Space")
    assert [window.files.index(row, 0).data() for row in range(2)] == ["Yes", "No"]
    press(window.file_table, "Space")
    assert [window.files.index(row, 0).data() for row in range(2)] == ["No", "No"]
    assert not window.take_button.isEnabled()
    window.close()


def test_what_a_colleague_saved_meanwhile_is_shown_anew(shown, tmp_path):
    d = shown()
    part(d).read_returns([returned(d, tmp_path, V01={"claimed": 200})])
    window = part(d).window_read
    d.enter(d.claim("V01", Q1, "5"))
    window.take()
    assert window.note.text.text().endswith("Nothing was saved.")
    assert window.lines.index(1, 3).data() == "5"
    assert d.opened.find(d.lines["V01"].record.key, Q1).record.claimed == 5
    window.close()


def stopping_at(monkeypatch, name, window, stop):
    """Stop in the middle of one of the three tasks of the window, as a person does who does not want to wait."""
    whole = getattr(returns_window, name)

    def half(*given):
        stop(window())
        return whole(*given)

    monkeypatch.setattr(returns_window, name, half)


def cancel(window):
    (card,) = (each for each in window.findChildren(ProgressCard) if not each.isHidden())
    next(each for each in card.findChildren(Button) if each.text() == "Cancel").click()


@pytest.mark.parametrize("task", ["find_returns", "compare_returns"])
def test_reading_and_comparing_are_stopped_by_cancel(shown, tmp_path, monkeypatch, task):
    d = shown()
    path = returned(d, tmp_path, V01={"claimed": 200})
    part(d).read_returns()
    window = part(d).window_read
    with monkeypatch.context() as patched:
        stopping_at(patched, task, lambda: window, cancel)
        window.read([path])
    assert window.note.text.text() == "You stopped it. Nothing was saved."
    assert (window.files.rowCount(), window.take_button.isVisible()) == (0, False)
    window.read([path])
    assert (window.files.rowCount(), window.note.isVisible()) == (1, False)
    with monkeypatch.context() as patched:
        stopping_at(patched, task, lambda: window, cancel)
        window.read([path, path])
    assert window.files.rowCount() == 1
    window.close()


def test_taking_over_is_stopped_by_cancel(shown, tmp_path, monkeypatch):
    d = shown()
    part(d).read_returns([returned(d, tmp_path, V01={"claimed": 200})])
    window = part(d).window_read
    stopping_at(monkeypatch, "take_over", lambda: window, cancel)
    window.take()
    assert window.note.text.text() == "You stopped it. Nothing was saved."
    assert d.opened.find(d.lines["V01"].record.key, Q1) is None
    window.close()


def test_a_window_that_is_closed_compares_nothing_more(shown, tmp_path, monkeypatch):
    d = shown()
    part(d).read_returns()
    window = part(d).window_read
    looked_at = []
    monkeypatch.setattr("tomsapp.services.returns_read.open_delivery", lambda *given: looked_at.append(given))
    stopping_at(monkeypatch, "compare_returns", lambda: window, lambda each: each.close())
    window.read([returned(d, tmp_path, V01={"claimed": 200})])
    assert not looked_at


def test_files_are_dropped_on_the_part_and_on_the_window(shown, tmp_path):
    d = shown()
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(returned(d, tmp_path, V01={"claimed": 200})))])

    def drop():
        buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        return QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, data, buttons, keys)

    part(d).dropEvent(drop())
    window = part(d).window_read
    assert window.files.rowCount() == 1
    window.dropEvent(drop())
    assert window.files.rowCount() == 1
    window.close()


def test_other_files_and_what_cannot_be_read(shown, tmp_path, monkeypatch):
    d = shown()
    (tmp_path / "letter.xlsx").write_bytes(b"Dear Sir")
    choosing(monkeypatch)
    (tmp_path / "empty").mkdir()
    part(d).read_returns([tmp_path / "empty"])
    window = part(d).window_read
    assert "empty has no workbooks" in window.note.text.text()
    choosing(monkeypatch, tmp_path / "letter.xlsx")
    window.choose_files()
    assert window.summary.text() == "1 file: 1 that cannot be read"
    assert window.about.text() == "letter.xlsx"
    window.toggle()
    choosing(monkeypatch)
    window.choose_files()
    window.choose_folder()
    window.start_again()
    assert (window.summary.text(), window.take_button.isVisible()) == ("", False)
    window.close()
