"""The marking of a tender in the window, as evaluators, an officer and a moderator do it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog

from tests.exchange.tenders.marking import confirmed, filled, given
from tests.gui.lists.people import button, press, when_open
from tests.services.tenders.build import begin_tender
from tests.services.tenders.marks import as_person, evaluator, mark_all, opened_tender
from tests.services.tenders.offers import CALDER, DAY, LAMP, filled_book
from tests.services.tenders.test_marking_files import YESTERDAY
from tomsapp.domain.tender.marking import Evaluator
from tomsapp.gui.tender_place import TenderPlace
from tomsapp.gui.tenders.explain_panel import ExplainPanel
from tomsapp.gui.tenders.mark_grid import GridCell
from tomsapp.gui.tenders.marking_files_window import MarkingFilesWindow
from tomsapp.gui.widgets.problems import ProblemRow
from tomsapp.gui.widgets.text import Text
from tomsapp.services.changes import ALL_CHANGED
from tomsapp.services.tenders.evaluators import EVALUATORS
from tomsapp.services.tenders.found_files import FoundFile
from tomsapp.services.tenders.marking import MarkingStage, open_marking
from tomsapp.services.tenders.receiving import receive

ACCESSIBLE = int(Qt.ItemDataRole.AccessibleTextRole)
CTRL = Qt.KeyboardModifier.ControlModifier


class MarkingDesk:
    """The program with a tender of two bids that is opened."""

    def __init__(self, program):
        self.program, self.workspace, self.session = program, program.workspace, program.session
        self.window, self.tender = program.window, opened_tender(program.workspace)

    def add(self, *evaluators):
        EVALUATORS.add(self.workspace, self.tender, evaluators)

    def open(self):
        """The tab, read anew."""
        self.session.changed.emit(ALL_CHANGED)
        self.window.go_to("tenders", TenderPlace(self.tender.id, "marking"))
        return self.page.current

    @property
    def page(self):
        return self.window.page("tenders").shown

    @property
    def tab(self):
        return self.page.current

    @property
    def panel(self):
        return self.tab.panel

    @property
    def seen(self):
        """The marking as who works here sees it in the database."""
        return open_marking(self.workspace, self.tender.id)

    def again(self):
        self.session.changed.emit(ALL_CHANGED)


@pytest.fixture
def program(start_program):
    return start_program()


@pytest.fixture
def desk(program):
    made = MarkingDesk(program)
    yield made
    assert program.failures == []


def says(tab) -> str:
    return tab.empty.accessibleName()


def column(tab, place: int) -> list[str]:
    """What stands in a column of the grid."""
    model = tab.grid.grid
    return [model.index(row, place).data() for row in range(model.rowCount())]


def give(qtbot, desk, mark: int, reason: str) -> None:
    """Mark the answer under the cursor by keys alone: its digit, Enter, the reason, Ctrl+Enter."""
    desk.tab.grid.setFocus()
    qtbot.keyClick(desk.tab.grid, getattr(Qt.Key, f"Key_{mark}"))
    qtbot.keyClick(desk.tab.grid, Qt.Key.Key_Return)
    box = QApplication.focusWidget()
    qtbot.keyClicks(box, reason)
    qtbot.keyClick(desk.window, Qt.Key.Key_Return, CTRL)


# Before there is anything to mark


def test_it_says_why_there_is_nothing_to_mark(desk):
    draft = begin_tender(desk.workspace, "T-2026-009")
    desk.window.go_to("tenders", TenderPlace(draft.id, "marking"))
    tab = desk.tab
    assert tab.parts.current == "evaluators"
    assert tab.evaluators.empty.accessibleName().startswith("No evaluators yet")
    tab.show_part("marks")
    assert says(tab).startswith("Nothing to mark yet")
    assert (tab.panel, tab.head_words, tab.step(1)) == (None, "", False)


def test_whoever_does_not_evaluate_sees_how_far_it_is_and_no_mark(desk):
    desk.add(evaluator("J. Patel"), evaluator("L. Osei"))
    mark_all(as_person(desk.workspace, "J. Patel"), desk.tender, 2)
    tab = desk.open()
    assert tab.parts.current == "evaluators"
    assert tab.evaluators.model.index(0, 2).data().startswith("2 of 2, sent on ")
    assert tab.head_words == "1 of 2 evaluators sent"
    tab.show_part("marks")
    assert says(tab).startswith("You mark nothing here")
    assert tab.held_back.heading.text() == "J. Patel has sent 2 of 2 marks. L. Osei has given 0 of 2 marks."
    assert not tab.held_back.send_button.isVisible()
    assert tab.panel is None


# Evaluators


def test_evaluators_are_added_changed_taken_out_and_brought_back(desk, qtbot):
    tab = desk.open()

    tab.evaluators.first_button.click()
    dialog = tab.evaluators.dialog
    qtbot.keyClicks(dialog.form.field("name").control, "J. Patel")
    qtbot.keyClicks(dialog.form.field("role").control, "Hub manager")
    dialog.go_button.click()
    (patel,) = desk.seen.evaluators
    assert patel.stored.record == Evaluator("J. Patel", "Hub manager")
    assert tab.evaluators.model.index(0, 1).data() == "Not confirmed yet"

    tab.evaluators.change_button.click()
    dialog = tab.evaluators.dialog
    dialog.form.field("role").control.selectAll()
    qtbot.keyClicks(dialog.form.field("role").control, "Head")
    dialog.go_button.click()
    assert desk.seen.evaluators[0].stored.record.role == "Head"
    tab.evaluators.table.setFocus()
    qtbot.keyClick(tab.evaluators.table, Qt.Key.Key_Delete)
    assert desk.seen.evaluators == ()
    desk.session.undo()
    assert desk.seen.evaluators[0].stored.record.role == "Head"


def test_conflict_of_interest_comes_first(desk, qtbot):
    desk.add(Evaluator("A. Okafor"), evaluator("L. Osei"))
    tab = desk.open()
    assert tab.panel is None
    assert f"The bidders are {CALDER.name} and {LAMP.name}" in tab.conflict.accessibleName()
    assert tab.answer.text.text() in {"", "There is no answer to this question."}
    tab.take_keyboard()
    qtbot.keyClick(tab.confirm_button, Qt.Key.Key_Return)
    assert desk.seen.mine.stored.record.has_no_conflict
    assert tab.panel is not None
    assert tab.answer.text.text() == "With the job centre."
    assert tab.held_back.isVisible()


# Marking


def test_an_evaluator_marks_by_keyboard_and_sends(desk, qtbot):
    desk.add(evaluator("A. Okafor"), evaluator("L. Osei"))
    tab = desk.open()
    assert tab.head_words == "You have given 0 of 2 marks"
    assert desk.panel.give_button.text() == "Give a mark and go on"
    assert desk.panel.next.whole == f"Next: {LAMP.name}, 1"
    tab.held_back.send_button.click()
    assert "2 are left" in desk.panel.note.accessibleName()
    give(qtbot, desk, 4, "Names the groups")
    first, second = desk.seen.answers.places
    assert desk.seen.marks[0].record.reason == "Names the groups"
    assert tab.grid.place == second, "it goes on to the next answer"
    assert tab.answer.heading.text() == f"{LAMP.name}: answer to question 1"
    assert tab.answer.text.text() == "We ask at the *hub*."
    assert (column(tab, 1), column(tab, 2)) == (["4"], [""])
    assert tab.grid.grid.index(0, 1).data(ACCESSIBLE) == f"{CALDER.name}, question 1, mark 4"
    give(qtbot, desk, 2, "No dates")
    assert tab.head_words == "You have given 2 of 2 marks"
    tab.held_back.send_button.click()
    assert desk.seen.mine.stored.record.sent_on is not None
    assert tab.head_words == "You have sent 2 of 2 marks"
    assert tab.held_back.back_button.isVisible()
    assert not desk.panel.give_button.isVisible()
    tab.held_back.back_button.click()
    assert desk.seen.mine.stored.record.sent_on is None
    desk.session.undo()
    assert desk.seen.mine.stored.record.sent_on is not None
    assert tab.grid.go_to(first)


def test_a_mark_without_a_reason_says_so_and_what_is_typed_is_kept(desk, qtbot):
    desk.add(evaluator("A. Okafor"))
    tab = desk.open()
    first, second = tab.opened.answers.places
    desk.panel.set_mark(3)
    desk.panel.give_button.click()
    assert "Say what in the answer" in desk.panel.own.form.field("reason").error
    qtbot.keyClicks(desk.panel.own.form.field("reason").control, "Half")
    tab.grid.go_to(second)
    assert desk.panel.own.form.marks.value is None
    tab.grid.go_to(first)
    assert desk.panel.own.form.marks.value == 3
    assert desk.panel.own.form.field("reason").text == "Half"
    assert desk.seen.marks == ()


def test_a_mark_of_an_offer_that_was_replaced_since_is_asked_about(desk):
    desk.add(evaluator("A. Okafor"))
    mark_all(desk.workspace, desk.tender, 4, send=False)
    book = filled_book(desk.workspace, desk.tender, LAMP, statements={1: "Another answer"})
    receive(desk.workspace, desk.tender, [FoundFile("again.xlsx", book, "", DAY, "10:30")])
    tab = desk.open()
    assert not desk.panel.replaced.isVisible()
    tab.grid.go_to(tab.opened.answers.places[1])
    assert tab.answer.text.text() == "Another answer"
    assert desk.panel.replaced.text() == "The offer was replaced since you marked it. Read the answer again."
    assert desk.panel.replaced.isVisible()


def test_digits_choose_only_outside_the_text(desk, qtbot):
    desk.add(evaluator("A. Okafor"))
    desk.open()
    form = desk.panel.own.form
    reason = form.field("reason").control
    reason.setFocus()
    qtbot.keyClicks(reason, "2 of 5 dates")
    assert form.marks.value is None
    form.focus_field("mark")
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_2)
    assert (form.marks.value, form.field("reason").text) == (2, "2 of 5 dates")
    row = form.marks.rows[5]
    qtbot.mouseClick(row, Qt.MouseButton.LeftButton, pos=QPoint(row.width() - 5, 5))
    assert form.marks.value == 5
    assert row.button.accessibleName() == "5, What gets 5"
    assert form.marks.control.accessibleName() == f"Your mark, {CALDER.name}, question 1"


def test_the_marks_of_somebody_else_are_on_no_part_of_the_page(desk):
    desk.add(evaluator("A. Okafor"), evaluator("L. Osei"))
    osei = as_person(desk.workspace, "L. Osei")
    mark_all(osei, desk.tender, 1)
    tab = desk.open()
    assert column(tab, 1) == [""]
    assert all(mark.record.evaluator == tab.opened.mine.stored.id for mark in tab.opened.marks)
    assert not desk.panel.theirs.isVisible()
    assert "£" not in desk.page.words.text() + tab.held_back.accessibleName()


def test_whoever_marks_sees_nothing_of_what_is_offered_on_the_tab_check(desk):
    desk.add(evaluator("A. Okafor"))
    desk.open()
    desk.page.show_tab("check")
    assert "You mark answers of this tender" in desk.page.current.empty.accessibleName()
    assert desk.page.current.model.rowCount() == 0


# Moderation


def test_marks_are_agreed_once_all_have_sent(desk, qtbot):
    desk.add(evaluator("A. Okafor"), evaluator("L. Osei"))
    mark_all(as_person(desk.workspace, "L. Osei"), desk.tender, 2)
    mark_all(desk.workspace, desk.tender, 4)
    tab = desk.open()
    desk.window.resize(1366, 768)
    assert tab.grid.accessibleName() == "Marks of all evaluators"
    assert tab.grid.grid.heads == ("Answer", "A. Okafor", "L. Osei", "Apart", "Agreed")
    assert [column(tab, place) for place in (1, 2, 3)] == [["4", "4"], ["2", "2"], ["2 to 4: say why"] * 2]
    assert "L. Osei gave 2: Names the groups" in desk.panel.theirs.text()
    assert desk.panel.apart.text() == "2 to 4: say why"
    assert not tab.held_back.isVisible()
    assert tab.head_words == "0 of 2 marks agreed"
    assert not tab.agreed.isVisible()
    assert desk.panel.next.text() == f"Next: {LAMP.name}, 1", "whole in the width of the panel"
    give(qtbot, desk, 3, "Read it again together")
    assert tab.head_words == "1 of 2 marks agreed"
    (agreed,) = desk.seen.moderated
    assert (agreed.record.mark, agreed.record.by) == (3, "A. Okafor")
    assert tab.grid.place == tab.opened.answers.places[1]
    assert tab.step(1), "F8 goes to what waits"
    give(qtbot, desk, 4, "Both name dates")
    assert tab.head_words == "2 of 2 marks agreed"
    assert tab.agreed.words.text() == "All 2 marks are agreed"
    assert QApplication.focusWidget() is tab.agreed.go_button
    assert desk.panel.give_button.property("k") == "secondary", "one main button on the page"
    assert not desk.panel.next.isVisible()
    assert not tab.step(1)
    desk.panel.back_button.click()
    assert tab.grid.place == tab.opened.answers.places[0]
    desk.panel.give_button.click()
    assert len(desk.seen.moderated) == 2, "what stands already is not saved again"
    assert QApplication.focusWidget() is tab.agreed.go_button
    qtbot.keyClick(tab.agreed.go_button, Qt.Key.Key_Space)
    assert desk.page.tabs.current == "evaluation"


def test_the_grid_has_the_room_that_the_longest_answer_leaves(desk):
    """Of short answers more rows are seen; a long one has half of the page, and the page does not scroll round them."""
    tab = desk.open()
    bid, row, head = tab.opened.answers.bids[0], 48, 32
    tab.resize(900, 500)
    heights = []
    for text in ("Short.", "Many words. " * 400):
        bids = (replace(bid, answers={1: text}),)
        tab.opened = replace(tab.opened, answers=replace(tab.opened.answers, bids=bids))
        many = [[GridCell(str(at), str(at), (bid.id, 1)), GridCell("4", "4", (bid.id, 1))] for at in range(18)]
        tab.grid.grid.set_grid(("Answer", "Agreed"), many)
        tab._fit_grid()
        heights.append(tab._grid_card.height())
    assert heights[0] >= head + 5 * row
    assert heights[1] <= 500 // 2 < heights[0]


def test_the_next_answer_has_a_line_of_its_own_where_explanations_are_written(desk, qtbot):
    """As beside the marks: a name beside the button would be cut to nothing."""
    panel = ExplainPanel(desk.session)
    qtbot.addWidget(panel)
    panel.resize(364, 600)
    panel.next.setText(f"Next: {CALDER.name}, lot 2, quality")
    panel.next.show()
    panel._foot.show()
    panel.show()
    QApplication.processEvents()
    assert panel.next.text() == panel.next.whole


def test_an_agreed_mark_that_nobody_came_near_is_asked_about_first(desk, qtbot):
    desk.add(evaluator("A. Okafor"), evaluator("L. Osei"))
    mark_all(as_person(desk.workspace, "L. Osei"), desk.tender, 1)
    mark_all(desk.workspace, desk.tender, 0)
    tab = desk.open()
    asked = []

    def go_back(dialog):
        asked.append(dialog.windowTitle())
        asked.extend(each.text() for each in dialog.findChildren(Text))
        button(dialog, "Go back").click()

    when_open(go_back)
    give(qtbot, desk, 4, "It was read again")
    assert any("4 is agreed, which is above every mark that was given: 0 to 1." in words for words in asked)
    assert "Is this mark meant?" in asked
    assert desk.seen.moderated == ()
    press("Save moderated mark all the same")
    qtbot.mouseClick(desk.panel.give_button, Qt.MouseButton.LeftButton)
    (agreed,) = desk.seen.moderated
    assert (agreed.record.mark, agreed.record.reason) == (4, "It was read again")
    assert tab.grid.place == tab.opened.answers.places[1]


# Without the server


def test_two_evaluators_without_the_server_mark_in_files_and_come_back(desk, qtbot, tmp_path, monkeypatch):
    desk.add(Evaluator("J. Patel"), Evaluator("L. Osei"))
    tab = desk.open()
    paths = []
    for place in (0, 1):
        tab.evaluators.table.select_place(place)
        path = tmp_path / f"marks {place}.xlsx"
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a, path=path: (str(path), ""))
        button(tab.evaluators, f"Make marking file for {('J. Patel', 'L. Osei')[place]}…").click()
        path.write_bytes(filled(path.read_bytes(), given(0, 4), given(1, 2 - place), confirmed(day=YESTERDAY)))
        paths.append(path)
    tab.evaluators.read_button.click()
    window = tab.evaluators.window_read
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_a: ([str(path) for path in paths], ""))
    window.choose_button.click()
    assert [window.files.index(row, 2).data() for row in (0, 1)] == ["Ready", "Ready"]
    assert window.about.text().startswith("2 new marks, 0 changed, 0 as they were. J. Patel sends them all.")
    assert "held back until all evaluators" in window.about.text()
    assert window.line_table.isColumnHidden(4), "no mark is shown"
    assert desk.seen.stage is MarkingStage.MARKING, "nothing is saved yet"
    assert window.take_button.text() == "Take over 2 files"
    window.take_button.click()
    seen = desk.seen
    assert seen.stage is MarkingStage.MODERATING
    assert [seen.marks_at(*place) for place in seen.answers.places] == [(4, 4), (2, 1)]
    assert tab.parts.current == "marks", "the marks that all have sent are shown"
    assert column(tab, 3) == ["all agree", "1 apart"]
    tab.evaluators.open_window(paths)
    assert tab.evaluators.window_read is None, "there is nothing to read any more"


def test_a_file_with_faults_stays_and_says_where(desk, qtbot, tmp_path, monkeypatch):
    desk.add(Evaluator("J. Patel"))
    tab = desk.open()
    path = tmp_path / "marks.xlsx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a: (str(path), ""))
    tab.evaluators.make_file()
    path.write_bytes(filled(path.read_bytes(), given(0, 7), given(1, 1), confirmed(day=YESTERDAY)))
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path))])
    drop = QDropEvent(
        QPoint(5, 5).toPointF(),
        Qt.DropAction.CopyAction,
        mime,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    tab.evaluators.dropEvent(drop)
    window = tab.evaluators.window_read
    assert isinstance(window, MarkingFilesWindow)
    assert window.files.index(0, 2).data() == "Has errors"
    assert not window.take_button.isEnabled()
    said = [row.accessibleName() for row in window._area.findChildren(ProblemRow)]
    assert any("sheet Marks, row 7, column E" in words for words in said), said
    window.take()
    assert desk.seen.evaluators[0].given == 0
    window.close()
