"""Ratings: the Regulations' five words by exact shares, per cents that are cut, and sums that can be redone."""

from decimal import Decimal

import pytest

from tomsapp.domain.delivery.rating import Rating, bounds_in_words, count_ratings, counts_in_words, rate
from tomsapp.domain.delivery.rules import DeliveryRules

D = Decimal
RULES = DeliveryRules()


@pytest.mark.parametrize(
    ("accepted", "due", "rating", "words"),
    [
        ("30", "30", Rating.GOOD, "accepted 30 ÷ due 30 = 100.0%"),
        ("31", "30", Rating.GOOD, "accepted 30 ÷ due 30 = 100.0%"),
        ("29.99", "30", Rating.APPROACHING_TARGET, "accepted 29.99 ÷ due 30 = 99.9%"),
        ("25.50", "30", Rating.APPROACHING_TARGET, "accepted 25.5 ÷ due 30 = 85.0%"),
        ("84.955", "100", Rating.REQUIRES_IMPROVEMENT, "accepted 84.955 ÷ due 100 = 84.9%"),
        ("84999999", "100000000", Rating.REQUIRES_IMPROVEMENT, "accepted 84,999,999 ÷ due 100,000,000 = 84.9%"),
        ("25", "30", Rating.REQUIRES_IMPROVEMENT, "accepted 25 ÷ due 30 = 83.3%"),
        ("1", "2", Rating.REQUIRES_IMPROVEMENT, "accepted 1 ÷ due 2 = 50.0%"),
        ("12", "36", Rating.INADEQUATE, "accepted 12 ÷ due 36 = 33.3%"),
        ("0", "1", Rating.INADEQUATE, "accepted 0 ÷ due 1 = 0.0%"),
        ("1", "10000", Rating.INADEQUATE, "accepted 1 ÷ due 10,000 = under 0.1%"),
        ("0", "0", Rating.OTHER, "nothing due yet"),
        ("5", "0", Rating.OTHER, "nothing due yet"),
    ],
)
def test_a_rating_and_its_sum(accepted, due, rating, words):
    rated = rate(D(accepted), D(due), RULES)
    assert (rated.rating, rated.sum_words) == (rating, words)


def test_a_rating_in_pounds_says_so():
    rated = rate(D("32137.26"), D("58099.35"), RULES, D("100.00"), in_pounds=True)
    assert rated.sum_words == "accepted £32,137.26 ÷ due £58,099.35 = 55.3%"
    assert (rated.percent, rated.is_provisional) == ("55.3%", True)


def test_silence_is_no_word_of_the_act():
    rated = rate(D(0), D(30), RULES, is_silent=True)
    assert (rated.rating, rated.sum_words, rated.percent) == (Rating.OTHER, "no return on record", "")
    assert (rated.share, rated.due) == (None, 30)
    # Where nothing is due, that is why.
    assert rate(D(0), D(0), RULES, is_silent=True).sum_words == "nothing due yet"


def test_what_is_provisional_is_never_more_than_what_counts():
    rated = rate(D(40), D(30), RULES, D(35))
    assert (rated.accepted, rated.provisional) == (30, 30)
    nothing = rate(D(1), D(0), RULES)
    assert (nothing.share, nothing.percent, nothing.is_provisional) == (None, "", False)


def test_bounds_are_the_councils():
    strict = DeliveryRules(good=D("0.95"), approaching=D("0.9"), improvement=D("0.3"))
    words = [rate(D(part), D(100), strict).rating for part in (95, 94, 90, 89, 30, 29)]
    assert words == [
        Rating.GOOD,
        Rating.APPROACHING_TARGET,
        Rating.APPROACHING_TARGET,
        Rating.REQUIRES_IMPROVEMENT,
        Rating.REQUIRES_IMPROVEMENT,
        Rating.INADEQUATE,
    ]
    assert bounds_in_words(strict) == (
        "Good from 95% of what was due, Approaching target from 90%, Requires improvement from 30%, "
        "Inadequate below it, Other where nothing is due yet or no return is on record"
    )


def test_words_are_counted_in_their_order():
    counts = count_ratings([Rating.OTHER, Rating.GOOD, Rating.OTHER])
    assert list(counts) == list(Rating)
    assert counts_in_words(counts) == "1 Good, 2 Other"


def test_each_word_has_its_meaning_from_the_regulations():
    assert [rating.words for rating in Rating] == [
        "Good",
        "Approaching target",
        "Requires improvement",
        "Inadequate",
        "Other",
    ]
    assert all(rating.meaning.startswith("Performance ") for rating in Rating)
    assert [rating for rating in Rating if rating.is_below_approaching] == [
        Rating.REQUIRES_IMPROVEMENT,
        Rating.INADEQUATE,
    ]
