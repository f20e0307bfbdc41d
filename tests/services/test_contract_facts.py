"""A contract's facts as their form checks and saves them: the supplier by its name."""

from dataclasses import replace

import pytest

from tests.services.council import begin, bridge_works, opened, roads, sign
from tomsapp.services import contracts, edits, suppliers
from tomsapp.services.contract_facts import CONTRACT_FACTS
from tomsapp.services.failures import EditConflict, StoreError


def codes(workspace, contract, number=None):
    return [problem.code for problem in CONTRACT_FACTS.check(workspace, contract, number)]


def test_the_supplier_is_found_by_its_name_whatever_its_capitals(ann):
    supplier = suppliers.add_supplier(ann, bridge_works()).result
    added = CONTRACT_FACTS.add(ann, roads(supplier=" bridge works LTD"))
    found = opened(ann, added.result.id)
    assert (found.supplier_id, found.contract.supplier) == (supplier.id, "Bridge Works Ltd")
    edits.undo(ann, added.edit)
    assert contracts.list_contracts(ann) == []


def test_a_contract_needs_a_supplier_that_is_there_and_a_free_reference(ann):
    made = begin(ann)
    facts = made.contract.record
    assert codes(ann, facts, made.id) == []
    assert codes(ann, replace(facts, supplier="")) == ["reference-taken", "supplier-missing"]
    (problem,) = CONTRACT_FACTS.check(ann, replace(facts, supplier="Nobody Ltd"), made.id)
    assert (problem.message, problem.where.field) == ("There is no supplier called Nobody Ltd", "supplier")
    (problem,) = CONTRACT_FACTS.check(ann, replace(facts, supplier=" "), made.id)
    assert problem.fix == "Choose a supplier or add a new one"


def test_another_supplier_is_saved_and_undone(ann):
    made = begin(ann)
    other = suppliers.add_supplier(ann, bridge_works("Other Works Ltd")).result
    done = CONTRACT_FACTS.save(ann, made.contract, replace(made.contract.record, supplier="Other Works Ltd"))
    assert opened(ann, made.id).supplier_id == other.id
    edits.undo(ann, done.edit)
    assert opened(ann, made.id).supplier_id == made.supplier.id


def test_a_supplier_that_was_renamed_since_stays_the_contracts(ann):
    made = begin(ann)
    suppliers.save_supplier(ann, made.supplier, replace(made.supplier.record, name="Bridges and Roads Ltd"))
    CONTRACT_FACTS.save(ann, made.contract, replace(made.contract.record, title="Roads"))
    assert (opened(ann, made.id).supplier_id, opened(ann, made.id).contract.title) == (made.supplier.id, "Roads")


def test_nothing_that_differs_is_not_saved_and_a_colleagues_save_is_met(ann, bob):
    made = begin(ann)
    assert CONTRACT_FACTS.save(ann, made.contract, made.contract.record).edit is None
    CONTRACT_FACTS.save(bob, made.contract, replace(made.contract.record, title="Bob's roads"))
    with pytest.raises(EditConflict, match="Bob saved"):
        CONTRACT_FACTS.save(ann, made.contract, replace(made.contract.record, title="Ann's roads"))


def test_signing_fixes_the_supplier_and_leaves_the_notes(ann):
    made = begin(ann)
    suppliers.add_supplier(ann, bridge_works("Other Works Ltd"))
    signed = sign(ann, made.id).result
    with pytest.raises(StoreError, match="is signed"):
        CONTRACT_FACTS.save(ann, signed, replace(signed.record, supplier="Other Works Ltd"))
    CONTRACT_FACTS.save(ann, signed, replace(signed.record, notes="Call in May", directorate="Highways"))
    assert opened(ann, made.id).contract.notes == "Call in May"
