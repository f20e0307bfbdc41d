"""Tenders in the database: what is set up stays with its tender, and comes back as it was."""

import sqlite3
from dataclasses import replace
from datetime import date
from decimal import Decimal

import psycopg
import pytest

from tests.store.samples import asked, fill, issue, lot, question, tender, tender_act, tender_measure
from tomsapp.domain.contract import YearSpend
from tomsapp.domain.tender.acts import TenderActKind
from tomsapp.domain.tender.choices import TenderStatus
from tomsapp.domain.tender.tender_measure import MeasureUse, TenderMeasure
from tomsapp.store.check import check_database
from tomsapp.store.errors import EditConflict, NotFound, StoreError
from tomsapp.store.kept import sha256_of

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
        assert [each.record.reference for each in look.tenders.all()] == ["a-2", "Frozen T of C1", "T of C1"]
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
        ("tender SET edition = CASE WHEN status = 'draft' THEN NULL ELSE edition END", "menu_with_edition"),
        ("tender SET status = 'issued'", "changed by an act alone"),
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


# Acts and versions


def become(work, tender_id: int, status: TenderStatus, kind: TenderActKind) -> None:
    """Do an act, and put the tender where it leads."""
    work.tender_acts.add(tender_id, tender_act(kind), b"{}")
    held = work.tenders.hold(tender_id)
    work.tenders.save(tender_id, held.version, replace(held.record, status=status))


@pytest.fixture
def opened(database, filled):
    """The tender once its offers were opened."""
    with database.work("Ann", "Open") as work:
        become(work, filled.tender, TenderStatus.ISSUED, TenderActKind.ISSUE)
        work.commit()
    with database.work("Ann", "Open") as work:
        become(work, filled.tender, TenderStatus.OPENED, TenderActKind.OPEN)
        work.commit()
    return filled


def test_versions_are_kept_with_the_acts_that_issued_them(database, filled, other, target):
    with database.work("Bob", "Amend") as work:
        act_id = issue(work, filled.tender, 2, b"another")
        work.commit()
    with database.look() as look:
        first, second = look.pack_versions.of(filled.tender)
        assert (first.version, first.sha256, first.size, first.by) == (1, sha256_of(b"the pack"), 8, "Ann")
        assert (second.version, second.act, second.issued_on) == (2, act_id, date(2027, 1, 4))
        assert look.pack_versions.content(filled.tender, 2) == b"another"
        with pytest.raises(NotFound, match="There is no pack version 3"):
            look.pack_versions.content(filled.tender, 3)
        acts = look.tender_acts.of(filled.tender)
        assert [(act.kind, act.version, act.by) for act in acts] == [
            (TenderActKind.ISSUE, 1, "Ann"),
            (TenderActKind.FREEZE, None, "Ann"),
            (TenderActKind.AWARD, None, "Ann"),
            (TenderActKind.TAKE_BACK, None, "Ann"),
            (TenderActKind.AMEND, 2, "Bob"),
        ]
        assert look.tender_acts.document(act_id) == b"{}"
        assert (look.tender_acts.last_role("Bob"), look.tender_acts.last_role("Cy")) == ("Procurement lead", "")
        assert look.pack_versions.of(other.id) == []
    assert check_database(target) == []


@pytest.mark.parametrize("version", [1, 3])
def test_versions_follow_each_other(database, filled, version):
    with database.work("Bob", "Amend") as work, pytest.raises(StoreError):
        issue(work, filled.tender, version)


def test_version_is_issued_by_its_act_alone(database, filled, other):
    with database.work("Bob", "Amend") as work:
        opens = work.tender_acts.add(filled.tender, tender_act(TenderActKind.OPEN, version=2), b"{}")
        with pytest.raises(StoreError, match="issued by an act alone"):
            work.pack_versions.add(filled.tender, 2, b"", opens)
    with database.work("Bob", "Amend") as work:
        act_id = work.tender_acts.add(filled.tender, tender_act(TenderActKind.AMEND, version=2), b"{}")
        with pytest.raises(StoreError, match="issued by an act alone"):
            work.pack_versions.add(other.id, 1, b"", act_id)


def test_act_takes_back_one_of_the_same_tender(database, filled, other):
    back = TenderActKind.TAKE_BACK
    for tender_id, kind, reverses in ((other.id, back, True), (filled.tender, back, False), (other.id, None, True)):
        with database.work("Bob", "Take back") as work:
            act, *_ = work.tender_acts.of(filled.tender)
            with pytest.raises(StoreError, match="takes back another one of the same tender"):
                work.tender_acts.add(
                    tender_id, tender_act(kind or TenderActKind.WITHDRAW), b"{}", act.id if reverses else None
                )
    with database.work("Bob", "Take back") as work:
        act, *_ = work.tender_acts.of(filled.tender)
        work.tender_acts.add(filled.tender, tender_act(back), b"{}", act.id)
        assert work.tender_acts.of(filled.tender)[-1].reverses == act.id


