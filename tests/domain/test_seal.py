"""Sealed acts: what each makes of a contract, and what is asked of the days and the reason."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from tomsapp.domain.act_checks import ActGround, act_problems, with_shortfall
from tomsapp.domain.contract import Contract, ContractStatus
from tomsapp.domain.problems import Severity
from tomsapp.domain.seal import (
    ACT,
    Act,
    ActFacts,
    ActKind,
    badge_words,
    in_force,
    newest_seal,
    seal_in_force,
    standing_act,
    status_after,
    variations_in_force,
)

DRAFT, SIGNED, CLOSED, WITHDRAWN = ContractStatus
CONTRACT = Contract("C1", Decimal(100), date(2026, 4, 1), date(2029, 3, 31))
MADE, TODAY = date(2026, 3, 1), date(2026, 5, 3)
REASON = "The council changed its mind"


def said(kind: ActKind = ActKind.SIGN, **changes: object) -> ActFacts:
    facts: dict = {"done_on": date(2026, 3, 20), "takes_effect_on": date(2026, 4, 1), "role": "Procurement lead"}
    return ActFacts(kind, **{**facts, **changes})


def story(*steps: str) -> list[Act]:
    """Acts one after the other: "sign draft signed"."""
    acts = []
    for number, step in enumerate(steps, start=1):
        kind, was, becomes = step.split()
        acts.append(
            Act(
                ActKind(kind),
                date(2026, 3, 20 + number),
                date(2026, 4, 1),
                "Procurement lead",
                id=number,
                contract_id=7,
                by="M. Reid",
                recorded_at=datetime(2026, 3, 20 + number, tzinfo=UTC),
                was=ContractStatus(was),
                becomes=ContractStatus(becomes),
                sha256=f"sha {number}",
            )
        )
    return acts


SIGN, CLOSE = "sign draft signed", "close signed closed"


@pytest.mark.parametrize(
    ("status", "steps", "standing", "seal", "reopened"),
    [
        (DRAFT, (), None, None, DRAFT),
        (SIGNED, (SIGN,), 1, 1, DRAFT),
        (CLOSED, (SIGN, CLOSE), 2, 1, SIGNED),
        (SIGNED, (SIGN, CLOSE, "reopen closed signed"), 1, 1, DRAFT),
        (SIGNED, (SIGN, "reopen signed draft", SIGN), 3, 3, DRAFT),
        (DRAFT, (SIGN, "reopen signed draft"), None, None, DRAFT),
        (WITHDRAWN, (SIGN, "withdraw signed withdrawn"), 2, 1, SIGNED),
        (WITHDRAWN, ("withdraw draft withdrawn",), 1, None, DRAFT),
        # Earlier versions closed and reopened without an act.
        (CLOSED, (SIGN,), None, 1, SIGNED),
        (CLOSED, (), None, None, SIGNED),
        (SIGNED, (), None, None, DRAFT),
        (WITHDRAWN, (), None, None, DRAFT),
        (WITHDRAWN, (SIGN, "withdraw draft withdrawn"), 2, None, DRAFT),
    ],
)
def test_an_act_stands_until_its_reverse(status, steps, standing, seal, reopened):
    acts = story(*steps)
    found = standing_act(status, acts), seal_in_force(status, acts)
    assert [act and act.id for act in found] == [standing, seal]
    assert status_after(ActKind.REOPEN, status, acts) is reopened


VARY, BACK = "vary signed signed", "reopen signed signed"


def varied_story(*steps: str) -> list[Act]:
    """Acts of which each reopening takes back the last one that stands."""
    acts: list[Act] = []
    for act in story(*steps):
        standing = in_force(acts)
        takes_back = standing[-1].id if act.kind is ActKind.REOPEN else None
        acts.append(replace(act, reverses=takes_back))
    return acts


@pytest.mark.parametrize(
    ("status", "steps", "standing", "variations", "newest", "badge"),
    [
        (SIGNED, (SIGN,), 1, [], 1, "Signed"),
        (SIGNED, (SIGN, VARY), 2, [2], 2, "Signed, varied once"),
        (SIGNED, (SIGN, VARY, VARY), 3, [2, 3], 3, "Signed, varied twice"),
        (SIGNED, (SIGN, VARY, VARY, VARY), 4, [2, 3, 4], 4, "Signed, varied 3 times"),
        (SIGNED, (SIGN, VARY, BACK), 1, [], 1, "Signed"),
        (SIGNED, (SIGN, VARY, VARY, BACK), 2, [2], 2, "Signed, varied once"),
        (SIGNED, (SIGN, VARY, BACK, VARY), 4, [4], 4, "Signed, varied once"),
        (CLOSED, (SIGN, VARY, CLOSE), 3, [2], 2, "Closed, varied once"),
        (WITHDRAWN, (SIGN, VARY, "withdraw signed withdrawn"), 3, [2], 2, "Withdrawn"),
        (DRAFT, (SIGN, VARY, BACK, "reopen signed draft"), None, [], None, "Reopened on 24 March 2026"),
        # What cannot be: a variation of nothing that was signed.
        (SIGNED, (VARY,), 1, [], None, "Signed"),
    ],
)
def test_variations_stand_upon_their_signing(status, steps, standing, variations, newest, badge):
    acts = varied_story(*steps)
    found = standing_act(status, acts), newest_seal(status, acts)
    assert [act and act.id for act in found] == [standing, newest]
    assert [act.id for act in variations_in_force(status, acts)] == variations
    seal = seal_in_force(status, acts)
    assert (seal and seal.kind) is (ActKind.SIGN if newest else None)
    assert badge_words(status, acts) == badge


def test_reopening_after_a_variation_leaves_the_contract_signed():
    acts = varied_story(SIGN, VARY)
    assert status_after(ActKind.REOPEN, SIGNED, acts) is SIGNED
    assert status_after(ActKind.REOPEN, SIGNED, varied_story(SIGN, VARY, BACK)) is DRAFT


def test_each_act_gives_its_status_and_begins_where_it_can():
    given = {kind: status_after(kind, DRAFT, ()) for kind in ActKind if kind is not ActKind.REOPEN}
    assert given == {
        ActKind.SIGN: SIGNED,
        ActKind.CLOSE: CLOSED,
        ActKind.WITHDRAW: WITHDRAWN,
        ActKind.VARY: SIGNED,
    }
    assert {kind: kind.begins_at for kind in ActKind} == {
        ActKind.SIGN: {DRAFT},
        ActKind.REOPEN: {SIGNED, CLOSED, WITHDRAWN},
        ActKind.CLOSE: {SIGNED},
        ActKind.WITHDRAW: {DRAFT, SIGNED},
        ActKind.VARY: {SIGNED},
    }
    assert {kind for kind in ActKind if kind.fixes} == {ActKind.SIGN, ActKind.VARY}


@pytest.mark.parametrize(
    ("status", "steps", "words"),
    [
        (DRAFT, (), "Draft"),
        (DRAFT, (SIGN, "reopen signed draft"), "Reopened on 22 March 2026"),
        (SIGNED, (SIGN, CLOSE, "reopen closed signed"), "Signed"),
        (DRAFT, (SIGN,), "Draft"),
        (WITHDRAWN, ("withdraw draft withdrawn",), "Withdrawn"),
    ],
)
def test_a_badge_says_how_a_contract_stands(status, steps, words):
    assert badge_words(status, story(*steps)) == words


def test_an_act_is_told_in_a_sentence():
    (act,) = story(SIGN)
    assert act.words == ACT.name_of(act) == "Signed on 21 March 2026 by M. Reid, Procurement lead"
    assert act.entered_on is None
    later = replace(act, recorded_at=datetime(2026, 11, 29, 12).astimezone())
    assert later.entered_on == date(2026, 11, 29)
    assert replace(act, role="").words == "Signed on 21 March 2026 by M. Reid"
    assert act.told == "Signed by M. Reid, Procurement lead, from 1 April 2026"
    assert replace(act, role="", takes_effect_on=None).told == "Signed by M. Reid"
    (_, reopened) = story(SIGN, "reopen signed draft")
    assert reopened.told == "Reopened by M. Reid, Procurement lead, from 1 April 2026: draft again"
    (_, varied, back) = varied_story(SIGN, VARY, BACK)
    assert varied.told == "Varied by M. Reid, Procurement lead, from 1 April 2026"
    assert back.words == "Variation taken back on 23 March 2026 by M. Reid, Procurement lead"
    assert back.told == "Variation taken back by M. Reid, Procurement lead, from 1 April 2026: as it was before"
    assert [kind.words for kind in ActKind] == ["Sign", "Reopen", "Close", "Withdraw", "Vary"]


@pytest.mark.parametrize(
    ("facts", "errors", "asked"),
    [
        (said(), [], []),
        (said(done_on=date(2026, 5, 4)), ["done-on-future"], []),
        (said(takes_effect_on=None), ["takes-effect-on-missing"], []),
        (said(role=" "), ["role-missing"], []),
        (said(role="x" * 121), ["role-too-long"], []),
        # A day after the end, or before the contract was recorded, is taken with a reason only.
        (said(takes_effect_on=date(2029, 3, 31)), [], []),
        (said(takes_effect_on=date(2029, 4, 1)), ["reason-short"], ["takes-effect-on-asked"]),
        (said(takes_effect_on=date(2029, 4, 1), reason=REASON), [], ["takes-effect-on-asked"]),
        (said(done_on=MADE, takes_effect_on=MADE), [], []),
        (said(done_on=date(2026, 2, 28)), ["reason-short"], ["done-on-asked"]),
        (said(done_on=date(2026, 2, 28), reason=REASON), [], ["done-on-asked"]),
        # Reopening and withdrawing always say why, in 20 letters; spaces around and between them do not count.
        (said(ActKind.REOPEN), ["reason-short"], []),
        (said(ActKind.REOPEN, reason=f"{'a b':<30}"), ["reason-short"], []),
        (said(ActKind.REOPEN, reason="x" * 19), ["reason-short"], []),
        (said(ActKind.REOPEN, reason="x" * 20), [], []),
        (said(ActKind.WITHDRAW), ["reason-short"], []),
        (said(ActKind.WITHDRAW, takes_effect_on=date(2030, 1, 1), reason=REASON), [], []),
        # A contract is closed at its end.
        (said(ActKind.CLOSE, takes_effect_on=date(2029, 3, 31)), ["reason-short"], ["done-on-asked"]),
    ],
)
def test_what_is_asked_of_an_act(facts, errors, asked):
    found = act_problems(facts, ActGround(CONTRACT, MADE), TODAY)
    assert [problem.code for problem in found if problem.severity is Severity.ERROR] == errors
    assert [problem.code for problem in found if problem.severity is Severity.WARNING] == asked
    assert all(problem.message and problem.fix and problem.where.field for problem in found)


def test_a_closing_at_the_end_asks_nothing():
    closing = said(ActKind.CLOSE, done_on=date(2029, 4, 2), takes_effect_on=date(2029, 3, 31))
    assert act_problems(closing, ActGround(CONTRACT, MADE), date(2029, 4, 2)) == []


@pytest.mark.parametrize(
    ("facts", "errors"),
    [
        (said(), ["shortfall-unexplained"]),
        (said(reason=REASON), ["shortfall-unexplained"]),
        (said(reason=with_shortfall(REASON, ["Jobs", "Minimum"], "Allowed")), ["shortfall-unexplained"]),
        (said(reason=with_shortfall(REASON, ["Minimum"], REASON)), ["shortfall-unexplained"]),
        (said(reason=with_shortfall("", ["Jobs", "Minimum"], REASON)), []),
        (said(reason=with_shortfall(f"{REASON}.", ["Jobs", "Minimum"], REASON)), []),
        # The one reason is not the other.
        (
            said(done_on=date(2026, 2, 28), reason=with_shortfall("", ["Jobs", "Minimum"], REASON)),
            ["reason-short"],
        ),
        (said(ActKind.WITHDRAW, reason=REASON), []),
    ],
)
def test_signing_short_of_a_rule_needs_a_reason_of_its_own(facts, errors):
    found = act_problems(facts, ActGround(CONTRACT, MADE, ("Jobs", "Minimum")), TODAY)
    assert [problem.code for problem in found if problem.severity is Severity.ERROR] == errors
    assert all("short of Jobs and Minimum" in p.message for p in found if p.code == "shortfall-unexplained")


def test_the_reason_for_signing_short_stands_after_the_other():
    assert with_shortfall("On paper.", ["Jobs"], " M. Reid allowed it ") == (
        "On paper. Signed although short of Jobs: M. Reid allowed it"
    )
    assert with_shortfall(" ", ["Jobs"], "x") == "Signed although short of Jobs: x"
    assert with_shortfall("On paper.", [], "") == "On paper."


@pytest.mark.parametrize(
    ("published_on", "facts", "asked"),
    [
        (None, said(reason=REASON), []),
        (date(2026, 3, 19), said(), []),
        (date(2026, 3, 20), said(reason=REASON), ["published-later-asked"]),
        (date(2026, 3, 21), said(), ["published-later-asked"]),
        (date(2026, 3, 21), said(ActKind.WITHDRAW, reason=REASON), []),
    ],
)
def test_an_edition_that_was_published_on_the_day_of_signing_or_later_is_asked_about(published_on, facts, asked):
    found = act_problems(facts, ActGround(CONTRACT, MADE, published_on=published_on), TODAY)
    assert [problem.code for problem in found if problem.severity is Severity.WARNING] == asked
    assert [problem.code for problem in found if problem.severity is Severity.ERROR] == (
        ["reason-short"] if asked and not facts.reason else []
    )


def test_it_is_said_how_many_letters_a_reason_lacks():
    assert [said(reason=text).letters_missing for text in ("", "Signed with the", REASON)] == [20, 5, 0]
