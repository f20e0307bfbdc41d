"""The sums in whole numbers: what fills what is due, and what many contracts are worth at once."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.build import measure
from tomsapp.domain.delivery.counting import (
    Sums,
    Totals,
    count_pence,
    count_units,
    due_by_default,
    fill,
    fill_by_quarter,
)
from tomsapp.domain.delivery.plan import default_plan
from tomsapp.domain.delivery.quarters import contract_quarters
from tomsapp.domain.menu import Counts
from tomsapp.domain.money import to_scaled
from tomsapp.domain.units import Unit


@given(
    st.sampled_from(list(Unit)),
    st.sampled_from(list(Counts)),
    st.decimals(-9, 10**5, places=4),
    st.sampled_from([date(2026, 4, 30), date(2026, 8, 1), date(2026, 12, 24), date(2027, 3, 31)]),
    st.integers(4, 6),
)
def test_what_is_due_by_default_is_what_the_plan_by_default_says(unit, counts, promised, end, places):
    what = measure(unit=unit, counts=counts)
    plan = list(default_plan(what, [promised], contract_quarters(date(2026, 4, 1), end)).values())
    for ended in range(len(plan) + 1):
        due = due_by_default(what, to_scaled(promised, places), places, len(plan), ended)
        assert Decimal(due).scaleb(-places) == sum(plan[:ended])


@pytest.mark.parametrize(
    ("units", "due", "filled"),
    [
        (0, [40, 40], [0, 0]),
        (30, [40, 40], [30, 0]),
        (50, [40, 40], [40, 10]),
        (90, [40, 40], [40, 40]),
        (5, [0, 0, 7], [0, 0, 5]),
        (5, [], []),
    ],
)
def test_units_fill_what_fell_due_first(units, due, filled):
    assert fill(units, due) == filled


def test_what_counts_is_at_most_what_is_due_and_final_before_provisional():
    counted = count_units([40, 20], Totals(claimed=75, evidenced=70, accepted=66, final=50))
    assert counted == Sums(due=60, claimed=60, evidenced=60, accepted=60, provisional=10, surplus=6)
    used = count_units([40, 20], Totals(claimed=75, evidenced=70, accepted=66, final=50, reserved=4))
    assert used == Sums(due=60, claimed=60, evidenced=60, accepted=60, provisional=10, surplus=2)


def test_each_year_has_its_value_and_the_surplus_that_of_the_last():
    counted = count_pence([40, 20], [(100, 1), (200, 1)], Totals(70, 61, 61, 41), last_year=1)
    assert counted == Sums(due=8000, claimed=8000, evidenced=8000, accepted=8000, provisional=3800, surplus=200)


@pytest.mark.parametrize(
    ("years", "planned", "pools", "by_year", "expected"),
    [
        ([], [], [], False, []),
        ([0, 0], [10, 10], [15, 15], False, [[(0, 0, 10)], [(0, 10, 15)]]),
        ([0, 0, 1], [10, 10, 5], [0, 5, 40], False, [[], [(0, 0, 5)], [(0, 5, 20), (1, 0, 5)]]),
        ([0, 1, 2], [0, 0, 5], [9, 9, 9], False, [[], [], [(2, 0, 5)]]),
        ([0, 1], [30, 30], [40, 20], True, [[(0, 0, 30)], [(1, 0, 20)]]),
        ([0, 0, 1], [0, 30, 30], [40, 40, 0], True, [[], [(0, 0, 30)], []]),
    ],
)
def test_quarters_fill_years(years, planned, pools, by_year, expected):
    assert fill_by_quarter(years, planned, pools, by_year=by_year) == expected


@given(st.data())
def test_the_last_quarter_has_filled_what_all_quarters_fill_at_once(data):
    years = sorted(data.draw(st.lists(st.integers(0, 3), max_size=10)))
    planned = data.draw(st.lists(st.integers(0, 50), min_size=len(years), max_size=len(years)))
    rows = data.draw(st.lists(st.integers(0, 60), min_size=len(years), max_size=len(years)))
    pools = [sum(rows[: number + 1]) for number in range(len(rows))]
    due = [sum(own for year, own in zip(years, planned, strict=True) if year == each) for each in range(4)]
    filled = [0] * 4
    for quarter in fill_by_quarter(years, planned, pools):
        for added in quarter:
            assert added.before == filled[added.year] < added.after <= due[added.year]
            filled[added.year] = added.after
    assert filled == fill(sum(rows), due)


RATIOS = st.tuples(st.integers(0, 10**6), st.integers(1, 400))


@given(
    st.lists(st.tuples(st.integers(0, 10**6), RATIOS), min_size=1, max_size=4),
    st.lists(st.integers(0, 10**6), min_size=4, max_size=4),
)
def test_states_contain_each_other_in_units_and_in_pence(years, returned):
    due, ratios = [quantity for quantity, _ in years], [ratio for _, ratio in years]
    final, accepted, evidenced, claimed = sorted(returned)
    totals = Totals(claimed, evidenced, accepted, final)
    for counted in (count_units(due, totals), count_pence(due, ratios, totals, 0)):
        assert 0 <= counted.provisional <= counted.accepted <= counted.evidenced <= counted.claimed <= counted.due
        assert counted.surplus >= 0
    whole = count_pence(due, ratios, Totals(*(sum(due),) * 4), 0)
    exact = [Fraction(quantity * top, bottom) for quantity, (top, bottom) in years]
    assert whole.accepted == whole.due == sum(int(pence + Fraction(1, 2)) for pence in exact)
