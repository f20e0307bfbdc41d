"""Each repository: what is saved is read again, conflicts are told, deletion is a mark."""

import sqlite3
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import psycopg
import pytest

from tests.store.samples import HOSTILE, commitment, contract, fill, policy, rate_commitment, supplier
from tomsapp.domain.commitment import Commitment
from tomsapp.domain.contract import CONTRACT, YearSpend
from tomsapp.domain.council import CouncilSettings
from tomsapp.domain.history import HistoryWanted
from tomsapp.domain.problems import Answer, AnswerChoice
from tomsapp.domain.supplier import SUPPLIER
from tomsapp.store.errors import EditConflict, NotFound, StoreError


def test_supplier_comes_back_as_it_was_saved(database):
    before = datetime.now(UTC)
    with database.work("Ann") as work:
        saved = work.suppliers.add(supplier())
        work.commit()
    with database.work("Bob") as work:
        read = work.suppliers.get(saved.id)
    assert read == saved
    assert read.record == supplier()
    assert (read.version, read.saved_by, read.is_deleted) == (1, "Ann", False)
    assert before - timedelta(seconds=1) < read.saved_at <= datetime.now(UTC)


def test_contract_comes_back_with_spend_and_supplier_name(database):
    filled = fill(database)
    with database.work("Bob") as work:
        read = work.contracts.get(filled.contract)
        assert read.record == contract(supplier="Bridge Works Ltd")
        assert work.contracts.supplier_id_of(filled.contract) == filled.supplier
        assert work.contracts.find_by_reference("C1") == read
        assert work.contracts.find_by_reference("C2") is None


def test_commitments_come_back_in_order_with_empty_years(database):
    filled = fill(database)
    with database.work("Bob") as work:
        first = work.commitments.add(filled.contract, commitment("A1"), position=0)
        middle = work.commitments.add(filled.contract, commitment("A2"), position=2)
        lines = work.commitments.of(filled.contract)
    assert [line.record.measure for line in lines] == ["A1", "J11", "A2", "S08"]
    assert [line.id for line in lines] == [first.id, filled.commitment, middle.id, filled.rate_commitment]
    assert lines[1].record == replace(commitment(), key=str(filled.commitment))
    assert lines[3].record == replace(rate_commitment(), key=str(filled.rate_commitment))


def test_quantities_grow_shrink_and_come_back(database):
    filled = fill(database)
    with database.work("Bob") as work:
        for quantities in ((), (None,), (Decimal(1), Decimal(2), Decimal(3)), (None, Decimal("0.0001")), (Decimal(9),)):
            held = work.commitments.get(filled.commitment)
            work.commitments.save(held.id, held.version, replace(held.record, quantities=quantities))
            assert work.commitments.get(filled.commitment).record.quantities == quantities
            assert work.commitments.of(filled.contract)[0].record.quantities == quantities


def test_spend_grows_shrinks_and_comes_back(database):
    filled = fill(database)
    with database.work("Bob") as work:
        for spend in ((), (YearSpend(4, Decimal("0.01"), True),), (YearSpend(0, Decimal(3)), YearSpend(4, Decimal(1)))):
            held = work.contracts.get(filled.contract)
            work.contracts.save(held.id, held.version, replace(held.record, spend=spend), filled.supplier)
            assert work.contracts.get(filled.contract).record.spend == spend


def test_saving_what_is_there_makes_no_new_version(database):
    filled = fill(database)
    with database.work("Bob") as work:
        line, held = work.commitments.get(filled.commitment), work.contracts.get(filled.contract)
        assert work.commitments.save(line.id, line.version, line.record) == line
        assert work.contracts.save(held.id, held.version, held.record, filled.supplier) == held
        work.commit()
    with database.read() as reader:
        assert all(entry.who != "Bob" for entry in reader.history())


def test_second_of_two_saves_is_told_and_shown_the_first(database):
    filled = fill(database)
    with database.work("Ann") as work:
        opened = work.contracts.get(filled.contract)
    with database.work("Bob") as work:
        work.contracts.save(opened.id, opened.version, replace(opened.record, title="Bob's"), filled.supplier)
        work.commit()
    with database.work("Ann") as work, pytest.raises(EditConflict, match="Bob saved this record") as conflict:
        work.contracts.save(opened.id, opened.version, replace(opened.record, title="Ann's"), filled.supplier)
    theirs = conflict.value.theirs
    assert (theirs.record.title, theirs.version, theirs.saved_by) == ("Bob's", opened.version + 1, "Bob")
    with database.work("Ann") as work:
        assert work.contracts.get(filled.contract).record.title == "Bob's"
        mine = work.contracts.save(theirs.id, theirs.version, replace(theirs.record, title="Ann's"), filled.supplier)
        work.commit()
    with database.read() as reader:
        titles = [
            entry.after["title"]
            for entry in reader.history(HistoryWanted((CONTRACT,), mine.id))
            if "title" in entry.after
        ]
    assert titles == ["Ann's", "Bob's", "Roads"]


