"""Tenders in the database: what is set up stays with its tender, and comes back as it was."""

import sqlite3
from dataclasses import replace
from datetime import date
from decimal import Decimal

import psycopg
import pytest

from tests.store.samples import asked, fill, lot, question, tender, tender_measure
from tomsapp.domain.contract import YearSpend
from tomsapp.domain.tender.tender_measure import MeasureUse, TenderMeasure
from tomsapp.store.check import check_database
from tomsapp.store.errors import EditConflict, NotFound, StoreError

REFUSED = (
    sqlite3.IntegrityError,
    psycopg.errors.RaiseException,
    psycopg.errors.CheckViolation,
    psycopg.errors.UniqueViolation,
)


@pytest.fixture
def filled(database):
    return fill(database)


@pytest.fixture
def other(database, filled):
    """Another tender, with nothing."""
    with database.work("Ann", "Add") as work:
        added = work.tenders.add(tender("a-2"))
        work.commit()
    return added


def test_what_is_set_up_comes_back_as_it_was(database, filled, other):
    with database.look() as look:
        assert look.tenders.get(filled.tender).record == tender("T of C1")
        assert [each.record for each in look.lots.of(filled.tender)] == [lot()]
        held = look.lots.of(filled.tender)[0]
        assert look.lots.get(held.id) == held
        assert [each.record for each in look.tender_measures.of(filled.tender)] == [
            tender_measure(),
            TenderMeasure("J02", use=MeasureUse.CONDITION),
        ]
        assert [each.record for each in look.questions.of(filled.tender)] == [question()]
        assert [each.record for each in look.bidder_questions.of(filled.tender)] == [asked()]
        assert [each.record.reference for each in look.tenders.all()] == ["a-2", "T of C1"]
        assert look.questions.of(other.id) == []
        assert look.lots.by_tender([filled.tender, other.id]) == {filled.tender: [held], other.id: []}
        assert look.lots.tender_of(held.id) == filled.tender
        with pytest.raises(NotFound, match="Lot 999 is not in this database"):
            look.lots.tender_of(999)


def test_tender_that_names_no_menu_is_kept(database, other):
    with database.work("Ann", "Change") as work:
        saved = work.tenders.save(other.id, other.version, replace(other.record, menu="", edition=""))
        work.commit()
    with database.look() as look:
        assert look.tenders.get(other.id).record == replace(other.record, menu="", edition="")
        assert look.tenders.get(other.id).version == saved.version == 2


def test_reference_is_used_once(database, filled, other):
    with database.work("Ann", "Add") as work:
        with pytest.raises(StoreError, match="There is already a tender with the reference “a-2”"):
            work.tenders.add(tender("a-2"))
        with pytest.raises(StoreError, match="There is already a tender"):
            work.tenders.save(other.id, other.version, tender("T of C1"))
        assert work.tenders.save(other.id, other.version, tender("a-2", title="Lifts")).version == 2
        work.tenders.delete(other.id, 2)
        again = work.tenders.add(tender("a-2"))
        with pytest.raises(StoreError, match="There is already a tender"):
            work.tenders.restore(other.id)
        work.tenders.delete(again.id, again.version)
        assert work.tenders.restore(other.id).record.title == "Lifts"
        found = work.tenders.find_by_reference("a-2")
        assert (found.id if found else 0) == other.id
        assert work.tenders.find_by_reference("A-2") is None
        assert work.tenders.references_like("\u0430-2") == {other.id: "a-2"}, "a letter that is drawn the same"
        assert work.tenders.references_like("b-2") == {}


def test_menu_edition_is_kept_first(database, filled, other):
    with database.work("Ann", "Change") as work:
        for change in ({"edition": "2099"}, {"edition": ""}, {"menu": ""}):
            with pytest.raises(StoreError, match="is not in this database"):
                work.tenders.save(other.id, other.version, replace(other.record, **change))
        with pytest.raises(StoreError, match="is not in this database"):
            work.tenders.add(tender("new", menu="nowhere"))


def test_tender_is_held_and_a_conflict_is_told(database, filled, other):
    with database.work("Ann", "Change") as work:
        assert work.tenders.hold(other.id).record == other.record
        work.tenders.save(other.id, other.version, replace(other.record, title="Lifts"))
        with pytest.raises(EditConflict):
            work.tenders.save(other.id, other.version, replace(other.record, title="Roads"))
        with pytest.raises(EditConflict):
            work.tenders.delete(other.id, other.version)
        with pytest.raises(NotFound):
            work.tenders.hold(999)


