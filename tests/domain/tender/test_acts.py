"""Acts of tenders: what each is called, what a tender is after them, and when each can be done."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tomsapp.domain.problems import Severity
from tomsapp.domain.tender.act_checks import TenderActGround, Unfinished, tender_act_problems
from tomsapp.domain.tender.acts import (
    TENDER_ACT,
    TenderAct,
    TenderActFacts,
    TenderActKind,
    admissions,
    award_of,
    awarded,
    early_opening,
    excluded,
    frozen_by,
    newest_version,
    standing,
    tender_status,
)
from tomsapp.domain.tender.choices import TenderStatus
from tomsapp.domain.tender.receipt import Admission

KIND, STATUS = TenderActKind, TenderStatus
NOW = datetime(2027, 1, 22, 14, tzinfo=UTC)
DEADLINE = datetime(2027, 1, 22, 12, tzinfo=UTC)
WHY = "The portal was down for an hour"
LOTS = (1, 2)
BIDS = {(1, "Calder"): 11, (2, "Calder"): 12, (1, "Meridian"): 13}


def act(kind: TenderActKind, number: int = 1, **others: Any) -> TenderAct:
    """An act as it is kept, on 22 January 2027."""
    facts: dict[str, Any] = {
        "done_on": NOW.date(),
        "role": "Procurement lead",
        "by": "M. Reid",
        "recorded_at": NOW,
        "tender_id": 7,
        "id": number,
    }
    return TenderAct(kind, **(facts | others))


ISSUED = (act(KIND.ISSUE, 1, version=1),)
OPENED = (*ISSUED, act(KIND.OPEN, 2))
FROZEN = (*OPENED, act(KIND.FREEZE, 3))
AWARDED = (*FROZEN, act(KIND.AWARD, 4, lot=1, supplier="Calder"))
ALL_AWARDED = (*AWARDED, act(KIND.AWARD, 5, lot=2, supplier="Calder"))
WITHDRAWN = (*ISSUED, act(KIND.WITHDRAW, 2, reason=WHY))


def take_back(number: int, reverses: int) -> TenderAct:
    return act(KIND.TAKE_BACK, number, reverses=reverses, reason=WHY)


@pytest.mark.parametrize(
    ("acts", "status"),
    [
        ((), STATUS.DRAFT),
        (ISSUED, STATUS.ISSUED),
        ((*ISSUED, act(KIND.AMEND, 2, version=2)), STATUS.ISSUED),
        (OPENED, STATUS.OPENED),
        ((*ISSUED, act(KIND.OPEN_EARLY, 2)), STATUS.OPENED),
        ((*OPENED, act(KIND.EXCLUDE, 3, lot=1, supplier="Calder")), STATUS.OPENED),
        (FROZEN, STATUS.FROZEN),
        (AWARDED, STATUS.FROZEN),
        (ALL_AWARDED, STATUS.AWARDED),
        ((*ALL_AWARDED, take_back(6, 5)), STATUS.FROZEN),
        ((*FROZEN, take_back(4, 3)), STATUS.OPENED),
        (WITHDRAWN, STATUS.WITHDRAWN),
        ((*WITHDRAWN, take_back(3, 2)), STATUS.ISSUED),
        ((*AWARDED, act(KIND.WITHDRAW, 5)), STATUS.WITHDRAWN),
    ],
)
def test_a_tender_stands_where_its_acts_left_it(acts, status):
    assert tender_status(acts, LOTS) is tender_status(reversed(acts), LOTS) is status


def test_a_tender_without_lots_is_never_awarded():
    assert tender_status(ALL_AWARDED, ()) is STATUS.FROZEN


def test_each_act_has_its_words():
    assert [kind.done for kind in KIND] == [
        "Issued",
        "Amended",
        "Opened",
        "Opened early",
        "Late file admitted",
        "Bid excluded",
        "Evaluation frozen",
        "Awarded",
        "Withdrawn",
        "Taken back",
    ]
    assert KIND.ADMIT_LATE.words == "Admit late"
    assert [kind for kind in KIND if kind.is_about_bid] == [KIND.EXCLUDE, KIND.AWARD]
    assert [kind for kind in KIND if kind.is_about_file] == [KIND.ADMIT_LATE]
    assert [kind for kind in KIND if kind.makes_version] == [KIND.ISSUE, KIND.AMEND]
    assert not any(kind.can_be_taken_back for kind in (KIND.ISSUE, KIND.AMEND, KIND.OPEN, KIND.OPEN_EARLY))


@pytest.mark.parametrize(
    ("one", "words"),
    [
        (ISSUED[0], "Issued on 22 January 2027 by M. Reid, Procurement lead: pack version 1"),
        (act(KIND.OPEN, role=""), "Opened on 22 January 2027 by M. Reid"),
        (
            act(KIND.ADMIT_LATE, receipt=3),
            "Late file admitted on 22 January 2027 by M. Reid, Procurement lead: receipt 3",
        ),
        (AWARDED[-1], "Awarded on 22 January 2027 by M. Reid, Procurement lead: Calder, lot 1"),
    ],
)
def test_an_act_is_told_in_a_sentence(one, words):
    assert one.words == TENDER_ACT.name_of(one) == words


def test_what_acts_come_to_is_told():
    acts = (
        *OPENED,
        act(KIND.AMEND, 3, version=2),
        act(KIND.ADMIT_LATE, 4, receipt=3, reason=WHY),
        act(KIND.EXCLUDE, 5, lot=1, supplier="Calder", reason=WHY, bid=11),
        act(KIND.AWARD, 6, lot=2, supplier="Calder"),
        act(KIND.ADMIT_LATE, 7, receipt=4, reason=WHY),
        take_back(8, 7),
    )
    assert (newest_version(acts), newest_version(())) == (2, 0)
    assert admissions(acts) == {3: Admission("M. Reid", WHY)}
    assert excluded(acts) == {11: WHY}
    assert frozen_by(acts) is None
    assert frozen_by(FROZEN) == FROZEN[-1]
    assert frozen_by((*FROZEN, take_back(4, 3))) is None
    assert awarded(acts) == {2: "Calder"}
    won = act(KIND.AWARD, 9, lot=3, supplier="Calder", bid=11)
    assert (award_of((*acts, won), 3), award_of(acts, 3)) == (won, None)
    assert [each.id for each in standing(reversed(acts))] == [1, 2, 3, 4, 5, 6]
    assert early_opening(acts) is None
    early = act(KIND.OPEN_EARLY, 2)
    assert early_opening((*ISSUED, early)) == early


def facts(kind: TenderActKind, **others: Any) -> TenderActFacts:
    given: dict[str, Any] = {"done_on": NOW.date(), "role": "Procurement lead", "reason": WHY}
    return TenderActFacts(kind, **(given | others))


def ground(acts: tuple[TenderAct, ...] = (), **others: Any) -> TenderActGround:
    given: dict[str, Any] = {"lots": LOTS, "now": NOW, "deadline": DEADLINE, "bids": BIDS}
    return TenderActGround(acts, **(given | others))


BEFORE = {"now": DEADLINE}
RIGHT = [
    (facts(KIND.ISSUE, version=1, reason=""), ground()),
    (facts(KIND.AMEND, version=2, reason=""), ground(ISSUED)),
    (facts(KIND.OPEN, reason=""), ground(ISSUED)),
    (facts(KIND.OPEN_EARLY), ground(ISSUED, **BEFORE)),
    (facts(KIND.OPEN_EARLY), ground(ISSUED, deadline=None)),
    (facts(KIND.ADMIT_LATE, receipt=3), ground(OPENED, late=frozenset({3}))),
    (facts(KIND.EXCLUDE, lot=1, supplier="Calder"), ground(OPENED)),
    (facts(KIND.FREEZE, reason=""), ground(OPENED)),
    (facts(KIND.AWARD, lot=2, supplier="Calder", reason=""), ground(AWARDED, first=frozenset({"Calder"}))),
    (facts(KIND.WITHDRAW), ground()),
    (facts(KIND.WITHDRAW), ground(AWARDED)),
    (facts(KIND.TAKE_BACK), ground(AWARDED, reverses=AWARDED[-1])),
    (facts(KIND.TAKE_BACK), ground(WITHDRAWN, reverses=WITHDRAWN[-1])),
]


@pytest.mark.parametrize(("done", "held"), RIGHT, ids=lambda one: getattr(getattr(one, "kind", None), "value", ""))
def test_what_can_be_done_is_done(done, held):
    assert tender_act_problems(done, held) == []


EXCLUDED = (*OPENED, act(KIND.EXCLUDE, 3, lot=1, supplier="Calder as it was called then", bid=11))
LET_IN = (*OPENED, act(KIND.ADMIT_LATE, 3, receipt=3))
WRONG = [
    (facts(KIND.WITHDRAW, done_on=date(2027, 1, 23)), ground(), "done-on-future"),
    (facts(KIND.WITHDRAW, role=" "), ground(), "role-missing"),
    (facts(KIND.ISSUE, version=1), ground(ISSUED), "status-wrong"),
    (facts(KIND.ISSUE, version=1), ground(set_up_errors=2), "set-up-errors"),
    (facts(KIND.ISSUE, version=2), ground(), "version-wrong"),
    (facts(KIND.AMEND, version=2), ground(OPENED), "status-wrong"),
    (facts(KIND.AMEND, version=2), ground(ISSUED, has_changes=False), "nothing-changed"),
    (facts(KIND.AMEND, version=2), ground(ISSUED, set_up_errors=1), "set-up-errors"),
    (facts(KIND.OPEN), ground(ISSUED, **BEFORE), "before-deadline"),
    (facts(KIND.OPEN), ground(ISSUED, deadline=None), "before-deadline"),
    (facts(KIND.OPEN_EARLY), ground(ISSUED), "past-deadline"),
    (facts(KIND.OPEN_EARLY, reason="Too short"), ground(ISSUED, **BEFORE), "reason-short"),
    (facts(KIND.ADMIT_LATE, receipt=3), ground(OPENED), "not-late"),
    (facts(KIND.ADMIT_LATE, receipt=3), ground(LET_IN, late=frozenset({3})), "admitted-already"),
    (facts(KIND.EXCLUDE, lot=2, supplier="Meridian"), ground(OPENED), "no-such-bid"),
    (facts(KIND.EXCLUDE, lot=1, supplier="Calder"), ground(EXCLUDED), "excluded-already"),
    (facts(KIND.FREEZE), ground(OPENED, unfinished=Unfinished(2, 1, 3)), "undecided unmoderated unscored"),
    (facts(KIND.AWARD, lot=3, supplier="Calder"), ground(FROZEN), "no-such-lot"),
    (facts(KIND.AWARD, lot=1, supplier="Calder"), ground(AWARDED), "awarded-already"),
    (facts(KIND.AWARD, lot=2, supplier="Meridian"), ground(FROZEN), "no-such-bid"),
    (facts(KIND.EXCLUDE, supplier="Calder"), ground(OPENED), "no-such-bid"),
    (
        facts(KIND.AWARD, lot=1, supplier="Calder"),
        ground((*EXCLUDED, act(KIND.FREEZE, 4)), first=frozenset({"Calder"})),
        "no-such-bid",
    ),
    (facts(KIND.AWARD, lot=1, supplier="Meridian"), ground(FROZEN, first=frozenset({"Calder"})), "not-first"),
    (
        facts(KIND.AWARD, lot=1, supplier="Meridian", reason=""),
        ground(FROZEN, first=frozenset({"Calder"})),
        "not-first reason-short",
    ),
    (facts(KIND.WITHDRAW), ground(ALL_AWARDED), "status-wrong"),
    (facts(KIND.TAKE_BACK), ground(FROZEN), "gone"),
    (facts(KIND.TAKE_BACK), ground((*FROZEN, take_back(4, 3)), reverses=FROZEN[-1]), "gone"),
    (facts(KIND.TAKE_BACK), ground(OPENED, reverses=OPENED[-1]), "never-taken-back"),
    (facts(KIND.TAKE_BACK), ground(AWARDED, reverses=FROZEN[-1]), "rested-on"),
    (facts(KIND.TAKE_BACK), ground((*LET_IN, act(KIND.FREEZE, 4)), reverses=LET_IN[-1]), "rested-on"),
    (facts(KIND.TAKE_BACK), ground(AWARDED, reverses=AWARDED[-1], stands="C-1 is signed"), "contract-sealed"),
]


@pytest.mark.parametrize(("done", "held", "codes"), WRONG)
def test_what_must_be_put_right_first_is_said(done, held, codes):
    found = tender_act_problems(done, held)
    assert " ".join(problem.code for problem in found) == codes
    assert all(problem.message and problem.fix for problem in found)


def test_counts_are_told_in_words():
    found = tender_act_problems(facts(KIND.FREEZE), ground(OPENED, unfinished=Unfinished(2, 1)))
    assert [problem.message for problem in found] == [
        "2 problems of bids are undecided",
        "1 answer has no moderated mark",
    ]


def test_an_award_to_another_than_the_first_is_asked_about():
    [problem] = tender_act_problems(facts(KIND.AWARD, lot=1, supplier="Meridian"), ground(FROZEN))
    assert problem.severity is Severity.WARNING
    assert problem.message == "Meridian is not ranked first in lot 1"


def test_the_deadline_itself_is_in_time():
    assert not ground(now=DEADLINE).is_past_deadline
    assert ground(now=DEADLINE + timedelta(seconds=1)).is_past_deadline


@given(st.lists(st.tuples(st.sampled_from(KIND), st.integers(0, 11), st.sampled_from([1, 2])), max_size=12))
def test_whatever_is_done_in_the_order_that_is_allowed_leaves_a_tender_in_one_status(steps):
    """Only acts that are allowed are done, and what then stands never contradicts itself."""
    acts: list[TenderAct] = []
    for number, (kind, which, lot) in enumerate(steps, 1):
        version = newest_version(acts) + 1 if kind.makes_version else None
        about = {"lot": lot, "supplier": "Calder"} if kind.is_about_bid else {}
        done = facts(kind, version=version, receipt=which if kind.is_about_file else None, **about)
        now = DEADLINE if kind is KIND.OPEN_EARLY else NOW
        reverses = next((each for each in acts if each.id == which), None)
        held = ground(tuple(acts), now=now, late=frozenset(range(12)), first=frozenset({"Calder"}), reverses=reverses)
        if not tender_act_problems(done, held):
            kept = act(kind, number, version=version, receipt=done.receipt, **about)
            acts.append(replace(kept, reverses=which) if kind is KIND.TAKE_BACK else kept)
    kinds = [each.kind for each in standing(acts)]
    assert kinds.count(KIND.ISSUE) <= 1
    assert kinds.count(KIND.FREEZE) <= 1
    assert kinds.count(KIND.OPEN) + kinds.count(KIND.OPEN_EARLY) <= 1
    if KIND.AWARD in kinds:
        assert KIND.FREEZE in kinds
    if KIND.FREEZE in kinds:
        assert {KIND.OPEN, KIND.OPEN_EARLY} & set(kinds)
    versions = [each.version for each in acts if each.version is not None]
    assert versions == list(range(1, len(versions) + 1))
