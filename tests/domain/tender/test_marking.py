"""Evaluators, their marks, and the marks that they agree on."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from tomsapp.domain.tender.marking import (
    EVALUATOR,
    MARK,
    MODERATED_MARK,
    Evaluator,
    Mark,
    ModeratedMark,
    have_all_sent,
    marks_of,
    not_marked,
    not_moderated,
    outside_words,
    spread,
    spread_words,
)

DAY = date(2027, 1, 27)
PATEL = Evaluator("J. Patel", "Head of Libraries", has_no_conflict=True, confirmed_on=DAY)
SENT = replace(PATEL, sent_on=date(2027, 1, 28))
MARK_1 = Mark(1, 7, 2, 4, "Named groups and dates")
MODERATED = ModeratedMark(7, 2, 0, "There is no answer", "M. Reid")


@pytest.mark.parametrize(
    ("kind", "record", "codes"),
    [
        (EVALUATOR, PATEL, ""),
        (EVALUATOR, SENT, ""),
        (EVALUATOR, replace(SENT, sent_on=DAY), ""),
        (EVALUATOR, Evaluator("J. Patel"), ""),
        (EVALUATOR, Evaluator(""), "name-missing"),
        (EVALUATOR, replace(PATEL, confirmed_on=None), "confirmed-on-missing"),
        (EVALUATOR, replace(PATEL, has_no_conflict=False), "confirmed-on-alone"),
        (EVALUATOR, Evaluator("J. Patel", sent_on=DAY), "sent-on-before"),
        (EVALUATOR, replace(PATEL, sent_on=date(2027, 1, 26)), "sent-on-before"),
        (MARK, MARK_1, ""),
        (MARK, replace(MARK_1, mark=0), ""),
        (MARK, replace(MARK_1, mark=6), "mark-out-of-range"),
        (MARK, replace(MARK_1, mark=-1), "mark-negative"),
        (MARK, replace(MARK_1, reason=" "), "reason-missing"),
        (MODERATED_MARK, MODERATED, ""),
        (MODERATED_MARK, replace(MODERATED, reason=""), "reason-missing"),
    ],
)
def test_what_is_wrong_with_a_record_is_said(kind, record, codes):
    found = kind.problems(record)
    assert " ".join(problem.code for problem in found) == codes
    assert all(problem.message and problem.fix for problem in found)
    assert kind.name_of(replace(record, **{"name": "x"} if kind is EVALUATOR else {}))


def test_nobody_marks_before_confirming_or_after_sending():
    assert PATEL.may_mark
    assert not SENT.may_mark
    assert not Evaluator("J. Patel", has_no_conflict=True).may_mark
    assert not Evaluator("J. Patel", confirmed_on=DAY).may_mark


def test_marks_of_others_are_seen_when_all_have_sent():
    assert not have_all_sent([])
    assert not have_all_sent([SENT, PATEL])
    assert have_all_sent([SENT, replace(SENT, name="A")])


def test_what_is_left_to_mark_and_to_moderate_is_told():
    assert not_marked(1, [MARK_1, Mark(2, 8, 2, 3)], [7, 8], [1, 2]) == ((7, 1), (8, 1), (8, 2))
    assert not_moderated([MODERATED], [7], [1, 2]) == ((7, 1),)
    assert marks_of([MODERATED, ModeratedMark(7, 1, 5), ModeratedMark(8, 1, 3)], 7) == {2: Fraction(0), 1: Fraction(5)}


@pytest.mark.parametrize(
    ("marks", "apart", "words"),
    [((), 0, ""), ((3,), 0, ""), ((3, 4), 1, ""), ((4, 2, 3), 2, "2 to 4: say why"), ((0, 5), 5, "0 to 5: say why")],
)
def test_marks_that_are_far_apart_are_asked_about(marks, apart, words):
    assert (spread(marks), spread_words(marks)) == (apart, words)


@pytest.mark.parametrize(
    ("agreed", "marks", "words"),
    [
        (4, [1, 0], "4 is agreed, which is above every mark that was given: 0 to 1"),
        (1, [3, 3], "1 is agreed, which is below every mark that was given: 3"),
        (2, [1, 3], ""),
        (3, [1, 3], ""),
        (5, [], ""),
    ],
)
def test_an_agreed_mark_outside_all_that_were_given_is_said(agreed, marks, words):
    assert outside_words(agreed, marks) == words
