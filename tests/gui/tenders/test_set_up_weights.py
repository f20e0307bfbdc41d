"""The step Weights and questions, and what stands beside the set-up, as a person uses them."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel

from tests.gui.lists.people import press
from tests.services.tenders.build import lot
from tomsapp.domain.tender.choices import MinimumRule, Placing, QuantityMethod
from tomsapp.domain.tender.lot import Lot
from tomsapp.domain.tender.question import Question
from tomsapp.domain.tender.setup import Step
from tomsapp.domain.tender.tender import Tender
from tomsapp.gui.tenders.setup_side import rules_by_lots
from tomsapp.gui.widgets.buttons import ElidedButton, LinkButton
from tomsapp.services.databases import open_workspace
from tomsapp.services.tenders.facts import TENDER_FACTS
from tomsapp.services.tenders.parts import LOTS, QUESTIONS

D = Decimal
CTRL = Qt.KeyboardModifier.ControlModifier
KEY = Qt.Key


@pytest.fixture
def tab(desk):
    tab = desk.open().current
    tab.open_step(Step.WEIGHTS)
    return tab


@pytest.fixture
def step(tab):
    return tab.current


@pytest.fixture
def side(tab):
    return tab.panel


def fill(qtbot, form, name, text):
    """Replace what stands in a field, and leave it with Tab."""
    control = form.field(name).control
    control.setFocus()
    control.selectAll()
    qtbot.keyClicks(control, text) if text else qtbot.keyClick(control, KEY.Key_Delete)
    qtbot.keyClick(control, KEY.Key_Tab)


def choose(form, name, value):
    field = form.field(name)
    field.combo.setCurrentIndex(field.combo.findData(value))
    field.combo.activated.emit(field.combo.currentIndex())


def words(widget):
    """What can be read in it, once it is laid out."""
    QApplication.processEvents()
    return [label.text() for label in widget.findChildren(QLabel) if label.isVisible() and label.text()]


def card(step, number):
    return step.questions.card_of(number)


# Weights


def test_each_weight_is_saved_when_it_is_left_and_undone_by_itself(desk, step, side, qtbot):
    fill(qtbot, step.form, "price_weight", "35")
    assert desk.read().tender.price_weight == D(35)
    assert "comes to 95, not 100" in words(side)
    fill(qtbot, step.form, "quality_weight", "45")
    assert "adds up to 100" in words(side)
    assert "35 + 45 + 20" in words(side)
    desk.session.undo()
    desk.session.undo()
    assert desk.read().tender.price_weight == D(40)
    assert step.form.field("price_weight").text == "40"


def test_tab_goes_to_the_next_weight_with_all_of_it_marked(step, qtbot):
    fill(qtbot, step.form, "price_weight", "35")
    line = QApplication.focusWidget()
    assert line is step.form.field("quality_weight").control
    assert line.selectedText() == "40"


def test_a_weight_that_cannot_be_used_is_said_beside_it_and_keeps_no_other_from_being_saved(desk, tab, step, qtbot):
    fill(qtbot, step.form, "price_weight", "140")
    assert step.form.field("price_weight").error.startswith("It is over 100")
    fill(qtbot, step.form, "quality_weight", "45")
    assert (desk.read().tender.price_weight, desk.read().tender.quality_weight) == (D(40), D(45))
    assert step.form.field("price_weight").text == "140"
    tab.go(1)
    assert tab.current_step is Step.WEIGHTS
    assert QApplication.focusWidget() is step.form.field("price_weight").control


def test_social_value_within_quality_takes_its_points(desk, step, side, qtbot):
    choose(step.form, "placing", Placing.WITHIN_QUALITY.value)
    fill(qtbot, step.form, "quality_weight", "60")
    assert desk.read().tender.placing is Placing.WITHIN_QUALITY
    assert {"20% of quality 60", "12", "48"} <= set(words(side))


def test_what_goes_with_one_way_of_scoring_alone_is_asked_with_it(desk, step, qtbot):
    assert not step.form.field("bands").isVisible()
    choose(step.form, "method", QuantityMethod.BANDS.value)
    assert step.form.field("bands").isVisible()
    assert not step.form.field("method_target").isVisible()
    fill(qtbot, step.form, "bands", "5% 2")
    assert "Begin with 0%" in step.form.field("bands").error
    fill(qtbot, step.form, "bands", "0% 0; 5% 2; 10% 5")
    assert desk.read().tender.bands == "0% 0; 5% 2; 10% 5"
    choose(step.form, "method", QuantityMethod.TARGET.value)
    assert step.form.field("bands").isVisible(), "what stands there is shown whatever the way is"
    fill(qtbot, step.form, "method_target", "80000")
    assert desk.read().tender.method_target == D("80000.00")


def test_what_a_short_minimum_means_is_said_as_bidders_read_it(desk, step):
    choose(step.form, "minimum", MinimumRule.NOT_ADMITTED.value)
    assert MinimumRule.NOT_ADMITTED.meaning in words(step.form)
    assert desk.read().tender.minimum is MinimumRule.NOT_ADMITTED


def test_what_is_typed_and_not_left_is_kept_over_a_restart(desk, tab, step, qtbot):
    control = step.form.field("price_weight").control
    control.setFocus()
    control.selectAll()
    qtbot.keyClicks(control, "140")
    tab.open_step(Step.FACTS)
    tab.show_tender(None)
    tab.show_tender(desk.read())
    tab.open_step(Step.WEIGHTS)
    assert step.form.field("price_weight").text == "140"


# Questions


def test_a_question_is_added_with_the_weight_that_is_left_and_typed(desk, step, qtbot):
    fill(qtbot, card(step, 1).form, "weight", "60")
    step.questions.add_button.click()
    second = card(step, 2)
    assert second.is_open
    assert QApplication.focusWidget() is second.form.field("title").control
    assert second.form.field("weight").text == "40"
    fill(qtbot, second.form, "title", "Training")
    fill(qtbot, second.form, "text", "Whom do you train?")
    fill(qtbot, second.form, "most_words", "300")
    saved = desk.read().questions[1].record
    assert (saved.number, saved.title, saved.text, saved.most_words) == (2, "Training", "Whom do you train?", 300)
    assert second.title.whole == "Question 2: Training"
    assert second.state.text() == "weight 40, 1 thing to put right"
    assert step.questions.sums.text() == "Weights: 60 + 40 = 100"


def test_a_guide_is_typed_mark_by_mark_or_taken_over(desk, step, qtbot):
    QUESTIONS.add(desk.workspace, desk.read(), [Question(2, "Training", "Whom?", D(0))])
    desk.window.refresh(None)
    second = card(step, 2)
    second.turn()
    fill(qtbot, card(step, 1).form, "guide_5", "Named groups and dates")
    assert second.guide.text() == "Take over the guide of question 1"
    second.guide.click()
    assert desk.read().questions[1].record.guide[5] == "Named groups and dates"
    assert not second.guide.isVisible()
    desk.session.undo()
    assert desk.read().questions[1].record.guide[5] == ""


def test_questions_are_put_into_order_and_taken_out_and_undo_brings_them_back(desk, step):
    QUESTIONS.add(desk.workspace, desk.read(), [Question(2, "Training"), Question(3, "Volunteers")])
    desk.window.refresh(None)
    card(step, 3).up.click()
    assert [each.record.title for each in desk.read().questions] == ["Local jobs", "Volunteers", "Training"]
    card(step, 1).remove.click()
    assert [(each.record.number, each.record.title) for each in desk.read().questions] == [
        (1, "Volunteers"),
        (2, "Training"),
    ]
    desk.session.undo()
    assert [each.record.title for each in desk.read().questions] == ["Local jobs", "Volunteers", "Training"]
    assert [card(step, number).title.whole for number in (1, 2, 3)] == [
        "Question 1: Local jobs",
        "Question 2: Volunteers",
        "Question 3: Training",
    ]


def test_a_colleague_s_question_comes_in_while_another_is_typed(desk, step, qtbot):
    control = card(step, 1)
    control.turn()
    line = control.form.field("title").control
    line.setFocus()
    line.selectAll()
    qtbot.keyClicks(line, "Jobs for")
    bob = open_workspace(desk.workspace.database.path, desk.workspace.catalogue, "B. Singh", is_known=True)
    QUESTIONS.add(bob, desk.read(), [Question(2, "Training")])
    first = desk.read().questions[0]
    QUESTIONS.save(bob, desk.read(), first, replace(first.record, most_words=250))
    bob.close()
    desk.window.refresh(None)
    assert card(step, 2).title.whole == "Question 2: Training"
    assert (line.text(), control.form.field("most_words").text) == ("Jobs for", "250")
    qtbot.keyClicks(line, " residents")
    qtbot.keyClick(line, KEY.Key_Tab)
    saved = desk.read().questions[0].record
    assert (saved.title, saved.most_words) == ("Jobs for residents", 250)


@pytest.mark.parametrize(("choice", "title"), [("Save mine over theirs", "Mine"), ("Keep theirs", "Theirs")])
def test_a_title_that_two_typed_is_asked_about(desk, step, qtbot, choice, title):
    card(step, 1).turn()
    bob = open_workspace(desk.workspace.database.path, desk.workspace.catalogue, "B. Singh", is_known=True)
    first = desk.read().questions[0]
    QUESTIONS.save(bob, desk.read(), first, replace(first.record, title="Theirs"))
    bob.close()
    press(choice)
    fill(qtbot, card(step, 1).form, "title", "Mine")
    assert desk.read().questions[0].record.title == title
    assert card(step, 1).form.field("title").text == title


def test_a_question_taken_out_by_a_colleague_is_told_and_the_others_stay(desk, step):
    bob = open_workspace(desk.workspace.database.path, desk.workspace.catalogue, "B. Singh", is_known=True)
    first = desk.read().questions[0]
    QUESTIONS.save(bob, desk.read(), first, replace(first.record, title="Theirs"))
    bob.close()
    told = []
    desk.session.jobs.failed.disconnect()
    desk.session.jobs.failed.connect(told.append)
    card(step, 1).remove.click()
    assert len(told) == 1
    assert card(step, 1).title.whole == "Question 1: Theirs"


# What stands beside it


def test_what_is_left_leads_to_its_field_and_is_counted(desk, tab, side, qtbot):
    assert side.count.text() == "Ready"
    assert "Nothing is left" in words(side)
    QUESTIONS.add(desk.workspace, desk.read(), [Question(2, "Training", "Whom?", D(0))])
    desk.window.refresh(None)
    assert side.count.text() == "2 left"
    tab.open_step(Step.FACTS)
    link = next(each for each in side.findChildren(ElidedButton) if each.text() == "Question 2 has no marking guide")
    link.click()
    assert tab.current_step is Step.WEIGHTS
    assert QApplication.focusWidget() is card(tab.current, 2).form.field("guide_5").control


def test_the_button_that_issues_goes_to_what_is_left_first(desk, tab, side):
    read = desk.read()
    TENDER_FACTS.save(desk.workspace, read.stored, replace(read.tender, deadline_on=None))
    desk.window.refresh(None)
    assert side.issue_button.isEnabled(), "it is never disabled"
    side.issue_button.click()
    assert tab.current_step is Step.FACTS
    assert QApplication.focusWidget() is tab.current.fields.field("deadline_on").control


def test_rules_that_ask_the_same_of_several_lots_are_told_once(desk, side):
    assert "Each of lots 1 and 2" in words(side)
    assert words(side).count("5% minimum") == 1
    read = desk.read()
    LOTS.save(desk.workspace, read, read.lots[1], replace(read.lots[1].record, value=D("300000.00")))
    LOTS.add(desk.workspace, desk.read(), [Lot(3, "Halls"), lot("Parks")])
    desk.window.refresh(None)
    told = rules_by_lots(desk.read(), desk.read().surroundings.policy)
    assert [lots for lots, _ in told] == ["Each of lots 1 and 4", "Lot 2, Libraries"]
    assert {"£60,000.00", "£15,000.00"} <= set(words(side))


def test_a_tender_with_nothing_set_up_says_what_rules_need_and_all_that_is_left(desk, tab, side):
    stored = TENDER_FACTS.add(desk.workspace, Tender("T-2026-009", title="Windows")).result
    desk.open(stored.id)
    side = desk.window.page("tenders").shown.current.panel
    assert any(each.startswith("What the rules ask is shown once") for each in words(side))
    assert side.count.text() == "5 left"
    assert "comes to 0, not 100" in words(side)


def test_targets_that_fall_short_of_a_rule_in_several_lots_are_told_once(tab, side):
    assert sum("would be short by" in each for each in words(side)) == 1
    link = next(each for each in side.findChildren(LinkButton) if each.text() == "And 1 more like it")
    link.click()
    assert tab.current_step is Step.CHECK
