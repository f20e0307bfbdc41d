"""The window with the page of tenders, on one database file, as the tests of lists have it."""

from __future__ import annotations

import pytest

from tests.gui.lists.conftest import empty_database, start_program
from tests.gui.tenders.evaluating import EvaluationDesk
from tests.services.tenders.build import begin_tender
from tests.services.tenders.many_bids import PICTURED
from tomsapp.services.tenders.reading import open_tender

__all__ = ["empty_database", "start_program"]


class TenderDesk:
    """The program with a tender in it: two lots, two measures, a question, and one of a bidder."""

    def __init__(self, program):
        self.program, self.workspace, self.session = program, program.workspace, program.session
        self.window = program.window
        self.number = begin_tender(self.workspace).id
        self.window.refresh(None)

    def open(self, target=None):
        """The page of the tender, read anew."""
        self.window.go_to("tenders", self.number if target is None else target)
        return self.window.page("tenders").shown

    def read(self, number=None):
        return open_tender(self.workspace, number or self.number)


@pytest.fixture
def program(start_program):
    return start_program()


@pytest.fixture
def desk(program):
    return TenderDesk(program)


@pytest.fixture
def evaluation_desk(qtbot, tmp_path, jobs, preferences):
    """Makes a tender whose offers are opened, with its tab Evaluation by itself."""
    made = []

    def make(bids=PICTURED, **others):
        made.append(EvaluationDesk(qtbot, tmp_path, jobs, preferences, bids, **others))
        return made[-1]

    yield make
    for one in made:
        assert one.failures == []
        one.workspace.close()
