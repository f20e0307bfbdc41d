"""The PDF of a portfolio reads the database in small parcels, and prints without it."""

from datetime import date

import pytest

from tests.portfolio import add_own_groups, filled_workspace
from tests.reports.page_lint import lint
from tests.reports.page_reader import read_pages
from tests.reports.page_sizes import size_faults
from tomsapp.services import overview, overview_report
from tomsapp.services.overview import Filters
from tomsapp.services.progress import Cancelled

MADE_ON = date(2026, 11, 28)


@pytest.fixture
def workspace(tmp_path):
    made = filled_workspace(tmp_path, contracts=5)
    yield made
    made.close()


class Turns:
    """Lets the database be read only while it is asked to, and counts how often."""

    def __init__(self, workspace, monkeypatch):
        self.turns, self.open = 0, False
        look = workspace.database.look

        def watched():
            assert self.open, "The database is read outside its turn."
            return look()

        monkeypatch.setattr(workspace.database, "look", watched)

    def __call__(self, work):
        self.turns, self.open = self.turns + 1, True
        try:
            return work()
        finally:
            self.open = False


def test_its_pages_have_no_fault_and_its_type_is_large_enough(workspace):
    add_own_groups(workspace)
    data = overview_report.overview_report(workspace, overview.load_cube(workspace), Filters(), {}, MADE_ON).data
    assert lint(data).faults == []
    assert list(size_faults(read_pages(data))) == []


def test_between_parcels_of_contracts_the_database_is_free(workspace, monkeypatch):
    monkeypatch.setattr(overview_report, "AT_ONCE", 2)
    cube = overview.load_cube(workspace)
    once = overview_report.overview_report(workspace, cube, Filters(), {}, MADE_ON)
    workspace.forget()
    turns = Turns(workspace, monkeypatch)
    made = overview_report.overview_report(workspace, cube, Filters(), {}, MADE_ON, None, turns)
    # Five contracts, two at a time, and what the council has set.
    assert turns.turns == 4
    assert made.data == once.data


class Stopped:
    """Progress that is stopped at its first report of some words."""

    def __init__(self, words):
        self.words, self.heard = words, []

    def report(self, done, total, text=""):
        self.heard.append(text)
        if text == self.words:
            raise Cancelled


def test_thousands_of_contracts_can_be_stopped_before_their_first_page_is_set(workspace):
    cube, heard = overview.load_cube(workspace), Stopped("")
    overview_report.overview_report(workspace, cube, Filters(), {}, MADE_ON, heard)
    # Each file that is attached, and each part of the paper, is told before it is made.
    assert heard.heard.count("Making the portfolio PDF") > 15


@pytest.mark.parametrize("words", ["Checking contracts", "Adding up the portfolio", "Making the portfolio PDF"])
def test_it_says_what_it_does_and_can_be_stopped_at_each_step(workspace, words):
    cube, stopped = overview.load_cube(workspace), Stopped(words)
    with pytest.raises(Cancelled):
        overview_report.overview_report(workspace, cube, Filters(), {}, MADE_ON, stopped)
    assert stopped.heard[-1] == words