def test_conflict_when_only_a_quantity_was_changed(database):
    filled = fill(database)
    with database.work("Ann") as work:
        opened = work.commitments.get(filled.commitment)
        work.commitments.save(opened.id, opened.version, replace(opened.record, quantities=(Decimal(1),)))
        work.commit()
    with database.work("Bob") as work, pytest.raises(EditConflict) as conflict:
        work.commitments.save(opened.id, opened.version, replace(opened.record, statement="Bob's"))
    assert conflict.value.theirs.record.quantities == (Decimal(1),)


@pytest.mark.parametrize(
    "change",
    [
        lambda suppliers, opened: suppliers.save(opened.id, opened.version, supplier("Other")),
        lambda suppliers, opened: suppliers.delete(opened.id, opened.version),
    ],
    ids=["save", "delete"],
)
def test_conflict_when_the_record_was_deleted(database, change):
    with database.work("Ann") as work:
        opened = work.suppliers.add(supplier())
        work.commit()
    with database.work("Bob") as work:
        work.suppliers.delete(opened.id, opened.version)
        work.commit()
    with database.work("Ann") as work, pytest.raises(EditConflict, match="Bob deleted") as conflict:
        change(work.suppliers, opened)
    assert conflict.value.theirs.is_deleted


def test_deleted_record_is_kept_left_out_and_brought_back(database):
    filled = fill(database)
    with database.work("Ann") as work:
        line = work.commitments.get(filled.commitment)
        work.commitments.delete(line.id, line.version)
        work.commit()
    with database.work("Ann") as work:
        assert [each.id for each in work.commitments.of(filled.contract)] == [filled.rate_commitment]
        assert work.commitments.get(line.id).is_deleted
        back = work.commitments.restore(line.id)
        assert (back.record, back.version) == (line.record, line.version + 2)
        assert [each.id for each in work.commitments.of(filled.contract)] == [filled.commitment, filled.rate_commitment]


def test_reference_is_free_again_after_deletion_until_it_is_used(database):
    filled = fill(database)
    with database.work("Ann") as work:
        held = work.contracts.get(filled.contract)
        with pytest.raises(StoreError, match="reference “C1”"):
            work.contracts.add(contract(), None)
        work.contracts.delete(held.id, held.version)
        work.contracts.add(contract(), None)
        with pytest.raises(StoreError, match="reference “C1”"):
            work.contracts.restore(held.id)
        work.commit()


def test_supplier_with_contracts_is_not_deleted(database):
    with database.work("Ann") as work:
        held = work.suppliers.add(supplier())
        opened = work.contracts.add(contract(menu="", edition=""), held.id)
        with pytest.raises(StoreError, match="has 1 contract") as refused:
            work.suppliers.delete(held.id, held.version)
        assert refused.value.fix
        work.contracts.delete(opened.id, opened.version)
        assert work.suppliers.delete(held.id, held.version).is_deleted
        assert work.suppliers.all() == []
        assert not work.suppliers.restore(held.id).is_deleted


def test_bidder_is_not_deleted(database):
    filled = fill(database)
    with database.work("Ann") as work:
        for opened in work.contracts.all():
            work.contracts.delete(opened.id, opened.version)
        held = work.suppliers.get(filled.supplier)
        with pytest.raises(StoreError, match="has sent offers for tenders") as refused:
            work.suppliers.delete(held.id, held.version)
        assert refused.value.fix


def test_contract_needs_its_edition_in_the_database(database):
    with database.work("Ann") as work:
        with pytest.raises(StoreError, match=r"menu barnet-open 2026\.1 is not in this database"):
            work.contracts.add(contract(), None)
        work.contracts.add(contract(menu="", edition=""), None)
        work.commit()


def test_unknown_numbers_are_not_found(database):
    with database.work("Ann") as work:
        for look in (work.suppliers.get, work.contracts.get, work.commitments.get, work.suppliers.restore):
            with pytest.raises(NotFound, match="999"):
                look(999)
        with pytest.raises(NotFound):
            work.suppliers.save(999, 1, supplier())
        with pytest.raises(NotFound):
            work.answers.withdraw(999, "key")
        with pytest.raises(StoreError, match="not in the database"):
            work.commitments.add(999, commitment())


def test_answer_says_who_and_when_and_can_be_withdrawn(database):
    filled = fill(database)
    with database.work("Bob") as work:
        work.answers.give(filled.contract, "clash", Answer("Different people"))
        work.answers.give(filled.contract, "plausible:J11", Answer("Checked again"))
        work.commit()
    with database.work("Ann") as work:
        answers = work.answers.of(filled.contract)
        assert {key: (answer.text, answer.answered_by) for key, answer in answers.items()} == {
            "plausible:J11": ("Checked again", "Bob"),
            "clash": ("Different people", "Bob"),
        }
        assert isinstance(answers["clash"], Answer)
        assert answers["clash"].answered_at.tzinfo is UTC
        work.answers.withdraw(filled.contract, "clash")
        assert list(work.answers.of(filled.contract)) == ["plausible:J11"]
        told = Answer("Yes", choice=AnswerChoice.SAME, asked="J01 2")
        work.answers.give(filled.contract, "clash", told)
        found = work.answers.of(filled.contract)["clash"]
        assert replace(found, answered_by="", answered_at=None) == told


