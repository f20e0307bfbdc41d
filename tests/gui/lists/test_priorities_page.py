"""Priorities: the measures of the menus are ticked, and the list is filtered by plan."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt

from tests.services.test_priorities import J01, S11, WORK
from tomsapp.services.priorities import PRIORITIES


def test_measures_are_found_and_ticked_by_the_keyboard(program, qtbot):
    page = program.open("priorities")
    page.start_new()
    form = page.side.form
    form.field("name").set_text(WORK.name)
    form.field("plan").set_text(WORK.plan)
    ticks = form.field("measures").ticks
    for words in ("sustained work", "apprenticeship begun"):
        ticks.search.setText(words)
        qtbot.keyClick(ticks.search, Qt.Key.Key_Down)
        qtbot.keyClick(ticks.list, Qt.Key.Key_Space)
    assert form.field("measures").told == f"2 measures: {J01}; {S11}"
    page.side.save_button.click()
    assert page.current().record == WORK


def test_the_list_is_filtered_by_plan_and_searched_by_measure(program):
    PRIORITIES.add(program.workspace, WORK)
    PRIORITIES.add(program.workspace, replace(WORK, name="Clean air", plan="Climate Plan", measures=frozenset({"x"})))
    page = program.open("priorities")
    assert [row.record.name for row in page.model.shown_rows()] == ["Clean air", "Good work for all"]
    assert [column.title for column in page._table_shown().columns] == ["Name", "Plan", "Measures that serve it"]
    page.search.setText("apprenticeship")
    assert [row.record.name for row in page.model.shown_rows()] == ["Good work for all"]
