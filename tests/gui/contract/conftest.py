"""A real database with one contract, and its page with jobs that run at once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from tomsapp.bootstrap import menu_catalogue
from tomsapp.domain.commitment import Commitment
from tomsapp.domain.contract import Contract
from tomsapp.domain.contract_dates import end_after
from tomsapp.domain.supplier import Supplier
from tomsapp.gui.pages.contract_page import ContractPage
from tomsapp.gui.session import Session
from tomsapp.services import commitments, contracts, databases, suppliers


def quantities(*given):
    return tuple(None if one is None else Decimal(str(one)) for one in given)


def line(measure, *given, **more):
    return Commitment("", measure, quantities(*given), **{"statement": "Weekly, with the college.", **more})


LINES = (
    line("J01", 1, 1, 0, contract_share=Decimal("0.5")),
    line("J11", 5, 5, 5),
    line("S08", 40, 40, 40, contract_share=Decimal("0.25")),
    line("V01", 5000, 5000, 5000),
    line("G01", 1, 1, None),
)


def a_contract(years=3, **changes):
    start = date(2026, 12, 1)
    facts = Contract(
        "C-2026-004",
        Decimal("4200000.00"),
        start,
        end_after(start, years),
        title="Housing repairs and empty homes, east",
        menu="barnet-open",
        edition="2026.2",
    )
    return replace(facts, **changes)


class Desk:
    """A database, its session, and the page of one contract in it."""

    def __init__(self, qtbot, folder, jobs, preferences, lines, contract):
        self.path = folder / "larkmere.db"
        self.workspace = databases.make_database(self.path, menu_catalogue(), "A. Okafor", "Larkmere Council")
        supplier = suppliers.add_supplier(self.workspace, Supplier(name="Hartwell and Doyle Ltd")).result
        self.contract_id = contracts.add_contract(self.workspace, contract, supplier.id).result.id
        if lines:
            commitments.add_commitments(self.workspace, self.contract_id, lines, "Add")
        self.session = Session(jobs, self.workspace.catalogue, preferences, "A. Okafor")
        self.session.set_workspace(self.workspace)
        self.page = ContractPage(self.session)
        self.session.changed.connect(self.page.refresh)
        self.toasts, self.failures = [], []
        self.page.wants_toast.connect(self.toasts.append)
        jobs.failed.connect(self.failures.append)
        qtbot.addWidget(self.page)
        qtbot.addWidget(self.page.forms.panel)
        self.page.resize(930, 700)
        self.page.show()
        self.page.show_target(self.contract_id)

    @property
    def table(self):
        return self.page.lines.table

    @property
    def model(self):
        return self.page.lines.model

    def row(self, measure):
        """The row of the first line of a measure."""
        for place in range(self.model.rowCount()):
            found = self.model.line_at(place)
            if found is not None and found.commitment.measure == measure:
                return place
        raise AssertionError(measure)

    def cell(self, measure, year):
        """Put the cursor into a quantity."""
        self.table.setFocus()
        self.table.go_to(self.row(measure), 2 + year)

    def shown(self, measure, column):
        return self.model.index(self.row(measure), column).data()

    def sentences(self):
        return [row.sentence for row in self.model.rows if hasattr(row, "sentence")]

    def saved(self, measure):
        """The commitment as the database has it."""
        opened = contracts.open_contract(self.workspace, self.contract_id)
        return next(line.record for line in opened.commitments if line.record.measure == measure)


@pytest.fixture
def desk(qtbot, tmp_path, jobs, preferences):
    made = []

    def make(lines=LINES, contract=None, folder=tmp_path):
        folder.mkdir(exist_ok=True)
        made.append(Desk(qtbot, folder, jobs, preferences, lines, contract or a_contract()))
        return made[-1]

    yield make
    for one in made:
        assert one.failures == []
        one.workspace.close()
