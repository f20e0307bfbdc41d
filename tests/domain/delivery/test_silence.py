"""What is told of our summary where some commitments have no return on record."""

from tests.domain.build import commit, edition, measure
from tests.domain.delivery.build import accepted, returned
from tests.domain.delivery.test_delivered import END_Q2, delivered
from tomsapp.domain.delivery.rating import Rating
from tomsapp.domain.delivery.silence import silence_words
from tomsapp.domain.units import Unit

MENU = edition(measure("M1", "100"), measure("M2", "50"), measure("M3", None, Unit.TREES), measure("M4", "10"))
LINES = [commit("M1", "40", "40"), commit("M2", "40", "40"), commit("M3", "40", "40")]


def told(*deliveries, lines=LINES):
    return delivered(*deliveries, until=END_Q2, menu=MENU, lines=lines)


def test_silence_beside_a_return_counts_nothing_and_is_told_with_the_word_that_it_decides():
    figures = told(accepted("M1", "1.1", "20"))
    assert (figures.summary.rating, figures.summary.percent) == (Rating.REQUIRES_IMPROVEMENT, "66.6%")
    assert figures.lines[1].rated.rating is Rating.OTHER
    assert silence_words(figures) == (
        "£1,000.00 of what is due is of 1 commitment with no return on record: nothing of it counts. "
        "Of the others alone it would be Good, accepted £2,000.00 ÷ due £2,000.00 = 100.0%."
    )


def test_where_the_word_is_the_same_only_the_silence_is_told():
    figures = told(accepted("M2", "1.1", "2"), lines=[*LINES, commit("M4", "40", "40")])
    assert silence_words(figures) == (
        "£2,200.00 of what is due is of 2 commitments with no return on record: nothing of it counts."
    )


def test_nothing_is_told_where_each_or_none_has_a_return_or_what_is_silent_has_no_pounds():
    assert silence_words(told()) == ""
    assert silence_words(told(accepted("M1", "1.1", "20"), returned("M2", "1.1", "0", note="The adviser left"))) == ""
    assert silence_words(told(accepted("M3", "1.1", "20"))).endswith("it would be Other, nothing due yet.")
