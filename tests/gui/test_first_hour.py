"""The first hour: from a new database to the saved PDF in a few clicks, and nothing to guess on the way."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from tests.gui.person import Person
from tomsapp.gui.application import build_window, new_session
from tomsapp.gui.contract.grid_model import FIRST_YEAR
from tomsapp.gui.jobs import Jobs

MOST_CLICKS = 14
PROMISES = {"J11": "12.5", "S08": "40", "V01": "10000", "G01": "1"}
"""What the supplier promises in each of the two years."""
SHARE = FIRST_YEAR + 2


@pytest.fixture
def newcomer(qtbot, tmp_path, monkeypatch):
    """Somebody in front of the window that the program opens for the first time."""
    monkeypatch.setenv("TOMSAPP_HOME", str(tmp_path / "home"))
    faults = []
    session = new_session(jobs=Jobs())
    window = build_window(session, faults.append)
    qtbot.addWidget(window)
    window.resize(1280, 680)
    window.show()
    qtbot.waitExposed(window)
    yield Person(qtbot, window, session.jobs)
    session.set_workspace(None)
    session.jobs.shut_down()
    assert faults == []


def test_the_main_job_takes_at_most_14_clicks(newcomer, tmp_path):
    """Every button is clicked; all else is typed, with Tab and Enter between, where the keyboard already is."""
    person = newcomer
    person.click("Make a database")
    person.answer("Name of the council", "Newtown Council")
    person.answer("Your name", "Ngozi Bell")
    person.click("Make the database")

    person.click("Add a supplier")
    person.answer("Name", "Ashdown Facilities Ltd")
    person.click("Save supplier")

    person.click("Contracts")
    person.click("New contract")
    person.answer("Title", "Cleaning of schools and libraries")
    person.press(Qt.Key.Key_Tab)  # the reference is proposed
    person.answer("Contract value", "2500000")
    person.answer("Start date", "1 April 2026")
    person.answer("End date", "2 years")
    person.answer("Supplier", "ash", then=Qt.Key.Key_Return)
    person.click("Save contract")

    person.click("Add measures")
    for code in PROMISES:
        person.answer("Search measures by title, code or what counts", code, then=Qt.Key.Key_Return)
    person.click(f"Add {len(PROMISES)} measures")
    for quantity in PROMISES.values():  # in the order of the menu, which is that of the grid
        for _year in range(2):
            person.type(quantity)
            person.press(Qt.Key.Key_Tab)
    assert "£141,704.80" in person.words()

    table = person.window.page("contracts").shown.lines.table
    rows = [table.grid.line_at(row) for row in range(table.grid.rowCount())]
    place = next(row for row, line in enumerate(rows) if line is not None and line.commitment.measure == "S08")
    person.click_cell(table, place, SHARE)
    person.answer("Share", "25%", then=Qt.Key.Key_Return)
    assert "£127,304.80" in person.words()

    person.click("Preview PDF")
    path = tmp_path / "valuation.pdf"
    person.name_the_file(str(path))
    person.click("Save as…")
    assert f"Saved as {path}" in person.words()
    assert path.read_bytes().startswith(b"%PDF")
    assert person.clicks <= MOST_CLICKS, f"{person.clicks} clicks"
