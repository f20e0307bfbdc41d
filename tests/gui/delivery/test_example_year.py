"""The contract manager goes through the example's year in the window: what waits, what is found, what was agreed."""

from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.services.council import open_as
from tomsapp.domain.delivery.acts import DeliveryActKind
from tomsapp.domain.delivery.quarters import Quarter
from tomsapp.domain.delivery.rating import Rating
from tomsapp.gui.delivery.delivery_tab import DeliveryTab
from tomsapp.gui.pages.contract_page import ContractPage
from tomsapp.gui.session import Session
from tomsapp.gui.widgets.problems import ProblemRow
from tomsapp.gui.widgets.scroll_area import ScrollArea
from tomsapp.gui.widgets.text import Text
from tomsapp.services import contracts

TODAY = date(2026, 11, 30)
WHY = "P-008 is counted under J03 already, as the register says"
Q4 = Quarter(0, 4)


class Manager:
    """R. Castell in the window, with the example council open."""

    def __init__(self, qtbot, path, jobs, preferences):
        self.workspace = open_as(path, "R. Castell")
        self.session = Session(jobs, self.workspace.catalogue, preferences, "R. Castell")
        self.session.set_workspace(self.workspace)
        self.page = ContractPage(self.session)
        self.page.set_tab_widget("delivery", lambda: DeliveryTab(self.session, TODAY))
        self.session.changed.connect(self.page.refresh)
        self.failures = []
        jobs.failed.connect(self.failures.append)
        for widget in (self.page, self.page.panel()):
            qtbot.addWidget(widget)
            widget.show()
        self.page.resize(930, 700)

    def open(self, reference):
        rows = contracts.list_contracts(self.workspace)
        self.page.show_target(next(row.id for row in rows if row.reference == reference))
        self.page.show_tab("delivery")

    @property
    def tab(self):
        return self.page.findChild(DeliveryTab)

    @property
    def quarters(self):
        return self.tab.section("quarters")

    @property
    def side(self):
        return self.quarters.side

    @property
    def place(self):
        table = self.quarters.table
        return table.current_line().commitment.measure, table.current_quarter().quarter.quarter

    def press_f8(self):
        """Press F8 as the window does; gives where the cursor is then."""
        next(action for action in self.page.actions() if action.shortcut().toString() == "F8").trigger()
        return self.place

    def go_to(self, measure, quarter):
        lines = [line.measure.code for line in self.tab.opened.delivered.lines]
        self.quarters.go_to(quarter.year, lines.index(measure), quarter.number - 1)

    def warnings(self, level="warning"):
        """What is asked beside the evidence and the person numbers of the cell."""
        rows = (*self.side.evidence.rows, *self.side.people.rows)
        found = (problem for row in rows for problem in row.findChildren(ProblemRow))
        return [problem.text.text() for problem in found if problem.property("level") == level]

    def agreed(self):
        """What the panel says of the shortfall of the cell."""
        return [each.text() for each in self.side.shortfalls.findChildren(Text)]


@pytest.fixture
def manager(qtbot, tmp_path, jobs, preferences, examples):
    made = Manager(qtbot, examples.copy(tmp_path, TODAY), jobs, preferences)
    yield made
    assert made.failures == []
    made.workspace.close()


def test_the_manager_goes_through_the_year(manager):
    m = manager
    m.open("L-2025-007")
    shown = [text.text() for text in m.quarters.totals.findChildren(Text)]
    assert {"£236,187.68", "£206,126.92", "Approaching target (p)"} <= set(shown)

    assert m.tab.years.currentText().endswith("2026/27")
    assert m.quarters.note.text() == "3 claims of 2025/26 wait for a decision. F8 goes there."

    # F8 goes through the three claims that wait, from the year that is not over back to the one that is.
    waiting = [m.press_f8() for _ in range(3)]
    assert set(waiting) == {("J07", Q4), ("H06", Q4), ("H09", Q4)}
    assert m.tab.years.currentText().endswith("2025/26")
    assert m.quarters.note.isHidden()

    # One person in two measures: told where the claim is decided, which is rejected with the reason.
    m.go_to("J07", Q4)
    (warning,) = m.warnings()
    assert warning.startswith("P-008 is claimed for J03 in Q4 (Jul to Sep 2026) too")
    (note,) = m.warnings("info")
    assert "folder SV 2025/26” is also given for J01, Q1 (Oct to Dec 2025)" in note
    assert note.endswith("and 3 further claims. Check that it does not show the same.")
    reject = m.side.decisions.further[DeliveryActKind.REJECT]
    reject.setFocus()
    QTest.keyClick(reject, Qt.Key.Key_Space)
    dialog = m.side.decisions.dialog
    dialog.reason.control.setFocus()
    QTest.keyClicks(dialog.reason.control, WHY)
    dialog.go_button.setFocus()
    QTest.keyClick(dialog.go_button, Qt.Key.Key_Space)
    assert not dialog.isVisible()
    assert m.tab.opened.standing[-1].reason == WHY
    assert m.warnings() == []
    assert m.tab.opened.problems == ()
    assert m.session.undo_stop.startswith("Rejected on ")

    # One file shows two claims: told in both places.
    for measure, other in (("S10", "V04"), ("V04", "S10")):
        m.go_to(measure, Quarter(0, 3))
        (warning,) = m.warnings()
        assert f"is also offered for {other}, Q3 (Apr to Jun 2026)" in warning

    # What was agreed, with its figures.
    for measure, terms in (
        ("H06", "5 attendances of H07"),
        ("V04", "40 hours to Q2 (Jan to Mar 2027)"),
        ("H08", "Left open on 18 November 2026"),
    ):
        m.go_to(measure, Q4)
        assert any(terms in text for text in m.agreed()), measure


def test_nothing_in_the_panel_is_wider_than_the_panel(manager):
    m = manager
    m.open("L-2025-007")
    for measure, quarter in (("J07", Q4), ("H06", Q4), ("V04", Quarter(0, 3)), ("S04", Q4)):
        m.go_to(measure, quarter)
        area = m.side.findChild(ScrollArea)
        assert area.widget().minimumSizeHint().width() <= 318, f"{measure}: what the window leaves it at 1366 pixels"


def test_a_return_of_nothing_and_one_that_was_replaced_say_so(manager):
    m = manager
    m.open("L-2025-007")
    m.go_to("R05", Quarter(0, 3))
    assert m.side.fields.field("note").text.startswith("Hazel Lane Hall was being repaired")
    m.go_to("V04", Quarter(0, 3))
    assert "Returned on: 6 August 2026" in m.side.decided.text()


@pytest.mark.parametrize(
    ("reference", "rating"),
    [("L-2023-002", Rating.GOOD), *((each, Rating.OTHER) for each in ("L-2026-002", "L-2026-003", "L-2026-006"))],
)
def test_every_other_contract_has_its_grid(manager, reference, rating):
    m = manager
    m.open(reference)
    figures = m.tab.opened.delivered
    assert figures.summary.rating is rating
    assert m.quarters.model.rowCount() == len(figures.lines)
    assert all(line.rated.rating is rating for line in figures.lines)
    assert figures.pounds.missing == Decimal(0)
