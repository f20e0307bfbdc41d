"""Audit samples: drawn the same wherever they are drawn again, and what their errors say in counts and pounds."""

import hashlib
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tomsapp.domain.delivery.sample import (
    Checked,
    Conclusion,
    Interval,
    _root,
    draw,
    draw_number,
    sample_result,
    wilson,
)

D = Decimal
SHOWN, PART, NOT = Conclusion
KEYS = [f"C-2026-004/{line}/Q{quarter}" for line in range(1, 6) for quarter in range(1, 5)]
PINNED = ["C-2026-004/5/Q4", "C-2026-004/2/Q3", "C-2026-004/1/Q4", "C-2026-004/3/Q2", "C-2026-004/2/Q1"]
"""Drawn when the rule was written. No version may ever draw others."""


def test_a_sample_is_pinned_by_its_seed():
    assert draw(KEYS, "2026-11", 5) == PINNED
    assert draw(reversed(KEYS), "2026-11", 5) == PINNED
    assert draw(KEYS, "2026-12", 5) != PINNED


def test_anybody_can_draw_it_again():
    by_hand = sorted(KEYS, key=lambda key: hashlib.sha256(b"2026-11|" + key.encode()).digest())
    assert draw(KEYS, "2026-11", 5) == by_hand[:5]
    assert draw_number("2026-11", KEYS[0]) == hashlib.sha256(f"2026-11|{KEYS[0]}".encode()).hexdigest()


def test_a_longer_sample_begins_with_the_shorter():
    assert draw(KEYS, "a", 12)[:5] == draw(KEYS, "a", 5)
    assert sorted(draw(KEYS, "a", 99)) == sorted(KEYS)
    assert draw([*KEYS, *KEYS], "a", 99) == draw(KEYS, "a", 99)
    assert draw([], "a", 5) == []


def test_every_claim_is_drawn_about_as_often():
    drawn = [key for seed in range(2000) for key in draw(KEYS, str(seed), 5)]
    assert all(400 < drawn.count(key) < 600 for key in KEYS)


@pytest.mark.parametrize(
    ("wrong", "checked", "low", "high"),
    [
        # Worked with the formula at z = 1.959964: 10 of 100 is 5.52% to 17.44%, 0 of 40 is 0% to 8.76%.
        (10, 100, "5.5", "17.5"),
        (0, 40, "0.0", "8.8"),
        (40, 40, "91.2", "100.0"),
        (1, 1, "20.6", "100.0"),
        (1, 2, "9.4", "90.6"),
        (3, 40, "2.5", "19.9"),
    ],
)
def test_the_interval_of_wilson(wrong, checked, low, high):
    assert wilson(wrong, checked) == Interval(D(low), D(high))


def test_a_root_is_never_too_small():
    assert _root(Fraction(2)) == Fraction("1.414213562374")
    assert _root(Fraction(9, 4)) == Fraction(3, 2)


def claims(*shown: tuple[int, str, str]) -> list[Checked]:
    """So many claims of so many pounds, with what is shown of each."""
    made = []
    for number, pounds, seen in shown:
        conclusion = SHOWN if D(seen) >= D(pounds) else PART if D(seen) else NOT
        made += [Checked(conclusion, D(pounds), D(seen))] * number
    return made


def test_a_sample_too_small_for_an_interval_in_pounds_says_so():
    result = sample_result(4, claims((3, "1000.00", "1000.00"), (1, "1000.00", "400.00")), 40, D("30000.00"))
    assert (result.checked_pounds, result.not_shown) == (D("4000.00"), D("600.00"))
    assert (result.projected, result.projected_between) == (D("4500.00"), None)
    assert result.words == (
        (
            "1 of 4 claims checked is not shown or in part only: 25.0%. Of all 40 accepted claims, between 4.5% "
            "and 70.0% are, with 95% confidence."
        ),
        (
            "In pounds £600.00 of £4,000.00 is not shown: 15.0%. If the rest is like it, that is £4,500.00 "
            "of £30,000.00; the sample is too small to say how far it may be off."
        ),
    )


