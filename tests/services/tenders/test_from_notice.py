"""A tender is begun from a notice: in the locked room read, added with its lots in one edit, and undone as one."""

import json
from datetime import date
from decimal import Decimal

import pytest

from tests.exchange.notices.made import package, release
from tests.exchange.notices.test_tender_notice import NORTH, SOUTH
from tests.services.tenders.build import opened
from tomsapp.domain.contract import ContractKind
from tomsapp.domain.tender.tender import Tender
from tomsapp.exchange.notices.tender_notice import NoticedLot, NoticedTender
from tomsapp.exchange.offer_file import OfferUnreadable
from tomsapp.room.errors import EndedUnexpectedly
from tomsapp.services import edits
from tomsapp.services.failures import StoreError
from tomsapp.services.tenders import from_notice as service
from tomsapp.services.tenders.from_notice import begin_from_notice, from_notice, read_notice_file
from tomsapp.services.tenders.reading import list_tenders

START = Tender("T-2026-003", menu="barnet-open", edition="2026.2")


def notice(folder, **tender):
    path = folder / "notice.json"
    tender = {"lots": [NORTH, SOUTH], "tenderPeriod": {"endDate": "2027-01-22T12:00:00Z"}, **tender}
    path.write_bytes(package(release(1, awards=[], contracts=[], tender=tender)))
    return path


def test_a_tender_is_begun_with_its_lots_and_undone_as_one(ann, tmp_path):
    (noticed,) = read_notice_file(notice(tmp_path, techniques={"hasFrameworkAgreement": True}))
    told = from_notice(noticed, START)
    assert told.left == ()
    done = begin_from_notice(ann, told)
    page = opened(ann, done.result.id)
    tender = page.tender
    assert (tender.reference, tender.title, tender.menu) == ("T-2026-003", "Made up work 1", "barnet-open")
    assert (tender.deadline_words, tender.kind) == ("12 noon, Friday 22 January 2027, UK time", ContractKind.FRAMEWORK)
    assert tender.ocid == "ocds-h6vhtk-0f0001"
    assert tender.notes.endswith("Notice 000001-2026 of 2 February 2026, Find a Tender")
    lots = [each.record for each in page.lots]
    assert [(lot.number, lot.title, lot.value) for lot in lots] == [(1, "North", Decimal(100000)), (2, "South", None)]
    assert (lots[0].start_on, lots[0].end_on) == (date(2027, 4, 1), date(2029, 3, 31))
    edits.undo(ann, done.edit)
    assert list_tenders(ann) == []
    edits.redo(ann, done.edit)
    assert len(opened(ann, done.result.id).lots) == 2


def test_a_notice_is_begun_once(ann, tmp_path):
    (noticed,) = read_notice_file(notice(tmp_path))
    begin_from_notice(ann, from_notice(noticed, START))
    with pytest.raises(StoreError, match="T-2026-003 was begun from the same notice"):
        begin_from_notice(ann, from_notice(noticed, Tender("T-2026-004")))
    assert len(list_tenders(ann)) == 1


def test_what_no_record_can_hold_is_left_out_and_said(ann):
    lot = NoticedLot("x" * 1000, Decimal(0), Decimal(-5), date(2029, 1, 1), date(2027, 1, 1))
    noticed = NoticedTender("not an ID", "", "Work", "", "", None, "", False, (lot, *[NoticedLot()] * 100), "")
    told = from_notice(noticed, START)
    assert (told.tender.ocid, told.tender.deadline_at, told.tender.notes) == ("", "12:00", "")
    assert len(told.lots) == 100
    assert told.lots[0].value is None
    assert "so it was left out" in told.left[0]
    assert told.left[-1] == "A tender has at most 100 lots, and the notice has 101"
    assert any(each.startswith("Lot 1: ") for each in told.left)
    assert begin_from_notice(ann, told).result.record.title == "Work"


def test_what_is_no_notice_is_refused(tmp_path):
    path = tmp_path / "list.csv"
    path.write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(OfferUnreadable):
        read_notice_file(path)


def test_an_answer_that_says_no_tenders_comes_from_a_child_that_was_taken_over(tmp_path, monkeypatch):
    path = notice(tmp_path)
    real = service.ask_watched

    def told(question):
        answer = real(question)
        answer.told["tenders"] = json.loads("{}")
        return answer

    monkeypatch.setattr(service, "ask_watched", told)
    with pytest.raises(EndedUnexpectedly):
        read_notice_file(path)
