"""The history of records: who did what, when."""

from dataclasses import replace
from datetime import UTC, datetime

from tests.services.council import begin, opened, promise
from tomsapp.services import commitments, contracts, suppliers
from tomsapp.services.history import contract_history, record_history


def test_contract_history_names_both_who_worked_newest_first(ann, bob):
    begun = datetime.now(UTC)
    made = begin(ann)
    page = opened(bob, made.id)
    contracts.save_contract(
        bob, page.stored, page.supplier_id, replace(page.contract, title="Bridges"), page.supplier_id, "Rename"
    )
    commitments.add_commitments(ann, made.id, [promise("G01", "1", "1")], "Add G01")
    told = [(line.who, line.what) for line in contract_history(ann, made.id)]
    assert told[0] == ("Ann", "Add G01")
    assert ("Bob", "Rename") in told
    assert told[-1] == ("Ann", "Add contract C1")
    assert all(begun <= line.at <= datetime.now(UTC) for line in contract_history(ann, made.id))


def test_record_history_is_of_one_record(ann):
    made = begin(ann)
    suppliers.save_supplier(ann, made.supplier, replace(made.supplier.record, notes="Late"))
    lines = record_history(ann, "supplier", made.supplier.id)
    assert [line.action for line in lines] == ["changed", "added"]
