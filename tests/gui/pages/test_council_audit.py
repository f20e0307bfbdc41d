"""The audit of all contracts: opened from the Overview, drawn, concluded, printed, and led from to the contract."""

from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog
from shiboken6 import isValid

from tests.gui.delivery.test_money import fill, told
from tests.services.deliveries import Q1, accept, begin_signed, claim, enter
from tomsapp.bootstrap import menu_catalogue
from tomsapp.gui.pages.overview_page import OverviewPage
from tomsapp.gui.session import Session
from tomsapp.services import databases
from tomsapp.services.audit_frame import open_council_audit


class Council:
    """A council with accepted claims in two contracts, its Overview, and the window of its audit."""

    def __init__(self, qtbot, folder, jobs, preferences):
        self.workspace = databases.make_database(folder / "c.db", menu_catalogue(), "P. Officer", "Larkmere Council")
        self.made = begin_signed(self.workspace), begin_signed(self.workspace, reference="C2", title="Parks")
        held = [enter(self.workspace, made, claim(made.lines[1], Q1, "10")) for made in self.made]
        self.workspace.who = "A. Okafor"
        for made, claims in zip(self.made, held, strict=True):
            accept(self.workspace, made, *claims)
        self.session = Session(jobs, self.workspace.catalogue, preferences, "A. Okafor")
        self.session.set_workspace(self.workspace)
        self.page = OverviewPage(self.session)
        self.session.changed.connect(self.page.refresh)
        self.places, self.failures = [], []
        self.page.wants_page.connect(lambda *place: self.places.append(place))
        jobs.failed.connect(self.failures.append)
        qtbot.addWidget(self.page)
        self.page.resize(1278, 700)
        self.page.show()
        self.page.audits.button.click()

    @property
    def window(self):
        return self.page.audits.window

    @property
    def section(self):
        return self.window.section

    @property
    def samples(self):
        return open_council_audit(self.workspace, date.today()).samples  # noqa: DTZ011

    def draw(self, seed="plan 7"):
        self.section.draw_button.click()
        fill(self.section.dialog.form, seed=seed, size="2")
        QTest.keyClick(self.section.dialog.form.field("size").control, Qt.Key.Key_Return)


@pytest.fixture
def council(qtbot, tmp_path, jobs, preferences):
    made = Council(qtbot, tmp_path, jobs, preferences)
    yield made
    assert made.failures == []
    made.session.set_workspace(None)


def test_sample_over_all_contracts_is_drawn_and_concluded_by_keyboard(council):
    section = council.section
    assert "Draw some of the accepted claims" in section.empty.accessibleName()
    council.draw()
    (view,) = council.samples
    assert (view.sample.record.seed, view.sample.record.claims) == ("plan 7", 2)
    assert sorted(row[1] for row in told(section)) == ["C1", "C2"]
    section.take_keyboard()
    QTest.keyClick(section.table, Qt.Key.Key_Return)
    section.dialog.whole.click()
    QTest.keyClick(section.dialog.form.field("found").control, Qt.Key.Key_Return)
    item = council.samples[0].drawn[0].item.record
    assert item.found == item.units == Decimal(10)
    assert section.said.text().startswith("1 of 2 claims drawn are checked.")
    council.session.undo()
    assert section.said.text() == "None of the 2 claims drawn has been checked yet."


def test_claim_leads_to_its_contract_and_the_window_stays(council):
    assert not council.window.open_button.isEnabled()
    council.draw()
    council.section.table.select_place(1)
    reference = council.section.claim.contract
    council.window.open_button.click()
    number = next(made.id for made in council.made if delivered_reference(council, made) == reference)
    assert council.places == [("contracts", number)]
    assert council.window.isVisible()
    council.page.audits.button.click()
    assert council.window.isVisible()


def delivered_reference(council, made):
    with council.workspace.look() as uow:
        return uow.contracts.get(made.id).record.reference


def test_worksheet_is_saved_and_said(council, tmp_path, monkeypatch):
    council.draw()
    target, asked = tmp_path / "sheet.xlsx", []
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *given: (asked.append(given), (str(target), ""))[1])
    council.section.sheet_button.click()
    assert "All contracts audit worksheet.pdf" in str(asked[0])
    assert target.read_bytes()[:2] == b"PK"
    assert council.window.told.text() == f"Saved as {target}"


def test_what_others_accept_is_drawn_from_and_another_database_closes_it(council, qtbot):
    first = council.made[0]
    council.workspace.who = "P. Officer"
    held = enter(council.workspace, first, claim(first.lines[0], Q1, "10"))
    council.workspace.who = "A. Okafor"
    accept(council.workspace, first, *held)
    council.draw()
    assert council.samples[0].sample.record.claims == 3
    window = council.window
    with qtbot.waitSignal(window.destroyed):
        council.session.set_workspace(None)
    assert not isValid(window)
    assert council.page.audits.window is None


def test_the_search_over_the_window_finds_it(council):
    assert "Audit a sample of the claims of all contracts" in [action.text() for action in council.page.commands()]
