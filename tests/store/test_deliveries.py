"""Deliveries, plans, their acts and their rules in the database."""

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from tests.store.samples import Q1, delivery, delivery_act, fill, plan_entry
from tomsapp.domain.delivery.acts import DeliveryActFacts, DeliveryActKind
from tomsapp.domain.delivery.delivery import DeliveryState
from tomsapp.domain.delivery.quarters import Quarter
from tomsapp.domain.delivery.rules import DeliveryRules
from tomsapp.store.delivery_columns import DELIVERY_FIELDS, PLAN_FIELDS
from tomsapp.store.errors import EditConflict, StoreError
from tomsapp.store.kept import sha256_of

Q2, Q3 = Quarter(0, 2), Quarter(1, 3)


@pytest.fixture
def filled(database):
    return fill(database)


def decide(work, filled, before, **changes):
    """An act and what it decides, in one change."""
    facts = delivery_act(delivery=before.id, commitment=str(filled.commitment), quarter=Q1)
    work.delivery_acts.add(filled.contract, facts, b"seen")
    return work.deliveries.save(before.id, before.version, replace(before.record, **changes))


def test_claim_is_kept_as_it_was_saved_with_who_entered_it(database, filled):
    line = str(filled.commitment)
    with database.work("Bob", "Enter") as work:
        added = work.deliveries.add(filled.contract, delivery(filled.commitment, Q3, transferred=Decimal(1)))
        work.commit()
    with database.look() as look:
        first, second = look.deliveries.of(filled.contract)
        assert (first.record, first.saved_by) == (delivery(filled.commitment), "Ann")
        assert (second.id, second.record.quarter, second.record.commitment) == (added.id, Q3, line)
        assert (second.record.transferred, second.record.new, second.saved_by) == (Decimal(1), Decimal(2), "Bob")
        assert look.deliveries.entered_by(filled.contract) == {first.id: "Ann", second.id: "Bob"}
        assert look.deliveries.of(999) == []


def test_a_quarter_has_one_claim_and_a_deleted_one_comes_back_with_another_content(database, filled):
    with database.work("Bob", "Twice") as work, pytest.raises(EditConflict):
        work.deliveries.add(filled.contract, delivery(filled.commitment))
    with database.work("Bob", "Delete and add") as work:
        (held,) = work.deliveries.of(filled.contract)
        work.deliveries.delete(held.id, held.version)
        assert work.deliveries.of(filled.contract) == []
        again = work.deliveries.add(filled.contract, delivery(filled.commitment, evidenced=Decimal(3)))
        work.commit()
    assert (again.id, again.record.evidenced) == (held.id, Decimal(3))
    with database.look() as look:
        assert look.deliveries.of(filled.contract) == [again]
        assert look.deliveries.entered_by(filled.contract) == {again.id: "Bob"}


def test_save_names_the_version_it_began_from(database, filled):
    with database.work("Bob", "First") as work:
        (held,) = work.deliveries.of(filled.contract)
        work.deliveries.save(held.id, held.version, replace(held.record, evidenced=Decimal(21)))
        work.commit()
    with database.work("Cy", "Second") as work, pytest.raises(EditConflict) as conflict:
        work.deliveries.save(held.id, held.version, replace(held.record, evidenced=Decimal(22)))
    assert conflict.value.theirs.record.evidenced == Decimal(21)


def test_decision_is_saved_after_its_act_and_leaves_who_entered_the_claim(database, filled):
    with database.work("Bob", "Accept") as work:
        (held,) = work.deliveries.of(filled.contract)
        with pytest.raises(StoreError):
            work.deliveries.save(held.id, held.version, replace(held.record, accepted=Decimal(10)))
    with database.work("Bob", "Accept") as work:
        (held,) = work.deliveries.of(filled.contract)
        now = decide(work, filled, held, accepted=Decimal(10), provisional=Decimal(4))
        work.commit()
    assert (now.record.accepted, now.record.provisional, now.saved_by) == (Decimal(10), Decimal(4), "Bob")
    with database.work("Cy", "Reject") as work:
        now = decide(work, filled, now, rejected=Decimal(15), state=DeliveryState.DECIDED)
        assert work.deliveries.entered_by(filled.contract) == {now.id: "Ann"}
        work.commit()
    with database.work("Cy", "Change") as work, pytest.raises(StoreError):
        work.deliveries.save(now.id, now.version, replace(now.record, claimed=Decimal(99)))


def test_acts_are_kept_whole_and_in_their_order(database, filled):
    said = DeliveryActFacts(
        DeliveryActKind.SUBSTITUTE, date(2026, 8, 1), "Contract manager", "They gave more of the other", None,
        str(filled.commitment), Q2, Decimal("1.5"), Decimal("12.34"), str(filled.rate_commitment), Q3,
        "J. Smith", date(2026, 7, 30), "Left after five weeks",
    )  # fmt: skip
    with database.work("Bob", "Agree") as work:
        number = work.delivery_acts.add(filled.contract, said, b"\0seen")
        back = work.delivery_acts.add(filled.contract, delivery_act(DeliveryActKind.TAKE_BACK), b"", number)
        work.commit()
    with database.look() as look:
        *_, kept, last = look.delivery_acts.of(filled.contract)
        assert {name: getattr(kept, name) for name in said.__slots__} == {
            name: getattr(said, name) for name in said.__slots__
        }
        assert (kept.id, kept.contract_id, kept.by) == (number, filled.contract, "Bob")
        assert kept.sha256 == sha256_of(b"\0seen")
        assert (last.id, last.reverses) == (back, number)
        assert look.delivery_acts.document(number) == b"\0seen"
        assert look.delivery_acts.by_contract()[filled.contract] == look.delivery_acts.of(filled.contract)
        assert look.delivery_acts.by_contract({filled.contract}) == look.delivery_acts.by_contract()
        assert look.delivery_acts.by_contract({999}) == {}


