"""Deciding claims in the panel: accept, part, reject, withdraw, take back; sealed, so that Undo stops."""

from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.services.deliveries import Q1, Q2, Q4, accept
from tomsapp.domain.delivery.acts import DeliveryActKind
from tomsapp.domain.delivery.delivery import DELIVERY, DeliveryState
from tomsapp.gui.widgets.text import Text
from tomsapp.services.changes import ALL_CHANGED, Changes
from tomsapp.services.delivery import open_delivery

WHY = "The log of the schools shows no more"
TODAY = date(2026, 10, 5)


@pytest.fixture(autouse=True)
def day(monkeypatch):
    monkeypatch.setattr("tomsapp.services.delivery_acts.today", lambda: TODAY)


@pytest.fixture
def claimed(desk):
    """A quarter that P. Officer entered, open in the panel of A. Okafor."""

    def make(measure="V04", quarter=Q1, units="30", until=TODAY, **more):
        d = desk(until=until)
        d.workspace.who = "P. Officer"
        d.enter(d.claim(measure, quarter, units, **more))
        d.workspace.who = "A. Okafor"
        d.open()
        d.cell(measure, quarter.number)
        QTest.keyClick(d.table, Qt.Key.Key_Return)
        return d

    return make


def held(d):
    (claim,) = d.opened.deliveries
    return claim.record


def say(d, **texts):
    """Fill in the form of the act as a person does, and press its button."""
    dialog = d.tab.side.decisions.dialog
    for name, text in texts.items():
        control = getattr(dialog, name).control
        control.setFocus()
        control.selectAll()
        QTest.keyClicks(control, text)
    dialog.go_button.click()
    return dialog


def buttons(d):
    decisions = d.tab.side.decisions
    every = [decisions.accept, decisions.part, *decisions.further.values()]
    return [button.text() for button in every if not button.isHidden()]


def test_the_button_says_how_much_is_accepted_and_the_role_is_asked_once(claimed):
    d = claimed()
    assert buttons(d) == ["Accept 30 hours", "Accept part", "Reject", "Withdraw"]
    d.session.set_who("N. Newcomer")
    d.tab.side.decisions.accept.click()
    dialog = d.tab.side.decisions.dialog
    assert dialog.role.error, "it says at once what is missing"
    say(d, role="Contract manager")
    assert not dialog.isVisible()
    assert (held(d).accepted, held(d).state) == (Decimal(30), DeliveryState.DECIDED)
    assert d.shown("V04", 1) == "30 of 30 Accepted"
    d.workspace.who = "P. Officer"
    d.enter(d.claim("V04", Q2, "12"))
    d.workspace.who = "N. Newcomer"
    d.page.refresh(None)
    assert d.tab.step(1)
    d.tab.side.decisions.dialog = None
    d.tab.side.decisions.accept.click()
    assert d.tab.side.decisions.dialog is None, "the role is known, so that one press is enough"
    assert d.shown("V04", 2) == "12 of 30 Accepted"


def test_it_is_sealed_and_undo_stops_there(claimed):
    d = claimed()
    d.tab.side.decisions.accept.click()
    assert d.session.undo_stop == "Accepted on 5 October 2026. Undo stops here"
    assert d.session.undo() is None
    assert held(d).accepted == Decimal(30)
    assert d.tab.side._entry.isHidden(), "what is decided is not typed over"


def test_a_part_is_accepted_with_its_reason_and_the_rest_rejected(claimed):
    d = claimed()
    d.tab.side.decisions.part.click()
    dialog = say(d, role="Contract manager", quantity="20")
    assert dialog.isVisible()
    assert dialog.reason.error == "The reason says too little. Say why in at least 20 letters"
    say(d, reason=WHY)
    assert (held(d).accepted, held(d).state) == (Decimal(20), DeliveryState.CLAIMED)
    assert buttons(d) == ["Accept 10 hours", "Accept part", "Reject"]
    d.tab.side.decisions.further[DeliveryActKind.REJECT].click()
    assert d.tab.side.decisions.dialog.quantity.text == "10"
    say(d, reason=WHY)
    assert (held(d).rejected, held(d).state) == (Decimal(10), DeliveryState.DECIDED)
    assert d.opened.acts[-1].reason == WHY


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("many", "“many” is not a number. Use numbers only, for example 12.5"),
        ("31", "31 is more than 30, which is all that it can be. Enter 30 or less"),
    ],
)
def test_a_quantity_that_cannot_be_is_said_at_its_field(claimed, text, error):
    d = claimed()
    d.tab.side.decisions.part.click()
    dialog = say(d, role="Contract manager", quantity=text, reason=WHY)
    assert dialog.isVisible()
    assert dialog.quantity.error == error
    assert not held(d).accepted
    dialog.reject()


def test_what_is_typed_over_is_saved_or_discarded_before_it_is_decided(claimed):
    d = claimed()
    side = d.tab.side
    control = side.fields.field("claimed").control
    control.setFocus()
    QTest.keyClicks(control, "5")
    assert not side.decisions.accept.isEnabled()
    assert side.decisions._why.text().startswith("Save or discard what you typed first")
    side.discard_button.click()
    assert side.decisions.accept.isEnabled()


