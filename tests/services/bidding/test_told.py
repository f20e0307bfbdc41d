"""What a bidder reads of a tender, and how long there is."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from tests.services.bidding.finished import typed
from tests.services.bidding.packs import lot, pack, pack_two, tender, without_minimum
from tomsapp.domain.tender import words
from tomsapp.domain.tender.choices import Placing, QuantityMethod
from tomsapp.services.bidding.choosing import choose
from tomsapp.services.bidding.deadline import is_urgent, left_words, upload_words
from tomsapp.services.bidding.steps import asked_about, can_be_answered, told_of_lines
from tomsapp.services.bidding.told import chosen_words, points_words, tender_told
from tomsapp.services.bidding.typing import type_in
from tomsapp.services.bidding.work import begin_work, quantity_place, question_place

DEADLINE = datetime(2027, 1, 22, 12, tzinfo=UTC)


def of(the_pack, made):
    return begin_work(replace(the_pack, file=replace(the_pack.file, pack=made)))


def test_the_tender_is_told_in_sentences(work, the_pack):
    told = dict(tender_told(work))
    assert list(told) == ["What is bought", "How your offer counts", "Questions of bidders, answered"]
    assert told["What is bought"] == (
        "Larkmere Council buys Cleaning of libraries and community hubs, tender T-2026-003.",
        "Contract: 2 years from 1 April 2027, estimated at £1,200,000.00 without VAT.",
        "Upload your offer file by 12 noon, Friday 22 January 2027, UK time.",
        "A share is a share of £1,200,000.00: the council’s estimate.",
    )
    assert told["How your offer counts"][2:] == (
        "An offer below the minimum is not admitted.",
        "You must offer something on Fair work and poverty.",
    )
    assert told["Questions of bidders, answered"] == ("Asked: Is Sunday work asked?\nAnswered on 6 January 2027: No.",)
    other = of(the_pack, pack_two(lots=(lot(1, title="Offices"), lot(2)), questions=(), answered=()))
    told = dict(tender_told(other))
    assert told["What was changed in version 2"] == pack_two().changes
    assert told["What is bought"][1].startswith("Lot 1, Offices: ")
    free = without_minimum(replace(tender(), deadline_on=None, placing=Placing.WITHIN_QUALITY))
    plain = of(the_pack, pack(tender=replace(free, method=QuantityMethod.TARGET), questions=()))
    assert len(dict(tender_told(plain))["What is bought"]) == 3
    assert points_words(free) == "8 of 100 points, within quality"
    assert (chosen_words(plain), chosen_words(work)) == ("7 measures", "7 measures")
    assert chosen_words(of(the_pack, pack(tender=tender(most_measures=3)))) == "up to 3 of 7 measures"


@pytest.mark.parametrize(
    ("before", "told"),
    [
        (timedelta(days=9, hours=1), "UK time. 9 days left."),
        (timedelta(days=1), "UK time. 1 day left."),
        (timedelta(hours=23, minutes=59, seconds=59), "UK time. 23 hours 59 minutes left."),
        (timedelta(hours=1), "UK time. 1 hour 0 minutes left."),
        (timedelta(minutes=1), "UK time. 1 minute left."),
        (timedelta(0), "UK time. 0 minutes left."),
        (timedelta(seconds=-1), words.PASSED),
    ],
)
def test_the_time_that_is_left(before, told):
    now = DEADLINE - before
    assert left_words(tender(), now) == told
    assert is_urgent(tender(), now) is (before < timedelta(days=1))


def test_a_clock_change_is_counted():
    """On the night of 28 March 2027 the clocks go forward: an hour less is left than the wall says."""
    one = tender(deadline_on=date(2027, 3, 28))
    deadline = one.deadline
    assert deadline is not None
    now = datetime(2027, 3, 28, 0, 30, tzinfo=deadline.tzinfo)
    assert left_words(one, now) == "UK time. 10 hours 30 minutes left."


def test_a_tender_without_a_deadline_says_nothing():
    one = tender(deadline_on=None)
    assert (upload_words(one), left_words(one, DEADLINE), is_urgent(one, DEADLINE)) == ("", "", False)


def test_what_is_wrong_stands_with_its_line(work):
    done = choose(type_in(typed(work), quantity_place("4", 1), ""), ["V04"])
    done = type_in(done, quantity_place("2", 0), "a few")
    told = told_of_lines(done)
    assert told["5"] == ()
    assert [each.sentence for each in told["4"]] == ["Enter the tonnes CO₂e for 2028/29, or 0 if there are none."]
    assert told["4"][0].is_blank
    assert told["2"][0].sentence == "“a few” is not a number. Use numbers only, for example 12.5."
    assert [each.is_error for each in told["2"]] == [True]
    asked = told_of_lines(typed(work))["2"]
    assert [each.is_error for each in asked] == [False]
    assert asked[0].sentence.endswith("You answer this in the last step.")


def test_what_is_asked_can_be_answered_or_put_right(work):
    long = type_in(typed(work), question_place(1), "word " * 201)
    asked = {problem.code: can_be_answered(problem) for problem in asked_about(long)}
    assert asked["answer-too-long"] is False
    assert asked["declare-different"] is True


def test_a_blank_year_keeps_no_other_line_from_counting(work):
    """The council counts no line that is not finished; while it is typed, the panel shows what it will be."""
    done = typed(work)
    blank = type_in(done, quantity_place("4", 1), "")
    whole, shown = done.figures, blank.figures
    assert shown.admissible.social_value == shown.valuation.social_value
    assert blank.checked.checked.admissible.social_value < shown.admissible.social_value
    assert whole.valuation.social_value - shown.valuation.social_value == Decimal("1618.07")
