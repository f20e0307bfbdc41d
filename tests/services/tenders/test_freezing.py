"""Bids are excluded and evaluations frozen: sealed acts, with all that was seen then."""

from dataclasses import replace

import pytest

from tests.services.tenders.build import opened
from tests.services.tenders.evaluations import (
    EXCLUDE,
    FREEZE,
    enter,
    evaluated_tender,
    evaluation,
    freeze_it,
)
from tests.services.tenders.offers import CALDER, LAMP, OPEN, PAST
from tomsapp.domain.tender.acts import TenderActKind
from tomsapp.domain.tender.choices import TenderStatus
from tomsapp.exchange.tender_act_json import read_tender_act
from tomsapp.exchange.tenders.evaluation_file import evaluation_parts
from tomsapp.services import checking, edits
from tomsapp.services.failures import StoreError
from tomsapp.services.tenders.acts import do, document_bytes
from tomsapp.services.tenders.bids import save_bids
from tomsapp.services.tenders.freezing import (
    check_exclude,
    check_freeze,
    evaluation_file_name,
    exclude,
    freeze,
    frozen_bytes,
)
from tomsapp.store.errors import NotFound
from tomsapp.store.kept import sha256_of

here = pytest.mark.parametrize("server", ["sqlite"])
TAKE_BACK = replace(OPEN, kind=TenderActKind.TAKE_BACK, reason="A mark was entered for the wrong bidder")


def test_a_bid_that_is_excluded_is_not_admitted_whatever_its_bidder_is_called_later(ann):
    page = evaluated_tender(ann)
    done = exclude(ann, evaluation(ann, page), EXCLUDE, PAST)
    with ann.work("Rename") as uow:
        stored = next(each for each in uow.suppliers.all() if each.record.name == LAMP.name)
        uow.suppliers.save(stored.id, stored.version, replace(stored.record, name="Lamp and Sons Ltd"))
        uow.commit()
    found = evaluation(ann, page)
    (act,) = [each for each in found.opened.acts if each.id == done.result]
    assert act.words.startswith("Bid excluded on 23 January 2027")
    (row,) = found.lot(1).evaluated.evaluation.not_admitted
    assert row.supplier == "Lamp and Sons Ltd"
    assert row.fails == ("Excluded: It gave false information about its accounts",)
    assert found.lot(1).bid(row.key).excluded == EXCLUDE.reason
    assert found.lot(1).bid(row.key).undecided == ()
    assert [winner.supplier for winner in found.lot(1).evaluated.evaluation.winners] == [CALDER.name]
    document = read_tender_act(document_bytes(ann, act))
    assert document.bid == act.bid == found.lot(1).bids[1].stored.id
    again = replace(EXCLUDE, supplier="Lamp and Sons Ltd")
    assert [each.code for each in check_exclude(ann, found, again, PAST)] == ["excluded-already"]
    with pytest.raises(StoreError, match="Undo stops here"):
        edits.undo(ann, done.edit)
    do(ann, found.opened, TAKE_BACK, PAST, act)
    assert len(evaluation(ann, page).lot(1).admitted) == 2
    assert checking.check(ann.database.target) == []


@here
def test_only_a_bid_is_excluded_and_with_a_reason(ann):
    page = evaluated_tender(ann)
    found = evaluation(ann, page)
    with pytest.raises(ValueError, match="OPEN"):
        exclude(ann, found, OPEN, PAST)
    with pytest.raises(StoreError, match="There is no such bid"):
        exclude(ann, found, replace(EXCLUDE, lot=2), PAST)
    with pytest.raises(StoreError, match="The reason says too little"):
        exclude(ann, found, replace(EXCLUDE, reason="No"), PAST)
    exclude(ann, found, EXCLUDE, PAST)
    with pytest.raises(StoreError, match="Somebody changed T-2026-003 meanwhile"):
        exclude(ann, found, replace(EXCLUDE, supplier=CALDER.name), PAST)


