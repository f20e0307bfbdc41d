"""What would change the winner, in the tab Evaluation: told in words, stopped and tried again, and listed."""

import threading

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from tests.domain.tender.report_build import told
from tests.domain.tender.scoring_build import JOBS, entry, lot, picture, pounds
from tomsapp.config.paths import menus_dir
from tomsapp.domain.tender.evaluating import evaluate
from tomsapp.domain.tender.sensitivity import sensitivity_of
from tomsapp.gui.jobs import Jobs
from tomsapp.gui.session import Session
from tomsapp.gui.tenders.sensitivity_card import STOPPED, SensitivityCard
from tomsapp.gui.tenders.trials_dialog import TrialsDialog, trial_rows
from tomsapp.services.workspace import Catalogue

PICTURE = evaluate(picture())
ALONE = evaluate(
    lot(entry("A", "100", "40", pounds("S01", "60000"), pounds("S01", "60000", key="b"), *JOBS), policy=None)
)


@pytest.fixture
def card(qtbot, jobs, preferences):
    made = SensitivityCard(Session(jobs, Catalogue((menus_dir(),)), preferences, "A. Okafor"))
    qtbot.addWidget(made)
    made.resize(600, 500)
    made.show()
    return made


def said(card):
    QApplication.processEvents()
    shown = (label for label in card.area.findChildren(QLabel) if label.isVisibleTo(card) and label.text())
    return "\n".join(label.text() for label in shown)


def test_first_what_changes_the_winner_then_what_does_not_last_the_price_of_the_weight(card):
    card.show_evaluated(PICTURE)
    text = said(card)
    order = (
        "The winner changes if the line J11 Measure J11 of Calder, £40,404.00, is left out.",
        "Calder is then not admitted (short by £14,506.06 of the 5% minimum) and Ashdown wins with 87.80.",
        "And 3 more of 41 trials.",
        "Calder still wins if any other line is left out.",
        "The weight of social value did not change who wins.",
    )
    places = [text.index(words) for words in order]
    assert places == sorted(places)
    assert card.link.text() == "Show all 41 trials"
    assert card._holder.accessibleName() == "What would change the winner, 6 of 41 trials"


def test_where_nothing_changes_the_winner_that_stands_first(card):
    card.show_evaluated(ALONE)
    assert said(card).startswith("No trial changes the winner.")


def test_an_evaluation_that_is_not_ranked_is_tried_later(card):
    card.show_evaluated(evaluate(lot(entry("A", None, "40", pounds("S01", "60000"), *JOBS))))
    assert "as soon as all that is missing is entered" in said(card)
    assert not card.link.isVisible()


def test_the_same_evaluation_is_not_tried_again(card, monkeypatch):
    card.show_evaluated(PICTURE)
    first = card.found
    card.show_evaluated(evaluate(picture()))
    assert card.found is first
    card.show_evaluated(None)
    assert (card.found, said(card)) == (None, "")
    card._try()
    assert card.found is None


def test_every_trial_is_in_the_list(card, qtbot):
    card.show_trials()
    assert card.dialog is None, "nothing was tried yet"
    card.show_evaluated(PICTURE)
    QTest.mouseClick(card.link, Qt.MouseButton.LeftButton)
    dialog = card.dialog
    assert dialog.model.total == card.found.count == 41
    assert dialog.windowTitle() == "What was tried: 41 trials"
    changed = [row for row in trial_rows(card.found) if row.is_changed]
    assert len(changed) == len(card.found.changes)
    first = next(row for row in changed if row.what.startswith("The line J11"))
    assert (first.winners, first.then) == (
        "Ashdown",
        "Calder is then not admitted (short by £14,506.06 of the 5% minimum) and Ashdown wins with 87.80.",
    )
    dialog.search.setText("weight of nothing")
    assert dialog.model.rowCount() == 0
    dialog.search.setText("quantity and statement")
    assert dialog.model.rowCount() == 2
    dialog.close()


def test_what_stays_as_it_is_names_who_wins_and_how_far_a_value_was_moved():
    rows = trial_rows(told().sensitivity)
    same = next(row for row in rows if "J11 goes up" in row.what)
    assert (same.winners, same.is_changed) == ("Calder", False)
    assert same.what == "The unit value of J11 Measure J11 goes up from £5,050.50 to £505,050.00"


def test_nobody_may_be_left_to_win(qtbot):
    found = sensitivity_of(ALONE)
    dialog = TrialsDialog(found, None)
    qtbot.addWidget(dialog)
    assert dialog.model.total == found.count


def test_it_is_tried_beside_the_window_and_can_be_stopped_and_tried_again(qtbot, preferences, monkeypatch):
    jobs, begun, go = Jobs(), threading.Event(), threading.Event()

    def slow(evaluated, progress):
        begun.set()
        for done in range(1000):
            progress(done, 1000)
            if go.is_set():
                return sensitivity_of(evaluated)
            go.wait(0.01)
        raise AssertionError

    monkeypatch.setattr("tomsapp.domain.tender.sensitivity.sensitivity_of", slow)
    card = SensitivityCard(Session(jobs, Catalogue((menus_dir(),)), preferences, "A. Okafor"))
    qtbot.addWidget(card)
    card.show()
    card.show_evaluated(PICTURE)
    qtbot.waitUntil(begun.is_set)
    assert card.job.is_busy
    cancel = next(each for each in card.findChildren(QPushButton) if each.text() == "Cancel")
    with qtbot.waitSignal(card.tried):
        QTest.mouseClick(cancel, Qt.MouseButton.LeftButton)
    assert STOPPED in said(card)
    go.set()
    with qtbot.waitSignal(card.tried):
        QTest.mouseClick(card.again, Qt.MouseButton.LeftButton)
    assert "The winner changes if" in said(card)
    card.stop()
    jobs.shut_down()
