"""`tomsapp delivery show`: the figures of a contract in a terminal."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from tests.services.council import open_as, promise, shipped
from tests.services.deliveries import DECIDED_ON, Q2, Q4, UNTIL, accept, begin_signed, claim, enter, said
from tomsapp.domain.delivery.acts import DeliveryActKind
from tomsapp.domain.delivery.ledger import HandedOver
from tomsapp.domain.delivery.people import DeliveryPerson
from tomsapp.domain.delivery.quarters import Quarter
from tomsapp.services import databases
from tomsapp.services.audit import draw_sample
from tomsapp.services.delivery import open_delivery_of
from tomsapp.services.delivery_agreements import agree
from tomsapp.services.money import add_money


@pytest.fixture
def council(tmp_path):
    path = tmp_path / "council.db"
    databases.make_database(path, shipped(), "Ann", "Larkmere Council").close()
    ann, bob = open_as(path, "Ann"), open_as(path, "Bob")
    made = begin_signed(ann)
    cash, _ = enter(ann, made, claim(made.lines[0], claimed="40"), claim(made.lines[1], evidenced=Decimal(5)))
    accept(bob, made, cash)
    ann.close()
    bob.close()
    return path


def test_figures_of_a_contract_are_shown(call, council):
    found = call("delivery", "show", council, "C1", "--until", "2026-09-30")
    assert (found.status, found.err) == (0, "")
    first, heads, _, cash, hours, summary, left = found.out.splitlines()
    assert first == "C1 Roads: delivered to 30 September 2026, to the end of Q2 (Jul to Sep 2026)."
    assert heads.split() == ["Measure", "Due", "Claimed", "Evidenced", "Accepted", "Surplus", "Accepted", "£", "Rating"]
    assert cash.endswith("Requires improvement 80.0%")
    assert hours.endswith("Inadequate 0.0%")
    assert summary.startswith("Our summary: ")
    assert left.startswith("Open: £")


def test_before_the_first_quarter_ends_nothing_is_due(call, council):
    found = call("delivery", "show", council, "C1", "--until", "2026-04-02")
    assert found.status == 0
    assert found.out.splitlines()[0] == "C1 Roads: delivered to 2 April 2026, no quarter has ended."
    assert "Our summary: Other, nothing due yet." in found.out


def test_per_cents_of_two_years_are_shown_apart(call, tmp_path):
    path = tmp_path / "council.db"
    databases.make_database(path, shipped(), "Ann", "Larkmere Council").close()
    ann = open_as(path, "Ann")
    made = begin_signed(ann, promise("R03", "30", "30"))
    enter(ann, made, claim(made.lines[0], Q4, "30"), claim(made.lines[0], Quarter(1, 4), "20"))
    ann.close()
    found = call("delivery", "show", path, "C1", "--until", "2028-03-31")
    row = next(line for line in found.out.splitlines() if line.startswith("R03"))
    assert "(30% + 30%)  (30% + 20%)  (30% + 20%)  (0% + 0%)" in row
    found = call("delivery", "show", path, "C1", "--until", "2026-06-30")
    assert "Other" in next(line for line in found.out.splitlines() if line.startswith("R03"))


def test_people_are_asked_about_without_their_numbers(call, tmp_path):
    path = tmp_path / "council.db"
    databases.make_database(path, shipped(), "Ann", "Larkmere Council").close()
    ann = open_as(path, "Ann")
    made = begin_signed(ann, promise("J01", "4", "2"))
    for held in enter(ann, made, claim(made.lines[0], claimed="1"), claim(made.lines[0], Q4, "1")):
        with ann.work("Name people") as uow:
            uow.people.add(made.id, held.id, DeliveryPerson("P-4471", date(2026, 4, 6)))
            uow.commit()
    ann.close()
    found = call("delivery", "show", path, "C1", "--until", "2027-03-31")
    assert "A person is claimed for J01 in Q1 (Apr to Jun 2026) too" in found.out
    assert "4471" not in found.out


def test_contract_that_is_not_there_and_a_day_that_is_none(call, council):
    found = call("delivery", "show", council, "C9")
    assert (found.status, found.err.strip()) == (
        2,
        "There is no contract C9 in this database. Look it up under Contracts.",
    )
    assert call("delivery", "show", council, "C1", "--until", "someday").status == 2


def test_money_and_samples_are_told(call, council):
    ann = open_as(council, "Ann")
    page = open_delivery_of(ann, "C1", UNTIL)
    cash = page.commitments[0].record.key
    money = said(DeliveryActKind.MONEY, commitment=cash, quarter=Q2, amount=Decimal(5), cause="The shop closed")
    agree(ann, page, replace(money, supplier_by="J. Smith", supplier_on=DECIDED_ON), DECIDED_ON)
    given = HandedOver(date(2026, 7, 10), "Bridge Works", Decimal(3), "Food bank", date(2026, 7, 14), commitment=cash)
    add_money(ann, open_delivery_of(ann, "C1", UNTIL), given, DECIDED_ON)
    draw_sample(ann, open_delivery_of(ann, "C1", UNTIL), "plan 7", 5, DECIDED_ON)
    ann.close()
    found = call("delivery", "show", council, "C1", "--until", "2026-09-30").out.splitlines()
    assert "Money handed over: £3.00 in 1 entry, £3.00 of it passed on." in found
    assert "V01: £5.00 is agreed in money, £3.00 is in the ledger for it, and £2.00 is outstanding." in found
    assert found[-1] == "Audit sample 1, seed “plan 7”: None of the 1 claim drawn has been checked yet."
