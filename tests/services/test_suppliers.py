"""What a user does with suppliers."""

from dataclasses import replace

import pytest

from tests.services.council import HOSTILE, all_history, begin, bridge_works
from tomsapp.domain.history import Stored
from tomsapp.domain.problems import Severity
from tomsapp.domain.supplier import Supplier
from tomsapp.services import edits, suppliers
from tomsapp.services.failures import EditConflict, StoreError


def test_supplier_is_added_changed_and_listed_with_contracts(ann):
    made = begin(ann)
    done = suppliers.save_supplier(ann, made.supplier, replace(made.supplier.record, is_local=False))
    assert done.edit.label == "Change supplier Bridge Works Ltd"
    (row,) = suppliers.list_suppliers(ann)
    assert (row.supplier.is_local, row.contracts, row.contract_value) == (False, 1, 2500000)
    assert suppliers.get_supplier(ann, made.supplier.id).saved_by == "Ann"
    assert all_history(ann)[-1] == ("Ann", "Change supplier Bridge Works Ltd", "supplier", "changed")


def test_same_supplier_is_not_saved_again(ann):
    stored = suppliers.add_supplier(ann, bridge_works()).result
    history = all_history(ann)
    assert suppliers.save_supplier(ann, stored, stored.record).edit is None
    assert all_history(ann) == history


def test_second_who_saves_is_told(ann, bob):
    stored = suppliers.add_supplier(ann, bridge_works()).result
    suppliers.save_supplier(bob, stored, replace(stored.record, notes="Bob's"))
    for attempt in (
        lambda: suppliers.save_supplier(ann, stored, replace(stored.record, notes="Ann's")),
        lambda: suppliers.delete_supplier(ann, stored),
    ):
        with pytest.raises(EditConflict, match="Bob saved") as told:
            attempt()
        assert told.value.theirs.record.notes == "Bob's"
    assert suppliers.get_supplier(ann, stored.id).record.notes == "Bob's"


def test_supplier_with_contracts_is_not_deleted(ann):
    made = begin(ann)
    with pytest.raises(StoreError, match="contract"):
        suppliers.delete_supplier(ann, made.supplier)
    assert len(suppliers.list_suppliers(ann)) == 1


def test_deleted_supplier_comes_back(ann):
    stored = suppliers.add_supplier(ann, bridge_works()).result
    done = suppliers.delete_supplier(ann, stored)
    assert suppliers.list_suppliers(ann) == []
    edits.undo(ann, done.edit)
    assert suppliers.get_supplier(ann, stored.id).record == bridge_works()


def test_unsound_supplier_is_told_field_by_field(ann):
    stored = suppliers.add_supplier(ann, bridge_works()).result
    wrong = replace(bridge_works(" Bridge Works Ltd "), contact_email="jo")
    found = {(each.code, each.where.field, bool(each.fix)) for each in suppliers.check_supplier(ann, wrong)}
    assert found == {("name-taken", "name", True), ("contact-email-wrong", "contact_email", True)}
    assert [each.code for each in suppliers.check_supplier(ann, bridge_works(" "))] == ["name-missing"]
    assert suppliers.check_supplier(ann, stored.record, stored.id) == []


def test_hostile_names_are_data(ann):
    for text in HOSTILE:
        hostile = replace(bridge_works(text), notes=text, registration=text, contact_name=text)
        stored: Stored = suppliers.add_supplier(ann, hostile).result
        assert suppliers.get_supplier(ann, stored.id).record == hostile
        assert all_history(ann)[-1][1] == f"Add supplier {text}"


def test_the_same_supplier_twice_is_a_question_and_not_asked_again_of_what_stays(ann):
    suppliers.add_supplier(ann, Supplier("Lamp & Sons Ltd", registration="01234567"))
    other = Supplier("Lamp and Sons Limited", registration="1234567")
    (question,) = suppliers.check_supplier(ann, other)
    assert (question.code, question.severity, question.where.field) == ("supplier-twice", Severity.WARNING, "name")
    stored = suppliers.add_supplier(ann, other).result
    assert suppliers.check_supplier(ann, replace(other, notes="New"), stored.id) == []
    assert len(suppliers.check_supplier(ann, replace(other, name="LAMP & SONS limited"), stored.id)) == 1
    assert suppliers.check_supplier(ann, Supplier("Open Hand Trust")) == []


@pytest.mark.parametrize("name", ["Вridge Works Ltd", "Bridge W0rks Ltd", "Bridge Works\u00a0Ltd"])
def test_supplier_that_looks_like_another_is_a_question(ann, name):
    suppliers.add_supplier(ann, bridge_works())
    (question,) = suppliers.check_supplier(ann, Supplier(name))
    assert (question.code, question.severity, question.where.field) == ("supplier-twice", Severity.WARNING, "name")
    assert question.message.startswith("There is a supplier called Bridge Works Ltd")


@pytest.mark.parametrize("sign", ["\n", "\u202e", "\u200b", "\x07"])
def test_name_with_what_is_not_seen_is_refused_with_its_field(ann, sign):
    named = Supplier(f"Bridge{sign} Works", contact_name=f"Jo{sign}")
    found = {(each.code, each.where.field, each.severity) for each in suppliers.check_supplier(ann, named)}
    fields = "name", "contact_name"
    assert found == {(f"{name.replace('_', '-')}-unseen", name, Severity.ERROR) for name in fields}
