"""The acceptance test: a newcomer at the window gets from nothing to a PDF whose every sum can be done again.

Only clicks and keys, on what is in view; no service is called.
"""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import Qt

from tests.gui.person import Person
from tomsapp.gui.application import build_window, new_session
from tomsapp.gui.jobs import Jobs

CONTROL = Qt.KeyboardModifier.ControlModifier
PROMISES = (("J11", "12.5", "£126,262.50"), ("S08", "40", "£4,530.00"), ("G01", "1", "£617.30"), ("V01", "10000", "£20,000.00"))
TOTAL = "£151,409.80"


@pytest.fixture
def newcomer(qtbot, tmp_path, monkeypatch):
    """Somebody in front of the window that the program opens for the first time."""
    monkeypatch.setenv("TOMSAPP_HOME", str(tmp_path / "home"))
    faults = []
    session = new_session(jobs=Jobs())
    window = build_window(session, faults.append)
    qtbot.addWidget(window)
    window.resize(1366, 768)
    window.show()
    qtbot.waitExposed(window)
    yield Person(qtbot, window, session.jobs)
    session.set_workspace(None)
    session.jobs.shut_down()
    assert faults == []


def test_x(newcomer, tmp_path):
    person = newcomer
    person.click("Make a database")
    person.fill("Name of the council", "Newtown Council")
    person.click("Make the database")
    assert "Newtown Council" in person.words()
    person.click("Suppliers")
    person.click("Add supplier")
    person.fill("Name", "Ashdown Facilities Ltd")
    person.shot("3")
    person.click("Save supplier")
    person.shot("4")
    person.click("Contracts")
    person.click("New contract")
    person.fill("Title", "Cleaning of schools and libraries")
    person.fill("Contract value", "2500000")
    person.fill("Start date", "1 April 2026")
    person.fill("End date", "2 years")
    person.choose("Supplier", "Ashdown Facilities Ltd")
    person.shot("7")
    person.click("Save contract")
    person.shot("8")
    print(person.words())
    person.click("Add measures")
    person.shot("9")
    for code, _, _ in PROMISES:
        person.press(Qt.Key.Key_A, CONTROL)
        person.type(code)
        person.press(Qt.Key.Key_Return)
    person.shot("10")
    person.click("Add 4 measures")
    person.shot("11")
    table = person.window.page("contracts").shown.lines.table
    def row(code):
        return next(r for r in range(table.model().rowCount()) if (l:=table.model().line_at(r)) and l.commitment.measure == code)
    for code, quantity, _ in PROMISES:
        for year in (2, 3):
            person.click_cell(table, row(code), year)
            person.type(quantity)
            person.press(Qt.Key.Key_Return)
    person.shot("12")
    person.click_cell(table, row("S08"), 4)
    person.press(Qt.Key.Key_Return)
    person.shot("13")
    person.fill("Share", "25%")
    person.click("Save details")
    person.shot("14")
    for code, quantity, value in PROMISES:
        person.click_cell(table, row(code), 5)
        person.shot("why_"+code)
        print(person.words())
    person.click("Preview PDF")
    person.shot("15")
    file = tmp_path / "out.pdf"
    person.name_the_file(str(file))
    person.click("Save as")
    person.shot("16")
    assert file.exists()
    import shutil; shutil.copy(file, "/tmp/guideshots/out.pdf")
    pages = pypdfium2.PdfDocument(file)
    print("\n".join(p.get_textpage().get_text_range() for p in pages))
