"""Money, audit samples and published papers in the database: kept with their contract, as they were drawn, for good."""

import sqlite3
from dataclasses import replace
from datetime import date
from decimal import Decimal

import psycopg
import pytest

from tests.store.samples import CHECKED, audit_item, audit_sample, commitment, contract, delivery, fill, money, publish
from tomsapp.domain.delivery.quarters import Quarter
from tomsapp.domain.delivery.sample import Conclusion
from tomsapp.store.check import check_database
from tomsapp.store.errors import EditConflict, NotFound, StoreError
from tomsapp.store.kept import sha256_of

REFUSED = (
    sqlite3.IntegrityError,
    psycopg.errors.RaiseException,
    psycopg.errors.CheckViolation,
    psycopg.errors.UniqueViolation,
)
PDF = b"%PDF-1.7 a paper"


@pytest.fixture
def filled(database):
    return fill(database)


@pytest.fixture
def other(database, filled):
    """Another contract, with nothing."""
    with database.work("Ann", "Add") as work:
        added = work.contracts.add(contract("C2"), filled.supplier)
        work.commit()
    return added.id


# Money


def test_money_is_added_changed_and_taken_out(database, filled):
    later = money(received_on=date(2026, 8, 1), passed_to="", passed_on=None)
    with database.work("Bob", "Add money") as work:
        first = work.ledger.add(filled.contract, replace(money(), received_on=date(2026, 5, 1)))
        added = work.ledger.add(filled.contract, later)
        work.commit()
    with database.look() as look:
        held = look.ledger.of(filled.contract)
        assert [each.record.received_on.month for each in held] == [5, 7, 8], "in the order of the days"
        assert held[1].record == money(filled.commitment)
        assert held[2].record == later
        assert look.ledger.by_contract() == {filled.contract: [each.record for each in held]}
        assert look.ledger.by_contract([999]) == {}
        assert look.ledger.of(999) == []
    with database.work("Ann", "Change") as work:
        changed = work.ledger.save(added.id, added.version, replace(later, commitment=str(filled.rate_commitment)))
        assert work.ledger.get(added.id).record.commitment == str(filled.rate_commitment)
        with pytest.raises(EditConflict):
            work.ledger.save(added.id, added.version, later)
        work.ledger.delete(changed.id, changed.version)
        work.ledger.restore(changed.id)
        work.ledger.delete(first.id, first.version)
        work.commit()
    with database.look() as look:
        assert [each.record.received_on.month for each in look.ledger.of(filled.contract)] == [7, 8]


@pytest.mark.parametrize(
    ("what", "words"),
    [
        ("commitment_id = NULL, contract_id = {other}", "Money stays with its contract"),
        ("commitment_id = {foreign}", "The commitment is of another contract"),
        ("amount = 0", "amount"),
        ("passed_on = '2026-07-09'", "passed"),
    ],
)
def test_money_stays_with_its_contract(database, filled, other, raw, what, words):
    with database.work("Ann", "Add") as work:
        foreign = work.commitments.add(other, commitment()).id
        work.commit()
    said = what.format(other=other, foreign=foreign)
    change = raw.sign()
    with pytest.raises(REFUSED, match=words):
        raw(f"UPDATE handed_over SET {said}, version = version + 1, change_id = {change}")


def test_money_for_a_commitment_of_another_contract_is_refused(database, filled, other):
    with database.work("Ann", "Add") as work, pytest.raises(StoreError):
        work.ledger.add(other, money(filled.commitment))


# Samples


def test_sample_is_kept_as_it_was_drawn(database, filled, target):
    with database.look() as look:
        (sample,) = look.samples.of(filled.contract)
        assert sample.record == audit_sample()
        assert look.samples.of(None) == []
        assert look.samples.contract_of(sample.id) == filled.contract
        drawn = look.sample_items.of([sample.id, 999])
        ((delivery_id, item),) = drawn[sample.id]
        assert (item.record, drawn[999]) == (audit_item(**CHECKED), [])
        assert look.sample_items.place_of(item.id) == (sample.id, delivery_id)
    with database.work("Bob", "Conclude") as work:
        shown = replace(item.record, conclusion=Conclusion.SHOWN, found=Decimal(10), found_pounds=Decimal("2265.00"))
        saved = work.sample_items.save(item.id, item.version, shown)
        assert saved.record == shown
        with pytest.raises(EditConflict):
            work.sample_items.save(item.id, item.version, shown)
        work.samples.save(sample.id, sample.version, replace(sample.record, notes="Second look"))
        work.commit()
    assert check_database(target) == []


def test_sample_that_was_checked_is_not_taken_out(database, filled):
    with database.work("Ann", "Take out") as work:
        (sample,) = work.samples.of(filled.contract)
        with pytest.raises(StoreError, match="A sample of which a claim was checked is not taken out"):
            work.samples.delete(sample.id, sample.version)


def test_sample_of_all_contracts_is_taken_out_while_nothing_is_checked(database, filled):
    with database.work("Ann", "Draw") as work:
        (held,) = work.deliveries.of(filled.contract)
        drawn = work.samples.add(None, audit_sample(seed="all"))
        work.sample_items.add_many(drawn.id, [(held.id, audit_item())])
        work.commit()
    with database.work("Ann", "Take out") as work:
        assert [each.record.seed for each in work.samples.of(None)] == ["all"]
        gone = work.samples.delete(drawn.id, drawn.version)
        assert work.samples.of(None) == []
        work.samples.restore(gone.id)
        work.commit()
    with database.look() as look:
        assert [each.record.seed for each in look.samples.of(None)] == ["all"]


