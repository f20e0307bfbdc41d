"""Offers are opened: each is read whole, and of each bidder and lot the file that counts becomes a bid."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from tests.services.tenders.build import NOW, opened
from tests.services.tenders.offers import CALDER, DAY, ISSUE, LAMP, OPEN, PAST, filled_book, issued_tender, saved
from tomsapp.domain.supplier import Supplier
from tomsapp.domain.tender.acts import TenderActKind
from tomsapp.domain.tender.bid import Bid
from tomsapp.domain.tender.choices import TenderStatus
from tomsapp.domain.tender.receipt import Standing
from tomsapp.services import checking, edits
from tomsapp.services.failures import StoreError
from tomsapp.services.suppliers import add_supplier
from tomsapp.services.tenders import opening
from tomsapp.services.tenders.acts import check_act, do
from tomsapp.services.tenders.facts import TENDER_FACTS
from tomsapp.services.tenders.found_files import FoundFile
from tomsapp.services.tenders.issuing import issue
from tomsapp.services.tenders.opening import admit_late, open_offers, read_bids
from tomsapp.services.tenders.receipt_saving import save_receipt
from tomsapp.services.tenders.receipts import list_receipts, receipt_rows
from tomsapp.services.tenders.receiving import receive

here = pytest.mark.parametrize("server", ["sqlite"])
ADMIT = replace(OPEN, kind=TenderActKind.ADMIT_LATE, reason="The portal was down for an hour that day")


def words(workspace, page) -> list[str]:
    return [each.judged.words for each in list_receipts(workspace, page.id)]


def test_the_last_complete_file_in_time_becomes_the_bid(ann):
    page = issued_tender(ann)
    book, unfinished = filled_book(ann, page), saved(ann, page, statements={})
    late = FoundFile("late", saved(ann, page, LAMP), "", DAY, "13:00")
    receive(ann, page, [FoundFile("a.xlsx", book), FoundFile("b", unfinished), late])
    assert words(ann, page)[0].startswith("Replaced on"), "before the deadline nobody looks whether it is finished"
    done = open_offers(ann, page, OPEN, PAST)
    after = opened(ann, page.id)
    assert after.tender.status is TenderStatus.OPENED
    assert done.result == after.acts[-1].id
    with pytest.raises(StoreError, match="Undo stops here"):
        edits.undo(ann, done.edit)
    assert words(ann, page) == [
        "Counts",
        "Not finished: 1 question has no answer. Ask for the offer again, finished",
        "Late by 1 h. Does not count",
    ]
    (bid,) = read_bids(ann, page.id)
    assert bid.stored.record == Bid(1, CALDER.name)
    assert bid.receipt.judged.file.name == "a.xlsx"
    offer = bid.read.checked.offer
    assert {each.measure: each.quantities for each in offer.commitments} == {
        "V01": (Decimal(60), Decimal(60)),
        "J01": (Decimal(1), Decimal(1)),
    }
    assert offer.statements == {1: "With the job centre."}
    assert bid.read.checked.checked.valuation.social_value > 0
    assert not bid.read.checked.has_errors
    assert checking.check(ann.database.target) == []


def test_a_late_file_that_is_admitted_becomes_a_bid(ann):
    page = issued_tender(ann)
    receive(
        ann, page, [FoundFile("late", saved(ann, page, LAMP), "", DAY, "13:00"), FoundFile("x", b"x", "", DAY, "14:00")]
    )
    open_offers(ann, page, OPEN, PAST)
    after = opened(ann, page.id)
    assert read_bids(ann, page.id) == ()
    with pytest.raises(StoreError, match="Only a file that is late"):
        admit_late(ann, after, replace(ADMIT, receipt=2), PAST)
    with pytest.raises(ValueError, match="OPEN"):
        admit_late(ann, after, OPEN, PAST)
    admit_late(ann, after, replace(ADMIT, receipt=1), PAST)
    (bid,) = read_bids(ann, page.id)
    assert (bid.stored.record.supplier, bid.receipt.judged.standing) == (LAMP.name, Standing.ADMITTED_LATE)
    after = opened(ann, page.id)
    back = replace(OPEN, kind=TenderActKind.TAKE_BACK, reason="It was admitted by mistake, sorry")
    do(ann, after, back, PAST, after.acts[-1])
    (bid,) = read_bids(ann, page.id)
    assert (bid.receipt, bid.read) == (None, None), "no file counts any more"
    assert checking.check(ann.database.target) == []


@here
def test_a_late_file_is_admitted_before_the_offers_are_opened(ann):
    page = issued_tender(ann)
    receive(ann, page, [FoundFile("late", saved(ann, page, LAMP), "", DAY, "13:00")])
    admit_late(ann, opened(ann, page.id), replace(ADMIT, receipt=1), PAST)
    assert read_bids(ann, page.id) == ()
    open_offers(ann, opened(ann, page.id), OPEN, PAST)
    assert len(read_bids(ann, page.id)) == 1


def test_the_deadline_of_the_issued_pack_decides_and_none_that_is_only_typed(ann):
    page = issued_tender(ann)
    receive(ann, page, [FoundFile("late", saved(ann, page, LAMP), "", DAY, "13:00")])
    later = replace(page.tender, deadline_on=DAY + timedelta(days=7), deadline_zone="Europe/Paris")
    TENDER_FACTS.save(ann, page.stored, later)
    typed = opened(ann, page.id)
    assert (typed.tender.deadline_words, typed.in_force) == (later.deadline_words, page.tender)
    assert words(ann, page) == ["Late by 1 h. Does not count"], "nobody outside knows of the later day"
    (row,) = receipt_rows(typed.in_force, list_receipts(ann, page.id))
    assert row[4] == "22 January 2027, 13:00:00", "the portal's clock is that of the pack"
    assert "before-deadline" not in [each.code for each in check_act(typed, OPEN, PAST)]
    amend = replace(ISSUE, kind=TenderActKind.AMEND, version=2)
    issue(ann, typed, amend, NOW)
    amended = opened(ann, page.id)
    assert amended.in_force == amended.tender
    assert words(ann, page) == ["Counts. Made with pack version 1"]
    assert "before-deadline" in [each.code for each in check_act(amended, OPEN, PAST)]
    with pytest.raises(StoreError, match="The deadline has not passed"):
        open_offers(ann, amended, OPEN, PAST)


@here
def test_what_comes_after_the_opening_is_read_at_once(ann):
    page = issued_tender(ann)
    open_offers(ann, page, OPEN, PAST)
    after = opened(ann, page.id)
    cut = saved(ann, page).replace(b'"commitments"', b'"promises"')
    given = [FoundFile("a", saved(ann, page, statements={})), FoundFile("b", b"b"), FoundFile("c", cut)]
    receive(ann, after, given)
    assert words(ann, page)[0] == "Not finished: 1 question has no answer. Ask for the offer again, finished"
    with pytest.raises(StoreError, match="were opened meanwhile"):
        receive(ann, page, [FoundFile("d", b"d")])


@here
def test_a_bid_is_made_when_it_is_said_whose_a_file_is(ann):
    page = issued_tender(ann)
    plc = add_supplier(ann, Supplier("Lamp plc")).result
    receive(ann, page, [FoundFile("a", saved(ann, page, replace(LAMP, registration="")))])
    open_offers(ann, page, OPEN, PAST)
    stored = list_receipts(ann, page.id)[0].stored
    done = save_receipt(ann, page.id, stored, replace(stored.record, supplier=plc.record.name))
    assert len(done.edit.records) == 2, "the receipt and the bid"
    with ann.work("Price") as uow:
        (held,) = uow.bids.of(page.id)
        uow.bids.save(held.id, held.version, replace(held.record, price=Decimal(1000000)))
        uow.commit()
    (bid,) = read_bids(ann, page.id)
    assert (bid.stored.record.supplier, bid.stored.record.price) == ("Lamp plc", Decimal(1000000))


@here
def test_an_offer_that_cannot_be_read_whole_is_refused_when_it_is_opened(ann, monkeypatch):
    page = issued_tender(ann)
    receive(ann, page, [FoundFile("a", saved(ann, page))])
    monkeypatch.setattr(opening, "read_offers", lambda *_: [StoreError("the sheet is gone", "")])
    open_offers(ann, page, OPEN, PAST)
    assert words(ann, page) == ["Refused: the sheet is gone. Ask for the workbook of the pack, filled in"]
    assert read_bids(ann, page.id) == ()


@here
def test_offers_are_not_opened_in_another_way_or_while_files_come_in(ann, bob, monkeypatch):
    page = issued_tender(ann)
    with pytest.raises(ValueError, match="ISSUE"):
        open_offers(ann, page, ISSUE, PAST)
    with pytest.raises(ValueError, match="OPEN"):
        do(ann, page, OPEN, PAST)
    with pytest.raises(StoreError, match="The deadline has not passed"):
        open_offers(ann, page, replace(OPEN, done_on=NOW.date()), NOW + timedelta(hours=1))
    real = opening.read_offers

    def meanwhile(*given):
        receive(bob, opened(bob, page.id), [FoundFile("b", b"b")])
        return real(*given)

    monkeypatch.setattr(opening, "read_offers", meanwhile)
    with pytest.raises(StoreError, match="A file was received meanwhile"):
        open_offers(ann, page, OPEN, PAST)
    assert opened(ann, page.id).tender.status is TenderStatus.ISSUED
