"""Which measures a tender asks for: chosen in one edit, and undone in one."""

from __future__ import annotations

import pytest

from tests.services.tenders.build import begin_tender, opened
from tomsapp.domain.tender.tender_measure import TenderMeasure
from tomsapp.services import edits
from tomsapp.services.failures import EditConflict
from tomsapp.services.tenders.choosing import choose_measures
from tomsapp.services.tenders.parts import LOTS, MEASURES


def codes(page):
    return [each.record.measure for each in page.measures]


def test_measures_are_exchanged_in_one_edit_and_those_that_stay_are_as_they_were(ann):
    page = begin_tender(ann)
    kept = next(each for each in page.measures if each.record.measure == "J01")
    done = choose_measures(ann, page, ["J01", "S08", "V04"])
    after = opened(ann, page.id)
    assert codes(after) == ["J01", "S08", "V04"]
    assert kept in after.measures
    assert done.edit.label == "Change the measures of T-2026-003"
    edits.undo(ann, done.edit)
    assert codes(opened(ann, page.id)) == ["J01", "V01"]
    edits.redo(ann, done.edit)
    assert codes(opened(ann, page.id)) == ["J01", "S08", "V04"]


@pytest.mark.parametrize(
    ("chosen", "label"),
    [
        (["J01"], "Remove measure V01 from T-2026-003"),
        (["J01", "V01", "S08"], "Add measure S08 to T-2026-003"),
    ],
)
def test_taking_out_or_adding_alone_is_told_as_such(ann, chosen, label):
    page = begin_tender(ann)
    assert choose_measures(ann, page, chosen).edit.label == label
    assert sorted(codes(opened(ann, page.id))) == sorted(chosen)


def test_nothing_is_saved_where_nothing_differs(ann):
    page = begin_tender(ann)
    assert choose_measures(ann, page, ["V01", "J01"]).edit is None


def test_a_measure_that_a_colleague_changed_is_not_taken_out(ann, bob):
    page = begin_tender(ann)
    first = page.measures[0]
    MEASURES.save(bob, page, first, TenderMeasure(first.record.measure, relevance="Theirs"))
    with pytest.raises(EditConflict):
        choose_measures(ann, page, ["S08"])
    assert codes(opened(ann, page.id)) == ["J01", "V01"]


def test_lots_that_are_exchanged_are_numbered_without_gaps(ann):
    page = begin_tender(ann)
    new = page.lots[0].record
    LOTS.exchange(ann, page, page.lots[:1], [new])
    after = opened(ann, page.id)
    assert [(each.record.number, each.record.title) for each in after.lots] == [(1, "Libraries"), (2, "Offices")]
