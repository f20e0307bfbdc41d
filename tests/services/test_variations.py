"""Variations: drafted beside the contract, signed, seen in all figures, and taken back without a trace in them."""

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import text

from tests.services.council import (
    acts,
    begin,
    bridge_works,
    figures,
    opened,
    quantities,
    reopen,
    seal,
    sealed_documents,
    sign,
)
from tests.services.varied import (
    EXTENDED,
    REASON,
    add_line,
    drafted,
    extended,
    save_draft,
    sign_variation,
    signed,
    with_quantity,
)
from tests.store.test_history_kept import behind
from tomsapp.domain.act_checks import with_shortfall
from tomsapp.domain.contract import ContractStatus
from tomsapp.domain.seal import ActKind
from tomsapp.domain.variation import Variation, VariationState
from tomsapp.domain.varied import ended
from tomsapp.services import (
    checking,
    commitments,
    contracts,
    edits,
    history,
    overview,
    sealing,
    suppliers,
    variations,
    varying,
)
from tomsapp.services.failures import EditConflict, StoreError
from tomsapp.services.overview import Filters
from tomsapp.store.engine import open_engine

# Drafts


def test_a_draft_stands_beside_the_contract_and_changes_nothing_of_it(ann):
    made = signed(ann)
    before = opened(ann, made.id), figures(ann, made.id)
    page = drafted(ann, made.id)
    assert (page.variation.number, page.variation.state) == (1, VariationState.DRAFT)
    save_draft(ann, page.stored, replace(page.variation, **EXTENDED), made.id)
    now = opened(ann, made.id)
    assert (now.stored, now.commitments, now.acts) == (before[0].stored, before[0].commitments, before[0].acts)
    assert figures(ann, made.id) == before[1]
    again = drafted(ann, made.id)
    assert again.variation == replace(page.variation, **EXTENDED), "it is the same draft, as it was left"


def test_only_a_signed_contract_is_varied(ann):
    made = begin(ann)
    with pytest.raises(StoreError, match="C1 is draft, so it is not varied"):
        variations.begin(ann, opened(ann, made.id))
    sign(ann, made.id)
    seal(ann, made.id, ActKind.CLOSE, date(2028, 3, 31))
    with pytest.raises(StoreError, match="C1 is closed, so it is not varied"):
        variations.begin(ann, opened(ann, made.id))
    reopen(ann, made.id)
    held = variations.begin(ann, opened(ann, made.id)).result
    with pytest.raises(StoreError, match="being drafted"):
        reopen(ann, made.id)
    variations.delete(ann, made.id, held)
    reopen(ann, made.id)
    assert opened(ann, made.id).contract.status is ContractStatus.DRAFT


def test_two_people_at_one_draft_keep_what_both_typed(ann, bob):
    made = signed(ann)
    first, second = opened(ann, made.id).commitments
    start = drafted(ann, made.id).stored
    mine = replace(start.record, reason=REASON).with_line(with_quantity(first.record, 1, "12000", 2))
    theirs = replace(start.record, new_value=Decimal(3)).with_line(with_quantity(second.record, 1, "3", 2))
    assert save_draft(bob, start, theirs, made.id).with_whom == ""
    done = save_draft(ann, start, mine, made.id)
    assert done.with_whom == "Bob"
    held = done.stored.record
    assert (held.reason, held.new_value, len(held.lines)) == (REASON, Decimal(3), 2)


@pytest.mark.parametrize("is_line", [True, False])
def test_two_people_who_change_the_same_are_told_and_nothing_is_lost(ann, bob, is_line):
    made = signed(ann)
    first, _ = opened(ann, made.id).commitments
    start = drafted(ann, made.id).stored

    def typed(text: str) -> Variation:
        if is_line:
            return start.record.with_line(with_quantity(first.record, 1, text, 2))
        return replace(start.record, new_value=Decimal(text))

    save_draft(bob, start, typed("3"), made.id)
    with pytest.raises(EditConflict) as told:
        save_draft(ann, start, typed("4"), made.id)
    assert told.value.theirs.record == typed("3")
    assert told.value.theirs.saved_by == "Bob"
    save_draft(ann, told.value.theirs, typed("4"), made.id)
    assert drafted(bob, made.id).variation == typed("4")


