"""The first hour: from a new database to the saved PDF in a few clicks, and nothing to guess on the way."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from tests.gui.test_done_when import PROMISES, SHARE, newcomer, row_of  # noqa: F401 - one is a fixture

MOST_CLICKS = 14


@pytest.mark.parametrize("size", [(1366, 768), (1280, 680), (960, 540)])
def test_the_main_job_takes_at_most_14_clicks(newcomer, tmp_path, size):  # noqa: F811
    """Every button is clicked; all else is typed, with Tab and Enter between, where the keyboard already is."""
    person = newcomer
    person.window.resize(*size)
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
    person.click_cell(table, row_of(table, "S08"), SHARE)
    person.answer("Share", "25%", then=Qt.Key.Key_Return)
    assert "£127,304.80" in person.words()

    person.click("Preview PDF")
    path = tmp_path / "valuation.pdf"
    person.name_the_file(str(path))
    person.click("Save as…")
    assert f"Saved as {path}" in person.words()
    assert path.read_bytes().startswith(b"%PDF")
    assert person.clicks <= MOST_CLICKS, f"{person.clicks} clicks"
