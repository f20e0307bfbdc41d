"""What a user does with contracts, and what signing fixes."""

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from tests.services.council import (
    HOSTILE,
    acts,
    begin,
    bridge_works,
    figures,
    open_as,
    opened,
    promise,
    quantities,
    roads,
    seal,
    sealed_documents,
    sign,
    what_happened,
)
from tomsapp.domain.contract import ContractKind, ContractStatus, YearSpend
from tomsapp.domain.errors import MenuError, TomsError
from tomsapp.domain.problems import Answer, Severity
from tomsapp.domain.seal import ActKind
from tomsapp.menufiles.catalogue import Catalogue
from tomsapp.services import commitments, contracts, council, edits, suppliers
from tomsapp.services.failures import EditConflict, StoreError

SHORT = "Signed although short of 5% minimum and Employment outcomes: The director allowed it for this contract"
"""What the act of a contract says that is signed short of the council's rules."""


def test_contract_is_added_with_its_history(ann):
    made = begin(ann)
    assert what_happened(ann, made.id) == [
        ("Ann", "Add contract C1", "contract", "added"),
        ("Ann", "Add the offer", "commitment", "added"),
        ("Ann", "Add the offer", "commitment_year", "added"),
        ("Ann", "Add the offer", "commitment_year", "added"),
    ]
    (row,) = contracts.list_contracts(ann)
    assert (row.reference, row.supplier, row.commitments) == ("C1", "Bridge Works Ltd", 1)
    assert figures(ann, made.id) == (Decimal("20000.00"), Decimal("20000.00"))


def test_facts_are_saved_once_and_only_when_they_differ(ann):
    made = begin(ann)
    same = contracts.save_contract(ann, made.contract, made.supplier.id, made.contract.record, made.supplier.id)
    assert same.edit is None
    after = replace(made.contract.record, value=Decimal("3000000.00"))
    done = contracts.save_contract(ann, made.contract, made.supplier.id, after, made.supplier.id)
    assert done.edit.label == "Change facts of C1"
    assert done.changes.contracts == frozenset({made.id})
    assert opened(ann, made.id).contract.value == Decimal("3000000.00")


def test_second_of_two_who_save_is_told_and_shown_both(ann, bob):
    made = begin(ann)
    mine, theirs = opened(ann, made.id), opened(bob, made.id)
    saved = replace(theirs.contract, title="Bob's roads")
    contracts.save_contract(bob, theirs.stored, theirs.supplier_id, saved, theirs.supplier_id)
    with pytest.raises(EditConflict, match="Bob saved this record") as told:
        contracts.save_contract(
            ann, mine.stored, mine.supplier_id, replace(mine.contract, title="Ann's"), mine.supplier_id
        )
    assert told.value.theirs.record.title == "Bob's roads"
    assert opened(ann, made.id).contract.title == "Bob's roads"


def test_unsound_facts_are_told_field_by_field(ann):
    begin(ann)
    wrong = roads(
        " C1 ",
        title=" ",
        value=Decimal(0),
        end_on=date(2026, 3, 31),
        spend=(YearSpend(0, Decimal(-1)),),
    )
    found = {(problem.code, problem.where.field) for problem in contracts.check_contract(ann, wrong)}
    assert found == {
        ("title-missing", "title"),
        ("value-missing", "value"),
        ("dates-out-of-order", "end_on"),
        ("spend-negative", "spend"),
        ("reference-taken", "reference"),
    }
    assert {problem.code for problem in contracts.check_contract(ann, roads("", end_on=date(2126, 1, 1)))} == {
        "reference-missing",
        "dates-too-far",
    }


@pytest.mark.parametrize("reference", ["c1", "С1", "Cl", "c1 "])
def test_a_reference_that_people_take_for_another_is_a_question(ann, reference):
    made = begin(ann)
    (question,) = contracts.check_contract(ann, roads(reference))
    assert (question.code, question.severity) == ("reference-twice", Severity.WARNING)
    assert question.message == "There is a contract with the reference C1"
    stored = contracts.add_contract(ann, roads(reference), None).result
    assert contracts.check_contract(ann, stored.record, stored.id) == []
    assert contracts.check_contract(ann, made.contract.record, made.id) == []