def test_an_interval_in_pounds_is_worked_out_by_hand():
    """35 claims of £100.00, of which 5 are not shown at all: 1 in 7, so that s² = (5 × (6 ÷ 7)² + 30 ÷ 7²) × 100² ÷ 34.

    s² is 1,260.504…, and 350 × 1.959964 × s ÷ √35 is £4,116.75 on both sides of £5,000.00.
    """
    result = sample_result(35, claims((30, "100.00", "100.00"), (5, "100.00", "0.00")), 350, D("35000.00"))
    assert result.projected == D("5000.00")
    assert result.projected_between == Interval(D("883.25"), D("9116.75"))
    assert result.words[1] == (
        "In pounds £500.00 of £3,500.00 is not shown: 14.2%. If the rest is like it, that is £5,000.00 of £35,000.00, "
        "between £883.25 and £9,116.75 with 95% confidence."
    )


def test_the_bounds_are_no_less_than_was_found_and_no_more_than_there_is():
    mixed = claims((2, "1000.00", "1000.00"), (33, "1000.00", "0.00"))
    result = sample_result(35, mixed, 36, D("36000.00"))
    assert result.projected_between == Interval(D("33000.00"), D("36000.00"))


def test_where_all_were_checked_nothing_is_estimated():
    result = sample_result(2, claims((1, "100.00", "100.00"), (1, "100.00", "0.00")), 2, D("200.00"))
    assert (result.wrong_share, result.projected_between) == (None, None)
    assert result.words == (
        "1 of 2 claims checked is not shown or in part only: 50.0%. These are all the accepted claims.",
        "In pounds £100.00 of £200.00 is not shown: 50.0%.",
    )


def test_a_sample_that_is_half_checked_says_so():
    result = sample_result(3, claims((1, "0.00", "0.00")), 9, D("0.00"))
    assert result.words == (
        "1 of 3 claims drawn are checked. The figures are not final.",
        (
            "0 of 1 claim checked are not shown or in part only: 0.0%. Of all 9 accepted claims, between 0.0% "
            "and 79.4% are, with 95% confidence."
        ),
        "None of them has a value in pounds.",
    )
    nothing = sample_result(3, [], 9, D("90.00"))
    assert (nothing.words, nothing.projected) == (("None of the 3 claims drawn has been checked yet.",), None)


def test_more_than_was_accepted_sets_off_no_error():
    over = Checked(SHOWN, D("100.00"), D("900.00"))
    assert over.not_shown == 0
    result = sample_result(2, [over, Checked(NOT, D("100.00"), D("0.00"))], 9, D("900.00"))
    assert (result.not_shown, result.wrong) == (D("100.00"), 1)


def test_conclusions_have_their_words():
    assert [each.words for each in Conclusion] == ["Shown", "Shown in part", "Not shown"]


@given(
    st.lists(st.tuples(st.decimals(0, 10**6, places=2), st.decimals(0, 10**6, places=2)), min_size=1, max_size=60),
    st.integers(0, 400),
)
def test_every_estimate_lies_within_its_bounds(found, more):
    checked = [Checked(SHOWN if shown >= pounds else PART, pounds, shown) for pounds, shown in found]
    pounds = sum((each.pounds for each in checked), D(0)) + 100 * more
    result = sample_result(len(checked), checked, len(checked) + more, pounds)
    assert 0 <= result.not_shown <= result.checked_pounds <= result.pounds
    if result.wrong_share is not None:
        assert 0 <= result.wrong_share.low <= D(100 * result.wrong) / result.checked <= result.wrong_share.high <= 100
    if result.projected is not None:
        assert result.not_shown <= result.projected <= result.pounds
    if result.projected_between is not None:
        assert result.not_shown <= result.projected_between.low <= result.projected <= result.projected_between.high
    assert all(sentence.endswith(".") for sentence in result.words)
