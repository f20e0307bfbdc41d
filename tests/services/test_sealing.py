"""Acts that stay sealed: sign, close, withdraw and reopen, what each keeps, and what it is held against later."""

import json
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from tests.services.council import (
    acts,
    begin,
    opened,
    promise,
    reopen,
    said,
    seal,
    sealed_documents,
    sign,
    what_happened,
)
from tomsapp import __version__
from tomsapp.domain.contract import ContractStatus
from tomsapp.domain.portfolio import Group
from tomsapp.domain.problems import Answer
from tomsapp.domain.rules.minimum_share import MINIMUM_SHARE
from tomsapp.domain.rules.rule import PolicyRule
from tomsapp.domain.seal import ActKind
from tomsapp.domain.wording import format_date
from tomsapp.services import commitments, contracts, council, overview, sealing, suppliers
from tomsapp.services.failures import EditConflict, StoreError
from tomsapp.services.overview import Filters
from tomsapp.services.sealed_rules import today

REASON = "The council changed its mind"


def status(workspace, contract_id: int) -> ContractStatus:
    return opened(workspace, contract_id).contract.status


# What is kept


def test_an_act_keeps_who_in_which_role_when_from_when_why_and_all_that_was_seen(ann):
    made = begin(ann, promise("V01", "60000", "60000"))
    page = opened(ann, made.id)
    key = page.checked.open_problems[0].key if page.checked.open_problems else "key"
    commitments.answer_problem(ann, made.id, key, Answer("They have done it before"))
    seal(ann, made.id, ActKind.SIGN, takes_effect_on=date(2026, 4, 1), role="Lead buyer")
    (act,), (document,) = acts(ann, made.id), sealed_documents(ann, made.id)
    assert act.words == "Signed on 2 March 2026 by Ann, Lead buyer"
    assert (act.takes_effect_on, act.was, act.becomes) == (
        date(2026, 4, 1),
        ContractStatus.DRAFT,
        ContractStatus.SIGNED,
    )
    stated = json.loads(document)
    assert stated["act"] == {
        "kind": "sign",
        "done_on": "2026-03-02",
        "takes_effect_on": "2026-04-01",
        "by": "Ann",
        "role": "Lead buyer",
        "reason": (
            "Entered here after the paper was signed. Signed although short of 5% minimum and Employment outcomes: "
            "The director allowed it for this contract"
        ),
        "was": "draft",
        "becomes": "signed",
        "reverses": "",
    }
    seen = stated["valuation"]
    assert (seen["total"], seen["menu"]["edition"], seen["made"]["version"]) == ("120000.00", "2026.2", __version__)
    assert [check["code"] for check in seen["policy"]] == [rule["code"] for rule in seen["rules"]] != []
    assert [problem["key"] for problem in seen["problems"]] == [problem.key for problem in page.checked.problems]
    assert seen["made"]["contract_status"] == "signed"
    assert what_happened(ann, made.id)[-2:] == [
        ("Ann", f"Sign C1: {act.reason}", "act", "added"),
        ("Ann", f"Sign C1: {act.reason}", "contract", "changed"),
    ]


def test_what_was_sealed_never_changes_whatever_is_done_later(ann, bob):
    made = begin(ann)
    sign(ann, made.id)
    first = acts(ann, made.id), sealed_documents(ann, made.id)
    reopen(ann, made.id)
    for rule in council.list_rules(bob):
        council.delete_rule(bob, rule)
    line = opened(bob, made.id).commitments[0]
    less = replace(line.record, quantities=(Decimal(1), Decimal(1)))
    commitments.save_commitment(bob, made.id, line, less, "Change")
    sign(bob, made.id, date(2026, 4, 1))
    kept, documents = acts(ann, made.id), sealed_documents(ann, made.id)
    assert (kept[:1], documents[:1]) == first
    assert [(act.kind, act.by, act.value) for act in kept] == [
        (ActKind.SIGN, "Ann", Decimal("20000.00")),
        (ActKind.REOPEN, "Ann", Decimal("20000.00")),
        (ActKind.SIGN, "Bob", Decimal("2.00")),
    ]
    assert kept[1].reverses == kept[0].id
    assert sealing.read_document(ann, kept[1]).act.reverses == kept[0].sha256
    assert all(sealing.is_whole(act, data) for act, data in zip(kept, documents, strict=True))


