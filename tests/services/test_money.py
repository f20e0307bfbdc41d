"""Money that was handed over is entered, changed and taken out, and stands beside what was agreed in money."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from tests.services.council import begin, what_happened
from tests.services.deliveries import DECIDED_ON, Q2, begin_signed, delivered, said
from tomsapp.domain.delivery.acts import DeliveryActKind
from tomsapp.domain.delivery.ledger import HandedOver, Settled
from tomsapp.services import edits
from tomsapp.services.delivered_paper import paper_of
from tomsapp.services.delivery_agreements import agree
from tomsapp.services.failures import EditConflict, StoreError
from tomsapp.services.history import contract_history
from tomsapp.services.money import add_money, change_money, check_money, take_out_money

TODAY = date(2026, 10, 1)
GIVEN = HandedOver(date(2026, 7, 10), "Bridge Works", Decimal("30.50"), "Food bank", date(2026, 7, 14), "R-118")


@pytest.fixture
def made(ann):
    return begin_signed(ann)


def for_cash(made, **changes: object) -> HandedOver:
    return replace(GIVEN, **{"commitment": made.lines[0].record.key, **changes})


def enter(ann, made, entry: HandedOver):
    return add_money(ann, delivered(ann, made), entry, TODAY)


def test_money_is_entered_changed_and_taken_out_and_all_of_it_is_undone(ann, made):
    done = enter(ann, made, for_cash(made))
    assert done.edit.label == "Enter £30.50 handed over for C1"
    assert [each.record for each in delivered(ann, made).ledger] == [for_cash(made)]
    changed = change_money(ann, delivered(ann, made), done.result, replace(GIVEN, amount=Decimal(40)), TODAY)
    (held,) = delivered(ann, made).ledger
    assert (held.record.amount, held.record.commitment) == (Decimal("40.00"), "")
    edits.undo(ann, changed.edit)
    assert delivered(ann, made).ledger[0].record == for_cash(made)
    gone = take_out_money(ann, delivered(ann, made), delivered(ann, made).ledger[0])
    assert delivered(ann, made).ledger == ()
    edits.undo(ann, gone.edit)
    edits.undo(ann, done.edit)
    assert delivered(ann, made).ledger == ()
    edits.redo(ann, done.edit)
    assert delivered(ann, made).ledger[0].record == for_cash(made)
    assert ("Ann", "Take out £30.50 handed over for C1", "handed_over", "deleted") in what_happened(ann, made.id)


def test_history_names_the_commitment_that_money_is_for(ann, made):
    done = enter(ann, made, for_cash(made))
    hours = made.lines[1].record.key
    change_money(ann, delivered(ann, made), done.result, for_cash(made, commitment=hours), TODAY)
    lines = [line for line in contract_history(ann, made.id) if line.part == "Money handed over"]
    changed, added = lines
    assert changed.text.startswith("For: V01 ")
    assert " → V04 " in changed.text
    assert added.about.startswith("V01 ")
    assert "amount £30.50" in added.text


def test_nothing_changed_saves_nothing(ann, made):
    done = enter(ann, made, GIVEN)
    assert change_money(ann, delivered(ann, made), done.result, GIVEN, TODAY).edit is None


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"received_on": date(2026, 10, 2), "passed_on": None}, "after 1 October 2026"),
        ({"passed_on": date(2026, 7, 1)}, "before 10 July 2026"),
        ({"amount": Decimal(0)}, "is not above zero"),
        ({"commitment": "99"}, "not one of this contract"),
    ],
)
def test_what_cannot_be_is_refused(ann, made, changes, words):
    entry = replace(GIVEN, **changes)
    (problem,) = check_money(delivered(ann, made), entry, TODAY)
    assert words in problem.message
    with pytest.raises(StoreError, match=words):
        enter(ann, made, entry)
    assert delivered(ann, made).ledger == ()


def test_money_is_that_of_signed_contracts(ann):
    draft = begin(ann)
    with pytest.raises(StoreError, match="deliveries are those of signed contracts"):
        enter(ann, draft, GIVEN)


def test_two_officers_do_not_save_over_each_other(ann, bob, made):
    done = enter(ann, made, GIVEN)
    change_money(bob, delivered(bob, made), done.result, replace(GIVEN, notes="Cheque"), TODAY)
    with pytest.raises(EditConflict):
        change_money(ann, delivered(ann, made), done.result, replace(GIVEN, notes="Cash"), TODAY)
    with pytest.raises(EditConflict):
        take_out_money(ann, delivered(ann, made), done.result)
    with pytest.raises(EditConflict):
        edits.undo(ann, done.edit)


def test_agreement_in_money_stands_beside_what_came(ann, made):
    sides = {"supplier_by": "J. Smith", "supplier_on": DECIDED_ON, "cause": "The shop closed"}
    cash = made.lines[0].record.key
    money = said(DeliveryActKind.MONEY, commitment=cash, quarter=Q2, amount=Decimal("45.00"), **sides)
    agree(ann, delivered(ann, made), money, DECIDED_ON)
    enter(ann, made, for_cash(made))
    enter(ann, made, replace(GIVEN, amount=Decimal("5.00"), passed_to="", passed_on=None))
    page = delivered(ann, made)
    assert page.money(cash) == Settled(Decimal("45.00"), Decimal("30.50"), Decimal("30.50"))
    assert page.money() == Settled(Decimal("45.00"), Decimal("35.50"), Decimal("30.50"))
    paper = paper_of(page)
    assert paper.money("1") == page.money(cash)
    assert (paper.handed_over, [entry.commitment for entry in paper.ledger]) == (Decimal("35.50"), ["1", ""])
