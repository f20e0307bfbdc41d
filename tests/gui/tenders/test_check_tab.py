"""The tab Check as a person uses it: by keys and by clicks, with a colleague at the same problem."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QScrollArea

from tests.gui.audit import settle
from tests.gui.lists.people import button, press, when_open
from tests.gui.tenders.received import TabDesk
from tests.services.tenders.marks import evaluator
from tests.services.tenders.offers import CALDER, OPEN, PAST, saved
from tomsapp.domain.commitment import Commitment
from tomsapp.domain.supplier import Supplier
from tomsapp.domain.tender.acts import TenderActKind
from tomsapp.domain.tender.bid import DecisionKind
from tomsapp.gui.file_dialogs import FileDialogs
from tomsapp.gui.tenders.check_model import TITLE, GroupRow
from tomsapp.gui.tenders.check_tab import CheckTab
from tomsapp.gui.tenders.tabs import OFFERS
from tomsapp.gui.widgets.layouts import holding, in_row
from tomsapp.services.tenders.acts import do
from tomsapp.services.tenders.deciding import open_check
from tomsapp.services.tenders.decisions import decide, proposed_decision
from tomsapp.services.tenders.evaluators import EVALUATORS
from tomsapp.services.tenders.found_files import FoundFile
from tomsapp.services.tenders.opening import open_offers
from tomsapp.services.tenders.receiving import receive

D = Decimal
WHY = "They have a volunteer service of their own"
HOURS = "V01"


def bidder(number: int) -> Supplier:
    return Supplier(
        f"Bidder {number}", registration=f"{10000000 + number}", contact_name="Al", contact_email="al@b.example"
    )


def hours(first: int, second: int) -> Commitment:
    return Commitment("1", HOURS, (D(first), D(second)))


def jobs_of(first: int, second: int, statement: str = "") -> Commitment:
    return Commitment("2", "J01", (D(first), D(second)), statement=statement)


class CheckDesk(TabDesk):
    """The tab on a tender whose offers can be received and opened, with its panel beside it."""

    def __init__(self, qtbot, *given):
        super().__init__(qtbot, *given, lambda session, _now: CheckTab(session))
        self.panel = self.tab.side
        self.panel.setFixedWidth(355)
        self.window = holding(in_row((self.tab, 1), self.panel))
        qtbot.addWidget(self.window)
        self.window.resize(1278, 620)
        self.window.show()
        self.window.activateWindow()

    def open(self, *offers: tuple[Commitment, ...], lot: int = 1):
        """Receive an offer of each of so many bidders and open them."""
        files = [
            FoundFile(f"{number}.tomsoffer", saved(self.workspace, self.read(), who, commitments=lines, lot=lot))
            for number, lines in enumerate(offers, start=1)
            for who in (CALDER if number == 1 else bidder(number),)
        ]
        receive(self.workspace, self.read(), files)
        open_offers(self.workspace, self.read(), OPEN, PAST)
        self.show()
        self.tab.take_keyboard()
        return self

    @property
    def table(self):
        return self.tab.table

    @property
    def model(self):
        return self.tab.model

    @property
    def check(self):
        """What the database holds now."""
        return open_check(self.workspace, self.number)

    @property
    def cell(self):
        """The words of the cell under the cursor."""
        return self.model.said(self.table.currentIndex().row(), self.table.currentIndex().column())

    def press(self, *keys, at=None):
        for key in keys:
            QTest.keyClick(at or QApplication.focusWidget() or self.table, key)

    def type(self, text):
        QTest.keyClicks(QApplication.focusWidget(), text)

    def go_to(self, code, bid=0):
        """Put the cursor where something is found in a bid."""
        under = self.tab._check.bids[bid]
        found = next(each for each in under.problems if each.problem.code == code)
        self.tab.go_to((under.id, found.key))
        return found

    def record(self):
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    @property
    def decisions(self):
        every = (each.record for bid in self.check.bids for each in bid.opened.decisions)
        return {each.problem.partition(":")[0]: each for each in every}


@pytest.fixture
def desk(qtbot, tmp_path, jobs, preferences):
    made = CheckDesk(qtbot, tmp_path, jobs, preferences)
    yield made
    assert made.failures == []


@pytest.fixture
def opened(desk):
    """Two bids: one with far more hours than the other, and a job in two years without a statement."""
    desk.open((hours(31, 31), jobs_of(1, 1)), (hours(3, 3),))
    return desk


def headings(desk) -> list[str]:
    return [row.group.words for row in desk.model.rows if isinstance(row, GroupRow)]


def test_before_the_opening_it_is_said_why_nothing_stands_here(desk):
    assert not desk.table.isVisible()
    assert desk.tab.empty.accessibleName().startswith("The offers are not opened")
    assert (desk.tab.head_words, desk.tab.head_buttons, desk.panel.message.text()) == ("", (), "")
    assert not desk.tab.step(1)


def test_without_bids_and_without_problems_it_is_said_too(desk):
    open_offers(desk.workspace, desk.read(), OPEN, PAST)
    desk.show()
    assert desk.tab.empty.accessibleName().startswith("There are no bids")


def test_what_is_found_stands_by_groups_with_a_column_for_each_bid(opened):
    assert [opened.model.head(column) for column in range(3)] == ["Problem", CALDER.name, "Bidder 2"]
    assert headings(opened) == [
        "Mandatory: decided by rule, not by you",
        "First year and last months",
        "More than is likely",
        "Not explained",
    ]
    found = opened.go_to("above-other-bids")
    assert opened.cell == f"{CALDER.name}, far above the other bids, 62 pounds, to decide"
    row = opened.table.currentIndex().row()
    assert opened.model.said(row, 2) == "Bidder 2, far above the other bids, no problem"
    assert opened.model.text(row, 2) == "–"
    panel = opened.panel
    assert (panel.title.text(), panel.bidder.text()) == ("Far above the other bids", CALDER.name)
    assert panel.message.text() == f"{found.problem.message}."
    assert panel.rule.text().startswith("The quantity of a measure")
    assert panel.others.text() == f"V01: 62 ({CALDER.name}), 6 (Bidder 2). Median of the others 6."


def test_a_line_is_left_out_by_keys_alone_and_the_next_is_gone_to(opened):
    opened.go_to("above-other-bids")
    assert opened.tab.head_words == f"0 decided, 0 waiting for an answer, {opened.check.undecided} open"
    opened.press(Qt.Key.Key_L)
    assert opened.panel.fields.line_field.value == "1", "the only line that it is about"
    assert opened.panel.effect.accessibleName().startswith(f"Note: {CALDER.name} goes from £")
    assert "short by £" in opened.panel.effect.accessibleName()
    opened.type(WHY)
    opened.record()
    kept = opened.decisions["above-other-bids"]
    assert (kept.kind, kept.reason, kept.line, kept.by) == (DecisionKind.LEAVE_OUT, WHY, "1", "A. Okafor")
    assert opened.tab.head_words.startswith("1 decided, 0 waiting")
    assert opened.table.hasFocus()
    assert opened.cell.endswith("to decide"), "it went on to the next"
    opened.session.undo()
    assert "above-other-bids" not in opened.decisions
    assert opened.tab.head_words.startswith("0 decided")


def test_enter_opens_a_cell_and_a_click_accepts(opened):
    opened.go_to("line-over-half")
    opened.press(Qt.Key.Key_Return)
    choice = opened.panel.fields.kind_field
    assert choice.buttons[DecisionKind.ASK].hasFocus()
    opened.press(Qt.Key.Key_A)
    assert choice.value is DecisionKind.ACCEPT, "the letters choose in the panel too"
    assert not opened.panel.fields.line_field.isVisible()
    QTest.mouseClick(opened.panel.record_button, Qt.MouseButton.LeftButton)
    assert opened.panel.fields.field("reason").error == "The reason says too little. Write at least 20 letters"
    opened.panel.fields.focus_field("reason")
    opened.type(WHY)
    QTest.mouseClick(opened.panel.record_button, Qt.MouseButton.LeftButton)
    assert opened.decisions["line-over-half"].kind is DecisionKind.ACCEPT
    assert opened.panel.fields.line_field.value is None, "another problem is shown"


def test_nothing_is_recorded_before_something_is_chosen(opened):
    opened.go_to("above-other-bids")
    QTest.mouseClick(opened.panel.record_button, Qt.MouseButton.LeftButton)
    assert opened.panel.fields.kind_field.error == "Choose what is done about it"
    assert opened.decisions == {}
    here = opened.cell
    QTest.mouseClick(opened.panel.skip_button, Qt.MouseButton.LeftButton)
    assert opened.cell != here
    assert opened.decisions == {}


def test_a_bidder_is_asked_by_letter_and_its_answer_recorded(opened, monkeypatch, tmp_path):
    opened.go_to("statement-missing")
    opened.press(Qt.Key.Key_Q)
    opened.type("Who will be hired, and how?")
    opened.record()
    kept = opened.decisions["statement-missing"]
    assert (kept.kind, kept.asked_on) == (DecisionKind.ASK, date.today())  # noqa: DTZ011
    assert (kept.due_on - kept.asked_on).days == 7
    assert opened.tab.letters.button.text() == "Preview letters (1)"
    assert opened.tab.head_buttons == (opened.tab.letters.button,)
    assert opened.tab.letters.actions[0].text().startswith(f"Letter to {CALDER.name}: 1 question, due ")
    opened.tab.letters.actions[0].trigger()
    preview = opened.tab.letters.shower.preview
    assert preview.windowTitle()
    preview.close()
    folder = tmp_path / "letters"
    folder.mkdir()
    monkeypatch.setattr(FileDialogs, "open_folder", lambda *_: folder)
    opened.tab.letters.actions[-1].trigger()
    assert len(list(folder.iterdir())) == 2
    assert opened.toasts == [f"2 files saved in {folder}"]
    opened.go_to("statement-missing")
    opened.press(Qt.Key.Key_Return)
    fields = opened.panel.fields
    fields.focus_field("answer")
    opened.type("Two residents, with the job centre")
    fields.focus_field("answered_on")
    opened.type("31 December 2030")
    QTest.mouseClick(opened.panel.record_button, Qt.MouseButton.LeftButton)
    assert opened.decisions["statement-missing"].answer == "Two residents, with the job centre"
    opened.go_to("statement-missing")
    assert opened.panel.state.text() == "Answered on 31 December 2030"
    assert opened.tab.head_buttons == ()


def test_a_question_is_not_taken_for_the_reason_of_what_is_decided_then(opened):
    asked = "Who will be hired, and how?"
    opened.go_to("statement-missing")
    opened.press(Qt.Key.Key_Q)
    opened.type(asked)
    opened.record()
    opened.go_to("statement-missing")
    opened.press(Qt.Key.Key_A)
    fields = opened.panel.fields
    reason, answer, question = fields.field("reason").control, fields.field("answer"), fields.field("question")
    assert reason.toPlainText() == ""
    assert not answer.isVisible(), "none came"
    assert question.isVisible(), "what was asked stays in view"
    question.control.setFocus()
    opened.type("And when?")
    assert question.text == asked, "and is not changed any more"
    fields.kind_field.choose(DecisionKind.ASK)
    assert question.text == asked
    assert not reason.isVisible()
    fields.focus_field("answer")
    opened.type("Two residents")
    fields.focus_field("answered_on")
    opened.type("31 December 2030")
    opened.record()
    opened.go_to("statement-missing")
    opened.press(Qt.Key.Key_A)
    assert answer.isVisible()
    opened.type(WHY)
    opened.record()
    kept = opened.decisions["statement-missing"]
    assert (kept.question, kept.answer, kept.reason) == (asked, "Two residents", WHY)


@pytest.mark.parametrize("key", [Qt.Key.Key_A, Qt.Key.Key_L])
def test_a_question_of_before_it_had_a_place_of_its_own_is_shown_as_the_question(opened, key):
    asked = "How were the hours worked out?"
    bid = opened.check.bids[0]
    found = next(each for each in bid.problems if each.problem.code == "above-other-bids")
    old = replace(proposed_decision(bid, found, date(2027, 1, 25)), reason=asked)
    with opened.workspace.work("Ask") as uow:
        uow.bid_decisions.add(old)
        uow.commit()
    opened.show()
    opened.go_to("above-other-bids")
    fields = opened.panel.fields
    question, reason = fields.field("question"), fields.field("reason")
    assert (question.text, question.isVisible(), reason.isVisible()) == (asked, True, False)
    assert not fields.is_changed
    opened.press(key)
    assert (question.text, question.isVisible(), reason.text) == (asked, True, "")
    opened.record()
    assert opened.decisions["above-other-bids"] == old, "a reason is missing, and nothing is saved"
    assert reason.error
    opened.panel.fields.focus_field("reason")
    opened.type(WHY)
    opened.record()
    kept = opened.decisions["above-other-bids"]
    assert (kept.question, kept.reason, kept.asked_on) == (asked, WHY, date(2027, 1, 25))


def test_a_question_that_was_typed_and_not_saved_was_not_asked(opened):
    opened.go_to("statement-missing")
    opened.press(Qt.Key.Key_Q)
    opened.type("Who will be hired, and how?")
    opened.panel.fields.kind_field.choose(DecisionKind.ACCEPT)
    assert not opened.panel.fields.field("question").isVisible()
    opened.panel.fields.focus_field("reason")
    opened.type(WHY)
    opened.record()
    kept = opened.decisions["statement-missing"]
    assert (kept.question, kept.asked_on, kept.reason) == ("", None, WHY)


@pytest.mark.parametrize("key", [Qt.Key.Key_Q, Qt.Key.Key_A, Qt.Key.Key_L])
def test_all_of_the_reason_can_be_read_while_it_is_typed(opened, key):
    opened.go_to("above-other-bids")
    opened.press(key)
    settle()
    name = "question" if key is Qt.Key.Key_Q else "reason"
    field, area = opened.panel.fields.field(name), opened.panel.findChild(QScrollArea)
    top = field.mapTo(area.viewport(), QPoint(0, 0)).y()
    assert field.control.hasFocus()
    assert top >= 0
    assert top + field.height() <= area.viewport().height()


def test_an_empty_grid_leads_to_the_offers(desk):
    wanted = []
    desk.tab.wants_tab.connect(lambda *place: wanted.append(place))
    assert desk.tab.to_offers.isVisible()
    QTest.mouseClick(desk.tab.to_offers, Qt.MouseButton.LeftButton)
    assert wanted == [(OFFERS, None)]


def test_what_is_not_possible_stays_and_says_why(desk):
    desk.open((Commitment("1", HOURS, (D(5), D(5))), Commitment("2", "S99", (D(1), D(1)))))
    desk.go_to("unknown-measure")
    choice = desk.panel.fields.kind_field
    accept = choice.buttons[DecisionKind.ACCEPT]
    assert not accept.isEnabled()
    assert accept.accessibleDescription() == "Not possible: what the rule forbids is never counted."
    desk.press(Qt.Key.Key_A, at=desk.table)
    assert choice.value is None
    short = desk.go_to("short-of-minimum")
    assert not short.can_be_decided
    assert not desk.panel.record_button.isVisible()
    assert desk.panel.rule.text().startswith("Contracts over")


def test_of_several_lines_one_is_chosen_first(desk):
    desk.open((hours(5, 5), jobs_of(2, 0, "With the job centre"), Commitment("3", "J06", (D(1), D(0)), statement="So")))
    desk.go_to("declare-different")
    desk.press(Qt.Key.Key_L, at=desk.table)
    lines = desk.panel.fields.line_field
    assert lines.combo.hasFocus()
    assert [lines.combo.itemText(place)[:3] for place in range(lines.combo.count())] == ["J01", "J06"]
    assert not desk.panel.effect.isVisible()
    desk.press(Qt.Key.Key_Down, at=lines.combo)
    desk.press(Qt.Key.Key_Down, at=lines.combo)
    assert desk.panel.effect.isVisible()
    desk.panel.fields.focus_field("reason")
    desk.type(WHY)
    desk.record()
    kept = desk.decisions["declare-different"]
    assert (kept.kind, kept.line) == (DecisionKind.LEAVE_OUT, lines_of(desk, "J06"))


def lines_of(desk, code: str) -> str:
    offer = desk.check.bids[0].opened.offer
    return next(each.key for each in offer.commitments if each.measure == code)


def test_a_decision_is_taken_back(opened):
    opened.go_to("above-other-bids")
    opened.press(Qt.Key.Key_A)
    opened.type(WHY)
    opened.record()
    opened.go_to("above-other-bids")
    assert opened.panel.state.text() == f"Accepted: {WHY}"
    QTest.mouseClick(opened.panel.back_link, Qt.MouseButton.LeftButton)
    assert opened.decisions == {}
    assert opened.panel.state.text() == "Decide"
    opened.session.undo()
    assert opened.decisions["above-other-bids"].reason == WHY


def colleague_decides(desk, code: str, reason: str, kind: DecisionKind = DecisionKind.ACCEPT) -> None:
    """B. Singh decides; the window has not heard of it."""
    check = desk.check
    bid = check.bids[0]
    found = next(each for each in bid.problems if each.problem.code == code)
    desk.workspace.who = "B. Singh"
    said = replace(proposed_decision(bid, found, date(2027, 1, 25)), kind=kind, reason=reason)
    decide(desk.workspace, check, found, bid.decision(found.key), said)
    desk.workspace.who = "A. Okafor"


def test_two_people_decide_the_same_problem_and_see_both_versions(opened):
    opened.go_to("above-other-bids")
    opened.press(Qt.Key.Key_L)
    opened.type(WHY)
    colleague_decides(opened, "above-other-bids", "The library keeps a register")
    seen = []

    def keep_mine(dialog):
        seen.extend(each.text() for each in dialog.findChildren(type(opened.panel.title)))
        button(dialog, "Save mine over theirs").click()

    when_open(keep_mine)
    opened.record()
    assert any("B. Singh" in words for words in seen)
    assert "The library keeps a register" in seen
    kept = opened.decisions["above-other-bids"]
    assert (kept.kind, kept.reason, kept.by) == (DecisionKind.LEAVE_OUT, WHY, "A. Okafor")


def test_what_a_colleague_decided_first_can_stay(opened):
    opened.go_to("above-other-bids")
    opened.press(Qt.Key.Key_L)
    opened.type(WHY)
    colleague_decides(opened, "above-other-bids", "The library keeps a register")
    press("Keep theirs")
    opened.record()
    kept = opened.decisions["above-other-bids"]
    assert (kept.kind, kept.by) == (DecisionKind.ACCEPT, "B. Singh")


def test_what_is_typed_stays_when_a_colleague_decides_meanwhile(opened):
    opened.go_to("above-other-bids")
    opened.press(Qt.Key.Key_L)
    opened.type("I am still writing")
    colleague_decides(opened, "above-other-bids", "The library keeps a register")
    opened.show()
    assert opened.panel.fields.field("reason").text == "I am still writing"
    said = "B. Singh decided this while you typed. Yours is shown; you choose when you save."
    assert opened.panel.note.text.text() == said


def test_what_was_typed_is_recorded_from_the_grid(opened):
    opened.go_to("above-other-bids")
    opened.press(Qt.Key.Key_A)
    opened.type(WHY)
    opened.table.setFocus()
    opened.record()
    assert opened.decisions["above-other-bids"].reason == WHY
    opened.go_to("short-of-minimum")
    opened.record()
    assert len(opened.decisions) == 1, "what the rule tells is not recorded"


def test_what_is_typed_of_one_problem_waits_until_it_is_shown_again(opened):
    opened.go_to("above-other-bids")
    opened.press(Qt.Key.Key_A)
    opened.type("Half a reason")
    opened.go_to("line-over-half")
    assert opened.panel.fields.field("reason").text == ""
    opened.go_to("above-other-bids")
    assert opened.panel.fields.field("reason").text == "Half a reason"
    assert opened.panel.fields.kind_field.value is DecisionKind.ACCEPT


def test_another_file_is_not_decided_by_what_was_shown(opened, qtbot):
    opened.go_to("above-other-bids")
    opened.press(Qt.Key.Key_A)
    opened.type(WHY)
    newer = saved(opened.workspace, opened.read(), CALDER, commitments=(hours(40, 40),))
    receive(opened.workspace, opened.read(), [FoundFile("newer.tomsoffer", newer)])
    opened.record()
    (failure,) = opened.failures
    opened.failures.clear()
    assert str(failure).startswith(f"Another file counts of {CALDER.name} by now")
    assert opened.decisions == {}


def test_f8_goes_through_what_is_open_and_round_the_end(opened):
    places = sorted(opened.model.open_places)
    opened.table.go_to(*places[0])
    seen = []
    for _ in range(len(places) + 1):
        opened.tab.step(1)
        seen.append((opened.table.currentIndex().row(), opened.table.currentIndex().column()))
    assert set(seen) == set(places)
    last = seen[-1]
    opened.tab.step(-1)
    assert (opened.table.currentIndex().row(), opened.table.currentIndex().column()) == places[places.index(last) - 1]


def test_arrows_pass_over_the_headings(opened):
    opened.go_to("above-other-bids")
    for _ in range(opened.model.rowCount()):
        opened.press(Qt.Key.Key_Up, at=opened.table)
        assert opened.model.row_at(opened.table.currentIndex().row()) is not None
    assert opened.table.currentIndex().row() == 1
    opened.press(Qt.Key.Key_Left, Qt.Key.Key_Left, at=opened.table)
    assert opened.table.currentIndex().column() == TITLE
    assert opened.panel.message.text() == "Choose a cell to see what is found, and to decide it."


def test_all_cells_are_copied_with_their_heads(opened):
    opened.table.copy_all()
    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines[0] == f"Problem\t{CALDER.name}\tBidder 2"
    assert any(line.startswith("Far above the other bids: V01") for line in lines)
    assert any(line.startswith("More than is likely: ") for line in lines)


def test_of_many_bids_the_first_column_stays_and_those_without_open_problems_can_go(desk, qtbot):
    plain, silent = (hours(3, 3),), (hours(3, 3), jobs_of(1, 0))
    desk.open(*(silent if number in {2, 9} else plain for number in range(1, 13)))
    table = desk.table
    assert table.frozen.isVisible()
    assert table.columnWidth(1) == table.columnWidth(12)
    table.go_to(1, 12)
    assert table.horizontalScrollBar().value() > 0
    table.go_to(1, 1)
    assert table.visualRect(table.currentIndex()).left() >= table.frozen.width() - 1, "not under the first column"
    table.verticalScrollBar().setValue(20)
    assert table.frozen.verticalScrollBar().value() == table.verticalScrollBar().value()
    assert desk.tab.only_open.isVisible()
    desk.tab.only_open.setChecked(True)
    assert [bid.supplier for bid in desk.model.bids] == ["Bidder 2", "Bidder 9"]
    assert not table.frozen.isVisible()
    desk.tab.only_open.setChecked(False)
    assert len(desk.model.bids) == 12
    point = table.frozen.visualRect(desk.model.index(1, TITLE)).center()
    QTest.mouseClick(table.frozen.viewport(), Qt.MouseButton.LeftButton, pos=point)
    assert (table.currentIndex().row(), table.currentIndex().column()) == (1, TITLE)


def test_the_heading_of_a_group_is_whole_beside_the_first_column(desk, monkeypatch):
    """Its words go on past the column that stays, and are drawn in both as one: no edge goes through them."""
    desk.open(*((hours(3, 3), jobs_of(1, 0)) for _ in range(8)))
    table = desk.table
    row = next(place for place, each in enumerate(desk.model.rows) if isinstance(each, GroupRow))
    monkeypatch.setattr(
        type(desk.model.rows[row].group), "words", "Words of a group that are longer than the first column"
    )
    for bar_at in (0, table.horizontalScrollBar().maximum()):
        table.horizontalScrollBar().setValue(bar_at)
        QApplication.processEvents()
        image, at = table.grab().toImage(), table.frozen.geometry()
        top = table.horizontalHeader().height() + table.visualRect(desk.model.index(row, TITLE)).center().y()
        edge = at.right()
        assert image.pixelColor(edge, top - 10) == image.pixelColor(edge + 40, top - 10), "no edge in a heading"
        below = table.horizontalHeader().height() + table.visualRect(desk.model.index(row + 1, TITLE)).top() + 3
        assert image.pixelColor(edge, below) != image.pixelColor(edge + 3, below), "an edge beside what is found"
        beyond = {image.pixel(x, top) for x in range(edge + 4, edge + 60)}
        assert len(beyond) > 1, "the words go on there"


def test_bids_of_several_lots_are_looked_at_lot_by_lot(desk):
    page, lines = desk.read(), (hours(3, 3), jobs_of(1, 0))
    files = [
        FoundFile(f"{lot}.tomsoffer", saved(desk.workspace, page, CALDER, commitments=lines, lot=lot)) for lot in (1, 2)
    ]
    receive(desk.workspace, page, files)
    open_offers(desk.workspace, desk.read(), OPEN, PAST)
    desk.show()
    assert [desk.model.head(column) for column in (1, 2)] == [f"Lot 1: {CALDER.name}", f"Lot 2: {CALDER.name}"]
    button(desk.tab, "Lot 2").click()
    assert [desk.model.head(column) for column in range(1, desk.model.columnCount())] == [CALDER.name]
    button(desk.tab, "All lots").click()
    assert desk.model.columnCount() == 3


def test_after_the_end_everything_is_read_and_nothing_decided(opened):
    end = replace(OPEN, kind=TenderActKind.WITHDRAW, reason="The budget for it is gone this year")
    do(opened.workspace, opened.read(), end, PAST)
    opened.show()
    opened.go_to("above-other-bids")
    assert not opened.panel.record_button.isVisible()
    assert opened.panel.note.text.text() == "The evaluation is fixed, so nothing is decided any more."


def test_who_marks_answers_is_told_that_figures_are_held_back(opened):
    EVALUATORS.add(opened.workspace, opened.read(), [evaluator("A. Okafor")])
    opened.show()
    assert opened.tab.empty.accessibleName().startswith("You mark answers of this tender, so prices and social value")
    assert (opened.model.rows, opened.tab.head_words) == ((), "")
    assert not opened.table.isVisible()
    assert opened.panel.message.text() == ""


def test_another_tender_shows_nothing_of_the_one_before(opened):
    opened.tab.show_tender(None)
    assert (opened.model.rows, opened.tab.head_words) == ((), "")
    assert opened.panel.title.text() == "Check"
    assert not opened.table.isVisible()