def test_a_draft_that_was_signed_or_deleted_meanwhile_is_told(ann, bob):
    made = signed(ann)
    page = drafted(ann, made.id)
    draft = replace(page.variation, **EXTENDED)
    save_draft(ann, page.stored, draft, made.id)
    stale = drafted(bob, made.id).stored
    sign_variation(ann, made.id)
    with pytest.raises(StoreError, match="Variation 1 of C1 was signed by Ann"):
        save_draft(bob, stale, replace(draft, new_value=Decimal(9)), made.id)
    with pytest.raises(StoreError, match="Variation 1 is signed, so it is not deleted"):
        variations.delete(bob, made.id, stale)
    second = drafted(ann, made.id).stored
    assert second.record.number == 2
    variations.delete(ann, made.id, second)
    with pytest.raises(EditConflict):
        save_draft(bob, second, replace(second.record, reason=REASON), made.id)


def test_edits_of_a_draft_are_undone_and_redone(ann):
    made = signed(ann)
    begun = variations.begin(ann, opened(ann, made.id))
    first, _ = opened(ann, made.id).commitments
    after = replace(begun.result.record, reason=REASON).with_line(with_quantity(first.record, 1, "5", 2))
    done = variations.save(ann, made.id, begun.result, after)
    edits.undo(ann, done.edit)
    assert drafted(ann, made.id).variation == begun.result.record
    edits.redo(ann, done.edit)
    assert drafted(ann, made.id).variation == after
    gone = variations.delete(ann, made.id, drafted(ann, made.id).stored)
    edits.undo(ann, gone.edit)
    assert drafted(ann, made.id).variation == after
    gone = variations.delete(ann, made.id, drafted(ann, made.id).stored)
    variations.begin(ann, opened(ann, made.id))
    with pytest.raises(StoreError, match="Another variation of this contract is being drafted"):
        edits.undo(ann, gone.edit)


# Signing


def test_signing_makes_the_contract_what_the_variation_says(ann):
    made = extended(ann)
    page = opened(ann, made.id)
    contract = page.contract
    assert (contract.status, contract.end_on, contract.latest_end_on) == (
        ContractStatus.SIGNED,
        date(2029, 3, 31),
        date(2029, 3, 31),
    )
    assert contract.value == Decimal("2900000.00")
    assert [tuple(map(str, each)) for each in quantities(ann, made.id)] == [
        ("10000", "10000", "12000"),
        ("2", "0", "0"),
        ("0", "0", "30"),
    ]
    assert (page.badge, page.seal.kind) == ("Signed, varied once", ActKind.SIGN)
    _, act = page.acts
    assert (act.kind, act.takes_effect_on, act.value) == (
        ActKind.VARY,
        date(2027, 10, 1),
        page.checked.valuation.social_value,
    )
    stated = json.loads(sealed_documents(ann, made.id)[1])
    assert stated["act"]["variation"] == {
        "number": 1,
        "facts": [
            {"fact": "value", "label": "Contract value", "was": "£2,500,000.00", "now": "£2,900,000.00"},
            {"fact": "end_on", "label": "End date", "was": "31 March 2028", "now": "31 March 2029"},
            {"fact": "latest_end_on", "label": "Latest possible end", "was": "31 March 2028", "now": "31 March 2029"},
            {"fact": "extensions_taken", "label": "Extensions taken", "was": "not recorded", "now": "1"},
        ],
        "lines": [
            {"line": 1, "measure": "V01", "change": "was 10,000, 10,000"},
            {"line": 2, "measure": "S08", "change": "ended: was 2, 2"},
            {"line": 3, "measure": "V02", "change": "added"},
        ],
    }
    assert stated["valuation"]["offer"]["contract"]["value"] == "2900000.00"
    assert all(
        sealing.is_whole(act, data)
        for act, data in zip(acts(ann, made.id), sealed_documents(ann, made.id), strict=True)
    )
    assert sealed_documents(ann, made.id)[0] != sealed_documents(ann, made.id)[1]


def test_lists_policy_and_overview_show_the_contract_as_varied(ann):
    made = extended(ann)
    page = opened(ann, made.id)
    (row,) = contracts.list_contracts(ann)
    assert (row.value, row.end_on, row.badge) == (Decimal("2900000.00"), date(2029, 3, 31), "Signed, varied once")
    assert row.sealed_value == page.checked.valuation.social_value
    total = overview.figures(overview.load_cube(ann), Filters()).portfolio
    assert (total.social_value, total.contract_value) == (page.checked.valuation.social_value, Decimal("2900000.00"))
    (minimum,) = [one for one in page.checked.policy_checks if one.rule.code == "minimum"]
    assert minimum.needed == Decimal("2900000.00") * minimum.rule.share


