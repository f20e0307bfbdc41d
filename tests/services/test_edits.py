"""Undo and redo, alone and beside somebody else."""

from dataclasses import replace
from decimal import Decimal

import pytest

from tests.services.council import (
    acts,
    all_history,
    begin,
    bridge_works,
    opened,
    promise,
    quantities,
    roads,
    seal,
    sign,
    what_happened,
)
from tomsapp.domain.commitment import Commitment
from tomsapp.domain.history import Stored
from tomsapp.domain.problems import Answer
from tomsapp.domain.seal import ActKind
from tomsapp.services import commitments, contracts, council, edits, suppliers
from tomsapp.services.changes import Edit
from tomsapp.services.failures import EditConflict, StoreError
from tomsapp.services.workspace import Workspace

ONE = (Decimal(10000), Decimal(10000))


def set_quantity(workspace: Workspace, contract_id: int, line: Stored[Commitment], *numbers: str) -> Edit:
    after = replace(line.record, quantities=tuple(map(Decimal, numbers)))
    done = commitments.save_commitment(workspace, contract_id, line, after, f"Change to {numbers[0]}")
    assert done.edit is not None
    return done.edit


def test_several_edits_of_one_record_go_back_and_forth(ann):
    made = begin(ann)
    done = []
    for number in ("1", "2", "3"):
        (line,) = opened(ann, made.id).commitments
        done.append(set_quantity(ann, made.id, line, number, "0"))
    seen = []
    for edit in reversed(done):
        edits.undo(ann, edit)
        seen.append(quantities(ann, made.id)[0][0])
    for edit in done:
        edits.redo(ann, edit)
        seen.append(quantities(ann, made.id)[0][0])
    assert seen == [2, 1, 10000, 1, 2, 3]
    assert what_happened(ann, made.id)[-1][1] == "Redo: Change to 3"
    assert ("Ann", "Undo: Change to 1", "commitment_year", "changed") in what_happened(ann, made.id)


def test_undo_without_reading_the_page_in_between(ann):
    made = begin(ann)
    first = set_quantity(ann, made.id, made.lines[0], "1", "1")
    second = set_quantity(ann, made.id, Stored(made.lines[0].id, 2, first.records[0].after), "2", "2")
    edits.undo(ann, second)
    edits.undo(ann, first)
    edits.redo(ann, first)
    assert quantities(ann, made.id) == [(1, 1)]


def test_added_and_removed_commitments_come_back_in_their_place(ann):
    made = begin(ann, promise("V01"), promise("S08", "40", "40"), promise("G01", "1", "1"))
    removed = commitments.remove_commitments(ann, made.id, opened(ann, made.id).edition, made.lines[:2])
    assert removed.edit is not None
    assert removed.edit.label == "Remove 2 commitments"
    assert [line.record.measure for line in opened(ann, made.id).commitments] == ["G01"]
    edits.undo(ann, removed.edit)
    assert [line.record.measure for line in opened(ann, made.id).commitments] == ["V01", "S08", "G01"]
    assert quantities(ann, made.id)[0] == ONE
    edits.redo(ann, removed.edit)
    assert [line.record.measure for line in opened(ann, made.id).commitments] == ["G01"]


def test_every_kind_of_record_goes_back_and_forth(ann):
    made = begin(ann)
    supplier = suppliers.save_supplier(ann, made.supplier, replace(made.supplier.record, notes="Late twice"))
    facts = contracts.save_contract(
        ann, made.contract, made.supplier.id, replace(made.contract.record, title="Bridges"), None, "Change facts"
    )
    answer = commitments.answer_problem(ann, made.id, "line-over-half:V01", Answer("It is a gift"))
    settings = council.get_settings(ann)
    named = council.save_settings(ann, settings, replace(settings.record, council_name="Other Council"))
    rule = council.list_rules(ann)[0]
    ruled = council.save_rule(ann, rule, replace(rule.record, title="Another title"))
    gone = council.delete_rule(ann, ruled.result)
    done = [each.edit for each in (supplier, facts, answer, named, ruled, gone)]

    def state() -> tuple:
        page = opened(ann, made.id)
        return (
            suppliers.get_supplier(ann, made.supplier.id).record.notes,
            (page.contract.title, page.supplier_id),
            [each.text for each in page.answers.values()],
            council.get_settings(ann).record.council_name,
            council.list_rules(ann)[0].record.title,
            len(council.list_rules(ann)),
        )

    after = state()
    for edit in reversed(done):
        edits.undo(ann, edit)
    before = state()
    assert before == ("Made up", ("Roads", made.supplier.id), [], "Larkmere Council", rule.record.title, 3)
    for edit in done:
        edits.redo(ann, edit)
    assert state() == after
    assert after == ("Late twice", ("Bridges", None), ["It is a gift"], "Other Council", after[4], 2)


def test_added_supplier_is_undone_until_a_contract_names_it(ann):
    added = suppliers.add_supplier(ann, bridge_works())
    edits.undo(ann, added.edit)
    assert suppliers.list_suppliers(ann) == []
    edits.redo(ann, added.edit)
    contract = contracts.add_contract(ann, roads(), added.result.id)
    with pytest.raises(StoreError, match="contract"):
        edits.undo(ann, added.edit)
    edits.undo(ann, contract.edit)
    edits.undo(ann, added.edit)
    assert suppliers.list_suppliers(ann) == []


