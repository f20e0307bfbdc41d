"""What a column of prices and quality is taken as: only what its heading surely says, and of several none."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.exchange.tenders.heading_cases import SCORE_HEADINGS, STACKED_SCORE_HEADINGS, STATED_POINTS
from tests.exchange.tenders.test_portal_export import grid_of
from tomsapp.exchange.tenders.scores_head import ScoreUse, find_scores, price_fault, stated_points

BIDDER, LOT, PRICE, QUALITY = ScoreUse
OF = {use: [heading for heading, said in SCORE_HEADINGS.items() if said == use.value] for use in (PRICE, QUALITY)}
OF_NOTHING = [heading for heading, said in SCORE_HEADINGS.items() if said is None]
REST = {"bidder": "Price", "price": "Quality", "quality": "Price", "lot": "Price", None: "Tender sum"}


def use_at(head, column):
    return next((use.value for use, place in head.guessed.items() if place == column), None)


@pytest.mark.parametrize("heading", SCORE_HEADINGS)
def test_a_heading_is_taken_as_what_it_says_and_no_more(heading):
    use = SCORE_HEADINGS[heading]
    beside = (REST[use],) if use == "bidder" else ("Bidder", REST[use])
    for shown in (heading, heading.upper()):
        assert use_at(find_scores(grid_of((shown, *beside))), 0) == use


@pytest.mark.parametrize("stack", STACKED_SCORE_HEADINGS)
def test_a_group_over_a_heading_counts_as_well(stack):
    group, heading = stack
    use = STACKED_SCORE_HEADINGS[stack]
    head = find_scores(grid_of(("Of", group, "Sums"), ("Bidder", heading, "Lot")))
    assert use_at(head, 1) == use


@given(st.sampled_from([PRICE, QUALITY]), st.data())
def test_of_several_columns_that_fit_none_is_taken(use, data):
    fitting = data.draw(st.lists(st.sampled_from(OF[use]), min_size=2, max_size=3))
    others = data.draw(st.lists(st.sampled_from(OF_NOTHING), max_size=3))
    head = find_scores(grid_of(("Bidder", *others, *fitting)))
    first = 1 + len(others)
    assert use not in head.guessed
    assert head.unsure == {use: tuple(range(first, first + len(fitting)))}


def test_a_head_that_speaks_of_other_figures_alone_is_still_shown():
    head = find_scores(grid_of(("Evaluation", "2027"), ("Bidder", "Annual price", "Raw quality"), ("Lamp", 1, 2)))
    assert (head.row, head.guessed) == (2, {BIDDER: 0})
    assert find_scores(grid_of(("Price per bidder", "Lot"))) is None, "one column cannot be both"


@pytest.mark.parametrize("heading", STATED_POINTS)
def test_what_a_heading_says_of_points(heading):
    most, weight = (None if said is None else Fraction(said) for said in STATED_POINTS[heading])
    stated = stated_points(heading)
    assert (stated.most, stated.weight) == (most, weight)


@pytest.mark.parametrize(
    ("heading", "fault"),
    [
        ("Price", ""),
        ("Annual price ex VAT", ""),
        ("Price incl. VAT", "which does not say that it is without VAT"),
        ("Price, V.A.T.", "which does not say that it is without VAT"),
        ("Price (£k)", "which is not in pounds"),
        ("Price €", "which is not in pounds"),
    ],
)
def test_what_stands_under_another_heading_is_no_price_in_pounds(heading, fault):
    assert price_fault(heading) == fault


def test_a_heading_without_end_is_looked_at_no_longer_than_any_other():
    assert stated_points("([," * 100_000).most is None
    assert price_fault("(( ," * 100_000) == ""
