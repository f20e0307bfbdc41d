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


def make_database(person):
    person.click("Make a database")
    person.fill("Name of the council", "Newtown Council")
    person.click("Make the database")
    person.shot("1")


def test_a_newcomer_gets_from_nothing_to_a_pdf_that_a_pocket_calculator_confirms(newcomer, tmp_path):
    person = newcomer
    make_database(person)
    assert "Newtown Council" in person.words()
    person.click("Suppliers")
    person.shot("2")
    person.click("Add supplier")
    person.fill("Name", "Ashdown Facilities Ltd")
    person.shot("3")
    person.click("Save supplier")
    person.shot("4")
    person.click("Contracts")
    person.shot("5")
    person.click("New contract")
    person.fill("Title", "Cleaning of schools and libraries")
    person.fill("Contract value", "2.5m")
    person.shot("6")
    person.fill("Contract value", "2500000")
    person.fill("Start date", "1 April 2026")
    person.fill("End date", "2 years")
    person.fill("Supplier", "Ash")
    person.shot("7")
    print(person.words())
