"""The history of records: who did what, when."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from tests.conftest import run_raw
from tests.services.council import begin, opened, promise, sign
from tomsapp.domain.commitment import Commitment
from tomsapp.domain.contract import Contract, ContractKind, YearSpend
from tomsapp.domain.council import COUNCIL
from tomsapp.domain.history import HistoryWanted
from tomsapp.domain.policy_records import LIVING_WAGE, RULE
from tomsapp.domain.supplier import SUPPLIER, Supplier, SupplierKind
from tomsapp.services import commitments, contracts, council, edits, suppliers
from tomsapp.services.history import contract_history, people, read_history, record_history

CLEANING = Contract(
    "C-1", Decimal("100000.00"), date(2026, 4, 1), date(2028, 3, 31), "Cleaning", menu="barnet-open", edition="2026.2"
)


@pytest.fixture
def contract(ann):
    return contracts.add_contract(ann, CLEANING, None).result


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
    lines = record_history(ann, SUPPLIER, made.supplier.id)
    assert [line.action for line in lines] == ["changed", "added"]


def said(workspace, contract):
    return [(line.about, line.text) for line in contract_history(workspace, contract.id)]


def test_a_new_commitment_is_told_in_one_line_with_its_quantities(ann, contract):
    line = Commitment("", "V01", (Decimal(500), None), contract_share=Decimal("0.5"), statement="Cash to the fund")
    commitments.add_commitments(ann, contract.id, [line], "Add V01")
    about, text = said(ann, contract)[0]
    assert about.startswith("V01 ")
    assert text == "Added: share 50%; quantity 2026/27 500; statement Cash to the fund"


def test_removal_and_its_undo_name_the_measure(ann, contract):
    line = Commitment("", "V01", (Decimal(500), None))
    added = commitments.add_commitments(ann, contract.id, [line], "Add V01").result
    opened = contracts.open_contract(ann, contract.id)
    done = commitments.remove_commitments(ann, contract.id, opened.edition, added)
    assert said(ann, contract)[0][1] == "Removed"
    edits.undo(ann, done.edit)
    about, text = said(ann, contract)[0]
    assert text == "Brought back"
    assert about.startswith("V01 ")


def test_facts_are_written_as_people_read_them(ann, contract):
    supplier = suppliers.add_supplier(ann, Supplier("Lantern CIC")).result
    changed = replace(
        CLEANING,
        value=Decimal("125000.00"),
        end_on=date(2027, 3, 31),
        kind=ContractKind.FRAMEWORK,
        spend=(YearSpend(0, Decimal("2000.00"), is_recorded=True),),
    )
    contracts.save_contract(ann, contract, None, changed, supplier.id)
    texts = {text for _about, text in said(ann, contract)}
    assert "Recorded spend 2026/27: £2,000.00" in texts
    facts = next(text for text in texts if "Supplier: none → Lantern CIC" in text)
    assert "Contract value: £100,000.00 → £125,000.00" in facts
    assert "End date: 31 March 2028 → 31 March 2027" in facts


def test_supplier_is_told_with_its_kind_in_words(ann):
    stored = suppliers.add_supplier(ann, Supplier("Lantern", SupplierKind.SME)).result
    suppliers.save_supplier(ann, stored, Supplier("Lantern", SupplierKind.VCFSE, is_local=True))
    line = record_history(ann, SUPPLIER, stored.id)[0]
    assert line.text == (
        "Kind: Small or medium business → Voluntary, community, faith or social enterprise; Based in the area: No → Yes"
    )
    assert line.who == "Ann"


def test_any_kind_of_record_is_readable(ann):
    rule = council.list_rules(ann)[0]
    council.save_rule(ann, rule, replace(rule.record, threshold=Decimal("30000.00"), in_force_until=date(2030, 3, 31)))
    settings = council.get_settings(ann)
    council.save_settings(ann, settings, replace(settings.record, contact="a@b.example"))
    newest, *_, added = record_history(ann, RULE, rule.id)
    assert "In force until: none → 31 March 2030" in newest.text
    assert "→ £30,000.00" in newest.text
    assert newest.record == rule.record.title
    assert added.text.startswith(f"Added: code {rule.record.code}; kind of rule {rule.record.kind.words}")
    assert record_history(ann, COUNCIL, settings.id)[0].text == "Who to ask: none → a@b.example"
    wages = read_history(ann, HistoryWanted((LIVING_WAGE,))).lines
    assert wages
    assert all("pounds an hour £" in line.text for line in wages)


def test_history_of_everything_is_cut_and_says_so(ann, contract):
    assert read_history(ann, HistoryWanted(), limit=2).is_cut
    assert len(read_history(ann, HistoryWanted(), limit=2).lines) <= 2
    whole = read_history(ann, HistoryWanted())
    assert not whole.is_cut
    assert {"Ann"} <= set(people(ann))
    assert whole.lines[0].contract_id == contract.id


def test_an_act_does_not_repeat_the_status_that_is_told_beside_it_and_keeps_its_abbreviations(ann):
    made = begin(ann, promise("V01", "60000", "60000"))
    sign(ann, made.id)
    told = [line.text for line in contract_history(ann, made.id)]
    act = next(text for text in told if text.startswith("Added: act Sign"))
    assert "status" not in act
    assert "; SHA-256 " in act
    assert told.count("Status: Draft → Signed") == 1


def test_server_tells_login_and_clock_of_each_change_and_a_file_tells_none(ann, council_target):
    begun = datetime.now(UTC)
    begin(ann)
    line = read_history(ann, HistoryWanted()).lines[0]
    if ann.database.path is not None:
        assert (line.login, line.taken_in) == ("", None)
        return
    ((login,),) = run_raw(council_target, "postgresql", "SELECT session_user")
    assert line.login == login
    assert line.taken_in is not None
    assert begun - timedelta(minutes=1) < line.taken_in < datetime.now(UTC) + timedelta(minutes=1)
