"""The part Money: the ledger of real pounds, entered, changed and taken out by keyboard, and undone."""

from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.services.deliveries import DECIDED_ON, Q2, said
from tomsapp.domain.delivery.acts import DeliveryActKind
from tomsapp.domain.delivery.ledger import HandedOver
from tomsapp.services.delivery_agreements import agree
from tomsapp.services.money import add_money

GIVEN = HandedOver(date(2026, 7, 10), "Bridge Works", Decimal("300.50"), "Food bank", date(2026, 7, 14), "R-118")


@pytest.fixture
def money(desk):
    d = desk().open()
    d.delivery.show_section("money")
    d.money = d.delivery.current
    return d


def fill(form, **texts):
    for name, text in texts.items():
        control = form.field(name).control
        control.setFocus()
        control.selectAll()
        QTest.keyClicks(control, text)


def told(section):
    table = section.table
    model = table.model()
    return [
        [model.index(row, column).data() for column in range(model.columnCount())] for row in range(model.rowCount())
    ]


def test_an_empty_ledger_says_what_to_do_next(money):
    section = money.money
    assert "Enter money when it was handed over" in section.table._empty.accessibleName()
    assert not section.change_button.isEnabled()
    assert not section.out_button.isEnabled()
    section.take_keyboard()
    assert money.page.focusWidget() is section.enter_button


def test_money_is_entered_by_keyboard_and_undone(money):
    section = money.money
    QTest.keyClick(section.enter_button, Qt.Key.Key_Space)
    dialog = section.dialog
    assert dialog.form.field("received_from").text == money.opened.contract.supplier
    fill(dialog.form, received_on="10 July 2026", amount="300.50", passed_to="Food bank", passed_on="14 July 2026")
    dialog.form.field("commitment").set_value(money.lines["V01"].record.key)
    dialog.form.field("commitment").edited.emit()
    fill(dialog.form, receipt="R-118")
    QTest.keyClick(dialog.form.field("receipt").control, Qt.Key.Key_Return)
    (entry,) = money.opened.ledger
    assert (entry.record.amount, entry.record.commitment) == (Decimal("300.50"), money.lines["V01"].record.key)
    (row,) = told(section)
    assert row[:3] == ["10 July 2026", money.opened.contract.supplier, "£300.50"]
    assert "V01" in row
    assert section.received.pounds.text() == "£300.50"
    assert section.received.accessibleName() == "Received, £300.50, 1 entry, £500.00 was due"
    money.session.undo()
    assert told(section) == []
    assert money.opened.ledger == ()


def test_what_cannot_be_is_said_at_its_field(money):
    section = money.money
    section.enter()
    dialog = section.dialog
    fill(dialog.form, received_on="10 October 2026", amount="5")
    dialog.go_button.click()
    assert "after 30 September 2026" in dialog.form.field("received_on").error
    assert dialog.isVisible()
    assert money.opened.ledger == ()
    dialog.reject()


def test_entry_is_changed_with_enter_and_taken_out(money):
    section = money.money
    add_money(money.workspace, money.opened, GIVEN, date(2026, 9, 30))
    money.page.refresh(None)
    section.take_keyboard()
    assert money.page.focusWidget() is section.table
    section.table.setCurrentIndex(section.table.model().index(0, 0))
    QTest.keyClick(section.table, Qt.Key.Key_Return)
    dialog = section.dialog
    assert dialog.windowTitle().startswith("Change money")
    fill(dialog.form, amount="310.00")
    dialog.go_button.click()
    assert [each.record.amount for each in money.opened.ledger] == [Decimal("310.00")]
    section.table.setCurrentIndex(section.table.model().index(0, 0))
    section.out_button.click()
    assert money.opened.ledger == ()


def test_agreed_money_stands_beside_what_came(money):
    key = money.lines["V01"].record.key
    agreed = said(DeliveryActKind.MONEY, commitment=key, quarter=Q2, amount=Decimal(400), cause="The shop closed")
    sides = {"supplier_by": "J. Smith", "supplier_on": DECIDED_ON}
    from dataclasses import replace

    agree(money.workspace, money.opened, replace(agreed, **sides), DECIDED_ON)
    add_money(money.workspace, money.opened, replace(GIVEN, commitment=key), date(2026, 9, 30))
    money.page.refresh(None)
    section = money.money
    words = "V01: £400.00 is agreed in money, £300.50 is in the ledger for it, and £99.50 is outstanding."
    assert section.said.text() == words
    assert section.agreed.accessibleName() == "Agreed in money, £400.00, £99.50 is outstanding"


def test_another_contract_forgets_the_ledger(money):
    add_money(money.workspace, money.opened, GIVEN, date(2026, 9, 30))
    money.page.refresh(None)
    assert len(told(money.money)) == 1
    money.money.show_delivery(None)
    assert told(money.money) == []
    assert not money.money.enter_button.isEnabled()