def test_deleted_contract_comes_back_with_its_commitments(ann):
    made = begin(ann)
    gone = contracts.delete_contract(ann, opened(ann, made.id))
    assert contracts.list_contracts(ann) == []
    edits.undo(ann, gone.edit)
    assert quantities(ann, made.id) == [ONE]
    assert [row.reference for row in contracts.list_contracts(ann)] == ["C1"]
    edits.redo(ann, gone.edit)
    contracts.add_contract(ann, roads(), None)
    with pytest.raises(StoreError, match="C1"):
        edits.undo(ann, gone.edit)


@pytest.mark.parametrize("reads_again", [False, True])
def test_undo_after_somebody_else_saved_is_told_and_changes_nothing(ann, bob, reads_again):
    made = begin(ann, promise("V01"), promise("S08", "40", "40"))
    pairs = [(line, replace(line.record, quantities=(Decimal(7), Decimal(7)))) for line in made.lines]
    mine = commitments.save_commitments(ann, made.id, pairs, "Paste 2 rows")
    theirs = opened(bob, made.id).commitments[0]
    set_quantity(bob, made.id, theirs, "99", "99")
    if reads_again:
        opened(ann, made.id)
    history = all_history(ann)
    with pytest.raises(EditConflict, match="Bob saved this record") as told:
        edits.undo(ann, mine.edit)
    assert told.value.theirs.record.quantities == (99, 99)
    assert quantities(ann, made.id) == [(99, 99), (7, 7)]
    assert all_history(ann) == history


def test_undo_after_somebody_else_deleted_or_brought_back(ann, bob):
    made = begin(ann)
    mine = set_quantity(ann, made.id, made.lines[0], "7", "7")
    page = opened(bob, made.id)
    gone = commitments.remove_commitments(bob, made.id, page.edition, page.commitments)
    with pytest.raises(EditConflict, match="Bob deleted this record"):
        edits.undo(ann, mine)
    edits.undo(bob, gone.edit)
    with pytest.raises(EditConflict):
        edits.undo(bob, gone.edit)
    edits.undo(ann, mine)
    assert quantities(ann, made.id) == [ONE]


def test_answer_of_somebody_else_is_not_taken_back(ann, bob):
    made = begin(ann)
    mine = commitments.answer_problem(ann, made.id, "a-warning", Answer("Ann's words"))
    commitments.answer_problem(bob, made.id, "a-warning", Answer("Bob's words"), mine.edit.records[0].after)
    with pytest.raises(EditConflict, match="Bob saved"):
        edits.undo(ann, mine.edit)
    assert opened(ann, made.id).answers["a-warning"].text == "Bob's words"
    reopened = commitments.reopen_problem(bob, made.id, "a-warning", Answer("Bob's words"))
    edits.undo(bob, reopened.edit)
    assert opened(ann, made.id).answers["a-warning"].text == "Bob's words"


def test_supplier_renamed_meanwhile_is_no_conflict_of_the_contract(ann, bob):
    made = begin(ann)
    after = replace(made.contract.record, title="Bridges")
    mine = contracts.save_contract(ann, made.contract, made.supplier.id, after, made.supplier.id)
    suppliers.save_supplier(bob, made.supplier, replace(made.supplier.record, name="Bridge Works plc"))
    edits.undo(ann, mine.edit)
    assert opened(ann, made.id).contract.title == "Roads"
    assert opened(ann, made.id).contract.supplier == "Bridge Works plc"


def test_settings_and_rules_of_somebody_else_are_kept(ann, bob):
    settings, rule = council.get_settings(ann), council.list_rules(ann)[0]
    named = council.save_settings(ann, settings, replace(settings.record, council_name="Ann's"))
    ruled = council.save_rule(ann, rule, replace(rule.record, title="Ann's"))
    council.save_settings(
        bob, council.get_settings(bob), replace(council.get_settings(bob).record, council_name="Bob's")
    )
    council.save_rule(bob, council.list_rules(bob)[0], replace(rule.record, title="Bob's"))
    for edit in (named.edit, ruled.edit):
        with pytest.raises(EditConflict, match="Bob saved"):
            edits.undo(ann, edit)
    assert council.get_settings(ann).record.council_name == "Bob's"
    assert council.list_rules(ann)[0].record.title == "Bob's"


@pytest.mark.parametrize("kind", [ActKind.SIGN, ActKind.WITHDRAW])
def test_undo_stops_at_a_sealed_act(ann, kind):
    made = begin(ann)
    done = seal(ann, made.id, kind)
    with pytest.raises(StoreError, match=f"{kind.done} on 2 March 2026. Undo stops here") as told:
        edits.undo(ann, done.edit)
    assert told.value.fix == "Reopen the contract, with the reason"
    assert opened(ann, made.id).contract.status is done.result.record.status
    assert len(acts(ann, made.id)) == 1


def test_edit_from_before_the_signing_is_not_taken_back(ann, bob):
    made = begin(ann)
    mine = set_quantity(ann, made.id, made.lines[0], "7", "7")
    sign(bob, made.id)
    with pytest.raises(StoreError, match="C1 is signed"):
        edits.undo(ann, mine)
    assert quantities(ann, made.id) == [(7, 7)]


def test_undo_in_a_database_that_cannot_be_written_is_told(ann, monkeypatch):
    made = begin(ann)
    mine = set_quantity(ann, made.id, made.lines[0], "7", "7")
    from tomsapp.store.unit_of_work import UnitOfWork

    monkeypatch.setattr(UnitOfWork, "commit", lambda _self: (_ for _ in ()).throw(StoreError("no room", "Free some")))
    with pytest.raises(StoreError, match="no room"):
        edits.undo(ann, mine)
    monkeypatch.undo()
    edits.undo(ann, mine)
    assert quantities(ann, made.id) == [ONE]
