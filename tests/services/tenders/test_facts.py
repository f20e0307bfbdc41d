"""The facts of tenders: checked, kept with their menu edition, copied, deleted, and undone."""

from dataclasses import replace
from datetime import date

import pytest

from tests.services.tenders.build import begin_tender, opened, tender
from tomsapp.domain.errors import MenuError
from tomsapp.domain.problems import Severity
from tomsapp.domain.tender.choices import Route, TenderStatus
from tomsapp.services import edits
from tomsapp.services.failures import EditConflict, StoreError
from tomsapp.services.tenders.facts import (
    TENDER_FACTS,
    check_facts_may_change,
    copy_tender,
    delete_tender,
    next_reference,
)
from tomsapp.services.tenders.quotes import quote_start
from tomsapp.services.tenders.reading import list_tenders


def test_tender_is_added_changed_and_both_are_undone(ann):
    added = TENDER_FACTS.add(ann, tender(status=TenderStatus.AWARDED))
    assert (added.result.record, added.edit.label) == (tender(), "Add tender T-2026-003")
    after = replace(tender(), title="Cleaning of libraries", menu="", edition="")
    saved = TENDER_FACTS.save(ann, added.result, after)
    assert saved.result.record == after
    assert TENDER_FACTS.save(ann, saved.result, after).edit is None
    with pytest.raises(EditConflict):
        TENDER_FACTS.save(ann, added.result, after)
    edits.undo(ann, saved.edit)
    assert opened(ann, added.result.id).tender == tender()
    edits.redo(ann, saved.edit)
    edits.undo(ann, saved.edit)
    edits.undo(ann, added.edit)
    assert list_tenders(ann) == []
    edits.redo(ann, added.edit)
    assert [row.tender for row in list_tenders(ann)] == [tender()]


def test_menu_edition_is_kept_from_when_it_is_chosen(ann):
    TENDER_FACTS.add(ann, tender())
    with ann.look() as uow:
        assert uow.editions.get_bundle("barnet-open", "2026.2") is not None
    with pytest.raises(MenuError):
        TENDER_FACTS.add(ann, tender("T-2", edition="2099"))


def test_reference_is_checked(ann):
    page = begin_tender(ann)
    assert TENDER_FACTS.check(ann, page.tender, page.id) == []
    (taken,) = TENDER_FACTS.check(ann, tender(" T-2026-003 "))
    assert (taken.code, taken.message) == ("reference-taken", "Reference T-2026-003 is used by “Cleaning”")
    (near,) = TENDER_FACTS.check(ann, tender("\u0422-2026-003"))
    assert (near.code, near.severity) == ("reference-twice", Severity.WARNING)
    assert [each.code for each in TENDER_FACTS.check(ann, tender(""))] == ["reference-missing"]
    assert [each.code for each in TENDER_FACTS.check(ann, tender("T-9", title=""))] == ["title-missing"]


def test_references_are_numbered_as_the_council_does(ann):
    assert next_reference(ann, 2026) == "T-2026-001"
    for reference in ("PROC-2026-07", "PROC-2026-09", "T-2027-004"):
        TENDER_FACTS.add(ann, tender(reference))
    assert next_reference(ann, 2026) == "PROC-2026-10"
    for number in (10, 11, 12):
        TENDER_FACTS.add(ann, tender(f"Q-2026-0{number}", route=Route.QUOTE))
    assert next_reference(ann, 2026) == "PROC-2026-10", "quotes have references of their own"
    assert quote_start(ann, 2026, "barnet-open", "2026.2").tender.reference == "Q-2026-013"
    TENDER_FACTS.add(ann, tender("PROC-2026-10", route=Route.QUOTE))
    assert next_reference(ann, 2026) == "PROC-2026-11", "what a quote has is taken"
    assert next_reference(ann, 2026, Route.QUOTE) == "Q-2026-013", "a copy of a quote is one more quote"


def test_copy_has_what_was_set_up_and_is_undone_as_one(ann):
    page = begin_tender(ann, ocid="ocds-h6vhtk-04a1b2")
    done = copy_tender(ann, page, "T-2027-001")
    copy = opened(ann, done.result.id)
    assert copy.tender == replace(page.tender, reference="T-2027-001", deadline_on=None, ocid="")
    for name in ("lots", "measures", "questions"):
        assert [each.record for each in getattr(copy, name)] == [each.record for each in getattr(page, name)]
    assert copy.asked == ()
    edits.undo(ann, done.edit)
    assert [row.tender.reference for row in list_tenders(ann)] == ["T-2026-003"]
    edits.redo(ann, done.edit)
    assert opened(ann, done.result.id).lots[1].record == page.lots[1].record
    with pytest.raises(StoreError, match="There is already a tender"):
        copy_tender(ann, page, "T-2027-001")


def test_draft_is_deleted_and_comes_back(ann):
    page = begin_tender(ann)
    done = delete_tender(ann, page)
    assert list_tenders(ann) == []
    edits.undo(ann, done.edit)
    assert opened(ann, page.id).lots == page.lots
    record = replace(page.tender, status=TenderStatus.ISSUED)
    issued = replace(page, read=replace(page.read, stored=replace(page.stored, record=record)))
    with pytest.raises(StoreError, match="T-2026-003 is issued, so it is not deleted"):
        delete_tender(ann, issued)


@pytest.mark.parametrize("server", ["sqlite"])
@pytest.mark.parametrize(
    ("status", "changes", "words"),
    [
        (TenderStatus.DRAFT, {"status": TenderStatus.ISSUED}, "does not become issued by saving its facts"),
        (TenderStatus.ISSUED, {"reference": "T-9"}, "T-2026-003 is issued, so its reference stays"),
        (TenderStatus.ISSUED, {"edition": "2026.1"}, "is issued, so its menu edition stays"),
        (TenderStatus.ISSUED, {"menu": "other"}, "is issued, so its menu stays"),
        (TenderStatus.OPENED, {"title": "Roads"}, "is opened, so what was set up is fixed"),
        (TenderStatus.WITHDRAWN, {"notes": "Roads"}, "is withdrawn, so what was set up is fixed"),
    ],
)
def test_what_issuing_fixed_is_not_changed(ann, status, changes, words):
    before = tender(status=status)
    with pytest.raises(StoreError, match=words):
        check_facts_may_change(before, replace(before, **changes))
    if status is TenderStatus.ISSUED:
        check_facts_may_change(before, replace(before, deadline_on=date(2027, 2, 1)))
    stored = TENDER_FACTS.add(ann, before).result
    with pytest.raises(StoreError, match=words):
        TENDER_FACTS.save(ann, replace(stored, record=before), replace(before, **changes))