@pytest.mark.parametrize(
    "change",
    [
        {"role": "Somebody else"},
        {"by": "Bob"},
        {"takes_effect_on": date(2026, 5, 1)},
        {"value": Decimal(1)},
        {"sha256": "0"},
    ],
)
def test_an_act_that_says_something_else_than_its_document_is_not_whole(ann, change):
    made = begin(ann)
    sign(ann, made.id)
    (act,), (data,) = acts(ann, made.id), sealed_documents(ann, made.id)
    assert sealing.is_whole(act, data)
    assert not sealing.is_whole(replace(act, **change), data)
    assert not sealing.is_whole(act, data.replace(b"Procurement lead", b"Procurement Lead"))


# What may be done


@pytest.mark.parametrize(
    ("steps", "statuses"),
    [
        ((ActKind.SIGN, ActKind.CLOSE, ActKind.REOPEN, ActKind.REOPEN), ("signed", "closed", "signed", "draft")),
        ((ActKind.WITHDRAW, ActKind.REOPEN), ("withdrawn", "draft")),
        ((ActKind.SIGN, ActKind.WITHDRAW, ActKind.REOPEN), ("signed", "withdrawn", "signed")),
    ],
)
def test_a_reverse_gives_back_what_was_before(ann, steps, statuses):
    made = begin(ann)
    found = []
    for kind in steps:
        seal(ann, made.id, kind)
        found.append(status(ann, made.id).value)
        page = opened(ann, made.id)
        assert page.is_locked == (page.contract.status is not ContractStatus.DRAFT)
    assert tuple(found) == statuses
    words = "Reopened on 2 March 2026" if found[-1] == "draft" else found[-1].capitalize()
    assert opened(ann, made.id).badge == words


@pytest.mark.parametrize(
    ("before", "kind"),
    [
        ((), ActKind.CLOSE),
        ((), ActKind.REOPEN),
        ((ActKind.WITHDRAW,), ActKind.CLOSE),
        ((ActKind.WITHDRAW,), ActKind.SIGN),
    ],
)
def test_an_act_that_does_not_fit_is_refused(ann, before, kind):
    made = begin(ann)
    for one in before:
        seal(ann, made.id, one)
    with pytest.raises(StoreError, match=r"C1 is (draft|withdrawn), so"):
        seal(ann, made.id, kind)
    assert len(acts(ann, made.id)) == len(before)


def test_a_signing_date_after_the_end_is_taken_with_a_reason_only(ann):
    made = begin(ann)
    late = date(2028, 4, 1)
    with pytest.raises(StoreError, match="says too little"):
        seal(ann, made.id, ActKind.SIGN, late, reason="")
    facts = said(ActKind.SIGN, late, reason="")
    asked = [problem.code for problem in sealing.check(opened(ann, made.id), facts, late)]
    assert asked == ["shortfall-unexplained", "done-on-asked", "takes-effect-on-asked", "reason-short"]
    assert status(ann, made.id) is ContractStatus.DRAFT
    seal(ann, made.id, ActKind.SIGN, late, reason="Signed late, after the work was done")
    assert status(ann, made.id) is ContractStatus.SIGNED


def test_a_contract_that_is_short_of_a_rule_is_signed_with_a_reason_of_its_own_only(ann):
    made = begin(ann)
    page = opened(ann, made.id)
    assert sealing.short_of(page) == ("5% minimum", "Employment outcomes")
    with pytest.raises(StoreError, match="It is short of 5% minimum and Employment outcomes"):
        sealing.seal(ann, page, said(ActKind.SIGN), date(2026, 3, 2))
    sign(ann, made.id)
    (act,) = acts(ann, made.id)
    assert "Signed although short of 5% minimum and Employment outcomes: The director allowed it" in act.reason