def test_act_alone_changes_where_a_tender_stands(database, filled):
    with database.work("Bob", "Issue") as work:
        held = work.tenders.get(filled.tender)
        with pytest.raises(StoreError, match="changed by an act alone"):
            work.tenders.save(held.id, held.version, replace(held.record, status=TenderStatus.ISSUED))
    with database.work("Bob", "Add") as work, pytest.raises(StoreError, match="changed by an act alone"):
        work.tenders.add(tender("new", status=TenderStatus.ISSUED))


@pytest.mark.parametrize(
    ("what", "words"),
    [
        ("DELETE FROM pack_version", "Nothing is deleted"),
        ("UPDATE pack_version SET content = content", "kept for ever"),
        ("UPDATE pack_version SET number = 2", "kept for ever"),
        ("DELETE FROM tender_act", "Nothing is deleted"),
        ("UPDATE tender_act SET reason = ''", "kept for ever"),
    ],
)
def test_issued_version_and_act_never_change(filled, raw, what, words):
    with pytest.raises(REFUSED, match=words):
        raw(what)


KNOWN, FIXED = "stays once it is issued", "fixed once offers are opened"


@pytest.mark.parametrize(
    ("what", "words"),
    [
        ("tender SET reference = 'x'", KNOWN),
        ("tender SET menu = NULL, edition = NULL", KNOWN),
        ("tender SET deleted = true", "not taken out"),
        ("tender SET status = 'draft'", "changed by an act alone"),
        *((f"tender SET {name} = {value}", FIXED) for name, value in {
            "title": "'x'", "directorate": "'x'", "contract_manager": "'x'", "kind": "'standard'", "route": "'quote'",
            "base": "'price'", "fixed_base": "1", "deadline_on": "'2027-02-01'", "deadline_at": "'13:00'",
            "deadline_zone": "'Europe/Paris'", "price_weight": "1", "quality_weight": "1", "social_weight": "1",
            "placed": "'within_quality'", "quantity_part": "1", "method": "'target'", "method_target": "1",
            "bands": "''", "minimum": "'reported'", "most_measures": "1", "mandatory_themes": "''", "ocid": "'x'",
            "notes": "'x'",
        }.items()),
        ("lot SET title = 'x'", FIXED),
        ("lot SET deleted = true", FIXED),
        ("lot_year SET amount = 1", FIXED),
        ("tender_measure SET target = 1", FIXED),
        ("question SET text = 'x'", FIXED),
        ("bidder_question SET answer = 'x'", FIXED),
    ],
)  # fmt: skip
def test_what_was_set_up_stays_once_offers_are_opened(opened, raw, what, words):
    change = raw.sign()
    with pytest.raises(REFUSED, match=words):
        raw(f"UPDATE {what}, version = version + 1, change_id = {change} WHERE id = 1")


def test_nothing_is_added_to_what_was_set_up_then(database, opened):
    for name, record in {
        "lots": lot(2),
        "questions": question(2),
        "tender_measures": tender_measure("J09"),
        "bidder_questions": asked(),
    }.items():
        with database.work("Bob", "Add") as work, pytest.raises(StoreError, match=FIXED):
            getattr(work, name).add(opened.tender, record)


def test_issued_tender_is_amended_and_its_numbers_stay(database, filled, other):
    with database.work("Ann", "Issue") as work:
        become(work, filled.tender, TenderStatus.ISSUED, TenderActKind.ISSUE)
        work.commit()
    with database.work("Bob", "Change") as work:
        (held,) = work.lots.of(filled.tender)
        saved = work.lots.save(held.id, held.version, lot(title="Schools", spend=()))
        work.lots.add(filled.tender, lot(2))
        facts = work.tenders.get(filled.tender)
        work.tenders.save(facts.id, facts.version, replace(facts.record, title="Cleaning of schools"))
        with pytest.raises(StoreError, match=KNOWN):
            work.lots.save(held.id, saved.version, lot(7))
    with database.work("Bob", "Change") as work:
        (one,) = work.questions.of(filled.tender)
        with pytest.raises(StoreError, match=KNOWN):
            work.questions.save(one.id, one.version, question(2))


def test_pack_that_was_changed_behind_the_program_is_told(database, filled, raw, server):
    if server == "sqlite":
        raw("DROP TRIGGER pack_version_unchanged")
        raw("UPDATE pack_version SET content = CAST('other' AS BLOB)")
    else:
        raw("ALTER TABLE pack_version DISABLE TRIGGER ALL")
        raw("UPDATE pack_version SET content = 'other'::bytea")
    with database.look() as look, pytest.raises(StoreError, match="changed behind the program"):
        look.pack_versions.content(filled.tender, 1)