def test_an_evaluation_is_frozen_with_its_bytes_and_stays_so(ann):
    page = evaluated_tender(ann)
    before = evaluation(ann, page)
    assert check_freeze(ann, before, FREEZE, PAST) == []
    done = freeze(ann, before, FREEZE, PAST)
    after = evaluation(ann, page)
    assert after.opened.tender.status is TenderStatus.FROZEN
    act = after.opened.acts[-1]
    assert (act.id, act.kind) == (done.result, TenderActKind.FREEZE)
    content = frozen_bytes(ann, page.id)
    document = read_tender_act(document_bytes(ann, act))
    assert (document.evaluation.sha256, document.evaluation.size) == (sha256_of(content), len(content))
    parts = evaluation_parts(content, "the file")
    assert parts.changed == ()
    with ann.look() as uow:
        assert {number: each.data for number, each in parts.offers.items()} == {
            file.number: uow.received.content(file_id) for file_id, file in uow.received.of(page.id)
        }
    assert after.lots[0].evaluated.evaluation == before.lots[0].evaluated.evaluation
    (bid, _) = after.bids
    with pytest.raises(StoreError, match="T-2026-003 is frozen, and its bids are not changed"):
        save_bids(ann, after.opened, [(bid.stored, replace(bid.stored.record, notes="x"))])
    with pytest.raises(StoreError, match="Undo stops here"):
        edits.undo(ann, done.edit)
    assert evaluation_file_name(page.tender) == "T-2026-003 evaluation.tomseval"
    assert checking.check(ann.database.target) == []


@here
def test_a_freezing_is_taken_back_and_done_again(ann):
    page = evaluated_tender(ann)
    with pytest.raises(NotFound, match="not frozen"):
        frozen_bytes(ann, page.id)
    freeze_it(ann, page)
    first = frozen_bytes(ann, page.id)
    after = opened(ann, page.id)
    do(ann, after, TAKE_BACK, PAST, after.acts[-1])
    assert opened(ann, page.id).tender.status is TenderStatus.OPENED
    with pytest.raises(NotFound):
        frozen_bytes(ann, page.id)
    enter(ann, page, {CALDER.name: ("800000.00", "40")})
    freeze_it(ann, page)
    assert frozen_bytes(ann, page.id) != first
    assert checking.check(ann.database.target) == []


@here
def test_what_is_not_finished_is_not_frozen(ann):
    page = evaluated_tender(ann, is_entered=False)
    found = evaluation(ann, page)
    with pytest.raises(ValueError, match="OPEN"):
        freeze(ann, found, OPEN, PAST)
    codes = [each.code for each in check_freeze(ann, found, FREEZE, PAST)]
    assert codes == ["undecided", "unmoderated", "unscored"]
    with pytest.raises(StoreError, match="8 problems of bids are undecided"):
        freeze(ann, found, FREEZE, PAST)


@here
def test_what_changed_meanwhile_is_not_frozen(ann):
    page = evaluated_tender(ann)
    found = evaluation(ann, page)
    enter(ann, page, {CALDER.name: ("800000.00", "40")})
    with pytest.raises(StoreError, match="Somebody changed a bid, a decision or a mark meanwhile"):
        freeze(ann, found, FREEZE, PAST)
    assert opened(ann, page.id).tender.status is TenderStatus.OPENED


@here
def test_what_would_not_come_out_again_is_not_frozen(ann, monkeypatch):
    page = evaluated_tender(ann)
    found = evaluation(ann, page)
    monkeypatch.setattr("tomsapp.services.tenders.freezing.frozen_lots", lambda *_: ())
    with pytest.raises(StoreError, match="does not come out again"):
        freeze(ann, found, FREEZE, PAST)


@here
def test_a_bid_whose_file_counts_no_more_is_frozen_as_not_admitted(ann):
    page = evaluated_tender(ann)
    with ann.work("Refuse") as uow:
        file_id = next(each for each, file in uow.received.of(page.id) if file.number == 2)
        held = uow.receipts.by_file(page.id)[file_id]
        uow.receipts.save(held.id, held.version, replace(held.record, refused="it was withdrawn"))
        uow.commit()
    found = evaluation(ann, page)
    (row,) = found.lot(1).evaluated.evaluation.not_admitted
    assert row.fails == ("No complete offer came in time",)
    freeze_it(ann, page)
    assert list(evaluation_parts(frozen_bytes(ann, page.id), "").offers) == [1]
