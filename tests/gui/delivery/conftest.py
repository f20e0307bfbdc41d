"""A signed contract with deliveries in a real database, and its page on the tab Delivery."""

from __future__ import annotations

import pytest

from tests.services.council import begin, promise, sign
from tests.services.deliveries import UNTIL, claim, delivered, enter
from tomsapp.bootstrap import menu_catalogue
from tomsapp.gui.delivery.delivery_tab import DeliveryTab
from tomsapp.gui.delivery.year_grid import FIRST_QUARTER
from tomsapp.gui.pages.contract_page import ContractPage
from tomsapp.gui.session import Session
from tomsapp.services import databases

LINES = (promise("J01", "1", "1"), promise("V01", "1000", "1000"), promise("V04", "120", "120"))


class Desk:
    """A database with one contract, its session, and its page with the tab Delivery."""

    def __init__(self, qtbot, folder, jobs, preferences, lines, *, is_signed, until):
        self.workspace = databases.make_database(folder / "c.db", menu_catalogue(), "A. Okafor", "Larkmere Council")
        self.made = begin(self.workspace, *lines)
        if is_signed:
            sign(self.workspace, self.made.id)
        self.lines = {line.record.measure: line for line in self.made.lines}
        self.session = Session(jobs, self.workspace.catalogue, preferences, "A. Okafor")
        self.session.set_workspace(self.workspace)
        self.page = ContractPage(self.session)
        self.page.set_tab_widget("delivery", lambda: DeliveryTab(self.session, until))
        self.session.changed.connect(self.page.refresh)
        self.toasts, self.failures = [], []
        self.page.wants_toast.connect(self.toasts.append)
        jobs.failed.connect(self.failures.append)
        qtbot.addWidget(self.page)
        qtbot.addWidget(self.page.panel())
        self.page.resize(930, 700)
        self.page.show()
        self.page.panel().show()

    def open(self):
        """Show the contract, and go to its tab."""
        self.page.show_target(self.made.id)
        self.page.show_tab("delivery")
        return self

    def enter(self, *claims):
        return enter(self.workspace, self.made, *claims)

    def claim(self, measure, *given, **more):
        return claim(self.lines[measure], *given, **more)

    @property
    def opened(self):
        """What the database holds now."""
        return delivered(self.workspace, self.made)

    @property
    def delivery(self):
        """The tab with its parts."""
        return self.page._made["delivery"]

    @property
    def tab(self):
        """The part with the quarters."""
        return self.delivery.section("quarters")

    @property
    def table(self):
        return self.tab.table

    def cell(self, measure, number):
        """Put the cursor into a quarter of the year that is shown."""
        self.table.setFocus()
        self.table.go_to(self.tab.model.place_of(self.lines[measure].record.key), FIRST_QUARTER + number - 1)

    def shown(self, measure, column):
        """What a cell shows: column 1 is the first quarter, the last one the rating."""
        return self.tab.model.index(self.tab.model.place_of(self.lines[measure].record.key), column).data()


@pytest.fixture
def desk(qtbot, tmp_path, jobs, preferences):
    made = []

    def make(lines=LINES, *, is_signed=True, until=UNTIL):
        made.append(Desk(qtbot, tmp_path, jobs, preferences, lines, is_signed=is_signed, until=until))
        return made[-1]

    yield make
    for one in made:
        assert one.failures == []
        one.workspace.close()
