"""Officers explain the scores of a lot in a window, and save what each bidder is told."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.gui.tenders.test_award_tab import AwardDesk, press
from tomsapp.gui.file_dialogs import FileDialogs
from tomsapp.services.suppliers import SUPPLIERS
from tomsapp.services.tenders.explaining import open_explanations

TEXT = "The plan names each site, with dates and with whoever answers for it"


@pytest.fixture
def desk(qtbot, tmp_path, jobs, preferences):
    made = AwardDesk(qtbot, tmp_path, jobs, preferences)
    qtbot.waitUntil(lambda: 1 in made.tab.cards and made.card.summaries.lot is not None, timeout=20_000)
    yield made
    window = made.card.summaries.window_shown if 1 in made.tab.cards else None
    if window is not None:
        window.close()
    made.session.set_workspace(None)
    made.workspace.close()


def opened_window(qtbot, desk):
    press(desk.card.summaries.explain_button)
    window = desk.card.summaries.window_shown
    qtbot.waitUntil(window.isActiveWindow)
    return window


def type_text(window, text):
    control = window.panel.form.field("text").control
    control.setFocus()
    control.selectAll()
    QTest.keyClicks(control, text)


def quality_missing(desk):
    lot = open_explanations(desk.workspace, desk.page.id).lot(1)
    return [each.supplier for each in lot.scores if each.is_missing]


def test_what_people_judged_is_written_one_after_the_other(qtbot, desk):
    first, second = (row.supplier for row in desk.tab.evaluation.lot(1).evaluated.evaluation.rows)
    row = desk.card.summaries
    assert "2 of " in row.words.text()
    window = opened_window(qtbot, desk)
    assert window.panel.about.text() == first
    assert window.panel.title.text().startswith("Quality: ")
    assert window.panel.state.text() == "To be written"
    assert window.summary.text() == f"Quality of {first} and {second} is still to be explained."
    type_text(window, TEXT)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: window.panel.about.text() == second, timeout=20_000)
    assert quality_missing(desk) == [second]
    assert window.panel.title.text().startswith("Quality: ")
    assert window.panel.form.typed()["text"] == ""
    type_text(window, f"{TEXT} of this one")
    press(window.panel.go_button)
    qtbot.waitUntil(lambda: window.summary.text() == "Everything is explained.", timeout=20_000)
    qtbot.waitUntil(lambda: row.words.text().startswith("All scores are explained. "), timeout=20_000)
    assert quality_missing(desk) == []
    assert not desk.failures


def test_what_is_proposed_holds_without_being_saved_and_can_be_changed(qtbot, desk):
    window = opened_window(qtbot, desk)
    window.table.select_place(0)
    panel = window.panel
    assert panel.title.text().startswith("Price: ")
    assert "Proposed from the figures" in panel.guide.text()
    assert panel.form.typed()["text"].startswith("The price is £")
    assert panel.go_button.text() == "Go on"
    press(panel.go_button)
    assert panel.title.text().startswith("Quality: ")
    assert open_explanations(desk.workspace, desk.page.id).lot(1).stored == {}
    window.table.select_place(0)
    type_text(window, "Fixed for both years, as the price schedule of the tender says")
    assert panel.go_button.text() == "Save and go on"
    press(panel.go_button)
    qtbot.waitUntil(lambda: len(open_explanations(desk.workspace, desk.page.id).lot(1).stored) == 1, timeout=20_000)
    qtbot.waitUntil(lambda: window.model.row_object(0).state == "Written by A. Okafor", timeout=20_000)


def test_what_is_typed_is_kept_for_its_score_and_too_little_is_told(qtbot, desk):
    window = opened_window(qtbot, desk)
    here = window.table.currentIndex().row()
    type_text(window, "Good")
    press(window.panel.go_button)
    qtbot.waitUntil(lambda: window.panel.form.field("text").error != "", timeout=20_000)
    assert quality_missing(desk)
    window.table.select_place(here + 1)
    assert window.panel.form.typed()["text"] != "Good"
    window.table.select_place(here)
    assert window.panel.form.typed()["text"] == "Good"


def test_who_reads_it_is_said(qtbot, desk):
    desk.award()
    qtbot.waitUntil(lambda: bool(desk.card.summaries.lot.awarded), timeout=20_000)
    window = opened_window(qtbot, desk)
    winner = desk.card.summaries.lot.suppliers[desk.card.summaries.lot.awarded].name
    rows = [window.model.row_object(place) for place in range(window.model.rowCount())]
    window.table.select_place(next(place for place, row in enumerate(rows) if row.supplier == winner))
    assert window.panel.readers.text().startswith("All bidders of the lot read it")
    other = next(place for place, row in enumerate(rows) if row.supplier != winner)
    window.table.select_place(other)
    assert window.panel.readers.text() == f"{rows[other].supplier} reads it, and nobody else."


def test_summaries_are_previewed_as_drafts_and_saved_once_all_is_there(qtbot, desk, tmp_path, monkeypatch):
    row = desk.card.summaries
    *previews, save = row.papers.actions
    assert len(previews) == 2
    assert not save.isEnabled()
    previews[0].trigger()
    qtbot.waitUntil(lambda: row.papers.shower.preview is not None, timeout=20_000)
    row.papers.shower.preview.close()
    window = opened_window(qtbot, desk)
    for left in (1, 0):
        type_text(window, TEXT)
        press(window.panel.go_button)
        qtbot.waitUntil(lambda left=left: len(quality_missing(desk)) == left, timeout=20_000)
        qtbot.waitUntil(lambda left=left: sum(r.is_missing for r in window._rows) == left, timeout=20_000)
    window.close()
    desk.award()
    qtbot.waitUntil(lambda: "has no postal address" in row.words.text(), timeout=20_000)
    assert not row.papers.actions[-1].isEnabled()
    lot = row.lot
    with desk.workspace.look() as uow:
        held = next(each for each in uow.suppliers.all() if each.record.name == lot.suppliers[lot.awarded].name)
    SUPPLIERS.save(desk.workspace, held, replace(held.record, address="1 High Street, London N12 0AA"))
    desk.show()
    qtbot.waitUntil(lambda: row.words.text() == "All scores are explained", timeout=20_000)
    folder = tmp_path / "summaries"
    folder.mkdir()
    monkeypatch.setattr(FileDialogs, "open_folder", lambda *_given: folder)
    toasts = []
    row.told.connect(toasts.append)
    row.papers.actions[-1].trigger()
    qtbot.waitUntil(lambda: bool(toasts), timeout=30_000)
    assert toasts[0].text == f"4 files saved in {folder}"
    assert len(list(folder.iterdir())) == 4
