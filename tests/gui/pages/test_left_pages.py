"""A page that is left stops what it had begun, so that saving never waits, and goes on when it is shown again."""

from __future__ import annotations

from concurrent.futures import Executor, Future

import pytest

from tests.portfolio import filled_workspace
from tomsapp.bootstrap import menu_catalogue
from tomsapp.gui.jobs import Jobs
from tomsapp.gui.overview import checker
from tomsapp.gui.pages.overview_page import OverviewPage
from tomsapp.gui.pages.suppliers_page import SuppliersPage
from tomsapp.gui.session import Session


class Waiting(Executor):
    """Keeps each task until the test lets it run."""

    def __init__(self):
        self.tasks = []

    def submit(self, fn, /, *args, **kwargs):
        self.tasks.append(lambda: fn(*args, **kwargs))
        return Future()

    def run(self, most=100):
        """Run what waits, and what that hands in."""
        while self.tasks and most:
            self.tasks.pop(0)()
            most -= 1


@pytest.fixture
def database():
    return Waiting()


@pytest.fixture
def session(qapp, preferences, tmp_path, database):
    made = Session(Jobs(database, Waiting()), menu_catalogue(), preferences, "A. Okafor")
    workspace = filled_workspace(tmp_path, contracts=4)
    made.set_workspace(workspace)
    yield made
    made.set_workspace(None)


def shown(qtbot, page):
    qtbot.addWidget(page)
    page.show()
    return page


def test_the_overview_is_added_up_again_when_it_was_left_before_it_was_ready(qtbot, session, database):
    page = shown(qtbot, OverviewPage(session))
    page.hide()
    database.run()
    assert page._figures is None
    page.show()
    assert page.states.currentWidget() is not page.failed
    database.run()
    assert page._figures.all_contracts == 4


def test_the_overview_shown_again_at_once_is_added_up(qtbot, session, database):
    page = shown(qtbot, OverviewPage(session))
    page.hide()
    page.show()
    database.run()
    assert page._figures.all_contracts == 4


def test_contracts_are_checked_only_while_the_overview_is_shown(qtbot, session, database, monkeypatch):
    monkeypatch.setattr(checker, "_AT_ONCE", 1)
    page = shown(qtbot, OverviewPage(session))
    database.run(most=2)
    assert len(page.checker.checked) == 1
    page.hide()
    database.run()
    assert len(page.checker.checked) == 1
    page.show()
    database.run()
    assert len(page.checker.checked) == 4


def test_suppliers_are_added_up_again_when_the_page_was_left(qtbot, session, database):
    page = shown(qtbot, SuppliersPage(session))
    page.hide()
    database.run()
    assert not page.behind.values
    page.show()
    database.run()
    assert page.behind.values
