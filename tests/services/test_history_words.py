from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from tomsapp.bootstrap import menu_catalogue
from tomsapp.domain.commitment import Commitment
from tomsapp.domain.contract import Contract, ContractKind, YearSpend
from tomsapp.domain.supplier import Supplier, SupplierKind
from tomsapp.services import commitments, contracts, databases, edits, suppliers
from tomsapp.services.history import contract_history, record_history
from tomsapp.services.signed_valuations import signed_valuations

CONTRACT = Contract(
    "C-1", Decimal("100000.00"), date(2026, 4, 1), date(2028, 3, 31), "Cleaning", menu="barnet-open", edition="2026.1"
)


@pytest.fixture
def workspace(tmp_path):
    made = databases.make_database(tmp_path / "a.db", menu_catalogue(), "A. Okafor", "Larkmere Council")
    yield made
    made.close()


@pytest.fixture
def contract(workspace):
    return contracts.add_contract(workspace, CONTRACT, None).result


def said(workspace, contract):
    return [(line.about, line.text) for line in contract_history(workspace, contract.id)]


def test_a_new_commitment_is_told_in_one_line_with_its_quantities(workspace, contract):
    line = Commitment("", "V01", (Decimal(500), None), contract_share=Decimal("0.5"), statement="Cash to the fund")
    commitments.add_commitments(workspace, contract.id, [line], "Add V01")
    about, text = said(workspace, contract)[0]
    assert about.startswith("V01 ")
    assert text == "Added with share 50%; quantity 2026/27 500; statement Cash to the fund"


def test_removal_and_its_undo_name_the_measure(workspace, contract):
    line = Commitment("", "V01", (Decimal(500), None))
    added = commitments.add_commitments(workspace, contract.id, [line], "Add V01").result
    opened = contracts.open_contract(workspace, contract.id)
    done = commitments.remove_commitments(workspace, contract.id, opened.edition, added)
    assert said(workspace, contract)[0][1] == "Removed"
    edits.undo(workspace, done.edit)
    about, text = said(workspace, contract)[0]
    assert text == "Brought back"
    assert about.startswith("V01 ")


def test_facts_are_written_as_people_read_them(workspace, contract):
    supplier = suppliers.add_supplier(workspace, Supplier("Lantern CIC")).result
    changed = replace(
        CONTRACT,
        value=Decimal("125000.00"),
        end_on=date(2027, 3, 31),
        kind=ContractKind.FRAMEWORK,
        spend=(YearSpend(0, Decimal("2000.00"), is_recorded=True),),
    )
    contracts.save_contract(workspace, contract, None, changed, supplier.id)
    texts = {text for _about, text in said(workspace, contract)}
    assert "Recorded spend 2026/27: £2,000.00" in texts
    facts = next(text for text in texts if text.startswith("Supplier: none → Lantern CIC"))
    assert "Contract value: £100,000.00 → £125,000.00" in facts
    assert "End date: 31 March 2028 → 31 March 2027" in facts


def test_supplier_is_told_with_its_kind_in_words(workspace):
    stored = suppliers.add_supplier(workspace, Supplier("Lantern", SupplierKind.SME)).result
    suppliers.save_supplier(workspace, stored, Supplier("Lantern", SupplierKind.VCFSE, is_local=True))
    line = record_history(workspace, "supplier", stored.id)[0]
    assert line.text == (
        "Kind: Small or medium business → Voluntary, community, faith or social enterprise; Based in the area: no → yes"
    )
    assert line.who == "A. Okafor"


def test_signed_valuation_keeps_its_total_when_the_promise_changes_later(workspace, contract):
    line = Commitment("", "V01", (Decimal(500), Decimal(500)), statement="Cash")
    commitments.add_commitments(workspace, contract.id, [line], "Add V01")
    contracts.sign_contract(workspace, contracts.open_contract(workspace, contract.id), date(2026, 4, 1))
    contracts.reopen_contract(workspace, contracts.open_contract(workspace, contract.id), "More was offered")
    opened = contracts.open_contract(workspace, contract.id)
    more = replace(opened.commitments[0].record, quantities=(Decimal(900), Decimal(900)))
    commitments.save_commitment(workspace, contract.id, opened.commitments[0], more, "More")
    signed = signed_valuations(workspace, contract.id, date(2026, 6, 1))[0]
    assert signed.as_signed == Decimal("1000.00")
    assert signed.difference == 0
    assert signed.reason == "Signed on 1 April 2026"
    assert len(signed.sha256) == 64


@pytest.mark.parametrize(
    ("used", "following"),
    [
        ((), "C-2026-001"),
        (("C-2026-012", "C-2025-099"), "C-2026-013"),
        (("PROC/2026/7", "PROC/2026/9"), "PROC/2026/10"),
    ],
)
def test_next_reference_follows_the_councils_own_numbering(workspace, used, following):
    for reference in used:
        contracts.add_contract(workspace, replace(CONTRACT, reference=reference), None)
    assert contracts.next_reference(workspace, 2026) == following