def test_settings_keep_the_logo_and_conflict(database):
    with database.work("Ann") as work:
        opened = work.settings.now()
        assert opened.record == CouncilSettings()
        wanted = CouncilSettings("Test council", b"\x89PNG\0\xff", True, "barnet-open", "2026.1", "barnet")
        saved = work.settings.save(opened.version, wanted)
        assert saved.record == wanted
        work.commit()
    with database.work("Bob") as work:
        assert work.settings.now() == saved
        with pytest.raises(EditConflict):
            work.settings.save(opened.version, CouncilSettings("Bob's"))
        later = work.settings.save(saved.version, replace(wanted, logo=b""))
        assert later.record.logo == b""
        assert work.settings.save(later.version, wanted).record == wanted


def test_policy_is_replaced_and_its_rules_are_edited(database):
    with database.work("Ann") as work:
        assert work.policies.get() is None
        work.policies.replace(policy())
        assert work.policies.get() == policy()
        work.policies.replace(replace(policy(), title="Second"))
        assert work.policies.get() == replace(policy(), title="Second")
        rule = work.rules.all()[1]
        work.rules.save(rule.id, rule.version, replace(rule.record, share=Decimal("0.2")))
        with pytest.raises(EditConflict):
            work.rules.save(rule.id, rule.version, rule.record)
        added = work.rules.add(replace(rule.record, code="other"))
        work.rules.delete(work.rules.all()[0].id, 1)
        assert [each.record.code for each in work.rules.all()] == ["minimum", "other"]
        assert work.rules.all()[0].record.share == Decimal("0.2")
        work.rules.delete(added.id, added.version)
        assert work.rules.restore(added.id).record == added.record
        assert [each.record for each in work.living_wages.all()] == list(policy().living_wages)


def test_edition_is_kept_once_and_not_under_another_hash(database):
    with database.work("Ann") as work:
        work.editions.add("m", "1", "aa", b"\0bytes", "Menu")
        work.editions.add("m", "1", "aa", b"\0bytes", "Menu")
        with pytest.raises(StoreError, match="m 1 that is not the same"):
            work.editions.add("m", "1", "bb", b"other", "Menu")
        held = work.editions.get_bundle("m", "1")
        assert (held.sha256, held.bundle) == ("aa", b"\0bytes")
        assert work.editions.get_bundle("m", "2") is None
        work.contracts.add(contract(menu="m", edition="1"), None)
        assert [(row.code, row.edition, row.title, row.contracts) for row in work.editions.all()] == [
            ("m", "1", "Menu", 1)
        ]


def test_area_keeps_its_bytes(database):
    fill(database)
    with database.work("Bob") as work:
        work.areas.add("barnet", b"wards of 2027")
        work.areas.add("barnet", b"wards of 2027")
        assert work.areas.get("barnet") == b"wards of 2027"
        assert work.areas.get("elsewhere") is None


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_data_everywhere(database, text):
    with database.work(text, text) as work:
        held = work.suppliers.add(replace(supplier(text), notes=text))
        signed = work.contracts.add(contract(text, title=text, menu="", edition=""), held.id)
        work.commitments.add(signed.id, Commitment(text, text[:20], statement=text, place=text))
        work.answers.give(signed.id, text, Answer(text))
        work.commit()
    with database.work("Ann") as work:
        assert work.suppliers.get(held.id).record == replace(supplier(text), notes=text)
        assert work.suppliers.find_by_name(text).id == held.id
        assert work.contracts.find_by_reference(text).record.supplier == text
        assert work.commitments.of(signed.id)[0].record.statement == text
        assert work.answers.of(signed.id)[text].text == text
    with database.read() as reader:
        assert [hit.id for hit in reader.search(CONTRACT, text)] == [signed.id]
        assert [hit.id for hit in reader.search(SUPPLIER, text)] == [held.id]
        added = reader.history(HistoryWanted((SUPPLIER,), held.id))[0]
        assert (added.who, added.what, added.after["name"]) == (text, text, text)


def test_nul_is_refused_and_nothing_is_saved(database):
    with database.work("Ann") as work:
        work.suppliers.add(supplier())
        with pytest.raises(StoreError, match="cannot be saved"):
            work.suppliers.add(replace(supplier(), notes="bad\0notes"))
    with database.read() as reader:
        assert reader.suppliers() == []


def test_first_and_last_days_come_back(database):
    dates = {"start_on": date(1990, 1, 1), "end_on": date(2150, 12, 31)}
    with database.work("Ann") as work:
        held = work.contracts.add(contract(menu="", edition="", **dates), None)
        assert work.contracts.get(held.id).record.end_on == date(2150, 12, 31)


def test_closed_lists_are_closed_in_the_database_too(database, raw):
    filled = fill(database)
    with pytest.raises((sqlite3.IntegrityError, psycopg.errors.CheckViolation)):
        raw(f"UPDATE contract SET kind = 'lost', version = 2, change_id = 1 WHERE id = {filled.contract}")