def test_extensions_that_contradict_the_latest_end_are_asked_about_and_saved_all_the_same(ann):
    asked = roads("C7", extensions_left=0, latest_end_on=date(2040, 1, 1))
    [question] = contracts.check_contract(ann, asked)
    assert (question.code, question.severity) == ("extensions-left-asked", Severity.WARNING)
    assert contracts.add_contract(ann, asked, None).result.record.extensions_left == 0
    wrong = replace(asked, reference="C8", title="")
    assert [each.code for each in contracts.check_contract(ann, wrong)] == ["title-missing"]


def test_contact_and_extensions_of_a_signed_contract_can_still_be_recorded(ann):
    made = begin(ann)
    sign(ann, made.id)
    page = opened(ann, made.id)
    told = replace(
        page.contract, supplier_contact="R. Okafor", supplier_contact_phone="020 7946 0000", extensions_left=1
    )
    contracts.save_contract(ann, page.stored, page.supplier_id, told, page.supplier_id)
    assert opened(ann, made.id).contract == told


@pytest.mark.parametrize("sign", ["\n", "\u202e", "\u200b", "\x07"])
def test_name_with_what_is_not_seen_is_refused_with_its_field(ann, sign):
    named = roads(f"C{sign}9", title=f"Ro{sign}ads", directorate=f"Pl{sign}ace", contract_manager=f"A{sign}nn")
    found = {(each.code, each.where.field, each.severity) for each in contracts.check_contract(ann, named)}
    fields = "reference", "title", "directorate", "contract_manager"
    assert found == {(f"{name.replace('_', '-')}-unseen", name, Severity.ERROR) for name in fields}


def test_name_of_100_000_letters_is_refused_with_its_field(ann):
    found = contracts.check_contract(ann, roads(title="x" * 100_000))
    assert [(each.code, each.where.field) for each in found] == [("title-too-long", "title")]


def test_own_reference_is_not_taken(ann):
    made = begin(ann)
    assert contracts.check_contract(ann, made.contract.record, made.id) == []
    with pytest.raises(StoreError, match="already a contract with the reference “C1”"):
        contracts.add_contract(ann, roads(), None)


@pytest.mark.parametrize(
    ("value", "message", "code"),
    [("1e18", "too large", "value-too-large"), ("0.001", "more than 2 decimals", "value-too-precise")],
)
def test_absurd_or_too_precise_value_is_refused_and_nothing_saved(ann, value, message, code):
    wrong = roads(value=Decimal(value), spend=(YearSpend(0, Decimal(value)),))
    codes = {problem.code for problem in contracts.check_contract(ann, wrong)}
    assert codes == {code, code.replace("value", "spend")}
    with pytest.raises(TomsError, match=message) as told:
        contracts.add_contract(ann, wrong, None)
    assert told.value.fix
    assert contracts.list_contracts(ann) == []


def test_unknown_draft_and_withdrawn_editions_are_not_pinned(ann, tmp_path):
    from tests.menufiles.sample import write_menus

    with pytest.raises(MenuError, match="barnet-open 1999 is not installed"):
        contracts.add_contract(ann, roads(edition="1999"), None)
    ann.catalogue = Catalogue([*ann.catalogue.folders, write_menus(tmp_path / "drafts")])
    with pytest.raises(MenuError, match="sample 1 is a draft") as told:
        contracts.add_contract(ann, roads(menu="sample", edition="1"), None)
    assert told.value.fix == "Choose a published edition"
    assert ("sample", "1") not in {(code, edition) for code, edition, _ in contracts.pinnable_editions(ann)}
    assert ("barnet-council", "2023") in {(code, edition) for code, edition, _ in contracts.pinnable_editions(ann)}
    assert contracts.list_contracts(ann) == []


def test_database_values_the_same_without_the_menu_files(ann, council_target, tmp_path):
    made = begin(
        ann, promise("V01"), promise("S08", "40", "40", contract_share=Decimal("0.25")), promise("G01", "1", "1")
    )
    before = opened(ann, made.id)
    elsewhere = open_as(council_target, "Cleo", Catalogue([tmp_path]))
    try:
        after = opened(elsewhere, made.id)
        assert after.checked == before.checked
        assert after.edition.sha256 == before.edition.sha256
        assert after.area == before.area
        assert after.checked.policy_checks
        contracts.copy_contract(elsewhere, after, "C2")
        sign(elsewhere, after)
    finally:
        elsewhere.close()


