"""What bids of one lot promise of each measure, beside each other."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.build import commit, contract, edition, measure, valued
from tomsapp.domain.tender.medians import median, medians_of_others, quantities_of

D = Decimal
QUANTITIES = st.decimals(min_value=0, max_value=10**9, places=2)


@pytest.mark.parametrize(
    ("quantities", "middle"), [("", None), ("3", "3"), ("1 4", "2.5"), ("9 1 2", "2"), ("0.1 0.2 0.3 0.4", "0.25")]
)
def test_the_exact_median(quantities, middle):
    assert median([D(each) for each in quantities.split()]) == (None if middle is None else D(middle))


def test_all_lines_and_years_of_a_measure_together():
    menu = edition(measure("A"), measure("B"), measure("C"))
    promised = commit("A", "1", "2"), commit("B", "0", "0", key="2"), commit("A", "3.5", "0", key="3")
    assert quantities_of(valued(contract(years=2), menu, *promised)) == {"A": D("6.5")}


def test_a_bid_is_held_against_the_others_that_promise_the_measure():
    bids = [{"A": D(100), "B": D(1)}, {"A": D(2)}, {"A": D(4)}, {}]
    assert medians_of_others(bids) == ({"A": D(3)}, {"A": D(52)}, {"A": D(51)}, {})
    assert medians_of_others([]) == ()


@given(st.lists(QUANTITIES, min_size=2, max_size=9))
def test_half_of_the_others_are_at_most_the_median_and_half_at_least(quantities):
    bids = [{"A": quantity} for quantity in quantities]
    for number, found in enumerate(medians_of_others(bids)):
        others = [quantity for other, quantity in enumerate(quantities) if other != number]
        assert 2 * sum(each <= found["A"] for each in others) >= len(others)
        assert 2 * sum(each >= found["A"] for each in others) >= len(others)
