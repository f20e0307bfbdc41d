"""A window that is left open over night: what hangs on the day is told anew, wherever the user goes next."""

from __future__ import annotations

from datetime import date

import pytest

from tests.gui.clock import Clock
from tests.gui.pages.office import open_office
from tests.services.deliveries import begin_signed
from tomsapp.services.changes import ALL_CHANGED


@pytest.fixture
def clock(monkeypatch):
    return Clock(monkeypatch, date(2026, 7, 3))


@pytest.fixture
def office(clock, qtbot, monkeypatch, tmp_path):
    office = open_office(qtbot, monkeypatch, tmp_path)
    office.make()
    begin_signed(office.session.workspace)
    office.window.go_to("start")
    office.window.page("start").refresh(None)
    return office


def test_start_tells_what_is_due_since_another_day_began(office, clock):
    start = office.window.page("start")
    assert "due_card" not in vars(start)
    clock.day = date(2026, 7, 20)
    office.window.go_to("contracts")
    office.window.go_to("start")
    assert start.due_card.isVisible()


def test_a_window_that_comes_to_the_front_on_another_day_reads_anew_once(office, clock):
    told = []
    office.session.changed.connect(told.append)
    office.window.came_to_front.emit()
    assert told == []
    clock.day = date(2026, 7, 4)
    office.window.came_to_front.emit()
    office.window.came_to_front.emit()
    assert told == [ALL_CHANGED]


def test_a_window_without_a_database_has_nothing_to_read_anew(office, clock):
    office.session.set_workspace(None)
    told = []
    office.session.changed.connect(told.append)
    clock.day = date(2026, 7, 4)
    office.session.look_at_day()
    assert told == []
