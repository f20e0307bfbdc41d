"""What a bidder types: taken in where it can be used, held as it was typed where it cannot."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.services.bidding.finished import TYPED, typed
from tests.services.council import HOSTILE
from tomsapp.domain.commitment import Rate
from tomsapp.domain.contract import ContractKind
from tomsapp.domain.delivery.people import PersonKind
from tomsapp.domain.errors import TomsError
from tomsapp.domain.problems import Answer, AnswerChoice
from tomsapp.domain.tender.parts import PartsForm
from tomsapp.services.bidding.choosing import (
    accept,
    add_line,
    answer,
    choose,
    give_up,
    take_answer_back,
    take_out,
)
from tomsapp.services.bidding.steps import left
from tomsapp.services.bidding.typing import _plain, forms_of, text_at, type_in, with_parts, without_parts
from tomsapp.services.bidding.work import (
    Place,
    PlaceKind,
    begin_work,
    bidder_place,
    detail_place,
    quantity_place,
    question_place,
)

D = Decimal


def test_a_whole_offer_is_typed(work):
    done = typed(work)
    assert left(done) == ()
    assert not done.held
    assert done.checked.unfinished == ""
    # 1 × 20,202.72 + 4 × 4,075.50 + 48 × 240.00 × 50% + 6 × 310.98 + 5.125 × 315.72, each year to the penny
    parts = ("20202.72", "16302.00", "5760.00", "1865.88", "1618.07")
    assert done.checked.checked.valuation.social_value == sum(map(D, parts)) == D("45748.67")
    assert done.offer.details_of("1").staff is PersonKind.NEW


def test_what_cannot_be_used_stays_as_it_was_typed(work):
    work = choose(work, ["V04"])
    place = quantity_place("1", 0)
    work = type_in(work, place, "a few")
    assert text_at(work, place) == "a few"
    assert work.held[place].message == "“a few” is not a number"
    assert work.commitment("1").quantities == (None, None)
    work = type_in(work, place, "160")
    assert (work.held, work.commitment("1").quantity_in(0)) == ({}, D(160))
    work = type_in(work, place, "")
    assert work.commitment("1").quantity_in(0) is None


def test_a_number_that_cannot_be_takes_the_place_of_one_that_could(work):
    """What the field shows and what is saved never differ: a wrong number leaves nothing behind it."""
    work = type_in(choose(work, ["V04"]), quantity_place("1", 0), "160")
    work = type_in(work, quantity_place("1", 0), "-5")
    assert work.commitment("1").quantity_in(0) is None
    assert work.held


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_text(work, text):
    for place in (bidder_place("name"), question_place(1), detail_place("1", "statement")):
        work = type_in(choose(work, ["V04"]), place, text)
        assert text_at(work, place) == text.strip() or text_at(work, place) == text


def test_an_unseen_sign_in_a_name_is_held(work):
    work = type_in(work, bidder_place("name"), "Cal\u202eder")
    assert work.offer.bidder.name == ""
    assert text_at(work, bidder_place("name")) == "Cal\u202eder"
    assert left(work)[0].words == "Your organisation and contact"


def test_a_text_that_is_too_long_is_held(work):
    work = type_in(work, question_place(1), "x" * 40_001)
    assert work.offer.statement(1) == ""
    assert work.held[question_place(1)].message == "It has more than 40,000 characters"


def test_a_promise_per_pound_needs_both_numbers(the_pack, work):
    tender = replace(the_pack.file.pack.tender, kind=ContractKind.FRAMEWORK)
    pack = replace(the_pack, file=replace(the_pack.file, pack=replace(the_pack.file.pack, tender=tender)))
    work = choose(begin_work(pack), ["V04"])
    quantity, pounds = detail_place("1", "rate_quantity"), detail_place("1", "rate_per_pounds")
    work = type_in(work, quantity, "2")
    assert work.commitment("1").rate is None
    assert set(work.held) == {quantity, pounds}
    assert text_at(work, quantity) == "2"
    work = type_in(work, pounds, "10,000.00")
    assert work.commitment("1").rate == Rate(D(2), D("10000.00"))
    assert not work.held
    work = type_in(work, pounds, "0")
    assert work.commitment("1").rate is None
    work = type_in(type_in(work, pounds, ""), quantity, "")
    assert (work.commitment("1").rate, work.held) == (None, {})


def test_a_quantity_is_worked_out_from_its_parts(work):
    work = choose(work, ["V04", "J11", "J06", "S08", "V01", "G01"])
    assert forms_of(work, "1") == (PartsForm.PEOPLE_HOURS, PartsForm.SESSIONS)
    assert forms_of(work, "6") == forms_of(work, "9") == ()
    work = type_in(work, quantity_place("1", 1), "many")
    work = with_parts(work, "1", (0, 1), PartsForm.SESSIONS, (D(12), D(2), D(15)))
    assert work.commitment("1").quantities == (D(360), D(360))
    assert [each.words for each in work.offer.details_of("1").parts] == [
        "12 sessions × 2 hours × 15 people = 360",
        "12 sessions × 2 hours × 15 people = 360",
    ]
    assert not work.held
    # Typing the same keeps the parts, and something else gives them up.
    assert type_in(work, quantity_place("1", 0), "360.00").offer.details_of("1").parts_in(0)
    other = type_in(work, quantity_place("1", 0), "300")
    assert other.offer.details_of("1").parts_in(0) is None
    assert other.offer.details_of("1").parts_in(1)
    assert without_parts(other, "1", 1).offer.details == {}
    years = with_parts(work, "2", (0,), PartsForm.FULL_TIME_YEARS, (D(5), D(20), D(52)))
    assert years.commitment("2").quantities == (D("2.67"), None)
    with pytest.raises(TomsError, match="not a possible quantity"):
        with_parts(work, "1", (0,), PartsForm.PEOPLE_HOURS, (D(10) ** 6, D(10) ** 6))


def test_measures_are_chosen_and_given_up(work):
    work = typed(work)
    work = add_line(work, "J11")
    work = type_in(work, quantity_place("5", 0), "odd")
    assert [one.key for one in work.in_order()] == ["1", "2", "5", "3", "4"]
    again = choose(work, ["J06", "J11"])
    assert again is work
    work = give_up(work, "J11")
    assert [(one.key, one.measure) for one in work.offer.commitments] == [("1", "J06"), ("2", "S08"), ("3", "G01")]
    assert work.held == {}
    assert take_out(work, "17") is work
    work = accept(work, "R01", is_accepted=False)
    assert work.offer.accepted == frozenset()


def test_an_answer_follows_the_warning_that_it_answers(work):
    """Its promise gets another number when one before it goes, and the answer is still one to the same warning."""
    work = choose(work, ["V04", "J06"])
    for year in (0, 1):
        work = type_in(work, quantity_place("2", year), "1")
    asked = next(problem for problem in work.checked.problems if problem.code == "repeated-people")
    given = Answer("Another person each year.", choice=AnswerChoice.DIFFERENT, asked=asked.asked)
    work = answer(work, asked.key, given)
    before = [problem for problem in work.checked.problems if problem.answer]
    assert [problem.code for problem in before] == ["repeated-people"]
    work = type_in(add_line(work, "S08"), quantity_place("3", 0), "soon")
    after = take_out(work, "1")
    assert [problem.code for problem in after.checked.problems if problem.answer] == ["repeated-people"]
    assert set(after.held) == {quantity_place("2", 0)}
    given = next(problem for problem in after.checked.problems if problem.answer)
    assert take_answer_back(after, given).offer.answers == {}


def test_a_place_that_is_nothing_to_type_in_is_refused(work):
    with pytest.raises(ValueError, match="MEASURES"):
        text_at(work, Place(PlaceKind.MEASURES))
    with pytest.raises(TomsError, match="no lot 4"):
        begin_work(work.pack, 4)


def test_what_is_typed_for_a_promise_that_is_gone_is_nothing(work):
    for place in (quantity_place("9", 0), detail_place("9", "statement"), detail_place("9", "rate_quantity")):
        assert type_in(work, place, "1").offer == work.offer
        assert text_at(work, place) == ""


_TEXTS = st.one_of(
    st.text(max_size=12),
    st.sampled_from(["", "0", "1", "2.5", "1,5", "50%", "jo@x", "new", "E05013636", "outside", "1e400", "nil", "-"]),
)
_PLACES = st.sampled_from(
    [
        *(place for place, _ in TYPED),
        detail_place("1", "rate_quantity"),
        detail_place("1", "rate_per_pounds"),
        detail_place("2", "cost"),
        detail_place("2", "project"),
        detail_place("3", "delivered_by"),
        detail_place("3", "place"),
    ]
)
_DONE = st.one_of(
    st.tuples(st.just("type"), _PLACES, _TEXTS),
    st.tuples(st.just("out"), st.sampled_from(["1", "2", "3"]), st.just("")),
    st.tuples(st.just("in"), st.sampled_from(["V04", "J06", "G01", "V01"]), st.just("")),
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(_DONE, max_size=14))
@example([("out", "1", ""), ("type", detail_place("3", "contract_share"), "1"), ("out", "1", "")])
def test_whatever_is_done_the_keys_are_those_of_its_file_and_the_text_is_as_it_was_typed(the_pack, steps):
    work = choose(begin_work(the_pack), ["J06", "J11", "S08"])
    for how, what, text in steps:
        if how == "type":
            work = type_in(work, what, text)
            if work.commitment(what.key) or what.kind in {PlaceKind.BIDDER, PlaceKind.QUESTION}:
                is_held = what in work.held
                assert not is_held or work.held[what].text == _plain(text)
        else:
            work = take_out(work, what) if how == "out" else add_line(work, what)
        assert [one.key for one in work.offer.commitments] == [
            str(place) for place in range(1, len(work.offer.commitments) + 1)
        ]
        assert set(work.offer.details) <= {one.key for one in work.offer.commitments}
        assert work.checked.checked is not None
