"""The steps of an offer and what is left: every thing that is missing is told once, and leads to where it is done."""

from dataclasses import replace

import pytest

from tests.services.bidding.finished import TYPED, typed
from tests.services.bidding.packs import pack, tender, without_minimum
from tomsapp.domain.problems import Problem, Severity, Where
from tomsapp.services.bidding.choosing import accept, add_line, choose, take_out
from tomsapp.services.bidding.steps import (
    Step,
    left,
    left_words,
    place_of,
    quantity_words,
    step_of,
    step_states,
    to_do,
)
from tomsapp.services.bidding.typing import type_in
from tomsapp.services.bidding.work import (
    Place,
    PlaceKind,
    begin_work,
    bidder_place,
    detail_place,
    quantity_place,
    question_place,
)


def words(work):
    return [(item.told, item.place) for item in to_do(work)]


def states(work, saved=""):
    return [(one.words, one.is_done, one.has_problem) for one in step_states(work, saved)]


def other(the_pack, made):
    return begin_work(replace(the_pack, file=replace(the_pack.file, pack=made)))


def test_an_empty_offer_says_what_it_needs(work):
    assert words(work) == [
        ("To do: Your organisation and contact", bidder_place("name")),
        ("To do: At least 1 measure on Fair work and poverty", Place(PlaceKind.MEASURES)),
        ("To do: Accept 1 condition", Place(PlaceKind.CONDITION, "R01")),
        ("To do: Answers to questions 1, 2 and 3", question_place(1)),
    ]
    assert [one.name for one in step_states(work)] == [
        "Read the tender",
        "Choose measures",
        "Say how much",
        "Answer 3 questions",
        "Check and save",
    ]
    assert states(work) == [
        ("Your contact is missing", False, False),
        ("0 of 8 chosen", False, False),
        ("Nothing chosen yet", False, False),
        ("0 of 3 answered", False, False),
        ("Not yet", False, False),
    ]


def test_a_finished_offer_has_nothing_left(work):
    done = typed(work)
    assert all(item.is_done for item in to_do(done))
    assert left_words(left(done)) == "Nothing is left to do."
    assert states(done, "Saved at 10:14") == [
        ("Done", True, False),
        ("4 of 8 chosen", True, False),
        ("Done", True, False),
        ("Done", True, False),
        ("Saved at 10:14", True, False),
    ]


def test_one_quantity_is_named_and_several_are_counted(work):
    done = type_in(typed(work), quantity_place("4", 1), "")
    assert left_words(left(done)) == "1 thing is left. First: 1 quantity: tonnes CO₂e in 2028/29."
    assert left(done)[0].place == quantity_place("4", 1)
    assert states(done)[2] == ("1 quantity missing", False, False)
    done = type_in(done, quantity_place("2", 0), "a few")
    assert [(item.words, item.place) for item in left(done)] == [("2 quantities", quantity_place("2", 0))]
    assert states(done)[2] == ("2 quantities missing", False, True)
    assert quantity_words(done, quantity_place("9", 7)) == "units"


def test_what_is_said_of_measures_is_counted(work):
    done = type_in(type_in(typed(work), detail_place("1", "statement"), ""), detail_place("3", "statement"), "")
    done = type_in(type_in(done, detail_place("1", "staff"), ""), detail_place("2", "cost"), "dear")
    assert [item.words for item in left(done)] == [
        "How 2 measures will be delivered",
        "Who is in the jobs of 1 measure",
        "Cost to you: Use numbers only, for example 4200000.00",
    ]
    assert states(done)[2] == ("3 things left", False, True)


def test_every_other_error_is_told_in_the_words_of_its_check(work):
    done = type_in(typed(work), detail_place("1", "place"), "outside")
    assert [item.words for item in left(done)] == ["This measure counts only what happens in the council’s area"]
    assert left(done)[0].place == detail_place("1", "place")


def test_limits_of_the_tender_are_told(the_pack):
    few = other(the_pack, pack(tender=tender(most_measures=1), questions=(), measures=pack().measures[:7]))
    done = choose(few, ["J06", "S08"])
    assert "2 measures are chosen and this tender allows 1" in [item.words for item in left(done)]
    assert step_states(done)[3].name == "Answer no question"
    assert step_states(done)[3].is_done
    free = other(the_pack, pack(tender=without_minimum(tender())))
    assert "At least 1 measure" in [item.words for item in left(free)]
    assert states(free)[1][0] == "None chosen yet"
    assert states(choose(free, ["S08"]))[1][0] == "1 condition to accept"
    assert states(accept(choose(free, ["S08"]), "R01", is_accepted=True))[1][0] == "1 chosen"


def test_a_theme_is_covered_by_a_quantity(work):
    """Chosen alone covers nothing, as a measure may be taken out again or left at 0."""
    chosen = choose(work, ["J06"])
    assert any("Fair work" in item.words for item in left(chosen))
    done = type_in(chosen, quantity_place("1", 0), "1")
    assert not any("Fair work" in item.words for item in left(done))


@pytest.mark.parametrize("place", [place for place, _ in TYPED])
def test_each_thing_that_is_taken_out_is_missed(work, place):
    """Whatever is typed of a finished offer is needed, but for what may be left out."""
    done = type_in(typed(work), place, "")
    may_be_blank = place.name in {"registration", "contract_share"}
    assert bool(left(done)) is not may_be_blank


def test_every_thing_that_is_left_leads_to_a_place_that_is_there(work):
    work = add_line(typed(work), "V04")
    for key in ("5", "4", "3", "2", "1"):
        for item in left(work):
            assert step_of(item.place) is item.step
            if item.place.kind in {PlaceKind.QUANTITY, PlaceKind.DETAIL}:
                assert work.commitment(item.place.key)
        work = take_out(work, key)


@pytest.mark.parametrize(
    ("where", "code", "place"),
    [
        (Where(commitment="2", field="rate"), "rate-out-of-range", detail_place("2", "rate_quantity")),
        (Where(commitment="2", field="parts", year=1), "parts-differ", quantity_place("2", 1)),
        (Where(commitment="2", field="measure"), "not-in-tender", quantity_place("2", 0)),
        (Where(measure="V01", field="unit_value"), "unit-value-changed", Place(PlaceKind.MEASURES, "V01")),
        (Where(field="contact_email"), "bidder-email-wrong", bidder_place("contact_email")),
        (Where(field="statement_3"), "answer-too-long", question_place(3)),
    ],
)
def test_a_problem_has_a_place(where, code, place):
    assert place_of(Problem(code, Severity.ERROR, "", "", where)) == place


def test_every_kind_of_place_is_in_a_step():
    assert [step_of(Place(kind)) for kind in PlaceKind] == [
        Step.READ,
        Step.CHOOSE,
        Step.CHOOSE,
        Step.HOW_MUCH,
        Step.HOW_MUCH,
        Step.ANSWER,
        Step.CHECK,
    ]
