"""Money that was handed over: what can be entered, and what of an agreement in money has come."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from types import SimpleNamespace

import pytest

from tomsapp.domain.delivery.acts import DeliveryAct, DeliveryActKind
from tomsapp.domain.delivery.figures import Agreed
from tomsapp.domain.delivery.ledger import (
    HANDED_OVER,
    HandedOver,
    Settled,
    ledger_problems,
    money_words,
    settled,
)

TODAY = date(2026, 10, 1)
MONEY = HandedOver(
    date(2026, 7, 10), "Bridge Works Ltd", Decimal("1500.25"), "Food bank", date(2026, 7, 14), "R-118", "7"
)


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        ({}, []),
        ({"passed_to": "", "passed_on": None, "receipt": "", "commitment": ""}, []),
        ({"passed_on": None}, []),
        ({"received_on": TODAY, "passed_on": TODAY}, []),
        ({"received_on": None}, ["received-on-missing"]),
        ({"received_from": " "}, ["received-from-missing"]),
        ({"amount": Decimal(0)}, ["amount-missing"]),
        ({"amount": Decimal("-5.00")}, ["amount-missing"]),
        ({"amount": Decimal("5.005")}, ["amount-too-precise"]),
        ({"passed_on": date(2026, 7, 9)}, ["passed-on-before"]),
        ({"passed_to": ""}, ["passed-to-missing"]),
        ({"received_on": date(2026, 10, 2), "passed_on": None}, ["received-on-to-come"]),
        ({"passed_on": date(2026, 10, 2)}, ["passed-on-to-come"]),
        ({"commitment": "9"}, ["commitment-other"]),
    ],
)
def test_what_must_be_put_right_before_money_is_entered(changes, codes):
    found = ledger_problems(replace(MONEY, **changes), {"7", "8"}, TODAY)
    assert [problem.code for problem in found] == codes
    assert all(problem.fix for problem in found)


def test_what_is_wrong_is_said_in_words():
    (problem,) = ledger_problems(replace(MONEY, passed_on=date(2026, 7, 9)), {"7"}, TODAY)
    assert problem.message == "The day in “Passed on” is before 10 July 2026, when the money was received"


def agreed(kind: DeliveryActKind, amount: str | None, pounds: str = "5.00") -> Agreed:
    at = datetime(2026, 8, 1, tzinfo=UTC)
    money = None if amount is None else Decimal(amount)
    done = DeliveryAct(kind, date(2026, 8, 1), "Manager", amount=money, id=1, contract_id=1, by="Ann", recorded_at=at)
    return Agreed(done, Decimal(pounds))


def line(key: str, *agreements: Agreed) -> SimpleNamespace:
    return SimpleNamespace(commitment=SimpleNamespace(key=key), shortfall=SimpleNamespace(agreed=agreements))


def test_agreed_money_stands_beside_what_came():
    entries = [
        MONEY,
        replace(MONEY, amount=Decimal(100), passed_on=None),
        replace(MONEY, amount=Decimal(50), commitment="", passed_on=date(2026, 9, 20)),
        replace(MONEY, amount=Decimal(9), received_on=date(2026, 9, 30)),
    ]
    kind = DeliveryActKind
    figures = SimpleNamespace(
        until=date(2026, 9, 15),
        lines=(
            line("7", agreed(kind.MONEY, "2000.00"), agreed(kind.SUBSTITUTE, "7.00")),
            line("8", agreed(kind.MONEY, "300.00"), agreed(kind.MONEY, None)),
        ),
    )
    of_line = settled(entries, figures, "7")
    assert of_line == Settled(Decimal("2000.00"), Decimal("1600.25"), Decimal("1500.25"))
    assert (of_line.outstanding, of_line.held) == (Decimal("399.75"), Decimal("100.00"))
    assert settled(entries, figures, "") == Settled(received=Decimal("50.00"))
    whole = settled(entries, figures)
    assert whole == Settled(Decimal("2305.00"), Decimal("1650.25"), Decimal("1500.25"))
    nothing = SimpleNamespace(until=figures.until, lines=())
    assert settled([], nothing) == Settled()
    assert settled(entries, nothing, "7").outstanding == 0, "more came than was agreed"


@pytest.mark.parametrize(
    ("told", "words"),
    [
        (Settled(), "nothing is agreed in money"),
        (Settled(Decimal(200)), "£200.00 is agreed in money, and the ledger has none for it"),
        (
            Settled(Decimal(200), Decimal(50)),
            "£200.00 is agreed in money, £50.00 is in the ledger for it, and £150.00 is outstanding",
        ),
        (Settled(Decimal(200), Decimal(250)), "£200.00 is agreed in money, and £250.00 is in the ledger for it"),
    ],
)
def test_what_came_of_agreed_money_is_said_in_words(told, words):
    assert money_words(told) == words


def test_money_is_passed_on_when_its_day_is_said():
    assert MONEY.is_passed
    assert not replace(MONEY, passed_on=None).is_passed


def test_entry_is_named_by_its_amount_and_day():
    assert HANDED_OVER.name_of(MONEY) == "£1,500.25 of 10 July 2026"
