"""Bids in the database with their files, decisions and marks: they come back as they were, and stay so."""

import sqlite3
from dataclasses import replace
from datetime import date
from decimal import Decimal

import psycopg
import pytest

from tests.store.samples import bid, decision, evaluator, explanation, fill, receipt, supplier, tender
from tomsapp.domain.tender.acts import TenderActFacts, TenderActKind
from tomsapp.domain.tender.bid import Bid, DecisionKind
from tomsapp.domain.tender.choices import TenderStatus
from tomsapp.domain.tender.marking import Mark, ModeratedMark
from tomsapp.domain.tender.receipt import Receipt
from tomsapp.store.bid_tables import ReceivedFileRow
from tomsapp.store.check import check_database
from tomsapp.store.errors import EditConflict, NotFound, StoreError
from tomsapp.store.kept import sha256_of

REFUSED = (
    sqlite3.IntegrityError,
    psycopg.errors.RaiseException,
    psycopg.errors.CheckViolation,
    psycopg.errors.UniqueViolation,
)
BRIDGE = supplier().name


@pytest.fixture
def filled(database):
    return fill(database)


def stands(database, tender_id: int, kind: TenderActKind, status: TenderStatus) -> None:
    """Do an act, and give the tender the status that it has then."""
    with database.work("M. Reid", kind.words) as work:
        held = work.tenders.get(tender_id)
        facts = TenderActFacts(kind, date(2027, 1, 22), "Procurement lead")
        acts = work.tender_acts.of(tender_id)
        reverses = acts[-1].id if kind is TenderActKind.TAKE_BACK else None
        work.tender_acts.add(tender_id, facts, b"{}", reverses)
        work.tenders.save(tender_id, held.version, replace(held.record, status=status))
        work.commit()


def test_all_comes_back_as_it_was(database, filled, target):
    with database.look() as look:
        [held] = look.bids.of(filled.tender)
        assert held.record == bid()
        assert look.bids.get(held.id) == held
        assert (look.bids.tender_of(held.id), look.bids.supplier_of(held.id)) == (filled.tender, filled.supplier)
        [decided] = look.bid_decisions.of_tender(filled.tender)
        assert decided.record == decision(held.id)
        [marks] = look.evaluators.of(filled.tender)
        assert marks.record == evaluator()
        assert [each.record for each in look.marks.of_tender(filled.tender)] == [
            Mark(marks.id, held.id, 1, 4, "Named groups and dates")
        ]
        assert [each.record for each in look.moderated.of_tender(filled.tender)] == [
            ModeratedMark(held.id, 1, 3, "No dates", "M. Reid")
        ]
    assert check_database(target) == []


def test_received_files_are_numbered_and_told_with_what_is_said_of_them(database, filled):
    with database.work("Bob", "Receive") as work:
        second = work.received.add(filled.tender, "again.xlsx", b"another offer")
        work.commit()
    with database.look() as look:
        (first_id, first), (second_id, bare) = look.received.of(filled.tender)
        assert (first.number, first.name, first.size, first.sha256) == (1, "offer.xlsx", 5, sha256_of(b"offer"))
        assert (first.supplier, first.lot, first.pack_version) == (BRIDGE, 1, 1)
        assert first.portal_at == receipt().portal_at("Europe/London")
        assert first.unfinished == "1 question has no answer"
        assert (second_id, bare.number, bare.supplier, bare.lot, bare.portal_at) == (second, 2, "", None, None)
        assert (bare.unfinished, bare.refused, bare.ask_for) == ("", "", "")
        assert look.received.content(first_id) == b"offer"
        assert [each.record for each in look.receipts.by_file(filled.tender).values()] == [receipt()]
        with pytest.raises(NotFound, match="There is no received file 999"):
            look.received.content(999)


