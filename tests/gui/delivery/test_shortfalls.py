"""Shortfalls in the panel: what is missing, and the agreement with the supplier on it, recorded and taken back."""

from datetime import date
from decimal import Decimal
from types import SimpleNamespace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.services.deliveries import Q1, Q2, accept
from tomsapp.domain.delivery.acts import DeliveryActKind
from tomsapp.domain.delivery.quarters import Quarter
from tomsapp.gui.widgets.text import Text
from tomsapp.services.delivery_acts import FreeSurplus

TODAY = date(2026, 10, 5)


@pytest.fixture(autouse=True)
def day(monkeypatch):
    monkeypatch.setattr("tomsapp.services.delivery_acts.today", lambda: TODAY)


@pytest.fixture
def short(desk):
    """60 hours were due and 20 are accepted; of £500 all of £500 and £100 more."""
    d = desk(until=TODAY)
    d.workspace.who = "P. Officer"
    claims = d.enter(
        d.claim("V04", Q1, "20"), d.claim("V04", Q2, "0"), d.claim("V01", Q1, "350"), d.claim("V01", Q2, "250")
    )
    d.workspace.who = "A. Okafor"
    accept(d.workspace, d.made, claims[0], claims[2], claims[3])
    d.open()
    d.cell("V04", 2)
    QTest.keyClick(d.table, Qt.Key.Key_Return)
    return d


def ask(d, kind, **texts):
    """Open the form, choose what was agreed, and fill in what both sides said."""
    shortfalls = d.tab.side.shortfalls
    shortfalls.agree_button.click()
    dialog = shortfalls.dialog
    place = dialog.kind._values.index(kind)
    dialog.kind.buttons[place].setFocus()
    QTest.keyClick(dialog.kind.buttons[place], Qt.Key.Key_Space)
    said = {
        "cause": "The school closed",
        "supplier_by": "J. Hartwell, director",
        "supplier_on": "2 October 2026",
        **texts,
    }
    for name, text in said.items():
        control = getattr(dialog, name).control
        control.setFocus()
        control.selectAll()
        QTest.keyClicks(control, text)
    return dialog


def line(d):
    return next(each for each in d.opened.delivered.lines if each.commitment.measure == "V04")


def agreed(d):
    """What the panel says of the terms of each agreement; rows that it showed before may still wait to be deleted."""
    told = (row.text() for row in d.tab.side.shortfalls.findChildren(Text) if "Agreed for the supplier" in row.text())
    return [text.split(". The school closed.")[0].partition(": ")[2] for text in dict.fromkeys(told)]


def test_what_is_missing_is_said_for_each_cell_of_the_commitment(short):
    d = short
    pounds = line(d).shortfall.pounds
    shortfalls = d.tab.side.shortfalls
    assert shortfalls.missing.text() == f"40 hours, £{pounds:,.2f} short of what was due."
    assert d.tab.side.isAncestorOf(shortfalls)
    d.cell("V04", 5)
    assert shortfalls.isVisible()
    d.cell("V01", 1)
    assert shortfalls.isHidden(), "all of it is accepted"


def test_what_is_missing_is_carried_forward(short):
    d = short
    dialog = ask(d, DeliveryActKind.CARRY)
    assert dialog.quantity.text == "40", "all of it is proposed"
    assert dialog.amount.isHidden()
    dialog.carried_to.set_value(1)  # the second of those that have not ended
    dialog.go_button.click()
    assert not dialog.isVisible()
    (act,) = d.opened.agreements
    assert (act.kind, act.quantity, act.carried_to, act.quarter) == (
        DeliveryActKind.CARRY, Decimal(40), Quarter(0, 4), Q2,
    )  # fmt: skip
    assert (act.cause, act.supplier_by, act.supplier_on) == (
        "The school closed", "J. Hartwell, director", date(2026, 10, 2),
    )  # fmt: skip
    assert d.tab.side.shortfalls.missing.text().endswith(" £0.00 of it is open.")
    assert d.tab.side.shortfalls.agree_button.isHidden()
    assert d.session.undo_stop == "Carried forward on 5 October 2026. Undo stops here"
    assert agreed(d) == ["40 hours to Q4 (Jan to Mar 2027)"]


def test_money_and_what_stays_open_are_recorded(short):
    d = short
    dialog = ask(d, DeliveryActKind.MONEY, amount="100.00")
    assert dialog.quantity.isHidden()
    dialog.go_button.click()
    missing = line(d).shortfall
    assert missing.open_pounds == missing.pounds - 100
    ask(d, DeliveryActKind.LEAVE_OPEN).go_button.click()
    assert [act.kind for act in d.opened.agreements] == [DeliveryActKind.MONEY, DeliveryActKind.LEAVE_OPEN]
    assert agreed(d) == ["£100.00", ""]