def test_a_menu_that_was_published_after_the_signing_is_asked_about(ann):
    made = begin(ann)
    published_on = opened(ann, made.id).edition.published_on
    assert published_on is not None
    for day, asked in ((published_on, ["published-later-asked"]), (published_on + timedelta(days=1), [])):
        facts = said(ActKind.SIGN, day)
        found = [
            problem.code for problem in sealing.check(opened(ann, made.id), facts, day) if not _is_of_days(problem)
        ]
        assert found == ["shortfall-unexplained", *asked]


def _is_of_days(problem) -> bool:
    return problem.code in {"done-on-asked", "takes-effect-on-asked"}


def test_a_day_before_the_draft_was_made_asks_for_a_reason(ann):
    made = begin(ann)
    assert opened(ann, made.id).recorded_on == today()
    yesterday = today() - timedelta(days=1)
    for day, is_asked in ((yesterday, True), (today(), False)):
        found = sealing.check(opened(ann, made.id), said(ActKind.SIGN, day, reason=""))
        asked = [problem.message for problem in found if problem.code == "done-on-asked"]
        assert (
            asked
            == [f"{format_date(day)} is before {format_date(today())}, when the contract was first recorded here"]
            * is_asked
        )
    with pytest.raises(StoreError, match="says too little"):
        seal(ann, made.id, ActKind.SIGN, yesterday, reason="")


@pytest.mark.parametrize("reason", ["", "A slip", " " * 30, "nineteen letters  19"])
def test_what_is_sealed_is_not_opened_without_a_reason_of_20_letters(ann, reason):
    made = begin(ann)
    sign(ann, made.id)
    with pytest.raises(StoreError, match="says too little") as told:
        reopen(ann, made.id, reason)
    assert told.value.fix == "Say why in at least 20 letters"
    assert status(ann, made.id) is ContractStatus.SIGNED


def test_who_signed_or_manages_the_contract_reopens_it_and_nobody_else(ann, bob):
    made = begin(ann)
    sign(ann, made.id)
    with pytest.raises(StoreError, match="only Ann or the contract manager reopens it"):
        reopen(bob, made.id)
    page = opened(bob, made.id)
    managed = replace(page.contract, contract_manager=" bob ")
    contracts.save_contract(bob, page.stored, page.supplier_id, managed, page.supplier_id)
    reopen(bob, made.id)
    assert status(ann, made.id) is ContractStatus.DRAFT


def test_two_who_do_an_act_at_once_do_it_once(ann, bob):
    made = begin(ann)
    sign(ann, made.id)
    page = opened(bob, made.id)
    seal(ann, made.id, ActKind.CLOSE, date(2028, 3, 31))
    with pytest.raises(EditConflict):
        seal(bob, page, ActKind.WITHDRAW)
    assert len(acts(ann, made.id)) == 2


def test_a_sealed_contract_is_not_deleted(ann):
    made = begin(ann)
    sign(ann, made.id)
    with pytest.raises(StoreError, match="C1 is signed, so it is not deleted") as told:
        contracts.delete_contract(ann, opened(ann, made.id))
    assert told.value.fix == "Withdraw it, with the reason"


def test_what_is_most_likely_said_stands_in_the_form(ann):
    made = begin(ann, start_on=date(2090, 4, 1), end_on=date(2092, 3, 31))
    first = sealing.proposed(ann, opened(ann, made.id), ActKind.SIGN)
    assert (first.done_on, first.takes_effect_on, first.role) == (today(), date(2090, 4, 1), "")
    sign(ann, made.id)
    closing = sealing.proposed(ann, opened(ann, made.id), ActKind.CLOSE)
    assert (closing.takes_effect_on, closing.role) == (date(2092, 3, 31), "Procurement lead")


# What a signed contract is held against


def rule(code: str, share: str, **changes: object) -> PolicyRule:
    facts: dict = {"title": code.capitalize(), "in_force_from": date(2026, 1, 1), "share": Decimal(share)}
    return PolicyRule(code, MINIMUM_SHARE, **{**facts, **changes})


def results(workspace, contract_id: int, on: date | None = None) -> dict[str, str]:
    page = contracts.open_contract(workspace, contract_id, on)
    return {check.rule.code: check.word for check in page.checked.policy_checks}