def test_whose_a_file_is_can_be_said_later(database, filled, target):
    with database.work("Bob", "Receive") as work:
        file = work.received.add(filled.tender, "again.xlsx", b"another offer")
        held = work.receipts.add(file, Receipt())
        said = work.receipts.assign(held.id, held.version, filled.supplier)
        assert said.record == Receipt(BRIDGE)
        typed = replace(said.record, lot=2, portal_on=date(2027, 1, 22), portal_time="12:00:01")
        saved = work.receipts.save(said.id, said.version, typed)
        assert (saved.record, saved.version) == (typed, 3)
        with pytest.raises(EditConflict):
            work.receipts.save(said.id, said.version, typed)
        with pytest.raises(EditConflict):
            work.receipts.assign(said.id, said.version, None)
        assert work.receipts.assign(said.id, saved.version, None).record == replace(typed, supplier="")
        work.commit()
    assert check_database(target) == []


def test_there_is_one_bid_for_each_bidder_and_lot(database, filled, target):
    with database.work("Bob", "Bid") as work:
        [held] = work.bids.of(filled.tender)
        with pytest.raises(EditConflict):
            work.bids.add(filled.tender, bid(price=None), filled.supplier)
        other = work.bids.add(filled.tender, Bid(2, BRIDGE), filled.supplier)
        assert [each.record.lot for each in work.bids.of(filled.tender)] == [1, 2]
        work.bids.delete(other.id, other.version)
        again = work.bids.add(filled.tender, Bid(2, BRIDGE, Decimal(5)), filled.supplier)
        assert (again.id, again.record.price) == (other.id, Decimal(5))
        saved = work.bids.save(held.id, held.version, bid(lot=7, price=Decimal("1.00")))
        assert saved.record == bid(price=Decimal("1.00")), "the lot stays"
        with pytest.raises(EditConflict):
            work.bids.save(held.id, held.version, bid())
        work.commit()
    assert check_database(target) == []


def test_of_what_is_said_of_a_bid_there_is_one_each(database, filled, target):
    with database.work("Bob", "Decide") as work:
        [held] = work.bids.of(filled.tender)
        [decided] = work.bid_decisions.of_tender(filled.tender)
        with pytest.raises(EditConflict):
            work.bid_decisions.add(decision(held.id, kind=DecisionKind.ACCEPT))
        work.bid_decisions.add(decision(held.id, sha256="cd" * 32))
        accepted = decision(held.id, kind=DecisionKind.ACCEPT, line="")
        saved = work.bid_decisions.save(decided.id, decided.version, accepted)
        assert saved.record == accepted
        with pytest.raises(EditConflict):
            work.bid_decisions.save(decided.id, decided.version, accepted)
        work.bid_decisions.delete(saved.id, saved.version)
        assert work.bid_decisions.add(decision(held.id)).id == decided.id
        [who] = work.evaluators.of(filled.tender)
        work.marks.add(Mark(who.id, held.id, 2, 5, "All of it"))
        work.moderated.add(ModeratedMark(held.id, 2, 5, "All of it", "M. Reid"))
        assert [each.record.question for each in work.marks.of_tender(filled.tender)] == [1, 2]
        assert [each.record.mark for each in work.moderated.of_tender(filled.tender)] == [3, 5]
        work.commit()
    assert check_database(target) == []


def test_what_is_frozen_is_changed_no_more_until_that_is_taken_back(database, filled, target):
    with database.look() as look:
        [held] = look.bids.of(filled.tender)
        [who] = look.evaluators.of(filled.tender)
    stands(database, filled.tender, TenderActKind.FREEZE, TenderStatus.FROZEN)

    def change(work, what: str) -> None:
        {
            "bid": lambda: work.bids.save(held.id, held.version, bid(price=Decimal(1))),
            "decision": lambda: work.bid_decisions.add(decision(held.id, problem="other")),
            "evaluator": lambda: work.evaluators.save(who.id, who.version, evaluator(sent_on=date(2027, 2, 1))),
            "mark": lambda: work.marks.add(Mark(who.id, held.id, 2, 5, "All")),
            "moderated": lambda: work.moderated.add(ModeratedMark(held.id, 2, 5, "All", "M. Reid")),
        }[what]()

    kinds = ("bid", "decision", "evaluator", "mark", "moderated")
    for what in kinds:
        with database.work("Bob", "Change") as work, pytest.raises(StoreError, match="The evaluation is frozen"):
            change(work, what)
    stands(database, filled.tender, TenderActKind.TAKE_BACK, TenderStatus.OPENED)
    with database.work("Bob", "Change") as work:
        for what in ("mark", *(each for each in kinds if each != "mark")):
            change(work, what)
        work.commit()
    assert check_database(target) == []