SAMPLE = ("contract_id = NULL", "seed = 'x'", "until = '2026-03-31'", "size = 3", "drawn_on = '2026-03-31'",
          "claims = 9", "pounds = 9")  # fmt: skip
ITEM = ("sample_id = 9", "delivery_id = 9", "position = 9", "units = 900000", "pounds = 9")


@pytest.mark.parametrize(
    ("table", "what"), [*(("audit_sample", each) for each in SAMPLE), *(("audit_item", each) for each in ITEM)]
)
def test_what_was_drawn_does_not_change(filled, raw, table, what):
    change = raw.sign()
    with pytest.raises(REFUSED, match="A sample stays as it was drawn"):
        raw(f"UPDATE {table} SET {what}, version = version + 1, change_id = {change}")


@pytest.mark.parametrize("table", ["audit_sample", "audit_item"])
def test_what_was_checked_is_not_taken_out_by_a_stranger_either(filled, raw, table):
    change = raw.sign()
    with pytest.raises(REFUSED, match="A sample of which a claim was checked is not taken out"):
        raw(f"UPDATE {table} SET deleted = true, version = version + 1, change_id = {change}")


@pytest.mark.parametrize(
    "what",
    [
        "conclusion = NULL",
        "found = NULL",
        "found_pounds = NULL",
        "found = units + 1",
        "found = -1",
        "found_pounds = -1",
        "conclusion = 'fine'",
    ],
)
def test_conclusion_is_whole(filled, raw, what):
    change = raw.sign()
    with pytest.raises(REFUSED, match=r"found|conclusion"):
        raw(f"UPDATE audit_item SET {what}, version = version + 1, change_id = {change}")


def test_claim_is_not_added_to_a_sample_later(database, filled):
    with database.work("Ann", "Add") as work:
        (sample,) = work.samples.of(filled.contract)
        added = work.deliveries.add(filled.contract, delivery(filled.commitment, Quarter(0, 2)))
        with pytest.raises(StoreError):
            work.sample_items.add_many(sample.id, [(added.id, audit_item(position=2))])


def test_claim_of_another_contract_is_not_drawn(database, filled, other):
    with database.work("Ann", "Draw") as work:
        (held,) = work.deliveries.of(filled.contract)
        drawn = work.samples.add(other, audit_sample())
        with pytest.raises(StoreError):
            work.sample_items.add_many(drawn.id, [(held.id, audit_item())])


# Papers


def test_paper_is_kept_with_its_bytes(database, filled):
    with database.work("Bob", "Publish again") as work:
        (first,) = work.papers.of(filled.contract)
        second = publish(work, filled.contract, b"another", number=2, replaces=first.id, reason="A claim was rejected")
        later = publish(work, filled.contract, b"of a later day", until=date(2026, 9, 30))
        work.commit()
    with database.look() as look:
        papers = look.papers.of(filled.contract)
        assert [each.id for each in papers] == [first.id, second, later]
        assert (papers[0].sha256, papers[0].size, papers[0].by) == (sha256_of(PDF), len(PDF), "Ann")
        assert (papers[1].number, papers[1].replaces, papers[1].reason) == (2, first.id, "A claim was rejected")
        assert (papers[2].until, papers[2].published_on) == (date(2026, 9, 30), date(2026, 7, 20))
        acts = {act.id for act in look.delivery_acts.of(filled.contract)}
        assert {each.act for each in papers} <= acts
        assert look.papers.content(second) == b"another"
        assert look.papers.by_contract() == {filled.contract: papers}
        assert look.papers.by_contract([999]) == {}
        assert look.papers.of(999) == []
        with pytest.raises(NotFound):
            look.papers.content(999)


@pytest.mark.parametrize(
    "changes",
    [
        {"number": 1},
        {"number": 3, "replaces": 1},
        {"number": 2},
        {"number": 2, "replaces": 1, "until": date(2026, 9, 30)},
        {"number": 1, "replaces": 1, "until": date(2026, 9, 30)},
    ],
)
def test_paper_follows_the_one_before_it(database, filled, changes):
    with database.work("Bob", "Publish") as work, pytest.raises(StoreError):
        publish(work, filled.contract, **changes)


def test_paper_is_published_by_an_act_of_its_contract_alone(database, filled, other):
    with database.work("Bob", "Publish") as work:
        (first,) = work.papers.of(filled.contract)
        facts = replace(first, number=1, until=date(2026, 9, 30))
        (accepted, *_) = work.delivery_acts.numbers(filled.contract)
        with pytest.raises(StoreError):
            work.papers.add(filled.contract, facts, PDF, accepted)
    with database.work("Bob", "Publish") as work, pytest.raises(StoreError):
        work.papers.add(other, facts, PDF, first.act)


@pytest.mark.parametrize("what", ["DELETE FROM delivered_paper", "UPDATE delivered_paper SET number = 2"])
def test_paper_never_changes_and_is_never_deleted(filled, raw, what):
    with pytest.raises(REFUSED):
        raw(what)


def test_paper_that_was_changed_behind_the_program_is_told(database, filled, raw, server):
    if server == "sqlite":
        raw("DROP TRIGGER delivered_paper_unchanged")
        raw("UPDATE delivered_paper SET content = CAST('other' AS BLOB)")
    else:
        raw("ALTER TABLE delivered_paper DISABLE TRIGGER ALL")
        raw("UPDATE delivered_paper SET content = 'other'::bytea")
    with database.look() as look:
        (paper,) = look.papers.of(filled.contract)
        with pytest.raises(StoreError, match="changed behind the program"):
            look.papers.content(paper.id)