def test_the_surplus_of_another_commitment_stands_for_it(short):
    d = short
    dialog = ask(d, DeliveryActKind.SUBSTITUTE)
    assert dialog.other.combo.itemText(0).startswith("V01: 100 more, £")
    dialog.other.set_value(d.lines["V01"].record.key)
    dialog.other.chosen.emit(dialog.other.value)
    assert dialog.quantity.text == "100"
    dialog.go_button.click()
    (act,) = d.opened.agreements
    assert (act.kind, act.other_commitment) == (DeliveryActKind.SUBSTITUTE, d.lines["V01"].record.key)
    assert line(d).shortfall.agreed_pounds > 0
    assert agreed(d) == ["£100.00 of V01" if act.amount is None else f"£100.00 of V01, up to £{act.amount:,.2f}"]


def test_the_only_surplus_is_chosen_and_no_more_of_it_proposed_than_is_missing(desk):
    d = desk(until=TODAY)
    d.workspace.who = "P. Officer"
    claims = d.enter(d.claim("V04", Q1, "57"), d.claim("V01", Q1, "750"))
    d.workspace.who = "A. Okafor"
    accept(d.workspace, d.made, *claims)
    d.open()
    d.cell("V04", 2)
    dialog = ask(d, DeliveryActKind.SUBSTITUTE)
    assert dialog.other.value == d.lines["V01"].record.key
    assert dialog.quantity.text == f"{line(d).shortfall.open_pounds}"
    dialog.go_button.click()
    (act,) = d.opened.agreements
    assert act.quantity == line(d).shortfall.pounds
    assert line(d).shortfall.open_pounds == 0
    assert d.tab.side.shortfalls.agree_button.isHidden(), "nothing is left to agree on"


@pytest.mark.parametrize(
    ("missing", "units"), [("10", "2"), ("4.99", "1"), ("5.01", "2"), ("15", "3"), ("99", "3"), ("0.01", "1")]
)
def test_so_much_of_a_surplus_is_needed_as_covers_what_is_missing(missing, units):
    counted_whole = SimpleNamespace(measure=SimpleNamespace(decimals=0))
    free = FreeSurplus(counted_whole, Decimal(3), Decimal(0), Decimal(15))
    assert free.needed_for(Decimal(missing)) == Decimal(units)


def test_what_is_left_of_a_surplus_is_offered_and_said(short):
    d = short
    dialog = ask(d, DeliveryActKind.SUBSTITUTE)
    dialog.other.set_value(d.lines["V01"].record.key)
    dialog.other.chosen.emit(dialog.other.value)
    dialog.quantity.set_text("60")
    dialog.go_button.click()
    dialog = ask(d, DeliveryActKind.SUBSTITUTE)
    assert dialog.other.combo.itemText(0) == "V01: 40 left of 100 more, £40.00"
    dialog.other.set_value(d.lines["V01"].record.key)
    dialog.other.chosen.emit(dialog.other.value)
    assert dialog.quantity.text == "40"
    dialog.go_button.click()
    d.tab.side.shortfalls.agree_button.click()
    assert DeliveryActKind.SUBSTITUTE not in d.tab.side.shortfalls.dialog.kind._values, "nothing is left of it"


def test_what_is_missing_in_the_form_stands_at_its_field(short):
    d = short
    d.tab.side.shortfalls.agree_button.click()
    dialog = d.tab.side.shortfalls.dialog
    dialog.go_button.click()
    assert dialog.kind.error == "Choose what was agreed"
    dialog.reject()
    dialog = ask(d, DeliveryActKind.CARRY, cause="", quantity="50")
    dialog.go_button.click()
    assert dialog.isVisible()
    assert dialog.cause.error.startswith("It does not say why it is missing")
    assert dialog.quantity.error.startswith("50 is more than 40")
    assert dialog.carried_to.error.startswith("It says no quarter of the contract")
    dialog.quantity.set_text("many")
    dialog.go_button.click()
    assert "is not a number" in dialog.quantity.error
    dialog.reject()
    assert d.opened.agreements == ()


def test_an_agreement_is_taken_back_with_its_reason(short):
    d = short
    ask(d, DeliveryActKind.LEAVE_OPEN).go_button.click()
    shortfalls = d.tab.side.shortfalls
    (act,) = d.opened.agreements
    shortfalls.take_back(act)
    dialog = shortfalls.dialog
    dialog.reason.control.setFocus()
    QTest.keyClicks(dialog.reason.control, "It was agreed for another contract")
    dialog.go_button.click()
    assert d.opened.agreements == ()
    assert not shortfalls.agree_button.isHidden()


def test_a_colleague_who_changed_something_meanwhile_is_told_of(short):
    d = short
    dialog = ask(d, DeliveryActKind.LEAVE_OPEN)
    d.enter(d.claim("V04", Quarter(0, 3), "6"))
    dialog.go_button.click()
    assert "after you opened it" in dialog.trouble.text.text()
    assert d.shown("V04", 3) == "6 of 30 Evidenced", "it is read again"