def test_scores_are_explained_once_they_are_frozen_and_stay_with_their_bid(database, filled, target):
    with database.look() as look:
        [there] = look.explanations.of_tender(filled.explained)
        assert there.record == explanation(there.record.bid)
        [open_bid] = look.bids.of(filled.tender)
    refused = (explanation(open_bid.id), replace(explanation(open_bid.id), criterion="price"))
    for each in refused:
        with database.work("Bob", "Explain") as work, pytest.raises(StoreError, match="once the evaluation is frozen"):
            work.explanations.add(each)
    with database.work("Bob", "Explain") as work:
        saved = work.explanations.save(there.id, there.version, replace(there.record, text="It names no groups"))
        with pytest.raises(EditConflict):
            work.explanations.add(explanation(there.record.bid))
        work.commit()
    stands(database, filled.explained, TenderActKind.TAKE_BACK, TenderStatus.OPENED)
    with database.work("Bob", "Explain") as work, pytest.raises(StoreError, match="once the evaluation is frozen"):
        work.explanations.save(saved.id, saved.version, there.record)
    with database.look() as look:
        assert [each.record.text for each in look.explanations.of_tender(filled.explained)] == ["It names no groups"]
    assert check_database(target) == []


def test_marks_that_were_sent_stay_and_nobody_marks_without_confirming(database, filled):
    with database.work("Bob", "Change") as work:
        [held] = work.bids.of(filled.tender)
        [who] = work.evaluators.of(filled.tender)
        silent = work.evaluators.add(
            filled.tender, evaluator(name="A. Green", has_no_conflict=False, confirmed_on=None)
        )
        elsewhere = work.evaluators.add(work.tenders.add(tender("T-9")).id, evaluator())
        work.evaluators.save(who.id, who.version, evaluator(sent_on=date(2027, 2, 1)))
        work.commit()
    refused = {who.id: "that were sent", silent.id: "confirms first", elsewhere.id: "of another tender"}
    for number, words in refused.items():
        with database.work("Bob", "Mark") as work, pytest.raises(StoreError, match=words):
            work.marks.add(Mark(number, held.id, 2, 5, "All"))


@pytest.mark.parametrize(
    ("what", "words"),
    [
        ("bid SET supplier_id = supplier_id + 1", "It stays with the bid"),
        ("bid SET lot = 2", "It stays with the bid"),
        ("bid SET price = 0", "ck_bid_bid"),
        ("bid_decision SET problem = 'other'", "It stays with the bid"),
        ("bid_decision SET kind = 'ignore'", "ck_bid_decision_kind"),
        ("evaluator SET tender_id = -tender_id", "It stays with the bid"),
        ("mark SET question = 2", "It stays with the bid"),
        ("mark SET mark = 6", "ck_mark_mark"),
        ("moderated_mark SET question = 2", "It stays with the bid"),
        ("moderated_mark SET mark = -1", "ck_moderated_mark_mark"),
        ("score_explanation SET criterion = 'price'", "It stays with the bid"),
        ("receipt SET received_file_id = received_file_id + 1", "It stays with the bid"),
    ],
)
def test_whoever_writes_without_the_program_is_refused(filled, raw, what, words):
    change = raw.sign()
    with pytest.raises(REFUSED, match=words):
        raw(f"UPDATE {what}, version = version + 1, change_id = {change}")


@pytest.mark.parametrize("table", ["received_file"])
def test_what_is_kept_is_never_changed_and_never_deleted(filled, raw, table):
    for statement in (f"UPDATE {table} SET content = content", f"DELETE FROM {table}"):
        with pytest.raises(REFUSED):
            raw(statement)


def test_a_file_that_was_changed_behind_the_program_is_told(database, filled):
    with database.work("Ann", "Look") as work:
        [(file_id, _)] = work.received.of(filled.tender)
        row = work._session.get_one(ReceivedFileRow, file_id)
        row.content = b"another"
        with pytest.raises(StoreError, match="changed behind the program"):
            work.received.content(file_id)
        work._session.expunge(row)
