"""Telling a supplier to improve: the opportunity, its outcome, and the notice that may follow."""

from datetime import date

import pytest

from tests.domain.delivery.build import act
from tomsapp.domain.delivery.acts import DeliveryActKind
from tomsapp.domain.delivery.improving import improvements, open_for

K = DeliveryActKind
UNTIL = date(2026, 12, 31)


def told(number, commitment="M1", **more):
    return act(K.TELL_TO_IMPROVE, number, commitment=commitment, **{"improve_by": UNTIL, **more})


def test_each_telling_has_the_first_outcome_of_its_commitment_that_follows():
    acts = [
        act(K.IMPROVED, 1, commitment="M1"),
        told(2),
        told(3, ""),
        told(4),
        act(K.NOT_IMPROVED, 5, commitment="M1"),
        act(K.IMPROVED, 6, commitment="M1"),
    ]
    found = improvements(acts)
    assert [(each.told.id, each.outcome and each.outcome.id) for each in found] == [(2, 5), (3, None), (4, 6)]
    assert open_for(acts, "") == acts[2]
    assert open_for(acts, "M1") is None
    assert open_for(acts, "M2") is None


def test_what_is_taken_back_counts_nothing():
    acts = [told(1), act(K.IMPROVED, 2, commitment="M1"), act(K.TAKE_BACK, 3, reverses=2)]
    assert open_for(acts, "M1") == acts[0]
    assert improvements([*acts, act(K.TAKE_BACK, 4, reverses=1)]) == ()


@pytest.mark.parametrize(
    ("outcome", "until", "today", "words", "notice"),
    [
        (None, UNTIL, date(2026, 12, 31), "Has until 31 December 2026 to improve", None),
        (
            None,
            UNTIL,
            date(2027, 1, 1),
            "The opportunity ended on 31 December 2026: say whether it improved",
            None,
        ),
        (None, None, UNTIL, "Nobody said yet whether it improved", None),
        (K.IMPROVED, UNTIL, UNTIL, "Improved on 12 October 2026", None),
        (
            K.NOT_IMPROVED,
            UNTIL,
            UNTIL,
            "Not improved on 12 October 2026. A contract performance notice is due by 11 November 2026",
            date(2026, 11, 11),
        ),
    ],
)
def test_it_says_where_it_stands_and_by_when_a_notice_is_due(outcome, until, today, words, notice):
    acts = [told(1, improve_by=until)] + ([act(outcome, 2, commitment="M1")] if outcome else [])
    (found,) = improvements(acts)
    assert found.words(today) == words
    assert found.notice_by == notice
