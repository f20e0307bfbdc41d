"""A return of a quarter by keyboard alone: entered, accepted, rejected, agreed on, planned, told; and not one click."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QTableView

from tests.gui import audit
from tests.gui.test_by_keyboard import CONTROL, Typist
from tests.services.council import begin, promise, sign
from tests.services.deliveries import Q1, claim, enter
from tomsapp.bootstrap import menu_catalogue
from tomsapp.domain.delivery.acts import DeliveryActKind
from tomsapp.domain.delivery.ledger import HandedOver
from tomsapp.gui.application import build_window, let_go, new_session
from tomsapp.gui.jobs import inline_jobs
from tomsapp.services import databases
from tomsapp.services.delivery import open_delivery
from tomsapp.services.money import add_money

KEY = Qt.Key
TODAY = date(2026, 10, 5)
WHY = "The log of the schools shows no more"
K = DeliveryActKind


@pytest.fixture
def typist(qtbot, tmp_path, monkeypatch):
    """A contract of two commitments whose first two quarters have ended, open on the tab Delivery."""
    monkeypatch.setenv("TOMSAPP_HOME", str(tmp_path))
    for module in ("services.delivery_acts", "gui.delivery.acts_section", "gui.delivery.shortfalls"):
        monkeypatch.setattr(f"tomsapp.{module}.today", lambda: TODAY)
    monkeypatch.setattr("tomsapp.gui.delivery.delivery_tab.DeliveryTab._today", TODAY)
    path = tmp_path / "council.db"
    workspace = databases.make_database(path, menu_catalogue(), "P. Officer", "Larkmere Council")
    made = begin(workspace, promise("V01", "1000", "1000"), promise("V04", "120", "120"))
    sign(workspace, made.id)
    enter(workspace, made, claim(made.lines[0], Q1, "250"), claim(made.lines[1], Q1, "30"))
    workspace.close()
    session = new_session(jobs=inline_jobs())
    session.set_who("A. Okafor")
    window = build_window(session, _fail)
    qtbot.addWidget(window)
    window.resize(1366, 768)
    window.show()
    window.activateWindow()
    window.page("start").show_target(str(path))
    window.go_to("contracts", made.id)
    window.page("contracts").shown.show_tab("delivery")
    person = Typist(qtbot, window, session.jobs)
    person.made, person.session = made, session
    person.settle()
    yield person
    session.set_workspace(None)
    let_go(window)


def _fail(error):
    raise error


def held(person):
    return open_delivery(person.session.workspace, person.made.id, TODAY)


def go_to_part(person, key):
    """Go through the parts of the tab until this one is shown."""
    strip = person.window.page("contracts").shown._made["delivery"].parts
    for _ in range(10):
        if strip.current == key:
            return
        person.press(KEY.Key_PageDown, CONTROL)
    raise AssertionError(key)


def test_every_act_of_a_year_of_returns_is_done_by_keyboard(typist):
    person, reference = typist, typist.made.contract.record.reference
    grid = f"Deliveries of {reference}, year 2026/27"

    # Enter opens the first claim that waits, and Tab comes to the button that says how much.
    person.tab_to(grid)
    person.press(KEY.Key_Return)
    person.do("Accept £250.00")
    person.tab_to("Your role")
    person.type("Contract manager")
    person.press(KEY.Key_Return)
    assert not held(person).acts, "Enter in a field does no sealed act"
    person.do("Accept")
    assert [act.kind for act in held(person).acts] == [K.ACCEPT]

    # F8 goes to the next one, which is rejected with a reason.
    person.press(KEY.Key_F8)
    person.press(KEY.Key_Return)
    person.do("Reject")
    person.tab_to("Reason")
    person.type(WHY)
    person.do("Reject")
    assert [act.kind for act in held(person).acts] == [K.ACCEPT, K.REJECT]

    # A quarter that nobody returned is entered.
    person.tab_to(grid)
    person.press(KEY.Key_Right)
    person.press(KEY.Key_C)
    person.tab_to("Evidenced")
    person.type("0")
    person.press(KEY.Key_S, CONTROL)
    assert [each.record.claimed for each in held(person).deliveries][-1] == Decimal(30)

    # Money is agreed in place of what is missing, and the supplier is told to improve.
    person.tab_to("Record the agreement…")
    person.press(KEY.Key_Return)
    person.press(KEY.Key_Down)
    person.press(KEY.Key_Space)
    person.fill("Why it is missing", "The school closed")
    person.fill("Agreed for the supplier by", "J. Hartwell, director")
    person.fill("Agreed for the supplier on", "2 October 2026")
    assert person.place is not person.window
    person.do("Record the agreement")
    assert held(person).acts[-1].kind is K.MONEY

    # What shows it is kept elsewhere, and said so.
    person.do("Add a reference")
    person.fill("Name", "Register of the school")
    person.fill("Reference", "Folder 7 of the office")
    person.press(KEY.Key_Return)
    (piece,) = held(person).evidence
    assert piece.evidence.record.reference == "Folder 7 of the office"

    person.do("Tell to improve…")
    person.fill("Opportunity given until", "31 December 2026")
    person.tab_to("Reason")
    person.type(WHY)
    person.do("Tell to improve")
    assert held(person).acts[-1].kind is K.TELL_TO_IMPROVE

    # Money that came is entered in the ledger.
    go_to_part(person, "money")
    person.do("Enter money…")
    person.fill("Received on", "1 October 2026")
    person.fill("Amount", "250")
    person.fill("Passed to", "Food bank")
    person.press(KEY.Key_Return)
    assert [entry.record.amount for entry in held(person).ledger] == [Decimal(250)]

    # The plan: two quantities, then it is proposed and accepted.
    go_to_part(person, "plan")
    table = person.focused()
    assert table.accessibleName() == f"Plan of {reference}, year 2026/27"
    person.press(KEY.Key_Down)
    for _ in range(2):
        person.press(KEY.Key_Right)
    person.type("20")
    person.press(KEY.Key_Tab)
    person.type("40")
    person.press(KEY.Key_Return)
    for button in ("Propose plan…", "Accept plan…"):
        person.do(button)
        person.do(button.rstrip("…"))
    page = held(person)
    assert page.plan_version == 1
    assert max(page.plan[person.made.lines[1].record.key].quantities.values()) == Decimal(40)


PARTS = ("quarters", "returns", "plan", "money", "audit", "published", "acts")


def test_every_part_is_read_out_whole(typist, listened_to):
    """What Qt tells a screen reader of each cell and control: a name that says something, and where it is a role."""
    person = typist
    add_money(person.session.workspace, held(person), HandedOver(TODAY, "Bridge Works", Decimal(99)), TODAY)
    person.window.page("contracts").refresh(None)
    for key in PARTS:
        go_to_part(person, key)
        person.settle()
        part = person.window.page("contracts").shown._made["delivery"].current
        silent = [each for view in part.findChildren(QTableView) if view.isVisible() for each in cells_of(view)]
        assert not silent, (key, silent)
        assert audit.nameless(person.window) == [], key
        assert audit.misfits(person.window) == [], key


def cells_of(view):
    """The cells and heads of a table whose name says nothing, or only what stands over it."""
    table = QAccessible.queryAccessibleInterface(view)
    names = []
    for number in range(table.childCount()):
        cell = table.child(number)
        if cell is not None and cell.role() in (QAccessible.Role.Cell, QAccessible.Role.ColumnHeader):
            names.append(cell.text(QAccessible.Text.Name).strip())
    assert names, view.accessibleName()
    return [f"{view.accessibleName()}: “{name}”" for name in names if not name or name.endswith(",")]
