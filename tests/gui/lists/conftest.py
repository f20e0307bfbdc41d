"""A real database, its window with the pages of contracts and suppliers, and jobs that run at once."""

from __future__ import annotations

import functools
import shutil
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from tomsapp.bootstrap import menu_catalogue
from tomsapp.config.preferences import Preferences
from tomsapp.domain.commitment import Commitment
from tomsapp.domain.contract import Contract
from tomsapp.domain.contract_dates import end_after
from tomsapp.domain.supplier import Supplier, SupplierKind
from tomsapp.gui.jobs import inline_jobs
from tomsapp.gui.main_window import MainWindow
from tomsapp.gui.menus import fill_menus
from tomsapp.gui.page import Page, PageSpec
from tomsapp.gui.registry import page_specs
from tomsapp.gui.session import Session
from tomsapp.gui.wiring import Wiring
from tomsapp.services import commitments, contracts, databases, suppliers

HARTWELL = Supplier("Hartwell and Doyle Ltd", SupplierKind.SME, "01234567", is_local=True)
LANTERN = Supplier("Lantern Youth CIC", SupplierKind.VCFSE)
START = date(2026, 4, 1)
SHOWN = {"tenders", "contracts", "suppliers", "neighbourhoods", "priorities", "settings", "history"}


def quantities(*given):
    return tuple(None if one is None else Decimal(str(one)) for one in given)


def line(measure, *given, **more):
    return Commitment("", measure, quantities(*given), **{"statement": "Weekly, with the college.", **more})


LINES = (line("J11", 5, 5, 5), line("S08", 40, 40, 40, contract_share=Decimal("0.25")), line("V01", 5000, 5000, 5000))
HOUSING = Contract(
    "C-2026-004",
    Decimal("4200000.00"),
    START,
    end_after(START, 3),
    title="Housing repairs, east",
    menu="barnet-open",
    edition="2026.2",
)
MEALS = replace(
    HOUSING,
    reference="C-2026-005",
    value=Decimal("30000.00"),
    end_on=end_after(START, 1),
    title="School meals",
    menu="barnet-council",
    edition="2023",
)


@functools.cache
def catalogue():
    """The installed menus, read once for all tests."""
    return menu_catalogue()


class Program:
    """The window as a person has it, on one database file."""

    def __init__(self, folder, path, who="A. Okafor"):
        self.path = path
        menus = catalogue()
        self.workspace = databases.open_workspace(path, menus, who, is_known=True)
        self.session = Session(inline_jobs(), menus, Preferences(folder / "preferences.json"), who)
        self.failures, self.faults = [], []
        mine = [spec for spec in page_specs(self.session) if spec.key in SHOWN]
        first = PageSpec("start", "Start", "house", "Alt+1", lambda: Page("Start"), needs_database=False)
        jobs, preferences = self.session.jobs, self.session.preferences
        self.window = MainWindow([first, *mine], jobs=jobs, preferences=preferences, wholly=False)
        self.wiring = Wiring(self.session, self.window, self.faults.append)
        fill_menus(self.window, self.wiring)
        self.session.jobs.failed.connect(self.failures.append)
        self.window.resize(1366, 768)
        self.window.show()
        self.session.set_workspace(self.workspace)

    def fill(self):
        """Two suppliers, two contracts, three commitments."""
        self.hartwell = suppliers.add_supplier(self.workspace, HARTWELL).result.id
        self.lantern = suppliers.add_supplier(self.workspace, LANTERN).result.id
        self.housing = contracts.add_contract(self.workspace, HOUSING, self.hartwell).result.id
        self.meals = contracts.add_contract(self.workspace, MEALS, self.lantern).result.id
        commitments.add_commitments(self.workspace, self.housing, LINES, "Add")
        return self

    def open(self, key, target=None):
        self.window.go_to(key, target)
        return self.window.page(key)

    def contract(self, number=None):
        return contracts.open_contract(self.workspace, number or self.housing)

    def close(self):
        self.session.set_workspace(None)
        self.window.close()


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory):
    """A new database, made once: its tables take longer than a test."""
    path = tmp_path_factory.mktemp("empty") / "larkmere.db"
    databases.make_database(path, catalogue(), "A. Okafor", "Larkmere Council").close()
    return path


@pytest.fixture
def start_program(qtbot, tmp_path, empty_database):
    made = []
    shutil.copy(empty_database, tmp_path / "larkmere.db")

    def start(who="A. Okafor"):
        program = Program(tmp_path / who, tmp_path / "larkmere.db", who)
        qtbot.addWidget(program.window)
        made.append(program)
        return program

    yield start
    for program in made:
        assert program.faults == []
        if program.session.is_open:
            program.close()


@pytest.fixture
def program(start_program):
    return start_program().fill()