def test_role_of_the_last_act_is_remembered_by_who_had_it(database, filled):
    with database.work("Bob") as work:
        assert (work.delivery_acts.last_role("Ann"), work.delivery_acts.last_role("Bob")) == ("Contract manager", "")


def test_plan_is_worked_on_beside_the_one_in_force(database, filled):
    with database.work("Bob", "Plan") as work:
        (held,) = work.plans.of(filled.contract)
        assert (held.record, held.saved_by) == (plan_entry(filled.commitment), "Ann")
        work.plans.save(held.id, held.version, replace(held.record, quantity=Decimal(2), risk="None"))
        other = work.plans.add(filled.contract, plan_entry(filled.commitment, Q2))
        with pytest.raises(EditConflict):
            work.plans.add(filled.contract, plan_entry(filled.commitment, Q2))
        work.commit()
    with database.look() as look:
        assert [entry.record.quantity for entry in look.plans.of(filled.contract)] == [Decimal(2), Decimal("3.12")]
        assert look.plans.in_force(filled.contract) == [plan_entry(filled.commitment)]
    with database.work("Bob", "Delete and plan again") as work:
        work.plans.delete(other.id, other.version)
        again = work.plans.add(filled.contract, plan_entry(filled.commitment, Q2, partner="A school"))
        work.commit()
    assert (again.id, again.record.partner) == (other.id, "A school")


def test_version_of_a_plan_comes_into_force_in_the_place_of_the_one_before(database, filled):
    wanted = [plan_entry(filled.commitment, Q2), plan_entry(filled.commitment, Q3, quantity=Decimal(9))]
    with database.work("Bob", "In force") as work, pytest.raises(StoreError):
        work.plans.put_in_force(filled.contract, wanted)
    with database.work("Bob", "In force") as work:
        work.delivery_acts.add(filled.contract, delivery_act(DeliveryActKind.ACCEPT_PLAN), b"2")
        work.plans.put_in_force(filled.contract, wanted)
        work.commit()
    with database.look() as look:
        assert look.plans.in_force(filled.contract) == wanted
        assert len(look.plans.of(filled.contract)) == 1


def test_rules_are_the_program_s_until_the_council_sets_its_own(target, database):
    with database.look() as look:
        now = look.delivery_rules.now()
        assert (now.version, now.record) == (0, DeliveryRules())
    with database.work("Ann", "Set") as work:
        saved = work.delivery_rules.save(now.id, now.version, replace(now.record, keep_years=Decimal(6)))
        work.commit()
    assert (saved.version, saved.record.keep_years) == (1, Decimal(6))
    with database.work("Bob", "Set") as work, pytest.raises(EditConflict):
        work.delivery_rules.save(now.id, now.version, replace(now.record, may_accept_own=True))
    with database.look() as look:
        assert look.delivery_rules.get(saved.id).record == saved.record


def test_everything_is_read_as_columns_of_whole_numbers(database, filled):
    with database.work("Bob", "More") as work:
        (held,) = work.deliveries.of(filled.contract)
        decide(work, filled, held, accepted=Decimal("10.5"), provisional=Decimal(4), rejected=Decimal(2))
        gone = work.deliveries.add(filled.contract, delivery(filled.commitment, Q2))
        work.delivery_acts.add(filled.contract, delivery_act(DeliveryActKind.WITHDRAW, delivery=gone.id), b"")
        work.deliveries.save(gone.id, gone.version, replace(gone.record, state=DeliveryState.WITHDRAWN))
        deleted = work.deliveries.add(filled.contract, delivery(filled.commitment, Q3))
        work.deliveries.delete(deleted.id, deleted.version)
        work.plans.add(filled.contract, plan_entry(filled.commitment, Q2))
        work.commit()
    with database.read() as reader:
        (delivered,), (planned,) = list(reader.delivery_columns()), list(reader.plan_columns())
    told = dict(zip(DELIVERY_FIELDS, map(json.loads, delivered), strict=True))
    assert told == {
        "commitment_id": [filled.commitment], "year_index": [0], "quarter": [1], "claimed": [250_000],
        "evidenced": [200_000], "accepted": [105_000], "provisional": [40_000], "rejected": [20_000],
    }  # fmt: skip
    told = dict(zip(PLAN_FIELDS, map(json.loads, planned), strict=True))
    assert told == {"commitment_id": [filled.commitment], "year_index": [0], "quarter": [1], "quantity": [31_200]}