def test_a_varied_contract_is_held_against_the_rules_that_were_sealed_with_it(ann):
    from tomsapp.services import council

    made = signed(ann)
    held = [one.rule for one in opened(ann, made.id).checked.policy_checks]
    for rule in council.list_rules(ann):
        council.delete_rule(ann, rule)
    page = drafted(ann, made.id)
    save_draft(ann, page.stored, replace(page.variation, **EXTENDED), made.id)
    sign_variation(ann, made.id)
    assert [one.rule for one in opened(ann, made.id).checked.policy_checks] == held
    assert len(json.loads(sealed_documents(ann, made.id)[1])["valuation"]["rules"]) == len(held)


def test_short_of_a_rule_it_asks_for_its_own_reason(ann):
    made = signed(ann)
    page = drafted(ann, made.id)
    save_draft(ann, page.stored, replace(page.variation, **EXTENDED), made.id)
    page = drafted(ann, made.id)
    facts = replace(varying.proposed(ann, page), role="Procurement lead")
    assert sealing.short_of(page.varied)
    codes = {problem.code for problem in varying.check(page, facts)}
    assert "shortfall-unexplained" in codes
    with pytest.raises(StoreError, match="It is short of 5% minimum"):
        varying.sign(ann, page, facts)
    why = "The director allowed it for this contract"
    facts = replace(facts, reason=with_shortfall(facts.reason, sealing.short_of(page.varied), why))
    varying.sign(ann, page, facts)
    assert acts(ann, made.id)[-1].reason.endswith(why)


def test_what_is_wrong_with_it_keeps_it_from_being_signed(ann):
    made = signed(ann)
    page = drafted(ann, made.id)
    with pytest.raises(StoreError, match="The reason says too little"):
        sign_variation(ann, made.id)
    first, _ = page.opened.commitments
    bad = replace(page.variation, reason=REASON).with_line(with_quantity(first.record, 0, "-1", 2))
    save_draft(ann, page.stored, bad, made.id)
    with pytest.raises(StoreError, match="C1 has 1 problem to put right with the variation"):
        sign_variation(ann, made.id)


def test_another_supplier_keeps_the_contract_from_then_on(ann):
    made = signed(ann)
    other = suppliers.add_supplier(ann, bridge_works("Canal Works Ltd")).result
    page = drafted(ann, made.id)
    wanted = replace(page.variation, reason=REASON, supplier=other.record.name, supplier_id=other.id)
    save_draft(ann, page.stored, wanted, made.id)
    sign_variation(ann, made.id)
    now = opened(ann, made.id)
    assert (now.contract.supplier, now.supplier_id) == ("Canal Works Ltd", other.id)


def test_an_early_end_leaves_nothing_in_the_years_that_it_takes_away(ann):
    made = signed(ann)
    page = drafted(ann, made.id)
    wanted = replace(page.variation, reason=REASON, new_end_on=date(2027, 3, 31))
    save_draft(ann, page.stored, wanted, made.id)
    sign_variation(ann, made.id)
    assert [tuple(map(str, each)) for each in quantities(ann, made.id)] == [("10000",), ("2",)]
    assert figures(ann, made.id)[0] < page.opened.checked.valuation.social_value


def test_a_line_that_somebody_varied_meanwhile_is_told(ann, bob):
    made = signed(ann)
    page = drafted(ann, made.id)
    save_draft(ann, page.stored, replace(page.variation, **EXTENDED), made.id)
    stale = drafted(bob, made.id)
    sign_variation(ann, made.id)
    facts = replace(varying.proposed(bob, stale), role="Lead")
    why = "The director allowed it for this contract"
    facts = replace(facts, reason=with_shortfall(facts.reason, sealing.short_of(stale.varied), why))
    with pytest.raises((StoreError, EditConflict)):
        varying.sign(bob, stale, facts)
    assert len(acts(ann, made.id)) == 2


def test_undo_stops_at_a_signed_variation(ann):
    made = signed(ann)
    page = drafted(ann, made.id)
    save_draft(ann, page.stored, replace(page.variation, **EXTENDED), made.id)
    done = sign_variation(ann, made.id)
    with pytest.raises(StoreError, match=r"Variation 1 signed on .* Undo stops here"):
        edits.undo(ann, done.edit)


# Taking back