def test_lot_is_changed_with_its_years(database, filled, target):
    after = lot(value=None, spend=(YearSpend(1, Decimal(7)), YearSpend(2, Decimal("0.01"))))
    with database.work("Bob", "Change") as work:
        (held,) = work.lots.of(filled.tender)
        saved = work.lots.save(held.id, held.version, after)
        assert (saved.record, saved.version) == (after, 2)
        # Years alone are a change of the lot.
        saved = work.lots.save(held.id, saved.version, replace(after, spend=after.spend[:1]))
        assert saved.version == 3
        assert work.lots.save(held.id, saved.version, saved.record).version == 3
        saved = work.lots.save(held.id, saved.version, after)
        with pytest.raises(EditConflict):
            work.lots.save(held.id, held.version, lot())
        work.commit()
    with database.look() as look:
        assert [each.record for each in look.lots.of(filled.tender)] == [after]
    assert check_database(target) == []


def test_numbers_go_on_and_none_is_there_twice(database, filled, other):
    with database.work("Bob", "Add") as work:
        assert (work.lots.next_number(filled.tender), work.lots.next_number(other.id)) == (2, 1)
        second = work.lots.add(filled.tender, lot(2))
        assert work.lots.next_number(filled.tender) == 3
        work.lots.check_numbers(filled.tender)
        work.lots.save(second.id, second.version, lot(1))
        with pytest.raises(StoreError, match="There are two lots with the number 1"):
            work.lots.check_numbers(filled.tender)
        work.lots.delete(second.id, second.version + 1)
        work.lots.check_numbers(filled.tender)
        assert work.lots.next_number(filled.tender) == 2
        assert work.questions.next_number(filled.tender) == 2
        work.questions.add(filled.tender, question(3))
        work.questions.add(filled.tender, question(2))
        assert [each.record.number for each in work.questions.of(filled.tender)] == [1, 2, 3]


def test_measure_that_was_removed_is_added_in_its_place(database, filled, target):
    with database.work("Bob", "Add") as work:
        first, _ = work.tender_measures.of(filled.tender)
        with pytest.raises(EditConflict):
            work.tender_measures.add(filled.tender, tender_measure(target=None))
        work.tender_measures.delete(first.id, first.version)
        assert len(work.tender_measures.of(filled.tender)) == 1
        again = work.tender_measures.add(filled.tender, tender_measure(target=None))
        assert (again.id, again.version, again.record.target) == (first.id, 3, None)
        work.tender_measures.delete(again.id, again.version)
        assert work.tender_measures.restore(again.id).record == again.record
        work.commit()
    assert check_database(target) == []


def test_what_bidders_ask_stands_by_days(database, filled):
    with database.work("Bob", "Add") as work:
        first = work.bidder_questions.add(filled.tender, asked(asked_on=date(2027, 1, 2), answer="", answered_on=None))
        assert [each.record.asked_on.day for each in work.bidder_questions.of(filled.tender)] == [2, 5]
        saved = work.bidder_questions.save(first.id, first.version, asked(asked_on=date(2027, 1, 2)))
        assert saved.record.is_answered


@pytest.mark.parametrize(
    ("what", "words"),
    [
        ("tender SET edition = '2099'", "kept in this database first"),
        ("tender SET menu = 'nowhere'", "kept in this database first"),
        ("tender SET edition = NULL", "menu_with_edition"),
        ("tender SET status = 'lost'", "status"),
        ("tender SET reference = 'a-2'", "reference"),
        *(
            (f"{table} SET tender_id = {{other}}", "It stays with its tender")
            for table in ("lot", "tender_measure", "question", "bidder_question")
        ),
        ("lot SET number = 0", "number"),
        ("question SET number = -1", "number"),
        ("lot_year SET year_index = 7", "A year stays with its lot"),
        ("tender_measure SET measure = 'J02'", "tender_measure"),
    ],
)
def test_whoever_writes_without_the_program_is_refused(filled, other, raw, what, words):
    change = raw.sign()
    with pytest.raises(REFUSED, match=words):
        raw(f"UPDATE {what.format(other=other.id)}, version = version + 1, change_id = {change}")


def test_tender_of_an_edition_that_is_not_kept_is_not_added_either(filled, raw):
    change = raw.sign()
    kept = (
        "route, status, base, deadline_at, deadline_zone, price_weight, quality_weight, social_weight, placed, "
        "quantity_part, method, bands, minimum, mandatory_themes, ocid, notes, directorate, contract_manager, kind, "
        "title"
    )
    with pytest.raises(REFUSED, match="kept in this database first"):
        raw(
            f"INSERT INTO tender (version, deleted, change_id, reference, menu, edition, {kept}) "
            f"SELECT 1, deleted, {change}, 'new', 'barnet-open', '2099', {kept} FROM tender"
        )