def test_kept_edition_counts_and_not_the_installed_one(ann, tmp_path):
    """A published menu whose files were changed does not change what a database values."""
    import shutil

    from tomsapp.config import paths

    made = begin(ann)
    before = figures(ann, made.id)
    changed = tmp_path / "changed"
    shutil.copytree(paths.menus_dir(), changed)
    for file in (changed / "barnet-open" / "2026.2").glob("theme-*.toml"):
        file.write_text(file.read_text(encoding="utf-8").replace("value = 1\n", "value = 2\n"), encoding="utf-8")
    other = open_as(ann.database.target, "Cleo", Catalogue([changed]))
    try:
        assert figures(other, made.id) == before
    finally:
        other.close()


def test_contract_whose_edition_is_nowhere_says_so(ann):
    made = begin(ann)
    ann.catalogue = Catalogue([])
    with pytest.raises(MenuError, match="is not installed"):
        ann.edition("barnet-council", "2023")
    assert opened(ann, made.id).edition.name == "barnet-open 2026.2"


def test_signing_fixes_commitments_facts_and_answers(ann, bob):
    made = begin(ann)
    page = opened(bob, made.id)
    done = sign(ann, made.id)
    assert done.edit.label == f"Sign C1: Entered here after the paper was signed. {SHORT}"
    assert opened(ann, made.id).is_locked
    line = made.lines[0]
    more = replace(line.record, quantities=(Decimal(9), Decimal(9)))
    attempts = [
        lambda: commitments.save_commitment(bob, made.id, line, more, "Change"),
        lambda: commitments.save_commitments(bob, made.id, [(line, more)], "Paste"),
        lambda: commitments.add_commitments(bob, made.id, [promise("G01", "1", "1")], "Add"),
        lambda: commitments.remove_commitments(bob, made.id, page.edition, [line]),
        lambda: commitments.answer_problem(bob, made.id, "key", Answer("text")),
    ]
    for attempt in attempts:
        with pytest.raises(StoreError, match="C1 is signed, so its facts and commitments are fixed") as told:
            attempt()
        assert told.value.fix == "Nothing was saved. Reopen the contract to change it"
    now = opened(bob, made.id)
    for facts in ({"value": Decimal(1)}, {"end_on": date(2027, 3, 31)}, {"menu": "barnet-council", "edition": "2023"}):
        with pytest.raises(StoreError, match="C1 is signed"):
            contracts.save_contract(bob, now.stored, now.supplier_id, replace(now.contract, **facts), now.supplier_id)
    with pytest.raises(StoreError, match="C1 is signed"):
        contracts.save_contract(bob, now.stored, now.supplier_id, now.contract, None)
    with pytest.raises(StoreError, match="C1 is signed"):
        sign(bob, now)
    assert quantities(ann, made.id) == [(10000, 10000)]
    assert len(acts(ann, made.id)) == 1


def test_spend_is_recorded_while_signed_and_the_status_changes_by_an_act_alone(ann):
    made = begin(ann, kind=ContractKind.FRAMEWORK)
    sign(ann, made.id)
    page = opened(ann, made.id)
    spent = replace(page.contract, spend=(YearSpend(0, Decimal("5.00"), True),))
    stored = contracts.save_contract(ann, page.stored, page.supplier_id, spent, page.supplier_id).result
    for status in (ContractStatus.CLOSED, ContractStatus.WITHDRAWN, ContractStatus.DRAFT):
        with pytest.raises(StoreError, match=f"C1 does not become {status.value} by saving its facts"):
            contracts.save_contract(
                ann, stored, page.supplier_id, replace(stored.record, status=status), page.supplier_id
            )
    assert opened(ann, made.id).contract == stored.record


def test_draft_is_not_signed_by_saving_its_facts(ann):
    made = begin(ann)
    signed = replace(made.contract.record, status=ContractStatus.SIGNED)
    with pytest.raises(StoreError, match="C1 does not become signed by saving"):
        contracts.save_contract(ann, made.contract, made.supplier.id, signed, made.supplier.id)


