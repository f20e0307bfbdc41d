"""Neighbourhoods: wards under a name, told by their names wherever they are listed or changed."""

from dataclasses import replace

import pytest

from tests.services.council import LAKESIDE, set_area
from tomsapp.domain.history import HistoryWanted
from tomsapp.domain.keys import KeyKind
from tomsapp.domain.neighbourhood import NEIGHBOURHOOD, Neighbourhood
from tomsapp.domain.problems import Severity
from tomsapp.services import edits
from tomsapp.services.failures import EditConflict
from tomsapp.services.history import read_history, record_history
from tomsapp.services.keys import key_names
from tomsapp.services.neighbourhoods import NEIGHBOURHOODS


def test_it_is_added_listed_with_the_names_of_its_wards_and_kept_as_it_was_said(ann):
    set_area(ann)
    NEIGHBOURHOODS.add(ann, Neighbourhood("Uplands", frozenset({"X03"})))
    number = NEIGHBOURHOODS.add(ann, LAKESIDE).result.id
    rows = NEIGHBOURHOODS.named(ann)
    assert [row.record.name for row in rows] == ["Lakeside", "Uplands"]
    wards = NEIGHBOURHOOD.fact("wards")
    assert wards.words(rows[0].record.wards, rows[0].names[KeyKind.WARD]) == "Brackwater; Brindlecote"
    assert NEIGHBOURHOODS.get(ann, number).record == LAKESIDE


def test_without_an_area_no_ward_has_a_name(ann):
    set_area(ann, "")
    assert key_names(ann, {KeyKind.WARD}) == {KeyKind.WARD: {}}


def test_its_history_says_which_wards_came_and_went_and_each_step_is_undone(ann):
    set_area(ann)
    before = NEIGHBOURHOODS.add(ann, LAKESIDE).result
    done = NEIGHBOURHOODS.save(ann, before, replace(LAKESIDE, wards=frozenset({"X01", "X03"})))
    told = [line.text for line in record_history(ann, NEIGHBOURHOOD, before.id)]
    assert told == [
        "Wards: added Candlemoor; removed Brindlecote",
        "Added: name Lakeside; wards Brackwater; Brindlecote",
    ]
    edits.undo(ann, done.edit)
    assert NEIGHBOURHOODS.get(ann, before.id).record == LAKESIDE
    (line, *_) = read_history(ann, HistoryWanted((NEIGHBOURHOOD,))).lines
    assert (line.record, line.text) == ("Lakeside", "Wards: added Brindlecote; removed Candlemoor")


def test_second_who_saves_is_told(ann, bob):
    before = NEIGHBOURHOODS.add(ann, LAKESIDE).result
    NEIGHBOURHOODS.save(bob, before, replace(LAKESIDE, wards=frozenset({"X01"})))
    with pytest.raises(EditConflict, match="Bob saved"):
        NEIGHBOURHOODS.save(ann, before, replace(LAKESIDE, notes="Mine"))


def test_one_without_a_ward_and_a_name_that_is_taken_are_refused(ann):
    number = NEIGHBOURHOODS.add(ann, LAKESIDE).result.id
    assert NEIGHBOURHOODS.check(ann, LAKESIDE, number) == []
    found = NEIGHBOURHOODS.check(ann, Neighbourhood(" lakeside "))
    assert [(each.where.field, each.code, each.fix) for each in found] == [
        ("wards", "wards-missing", "Tick at least one ward"),
        ("name", "name-taken", "Use that one, or give this one another name"),
    ]


@pytest.mark.parametrize("name", ["Lakesіde", "Lakes1de", "LÁKESIDE"])
def test_name_that_looks_like_another_is_a_question_and_not_asked_again_of_what_stays(ann, name):
    set_area(ann)
    number = NEIGHBOURHOODS.add(ann, LAKESIDE).result.id
    (question,) = NEIGHBOURHOODS.check(ann, replace(LAKESIDE, name=name))
    assert (question.code, question.severity) == ("neighbourhood-twice", Severity.WARNING)
    assert question.message == "There is a neighbourhood called Lakeside, which looks the same"
    assert NEIGHBOURHOODS.check(ann, replace(LAKESIDE, name=name), number) == []
    other = NEIGHBOURHOODS.add(ann, replace(LAKESIDE, name=name)).result.id
    assert NEIGHBOURHOODS.check(ann, replace(LAKESIDE, name=name, notes="New"), other) == []
    assert NEIGHBOURHOODS.check(ann, replace(LAKESIDE, name="Uplands")) == []
