"""The history of one tender tells of all its parts, whoever changed them, newest first."""

from dataclasses import replace

from tests.services.tenders.build import NOW, D, begin_tender, lot, opened
from tests.store.samples import fill
from tomsapp.domain.history import HistoryWanted
from tomsapp.domain.tender.acts import TenderActFacts, TenderActKind
from tomsapp.domain.tender.tender import TENDER
from tomsapp.services import edits
from tomsapp.services.history import read_history, record_history, tender_history
from tomsapp.services.tenders.facts import TENDER_FACTS
from tomsapp.services.tenders.issuing import issue
from tomsapp.services.tenders.parts import LOTS


def test_a_tender_tells_of_its_parts_its_acts_and_its_packs(ann, bob):
    page = begin_tender(ann)
    other = begin_tender(bob, "T-2026-004")
    LOTS.save(bob, page, page.lots[0], replace(page.lots[0].record, value=D("900000.00")))
    edits.undo(ann, LOTS.add(ann, opened(ann, page.id), [lot("Schools")]).edit)
    TENDER_FACTS.save(bob, other.stored, replace(other.tender, title="Windows"))
    said = TenderActFacts(TenderActKind.ISSUE, NOW.date(), "Procurement lead", version=1)
    issue(ann, opened(ann, page.id), said, NOW)
    lines = tender_history(ann, page.id)
    assert [line.at for line in lines] == sorted((line.at for line in lines), reverse=True)
    assert {line.part for line in lines} == {
        "Tender facts",
        "Lots",
        "Measures of a tender",
        "Questions of tenders",
        "Questions of bidders",
        "Acts of tenders",
        "Pack versions",
    }
    (changed,) = [line for line in lines if line.who == "Bob"]
    assert "£1,200,000.00 → £900,000.00" in changed.text
    assert not [line for line in lines if "T-2026-004" in line.what]
    assert {line.part for line in record_history(ann, TENDER, page.id)} == {"Tender facts"}


def test_every_row_of_every_kind_is_told_by_its_name(ann):
    fill(ann.database)
    told = {(line.part, line.record) for line in read_history(ann, HistoryWanted()).lines if line.contract_id is None}
    assert told >= {
        ("Tender facts", "T of C1"),
        ("Lots", "lot 1, Libraries"),
        ("Questions of tenders", "question 1, Local jobs"),
        ("Acts of tenders", "Issued on 4 January 2027 by Ann, Procurement lead: pack version 1"),
        ("Receipts", "receipt of Bridge Works Ltd"),
        ("Bids", "Bridge Works Ltd, lot 1"),
        ("Decisions on bids", "Left out: They are the same people"),
    }