def test_what_is_signed_is_what_was_shown(ann, bob):
    made = begin(ann)
    page = opened(ann, made.id)
    commitments.add_commitments(bob, made.id, [promise("G01", "1", "1")], "Add")
    with pytest.raises(StoreError, match="Somebody changed the commitments of C1"):
        sign(ann, page)
    page = opened(ann, made.id)
    commitments.answer_problem(bob, made.id, "key", Answer("text"))
    with pytest.raises(StoreError, match="Somebody changed the commitments of C1"):
        sign(ann, page)
    assert acts(ann, made.id) == []
    sign(ann, made.id)


def test_contract_with_errors_is_not_signed(ann):
    made = begin(ann, promise("V01", "-1", "1"))
    with pytest.raises(StoreError, match="C1 has 1 problem to put right"):
        sign(ann, made.id)
    assert acts(ann, made.id) == []


def test_copy_is_a_draft_with_the_same_promises_and_none_of_what_was_done(ann):
    spend = (YearSpend(0, Decimal("7.00")), YearSpend(0, Decimal("9.00"), True))
    made = begin(ann, kind=ContractKind.FRAMEWORK, spend=spend, extensions_taken=1, extensions_left=2)
    commitments.answer_problem(ann, made.id, "key", Answer("text"))
    sign(ann, made.id)
    done = contracts.copy_contract(ann, opened(ann, made.id), "C2")
    copy = opened(ann, done.result.id)
    assert copy.contract == replace(made.contract.record, reference="C2", spend=spend[:1], extensions_taken=None)
    assert (copy.supplier_id, copy.answers) == (made.supplier.id, {})
    assert [replace(line.record, key="") for line in copy.commitments] == [promise()]
    assert acts(ann, copy.stored.id) == []
    edits.undo(ann, done.edit)
    assert [row.reference for row in contracts.list_contracts(ann)] == ["C1"]
    edits.redo(ann, done.edit)
    assert quantities(ann, copy.stored.id) == [(10000, 10000)]
    with pytest.raises(StoreError, match="“C1”"):
        contracts.copy_contract(ann, copy, "C1")


def test_change_of_the_policy_by_a_colleague_counts_at_once(ann, bob):
    made = begin(ann)
    assert len(opened(ann, made.id).checked.policy_checks) == 3
    council.delete_rule(bob, council.list_rules(bob)[0])
    assert len(opened(ann, made.id).checked.policy_checks) == 2


def test_commitments_are_not_lost_in_a_contract_that_somebody_deleted(ann, bob):
    made = begin(ann)
    contracts.delete_contract(bob, opened(bob, made.id))
    with pytest.raises(EditConflict, match="Bob deleted this record"):
        commitments.add_commitments(ann, made.id, [promise("G01", "1", "1")], "Add")


def test_hostile_names_are_data(ann):
    for text in HOSTILE:
        supplier = suppliers.add_supplier(ann, bridge_works(text)).result
        made = contracts.add_contract(ann, roads(text, title=text), supplier.id).result
        line = promise("V01", statement=text, project=text)
        commitments.add_commitments(ann, made.id, [line], text)
        commitments.answer_problem(ann, made.id, text, Answer(text))
        page = opened(ann, made.id)
        assert (page.contract.reference, page.contract.title, page.contract.supplier) == (text, text, text)
        assert (page.commitments[0].record.statement, page.answers[text].text) == (text, text)
        seal(ann, page, ActKind.SIGN, role="Procurement lead", reason=text * 20)
        (document,) = sealed_documents(ann, made.id)
        assert json.loads(document)["valuation"]["offer"]["contract"]["reference"] == text
        said = (text * 20).strip().rstrip(".")
        assert acts(ann, made.id)[0].reason == f"{said}. {SHORT}"
        assert what_happened(ann, made.id)[1][1] == text


@pytest.mark.parametrize(
    ("used", "following"),
    [
        ((), "C-2026-001"),
        (("C-2026-012", "C-2025-099"), "C-2026-013"),
        (("PROC/2026/7", "PROC/2026/9"), "PROC/2026/10"),
        (("L-2024-003", "L-2025-017", "C-2025-001", "2025 roads"), "L-2026-001"),
        (("Roads 2026",), "C-2026-001"),
    ],
)
def test_next_reference_follows_the_councils_own_numbering(ann, used, following):
    for reference in used:
        contracts.add_contract(ann, roads(reference), None)
    assert contracts.next_reference(ann, 2026) == following
