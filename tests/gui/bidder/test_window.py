"""The window as a person uses it: what is kept, what is told, and what is opened."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLabel, QMenu

from tests.gui import audit, contrast
from tests.gui.audit import settle
from tests.gui.bidder.conftest import CONTROL, KEY, Bidder
from tests.services.bidding.finished import typed
from tests.services.bidding.packs import QUESTIONS, lot, open_pack, pack, pack_two, tender, write_file
from tests.services.council import HOSTILE
from tomsapp.domain.commitment import Rate
from tomsapp.domain.contract import ContractKind, YearSpend
from tomsapp.domain.problems import Answer, AnswerChoice
from tomsapp.domain.tender import words
from tomsapp.exchange.tenders.offer_json import write_tender_offer
from tomsapp.gui.bidder import bars
from tomsapp.gui.bidder.files import ExplanationDialog
from tomsapp.gui.bidder.parts_dialog import PartsDialog
from tomsapp.gui.contract.figures import FigureKind
from tomsapp.gui.dialogs.message import MessageDialog
from tomsapp.gui.dialogs.pdf_preview import PdfPreview
from tomsapp.gui.theme import current_theme
from tomsapp.services.bidding.choosing import choose
from tomsapp.services.bidding.keeping import Keeper, kept_offers
from tomsapp.services.bidding.opening import begin_with, open_for_bidder
from tomsapp.services.bidding.steps import Step, left
from tomsapp.services.bidding.work import quantity_place


def put(bidder, make):
    bidder.window.answering.put(make(bidder.work))
    settle()


def words_of(window) -> str:
    return "\n".join(label.text() for label in window.findChildren(QLabel) if label.isVisible())


# What is kept


def test_a_program_that_was_ended_goes_on_where_it_was(bidder, qtbot):
    window = bidder.open()
    put(bidder, typed)
    window.open_step(Step.HOW_MUCH)
    row = window.step_widget(Step.HOW_MUCH).rows["2"]
    row.focus_year(1)
    bidder.press(KEY.Key_A, CONTROL)
    with qtbot.waitSignal(window.answering.kept):
        bidder.type("a few")
    bidder.kill()
    again = bidder.show(begin_with(open_pack(bidder.path), bidder.path, folder=bidder.kept))
    assert again.current is Step.HOW_MUCH
    row = again.step_widget(Step.HOW_MUCH).rows["2"]
    assert [field.text() for field in row.years] == ["2.00", "a few"]
    assert again.isAncestorOf(again.focusWidget())
    assert again.head.facts.isVisible()
    assert "Calder Clean Cooperative" in words_of(again)


def test_a_second_window_that_is_looked_at_keeps_nobody_from_typing(bidder, qtbot):
    window = bidder.open()
    with qtbot.waitSignal(window.answering.kept):
        bidder.fill("Name", "Calder")
    second = Bidder(qtbot, bidder.window.jobs, bidder.window.preferences, bidder.folder)
    assert second.open().answering.work.offer.bidder.name == "Calder"
    window.answering.put(choose(window.answering.work, ["S08"]))
    window.answering.flush()
    assert window.answering.trouble is None
    second.window.answering.put(choose(second.work, ["V04"]))
    second.window.answering.flush()
    assert "another window" in second.window.bars.sentences["trouble"]


def test_another_window_is_never_written_over(bidder, qtbot):
    window = bidder.open()
    other = Keeper(bidder.work, bidder.kept)
    other.take_up()
    other.keep(choose(bidder.work, ["S08"]), bidder.now)
    with qtbot.waitSignal(window.answering.kept):
        bidder.fill("Name", "Calder")
    assert "another window" in window.bars.sentences["trouble"]
    assert window.status.kept.whole == "The same offer was changed in another window"
    window.bars.bar("trouble").action_chosen.emit(bars.HERE)
    assert "trouble" not in window.bars.sentences
    assert kept_offers(bidder.kept)[0].offer.bidder.name == "Calder"


def test_a_newer_pack_in_the_folder_is_told_and_taken(bidder):
    window = bidder.open()
    put(bidder, typed)
    write_file(bidder.folder, pack_two())
    window.files.look_beside()
    settle()
    assert window.bars.sentences["newer"].startswith("Pack version 2 is in the same folder")
    window.bars.bar("newer").action_chosen.emit(bars.NEWER)
    settle()
    assert bidder.work.offer.pack.version == 2
    assert "The deadline is 29 January 2027" in window.bars.sentences["told"]
    assert bidder.work.offer.bidder.name == "Calder Clean Cooperative"
    assert left(bidder.work) == ()
    assert "29 January 2027" in words_of(window)
    window.bars.bar("told").action_chosen.emit(bars.CLOSE)
    assert window.bars.sentences == {}


# What is told


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_in_a_pack_stays_text(bidder, text):
    line = " ".join(text.split())
    measures = tuple(replace(one, relevance=line) for one in pack().measures)
    questions = (replace(QUESTIONS[0], title=line, text=text, weight=QUESTIONS[0].weight * 2),)
    asked = replace(pack().answered[0], question=text, answer=text)
    made = pack(council=line, tender=tender(title=line), measures=measures, questions=questions, answered=(asked,))
    window = bidder.open(made)
    for step in Step:
        window.open_step(step)
        settle()
        told = [label for label in window.findChildren(QLabel) if label.isVisible() and label.text()]
        assert all(label.textFormat() == Qt.TextFormat.PlainText for label in told)
        buttons = [each.text() for each in window.findChildren(QAbstractButton) if each.isVisible()]
        assert not any("<b>" in words for words in buttons) or "<b>" in text


def test_the_deadline_is_counted_and_passed(bidder):
    window = bidder.open()
    assert "UK time. 9 days left." in words_of(window)
    bidder.now += timedelta(days=8, hours=3)
    window._on_time()
    assert "UK time. 22 hours 46 minutes left." in words_of(window)
    bidder.now += timedelta(days=2)
    window._on_time()
    assert words.PASSED in words_of(window)


def test_an_unanswered_question_is_asked_and_answered(bidder):
    window = bidder.open()
    put(bidder, typed)
    window.open_step(Step.CHECK)
    step = window.step_widget(Step.CHECK)
    points = sum(each.is_open for each in bidder.work.checked.problems)
    assert step.state.text().startswith(f"You can save. {points} point"), "saved is not all that can be done"
    asked = next(each for each in bidder.work.checked.problems if each.is_open)
    bidder.do("Answer")
    assert step.form.isVisible()
    step.form.choice.buttons[0].setChecked(True)
    step.form.reason.set_text("They are two people, as the register shows.")
    step.form.save()
    settle()
    given = bidder.work.offer.answers[asked.key]
    assert (given.answered_by, given.choice) == ("Jo Bell", AnswerChoice.DIFFERENT)
    assert isinstance(given, Answer)
    assert "Your answer: They are different" in words_of(window)


def test_a_blank_year_is_said_once_the_row_is_left_and_can_be_nought(bidder):
    window = bidder.open()
    put(bidder, lambda work: choose(work, ["S08", "V04"]))
    window.open_step(Step.HOW_MUCH)
    bidder.type("24")
    row = window.step_widget(Step.HOW_MUCH).rows["1"]
    assert "or 0 if there are none" not in words_of(window)
    window.step_widget(Step.HOW_MUCH).rows["2"].focus_year(0)
    settle()
    assert "Enter the weeks for 2028/29, or 0 if there are none." in words_of(window)
    row._enter_nothing(quantity_place("1", 1))
    settle()
    assert [field.text() for field in row.years] == ["24", "0"]
    assert "or 0 if there are none" not in words_of(window)


def row_of(step, code: str) -> int:
    places = ((row, step.model.place_at(row)) for row in range(step.model.rowCount()))
    return next(row for row, place in places if place is not None and place.measure.code == code)


def test_a_measure_that_is_given_up_comes_back(bidder):
    window = bidder.open()
    put(bidder, typed)
    window.open_step(Step.CHOOSE)
    step = window.step_widget(Step.CHOOSE)
    before = bidder.work.offer
    step.tick(row_of(step, "J11"))
    assert "J11" not in bidder.work.chosen
    assert window.undo.text() == "Undo: J11 Worker raised to the London Living Wage is not offered any more"
    window.undo.trigger()
    assert bidder.work.offer == before
    assert not window.undo.isEnabled()
    step.tick(
        next(n for n in range(step.model.rowCount()) if (p := step.model.place_at(n)) and p.measure.code == "V04")
    )
    assert "V04" in bidder.work.chosen


def test_the_council_targets_are_offered(bidder):
    window = bidder.open(pack(tender=tender(most_measures=2)))
    put(bidder, lambda work: choose(work, ["J06"]))
    window.open_step(Step.HOW_MUCH)
    assert "You may choose 1 more. The council also has targets for this, and for 4 others in step 2:" in words_of(
        window
    )
    step = window.step_widget(Step.HOW_MUCH)
    assert [chip.accessibleName() for chip in step.chips] == ["Choose S08 Work experience week, aged 16 to 17"]
    step.chips[0].click()
    settle()
    assert bidder.work.chosen == {"J06", "S08"}
    assert bidder.is_at().startswith("Work experience week")


def test_council_targets_that_have_no_room_are_counted(bidder):
    measures = tuple(replace(each, target=Decimal(2)) for each in pack().scored)
    window = bidder.open(pack(measures=measures, tender=tender(most_measures=None)))
    put(bidder, lambda work: choose(work, ["J06"]))
    window.open_step(Step.HOW_MUCH)
    step = window.step_widget(Step.HOW_MUCH)
    others = len(measures) - 1 - len(step.chips)
    assert len(step.chips) == 3
    assert f"The council also has targets for these, and for {others} others in step 2:" in words_of(window)


def test_a_quantity_is_worked_out(bidder):
    window = bidder.open()
    put(bidder, lambda work: choose(work, ["V04"]))
    window.open_step(Step.HOW_MUCH)
    row = window.step_widget(Step.HOW_MUCH).rows["1"]
    row.open_details(is_open=True)
    row.details.parts.click()
    dialog = next(one for one in window.findChildren(PartsDialog) if one.isVisible())
    dialog.parts[0].set_text("20")
    dialog.parts[1].set_text("8")
    dialog.year.set_value(-1)
    dialog._say_sum()
    assert dialog.sum.text() == "20 people × 8 hours = 160"
    dialog._on_enter()
    settle()
    assert [field.text() for field in row.years] == ["160", "160"]
    assert "2027/28: 20 people × 8 hours = 160" in words_of(window)
    row.details.parts.click()
    again = next(one for one in window.findChildren(PartsDialog) if one.isVisible())
    assert again.parts[0].text == "20"
    again.parts[1].set_text("")
    again._on_enter()
    assert again.parts[1].error == "Enter a number"
    again.reject()


def test_a_promise_for_each_pound_is_entered_on_a_framework(bidder):
    spend = (YearSpend(0, Decimal("500000.00")), YearSpend(1, Decimal("700000.00")))
    window = bidder.open(pack(tender=tender(kind=ContractKind.FRAMEWORK), lots=(lot(spend=spend),)))
    put(bidder, lambda work: choose(work, ["V04"]))
    window.open_step(Step.HOW_MUCH)
    row = window.step_widget(Step.HOW_MUCH).rows["1"]
    row.focus_detail("rate_quantity")
    bidder.type("2")
    assert bidder.work.commitment("1").rate is None
    assert any(link.text().startswith("Promise per pound: ") for link in window.panel.left.links)
    bidder.tab_to("For every")
    bidder.type("10000")
    assert bidder.work.commitment("1").rate == Rate(Decimal(2), Decimal(10000))
    # 2 hours for every £10,000 of £1.2m are 240 hours at £15.59
    assert window.panel.total.text() == "£3,741.60"
    assert all(field.isReadOnly() for field in row.years)


def test_what_is_typed_into_details_stays_as_it_is_typed_until_the_field_is_left(bidder):
    """Numbers are written out in their form afterwards: while somebody types, they would be typed over."""
    window = bidder.open()
    put(bidder, lambda work: choose(work, ["V04"]))
    window.open_step(Step.HOW_MUCH)
    row = window.step_widget(Step.HOW_MUCH).rows["1"]
    row.open_details(is_open=True)
    for label, name, text, value, later in (
        ("Share", "contract_share", "25", Decimal("0.25"), "25%"),
        ("Cost to you", "cost", "1500", Decimal(1500), "1,500.00"),
    ):
        made = row.details.fields.every[name]
        made.field.control.setFocus()
        bidder.press(KEY.Key_A, CONTROL)
        bidder.type(text)
        assert made.field.label == label
        assert made.field.text == text
        assert getattr(bidder.work.commitment("1"), name) == value
        row.focus_year(0)
        bidder.press(KEY.Key_A, CONTROL)
        bidder.type("8")
        assert made.field.text == later
        assert getattr(bidder.work.commitment("1"), name) == value


def test_why_a_measure_is_asked_stands_over_its_guidance(bidder):
    window = bidder.open()
    window.open_step(Step.CHOOSE)
    step = window.step_widget(Step.CHOOSE)
    step.list.setCurrentIndex(step.model.index(row_of(step, "S08")))
    assert "Why it is asked: Schools stand beside the libraries." in words_of(window)
    assert "Work experience week, aged 16 to 17" in words_of(window)


def test_lines_are_added_and_taken_out(bidder):
    window = bidder.open()
    put(bidder, lambda work: choose(work, ["V04"]))
    window.open_step(Step.HOW_MUCH)
    step = window.step_widget(Step.HOW_MUCH)
    step.rows["1"].open_details(is_open=True)
    step.rows["1"].further_wanted.emit("1")
    settle()
    assert list(step.rows) == ["1", "2"]
    step.rows["1"].taken_out.emit("1")
    settle()
    assert list(step.rows) == ["1"]
    window.undo.trigger()
    assert list(step.rows) == ["1", "2"]


def test_a_figure_is_explained(bidder):
    window = bidder.open()
    put(bidder, typed)
    window.panel.total.click()
    shown = [one for one in window.findChildren(ExplanationDialog) if one.isVisible()]
    assert shown[-1].panel.explanation.title
    shown[-1].reject()
    window.open_step(Step.HOW_MUCH)
    window.step_widget(Step.HOW_MUCH).rows["1"].worth.click()
    shown = [one for one in window.findChildren(ExplanationDialog) if one.isVisible()]
    assert "J06" in shown[-1].panel.explanation.as_text()
    assert FigureKind.LINE


def test_another_lot_has_an_offer_of_its_own(bidder):
    window = bidder.open(pack(lots=(lot(1, title="Offices"), lot(2, title="Libraries"))))
    bidder.fill("Name", "Calder")
    step = window.step_widget(Step.READ)
    step.lot.chosen.emit(2)
    settle()
    assert (bidder.work.offer.lot, bidder.work.offer.bidder.name) == (2, "")
    assert "lot 2, Libraries" in words_of(window)
    window.step_widget(Step.READ).lot.chosen.emit(1)
    settle()
    assert bidder.work.offer.bidder.name == "Calder"


# Files


def test_an_offer_file_is_opened_again_and_what_was_typed_since_is_offered(bidder):
    window = bidder.open()
    done = typed(bidder.work)
    path = bidder.folder / "ours.tomsoffer"
    path.write_bytes(write_tender_offer(done.offer))
    put(bidder, lambda work: choose(work, ["S08"]))
    window.open_file(path)
    settle()
    assert bidder.work.offer == done.offer
    window.bars.bar("other").action_chosen.emit(bars.OTHER)
    settle()
    assert bidder.work.chosen == {"S08"}


def test_a_file_that_is_none_is_refused(bidder):
    window = bidder.open()
    path = bidder.folder / "odd.tomspack"
    path.write_bytes(b"{")
    window.open_file(path)
    settle()
    told = [one for one in window.findChildren(MessageDialog) if one.isVisible()]
    assert "odd.tomspack" in told[-1].heading
    told[-1].reject()
    assert bidder.work.offer.pack.version == 1


def test_the_workbook_that_was_saved_is_opened(bidder, saves_to):
    window = bidder.open()
    put(bidder, typed)
    total = window.panel.total.text()
    target = bidder.folder / "ours.xlsx"
    saves_to(target)
    window.files.save_workbook()
    settle()
    assert "ours.xlsx" in window.bars.sentences["done"]
    begun = open_for_bidder(target, folder=bidder.kept)
    window.show_begun(begun)
    settle()
    assert window.panel.total.text() == total


def test_the_plan_is_shown_before_it_is_saved(bidder):
    window = bidder.open()
    put(bidder, typed)
    window.files.show_plan()
    settle()
    shown = [one for one in window.findChildren(PdfPreview) if one.isVisible()]
    assert "Social Value Plan of Calder Clean Cooperative" in shown[-1].windowTitle()
    shown[-1].reject()


def test_answers_of_an_earlier_tender_are_used_again(bidder, opens):
    earlier = typed(begin_with(open_pack(write_file(bidder.folder)), bidder.folder / "x", folder=bidder.kept).work)
    window = bidder.open(pack(tender=replace(tender(), reference="T-2027-009")))
    path = bidder.folder / "earlier.tomsoffer"
    path.write_bytes(write_tender_offer(earlier.offer))
    opens(path)
    window.files.use_again()
    settle()
    assert bidder.work.offer.bidder == earlier.offer.bidder
    assert window.step_widget(Step.READ).form.field("name").text == "Calder Clean Cooperative"
    Keeper(earlier, bidder.kept).keep(earlier, bidder.now)
    window.files.use_again()
    menu = next(one for one in window.findChildren(QMenu) if one.actions() and "T-2026-003" in one.actions()[0].text())
    menu.actions()[0].trigger()
    menu.close()
    assert bidder.work.offer.statement(1) == earlier.offer.statement(1)
    window.open_step(Step.ANSWER)
    step = window.step_widget(Step.ANSWER)
    step.use_again(1, "And more.")
    assert bidder.work.offer.statement(1).endswith("And more.")


# For everybody


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("step", list(Step))
def test_every_step_can_be_used_by_everybody(bidder, step, theme, preferences):
    preferences.set("theme", theme)
    window = bidder.open()
    put(bidder, typed)
    window.open_step(step)
    if step is Step.HOW_MUCH:
        window.step_widget(step).rows["1"].open_details(is_open=True)
    settle()
    assert current_theme().name == theme
    assert audit.nameless(window) == []
    assert audit.misfits(window) == []
    assert audit.deaf_views(window) == []
    assert audit.too_small(window) == []
    assert contrast.low_contrast(window) == []


def test_columns_grow_with_the_text(bidder):
    window = bidder.open(size=(1366, 768))
    put(bidder, typed)
    window.open_step(Step.HOW_MUCH)
    settle()
    current_theme().set_text_size(150)
    settle()
    row = window.step_widget(Step.HOW_MUCH).rows["1"]
    assert row.worth.width() >= row.worth.sizeHint().width()
    assert row.worth.parentWidget().width() >= row.worth.width()
    assert audit.cut(window) == []


@pytest.mark.parametrize("step", list(Step))
def test_tab_goes_through_every_step_as_it_is_read(bidder, step):
    window = bidder.open()
    put(bidder, typed)
    window.open_step(step)
    settle()
    way = audit.walk(window)
    assert audit.climbs(way) == []


@pytest.mark.parametrize("size", [(1366, 768), (1280, 680), (960, 540)])
@pytest.mark.parametrize("step", list(Step))
def test_nothing_is_cut_in_any_size(bidder, step, size):
    window = bidder.open(size=size)
    put(bidder, typed)
    window.open_step(step)
    settle()
    assert audit.cut(window) == []
    if size[0] < 1340:
        window.to_panel.click()
        settle()
        assert window.panel.isVisible()
        assert audit.cut(window.panel) == []