def test_a_later_rule_does_not_change_what_was_signed(ann):
    made = begin(ann)
    sign(ann, made.id)
    before = results(ann, made.id)
    council.add_rule(ann, rule("green", "0.9"))
    minimum = next(one for one in council.list_rules(ann) if one.record.code == "minimum")
    council.save_rule(ann, minimum, replace(minimum.record, share=Decimal("0.5")))
    scope = next(one for one in council.list_rules(ann) if one.record.code == "scope")
    council.delete_rule(ann, scope)
    assert results(ann, made.id) == before
    reopen(ann, made.id)
    now = results(ann, made.id)
    assert (set(now), now["green"][:10]) == (set(before) - {"scope"} | {"green"}, "Not enough")


def test_a_rule_that_says_so_binds_signed_contracts_from_its_day(ann):
    made = begin(ann)
    sign(ann, made.id)
    before = results(ann, made.id)
    day = date(2026, 10, 1)
    council.add_rule(ann, rule("green", "0.9", in_force_from=day, binds_signed_from=day))
    minimum = next(one for one in council.list_rules(ann) if one.record.code == "minimum")
    harder = replace(minimum.record, share=Decimal("0.5"), binds_signed_from=day)
    council.save_rule(ann, minimum, harder)
    assert results(ann, made.id, day - timedelta(days=1)) == before
    after = results(ann, made.id, day)
    assert list(after) == [*before, "green"]
    assert after["green"].startswith("Not enough: short by £2,230,000.00")
    assert after["minimum"].startswith("Not enough: short by £1,230,000.00")
    assert {code: word for code, word in after.items() if code not in {"green", "minimum"}} == {
        code: word for code, word in before.items() if code != "minimum"
    }


def test_a_contract_that_was_withdrawn_as_a_draft_is_held_against_no_seal(ann):
    made = begin(ann)
    seal(ann, made.id, ActKind.WITHDRAW)
    assert opened(ann, made.id).seal is None
    council.add_rule(ann, rule("green", "0.9"))
    assert "green" in results(ann, made.id)


# Lists and the Overview


def test_the_list_says_what_was_sealed_and_when_it_was_reopened(ann):
    made = begin(ann)
    (row,) = contracts.list_contracts(ann)
    assert (row.badge, row.sealed_value) == ("Draft", None)
    sign(ann, made.id)
    (row,) = contracts.list_contracts(ann)
    assert (row.badge, row.sealed_value) == ("Signed", Decimal("20000.00"))
    reopen(ann, made.id)
    (row,) = contracts.list_contracts(ann)
    assert (row.badge, row.sealed_value) == ("Reopened on 2 March 2026", None)


def test_the_overview_counts_signed_contracts_by_what_was_sealed_and_withdrawn_ones_nowhere(ann):
    made = begin(ann)
    sign(ann, made.id)
    draft = contracts.copy_contract(ann, opened(ann, made.id), "C2").result
    council.add_rule(ann, rule("green", "0.9"))
    figures = overview.figures(overview.load_cube(ann), Filters()).portfolio
    counted = {totals.group: {count.title: count.short for count in totals.policy} for totals in figures.groups}
    assert "Green" not in counted[Group.AGREED]
    rows = overview.figures(overview.load_cube(ann), Filters(), with_contracts=True).portfolio.contract_rows
    assert {row.reference: row.sealed_value for row in rows} == {"C1": Decimal("20000.00"), "C2": None}
    assert counted[Group.DRAFT]["Green"] == 1
    cube = overview.load_cube(ann)
    assert overview.check_contracts(ann, cube, [made.id, draft.id]).keys() == {made.id, draft.id}
    for contract_id in (made.id, draft.id):
        seal(ann, contract_id, ActKind.WITHDRAW)
    figures = overview.figures(overview.load_cube(ann), Filters()).portfolio
    assert (figures.contracts, figures.social_value) == (0, 0)
    assert len(contracts.list_contracts(ann)) == 2
    (listed,) = suppliers.list_suppliers(ann)
    assert (listed.contracts, listed.contract_value) == (0, 0)