def test_what_nobody_shows_cannot_be_accepted(claimed):
    d = claimed(evidenced=Decimal(0))
    assert buttons(d) == ["Reject", "Withdraw"]


def test_who_entered_a_claim_is_told_that_somebody_else_accepts_it(claimed):
    d = claimed()
    d.session.set_who("P. Officer")
    d.tab.side.decisions.accept.click()
    dialog = say(d, role="Contract manager")
    assert dialog.isVisible()
    assert dialog.notice.text.text().startswith("P. Officer entered this claim, and somebody else accepts it")
    asked = []
    d.page.wants_page.connect(lambda *place: asked.append(place))
    dialog.settings_link.click()
    assert asked == [("settings", "delivery")]
    assert not dialog.isVisible()
    assert not held(d).accepted


def test_a_claim_is_withdrawn_for_the_supplier(claimed):
    d = claimed()
    d.tab.side.decisions.further[DeliveryActKind.WITHDRAW].click()
    dialog = d.tab.side.decisions.dialog
    assert dialog.quantity.isHidden()
    say(d, role="Contract manager", reason=WHY)
    assert held(d).is_withdrawn
    assert d.shown("V04", 1) == "0 of 30 Withdrawn"
    assert buttons(d) == []


def test_a_decision_is_taken_back_with_its_reason(claimed):
    d = claimed()
    d.tab.side.decisions.accept.click()
    (act,) = d.opened.acts
    d.tab.side.decisions.ask(DeliveryActKind.TAKE_BACK, act)
    dialog = say(d, reason="wrong")
    assert dialog.reason.error.startswith("The reason says too little")
    say(d, reason="It was the claim of another contract")
    assert (held(d).accepted, held(d).state) == (Decimal(0), DeliveryState.CLAIMED)
    assert d.shown("V04", 1) == "30 of 30 Evidenced"


def test_a_job_is_accepted_provisionally_then_confirmed_or_lapses(claimed, monkeypatch):
    d = claimed("J01", Q4, "1", until=date(2027, 3, 31), new=Decimal(1))
    monkeypatch.setattr("tomsapp.services.delivery_acts.today", lambda: date(2027, 3, 31))
    d.page.refresh(None)
    assert buttons(d)[0].endswith(" provisionally")
    d.tab.side.decisions.accept.click()
    assert (held(d).accepted, held(d).provisional) == (Decimal(1), Decimal(1))
    assert d.shown("J01", 4) == "1 of 1 Provisional"
    assert d.shown("J01", 5) == "Good (p), 1 ÷ 1 = 100.0%"
    assert buttons(d) == ["Confirm", "Lapse"]
    d.tab.side.decisions.further[DeliveryActKind.CONFIRM].click()
    dialog = say(d)
    assert "of it is earned on" in dialog.quantity.error, "its months are not over"
    dialog.reject()
    d.tab.side.decisions.further[DeliveryActKind.LAPSE].click()
    say(d, reason="They left after five weeks, as they told us")
    assert (held(d).accepted, held(d).rejected) == (Decimal(0), Decimal(1))


def test_a_colleague_who_was_first_is_told_of_and_read(claimed, qtbot):
    d = claimed()
    d.tab.side.decisions.part.click()
    (claim,) = d.opened.deliveries
    accept(d.workspace, d.made, claim)
    dialog = say(d, role="Contract manager", quantity="20", reason=WHY)
    assert "saved this record after you opened it" in dialog.trouble.text.text()
    assert d.shown("V04", 1) == "30 of 30 Accepted"
    assert len(d.opened.acts) == 1


def test_each_decision_is_told_with_who_when_and_why(claimed):
    d = claimed()
    d.tab.side.decisions.part.click()
    say(d, role="Contract manager", quantity="20", reason=WHY)

    told = [text.text() for text in d.tab.side.decisions.findChildren(Text) if not text.isHidden()]
    assert "Accepted on 5 October 2026 by A. Okafor, Contract manager: 20 hours" in told
    assert f"“{WHY}”" in told


def test_what_is_decided_is_shown_before_anything_is_read_again(claimed, monkeypatch):
    d = claimed()
    read = []
    monkeypatch.setattr(
        "tomsapp.gui.delivery.delivery_tab.open_delivery",
        lambda *given: read.append("delivery") or open_delivery(*given),
    )
    monkeypatch.setattr(d.page.editor, "reload", lambda: read.append("contract"))
    before = d.delivery.opened.delivered
    d.tab.side.decisions.accept.click()
    assert d.shown("V04", 1) == "30 of 30 Accepted"
    assert read == [], "the figures are worked out from what was read before"
    assert d.delivery.opened.delivered == open_delivery(d.workspace, d.made.id, TODAY).delivered != before
    QApplication.processEvents()
    d.page.refresh(Changes(frozenset({DELIVERY}), frozenset({d.made.id})))
    assert read == ["delivery"], "what a colleague does is read, and nothing of the contract itself"
    d.page.refresh(ALL_CHANGED)
    assert read == ["delivery", "contract"]
