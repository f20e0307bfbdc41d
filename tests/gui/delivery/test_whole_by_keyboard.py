"""A return of a quarter by keyboard alone: entered, accepted, rejected, agreed on, planned, told; and not one click."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt

from tests.gui.test_by_keyboard import CONTROL, Typist
from tests.services.council import begin, promise, sign
from tests.services.deliveries import Q1, claim, enter
from tomsapp.bootstrap import menu_catalogue
from tomsapp.domain.delivery.acts import DeliveryActKind
from tomsapp.gui.application import build_window, let_go, new_session
from tomsapp.gui.jobs import inline_jobs
from tomsapp.services import databases
from tomsapp.services.delivery import open_delivery

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

    # What is missing is carried forward, and the supplier is told to improve.
    person.tab_to("Record the agreement…")
    person.press(KEY.Key_Return)
    person.press(KEY.Key_Down)
    person.press(KEY.Key_Space)
    person.fill("Why it is missing", "The school closed")
    person.fill("Agreed for the supplier by", "J. Hartwell, director")
    person.fill("Agreed for the supplier on", "2 October 2026")
    assert person.place is not person.window
    person.press(KEY.Key_Escape)
    person.do("Tell to improve…")
    person.fill("Opportunity given until", "31 December 2026")
    person.tab_to("Reason")
    person.type(WHY)
    person.do("Tell to improve")
    assert held(person).acts[-1].kind is K.TELL_TO_IMPROVE

    # The plan: two quantities, then it is proposed and accepted.
    strip = person.window.page("contracts").shown._made["delivery"].parts
    while strip.current != "plan":
        person.press(KEY.Key_PageDown, CONTROL)
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
