"""Issuing and amending: each version is frozen byte for byte, by a sealed act, as it was seen."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from tests.services.tenders.build import ASKED, NOW, begin_tender, lot, opened, tender
from tomsapp.domain.tender.acts import TenderActFacts, TenderActKind
from tomsapp.domain.tender.choices import TenderStatus
from tomsapp.exchange.tender_act_json import StatedPack, read_tender_act
from tomsapp.services import checking, edits
from tomsapp.services.failures import NotFound, StoreError
from tomsapp.services.tenders.acts import check_act, do, document_bytes, is_whole, proposed
from tomsapp.services.tenders.facts import TENDER_FACTS
from tomsapp.services.tenders.issuing import check_issue, issue, next_pack, read_version, version_bytes
from tomsapp.services.tenders.opening import open_offers
from tomsapp.services.tenders.parts import BIDDER_QUESTIONS, LOTS
from tomsapp.store.kept import sha256_of

LATER = NOW + timedelta(days=1)
PAST = datetime(2027, 1, 23, 9, tzinfo=UTC)


def said(kind: TenderActKind, **changes) -> TenderActFacts:
    facts = TenderActFacts(kind, NOW.date(), "Procurement lead", "As the board agreed in December")
    return replace(facts, **changes)


def issued(workspace):
    """A tender whose first version was issued."""
    page = begin_tender(workspace)
    issue(workspace, page, said(TenderActKind.ISSUE, version=1), NOW)
    return opened(workspace, page.id)


def amend(workspace, page, version: int = 2):
    return issue(workspace, page, said(TenderActKind.AMEND, version=version), LATER)


def test_first_version_is_frozen_with_its_act(ann):
    page = begin_tender(ann)
    facts = said(TenderActKind.ISSUE, version=1)
    assert not [each for each in check_issue(ann, page, facts, NOW) if each.severity.value == "error"]
    done = issue(ann, page, facts, NOW)
    assert done.result == 1
    with pytest.raises(StoreError, match="Issued on 4 January 2027"):
        edits.undo(ann, done.edit)
    after = opened(ann, page.id)
    assert after.tender == replace(page.tender, status=TenderStatus.ISSUED)
    (version,) = after.versions
    data = version_bytes(ann, page.id, 1)
    assert (version.version, version.sha256, version.size, version.by) == (1, sha256_of(data), len(data), "Ann")
    pack = read_version(ann, after, 1).pack
    assert (pack.tender.reference, pack.version, pack.issued_by, pack.issued_at) == ("T-2026-003", 1, "Ann", NOW)
    assert pack.lots == tuple(each.record for each in page.lots)
    assert pack.measures == tuple(each.record for each in page.measures)
    assert (pack.answered, pack.changes) == ((), ())
    (act,) = after.acts
    document = read_tender_act(document_bytes(ann, act))
    assert (document.was, document.becomes) == (TenderStatus.DRAFT, TenderStatus.ISSUED)
    assert document.pack == StatedPack(version.sha256, version.size)
    assert is_whole(act, document_bytes(ann, act))
    assert not is_whole(act, b"{}")
    assert not is_whole(replace(act, role="Other"), document_bytes(ann, act))
    assert checking.check(ann.database.target) == []
    with pytest.raises(NotFound):
        version_bytes(ann, page.id, 2)


def test_amendment_tells_what_was_changed_and_an_answered_question_goes_with_it(ann):
    page = issued(ann)
    first = version_bytes(ann, page.id, 1)
    with pytest.raises(StoreError, match="Nothing differs from the version before"):
        amend(ann, page)
    codes = [each.code for each in check_issue(ann, page, said(TenderActKind.AMEND, version=2), LATER)]
    assert "nothing-changed" in codes
    answered = replace(ASKED, answer="Yes, for two cars", answered_on=date(2027, 1, 6))
    BIDDER_QUESTIONS.save(ann, page, page.asked[0], answered)
    page = opened(ann, page.id)
    TENDER_FACTS.save(ann, page.stored, replace(page.tender, deadline_on=date(2027, 2, 5)))
    page = opened(ann, page.id)
    assert amend(ann, page).result == 2
    after = opened(ann, page.id)
    assert [each.version for each in after.versions] == [1, 2]
    pack = read_version(ann, after, 2).pack
    assert pack.answered == (answered,)
    assert len(pack.changes) == 2
    assert "5 February 2027" in pack.changes[0]
    assert read_tender_act(document_bytes(ann, after.acts[1])).pack.changes == pack.changes
    assert version_bytes(ann, page.id, 1) == first, "what was issued never changes"
    with pytest.raises(StoreError, match="Another version was issued meanwhile"):
        amend(ann, after)


def test_what_somebody_changed_meanwhile_is_not_issued_unseen(ann, bob):
    page = begin_tender(ann)
    LOTS.add(bob, opened(bob, page.id), [lot("Schools")])
    with pytest.raises(StoreError, match="Somebody changed T-2026-003 meanwhile"):
        issue(ann, page, said(TenderActKind.ISSUE, version=1), NOW)
    assert opened(ann, page.id).versions == ()


def test_set_up_with_errors_is_not_issued(ann):
    stored = TENDER_FACTS.add(ann, tender(menu="", edition="", price_weight=Decimal(1))).result
    page = opened(ann, stored.id)
    with pytest.raises(StoreError, match="The set-up has"):
        issue(ann, page, said(TenderActKind.ISSUE, version=1), NOW)
    with pytest.raises(StoreError, match="T-2026-003 has no menu"):
        next_pack(ann, page, NOW)


def test_act_is_proposed_in_the_role_as_before(ann):
    assert proposed(ann, TenderActKind.ISSUE).role == ""
    issued(ann)
    assert proposed(ann, TenderActKind.AMEND).role == "Procurement lead"


def test_offers_are_opened_after_the_deadline_or_early_with_a_reason(ann):
    page = issued(ann)
    with pytest.raises(StoreError, match="The deadline has not passed"):
        open_offers(ann, page, said(TenderActKind.OPEN), NOW)
    done = open_offers(ann, page, said(TenderActKind.OPEN_EARLY), NOW)
    after = opened(ann, page.id)
    assert after.tender.status is TenderStatus.OPENED
    assert after.acts[1].id == done.result
    with pytest.raises(StoreError, match="fixed"):
        LOTS.add(ann, after, [lot()])
    assert checking.check(ann.database.target) == []


@pytest.mark.parametrize("server", ["sqlite"])
def test_withdrawal_is_taken_back(ann):
    page = issued(ann)
    do(ann, page, said(TenderActKind.WITHDRAW, done_on=PAST.date()), PAST)
    after = opened(ann, page.id)
    assert after.tender.status is TenderStatus.WITHDRAWN
    back = said(TenderActKind.TAKE_BACK, done_on=PAST.date())
    with pytest.raises(StoreError, match="cannot be taken back"):
        do(ann, after, back, PAST, after.acts[0])
    do(ann, after, back, PAST, after.acts[1])
    after = opened(ann, page.id)
    assert after.tender.status is TenderStatus.ISSUED
    assert read_tender_act(document_bytes(ann, after.acts[2])).reverses == after.acts[1].sha256
    with pytest.raises(ValueError, match="AMEND"):
        do(ann, after, said(TenderActKind.AMEND), PAST)
    assert open_offers(ann, after, said(TenderActKind.OPEN, done_on=PAST.date()), PAST).result == after.acts[2].id + 1


@pytest.mark.parametrize("server", ["sqlite"])
def test_deadline_that_is_none_is_none(ann):
    page = begin_tender(ann, deadline_at="late")
    assert page.deadline is None
    assert "set-up-errors" in [each.code for each in check_act(page, said(TenderActKind.ISSUE, version=1), NOW)]