def test_reopening_takes_back_only_the_variation_lines_and_all(ann):
    made = signed(ann)
    before = opened(ann, made.id)
    first, second = before.commitments
    page = drafted(ann, made.id)
    draft = replace(page.variation, **EXTENDED).with_line(with_quantity(first.record, 2, "12000", 3))
    draft = draft.with_line(ended(second.record, page.opened.contract, date(2027, 4, 1)))
    save_draft(ann, page.stored, draft.with_line(add_line("V02", "0", "0", "30")), made.id)
    sign_variation(ann, made.id)
    stored = opened(ann, made.id).stored
    later = replace(stored.record, directorate="Growth")
    contracts.save_contract(ann, stored, made.supplier.id, later, made.supplier.id)
    done = reopen(ann, made.id)
    now = opened(ann, made.id)
    assert now.contract == replace(before.contract, directorate="Growth"), "what signing does not fix stays"
    assert [line.record for line in now.commitments] == [line.record for line in before.commitments]
    assert figures(ann, made.id)[0] == before.checked.valuation.social_value
    assert (now.badge, now.acts[-1].words) == (
        "Signed",
        "Variation taken back on 2 March 2026 by Ann, Procurement lead",
    )
    stated = json.loads(sealed_documents(ann, made.id)[2])["act"]
    assert stated["reverses"] == now.acts[1].sha256
    assert stated["variation"]["facts"][1] == {
        "fact": "end_on",
        "label": "End date",
        "was": "31 March 2029",
        "now": "31 March 2028",
    }
    assert stated["variation"]["lines"][0]["change"] == "taken back (was 10,000, 10,000)"
    with pytest.raises(StoreError, match="Variation 1 taken back on 2 March 2026"):
        edits.undo(ann, done.edit)
    again = drafted(ann, made.id)
    assert (again.variation.number, again.variation.state) == (1, VariationState.DRAFT)
    assert again.variation.new_value == Decimal("2900000.00"), "it can be put right, and signed anew"
    with pytest.raises(StoreError, match="Variation 1 of C1 is being drafted"):
        reopen(ann, made.id)
    sign_variation(ann, made.id)
    assert opened(ann, made.id).contract.value == Decimal("2900000.00")


def test_a_varied_contract_is_held_to_its_newest_document(ann, council_target):
    made = extended(ann)
    assert checking.check(council_target) == []
    reopen(ann, made.id)
    assert checking.check(council_target) == []
    sign_variation(ann, made.id)
    assert checking.check(council_target) == []
    engine = open_engine(council_target)
    with behind(engine, is_kept=True) as connection:
        connection.execute(text("UPDATE contract SET title = 'Other'"))
    engine.dispose()
    found = [problem.message for problem in checking.check(council_target) if problem.code == "database-sealed"]
    assert found == [f"contract {made.id} is not what was sealed with act 4: title"]


def test_the_last_of_two_variations_is_taken_back_first(ann):
    made = extended(ann)
    once = opened(ann, made.id)
    page = drafted(ann, made.id)
    wanted = replace(page.variation, reason=REASON, new_value=Decimal("3000000.00"), effective_on=date(2028, 4, 1))
    save_draft(ann, page.stored, wanted, made.id)
    sign_variation(ann, made.id)
    assert opened(ann, made.id).badge == "Signed, varied twice"
    reopen(ann, made.id)
    now = opened(ann, made.id)
    assert (now.contract, [line.record for line in now.commitments]) == (
        once.contract,
        [line.record for line in once.commitments],
    )
    variations.delete(ann, made.id, drafted(ann, made.id).stored)
    reopen(ann, made.id)
    assert opened(ann, made.id).contract.value == Decimal("2500000.00")
    variations.delete(ann, made.id, drafted(ann, made.id).stored)
    reopen(ann, made.id)
    assert opened(ann, made.id).contract.status is ContractStatus.DRAFT
    line = opened(ann, made.id).commitments[0]
    commitments.save_commitment(ann, made.id, line, replace(line.record, statement="Anew"), "Change")


def test_a_closed_contract_keeps_its_variations(ann):
    made = extended(ann)
    seal(ann, made.id, ActKind.CLOSE, date(2029, 3, 31))
    assert opened(ann, made.id).badge == "Closed, varied once"
    reopen(ann, made.id)
    assert opened(ann, made.id).badge == "Signed, varied once"


def test_only_who_signed_it_or_the_manager_takes_it_back(ann, bob):
    made = extended(ann)
    with pytest.raises(StoreError, match="only Ann or the contract manager reopens it"):
        reopen(bob, made.id)


def test_the_history_tells_a_year_that_goes_as_less_of_its_line(ann):
    made = extended(ann)
    reopen(ann, made.id)
    told = [
        (line.about, line.action, [(fact.fact, fact.before, fact.after) for fact in line.facts])
        for line in history.contract_history(ann, made.id)
        if line.what.startswith("Take back variation 1") and line.part == "Commitments"
    ]
    assert ("V01 Cash given to local VCFSE organisations", "changed", [("Quantity year 3", "12,000", "")]) in told
    assert [action for about, action, _ in told if about.startswith("V01")] == ["changed"]
